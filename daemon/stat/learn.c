/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From closed episodes to a course: see kor/stat/learn.h. */

#include "kor/stat/learn.h"

#include <math.h>
#include <string.h>

#include "kor/stat/deal.h"
#include "kor/stat/reference.h"
#include "stat/episode_sums.h"

/* The times of the later scores. */
static void
set_times(const struct kor_episodes *e, struct kor_course *course)
{
    course->first_time = INFINITY;
    course->max_time = -INFINITY;
    for (size_t i = 0; i < e->n_people; i++) {
        for (size_t r = e->from[i] + 1; r < e->from[i + 1]; r++) {
            course->first_time = fmin(course->first_time, e->at[r]);
            course->max_time = fmax(course->max_time, e->at[r]);
        }
    }
}

static void
widen_times(const struct kor_course *reference, struct kor_course *course)
{
    course->first_time = fmin(course->first_time, reference->first_time);
    course->max_time = fmax(course->max_time, reference->max_time);
}

/* Adds the reference as so many people; returns how many rows there are. */
static size_t
add_reference(const struct kor_episodes *e, const struct kor_course *reference,
              const struct kor_growth_centre *centre,
              const struct kor_learning_work *work, double weight)
{
    struct kor_growth_sums *sums = work->calibration.sums;
    for (size_t i = 0; i < e->n_people; i++) {
        work->weights[i] = 1;
    }
    if (!(weight > 0)) {
        return e->n_people;
    }
    kor_reference_people(reference, centre, sums + e->n_people,
                         work->calibration.starts + e->n_people);
    for (size_t i = 0; i < KOR_REFERENCE_PEOPLE; i++) {
        work->weights[e->n_people + i] = weight / KOR_REFERENCE_PEOPLE;
    }
    return e->n_people + KOR_REFERENCE_PEOPLE;
}

static enum kor_code
fit(const struct kor_episodes *e, const struct kor_learning *learning,
    const struct kor_learning_work *work, struct kor_learned *out,
    struct kor_err *err)
{
    const struct kor_calibration_work *inner = &work->calibration;
    struct kor_growth_data data = {.covariates = inner->starts,
                                   .n_covariates = 1};
    out->n_own = kor_episode_sums(e, learning->f, &data.centre, inner->sums,
                                  inner->starts);
    if (learning->reference) {
        out->reference_weight = kor_reference_weight(out->n_own);
    }
    if (out->n_own == 0 && out->reference_weight > 0) {
        data.centre.g = kor_time_apply(learning->f,
                                       learning->reference->first_time);
        data.centre.y = learning->reference->b0;
    }
    data.n_people = add_reference(e, learning->reference, &data.centre, work,
                                  out->reference_weight);
    data.sums = inner->sums;
    data.weights = out->reference_weight > 0 ? work->weights : NULL;
    return kor_growth_fit(&data, learning->method, &out->fit, err);
}

enum kor_code
kor_course_learn(const struct kor_episodes *episodes,
                 const struct kor_learning *learning,
                 const struct kor_learning_work *work,
                 struct kor_learned *out, struct kor_err *err)
{
    struct kor_course *course = &out->course;
    memset(out, 0, sizeof *out);
    enum kor_code code = fit(episodes, learning, work, out, err);
    if (code != KOR_OK || !kor_growth_has_estimates(&out->fit)) {
        return code;
    }
    kor_course_from_fit(course, &out->fit);
    course->f = learning->f;
    course->min_points = learning->min_points;
    course->max_points = learning->max_points;
    course->better = learning->better;
    set_times(episodes, course);
    kor_deal(learning->seed, KOR_CALIBRATION_FOLDS, work->calibration.folds,
             episodes->n_people);
    code = kor_calibrate(episodes, learning->f, learning->method,
                         &work->calibration, &course->calibration, err);
    course->calibration.seed = learning->seed;
    if (out->reference_weight > 0) {
        widen_times(learning->reference, course);
        if (course->calibration.n_times == 0) {
            course->calibration = learning->reference->calibration;
            out->has_lent_range = course->calibration.n_times > 0;
        }
    }
    return code;
}
