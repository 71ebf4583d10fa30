/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CSV as other programs write it, good and bad. */

#include "support/near.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/csv.h"
#include "support/temp.h"

#define MOST ((uint64_t)1 << 20)

/* All rows as text: "line:cell|cell\n". */
struct rows {
    struct kor_buf text;
    size_t n_bytes;
};

static enum kor_code
on_row(void *user, const struct kor_csv_row *row, struct kor_err *err)
{
    struct rows *rows = user;
    (void)err;
    kor_buf_printf(&rows->text, "%ld:", row->line);
    for (size_t i = 0; i < row->n; i++) {
        kor_buf_printf(&rows->text, "%s%s", i ? "|" : "", row->cells[i]);
    }
    kor_buf_putc(&rows->text, '\n');
    return KOR_OK;
}

static void
on_bytes(void *user, const void *bytes, size_t size)
{
    struct rows *rows = user;
    (void)bytes;
    rows->n_bytes += size;
}

static enum kor_code
read_bytes(const char *bytes, size_t size, char delimiter, uint64_t most,
           struct rows *rows, struct kor_err *err)
{
    char path[TEMP_SIZE];
    const struct kor_csv_reader reader = {.on_header = on_row,
                                          .on_row = on_row,
                                          .on_bytes = on_bytes,
                                          .user = rows};
    memset(rows, 0, sizeof *rows);
    kor_err_init(err, KOR_EN);
    temp_file(path, bytes, size);
    enum kor_code code = kor_csv_read(path, delimiter, most, &reader, err);
    temp_remove(path);
    return code;
}

static void
assert_reads(const char *text, char delimiter, const char *expected)
{
    struct rows rows;
    struct kor_err err;
    assert_int_equal(
        read_bytes(text, strlen(text), delimiter, MOST, &rows, &err), KOR_OK);
    assert_string_equal(kor_buf_text(&rows.text), expected);
    assert_int_equal(rows.n_bytes, strlen(text));
    kor_buf_done(&rows.text);
}

static void
assert_refuses(const char *text, size_t size, enum kor_code code,
               const char *said)
{
    struct rows rows;
    struct kor_err err;
    assert_int_equal(read_bytes(text, size, ',', MOST, &rows, &err), code);
    if (!strstr(err.text, said)) {
        fail_msg("'%s' is not in '%s'", said, err.text);
    }
    kor_buf_done(&rows.text);
}

static void
rows_come_with_the_line_where_they_begin(void **state)
{
    (void)state;
    assert_reads("a,b\n1,2\n3,4\n", ',', "1:a|b\n2:1|2\n3:3|4\n");
    assert_reads("a,b\n1,2\n3,4", ',', "1:a|b\n2:1|2\n3:3|4\n");
    assert_reads("a,b\n\n1,2\n\n\n3,4\n", ',', "1:a|b\n3:1|2\n6:3|4\n");
    assert_reads("a,b\n1,\"x\ny\"\n3,4\n", ',', "1:a|b\n2:1|x\ny\n4:3|4\n");
}

static void
all_line_endings_are_read(void **state)
{
    (void)state;
    assert_reads("a,b\r\n1,2\r\n3,4\r\n", ',', "1:a|b\n2:1|2\n3:3|4\n");
    assert_reads("a,b\r1,2\r3,4\r", ',', "1:a|b\n2:1|2\n3:3|4\n");
    assert_reads("a,b\r\n1,\"x\r\ny\"\r\n3,4", ',',
                 "1:a|b\n2:1|x\r\ny\n4:3|4\n");
}

static void
a_byte_order_mark_is_no_part_of_the_first_name(void **state)
{
    (void)state;
    assert_reads("\xef\xbb\xbf"
                 "a,b\n1,2\n",
                 ',', "1:a|b\n2:1|2\n");
    assert_reads("\xef\xbb\xbf\"a\",b\n1,2\n", ',', "1:a|b\n2:1|2\n");
}

static void
quotes_keep_what_is_inside(void **state)
{
    (void)state;
    assert_reads("a,b\n\"1,5\",\"say \"\"so\"\"\"\n,\"\"\n", ',',
                 "1:a|b\n2:1,5|say \"so\"\n3:|\n");
}

static void
the_delimiter_is_found_in_the_header(void **state)
{
    (void)state;
    assert_reads("a;b\n1,5;2\n", 0, "1:a|b\n2:1,5|2\n");
    assert_reads("a\tb\n1;5\t2\n", 0, "1:a|b\n2:1;5|2\n");
    assert_reads("\"a;a\",b\n1,2\n", 0, "1:a;a|b\n2:1|2\n");
    assert_reads("a\n1\n", 0, "1:a\n2:1\n");
}

static void
a_quote_left_open_names_the_line_where_it_opened(void **state)
{
    (void)state;
    const char open_at_end[] = "a,b\n1,2\n3,\"4\n5,6\n";
    const char closed_late[] = "a,b\n1,\"2\n3,\"4\n";
    const char out_of_place[] = "a,b\n1,2\n3,4\"5\n";
    assert_refuses(open_at_end, strlen(open_at_end), KOR_BAD_VALUE,
                   "line 3: a quote");
    assert_refuses(closed_late, strlen(closed_late), KOR_BAD_VALUE,
                   "line 2: a quote");
    assert_refuses(out_of_place, strlen(out_of_place), KOR_BAD_VALUE,
                   "line 3: a quote");
}

static void
a_decimal_comma_is_seen_as_a_cell_too_many(void **state)
{
    (void)state;
    const char text[] = "a,b\n1,2\n3,4,5\n";
    assert_refuses(text, strlen(text), KOR_BAD_VALUE,
                   "line 3 has 3 cells and the header has 2");
    const char fewer[] = "a,b\n1\n";
    assert_refuses(fewer, strlen(fewer), KOR_BAD_VALUE,
                   "line 2 has 1 cells and the header has 2");
}

static void
bytes_that_are_no_utf8_name_line_and_cell(void **state)
{
    (void)state;
    const char latin[] = "a,b\n1,bl\xe5\n";
    const char nul[] = "a,b\n1,2\0003\n";
    assert_refuses(latin, strlen(latin), KOR_BAD_VALUE,
                   "line 2, cell 2 is not UTF-8");
    assert_refuses(nul, sizeof nul - 1, KOR_BAD_VALUE, "line 2, cell 2");
}

static void
a_file_without_rows_is_refused(void **state)
{
    (void)state;
    assert_refuses("", 0, KOR_BAD_VALUE, "no rows");
    assert_refuses("a,b\n", 4, KOR_BAD_VALUE, "no rows");
    assert_refuses("\n\n\n", 3, KOR_BAD_VALUE, "no rows");
}

static void
what_is_too_large_is_refused(void **state)
{
    (void)state;
    static char wide[KOR_CSV_MAX_CELL + 64];
    struct rows rows;
    struct kor_err err;
    int at = snprintf(wide, sizeof wide, "a,b\n1,");
    memset(wide + at, 'x', KOR_CSV_MAX_CELL + 1);
    strcpy(wide + at + KOR_CSV_MAX_CELL + 1, "\n");
    assert_int_equal(
        read_bytes(wide, strlen(wide), ',', MOST, &rows, &err),
        KOR_TOO_LARGE);
    kor_buf_done(&rows.text);
    wide[at] = '"'; /* A quote that swallows the rest is named as one. */
    assert_int_equal(
        read_bytes(wide, strlen(wide), ',', MOST, &rows, &err),
        KOR_BAD_VALUE);
    kor_buf_done(&rows.text);
    assert_int_equal(read_bytes("a,b\n1,2\n", 8, ',', 7, &rows, &err),
                     KOR_TOO_LARGE);
    kor_buf_done(&rows.text);
}

static void
more_columns_than_may_be_are_refused(void **state)
{
    (void)state;
    struct kor_buf text = {0};
    for (int i = 0; i < KOR_CSV_MAX_COLUMNS; i++) {
        kor_buf_puts(&text, "a,");
    }
    kor_buf_puts(&text, "a\n");
    assert_refuses(text.text, text.size, KOR_TOO_LARGE, "line 1");
    kor_buf_done(&text);
}

/* A row is longer than the reader's buffer, and lines go over its edge. */
static void
long_files_are_read_over_the_edges_of_the_buffer(void **state)
{
    (void)state;
    struct kor_buf text = {0}, expected = {0};
    kor_buf_puts(&text, "a,b\r\n");
    kor_buf_puts(&expected, "1:a|b\n");
    for (int i = 0; i < 30000; i++) {
        kor_buf_printf(&text, "%d,\"x%d\"\r\n", i, i % 7);
        kor_buf_printf(&expected, "%d:%d|x%d\n", i + 2, i, i % 7);
    }
    assert_reads(text.text, ',', expected.text);
    kor_buf_done(&text);
    kor_buf_done(&expected);
}

static void
a_file_that_is_not_there_says_so(void **state)
{
    (void)state;
    struct kor_err err;
    const struct kor_csv_reader reader
        = {.on_header = on_row, .on_row = on_row};
    kor_err_init(&err, KOR_EN);
    assert_int_equal(
        kor_csv_read("/nowhere/x.csv", ',', MOST, &reader, &err),
        KOR_NOT_FOUND);
}

static void
cells_are_written_as_they_are_read(void **state)
{
    (void)state;
    struct kor_buf out = {0};
    kor_csv_put(&out, "plain");
    kor_buf_putc(&out, ',');
    kor_csv_put(&out, "a \"b\", c");
    kor_buf_putc(&out, ',');
    kor_csv_put(&out, " a");
    kor_csv_put(&out, "b c");
    kor_csv_put(&out, "d ");
    assert_string_equal(out.text,
                        "plain,\"a \"\"b\"\", c\",\" a\"b c\"d \"");
    kor_buf_done(&out);
}

static void
a_cell_is_never_a_formula(void **state)
{
    (void)state;
    static const char *const cells[][2] = {
        {"=1+1", "'=1+1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
        {"-2+3", "'-2+3"},
        {"=HYPERLINK(\"x\",1)", "\"'=HYPERLINK(\"\"x\"\",1)\""},
        {"\t=1", "\"'\t=1\""},
        {"-12.5", "-12.5"},
        {"+3e4", "+3e4"},
        {"a=1", "a=1"},
        {"", ""},
    };
    for (size_t i = 0; i < KOR_LENGTH(cells); i++) {
        struct kor_buf out = {0};
        kor_csv_put(&out, cells[i][0]);
        assert_string_equal(kor_buf_text(&out), cells[i][1]);
        kor_buf_done(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_with_the_line_where_they_begin),
        cmocka_unit_test(all_line_endings_are_read),
        cmocka_unit_test(a_byte_order_mark_is_no_part_of_the_first_name),
        cmocka_unit_test(quotes_keep_what_is_inside),
        cmocka_unit_test(the_delimiter_is_found_in_the_header),
        cmocka_unit_test(a_quote_left_open_names_the_line_where_it_opened),
        cmocka_unit_test(a_decimal_comma_is_seen_as_a_cell_too_many),
        cmocka_unit_test(bytes_that_are_no_utf8_name_line_and_cell),
        cmocka_unit_test(a_file_without_rows_is_refused),
        cmocka_unit_test(what_is_too_large_is_refused),
        cmocka_unit_test(more_columns_than_may_be_are_refused),
        cmocka_unit_test(long_files_are_read_over_the_edges_of_the_buffer),
        cmocka_unit_test(a_file_that_is_not_there_says_so),
        cmocka_unit_test(cells_are_written_as_they_are_read),
        cmocka_unit_test(a_cell_is_never_a_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
