/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The folder of backups: see backup/shelf.h. */

#include "backup/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backup/disk.h"
#include "backup/keys.h"
#include "kor/base/alloc.h"
#include "kor/base/file.h"

#define MAX_BACKUPS 100000
#define PART ".part"

struct shelf {
    const char *folder;
    uint8_t server_mark[KOR_BACKUP_MARK_SIZE];
    int64_t *at_ms; /* Newest first, once sorted. */
    size_t n;
};

static bool
is_ours(const struct shelf *shelf, const char *name)
{
    char path[KOR_DISK_PATH_SIZE];
    uint8_t head[KOR_CONTAINER_MARKS_SIZE];
    struct kor_in_file file;
    size_t got = 0;
    if (kor_in_file_open(kor_disk_path(shelf->folder, name, path), &file,
                         NULL) != KOR_OK) {
        return false;
    }
    enum kor_code code
        = file.source.read(&file, head, sizeof head, &got, NULL);
    kor_in_file_close(&file);
    return code == KOR_OK
        && kor_container_is_of(head, got, shelf->server_mark);
}

static enum kor_code
drop(const struct shelf *shelf, const char *name, struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE];
    return unlink(kor_disk_path(shelf->folder, name, path))
               ? kor_fail(err, KOR_IO, NULL, "%s cannot be removed: %s", path,
                          strerror(errno))
               : KOR_OK;
}

/* True if 'name' is one that a backup has, or has while it is written. */
static bool
is_name(const char *name, int64_t *at_ms, bool *is_part)
{
    char bare[KOR_BACKUP_NAME_SIZE];
    size_t len = strlen(name), ending = strlen(PART);
    *is_part = len > ending && !strcmp(name + len - ending, PART);
    if (*is_part) {
        len -= ending;
    }
    if (len >= sizeof bare) {
        return false;
    }
    memcpy(bare, name, len);
    bare[len] = '\0';
    return kor_backup_name_parse(bare, at_ms);
}

/* Takes note of a backup, and removes what a killed one has left. */
static enum kor_code
look_at(struct shelf *shelf, const char *name, struct kor_err *err)
{
    int64_t at_ms;
    bool is_part;
    if (!is_name(name, &at_ms, &is_part) || !is_ours(shelf, name)) {
        return KOR_OK;
    }
    if (is_part) {
        return drop(shelf, name, err);
    }
    if (shelf->n == MAX_BACKUPS) {
        return kor_fail(err, KOR_TOO_LARGE, "backup_to",
                        "%s has more than %d backups: none was removed",
                        shelf->folder, MAX_BACKUPS);
    }
    shelf->at_ms[shelf->n++] = at_ms;
    return KOR_OK;
}

static int
newest_first(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left < right) - (left > right);
}

static enum kor_code
list(struct shelf *shelf, struct kor_err *err)
{
    DIR *folder = opendir(shelf->folder);
    if (!folder) {
        return kor_fail(err, KOR_IO, "backup_to", "%s: %s", shelf->folder,
                        strerror(errno));
    }
    enum kor_code code = KOR_OK;
    const struct dirent *entry;
    while (code == KOR_OK && (entry = readdir(folder))) {
        code = look_at(shelf, entry->d_name, err);
    }
    closedir(folder);
    qsort(shelf->at_ms, shelf->n, sizeof *shelf->at_ms, newest_first);
    return code;
}

/* What cannot be removed keeps nothing else from going. */
static enum kor_code
remove_old(const struct shelf *shelf, const bool keep[], size_t *n_removed,
           struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < shelf->n; i++) {
        char name[KOR_BACKUP_NAME_SIZE];
        if (!keep[i]) {
            enum kor_code done
                = drop(shelf, kor_backup_name(shelf->at_ms[i], name), err);
            *n_removed += done == KOR_OK;
            code = code == KOR_OK ? done : code;
        }
    }
    return code;
}

enum kor_code
kor_shelf_rotate(const char *folder, const char *clinic,
                 const struct kor_rotation_rule *rule, int64_t now_ms,
                 size_t *n_kept, size_t *n_removed, struct kor_err *err)
{
    struct shelf shelf = {.folder = folder};
    uint8_t server[KOR_BACKUP_KEY_SIZE];
    *n_kept = *n_removed = 0;
    enum kor_code code = kor_backup_keys_server(clinic, server,
                                                shelf.server_mark, err);
    if (code != KOR_OK) {
        return code;
    }
    shelf.at_ms = kor_alloc_array(MAX_BACKUPS, sizeof *shelf.at_ms);
    bool *keep = kor_alloc_array(MAX_BACKUPS, sizeof *keep);
    code = list(&shelf, err);
    if (code == KOR_OK) {
        kor_rotation(shelf.at_ms, shelf.n, now_ms, rule, keep);
        code = remove_old(&shelf, keep, n_removed, err);
        *n_kept = shelf.n - *n_removed;
    }
    if (code == KOR_OK && *n_removed > 0) {
        code = kor_folder_sync(folder, err);
    }
    free(keep);
    free(shelf.at_ms);
    return code;
}
