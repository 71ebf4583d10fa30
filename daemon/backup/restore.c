/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Verifying and restoring: see backup/restore.h. */

#include "backup/restore.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/disk.h"
#include "kor/base/file.h"
#include "store/store.h"

#define MAX_FOLDER 399 /* Bytes, as for every folder of a clinic. */

static enum kor_code
check_length(const char *folder, const char *field, struct kor_err *err)
{
    return strlen(folder) <= MAX_FOLDER
               ? KOR_OK
               : kor_fail(err, KOR_BAD_VALUE, field,
                          "the path of a folder may have at most %d bytes",
                          MAX_FOLDER);
}

enum kor_code
kor_backup_verify(const char *path, const struct kor_backup_keys *keys,
                  const char *scratch, bool (*is_stopped)(void),
                  struct kor_unpacked *found, struct kor_err *err)
{
    char folder[KOR_DISK_PATH_SIZE];
    enum kor_code code = check_length(scratch, "--scratch", err);
    if (code != KOR_OK) {
        return code;
    }
    kor_disk_path(scratch, "kor-verify-XXXXXX", folder);
    if (!mkdtemp(folder)) {
        return kor_fail(err, KOR_CANNOT_CREATE, "--scratch",
                        "cannot write in %s: %s", scratch, strerror(errno));
    }
    code = kor_unpack(path, keys, folder, false, is_stopped, found, err);
    kor_unpack_remove(folder);
    (void)rmdir(folder);
    return code == KOR_OK && found->broken_seq
               ? kor_fail(err, KOR_CORRUPT, NULL,
                          "row %lld of the access log was changed, or rows "
                          "before it taken out, before the backup was made; "
                          "it can be restored all the same",
                          (long long)found->broken_seq)
               : code;
}

/* --- restoring ----------------------------------------------------------- */

static enum kor_code
check_empty(const char *folder, bool *is_there, struct kor_err *err)
{
    DIR *dir = opendir(folder);
    *is_there = dir != NULL;
    if (!dir) {
        return errno == ENOENT
                   ? KOR_OK
                   : kor_fail(err, KOR_CANNOT_CREATE, "DIR", "%s: %s", folder,
                              strerror(errno));
    }
    bool is_empty = true;
    const struct dirent *entry;
    while ((entry = readdir(dir))) {
        is_empty = is_empty && (!strcmp(entry->d_name, ".")
                                || !strcmp(entry->d_name, ".."));
    }
    closedir(dir);
    return is_empty ? KOR_OK
                    : kor_fail(err, KOR_DUPLICATE, "DIR",
                               "%s is not empty: restore into a new folder",
                               folder);
}

/* Opening brings the schema up to date; closing leaves all in one file. */
static enum kor_code
amend_database(const char *folder, const struct kor_restore_step *step,
               struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE];
    struct kor_store *store = NULL;
    enum kor_code code = kor_store_open(kor_disk_path(folder, "kor.db", path),
                                        NULL, false, &store, err);
    if (code == KOR_OK) {
        code = step->run(step->arg, store, err);
    }
    kor_store_close(store);
    return code;
}

/* Copies 'from' with each "ipc://<old>/" turned into "ipc://<fresh>/". */
static void
move_addresses(const char *from, const char *old, const char *fresh,
               struct kor_buf *to)
{
    struct kor_buf prefix = {0};
    kor_buf_printf(&prefix, "ipc://%s/", old);
    for (const char *hit; (hit = strstr(from, prefix.text));
         from = hit + prefix.size) {
        kor_buf_add(to, from, (size_t)(hit - from));
        kor_buf_printf(to, "ipc://%s/", fresh);
    }
    kor_buf_puts(to, from);
    kor_buf_done(&prefix);
}

static enum kor_code
move_file(const char *folder, enum kor_backup_file file, const char *old,
          struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE];
    const struct kor_backup_file_info *info = kor_backup_file_info(file);
    struct kor_buf text = {0}, moved = {0};
    kor_disk_path(folder, kor_unpack_name(file), path);
    enum kor_code code
        = kor_file_read(path, (size_t)info->max_size, &text, err);
    if (code == KOR_OK) {
        move_addresses(kor_buf_text(&text), old, folder, &moved);
        code = kor_file_write(path, kor_buf_text(&moved), moved.size,
                              info->mode, err);
    }
    kor_buf_done(&moved);
    kor_buf_done(&text);
    return code;
}

static enum kor_code
move_files(const char *folder, const struct kor_manifest *manifest,
           struct kor_err *err)
{
    char *full = realpath(folder, NULL);
    if (!full) {
        return kor_fail(err, KOR_IO, "DIR", "%s: %s", folder, strerror(errno));
    }
    enum kor_code code
        = move_file(full, KOR_FILE_CONFIG, manifest->folder, err);
    if (code == KOR_OK && manifest->files[KOR_FILE_CLIENT].is_there) {
        code = move_file(full, KOR_FILE_CLIENT, manifest->folder, err);
    }
    free(full);
    return code;
}

/* Takes the folder's mark of being unfinished away, by giving the
 * configuration its name. */
static enum kor_code
name_config(const char *folder, struct kor_err *err)
{
    char from[KOR_DISK_PATH_SIZE], to[KOR_DISK_PATH_SIZE];
    kor_disk_path(folder, KOR_UNFINISHED, from);
    if (rename(from, kor_disk_path(folder, "kord.ini", to))) {
        return kor_fail(err, KOR_CANNOT_CREATE, "DIR", "%s: %s", to,
                        strerror(errno));
    }
    enum kor_code code = kor_folder_sync(folder, err);
    if (code != KOR_OK) {
        (void)unlink(to);
    }
    return code;
}

/* From here on it is a clinic's folder. */
static enum kor_code
open_doors(const char *folder, struct kor_err *err)
{
    char keys[KOR_DISK_PATH_SIZE];
    if (mkdir(kor_disk_path(folder, "keys", keys), 0700)) {
        return kor_fail(err, KOR_CANNOT_CREATE, "DIR", "%s: %s", keys,
                        strerror(errno));
    }
    enum kor_code code = kor_folder_sync(folder, err);
    if (code == KOR_OK) {
        code = name_config(folder, err);
    }
    if (code != KOR_OK) {
        (void)rmdir(keys);
    }
    return code;
}

/* What kor_unpack() has laid out becomes a clinic's folder. */
static enum kor_code
settle(const char *folder, const struct kor_restore_step *step,
       const struct kor_manifest *manifest, struct kor_err *err)
{
    enum kor_code code = amend_database(folder, step, err);
    if (code == KOR_OK) {
        code = move_files(folder, manifest, err);
    }
    return code == KOR_OK ? open_doors(folder, err) : code;
}

enum kor_code
kor_backup_restore(const char *path, const struct kor_backup_keys *keys,
                   const char *folder, const struct kor_restore_step *step,
                   bool (*is_stopped)(void), struct kor_unpacked *found,
                   struct kor_err *err)
{
    bool was_there = false;
    enum kor_code code = check_length(folder, "DIR", err);
    if (code == KOR_OK) {
        code = check_empty(folder, &was_there, err);
    }
    if (code == KOR_OK) {
        code = kor_unpack(path, keys, folder, true, is_stopped, found, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    code = settle(folder, step, &found->manifest, err);
    if (code != KOR_OK) {
        kor_unpack_remove(folder);
    }
    if (code != KOR_OK && !was_there) {
        (void)rmdir(folder);
    }
    return code;
}
