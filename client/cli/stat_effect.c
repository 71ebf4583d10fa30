/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat effect: size of the change from first to last score, on any CSV
 * file. */

#include <math.h>
#include <stdlib.h>

#include "cli/figures.h"
#include "cli/stat_options.h"
#include "kor/base/alloc.h"
#include "kor/stat/effect.h"
#include "kor/stat/severity.h"
#include "lib/first_last.h"

static const double most_points = 1e9;
static const double least_sd = 1e-9;

struct wish {
    struct kor_first_last_wish columns;
    enum kor_better better;
    double sd;     /* NAN: none was published. */
    double cutoff; /* NAN: no adjusting. */
    enum kor_compare cutoff_compare;
    double level;
    const char *reference; /* File; null: the people's own. */
    bool lists_each;
};

/* --start-operator says when a first score counts as clinical; the scale says
 * when one is past the cut-off. */
static enum kor_code
take_start_operator(struct cli *cli, enum kor_compare *to)
{
    static const char *const words[] = {"gt", "ge", NULL};
    size_t start = 0;
    enum kor_code code = cli_take_choice(cli, "start-operator", words, &start);
    *to = start ? KOR_MORE_THAN : KOR_AT_LEAST;
    return code;
}

/* What has a meaning with --cutoff only. */
static enum kor_code
need_cutoff(struct cli *cli)
{
    static const char *const names[] = {"start-operator", "reference", "each"};
    for (size_t i = 0; i < KOR_LENGTH(names); i++) {
        if (cli_option(cli, names[i]) && !cli_option(cli, "cutoff")) {
            return kor_fail(&cli->err, KOR_USAGE, names[i],
                            "--%s needs --cutoff", names[i]);
        }
    }
    return KOR_OK;
}

static enum kor_code
take_numbers(struct cli *cli, struct wish *wish)
{
    enum kor_code code =
        cli_take_real(cli, "sd", least_sd, most_points, &wish->sd);
    if (code == KOR_OK) {
        code = cli_take_real(cli, "cutoff", -most_points, most_points,
                             &wish->cutoff);
    }
    return code == KOR_OK
               ? cli_take_real(cli, "level", 0.5, 0.999, &wish->level)
               : code;
}

static enum kor_code
take_wish(struct cli *cli, struct wish *wish)
{
    *wish = (struct wish){.sd = NAN, .cutoff = NAN, .level = 0.95};
    wish->reference = cli_option(cli, "reference");
    wish->lists_each = cli_option(cli, "each") != NULL;
    enum kor_code code = cli_take_first_last(cli, &wish->columns);
    if (code == KOR_OK) {
        code = cli_take_direction(cli, &wish->better);
    }
    if (code == KOR_OK) {
        code = take_numbers(cli, wish);
    }
    if (code == KOR_OK) {
        code = take_start_operator(cli, &wish->cutoff_compare);
    }
    return code == KOR_OK ? need_cutoff(cli) : code;
}

/* The scale as far as it shows: it reaches over all the scores and the
 * cut-off. */
static struct kor_measure
measure_of(const struct wish *wish, const struct kor_first_last *people)
{
    double least = wish->cutoff, most = wish->cutoff;
    for (size_t i = 0; i < people->n; i++) {
        least = fmin(least, fmin(people->first[i], people->last[i]));
        most = fmax(most, fmax(people->first[i], people->last[i]));
    }
    return (struct kor_measure){.min_points = least - 1,
                                .max_points = most + 1,
                                .better = wish->better,
                                .rc_points = NAN,
                                .cutoff_points = wish->cutoff,
                                .cutoff_compare = wish->cutoff_compare};
}

static struct kor_severity_people
severity_people(const struct kor_first_last *people)
{
    return (struct kor_severity_people){
        .pre = people->first, .post = people->last, .n = people->n};
}

static enum kor_code
fit_reference(struct cli *cli, const struct wish *wish,
              const struct kor_first_last *people,
              struct kor_severity_reference *to)
{
    struct kor_measure measure = measure_of(wish, people);
    struct kor_severity_people all = severity_people(people);
    return kor_severity_fit(&measure, &all, to, &cli->err);
}

/* The reference: the people of --reference, or else 'people'. */
static enum kor_code
take_reference(struct cli *cli, const struct wish *wish,
               const struct kor_first_last *people,
               struct kor_severity_reference *to)
{
    struct kor_first_last others = {0};
    if (!wish->reference) {
        return fit_reference(cli, wish, people, to);
    }
    enum kor_code code = kor_first_last_read(wish->reference, &wish->columns,
                                             &others, &cli->err);
    if (code == KOR_OK) {
        code = fit_reference(cli, wish, &others, to);
    }
    if (code != KOR_OK) {
        (void)kor_wrap(&cli->err, "%s", wish->reference);
    }
    kor_first_last_done(&others);
    return code;
}

static json_t *
reference_of(const struct kor_severity_reference *r)
{
    json_t *out = json_object();
    cli_set_count(out, "n", r->count.n);
    cli_set_count(out, "not_clinical", r->count.n_not_clinical);
    cli_set_count(out, "incomplete", r->count.n_incomplete);
    cli_set_real(out, "m_change", r->mean);
    cli_set_real(out, "sd_pre", r->sd);
    json_object_set_new(out, "b", cli_reals(r->b, r->n_terms));
    cli_set_real(out, "residual_sd", r->residual_sd);
    return out;
}

static json_t *
each_of(const struct kor_first_last *people, const double saes[])
{
    json_t *out = json_array();
    for (size_t i = 0; i < people->n; i++) {
        json_t *one = json_object();
        cli_set_word(one, "id", kor_first_last_id(people, i));
        cli_set_real(one, "saes", saes[i]);
        json_array_append_new(out, one);
    }
    return out;
}

/* In the reference's own people the residuals add up to 0 whatever happens:
 * their mean says nothing, and has no interval. */
static void
put_severity(json_t *to, const struct wish *wish,
             const struct kor_severity *found)
{
    double half = wish->reference ? found->half : NAN;
    double relative = wish->reference ? found->relative.mean : NAN;
    cli_set_real(to, "saes_mean", found->adjusted.mean);
    cli_set_count(to, "saes_n", found->count.n);
    cli_set_real(to, "saes_sd", found->adjusted.sd);
    cli_set_real(to, "saes_low", found->adjusted.mean - half);
    cli_set_real(to, "saes_high", found->adjusted.mean + half);
    cli_set_real(to, "res_mean", relative);
    cli_set_count(to, "saes_not_clinical", found->count.n_not_clinical);
    cli_set_count(to, "saes_incomplete", found->count.n_incomplete);
}

static const struct kor_severity no_severity = {
    .adjusted = {0, NAN, NAN}, .relative = {0, NAN, NAN}, .half = NAN};

static void
put_no_severity(json_t *to, const struct wish *wish)
{
    static const char *const counts[] = {"saes_n", "saes_not_clinical",
                                         "saes_incomplete", "saes_status"};
    put_severity(to, wish, &no_severity);
    for (size_t i = 0; i < KOR_LENGTH(counts); i++) {
        json_object_set_new(to, counts[i], json_null());
    }
}

/* The adjusted size, null where it was not asked for or cannot be told. */
static enum kor_code
add_severity(struct cli *cli, const struct wish *wish,
             const struct kor_first_last *people, json_t *to)
{
    struct kor_severity_reference reference;
    struct kor_severity found = no_severity;
    struct kor_severity_people all = severity_people(people);
    if (isnan(wish->cutoff)) {
        put_no_severity(to, wish);
        return KOR_OK;
    }
    enum kor_code code = take_reference(cli, wish, people, &reference);
    double *each = kor_alloc_array(people->n + 1, sizeof *each);
    for (size_t i = 0; i < people->n; i++) {
        each[i] = NAN;
    }
    if (code == KOR_OK && reference.status == KOR_SEVERITY_FITTED) {
        code = kor_severity_of(&reference, &all, wish->level, each, &found,
                               &cli->err);
    }
    if (code == KOR_OK) {
        put_severity(to, wish, &found);
        cli_set_word(to, "saes_status",
                     kor_severity_status_name(reference.status));
        json_object_set_new(to, "reference", reference_of(&reference));
        if (wish->lists_each) {
            json_object_set_new(to, "each", each_of(people, each));
        }
    }
    free(each);
    return code;
}

static void
put_interval(json_t *to, const char *const keys[3], struct kor_interval value)
{
    cli_set_real(to, keys[0], value.value);
    cli_set_real(to, keys[1], value.low);
    cli_set_real(to, keys[2], value.high);
}

static void
put_effect(json_t *to, const struct wish *wish,
           const struct kor_first_last *people, const struct kor_effect *e)
{
    static const char *const d_pre[] = {"d_pre", "d_pre_low", "d_pre_high"};
    static const char *const srm[] = {"srm", "srm_low", "srm_high"};
    static const char *const d_sd[] = {"d_sd", "d_sd_low", "d_sd_high"};
    cli_set_count(to, "n", e->n);
    cli_set_count(to, "one_score", people->n_one_score);
    cli_set_count(to, "no_score", people->n_no_score);
    cli_set_real(to, "m_pre", e->pre.mean);
    cli_set_real(to, "sd_pre", e->pre.sd);
    cli_set_real(to, "m_post", e->post.mean);
    cli_set_real(to, "sd_post", e->post.sd);
    cli_set_real(to, "m_change", e->change.mean);
    cli_set_real(to, "sd_change", e->change.sd);
    cli_set_real(to, "r", e->r);
    put_interval(to, d_pre, e->d_pre);
    cli_set_real(to, "g_pre", e->g_pre);
    cli_set_real(to, "d_av", e->d_av);
    put_interval(to, srm, e->srm);
    cli_set_real(to, "sd", wish->sd);
    put_interval(to, d_sd, e->d_sd);
    cli_set_real(to, "level", wish->level);
}

static enum kor_code
measure_and_print(struct cli *cli, const struct wish *wish,
                  const struct kor_first_last *people)
{
    const struct kor_pre_post group = {people->first, people->last, people->n,
                                       wish->better};
    struct kor_effect effect;
    json_t *out = json_object();
    enum kor_code code =
        kor_effect_of(&group, wish->sd, wish->level, &effect, &cli->err);
    if (code == KOR_OK) {
        put_effect(out, wish, people, &effect);
        code = add_severity(cli, wish, people, out);
    }
    if (code == KOR_OK) {
        cli_print_figures(cli, out);
    } else {
        json_decref(out);
    }
    return code;
}

enum kor_code
cli_stat_effect(struct cli *cli)
{
    struct wish wish;
    struct kor_first_last people = {0};
    enum kor_code code = take_wish(cli, &wish);
    if (code == KOR_OK) {
        code = kor_first_last_read(cli->line.words[0], &wish.columns, &people,
                                   &cli->err);
    }
    if (code == KOR_OK) {
        code = measure_and_print(cli, &wish, &people);
    }
    kor_first_last_done(&people);
    return code;
}
