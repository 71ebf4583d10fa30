/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Printing: see client/cli/print.h. */

#include "cli/print.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/utf8.h"

#define LABEL_COLUMNS 20

/* The formats come from kor_text(): literals and their translations, which
 * the build holds against each other. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

void
cli_remark(const struct cli *cli, const char *format, ...)
{
    va_list args;
    if (cli->is_quiet) {
        return;
    }
    fflush(stdout);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
}

void
cli_labelled(const char *label, const char *format, ...)
{
    va_list args;
    size_t columns = kor_utf8_columns(label);
    printf("    %s%*s  ", label,
           columns < LABEL_COLUMNS ? (int)(LABEL_COLUMNS - columns) : 0, "");
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

void
cli_loud(const struct cli *cli, const char *format, ...)
{
    va_list args;
    fputs(cli->has_colour ? "\033[1m" : "", stdout);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    puts(cli->has_colour ? "\033[0m" : "");
}

#pragma GCC diagnostic pop

void
cli_json(const struct kor_message *message, const void *body)
{
    struct kor_buf out = {0};
    kor_message_encode(message, body, &out);
    puts(kor_buf_text(&out));
    kor_buf_done(&out);
}

void
cli_json_list(const struct kor_message *message, const void *body)
{
    const struct kor_field *list = &message->fields[0];
    const char *items;
    size_t n;
    memcpy(&items, (const char *)body + list->offset, sizeof items);
    memcpy(&n, (const char *)body + list->n_offset, sizeof n);
    for (size_t i = 0; i < n; i++) {
        cli_json(list->item, items + i * list->item->size);
    }
}

void
cli_table_put(struct cli_table *table, const char *text)
{
    size_t column = table->n_cells++ % table->n_columns;
    size_t columns = kor_utf8_columns(text);
    if (columns > table->widths[column]) {
        table->widths[column] = columns;
    }
    kor_buf_add(&table->text, text, strlen(text) + 1);
}

void
cli_table_put_int(struct cli_table *table, int64_t number)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", (long long)number);
    cli_table_put(table, text);
}

/* The last column is not filled up: no blanks at the end of a line. */
static void
print_cell(const struct cli_table *table, size_t column, const char *cell)
{
    int fill = (int)(table->widths[column] - kor_utf8_columns(cell));
    bool is_right = table->right >> column & 1;
    bool is_last = column + 1 == table->n_columns;
    printf("%*s%s%*s%s", is_right ? fill : 0, "", cell,
           is_right || is_last ? 0 : fill, "", is_last ? "\n" : "  ");
}

void
cli_table_print(const struct cli *cli, struct cli_table *table)
{
    const char *cell = kor_buf_text(&table->text);
    for (size_t i = 0; i < table->n_cells; i++) {
        if (i == 0 && cli->has_colour) {
            fputs("\033[1m", stdout);
        }
        print_cell(table, i % table->n_columns, cell);
        if (i + 1 == table->n_columns && cli->has_colour) {
            fputs("\033[0m", stdout);
        }
        cell += strlen(cell) + 1;
    }
    kor_buf_done(&table->text);
    table->n_cells = 0;
}
