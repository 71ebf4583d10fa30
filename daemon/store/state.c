/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the file of a store is: see store/state.h. */

#include "store/state.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include "store/copy.h"
#include "store/store_provider.h"

/* The size of a file; 0 if it is not there. */
static int64_t
size_of(const char *path)
{
    struct stat about;
    return path && !stat(path, &about) ? (int64_t)about.st_size : 0;
}

static int64_t
free_beside(const char *path)
{
    struct statvfs disk;
    return path && !statvfs(path, &disk)
               ? (int64_t)disk.f_bavail * (int64_t)disk.f_frsize
               : 0;
}

enum kor_code
kor_store_state(struct kor_store *store, struct kor_store_state *state,
                struct kor_err *err)
{
    const char *path = sqlite3_db_filename(store->db, "main");
    *state = (struct kor_store_state){
        .file_bytes = size_of(path),
        .log_bytes = size_of(path ? sqlite3_filename_wal(path) : NULL),
        .free_bytes = free_beside(path)};
    return kor_store_schema(store, &state->schema, err);
}
