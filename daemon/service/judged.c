/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One line of an episode, judged: see service/judged.h. */

#include "service/judged.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"

#define FEW 64 /* Scores that are judged without asking for memory. */

static bool
is_of_line(const struct kor_point *point, const struct kor_line *line,
           size_t last)
{
    return !point->is_struck && (size_t)point->session_index <= last
        && point->instrument_id == line->scale->id
        && !strcmp(point->rater, line->rater);
}

static int
by_session(const void *a, const void *b)
{
    const struct kor_judge_score *x = a, *y = b;
    return (x->session > y->session) - (x->session < y->session);
}

/* Sets the time of each score in the unit of the course. */
static void
set_times(const struct kor_course_record *record,
          struct kor_judge_score scores[], size_t n)
{
    uint32_t by = kor_limits_default().start_by_session;
    size_t start = 0;
    while (start < n && isnan(scores[start].points)) {
        start++;
    }
    if (start == n || scores[start].session > by) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        scores[i].at
            = record->unit == KOR_COURSE_SESSIONS
                  ? 1.0 + scores[i].session - scores[start].session
                  : (scores[i].date_days - scores[start].date_days) / 7.0;
    }
}

size_t
kor_line_scores(const struct kor_timeline *timeline,
                const struct kor_line *line, size_t last,
                const struct kor_course_record *record,
                struct kor_judge_score out[], size_t n_max)
{
    size_t n = 0;
    bool is_sorted = true;
    for (size_t i = 0; i < timeline->n_points && n < n_max; i++) {
        const struct kor_point *point = &timeline->points[i];
        if (!is_of_line(point, line, last)) {
            continue;
        }
        const struct kor_session *session
            = &timeline->sessions[point->session_index];
        out[n] = (struct kor_judge_score){
            .session = (uint32_t)session->number,
            .date_days = session->session_date,
            .at = NAN,
            .points = point->total};
        is_sorted &= n == 0 || out[n - 1].session < out[n].session;
        n++;
    }
    if (!is_sorted) {
        qsort(out, n, sizeof *out, by_session);
    }
    if (record) {
        set_times(record, out, n);
    }
    return n;
}

bool
kor_attention_is_open(const struct kor_timeline *timeline)
{
    for (size_t i = 0; i < timeline->n_signals; i++) {
        if (timeline->signals[i].finding == KOR_FINDING_ATTENTION) {
            return true;
        }
    }
    return false;
}

static enum kor_role
role_of(const char *rater)
{
    struct kor_rater parsed = {.role = KOR_ROLE_CLIENT};
    return kor_rater_parse(rater, &parsed, NULL) == KOR_OK ? parsed.role
                                                           : KOR_ROLE_CLIENT;
}

/* What has to be known of the person on the day of the last score. */
static struct kor_who
who_is(const struct kor_timeline *timeline, const struct kor_line *line,
       size_t last)
{
    const struct kor_person *person = &timeline->episode.person;
    struct kor_who who = {.rater = role_of(line->rater),
                          .age_years = KOR_NO_AGE,
                          .gender = KOR_GENDER_UNKNOWN};
    if (person->born_month != KOR_NO_MONTH && last < timeline->n_sessions) {
        who.age_years = kor_age_years(person->born_month,
                                      timeline->sessions[last].session_date);
    }
    if (person->gender[0]
        && !kor_gender_from(person->gender, &who.gender)) {
        who.gender = KOR_GENDER_UNKNOWN;
    }
    return who;
}

static enum kor_code
judge_alliance(const struct kor_judged *judged, const struct kor_line *line,
               const struct kor_judge_score scores[], size_t n,
               struct kor_verdict *out, struct kor_err *err)
{
    double few[FEW];
    double *points = n <= FEW ? few : kor_alloc_array(n, sizeof *points);
    for (size_t i = 0; i < n; i++) {
        points[i] = scores[i].points;
    }
    const struct kor_alliance_limits *limits = &line->scale->def.alliance;
    struct kor_measure measure = judged->measure;
    measure.cutoff_points = limits->cutoff_points;
    measure.cutoff_compare = limits->cutoff_compare;
    struct kor_alliance_verdict found;
    enum kor_code code = kor_judge_alliance(&measure, limits->drop_points,
                                            points, n, &found, err);
    if (code == KOR_OK) {
        *out = (struct kor_verdict){.start_index = KOR_NO_SCORE,
                                    .last_index = found.last_index,
                                    .n_given = found.n_given,
                                    .start = NAN,
                                    .last = found.last,
                                    .change_points = found.change_points,
                                    .improvement = NAN,
                                    .needed_points = NAN,
                                    .expected = NAN,
                                    .low80 = NAN,
                                    .high80 = NAN,
                                    .low68 = NAN,
                                    .high68 = NAN,
                                    .unsaid = KOR_UNSAID_NO_COURSE,
                                    .findings = found.findings};
    }
    if (points != few) {
        free(points);
    }
    return code;
}

static void
look_back(const struct kor_judge_score scores[], size_t n,
          struct kor_judged *out)
{
    const struct kor_verdict *verdict = &out->verdict;
    out->previous = NAN;
    for (size_t i = 0; i + 1 < n; i++) {
        if (!isnan(scores[i].points)) {
            out->previous = scores[i].points;
        }
    }
    out->start_session = verdict->start_index < n
                             ? (int32_t)scores[verdict->start_index].session
                             : 0;
}

static enum kor_code
judge_scores(struct kor_desk *desk, const struct kor_timeline *timeline,
             const struct kor_line *line, const struct kor_who *who,
             size_t last, bool is_attention_open,
             struct kor_judge_score scores[], size_t n_max,
             struct kor_judged *out, struct kor_err *err)
{
    if (line->scale->def.kind == KOR_KIND_ALLIANCE) {
        size_t n = kor_line_scores(timeline, line, last, NULL, scores, n_max);
        enum kor_code code
            = judge_alliance(out, line, scores, n, &out->verdict, err);
        look_back(scores, n, out);
        return code;
    }
    const struct kor_course_wish wish
        = {.scale = line->scale,
           .rater = who->rater,
           .age_years = who->age_years,
           .pathway = timeline->episode.pathway};
    enum kor_code code
        = kor_desk_course(desk, &wish, &out->course, &out->refusal, err);
    if (code != KOR_OK) {
        return code;
    }
    const struct kor_course_record *record
        = out->course ? &out->course->record : NULL;
    if (record) {
        out->limits.min_people = record->min_people;
    }
    size_t n = kor_line_scores(timeline, line, last, record, scores, n_max);
    code = kor_judge(&out->measure, record ? &record->course : NULL,
                     &out->limits, scores, n, is_attention_open,
                     &out->verdict, err);
    look_back(scores, n, out);
    return code;
}

/* What counts as stalled is the pathway's to say. */
static enum kor_code
set_limits(struct kor_desk *desk, const struct kor_episode *episode,
           struct kor_limits *limits, struct kor_err *err)
{
    const struct kor_desk_pathway *pathway;
    *limits = kor_limits_default();
    if (!episode->pathway_id) {
        return KOR_OK;
    }
    enum kor_code code = kor_desk_pathway_by_id(desk, episode->pathway_id,
                                                &pathway, err);
    if (code == KOR_OK) {
        int sessions = pathway->def.stalled_sessions;
        int days = pathway->def.stalled_days;
        limits->stalled_sessions
            = sessions == KOR_NO_LIMIT ? 0 : (uint32_t)sessions;
        limits->stalled_days = days == KOR_NO_LIMIT ? 0 : (uint32_t)days;
    }
    return code;
}

enum kor_code
kor_judge_line(struct kor_desk *desk, const struct kor_timeline *timeline,
               const struct kor_line *line, size_t last,
               bool is_attention_open, struct kor_judged *out,
               struct kor_err *err)
{
    *out = (struct kor_judged){.course = NULL};
    enum kor_code code
        = set_limits(desk, &timeline->episode, &out->limits, err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_who who = who_is(timeline, line, last);
    kor_instrument_measure(&line->scale->def, &who, &out->measure,
                           &out->lines);
    struct kor_judge_score few[FEW];
    size_t n_max = timeline->n_points;
    struct kor_judge_score *scores
        = n_max <= FEW ? few : kor_alloc_array(n_max, sizeof *scores);
    code
        = judge_scores(desk, timeline, line, &who, last, is_attention_open,
                       scores, n_max, out, err);
    if (scores != few) {
        free(scores);
    }
    return code;
}

void
kor_hold_back(bool is_attention_open, enum kor_standing *standing,
              enum kor_unsaid *unsaid)
{
    if (is_attention_open && (*standing == KOR_STANDING_EXPECTED
                              || *standing == KOR_STANDING_BETTER)) {
        *standing = KOR_STANDING_UNKNOWN;
        *unsaid = KOR_UNSAID_HELD_BACK;
    }
}

void
kor_judged_into(const struct kor_judged *judged, struct kor_answer *answer)
{
    const struct kor_verdict *verdict = &judged->verdict;
    /* Without a score the verdict speaks of the one before. */
    bool is_scored = !isnan(answer->total);
    bool has_band = is_scored && verdict->has_band;
    answer->start = verdict->start;
    answer->needed = verdict->needed_points;
    answer->course_id = has_band && judged->course ? judged->course->id : 0;
    answer->expected = has_band ? verdict->expected : NAN;
    answer->low80 = has_band ? verdict->low80 : NAN;
    answer->high80 = has_band ? verdict->high80 : NAN;
    answer->standing = is_scored ? verdict->standing : KOR_STANDING_UNKNOWN;
    answer->unsaid = is_scored ? verdict->unsaid : KOR_UNSAID_NOTHING;
    if (is_scored) {
        answer->findings
            |= verdict->findings & ~(unsigned)KOR_FINDING_ATTENTION;
    }
}
