/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fitting an expected course to the closed episodes: the scores are read in
 * one snapshot, summed up person by person, and fitted with the start score as
 * covariate. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/stat/judge.h"
#include "service/handlers.h"
#include "store/figures.h"

/* One score after the start score, ready for the sums. */
struct record {
    size_t person;
    double g, y;
};

struct gathering {
    enum kor_time_function f;
    enum kor_course_unit unit;
    int64_t episode_id; /* Of the row before. */
    bool has_start;
    int32_t start_session, start_date;
    double *starts;     /* Start score of each person. */
    size_t n_people;
    struct record *records;
    size_t n_records;
    double first_time, max_time;
    int32_t data_from, data_to;
    int age_from, age_to; /* KOR_NO_AGE once an age is not known. */
    bool has_ages;
};

static void
widen(struct gathering *gathering, const struct kor_course_row *row)
{
    if (gathering->data_from == KOR_NO_DATE
        || row->date < gathering->data_from) {
        gathering->data_from = row->date;
    }
    if (row->date > gathering->data_to) {
        gathering->data_to = row->date;
    }
}

static void
note_age(struct gathering *gathering, const struct kor_course_row *row)
{
    int age = row->born_month == INT32_MIN
                  ? KOR_NO_AGE
                  : kor_age_years(row->born_month, row->date);
    if (age == KOR_NO_AGE) {
        gathering->has_ages = false;
        return;
    }
    if (gathering->age_from == KOR_NO_AGE || age < gathering->age_from) {
        gathering->age_from = age;
    }
    if (age > gathering->age_to) {
        gathering->age_to = age;
    }
}

static void
begin_person(struct gathering *gathering, const struct kor_course_row *row)
{
    gathering->episode_id = row->episode_id;
    gathering->has_start
        = row->session <= (int32_t)kor_limits_default().start_by_session;
    if (gathering->has_start) {
        gathering->start_session = row->session;
        gathering->start_date = row->date;
        gathering->starts
            = kor_realloc_array(gathering->starts, gathering->n_people + 1,
                                sizeof *gathering->starts);
        gathering->starts[gathering->n_people++] = row->total;
    }
}

static void
gather(void *to, const struct kor_course_row *row)
{
    struct gathering *gathering = to;
    if (row->episode_id != gathering->episode_id) {
        begin_person(gathering, row);
        return;
    }
    double time = gathering->unit == KOR_COURSE_SESSIONS
                      ? 1.0 + row->session - gathering->start_session
                      : (row->date - gathering->start_date) / 7.0;
    double g = kor_time_apply(gathering->f, time);
    if (!gathering->has_start || isnan(g)) {
        return;
    }
    gathering->records
        = kor_realloc_array(gathering->records, gathering->n_records + 1,
                            sizeof *gathering->records);
    gathering->records[gathering->n_records++]
        = (struct record){gathering->n_people - 1, g, row->total};
    if (time < gathering->first_time) {
        gathering->first_time = time;
    }
    if (time > gathering->max_time) {
        gathering->max_time = time;
    }
    widen(gathering, row);
    note_age(gathering, row);
}

static struct kor_growth_centre
centre_of(const struct gathering *gathering)
{
    struct kor_growth_centre centre = {0, 0};
    for (size_t i = 0; i < gathering->n_records; i++) {
        centre.g += gathering->records[i].g;
        centre.y += gathering->records[i].y;
    }
    if (gathering->n_records) {
        centre.g /= (double)gathering->n_records;
        centre.y /= (double)gathering->n_records;
    }
    return centre;
}

static enum kor_code
fit(const struct gathering *gathering, enum kor_growth_method method,
    struct kor_growth_fit *out, struct kor_err *err)
{
    struct kor_growth_sums *sums
        = kor_alloc_array(gathering->n_people, sizeof *sums);
    struct kor_growth_data data = {.centre = centre_of(gathering),
                                   .sums = sums,
                                   .n_people = gathering->n_people,
                                   .covariates = gathering->starts,
                                   .n_covariates = 1};
    for (size_t i = 0; i < gathering->n_records; i++) {
        const struct record *record = &gathering->records[i];
        kor_growth_add(&sums[record->person], &data.centre, record->g,
                       record->y);
    }
    enum kor_code code = kor_growth_fit(&data, method, out, err);
    free(sums);
    return code;
}

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

static void
write_record(struct kor_context *context, const struct wish *wish,
             const struct kor_msg_course_fit *msg,
             const struct gathering *gathering,
             const struct kor_growth_fit *result,
             struct kor_course_record *record)
{
    const struct kor_instrument *def = &wish->scale->def;
    memset(record, 0, sizeof *record);
    kor_course_from_fit(&record->course, result);
    record->course.f = wish->f;
    record->course.min_points = def->min_total;
    record->course.max_points = def->max_total;
    record->course.better = def->better;
    record->course.first_time = gathering->first_time;
    record->course.max_time = gathering->max_time;
    kor_utf8_copy(record->instrument, sizeof record->instrument, def->key);
    kor_utf8_copy(record->version, sizeof record->version, def->version);
    record->rater = wish->rater.role;
    kor_utf8_copy(record->pathway, sizeof record->pathway, msg->pathway);
    record->age_from = gathering->has_ages ? gathering->age_from : KOR_NO_AGE;
    record->age_to = gathering->has_ages ? gathering->age_to : KOR_NO_AGE;
    record->method = wish->method;
    record->status = result->status;
    record->unit = gathering->unit;
    record->n_terms = result->n_terms;
    memcpy(record->se, result->se, sizeof record->se);
    record->loglik = result->loglik;
    record->min_people = kor_limits_default().min_people;
    record->fitted_at_ms = context->now_ms / 1000 * 1000;
    record->data_from = gathering->data_from;
    record->data_to = gathering->data_to;
    kor_utf8_copy(record->population, sizeof record->population,
                  "closed episodes of this clinic with a start score and at "
                  "least one score after it");
    kor_utf8_copy(record->source, sizeof record->source,
                  KOR_N_("own closed episodes"));
}

static enum kor_code
fit_and_write(struct kor_context *context, const struct wish *wish,
              const struct kor_msg_course_fit *msg,
              const struct gathering *gathering)
{
    struct kor_growth_fit result;
    enum kor_code code
        = fit(gathering, wish->method, &result, context->err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_growth_has_estimates(&result)) {
        return kor_fail(context->err, KOR_CONFLICT, "scale",
                        "no course can be fitted to %zu people with %zu "
                        "scores after the start score: %s",
                        result.n_people, result.n_records,
                        kor_growth_status_name(result.status));
    }
    struct kor_course_record record;
    write_record(context, wish, msg, gathering, &result, &record);
    code = kor_course_check(&record.course, context->err);
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
    char rater[KOR_RATER_SIZE];
    enum kor_code code = read_wish(context, msg, &wish);
    if (code != KOR_OK) {
        return code;
    }
    struct gathering gathering = {.f = wish.f,
                                  .unit = wish.f == KOR_TIME_LOG
                                              ? KOR_COURSE_SESSIONS
                                              : KOR_COURSE_WEEKS,
                                  .first_time = INFINITY,
                                  .max_time = -INFINITY,
                                  .data_from = KOR_NO_DATE,
                                  .data_to = KOR_NO_DATE,
                                  .age_from = KOR_NO_AGE,
                                  .age_to = KOR_NO_AGE,
                                  .has_ages = true};
    code = kor_store_course_scores(context->desk->store, msg->scale,
                                   msg->pathway,
                                   kor_rater_format(&wish.rater, rater),
                                   gather, &gathering, context->err);
    if (code == KOR_OK) {
        code = fit_and_write(context, &wish, msg, &gathering);
    }
    free(gathering.starts);
    free(gathering.records);
    return code;
}
