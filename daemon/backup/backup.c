/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making a backup: see backup/backup.h. */

#include "backup/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backup/archive.h"
#include "backup/disk.h"
#include "backup/keys.h"
#include "backup/rotation.h"
#include "kor/base/utf8.h"
#include "store/access_log.h"
#include "store/store.h"

#define COPY "backup.tmp"

struct making {
    const struct kor_backup_order *order;
    char copy[KOR_DISK_PATH_SIZE]; /* Of the database. */
    struct kor_manifest manifest;
    uint8_t server_mark[KOR_BACKUP_MARK_SIZE];
};

/* --- the folder ---------------------------------------------------------- */

static enum kor_code
hold(const char *folder, int *fd, struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE];
    *fd = open(kor_disk_path(folder, "backup.lock", path),
               O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*fd < 0) {
        return kor_fail(err, KOR_CANNOT_CREATE, "DIR",
                        "cannot write in %s: %s", folder, strerror(errno));
    }
    if (flock(*fd, LOCK_EX | LOCK_NB)) {
        close(*fd);
        *fd = -1;
        return kor_fail(err, KOR_BUSY, "DIR",
                        "another backup of %s is being made: wait for it",
                        folder);
    }
    return KOR_OK;
}

/* SQLite may have had a journal beside its new file. */
static void
remove_copy(const char *folder)
{
    char path[KOR_DISK_PATH_SIZE];
    (void)unlink(kor_disk_path(folder, COPY "-journal", path));
    (void)unlink(kor_disk_path(folder, COPY, path));
}

void
kor_backup_sweep(const char *folder)
{
    int fd;
    char path[KOR_DISK_PATH_SIZE];
    /* A backup that begins just now must not find the lock taken for
     * nothing. */
    if (!access(kor_disk_path(folder, COPY, path), F_OK)
        && hold(folder, &fd, NULL) == KOR_OK) {
        remove_copy(folder);
        close(fd);
    }
}

/* --- the copy of the database -------------------------------------------- */

static uint64_t
size_of(const char *folder, const char *name)
{
    char path[KOR_DISK_PATH_SIZE];
    struct stat about;
    return stat(kor_disk_path(folder, name, path), &about)
               ? 0
               : (uint64_t)about.st_size;
}

/* A copy for which there is no room would fill the disk, and the daemon could
 * store nothing until it is gone. */
static enum kor_code
make_room(const char *folder, struct kor_err *err)
{
    remove_copy(folder);
    return kor_disk_room(folder,
                         size_of(folder, "kor.db")
                             + size_of(folder, "kor.db-wal"),
                         err);
}

/* An empty file of ours first: SQLite would make one that others may read. */
static enum kor_code
make_empty(const char *path, struct kor_err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return kor_fail(err, KOR_CANNOT_CREATE, "DIR", "%s: %s", path,
                        strerror(errno));
    }
    close(fd);
    return KOR_OK;
}

/* A copy is made from the rows alone, and does not show what is damaged in an
 * index, which the clinic goes on with. */
static enum kor_code
check_source(struct kor_store *store, struct kor_err *err)
{
    enum kor_code code = kor_store_check(store, err);
    if (code != KOR_OK) {
        (void)kor_wrap(err, "no backup was made");
    }
    return code;
}

static enum kor_code
copy_database(struct making *making, struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE];
    struct kor_store *store = NULL;
    const struct kor_backup_order *order = making->order;
    enum kor_code code = make_empty(making->copy, err);
    if (code == KOR_OK) {
        code = kor_store_open_reader(
            kor_disk_path(order->folder, "kor.db", path), NULL, &store, err);
    }
    if (code == KOR_OK) {
        code = kor_store_schema(store, &making->manifest.schema, err);
    }
    if (code == KOR_OK) {
        code = check_source(store, err);
    }
    if (code == KOR_OK) {
        code = kor_store_copy(store, making->copy, order->is_stopped, err);
    }
    kor_store_close(store);
    return code;
}

/* A database of an older schema, which no kord has opened yet, has no log. */
static enum kor_code
note_log(struct kor_store *store, struct kor_manifest *manifest,
         struct kor_err *err)
{
    struct kor_log_tail tail = {0};
    enum kor_code code = KOR_OK;
    manifest->has_log = kor_table_find(&manifest->tables, "access_log") >= 0;
    if (manifest->has_log) {
        code = kor_store_log_tail(store, &tail, err);
    }
    manifest->log_seq = tail.seq;
    memcpy(manifest->log_hash, tail.hash, sizeof manifest->log_hash);
    return code;
}

/* Counts and judges the copy, not the file that goes on changing. */
static enum kor_code
check_copy(struct making *making, struct kor_err *err)
{
    struct kor_store *store = NULL;
    enum kor_code code
        = kor_store_open_reader(making->copy, NULL, &store, err);
    if (code == KOR_OK) {
        code = kor_store_check(store, err);
    }
    if (code == KOR_OK) {
        code = kor_store_count(store, &making->manifest.tables, err);
    }
    if (code == KOR_OK) {
        code = note_log(store, &making->manifest, err);
    }
    kor_store_close(store);
    return code;
}

/* --- the manifest -------------------------------------------------------- */

static const char *
path_of(const struct making *making, int file, char path[KOR_DISK_PATH_SIZE])
{
    if (file == KOR_FILE_DATABASE) {
        return making->copy;
    }
    if (file == KOR_FILE_SERVER_KEY && making->order->server_key) {
        return making->order->server_key;
    }
    return kor_disk_path(
        making->order->folder,
        kor_backup_file_info((enum kor_backup_file)file)->name, path);
}

static enum kor_code
describe_files(struct making *making, struct kor_err *err)
{
    struct kor_manifest *manifest = &making->manifest;
    enum kor_code code = KOR_OK;
    for (int i = 0; i < KOR_N_FILES && code == KOR_OK; i++) {
        char path[KOR_DISK_PATH_SIZE];
        const struct kor_backup_file_info *info
            = kor_backup_file_info((enum kor_backup_file)i);
        code = kor_disk_hash(path_of(making, i, path),
                             &manifest->files[i].size,
                             manifest->files[i].hash, err);
        manifest->files[i].is_there = code == KOR_OK;
        if (code == KOR_NOT_FOUND && !info->is_needed) {
            code = KOR_OK;
        } else if (code == KOR_OK
                   && manifest->files[i].size > info->max_size) {
            code = kor_fail(err, KOR_TOO_LARGE, NULL,
                            "%s is larger than %lld bytes, which is the most",
                            info->name, (long long)info->max_size);
        }
    }
    return code;
}

/* A backup that its own content opens would be no safer than a copy. */
static enum kor_code
know_server(struct making *making, struct kor_err *err)
{
    uint8_t server[KOR_BACKUP_KEY_SIZE];
    enum kor_code code = kor_backup_keys_server(
        making->order->folder, server, making->server_mark, err);
    if (code != KOR_OK) {
        return code;
    }
    return memcmp(server, making->order->key, sizeof server)
               ? KOR_OK
               : kor_fail(err, KOR_CONFIG, "backup_key",
                          "the backup key is the server's own, which is lost "
                          "with the server: make one with 'kord backup-key'");
}

static enum kor_code
prepare(struct making *making, struct kor_err *err)
{
    const struct kor_backup_order *order = making->order;
    kor_utf8_copy(making->manifest.release, sizeof making->manifest.release,
                  order->release);
    kor_utf8_copy(making->manifest.folder, sizeof making->manifest.folder,
                  order->folder);
    kor_disk_path(order->folder, COPY, making->copy);
    making->manifest.made_ms = order->clock->now_ms(order->clock);
    enum kor_code code = know_server(making, err);
    if (code == KOR_OK) {
        code = make_room(order->folder, err);
    }
    if (code == KOR_OK) {
        code = copy_database(making, err);
    }
    if (code == KOR_OK) {
        code = check_copy(making, err);
    }
    return code == KOR_OK ? describe_files(making, err) : code;
}

/* --- the file ------------------------------------------------------------ */

static enum kor_code
encode(const struct making *making, struct kor_container_writer *writer,
       struct kor_err *err)
{
    struct kor_in_file files[KOR_N_FILES];
    struct kor_container_source sources[KOR_N_FILES] = {{0}};
    char path[KOR_DISK_PATH_SIZE];
    enum kor_code code = KOR_OK;
    for (int i = 0; i < KOR_N_FILES; i++) {
        files[i].fd = -1;
        if (making->manifest.files[i].is_there && code == KOR_OK) {
            code = kor_in_file_open(path_of(making, i, path), &files[i], err);
            sources[i] = files[i].source;
        }
    }
    if (code == KOR_OK) {
        code = kor_archive_encode(writer, &making->manifest, sources, err);
    }
    for (int i = 0; i < KOR_N_FILES; i++) {
        kor_in_file_close(&files[i]);
    }
    return code == KOR_OK ? kor_container_finish(writer, err) : code;
}

static enum kor_code
write_out(const struct making *making, const char *path,
          struct kor_out_file *out, struct kor_err *err)
{
    struct kor_container_writer *writer = NULL;
    enum kor_code code
        = kor_out_file_open(path, 0600, making->order->is_stopped, out, err);
    if (code == KOR_OK) {
        code = kor_container_writer_new(&out->sink, making->server_mark,
                                        making->order->key, &writer, err);
    }
    if (code == KOR_OK) {
        code = encode(making, writer, err);
    }
    kor_container_writer_free(writer);
    if (code == KOR_OK) {
        code = kor_out_file_finish(out, err);
    }
    kor_out_file_drop(out);
    return code;
}

static enum kor_code
write_backup(const struct making *making, const char *file, const char *to,
             struct kor_backup_last *made, struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE], name[KOR_BACKUP_NAME_SIZE];
    struct kor_out_file out;
    kor_backup_name(making->manifest.made_ms, name);
    const char *target = file ? file : kor_disk_path(to, name, path);
    enum kor_code code = write_out(making, target, &out, err);
    if (code != KOR_OK) {
        return code;
    }
    const char *slash = strrchr(target, '/');
    memset(made, 0, sizeof *made);
    made->at_ms = making->manifest.made_ms;
    kor_utf8_copy(made->name, sizeof made->name, slash ? slash + 1 : target);
    made->size = out.size;
    memcpy(made->hash, out.hash, sizeof made->hash);
    made->tables = making->manifest.tables;
    return KOR_OK;
}

enum kor_code
kor_backup_make(const struct kor_backup_order *order, const char *file,
                const char *to, struct kor_backup_last *made,
                struct kor_err *err)
{
    struct making making = {.order = order};
    int lock;
    enum kor_code code = hold(order->folder, &lock, err);
    if (code != KOR_OK) {
        return code;
    }
    code = prepare(&making, err);
    if (code == KOR_OK) {
        code = write_backup(&making, file, to, made, err);
    }
    remove_copy(order->folder);
    if (code == KOR_OK) {
        code = kor_backup_last_write(order->folder, made, err);
    }
    close(lock);
    return code;
}
