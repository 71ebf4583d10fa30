/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_STAT_ROWS_H
#define CLIENT_CLI_STAT_ROWS_H 1

#include "cli/cli.h"
#include "lib/stat_csv.h"

/* What 'stat' commands that read one row a person need: checks that name the
 * line and the column, and rows gathered by group. */

/* Fails unless all numbers of the column 'column' (called 'name' in the file)
 * lie from 'least' to 'most'; missing ones pass. */
KOR_NODISCARD enum kor_code cli_check_range(struct cli *cli,
                                            const struct kor_stat_csv *csv,
                                            size_t column, const char *name,
                                            double least, double most);

/* Fails unless all numbers of the column are 0 or 1; missing ones pass. */
KOR_NODISCARD enum kor_code cli_check_event(struct cli *cli,
                                            const struct kor_stat_csv *csv,
                                            size_t column, const char *name);

/* With --id: fails if two rows have one id, or one has none; without it does
 * nothing.  For files of one row a person, which no method needs the ids of. */
KOR_NODISCARD enum kor_code cli_check_ids(struct cli *cli);

/* --level: of intervals, 0.01 to 0.9999; else 0.95. */
KOR_NODISCARD enum kor_code cli_take_level(struct cli *cli, double *to);

/* The share of 1 among the numbers of a column; NAN without any. */
double cli_share_of(const struct kor_stat_csv *csv, size_t column);

#endif /* client/cli/stat_rows.h */
