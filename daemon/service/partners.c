/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Partners of other organisations: see service/partners.h. */

#include "service/partners.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/staff.h"
#include "store/actor.h"
#include "store/consent.h"

#define PURPOSE "cooperation" /* Of the consent that it rests on. */
#define MAX_PARTNERS 100      /* Changes, as in the message. */
#define MAX_CONSENTS 200

static void
put_partner(const struct kor_timeline *timeline,
            const struct kor_partner *partner,
            struct kor_msg_cooperation *out)
{
    kor_message_init(&kor_message_cooperation, out);
    kor_utf8_copy(out->code, sizeof out->code, timeline->episode.person.code);
    out->episode = timeline->episode.number;
    kor_utf8_copy(out->with, sizeof out->with, partner->name);
    kor_utf8_copy(out->may, sizeof out->may,
                  kor_partner_may_name(partner->may));
    out->until = partner->until_date;
    kor_utf8_copy(out->reason, sizeof out->reason, partner->why);
    out->at_ms = partner->at_ms;
    kor_utf8_copy(out->by, sizeof out->by, partner->by);
    out->holds = partner->holds;
}

enum kor_code
kor_partners_of(struct kor_context *context,
                const struct kor_timeline *timeline,
                struct kor_msg_cooperation **out, size_t *n)
{
    struct kor_partner *all = kor_alloc_array(MAX_PARTNERS, sizeof *all);
    enum kor_code code = kor_store_partners(
        context->desk->store, timeline->episode.id,
        kor_desk_today(context->desk), MAX_PARTNERS, all, n, context->err);
    *out = kor_alloc_array(*n, sizeof **out);
    for (size_t i = 0; i < *n; i++) {
        put_partner(timeline, &all[i], &(*out)[i]);
    }
    free(all);
    return code;
}

/* --- letting in ----------------------------------------------------------- */

/* The client's standing consent to it, for the partner's unit. */
static enum kor_code
find_consent(struct kor_context *context, const struct kor_timeline *timeline,
             const char *unit, int64_t *id)
{
    struct kor_consent *all = kor_alloc_array(MAX_CONSENTS, sizeof *all);
    size_t n = 0;
    enum kor_code code = kor_store_consents(
        context->desk->store, timeline->episode.person.id, MAX_CONSENTS, all,
        &n, context->err);
    *id = 0;
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        if (all[i].withdrawn_ms == KOR_NO_MS
            && !strcmp(all[i].purpose, PURPOSE)
            && !strcmp(all[i].recipient, unit)) {
            *id = all[i].id;
        }
    }
    free(all);
    return code == KOR_OK && !*id
               ? kor_fail(context->err, KOR_CONFLICT, "with",
                          "the client has to consent first: 'kor consent give "
                          "CODE --purpose cooperation --to %s'", unit)
               : code;
}

static enum kor_code
check_account(struct kor_context *context, const struct kor_timeline *timeline,
              const char *name, struct kor_account *account)
{
    enum kor_code code
        = kor_staff_check(context, name, "with", KOR_RELATION_OWN);
    if (code == KOR_OK) {
        code = kor_store_account_find(context->desk->store, name, account,
                                      context->err);
    }
    if (code == KOR_OK && !strcmp(timeline->episode.therapist, name)) {
        code = kor_fail(context->err, KOR_CONFLICT, "with",
                        "'%s' is this client's therapist already", name);
    }
    return code == KOR_OK && !*account->unit
               ? kor_fail(context->err, KOR_CONFLICT, "with",
                          "'%s' is of no unit, so that the client cannot "
                          "consent to one: name somebody of a unit", name)
               : code;
}

static enum kor_code
check_until(struct kor_context *context, int32_t until)
{
    char today[KOR_DATE_SIZE];
    return until != KOR_NO_DATE && until < kor_desk_today(context->desk)
               ? kor_fail(context->err, KOR_BAD_VALUE, "until",
                          "the last day is today, %s, or later",
                          kor_date_format(kor_desk_today(context->desk),
                                          today))
               : KOR_OK;
}

/* Who is none cannot be let out. */
static enum kor_code
check_holds(struct kor_context *context, const struct kor_timeline *timeline,
            const char *name)
{
    enum kor_partner_may may;
    enum kor_code code = kor_store_partner_may(
        context->desk->store, timeline->episode.id, name,
        kor_desk_today(context->desk), &may, context->err);
    return code == KOR_OK && may == KOR_PARTNER_NOTHING
               ? kor_fail(context->err, KOR_NOT_FOUND, "with",
                          "'%s' has no part in this episode", name)
               : code;
}

static enum kor_code
check(struct kor_context *context, const struct kor_timeline *timeline,
      const struct kor_msg_cooperate *msg, struct kor_partner *partner)
{
    struct kor_account account = {0};
    if (!kor_partner_may_from(msg->may, &partner->may)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "may",
                        "somebody else may see, work or nothing (any more)");
    }
    if (partner->may == KOR_PARTNER_NOTHING) {
        partner->until_date = KOR_NO_DATE;
        return check_holds(context, timeline, msg->with);
    }
    enum kor_code code
        = check_account(context, timeline, msg->with, &account);
    if (code == KOR_OK) {
        code = check_until(context, msg->until);
    }
    return code == KOR_OK ? find_consent(context, timeline, account.unit,
                                         &partner->consent_id)
                          : code;
}

enum kor_code
kor_handle_cooperate(struct kor_context *context, const void *request,
                   void *reply)
{
    const struct kor_msg_cooperate *msg = request;
    const struct kor_caller *caller = &context->call->caller;
    struct kor_look *look = &context->call->look;
    struct kor_timeline *timeline;
    struct kor_partner partner = {.until_date = msg->until,
                                  .at_ms = context->now_ms,
                                  .actor_id = caller->actor_id};
    kor_utf8_copy(look->object, sizeof look->object, msg->with);
    kor_utf8_copy(look->reason, sizeof look->reason, msg->reason);
    kor_utf8_copy(partner.name, sizeof partner.name, msg->with);
    kor_utf8_copy(partner.why, sizeof partner.why, msg->reason);
    kor_utf8_copy(partner.by, sizeof partner.by, caller->name);
    enum kor_code code
        = kor_context_open_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = check(context, timeline, msg, &partner);
    }
    if (code == KOR_OK) {
        code = kor_store_partner_add(context->desk->store,
                                     timeline->episode.id, &partner,
                                     context->err);
    }
    if (code == KOR_OK) {
        partner.holds = partner.may != KOR_PARTNER_NOTHING;
        kor_context_event(context, timeline);
        put_partner(timeline, &partner, reply);
    }
    return code;
}
