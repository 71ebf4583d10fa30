/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as the certificate of a course, with its calibration
 * and its table of flags, or as a model by itself: no crash, no leak; what is
 * refused is named, and what is taken is written and read back bit for bit.
 *
 * The first byte says which of the two it is. */

#include "fuzz/refusal.h"
#include "kor/define/course.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

typedef enum kor_code read_fn(const char *text, size_t size,
                              struct kor_course_record *record,
                              struct kor_err *err);
typedef void write_fn(const struct kor_course_record *record,
                      struct kor_buf *out);

static void
again(const struct kor_course_record *record, read_fn *read, write_fn *write)
{
    static struct kor_course_record back;
    struct kor_buf first = {0}, second = {0};
    write(record, &first);
    must(read(first.text, first.size, &back, NULL) == KOR_OK);
    write(&back, &second);
    must(!strcmp(first.text, second.text));
    kor_buf_done(&first);
    kor_buf_done(&second);
}

static void
check(const struct kor_course_record *record)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    must(kor_course_check(&record->course, &err) == KOR_OK);
    for (int session = 1; session < 30; session += 7) {
        struct kor_range range
            = kor_course_range(&record->course, 20, session);
        for (size_t i = 0; i < KOR_N_WIDTHS; i++) {
            must(!(range.widths[i].low > range.widths[i].high));
        }
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static struct kor_course_record record;
    struct feed feed = {bytes, size};
    struct kor_err err;
    kor_err_init(&err, KOR_NB);
    bool is_model = feed_count(&feed, 1);
    read_fn *read = is_model ? kor_course_parse_model : kor_course_parse;
    write_fn *write = is_model ? kor_course_encode_model : kor_course_encode;
    enum kor_code code
        = read((const char *)feed.at, feed.left, &record, &err);
    if (code == KOR_OK) {
        check(&record);
        again(&record, read, write);
    } else {
        must_be_refusal(code, &err);
    }
    return 0;
}
