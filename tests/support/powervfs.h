/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_POWERVFS_H
#define TESTS_SUPPORT_POWERVFS_H 1

/* An SQLite VFS whose disk lies in memory and can lose its power.
 *
 *     struct powervfs *disk = powervfs_new();
 *     ... a database is opened with powervfs_name(disk) and written to ...
 *     struct powervfs *left = powervfs_cut(disk, &dice);
 *     ... what would be found on the disk is opened on 'left' ...
 *
 * What was written and not synced since may be there or not after a cut:
 * sector by sector (of 512 or 4,096 bytes), in any combination; one sector in
 * ten that was on its way is there in part.  The length of a file and what is
 * in it are two things: a file may have grown over zeros or rubbish, or not
 * have grown, or not been cut off.  A file that was made or removed is so for
 * good only once its directory was synced, which happens when SQLite's own VFS
 * does it: with the first sync of a log or journal that was made, and when a
 * removal asks for it.  As SQLite does on this system, it is assumed that
 * bytes of a sector which are not written to are left alone ("powersafe
 * overwrite").
 *
 * The disk can also be full: powervfs_set_room().  For one thread. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "support/dice.h"

struct powervfs;

/* Registers an empty disk as a VFS of its own name; unregisters and frees it,
 * once all files are closed. */
struct powervfs *powervfs_new(void);
void powervfs_free(struct powervfs *disk);

/* Its name, for sqlite3_open_v2(). */
const char *powervfs_name(const struct powervfs *disk);

/* What would be left if the power went now: a disk of its own.  And a disk
 * with all that programs see, as a kill would leave it. */
struct powervfs *powervfs_cut(const struct powervfs *disk, struct dice *dice);
struct powervfs *powervfs_copy(const struct powervfs *disk);

/* Calls 'hear' before each call that would change the disk or sync it; null
 * for no more. */
void powervfs_listen(struct powervfs *disk, void (*hear)(void *arg),
                     void *arg);

/* The bytes of the file 'path', to be read and changed, and how many there
 * are; null if there is no such file.  They move when the file grows. */
uint8_t *powervfs_bytes(struct powervfs *disk, const char *path,
                        size_t *size);

/* Cuts the file off at 'size' bytes. */
void powervfs_truncate(struct powervfs *disk, const char *path, size_t size);

/* How many bytes its files may have together: beyond it writing fails with
 * SQLITE_FULL, after whatever part there is room for.  Without limit at the
 * start. */
void powervfs_set_room(struct powervfs *disk, int64_t bytes);

/* How many they have. */
int64_t powervfs_used(const struct powervfs *disk);

#endif /* tests/support/powervfs.h */
