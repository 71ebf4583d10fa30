/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_FAULTVFS_H
#define TESTS_SUPPORT_FAULTVFS_H 1

/* An SQLite VFS over the system's that fails when it is told to.
 *
 *     struct faultvfs *faults = faultvfs_new();
 *     kor_store_open(path, faultvfs_name(faults), ...);
 *     faultvfs_arm(faults, FAULT_SYNC, 3, SQLITE_IOERR_FSYNC, false);
 *     ... the third sync from here on fails ...
 *     if (faultvfs_has_fired(faults)) ...
 *
 * For one thread. */

#include <stdbool.h>

struct faultvfs;

enum fault {
    FAULT_NONE,
    FAULT_OPEN,
    FAULT_READ,
    FAULT_WRITE,
    FAULT_SYNC,
    FAULT_TRUNCATE,
    FAULT_SHORT_WRITE /* Writes the first half, then fails. */
};

/* Registers a VFS of its own name; unregisters and frees it. */
struct faultvfs *faultvfs_new(void);
void faultvfs_free(struct faultvfs *faults);

/* Its name, for sqlite3_open_v2(). */
const char *faultvfs_name(const struct faultvfs *faults);

/* Lets the 'nth' call (from 1) of that kind fail with SQLite's 'rc'; also all
 * later ones if 'is_for_good'. */
void faultvfs_arm(struct faultvfs *faults, enum fault fault, int nth, int rc,
                  bool is_for_good);

/* From now on only calls on files fail whose names end with 'ending', such as
 * "-wal"; null: on all. */
void faultvfs_only(struct faultvfs *faults, const char *ending);

/* Lets nothing fail from now on. */
void faultvfs_disarm(struct faultvfs *faults);

/* Whether a call has failed since faultvfs_arm(). */
bool faultvfs_has_fired(const struct faultvfs *faults);

/* Whether shared memory is to be had; true at the start.  Without it there is
 * no write-ahead log. */
void faultvfs_set_shared_memory(struct faultvfs *faults, bool has_it);

#endif /* tests/support/faultvfs.h */
