/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as a CSV file for the statistics: no crash, no leak;
 * what is taken is finite, by person and in order of time, and is read back
 * the same when it is written again; what is refused says why.
 *
 * The first byte says which columns are wished for, the rest is the file. */

#include "fuzz/memory.h"
#include "kor/base/csv.h"
#include "kor/base/utf8.h"
#include "lib/series.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Reads 'bytes' as a file that lies in memory. */
static enum kor_code
read_bytes(const char *bytes, size_t size, const struct kor_series_wish *wish,
           struct kor_series *out, struct kor_err *err)
{
    char path[MEMORY_PATH_SIZE];
    int fd = memory_file(bytes, size, path);
    enum kor_code code = kor_series_read(path, wish, out, err);
    close(fd);
    return code;
}

static void
check_person(const struct kor_series *s, size_t p, bool may_tie)
{
    must(s->from[p] < s->from[p + 1] && *kor_series_id(s, p));
    must(kor_utf8_valid(kor_series_id(s, p), strlen(kor_series_id(s, p))));
    for (size_t i = s->from[p]; i < s->from[p + 1]; i++) {
        must(isfinite(s->time[i]) && isfinite(s->score[i]));
        must(s->row[i] < s->csv.n && kor_series_line(s, i) > 1);
        must(!strcmp(kor_stat_csv_word(&s->csv, s->row[i], 0),
                     kor_series_id(s, p)));
        if (i > s->from[p]) {
            must(may_tie ? s->time[i] >= s->time[i - 1]
                         : s->time[i] > s->time[i - 1]);
        }
    }
}

static void
check_series(const struct kor_series *s, const struct kor_series_wish *wish)
{
    must(s->from[0] == 0 && s->from[s->n_people] == s->n
         && s->n <= s->csv.n);
    for (size_t p = 0; p < s->n_people; p++) {
        check_person(s, p, wish->may_tie);
    }
    for (size_t i = 0; i < s->n; i++) {
        for (size_t k = 0; k < wish->n_extras; k++) {
            must(!isinf(kor_series_extra(s, i, k)));
        }
    }
}

/* Writes the series by person and reads it back. */
static void
again(const struct kor_series *s, const struct kor_series_wish *wish)
{
    struct kor_buf text = {0};
    struct kor_buf id = {0};
    struct kor_series back;
    struct kor_err err;
    struct kor_series_wish plain = *wish;
    plain.n_extras = 0;
    plain.word = NULL;
    kor_buf_puts(&text, "id,time,score\n");
    for (size_t p = 0; p < s->n_people; p++) {
        for (size_t i = s->from[p]; i < s->from[p + 1]; i++) {
            kor_buf_putc(&id, 'p'); /* What begins so is no formula. */
            kor_buf_puts(&id, kor_series_id(s, p));
            kor_csv_put(&text, id.text);
            kor_buf_clear(&id);
            kor_buf_printf(&text, ",%.17g,%.17g\n", s->time[i], s->score[i]);
        }
    }
    kor_err_init(&err, KOR_EN);
    enum kor_code code = read_bytes(text.text, text.size, &plain, &back, &err);
    must(code == KOR_OK || s->n == 0);
    must(back.n == s->n && back.n_people == s->n_people);
    for (size_t p = 0; p < s->n_people; p++) {
        must(back.from[p] == s->from[p]);
        must(!strcmp(kor_series_id(&back, p) + 1, kor_series_id(s, p)));
    }
    for (size_t i = 0; i < s->n; i++) {
        must(back.time[i] == s->time[i] && back.score[i] == s->score[i]);
    }
    kor_series_done(&back);
    kor_buf_done(&id);
    kor_buf_done(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const extras[] = {"age", "dose"};
    struct feed feed = {bytes, size};
    uint8_t which = feed_byte(&feed);
    const struct kor_series_wish wish = {.id = "id", .time = "time",
                                         .score = "score",
                                         .extras = extras,
                                         .n_extras = which & 1 ? 2 : 0,
                                         .word = which & 2 ? "group" : NULL,
                                         .may_tie = which & 4};
    struct kor_series series;
    struct kor_err err;
    kor_err_init(&err, which & 8 ? KOR_NB : KOR_EN);
    enum kor_code code = read_bytes((const char *)feed.at, feed.left, &wish,
                                    &series, &err);
    if (code == KOR_OK) {
        check_series(&series, &wish);
        again(&series, &wish);
    } else {
        must(err.code == code && err.field[0] && err.text[0]);
        must(code == KOR_BAD_VALUE || code == KOR_TOO_LARGE);
        must(kor_utf8_valid(err.text, strlen(err.text)));
    }
    kor_series_done(&series);
    return 0;
}
