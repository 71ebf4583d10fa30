/* SPDX-License-Identifier: GPL-3.0-or-later */

/* base: codes, errors, UTF-8, text, buffers, dates. */

#include "support/near.h"

#include <string.h>
#include <time.h>

#include "base/text_table.h"
#include "kor/base/buf.h"
#include "kor/base/clock.h"
#include "kor/base/err.h"
#include "kor/base/utf8.h"

static void
codes_have_numbers_of_their_own(void **state)
{
    (void)state;
    static const int numbers[] = {
#define KOR_CODE(name, number, exit_status, wire, text) number,
#include "kor/base/code.def"
#undef KOR_CODE
    };
    for (size_t i = 0; i < KOR_LENGTH(numbers); i++) {
        for (size_t k = 0; k < i; k++) {
            assert_int_not_equal(numbers[i], numbers[k]);
        }
        const char *wire = kor_code_wire((enum kor_code)numbers[i]);
        assert_int_equal(kor_code_from_wire(wire), numbers[i]);
    }
    assert_int_equal(kor_code_exit(KOR_FORBIDDEN), 77);
    assert_int_equal(kor_code_from_wire("no such word"), KOR_INTERNAL);
}

static void
an_error_grows_outward(void **state)
{
    (void)state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_fail(&err, KOR_IO, "file", "cannot read %s", "x\ny"),
                     KOR_IO);
    assert_int_equal(kor_wrap(&err, "definition %d", 3), KOR_IO);
    assert_string_equal(err.text, "definition 3: cannot read x?y");
    assert_string_equal(err.field, "file");
    assert_int_equal(kor_fail(NULL, KOR_IO, NULL, "nobody listens"), KOR_IO);
}

static void
a_long_error_is_cut_at_a_whole_character(void **state)
{
    (void)state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    char text[900];
    memset(text, 0, sizeof text);
    for (size_t i = 0; i + 2 < sizeof text; i += 2) {
        memcpy(text + i, "\xc3\xb8", 2);
    }
    (void)kor_fail(&err, KOR_IO, NULL, "a%s", text);
    assert_int_equal(strlen(err.text), 511);
    assert_true(kor_utf8_valid(err.text, strlen(err.text)));
}

static void
utf8_is_what_the_standard_says(void **state)
{
    (void)state;
    assert_true(kor_utf8_valid("bl\xc3\xa5", 4));
    assert_true(kor_utf8_valid("\xf0\x9f\x8c\xb1", 4));
    assert_false(kor_utf8_valid("\xc0\xaf", 2));         /* overlong */
    assert_false(kor_utf8_valid("\xed\xa0\x80", 3));     /* surrogate */
    assert_false(kor_utf8_valid("\xf4\x90\x80\x80", 4)); /* past the end */
    assert_false(kor_utf8_valid("\xc3", 1));             /* cut short */
    char out[16];
    kor_utf8_copy(out, sizeof out, "a\x1b[31m\xff\xc2\x85z");
    assert_string_equal(out, "a?[31m??z");
    assert_int_equal(kor_utf8_columns("sm\xc3\xb8r"), 4);
}

static void
dates_follow_the_calendar(void **state)
{
    (void)state;
    int32_t date;
    char text[KOR_DATE_SIZE];
    assert_true(kor_date_parse("2000-02-29", &date));
    assert_int_equal(date, 11016); /* date -d 2000-02-29 +%s / 86400 */
    assert_string_equal(kor_date_format(date + 1, text), "2000-03-01");
    assert_true(kor_date_parse("1970-01-01", &date));
    assert_int_equal(date, 0);
    assert_false(kor_date_parse("1900-02-29", &date));
    assert_false(kor_date_parse("2026-13-01", &date));
    assert_false(kor_date_parse("2026-1-01", &date));
    assert_false(kor_date_parse("2026-01-01x", &date));
    for (date = -25567; date < 84006; date += 13) {
        int32_t back;
        kor_date_format(date, text);
        assert_true(kor_date_parse(text, &back));
        assert_int_equal(back, date);
    }
}

static void
a_date_is_the_clinics_date(void **state)
{
    (void)state;
    char text[KOR_DATE_SIZE];
    /* 2026-03-28T23:30Z is past midnight in Oslo, the night of the change to
     * summer time. */
    int64_t at_ms = 1774740600000;
    assert_true(kor_zone_set("Europe/Oslo"));
    assert_string_equal(kor_date_format(kor_date_at(at_ms), text),
                        "2026-03-29");
    assert_true(kor_zone_set("UTC"));
    assert_string_equal(kor_date_format(kor_date_at(at_ms), text),
                        "2026-03-28");
    assert_false(kor_zone_set("Europe/Nowhere"));
    assert_false(kor_zone_set("../../etc/passwd"));
}

static void
age_is_counted_from_the_birth_month(void **state)
{
    (void)state;
    int32_t born, date;
    char text[KOR_DATE_SIZE];
    assert_true(kor_month_parse("2010-06", &born));
    assert_true(kor_date_parse("2026-05-31", &date));
    assert_int_equal(kor_age_years(born, date), 15);
    assert_int_equal(kor_age_years(born, date + 1), 16);
    assert_string_equal(kor_month_format(born, text), "2010-06");
    assert_true(kor_month_parse("1958-12", &born));
    assert_string_equal(kor_month_format(born, text), "1958-12");
    assert_false(kor_month_parse("2010-6", &born));
}

static void
translations_are_sorted_for_the_search(void **state)
{
    (void)state;
    for (size_t i = 1; i < kor_text_nb_n; i++) {
        assert_true(strcmp(kor_text_nb[i - 1].english,
                           kor_text_nb[i].english) < 0);
    }
    for (size_t i = 1; i < kor_text_sv_n; i++) {
        assert_true(strcmp(kor_text_sv[i - 1].english,
                           kor_text_sv[i].english) < 0);
    }
    assert_string_equal(kor_text(KOR_NB, "no such text"), "no such text");
    assert_int_equal(kor_lang_from("nb_NO.UTF-8"), KOR_NB);
    assert_int_equal(kor_lang_from("sv"), KOR_SV);
    assert_int_equal(kor_lang_from("de"), KOR_EN);
}

static void
a_buffer_grows(void **state)
{
    (void)state;
    struct kor_buf buf = {0};
    assert_string_equal(kor_buf_text(&buf), "");
    for (int i = 0; i < 100; i++) {
        kor_buf_printf(&buf, "%02d", i);
    }
    assert_int_equal(buf.size, 200);
    assert_memory_equal(buf.text + 198, "99", 3);
    kor_buf_clear(&buf);
    kor_buf_putc(&buf, 'x');
    assert_string_equal(kor_buf_text(&buf), "x");
    kor_buf_done(&buf);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_have_numbers_of_their_own),
        cmocka_unit_test(an_error_grows_outward),
        cmocka_unit_test(a_long_error_is_cut_at_a_whole_character),
        cmocka_unit_test(utf8_is_what_the_standard_says),
        cmocka_unit_test(dates_follow_the_calendar),
        cmocka_unit_test(a_date_is_the_clinics_date),
        cmocka_unit_test(age_is_counted_from_the_birth_month),
        cmocka_unit_test(translations_are_sorted_for_the_search),
        cmocka_unit_test(a_buffer_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
