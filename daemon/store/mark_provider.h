/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_MARK_PROVIDER_H
#define STORE_MARK_PROVIDER_H 1

/* Mark: up to where the write-ahead log is known to be whole.
 *
 * SQLite takes the first frame of a log that does not fit for its end, as
 * a power cut leaves it, and goes on with what stands before.  So a bit that
 * turns over in an old frame, or a log that somebody removes, would take back
 * what was acknowledged; and if some of it is in the database file already,
 * the two together would be a state that never was.
 *
 * The file "<database>-mark" says which log it is, by its salts, and how many
 * of its frames were on the disk, with the checksum of the last one.  It is
 * written before any of them is folded into the database file, and about once
 * a second besides; and again when all of them are, since the log may go then.
 * When a database is opened to be written to, its log is held against the
 * mark, frame by frame, before SQLite sees it.
 *
 * The file has two places that are written in turn, so that one of them is
 * always whole.  A database without a mark is opened as it is. */

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include "kor/base/err.h"

struct kor_mark;

/* Opens the mark of the database 'path' through 'vfs', which is made if it is
 * not there, and stores it in '*markp'; null, which is no error, if it cannot
 * be made.  Returns SQLITE_OK, or what the VFS has to say. */
KOR_NODISCARD int kor_mark_open(sqlite3_vfs *vfs, const char *path,
                                struct kor_mark **markp);
void kor_mark_close(struct kor_mark *mark); /* Accepts null. */

/* Holds the log of the database 'path' against its mark, and stores how many
 * of its frames are committed in '*n_frames'.  KOR_CORRUPT if some are missing
 * that were on the disk.  Nothing is changed. */
KOR_NODISCARD enum kor_code kor_mark_check(sqlite3_vfs *vfs, const char *path,
                                           int *n_frames,
                                           struct kor_err *err);

/* Notes, so that it is on the disk, that the first 'n_frames' of the log are;
 * 'is_folded' if they are in the database file as well.  Returns SQLITE_OK, or
 * what the VFS has to say. */
KOR_NODISCARD int kor_mark_set(struct kor_mark *mark, sqlite3_file *log,
                               int n_frames, bool is_folded);

#endif /* store/mark_provider.h */
