/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_PRINT_H
#define CLIENT_CLI_PRINT_H 1

#include "cli/cli.h"
#include "kor/base/buf.h"

/* Printing: lines, lists and JSON on standard output, remarks on standard
 * error.  The texts come translated, from kor_text(). */

/* A remark on standard error, on a line of its own; none with --quiet. */
void cli_remark(const struct cli *cli, const char *format, ...)
    KOR_PRINTF(2, 3);

/* A line "    label        text", the text in a column of its own. */
void cli_labelled(const char *label, const char *format, ...)
    KOR_PRINTF(2, 3);

/* A line that must be seen: bold where there is colour. */
void cli_loud(const struct cli *cli, const char *format, ...)
    KOR_PRINTF(2, 3);

/* The message at 'body' as one line of JSON. */
void cli_json(const struct kor_message *message, const void *body);

/* The members of the list that is the first field of the message at 'body', a
 * line of JSON each. */
void cli_json_list(const struct kor_message *message, const void *body);

/* A table, kept until it is printed, since its columns are as wide as need
 * be.  Empty it with '= {.n_columns = ...}', end with cli_table_print(). */
#define CLI_TABLE_COLUMNS 12

struct cli_table {
    size_t n_columns;                 /* At most CLI_TABLE_COLUMNS. */
    unsigned right;                   /* Bit set: that column is of numbers. */
    size_t widths[CLI_TABLE_COLUMNS]; /* Widest cell so far. */
    size_t n_cells;
    struct kor_buf text;              /* The cells, each terminated. */
};

/* Adds the next cell, row by row, the heads first. */
void cli_table_put(struct cli_table *table, const char *text);

/* The same for a whole number. */
void cli_table_put_int(struct cli_table *table, int64_t number);

/* Prints and empties the table. */
void cli_table_print(const struct cli *cli, struct cli_table *table);

#endif /* client/cli/print.h */
