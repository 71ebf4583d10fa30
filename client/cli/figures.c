/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a 'stat' command prints: see client/cli/figures.h. */

#include "cli/figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/print.h"

enum { digits = 9, cell_size = 32 };

json_t *
cli_real(double value)
{
    /* Minus zero is written as zero. */
    return isfinite(value) ? json_real(value + 0.0) : json_null();
}

json_t *
cli_reals(const double values[], size_t n)
{
    json_t *array = json_array();
    for (size_t i = 0; i < n; i++) {
        json_array_append_new(array, cli_real(values[i]));
    }
    return array;
}

json_t *
cli_count(size_t n)
{
    return json_integer((json_int_t)n);
}

void
cli_set_real(json_t *to, const char *key, double value)
{
    json_object_set_new(to, key, cli_real(value));
}

void
cli_set_count(json_t *to, const char *key, size_t n)
{
    json_object_set_new(to, key, cli_count(n));
}

void
cli_set_word(json_t *to, const char *key, const char *word)
{
    json_object_set_new(to, key, json_string(word));
}

static bool
is_scalar(const json_t *value)
{
    return !json_is_object(value) && !json_is_array(value);
}

/* A scalar for people, in 'cell' unless it is a text of its own. */
static const char *
format_cell(const json_t *value, char cell[cell_size])
{
    if (json_is_string(value)) {
        return json_string_value(value);
    }
    if (json_is_integer(value)) {
        snprintf(cell, cell_size, "%lld",
                 (long long)json_integer_value(value));
    } else if (json_is_real(value)) {
        snprintf(cell, cell_size, "%.*g", digits, json_real_value(value));
    } else {
        snprintf(cell, cell_size, "%s",
                 json_is_boolean(value) ? json_is_true(value) ? "yes" : "no"
                                        : "-");
    }
    return cell;
}

static void
print_values(const char *key, json_t *array)
{
    struct kor_buf line = {0};
    char cell[cell_size];
    size_t i;
    json_t *value;
    json_array_foreach(array, i, value) {
        kor_buf_printf(&line, "%s%s", i ? "  " : "",
                       format_cell(value, cell));
    }
    cli_labelled(key, "%s", kor_buf_text(&line));
    kor_buf_done(&line);
}

/* Whether the rows of 'array' are objects that a table can show: scalars
 * alone, and not too many of them. */
static bool
is_table(json_t *array)
{
    json_t *first = json_array_get(array, 0);
    const char *key;
    json_t *value;
    json_object_foreach(first, key, value) {
        if (!is_scalar(value)) {
            return false;
        }
    }
    return json_object_size(first) <= CLI_TABLE_COLUMNS;
}

static void
print_table(const struct cli *cli, json_t *array)
{
    json_t *first = json_array_get(array, 0);
    struct cli_table table = {.n_columns = json_object_size(first)};
    char cell[cell_size];
    const char *key;
    json_t *row, *value;
    size_t i;
    json_object_foreach(first, key, value) {
        if (!json_is_string(value)) {
            table.right |= 1u << table.n_cells;
        }
        cli_table_put(&table, key);
    }
    json_array_foreach(array, i, row) {
        json_object_foreach(first, key, value) {
            cli_table_put(&table,
                          format_cell(json_object_get(row, key), cell));
        }
    }
    cli_table_print(cli, &table);
}

static void print_object(const struct cli *cli, json_t *object);

static void
print_rows(const struct cli *cli, const char *key, json_t *array)
{
    json_t *row;
    size_t i;
    printf("%s\n", key);
    if (is_table(array)) {
        print_table(cli, array);
        return;
    }
    json_array_foreach(array, i, row) {
        print_object(cli, row);
    }
}

static void
print_object(const struct cli *cli, json_t *object)
{
    char cell[cell_size];
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        if (is_scalar(value)) {
            cli_labelled(key, "%s", format_cell(value, cell));
        } else if (json_is_object(value)) {
            printf("%s\n", key);
            print_object(cli, value);
        } else if (json_is_object(json_array_get(value, 0))) {
            print_rows(cli, key, value);
        } else {
            print_values(key, value);
        }
    }
}

void
cli_print_figures(const struct cli *cli, json_t *figures)
{
    if (cli->is_json) {
        char *text = json_dumps(figures, JSON_REAL_PRECISION(17));
        puts(text);
        free(text);
    } else {
        print_object(cli, figures);
    }
    json_decref(figures);
}
