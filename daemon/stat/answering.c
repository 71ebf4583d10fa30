/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sawtooth and flat answering: see kor/stat/answering.h. */

#include "kor/stat/answering.h"

#include <math.h>

#include "kor/base/err.h"
#include "stat/sessions.h"

struct kor_answering_rules
kor_answering_rules_default(void)
{
    return (struct kor_answering_rules){.step_points = 6,
                                        .least_alternations = 4,
                                        .least_scores = 5,
                                        .least_run = 5,
                                        .best_points = NAN};
}

static enum kor_code
check(const struct kor_answering_rules *rules, struct kor_err *err)
{
    if (!(rules->step_points > 0) || isinf(rules->step_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "step_points",
                        "a large step must be above 0 points");
    }
    if (rules->least_alternations < 1) {
        return kor_fail(err, KOR_BAD_VALUE, "least_alternations",
                        "a sawtooth must have at least 1 alternation");
    }
    if (rules->least_run < 2) {
        return kor_fail(err, KOR_BAD_VALUE, "least_run",
                        "a flat run must have at least 2 scores");
    }
    if (isinf(rules->best_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "best_points",
                        "the best score must be a number; leave it out if "
                        "it is not known");
    }
    return KOR_OK;
}

/* Counts the step from 'before' to 'score'; '*way' is the sign of the large
 * step before it, 0 for none. */
static void
add_step(const struct kor_answering_rules *rules, double before, double score,
         int *way, struct kor_answering *out)
{
    double step = score - before;
    double size = fmax(fabs(before), fabs(score));
    int sign = step > 0 ? 1 : -1;
    if (kor_reaches(fabs(step), rules->step_points, size) && sign != *way) {
        out->n_alternations++;
        *way = sign;
    }
}

/* Adds session 'session' to the run that goes on, or begins a new one, and
 * keeps the longest. */
static void
add_to_run(struct kor_run *run, bool goes_on, size_t session,
           struct kor_run *longest)
{
    if (!goes_on) {
        *run = (struct kor_run){0, session, session};
    }
    run->n++;
    run->to = session;
    if (run->n > longest->n) {
        *longest = *run;
    }
}

enum kor_code
kor_answering_of(const struct kor_answering_rules *rules,
                 const double scores[], size_t n, struct kor_answering *out,
                 struct kor_err *err)
{
    struct kor_answering found = {0};
    struct kor_run flat = {0}, best = {0};
    double before = NAN;
    int way = 0;
    enum kor_code code = check(rules, err);
    if (code == KOR_OK) {
        code = kor_sessions_check(scores, n, err);
    }
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        double score = scores[i];
        if (isnan(score)) {
            continue;
        }
        found.n_given++;
        add_step(rules, before, score, &way, &found);
        add_to_run(&flat, kor_is_same(score, before), i + 1, &found.flat);
        if (kor_is_same(score, rules->best_points)) {
            found.n_best++;
            add_to_run(&best, best.n > 0, i + 1, &found.best);
        } else {
            best.n = 0;
        }
        before = score;
    }
    found.is_sawtooth = found.n_given >= rules->least_scores
                     && found.n_alternations >= rules->least_alternations;
    found.is_flat = found.flat.n >= rules->least_run;
    found.is_best = found.best.n >= rules->least_run;
    *out = found;
    return code;
}
