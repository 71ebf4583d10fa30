/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits goes to the daemon: see client/lib/delivery.h. */

#include "lib/delivery.h"

#include <stdlib.h>
#include <string.h>

/* It was stored, and what was answered is no longer kept. */
static bool
is_stored_long_ago(const struct kor_question *question,
                   const struct kor_err *why)
{
    return question->answer == KOR_DUPLICATE && !strcmp(why->field, "id");
}

/* What the daemon's answer means for the entry. */
static enum kor_code
settle(struct kor_delivery *delivery, struct kor_outbox *outbox,
       const struct kor_outbox_entry *entry,
       const struct kor_question *question,
       const struct kor_msg_recorded *recorded, struct kor_err *err)
{
    if (question->answer == KOR_OK || is_stored_long_ago(question, err)) {
        delivery->n_stored++;
        delivery->on_stored(delivery->user, entry, recorded);
        enum kor_code removed = kor_outbox_remove(outbox, entry, err);
        return removed == KOR_NOT_FOUND ? KOR_OK : removed;
    }
    struct kor_err why = *err;
    why.code = question->answer;
    delivery->n_refused++;
    delivery->on_refused(delivery->user, entry, &why);
    return kor_outbox_refuse(outbox, entry, &why, err);
}

static enum kor_code
deliver_one(struct kor_delivery *delivery, struct kor_client *client,
            struct kor_outbox *outbox, const struct kor_outbox_entry *entry,
            struct kor_err *err)
{
    struct kor_msg_recorded recorded;
    struct kor_question question = {.verb = KOR_VERB_RECORD};
    memcpy(question.id, entry->id, sizeof question.id);
    enum kor_code code
        = kor_outbox_frame(outbox, entry, &question.frame, err);
    if (code != KOR_OK) {
        kor_question_done(&question);
        /* It has gone, or was damaged meanwhile: nothing can be done. */
        return code == KOR_NOT_FOUND || code == KOR_CORRUPT ? KOR_OK : code;
    }
    code = kor_client_put(client, &question, &recorded, err);
    bool is_read = code == KOR_OK;
    delivery->is_stopped
        = !question.is_answered || kor_outbox_is_passing(question.answer);
    if (!delivery->is_stopped) {
        code = settle(delivery, outbox, entry, &question,
                      is_read ? &recorded : NULL, err);
    }
    if (is_read) {
        kor_message_done(&kor_message_recorded, &recorded);
    }
    kor_question_done(&question);
    return code;
}

static bool
is_to_go(const struct kor_delivery *delivery,
         const struct kor_outbox_entry *entry)
{
    return !strcmp(entry->state, KOR_OUTBOX_WAITING)
        || (delivery->tries_refused
            && !strcmp(entry->state, KOR_OUTBOX_REFUSED));
}

/* Stores in '*n' how many there are to go; delivers nothing. */
static enum kor_code
count_to_go(const struct kor_delivery *delivery, struct kor_outbox *outbox,
            size_t *n, struct kor_err *err)
{
    struct kor_outbox_entry *entries = NULL;
    size_t n_entries = 0;
    enum kor_code code = kor_outbox_list(outbox, &entries, &n_entries, err);
    *n = 0;
    for (size_t i = 0; i < n_entries && code == KOR_OK; i++) {
        *n += is_to_go(delivery, &entries[i]);
    }
    free(entries);
    return code;
}

/* Lists afresh under the lock: another process may have delivered them. */
static enum kor_code
deliver_all(struct kor_delivery *delivery, struct kor_client *client,
            struct kor_outbox *outbox, struct kor_err *err)
{
    struct kor_outbox_entry *entries = NULL;
    size_t n = 0;
    enum kor_code code = kor_outbox_list(outbox, &entries, &n, err);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        if (is_to_go(delivery, &entries[i])) {
            code = deliver_one(delivery, client, outbox, &entries[i], err);
        }
    }
    free(entries);
    return code;
}

enum kor_code
kor_deliver(struct kor_delivery *delivery, struct kor_client *client,
            struct kor_outbox *outbox, struct kor_err *err)
{
    size_t n;
    delivery->n_stored = delivery->n_refused = 0;
    delivery->is_stopped = false;
    enum kor_code code = count_to_go(delivery, outbox, &n, err);
    if (code != KOR_OK || n == 0) {
        return code;
    }
    code = kor_outbox_begin(outbox, err);
    if (code != KOR_OK) {
        delivery->is_stopped = code == KOR_BUSY;
        return code;
    }
    code = deliver_all(delivery, client, outbox, err);
    kor_outbox_end(outbox);
    return code;
}
