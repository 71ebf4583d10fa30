/* SPDX-License-Identifier: GPL-3.0-or-later */

/* wire: every type of field at its limits, and numbers bit for bit. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/clock.h"
#include "kor/wire/message.h"
#include "support/dice.h"

/* A message with one field of each type. */
struct part {
    char word[5];
    double total;
};

struct probe {
    char text[6];
    int64_t whole;
    double number;
    bool flag;
    int32_t day;
    double nums[3];
    size_t n_nums;
    char words[2][KOR_WORD_SIZE];
    size_t n_words;
    struct part *parts;
    size_t n_parts;
    char *object;
    char *story;
};

#define AT(member) offsetof(struct probe, member)

static const struct kor_field part_fields[] = {
    {KOR_FIELD_TEXT, "word", 1, 4, true, NULL, offsetof(struct part, word),
     0, ""},
    {KOR_FIELD_NUM, "total", 0, 40, false, NULL,
     offsetof(struct part, total), 0, ""},
};
static const struct kor_message part_message
    = {"part", part_fields, KOR_LENGTH(part_fields), sizeof(struct part)};

static const struct kor_field probe_fields[] = {
    {KOR_FIELD_TEXT, "text", 2, 5, false, NULL, AT(text), 0, ""},
    {KOR_FIELD_INT, "whole", -3, 9e15, false, NULL, AT(whole), 0, ""},
    {KOR_FIELD_NUM, "number", -2.5, 1e6, false, NULL, AT(number), 0, ""},
    {KOR_FIELD_BOOL, "flag", 0, 0, false, NULL, AT(flag), 0, ""},
    {KOR_FIELD_DATE, "day", 0, 0, false, NULL, AT(day), 0, ""},
    {KOR_FIELD_NUMS, "nums", 1, 3, false, NULL, AT(nums), AT(n_nums), ""},
    {KOR_FIELD_WORDS, "words", 0, 2, false, NULL, AT(words), AT(n_words),
     ""},
    {KOR_FIELD_LIST, "parts", 0, 4, false, &part_message, AT(parts),
     AT(n_parts), ""},
    {KOR_FIELD_JSON, "object", 0, 12, false, NULL, AT(object), 0, ""},
    {KOR_FIELD_LONG, "story", 0, 12, false, NULL, AT(story), 0, ""},
};
static const struct kor_message probe_message
    = {"probe", probe_fields, KOR_LENGTH(probe_fields),
       sizeof(struct probe)};

static enum kor_code
decode(const struct kor_message *message, const char *text, void *out,
       struct kor_err *err)
{
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    kor_err_init(err, KOR_EN);
    enum kor_code code = kor_message_decode(message, json, out, err);
    json_decref(json);
    return code;
}

/* 'text' is taken; '*out' must be given to kor_message_done(). */
static void
taken(const char *text, struct probe *out)
{
    struct kor_err err;
    if (decode(&probe_message, text, out, &err) != KOR_OK) {
        print_error("%s: %s\n", text, err.text);
        fail();
    }
}

static void
only_taken(const char *text)
{
    struct probe probe;
    taken(text, &probe);
    kor_message_done(&probe_message, &probe);
}

/* 'text' is refused with that sentence, and nothing is left to free. */
static void
refused(const char *text, enum kor_code code, const char *field,
        const char *sentence)
{
    struct kor_err err;
    struct probe probe;
    assert_int_equal(decode(&probe_message, text, &probe, &err), code);
    assert_int_equal(err.code, code);
    assert_string_equal(err.field, field);
    assert_string_equal(err.text, sentence);
    assert_null(probe.parts);
    assert_null(probe.object);
    assert_null(probe.story);
    assert_int_equal(probe.n_parts, 0);
}

static void
bad(const char *text, const char *field, const char *sentence)
{
    refused(text, KOR_BAD_VALUE, field, sentence);
}

static void
what_is_absent_reads_as_nothing(void **state)
{
    (void)state;
    struct probe probe;
    memset(&probe, 0x5a, sizeof probe);
    taken("{}", &probe);
    assert_string_equal(probe.text, "");
    assert_true(probe.whole == KOR_NO_INT);
    assert_true(isnan(probe.number));
    assert_false(probe.flag);
    assert_int_equal(probe.day, KOR_NO_DATE);
    assert_int_equal(probe.n_nums + probe.n_words + probe.n_parts, 0);
    assert_null(probe.parts);
    assert_null(probe.object);
    assert_null(probe.story);
}

static void
a_text_is_measured_in_bytes(void **state)
{
    (void)state;
    struct probe probe;
    taken("{\"text\": \"ab\"}", &probe);
    assert_string_equal(probe.text, "ab");
    taken("{\"text\": \"a\\u00e5\\u00f8\"}", &probe);
    assert_string_equal(probe.text, "a\xc3\xa5\xc3\xb8");
    bad("{\"text\": \"a\"}", "text",
        "text must be 2 to 5 bytes long, not 1");
    bad("{\"text\": \"\"}", "text", "text must be 2 to 5 bytes long, not 0");
    bad("{\"text\": \"abcdef\"}", "text",
        "text must be 2 to 5 bytes long, not 6");
    bad("{\"text\": null}", "text", "text must be a text");
    bad("{\"text\": 12}", "text", "text must be a text");
    bad("{\"text\": [\"ab\"]}", "text", "text must be a text");
}

static void
a_text_is_one_printable_line(void **state)
{
    (void)state;
    static const char *const hostile[] = {
        "{\"text\": \"a\\nb\"}",     "{\"text\": \"a\\u001bb\"}",
        "{\"text\": \"a\\u007fb\"}", "{\"text\": \"a\\u009bb\"}",
        "{\"text\": \"ab\\u0085\"}",
    };
    for (size_t i = 0; i < KOR_LENGTH(hostile); i++) {
        bad(hostile[i], "text", "text may not hold control characters");
    }
    bad("{\"words\": [\"ok\", \"\\u009b\"]}", "words[1]",
        "words[1] may not hold control characters");
    only_taken("{\"text\": \"a\\u00a0b\"}");
}

/* Whoever does not want the sentence still gets the code. */
static void
a_refusal_needs_no_sentence(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "{\"text\": 1}",     "{\"whole\": \"1\"}", "{\"number\": true}",
        "{\"flag\": 1}",     "{\"day\": 1}",       "{\"nums\": {}}",
        "{\"words\": \"a\"}", "{\"object\": []}",   "{\"story\": 1}",
    };
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        struct probe probe;
        json_t *json = json_loads(wrong[i], 0, NULL);
        assert_int_equal(kor_message_decode(&probe_message, json, &probe,
                                            NULL),
                         KOR_BAD_VALUE);
        json_decref(json);
    }
}

static void
a_whole_number_keeps_its_limits(void **state)
{
    (void)state;
    struct probe probe;
    taken("{\"whole\": 9000000000000000}", &probe);
    assert_true(probe.whole == 9000000000000000);
    taken("{\"whole\": -3}", &probe);
    assert_int_equal(probe.whole, -3);
    bad("{\"whole\": -4}", "whole",
        "whole must be from -3 to 9000000000000000, not -4");
    bad("{\"whole\": 9000000000000001}", "whole",
        "whole must be from -3 to 9000000000000000, not 9000000000000001");
    bad("{\"whole\": 9223372036854775807}", "whole",
        "whole must be from -3 to 9000000000000000, not "
        "9.223372036854776e+18");
    bad("{\"whole\": -9223372036854775808}", "whole",
        "whole must be from -3 to 9000000000000000, not "
        "-9.223372036854776e+18");
    bad("{\"whole\": 1.0}", "whole", "whole must be a whole number");
    bad("{\"whole\": null}", "whole", "whole must be a whole number");
    bad("{\"whole\": \"1\"}", "whole", "whole must be a whole number");
}

static void
a_number_keeps_its_limits(void **state)
{
    (void)state;
    struct probe probe;
    taken("{\"number\": -2.5}", &probe);
    assert_true(probe.number == -2.5);
    taken("{\"number\": 1000000}", &probe);
    assert_true(probe.number == 1e6);
    taken("{\"number\": null}", &probe);
    assert_true(isnan(probe.number));
    bad("{\"number\": -2.5000000001}", "number",
        "number must be from -2.5 to 1000000, not -2.5000000001");
    bad("{\"number\": 1000000.01}", "number",
        "number must be from -2.5 to 1000000, not 1000000.01");
    bad("{\"number\": \"NaN\"}", "number", "number must be a number");
    bad("{\"number\": true}", "number", "number must be a number");
}

static void
a_number_that_must_be_there_is_not_null(void **state)
{
    (void)state;
    struct { double x; } out;
    const struct kor_field field
        = {KOR_FIELD_NUM, "x", 0, 1, true, NULL, 0, 0, ""};
    const struct kor_message message = {"m", &field, 1, sizeof out};
    struct kor_err err;
    assert_int_equal(decode(&message, "{\"x\": null}", &out, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.text, "x is missing");
    assert_int_equal(decode(&message, "{}", &out, &err), KOR_BAD_VALUE);
    assert_string_equal(err.text, "x is missing");
    assert_int_equal(decode(&message, "{\"x\": 1}", &out, &err), KOR_OK);
}

static void
a_flag_is_true_or_false(void **state)
{
    (void)state;
    struct probe probe;
    taken("{\"flag\": true}", &probe);
    assert_true(probe.flag);
    taken("{\"flag\": false}", &probe);
    assert_false(probe.flag);
    bad("{\"flag\": 1}", "flag", "flag must be true or false");
    bad("{\"flag\": null}", "flag", "flag must be true or false");
}

static void
a_date_is_a_day_of_the_calendar(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "{\"day\": \"2026-02-29\"}", "{\"day\": \"1899-12-31\"}",
        "{\"day\": \"2200-01-01\"}", "{\"day\": \"2026-2-1\"}",
        "{\"day\": \"\"}",           "{\"day\": 20260101}",
        "{\"day\": null}",           "{\"day\": \"2026-01-01T00:00\"}",
    };
    struct probe probe;
    taken("{\"day\": \"1900-01-01\"}", &probe);
    assert_int_equal(probe.day, -25567); /* date -d 1900-01-01 +%s / 86400 */
    taken("{\"day\": \"2199-12-31\"}", &probe);
    assert_int_equal(probe.day, 84005);
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        bad(wrong[i], "day", "day must be a date written YYYY-MM-DD, from "
            "1900-01-01 to 2199-12-31");
    }
}

static void
numbers_in_a_row_are_counted(void **state)
{
    (void)state;
    struct probe probe;
    taken("{\"nums\": [1, null, 2.5]}", &probe);
    assert_int_equal(probe.n_nums, 3);
    assert_true(probe.nums[0] == 1 && probe.nums[2] == 2.5);
    assert_true(isnan(probe.nums[1]));
    bad("{\"nums\": []}", "nums", "nums must hold 1 to 3 entries, not 0");
    bad("{\"nums\": [1,2,3,4]}", "nums",
        "nums must hold 1 to 3 entries, not 4");
    bad("{\"nums\": [1,\"2\"]}", "nums[1]", "nums[1] must be a number");
    bad("{\"nums\": [1e10]}", "nums[0]",
        "nums[0] must be from -1000000000 to 1000000000, not 10000000000");
    bad("{\"nums\": {}}", "nums", "nums must be a list");
    bad("{\"nums\": null}", "nums", "nums must be a list");
}

static void
words_are_short(void **state)
{
    (void)state;
    struct probe probe;
    char text[128];
    snprintf(text, sizeof text, "{\"words\": [\"%031d\", \"b\"]}", 7);
    taken(text, &probe);
    assert_int_equal(probe.n_words, 2);
    assert_int_equal(strlen(probe.words[0]), KOR_WORD_SIZE - 1);
    snprintf(text, sizeof text, "{\"words\": [\"b\", \"%032d\"]}", 7);
    bad(text, "words[1]", "words[1] must be 1 to 31 bytes long, not 32");
    bad("{\"words\": [\"\"]}", "words[0]",
        "words[0] must be 1 to 31 bytes long, not 0");
    bad("{\"words\": [\"a\", \"b\", \"c\"]}", "words",
        "words must hold 0 to 2 entries, not 3");
}

static void
a_list_names_the_entry_to_blame(void **state)
{
    (void)state;
    struct probe probe;
    taken("{\"parts\": [{\"word\": \"a\"}, {\"word\":\"b\",\"total\":40}]}",
          &probe);
    assert_int_equal(probe.n_parts, 2);
    assert_string_equal(probe.parts[1].word, "b");
    assert_true(probe.parts[1].total == 40 && isnan(probe.parts[0].total));
    kor_message_done(&probe_message, &probe);
    assert_null(probe.parts);
    taken("{\"parts\": []}", &probe);
    assert_null(probe.parts);
    assert_int_equal(probe.n_parts, 0);
    bad("{\"parts\": [{\"word\": \"a\"}, {\"word\": \"b\", \"total\": 41}]}",
        "parts[1].total", "parts[1].total must be from 0 to 40, not 41");
    bad("{\"parts\": [{\"word\": \"a\"}, {}]}", "parts[1].word",
        "parts[1].word is missing");
    bad("{\"parts\": [{\"word\": \"a\"}, 7]}", "parts[1]",
        "parts[1] must be a JSON object");
    bad("{\"parts\": [{\"word\": \"a\", \"x\": 1}]}", "parts[0].x",
        "parts[0].x is not a field of 'part'");
    bad("{\"parts\": [1,2,3,4,5]}", "parts",
        "parts must hold 0 to 4 entries, not 5");
}

static void
an_object_is_kept_as_text(void **state)
{
    (void)state;
    struct probe probe;
    taken("{\"object\": {\"a\": [1, 22]}}", &probe);
    assert_string_equal(probe.object, "{\"a\":[1,22]}"); /* 12 bytes */
    kor_message_done(&probe_message, &probe);
    refused("{\"object\": {\"a\": [1, 222]}}", KOR_TOO_LARGE, "object",
            "object may be at most 12 bytes long");
    bad("{\"object\": []}", "object", "object must be a JSON object");
    bad("{\"object\": null}", "object", "object must be a JSON object");
}

static void
a_long_text_may_have_lines(void **state)
{
    (void)state;
    struct probe probe;
    taken("{\"story\": \"twelve\\nbytes\"}", &probe);
    assert_string_equal(probe.story, "twelve\nbytes");
    kor_message_done(&probe_message, &probe);
    taken("{\"story\": \"\"}", &probe);
    assert_string_equal(probe.story, "");
    kor_message_done(&probe_message, &probe);
    refused("{\"story\": \"thirteenbytes\"}", KOR_TOO_LARGE, "story",
            "story may be at most 12 bytes long");
    bad("{\"story\": false}", "story", "story must be a text");
}

static void
what_the_table_does_not_name_is_refused(void **state)
{
    (void)state;
    bad("{\"text\": \"ab\", \"Text\": \"ab\"}", "Text",
        "Text is not a field of 'probe'");
    bad("{\"a key that is much longer than any field of ours\": 1}",
        "a key that is much longer than",
        "a key that is much longer than is not a field of 'probe'");
    bad("{\"\\u001b[31m%s%n\": 1}", "?[31m%s%n",
        "?[31m%s%n is not a field of 'probe'");
}

static void
a_body_that_is_no_object_is_named_body(void **state)
{
    (void)state;
    bad("[]", "body", "body must be a JSON object");
    struct kor_err err;
    struct probe probe;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_message_decode(&probe_message, NULL, &probe, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, "body");
}

static void
what_was_taken_before_a_failure_is_freed(void **state)
{
    (void)state;
    bad("{\"parts\": [{\"word\": \"a\"}], \"object\": {\"a\": 1},"
        " \"story\": \"x\", \"later\": 1}",
        "later", "later is not a field of 'probe'");
    assert_int_equal(kor_message_decode(&probe_message, NULL,
                                        &(struct probe){0}, NULL),
                     KOR_BAD_VALUE);
}

/* What a message that holds 'text' is written as. */
static void
written(const char *text, const char *expected)
{
    struct probe probe;
    struct kor_buf out = {0};
    taken(text, &probe);
    kor_message_encode(&probe_message, &probe, &out);
    assert_string_equal(kor_buf_text(&out), expected);
    kor_message_done(&probe_message, &probe);
    kor_buf_done(&out);
}

static void
what_is_there_is_written_in_the_order_of_the_table(void **state)
{
    (void)state;
    written("{\"story\": \"a\\nb\", \"object\": {\"a\": 1}, \"parts\":"
            " [{\"word\": \"a\"}, {\"word\": \"b\", \"total\": 40}],"
            " \"words\": [\"x\", \"y\"], \"nums\": [1.5, null],"
            " \"day\": \"2026-01-05\", \"flag\": true,"
            " \"number\": -2.25, \"whole\": -3, \"text\": \"ab\"}",
            "{\"text\":\"ab\",\"whole\":-3,\"number\":-2.25,"
            "\"flag\":true,\"day\":\"2026-01-05\",\"nums\":[1.5,null],"
            "\"words\":[\"x\",\"y\"],\"parts\":[{\"word\":\"a\"},"
            "{\"word\":\"b\",\"total\":40}],\"object\":{\"a\":1},"
            "\"story\":\"a\\u000ab\"}");
    written("{\"flag\": false, \"number\": null, \"words\": []}", "{}");
}

/* The least and the greatest number there are: 2^63 - 1 and its negative. */
static void
whole_numbers_are_written_in_full(void **state)
{
    (void)state;
    struct { int64_t x; bool is; } in = {-INT64_MAX, false};
    const struct kor_field fields[]
        = {{KOR_FIELD_INT, "x", 0, 0, true, NULL, 0, 0, ""},
           {KOR_FIELD_BOOL, "is", 0, 0, true, NULL, sizeof in.x, 0, ""}};
    const struct kor_message message = {"m", fields, 2, sizeof in};
    struct kor_buf out = {0};
    kor_message_encode(&message, &in, &out);
    in.x = INT64_MAX;
    in.is = true;
    kor_message_encode(&message, &in, &out);
    assert_string_equal(kor_buf_text(&out),
                        "{\"x\":-9223372036854775807,\"is\":false}"
                        "{\"x\":9223372036854775807,\"is\":true}");
    kor_buf_done(&out);
}

/* Writes and reads 'value'; the bits must be the same. */
static void
same_bits(double value)
{
    struct kor_buf text = {0};
    kor_json_number(&text, value);
    json_t *json = json_loadb(text.text, text.size, JSON_DECODE_ANY, NULL);
    assert_true(json_is_number(json));
    double back = json_number_value(json);
    if (memcmp(&back, &value, sizeof back)) {
        print_error("%.17g became %s\n", value, text.text);
        fail();
    }
    json_decref(json);
    kor_buf_done(&text);
}

static void
numbers_read_back_bit_for_bit(void **state)
{
    (void)state;
    static const double corners[] = {
        0.0,  -0.0,    -0.5,  -0.01,  5e-324, -5e-324, 1.7976931348623157e308,
        1e15, 1e15 + 2, 1e13, 1e13 + 0.25, 9007199254740993.0, 0.1 + 0.2,
        1e18, 9.3e18, -9.3e18, 2.2250738585072014e-308, 1e17, 99999999999999984,
    };
    for (size_t i = 0; i < KOR_LENGTH(corners); i++) {
        same_bits(corners[i]);
    }
    for (int cents = -10000; cents <= 10000; cents++) {
        same_bits(cents / 100.0);
    }
    struct dice dice = {20261121};
    for (int i = 0; i < 1000000; i++) {
        uint64_t bits = dice_bits(&dice);
        double value;
        memcpy(&value, &bits, sizeof value);
        if (isfinite(value)) {
            same_bits(value);
        }
    }
}

static void
numbers_are_short_where_they_can_be(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *text;
    } known[] = {
        {21, "21"},       {21.5, "21.5"}, {0.05, "0.05"}, {0, "0"},
        {NAN, "null"},    {INFINITY, "null"}, {-INFINITY, "null"},
        {99.99, "99.99"}, {1e13, "10000000000000"},
    };
    for (size_t i = 0; i < KOR_LENGTH(known); i++) {
        struct kor_buf text = {0};
        kor_json_number(&text, known[i].value);
        assert_string_equal(kor_buf_text(&text), known[i].text);
        kor_buf_done(&text);
    }
}

static void
strings_are_escaped(void **state)
{
    (void)state;
    struct kor_buf text = {0};
    kor_json_string(&text, "a\"b\\c\n\x01\xc3\xa5/");
    assert_string_equal(text.text,
                        "\"a\\\"b\\\\c\\u000a\\u0001\xc3\xa5/\"");
    kor_buf_clear(&text);
    kor_json_string(&text, "");
    assert_string_equal(text.text, "\"\"");
    kor_buf_done(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_absent_reads_as_nothing),
        cmocka_unit_test(a_text_is_measured_in_bytes),
        cmocka_unit_test(a_text_is_one_printable_line),
        cmocka_unit_test(a_refusal_needs_no_sentence),
        cmocka_unit_test(a_whole_number_keeps_its_limits),
        cmocka_unit_test(a_number_keeps_its_limits),
        cmocka_unit_test(a_number_that_must_be_there_is_not_null),
        cmocka_unit_test(a_flag_is_true_or_false),
        cmocka_unit_test(a_date_is_a_day_of_the_calendar),
        cmocka_unit_test(numbers_in_a_row_are_counted),
        cmocka_unit_test(words_are_short),
        cmocka_unit_test(a_list_names_the_entry_to_blame),
        cmocka_unit_test(an_object_is_kept_as_text),
        cmocka_unit_test(a_long_text_may_have_lines),
        cmocka_unit_test(what_the_table_does_not_name_is_refused),
        cmocka_unit_test(a_body_that_is_no_object_is_named_body),
        cmocka_unit_test(what_was_taken_before_a_failure_is_freed),
        cmocka_unit_test(what_is_there_is_written_in_the_order_of_the_table),
        cmocka_unit_test(whole_numbers_are_written_in_full),
        cmocka_unit_test(numbers_read_back_bit_for_bit),
        cmocka_unit_test(numbers_are_short_where_they_can_be),
        cmocka_unit_test(strings_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
