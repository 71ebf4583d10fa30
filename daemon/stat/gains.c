/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sudden gains and losses: see kor/stat/gains.h. */

#include "kor/stat/gains.h"

#include <math.h>

#include "kor/base/err.h"
#include "kor/stat/tail.h"
#include "stat/sessions.h"

enum { WINDOW = 3, LEAST = 2 };

/* The scores on one side of a gap between sessions. */
struct side {
    size_t n;
    double mean;    /* Less the score that it was counted from. */
    double squares; /* Sum of squares about the mean. */
};

struct kor_gain_rules
kor_gain_rules_default(void)
{
    return (struct kor_gain_rules){.turn = KOR_SUDDEN_GAIN,
                                   .better = KOR_LOWER_IS_BETTER,
                                   .threshold_points = NAN,
                                   .share = 0.25,
                                   .origin_points = 0,
                                   .rule = KOR_TURN_LITERATURE};
}

static enum kor_code
check(const struct kor_gain_rules *rules, struct kor_err *err)
{
    if (!(rules->threshold_points > 0)
        || rules->threshold_points > KOR_SESSIONS_MAX_POINTS) {
        return kor_fail(err, KOR_BAD_VALUE, "threshold_points",
                        "the threshold must be above 0 points; give the "
                        "reliable change of the scale");
    }
    if (!(rules->share >= 0 && rules->share <= 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "share",
                        "the share of the score before must lie between 0 "
                        "(not used) and 1");
    }
    if (!(fabs(rules->origin_points) <= KOR_SESSIONS_MAX_POINTS)) {
        return kor_fail(err, KOR_BAD_VALUE, "origin_points",
                        "the score from which the share is counted must be a "
                        "number: 0, or the best score of the scale");
    }
    return KOR_OK;
}

/* Of the scores 'first' up to and without 'end', counted from 'base' so that
 * a large common part costs no digits. */
static struct side
side_of(const double scores[], size_t first, size_t end, double base)
{
    struct side side = {0, 0, 0};
    for (size_t i = first; i < end; i++) {
        if (!isnan(scores[i])) {
            side.mean += scores[i] - base;
            side.n++;
        }
    }
    side.mean /= side.n > 0 ? (double)side.n : 1;
    for (size_t i = first; i < end; i++) {
        if (!isnan(scores[i])) {
            double off = scores[i] - base - side.mean;
            side.squares += off * off;
        }
    }
    return side;
}

/* What rule 3 asks the means to differ by. */
static double
needed(enum kor_turn_rule rule, const struct side *a, const struct side *b)
{
    double df = (double)(a->n + b->n - 2);
    double sd = sqrt((a->squares + b->squares) / df);
    double factor = rule == KOR_TURN_TTEST
                      ? sqrt(1 / (double)a->n + 1 / (double)b->n) : 1;
    return kor_t_quantile(0.975, df) * sd * factor;
}

/* Whether rules 1 and 2 hold; 'change' > 0 in the direction looked for. */
static bool
is_large(const struct kor_gain_rules *rules, double before, double after,
         double change)
{
    double size = fmax(fabs(before), fabs(after));
    double asked = rules->share * fabs(before - rules->origin_points);
    return kor_reaches(change, rules->threshold_points, size)
        && kor_reaches(change, asked, size);
}

/* The first session after 'event' at which half of its change is undone. */
static size_t
reversed_at(const struct kor_gain *event, const double scores[], size_t n)
{
    double half = (event->after - event->before) / 2;
    double sign = half > 0 ? 1 : -1;
    for (size_t i = event->to; i < n; i++) {
        double back = sign * (event->after - scores[i]);
        if (kor_reaches(back, fabs(half), fabs(event->after))) {
            return i + 1;
        }
    }
    return 0;
}

/* Whether rule 3 can be asked of the step from session 'i' to the next
 * (counted from 1), which has a member i in 'scores'. */
static bool
is_gap(const double scores[], size_t n, size_t i, struct side *a,
       struct side *b)
{
    double before = scores[i - 1];
    if (isnan(before) || isnan(scores[i])) {
        return false;
    }
    *a = side_of(scores, i > WINDOW ? i - WINDOW : 0, i, before);
    *b = side_of(scores, i, n - i > WINDOW ? i + WINDOW : n, before);
    return a->n >= LEAST && b->n >= LEAST;
}

/* Whether that step is an event; 'a' and 'b' are its sides. */
static bool
is_event(const struct kor_gain_rules *rules, const double scores[], size_t i,
         const struct side *a, const struct side *b, struct kor_gain *event)
{
    bool is_down = (rules->better == KOR_LOWER_IS_BETTER)
                == (rules->turn == KOR_SUDDEN_GAIN);
    double sign = is_down ? 1 : -1;
    *event = (struct kor_gain){.from = i,
                               .to = i + 1,
                               .before = scores[i - 1],
                               .after = scores[i],
                               .apart_points = sign * (a->mean - b->mean),
                               .needed_points = needed(rules->rule, a, b)};
    return event->apart_points > event->needed_points
        && is_large(rules, event->before, event->after,
                    sign * (event->before - event->after));
}

enum kor_code
kor_gains_find(const struct kor_gain_rules *rules, const double scores[],
               size_t n, struct kor_gain events[],
               struct kor_gain_count *count, struct kor_err *err)
{
    struct side a, b;
    enum kor_code code = check(rules, err);
    if (code == KOR_OK) {
        code = kor_sessions_check(scores, n, err);
    }
    *count = (struct kor_gain_count){0, 0};
    for (size_t i = 1; i < n && code == KOR_OK; i++) {
        struct kor_gain *event = &events[count->n_events];
        if (!is_gap(scores, n, i, &a, &b)) {
            continue;
        }
        count->n_gaps++;
        if (is_event(rules, scores, i, &a, &b, event)) {
            event->reversed_at = reversed_at(event, scores, n);
            count->n_events++;
        }
    }
    return code;
}
