/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat flags: how good the rules are that say "less change than
 * expected", of a course on other people, or of courses fitted on random
 * halves on the other half. */

#include <math.h>
#include <stdlib.h>

#include "cli/figures.h"
#include "cli/print.h"
#include "cli/stat_course.h"
#include "kor/base/alloc.h"
#include "kor/define/half.h"
#include "kor/base/text.h"
#include "kor/stat/deal.h"
#include "kor/stat/flags.h"
#include "kor/stat/learn.h"

#define LARGE 1e15


struct wish {
    struct cli_model_wish model;
    struct kor_measure measure; /* The scale once it is known. */
    struct kor_flags_wish flags;
    struct cli_halves halves;
};

struct found {
    struct kor_flags table;
    size_t n_halves;    /* That a course could be fitted to. */
    bool is_own_people; /* The course seems to be fitted to these people. */
};

/* --- options ------------------------------------------------------------- */

static enum kor_code
take_outcome(struct cli *cli, struct wish *wish)
{
    static const char *const finals[] = {"last", NULL};
    static const char *const outcomes[] = {"not-better", "worse", NULL};
    static const char *const operators[] = {"ge", "gt", NULL};
    size_t final = 0, outcome = 0, compare = 0;
    enum kor_code code = cli_need_real(cli, "reliable-change", 1e-9, LARGE,
                                       &wish->measure.rc_points);
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "operator", operators, &compare);
    }
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "final", finals, &final);
    }
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "outcome", outcomes, &outcome);
    }
    wish->measure.rc_compare = compare ? KOR_MORE_THAN : KOR_AT_LEAST;
    wish->measure.cutoff_points = NAN;
    wish->flags.outcome = outcome ? KOR_OUTCOME_WORSE
                                  : KOR_OUTCOME_NOT_BETTER;
    return code;
}

static enum kor_code
take_rules(struct cli *cli, struct wish *wish)
{
    static const char *const colours[] = {"red", "yellow", NULL};
    size_t colour = 0;
    enum kor_code code = cli_take_real(cli, "session", -LARGE, LARGE,
                                       &wish->flags.raw_from);
    if (code == KOR_OK) {
        code = cli_take_real(cli, "share", 0.01, 1, &wish->flags.raw_share);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "chance", 0.001, 0.999,
                             &wish->flags.chance);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "horizon", -LARGE, LARGE,
                             &wish->flags.horizon);
    }
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "colour", colours, &colour);
    }
    wish->flags.colour = colour ? KOR_COLOUR_YELLOW : KOR_COLOUR_RED;
    return code;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    *wish = (struct wish){.flags = kor_flags_wish_default()};
    enum kor_code code = cli_take_model(cli, &wish->model);
    wish->model.is_given_intake = true;
    wish->model.columns.may_tie = false;
    if (code == KOR_OK) {
        code = take_outcome(cli, wish);
    }
    if (code == KOR_OK) {
        code = take_rules(cli, wish);
    }
    return code == KOR_OK ? cli_take_halves(cli, &wish->halves) : code;
}

/* --- counting ------------------------------------------------------------ */

/* Sets the scale: that of the wish or else of the file. */
static enum kor_code
set_scale(struct cli *cli, struct wish *wish, const struct kor_series *series)
{
    struct kor_measure *m = &wish->measure;
    cli_scale(&wish->model, series, &m->min_points, &m->max_points);
    m->better = wish->model.better;
    if (!(m->min_points < m->max_points)) {
        return kor_fail(&cli->err, KOR_CONFLICT, "min",
                        "all scores are the same: give --min and --max, the "
                        "ends of the scale");
    }
    return kor_measure_check(m, &cli->err);
}

static enum kor_code
count(struct cli *cli, const struct wish *wish,
      const struct kor_course *course, const struct kor_episodes *episodes,
      struct kor_flags *out)
{
    size_t n = KOR_N_FLAG_RULES * episodes->n_people;
    const struct kor_flags_work work
        = {kor_alloc_array(n, sizeof *work.markers),
           kor_alloc_array(n, sizeof *work.leads)};
    enum kor_code code
        = kor_flags_count(course, episodes, &wish->measure, &wish->flags,
                          &work, out, &cli->err);
    free(work.markers);
    free(work.leads);
    return code;
}

/* Fits on one half and takes the table of the other into 'mean', unless the
 * half is too few people to fit to. */
static enum kor_code
count_half(struct cli *cli, const struct wish *wish,
           const struct kor_series *series, uint64_t seed,
           struct kor_flags_mean *mean)
{
    const struct kor_episodes people = cli_episodes(series);
    struct kor_half one = {0}, other = {0};
    struct kor_learned learned;
    struct kor_flags table;
    kor_half_take(&people, seed, 0, &one);
    kor_half_take(&people, seed, 1, &other);
    enum kor_code code
        = cli_learn(cli, &wish->model, &one.episodes,
                    wish->measure.min_points, wish->measure.max_points, seed,
                    NULL, &learned);
    if (code == KOR_OK) {
        code = count(cli, wish, &learned.course, &other.episodes, &table);
        if (code == KOR_OK) {
            kor_flags_add(mean, &table);
        }
    } else if (code == KOR_CONFLICT) {
        code = KOR_OK;
    }
    kor_half_done(&one);
    kor_half_done(&other);
    return code;
}

static enum kor_code
look_at_halves(struct cli *cli, struct wish *wish,
               const struct kor_series *series, struct found *out)
{
    struct kor_flags_mean mean = {0};
    enum kor_code code = set_scale(cli, wish, series);
    for (int64_t i = 0; i < wish->halves.n && code == KOR_OK; i++) {
        code = count_half(cli, wish, series,
                          kor_deal_seed((uint64_t)wish->halves.seed,
                                        (uint64_t)i),
                          &mean);
    }
    if (code == KOR_OK && mean.n_splits == 0) {
        code = kor_fail(&cli->err, KOR_CONFLICT, "halves",
                        "no half of these %zu people is enough to fit a "
                        "course to: take one from elsewhere, with --course",
                        series->n_people);
    }
    out->table = kor_flags_mean_of(&mean);
    out->n_halves = mean.n_splits;
    return code;
}

static enum kor_code
look_at_course(struct cli *cli, struct wish *wish,
               const struct kor_series *series, struct found *out)
{
    const struct kor_episodes episodes = cli_episodes(series);
    enum kor_code code = cli_want_given_intake(cli, &wish->model);
    if (code == KOR_OK) {
        code = set_scale(cli, wish, series);
    }
    if (code == KOR_OK) {
        out->is_own_people = cli_remark_known(cli, &wish->model, series);
        code = count(cli, wish, &wish->model.record.course, &episodes,
                     &out->table);
    }
    return code;
}

/* --- printing ------------------------------------------------------------ */

/* A list of rows, one a rule, with the figures from 'first' to 'last'. */
static json_t *
rows_of(const struct kor_flags *table, const enum kor_flag_figure figures[],
        size_t n)
{
    json_t *rows = json_array();
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        json_t *row = json_object();
        cli_set_word(row, "rule", kor_flag_rule_name((enum kor_flag_rule)r));
        for (size_t i = 0; i < n; i++) {
            cli_set_real(row, kor_flag_figure_name(figures[i]),
                         table->rules[r][figures[i]]);
        }
        json_array_append_new(rows, row);
    }
    return rows;
}

static void
set_tables(json_t *out, const struct kor_flags *table)
{
    static const enum kor_flag_figure rules[]
        = {KOR_FLAG_FLAGGED, KOR_FLAG_FLAGGED_SHARE, KOR_FLAG_SENSITIVITY,
           KOR_FLAG_SPECIFICITY, KOR_FLAG_PPV, KOR_FLAG_AUC,
           KOR_FLAG_AUC_LOW, KOR_FLAG_AUC_HIGH, KOR_FLAG_LEAD};
    static const enum kor_flag_figure counts[]
        = {KOR_FLAG_TRUE_POSITIVES, KOR_FLAG_FALSE_POSITIVES,
           KOR_FLAG_TRUE_NEGATIVES, KOR_FLAG_FALSE_NEGATIVES, KOR_FLAG_SAID};
    static const enum kor_flag_figure intervals[]
        = {KOR_FLAG_SENSITIVITY_LOW, KOR_FLAG_SENSITIVITY_HIGH,
           KOR_FLAG_SPECIFICITY_LOW, KOR_FLAG_SPECIFICITY_HIGH,
           KOR_FLAG_PPV_LOW, KOR_FLAG_PPV_HIGH};
    json_object_set_new(out, "rules",
                        rows_of(table, rules, KOR_LENGTH(rules)));
    json_object_set_new(out, "counts",
                        rows_of(table, counts, KOR_LENGTH(counts)));
    json_object_set_new(out, "intervals",
                        rows_of(table, intervals, KOR_LENGTH(intervals)));
}

static json_t *
figures_of(const struct wish *wish, const struct found *found)
{
    const struct kor_flags *table = &found->table;
    bool is_halves = !wish->model.course;
    enum kor_flag_rule favoured;
    json_t *out = json_object();
    cli_set_word(out, "outcome", wish->flags.outcome == KOR_OUTCOME_WORSE
                                     ? "worse" : "not-better");
    cli_set_real(out, "reliable_change", wish->measure.rc_points);
    cli_set_word(out, "better",
                 wish->measure.better == KOR_HIGHER_IS_BETTER ? "higher"
                                                              : "lower");
    cli_set_count(out, "halves", is_halves ? (size_t)wish->halves.n : 0);
    cli_set_count(out, "fitted", found->n_halves);
    cli_set_count(out, "seed", (size_t)wish->halves.seed);
    cli_set_real(out, "people", table->people);
    cli_set_real(out, "outcomes", table->outcomes);
    cli_set_real(out, "too_short", table->too_short);
    cli_set_real(out, "no_room", table->no_room);
    json_object_set_new(out, "fitted_to_them",
                        json_boolean(found->is_own_people));
    json_object_set_new(out, "favoured",
                        !found->is_own_people
                                && kor_flags_favoured(table, &favoured)
                            ? json_string(kor_flag_rule_name(favoured))
                            : json_null());
    set_tables(out, table);
    return out;
}

enum kor_code
cli_stat_flags(struct cli *cli)
{
    struct wish wish;
    struct kor_series series = {0};
    struct found found = {.n_halves = 0};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        code = cli_read_people(cli, &wish.model, &series);
    }
    if (code == KOR_OK) {
        code = wish.model.course
                 ? look_at_course(cli, &wish, &series, &found)
                 : look_at_halves(cli, &wish, &series, &found);
    }
    if (code == KOR_OK) {
        cli_print_figures(cli, figures_of(&wish, &found));
    }
    kor_series_done(&series);
    cli_model_wish_done(&wish.model);
    return code;
}
