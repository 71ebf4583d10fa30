/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client's own key may say and is told: see service/own.h. */

#include "service/own.h"

#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/stat/finding.h"
#include "store/appointment.h"

#define MAX_ANSWERS 8 /* As in the message. */

bool
kor_is_own(const struct kor_context *context)
{
    return context->call->look.grant.relation == KOR_RELATION_SELF;
}

enum kor_code
kor_own_is_alone(struct kor_context *context,
                 const struct kor_timeline *timeline, int32_t date,
                 bool *is_alone)
{
    int32_t agreed;
    enum kor_code code = kor_store_appointment_last(
        context->desk->store, timeline->episode.id, date, date, &agreed,
        context->err);
    *is_alone = code == KOR_OK && agreed == KOR_NO_DATE;
    return code;
}

/* An answer with what a client may say of it; the total is not among that,
 * since an item that asks for attention would not be seen. */
static void
keep_given(const struct kor_msg_answer *given, struct kor_msg_answer *kept)
{
    kor_message_init(&kor_message_answer, kept);
    kor_utf8_copy(kept->scale, sizeof kept->scale, given->scale);
    memcpy(kept->values, given->values, sizeof kept->values);
    kept->n_values = given->n_values;
    kor_utf8_copy(kept->language, sizeof kept->language, given->language);
    if (!strcmp(given->rater, "client")) {
        kor_utf8_copy(kept->rater, sizeof kept->rater, given->rater);
    }
    if (!strcmp(given->how, "self")) {
        kor_utf8_copy(kept->how, sizeof kept->how, given->how);
    }
}

enum kor_code
kor_own_check(struct kor_context *context, const struct kor_msg_record *msg)
{
    struct kor_msg_answer answers[MAX_ANSWERS];
    struct kor_msg_record kept;
    struct kor_buf given_text = {0}, kept_text = {0};
    kor_message_init(&kor_message_record, &kept);
    kor_utf8_copy(kept.code, sizeof kept.code, msg->code);
    kept.answers = answers;
    for (; kept.n_answers < msg->n_answers; kept.n_answers++) {
        keep_given(&msg->answers[kept.n_answers], &answers[kept.n_answers]);
    }
    kor_message_encode(&kor_message_record, msg, &given_text);
    kor_message_encode(&kor_message_record, &kept, &kept_text);
    bool is_same = !strcmp(kor_buf_text(&given_text),
                           kor_buf_text(&kept_text));
    kor_buf_done(&given_text);
    kor_buf_done(&kept_text);
    return is_same ? KOR_OK
                   : kor_fail(context->err, KOR_FORBIDDEN, "answers",
                              "this key gives its own answers of today, "
                              "item by item, and nothing else");
}

/* An answer with what its giver is told: what it was, and the total.  Its
 * standing has to be there and says nothing. */
static void
keep_told(const struct kor_msg_verdict *from, struct kor_msg_verdict *to)
{
    kor_message_init(&kor_message_verdict, to);
    kor_utf8_copy(to->scale, sizeof to->scale, from->scale);
    kor_utf8_copy(to->name, sizeof to->name, from->name);
    kor_utf8_copy(to->kind, sizeof to->kind, from->kind);
    kor_utf8_copy(to->better, sizeof to->better, from->better);
    to->scale_min = from->scale_min;
    to->scale_max = from->scale_max;
    kor_utf8_copy(to->rater, sizeof to->rater, from->rater);
    to->session = from->session;
    to->date = from->date;
    to->version = from->version;
    memcpy(to->values, from->values, sizeof to->values);
    to->n_values = from->n_values;
    to->total = from->total;
    kor_utf8_copy(to->standing, sizeof to->standing,
                  kor_standing_wire(KOR_STANDING_UNKNOWN));
}

/* Numbers of the countries are in the translations. */
static const char help[]
    = KOR_N_("Thank you for telling this: it should be talked about. If it is "
             "hard right now, do not wait for your appointment: call the "
             "number that you were given, a doctor on call, or the emergency "
             "number, 112.");

void
kor_own_reply(struct kor_msg_recorded *reply, enum kor_lang lang)
{
    struct kor_msg_recorded told;
    kor_message_init(&kor_message_recorded, &told);
    kor_utf8_copy(told.code, sizeof told.code, reply->code);
    told.episode = reply->episode;
    told.session = reply->session;
    told.date = reply->date;
    kor_utf8_copy(told.status, sizeof told.status, reply->status);
    told.own = true;
    told.answers = kor_alloc_array(reply->n_answers, sizeof *told.answers);
    for (; told.n_answers < reply->n_answers; told.n_answers++) {
        if (!strcmp(reply->answers[told.n_answers].attention, "asks")) {
            kor_utf8_copy(told.next, sizeof told.next, kor_text(lang, help));
        }
        keep_told(&reply->answers[told.n_answers],
                  &told.answers[told.n_answers]);
    }
    kor_message_done(&kor_message_recorded, reply);
    *reply = told;
}
