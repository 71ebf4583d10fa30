/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat change: classes of change by seven methods, on any CSV file. */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/figures.h"
#include "cli/print.h"
#include "cli/stat_options.h"
#include "kor/base/alloc.h"
#include "kor/stat/change.h"
#include "kor/stat/line.h"
#include "lib/first_last.h"

static const double most_points = 1e9;

/* The methods of kor/stat/change.h in its order, and all of them. */
static const char *const method_words[]
    = {"jt", "gln", "hll", "en", "nk", "ha", "hlm", "all", NULL};

struct wish {
    struct kor_first_last_wish columns;
    struct kor_change_rule rule;
    enum kor_time_function f;
    bool is_all;     /* Every method that the data allow. */
    bool lists_each; /* The class of each person as well. */
};

static bool
wants_hlm(const struct wish *wish)
{
    return (wish->is_all && !wish->columns.first)
        || wish->rule.method == KOR_CHANGE_HLM;
}

static enum kor_code
take_method(struct cli *cli, struct wish *wish)
{
    size_t method = 0;
    enum kor_code code
        = cli_take_choice(cli, "method", method_words, &method);
    if (code != KOR_OK) {
        return code;
    }
    wish->is_all = method == KOR_CHANGE_METHODS;
    wish->rule.method
        = wish->is_all ? KOR_CHANGE_JT : (enum kor_change_method)method;
    if (wish->rule.method == KOR_CHANGE_HLM && wish->columns.first) {
        return kor_fail(&cli->err, KOR_USAGE, "method",
                        "--method hlm needs each person's scores over time: "
                        "give --id, --time and --score in place of --pre and "
                        "--post");
    }
    return KOR_OK;
}

/* --rc, or --reliability with its company. */
static enum kor_code
take_limit(struct cli *cli, struct wish *wish)
{
    struct kor_change_rule *rule = &wish->rule;
    bool is_fixed = cli_option(cli, "rc") != NULL;
    enum kor_code code = cli_exclude(cli, "rc", "reliability");
    if (code == KOR_OK && is_fixed
        && (wish->is_all || rule->method != KOR_CHANGE_JT)) {
        return kor_fail(&cli->err, KOR_USAGE, "rc",
                        "--rc fixes the points of --method jt; the other "
                        "methods work with --reliability");
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "rc", 0, most_points, &rule->rc_points);
    }
    if (code == KOR_OK && !is_fixed && rule->method != KOR_CHANGE_HLM) {
        code = cli_need_real(cli, "reliability", 0, 1, &rule->reliability);
    }
    rule->reliability_last = rule->reliability;
    if (code == KOR_OK) {
        code = cli_take_real(cli, "reliability-post", 0, 1,
                             &rule->reliability_last);
    }
    if (code == KOR_OK) {
        code = cli_take_real(cli, "critical", 0, 100, &rule->critical);
    }
    return code;
}

static enum kor_code
take_populations(struct cli *cli, struct kor_change_rule *rule)
{
    const struct {
        const char *name;
        double least;
        double *to;
    } rows[] = {
        {"norm-mean", -most_points, &rule->norm.mean},
        {"norm-sd", 0, &rule->norm.sd},
        {"intake-mean", -most_points, &rule->intake.mean},
        {"intake-sd", 0, &rule->intake.sd},
        {"last-mean", -most_points, &rule->last_mean},
        {"cutoff", -most_points, &rule->cutoff_points},
    };
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < KOR_LENGTH(rows) && code == KOR_OK; i++) {
        code = cli_take_real(cli, rows[i].name, rows[i].least, most_points,
                             rows[i].to);
    }
    return code;
}

/* --cutoff, or --cut with the norm it needs; a norm alone is c. */
static enum kor_code
take_cutoff(struct cli *cli, struct kor_change_rule *rule)
{
    static const char *const words[] = {"a", "b", "c", NULL};
    static const char *const norm[] = {"norm-mean", "norm-sd"};
    bool has_norm = cli_option(cli, norm[0]) || cli_option(cli, norm[1]);
    size_t cut = 2;
    if (cli_option(cli, "cutoff")) {
        rule->cutoff = KOR_CHANGE_CUTOFF_FIXED;
        return cli_exclude(cli, "cutoff", has_norm ? "norm-mean" : "cut");
    }
    enum kor_code code = cli_take_choice(cli, "cut", words, &cut);
    if (!has_norm && !cli_option(cli, "cut")) {
        return code;
    }
    rule->cutoff = (enum kor_change_cutoff)(KOR_CHANGE_CUTOFF_A + cut);
    for (size_t i = 0; i < 2 && code == KOR_OK && (has_norm || cut); i++) {
        code = cli_want_option(cli, norm[i]);
    }
    return code;
}

static enum kor_code
take_operators(struct cli *cli, struct kor_change_rule *rule)
{
    static const char *const words[] = {"gt", "ge", NULL};
    size_t operator = 0, start;
    enum kor_code code = cli_take_choice(cli, "operator", words, &operator);
    start = operator;
    if (code == KOR_OK) {
        code = cli_take_choice(cli, "start-operator", words, &start);
    }
    rule->rc_compare = rule->cutoff_compare
        = operator ? KOR_AT_LEAST : KOR_MORE_THAN;
    rule->start_compare = start ? KOR_AT_LEAST : KOR_MORE_THAN;
    return code;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    *wish = (struct wish){.rule = KOR_CHANGE_RULE, .f = KOR_TIME_LOG};
    wish->lists_each = cli_option(cli, "each") != NULL;
    enum kor_code code = cli_take_first_last(cli, &wish->columns);
    if (code == KOR_OK) {
        code = take_method(cli, wish);
    }
    if (code == KOR_OK) {
        code = take_limit(cli, wish);
    }
    if (code == KOR_OK) {
        code = take_populations(cli, &wish->rule);
    }
    if (code == KOR_OK) {
        code = take_cutoff(cli, &wish->rule);
    }
    if (code == KOR_OK) {
        code = take_operators(cli, &wish->rule);
    }
    if (code == KOR_OK) {
        code = cli_take_direction(cli, &wish->rule.better);
    }
    return code == KOR_OK ? cli_take_time_function(cli, &wish->f) : code;
}

/* The people with what the methods need of them, and what came of it. */
struct work {
    const struct wish *wish;
    struct kor_first_last people;
    double *slope, *slope_se, *index;
    enum kor_change_class *class_of;
    struct kor_growth_fit fit; /* Of hlm. */
};

/* Slope and error of everybody with three scores, by the growth model that is
 * fitted to all. */
static void
find_slopes(struct work *w, const struct kor_growth_data *data)
{
    for (size_t p = 0; p < data->n_people; p++) {
        struct kor_own_line line
            = kor_own_line_of(&w->fit, &data->centre, &data->sums[p], NULL);
        bool has_three = data->sums[p].n >= 3;
        w->slope[p] = has_three ? line.slope : NAN;
        w->slope_se[p] = has_three ? sqrt(fmax(line.var_slope, 0)) : NAN;
    }
}

static enum kor_code
fit_growth(struct cli *cli, struct work *w, const double g[])
{
    const struct kor_series *series = &w->people.series;
    struct kor_growth_sums *sums
        = kor_alloc_array(series->n_people + 1, sizeof *sums);
    const struct kor_growth_data data
        = {.centre = kor_growth_centre_of(g, series->score, series->n),
           .sums = sums,
           .n_people = series->n_people};
    for (size_t p = 0; p < series->n_people; p++) {
        for (size_t i = series->from[p]; i < series->from[p + 1]; i++) {
            kor_growth_add(&sums[p], &data.centre, g[i], series->score[i]);
        }
    }
    enum kor_code code
        = kor_growth_fit(&data, KOR_GROWTH_REML, &w->fit, &cli->err);
    if (code == KOR_OK) {
        find_slopes(w, &data);
    }
    free(sums);
    return code;
}

/* What hlm needs.  Among all methods it may fail: the others stand. */
static enum kor_code
prepare_hlm(struct cli *cli, struct work *w)
{
    const struct kor_series *series = &w->people.series;
    double *g = kor_alloc_array(series->n + 1, sizeof *g);
    w->fit.status = KOR_GROWTH_TOO_FEW;
    enum kor_code code = cli_apply_time(cli, w->wish->f, series, g);
    if (code == KOR_OK) {
        code = fit_growth(cli, w, g);
    } else if (w->wish->is_all) {
        cli_remark(cli, "hlm: %s", cli->err.text);
        kor_err_init(&cli->err, cli->lang);
        code = KOR_OK;
    }
    free(g);
    return code;
}

static void
put_counts(json_t *to, const struct kor_change *found)
{
    for (int k = 0; k < KOR_CHANGE_CLASSES; k++) {
        const char *key = kor_change_class_name((enum kor_change_class)k);
        json_object_set_new(to, key,
                            found->status == KOR_CHANGE_OK
                                ? cli_count(found->count[k])
                                : json_null());
    }
    cli_set_count(to, "n", found->n);
}

/* Class and index of each person. */
static json_t *
each_of(const struct work *w)
{
    json_t *out = json_array();
    for (size_t i = 0; i < w->people.n; i++) {
        json_t *one = json_object();
        cli_set_word(one, "id", kor_first_last_id(&w->people, i));
        cli_set_word(one, "class", kor_change_class_name(w->class_of[i]));
        cli_set_real(one, "index", w->index[i]);
        json_array_append_new(out, one);
    }
    return out;
}

/* What one method says that has no room in the table. */
static void
put_details(json_t *to, const struct work *w, const struct kor_change *found)
{
    cli_set_real(to, "critical", found->critical);
    cli_set_real(to, "index_error", found->error);
    if (found->method == KOR_CHANGE_HLL) {
        json_object_set_new(to, "is_group_relative",
                            json_boolean(found->is_group_relative));
    }
    if (found->method == KOR_CHANGE_HA) {
        cli_set_real(to, "difference_reliability",
                     found->difference_reliability);
    }
    if (found->method == KOR_CHANGE_HLM) {
        cli_set_word(to, "fit_status",
                     kor_growth_status_name(w->fit.status));
    }
}

/* What one method found. */
static json_t *
method_of(const struct cli *cli, const struct work *w,
          const struct kor_change *found, const char *status)
{
    json_t *out = json_object();
    cli_set_word(out, "method", kor_change_method_name(found->method));
    put_counts(out, found);
    cli_set_real(out, "cutoff", found->cutoff_points);
    cli_set_real(out, "needed_points", found->needed_points);
    cli_set_real(out, "needed_worse_points", found->needed_worse_points);
    cli_set_word(out, "status", status);
    if (cli->is_json || !w->wish->is_all) {
        put_details(out, w, found);
    }
    if (w->wish->lists_each) {
        json_object_set_new(out, "each", each_of(w));
    }
    return out;
}

static enum kor_code
run_method(struct cli *cli, struct work *w, enum kor_change_method method,
           json_t *methods, struct kor_change *found)
{
    const struct kor_first_last *people = &w->people;
    struct kor_change_rule rule = w->wish->rule;
    const struct kor_change_pairs pairs = {people->first, people->last,
                                           w->slope, w->slope_se, people->n};
    rule.method = method;
    enum kor_code code = kor_change_of(&rule, &pairs, found, w->class_of,
                                       w->index, &cli->err);
    if (code == KOR_OK) {
        bool has_fit = method != KOR_CHANGE_HLM
                    || kor_growth_has_estimates(&w->fit);
        const char *status = kor_change_status_name(found->status);
        if (!has_fit) {
            found->status = KOR_CHANGE_TOO_FEW;
            status = "no-fit";
        }
        json_array_append_new(methods, method_of(cli, w, found, status));
    }
    return code;
}

static void
put_group(json_t *to, const struct work *w, const struct kor_change *found)
{
    cli_set_count(to, "people", w->people.n);
    cli_set_count(to, "pairs", found->n_pairs);
    cli_set_count(to, "one_score", w->people.n_one_score);
    cli_set_count(to, "no_score", w->people.n_no_score);
    cli_set_real(to, "intake_mean", found->intake.mean);
    cli_set_real(to, "intake_sd", found->intake.sd);
    cli_set_real(to, "last_mean", found->last.mean);
    cli_set_real(to, "last_sd", found->last.sd);
    cli_set_real(to, "correlation", found->correlation);
    json_object_set_new(to, "norm_is_worse",
                        json_boolean(found->norm_is_worse));
}

static void
print_change(const struct cli *cli, const struct work *w,
             const struct kor_change *found, json_t *methods)
{
    json_t *out = json_object();
    put_group(out, w, found);
    if (!w->wish->is_all) {
        json_object_update(out, json_array_get(methods, 0));
    }
    if (w->wish->is_all || cli->is_json) {
        json_object_set(out, "methods", methods);
    }
    cli_print_figures(cli, out);
    if (found->norm_is_worse) {
        cli_remark(cli, "%s",
                   kor_text(cli->lang,
                            "the norm's mean is not better than that of the "
                            "first scores: is the direction right? "
                            "(--lower-is-better, --higher-is-better)"));
    }
}

static enum kor_code
run_methods(struct cli *cli, struct work *w, json_t *methods,
            struct kor_change *found)
{
    enum kor_code code = KOR_OK;
    if (!w->wish->is_all) {
        return run_method(cli, w, w->wish->rule.method, methods, found);
    }
    for (int m = 0; m < KOR_CHANGE_METHODS && code == KOR_OK; m++) {
        if (m != KOR_CHANGE_HLM || wants_hlm(w->wish)) {
            code = run_method(cli, w, (enum kor_change_method)m, methods,
                              found);
        }
    }
    return code;
}

static enum kor_code
work_on(struct cli *cli, struct work *w)
{
    size_t n = w->people.n + 1;
    struct kor_change found;
    json_t *methods = json_array();
    w->slope = kor_alloc_array(n, sizeof *w->slope);
    w->slope_se = kor_alloc_array(n, sizeof *w->slope_se);
    w->index = kor_alloc_array(n, sizeof *w->index);
    w->class_of = kor_alloc_array(n, sizeof *w->class_of);
    for (size_t i = 0; i < n; i++) {
        w->slope[i] = w->slope_se[i] = NAN;
    }
    enum kor_code code = wants_hlm(w->wish) ? prepare_hlm(cli, w) : KOR_OK;
    if (code == KOR_OK) {
        code = run_methods(cli, w, methods, &found);
    }
    if (code == KOR_OK) {
        print_change(cli, w, &found, methods);
    }
    json_decref(methods);
    free(w->slope);
    free(w->slope_se);
    free(w->index);
    free(w->class_of);
    return code;
}

enum kor_code
cli_stat_change(struct cli *cli)
{
    struct wish wish;
    struct work work = {.wish = &wish};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        code = kor_first_last_read(cli->line.words[0], &wish.columns,
                                   &work.people, &cli->err);
    }
    if (code == KOR_OK) {
        code = work_on(cli, &work);
    }
    kor_first_last_done(&work.people);
    return code;
}
