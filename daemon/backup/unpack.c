/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Unpacking and checking: see backup/unpack.h. */

#include "backup/unpack.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>
#include <zmq.h>

#include "backup/disk.h"
#include "backup/keys.h"
#include "store/access_log.h"
#include "store/store.h"

struct unpacking {
    const char *folder;
    bool may_make;
    bool is_begun; /* Something may have been written. */
    bool is_made;  /* The folder was. */
    bool (*is_stopped)(void);
    struct kor_out_file out;
};

const char *
kor_unpack_name(enum kor_backup_file file)
{
    return file == KOR_FILE_CONFIG ? KOR_UNFINISHED
                                   : kor_backup_file_info(file)->name;
}

void
kor_unpack_remove(const char *folder)
{
    static const char *const beside[]
        = {"kor.db-journal", "kor.db-wal", "kor.db-shm", "kor.db-mark",
           "deletions"};
    char path[KOR_DISK_PATH_SIZE];
    for (size_t i = 0; i < KOR_LENGTH(beside); i++) {
        (void)unlink(kor_disk_path(folder, beside[i], path));
    }
    /* What marks the folder as unfinished goes last. */
    for (int i = KOR_N_FILES - 1; i >= 0; i--) {
        const char *name = kor_unpack_name((enum kor_backup_file)i);
        (void)unlink(kor_disk_path(folder, name, path));
    }
}

/* --- files --------------------------------------------------------------- */

static enum kor_code
begin(void *arg, const struct kor_manifest *manifest, struct kor_err *err)
{
    struct unpacking *unpacking = arg;
    const char *folder = unpacking->folder;
    if (unpacking->may_make && mkdir(folder, 0700) == 0) {
        unpacking->is_made = true;
    } else if (unpacking->may_make && errno != EEXIST) {
        return kor_fail(err, KOR_CANNOT_CREATE, "DIR",
                        "cannot make the folder %s: %s", folder,
                        strerror(errno));
    }
    unpacking->is_begun = true;
    return kor_disk_room(folder, kor_manifest_size(manifest), err);
}

static enum kor_code
open_file(void *arg, enum kor_backup_file file, struct kor_err *err)
{
    struct unpacking *unpacking = arg;
    char path[KOR_DISK_PATH_SIZE];
    return kor_out_file_open(
        kor_disk_path(unpacking->folder, kor_unpack_name(file), path),
        kor_backup_file_info(file)->mode, unpacking->is_stopped,
        &unpacking->out, err);
}

static enum kor_code
write_file(void *arg, const void *bytes, size_t size, struct kor_err *err)
{
    struct unpacking *unpacking = arg;
    return unpacking->out.sink.write(&unpacking->out, bytes, size, err);
}

static enum kor_code
close_file(void *arg, struct kor_err *err)
{
    struct unpacking *unpacking = arg;
    /* What stays is synced; the rest is only looked at. */
    return kor_out_file_place(&unpacking->out, unpacking->may_make, err);
}

static enum kor_code
unpack_files(const char *path, const struct kor_backup_keys *keys,
             struct unpacking *unpacking, struct kor_unpacked *unpacked,
             struct kor_err *err)
{
    const struct kor_archive_sink sink = {.begin = begin,
                                          .open = open_file,
                                          .write = write_file,
                                          .close = close_file,
                                          .arg = unpacking};
    struct kor_in_file file;
    enum kor_code code = kor_in_file_open(path, &file, err);
    if (code != KOR_OK) {
        return code;
    }
    code = kor_archive_decode(&file.source, keys, &sink, &unpacked->manifest,
                              unpacked->server_mark, err);
    kor_in_file_close(&file);
    kor_out_file_drop(&unpacking->out);
    return code;
}

/* --- checks -------------------------------------------------------------- */

/* The secret half of the server's key is what nobody else can put into a
 * backup, however well they know the public half of the backup key. */
static enum kor_code
check_server(const char *folder, struct kor_unpacked *unpacked,
             struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE];
    struct kor_backup_keys pair;
    uint8_t public_key[KOR_BACKUP_KEY_SIZE], mark[KOR_BACKUP_MARK_SIZE];
    enum kor_code code = kor_backup_keys_read(
        kor_disk_path(folder, "server.key", path), &pair, err);
    sodium_memzero(pair.secret_key, sizeof pair.secret_key);
    if (code == KOR_OK) {
        code = kor_backup_keys_server(folder, public_key, mark, err);
    }
    if (code != KOR_OK) {
        return kor_fail(err, KOR_CORRUPT, NULL,
                        "the server's key pair in the backup is none: use "
                        "another backup");
    }
    zmq_z85_encode(unpacked->server, pair.public_key, sizeof pair.public_key);
    return memcmp(pair.public_key, public_key, sizeof public_key)
                || memcmp(mark, unpacked->server_mark, sizeof mark)
               ? kor_fail(err, KOR_CORRUPT, NULL,
                          "the backup holds the key of another server than it "
                          "says: use another backup")
               : KOR_OK;
}

static enum kor_code
compare_counts(const struct kor_table_counts *promised,
               const struct kor_table_counts *found, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (int i = 0; i < found->n && code == KOR_OK; i++) {
        bool is_same = i < promised->n
                    && !strcmp(promised->tables[i].name,
                               found->tables[i].name)
                    && promised->tables[i].n_rows == found->tables[i].n_rows;
        if (!is_same) {
            code = kor_fail(err, KOR_CORRUPT, NULL,
                            "table %s does not have the rows that were backed "
                            "up: use another backup", found->tables[i].name);
        }
    }
    return code == KOR_OK && promised->n != found->n
               ? kor_fail(err, KOR_CORRUPT, NULL,
                          "a table of the backup is missing: use another "
                          "backup")
               : code;
}

/* The chain is computed again, and must end where it ended. */
static enum kor_code
check_log(struct kor_store *store, struct kor_unpacked *unpacked,
          struct kor_err *err)
{
    struct kor_log_finding found;
    const struct kor_manifest *manifest = &unpacked->manifest;
    enum kor_code code = kor_store_log_verify(store, &found, err);
    unpacked->broken_seq = found.broken_seq;
    return code == KOR_OK
                && (found.last.seq != manifest->log_seq
                    || memcmp(found.last.hash, manifest->log_hash,
                              sizeof manifest->log_hash))
               ? kor_fail(err, KOR_CORRUPT, NULL,
                          "the access log does not end as it did when it was "
                          "backed up: use another backup")
               : code;
}

static enum kor_code
check_rows(struct kor_store *store, struct kor_unpacked *unpacked,
           struct kor_err *err)
{
    const struct kor_manifest *manifest = &unpacked->manifest;
    struct kor_table_counts counts;
    int schema = 0;
    enum kor_code code = kor_store_schema(store, &schema, err);
    if (code == KOR_OK && schema != manifest->schema) {
        code = kor_fail(err, KOR_CORRUPT, NULL,
                        "the database is of schema %d and the backup says %d: "
                        "use another backup", schema, manifest->schema);
    }
    if (code == KOR_OK) {
        code = kor_store_check(store, err);
    }
    if (code == KOR_OK) {
        code = kor_store_count(store, &counts, err);
    }
    if (code == KOR_OK) {
        code = compare_counts(&manifest->tables, &counts, err);
    }
    bool has_log = code == KOR_OK
                && kor_table_find(&counts, "access_log") >= 0;
    return has_log ? check_log(store, unpacked, err) : code;
}

static enum kor_code
check_database(const char *folder, struct kor_unpacked *unpacked,
               struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE];
    struct kor_store *store = NULL;
    enum kor_code code = kor_store_open_reader(
        kor_disk_path(folder, "kor.db", path), NULL, &store, err);
    if (code == KOR_OK) {
        code = check_rows(store, unpacked, err);
    }
    kor_store_close(store);
    return code;
}

enum kor_code
kor_unpack(const char *path, const struct kor_backup_keys *keys,
           const char *folder, bool may_make, bool (*is_stopped)(void),
           struct kor_unpacked *unpacked, struct kor_err *err)
{
    struct unpacking unpacking = {.folder = folder,
                                  .may_make = may_make,
                                  .is_stopped = is_stopped,
                                  .out = {.fd = -1}};
    memset(unpacked, 0, sizeof *unpacked);
    enum kor_code code = unpack_files(path, keys, &unpacking, unpacked, err);
    if (code == KOR_OK) {
        code = check_server(folder, unpacked, err);
    }
    if (code == KOR_OK) {
        code = check_database(folder, unpacked, err);
    }
    if (code != KOR_OK && unpacking.is_begun) {
        kor_unpack_remove(folder);
    }
    if (code != KOR_OK && unpacking.is_made) {
        (void)rmdir(folder);
    }
    return code;
}
