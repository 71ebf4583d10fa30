/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat calibrate: how many scores the expected range holds, of a course
 * on other people, or of courses fitted on random halves on the other half. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/figures.h"
#include "cli/stat_course.h"
#include "kor/base/alloc.h"
#include "kor/define/half.h"
#include "kor/stat/coverage.h"
#include "kor/stat/deal.h"
#include "kor/stat/learn.h"
#include "kor/stat/summary.h"
#include "lib/number.h"

enum { n_sessions = KOR_COVERAGE_MAX_SESSIONS };

struct wish {
    struct cli_model_wish model;
    struct cli_halves halves;
    struct kor_coverage_wish look;
    bool is_normal; /* The model's own range, for comparison. */
};

/* Hits over all looks, to be averaged. */
struct tally {
    double n, covered; /* Of all looks. */
    size_t n_looks;    /* With somebody in it. */
};

struct tallies {
    struct tally overall, by_session[n_sessions],
        by_third[KOR_CALIBRATION_STARTS];
    double limits[KOR_CALIBRATION_STARTS - 1]; /* Sums over looks. */
    size_t n_looks;
    bool is_known; /* The course seems to be fitted to these people. */
};

/* --- options ------------------------------------------------------------- */

/* "2-12". */
static enum kor_code
take_sessions(struct cli *cli, struct kor_coverage_wish *look)
{
    const char *text = cli_option(cli, "sessions");
    char copy[32], *to;
    if (!text) {
        return KOR_OK;
    }
    snprintf(copy, sizeof copy, "%s", text);
    to = strchr(copy, '-');
    if (to) {
        *to++ = '\0';
    }
    if (!to || !kor_number_parse(copy, &look->first)
        || !kor_number_parse(to, &look->last) || look->first > look->last) {
        return kor_fail(&cli->err, KOR_USAGE, "sessions",
                        "--sessions must be two numbers as 2-12, not '%s'",
                        text);
    }
    return KOR_OK;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    static const char *const levels[] = {"0.8", "0.68", NULL};
    size_t width = KOR_WIDTH_80;
    *wish = (struct wish){.look = {.first = -INFINITY,
                                              .last = INFINITY}};
    enum kor_code code = cli_take_model(cli, &wish->model);
    wish->model.is_given_intake = true;
    wish->model.columns.may_tie = false;
    wish->is_normal = cli_option(cli, "normal") != NULL;
    if (code == KOR_OK) {
        code = cli_take_halves(cli, &wish->halves);
    }
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "level", levels, &width);
    }
    wish->look.width = (enum kor_width)width;
    return code == KOR_OK ? take_sessions(cli, &wish->look) : code;
}

/* --- counting ------------------------------------------------------------ */

static void
add_hits(const struct kor_hits *hits, struct tally *to)
{
    if (hits->n > 0) {
        to->n += hits->n;
        to->covered += hits->covered;
        to->n_looks++;
    }
}

static void
look(const struct wish *wish, struct kor_course *course,
     const struct kor_episodes *episodes, struct tallies *to)
{
    struct kor_coverage found;
    double *starts = kor_alloc_array(episodes->n_people, sizeof *starts);
    if (wish->is_normal) {
        course->calibration.n_times = 0;
    }
    kor_coverage_count(course, episodes, &wish->look, starts, &found);
    free(starts);
    add_hits(&found.overall, &to->overall);
    for (size_t i = 0; i < n_sessions; i++) {
        add_hits(&found.by_session[i], &to->by_session[i]);
    }
    for (size_t i = 0; i < KOR_CALIBRATION_STARTS; i++) {
        add_hits(&found.by_third[i], &to->by_third[i]);
    }
    for (size_t i = 0; i + 1 < KOR_CALIBRATION_STARTS; i++) {
        to->limits[i] += found.limits[i];
    }
    to->n_looks++;
}

static enum kor_code
look_at_halves(struct cli *cli, const struct wish *wish,
               const struct kor_series *series, struct tallies *to)
{
    const struct kor_episodes people = cli_episodes(series);
    enum kor_code code = KOR_OK;
    double min, max;
    cli_scale(&wish->model, series, &min, &max);
    for (int64_t i = 0; i < wish->halves.n && code == KOR_OK; i++) {
        uint64_t seed
            = kor_deal_seed((uint64_t)wish->halves.seed, (uint64_t)i);
        struct kor_half one = {0}, other = {0};
        struct kor_learned learned;
        kor_half_take(&people, seed, 0, &one);
        kor_half_take(&people, seed, 1, &other);
        code = cli_learn(cli, &wish->model, &one.episodes, min, max, seed,
                         NULL, &learned);
        if (code == KOR_OK) {
            look(wish, &learned.course, &other.episodes, to);
        }
        kor_half_done(&one);
        kor_half_done(&other);
    }
    return code;
}

static enum kor_code
look_at_course(struct cli *cli, const struct wish *wish,
               const struct kor_series *series, struct tallies *to)
{
    const struct kor_episodes episodes = cli_episodes(series);
    struct kor_course course = wish->model.record.course;
    enum kor_code code = cli_want_given_intake(cli, &wish->model);
    if (code == KOR_OK) {
        to->is_known = cli_remark_known(cli, &wish->model, series);
        look(wish, &course, &episodes, to);
    }
    return code;
}

/* --- printing ------------------------------------------------------------ */

/* Means over the looks, with the interval of one look. */
static json_t *
figures(const struct tally *tally, json_t *row)
{
    double looks = (double)tally->n_looks;
    double n = tally->n / looks, covered = tally->covered / looks;
    struct kor_share share
        = kor_share_of((size_t)(covered + 0.5), (size_t)(n + 0.5), 0.95);
    cli_set_real(row, "n", n);
    cli_set_real(row, "covered", covered);
    cli_set_real(row, "share", covered / n);
    cli_set_real(row, "low", share.low);
    cli_set_real(row, "high", share.high);
    return row;
}

static json_t *
by_session(const struct tallies *tallies)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < n_sessions; i++) {
        if (tallies->by_session[i].n_looks > 0) {
            json_array_append_new(
                rows, figures(&tallies->by_session[i],
                              json_pack("{s:i}", "session", (int)i)));
        }
    }
    return rows;
}

static json_t *
by_intake(const struct tallies *tallies)
{
    json_t *rows = json_array();
    double looks = (double)tallies->n_looks;
    for (size_t i = 0; i < KOR_CALIBRATION_STARTS; i++) {
        json_t *row = json_object();
        cli_set_count(row, "third", i + 1);
        cli_set_real(row, "above", i ? tallies->limits[i - 1] / looks : NAN);
        cli_set_real(row, "up_to",
                     i + 1 < KOR_CALIBRATION_STARTS
                         ? tallies->limits[i] / looks : NAN);
        json_array_append_new(rows, figures(&tallies->by_third[i], row));
    }
    return rows;
}

static json_t *
figures_of(const struct wish *wish, const struct tallies *tallies)
{
    json_t *out = json_object();
    cli_set_real(out, "level", kor_width_level(wish->look.width));
    cli_set_word(out, "range", wish->is_normal ? "normal" : "calibrated");
    cli_set_count(out, "halves", (size_t)wish->halves.n);
    cli_set_count(out, "seed", (size_t)wish->halves.seed);
    json_object_set_new(out, "fitted_to_them",
                        json_boolean(tallies->is_known));
    json_object_set_new(out, "overall",
                        figures(&tallies->overall, json_object()));
    json_object_set_new(out, "by_session", by_session(tallies));
    json_object_set_new(out, "by_intake", by_intake(tallies));
    return out;
}

enum kor_code
cli_stat_calibrate(struct cli *cli)
{
    struct wish wish;
    struct kor_series series = {0};
    struct tallies tallies = {0};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        code = cli_read_people(cli, &wish.model, &series);
    }
    if (code == KOR_OK) {
        code = wish.halves.n ? look_at_halves(cli, &wish, &series, &tallies)
                           : look_at_course(cli, &wish, &series, &tallies);
    }
    if (code == KOR_OK && tallies.overall.n_looks == 0) {
        code = kor_fail(&cli->err, KOR_CONFLICT, "sessions",
                        "there is no score after a start score to look at");
    }
    if (code == KOR_OK) {
        cli_print_figures(cli, figures_of(&wish, &tallies));
    }
    kor_series_done(&series);
    cli_model_wish_done(&wish.model);
    return code;
}
