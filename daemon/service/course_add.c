/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Adding a course that was fitted elsewhere: to be used as it is, or as the
 * reference of a fit. */

#include <math.h>
#include <string.h>

#include "kor/base/utf8.h"
#include "kor/stat/judge.h"
#include "service/handlers.h"

/* Whether the course counts points as the scale does. */
static bool
is_on_scale(const struct kor_course *course, const struct kor_instrument *def)
{
    return course->better == def->better
        && !(fabs(course->min_points - def->min_total) > 0)
        && !(fabs(course->max_points - def->max_total) > 0);
}

/* What no clinic can have seen. */
#define MAX_TIME 1000

/* Rules foretell who ends reliably better, so a table says nothing where that
 * is another change.  Reliable change depends on no person. */
static enum kor_code
check_flags(const struct kor_course_record *record,
            const struct kor_instrument *def, struct kor_err *err)
{
    double counted = record->flags.rc_points;
    double here = def->reliable_change.points;
    if (record->flags.state != KOR_FLAGS_COUNTED) {
        return KOR_OK;
    }
    if (record->course.calibration.n_times == 0) {
        return kor_fail(err, KOR_BAD_VALUE, "calibration",
                        "the file has a table of flags and no calibrated "
                        "range: take a course that has both");
    }
    if (fabs(counted - here) <= 1e-9 * counted) {
        return KOR_OK;
    }
    if (isnan(here)) {
        return kor_fail(err, KOR_CONFLICT, "flags.reliable_change",
                        "the flags were counted with a reliable change of %g "
                        "points, and '%s' has none here, so no rule may mark "
                        "by them: add the same scale as where the course was "
                        "fitted", counted, def->key);
    }
    return kor_fail(err, KOR_CONFLICT, "flags.reliable_change",
                    "the flags were counted with a reliable change of %g "
                    "points, and '%s' has %g here, so no rule may mark by "
                    "them: have the course fitted with the same reliable "
                    "change", counted, def->key, here);
}

/* Times and instants that cannot be. */
static enum kor_code
check_times(struct kor_context *context,
            const struct kor_course_record *record)
{
    if (record->course.max_time > MAX_TIME) {
        return kor_fail(context->err, KOR_BAD_VALUE, "max_time",
                        "%s is %g and must be from %g to %g: change it",
                        "max_time", record->course.max_time,
                        record->course.first_time, (double)MAX_TIME);
    }
    if (record->fitted_at_ms > context->now_ms) {
        return kor_fail(context->err, KOR_BAD_VALUE, "fitted_at",
                        "the file says that the course is fitted later than "
                        "now: set the clock right, here or there");
    }
    return KOR_OK;
}

static enum kor_code
check_scale(struct kor_context *context,
            const struct kor_course_record *record)
{
    const struct kor_scale *scale;
    struct kor_buf definition = {0};
    int64_t id = 0;
    enum kor_code code = kor_store_definition_find(
        context->desk->store, KOR_DEFINITION_SCALE, record->instrument,
        record->version, &id, &definition, context->err);
    kor_buf_done(&definition);
    if (code == KOR_NOT_FOUND) {
        return kor_fail(context->err, KOR_NOT_FOUND, "instrument",
                        "the course is for '%s' in version %s, which is not "
                        "in the catalogue: add the scale first",
                        record->instrument, record->version);
    }
    if (code == KOR_OK) {
        code = kor_desk_scale_by_id(context->desk, id, &scale, context->err);
    }
    if (code == KOR_OK && scale->def.kind == KOR_KIND_ALLIANCE) {
        return kor_fail(context->err, KOR_BAD_VALUE, "instrument",
                        "alliance has no expected course");
    }
    if (code == KOR_OK && !is_on_scale(&record->course, &scale->def)) {
        return kor_fail(context->err, KOR_CONFLICT, "instrument",
                        "the course counts other points than '%s' does: it "
                        "was made for another scale", record->instrument);
    }
    return code == KOR_OK ? check_flags(record, &scale->def, context->err)
                          : code;
}

/* Whose episodes these were: what is said now, or what the file says unless
 * that is "own", which they are not here. */
static enum kor_code
set_source(struct kor_context *context, const char *source,
           struct kor_course_record *record)
{
    if (*source) {
        kor_utf8_copy(record->source, sizeof record->source, source);
    }
    if (!strcmp(record->source, KOR_COURSE_OWN_SOURCE)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "source",
                        "the file calls its episodes '%s', and here they are "
                        "another clinic's: say whose with --source",
                        KOR_COURSE_OWN_SOURCE);
    }
    return KOR_OK;
}

enum kor_code
kor_handle_course_add(struct kor_context *context, const void *request,
                      void *reply)
{
    const struct kor_msg_course_add *msg = request;
    struct kor_course_record record;
    struct kor_buf *text = &context->call->certificate;
    int64_t id;
    enum kor_code code
        = kor_course_parse(msg->certificate, strlen(msg->certificate),
                           &record, context->err);
    if (code == KOR_OK) {
        code = check_scale(context, &record);
    }
    if (code == KOR_OK) {
        code = check_times(context, &record);
    }
    if (code == KOR_OK) {
        code = set_source(context, msg->source, &record);
    }
    if (code == KOR_OK
        && record.min_people < kor_limits_default().min_people) {
        return kor_fail(context->err, KOR_BAD_VALUE, "min_people",
                        "a range needs at least %u people behind it: this "
                        "file asks for %u",
                        (unsigned)kor_limits_default().min_people,
                        (unsigned)record.min_people);
    }
    if (code == KOR_OK) {
        kor_buf_clear(text);
        kor_course_encode(&record, text);
        code = kor_store_course_add(context->desk->store, record.instrument,
                                    kor_buf_text(text), context->now_ms, &id,
                                    context->err);
    }
    return code == KOR_OK ? kor_course_reply(context, id, reply) : code;
}
