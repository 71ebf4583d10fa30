/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_GUARD_H
#define STORE_GUARD_H 1

/* Guard: the SQLite VFS under every store.  It sees to it that what the disk
 * gives back is what was written.
 *
 * SQLite has no checksum in its pages: a bit that turns over inside a score
 * would be read as another score.  So each page of a database ends with eight
 * bytes that SQLite leaves alone, the seal: a checksum of the page and its
 * number.  It is set when a page is written to the file, and held against
 * every page that is read from it; one that does not fit is SQLITE_CORRUPT.
 * Whatever happens to four bytes that lie together is found for certain, more
 * than that with a chance of one in thousands of millions to be missed.  It
 * protects from accidents: who means harm can make a seal.
 *
 * The write-ahead log has checksums of SQLite's own, which are looked at when
 * it is recovered.
 *
 * A file without seals, of the first release, is read as it is until
 * kor_guard_set_sealed() is called.
 *
 * And it calls a quota that is used up, and the greatest size of a file, what
 * they are: SQLITE_FULL, where SQLite knows a disk error only.
 *
 * One guard serves one connection, with what is attached to it, and outlives
 * it. */

#include <stdbool.h>

#include "kor/base/compiler.h"

#define KOR_GUARD_PAGE 4096 /* Bytes of a page, the only size there is. */
#define KOR_GUARD_SEAL 8    /* Those of them that are the seal. */

struct kor_guard;

/* Registers a VFS over the one called 'base' (null: the system's), and returns
 * it; null if there is none of that name. */
KOR_NODISCARD struct kor_guard *kor_guard_new(const char *base);

/* Unregisters and frees it; null is ignored. */
void kor_guard_free(struct kor_guard *guard);

/* Its name, for sqlite3_open_v2(). */
const char *kor_guard_name(const struct kor_guard *guard);

/* From now on every page of the file has a seal, or is damaged. */
void kor_guard_set_sealed(struct kor_guard *guard);
bool kor_guard_is_sealed(const struct kor_guard *guard);

#endif /* store/guard.h */
