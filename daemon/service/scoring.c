/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers to rows, rows to messages: see service/scoring.h. */

#include "service/scoring.h"

#include <math.h>
#include <string.h>

#include "kor/base/utf8.h"
#include "service/handlers.h"

double
kor_points_clean(double points)
{
    return rint(points * 1e9) / 1e9;
}

/* Turns what the form says about attention into what is stored. */
static void
note_attention(const struct kor_instrument_result *result,
               struct kor_answer *answer)
{
    if (result->attention == KOR_ATTENTION_ASKED) {
        answer->attention = (int32_t)result->rule->item + 1;
        answer->findings |= KOR_FINDING_ATTENTION;
    } else if (result->attention == KOR_ATTENTION_NOT_SEEN) {
        answer->attention = -1;
    }
}

static enum kor_code
read_words(const struct kor_given *given, struct kor_answer *answer,
           struct kor_err *err)
{
    static const char *const hows[]
        = {"self", "aloud", "interpreter", "helped", "import"};
    struct kor_rater rater;
    enum kor_code code = kor_rater_parse(
        *given->rater ? given->rater : "client", &rater, err);
    if (code != KOR_OK) {
        return code;
    }
    kor_rater_format(&rater, answer->rater);
    if (*given->language && !kor_language_valid(given->language)) {
        return kor_fail(err, KOR_BAD_VALUE, "language",
                        "the language of the form is two or three small "
                        "letters, such as nb");
    }
    kor_utf8_copy(answer->language, sizeof answer->language, given->language);
    const char *how = *given->how ? given->how : "self";
    kor_utf8_copy(answer->how, sizeof answer->how, how);
    for (size_t i = 0; i < KOR_LENGTH(hows); i++) {
        if (!strcmp(how, hows[i])) {
            return KOR_OK;
        }
    }
    return kor_fail(err, KOR_BAD_VALUE, "how",
                    "'how' is self, aloud, interpreter or helped");
}

static enum kor_code
score(const struct kor_given *given, const struct kor_instrument *def,
      struct kor_instrument_result *result, struct kor_err *err)
{
    bool has_total = !isnan(given->total);
    if (has_total == (given->n_values > 0)) {
        return kor_fail(err, KOR_BAD_VALUE, "values",
                        "give either the %zu items or the total",
                        def->n_items);
    }
    return has_total ? kor_instrument_total(def, given->total, result, err)
                     : kor_instrument_score(def, given->values,
                                            given->n_values, result, err);
}

enum kor_code
kor_score_given(struct kor_desk *desk, const struct kor_given *given,
                struct kor_answer *answer, const struct kor_scale **scale,
                struct kor_err *err)
{
    enum kor_code code
        = given->instrument_id
              ? kor_desk_scale_by_id(desk, given->instrument_id, scale, err)
              : kor_desk_scale(desk, given->scale, scale, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_instrument_result result;
    code = score(given, &(*scale)->def, &result, err);
    if (code != KOR_OK) {
        return code;
    }
    /* What is not set is zero; the items behind n_items are never read. */
    answer->session_id = answer->shared_session_id = 0;
    answer->course_id = 0;
    answer->version = 1;
    answer->is_struck = false;
    answer->attention = 0;
    answer->findings = 0;
    answer->why[0] = '\0';
    answer->instrument_id = (*scale)->id;
    answer->n_items = given->n_values;
    if (given->n_values) {
        memcpy(answer->items, given->values,
               given->n_values * sizeof *given->values);
    }
    answer->total = kor_points_clean(result.total);
    answer->n_missing = (int32_t)result.n_missing;
    answer->is_prorated = result.is_prorated;
    note_attention(&result, answer);
    /* What was imported is past asking. */
    if (answer->attention < 0 && strcmp(given->how, "import")) {
        answer->findings |= KOR_FINDING_NOT_SEEN;
    }
    return read_words(given, answer, err);
}

static void
put_lines(const struct kor_verdict_extras *extras,
          struct kor_msg_verdict *out)
{
    const struct kor_reliable_change *rc
        = &extras->scale->def.reliable_change;
    if (!isnan(out->needed)) {
        kor_utf8_copy(out->needed_mark, sizeof out->needed_mark,
                      rc->is_provisional        ? "provisional"
                      : rc->origin.is_recalled ? "recalled"
                                               : "");
    }
    if (extras->with_sources && !isnan(out->needed)) {
        kor_utf8_copy(out->needed_source, sizeof out->needed_source,
                      rc->origin.source);
    }
    if (!extras->judged) {
        return;
    }
    const struct kor_cutoff *cutoff = extras->judged->lines.cutoff;
    if (cutoff) {
        out->cutoff = cutoff->points;
        kor_utf8_copy(out->cutoff_mark, sizeof out->cutoff_mark,
                      cutoff->origin.is_recalled ? "recalled" : "");
    }
    if (extras->with_sources) {
        const char *why = kor_line_reason_text(extras->judged->lines.reason);
        kor_utf8_copy(out->cutoff_note, sizeof out->cutoff_note,
                      cutoff ? cutoff->origin.source
                             : kor_text(extras->lang, why));
    }
}

/* Which rule says "less change than expected" of 'answer'. */
static enum kor_flag_rule
rule_of(const struct kor_answer *answer, const struct kor_judged *judged)
{
    if (answer->findings & KOR_FINDING_OFF_COURSE_TWICE) {
        return KOR_FLAG_TWICE;
    }
    return answer->findings & KOR_FINDING_OFF_COURSE
             ? kor_judge_rule(&judged->course->record.course,
                              &judged->measure, answer->findings)
             : KOR_FLAG_BAND80;
}

/* Less change than expected is said with the reason, and with how many like
 * this still ended better, if enough were counted. */
static void
put_less(const struct kor_answer *answer, const struct kor_judged *judged,
         struct kor_msg_verdict *out)
{
    const struct kor_course_flags *flags = &judged->course->record.flags;
    enum kor_flag_rule rule = rule_of(answer, judged);
    kor_utf8_copy(out->rule, sizeof out->rule, kor_flag_rule_name(rule));
    int of_ten = flags->state == KOR_FLAGS_COUNTED
                   ? kor_flags_of_ten(&flags->table, rule) : -1;
    if (of_ten >= 0) {
        out->still_better = of_ten;
    }
}

static void
put_judged(const struct kor_answer *answer, const struct kor_judged *judged,
           struct kor_msg_verdict *out)
{
    out->previous = judged->previous;
    if (judged->start_session) {
        out->start_session = judged->start_session;
    }
    if (judged->course && judged->course->id == answer->course_id) {
        out->course_people = judged->course->record.course.n_people;
        if (answer->standing == KOR_STANDING_LESS) {
            put_less(answer, judged, out);
        }
    }
}

static void
put_given(const struct kor_answer *answer, struct kor_msg_verdict *out)
{
    kor_utf8_copy(out->rater, sizeof out->rater, answer->rater);
    kor_utf8_copy(out->how, sizeof out->how, answer->how);
    out->version = answer->version;
    out->n_values = answer->n_items;
    memcpy(out->values, answer->items,
           answer->n_items * sizeof *answer->items);
    out->total = answer->total;
    if (answer->n_missing) {
        out->missing = answer->n_missing;
    }
    out->prorated = answer->is_prorated;
    out->struck = answer->is_struck;
    out->shared = answer->shared_session_id != 0;
    kor_utf8_copy(out->why, sizeof out->why, answer->why);
    if (answer->attention) {
        kor_utf8_copy(out->attention, sizeof out->attention,
                      answer->attention > 0 ? "asks" : "not-seen");
    }
    if (answer->attention > 0) {
        out->attention_item = answer->attention;
    }
}

void
kor_verdict_message(const struct kor_answer *answer,
                    const struct kor_verdict_extras *extras,
                    struct kor_msg_verdict *out)
{
    const struct kor_instrument *def = &extras->scale->def;
    kor_message_init(&kor_message_verdict, out);
    kor_utf8_copy(out->scale, sizeof out->scale, def->key);
    kor_utf8_copy(out->name, sizeof out->name,
                  kor_words_in(&def->names, extras->lang));
    kor_utf8_copy(out->kind, sizeof out->kind, kor_kind_name(def->kind));
    kor_utf8_copy(out->better, sizeof out->better,
                  def->better == KOR_HIGHER_IS_BETTER ? "higher" : "lower");
    out->scale_min = def->min_total;
    out->scale_max = def->max_total;
    out->session = extras->session->number;
    out->date = extras->session->session_date;
    out->lead = extras->is_lead;
    out->replaced = extras->is_replaced;
    put_given(answer, out);
    out->start = answer->start;
    out->needed = answer->needed;
    if (!isnan(answer->total) && !isnan(answer->start)) {
        out->change = kor_points_clean(answer->total - answer->start);
    }
    if (answer->course_id) {
        out->course = answer->course_id;
    }
    out->expected = answer->expected;
    out->low80 = answer->low80;
    out->high80 = answer->high80;
    kor_utf8_copy(out->standing, sizeof out->standing,
                  kor_standing_wire(answer->standing));
    kor_utf8_copy(out->unsaid, sizeof out->unsaid,
                  kor_unsaid_wire(answer->unsaid));
    kor_finding_words(answer->findings, out->findings,
                      KOR_LENGTH(out->findings), &out->n_findings);
    put_lines(extras, out);
    if (extras->judged) {
        put_judged(answer, extras->judged, out);
    }
}
