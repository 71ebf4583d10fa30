/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where scores stand and what is to be expected of them, on one core and in
 * memory: 100,000 made-up people with 1,000,000 sessions, and a calibrated
 * course learned from 2,000 of them.
 *
 * A new score is one addition to the six sums of its person, the range of the
 * course at its session, and the forecast of a later session.  The chances of
 * change by then are three values of erfc() more, which take longer than all
 * the rest; a rational approximation instead of it made new scores a fifth
 * faster, and was wrong in the tails.  To judge a stored session again is all
 * of that and every rule of kor_judge() on what the person had given by
 * then. */

#include <math.h>
#include <stdlib.h>

#include "bench/bench.h"
#include "bench/made_up.h"
#include "bench/samples.h"
#include "kor/base/alloc.h"
#include "kor/define/learning_room.h"
#include "kor/stat/course.h"
#include "kor/stat/judge.h"

#define PEOPLE 100000
#define ROWS 1000000
#define LEARNED_FROM 2000
#define HORIZON 12
#define ROUNDS 9

static const struct kor_measure measure
    = {.min_points = 0, .max_points = 40, .better = KOR_HIGHER_IS_BETTER,
       .rc_points = 5, .cutoff_points = 25};

static struct kor_course
learn(const struct made_up *made)
{
    struct kor_episodes few = made->episodes;
    struct kor_learned learned;
    struct kor_err err;
    few.n_people = LEARNED_FROM;
    kor_err_init(&err, KOR_EN);
    const struct kor_learning learning
        = {.f = KOR_TIME_LOG, .max_points = 40,
           .better = KOR_HIGHER_IS_BETTER};
    struct kor_learning_work work
        = kor_learning_room(few.n_people, few.from[few.n_people]);
    bench_ok(kor_course_learn(&few, &learning, &work, &learned, &err), &err);
    kor_learning_room_done(&work);
    bench_must(kor_growth_has_estimates(&learned.fit), "the fit");
    bench_must(learned.course.calibration.n_times > 0, "the calibration");
    return learned.course;
}

/* The forecast of the horizon, and with 'chances' those of change by then, as
 * one number of which nothing can be left out. */
static double
look_ahead(const struct kor_course *course, double start,
           const struct kor_growth_sums *so_far, bool has_chances)
{
    struct kor_predicted then
        = kor_course_forecast(course, start, so_far, HORIZON);
    if (!has_chances) {
        return then.mean + then.sd;
    }
    struct kor_chances chances
        = kor_course_chances(course, &then, &measure, start);
    return then.mean + then.sd + chances.better + chances.worse
         + (isnan(chances.recovered) ? 0 : chances.recovered);
}

/* Every score after the first of each person, one after the other. */
static double
take_scores(const struct made_up *made, const struct kor_course *course,
            bool has_chances)
{
    const struct kor_episodes *e = &made->episodes;
    double sum = 0;
    for (size_t i = 0; i < e->n_people; i++) {
        struct kor_growth_sums so_far = KOR_GROWTH_NO_SUMS;
        double start = e->points[e->from[i]];
        for (size_t r = e->from[i] + 1; r < e->from[i + 1]; r++) {
            double at = e->at[r], points = e->points[r];
            kor_growth_add(&so_far, &KOR_COURSE_CENTRE,
                           kor_time_apply(course->f, at), points);
            struct kor_range range = kor_course_range(course, start, at);
            struct kor_band band = range.widths[KOR_WIDTH_80];
            sum += (points < band.low) - (points > band.high)
                 + look_ahead(course, start, &so_far, has_chances);
        }
    }
    return sum;
}

static double
take_new_scores(const struct made_up *made, const struct kor_course *course)
{
    return take_scores(made, course, false);
}

static double
take_with_chances(const struct made_up *made, const struct kor_course *course)
{
    return take_scores(made, course, true);
}

/* Every session again, from what its person had given by then. */
static double
judge_again(const struct made_up *made, const struct kor_course *course)
{
    const struct kor_episodes *e = &made->episodes;
    struct kor_judge_score scores[64];
    double sum = 0;
    for (size_t i = 0; i < e->n_people; i++) {
        struct kor_growth_sums so_far = KOR_GROWTH_NO_SUMS;
        double start = e->points[e->from[i]];
        size_t n = 0;
        for (size_t r = e->from[i]; r < e->from[i + 1]; r++) {
            struct kor_verdict verdict;
            scores[n++] = (struct kor_judge_score){
                (uint32_t)e->at[r], 7 * (int32_t)n, e->at[r], e->points[r]};
            bench_must(!kor_judge(&measure, course, NULL, scores, n, false,
                                  &verdict, NULL), "judging");
            if (n > 1) {
                kor_growth_add(&so_far, &KOR_COURSE_CENTRE,
                               kor_time_apply(course->f, e->at[r]),
                               e->points[r]);
            }
            sum += (double)verdict.standing + look_ahead(course, start,
                                                         &so_far, true);
        }
    }
    return sum;
}

/* Median seconds of a round. */
static double
seconds_of(double (*work)(const struct made_up *, const struct kor_course *),
           const struct made_up *made, const struct kor_course *course)
{
    struct samples *times = kor_alloc(sizeof *times);
    for (int i = 0; i < ROUNDS; i++) {
        double began = bench_now_us();
        bench_must(isfinite(work(made, course)), "a finite sum");
        samples_add(times, (bench_now_us() - began) / 1e6);
    }
    double median = samples_quantile(times, 0.5);
    free(times);
    return median;
}

static void
run(struct bench *bench)
{
    struct made_up made = made_up_people(PEOPLE, ROWS);
    struct kor_course course = learn(&made);
    const double millions = (ROWS - PEOPLE) / 1e6;
    bench_at_least(bench, "standing and forecast, millions a second",
                   millions / seconds_of(take_new_scores, &made, &course),
                   15);
    bench_at_least(bench, "with the three chances of change by then",
                   millions / seconds_of(take_with_chances, &made, &course),
                   15);
    bench_at_most(bench, "1,000,000 sessions judged again, s",
                  seconds_of(judge_again, &made, &course), 0.5);
    made_up_done(&made);
}

int
main(int argc, char *argv[])
{
    return bench_main(argc, argv,
                      "Standing and forecast, 1,000,000 sessions", 120, run);
}
