/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_VFS_PASS_H
#define STORE_VFS_PASS_H 1

/* A file of an SQLite VFS that lies over a file of another: every call goes on
 * to the file below.  Whoever makes such a VFS begins its own file with a
 * 'struct kor_pass_file', sets 'below' when it is opened, and writes the calls
 * that are to do something else:
 *
 *     static const sqlite3_io_methods methods
 *         = {.iVersion = 2, .xRead = my_read, .xWrite = my_write,
 *            .xTruncate = kor_pass_truncate, .xSync = kor_pass_sync,
 *            KOR_PASS_PLAIN, KOR_PASS_SHARED};
 *
 * As SQLite's own interface says (sqlite3_io_methods). */

#include <sqlite3.h>

struct kor_pass_file {
    sqlite3_file base;
    sqlite3_file *below; /* Opened by the VFS below; owned by SQLite. */
};

/* The file below 'file'. */
sqlite3_file *kor_pass_below(sqlite3_file *file);

/* Read and write 'size' bytes 'at' the file below. */
int kor_pass_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at);
int kor_pass_write(sqlite3_file *file, const void *from, int size,
                   sqlite3_int64 at);

/* Cut the file below to 'size'; sync it. */
int kor_pass_truncate(sqlite3_file *file, sqlite3_int64 size);
int kor_pass_sync(sqlite3_file *file, int flags);

/* The calls that no VFS of ours does otherwise; for the tables below alone. */
int kor_pass_close(sqlite3_file *file);
int kor_pass_size(sqlite3_file *file, sqlite3_int64 *size);
int kor_pass_lock(sqlite3_file *file, int lock);
int kor_pass_unlock(sqlite3_file *file, int lock);
int kor_pass_is_reserved(sqlite3_file *file, int *out);
int kor_pass_control(sqlite3_file *file, int op, void *arg);
int kor_pass_sector(sqlite3_file *file);
int kor_pass_device(sqlite3_file *file);
int kor_pass_shm_map(sqlite3_file *file, int region, int size, int extend,
                     void volatile **out);
int kor_pass_shm_lock(sqlite3_file *file, int first, int n, int flags);
void kor_pass_shm_barrier(sqlite3_file *file);
int kor_pass_shm_unmap(sqlite3_file *file, int is_to_go);

#define KOR_PASS_PLAIN                                                        \
    .xClose = kor_pass_close, .xFileSize = kor_pass_size,                     \
    .xLock = kor_pass_lock, .xUnlock = kor_pass_unlock,                       \
    .xCheckReservedLock = kor_pass_is_reserved,                               \
    .xFileControl = kor_pass_control, .xSectorSize = kor_pass_sector,         \
    .xDeviceCharacteristics = kor_pass_device

/* Without shared memory there is no write-ahead log. */
#define KOR_PASS_SHARED                                                       \
    .xShmMap = kor_pass_shm_map, .xShmLock = kor_pass_shm_lock,               \
    .xShmBarrier = kor_pass_shm_barrier, .xShmUnmap = kor_pass_shm_unmap

#endif /* store/vfs_pass.h */
