/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fitting an expected course to the closed episodes: the scores are read in
 * one snapshot and handed to kor_course_learn(), which fits and calibrates. */

#include <string.h>

#include "kor/base/utf8.h"
#include "kor/define/learning_room.h"
#include "kor/stat/judge.h"
#include "kor/stat/reference.h"
#include "service/closed.h"
#include "service/flag_table.h"
#include "service/handlers.h"

/* Deals the folds of the calibration; stored with it. */
#define SEED 1

/* What the request asks for, in numbers. */
struct wish {
    const struct kor_scale *scale;
    struct kor_rater rater;
    enum kor_growth_method method;
    enum kor_time_function f;
    bool has_reference;
    struct kor_course_record reference;
};

static enum kor_course_unit
unit_of(const struct wish *wish)
{
    return wish->f == KOR_TIME_LOG ? KOR_COURSE_SESSIONS : KOR_COURSE_WEEKS;
}

/* --- what is asked for --------------------------------------------------- */

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

static enum kor_code
parse_reference(void *to, const struct kor_stored_course *stored,
                struct kor_err *err)
{
    return kor_course_parse(stored->certificate, strlen(stored->certificate),
                            to, err);
}

/* Why the stored course cannot stand in, or null. */
static const char *
refusal_of(const struct wish *wish)
{
    const struct kor_instrument *def = &wish->scale->def;
    const struct kor_course_record *reference = &wish->reference;
    return strcmp(reference->instrument, def->key)
                ? KOR_N_("it is for another scale")
         : strcmp(reference->version, def->version)
                ? KOR_N_("it is for another version of the scale")
         : reference->rater != wish->rater.role
                ? KOR_N_("it is for another rater")
         : reference->course.f != wish->f || reference->unit != unit_of(wish)
                ? KOR_N_("it has another function of time: choose the same "
                         "with --f")
         : reference->n_terms != KOR_COURSE_MAX_TERMS
                   || !kor_reference_can(&reference->course)
                ? KOR_N_("its range is not calibrated")
         : reference->reference.id
                ? KOR_N_("it leans on a reference itself")
         : reference->course.n_people < kor_limits_default().min_people
                ? KOR_N_("too few people are behind it")
                : NULL;
}

static enum kor_code
read_reference(struct kor_context *context, int64_t id, struct wish *wish)
{
    wish->has_reference = id != KOR_NO_INT;
    if (!wish->has_reference) {
        return KOR_OK;
    }
    enum kor_code code
        = kor_store_course_load(context->desk->store, id, parse_reference,
                                &wish->reference, context->err);
    if (code == KOR_NOT_FOUND) {
        return kor_fail(context->err, KOR_NOT_FOUND, "reference",
                        "there is no course %lld: 'kor course list' shows "
                        "those there are", (long long)id);
    }
    const char *why = code == KOR_OK ? refusal_of(wish) : NULL;
    return why ? kor_fail(context->err, KOR_CONFLICT, "reference",
                          "course %lld cannot be the reference: %s",
                          (long long)id, kor_text(context->lang, why))
               : code;
}

/* --- fitting ------------------------------------------------------------- */

static struct kor_learning
learning_of(const struct wish *wish)
{
    const struct kor_instrument *def = &wish->scale->def;
    return (struct kor_learning){
        .f = wish->f,
        .method = wish->method,
        .seed = SEED,
        .min_points = def->min_total,
        .max_points = def->max_total,
        .better = def->better,
        .reference = wish->has_reference ? &wish->reference.course : NULL};
}

static enum kor_code
learn(const struct wish *wish, const struct kor_episodes *episodes,
      struct kor_learned *learned, struct kor_err *err)
{
    const struct kor_learning learning = learning_of(wish);
    size_t n = episodes->n_people;
    if (wish->has_reference && n == 0) {
        return kor_fail(err, KOR_CONFLICT, "reference",
                        "no episode of this kind is closed yet: use the "
                        "reference by itself with 'kor course use'");
    }
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

/* Reliable change depends on no person. */
static enum kor_code
count_flags(const struct wish *wish, const struct kor_episodes *episodes,
            struct kor_course_flags *flags, struct kor_err *err)
{
    const struct kor_learning learning = learning_of(wish);
    const struct kor_who anybody = {.rater = wish->rater.role,
                                    .age_years = KOR_NO_AGE,
                                    .gender = KOR_GENDER_UNKNOWN};
    struct kor_measure measure;
    struct kor_lines lines;
    kor_instrument_measure(&wish->scale->def, &anybody, &measure, &lines);
    return kor_flag_table(episodes, &learning, &measure, flags, err);
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
                  KOR_COURSE_OWN_SOURCE);
}

/* What the reference had to do with it: the course is for its people too. */
static void
write_reference(const struct wish *wish, const struct kor_learned *learned,
                int64_t id, struct kor_course_record *record)
{
    const struct kor_course_record *from = &wish->reference;
    record->reference = (struct kor_course_reference){
        .id = id,
        .weight = (uint32_t)learned->reference_weight,
        .lends_range = learned->has_lent_range,
        .n_people = from->course.n_people};
    kor_utf8_copy(record->reference.source, sizeof record->reference.source,
                  from->source);
    if (record->reference.weight == 0) {
        return;
    }
    if (record->age_from != KOR_NO_AGE && from->age_from != KOR_NO_AGE) {
        record->age_from = from->age_from < record->age_from
                             ? from->age_from : record->age_from;
        record->age_to
            = from->age_to > record->age_to ? from->age_to : record->age_to;
    } else {
        record->age_from = record->age_to = KOR_NO_AGE;
    }
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
        if (wish->has_reference) {
            write_reference(wish, &learned, msg->reference, &record);
        }
        code = kor_course_check(&record.course, context->err);
    }
    if (code == KOR_OK) {
        code = count_flags(wish, &closed->episodes, &record.flags,
                           context->err);
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
        code = read_reference(context, msg->reference, &wish);
    }
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
