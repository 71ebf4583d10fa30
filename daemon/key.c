/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys made in the folder: see key.h. */

#include "key.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <zmq.h>

#include "access/roles.h"
#include "kor/base/clock.h"
#include "kor/base/utf8.h"
#include "kor/define/handle.h"
#include "run.h"
#include "service/clinic.h"
#include "store/access_log.h"
#include "store/actor.h"
#include "store/store.h"

enum kor_code
kord_make_keys(struct kor_keyfile *keys, struct kor_err *err)
{
    return zmq_curve_keypair(keys->public_key, keys->secret_key)
               ? kor_fail(err, KOR_INTERNAL, NULL,
                          "this ZeroMQ makes no CURVE keys")
               : KOR_OK;
}

/* --- the account --------------------------------------------------------- */

static enum kor_code
check_roles(const char *roles, struct kor_err *err)
{
    unsigned known;
    return kor_actor_roles_from(roles, &known)
                   && !(known & KOR_ROLE_BIT(KOR_ACTOR_CLIENT))
               ? KOR_OK
               : kor_fail(err, KOR_BAD_VALUE, "--role",
                          "the role is therapist, supervisor, leader, "
                          "administrator, operator, researcher, auditor or "
                          "duty, or several with commas between them");
}

static enum kor_code
add_account(struct kor_store *store, const struct kord_new_key *key,
            int64_t now_ms, struct kor_account *account, struct kor_err *err)
{
    const char *roles = key->roles ? key->roles : "therapist";
    enum kor_code code = check_roles(roles, err);
    if (code != KOR_OK) {
        return code;
    }
    kor_utf8_copy(account->name, sizeof account->name, key->name);
    kor_utf8_copy(account->roles, sizeof account->roles, roles);
    return kor_store_account_add(store, account, now_ms, err);
}

/* The account, which is made if it is new. */
static enum kor_code
find_account(struct kor_store *store, const struct kord_new_key *key,
             int64_t now_ms, struct kor_account *account, struct kor_err *err)
{
    enum kor_code code
        = kor_store_account_find(store, key->name, account, err);
    if (code == KOR_NOT_FOUND) {
        return add_account(store, key, now_ms, account, err);
    }
    if (code == KOR_OK && account->left_ms != KOR_NO_MS) {
        return kor_fail(err, KOR_CONFLICT, "NAME",
                        "'%s' has left: take another name", key->name);
    }
    if (code == KOR_OK && key->roles) {
        return kor_fail(err, KOR_CONFLICT, "--role",
                        "'%s' is there already, as %s: leave --role out, or "
                        "take another name", key->name, account->roles);
    }
    return code;
}

/* --- the key ------------------------------------------------------------- */

static enum kor_code
note(struct kor_store *store, const struct kor_actor *actor, int64_t now_ms,
     struct kor_err *err)
{
    struct kor_log_tail tail;
    struct kor_log_row row
        = {.at_ms = now_ms, .action = "kord.key", .outcome = "ok"};
    kor_utf8_copy(row.object, sizeof row.object, actor->account.name);
    kor_utf8_copy(row.reason, sizeof row.reason, actor->account.roles);
    enum kor_code code = kor_store_log_tail(store, &tail, err);
    return code == KOR_OK ? kor_store_log_add(store, &tail, &row, err) : code;
}

static enum kor_code
store_key(struct kor_store *store, const struct kord_new_key *key,
          struct kor_actor *actor, struct kor_err *err)
{
    const struct kor_clock *clock = kor_clock_system();
    int64_t now_ms = clock->now_ms(clock);
    enum kor_code code = kor_store_begin(store, err);
    if (code == KOR_OK) {
        code = find_account(store, key, now_ms, &actor->account, err);
    }
    if (code == KOR_OK) {
        code = kor_store_actor_add(store, actor, now_ms, err);
    }
    if (code == KOR_OK) {
        code = note(store, actor, now_ms, err);
    }
    if (code == KOR_OK) {
        code = kor_store_commit(store, err);
    }
    if (code != KOR_OK) {
        kor_store_rollback(store);
    }
    return code;
}

static const char *
file_of(const struct kord_config *config, const struct kord_new_key *key,
        char path[512])
{
    char file[64];
    if (key->file) {
        return key->file;
    }
    snprintf(file, sizeof file, "keys/%s.key", key->name);
    return kord_path(config, file, path);
}

/* Adds the key to the store first and writes the file last, so that a file is
 * always one that is admitted. */
enum kor_code
kord_key_add(const struct kord_config *config, struct kor_store *store,
             const struct kord_new_key *key, struct kor_err *err)
{
    struct kor_keyfile keys;
    struct kor_actor actor = {.expires_ms = KOR_NO_MS};
    char path[512];
    enum kor_code code = kord_make_keys(&keys, err);
    if (code == KOR_OK) {
        zmq_z85_decode(actor.public_key, keys.public_key);
        code = store_key(store, key, &actor, err);
    }
    if (code == KOR_OK) {
        code = kor_keyfile_write(file_of(config, key, path), &keys, key->name,
                                 err);
    }
    kor_keyfile_wipe(&keys);
    return code;
}

static enum kor_code
check(const struct kord_config *config, const struct kord_new_key *key,
      struct kor_err *err)
{
    char path[512];
    if (!kor_handle_is(key->name)) {
        return kor_fail(err, KOR_BAD_VALUE, "NAME",
                        "a name has 1 to %d small letters a to z, digits "
                        "and hyphens, a letter among them: a handle, not a "
                        "person's name", KOR_HANDLE_SIZE - 1);
    }
    const char *file = file_of(config, key, path);
    return access(file, F_OK) && errno == ENOENT
               ? KOR_OK
               : kor_fail(err, KOR_DUPLICATE, "--file",
                          "%s is there already, or its folder is not to be "
                          "read: name another file with --file", file);
}

enum kor_code
kord_key(const struct kord_config *config, const struct kord_new_key *key,
         struct kor_err *err)
{
    struct kor_clinic clinic;
    struct kor_store *store = NULL;
    int lock = -1;
    enum kor_code code = check(config, key, err);
    if (code == KOR_OK) {
        code = kord_lock(config, &lock, err);
    }
    if (code == KOR_OK) {
        code = kord_clinic(config, &clinic, err);
    }
    if (code == KOR_OK) {
        code = kor_store_open(clinic.store_path, NULL, false, &store, err);
    }
    if (code == KOR_OK) {
        code = kord_key_add(config, store, key, err);
    }
    kor_store_close(store);
    if (lock >= 0) {
        close(lock);
    }
    return code;
}
