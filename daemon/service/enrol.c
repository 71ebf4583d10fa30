/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Enrolling: an administrator asks for a one-time code, and whoever has it
 * makes a key on the own machine and comes with it.  The secret half never
 * leaves that machine; the public one is proved by the connection.
 *
 * A code has 40 bits, which is no match for whoever tries at leisure, and so
 * its hash is keyed with what is not in the database (struct kor_clinic): a
 * slow hash would add nothing to that.  Whoever tries here has ten times. */

#include "service/enrol.h"

#include <string.h>

#include <sodium.h>

#include "kor/base/log.h"
#include "kor/base/utf8.h"
#include "kor/define/enrol_code.h"
#include "service/office.h"
#include "store/enrolment.h"

#define CODE_MS (24 * 3600 * (int64_t)1000) /* A code is good for so long. */
#define DAY_MS (24 * 3600 * (int64_t)1000)
#define MOST_OPEN 100
#define MOST_TRIES 10

static void
hash_code(const struct kor_context *context,
          const char code[KOR_ENROL_CODE_SIZE],
          uint8_t hash[KOR_ENROL_HASH_SIZE])
{
    const struct kor_clinic *clinic = context->desk->clinic;
    crypto_generichash(hash, KOR_ENROL_HASH_SIZE, (const uint8_t *)code,
                       KOR_ENROL_CODE_SIZE - 1, clinic->code_key,
                       sizeof clinic->code_key);
}

/* --- giving a code ------------------------------------------------------- */

static enum kor_code
check_room(struct kor_context *context)
{
    struct kor_enrolments open = {0};
    enum kor_code code = kor_store_enrolment_open(
        context->desk->store, context->now_ms, &open, context->err);
    return code == KOR_OK && open.n >= MOST_OPEN
               ? kor_fail(context->err, KOR_CONFLICT, "name",
                          "%d codes are waiting to be used, and more would "
                          "make one easy to guess: wait until some are",
                          MOST_OPEN)
               : code;
}

enum kor_code
kor_handle_key_enrol(struct kor_context *context, const void *request,
                     void *reply)
{
    const struct kor_msg_key_enrol *msg = request;
    const struct kor_random *random = context->desk->clinic->random;
    struct kor_store *store = context->desk->store;
    struct kor_msg_enrolment *out = reply;
    uint8_t bytes[KOR_ENROL_CODE_RANDOM];
    struct kor_account account;
    struct kor_enrolment enrolment
        = {.key_days = msg->days == KOR_NO_INT ? 0 : msg->days,
           .expires_ms = context->now_ms + CODE_MS};
    enum kor_code code = kor_office_find(context, msg->name, &account);
    if (code == KOR_OK) {
        code = check_room(context);
    }
    if (code == KOR_OK) { /* An earlier code is good no more. */
        code = kor_store_enrolment_close(store, account.id, context->now_ms,
                                         context->err);
    }
    if (code == KOR_OK) {
        random->fill(random, bytes, sizeof bytes);
        kor_enrol_code_make(bytes, out->code);
        hash_code(context, out->code, enrolment.hash);
        enrolment.account_id = account.id;
        code = kor_store_enrolment_add(store, &enrolment, context->now_ms,
                                       context->err);
    }
    kor_utf8_copy(out->name, sizeof out->name, msg->name);
    out->expires_ms = enrolment.expires_ms;
    context->call->is_secret = context->call->changes_access = true;
    return code;
}

/* --- coming with one ----------------------------------------------------- */

/* A wrong code counts against all that are open; too many close them. */
static enum kor_code
count_try(struct kor_context *context)
{
    struct kor_store *store = context->desk->store;
    struct kor_call *call = context->call;
    struct kor_enrolments open = {0};
    enum kor_code code = kor_store_enrolment_count_try(store, context->now_ms,
                                                       context->err);
    if (code == KOR_OK) {
        code = kor_store_enrolment_open(store, context->now_ms, &open,
                                        context->err);
    }
    if (code == KOR_OK && open.n_tries >= MOST_TRIES) {
        code = kor_store_enrolment_close(store, 0, context->now_ms,
                                         context->err);
        kor_utf8_copy(call->look.reason, sizeof call->look.reason,
                      "all codes were closed: too many wrong ones");
        kor_log(KOR_LOG_WARNING,
                "enrolment: %d wrong codes, so the %lld that were open are "
                "closed: somebody may be guessing", MOST_TRIES,
                (long long)open.n);
        call->changes_access = true;
    }
    call->keeps_traces = true;
    return code;
}

/* One sentence for all, so that nobody learns which codes there were. */
static enum kor_code
refuse_code(struct kor_context *context)
{
    enum kor_code code = count_try(context);
    return code == KOR_OK
               ? kor_fail(context->err, KOR_FORBIDDEN, "code",
                          "this code enrols nobody: it is wrong, used or more "
                          "than a day old. Ask an administrator for another "
                          "one")
               : code;
}

/* Finds what 'text' opens; KOR_NOT_FOUND if it opens nothing. */
static enum kor_code
find_enrolment(struct kor_context *context, const char *text,
               struct kor_enrolment *enrolment)
{
    char code[KOR_ENROL_CODE_SIZE];
    if (kor_enrol_code_parse(text, code, NULL) != KOR_OK) {
        return KOR_NOT_FOUND;
    }
    hash_code(context, code, enrolment->hash);
    return kor_store_enrolment_find(context->desk->store, context->now_ms,
                                    enrolment, context->err);
}

static void
put_enrolled(void *to, const struct kor_staff *staff)
{
    struct kor_msg_enrolled *out = to;
    struct kor_msg_account account;
    kor_office_message(staff, &account);
    kor_utf8_copy(out->name, sizeof out->name, account.name);
    memcpy(out->roles, account.roles, sizeof out->roles);
    out->n_roles = account.n_roles;
}

static enum kor_code
fail_known(struct kor_context *context)
{
    return kor_fail(context->err, KOR_CONFLICT, NULL,
                    "this key is enrolled already");
}

static enum kor_code
enrol(struct kor_context *context, const struct kor_enrolment *enrolment,
      struct kor_msg_enrolled *out)
{
    struct kor_store *store = context->desk->store;
    struct kor_call *call = context->call;
    struct kor_actor actor = {.expires_ms = KOR_NO_MS};
    memcpy(actor.public_key, call->caller.guest_key, sizeof actor.public_key);
    if (enrolment->key_days) {
        actor.expires_ms = context->now_ms + enrolment->key_days * DAY_MS;
        out->expires_ms = actor.expires_ms;
    }
    enum kor_code code = kor_store_account_load(
        store, enrolment->account_id, &actor.account, context->err);
    if (code == KOR_OK) {
        code = kor_store_actor_add(store, &actor, context->now_ms,
                                   context->err);
        code = code == KOR_DUPLICATE ? fail_known(context) : code;
    }
    if (code == KOR_OK) {
        code = kor_store_enrolment_use(store, enrolment->id, actor.id,
                                       context->err);
    }
    if (code == KOR_OK) {
        code = kor_store_staff(store, actor.account.name, context->now_ms,
                               put_enrolled, out, context->err);
    }
    out->id = call->enrolled_id = actor.id;
    kor_utf8_copy(call->look.object, sizeof call->look.object,
                  actor.account.name);
    call->changes_access = true;
    return code;
}

enum kor_code
kor_handle_enrol(struct kor_context *context, const void *request,
                 void *reply)
{
    const struct kor_msg_enrol *msg = request;
    struct kor_enrolment enrolment = {0};
    if (!context->call->caller.is_guest) {
        return fail_known(context);
    }
    enum kor_code code = find_enrolment(context, msg->code, &enrolment);
    return code == KOR_NOT_FOUND ? refuse_code(context)
           : code == KOR_OK      ? enrol(context, &enrolment, reply)
                                 : code;
}

enum kor_code
kor_enrol_forget(struct kor_context *context,
                 const struct kor_account *account)
{
    unsigned roles = 0;
    (void)kor_actor_roles_from(account->roles, &roles);
    bool may_have_asked
        = roles & KOR_ROLE_BIT(KOR_ACTOR_ADMINISTRATOR);
    return kor_store_enrolment_close(context->desk->store,
                                     may_have_asked ? 0 : account->id,
                                     context->now_ms, context->err);
}
