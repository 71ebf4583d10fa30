/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Course records: see kor/define/course.h. */

#include "kor/define/course.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "define/course_model.h"
#include "define/flags_check.h"
#include "define/flags_json.h"
#include "define/node.h"
#include "kor/base/clock.h"
#include "kor/stat/reference.h"
#include "kor/stat/timefn.h"

#define KIND "kor course"

const char *
kor_course_refusal_text(enum kor_course_refusal refusal)
{
    static const char *const texts[] = {
        [KOR_COURSE_SPEAKS] = KOR_N_("the course is for this person"),
        [KOR_COURSE_OTHER_INSTRUMENT]
        = KOR_N_("the course is for another scale"),
        [KOR_COURSE_OTHER_VERSION]
        = KOR_N_("the course is for another version of the scale"),
        [KOR_COURSE_OTHER_RATER]
        = KOR_N_("the course is for another rater"),
        [KOR_COURSE_OTHER_PATHWAY]
        = KOR_N_("the course is for another pathway"),
        [KOR_COURSE_AGE_UNKNOWN]
        = KOR_N_("the course is for certain ages, and the birth month is "
                 "not known"),
        [KOR_COURSE_OTHER_AGE] = KOR_N_("the course is for other ages"),
    };
    return texts[refusal];
}

enum kor_course_refusal
kor_course_refuses(const struct kor_course_record *record,
                   const char *instrument, const char *version,
                   enum kor_role rater, int age_years, const char *pathway)
{
    if (strcmp(record->instrument, instrument)) {
        return KOR_COURSE_OTHER_INSTRUMENT;
    }
    if (strcmp(record->version, version)) {
        return KOR_COURSE_OTHER_VERSION;
    }
    if (record->rater != rater) {
        return KOR_COURSE_OTHER_RATER;
    }
    if (record->pathway[0] && strcmp(record->pathway, pathway)) {
        return KOR_COURSE_OTHER_PATHWAY;
    }
    if (record->age_from == KOR_NO_AGE) {
        return KOR_COURSE_SPEAKS;
    }
    if (age_years == KOR_NO_AGE) {
        return KOR_COURSE_AGE_UNKNOWN;
    }
    return age_years < record->age_from || age_years > record->age_to
             ? KOR_COURSE_OTHER_AGE
             : KOR_COURSE_SPEAKS;
}

size_t
kor_course_own_people(const struct kor_course_record *record)
{
    return record->course.n_people - record->reference.weight;
}

static json_t *
write_reference(const struct kor_course_reference *reference)
{
    return json_pack("{s:I,s:I,s:b,s:I,s:s}",
                     "course", (json_int_t)reference->id,
                     "weight", (json_int_t)reference->weight,
                     "lends_range", reference->lends_range,
                     "people", (json_int_t)reference->n_people,
                     "source", reference->source);
}

static void
write_certificate(const struct kor_course_record *record, json_t *json)
{
    char instant[KOR_INSTANT_SIZE], from[KOR_DATE_SIZE], to[KOR_DATE_SIZE];
    json_object_set_new(json, "instrument", json_string(record->instrument));
    json_object_set_new(json, "version", json_string(record->version));
    json_object_set_new(json, "rater",
                        json_string(kor_role_name(record->rater)));
    json_object_set_new(json, "pathway", json_string(record->pathway));
    if (record->age_from != KOR_NO_AGE) {
        json_object_set_new(json, "age",
                            json_pack("{s:i,s:i}", "from", record->age_from,
                                      "to", record->age_to));
    }
    kor_instant_format(record->fitted_at_ms, instant);
    json_object_set_new(json, "fitted_at", json_string(instant));
    json_object_set_new(
        json, "data",
        json_pack("{s:s,s:s}", "from",
                  kor_date_format(record->data_from, from), "to",
                  kor_date_format(record->data_to, to)));
    json_object_set_new(json, "population", json_string(record->population));
    json_object_set_new(json, "source", json_string(record->source));
    if (record->reference.id) {
        json_object_set_new(json, "reference",
                            write_reference(&record->reference));
    }
}

void
kor_course_encode(const struct kor_course_record *record, struct kor_buf *out)
{
    json_t *json = json_pack("{s:s}", "kind", KIND);
    write_certificate(record, json);
    kor_model_write(record, json);
    if (record->flags.state != KOR_FLAGS_UNKNOWN) {
        json_object_set_new(json, "flags", kor_flags_write(&record->flags));
    }
    kor_model_dump(json, out);
}

/* Copies the text under 'key' if it fits into 'size' bytes. */
static void
read_text(const struct kor_node *node, const char *key, bool is_needed,
          char *to, size_t size)
{
    struct kor_node place = kor_node_at(node, key);
    if (!is_needed && json_is_string(place.json)
        && json_string_length(place.json) == 0) {
        return;
    }
    const char *text = kor_node_text(&place, size - 1);
    if (strlen(text) >= size) {
        char path[KOR_PATH_SIZE];
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE,
            kor_node_path(&place, NULL, path),
            "%s may have at most %zu bytes: make it shorter", path, size - 1);
        return;
    }
    snprintf(to, size, "%s", text);
}

static void
fail_when(const struct kor_node *node, const char *key)
{
    char path[KOR_PATH_SIZE];
    if (node->reader->code == KOR_OK) {
        node->reader->code = kor_fail(
            node->reader->err, KOR_BAD_VALUE, kor_node_path(node, key, path),
            "%s must be a day, as 2024-03-31, or an instant, as "
            "2024-03-31T12:00:00Z: rewrite it",
            path);
    }
}

static int32_t
read_date(const struct kor_node *node, const char *key)
{
    int32_t date = 0;
    const char *text = kor_node_need_text(node, key, 10);
    if (node->reader->code == KOR_OK && !kor_date_parse(text, &date)) {
        fail_when(node, key);
    }
    return date;
}

/* Two digits at 'text', at most 'max'; -1 if they are none. */
static int
two_digits(const char *text, int max)
{
    if (text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') {
        return -1;
    }
    int value = (text[0] - '0') * 10 + (text[1] - '0');
    return value <= max ? value : -1;
}

static int64_t
read_instant(const struct kor_node *node, const char *key)
{
    const char *text = kor_node_need_text(node, key, 20);
    char day[11] = "";
    int32_t date = 0;
    if (strlen(text) == 20) {
        snprintf(day, sizeof day, "%.10s", text);
    }
    if (!kor_date_parse(day, &date) || text[10] != 'T' || text[13] != ':'
        || text[16] != ':' || text[19] != 'Z' || two_digits(text + 11, 23) < 0
        || two_digits(text + 14, 59) < 0 || two_digits(text + 17, 59) < 0) {
        fail_when(node, key);
        return 0;
    }
    int seconds = two_digits(text + 11, 23) * 3600
                + two_digits(text + 14, 59) * 60 + two_digits(text + 17, 59);
    return ((int64_t)date * 86400 + seconds) * 1000;
}

static void
read_ages(const struct kor_node *root, struct kor_course_record *record)
{
    static const char *const keys[] = {"from", "to", NULL};
    struct kor_node age = kor_node_at(root, "age");
    record->age_from = record->age_to = KOR_NO_AGE;
    if (age.json) {
        kor_node_only(&age, keys);
        record->age_from
            = (int)kor_node_need_int(&age, "from", 0, KOR_MAX_AGE);
        record->age_to = (int)kor_node_need_int(&age, "to", record->age_from,
                                                KOR_MAX_AGE);
    }
}

static void
read_reference(const struct kor_node *root, struct kor_course_record *record)
{
    static const char *const keys[]
        = {"course", "weight", "lends_range", "people", "source", NULL};
    struct kor_course_reference *reference = &record->reference;
    struct kor_node node = kor_node_at(root, "reference");
    if (!node.json) {
        return;
    }
    kor_node_only(&node, keys);
    reference->id = kor_node_need_int(&node, "course", 1, KOR_COURSE_MAX_ID);
    reference->weight
        = (uint32_t)kor_node_need_int(&node, "weight", 0, KOR_REFERENCE_FULL);
    reference->lends_range
        = kor_node_opt_bool(&node, "lends_range", false);
    reference->n_people
        = (uint32_t)kor_node_need_int(&node, "people", 1, UINT32_MAX);
    read_text(&node, "source", true, reference->source,
              sizeof reference->source);
}

static void
read_certificate(const struct kor_node *root,
                 struct kor_course_record *record)
{
    static const char *const kinds[] = {KIND, NULL};
    static const char *const keys[] = {"from", "to", NULL};
    struct kor_node kind = kor_node_need(root, "kind");
    kor_node_word(&kind, kinds);
    read_text(root, "instrument", true, record->instrument,
              sizeof record->instrument);
    read_text(root, "version", true, record->version, sizeof record->version);
    read_text(root, "pathway", false, record->pathway,
              sizeof record->pathway);
    read_ages(root, record);
    record->fitted_at_ms = read_instant(root, "fitted_at");
    struct kor_node data = kor_node_need(root, "data");
    kor_node_only(&data, keys);
    record->data_from = read_date(&data, "from");
    record->data_to = read_date(&data, "to");
    read_text(root, "population", true, record->population,
              sizeof record->population);
    read_text(root, "source", true, record->source, sizeof record->source);
    read_reference(root, record);
}

static void
read_rater(const struct kor_node *root, struct kor_course_record *record)
{
    const char *const roles[]
        = {kor_role_name(KOR_ROLE_CLIENT),  kor_role_name(KOR_ROLE_PARENT),
           kor_role_name(KOR_ROLE_PARTNER), kor_role_name(KOR_ROLE_TEACHER),
           kor_role_name(KOR_ROLE_COORDINATOR),
           kor_role_name(KOR_ROLE_THERAPIST), NULL};
    struct kor_node rater = kor_node_need(root, "rater");
    record->rater = (enum kor_role)(KOR_ROLE_CLIENT
                                    + kor_node_word(&rater, roles));
}

/* Whom the range was measured on: the course's own people, unless a reference
 * lends it. */
static enum kor_code
check_calibrated(const struct kor_course_record *record, struct kor_err *err)
{
    uint32_t people = record->course.calibration.n_people;
    uint32_t most = record->reference.lends_range
                      ? record->reference.n_people
                      : record->course.n_people;
    if (people <= most) {
        return KOR_OK;
    }
    return kor_fail(err, KOR_BAD_VALUE, "calibration.people",
                    "the range says that it was measured on %u people, and "
                    "there are %u behind it: take the course as it was made",
                    (unsigned)people, (unsigned)most);
}

/* Whether the parts of a record that was read go together. */
static enum kor_code
check_whole(const struct kor_course_record *record, struct kor_err *err)
{
    if (record->data_from > record->data_to) {
        return kor_fail(err, KOR_BAD_VALUE, "data.to",
                        "data.to lies before data.from: change one of them");
    }
    if (record->reference.weight >= record->course.n_people) {
        return kor_fail(err, KOR_BAD_VALUE, "reference.weight",
                        "the weight of the reference must lie below the "
                        "number of people");
    }
    enum kor_code code = check_calibrated(record, err);
    if (code == KOR_OK) {
        code = kor_flags_check(&record->flags, kor_course_own_people(record),
                               err);
    }
    return code == KOR_OK ? kor_course_check(&record->course, err) : code;
}

enum kor_code
kor_course_parse(const char *text, size_t size,
                 struct kor_course_record *record, struct kor_err *err)
{
    static const char *const keys[]
        = {"kind", "instrument", "version", "rater", "pathway", "age",
           "fitted_at", "data", "population", "source", "reference",
           "flags", KOR_MODEL_KEYS, NULL};
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
    read_certificate(&root, record);
    read_rater(&root, record);
    kor_model_read(&root, record);
    struct kor_node flags = kor_node_at(&root, "flags");
    if (flags.json) {
        kor_flags_read(&flags, &record->flags);
    }
    if (record->flags.has_favoured) {
        record->course.rule = record->flags.favoured;
    }
    json_decref(json);
    return reader.code == KOR_OK ? check_whole(record, err) : reader.code;
}
