/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat funnel: which units differ from all by more than chance. */

#include <math.h>
#include <stdlib.h>

#include "cli/figures.h"
#include "cli/stat_options.h"
#include "cli/stat_rows.h"
#include "kor/base/alloc.h"
#include "kor/stat/funnel.h"
#include "kor/stat/summary.h"

struct wish {
    const char *group, *event;
    enum kor_funnel_method method;
    double p0; /* NAN: the share of all. */
};

/* One unit: how many, and how many of them with the event. */
struct unit {
    size_t n, k;
};

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    static const char *const methods[] = {"size", "exact", "normal", NULL};
    size_t method = KOR_FUNNEL_BY_SIZE;
    enum kor_code code = cli_want_words(cli, 1, 1);
    wish->p0 = NAN;
    if (code == KOR_OK) {
        code = cli_want_option(cli, "group");
    }
    if (code == KOR_OK) {
        code = cli_want_option(cli, "event");
    }
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "limits", methods, &method);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "p0", 0, 1, &wish->p0);
    }
    wish->group = cli_option(cli, "group");
    wish->event = cli_option(cli, "event");
    wish->method = (enum kor_funnel_method)method;
    return code;
}

static json_t *
unit_of(const struct unit *unit, const char *name, double p0,
        enum kor_funnel_method method)
{
    struct kor_funnel limits = kor_funnel_limits(unit->n, p0, method);
    struct kor_share share = kor_share_of(unit->k, unit->n, 0.95);
    json_t *out = json_object();
    cli_set_word(out, "group", name);
    cli_set_count(out, "n", unit->n);
    cli_set_count(out, "k", unit->k);
    cli_set_real(out, "share", share.share);
    cli_set_real(out, "low", share.low);
    cli_set_real(out, "high", share.high);
    cli_set_word(out, "limits", limits.is_exact ? "exact" : "normal");
    cli_set_real(out, "low_95", limits.low_95);
    cli_set_real(out, "high_95", limits.high_95);
    cli_set_real(out, "low_998", limits.low_998);
    cli_set_real(out, "high_998", limits.high_998);
    cli_set_word(
        out, "where",
        kor_funnel_place_name(kor_funnel_place_of(&limits, unit->k, unit->n)));
    return out;
}

/* Counts the units; returns all together.  Rows without a group or an outcome
 * are left out. */
static struct unit
count(const struct kor_stat_csv *csv, struct unit units[])
{
    struct unit all = {0, 0};
    for (size_t i = 0; i < csv->n; i++) {
        double event = kor_stat_csv_number(csv, i, 0);
        if (csv->words[i] != KOR_NO_WORD && !isnan(event)) {
            units[csv->words[i]].n++;
            units[csv->words[i]].k += event > 0;
            all.n++;
            all.k += event > 0;
        }
    }
    return all;
}

static void
show(const struct cli *cli, const struct wish *wish,
     const struct kor_stat_csv *csv)
{
    size_t n_units = csv->dictionaries[0].n;
    struct unit *units = kor_alloc_array(n_units + 1, sizeof *units);
    struct unit all = count(csv, units);
    double p0 = isnan(wish->p0) ? (double)all.k / (double)all.n : wish->p0;
    json_t *out = json_object(), *groups = json_array();
    cli_set_real(out, "p0", p0);
    cli_set_count(out, "n", all.n);
    cli_set_count(out, "k", all.k);
    cli_set_count(out, "missing", csv->n - all.n);
    for (uint32_t i = 0; i < n_units; i++) {
        json_array_append_new(
            groups, unit_of(&units[i], kor_people_id(&csv->dictionaries[0], i),
                            p0, wish->method));
    }
    json_object_set_new(out, "groups", groups);
    cli_print_figures(cli, out);
    free(units);
}

enum kor_code
cli_stat_funnel(struct cli *cli)
{
    struct wish wish;
    struct kor_stat_csv csv = {0};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        const struct kor_stat_wish columns = {.words = &wish.group,
                                              .n_words = 1,
                                              .numbers = &wish.event,
                                              .n_numbers = 1};
        code =
            kor_stat_csv_read(cli->line.words[0], &columns, &csv, &cli->err);
    }
    if (code == KOR_OK) {
        code = cli_check_event(cli, &csv, 0, wish.event);
    }
    if (code == KOR_OK) {
        show(cli, &wish, &csv);
    }
    kor_stat_csv_done(&csv);
    return code;
}
