/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making a folder, checking: see run.h. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/roles.h"
#include "kor/base/file.h"
#include "kor/base/keyfile.h"
#include "kor/base/log.h"
#include "kor/base/utf8.h"
#include "key.h"
#include "run.h"
#include "secret.h"
#include "service/service.h"
#include "store/access_log.h"
#include "store/store.h"

enum kor_code
kord_lock(const struct kord_config *config, int *fd, struct kor_err *err)
{
    char path[512];
    *fd = open(kord_path(config, "kord.lock", path),
               O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*fd < 0) {
        return kor_fail(err, KOR_CANNOT_CREATE, "DIR",
                        "cannot write in %s: %s", config->folder,
                        strerror(errno));
    }
    if (flock(*fd, LOCK_EX | LOCK_NB)) {
        close(*fd);
        *fd = -1;
        return kor_fail(err, KOR_BUSY, "DIR",
                        "another kord is at work in %s: stop it first",
                        config->folder);
    }
    return KOR_OK;
}

enum kor_code
kord_zone(const struct kord_config *config, struct kor_err *err)
{
    return kor_zone_set(config->zone)
               ? KOR_OK
               : kor_fail(err, KOR_CONFIG, "zone",
                          "the system knows no zone '%s': 'zone' is a name "
                          "such as Europe/Oslo", config->zone);
}

enum kor_code
kord_clinic(const struct kord_config *config, struct kor_clinic *clinic,
            struct kor_err *err)
{
    memset(clinic, 0, sizeof *clinic);
    enum kor_code code = kord_zone(config, err);
    if (code != KOR_OK) {
        return code;
    }
    kord_path(config, "kor.db", clinic->store_path);
    kord_path(config, "deletions", clinic->deletions_path);
    kord_path(config, "reserve", clinic->reserve_path);
    clinic->reserve_bytes = config->reserve_mb << 20;
    clinic->disk = kor_disk_system();
    clinic->lang = kor_lang_from(config->language);
    kor_utf8_copy(clinic->pathway, sizeof clinic->pathway, config->pathway);
    kor_utf8_copy(clinic->unit, sizeof clinic->unit, config->unit);
    kor_utf8_copy(clinic->feed, sizeof clinic->feed, config->feed);
    kord_path(config, "backup.last", clinic->backup_path);
    kord_path(config, "check.last", clinic->check_path);
    clinic->clock = kor_clock_system();
    clinic->started_ms = clinic->clock->now_ms(clinic->clock);
    clinic->random = kor_random_system();
    return KOR_OK;
}

static enum kor_code
make_server_keys(const struct kord_config *config, struct kor_keyfile *keys,
                 struct kor_err *err)
{
    char path[512];
    struct kor_keyfile public_only = {{0}, {0}};
    enum kor_code code = kord_make_keys(keys, err);
    if (code != KOR_OK) {
        return code;
    }
    memcpy(public_only.public_key, keys->public_key, KOR_Z85_SIZE);
    code = kor_keyfile_write(kord_path(config, "server.key", path), keys,
                             "the server", err);
    return code == KOR_OK
               ? kor_keyfile_write(kord_path(config, "server.pub", path),
                                   &public_only, "the server", err)
               : code;
}

static enum kor_code
make_folder(const struct kord_config *config, struct kor_err *err)
{
    char path[512];
    if (!access(kord_path(config, "kord.ini", path), F_OK)) {
        return kor_fail(err, KOR_DUPLICATE, "DIR",
                        "%s is a clinic's folder already: nothing was "
                        "changed", config->folder);
    }
    if (mkdir(kord_path(config, "keys", path), 0700) && errno != EEXIST) {
        return kor_fail(err, KOR_CANNOT_CREATE, "DIR",
                        "cannot write in %s: %s", config->folder,
                        strerror(errno));
    }
    return KOR_OK;
}

/* What a first try may have left. */
static void
remove_half_made(const struct kord_config *config)
{
    static const char *const names[]
        = {"kor.db",      "kor.db-wal", "kor.db-shm", "kor.db-mark",
           "keys/operator.key"};
    char path[512];
    for (size_t i = 0; i < KOR_LENGTH(names); i++) {
        (void)unlink(kord_path(config, names[i], path));
    }
}

/* The configuration is written last: it is what tells a folder that is ready
 * from one that was begun. */
enum kor_code
kord_init(const struct kord_config *config, struct kor_err *err)
{
    struct kor_clinic clinic;
    struct kor_service *service = NULL;
    struct kor_keyfile keys;
    int lock = -1;
    enum kor_code code = make_folder(config, err);
    if (code == KOR_OK) {
        code = kord_lock(config, &lock, err);
    }
    if (code == KOR_OK) {
        remove_half_made(config);
        code = kord_clinic(config, &clinic, err);
    }
    if (code == KOR_OK) {
        code = make_server_keys(config, &keys, err);
    }
    if (code == KOR_OK) {
        code = kor_service_new(&clinic, true, &service, err);
    }
    if (code == KOR_OK) {
        char roles[KOR_ROLES_SIZE];
        const struct kord_new_key first
            = {.name = "operator",
               .roles = kor_actor_roles_words(KOR_FIRST_ROLES, roles)};
        code = kord_key_add(config, kor_service_store(service), &first, err);
    }
    kor_service_free(service);
    if (code == KOR_OK) {
        code = kord_config_write(config, keys.public_key, err);
    }
    kor_keyfile_wipe(&keys);
    if (lock >= 0) {
        close(lock);
    }
    return code;
}

/* While a kord is at work the database is read beside it: a reader neither
 * writes nor folds the write-ahead log in. */
static enum kor_code
open_to_check(const struct kord_config *config, const char *path, int *lock,
              struct kor_store **store, struct kor_err *err)
{
    enum kor_code code = kord_lock(config, lock, err);
    return code == KOR_OK ? kor_store_open(path, NULL, false, store, err)
           : code == KOR_BUSY ? kor_store_open_reader(path, NULL, store, err)
                              : code;
}

/* What is given to clients has to be the half of what is served with. */
static enum kor_code
check_public(const struct kord_config *config,
             const struct kor_keyfile *keys, struct kor_err *err)
{
    char path[512];
    struct kor_keyfile given;
    enum kor_code code = kor_keyfile_read(
        kord_path(config, "server.pub", path), &given, err);
    if (code != KOR_OK) {
        return code;
    }
    return strcmp(given.public_key, keys->public_key)
               ? kor_fail(err, KOR_CONFIG, "server.pub",
                          "%s is not the public half of the server's key: who "
                          "has it from there finds no daemon", path)
               : KOR_OK;
}

/* The key may lie where only the service manager reads it. */
static enum kor_code
check_server_keys(const struct kord_config *config, struct kor_err *err)
{
    struct kor_keyfile *keys;
    enum kor_code code = kord_server_keys(config, &keys, err);
    if (code == KOR_OK) {
        code = check_public(config, keys, err);
    }
    kord_server_keys_free(keys);
    if (code == KOR_NOT_FOUND) {
        kor_log(KOR_LOG_NOTICE, "the server's key is not in the folder: kord "
                                "runs only where it is a credential");
        code = KOR_OK;
    }
    return code;
}

/* A folder that cannot be written to, such as a copy on a medium, is as sound
 * without. */
static void
note_check(const struct kor_clinic *clinic)
{
    char text[64];
    struct kor_err err;
    int size = snprintf(text, sizeof text, "{\"at_ms\": %lld}\n",
                        (long long)clinic->started_ms);
    kor_err_init(&err, KOR_EN);
    if (kor_file_write(clinic->check_path, text, (size_t)size, 0644, &err)
        != KOR_OK) {
        kor_log(KOR_LOG_NOTICE, "the check is not noted: %s", err.text);
    }
}

/* The access log is whole if every row follows the one before it. */
static enum kor_code
check_log(struct kor_store *store, struct kor_err *err)
{
    struct kor_log_finding found;
    enum kor_code code = kor_store_log_verify(store, &found, err);
    return code == KOR_OK && found.broken_seq
               ? kor_fail(err, KOR_CORRUPT, "access_log",
                          "the access log was changed: row %lld does not "
                          "follow the row before it",
                          (long long)found.broken_seq)
               : code;
}

enum kor_code
kord_check(const struct kord_config *config, struct kor_err *err)
{
    struct kor_clinic clinic;
    struct kor_store *store = NULL;
    int lock = -1;
    enum kor_code code = kord_clinic(config, &clinic, err);
    if (code == KOR_OK) {
        code = check_server_keys(config, err);
    }
    if (code == KOR_OK) {
        code = open_to_check(config, clinic.store_path, &lock, &store, err);
    }
    if (code == KOR_OK) {
        code = kor_store_check(store, err);
    }
    if (code == KOR_OK) {
        code = check_log(store, err);
    }
    kor_store_close(store);
    if (code == KOR_OK) {
        note_check(&clinic);
    }
    if (lock >= 0) {
        close(lock);
    }
    return code;
}
