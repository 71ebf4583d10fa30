/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat alpha: how reliable a scale is, from the answers to its items. */

#include <math.h>
#include <stdlib.h>

#include "cli/figures.h"
#include "cli/stat_options.h"
#include "cli/stat_rows.h"
#include "kor/base/alloc.h"
#include "kor/stat/reliability.h"

static const double critical = 1.96; /* For reliable change. */

struct wish {
    struct cli_names items;
    double level;
    double rc; /* As published; NAN: not given. */
};

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    enum kor_code code = cli_want_words(cli, 1, 1);
    wish->rc = NAN;
    if (code == KOR_OK) {
        code = cli_want_option(cli, "items");
    }
    if (code == KOR_OK) {
        code = cli_take_columns(cli, "items", &wish->items);
    }
    if (code == KOR_OK) {
        code = cli_take_level(cli, &wish->level);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "rc", 1e-6, 1e6, &wish->rc);
    }
    return code;
}

static void
print_alpha(const struct cli *cli, const struct wish *wish,
            const struct kor_reliability *found)
{
    json_t *out = json_object();
    cli_set_count(out, "n", found->n_complete);
    cli_set_count(out, "missing", found->n_incomplete);
    cli_set_count(out, "k", wish->items.n);
    cli_set_real(out, "alpha", found->alpha);
    cli_set_real(out, "low", found->low);
    cli_set_real(out, "high", found->high);
    cli_set_real(out, "m", found->mean);
    cli_set_real(out, "sd", found->sd);
    cli_set_real(
        out, "reliable_change",
        kor_reliable_change_points(found->sd, found->alpha, critical));
    cli_set_real(out, "reliable_change_published", wish->rc);
    cli_print_figures(cli, out);
}

static enum kor_code
show(struct cli *cli, const struct wish *wish, const struct kor_stat_csv *csv)
{
    struct kor_reliability found;
    double *workspace = kor_alloc_array(wish->items.n, sizeof *workspace);
    enum kor_code code =
        kor_reliability_of(csv->numbers, csv->n, wish->items.n, wish->level,
                           workspace, &found, &cli->err);
    if (code == KOR_OK) {
        print_alpha(cli, wish, &found);
    }
    free(workspace);
    return code;
}

enum kor_code
cli_stat_alpha(struct cli *cli)
{
    struct wish wish = {0};
    struct kor_stat_csv csv = {0};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        const struct kor_stat_wish columns = {.numbers = wish.items.names,
                                              .n_numbers = wish.items.n};
        code =
            kor_stat_csv_read(cli->line.words[0], &columns, &csv, &cli->err);
    }
    if (code == KOR_OK) {
        code = cli_check_ids(cli);
    }
    if (code == KOR_OK) {
        code = show(cli, &wish, &csv);
    }
    kor_stat_csv_done(&csv);
    cli_names_done(&wish.items);
    return code;
}
