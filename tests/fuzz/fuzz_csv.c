/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as a CSV file: no crash, no leak; rows are whole and
 * bounded, and cells that are taken are written and read back the same (but for
 * the apostrophe before a formula).
 *
 * The first byte says what sets cells apart, the rest is the file. */

#include "fuzz/memory.h"
#include "fuzz/refusal.h"
#include "kor/base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* All cells, one after the other, each with its terminator. */
struct table {
    struct kor_buf cells;
    size_t n_columns, n_rows;
    char delimiter;
    bool has_empty_row; /* One empty cell: such a line is skipped. */
};

static enum kor_code
on_row(void *user, const struct kor_csv_row *row, struct kor_err *err)
{
    struct table *table = user;
    (void)err;
    must(row->n >= 1 && row->n <= KOR_CSV_MAX_COLUMNS && row->line >= 1);
    must(table->n_rows == 0 || row->n == table->n_columns);
    for (size_t i = 0; i < row->n; i++) {
        size_t size = strlen(row->cells[i]);
        must(size <= KOR_CSV_MAX_CELL);
        must(kor_utf8_valid(row->cells[i], size));
        kor_buf_add(&table->cells, row->cells[i], size + 1);
    }
    table->has_empty_row
        = table->has_empty_row || (row->n == 1 && !*row->cells[0]);
    table->n_columns = row->n;
    table->delimiter = row->delimiter;
    table->n_rows++;
    return KOR_OK;
}

static enum kor_code
read_table(const void *bytes, size_t size, char delimiter,
           struct table *table, struct kor_err *err)
{
    const struct kor_csv_reader reader
        = {.on_header = on_row, .on_row = on_row, .user = table};
    char path[MEMORY_PATH_SIZE];
    int fd = memory_file(bytes, size, path);
    enum kor_code code
        = kor_csv_read(path, delimiter, 1 << 20, &reader, err);
    close(fd);
    return code;
}

/* A cell comes back as it was, or with an apostrophe before a formula. */
static void
must_be_cells(const struct table *back, const struct table *table)
{
    const char *was = table->cells.text;
    const char *is = back->cells.text;
    for (size_t i = 0; i < table->n_rows * table->n_columns; i++) {
        bool is_guarded = *was && strchr("=+-@\t\r", *was) && *is == '\'';
        must(!strcmp(is + is_guarded, was));
        was += strlen(was) + 1;
        is += strlen(is) + 1;
    }
    must(is == back->cells.text + back->cells.size);
}

static void
again(const struct table *table)
{
    struct kor_buf text = {0};
    struct table back = {0};
    const char *cell = table->cells.text;
    kor_buf_puts(&text, "\xef\xbb\xbf");
    for (size_t i = 0; i < table->n_rows * table->n_columns; i++) {
        kor_csv_put(&text, cell);
        cell += strlen(cell) + 1;
        kor_buf_putc(&text, (i + 1) % table->n_columns ? table->delimiter
                                                       : '\n');
    }
    must(read_table(text.text, text.size, table->delimiter, &back, NULL)
         == KOR_OK);
    must(back.n_rows == table->n_rows && back.n_columns == table->n_columns);
    must_be_cells(&back, table);
    kor_buf_done(&back.cells);
    kor_buf_done(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct feed feed = {bytes, size};
    struct table table = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_NB);
    char delimiter = "\0,;\t"[feed_count(&feed, 3)];
    enum kor_code code
        = read_table(feed.at, feed.left, delimiter, &table, &err);
    if (code != KOR_OK) {
        must_name_field(code, &err);
    } else if (!table.has_empty_row) {
        must(table.n_rows >= 2);
        again(&table);
    }
    kor_buf_done(&table.cells);
    return 0;
}
