/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts: who works here, and clients who answer under their own code. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/define/client_code.h"
#include "service/enrol.h"
#include "service/office.h"

/* --- the list ------------------------------------------------------------ */

struct listing {
    struct kor_context *context;
    struct kor_msg_accounts *list;
    bool has_left_too;
};

static void
put_account(void *to, const struct kor_staff *staff)
{
    struct listing *listing = to;
    struct kor_msg_accounts *list = listing->list;
    const struct kor_object object
        = {.therapist = staff->account.name,
           .cover = "",
           .supervisor = "",
           .unit_path = staff->account.unit_path,
           .is_staff = true};
    bool is_hidden
        = (staff->account.left_ms != KOR_NO_MS && !listing->has_left_too)
       || kor_access_check(&listing->context->call->caller, false,
                           KOR_VERB_ACCOUNT_LIST, &object, NULL, NULL)
              != KOR_OK;
    if (!is_hidden) {
        list->accounts = kor_realloc_array(
            list->accounts, list->n_accounts + 1, sizeof *list->accounts);
        kor_office_message(staff, &list->accounts[list->n_accounts++]);
    }
}

enum kor_code
kor_handle_account_list(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_account_list *msg = request;
    struct listing listing
        = {.context = context, .list = reply, .has_left_too = msg->all};
    return kor_store_staff(context->desk->store, "", context->now_ms,
                           put_account, &listing, context->err);
}

/* --- adding -------------------------------------------------------------- */

/* Episodes come with therapists' names: who takes such a name takes them, and
 * so it has to be somebody who may give them. */
static enum kor_code
check_name(struct kor_context *context, const char *name)
{
    struct kor_store *store = context->desk->store;
    struct kor_account known = {0};
    int64_t n = 0;
    enum kor_code code = kor_office_handle(context, name);
    if (code == KOR_OK) {
        code = kor_store_account_find(store, name, &known, context->err);
        code = code == KOR_OK
                   ? kor_fail(context->err, KOR_DUPLICATE, "name",
                              "there is an account '%s' already, or was: take "
                              "another name", name)
               : code == KOR_NOT_FOUND ? KOR_OK
                                       : code;
    }
    if (code == KOR_OK) {
        code = kor_store_staff_named_elsewhere(
            store, name, context->call->caller.unit_path, &n, context->err);
    }
    return code == KOR_OK && n > 0
               ? kor_fail(context->err, KOR_FORBIDDEN, "name",
                          "there are episodes outside your unit that belong "
                          "to '%s' (%lld of them): take another name, or ask "
                          "an administrator of the whole clinic", name,
                          (long long)n)
               : code;
}

static enum kor_code
store_account(struct kor_context *context, struct kor_account *account,
              struct kor_msg_account *reply)
{
    enum kor_code code = kor_store_account_add(
        context->desk->store, account, context->now_ms, context->err);
    return code == KOR_OK ? kor_office_changed(context, account->name, reply)
                          : code;
}

#define MAX_CLIENT_ACCOUNTS 9 /* Of one client, one after the other. */

/* A client's account has the code for a name; who had one that was left has the
 * next one. */
static enum kor_code
name_client(struct kor_context *context, const char *client,
            struct kor_account *account)
{
    enum kor_code code = KOR_OK;
    for (int n = 1; n <= MAX_CLIENT_ACCOUNTS && code == KOR_OK; n++) {
        struct kor_account former = {0};
        int size = snprintf(account->name, sizeof account->name,
                            "client-%.4s%.4s", client, client + 5);
        for (char *at = account->name; *at; at++) {
            *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
        }
        if (n > 1) {
            snprintf(account->name + size,
                     sizeof account->name - (size_t)size, "-%d", n);
        }
        code = kor_store_account_find(context->desk->store, account->name,
                                      &former, context->err);
        if (code == KOR_OK && former.left_ms == KOR_NO_MS) {
            break;
        }
    }
    return code == KOR_OK || code == KOR_NOT_FOUND
               ? check_name(context, account->name)
               : code;
}

/* A client's account is named by the code, and is of the unit where the last
 * episode was opened. */
static enum kor_code
add_client(struct kor_context *context, const struct kor_msg_account_add *msg,
           struct kor_msg_account *reply)
{
    struct kor_account account = {.roles = "client"};
    struct kor_unit unit = {0};
    char client[KOR_CLIENT_CODE_SIZE];
    if (*msg->name || msg->n_roles || *msg->unit) {
        return kor_fail(context->err, KOR_BAD_VALUE, "client",
                        "a client's account has neither name nor unit of its "
                        "own and no role but 'client': give the code alone");
    }
    enum kor_code code
        = kor_client_code_parse(msg->client, client, context->err);
    if (code == KOR_OK) {
        kor_utf8_copy(context->call->look.code,
                      sizeof context->call->look.code, client);
        code = kor_store_person_unit(context->desk->store, client,
                                     &account.person_id, &unit, context->err);
    }
    if (code == KOR_NOT_FOUND) {
        return kor_fail(context->err, code, "client",
                        "no client has this code: 'kor open' begins an "
                        "episode");
    }
    if (code == KOR_OK) {
        code = kor_office_may(context, "", unit.path);
    }
    if (code == KOR_OK) {
        account.unit_id = unit.id;
        code = name_client(context, client, &account);
    }
    return code == KOR_OK ? store_account(context, &account, reply) : code;
}

enum kor_code
kor_handle_account_add(struct kor_context *context, const void *request,
                       void *reply)
{
    const struct kor_msg_account_add *msg = request;
    struct kor_account account = {0};
    struct kor_unit unit;
    if (*msg->client) {
        return add_client(context, msg, reply);
    }
    enum kor_code code = kor_office_unit(context, msg->unit, "unit", &unit);
    if (code == KOR_OK) {
        code = check_name(context, msg->name);
    }
    if (code == KOR_OK) {
        code = kor_office_roles(context, msg->roles, msg->n_roles, &account);
    }
    if (code == KOR_OK) {
        kor_utf8_copy(account.name, sizeof account.name, msg->name);
        account.unit_id = unit.id;
        code = store_account(context, &account, reply);
    }
    return code;
}

/* --- changing ------------------------------------------------------------ */

/* What the account is to become, into 'after'. */
static enum kor_code
read_wish(struct kor_context *context, const struct kor_msg_account_set *msg,
          struct kor_account *after)
{
    struct kor_unit unit;
    enum kor_code code = KOR_OK;
    if (*msg->unit ? msg->whole : !msg->whole && !msg->n_roles) {
        return kor_fail(context->err, KOR_BAD_VALUE, "roles",
                        "give what is to change: the roles, a unit, or the "
                        "whole clinic");
    }
    if (msg->n_roles && after->person_id) {
        return kor_fail(context->err, KOR_BAD_VALUE, "roles",
                        "'%s' is a client and can have no other role",
                        after->name);
    }
    if (msg->n_roles) {
        code = kor_office_roles(context, msg->roles, msg->n_roles, after);
    }
    if (code == KOR_OK && *msg->unit) {
        code = kor_office_unit(context, msg->unit, "unit", &unit);
        after->unit_id = unit.id;
    }
    if (code == KOR_OK && msg->whole) {
        code = kor_office_may(context, "", "/");
        after->unit_id = 0;
    }
    return code;
}

/* The clinic keeps somebody who lets others in, and somebody who looks after
 * the machine. */
static enum kor_code
check_loss(struct kor_context *context, const struct kor_account *before,
           const struct kor_account *after)
{
    static const enum kor_actor_role kept[]
        = {KOR_ACTOR_ADMINISTRATOR, KOR_ACTOR_OPERATOR};
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < KOR_LENGTH(kept) && code == KOR_OK; i++) {
        if (kor_office_has(before, kept[i])
            && (!after || !kor_office_has(after, kept[i]))) {
            code = kor_office_keep(context, before, kept[i]);
        }
    }
    return code;
}

/* What somebody may do is for somebody else to decide. */
static enum kor_code
check_own(struct kor_context *context, const struct kor_account *before,
          const struct kor_account *after)
{
    unsigned old_roles = 0, new_roles = 0;
    (void)kor_actor_roles_from(before->roles, &old_roles);
    (void)kor_actor_roles_from(after->roles, &new_roles);
    return before->id == context->call->caller.account_id
                && (new_roles & ~old_roles)
               ? kor_fail(context->err, KOR_FORBIDDEN, "roles",
                          "nobody gives the own account another role: "
                          "another administrator does")
               : KOR_OK;
}

enum kor_code
kor_handle_account_set(struct kor_context *context, const void *request,
                       void *reply)
{
    const struct kor_msg_account_set *msg = request;
    struct kor_account before, after;
    enum kor_code code = kor_office_find(context, msg->name, &before);
    if (code == KOR_OK) {
        after = before;
        code = read_wish(context, msg, &after);
    }
    if (code == KOR_OK) {
        code = check_own(context, &before, &after);
    }
    if (code == KOR_OK) {
        code = check_loss(context, &before, &after);
    }
    if (code == KOR_OK) {
        code = kor_store_staff_change(context->desk->store, &after,
                                      context->err);
    }
    if (code == KOR_OK && kor_office_has(&before, KOR_ACTOR_ADMINISTRATOR)
        && !kor_office_has(&after, KOR_ACTOR_ADMINISTRATOR)) {
        code = kor_enrol_forget(context, &before);
    }
    return code == KOR_OK ? kor_office_changed(context, msg->name, reply)
                          : code;
}

/* --- leaving ------------------------------------------------------------- */

static enum kor_code
check_cares(struct kor_context *context, const char *name)
{
    int64_t n_owned = 0, n_supervised = 0;
    enum kor_code code = kor_store_staff_cares(
        context->desk->store, name, &n_owned, &n_supervised, context->err);
    if (code != KOR_OK || n_owned + n_supervised == 0) {
        return code;
    }
    return kor_fail(context->err, KOR_CONFLICT, "name",
                    "'%s' still has %lld open episodes and supervises %lld: "
                    "close them, or give them to somebody else first ('kor "
                    "handover --all-of %s --to NAME')",
                    name, (long long)n_owned, (long long)n_supervised, name);
}

enum kor_code
kor_handle_account_leave(struct kor_context *context, const void *request,
                         void *reply)
{
    const struct kor_msg_account_name *msg = request;
    struct kor_account account;
    enum kor_code code = kor_office_find(context, msg->name, &account);
    if (code == KOR_OK) {
        code = check_cares(context, account.name);
    }
    if (code == KOR_OK) {
        code = check_loss(context, &account, NULL);
    }
    if (code == KOR_OK) {
        code = kor_store_staff_leave(context->desk->store, account.id,
                                     context->now_ms, context->err);
    }
    if (code == KOR_OK) {
        code = kor_enrol_forget(context, &account);
    }
    return code == KOR_OK ? kor_office_changed(context, account.name, reply)
                          : code;
}
