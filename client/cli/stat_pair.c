/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat pair: outcome on two scales together, on any CSV file. */

#include <math.h>
#include <stdlib.h>

#include "cli/figures.h"
#include "cli/stat_options.h"
#include "kor/base/alloc.h"
#include "kor/stat/pair.h"
#include "lib/stat_csv.h"

static const double most_points = 1e9;

enum { n_scores = 4 }; /* Columns: pre1, post1, pre2, post2. */

struct wish {
    const char *columns[n_scores + 1]; /* The last of sessions; may be null. */
    struct kor_measure scales[2];
    double level;
};

/* PHQ-9 and GAD-7 as NHS Talking Therapies in England has them: caseness from
 * 10 and from 8, reliable change from 6 and from 4. */
static const struct kor_measure phq9_and_gad7[2] = {
    {0, 27, KOR_LOWER_IS_BETTER, 6, KOR_AT_LEAST, 10, KOR_MORE_THAN},
    {0, 21, KOR_LOWER_IS_BETTER, 4, KOR_AT_LEAST, 8, KOR_MORE_THAN},
};

static enum kor_code
take_columns(struct cli *cli, struct wish *wish)
{
    static const char *const names[] = {"pre1", "post1", "pre2", "post2"};
    enum kor_code code = cli_want_words(cli, 1, 1);
    for (size_t i = 0; i < n_scores && code == KOR_OK; i++) {
        code = cli_want_option(cli, names[i]);
        wish->columns[i] = cli_option(cli, names[i]);
    }
    wish->columns[n_scores] = cli_option(cli, "sessions");
    return code;
}

static enum kor_code
take_scales(struct cli *cli, struct wish *wish)
{
    const struct {
        const char *name;
        double *to;
    } rows[] = {
        {"max1", &wish->scales[0].max_points},
        {"max2", &wish->scales[1].max_points},
        {"case1", &wish->scales[0].cutoff_points},
        {"case2", &wish->scales[1].cutoff_points},
        {"rc1", &wish->scales[0].rc_points},
        {"rc2", &wish->scales[1].rc_points},
    };
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < KOR_LENGTH(rows) && code == KOR_OK; i++) {
        double most = i < 2 ? most_points : wish->scales[i % 2].max_points;
        code = cli_take_real(cli, rows[i].name, 0, most, rows[i].to);
    }
    return code;
}

/* A score "at least" at the line is a case: then "more than" is past it. */
static enum kor_code
take_operators(struct cli *cli, struct wish *wish)
{
    static const char *const words[] = {"ge", "gt", NULL};
    size_t change = 0, caseness = 0;
    enum kor_better better = KOR_LOWER_IS_BETTER;
    enum kor_code code = cli_take_choice(cli, "operator", words, &change);
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "case-operator", words, &caseness);
    }
    if (code == KOR_OK) {
        code = cli_take_direction(cli, &better);
    }
    for (int s = 0; s < 2; s++) {
        wish->scales[s].better = better;
        wish->scales[s].rc_compare = change ? KOR_MORE_THAN : KOR_AT_LEAST;
        wish->scales[s].cutoff_compare
            = caseness ? KOR_AT_LEAST : KOR_MORE_THAN;
    }
    return code;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    *wish = (struct wish){.level = 0.95};
    wish->scales[0] = phq9_and_gad7[0];
    wish->scales[1] = phq9_and_gad7[1];
    enum kor_code code = take_columns(cli, wish);
    if (code == KOR_OK) {
        code = take_scales(cli, wish);
    }
    if (code == KOR_OK) {
        code = take_operators(cli, wish);
    }
    return code == KOR_OK ? cli_take_real(cli, "level", 0, 1, &wish->level)
                          : code;
}

/* Errors with the line and the column, which the statistics do not know. */
static enum kor_code
check_scores(struct cli *cli, const struct wish *wish,
             const struct kor_stat_csv *csv)
{
    for (size_t i = 0; i < csv->n; i++) {
        for (size_t k = 0; k < n_scores; k++) {
            enum kor_code code
                = kor_points_check(&wish->scales[k / 2],
                                   kor_stat_csv_number(csv, i, k), &cli->err);
            if (code != KOR_OK) {
                kor_wrap(&cli->err,
                         "line %ld, column %s (highest score: --max%d)",
                         csv->lines[i], wish->columns[k], (int)k / 2 + 1);
                return code;
            }
        }
    }
    return KOR_OK;
}

static enum kor_code
judge(struct cli *cli, const struct wish *wish, const struct kor_stat_csv *csv,
      struct kor_pair *found)
{
    double *columns[n_scores + 1];
    for (size_t k = 0; k <= n_scores; k++) {
        columns[k] = kor_alloc_array(csv->n + 1, sizeof **columns);
        for (size_t i = 0; i < csv->n && k < csv->n_numbers; i++) {
            columns[k][i] = kor_stat_csv_number(csv, i, k);
        }
    }
    const struct kor_pair_people people
        = {{columns[0], columns[2]},
           {columns[1], columns[3]},
           wish->columns[n_scores] ? columns[n_scores] : NULL,
           csv->n};
    enum kor_code code = kor_pair_of(wish->scales, &people, wish->level, found,
                                     NULL, &cli->err);
    for (size_t k = 0; k <= n_scores; k++) {
        free(columns[k]);
    }
    return code;
}

static void
put_share(json_t *to, const char *key, size_t count, size_t of,
          struct kor_share share)
{
    json_t *one = json_object();
    cli_set_count(one, "count", count);
    cli_set_count(one, "of", of);
    cli_set_real(one, "share", share.share);
    cli_set_real(one, "low", share.low);
    cli_set_real(one, "high", share.high);
    json_object_set_new(to, key, one);
}

static void
print_pair(const struct cli *cli, const struct wish *wish, size_t people,
           const struct kor_pair *p)
{
    json_t *out = json_object();
    cli_set_count(out, "people", people);
    cli_set_count(out, "n", p->n);
    cli_set_count(out, "missing", p->n_missing);
    cli_set_count(out, "too_short", p->n_too_short);
    cli_set_count(out, "at_caseness", p->n_at_caseness);
    cli_set_real(out, "level", wish->level);
    put_share(out, "recovery", p->n_recovered, p->n_at_caseness, p->recovered);
    put_share(out, "reliable_recovery", p->n_reliably_recovered,
              p->n_at_caseness, p->reliably_recovered);
    put_share(out, "reliable_improvement", p->n_improved, p->n, p->improved);
    put_share(out, "reliable_deterioration", p->n_deteriorated, p->n,
              p->deteriorated);
    cli_print_figures(cli, out);
}

enum kor_code
cli_stat_pair(struct cli *cli)
{
    struct wish wish;
    struct kor_stat_csv csv = {0};
    struct kor_pair found;
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        const struct kor_stat_wish columns
            = {NULL, 0, wish.columns,
               n_scores + (wish.columns[n_scores] ? 1 : 0)};
        code = kor_stat_csv_read(cli->line.words[0], &columns, &csv,
                                 &cli->err);
    }
    if (code == KOR_OK) {
        code = check_scores(cli, &wish, &csv);
    }
    if (code == KOR_OK) {
        code = judge(cli, &wish, &csv, &found);
    }
    if (code == KOR_OK) {
        print_pair(cli, &wish, csv.n, &found);
    }
    kor_stat_csv_done(&csv);
    return code;
}
