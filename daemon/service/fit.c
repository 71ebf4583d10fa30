/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fitting an expected course to the closed episodes: the scores are read in
 * one snapshot and handed to kor_course_learn(), which fits and calibrates. */

#include <string.h>

#include "kor/base/utf8.h"
#include "kor/define/learning_room.h"
#include "kor/stat/judge.h"
#include "service/closed.h"
#include "service/handlers.h"

/* Deals the folds of the calibration; stored with it. */
#define SEED 1

/* What the request asks for, in numbers. */
struct wish {
    const struct kor_scale *scale;
    struct kor_rater rater;
    enum kor_growth_method method;
    enum kor_time_function f;
};

static enum kor_code
read_wish(struct kor_context *context, const struct kor_msg_course_fit *msg,
          struct wish *wish)
{
    wish->method = KOR_GROWTH_REML;
    wish->f = KOR_TIME_LOG;
    enum kor_code code = kor_desk_scale(context->desk, msg->scale,
                                        &wish->scale, context->err);
    if (code == KOR_OK) {
        code = kor_rater_parse(*msg->rater ? msg->rater : "client",
                               &wish->rater, context->err);
    }
    if (code == KOR_OK && *msg->method && !strcmp(msg->method, "ml")) {
        wish->method = KOR_GROWTH_ML;
    } else if (code == KOR_OK && *msg->method
               && strcmp(msg->method, "reml")) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "method",
                        "the method is reml or ml");
    }
    if (code == KOR_OK && *msg->f
        && (!kor_time_from(msg->f, &wish->f)
            || wish->f == KOR_TIME_IDENTITY)) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "f",
                        "the function of time is log (sessions) or log1p "
                        "(weeks)");
    }
    if (code == KOR_OK
        && wish->scale->def.kind == KOR_KIND_ALLIANCE) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "scale",
                        "alliance has no expected course");
    }
    return code;
}

static enum kor_course_unit
unit_of(const struct wish *wish)
{
    return wish->f == KOR_TIME_LOG ? KOR_COURSE_SESSIONS : KOR_COURSE_WEEKS;
}

static enum kor_code
learn(const struct wish *wish, const struct kor_episodes *episodes,
      struct kor_learned *learned, struct kor_err *err)
{
    const struct kor_instrument *def = &wish->scale->def;
    const struct kor_learning learning = {.f = wish->f,
                                          .method = wish->method,
                                          .seed = SEED,
                                          .min_points = def->min_total,
                                          .max_points = def->max_total,
                                          .better = def->better};
    size_t n = episodes->n_people;
    struct kor_learning_work work = kor_learning_room(n, episodes->from[n]);
    enum kor_code code
        = kor_course_learn(episodes, &learning, &work, learned, err);
    kor_learning_room_done(&work);
    if (code != KOR_OK || kor_growth_has_estimates(&learned->fit)) {
        return code;
    }
    return kor_fail(err, KOR_CONFLICT, "scale",
                    "no course can be fitted to %zu people with %zu scores "
                    "after the start score: %s",
                    learned->fit.n_people, learned->fit.n_records,
                    kor_growth_status_name(learned->fit.status));
}

/* For whom and from whom. */
static void
write_origin(const struct wish *wish, const struct kor_msg_course_fit *msg,
             const struct kor_closed *closed,
             struct kor_course_record *record)
{
    const struct kor_instrument *def = &wish->scale->def;
    kor_utf8_copy(record->instrument, sizeof record->instrument, def->key);
    kor_utf8_copy(record->version, sizeof record->version, def->version);
    record->rater = wish->rater.role;
    kor_utf8_copy(record->pathway, sizeof record->pathway, msg->pathway);
    record->age_from = closed->age_from;
    record->age_to = closed->age_to;
    record->data_from = closed->data_from;
    record->data_to = closed->data_to;
    kor_utf8_copy(record->population, sizeof record->population,
                  "closed episodes of this clinic with a start score and at "
                  "least one score after it");
    kor_utf8_copy(record->source, sizeof record->source,
                  KOR_N_("own closed episodes"));
}

static void
write_record(const struct wish *wish, const struct kor_learned *learned,
             int64_t now_ms, struct kor_course_record *record)
{
    record->course = learned->course;
    record->method = wish->method;
    record->status = learned->fit.status;
    record->unit = unit_of(wish);
    record->n_terms = learned->fit.n_terms;
    memcpy(record->se, learned->fit.se, sizeof record->se);
    record->loglik = learned->fit.loglik;
    record->min_people = kor_limits_default().min_people;
    record->fitted_at_ms = now_ms / 1000 * 1000;
}

static enum kor_code
fit_and_write(struct kor_context *context, const struct wish *wish,
              const struct kor_msg_course_fit *msg,
              const struct kor_closed *closed)
{
    struct kor_learned learned;
    struct kor_course_record record = {0};
    enum kor_code code
        = learn(wish, &closed->episodes, &learned, context->err);
    if (code == KOR_OK) {
        write_origin(wish, msg, closed, &record);
        write_record(wish, &learned, context->now_ms, &record);
        code = kor_course_check(&record.course, context->err);
    }
    if (code == KOR_OK) {
        kor_course_encode(&record, &context->call->certificate);
    }
    return code;
}

enum kor_code
kor_handle_course_fit(struct kor_context *context, const void *request)
{
    const struct kor_msg_course_fit *msg = request;
    struct wish wish;
    struct kor_closed closed = {0};
    enum kor_code code = read_wish(context, msg, &wish);
    if (code == KOR_OK) {
        const struct kor_closed_wish which = {.scale = msg->scale,
                                              .pathway = msg->pathway,
                                              .rater = wish.rater,
                                              .f = wish.f,
                                              .unit = unit_of(&wish)};
        code = kor_closed_read(context->desk->store, &which, &closed,
                               context->err);
    }
    if (code == KOR_OK) {
        code = fit_and_write(context, &wish, msg, &closed);
    }
    kor_closed_done(&closed);
    return code;
}
