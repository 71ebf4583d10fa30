/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_DISK_H
#define BACKUP_DISK_H 1

/* Files that are read and written in pieces. */

#include <stdint.h>

#include <sodium.h>

#include "backup/container.h"
#include "backup/manifest.h"

#define KOR_DISK_PATH_SIZE 1024

/* Writes "<folder>/<name>" into 'path' and returns it; KOR_DISK_PATH_SIZE is
 * enough for a folder of 900 bytes. */
char *kor_disk_path(const char *folder, const char *name,
                    char path[KOR_DISK_PATH_SIZE]);

/* --- reading ------------------------------------------------------------- */

/* A file that is read; 'source' reads from it. */
struct kor_in_file {
    int fd; /* -1: none. */
    struct kor_container_source source;
};

/* Opens a regular file.  'file' stays where it is until
 * kor_in_file_close(). */
KOR_NODISCARD enum kor_code kor_in_file_open(const char *path,
                                             struct kor_in_file *file,
                                             struct kor_err *err);
void kor_in_file_close(struct kor_in_file *file);

/* How long the file 'path' is, and its hash. */
KOR_NODISCARD enum kor_code
kor_disk_hash(const char *path, int64_t *size,
              uint8_t hash[KOR_FILE_HASH_SIZE], struct kor_err *err);

/* --- writing ------------------------------------------------------------- */

/* A file that is written beside its place, as "<path>.part", and put there
 * when it is whole; 'sink' writes to it. */
struct kor_out_file {
    int fd; /* -1: none. */
    char path[KOR_DISK_PATH_SIZE], part[KOR_DISK_PATH_SIZE];
    bool (*is_stopped)(void); /* True ends the writing: KOR_NOT_STORED. */
    crypto_generichash_state state;
    int64_t size;
    uint8_t hash[KOR_FILE_HASH_SIZE]; /* After kor_out_file_finish(). */
    struct kor_container_sink sink;
};

/* Begins to write the file 'path' with permissions 'mode'; what is there and
 * no regular file is not replaced.  'file' stays where it is.  To be ended
 * with finish, place or drop. */
KOR_NODISCARD enum kor_code kor_out_file_open(const char *path, unsigned mode,
                                              bool (*is_stopped)(void),
                                              struct kor_out_file *file,
                                              struct kor_err *err);

/* Makes sure that it is on the disk as it was written, by reading it once
 * more, and puts it in its place.  After a failure nothing has changed there,
 * and nothing is left beside it; only if the folder cannot be synced, KOR_IO,
 * it is there, but might not be after a power cut. */
KOR_NODISCARD enum kor_code kor_out_file_finish(struct kor_out_file *file,
                                                struct kor_err *err);

/* Puts it in its place, synced or not, without a look at it: for files that
 * are checked there, in a folder that is synced or thrown away as a whole. */
KOR_NODISCARD enum kor_code kor_out_file_place(struct kor_out_file *file,
                                               bool is_synced,
                                               struct kor_err *err);

/* Removes what was written.  Does nothing after finish or place. */
void kor_out_file_drop(struct kor_out_file *file);

/* --- folders ------------------------------------------------------------- */

/* Refuses, KOR_NOT_STORED, unless 'folder' has room for 'size' bytes and a
 * little more. */
KOR_NODISCARD enum kor_code kor_disk_room(const char *folder, uint64_t size,
                                          struct kor_err *err);

#endif /* backup/disk.h */
