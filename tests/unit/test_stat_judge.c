/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The judge: each rule of docs/methods/findings.md, by hand. */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/err.h"
#include "kor/stat/course.h"
#include "kor/stat/judge.h"

enum { max_scores = 12 };

#define GAP NAN

/* 0 to 40, higher is better, reliable change 5, past the line from 26. */
static const struct kor_measure measure
    = {0, 40, KOR_HIGHER_IS_BETTER, 5, KOR_AT_LEAST, 25, KOR_MORE_THAN};

/* Expected: the start score and a point a session; the 80 % band is 5 points
 * on either side (1.2815515655446004 is the 90 % point of the normal), the
 * 68 % band 5 * 0.994457883209753 / 1.2815515655446004. */
static const struct kor_course course = {.f = KOR_TIME_IDENTITY,
                                         .b1 = 1,
                                         .b2 = 1,
                                         .sigma = 5 / 1.2815515655446004,
                                         .max_points = 40,
                                         .better = KOR_HIGHER_IS_BETTER,
                                         .first_time = 1,
                                         .max_time = 8,
                                         .n_people = 50,
                                         .n_records = 300};

/* Scores of the sessions 1, 2, ... a week apart; the course counts from 0. */
static size_t
weekly(const double points[], size_t n, struct kor_judge_score scores[])
{
    for (size_t i = 0; i < n; i++) {
        scores[i] = (struct kor_judge_score){.session = (uint32_t)i + 1,
                                             .date_days = 19000 + 7 * (int)i,
                                             .at = (double)i,
                                             .points = points[i]};
    }
    return n;
}

static struct kor_verdict
judged_all(const struct kor_measure *m, const struct kor_course *c,
           const struct kor_limits *limits, bool is_attention_open,
           const double points[], size_t n)
{
    struct kor_judge_score scores[max_scores];
    struct kor_verdict out;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_judge(m, c, limits, scores, weekly(points, n, scores),
                               is_attention_open, &out, &err),
                     KOR_OK);
    return out;
}

#define POINTS(...)                                                           \
    (const double[]){__VA_ARGS__},                                            \
        sizeof((const double[]){__VA_ARGS__}) / sizeof(double)

/* Without a course, and with it. */
#define judged(...)                                                           \
    judged_all(&measure, NULL, NULL, false, POINTS(__VA_ARGS__))
#define held(...)                                                             \
    judged_all(&measure, &course, NULL, false, POINTS(__VA_ARGS__))

static void
no_score_is_too_early_to_say(void **state)
{
    (void)state;
    struct kor_verdict out;
    assert_int_equal(
        kor_judge(&measure, NULL, NULL, NULL, 0, false, &out, NULL), KOR_OK);
    assert_int_equal(out.findings, KOR_FINDING_TOO_EARLY);
    assert_int_equal(out.start_index, KOR_NO_SCORE);
    assert_int_equal(out.last_index, KOR_NO_SCORE);
    assert_int_equal(out.unsaid, KOR_UNSAID_TOO_EARLY);
    assert_near(NAN, out.start, 0, 0);
    out = judged(GAP);
    assert_int_equal(out.findings, KOR_FINDING_TOO_EARLY);
}

static void
a_start_score_alone_is_too_early_to_say(void **state)
{
    (void)state;
    struct kor_verdict out = held(18, GAP, GAP);
    assert_int_equal(out.findings, KOR_FINDING_TOO_EARLY);
    assert_int_equal(out.standing, KOR_STANDING_UNKNOWN);
    assert_int_equal(out.unsaid, KOR_UNSAID_TOO_EARLY);
    assert_int_equal(out.n_given, 1);
    assert_int_equal(out.n_missing, 2);
    assert_near(18, out.start, 0, 0);
    assert_near(0, out.change_points, 0, 0);
    assert_false(out.has_band);
}

static void
the_start_score_is_the_first_one_by_session_2(void **state)
{
    (void)state;
    struct kor_verdict out = judged(GAP, 18, 20);
    assert_int_equal(out.start_index, 1);
    assert_near(18, out.start, 0, 0);
    assert_near(2, out.change_points, 0, 0);
    out = held(GAP, GAP, 10, 30, 30, 30, 30);
    assert_int_equal(out.start_index, KOR_NO_SCORE);
    assert_int_equal(out.last_index, 6);
    assert_int_equal(out.findings, 0);
    assert_int_equal(out.standing, KOR_STANDING_UNKNOWN);
    assert_int_equal(out.unsaid, KOR_UNSAID_NO_START);
}

static void
a_reliable_gain_is_better(void **state)
{
    (void)state;
    struct kor_verdict out = judged(15, 17, 20);
    assert_int_equal(out.findings, KOR_FINDING_RELIABLY_BETTER);
    assert_near(5, out.improvement, 0, 0);
    assert_near(5, out.needed_points, 0, 0);
    assert_int_equal(out.last_index, 2);
    out = judged(15, 20, 19);
    assert_int_equal(out.findings, 0);
}

static void
a_reliable_gain_past_the_cutoff_is_recovery(void **state)
{
    (void)state;
    unsigned both = KOR_FINDING_RELIABLY_BETTER | KOR_FINDING_RECOVERED;
    assert_int_equal(judged(20, 26).findings, both);
    assert_int_equal(judged(20, 25).findings, KOR_FINDING_RELIABLY_BETTER);
    assert_int_equal(judged(22, 26).findings, 0);
    struct kor_measure no_line = measure;
    no_line.cutoff_points = NAN;
    assert_int_equal(
        judged_all(&no_line, NULL, NULL, false, POINTS(20, 26)).findings,
        KOR_FINDING_RELIABLY_BETTER);
}

static void
a_reliable_loss_is_worse_and_asks(void **state)
{
    (void)state;
    struct kor_verdict out = judged(15, 10);
    assert_int_equal(out.findings, KOR_FINDING_RELIABLY_WORSE);
    assert_int_equal(kor_findings_asking(out.findings), out.findings);
    assert_near(-5, out.change_points, 0, 0);
    assert_int_equal(judged(15, 11).findings, 0);
}

static void
six_sessions_without_reliable_change_are_stalled(void **state)
{
    (void)state;
    assert_int_equal(judged(15, 16, 15, 14, 16).findings, 0);
    assert_int_equal(judged(15, 16, 15, 14, 16, 15).findings,
                     KOR_FINDING_STALLED);
    assert_int_equal(judged(15, GAP, GAP, GAP, GAP, 15).findings,
                     KOR_FINDING_STALLED);
    assert_int_equal(judged(GAP, 15, 16, 15, 14, 16).findings, 0);
    assert_int_equal(judged(15, 16, 15, 14, 16, 20).findings,
                     KOR_FINDING_RELIABLY_BETTER);
    assert_int_equal(judged(15, 16, 15, 14, 16, 10).findings,
                     KOR_FINDING_RELIABLY_WORSE);
}

static void
a_gain_that_is_lost_again_is_no_reliable_change(void **state)
{
    (void)state;
    assert_int_equal(judged(15, 21, 22, 20, 18, 16).findings,
                     KOR_FINDING_STALLED);
}

static void
ninety_days_without_reliable_change_are_stalled(void **state)
{
    (void)state;
    struct kor_judge_score scores[] = {{1, 100, 0, 15}, {2, 189, 13, 16}};
    struct kor_verdict out;
    assert_int_equal(
        kor_judge(&measure, NULL, NULL, scores, 2, false, &out, NULL),
        KOR_OK);
    assert_int_equal(out.findings, 0);
    scores[1].date_days = 190;
    assert_int_equal(
        kor_judge(&measure, NULL, NULL, scores, 2, false, &out, NULL),
        KOR_OK);
    assert_int_equal(out.findings, KOR_FINDING_STALLED);
}

static void
a_pathway_may_do_without_stalled(void **state)
{
    (void)state;
    struct kor_limits limits = kor_limits_default();
    limits.stalled_sessions = 0;
    limits.stalled_days = 0;
    assert_int_equal(judged_all(&measure, NULL, &limits, false,
                                POINTS(15, 15, 15, 15, 15, 15, 15, 15))
                         .findings,
                     0);
}

static void
who_starts_past_the_cutoff_is_not_stalled_nor_recovered(void **state)
{
    (void)state;
    assert_int_equal(judged(28, 28, 28, 28, 28, 28, 28).findings,
                     KOR_FINDING_STARTS_PAST);
    assert_int_equal(judged(28, 34).findings,
                     KOR_FINDING_STARTS_PAST | KOR_FINDING_RELIABLY_BETTER);
}

static void
who_starts_past_the_cutoff_is_worse_only_after_two_scores(void **state)
{
    (void)state;
    unsigned past = KOR_FINDING_STARTS_PAST;
    unsigned worse = past | KOR_FINDING_RELIABLY_WORSE;
    assert_int_equal(judged(28, 22).findings, past);
    assert_int_equal(judged(28, 22, 21).findings, worse);
    assert_int_equal(judged(28, 22, GAP, 21).findings, worse);
    assert_int_equal(judged(28, 22, 28, 21).findings, past);
    assert_int_equal(judged(28, 24, 21).findings, past);
}

static void
who_starts_with_little_room_is_not_stalled_nor_worse_at_once(void **state)
{
    (void)state;
    struct kor_measure m = measure;
    m.cutoff_points = NAN;
    unsigned room = KOR_FINDING_LITTLE_ROOM;
    assert_int_equal(judged_all(&m, NULL, NULL, false,
                                POINTS(36, 36, 36, 36, 36, 36, 36)).findings,
                     room);
    assert_int_equal(
        judged_all(&m, NULL, NULL, false, POINTS(36, 30)).findings, room);
    assert_int_equal(
        judged_all(&m, NULL, NULL, false, POINTS(36, 30, 31)).findings,
        room | KOR_FINDING_RELIABLY_WORSE);
    assert_int_equal(
        judged_all(&m, NULL, NULL, false, POINTS(35, 30)).findings,
        KOR_FINDING_RELIABLY_WORSE);
    m.rc_compare = KOR_MORE_THAN;
    assert_int_equal(
        judged_all(&m, NULL, NULL, false, POINTS(35, 34)).findings, room);
}

static void
without_a_known_reliable_change_it_finds_nothing(void **state)
{
    (void)state;
    struct kor_measure m = measure;
    m.rc_points = NAN;
    struct kor_verdict out
        = judged_all(&m, NULL, NULL, false,
                     POINTS(15, 2, 2, 2, 2, 2, 2, 39));
    assert_int_equal(out.findings, 0);
    assert_near(NAN, out.needed_points, 0, 0);
    assert_near(24, out.improvement, 0, 0);
}

static void
without_a_course_no_standing_is_given(void **state)
{
    (void)state;
    struct kor_verdict out = judged(15, 15, 15);
    assert_int_equal(out.standing, KOR_STANDING_UNKNOWN);
    assert_int_equal(out.unsaid, KOR_UNSAID_NO_COURSE);
    assert_int_equal(out.findings, 0);
    assert_false(out.has_band);
    assert_near(NAN, out.expected, 0, 0);
}

static void
the_band_is_that_of_the_course_at_the_last_score(void **state)
{
    (void)state;
    struct kor_verdict out = held(15, 15, 18);
    assert_true(out.has_band);
    assert_near(17, out.expected, 0, 1e-14);
    assert_near(12, out.low80, 0, 1e-14);
    assert_near(22, out.high80, 0, 1e-14);
    double inner = 5 * 0.994457883209753 / 1.2815515655446004;
    assert_near(17 - inner, out.low68, 0, 1e-14);
    assert_near(17 + inner, out.high68, 0, 1e-14);
    assert_int_equal(out.standing, KOR_STANDING_EXPECTED);
    assert_int_equal(out.unsaid, KOR_UNSAID_NOTHING);
    out = held(34, 35, 38);
    assert_near(40, out.high80, 0, 0);
}

static void
beyond_the_band_stands_better_or_less(void **state)
{
    (void)state;
    struct kor_verdict out = held(15, 16, 23);
    assert_int_equal(out.standing, KOR_STANDING_BETTER);
    assert_int_equal(out.findings, KOR_FINDING_RELIABLY_BETTER);
    out = held(15, 15, 11);
    assert_int_equal(out.standing, KOR_STANDING_LESS);
    assert_int_equal(out.findings, KOR_FINDING_OFF_COURSE);
    assert_false(kor_finding_asks(KOR_FINDING_OFF_COURSE));
}

static void
off_course_twice_running_asks(void **state)
{
    (void)state;
    unsigned twice = KOR_FINDING_OFF_COURSE | KOR_FINDING_OFF_COURSE_TWICE;
    struct kor_verdict out = held(15, 15, 11.5, 12);
    assert_int_equal(out.findings, twice);
    assert_int_equal(kor_findings_asking(out.findings),
                     KOR_FINDING_OFF_COURSE_TWICE);
    assert_int_equal(held(15, 11.9, 11.5, GAP, 13).findings, twice);
    assert_int_equal(held(15, 11, 13, 12).findings, KOR_FINDING_OFF_COURSE);
    assert_int_equal(held(15, 15, 11.5, 13).findings, 0);
}

static void
a_start_score_is_never_off_course(void **state)
{
    (void)state;
    struct kor_course high = course;
    high.b0 = 10;
    high.first_time = 0;
    assert_int_equal(
        judged_all(&measure, &high, NULL, false, POINTS(15, 16)).findings,
        KOR_FINDING_OFF_COURSE);
    assert_int_equal(
        judged_all(&measure, &high, NULL, false, POINTS(15, 16, 16)).findings,
        KOR_FINDING_OFF_COURSE | KOR_FINDING_OFF_COURSE_TWICE);
}

static void
a_course_with_few_behind_it_is_not_used(void **state)
{
    (void)state;
    struct kor_course few = course;
    few.n_people = 49;
    struct kor_verdict out
        = judged_all(&measure, &few, NULL, false, POINTS(15, 11.5, 11.5));
    assert_false(out.has_band);
    assert_int_equal(out.standing, KOR_STANDING_UNKNOWN);
    assert_int_equal(out.unsaid, KOR_UNSAID_FEW_BEHIND);
    assert_int_equal(out.findings, 0);
}

static void
a_course_does_not_speak_beyond_its_times(void **state)
{
    (void)state;
    struct kor_course brief = course;
    brief.max_time = 2;
    struct kor_verdict out = judged_all(&measure, &brief, NULL, false,
                                        POINTS(15, 11, 11.5, 11.5));
    assert_false(out.has_band);
    assert_int_equal(out.unsaid, KOR_UNSAID_UNSUPPORTED);
    assert_int_equal(out.findings, 0);
    out = judged_all(&measure, &brief, NULL, false, POINTS(15, 11.5, 11.5));
    assert_true(out.has_band);
}

static void
no_reassurance_while_an_attention_answer_is_open(void **state)
{
    (void)state;
    struct kor_verdict out
        = judged_all(&measure, &course, NULL, true, POINTS(15, 16));
    assert_int_equal(out.findings, KOR_FINDING_ATTENTION);
    assert_int_equal(kor_findings_asking(out.findings),
                     KOR_FINDING_ATTENTION);
    assert_int_equal(out.standing, KOR_STANDING_UNKNOWN);
    assert_int_equal(out.unsaid, KOR_UNSAID_HELD_BACK);
    assert_true(out.has_band);
    out = judged_all(&measure, &course, NULL, true, POINTS(15, 23));
    assert_int_equal(out.standing, KOR_STANDING_UNKNOWN);
    out = judged_all(&measure, &course, NULL, true, POINTS(15, 10.5));
    assert_int_equal(out.standing, KOR_STANDING_LESS);
}

static void
no_reassurance_while_the_score_is_reliably_worse(void **state)
{
    (void)state;
    struct kor_course downhill = course;
    downhill.b1 = -3;
    struct kor_verdict out
        = judged_all(&measure, &downhill, NULL, false, POINTS(15, 12, 10));
    assert_int_equal(out.findings, KOR_FINDING_RELIABLY_WORSE);
    assert_int_equal(out.standing, KOR_STANDING_UNKNOWN);
    assert_int_equal(out.unsaid, KOR_UNSAID_HELD_BACK);
    /* Also before "worse" is said of who started past the cut-off. */
    out = judged_all(&measure, &downhill, NULL, false, POINTS(28, 28, 23));
    assert_int_equal(out.findings, KOR_FINDING_STARTS_PAST);
    assert_int_equal(out.unsaid, KOR_UNSAID_HELD_BACK);
}

static void
what_breaks_the_contract_is_refused(void **state)
{
    (void)state;
    struct kor_verdict out = {.n_given = 77};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_judge_score scores[] = {{1, 0, 0, 15}, {1, 7, 1, 16}};
    assert_int_equal(
        kor_judge(&measure, NULL, NULL, scores, 2, false, &out, &err),
        KOR_BAD_VALUE);
    assert_string_equal(err.field, "session");
    scores[1] = (struct kor_judge_score){2, 7, 1, 40.5};
    assert_int_equal(
        kor_judge(&measure, NULL, NULL, scores, 2, false, &out, &err),
        KOR_BAD_VALUE);
    assert_string_equal(err.field, "score");
    struct kor_course other = course;
    other.better = KOR_LOWER_IS_BETTER;
    assert_int_equal(
        kor_judge(&measure, &other, NULL, scores, 1, false, &out, &err),
        KOR_CONFLICT);
    other = course;
    other.max_points = 63;
    assert_int_equal(
        kor_judge(&measure, &other, NULL, scores, 1, false, &out, &err),
        KOR_CONFLICT);
    other = course;
    other.min_points = 1;
    assert_int_equal(
        kor_judge(&measure, &other, NULL, scores, 1, false, &out, &err),
        KOR_CONFLICT);
    assert_int_equal(out.n_given, 77);
}

/* A small generator, so that the same scores come on every machine. */
static double
next_points(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    unsigned draw = (*seed >> 16) % 47;
    return draw > 40 ? (double)NAN : (double)draw;
}

/* c times the points plus d; with c < 0 the scale is turned round. */
static double
moved(double points, double c, double d)
{
    return c * points + d;
}

static struct kor_measure
moved_measure(double c, double d)
{
    struct kor_measure m = measure;
    m.min_points = moved(c > 0 ? 0 : 40, c, d);
    m.max_points = moved(c > 0 ? 40 : 0, c, d);
    m.better = c > 0 ? KOR_HIGHER_IS_BETTER : KOR_LOWER_IS_BETTER;
    m.rc_points *= fabs(c);
    m.cutoff_points = moved(m.cutoff_points, c, d);
    return m;
}

static struct kor_course
moved_course(double c, double d)
{
    struct kor_measure m = moved_measure(c, d);
    struct kor_course k = course;
    k.b1 *= c;
    k.sigma *= fabs(c);
    k.min_points = m.min_points;
    k.max_points = m.max_points;
    k.better = m.better;
    return k;
}

static void
the_verdict_is_the_same(double c, double d)
{
    struct kor_measure m = moved_measure(c, d);
    struct kor_course k = moved_course(c, d);
    uint32_t seed = 11;
    unsigned seen = 0;
    for (int round = 0; round < 3000; round++) {
        double points[max_scores], other[max_scores];
        size_t n = 1 + (size_t)round % 9;
        for (size_t i = 0; i < n; i++) {
            points[i] = next_points(&seed);
            other[i] = moved(points[i], c, d);
        }
        struct kor_verdict a
            = judged_all(&measure, &course, NULL, false, points, n);
        struct kor_verdict b = judged_all(&m, &k, NULL, false, other, n);
        assert_int_equal(a.findings, b.findings);
        assert_int_equal(a.standing, b.standing);
        assert_int_equal(a.unsaid, b.unsaid);
        assert_int_equal(a.start_index, b.start_index);
        assert_near(moved(a.expected, c, d), b.expected, 1e-9, 1e-9);
        assert_near(c * a.change_points, b.change_points, 1e-9, 1e-9);
        seen |= a.findings;
    }
    /* All but attention and alliance came up. */
    assert_int_equal(seen, 0x3fe);
}

static void
points_times_c_plus_d_give_the_same_verdict(void **state)
{
    (void)state;
    the_verdict_is_the_same(4, 64);
}

static void
a_scale_turned_round_gives_the_same_verdict(void **state)
{
    (void)state;
    the_verdict_is_the_same(-1, 40);
}

static struct kor_alliance_verdict
alliance(double drop, const double points[], size_t n)
{
    static const struct kor_measure m
        = {0, 30, KOR_HIGHER_IS_BETTER, NAN, KOR_AT_LEAST, 24, KOR_AT_LEAST};
    struct kor_alliance_verdict out;
    assert_int_equal(kor_judge_alliance(&m, drop, points, n, &out, NULL),
                     KOR_OK);
    return out;
}

static void
alliance_below_the_cutoff_is_low(void **state)
{
    (void)state;
    assert_int_equal(alliance(NAN, POINTS(23.9)).findings,
                     KOR_FINDING_ALLIANCE_LOW);
    assert_int_equal(alliance(NAN, POINTS(24)).findings, 0);
    struct kor_measure no_line
        = {0, 30, KOR_HIGHER_IS_BETTER, NAN, KOR_AT_LEAST, NAN, KOR_AT_LEAST};
    struct kor_alliance_verdict out;
    assert_int_equal(
        kor_judge_alliance(&no_line, 1, POINTS(3), &out, NULL), KOR_OK);
    assert_int_equal(out.findings, 0);
}

static void
alliance_falls_by_the_limit_or_more(void **state)
{
    (void)state;
    struct kor_alliance_verdict out = alliance(1, POINTS(28.3, 27.3));
    assert_int_equal(out.findings, KOR_FINDING_ALLIANCE_FALLEN);
    assert_near(-1, out.change_points, 0, 1e-12);
    assert_int_equal(out.last_index, 1);
    assert_int_equal(alliance(1, POINTS(28.3, 27.4)).findings, 0);
    assert_true(24.9 - 24.1 < 0.8); /* In binary. */
    assert_int_equal(alliance(0.8, POINTS(24.9, 24.1)).findings,
                     KOR_FINDING_ALLIANCE_FALLEN);
    assert_int_equal(alliance(NAN, POINTS(29, 25)).findings, 0);
    assert_int_equal(alliance(1, POINTS(28, GAP, 26, GAP)).findings,
                     KOR_FINDING_ALLIANCE_FALLEN);
    assert_int_equal(alliance(1, POINTS(28, 25, 26)).findings, 0);
}

static void
alliance_says_where_the_scale_ends(void **state)
{
    (void)state;
    assert_int_equal(alliance(1, POINTS(29, 30)).findings,
                     KOR_FINDING_ALLIANCE_TOP);
    assert_int_equal(alliance(5, POINTS(4, 3)).findings,
                     KOR_FINDING_ALLIANCE_LOW
                         | KOR_FINDING_ALLIANCE_NO_ROOM);
    assert_int_equal(alliance(1, POINTS(1, 0)).findings,
                     KOR_FINDING_ALLIANCE_LOW | KOR_FINDING_ALLIANCE_FALLEN);
    struct kor_alliance_verdict none = alliance(1, POINTS(GAP));
    assert_int_equal(none.findings, 0);
    assert_int_equal(none.last_index, KOR_NO_SCORE);
    assert_near(NAN, none.last, 0, 0);
}

static void
alliance_asks_for_no_answer(void **state)
{
    (void)state;
    unsigned all = KOR_FINDING_ALLIANCE_LOW | KOR_FINDING_ALLIANCE_FALLEN
                 | KOR_FINDING_ALLIANCE_TOP | KOR_FINDING_ALLIANCE_NO_ROOM;
    assert_int_equal(kor_findings_asking(all), 0);
}

static void
an_alliance_score_outside_the_scale_is_refused(void **state)
{
    (void)state;
    static const double points[] = {28, 31};
    struct kor_alliance_verdict out = {.n_given = 7};
    struct kor_measure m = measure;
    m.max_points = 30;
    assert_int_equal(kor_judge_alliance(&m, 1, points, 2, &out, NULL),
                     KOR_BAD_VALUE);
    assert_int_equal(out.n_given, 7);
}

static void
four_findings_ask_for_an_answer(void **state)
{
    (void)state;
    assert_int_equal(kor_findings_asking(~0u),
                     KOR_FINDING_ATTENTION | KOR_FINDING_RELIABLY_WORSE
                         | KOR_FINDING_OFF_COURSE_TWICE
                         | KOR_FINDING_STALLED);
    assert_true(kor_finding_asks(KOR_FINDING_STALLED));
    assert_false(kor_finding_asks(KOR_FINDING_RECOVERED));
}

static void
every_finding_has_a_bit_and_words_of_its_own(void **state)
{
    (void)state;
    unsigned seen = 0;
    for (size_t i = 0; i < KOR_N_FINDINGS; i++) {
        enum kor_finding back, finding = kor_findings[i];
        assert_int_equal(seen & finding, 0);
        seen |= finding;
        assert_true(kor_finding_from(kor_finding_wire(finding), &back));
        assert_int_equal(back, finding);
        assert_true(strlen(kor_finding_text(finding)) > 0);
    }
    enum kor_finding none;
    assert_false(kor_finding_from("no such finding", &none));
    assert_string_equal(kor_finding_text((enum kor_finding)0), "");
    assert_string_equal(kor_finding_wire((enum kor_finding)3), "");
    assert_string_equal(kor_finding_text(KOR_FINDING_STALLED),
                        "no reliable change yet");
}

static void
standings_and_reasons_have_words(void **state)
{
    (void)state;
    for (int i = KOR_STANDING_UNKNOWN; i <= KOR_STANDING_LESS; i++) {
        enum kor_standing back;
        assert_true(kor_standing_from(
            kor_standing_wire((enum kor_standing)i), &back));
        assert_int_equal(back, i);
    }
    for (int i = KOR_UNSAID_NOTHING; i <= KOR_UNSAID_HELD_BACK; i++) {
        enum kor_unsaid back;
        assert_true(
            kor_unsaid_from(kor_unsaid_wire((enum kor_unsaid)i), &back));
        assert_int_equal(back, i);
    }
    enum kor_standing standing;
    enum kor_unsaid why;
    assert_false(kor_standing_from("fine", &standing));
    assert_false(kor_unsaid_from("because", &why));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_score_is_too_early_to_say),
        cmocka_unit_test(a_start_score_alone_is_too_early_to_say),
        cmocka_unit_test(the_start_score_is_the_first_one_by_session_2),
        cmocka_unit_test(a_reliable_gain_is_better),
        cmocka_unit_test(a_reliable_gain_past_the_cutoff_is_recovery),
        cmocka_unit_test(a_reliable_loss_is_worse_and_asks),
        cmocka_unit_test(six_sessions_without_reliable_change_are_stalled),
        cmocka_unit_test(a_gain_that_is_lost_again_is_no_reliable_change),
        cmocka_unit_test(ninety_days_without_reliable_change_are_stalled),
        cmocka_unit_test(a_pathway_may_do_without_stalled),
        cmocka_unit_test(
            who_starts_past_the_cutoff_is_not_stalled_nor_recovered),
        cmocka_unit_test(
            who_starts_past_the_cutoff_is_worse_only_after_two_scores),
        cmocka_unit_test(
            who_starts_with_little_room_is_not_stalled_nor_worse_at_once),
        cmocka_unit_test(without_a_known_reliable_change_it_finds_nothing),
        cmocka_unit_test(without_a_course_no_standing_is_given),
        cmocka_unit_test(the_band_is_that_of_the_course_at_the_last_score),
        cmocka_unit_test(beyond_the_band_stands_better_or_less),
        cmocka_unit_test(off_course_twice_running_asks),
        cmocka_unit_test(a_start_score_is_never_off_course),
        cmocka_unit_test(a_course_with_few_behind_it_is_not_used),
        cmocka_unit_test(a_course_does_not_speak_beyond_its_times),
        cmocka_unit_test(no_reassurance_while_an_attention_answer_is_open),
        cmocka_unit_test(no_reassurance_while_the_score_is_reliably_worse),
        cmocka_unit_test(what_breaks_the_contract_is_refused),
        cmocka_unit_test(points_times_c_plus_d_give_the_same_verdict),
        cmocka_unit_test(a_scale_turned_round_gives_the_same_verdict),
        cmocka_unit_test(alliance_below_the_cutoff_is_low),
        cmocka_unit_test(alliance_falls_by_the_limit_or_more),
        cmocka_unit_test(alliance_says_where_the_scale_ends),
        cmocka_unit_test(alliance_asks_for_no_answer),
        cmocka_unit_test(an_alliance_score_outside_the_scale_is_refused),
        cmocka_unit_test(four_findings_ask_for_an_answer),
        cmocka_unit_test(every_finding_has_a_bit_and_words_of_its_own),
        cmocka_unit_test(standings_and_reasons_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
