/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_STAT_OPTIONS_H
#define CLIENT_CLI_STAT_OPTIONS_H 1

#include <stddef.h>

#include "cli/cli.h"
#include "kor/base/buf.h"
#include "kor/stat/measure.h"
#include "kor/stat/timefn.h"
#include "lib/first_last.h"

/* The options that the 'stat' commands share.  Each function leaves what it
 * sets alone if the option was not given, and fails with KOR_USAGE and a
 * sentence that names the option and its limits. */

/* A number from 'least' to 'most'. */
KOR_NODISCARD enum kor_code cli_take_real(struct cli *cli, const char *name,
                                          double least, double most,
                                          double *to);

/* The same where the option must be given. */
KOR_NODISCARD enum kor_code cli_need_real(struct cli *cli, const char *name,
                                          double least, double most,
                                          double *to);

/* One of 'words' (of which the last is null), as its index. */
KOR_NODISCARD enum kor_code cli_take_choice(struct cli *cli, const char *name,
                                            const char *const words[],
                                            size_t *to);

/* --f. */
KOR_NODISCARD enum kor_code cli_take_time_function(struct cli *cli,
                                                   enum kor_time_function *to);

/* Stores f(time) of each row of 'series' in 'g' (null: only looks), or fails with the line and
 * the column of a time that 'f' does not take. */
KOR_NODISCARD enum kor_code cli_apply_time(struct cli *cli,
                                           enum kor_time_function f,
                                           const struct kor_series *series,
                                           double g[]);

/* --lower-is-better or --higher-is-better. */
KOR_NODISCARD enum kor_code cli_take_direction(struct cli *cli,
                                               enum kor_better *to);

/* --id, --time and --score, all needed, and one word: the file. */
KOR_NODISCARD enum kor_code cli_take_long_form(struct cli *cli,
                                               struct kor_series_wish *to);

/* Fails if both options were given. */
KOR_NODISCARD enum kor_code cli_exclude(struct cli *cli, const char *one,
                                        const char *other);

/* One word, the file, and either --pre and --post, with --id if it is given,
 * or the long form. */
KOR_NODISCARD enum kor_code cli_take_first_last(
    struct cli *cli, struct kor_first_last_wish *to);

/* The words of an option that takes a list, set apart by blanks or commas.
 * Begin with '= {0}', end with cli_names_done(). */
#define CLI_MAX_NAMES 240

struct cli_names {
    const char *names[CLI_MAX_NAMES];
    size_t n;
    struct kor_buf text; /* Holds them. */
};

KOR_NODISCARD enum kor_code cli_take_names(struct cli *cli, const char *name,
                                           struct cli_names *to);

/* The same for columns, no two of which may be one. */
KOR_NODISCARD enum kor_code cli_take_columns(struct cli *cli, const char *name,
                                             struct cli_names *to);
void cli_names_done(struct cli_names *names);

#endif /* client/cli/stat_options.h */
