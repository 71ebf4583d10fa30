/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The clinic's figures: each with the number it rests on, with what is missing
 * and, where it is a sample, with its interval.  docs/methods/clinic.md says
 * what each one is. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/stat/summary.h"
#include "service/handlers.h"
#include "service/office.h"
#include "store/figures.h"

#define MIN_N 5      /* A figure that rests on fewer is hidden. */
#define LEVEL 0.95   /* Of the intervals. */
#define MAX_SCALES 32 /* Lead scales that are told apart. */

/* What the closed episodes with one lead scale come to. */
struct scale_sums {
    const struct kor_scale *scale;
    double *start, *last, *improvement; /* Of those with two scores. */
    size_t n;
    size_t n_one_score, n_better, n_worse, n_recovered, n_starts_past;
};

struct gathering {
    struct kor_context *context;
    double *sessions, *days; /* Of every closed episode with a session. */
    size_t n;
    struct scale_sums scales[MAX_SCALES];
    size_t n_scales;
};

static void
push(double **array, size_t n, double value)
{
    if ((n & (n - 1)) == 0) {
        *array = kor_realloc_array(*array, n ? 2 * n : 1, sizeof **array);
    }
    (*array)[n] = value;
}

static struct scale_sums *
sums_of(struct gathering *gathering, const struct kor_scale *scale)
{
    for (size_t i = 0; i < gathering->n_scales; i++) {
        if (!strcmp(gathering->scales[i].scale->def.key, scale->def.key)) {
            return &gathering->scales[i];
        }
    }
    if (gathering->n_scales == MAX_SCALES) {
        return NULL;
    }
    struct scale_sums *sums = &gathering->scales[gathering->n_scales++];
    sums->scale = scale;
    return sums;
}

static void
add_score(struct scale_sums *sums, const struct kor_last_score *last)
{
    bool is_higher_better
        = sums->scale->def.better == KOR_HIGHER_IS_BETTER;
    if (last->unsaid == KOR_UNSAID_TOO_EARLY
        || last->unsaid == KOR_UNSAID_NO_START || isnan(last->start)
        || isnan(last->total)) {
        sums->n_one_score++;
        return;
    }
    double change = last->total - last->start;
    push(&sums->start, sums->n, last->start);
    push(&sums->last, sums->n, last->total);
    push(&sums->improvement, sums->n, is_higher_better ? change : -change);
    sums->n++;
    sums->n_better += (last->findings & KOR_FINDING_RELIABLY_BETTER) != 0;
    sums->n_worse += (last->findings & KOR_FINDING_RELIABLY_WORSE) != 0;
    sums->n_recovered += (last->findings & KOR_FINDING_RECOVERED) != 0;
    sums->n_starts_past += (last->findings & KOR_FINDING_STARTS_PAST) != 0;
}

static enum kor_code
add_episode(void *to, int64_t episode_id, struct kor_err *err)
{
    struct gathering *gathering = to;
    struct kor_desk *desk = gathering->context->desk;
    struct kor_timeline timeline = {0};
    struct kor_last_score last;
    enum kor_code code
        = kor_store_timeline_load(desk->store, episode_id, &timeline, err);
    if (code != KOR_OK) {
        return code;
    }
    double n_held = 0;
    for (size_t i = 0; i < timeline.n_sessions; i++) {
        n_held += !strcmp(timeline.sessions[i].status, "held");
    }
    if (timeline.n_sessions) {
        push(&gathering->sessions, gathering->n, n_held);
        push(&gathering->days, gathering->n,
             timeline.sessions[timeline.n_sessions - 1].session_date
                 - timeline.sessions[0].session_date);
        gathering->n++;
    }
    kor_timeline_done(&timeline);
    code = kor_store_last_score(desk->store, episode_id, &last, err);
    const struct kor_scale *scale;
    if (code == KOR_OK && last.is_there) {
        code = kor_desk_scale_by_id(desk, last.instrument_id, &scale, err);
        struct scale_sums *sums
            = code == KOR_OK ? sums_of(gathering, scale) : NULL;
        if (sums) {
            add_score(sums, &last);
        }
    }
    return code;
}

static struct kor_msg_figure *
add_figure(struct kor_msg_figures *out, const char *name, const char *scale,
           size_t n)
{
    out->figures = kor_realloc_array(out->figures, out->n_figures + 1,
                                     sizeof *out->figures);
    struct kor_msg_figure *figure = &out->figures[out->n_figures++];
    kor_message_init(&kor_message_figure, figure);
    kor_utf8_copy(figure->name, sizeof figure->name, name);
    kor_utf8_copy(figure->scale, sizeof figure->scale, scale);
    figure->n = (int64_t)n;
    return figure;
}

static void
add_count(struct kor_msg_figures *out, const char *name, int64_t count)
{
    add_figure(out, name, "", (size_t)count)->value = (double)count;
}

/* A share that rests on too few is hidden. */
static void
add_share(struct kor_msg_figures *out, const char *name, const char *scale,
          size_t k, size_t n)
{
    struct kor_msg_figure *figure = add_figure(out, name, scale, n);
    if (n >= MIN_N) {
        struct kor_share share = kor_share_of(k, n, LEVEL);
        figure->value = share.share;
        figure->low = share.low;
        figure->high = share.high;
    }
}

static void
add_mean(struct kor_msg_figures *out, const char *name, const char *scale,
         const double values[], size_t n)
{
    struct kor_msg_figure *figure = add_figure(out, name, scale, n);
    if (n >= MIN_N) {
        struct kor_mean mean = kor_mean_of(values, n);
        double half = 1.959963984540054 * mean.sd / sqrt((double)n);
        figure->value = mean.mean;
        figure->low = mean.mean - half;
        figure->high = mean.mean + half;
    }
}

static void
add_median(struct kor_msg_figures *out, const char *name, double values[],
           size_t n)
{
    struct kor_msg_figure *figure = add_figure(out, name, "", n);
    if (n >= MIN_N) {
        figure->value = kor_median_of(values, n);
    }
}

static void
put_scale(struct kor_msg_figures *out, const struct scale_sums *sums)
{
    const char *key = sums->scale->def.key;
    size_t n = sums->n, n_from = n - sums->n_starts_past;
    size_t first = out->n_figures;
    add_mean(out, "start-mean", key, sums->start, n);
    add_mean(out, "last-mean", key, sums->last, n);
    add_mean(out, "change-mean", key, sums->improvement, n);
    struct kor_msg_figure *effect = add_figure(out, "effect-size", key, n);
    if (n >= MIN_N) {
        effect->value = kor_mean_of(sums->improvement, n).mean
                      / kor_mean_of(sums->start, n).sd;
    }
    add_share(out, "reliably-better", key, sums->n_better, n);
    if (sums->scale->def.n_cutoffs) {
        add_share(out, "recovered", key, sums->n_recovered, n_from);
        add_share(out, "starts-past-cutoff", key, sums->n_starts_past, n);
    }
    add_share(out, "unchanged", key, n - sums->n_better - sums->n_worse, n);
    add_share(out, "reliably-worse", key, sums->n_worse, n);
    for (size_t i = first; i < out->n_figures; i++) {
        out->figures[i].of = out->figures[i].n + (int64_t)sums->n_one_score;
    }
    add_share(out, "one-score-only", key, sums->n_one_score,
              n + sums->n_one_score);
}

/* Sessions by status. */
struct statuses {
    size_t held, cancelled, not_attended;
};

static void
count_status(void *to, const char *status, int64_t n)
{
    struct statuses *statuses = to;
    if (!strcmp(status, "held")) {
        statuses->held += (size_t)n;
    } else if (!strcmp(status, "not-attended")) {
        statuses->not_attended += (size_t)n;
    } else if (strcmp(status, "cancelled-clinic")
               && strcmp(status, "check-in")) {
        statuses->cancelled += (size_t)n;
    }
}

static enum kor_code
put_counts(struct kor_context *context, const struct kor_span *span,
           struct kor_msg_figures *out)
{
    struct kor_store *store = context->desk->store;
    struct kor_episode_counts counts = {0};
    struct statuses statuses = {0};
    enum kor_code code
        = kor_store_episode_counts(store, span, &counts, context->err);
    if (code == KOR_OK) {
        code = kor_store_session_counts(store, span, count_status, &statuses,
                                        context->err);
    }
    size_t due = statuses.held + statuses.cancelled + statuses.not_attended;
    size_t ended = (size_t)(counts.planned + counts.unplanned);
    add_count(out, "episodes", counts.all);
    add_count(out, "made-up", counts.made_up);
    add_count(out, "open", counts.open);
    add_share(out, "planned-ending", "", (size_t)counts.planned, ended);
    add_share(out, "unplanned-ending", "", (size_t)counts.unplanned, ended);
    add_count(out, "sessions-held", (int64_t)statuses.held);
    add_share(out, "no-show-rate", "", statuses.not_attended, due);
    add_share(out, "cancellation-rate", "", statuses.cancelled, due);
    return code;
}

enum kor_code
kor_handle_clinic(struct kor_context *context, const void *request,
                  void *reply)
{
    const struct kor_msg_clinic *msg = request;
    struct kor_msg_figures *out = reply;
    struct gathering gathering = {.context = context};
    struct kor_unit unit;
    enum kor_code code = kor_office_unit(context, msg->unit, "unit", &unit);
    const struct kor_span span
        = {.unit_path = unit.path, .from = msg->from, .to = msg->to};
    if (code == KOR_OK) {
        code = put_counts(context, &span, out);
    }
    if (code != KOR_OK) {
        return code;
    }
    kor_utf8_copy(out->unit, sizeof out->unit, unit.path);
    code = kor_store_closed_episodes(context->desk->store, &span, add_episode,
                                     &gathering, context->err);
    add_mean(out, "sessions-mean", "", gathering.sessions, gathering.n);
    add_median(out, "sessions-median", gathering.sessions, gathering.n);
    add_median(out, "days-median", gathering.days, gathering.n);
    for (size_t i = 0; i < gathering.n_scales; i++) {
        put_scale(out, &gathering.scales[i]);
        free(gathering.scales[i].start);
        free(gathering.scales[i].last);
        free(gathering.scales[i].improvement);
    }
    free(gathering.sessions);
    free(gathering.days);
    return code;
}
