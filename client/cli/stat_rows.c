/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of 'stat' commands: see client/cli/stat_rows.h. */

#include "cli/stat_rows.h"

#include <math.h>

#include "cli/stat_options.h"

enum kor_code
cli_check_range(struct cli *cli, const struct kor_stat_csv *csv, size_t column,
                const char *name, double least, double most)
{
    for (size_t i = 0; i < csv->n; i++) {
        double value = kor_stat_csv_number(csv, i, column);
        if (value < least || value > most) {
            return kor_fail(&cli->err, KOR_BAD_VALUE, name,
                            "line %ld, column %s: the number must lie "
                            "between %g and %g",
                            csv->lines[i], name, least, most);
        }
    }
    return KOR_OK;
}

enum kor_code
cli_check_event(struct cli *cli, const struct kor_stat_csv *csv, size_t column,
                const char *name)
{
    for (size_t i = 0; i < csv->n; i++) {
        double value = kor_stat_csv_number(csv, i, column);
        if (!isnan(value) && value != 0 && value != 1) {
            return kor_fail(&cli->err, KOR_BAD_VALUE, name,
                            "line %ld, column %s: write 1 for an event, 0 "
                            "for none, and leave it empty if it is not known",
                            csv->lines[i], name);
        }
    }
    return KOR_OK;
}

enum kor_code
cli_check_ids(struct cli *cli)
{
    const char *id = cli_option(cli, "id");
    const struct kor_stat_wish wish = {.words = &id, .n_words = 1};
    struct kor_stat_csv csv = {0};
    enum kor_code code
        = id ? kor_stat_csv_read(cli->line.words[0], &wish, &csv, &cli->err)
             : KOR_OK;
    for (size_t i = 0; i < csv.n && code == KOR_OK; i++) {
        /* Words are numbered as they first come. */
        if (csv.words[i] != i) {
            code = kor_fail(&cli->err, KOR_BAD_VALUE, id,
                            "line %ld, column %s: every row must have an id "
                            "of its own, since a row is a person",
                            csv.lines[i], id);
        }
    }
    kor_stat_csv_done(&csv);
    return code;
}

enum kor_code
cli_take_level(struct cli *cli, double *to)
{
    *to = 0.95;
    return cli_take_real(cli, "level", 0.01, 0.9999, to);
}

double
cli_share_of(const struct kor_stat_csv *csv, size_t column)
{
    double n = 0, k = 0;
    for (size_t i = 0; i < csv->n; i++) {
        double value = kor_stat_csv_number(csv, i, column);
        n += !isnan(value);
        k += value > 0;
    }
    return n > 0 ? k / n : NAN;
}
