/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Options of the 'stat' commands: see client/cli/stat_options.h. */

#include "cli/stat_options.h"

#include <math.h>
#include <string.h>

#include "lib/number.h"

enum kor_code
cli_take_real(struct cli *cli, const char *name, double least, double most,
              double *to)
{
    const char *value = cli_option(cli, name);
    double number;
    if (!value) {
        return KOR_OK;
    }
    if (!kor_real_parse(value, &number) || number < least || number > most) {
        return kor_fail(&cli->err, KOR_USAGE, name,
                        "--%s must be a number from %g to %g, not '%s'", name,
                        least, most, value);
    }
    *to = number;
    return KOR_OK;
}

enum kor_code
cli_need_real(struct cli *cli, const char *name, double least, double most,
              double *to)
{
    enum kor_code code = cli_want_option(cli, name);
    return code == KOR_OK ? cli_take_real(cli, name, least, most, to) : code;
}

enum kor_code
cli_take_choice(struct cli *cli, const char *name, const char *const words[],
                size_t *to)
{
    const char *value = cli_option(cli, name);
    struct kor_buf all = {0};
    if (!value) {
        return KOR_OK;
    }
    for (size_t i = 0; words[i]; i++) {
        if (!strcmp(words[i], value)) {
            *to = i;
            kor_buf_done(&all);
            return KOR_OK;
        }
        kor_buf_printf(&all, "%s%s", i ? ", " : "", words[i]);
    }
    enum kor_code code
        = kor_fail(&cli->err, KOR_USAGE, name,
                   "--%s must be one of %s, not '%s'", name,
                   kor_buf_text(&all), value);
    kor_buf_done(&all);
    return code;
}

enum kor_code
cli_take_time_function(struct cli *cli, enum kor_time_function *to)
{
    const char *f = cli_option(cli, "f");
    if (f && !kor_time_from(f, to)) {
        return kor_fail(&cli->err, KOR_USAGE, "f",
                        "--f must be log, log1p or identity, not '%s'", f);
    }
    return KOR_OK;
}

enum kor_code
cli_apply_time(struct cli *cli, enum kor_time_function f,
               const struct kor_series *series, double g[])
{
    const char *column = cli_option(cli, "time");
    for (size_t i = 0; i < series->n; i++) {
        double value = kor_time_apply(f, series->time[i]);
        if (g) {
            g[i] = value;
        }
        if (!isfinite(value)) {
            return kor_fail(&cli->err, KOR_BAD_VALUE, column,
                            "line %ld, column %s: the time '%g' has no %s: "
                            "for times from 0 on use --f log1p, for any "
                            "others --f identity",
                            kor_series_line(series, i), column,
                            series->time[i], kor_time_name(f));
        }
    }
    return KOR_OK;
}

enum kor_code
cli_take_direction(struct cli *cli, enum kor_better *to)
{
    bool is_lower = cli_option(cli, "lower-is-better") != NULL;
    bool is_higher = cli_option(cli, "higher-is-better") != NULL;
    if (is_lower && is_higher) {
        return kor_fail(&cli->err, KOR_USAGE, "higher-is-better",
                        "--lower-is-better and --higher-is-better exclude "
                        "each other: give one of them");
    }
    if (is_lower || is_higher) {
        *to = is_higher ? KOR_HIGHER_IS_BETTER : KOR_LOWER_IS_BETTER;
    }
    return KOR_OK;
}

enum kor_code
cli_take_long_form(struct cli *cli, struct kor_series_wish *to)
{
    static const char *const needed[] = {"id", "time", "score"};
    enum kor_code code = cli_want_words(cli, 1, 1);
    for (size_t i = 0; i < KOR_LENGTH(needed) && code == KOR_OK; i++) {
        code = cli_want_option(cli, needed[i]);
    }
    to->id = cli_option(cli, "id");
    to->time = cli_option(cli, "time");
    to->score = cli_option(cli, "score");
    return code;
}

enum kor_code
cli_exclude(struct cli *cli, const char *one, const char *other)
{
    if (cli_option(cli, one) && cli_option(cli, other)) {
        return kor_fail(&cli->err, KOR_USAGE, other,
                        "--%s and --%s exclude each other: give one of them",
                        one, other);
    }
    return KOR_OK;
}

enum kor_code
cli_take_first_last(struct cli *cli, struct kor_first_last_wish *to)
{
    to->first = cli_option(cli, "pre");
    to->last = cli_option(cli, "post");
    if (!to->first && !to->last) {
        return cli_take_long_form(cli, &to->series);
    }
    to->id = cli_option(cli, "id");
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "pre");
    }
    if (code == KOR_OK) {
        code = cli_want_option(cli, "post");
    }
    if (code == KOR_OK) {
        code = cli_exclude(cli, "pre", "time");
    }
    return code == KOR_OK ? cli_exclude(cli, "pre", "score") : code;
}

enum kor_code
cli_take_names(struct cli *cli, const char *name, struct cli_names *to)
{
    const char *word;
    for (size_t i = 0; (word = kor_command_listed(&cli->line, name, i)); i++) {
        kor_buf_puts(&to->text, word);
        kor_buf_putc(&to->text, ',');
    }
    char *rest = to->text.text, *one;
    while (rest && (one = strsep(&rest, ","))) {
        if (*one && to->n == CLI_MAX_NAMES) {
            return kor_fail(&cli->err, KOR_USAGE, name,
                            "--%s takes at most %d words", name,
                            CLI_MAX_NAMES);
        }
        if (*one) {
            to->names[to->n++] = one;
        }
    }
    return KOR_OK;
}

enum kor_code
cli_take_columns(struct cli *cli, const char *name, struct cli_names *to)
{
    enum kor_code code = cli_take_names(cli, name, to);
    for (size_t i = 0; i < to->n && code == KOR_OK; i++) {
        for (size_t k = 0; k < i && code == KOR_OK; k++) {
            if (!strcmp(to->names[i], to->names[k])) {
                code = kor_fail(&cli->err, KOR_USAGE, name,
                                "--%s names the column '%s' twice", name,
                                to->names[i]);
            }
        }
    }
    return code;
}

void
cli_names_done(struct cli_names *names)
{
    kor_buf_done(&names->text);
}
