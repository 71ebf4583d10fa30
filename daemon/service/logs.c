/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The access log, to be looked at: does its chain hold, who looked at a
 * client, spot checks, and letting the oldest rows go. */

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/stat/deal.h"
#include "service/handlers.h"
#include "store/access_log.h"
#include "store/log_review.h"

#define PAGE 500           /* As in the message. */
#define REVIEW_ROWS 20
#define REVIEW_DAYS 30
#define DAY_MS (24 * 3600 * (int64_t)1000)
#define KEPT_MS 157784630000 /* Five years of 365.2422 days, as in the
                                schema. */

/* --- verifying ----------------------------------------------------------- */

/* Reads "SEQ:HASH". */
static enum kor_code
parse_anchor(struct kor_context *context, const char *text,
             struct kor_log_tail *anchor)
{
    char *end;
    size_t size = 0;
    anchor->seq = strtoll(text, &end, 10);
    bool is_right
        = end != text && *end == ':' && anchor->seq > 0
       && sodium_hex2bin(anchor->hash, sizeof anchor->hash, end + 1,
                         strlen(end + 1), NULL, &size, NULL) == 0
       && size == sizeof anchor->hash;
    return is_right ? KOR_OK
                    : kor_fail(context->err, KOR_BAD_VALUE, "anchor",
                               "an anchor is the number of a row, a colon "
                               "and 64 hexadecimal digits, as it stands in "
                               "the journal");
}

/* Holds the log against an anchor. */
static enum kor_code
check_anchor(struct kor_context *context, const char *text,
             const struct kor_log_finding *found,
             struct kor_msg_log_state *out)
{
    struct kor_log_tail anchor = {0};
    struct kor_log_row row = {0};
    enum kor_code code = parse_anchor(context, text, &anchor);
    if (code != KOR_OK) {
        return code;
    }
    code = kor_store_log_row(context->desk->store, anchor.seq, &row,
                             context->err);
    kor_buf_done(&row.people);
    bool is_same = code == KOR_OK
                && !memcmp(row.hash, anchor.hash, sizeof anchor.hash);
    bool is_cut = code == KOR_NOT_FOUND && anchor.seq < found->first_seq;
    kor_utf8_copy(out->anchor, sizeof out->anchor,
                  is_cut ? "gone" : is_same ? "holds" : "fails");
    return code == KOR_NOT_FOUND ? KOR_OK : code;
}

enum kor_code
kor_handle_log_verify(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_log_verify *msg = request;
    struct kor_msg_log_state *out = reply;
    struct kor_log_finding found;
    enum kor_code code = kor_store_log_verify(context->desk->store, &found,
                                              context->err);
    if (code != KOR_OK) {
        return code;
    }
    out->first = found.first_seq;
    out->last = found.last.seq;
    out->broken = found.broken_seq ? found.broken_seq : KOR_NO_INT;
    (void)sodium_bin2hex(out->hash, sizeof out->hash, found.last.hash,
                         sizeof found.last.hash);
    return msg->anchor[0] ? check_anchor(context, msg->anchor, &found, out)
                          : KOR_OK;
}

/* --- rows ---------------------------------------------------------------- */

static void
put_row(const struct kor_log_row *row, struct kor_msg_log_row *out)
{
    kor_message_init(&kor_message_log_row, out);
    out->seq = row->seq;
    (void)kor_instant_format(row->at_ms, out->at);
    kor_utf8_copy(out->name, sizeof out->name, row->name);
    kor_utf8_copy(out->role, sizeof out->role, row->role);
    kor_utf8_copy(out->action, sizeof out->action, row->action);
    kor_utf8_copy(out->unit, sizeof out->unit, row->unit);
    kor_utf8_copy(out->code, sizeof out->code, row->code);
    out->episode = row->episode ? row->episode : KOR_NO_INT;
    out->listed = row->people.size ? (int64_t)(row->people.size
                                             / KOR_LOG_NUMBER_SIZE)
                                   : KOR_NO_INT;
    kor_utf8_copy(out->object, sizeof out->object, row->object);
    kor_utf8_copy(out->ground, sizeof out->ground, row->ground);
    kor_utf8_copy(out->reason, sizeof out->reason, row->reason);
    kor_utf8_copy(out->outcome, sizeof out->outcome, row->outcome);
}

/* Fills a page; KOR_TOO_LARGE says that it is full. */
static enum kor_code
add_row(void *to, const struct kor_log_row *row, struct kor_err *err)
{
    struct kor_msg_log_rows *out = to;
    (void)err;
    if (out->n_rows == PAGE) {
        out->next = out->rows[PAGE - 1].seq;
        return KOR_TOO_LARGE;
    }
    put_row(row, &out->rows[out->n_rows++]);
    return KOR_OK;
}

/* Who may see any client's log need not be related to an episode, which also
 * finds what was done to somebody who was erased. */
static enum kor_code
find_person(struct kor_context *context, const char *text,
            struct kor_person *person)
{
    struct kor_timeline timeline = {0};
    if (context->call->look.grant.relation != KOR_RELATION_WHOLE) {
        enum kor_code code
            = kor_context_load_person(context, text, &timeline);
        *person = timeline.episode.person;
        kor_timeline_done(&timeline);
        return code;
    }
    int32_t ignored;
    enum kor_code code
        = kor_episode_code_parse(text, person->code, &ignored, context->err);
    if (code == KOR_OK) {
        code = kor_store_person_find(context->desk->store, person,
                                     context->err);
        kor_utf8_copy(context->call->look.code,
                      sizeof context->call->look.code, person->code);
    }
    return code == KOR_NOT_FOUND ? KOR_OK : code;
}

enum kor_code
kor_handle_log_of(struct kor_context *context, const void *request,
                  void *reply)
{
    const struct kor_msg_log_of *msg = request;
    struct kor_msg_log_rows *out = reply;
    struct kor_person person = {0};
    enum kor_code code = find_person(context, msg->code, &person);
    if (code != KOR_OK) {
        return code;
    }
    out->rows = kor_alloc_array(PAGE, sizeof *out->rows);
    code = kor_store_log_of(context->desk->store,
                            msg->after == KOR_NO_INT ? 0 : msg->after,
                            person.code, person.id, add_row, out,
                            context->err);
    return code == KOR_TOO_LARGE ? KOR_OK : code;
}

/* --- spot checks --------------------------------------------------------- */

/* The rows of the days asked for. */
static enum kor_code
find_range(struct kor_context *context, const struct kor_msg_log_review *msg,
           struct kor_log_review *review)
{
    int64_t from_ms = msg->from == KOR_NO_DATE
                          ? context->now_ms - REVIEW_DAYS * DAY_MS
                          : msg->from * DAY_MS;
    int64_t to_ms = msg->to == KOR_NO_DATE ? context->now_ms + DAY_MS
                                           : (msg->to + 1) * DAY_MS;
    enum kor_code code = kor_store_log_seq_at(
        context->desk->store, from_ms, &review->from_seq, context->err);
    if (code == KOR_OK) {
        code = kor_store_log_seq_at(context->desk->store, to_ms,
                                    &review->to_seq, context->err);
    }
    review->to_seq--;
    return code == KOR_OK && review->to_seq < review->from_seq
               ? kor_fail(context->err, KOR_NOT_FOUND, "from",
                          "the access log has no rows of these days")
               : code;
}

static int
by_seq(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool
is_among(const int64_t seqs[], size_t n, int64_t seq)
{
    for (size_t i = 0; i < n; i++) {
        if (seqs[i] == seq) {
            return true;
        }
    }
    return false;
}

/* Draws review->n_rows different rows, in order; fewer if there are no more. */
static void
draw_rows(struct kor_log_review *review, int64_t seqs[])
{
    int64_t n_all = review->to_seq - review->from_seq + 1;
    if (n_all < review->n_rows) {
        review->n_rows = (int32_t)n_all;
    }
    size_t n = 0;
    for (uint64_t i = 0; n < (size_t)review->n_rows; i++) {
        uint64_t drawn = kor_deal_seed((uint64_t)review->seed, i);
        int64_t seq = review->from_seq + (int64_t)(drawn % (uint64_t)n_all);
        if (!is_among(seqs, n, seq)) {
            seqs[n++] = seq;
        }
    }
    qsort(seqs, (size_t)review->n_rows, sizeof *seqs, by_seq);
}

static void
put_review(const struct kor_log_review *review, struct kor_msg_review *out)
{
    kor_message_init(&kor_message_review, out);
    out->id = review->id;
    (void)kor_instant_format(review->at_ms, out->at);
    kor_utf8_copy(out->name, sizeof out->name, review->name);
    out->first = review->from_seq;
    out->last = review->to_seq;
    out->seed = review->seed;
    kor_utf8_copy(out->finding, sizeof out->finding, review->finding);
}

static enum kor_code
put_drawn(struct kor_context *context, const int64_t seqs[], size_t n,
          struct kor_msg_review *out)
{
    struct kor_log_row row = {0};
    enum kor_code code = KOR_OK;
    out->rows = kor_alloc_array(n, sizeof *out->rows);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        code = kor_store_log_row(context->desk->store, seqs[i], &row,
                                 context->err);
        put_row(&row, &out->rows[out->n_rows++]);
    }
    kor_buf_done(&row.people);
    return code;
}

enum kor_code
kor_handle_log_review(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_log_review *msg = request;
    const struct kor_random *random = context->desk->clinic->random;
    int64_t seqs[100];
    uint32_t seed;
    struct kor_log_review review
        = {.n_rows = msg->n == KOR_NO_INT ? REVIEW_ROWS : (int32_t)msg->n,
           .at_ms = context->now_ms};
    random->fill(random, &seed, sizeof seed);
    review.seed = seed;
    kor_utf8_copy(review.name, sizeof review.name,
                  context->call->caller.name);
    enum kor_code code = find_range(context, msg, &review);
    if (code == KOR_OK) {
        draw_rows(&review, seqs);
        code = kor_store_review_add(context->desk->store, &review,
                                    context->call->caller.actor_id,
                                    context->err);
    }
    if (code == KOR_OK) {
        put_review(&review, reply);
        code = put_drawn(context, seqs, (size_t)review.n_rows, reply);
    }
    return code;
}

static void
take_review(void *to, const struct kor_log_review *review)
{
    *(struct kor_log_review *)to = *review;
}

enum kor_code
kor_handle_log_reviewed(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_log_reviewed *msg = request;
    struct kor_log_review review = {0};
    enum kor_code code = kor_store_reviews(
        context->desk->store, msg->id, take_review, &review, context->err);
    if (code != KOR_OK) {
        return code;
    }
    if (!review.id) {
        return kor_fail(context->err, KOR_NOT_FOUND, "id",
                        "there is no review of that number: see 'kor log "
                        "reviews'");
    }
    if (review.finding[0]) {
        return kor_fail(context->err, KOR_CONFLICT, "id",
                        "what was found in this review is written down "
                        "already");
    }
    kor_utf8_copy(review.finding, sizeof review.finding, msg->finding);
    code = kor_store_review_close(context->desk->store, &review,
                                  context->now_ms, context->err);
    put_review(&review, reply);
    return code;
}

static void
add_review(void *to, const struct kor_log_review *review)
{
    struct kor_msg_reviews *out = to;
    out->reviews = kor_realloc_array(out->reviews, out->n_reviews + 1,
                                     sizeof *out->reviews);
    put_review(review, &out->reviews[out->n_reviews++]);
}

enum kor_code
kor_handle_log_reviews(struct kor_context *context, const void *request,
                       void *reply)
{
    (void)request;
    return kor_store_reviews(context->desk->store, 0, add_review, reply,
                             context->err);
}

/* --- letting go ---------------------------------------------------------- */

enum kor_code
kor_handle_log_cut(struct kor_context *context, const void *request,
                   void *reply)
{
    const struct kor_msg_log_cut *msg = request;
    struct kor_msg_log_cut_done *out = reply;
    struct kor_store *store = context->desk->store;
    struct kor_log_row row = {0};
    int64_t first = 0, last = 0;
    if (msg->before * DAY_MS > context->now_ms - KEPT_MS) {
        return kor_fail(context->err, KOR_BAD_VALUE, "before",
                        "the access log is kept for at least five years");
    }
    enum kor_code code
        = kor_store_log_seq_at(store, INT64_MIN, &first, context->err);
    if (code == KOR_OK) {
        code = kor_store_log_seq_at(store, msg->before * DAY_MS, &last,
                                    context->err);
    }
    if (code == KOR_OK && --last < first) {
        return kor_fail(context->err, KOR_NOT_FOUND, "before",
                        "the access log has no row that is so old");
    }
    if (code == KOR_OK) {
        code = kor_store_log_row(store, last, &row, context->err);
    }
    if (code == KOR_OK) {
        code = kor_store_log_cut(store, &row, context->now_ms,
                                 context->call->caller.actor_id,
                                 context->err);
    }
    kor_buf_done(&row.people);
    out->last = last;
    out->rows = last - first + 1;
    return code;
}
