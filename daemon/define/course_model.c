/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The model part of a course record: see define/course_model.h.  jansson
 * writes the numbers with 17 significant digits, which bring back the same
 * double. */

#include "define/course_model.h"

#include <stdlib.h>
#include <string.h>

#include "define/calibration_json.h"
#include "kor/stat/timefn.h"

#define KIND "kor course model"
#define LARGE 1e15

static const char *const units[] = {"session", "week", NULL};
static const char *const terms[] = {"1", "g", "start", "start g"};

void
kor_model_dump(json_t *json, struct kor_buf *out)
{
    char *text = json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(17));
    kor_buf_puts(out, text);
    kor_buf_putc(out, '\n');
    free(text);
    json_decref(json);
}

static json_t *
write_terms(size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        json_array_append_new(array, json_string(terms[i]));
    }
    return array;
}

static void
write_numbers_of(const struct kor_course_record *record, json_t *json)
{
    const struct kor_course *course = &record->course;
    const double b[] = {course->b0, course->b1, course->b2, course->b3};
    json_object_set_new(json, "terms", write_terms(record->n_terms));
    json_object_set_new(json, "b", kor_json_numbers(b, record->n_terms));
    json_object_set_new(json, "se",
                        kor_json_numbers(record->se, record->n_terms));
    json_object_set_new(json, "tau00", json_real(course->tau00));
    json_object_set_new(json, "tau01", json_real(course->tau01));
    json_object_set_new(json, "tau11", json_real(course->tau11));
    json_object_set_new(json, "sigma", json_real(course->sigma));
    json_object_set_new(json, "loglik", json_real(record->loglik));
    json_object_set_new(json, "min", json_real(course->min_points));
    json_object_set_new(json, "max", json_real(course->max_points));
    json_object_set_new(json, "direction",
                        json_string(course->better == KOR_HIGHER_IS_BETTER
                                        ? "higher"
                                        : "lower"));
    json_object_set_new(json, "first_time", json_real(course->first_time));
    json_object_set_new(json, "max_time", json_real(course->max_time));
    json_object_set_new(json, "people", json_integer(course->n_people));
    json_object_set_new(json, "records", json_integer(course->n_records));
    json_object_set_new(json, "min_people",
                        json_integer(record->min_people));
}

void
kor_model_write(const struct kor_course_record *record, json_t *json)
{
    json_object_set_new(
        json, "method", json_string(kor_growth_method_name(record->method)));
    json_object_set_new(
        json, "status", json_string(kor_growth_status_name(record->status)));
    json_object_set_new(json, "time",
                        json_string(kor_time_name(record->course.f)));
    json_object_set_new(json, "unit", json_string(units[record->unit]));
    write_numbers_of(record, json);
    if (record->course.calibration.n_times > 0) {
        json_object_set_new(
            json, "calibration",
            kor_calibration_write(&record->course.calibration));
    }
}

void
kor_course_encode_model(const struct kor_course_record *record,
                        struct kor_buf *out)
{
    json_t *json = json_pack("{s:s}", "kind", KIND);
    kor_model_write(record, json);
    kor_model_dump(json, out);
}

static void
read_numbers(const struct kor_node *root, const char *key, size_t n,
             double least, double values[KOR_COURSE_MAX_TERMS])
{
    struct kor_node array = kor_node_need(root, key);
    size_t count = kor_node_count(&array, n, n);
    for (size_t i = 0; i < count; i++) {
        struct kor_node member = kor_node_member(&array, i);
        values[i] = kor_node_number(&member, least, LARGE);
    }
}

static void
read_terms(const struct kor_node *root, struct kor_course_record *record)
{
    struct kor_node array = kor_node_need(root, "terms");
    size_t n = kor_node_count(&array, 2, KOR_COURSE_MAX_TERMS);
    record->n_terms = n == 2 ? 2 : 4;
    for (size_t i = 0; i < n; i++) {
        const char *const here[] = {terms[i], NULL};
        struct kor_node member = kor_node_member(&array, i);
        kor_node_word(&member, here);
    }
    double b[KOR_COURSE_MAX_TERMS] = {0};
    read_numbers(root, "b", record->n_terms, -LARGE, b);
    read_numbers(root, "se", record->n_terms, 0, record->se);
    record->course.b0 = b[0];
    record->course.b1 = b[1];
    record->course.b2 = b[2];
    record->course.b3 = b[3];
}

static void
read_words(const struct kor_node *root, struct kor_course_record *record)
{
    const char *const methods[] = {kor_growth_method_name(KOR_GROWTH_REML),
                                   kor_growth_method_name(KOR_GROWTH_ML),
                                   NULL};
    const char *const statuses[]
        = {kor_growth_status_name(KOR_GROWTH_CONVERGED),
           kor_growth_status_name(KOR_GROWTH_BOUNDARY), NULL};
    const char *const times[] = {kor_time_name(KOR_TIME_LOG),
                                 kor_time_name(KOR_TIME_LOG1P),
                                 kor_time_name(KOR_TIME_IDENTITY), NULL};
    struct kor_node method = kor_node_need(root, "method");
    struct kor_node status = kor_node_need(root, "status");
    struct kor_node time = kor_node_need(root, "time");
    struct kor_node unit = kor_node_need(root, "unit");
    record->method = (enum kor_growth_method)kor_node_word(&method, methods);
    record->status = (enum kor_growth_status)kor_node_word(&status, statuses);
    record->course.f = (enum kor_time_function)kor_node_word(&time, times);
    record->unit = (enum kor_course_unit)kor_node_word(&unit, units);
}

void
kor_model_read(const struct kor_node *root, struct kor_course_record *record)
{
    static const char *const directions[] = {"lower", "higher", NULL};
    struct kor_course *course = &record->course;
    struct kor_node calibration = kor_node_at(root, "calibration");
    read_words(root, record);
    read_terms(root, record);
    course->tau00 = kor_node_need_number(root, "tau00", 0, LARGE);
    course->tau01 = kor_node_need_number(root, "tau01", -LARGE, LARGE);
    course->tau11 = kor_node_need_number(root, "tau11", 0, LARGE);
    course->sigma = kor_node_need_number(root, "sigma", 0, LARGE);
    record->loglik = kor_node_need_number(root, "loglik", -LARGE, LARGE);
    course->min_points = kor_node_need_number(root, "min", -LARGE, LARGE);
    course->max_points = kor_node_need_number(root, "max", -LARGE, LARGE);
    struct kor_node direction = kor_node_need(root, "direction");
    course->better = kor_node_word(&direction, directions) == 0
                       ? KOR_LOWER_IS_BETTER
                       : KOR_HIGHER_IS_BETTER;
    course->first_time = kor_node_need_number(root, "first_time", 0, LARGE);
    course->max_time = kor_node_need_number(root, "max_time", 0, LARGE);
    course->n_people
        = (uint32_t)kor_node_need_int(root, "people", 1, UINT32_MAX);
    /* Each of them has a later score. */
    course->n_records = (uint32_t)kor_node_need_int(
        root, "records", course->n_people, UINT32_MAX);
    record->min_people
        = (uint32_t)kor_node_need_int(root, "min_people", 1, UINT32_MAX);
    if (calibration.json) {
        kor_calibration_read(&calibration, &course->calibration);
    }
}

enum kor_code
kor_course_parse_model(const char *text, size_t size,
                       struct kor_course_record *record, struct kor_err *err)
{
    static const char *const keys[] = {"kind", KOR_MODEL_KEYS, NULL};
    static const char *const kinds[] = {KIND, NULL};
    json_t *json;
    memset(record, 0, sizeof *record);
    enum kor_code code
        = kor_json_load(text, size, KOR_COURSE_MAX_SIZE, &json, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_reader reader = {.code = KOR_OK, .err = err};
    struct kor_node root = {.reader = &reader, .json = json};
    kor_node_only(&root, keys);
    struct kor_node kind = kor_node_need(&root, "kind");
    kor_node_word(&kind, kinds);
    kor_model_read(&root, record);
    json_decref(json);
    return reader.code == KOR_OK ? kor_course_check(&record->course, err)
                                 : reader.code;
}
