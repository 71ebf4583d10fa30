/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat cusum: whether an event has become more or less frequent in a
 * unit, and since when. */

#include <math.h>
#include <stdlib.h>

#include "cli/figures.h"
#include "cli/stat_options.h"
#include "cli/stat_rows.h"
#include "kor/base/alloc.h"
#include "kor/stat/cusum.h"

struct wish {
    const char *group;      /* Null: all are one unit. */
    const char *columns[3]; /* Event; then time and expected, if given. */
    size_t n_columns;
    size_t time, expected; /* Where these two are; 0: not given. */
    double p0;             /* NAN: the share of the file. */
    struct kor_cusum_rule rule;
};

/* A row of the file, to be put in order. */
struct place {
    uint32_t group;
    double time; /* 0 without a column: the order of the file. */
    size_t row;
};

static size_t
add_column(struct wish *wish, const char *name)
{
    if (!name) {
        return 0;
    }
    wish->columns[wish->n_columns] = name;
    return wish->n_columns++;
}

static enum kor_code
take_numbers(struct cli *cli, struct wish *wish)
{
    wish->p0 = NAN;
    wish->rule = (struct kor_cusum_rule){.odds_ratio = 2, .limit = 4.5};
    enum kor_code code = cli_take_real(cli, "p0", 0.001, 0.999, &wish->p0);
    if (code == KOR_OK) {
        code = cli_take_real(cli, "odds", 1.01, 100, &wish->rule.odds_ratio);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "limit", 0.1, 100, &wish->rule.limit);
    }
    return code;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "event");
    }
    if (code == KOR_OK) {
        code = take_numbers(cli, wish);
    }
    if (code == KOR_OK && cli_option(cli, "expected") && !isnan(wish->p0)) {
        code = kor_fail(&cli->err, KOR_USAGE, "p0",
                        "--p0 and --expected exclude each other: give one of "
                        "them");
    }
    wish->group = cli_option(cli, "group");
    (void)add_column(wish, cli_option(cli, "event"));
    wish->time = add_column(wish, cli_option(cli, "time"));
    wish->expected = add_column(wish, cli_option(cli, "expected"));
    return code;
}

static bool
is_whole(const struct wish *wish, const struct kor_stat_csv *csv, size_t row)
{
    for (size_t i = 0; i < wish->n_columns; i++) {
        if (isnan(kor_stat_csv_number(csv, row, i))) {
            return false;
        }
    }
    return !wish->group || csv->words[row] != KOR_NO_WORD;
}

static int
by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->group != y->group) {
        return x->group < y->group ? -1 : 1;
    }
    if (x->time < y->time || x->time > y->time) {
        return x->time < y->time ? -1 : 1;
    }
    return x->row < y->row ? -1 : x->row > y->row;
}

/* The rows that have all that is needed, by unit and in order; returns how
 * many. */
static size_t
put_in_order(const struct wish *wish, const struct kor_stat_csv *csv,
             struct place places[])
{
    size_t n = 0;
    for (size_t i = 0; i < csv->n; i++) {
        if (is_whole(wish, csv, i)) {
            places[n++] = (struct place){
                .group = wish->group ? csv->words[i] : 0,
                .time =
                    wish->time ? kor_stat_csv_number(csv, i, wish->time) : 0,
                .row = i};
        }
    }
    if (n > 0) {
        qsort(places, n, sizeof *places, by_place);
    }
    return n;
}

static json_t *
row_of(const struct kor_stat_csv *csv, const struct place *place,
       const struct kor_cusum_person *person, const struct kor_cusum_row *row)
{
    json_t *out = json_object();
    json_object_set_new(out, "line", json_integer(csv->lines[place->row]));
    cli_set_count(out, "event", person->event > 0);
    cli_set_real(out, "expected", person->expected);
    cli_set_real(out, "more", row->more);
    cli_set_real(out, "less", row->less);
    cli_set_word(out, "signal",
                 row->is_more   ? "more"
                 : row->is_less ? "less"
                                : "no");
    return out;
}

/* One unit: its 'n' people, whose sums are in 'sums'. */
static json_t *
unit_of(const struct wish *wish, const struct kor_stat_csv *csv,
        const struct place places[], size_t n,
        const struct kor_cusum_person people[],
        const struct kor_cusum_row sums[])
{
    json_t *out = json_object(), *rows = json_array();
    size_t n_more = 0, n_less = 0;
    for (size_t i = 0; i < n; i++) {
        n_more += sums[i].is_more;
        n_less += sums[i].is_less;
        json_array_append_new(rows,
                              row_of(csv, &places[i], &people[i], &sums[i]));
    }
    if (wish->group) {
        cli_set_word(out, "group",
                     kor_people_id(&csv->dictionaries[0], places[0].group));
    }
    cli_set_count(out, "n", n);
    cli_set_count(out, "signals_more", n_more);
    cli_set_count(out, "signals_less", n_less);
    json_object_set_new(out, "rows", rows);
    return out;
}

/* All units, each with sums of its own. */
static enum kor_code
add_units(struct cli *cli, const struct wish *wish,
          const struct kor_stat_csv *csv, const struct place places[],
          size_t n, double p0, json_t *groups)
{
    struct kor_cusum_person *people = kor_alloc_array(n + 1, sizeof *people);
    struct kor_cusum_row *sums = kor_alloc_array(n + 1, sizeof *sums);
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < n; i++) {
        size_t row = places[i].row;
        people[i].event = kor_stat_csv_number(csv, row, 0);
        people[i].expected =
            wish->expected ? kor_stat_csv_number(csv, row, wish->expected)
                           : p0;
    }
    for (size_t from = 0, to; from < n && code == KOR_OK; from = to) {
        for (to = from; to < n && places[to].group == places[from].group;) {
            to++;
        }
        code = kor_cusum_of(&wish->rule, people + from, to - from, sums + from,
                            &cli->err);
        json_array_append_new(groups,
                              unit_of(wish, csv, places + from, to - from,
                                      people + from, sums + from));
    }
    free(sums);
    free(people);
    return code;
}

static enum kor_code
show(struct cli *cli, const struct wish *wish, const struct kor_stat_csv *csv,
     double p0)
{
    struct place *places = kor_alloc_array(csv->n + 1, sizeof *places);
    size_t n = put_in_order(wish, csv, places);
    json_t *out = json_object(), *groups = json_array();
    cli_set_count(out, "n", n);
    cli_set_count(out, "missing", csv->n - n);
    cli_set_real(out, "p0", p0);
    cli_set_real(out, "odds", wish->rule.odds_ratio);
    cli_set_real(out, "limit", wish->rule.limit);
    enum kor_code code = add_units(cli, wish, csv, places, n, p0, groups);
    json_object_set_new(out, "groups", groups);
    if (code == KOR_OK) {
        cli_print_figures(cli, json_incref(out));
    }
    json_decref(out);
    free(places);
    return code;
}

/* Checks the columns and settles the chance that is expected of all: NAN if
 * each person has one. */
static enum kor_code
settle(struct cli *cli, const struct wish *wish,
       const struct kor_stat_csv *csv, double *p0)
{
    enum kor_code code = cli_check_event(cli, csv, 0, wish->columns[0]);
    *p0 = wish->p0;
    if (code != KOR_OK) {
        return code;
    }
    if (wish->expected) {
        return cli_check_range(cli, csv, wish->expected,
                               wish->columns[wish->expected], 0.001, 0.999);
    }
    if (isnan(wish->p0)) {
        *p0 = cli_share_of(csv, 0);
    }
    if (*p0 <= 0 || *p0 >= 1) {
        return kor_fail(&cli->err, KOR_BAD_VALUE, "p0",
                        "all outcomes are the same, so the file does not say "
                        "which share to expect: give it with --p0");
    }
    return KOR_OK;
}

enum kor_code
cli_stat_cusum(struct cli *cli)
{
    struct wish wish = {0};
    struct kor_stat_csv csv = {0};
    double p0 = NAN;
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        const struct kor_stat_wish columns = {.words = &wish.group,
                                              .n_words = wish.group != NULL,
                                              .numbers = wish.columns,
                                              .n_numbers = wish.n_columns};
        code =
            kor_stat_csv_read(cli->line.words[0], &columns, &csv, &cli->err);
    }
    if (code == KOR_OK) {
        code = settle(cli, &wish, &csv, &p0);
    }
    if (code == KOR_OK) {
        code = show(cli, &wish, &csv, p0);
    }
    kor_stat_csv_done(&csv);
    return code;
}
