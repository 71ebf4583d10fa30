/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The backup key: see backup/keys.h. */

#include "backup/keys.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>
#include <zmq.h>

#include "backup/disk.h"

static enum kor_code
make_pair(struct kor_keyfile *keys, struct kor_err *err)
{
    uint8_t public_key[KOR_BACKUP_KEY_SIZE], secret_key[KOR_BACKUP_KEY_SIZE];
    bool is_made = crypto_box_keypair(public_key, secret_key) == 0
                && zmq_z85_encode(keys->public_key, public_key,
                                  sizeof public_key)
                && zmq_z85_encode(keys->secret_key, secret_key,
                                  sizeof secret_key);
    sodium_memzero(secret_key, sizeof secret_key);
    return is_made ? KOR_OK
                   : kor_fail(err, KOR_INTERNAL, NULL,
                              "libsodium makes no key pair");
}

static enum kor_code
check_free(const char *path, struct kor_err *err)
{
    return access(path, F_OK)
               ? KOR_OK
               : kor_fail(err, KOR_DUPLICATE, "FILE",
                          "%s is there already: without it no backup made "
                          "for it can be opened, so it is not replaced",
                          path);
}

/* Writes both files or none. */
static enum kor_code
write_pair(const char *path, const char *public_path,
           struct kor_keyfile *keys, struct kor_err *err)
{
    enum kor_code code = kor_keyfile_write(path, keys, "backups", err);
    sodium_memzero(keys->secret_key, sizeof keys->secret_key);
    if (code == KOR_OK) {
        code = kor_keyfile_write(public_path, keys, "backups", err);
        if (code != KOR_OK) {
            (void)unlink(path);
        }
    }
    return code;
}

enum kor_code
kor_backup_keys_make(const char *path, struct kor_err *err)
{
    char public_path[KOR_DISK_PATH_SIZE];
    struct kor_keyfile keys = {{0}, {0}};
    if (snprintf(public_path, sizeof public_path, "%s.pub", path)
        >= KOR_DISK_PATH_SIZE) {
        return kor_fail(err, KOR_CANNOT_CREATE, NULL,
                        "a path may have at most %zu bytes",
                        sizeof public_path - sizeof ".pub");
    }
    enum kor_code code = check_free(path, err);
    if (code == KOR_OK) {
        code = check_free(public_path, err);
    }
    if (code == KOR_OK) {
        code = make_pair(&keys, err);
    }
    return code == KOR_OK ? write_pair(path, public_path, &keys, err) : code;
}

static bool
is_file(const char *text)
{
    size_t len = strlen(text);
    return len > 4 && !strcmp(text + len - 4, ".pub");
}

enum kor_code
kor_backup_keys_public(const char *text, const char *folder,
                       uint8_t key[KOR_BACKUP_KEY_SIZE], struct kor_err *err)
{
    struct kor_keyfile file = {{0}, {0}};
    char path[KOR_DISK_PATH_SIZE];
    enum kor_code code = KOR_OK;
    if (is_file(text)) {
        if (folder && text[0] != '/') {
            kor_disk_path(folder, text, path);
            text = path;
        }
        code = kor_keyfile_read(text, &file, err);
        sodium_memzero(file.secret_key, sizeof file.secret_key);
        text = file.public_key;
    }
    if (code == KOR_OK
        && (strlen(text) != KOR_Z85_SIZE - 1 || !zmq_z85_decode(key, text))) {
        return kor_fail(err, KOR_CONFIG, "backup_key",
                        "'%s' is the public half of a backup key, as a file "
                        "that ends in .pub or as its 40 characters",
                        "backup_key");
    }
    return code;
}

enum kor_code
kor_backup_keys_server(const char *folder, uint8_t key[KOR_BACKUP_KEY_SIZE],
                       uint8_t mark[KOR_BACKUP_MARK_SIZE],
                       struct kor_err *err)
{
    enum kor_code code
        = kor_backup_keys_public("server.pub", folder, key, err);
    if (code == KOR_OK) {
        kor_backup_mark(key, mark);
    }
    return code;
}

static bool
decode_pair(const struct kor_keyfile *file, struct kor_backup_keys *keys)
{
    uint8_t expected[KOR_BACKUP_KEY_SIZE];
    return file->secret_key[0]
        && zmq_z85_decode(keys->public_key, file->public_key)
        && zmq_z85_decode(keys->secret_key, file->secret_key)
        && crypto_scalarmult_base(expected, keys->secret_key) == 0
        && !memcmp(expected, keys->public_key, sizeof expected);
}

enum kor_code
kor_backup_keys_read(const char *path, struct kor_backup_keys *keys,
                     struct kor_err *err)
{
    struct kor_keyfile file = {{0}, {0}};
    enum kor_code code = kor_keyfile_read(path, &file, err);
    bool is_pair = code == KOR_OK && decode_pair(&file, keys);
    sodium_memzero(file.secret_key, sizeof file.secret_key);
    if (!is_pair) {
        sodium_memzero(keys, sizeof *keys);
    }
    return code == KOR_OK && !is_pair
               ? kor_fail(err, KOR_CONFIG, "--key",
                          "%s does not hold both halves of a key: give the "
                          "file that 'kord backup-key' made, without .pub",
                          path)
               : code;
}
