/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor stat fit: the growth model on any CSV file, without a daemon. */

#include <stdio.h>
#include <string.h>

#include "cli/print.h"
#include "lib/growth_csv.h"

static enum kor_code
take_fit(struct cli *cli, struct kor_growth_csv *of)
{
    static const char *const needed[] = {"id", "time", "score"};
    const char *method = cli_option(cli, "method");
    const char *f = cli_option(cli, "f");
    enum kor_code code = cli_want_words(cli, 1, 1);
    for (size_t i = 0; i < KOR_LENGTH(needed) && code == KOR_OK; i++) {
        code = cli_want_option(cli, needed[i]);
    }
    if (code != KOR_OK) {
        return code;
    }
    of->id = cli_option(cli, "id");
    of->time = cli_option(cli, "time");
    of->score = cli_option(cli, "score");
    of->method = method && !strcmp(method, "ml") ? KOR_GROWTH_ML
                                                 : KOR_GROWTH_REML;
    if (method && strcmp(method, kor_growth_method_name(of->method))) {
        return kor_fail(&cli->err, KOR_USAGE, "method",
                        "--method must be reml or ml, not '%s'", method);
    }
    of->f = KOR_TIME_LOG;
    if (f && !kor_time_from(f, &of->f)) {
        return kor_fail(&cli->err, KOR_USAGE, "f",
                        "--f must be log, log1p or identity, not '%s'", f);
    }
    return KOR_OK;
}

/* The second term: f of the column, as it was asked for. */
static void
name_term(const struct kor_growth_csv *of, struct kor_buf *out)
{
    if (of->f == KOR_TIME_IDENTITY) {
        kor_buf_puts(out, of->time);
    } else {
        kor_buf_printf(out, "%s(%s)", kor_time_name(of->f), of->time);
    }
}

static void
put_array(struct kor_buf *out, const char *key, const double values[],
          size_t n)
{
    kor_buf_printf(out, ",\"%s\":[", key);
    for (size_t i = 0; i < n; i++) {
        kor_buf_puts(out, i ? "," : "");
        kor_json_number(out, values[i]);
    }
    kor_buf_putc(out, ']');
}

static void
print_json(const struct kor_growth_csv *of, const struct kor_growth_fit *fit)
{
    const struct {
        const char *key;
        double value;
    } numbers[]
        = {{"tau00", fit->tau00}, {"tau01", fit->tau01},
           {"tau11", fit->tau11}, {"sigma", fit->sigma},
           {"loglik", fit->loglik}, {"aic", fit->aic}, {"bic", fit->bic}};
    struct kor_buf out = {0}, term = {0};
    kor_buf_printf(&out, "{\"people\":%zu,\"records\":%zu,\"method\":\"%s\"",
                   fit->n_people, fit->n_records,
                   kor_growth_method_name(fit->method));
    put_array(&out, "b", fit->b, fit->n_terms);
    put_array(&out, "se", fit->se, fit->n_terms);
    name_term(of, &term);
    kor_buf_puts(&out, ",\"terms\":[\"1\",");
    kor_json_string(&out, kor_buf_text(&term));
    kor_buf_putc(&out, ']');
    for (size_t i = 0; i < KOR_LENGTH(numbers); i++) {
        kor_buf_printf(&out, ",\"%s\":", numbers[i].key);
        kor_json_number(&out, numbers[i].value);
    }
    kor_buf_printf(&out, ",\"status\":\"%s\"}",
                   kor_growth_status_name(fit->status));
    puts(out.text);
    kor_buf_done(&term);
    kor_buf_done(&out);
}

static void
print_words(const struct cli *cli, const struct kor_growth_csv *of,
            const struct kor_growth_fit *fit)
{
    enum kor_lang lang = cli->lang;
    struct kor_buf term = {0};
    name_term(of, &term);
    cli_labelled(kor_text(lang, "people"), "%zu", fit->n_people);
    cli_labelled(kor_text(lang, "scores"), "%zu", fit->n_records);
    cli_labelled(kor_text(lang, "method"), "%s",
                 kor_growth_method_name(fit->method));
    cli_labelled(kor_text(lang, "status"), "%s",
                 kor_growth_status_name(fit->status));
    if (kor_growth_has_estimates(fit)) {
        cli_labelled("1", "%.9g (%.9g)", fit->b[0], fit->se[0]);
        cli_labelled(kor_buf_text(&term), "%.9g (%.9g)", fit->b[1],
                     fit->se[1]);
        cli_labelled("tau00", "%.9g", fit->tau00);
        cli_labelled("tau01", "%.9g", fit->tau01);
        cli_labelled("tau11", "%.9g", fit->tau11);
        cli_labelled("sigma", "%.9g", fit->sigma);
        cli_labelled("loglik", "%.9g", fit->loglik);
        cli_labelled("aic", "%.9g", fit->aic);
        cli_labelled("bic", "%.9g", fit->bic);
    }
    kor_buf_done(&term);
}

enum kor_code
cli_stat_fit(struct cli *cli)
{
    struct kor_growth_csv of;
    struct kor_growth_fit fit;
    enum kor_code code = take_fit(cli, &of);
    if (code == KOR_OK) {
        code = kor_growth_csv_fit(cli->line.words[0], &of, &fit, &cli->err);
    }
    if (code == KOR_OK && cli->is_json) {
        print_json(&of, &fit);
    } else if (code == KOR_OK) {
        print_words(cli, &of, &fit);
    }
    return code;
}
