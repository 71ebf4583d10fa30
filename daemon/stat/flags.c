/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Flags: see kor/stat/flags.h. */

#include "kor/stat/flags.h"

#include <math.h>

#include "kor/base/err.h"
#include "kor/stat/summary.h"
#include "stat/flag_rules.h"

const char *
kor_flag_figure_name(enum kor_flag_figure figure)
{
    static const char *const names[] = {
#define X(name, word) [KOR_FLAG_##name] = word,
        KOR_FLAG_FIGURES(X)
#undef X
    };
    return names[figure];
}

struct kor_flags_wish
kor_flags_wish_default(void)
{
    return (struct kor_flags_wish){.outcome = KOR_OUTCOME_NOT_BETTER,
                                   .chance = 0.5,
                                   .horizon = NAN,
                                   .raw_from = 4,
                                   .raw_share = 0.5,
                                   .blocks = {4, 8},
                                   .colour = KOR_COLOUR_RED,
                                   .level = 0.95};
}

/* --- checks ------------------------------------------------------------ */

static enum kor_code
check_wish(const struct kor_course *course, const struct kor_flags_wish *wish,
           struct kor_err *err)
{
    if (!(wish->chance > 0 && wish->chance < 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "chance",
                        "the chance to flag below must lie between 0 and 1");
    }
    if (!isnan(wish->horizon)
        && !kor_course_supports(course, wish->horizon)) {
        return kor_fail(err, KOR_BAD_VALUE, "horizon",
                        "the forecast must be for a time that the course "
                        "supports, from %g to %g",
                        course->first_time, course->max_time);
    }
    if (!(wish->raw_share > 0 && wish->raw_share <= 1)
        || isnan(wish->raw_from)) {
        return kor_fail(err, KOR_BAD_VALUE, "raw_share",
                        "raw change needs a time, and a share of the reliable "
                        "change above 0 and up to 1");
    }
    if (!(wish->blocks[0] <= wish->blocks[1])) {
        return kor_fail(err, KOR_BAD_VALUE, "blocks",
                        "the blocks of sessions must run upwards");
    }
    if (!(wish->level > 0 && wish->level < 1)) {
        return kor_fail(err, KOR_BAD_VALUE, "level",
                        "the level of an interval must lie between 0 and 1");
    }
    return KOR_OK;
}

static enum kor_code
check_scale(const struct kor_course *course, const struct kor_measure *m,
            struct kor_err *err)
{
    if (course->better != m->better
        || fabs(course->min_points - m->min_points) > 0
        || fabs(course->max_points - m->max_points) > 0) {
        return kor_fail(err, KOR_CONFLICT, "course",
                        "the expected course was made for another scale: "
                        "choose one for a scale from %g to %g",
                        m->min_points, m->max_points);
    }
    if (isnan(m->rc_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "rc_points",
                        "how good flags are cannot be said without a "
                        "reliable change");
    }
    return KOR_OK;
}

static enum kor_code
check_episodes(const struct kor_episodes *e, const struct kor_measure *m,
               struct kor_err *err)
{
    for (size_t i = 0; i < e->n_people; i++) {
        for (size_t k = e->from[i]; k < e->from[i + 1]; k++) {
            if (!isfinite(e->at[k]) || !isfinite(e->points[k])
                || kor_points_check(m, e->points[k], NULL) != KOR_OK) {
                return kor_fail(err, KOR_BAD_VALUE, "episodes",
                                "times and scores must be numbers, and scores "
                                "on the scale: person %zu has another",
                                i + 1);
            }
        }
    }
    return KOR_OK;
}

/* --- counting ---------------------------------------------------------- */

struct counting {
    struct kor_flag_view view;
    const struct kor_flags_work *work;
    size_t most;   /* People that there is room for. */
    size_t people; /* Counted so far. */
    size_t with;   /* Of these, with the outcome. */
    size_t counts[KOR_N_FLAG_RULES][2][2]; /* [rule][is_with][is_flagged] */
};

/* Whether somebody who starts with 'start' could end either way. */
static bool
has_room(const struct kor_flag_view *view, double start)
{
    const struct kor_measure *m = view->measure;
    double room = kor_room(m, start);
    if (view->wish->outcome == KOR_OUTCOME_WORSE) {
        room = m->max_points - m->min_points - room;
    }
    return kor_is_reliable(m, room);
}

static bool
has_outcome(const struct kor_flag_view *view, double start, double last)
{
    double better = kor_improvement(view->measure, start, last);
    return view->wish->outcome == KOR_OUTCOME_WORSE
             ? kor_is_reliable(view->measure, -better)
             : !kor_is_reliable(view->measure, better);
}

static void
count_person(struct counting *c, const struct kor_episodes *e, size_t i)
{
    struct kor_flag_reading readings[KOR_N_FLAG_RULES];
    size_t last = e->from[i + 1] - 1;
    bool is_with
        = has_outcome(&c->view, e->points[e->from[i]], e->points[last]);
    kor_flag_read(&c->view, e, i, readings);
    for (size_t rule = 0; rule < KOR_N_FLAG_RULES; rule++) {
        bool is_flagged = !isnan(readings[rule].first_at);
        size_t *count = &c->counts[rule][is_with][is_flagged];
        if (is_with && is_flagged) {
            c->work->leads[rule * c->most + *count]
                = e->at[last] - readings[rule].first_at;
        }
        (*count)++;
        c->work->markers[rule * c->most + c->people]
            = (struct kor_auc_row){readings[rule].marker, is_with};
    }
    c->people++;
    c->with += is_with;
}

static void
set_share(double figures[], enum kor_flag_figure first, size_t k, size_t n,
          double level)
{
    struct kor_share share = kor_share_of(k, n, level);
    figures[first] = share.share;
    figures[first + 1] = share.low;
    figures[first + 2] = share.high;
}

/* The figures of 'rule' from its counts. */
static void
set_figures(const struct counting *c, size_t rule, double figures[])
{
    double level = c->view.wish->level;
    size_t tp = c->counts[rule][1][1], fp = c->counts[rule][0][1];
    size_t fn = c->counts[rule][1][0], tn = c->counts[rule][0][0];
    struct kor_auc auc
        = kor_auc_of(c->work->markers + rule * c->most, c->people, level);
    figures[KOR_FLAG_FLAGGED] = (double)(tp + fp);
    figures[KOR_FLAG_FLAGGED_SHARE]
        = kor_share_of(tp + fp, c->people, level).share;
    figures[KOR_FLAG_TRUE_POSITIVES] = (double)tp;
    figures[KOR_FLAG_FALSE_POSITIVES] = (double)fp;
    figures[KOR_FLAG_TRUE_NEGATIVES] = (double)tn;
    figures[KOR_FLAG_FALSE_NEGATIVES] = (double)fn;
    set_share(figures, KOR_FLAG_SENSITIVITY, tp, tp + fn, level);
    set_share(figures, KOR_FLAG_SPECIFICITY, tn, tn + fp, level);
    set_share(figures, KOR_FLAG_PPV, tp, tp + fp, level);
    figures[KOR_FLAG_SAID] = (double)(auc.n_with + auc.n_without);
    figures[KOR_FLAG_AUC] = auc.area;
    figures[KOR_FLAG_AUC_LOW] = auc.low;
    figures[KOR_FLAG_AUC_HIGH] = auc.high;
    figures[KOR_FLAG_LEAD]
        = kor_median_of(c->work->leads + rule * c->most, tp);
}

static void
count_all(struct counting *c, const struct kor_episodes *e,
          struct kor_flags *table)
{
    for (size_t i = 0; i < e->n_people; i++) {
        if (kor_episodes_count(e, i) < 3) {
            table->too_short++;
        } else if (!has_room(&c->view, e->points[e->from[i]])) {
            table->no_room++;
        } else {
            count_person(c, e, i);
        }
    }
    table->people = (double)c->people;
    table->outcomes = (double)c->with;
    for (size_t rule = 0; rule < KOR_N_FLAG_RULES; rule++) {
        set_figures(c, rule, table->rules[rule]);
    }
}

enum kor_code
kor_flags_count(const struct kor_course *course,
                const struct kor_episodes *episodes,
                const struct kor_measure *measure,
                const struct kor_flags_wish *wish,
                const struct kor_flags_work *work, struct kor_flags *out,
                struct kor_err *err)
{
    struct kor_flags_wish whole = wish ? *wish : kor_flags_wish_default();
    struct counting c = {.view = {course, measure, &whole}, .work = work,
                         .most = episodes->n_people};
    enum kor_code code = check_scale(course, measure, err);
    if (code == KOR_OK) {
        code = check_wish(course, &whole, err);
    }
    if (code == KOR_OK) {
        code = check_episodes(episodes, measure, err);
    }
    if (code == KOR_OK) {
        if (isnan(whole.horizon)) {
            whole.horizon = course->max_time;
        }
        *out = (struct kor_flags){0};
        count_all(&c, episodes, out);
    }
    return code;
}

/* --- means and choice -------------------------------------------------- */

void
kor_flags_add(struct kor_flags_mean *mean, const struct kor_flags *one)
{
    double n = (double)++mean->n_splits;
    struct kor_flags *to = &mean->mean;
    to->people += (one->people - to->people) / n;
    to->outcomes += (one->outcomes - to->outcomes) / n;
    to->too_short += (one->too_short - to->too_short) / n;
    to->no_room += (one->no_room - to->no_room) / n;
    for (size_t rule = 0; rule < KOR_N_FLAG_RULES; rule++) {
        for (size_t f = 0; f < KOR_N_FLAG_FIGURES; f++) {
            double *figure = &to->rules[rule][f];
            if (!isnan(one->rules[rule][f])) {
                *figure += (one->rules[rule][f] - *figure)
                         / (double)++mean->n[rule][f];
            }
        }
    }
}

struct kor_flags
kor_flags_mean_of(const struct kor_flags_mean *mean)
{
    struct kor_flags out = mean->mean;
    for (size_t rule = 0; rule < KOR_N_FLAG_RULES; rule++) {
        for (size_t f = 0; f < KOR_N_FLAG_FIGURES; f++) {
            if (mean->n[rule][f] == 0) {
                out.rules[rule][f] = NAN;
            }
        }
    }
    return out;
}

bool
kor_flags_favoured(const struct kor_flags *table, enum kor_flag_rule *rule)
{
    static const enum kor_flag_rule simplest_first[KOR_N_FLAG_RULES]
        = {KOR_FLAG_RAW, KOR_FLAG_RATIONAL, KOR_FLAG_BAND80,
           KOR_FLAG_BAND68, KOR_FLAG_TWICE, KOR_FLAG_FORECAST};
    double youden[KOR_N_FLAG_RULES], best = 0;
    if (!(table->outcomes >= KOR_FLAGS_LEAST)
        || !(table->people - table->outcomes >= KOR_FLAGS_LEAST)) {
        return false;
    }
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        youden[r] = table->rules[r][KOR_FLAG_SENSITIVITY]
                  + table->rules[r][KOR_FLAG_SPECIFICITY] - 1;
        best = fmax(best, youden[r]);
    }
    for (size_t k = 0; k < KOR_N_FLAG_RULES && best > 0; k++) {
        if (youden[simplest_first[k]] >= best - 0.01) {
            *rule = simplest_first[k];
            return true;
        }
    }
    return false;
}

int
kor_flags_of_ten(const struct kor_flags *table, enum kor_flag_rule rule)
{
    const double *figures = table->rules[rule];
    double ppv = figures[KOR_FLAG_PPV];
    return figures[KOR_FLAG_FLAGGED] >= KOR_FLAGS_LEAST && ppv >= 0 && ppv <= 1
             ? (int)lround(10 * (1 - ppv))
             : -1;
}
