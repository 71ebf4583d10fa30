/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one thread needs to serve: see service/desk.h. */

#include "service/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"

static void
forget(struct kor_desk *desk)
{
    for (size_t i = 0; i < desk->n_scales; i++) {
        kor_instrument_done(&desk->scales[i]->def);
        free(desk->scales[i]);
    }
    for (size_t i = 0; i < desk->n_courses; i++) {
        kor_closed_done(&desk->courses[i]->people);
        free(desk->courses[i]);
    }
    for (size_t i = 0; i < desk->n_pathways; i++) {
        kor_pathway_done(&desk->pathways[i]->def);
        free(desk->pathways[i]);
    }
    for (size_t i = 0; i < desk->n_forms; i++) {
        kor_form_done(&desk->forms[i]->def);
        free(desk->forms[i]);
    }
    free(desk->scales);
    free(desk->pathways);
    free(desk->forms);
    free(desk->courses);
    free(desk->course_scales);
    desk->scales = NULL;
    desk->pathways = NULL;
    desk->forms = NULL;
    desk->courses = NULL;
    desk->course_scales = NULL;
    desk->n_scales = desk->n_pathways = desk->n_forms = 0;
    desk->n_courses = desk->n_course_scales = 0;
}

enum kor_code
kor_desk_open(struct kor_desk *desk, const struct kor_clinic *clinic,
              struct kor_store *store, struct kor_err *err)
{
    memset(desk, 0, sizeof *desk);
    desk->clinic = clinic;
    desk->store = store;
    enum kor_code code = kor_desk_refresh(desk, err);
    if (code != KOR_OK) {
        kor_desk_close(desk);
    }
    return code;
}

void
kor_desk_close(struct kor_desk *desk)
{
    forget(desk);
    kor_store_close(desk->store);
    desk->store = NULL;
}

enum kor_code
kor_desk_refresh(struct kor_desk *desk, struct kor_err *err)
{
    struct kor_definition_stamp stamp;
    enum kor_code code = kor_store_stamp(desk->store, &stamp, err);
    if (code == KOR_OK
        && (stamp.instruments != desk->stamp.instruments
            || stamp.pathways != desk->stamp.pathways
            || stamp.forms != desk->stamp.forms
            || stamp.courses != desk->stamp.courses)) {
        forget(desk);
        desk->stamp = stamp;
    }
    return code;
}

/* Parses 'definition' and keeps it. */
static enum kor_code
keep_scale(struct kor_desk *desk, int64_t id, const struct kor_buf *definition,
           const struct kor_scale **scale, struct kor_err *err)
{
    struct kor_scale *kept = kor_alloc(sizeof *kept);
    kept->id = id;
    enum kor_code code
        = kor_instrument_parse(kor_buf_text(definition), definition->size,
                               &kept->def, err);
    if (code != KOR_OK) {
        free(kept);
        return kor_wrap(err, "a stored definition");
    }
    desk->scales = kor_realloc_array(desk->scales, desk->n_scales + 1,
                                     sizeof(struct kor_scale *));
    desk->scales[desk->n_scales++] = kept;
    *scale = kept;
    return KOR_OK;
}

enum kor_code
kor_desk_scale_by_id(struct kor_desk *desk, int64_t id,
                     const struct kor_scale **scale, struct kor_err *err)
{
    for (size_t i = 0; i < desk->n_scales; i++) {
        if (desk->scales[i]->id == id) {
            *scale = desk->scales[i];
            return KOR_OK;
        }
    }
    struct kor_buf definition = {0};
    enum kor_code code = kor_store_definition_load(
        desk->store, KOR_DEFINITION_SCALE, id, &definition, err);
    if (code == KOR_OK) {
        code = keep_scale(desk, id, &definition, scale, err);
    }
    kor_buf_done(&definition);
    return code;
}

static struct kor_scale *
find_newest(const struct kor_desk *desk, const char *key)
{
    for (size_t i = 0; i < desk->n_scales; i++) {
        if (desk->scales[i]->is_newest
            && !strcmp(desk->scales[i]->def.key, key)) {
            return desk->scales[i];
        }
    }
    return NULL;
}

enum kor_code
kor_desk_scale(struct kor_desk *desk, const char *key,
               const struct kor_scale **scale, struct kor_err *err)
{
    *scale = find_newest(desk, key);
    if (*scale) {
        return KOR_OK;
    }
    struct kor_buf definition = {0};
    int64_t id = 0;
    enum kor_code code = kor_store_definition_find(
        desk->store, KOR_DEFINITION_SCALE, key, "", &id, &definition, err);
    kor_buf_done(&definition);
    if (code == KOR_NOT_FOUND) {
        return kor_fail(err, KOR_NOT_FOUND, "scale",
                        "there is no scale '%s': 'kor instrument list' shows "
                        "those there are", key);
    }
    if (code == KOR_OK) {
        code = kor_desk_scale_by_id(desk, id, scale, err);
    }
    for (size_t i = 0; i < desk->n_scales && code == KOR_OK; i++) {
        desk->scales[i]->is_newest |= desk->scales[i]->id == id;
    }
    return code;
}

/* Parses 'definition' and keeps it. */
static enum kor_code
keep_pathway(struct kor_desk *desk, int64_t id,
             const struct kor_buf *definition,
             const struct kor_desk_pathway **pathway, struct kor_err *err)
{
    struct kor_desk_pathway *kept = kor_alloc(sizeof *kept);
    kept->id = id;
    enum kor_code code
        = kor_pathway_parse(kor_buf_text(definition), definition->size,
                            &kept->def, err);
    if (code != KOR_OK) {
        free(kept);
        return kor_wrap(err, "a stored pathway");
    }
    desk->pathways = kor_realloc_array(desk->pathways, desk->n_pathways + 1,
                                       sizeof(struct kor_desk_pathway *));
    desk->pathways[desk->n_pathways++] = kept;
    *pathway = kept;
    return KOR_OK;
}

enum kor_code
kor_desk_pathway_by_id(struct kor_desk *desk, int64_t id,
                       const struct kor_desk_pathway **pathway,
                       struct kor_err *err)
{
    for (size_t i = 0; i < desk->n_pathways; i++) {
        if (desk->pathways[i]->id == id) {
            *pathway = desk->pathways[i];
            return KOR_OK;
        }
    }
    struct kor_buf definition = {0};
    enum kor_code code = kor_store_definition_load(
        desk->store, KOR_DEFINITION_PATHWAY, id, &definition, err);
    if (code == KOR_OK) {
        code = keep_pathway(desk, id, &definition, pathway, err);
    }
    kor_buf_done(&definition);
    return code;
}

enum kor_code
kor_desk_pathway(struct kor_desk *desk, const char *key,
                 const struct kor_desk_pathway **pathway,
                 struct kor_err *err)
{
    struct kor_buf definition = {0};
    int64_t id = 0;
    enum kor_code code = kor_store_definition_find(
        desk->store, KOR_DEFINITION_PATHWAY, key, "", &id, &definition, err);
    kor_buf_done(&definition);
    if (code == KOR_NOT_FOUND) {
        return kor_fail(err, KOR_NOT_FOUND, "pathway",
                        "there is no pathway '%s': 'kor pathway list' shows "
                        "those there are, and 'kor pathway add' adds one",
                        key);
    }
    return code == KOR_OK ? kor_desk_pathway_by_id(desk, id, pathway, err)
                          : code;
}

/* Parses 'definition' and keeps it. */
static enum kor_code
keep_form(struct kor_desk *desk, int64_t id, const struct kor_buf *definition,
          const struct kor_desk_form **form, struct kor_err *err)
{
    struct kor_desk_form *kept = kor_alloc(sizeof *kept);
    kept->id = id;
    enum kor_code code = kor_form_parse(
        kor_buf_text(definition), definition->size, &kept->def, err);
    if (code != KOR_OK) {
        free(kept);
        return kor_wrap(err, "a stored sheet");
    }
    desk->forms = kor_realloc_array(desk->forms, desk->n_forms + 1,
                                    sizeof(struct kor_desk_form *));
    desk->forms[desk->n_forms++] = kept;
    *form = kept;
    return KOR_OK;
}

enum kor_code
kor_desk_form_by_id(struct kor_desk *desk, int64_t id,
                    const struct kor_desk_form **form, struct kor_err *err)
{
    for (size_t i = 0; i < desk->n_forms; i++) {
        if (desk->forms[i]->id == id) {
            *form = desk->forms[i];
            return KOR_OK;
        }
    }
    struct kor_buf definition = {0};
    enum kor_code code = kor_store_definition_load(
        desk->store, KOR_DEFINITION_FORM, id, &definition, err);
    if (code == KOR_OK) {
        code = keep_form(desk, id, &definition, form, err);
    }
    kor_buf_done(&definition);
    return code;
}

enum kor_code
kor_desk_form(struct kor_desk *desk, const char *key, const char *version,
              const struct kor_desk_form **form, struct kor_err *err)
{
    struct kor_buf definition = {0};
    int64_t id = 0;
    enum kor_code code = kor_store_definition_find(
        desk->store, KOR_DEFINITION_FORM, key, version, &id, &definition,
        err);
    kor_buf_done(&definition);
    if (code == KOR_NOT_FOUND) {
        return *version
                   ? kor_fail(err, KOR_NOT_FOUND, "form",
                              "there is no sheet '%s' in version %s: 'kor "
                              "sheet list' shows those there are", key,
                              version)
                   : kor_fail(err, KOR_NOT_FOUND, "form",
                              "there is no sheet '%s': 'kor sheet list' shows "
                              "those there are, and 'kor sheet add' adds one",
                              key);
    }
    return code == KOR_OK ? kor_desk_form_by_id(desk, id, form, err) : code;
}

static enum kor_code
keep_course(void *to, const struct kor_stored_course *stored,
            struct kor_err *err)
{
    struct kor_desk *desk = to;
    struct kor_desk_course *kept = kor_alloc(sizeof *kept);
    kept->id = stored->id;
    enum kor_code code
        = kor_course_parse(stored->certificate, strlen(stored->certificate),
                           &kept->record, err);
    if (code != KOR_OK) {
        free(kept);
        return kor_wrap(err, "a stored course");
    }
    desk->courses = kor_realloc_array(desk->courses, desk->n_courses + 1,
                                      sizeof(struct kor_desk_course *));
    desk->courses[desk->n_courses++] = kept;
    return KOR_OK;
}

static enum kor_code
load_courses(struct kor_desk *desk, const char *key, struct kor_err *err)
{
    for (size_t i = 0; i < desk->n_course_scales; i++) {
        if (!strcmp(desk->course_scales[i], key)) {
            return KOR_OK;
        }
    }
    enum kor_code code = kor_store_courses_in_use(desk->store, key,
                                                  keep_course, desk, err);
    if (code == KOR_OK) {
        desk->course_scales = kor_realloc_array(
            desk->course_scales, desk->n_course_scales + 1,
            sizeof *desk->course_scales);
        snprintf(desk->course_scales[desk->n_course_scales++],
                 sizeof *desk->course_scales, "%s", key);
    }
    return code;
}

enum kor_code
kor_desk_course(struct kor_desk *desk, const struct kor_course_wish *wish,
                const struct kor_desk_course **course,
                enum kor_course_refusal *refusal, struct kor_err *err)
{
    const struct kor_instrument *def = &wish->scale->def;
    *course = NULL;
    *refusal = KOR_COURSE_OTHER_INSTRUMENT;
    enum kor_code code = load_courses(desk, def->key, err);
    for (size_t i = 0; i < desk->n_courses && code == KOR_OK; i++) {
        const struct kor_desk_course *candidate = desk->courses[i];
        enum kor_course_refusal why = kor_course_refuses(
            &candidate->record, def->key, def->version, wish->rater,
            wish->age_years, wish->pathway);
        if (why == KOR_COURSE_SPEAKS
            && (!*course || *candidate->record.pathway)) {
            *course = candidate;
        }
        if (why != KOR_COURSE_OTHER_INSTRUMENT) {
            *refusal = why;
        }
    }
    if (*course) {
        *refusal = KOR_COURSE_SPEAKS;
    }
    return code;
}

static enum kor_code
read_people(struct kor_desk *desk, struct kor_desk_course *course,
            struct kor_err *err)
{
    const struct kor_course_record *record = &course->record;
    const struct kor_closed_wish wish
        = {.scale = record->instrument,
           .pathway = record->pathway,
           .rater = {.role = record->rater, .number = 1},
           .f = record->course.f,
           .unit = record->unit,
           .n_latest = KOR_DESK_PEOPLE,
           .closed_by = kor_date_at(record->fitted_at_ms)};
    enum kor_code code
        = kor_closed_read(desk->store, &wish, &course->people, err);
    course->has_people = code == KOR_OK;
    if (code != KOR_OK) {
        kor_closed_done(&course->people);
    }
    return code;
}

enum kor_code
kor_desk_people(struct kor_desk *desk, const struct kor_desk_course *course,
                const struct kor_closed **people, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < desk->n_courses; i++) {
        if (desk->courses[i] == course && !course->has_people) {
            code = read_people(desk, desk->courses[i], err);
        }
    }
    *people = &course->people;
    return code;
}

int32_t
kor_desk_today(const struct kor_desk *desk)
{
    const struct kor_clock *clock = desk->clinic->clock;
    return kor_date_at(clock->now_ms(clock));
}
