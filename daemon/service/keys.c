/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys: which there are, and how one is refused from now on. */

#include <stdlib.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/keyfile.h"
#include "kor/base/utf8.h"
#include "service/enrol.h"
#include "service/office.h"
#include "store/key.h"

/* Keys that were read, with the accounts that they belong to. */
struct bunch {
    struct kor_key *keys;
    size_t n;
};

static void
add_key(void *to, const struct kor_key *key)
{
    struct bunch *bunch = to;
    bunch->keys = kor_realloc_array(bunch->keys, bunch->n + 1,
                                    sizeof *bunch->keys);
    bunch->keys[bunch->n++] = *key;
}

static void
put_key(const struct kor_context *context, const struct kor_key *key,
        const char *name, struct kor_msg_keys *list)
{
    list->keys = kor_realloc_array(list->keys, list->n_keys + 1,
                                   sizeof *list->keys);
    struct kor_msg_key *out = &list->keys[list->n_keys++];
    kor_message_init(&kor_message_key, out);
    out->id = key->id;
    kor_utf8_copy(out->name, sizeof out->name, name);
    (void)kor_z85_from(key->public_key, out->public_key);
    out->added_ms = key->added_ms;
    if (key->expires_ms != KOR_NO_MS) {
        out->expires_ms = key->expires_ms;
    }
    if (key->revoked_ms != KOR_NO_MS) {
        out->revoked_ms = key->revoked_ms;
        kor_utf8_copy(out->why, sizeof out->why, key->why);
    }
    out->mine = key->id == context->call->caller.actor_id;
}

/* --- the list ------------------------------------------------------------ */

/* Whether the caller may see keys of 'account'. */
static bool
may_see(const struct kor_context *context, const struct kor_account *account)
{
    const struct kor_object object = {.therapist = account->name,
                                      .cover = "",
                                      .supervisor = "",
                                      .unit_path = account->unit_path,
                                      .is_staff = true};
    return kor_access_check(&context->call->caller, false, KOR_VERB_KEY_LIST,
                            &object, NULL, NULL)
        == KOR_OK;
}

/* Lists those of 'bunch' that the caller may see. */
static enum kor_code
list_keys(struct kor_context *context, const struct bunch *bunch,
          struct kor_msg_keys *list)
{
    struct kor_account account = {0};
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < bunch->n && code == KOR_OK; i++) {
        const struct kor_key *key = &bunch->keys[i];
        if (key->account_id != account.id) {
            code = kor_store_account_load(context->desk->store,
                                          key->account_id, &account,
                                          context->err);
        }
        if (code == KOR_OK && may_see(context, &account)) {
            put_key(context, key, account.name, list);
        }
    }
    return code;
}

/* The account of the request, one that has left too; id 0 without a name. */
static enum kor_code
find_account(struct kor_context *context, const char *name,
             struct kor_account *account)
{
    enum kor_code code = KOR_OK;
    if (*name) {
        code = kor_store_account_find(context->desk->store, name, account,
                                      context->err);
        code = code == KOR_NOT_FOUND ? KOR_OK : code;
        if (code == KOR_OK) {
            code = kor_office_may(context, name,
                                  account->id ? account->unit_path : "/");
        }
    }
    return code;
}

enum kor_code
kor_handle_key_list(struct kor_context *context, const void *request,
                    void *reply)
{
    const struct kor_msg_key_list *msg = request;
    struct kor_look *look = &context->call->look;
    struct kor_account account = {0};
    struct bunch bunch = {0};
    kor_utf8_copy(look->object, sizeof look->object, msg->name);
    enum kor_code code = find_account(context, msg->name, &account);
    if (code == KOR_OK && (account.id || !*msg->name)) {
        code = kor_store_keys(context->desk->store, 0, account.id, add_key,
                              &bunch, context->err);
    }
    if (code == KOR_OK) {
        code = list_keys(context, &bunch, reply);
    }
    free(bunch.keys);
    return code;
}

/* --- revoking ------------------------------------------------------------ */

/* Reads the keys that are to be revoked, and whose they are. */
static enum kor_code
find_keys(struct kor_context *context, const struct kor_msg_key_revoke *msg,
          struct kor_account *account, struct bunch *bunch)
{
    struct kor_store *store = context->desk->store;
    bool has_id = msg->id != KOR_NO_INT;
    if (has_id == (*msg->name != '\0')) {
        return kor_fail(context->err, KOR_BAD_VALUE, "name",
                        "give either the name of an account or the number of "
                        "a key");
    }
    if (!has_id) {
        enum kor_code code = kor_office_find(context, msg->name, account);
        return code == KOR_OK ? kor_store_keys(store, 0, account->id, add_key,
                                               bunch, context->err)
                              : code;
    }
    enum kor_code code
        = kor_store_keys(store, msg->id, 0, add_key, bunch, context->err);
    if (code == KOR_OK && bunch->n > 0) {
        code = kor_store_account_load(store, bunch->keys[0].account_id,
                                      account, context->err);
    }
    if (code == KOR_OK) {
        code = kor_office_may(context, account->name,
                              bunch->n ? account->unit_path : "/");
    }
    kor_utf8_copy(context->call->look.object,
                  sizeof context->call->look.object, account->name);
    return code;
}

static bool
is_admitted(const struct kor_context *context, const struct kor_key *key)
{
    return key->revoked_ms == KOR_NO_MS
        && (key->expires_ms == KOR_NO_MS
            || key->expires_ms > context->now_ms);
}

/* How many of the account's keys are admitted without those of 'bunch'. */
static enum kor_code
count_left(struct kor_context *context, const struct kor_account *account,
           const struct bunch *bunch, int64_t *n)
{
    struct bunch all = {0};
    enum kor_code code = kor_store_keys(context->desk->store, 0, account->id,
                                        add_key, &all, context->err);
    *n = 0;
    for (size_t i = 0; i < all.n; i++) {
        *n += is_admitted(context, &all.keys[i]);
    }
    for (size_t i = 0; i < bunch->n; i++) {
        *n -= is_admitted(context, &bunch->keys[i]);
    }
    free(all.keys);
    return code;
}

/* An administrator of the whole clinic keeps a key. */
static enum kor_code
check_last(struct kor_context *context, const struct kor_account *account,
           const struct bunch *bunch)
{
    int64_t n_left = 0, n_others = 0;
    if (!kor_office_has(account, KOR_ACTOR_ADMINISTRATOR)) {
        return KOR_OK;
    }
    enum kor_code code = count_left(context, account, bunch, &n_left);
    if (code == KOR_OK) {
        code = kor_store_staff_others(
            context->desk->store,
            kor_actor_role_word(KOR_ACTOR_ADMINISTRATOR), account->id,
            context->now_ms, &n_others, context->err);
    }
    return code == KOR_OK && n_left + n_others == 0
               ? kor_fail(context->err, KOR_CONFLICT, "name",
                          "this is the last key of the last administrator of "
                          "the whole clinic: enrol another key first, then "
                          "revoke this one")
               : code;
}

static enum kor_code
revoke(struct kor_context *context, struct bunch *bunch, const char *name,
       const char *reason, struct kor_msg_keys *list)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < bunch->n && code == KOR_OK; i++) {
        struct kor_key *key = &bunch->keys[i];
        if (key->revoked_ms != KOR_NO_MS) {
            continue;
        }
        code = kor_store_key_revoke(context->desk->store, key->id,
                                    context->now_ms, reason, context->err);
        key->revoked_ms = context->now_ms;
        kor_utf8_copy(key->why, sizeof key->why, reason);
        put_key(context, key, name, list);
    }
    context->call->changes_access = true;
    return code;
}

static bool
is_any_left(const struct bunch *bunch)
{
    for (size_t i = 0; i < bunch->n; i++) {
        if (bunch->keys[i].revoked_ms == KOR_NO_MS) {
            return true;
        }
    }
    return false;
}

enum kor_code
kor_handle_key_revoke(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_key_revoke *msg = request;
    struct kor_look *look = &context->call->look;
    struct kor_account account = {0};
    struct bunch bunch = {0};
    kor_utf8_copy(look->reason, sizeof look->reason, msg->reason);
    enum kor_code code = find_keys(context, msg, &account, &bunch);
    if (code == KOR_OK && !is_any_left(&bunch)) {
        code = kor_fail(context->err, KOR_NOT_FOUND, "name",
                        "there is no such key, or none that is not revoked "
                        "already: see 'kor key list'");
    }
    if (code == KOR_OK) {
        code = check_last(context, &account, &bunch);
    }
    if (code == KOR_OK) {
        code = revoke(context, &bunch, account.name, msg->reason, reply);
    }
    if (code == KOR_OK) {
        code = kor_enrol_forget(context, &account);
    }
    free(bunch.keys);
    return code;
}
