/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_FLAG_TABLE_H
#define CLIENT_CLI_FLAG_TABLE_H 1

#include "cli/cli.h"
#include "kor/define/course.h"

/* How good each rule was that says early "less change than expected", which
 * the table favours, and which asks for an answer; or why there is no table. */
void cli_print_flags(const struct cli *cli,
                     const struct kor_course_record *record);

#endif /* client/cli/flag_table.h */
