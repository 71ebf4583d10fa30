/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Course records: there and back again bit for bit, and whom they refuse. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/define/course.h"

/* A table that favours raw change, with figures that go together. */
static struct kor_flags
some_table(void)
{
    struct kor_flags table = {.people = 40.05, .outcomes = 60.4 / 3,
                              .too_short = 0.7, .no_room = 1.0 / 3};
    double without = table.people - table.outcomes;
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        double tp = r == KOR_FLAG_RAW ? 15.1 : 12.0 + (double)r / 7;
        double fp = 4.0 + (double)r / 9;
        double shares[3] = {tp / table.outcomes, 1 - fp / without,
                            tp / (tp + fp)};
        double *to = table.rules[r];
        to[KOR_FLAG_FLAGGED] = tp + fp;
        to[KOR_FLAG_FLAGGED_SHARE] = (tp + fp) / table.people;
        to[KOR_FLAG_TRUE_POSITIVES] = tp;
        to[KOR_FLAG_FALSE_POSITIVES] = fp;
        to[KOR_FLAG_TRUE_NEGATIVES] = without - fp;
        to[KOR_FLAG_FALSE_NEGATIVES] = table.outcomes - tp;
        for (size_t i = 0; i < 3; i++) {
            to[KOR_FLAG_SENSITIVITY + 3 * i] = shares[i];
            to[KOR_FLAG_SENSITIVITY_LOW + 3 * i] = shares[i] - 0.1 / 3;
            to[KOR_FLAG_SENSITIVITY_HIGH + 3 * i] = shares[i] + 0.1 / 7;
        }
        to[KOR_FLAG_SAID] = 38.5;
        to[KOR_FLAG_AUC] = 0.7;
        to[KOR_FLAG_AUC_LOW] = 0.6;
        to[KOR_FLAG_AUC_HIGH] = 0.8;
        to[KOR_FLAG_LEAD] = 2.0 / 3;
    }
    return table;
}

/* Numbers that no short decimal stands for. */
static struct kor_course_record
sample(void)
{
    return (struct kor_course_record){
        .course = {.f = KOR_TIME_LOG1P,
                   .rule = KOR_FLAG_RAW, /* That of the flags. */
                   .b0 = 1.0 / 3,
                   .b1 = -2.0 / 7,
                   .b2 = 0.1 + 0.2,
                   .b3 = -1e-17,
                   .tau00 = 55.5 / 7,
                   .tau01 = -0.3 / 7,
                   .tau11 = 2.0 / 3,
                   .sigma = sqrt(2) * 3,
                   .min_points = 0,
                   .max_points = 63,
                   .better = KOR_LOWER_IS_BETTER,
                   .first_time = 0,
                   .max_time = 34.785714285714285,
                   .n_people = 80,
                   .n_records = 226},
        .instrument = "bdi2",
        .version = "1",
        .rater = KOR_ROLE_CLIENT,
        .pathway = "self-help",
        .age_from = 18,
        .age_to = 65,
        .method = KOR_GROWTH_ML,
        .status = KOR_GROWTH_BOUNDARY,
        .unit = KOR_COURSE_WEEKS,
        .n_terms = 4,
        .se = {0.1, 0.2, 0.3, 4.9e-324},
        .loglik = -742.1234567890123,
        .min_people = 50,
        .fitted_at_ms = 1711886399000,
        .data_from = 19730,
        .data_to = 19973,
        .population = "closed episodes, \"quoted\" og bl\xc3\xa5",
        .source = "own closed episodes",
        .reference = {.id = 7, .weight = 20, .lends_range = true,
                      .n_people = 430, .source = "four clinics"},
        .flags = {.state = KOR_FLAGS_COUNTED, .n_halves = 20, .seed = 1,
                  .rc_points = 6.1, .has_favoured = true,
                  .favoured = KOR_FLAG_RAW,
                  .table = some_table()}};
}

/* A calibration with a number of its own in every place. */
static struct kor_calibration
some_calibration(void)
{
    struct kor_calibration c = {.n_people = 80, .seed = 9007199254740991,
                                .limits = {12.5, 19}, .starts = {9, 15, 24.25},
                                .middle = 16.1, .growth = -0.0125,
                                .least = 4, .most = 38, .n_times = 3,
                                .times = {2, 3, 7.5}};
    for (size_t w = 0; w < KOR_N_WIDTHS; w++) {
        c.overall[w] = (struct kor_hits){303, 237 - 6 * (uint32_t)w};
        for (uint32_t k = 0; k < 3; k++) {
            uint32_t fewer = 2 * (uint32_t)w;
            c.by_start[w][k] = (struct kor_hits){100 + k, 80 - k - fewer};
            c.by_time[w][k] = (struct kor_hits){99 + 2 * k,
                                                76 + 3 * k - fewer};
            for (size_t t = 0; t < 3; t++) {
                c.reach[w][t][k] = 1.3 + (double)(2 * t + 1 - w) / (7 + k);
            }
        }
    }
    for (uint32_t i = 0; i < KOR_CALIBRATION_CLASSES; i++) {
        c.places[i] = 25 + i;
    }
    return c;
}

static void
assert_same_flags(const struct kor_course_flags *a,
                  const struct kor_course_flags *b)
{
    assert_int_equal(a->state, b->state);
    assert_int_equal(a->n_halves, b->n_halves);
    assert_int_equal(a->seed, b->seed);
    assert_near(a->rc_points, b->rc_points, 0, 0);
    assert_near(a->table.people, b->table.people, 0, 0);
    assert_near(a->table.outcomes, b->table.outcomes, 0, 0);
    assert_int_equal(a->has_favoured, b->has_favoured);
    assert_int_equal(a->favoured, b->favoured);
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        for (size_t f = 0; f < KOR_N_FLAG_FIGURES; f++) {
            assert_near(a->table.rules[r][f], b->table.rules[r][f], 0, 0);
        }
    }
}

static void
assert_same(const struct kor_course_record *a,
            const struct kor_course_record *b)
{
    const struct kor_course *x = &a->course, *y = &b->course;
    const double left[] = {x->b0, x->b1, x->b2, x->b3, x->tau00, x->tau01,
                           x->tau11, x->sigma, x->min_points, x->max_points,
                           x->first_time, x->max_time, a->se[0], a->se[1],
                           a->se[2], a->se[3], a->loglik};
    const double right[] = {y->b0, y->b1, y->b2, y->b3, y->tau00, y->tau01,
                            y->tau11, y->sigma, y->min_points, y->max_points,
                            y->first_time, y->max_time, b->se[0], b->se[1],
                            b->se[2], b->se[3], b->loglik};
    assert_memory_equal(left, right, sizeof left);
    assert_int_equal(x->f, y->f);
    assert_int_equal(x->better, y->better);
    assert_int_equal(x->n_people, y->n_people);
    assert_int_equal(x->n_records, y->n_records);
    assert_int_equal(x->rule, y->rule);
    assert_memory_equal(&x->calibration, &y->calibration,
                        sizeof x->calibration);
    assert_string_equal(a->instrument, b->instrument);
    assert_string_equal(a->version, b->version);
    assert_int_equal(a->rater, b->rater);
    assert_string_equal(a->pathway, b->pathway);
    assert_int_equal(a->age_from, b->age_from);
    assert_int_equal(a->age_to, b->age_to);
    assert_int_equal(a->method, b->method);
    assert_int_equal(a->status, b->status);
    assert_int_equal(a->unit, b->unit);
    assert_int_equal(a->n_terms, b->n_terms);
    assert_int_equal(a->min_people, b->min_people);
    assert_int_equal(a->fitted_at_ms, b->fitted_at_ms);
    assert_int_equal(a->data_from, b->data_from);
    assert_int_equal(a->data_to, b->data_to);
    assert_string_equal(a->population, b->population);
    assert_string_equal(a->source, b->source);
    assert_int_equal(a->reference.id, b->reference.id);
    assert_int_equal(a->reference.weight, b->reference.weight);
    assert_int_equal(a->reference.lends_range, b->reference.lends_range);
    assert_int_equal(a->reference.n_people, b->reference.n_people);
    assert_string_equal(a->reference.source, b->reference.source);
    assert_same_flags(&a->flags, &b->flags);
}

static void
a_record_comes_back_bit_for_bit(void **state)
{
    (void)state;
    struct kor_course_record records[2] = {sample(), sample()};
    records[0].flags.table.rules[KOR_FLAG_TWICE][KOR_FLAG_LEAD] = NAN;
    records[0].flags.table.rules[KOR_FLAG_RAW][KOR_FLAG_AUC] = 2.0 / 3;
    records[1].n_terms = 2;
    records[1].course.b2 = records[1].course.b3 = 0;
    records[1].se[2] = records[1].se[3] = 0;
    records[1].age_from = records[1].age_to = KOR_NO_AGE;
    records[1].pathway[0] = '\0';
    records[1].reference = (struct kor_course_reference){0};
    records[1].flags = (struct kor_course_flags){
        .state = KOR_FLAGS_NO_RELIABLE_CHANGE};
    records[1].course.rule = KOR_FLAG_BAND80;
    records[1].course.f = KOR_TIME_LOG;
    records[1].course.first_time = 1;
    records[1].unit = KOR_COURSE_SESSIONS;
    records[1].method = KOR_GROWTH_REML;
    records[1].status = KOR_GROWTH_CONVERGED;
    records[1].course.better = KOR_HIGHER_IS_BETTER;
    records[1].course.calibration = some_calibration();
    for (size_t i = 0; i < 2; i++) {
        struct kor_buf buf = {0};
        struct kor_course_record back;
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        kor_course_encode(&records[i], &buf);
        if (kor_course_parse(buf.text, buf.size, &back, &err) != KOR_OK) {
            fail_msg("%s", err.text);
        }
        assert_same(&records[i], &back);
        kor_buf_done(&buf);
    }
}

static void
a_table_that_favours_none_leaves_the_mark_to_the_band(void **state)
{
    (void)state;
    struct kor_course_record record = sample(), back;
    struct kor_buf buf = {0};
    double *outcomes = &record.flags.table.outcomes;
    record.flags.has_favoured = false;
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        /* Nine with the outcome are too few for a choice. */
        double *figures = record.flags.table.rules[r];
        figures[KOR_FLAG_TRUE_NEGATIVES] += *outcomes - 9;
        figures[KOR_FLAG_FALSE_NEGATIVES] = 9 - 8;
        figures[KOR_FLAG_FLAGGED] -= figures[KOR_FLAG_TRUE_POSITIVES] - 8;
        figures[KOR_FLAG_TRUE_POSITIVES] = 8;
    }
    *outcomes = 9;
    kor_course_encode(&record, &buf);
    assert_int_equal(kor_course_parse(buf.text, buf.size, &back, NULL),
                     KOR_OK);
    assert_int_equal(back.flags.state, KOR_FLAGS_COUNTED);
    assert_int_equal(back.course.rule, KOR_FLAG_BAND80);
    record.flags.has_favoured = true; /* Though it has none. */
    kor_buf_clear(&buf);
    kor_course_encode(&record, &buf);
    assert_int_equal(kor_course_parse(buf.text, buf.size, &back, NULL),
                     KOR_BAD_VALUE);
    kor_buf_done(&buf);
}

static void
a_model_comes_back_without_a_certificate(void **state)
{
    (void)state;
    struct kor_course_record record = sample(), back;
    struct kor_buf buf = {0};
    record.course.calibration = some_calibration();
    kor_course_encode_model(&record, &buf);
    assert_int_equal(
        kor_course_parse_model(buf.text, buf.size, &back, NULL), KOR_OK);
    assert_memory_equal(&record.course.calibration, &back.course.calibration,
                        sizeof back.course.calibration);
    assert_memory_equal(record.se, back.se, sizeof back.se);
    assert_near(record.course.b3, back.course.b3, 0, 0);
    assert_int_equal(back.min_people, record.min_people);
    assert_string_equal(back.instrument, "");
    /* Neither is taken for the other. */
    assert_int_equal(kor_course_parse(buf.text, buf.size, &back, NULL),
                     KOR_BAD_VALUE);
    kor_buf_clear(&buf);
    kor_course_encode(&record, &buf);
    assert_int_equal(
        kor_course_parse_model(buf.text, buf.size, &back, NULL),
        KOR_BAD_VALUE);
    kor_buf_done(&buf);
}

static void
a_bad_calibration_is_refused_at_its_path(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *path;
    } rows[] = {
        {"\"times\": [\n      2.0", "\"times\": [\n      4.0",
         "calibration.times[1]"},
        {"\"limits\": [\n      12.5", "\"limits\": [\n      22.5",
         "calibration.limits[1]"},
        {"24.25", "14.25", "calibration.starts[2]"},
        {"\"seed\": 9", "\"seed\": -9", "calibration.seed"},
        {"\"most\": 38", "\"most\": 3", "calibration.most"},
        {"\"reach80\": [\n      1.", "\"reach80\": [\n      -1.",
         "calibration.reach80[0]"},
        {"\"overall\": [\n        303,\n        237",
         "\"overall\": [\n        303,\n        304",
         "calibration.covered80.overall[1]"},
        {"\"reach68\": [\n      1.3", "\"reach68\": [\n      1.5",
         "calibration.reach68"},
        {"\"reach80\": [\n      1.", "\"reach80\": [\n      101.",
         "calibration.reach80[0]"},
        {"\"places\": [\n      25,", "\"places\": [", "calibration.places"},
        {"\"growth\"", "\"grows\"", "calibration.grows"},
        {"\"reach68\": [\n      1.", "\"reach68\": [\n      0e",
         "calibration.reach68"},
        {"\"overall\": [\n        303,\n        237",
         "\"overall\": [\n        303,\n        236",
         "calibration.covered80"},
        {"\"overall\": [\n        303,", "\"overall\": [\n        302,",
         "calibration.covered80"},
        {"        99,\n", "        98,\n", "calibration.covered80"},
        {"        102,\n", "        103,\n", "calibration.covered80"},
        {"\"calibration\": {\n    \"people\": 80",
         "\"calibration\": {\n    \"people\": 431", "calibration.people"},
        {"\"lends_range\": true,\n    \"people\": 430",
         "\"lends_range\": true,\n    \"people\": 79",
         "calibration.people"},
    };
    struct kor_course_record record = sample(), back;
    record.course.calibration = some_calibration();
    struct kor_buf buf = {0};
    kor_course_encode(&record, &buf);
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        char *at = strstr(buf.text, rows[i].from);
        if (!at) {
            fail_msg("%s is not in %s", rows[i].from, buf.text);
        }
        size_t size = buf.size + strlen(rows[i].to) + 1;
        char *text = kor_alloc(size);
        snprintf(text, size, "%.*s%s%s", (int)(at - buf.text), buf.text,
                 rows[i].to, at + strlen(rows[i].from));
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        assert_int_equal(kor_course_parse(text, strlen(text), &back, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, rows[i].path);
        free(text);
    }
    kor_buf_done(&buf);
}

static void
a_cut_short_record_is_an_error_at_every_byte(void **state)
{
    (void)state;
    struct kor_course_record record = sample(), back;
    struct kor_buf buf = {0};
    kor_course_encode(&record, &buf);
    for (size_t size = 0; size + 2 <= buf.size; size++) {
        char *cut = malloc(size ? size : 1);
        memcpy(cut, buf.text, size);
        assert_int_equal(kor_course_parse(cut, size, &back, NULL),
                         KOR_BAD_VALUE);
        free(cut);
    }
    kor_buf_done(&buf);
}

/* 128 bytes, one too many, in 64 characters. */
#define FOUR "\xc3\xa5\xc3\xa5\xc3\xa5\xc3\xa5"
#define SIXTEEN FOUR FOUR FOUR FOUR
#define TOO_MANY_BYTES SIXTEEN SIXTEEN SIXTEEN SIXTEEN

static void
each_bad_record_is_refused_at_its_path(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to, *path;
    } rows[] = {
        {"\"kor course\"", "\"course\"", "kind"},
        {"\"favoured\": \"raw\"", "\"favoured\": \"cat\"",
         "flags.favoured"},
        {"\"favoured\": \"raw\"", "\"favoured\": \"band80\"",
         "flags.favoured"},
        {",\n    \"favoured\": \"raw\"", "", "flags.favoured"},
        {"\"records\": 226", "\"records\": 79", "records"},
        {"\"se\": [\n    0.", "\"se\": [\n    -0.", "se[0]"},
        {"\"halves\": 20", "\"halves\": 0", "flags.halves"},
        {"\"band68\"", "\"band69\"", "flags.rules.band69"},
        {"\"weight\": 20", "\"weight\": 80", "reference.weight"},
        {"\"weight\": 20", "\"weight\": 101", "reference.weight"},
        {"\"four clinics\"", "\"\"", "reference.source"},
        {"\"course\": 7", "\"course\": 0", "reference.course"},
        {"\"rater\": \"client\"", "\"rater\": \"any\"", "rater"},
        {"\"method\": \"ml\"", "\"method\": \"ols\"", "method"},
        {"\"boundary\"", "\"too-few\"", "status"},
        {"\"log1p\"", "\"exp\"", "time"},
        {"\"week\"", "\"day\"", "unit"},
        {"2024-03-31T", "2024-02-30T", "fitted_at"},
        {"T11:59:59Z", "T24:00:00Z", "fitted_at"},
        {"T11:59:59Z", "T11:60:59Z", "fitted_at"},
        {"T11:59:59Z", "T11:59:60Z", "fitted_at"},
        {"T11:59:59Z", "T/1:59:59Z", "fitted_at"},
        {"T11:59:59Z", "T:1:59:59Z", "fitted_at"},
        {"T11:59:59Z", "T1/:59:59Z", "fitted_at"},
        {"T11:59:59Z", "T1::59:59Z", "fitted_at"},
        {"T11:59:59Z", " 11:59:59Z", "fitted_at"},
        {"T11:59:59Z", "T11.59:59Z", "fitted_at"},
        {"T11:59:59Z", "T11:59.59Z", "fitted_at"},
        {"T11:59:59Z", "T11:59:59+", "fitted_at"},
        {"T11:59:59Z", "T11:59:59", "fitted_at"},
        {"T11:59:59Z\"", "\"", "fitted_at"},
        {"\"2024-03-31T11:59:59Z\"", "7", "fitted_at"},
        {"\"self-help\"", "7", "pathway"},
        {"\"self-help\"", "null", "pathway"},
        {"\"own closed episodes\"", "7", "source"},
        {"own closed episodes", TOO_MANY_BYTES, "source"},
        {"\"2024-01-08\"", "\"8 Jan 2024\"", "data.from"},
        {"\"2024-01-08\"", "\"2024-12-31\"", "data.to"},
        {"\"to\": 65", "\"to\": 17", "age.to"},
        {"\"start g\"", "\"g start\"", "terms[3]"},
        {"    \"start\",\n", "", "terms[2]"},
        {"\"people\": 80", "\"people\": 0", "people"},
        {"\"people\": 80", "\"people\": 80.5", "people"},
        {"\"sigma\"", "\"sigmas\"", "sigmas"},
        {"\"source\"", "\"sauce\"", "sauce"},
    };
    struct kor_course_record record = sample(), back;
    record.fitted_at_ms = 1711886399000; /* 2024-03-31T11:59:59Z */
    struct kor_buf buf = {0};
    kor_course_encode(&record, &buf);
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        char *at = strstr(buf.text, rows[i].from);
        assert_non_null(at);
        size_t size = buf.size + strlen(rows[i].to) + 1;
        char *text = kor_alloc(size);
        snprintf(text, size, "%.*s%s%s", (int)(at - buf.text), buf.text,
                 rows[i].to, at + strlen(rows[i].from));
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        assert_int_equal(kor_course_parse(text, strlen(text), &back, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, rows[i].path);
        free(text);
    }
    kor_buf_done(&buf);
}

/* A figure of the flags that cannot be, and the path it is refused at. */
static const struct {
    size_t at;
    double value;
    const char *path;
} wrong_figures[] = {
#define RAW(figure)                                                           \
    offsetof(struct kor_course_record,                                        \
             flags.table.rules[KOR_FLAG_RAW][KOR_FLAG_##figure])
#define TABLE(member) offsetof(struct kor_course_record, flags.table.member)
    {TABLE(people), 0, "flags.people"},
    {TABLE(people), 60.01, "flags.people"}, /* Of 80 less the reference. */
    {TABLE(outcomes), 40.1, "flags.outcomes"},
    {RAW(FLAGGED), 18, "flags.rules.raw.flagged"},
    {RAW(FLAGGED), 41, "flags.rules.raw.flagged"},
    {RAW(TRUE_POSITIVES), -1, "flags.rules.raw.true_positives"},
    {RAW(TRUE_POSITIVES), NAN, "flags.rules.raw.true_positives"},
    {RAW(FALSE_NEGATIVES), 5.1, "flags.rules.raw.false_negatives"},
    {RAW(TRUE_NEGATIVES), 15, "flags.rules.raw.true_negatives"},
    {RAW(FALSE_POSITIVES), 4, "flags.rules.raw.true_negatives"},
    {RAW(FLAGGED_SHARE), 1.01, "flags.rules.raw.flagged_share"},
    {RAW(SENSITIVITY), NAN, "flags.rules.raw.sensitivity"},
    {RAW(SENSITIVITY), 0.9, "flags.rules.raw.sensitivity"},
    {RAW(SENSITIVITY), 1.7, "flags.rules.raw.sensitivity"},
    {RAW(SENSITIVITY_LOW), -0.1, "flags.rules.raw.sensitivity_low"},
    {RAW(SENSITIVITY_LOW), 0.76, "flags.rules.raw.sensitivity"},
    {RAW(SPECIFICITY), 0.5, "flags.rules.raw.specificity"},
    {RAW(SPECIFICITY_HIGH), 1.1, "flags.rules.raw.specificity_high"},
    {RAW(PPV), -0.5, "flags.rules.raw.ppv"},
    {RAW(PPV_HIGH), NAN, "flags.rules.raw.ppv_high"},
    {RAW(SAID), 41, "flags.rules.raw.said"},
    {RAW(AUC), 1.5, "flags.rules.raw.auc"},
    {RAW(AUC_LOW), 0.81, "flags.rules.raw.auc"},
    {RAW(LEAD), -1, "flags.rules.raw.lead"},
#undef RAW
#undef TABLE
};

static void
each_figure_that_cannot_be_is_refused_at_its_path(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(wrong_figures); i++) {
        struct kor_course_record record = sample(), back;
        struct kor_buf buf = {0};
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        memcpy((char *)&record + wrong_figures[i].at,
               &wrong_figures[i].value, sizeof(double));
        kor_course_encode(&record, &buf);
        assert_int_equal(kor_course_parse(buf.text, buf.size, &back, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, wrong_figures[i].path);
        kor_buf_done(&buf);
    }
}

static void
a_course_that_cannot_be_used_is_refused(void **state)
{
    (void)state;
    struct kor_course_record record = sample(), back;
    record.course.tau01 = 100; /* No covariance matrix. */
    struct kor_buf buf = {0};
    kor_course_encode(&record, &buf);
    assert_int_equal(kor_course_parse(buf.text, buf.size, &back, NULL),
                     KOR_BAD_VALUE);
    kor_buf_done(&buf);
}

static void
a_course_refuses_those_it_was_not_made_for(void **state)
{
    (void)state;
    static const struct {
        const char *instrument, *version;
        enum kor_role rater;
        int age;
        const char *pathway;
        enum kor_course_refusal refusal;
    } rows[] = {
        {"bdi2", "1", KOR_ROLE_CLIENT, 18, "self-help", KOR_COURSE_SPEAKS},
        {"bdi2", "1", KOR_ROLE_CLIENT, 65, "self-help", KOR_COURSE_SPEAKS},
        {"phq9", "1", KOR_ROLE_CLIENT, 18, "self-help",
         KOR_COURSE_OTHER_INSTRUMENT},
        {"bdi2", "2", KOR_ROLE_CLIENT, 18, "self-help",
         KOR_COURSE_OTHER_VERSION},
        {"bdi2", "1", KOR_ROLE_PARENT, 18, "self-help",
         KOR_COURSE_OTHER_RATER},
        {"bdi2", "1", KOR_ROLE_CLIENT, 18, "", KOR_COURSE_OTHER_PATHWAY},
        {"bdi2", "1", KOR_ROLE_CLIENT, 17, "self-help", KOR_COURSE_OTHER_AGE},
        {"bdi2", "1", KOR_ROLE_CLIENT, 66, "self-help", KOR_COURSE_OTHER_AGE},
        {"bdi2", "1", KOR_ROLE_CLIENT, KOR_NO_AGE, "self-help",
         KOR_COURSE_AGE_UNKNOWN},
    };
    struct kor_course_record record = sample();
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        enum kor_course_refusal refusal = kor_course_refuses(
            &record, rows[i].instrument, rows[i].version, rows[i].rater,
            rows[i].age, rows[i].pathway);
        assert_int_equal(refusal, rows[i].refusal);
        assert_true(strlen(kor_course_refusal_text(refusal)) > 0);
    }
    record.pathway[0] = '\0';
    record.age_from = record.age_to = KOR_NO_AGE;
    assert_int_equal(kor_course_refuses(&record, "bdi2", "1", KOR_ROLE_CLIENT,
                                        KOR_NO_AGE, "x"),
                     KOR_COURSE_SPEAKS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_comes_back_bit_for_bit),
        cmocka_unit_test(
            a_table_that_favours_none_leaves_the_mark_to_the_band),
        cmocka_unit_test(a_model_comes_back_without_a_certificate),
        cmocka_unit_test(a_bad_calibration_is_refused_at_its_path),
        cmocka_unit_test(a_cut_short_record_is_an_error_at_every_byte),
        cmocka_unit_test(each_bad_record_is_refused_at_its_path),
        cmocka_unit_test(each_figure_that_cannot_be_is_refused_at_its_path),
        cmocka_unit_test(a_course_that_cannot_be_used_is_refused),
        cmocka_unit_test(a_course_refuses_those_it_was_not_made_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
