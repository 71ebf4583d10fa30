/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Consents: given, withdrawn and told.  What withdrawing one to research does
 * is the view study_episode, which export_study.c reads. */

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/handlers.h"
#include "store/consent.h"

#define MAX_CONSENTS 200 /* Of one person, as in the message. */

/* All of one person; free the list. */
struct list {
    const struct kor_timeline *timeline;
    struct kor_consent *all;
    size_t n;
};

static enum kor_code
load(struct kor_context *context, const struct kor_timeline *timeline,
     struct list *list)
{
    list->timeline = timeline;
    list->all = kor_alloc_array(MAX_CONSENTS, sizeof *list->all);
    return kor_store_consents(context->desk->store,
                              timeline->episode.person.id, MAX_CONSENTS,
                              list->all, &list->n, context->err);
}

/* For the owner, who may change it. */
static enum kor_code
open_list(struct kor_context *context, const char *client, struct list *list)
{
    struct kor_timeline *timeline;
    enum kor_code code = kor_context_person(context, client, &timeline);
    return code == KOR_OK ? load(context, timeline, list) : code;
}

static void
consent_message(const struct list *list, const struct kor_consent *consent,
                struct kor_msg_consent *out)
{
    kor_message_init(&kor_message_consent, out);
    kor_utf8_copy(out->code, sizeof out->code,
                  list->timeline->episode.person.code);
    out->id = consent->id;
    kor_utf8_copy(out->purpose, sizeof out->purpose, consent->purpose);
    kor_utf8_copy(out->to, sizeof out->to, consent->recipient);
    out->given_ms = consent->given_ms;
    kor_utf8_copy(out->by, sizeof out->by, consent->by);
    if (consent->withdrawn_ms != KOR_NO_MS) {
        out->withdrawn_ms = consent->withdrawn_ms;
        kor_utf8_copy(out->withdrawn_by, sizeof out->withdrawn_by,
                      consent->withdrawn_by);
        kor_utf8_copy(out->reason, sizeof out->reason, consent->why);
    }
}

enum kor_code
kor_consents_of(struct kor_context *context,
                const struct kor_timeline *timeline,
                struct kor_msg_consent **out, size_t *n_out)
{
    struct list list = {0};
    enum kor_code code = load(context, timeline, &list);
    *out = kor_alloc_array(list.n, sizeof **out);
    for (*n_out = 0; *n_out < list.n; (*n_out)++) {
        consent_message(&list, &list.all[*n_out], &(*out)[*n_out]);
    }
    free(list.all);
    return code;
}

enum kor_code
kor_handle_consent_list(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_consent_list *msg = request;
    struct kor_msg_consents *out = reply;
    struct kor_timeline timeline = {0};
    enum kor_code code
        = kor_context_load_person(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = kor_consents_of(context, &timeline, &out->consents,
                               &out->n_consents);
        kor_timeline_done(&timeline);
    }
    return code;
}

/* --- given ------------------------------------------------------------ */

static enum kor_code
check_word(struct kor_context *context, const char *field,
           const char *english, const char *word)
{
    return kor_handle_is(word)
               ? KOR_OK
               : kor_fail(context->err, KOR_BAD_VALUE, field, english);
}

static enum kor_code
check_new(struct kor_context *context, const struct list *list,
          const struct kor_msg_consent_give *msg)
{
    enum kor_code code = check_word(
        context, "purpose",
        KOR_N_("what a consent is for is said in a word of 1 to 32 small "
               "letters a to z, digits and hyphens, such as 'research'"),
        msg->purpose);
    if (code == KOR_OK) {
        code = check_word(
            context, "to",
            KOR_N_("who gets what a consent is for is said in a word of 1 to "
                   "32 small letters a to z, digits and hyphens, such as "
                   "'registry', and not by a person's name"), msg->to);
    }
    for (size_t i = 0; i < list->n && code == KOR_OK; i++) {
        const struct kor_consent *one = &list->all[i];
        if (one->withdrawn_ms == KOR_NO_MS
            && !strcmp(one->purpose, msg->purpose)
            && !strcmp(one->recipient, msg->to)) {
            code = kor_fail(context->err, KOR_CONFLICT, "purpose",
                            "that consent stands already: it is %lld in 'kor "
                            "consent'", (long long)one->id);
        }
    }
    return code == KOR_OK && list->n == MAX_CONSENTS
               ? kor_fail(context->err, KOR_TOO_LARGE, "code",
                          "a client has at most %d consents, with those that "
                          "were withdrawn", MAX_CONSENTS)
               : code;
}

enum kor_code
kor_handle_consent_give(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_consent_give *msg = request;
    const struct kor_caller *caller = &context->call->caller;
    struct kor_consent consent = {.given_ms = context->now_ms,
                                  .withdrawn_ms = KOR_NO_MS,
                                  .actor_id = caller->actor_id};
    struct list list = {0};
    kor_utf8_copy(consent.purpose, sizeof consent.purpose, msg->purpose);
    kor_utf8_copy(consent.recipient, sizeof consent.recipient, msg->to);
    kor_utf8_copy(consent.by, sizeof consent.by, caller->name);
    enum kor_code code = open_list(context, msg->code, &list);
    if (code == KOR_OK) {
        code = check_new(context, &list, msg);
    }
    if (code == KOR_OK) {
        code = kor_store_consent_add(context->desk->store,
                                     list.timeline->episode.person.id,
                                     &consent, context->err);
    }
    if (code == KOR_OK) {
        consent_message(&list, &consent, reply);
        kor_context_event(context, list.timeline);
    }
    free(list.all);
    return code;
}

/* --- withdrawn -------------------------------------------------------- */

static enum kor_code
find(struct kor_context *context, const struct list *list, int64_t id,
     struct kor_consent *consent)
{
    size_t i = 0;
    while (i < list->n && list->all[i].id != id) {
        i++;
    }
    if (i == list->n) {
        return kor_fail(context->err, KOR_NOT_FOUND, "id",
                        "this client has no consent %lld: 'kor consent' shows "
                        "those there are", (long long)id);
    }
    *consent = list->all[i];
    return consent->withdrawn_ms == KOR_NO_MS
               ? KOR_OK
               : kor_fail(context->err, KOR_CONFLICT, "id",
                          "consent %lld is withdrawn already",
                          (long long)id);
}

enum kor_code
kor_handle_consent_withdraw(struct kor_context *context, const void *request,
                            void *reply)
{
    const struct kor_msg_consent_withdraw *msg = request;
    const struct kor_caller *caller = &context->call->caller;
    struct kor_consent consent = {.id = 0};
    struct list list = {0};
    enum kor_code code = open_list(context, msg->code, &list);
    if (code == KOR_OK) {
        code = find(context, &list, msg->id, &consent);
    }
    consent.withdrawn_ms = context->now_ms;
    consent.actor_id = caller->actor_id;
    kor_utf8_copy(consent.withdrawn_by, sizeof consent.withdrawn_by,
                  caller->name);
    kor_utf8_copy(consent.why, sizeof consent.why, msg->reason);
    if (code == KOR_OK) {
        code = kor_store_consent_withdraw(context->desk->store, &consent,
                                          context->err);
    }
    if (code == KOR_OK) {
        consent_message(&list, &consent, reply);
        kor_context_event(context, list.timeline);
    }
    free(list.all);
    return code;
}
