/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Units, accounts and keys, what is shared: see service/office.h. */

#include "service/office.h"

#include <string.h>

#include "access/check.h"
#include "kor/base/utf8.h"
#include "kor/define/handle.h"

enum kor_code
kor_office_may(struct kor_context *context, const char *name,
               const char *unit_path)
{
    struct kor_call *call = context->call;
    const struct kor_object object = {.therapist = name,
                                      .cover = "",
                                      .supervisor = "",
                                      .unit_path = unit_path,
                                      .is_staff = true};
    kor_utf8_copy(call->look.unit, sizeof call->look.unit, unit_path);
    return kor_access_check(&call->caller, call->request.has_token,
                            call->request.verb, &object, &call->look.grant,
                            context->err);
}

enum kor_code
kor_office_find(struct kor_context *context, const char *name,
                struct kor_account *account)
{
    struct kor_look *look = &context->call->look;
    kor_utf8_copy(look->object, sizeof look->object, name);
    enum kor_code code = kor_store_account_find(context->desk->store, name,
                                                account, context->err);
    if (code == KOR_NOT_FOUND) {
        return kor_fail(context->err, code, "name",
                        "nobody here is called '%s': 'kor account list' tells "
                        "who is", name);
    }
    if (code == KOR_OK) {
        code = kor_office_may(context, account->name, account->unit_path);
    }
    return code == KOR_OK && account->left_ms != KOR_NO_MS
               ? kor_fail(context->err, KOR_CONFLICT, "name",
                          "'%s' has left and has no keys any more", name)
               : code;
}

/* The caller's own unit, by its path: the last name in it. */
static enum kor_code
own_unit(struct kor_context *context, struct kor_unit *unit)
{
    const char *path = context->call->caller.unit_path;
    const char *last = path;
    for (const char *at = path; *at; at++) {
        last = *at == '/' && at[1] ? at + 1 : last;
    }
    kor_utf8_copy(unit->path, sizeof unit->path, path);
    if (!strcmp(path, "/")) {
        return KOR_OK;
    }
    kor_utf8_copy(unit->name, sizeof unit->name, last);
    unit->name[strcspn(unit->name, "/")] = '\0';
    return kor_store_unit_find(context->desk->store, unit, context->err);
}

enum kor_code
kor_office_unit(struct kor_context *context, const char *name,
                const char *field, struct kor_unit *unit)
{
    memset(unit, 0, sizeof *unit);
    kor_utf8_copy(unit->name, sizeof unit->name, name);
    enum kor_code code = *name ? kor_store_unit_find(context->desk->store,
                                                     unit, context->err)
                               : own_unit(context, unit);
    if (code == KOR_NOT_FOUND) {
        return kor_fail(context->err, code, field,
                        "there is no unit '%s': 'kor unit list' tells which "
                        "there are", unit->name);
    }
    return code == KOR_OK ? kor_office_may(context, "", unit->path) : code;
}

enum kor_code
kor_office_handle(struct kor_context *context, const char *name)
{
    struct kor_look *look = &context->call->look;
    kor_utf8_copy(look->object, sizeof look->object, name);
    return kor_handle_is(name)
               ? KOR_OK
               : kor_fail(context->err, KOR_BAD_VALUE, "name",
                          "a name has 1 to %d small letters a to z, digits "
                          "and hyphens, a letter among them: a handle, not a "
                          "person's name", KOR_HANDLE_SIZE - 1);
}

enum kor_code
kor_office_roles(struct kor_context *context,
                 const char words[][KOR_WORD_SIZE], size_t n,
                 struct kor_account *account)
{
    unsigned roles = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned role;
        if (!kor_actor_roles_from(words[i], &role)
            || role == KOR_ROLE_BIT(KOR_ACTOR_CLIENT)) {
            roles = 0;
            break;
        }
        roles |= role;
    }
    if (!roles) {
        return kor_fail(context->err, KOR_BAD_VALUE, "roles",
                        "the roles are one or more of therapist, supervisor, "
                        "leader, administrator, operator, researcher, auditor "
                        "and duty; a client is added by the code");
    }
    (void)kor_actor_roles_words(roles, account->roles);
    return KOR_OK;
}

bool
kor_office_has(const struct kor_account *account, enum kor_actor_role role)
{
    unsigned roles;
    return account->unit_id == 0
        && kor_actor_roles_from(account->roles, &roles)
        && (roles & KOR_ROLE_BIT(role));
}

enum kor_code
kor_office_keep(struct kor_context *context, const struct kor_account *before,
                enum kor_actor_role role)
{
    const char *word = kor_actor_role_word(role);
    int64_t n = 0;
    enum kor_code code = kor_store_staff_others(
        context->desk->store, word, before->id, context->now_ms, &n,
        context->err);
    return code == KOR_OK && n == 0
               ? kor_fail(context->err, KOR_CONFLICT, "name",
                          "'%s' is the last %s of the whole clinic: give that "
                          "role and a key to somebody else first",
                          before->name, word)
               : code;
}

void
kor_office_message(const struct kor_staff *staff, struct kor_msg_account *out)
{
    unsigned roles = 0;
    (void)kor_actor_roles_from(staff->account.roles, &roles);
    kor_message_init(&kor_message_account, out);
    kor_utf8_copy(out->name, sizeof out->name, staff->account.name);
    for (unsigned i = 0; i < KOR_N_ACTOR_ROLES; i++) {
        if (roles & KOR_ROLE_BIT(i)) {
            kor_utf8_copy(out->roles[out->n_roles++], KOR_WORD_SIZE,
                          kor_actor_role_word((enum kor_actor_role)i));
        }
    }
    kor_utf8_copy(out->unit, sizeof out->unit, staff->account.unit);
    kor_utf8_copy(out->client, sizeof out->client, staff->client);
    out->keys = staff->n_keys;
    out->episodes = staff->n_episodes;
    if (staff->account.left_ms != KOR_NO_MS) {
        out->left_ms = staff->account.left_ms;
    }
}

static void
put_message(void *to, const struct kor_staff *staff)
{
    kor_office_message(staff, to);
}

/* What an account has become, for the access log. */
static void
note(struct kor_look *look, const struct kor_msg_account *account)
{
    char text[sizeof look->reason] = "";
    for (size_t i = 0; i < account->n_roles; i++) {
        strcat(text, i ? "," : "");
        strcat(text, account->roles[i]);
    }
    if (*account->unit) {
        strcat(text, "; unit ");
        strcat(text, account->unit);
    }
    kor_utf8_copy(look->reason, sizeof look->reason, text);
}

enum kor_code
kor_office_changed(struct kor_context *context, const char *name,
                   struct kor_msg_account *out)
{
    context->call->changes_access = true;
    enum kor_code code
        = kor_store_staff(context->desk->store, name, context->now_ms,
                          put_message, out, context->err);
    if (code == KOR_OK) {
        note(&context->call->look, out);
    }
    return code;
}
