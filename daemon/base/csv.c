/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CSV: see kor/base/csv.h.  libcsv knows quotes but no line numbers, so it is
 * handed one line at a time and the lines are counted here. */

#include "kor/base/csv.h"

#include <csv.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "kor/base/utf8.h"

struct reading {
    const struct kor_csv_reader *reader;
    struct kor_err *err;
    enum kor_code code;
    struct csv_parser parser;
    long line;         /* Now being read. */
    long row_line;     /* Where the row in hand began. */
    bool is_open;      /* A quote was open at the end of the last line. */
    bool is_after_cr;  /* An LF now would end no line of its own. */
    bool has_row;      /* A row ended in this line. */
    struct kor_buf text;                    /* Cells of the row, ... */
    size_t starts[KOR_CSV_MAX_COLUMNS];     /* ... where each begins ... */
    const char *cells[KOR_CSV_MAX_COLUMNS]; /* ... once it is whole. */
    size_t n;
    size_t n_header; /* Cells of the header; 0 before it. */
    uint64_t n_rows;
};

/* Whether all bytes are ASCII and none is NUL: true of most cells, which then
 * need no closer look. */
static bool
is_plain(const char *bytes, size_t size)
{
    size_t i = 0;
    while (i < size && bytes[i] && !(bytes[i] & 0x80)) {
        i++;
    }
    return i == size;
}

static void
on_cell(void *cell, size_t size, void *user)
{
    struct reading *r = user;
    if (r->code != KOR_OK) {
        return;
    }
    if (r->n == KOR_CSV_MAX_COLUMNS || size > KOR_CSV_MAX_CELL) {
        r->code = kor_fail(r->err, KOR_TOO_LARGE, "file",
                           "line %ld: a row may have at most %d cells of at "
                           "most %d bytes: is a quote left open, or is the "
                           "delimiter another one?",
                           r->row_line, KOR_CSV_MAX_COLUMNS,
                           KOR_CSV_MAX_CELL);
        return;
    }
    if (!is_plain(cell, size)
        && (!kor_utf8_valid(cell, size) || memchr(cell, '\0', size))) {
        r->code = kor_fail(r->err, KOR_BAD_VALUE, "file",
                           "line %ld, cell %zu is not UTF-8: save the file "
                           "as UTF-8 and try again",
                           r->row_line, r->n + 1);
        return;
    }
    r->starts[r->n++] = r->text.size;
    kor_buf_add(&r->text, cell, size + 1); /* libcsv terminates it. */
}

static enum kor_code
give_row(struct reading *r)
{
    for (size_t i = 0; i < r->n; i++) {
        r->cells[i] = r->text.text + r->starts[i];
    }
    const struct kor_csv_row row = {r->row_line, r->cells, r->n,
                                    (char)csv_get_delim(&r->parser)};
    if (r->n_header == 0) {
        r->n_header = r->n;
        return r->reader->on_header(r->reader->user, &row, r->err);
    }
    if (r->n != r->n_header) {
        return kor_fail(r->err, KOR_BAD_VALUE, "file",
                        "line %ld has %zu cells and the header has %zu: look "
                        "for a decimal comma, a missing quote or another "
                        "delimiter",
                        r->row_line, r->n, r->n_header);
    }
    r->n_rows++;
    return r->reader->on_row(r->reader->user, &row, r->err);
}

static void
on_row(int c, void *user)
{
    struct reading *r = user;
    (void)c;
    if (r->code == KOR_OK && r->n > 0) {
        r->code = give_row(r);
    }
    r->has_row = true;
    r->n = 0;
    kor_buf_clear(&r->text);
}

static void
fail_quote(struct reading *r)
{
    r->code = kor_fail(r->err, KOR_BAD_VALUE, "file",
                       "line %ld: a quote is left open or stands where none "
                       "can: put quotes round the whole cell, and double "
                       "those inside it",
                       r->row_line);
}

static bool
is_blank(const char *bytes, size_t size)
{
    size_t i = 0;
    while (i < size && strchr(" \t\r\n", bytes[i]) && bytes[i]) {
        i++;
    }
    return i == size;
}

/* Reads (a piece of) one line. */
static void
read_line(struct reading *r, const char *bytes, size_t size)
{
    r->has_row = false;
    size_t done = csv_parse(&r->parser, bytes, size, on_cell, on_row, r);
    if (r->code == KOR_OK && done != size) {
        fail_quote(r);
    }
    if (r->code == KOR_OK && r->parser.entry_pos > KOR_CSV_MAX_CELL) {
        r->code = kor_fail(r->err, KOR_BAD_VALUE, "file",
                           "line %ld: a cell is longer than %d bytes: a "
                           "quote may be left open", r->row_line,
                           KOR_CSV_MAX_CELL);
    }
    r->is_open = !r->has_row && (r->is_open || !is_blank(bytes, size));
}

/* Splits what was read into lines; the last one may go on in the next call,
 * and then is_open keeps its number. */
static void
read_bytes(struct reading *r, const char *bytes, size_t size)
{
    while (size > 0 && r->code == KOR_OK) {
        size_t len = 0;
        while (len < size && bytes[len] != '\n' && bytes[len] != '\r') {
            len++;
        }
        bool is_end = len < size;
        bool is_lf = is_end && bytes[len] == '\n';
        bool is_second = is_lf && len == 0 && r->is_after_cr;
        if (!r->is_open && r->n == 0 && !is_second) {
            r->row_line = r->line;
        }
        len += is_end;
        read_line(r, bytes, len);
        r->is_after_cr = is_end && !is_lf;
        r->line += is_end && !is_second;
        bytes += len;
        size -= len;
    }
}

/* The first delimiter that stands outside quotes in the header. */
static char
find_delimiter(const char *bytes, size_t size)
{
    bool is_quoted = false;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] == '"') {
            is_quoted = !is_quoted;
        } else if (!is_quoted && strchr(",;\t\r\n", bytes[i]) && bytes[i]) {
            return strchr("\r\n", bytes[i]) ? ',' : bytes[i];
        }
    }
    return ',';
}

/* Begins with the first bytes: a byte order mark, and the delimiter. */
static size_t
begin(struct reading *r, const char *bytes, size_t size, char delimiter)
{
    size_t mark = size >= 3 && !memcmp(bytes, "\xef\xbb\xbf", 3) ? 3 : 0;
    csv_set_delim(&r->parser,
                  (unsigned char)(delimiter ? delimiter
                                            : find_delimiter(bytes, size)));
    return mark;
}

static enum kor_code
fail_size(struct reading *r, const char *path, uint64_t max_size)
{
    return kor_fail(r->err, KOR_TOO_LARGE, "file",
                    "%s is larger than %.0f MiB, which is the most: split it "
                    "by people", path, (double)max_size / 1048576);
}

static enum kor_code
read_file(struct reading *r, FILE *file, const char *path, char delimiter,
          uint64_t max_size)
{
    char chunk[65536];
    uint64_t total = 0;
    size_t size;
    struct stat about;
    if (!fstat(fileno(file), &about) && S_ISREG(about.st_mode)
        && (uint64_t)about.st_size > max_size) {
        return fail_size(r, path, max_size);
    }
    while (r->code == KOR_OK
           && (size = fread(chunk, 1, sizeof chunk, file)) > 0) {
        size_t from = total ? 0 : begin(r, chunk, size, delimiter);
        total += size;
        if (total > max_size) {
            return fail_size(r, path, max_size);
        }
        if (r->reader->on_bytes) {
            r->reader->on_bytes(r->reader->user, chunk, size);
        }
        read_bytes(r, chunk + from, size - from);
    }
    if (r->code == KOR_OK && ferror(file)) {
        return kor_fail(r->err, KOR_IO, "file", "%s: %s", path,
                        strerror(errno));
    }
    if (r->code == KOR_OK && csv_fini(&r->parser, on_cell, on_row, r)
        && r->code == KOR_OK) {
        fail_quote(r);
    }
    if (r->code == KOR_OK && r->n_rows == 0) {
        return kor_fail(r->err, KOR_BAD_VALUE, "file",
                        "%s has no rows below its header: there is nothing "
                        "to read", path);
    }
    return r->code;
}

enum kor_code
kor_csv_read(const char *path, char delimiter, uint64_t max_size,
             const struct kor_csv_reader *reader, struct kor_err *err)
{
    FILE *file = fopen(path, "rbe");
    if (!file) {
        return kor_fail(err, errno == ENOENT ? KOR_NOT_FOUND : KOR_IO, "file",
                        "%s: %s", path, strerror(errno));
    }
    struct reading r
        = {.reader = reader, .err = err, .line = 1, .row_line = 1};
    csv_init(&r.parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
    enum kor_code code = read_file(&r, file, path, delimiter, max_size);
    csv_free(&r.parser);
    kor_buf_done(&r.text);
    fclose(file);
    return code;
}

size_t
kor_csv_column(const struct kor_csv_row *header, const char *name)
{
    size_t i = 0;
    while (i < header->n && strcmp(header->cells[i], name)) {
        i++;
    }
    return i;
}

/* Blanks at the ends of a cell are kept only in quotes. */
static bool
needs_quotes(const char *text)
{
    size_t size = strlen(text);
    return strpbrk(text, ",;\"\r\n\t")
        || (size > 0 && (text[0] == ' ' || text[size - 1] == ' '));
}

/* What a spreadsheet would reckon out; a plain number is what it says. */
static bool
is_formula(const char *text)
{
    char *end;
    if (!*text || !strchr("=+-@\t\r", *text)) {
        return false;
    }
    strtod(text, &end);
    return *end != '\0';
}

void
kor_csv_put(struct kor_buf *out, const char *text)
{
    const char *guard = is_formula(text) ? "'" : "";
    if (!needs_quotes(text)) {
        kor_buf_printf(out, "%s%s", guard, text);
        return;
    }
    kor_buf_printf(out, "\"%s", guard);
    for (; *text; text++) {
        if (*text == '"') {
            kor_buf_putc(out, '"');
        }
        kor_buf_putc(out, *text);
    }
    kor_buf_putc(out, '"');
}
