/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat survival: who has not yet had an event, from any CSV file. */

#include <math.h>
#include <stdlib.h>

#include "cli/figures.h"
#include "cli/stat_options.h"
#include "cli/stat_rows.h"
#include "kor/base/alloc.h"
#include "kor/stat/survival.h"

static const double longest = 1e12;

/* Columns of numbers, as they are read. */
enum { DURATION, EVENT, N_COLUMNS };

struct wish {
    const char *columns[N_COLUMNS];
    double level;
    enum kor_survival_scale scale;
};

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    static const char *const scales[] = {"log", "plain", "log-log", NULL};
    size_t scale = KOR_SURVIVAL_LOG;
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "duration");
    }
    if (code == KOR_OK) {
        code = cli_want_option(cli, "event");
    }
    if (code == KOR_OK) {
        code = cli_take_level(cli, &wish->level);
    }
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "scale", scales, &scale);
    }
    wish->columns[DURATION] = cli_option(cli, "duration");
    wish->columns[EVENT] = cli_option(cli, "event");
    wish->scale = (enum kor_survival_scale)scale;
    return code;
}

static json_t *
row_of(const struct kor_survival_row *row)
{
    json_t *out = json_object();
    cli_set_real(out, "t", row->t);
    cli_set_count(out, "at_risk", row->n_at_risk);
    cli_set_count(out, "events", row->n_events);
    cli_set_count(out, "censored", row->n_censored);
    cli_set_real(out, "s", row->s);
    cli_set_real(out, "low", row->low);
    cli_set_real(out, "high", row->high);
    return out;
}

static void
print_curve(const struct cli *cli, const struct kor_survival *found,
            const struct kor_survival_row rows[], size_t n_missing)
{
    json_t *out = json_object(), *times = json_array();
    cli_set_count(out, "n", found->n);
    cli_set_count(out, "missing", n_missing);
    cli_set_count(out, "events", found->n_events);
    cli_set_real(out, "median", found->median);
    cli_set_real(out, "median_low", found->median_low);
    cli_set_real(out, "median_high", found->median_high);
    for (size_t i = 0; i < found->n_rows; i++) {
        json_array_append_new(times, row_of(&rows[i]));
    }
    json_object_set_new(out, "times", times);
    cli_print_figures(cli, out);
}

static enum kor_code
check(struct cli *cli, const struct wish *wish, const struct kor_stat_csv *csv)
{
    enum kor_code code = cli_check_range(cli, csv, DURATION,
                                         wish->columns[DURATION], 0, longest);
    return code == KOR_OK
               ? cli_check_event(cli, csv, EVENT, wish->columns[EVENT])
               : code;
}

/* Whoever has no duration, or of whom it is not known whether it ended with
 * the event, is left out. */
static enum kor_code
show(struct cli *cli, const struct wish *wish, const struct kor_stat_csv *csv)
{
    struct kor_survival_time *people =
        kor_alloc_array(csv->n + 1, sizeof *people);
    struct kor_survival_row *rows = kor_alloc_array(csv->n + 1, sizeof *rows);
    struct kor_survival found;
    for (size_t i = 0; i < csv->n; i++) {
        double event = kor_stat_csv_number(csv, i, EVENT);
        people[i].t =
            isnan(event) ? NAN : kor_stat_csv_number(csv, i, DURATION);
        people[i].is_event = event > 0;
    }
    enum kor_code code = kor_survival_of(people, csv->n, wish->level,
                                         wish->scale, rows, &found, &cli->err);
    if (code == KOR_OK) {
        print_curve(cli, &found, rows, csv->n - found.n);
    }
    free(rows);
    free(people);
    return code;
}

enum kor_code
cli_stat_survival(struct cli *cli)
{
    struct wish wish;
    struct kor_stat_csv csv = {0};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        const struct kor_stat_wish columns = {.numbers = wish.columns,
                                              .n_numbers = N_COLUMNS};
        code =
            kor_stat_csv_read(cli->line.words[0], &columns, &csv, &cli->err);
    }
    if (code == KOR_OK) {
        code = cli_check_ids(cli);
    }
    if (code == KOR_OK) {
        code = check(cli, &wish, &csv);
    }
    if (code == KOR_OK) {
        code = show(cli, &wish, &csv);
    }
    kor_stat_csv_done(&csv);
    return code;
}
