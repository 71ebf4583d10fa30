/* SPDX-License-Identifier: GPL-3.0-or-later */

/* wire: what is round every message, and what strangers send instead. */

#include "support/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/wire/envelope.h"

#define ID "018f3c1e-7b2a-7c3d-8e4f-0123456789ab"
#define HEAD "\"kor\":1,\"id\":\"" ID "\""
#define PING "{" HEAD ",\"verb\":\"ping\"}"

static enum kor_code
decode_bytes(const char *frame, size_t size, struct kor_request *request,
             struct kor_err *err)
{
    /* A copy of just this size, so that reading past its end is seen. */
    char *copy = kor_alloc(size ? size : 1);
    memcpy(copy, frame, size);
    kor_err_init(err, KOR_EN);
    enum kor_code code
        = kor_request_decode(copy, size, KOR_NB, request, err);
    free(copy);
    return code;
}

/* 'frame' is refused; returns whether its id was kept. */
static bool
refused(const char *frame, size_t size, enum kor_code code, const char *field)
{
    struct kor_request request;
    struct kor_err err;
    enum kor_code got = decode_bytes(frame, size, &request, &err);
    if (got != code || strcmp(err.field, field) || !err.text[0]) {
        print_error("%.*s: %s, %s: %s\n", (int)(size > 200 ? 200 : size),
                    frame, kor_code_wire(got), err.field, err.text);
        fail();
    }
    assert_null(request.body);
    assert_true(kor_utf8_valid(err.text, strlen(err.text)));
    bool has_id = !strcmp(request.id, ID);
    assert_true(has_id || !request.id[0]);
    kor_request_done(&request);
    return has_id;
}

static bool
refused_text(const char *frame, enum kor_code code, const char *field)
{
    return refused(frame, strlen(frame), code, field);
}

static void
a_request_arrives_whole(void **state)
{
    (void)state;
    struct kor_request request;
    struct kor_err err;
    const char *frame
        = "{" HEAD ",\"verb\":\"show\",\"lang\":\"sv\",\"token\":\"\","
          "\"body\":{\"code\":\"K3M9-7TPX\",\"episode\":2}}";
    assert_int_equal(decode_bytes(frame, strlen(frame), &request, &err),
                     KOR_OK);
    assert_string_equal(request.id, ID);
    assert_int_equal(request.uuid[0], 0x01);
    assert_int_equal(request.uuid[15], 0xab);
    assert_int_equal(request.verb, KOR_VERB_SHOW);
    assert_int_equal(request.lang, KOR_SV);
    assert_int_equal(err.lang, KOR_SV);
    assert_false(request.has_token);
    assert_string_equal(request.body->show.code, "K3M9-7TPX");
    assert_int_equal(request.body->show.episode, 2);
    kor_request_done(&request);
    kor_request_done(&request);
    assert_null(request.body);
}

static void
the_clinics_language_serves_where_none_is_named(void **state)
{
    (void)state;
    struct kor_request request;
    struct kor_err err;
    assert_int_equal(decode_bytes(PING, strlen(PING), &request, &err),
                     KOR_OK);
    assert_int_equal(request.lang, KOR_NB);
    kor_request_done(&request);
}

static void
each_member_is_missed_by_name(void **state)
{
    (void)state;
    assert_false(refused_text("{\"kor\":1,\"verb\":\"ping\"}",
                              KOR_PROTOCOL_ERROR, "id"));
    assert_true(refused_text("{\"id\":\"" ID "\",\"verb\":\"ping\"}",
                             KOR_PROTOCOL_ERROR, "kor"));
    assert_true(refused_text("{" HEAD "}", KOR_PROTOCOL_ERROR, "verb"));
    assert_true(refused_text("{" HEAD ",\"verb\":\"show\"}", KOR_BAD_VALUE,
                             "body"));
    assert_true(refused_text("{" HEAD ",\"verb\":\"show\",\"body\":{}}",
                             KOR_BAD_VALUE, "code"));
}

static void
each_member_that_is_wrong_is_named(void **state)
{
    (void)state;
    static const char *const ids[]
        = {"1", "\"\"", "null", "\"018f3c1e-7b2a-7c3d-8e4f-0123456789a\"",
           "\"018f3c1e-7b2a-7c3d-8e4f-0123456789abc\"",
           "\"018f3c1e-7b2a-7c3d-8e4f-0123456789ag\"",
           "\"018f3c1e17b2a-7c3d-8e4f-0123456789ab\""};
    for (size_t i = 0; i < KOR_LENGTH(ids); i++) {
        char frame[256];
        snprintf(frame, sizeof frame,
                 "{\"kor\":1,\"id\":%s,\"verb\":\"ping\"}", ids[i]);
        assert_false(refused_text(frame, KOR_PROTOCOL_ERROR, "id"));
    }
    static const struct {
        const char *rest, *field;
        enum kor_code code;
    } wrong[] = {
        {"\"kor\":2,\"verb\":\"ping\"", "kor", KOR_PROTOCOL_ERROR},
        {"\"kor\":\"1\",\"verb\":\"ping\"", "kor", KOR_PROTOCOL_ERROR},
        {"\"kor\":1.0,\"verb\":\"ping\"", "kor", KOR_PROTOCOL_ERROR},
        {"\"kor\":1,\"verb\":\"pong\"", "verb", KOR_PROTOCOL_ERROR},
        {"\"kor\":1,\"verb\":7", "verb", KOR_PROTOCOL_ERROR},
        {"\"kor\":1,\"verb\":\"ping\",\"lang\":1", "lang",
         KOR_PROTOCOL_ERROR},
        {"\"kor\":1,\"verb\":\"ping\",\"lang\":null", "lang",
         KOR_PROTOCOL_ERROR},
        {"\"kor\":1,\"verb\":\"ping\",\"user\":\"x\"", "",
         KOR_PROTOCOL_ERROR},
        {"\"kor\":1,\"verb\":\"ping\",\"body\":null", "body", KOR_BAD_VALUE},
        {"\"kor\":1,\"verb\":\"ping\",\"body\":[]", "body", KOR_BAD_VALUE},
        {"\"kor\":1,\"verb\":\"ping\",\"body\":{\"a\":1}", "a",
         KOR_BAD_VALUE},
    };
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        char frame[256];
        snprintf(frame, sizeof frame, "{\"id\":\"" ID "\",%s}",
                 wrong[i].rest);
        assert_true(refused_text(frame, wrong[i].code, wrong[i].field));
    }
}

static void
a_token_is_seen_whatever_it_is(void **state)
{
    (void)state;
    static const struct {
        const char *token;
        bool is_token;
    } tokens[] = {{"\"\"", false}, {"\"x\"", true}, {"null", true},
                  {"7", true},     {"{}", true}};
    for (size_t i = 0; i < KOR_LENGTH(tokens); i++) {
        struct kor_request request;
        struct kor_err err;
        char frame[256];
        snprintf(frame, sizeof frame,
                 "{" HEAD ",\"verb\":\"ping\",\"token\":%s}",
                 tokens[i].token);
        assert_int_equal(decode_bytes(frame, strlen(frame), &request, &err),
                         KOR_OK);
        assert_int_equal(request.has_token, tokens[i].is_token);
        kor_request_done(&request);
    }
}

static void
what_is_no_json_object_is_refused(void **state)
{
    (void)state;
#define BODY(inside)                                                          \
    "{" HEAD ",\"verb\":\"ping\",\"body\":{\"a\":" inside "}}"
    static const char *const frames[] = {
        "", " ", "[]", "7", "null", "\"" ID "\"", PING PING, PING "x", "{",
        "\xef\xbb\xbf" PING, "'" ID "'",
        BODY("1e999"), BODY("-1e999"), BODY("NaN"), BODY("Infinity"),
        BODY("9223372036854775808"), BODY("-9223372036854775809"),
        BODY("1,\"a\":1"), BODY("01"), BODY("+1"), BODY(".5"),
        BODY("\"\\u0000\""), BODY("\"\\ud800\""), BODY("\"\xff\""),
        BODY("\"\xc0\xaf\""), BODY("\"\xed\xa0\x80\""), BODY("\"\n\""),
    };
    for (size_t i = 0; i < KOR_LENGTH(frames); i++) {
        assert_false(refused_text(frames[i], KOR_PROTOCOL_ERROR, ""));
    }
    assert_false(refused(PING "\0", sizeof PING, KOR_PROTOCOL_ERROR, ""));
}

static void
a_refusal_says_from_where_on_it_is_no_json(void **state)
{
    (void)state;
    struct kor_request request;
    struct kor_err err;
    const char *frame = "{\"kor\":1,\"kor\":1}";
    assert_int_equal(decode_bytes(frame, strlen(frame), &request, &err),
                     KOR_PROTOCOL_ERROR);
    assert_non_null(strstr(err.text, "byte 14"));
}

static void
a_request_that_is_cut_short_is_refused(void **state)
{
    (void)state;
    const char *frame
        = "{" HEAD ",\"verb\":\"record\",\"lang\":\"nb\",\"body\":{\"code\":"
          "\"K3M9-7TPX\",\"answers\":[{\"scale\":\"outcome\",\"values\":"
          "[5.5,6,null,8],\"language\":\"nb\"},{\"scale\":\"phq9\","
          "\"total\":12}]}}";
    for (size_t size = 0; size < strlen(frame); size++) {
        assert_false(refused(frame, size, KOR_PROTOCOL_ERROR, ""));
    }
    struct kor_request request;
    struct kor_err err;
    assert_int_equal(decode_bytes(frame, strlen(frame), &request, &err),
                     KOR_OK);
    assert_int_equal(request.body->record.n_answers, 2);
    kor_request_done(&request);
}

static void
a_path_leads_to_the_number_to_blame(void **state)
{
    (void)state;
    assert_true(refused_text(
        "{" HEAD ",\"verb\":\"record\",\"body\":{\"code\":\"K3M9-7TPX\","
        "\"answers\":[{\"scale\":\"a\"},{\"scale\":\"b\",\"total\":1e7}]}}",
        KOR_BAD_VALUE, "answers[1].total"));
    assert_true(refused_text(
        "{" HEAD ",\"verb\":\"import.rows\",\"body\":{\"import\":1,\"from\":"
        "0,\"rows\":[{\"person\":\"p\",\"date\":\"2026-01-01\",\"answers\":["
        "{\"scale\":\"a\",\"values\":[1,2,\"x\"]}]}]}}",
        KOR_BAD_VALUE, "rows[0].answers[0].values[2]"));
}

/* A theory that says 'text'. */
static enum kor_code
said(const char *text, struct kor_err *err)
{
    struct kor_request request;
    struct kor_buf frame = {0};
    kor_buf_printf(&frame, "{" HEAD ",\"verb\":\"theory.set\",\"body\":{"
                   "\"code\":\"K3M9-7TPX\",\"text\":\"%s\"}}", text);
    enum kor_code code = decode_bytes(frame.text, frame.size, &request, err);
    kor_request_done(&request);
    kor_buf_done(&frame);
    return code;
}

/* What is not seen would let a text pass for another one. */
static void
a_text_can_be_read(void **state)
{
    static const char *const wrong[]
        = {"a\xe2\x80\xae" "b", "\xe2\x80\x8b", "\xe2\x80\xa8x",
           "x\xe2\x81\xa0", "\xef\xbb\xbfx", "x\xf3\xa0\x81\x81"};
    static const char *const blank[]
        = {" ", "  \xc2\xa0 ", "\xe3\x80\x80", "\xe2\x80\x83"};
    static const char *const right[]
        = {"x", " x ", "\xc3\xa5 v\xc3\xa6re", "\xd7\xa9\xd7\x9c",
           "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae", "\xe2\x80\xa6"};
    struct kor_err err;
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        assert_int_equal(said(wrong[i], &err), KOR_BAD_VALUE);
        assert_string_equal(err.field, "text");
        assert_non_null(strstr(err.text, "U+"));
    }
    for (size_t i = 0; i < KOR_LENGTH(blank); i++) {
        assert_int_equal(said(blank[i], &err), KOR_BAD_VALUE);
        assert_string_equal(err.field, "text");
        assert_null(strstr(err.text, "U+"));
    }
    for (size_t i = 0; i < KOR_LENGTH(right); i++) {
        assert_int_equal(said(right[i], &err), KOR_OK);
    }
    /* In lists, words and definitions too. */
    assert_true(refused_text(
        "{" HEAD ",\"verb\":\"record\",\"body\":{\"code\":\"K3M9-7TPX\","
        "\"answers\":[{\"scale\":\"a\"},{\"scale\":\"b\xe2\x80\xae\"}]}}",
        KOR_BAD_VALUE, "answers[1].scale"));
    assert_true(refused_text(
        "{" HEAD ",\"verb\":\"part.agree\",\"body\":{\"code\":"
        "\"K3M9-7TPX\",\"until\":\"2026-01-01\",\"modules\":[\"a\","
        "\"b\xe2\x80\x8b\"]}}",
        KOR_BAD_VALUE, "modules"));
    assert_true(refused_text(
        "{" HEAD ",\"verb\":\"form.add\",\"body\":{\"definition\":{"
        "\"names\":{\"en\":\"A\\u202eB\"}}}}",
        KOR_BAD_VALUE, "definition"));
}

/* A frame of 'n' times 'piece' between 'before' and 'after'. */
static void
many(const char *before, const char *piece, size_t n, const char *after,
     enum kor_code code, const char *field)
{
    struct kor_buf frame = {0};
    kor_buf_puts(&frame, before);
    for (size_t i = 0; i < n; i++) {
        kor_buf_puts(&frame, piece);
    }
    kor_buf_puts(&frame, after);
    (void)refused(frame.text, frame.size, code, field);
    kor_buf_done(&frame);
}

static void
depth_and_length_are_bounded(void **state)
{
    (void)state;
    const char *values = "{" HEAD ",\"verb\":\"record\",\"body\":{\"code\":"
                         "\"K3M9-7TPX\",\"answers\":[{\"scale\":\"a\","
                         "\"values\":[1";
    many("", "[", 500000, "", KOR_PROTOCOL_ERROR, "");
    many("", "{\"a\":", 100000, "", KOR_PROTOCOL_ERROR, "");
    many(values, ",1", 64, "]}]}}", KOR_BAD_VALUE, "answers[0].values");
    many(values, ",1", 250000, "]}]}}", KOR_BAD_VALUE, "answers[0].values");
    many("{" HEAD ",\"verb\":\"instrument.add\",\"body\":{\"definition\":"
         "{\"a\":",
         "{\"a\":", 3000, "1", KOR_PROTOCOL_ERROR, "");
    many("{" HEAD ",\"verb\":\"record\",\"body\":{\"code\":\"K3M9-7TPX\","
         "\"answers\":[{\"scale\":\"a\"}",
         ",{\"scale\":\"a\"}", 8, "]}}", KOR_BAD_VALUE, "answers");
}

static void
a_request_of_the_greatest_size_is_read(void **state)
{
    (void)state;
    char *frame = kor_alloc(KOR_MAX_REQUEST_SIZE + 2);
    memset(frame, ' ', KOR_MAX_REQUEST_SIZE + 1);
    memcpy(frame, PING, strlen(PING));
    struct kor_request request;
    struct kor_err err;
    assert_int_equal(
        decode_bytes(frame, KOR_MAX_REQUEST_SIZE, &request, &err), KOR_OK);
    kor_request_done(&request);
    (void)refused(frame, KOR_MAX_REQUEST_SIZE + 1, KOR_TOO_LARGE, "");
    free(frame);
}

static void
a_request_reads_back_as_it_was_written(void **state)
{
    (void)state;
    struct kor_msg_close body;
    struct kor_buf frame = {0}, again = {0};
    struct kor_request request;
    struct kor_err err;
    kor_message_init(&kor_message_close, &body);
    strcpy(body.code, "K3M9-7TPX");
    strcpy(body.ending, "planned");
    strcpy(body.reason, "goals reached, \"enough\" \xe2\x80\x93 \\o/");
    kor_request_encode(ID, KOR_VERB_CLOSE, KOR_SV, &body, &frame);
    assert_int_equal(decode_bytes(frame.text, frame.size, &request, &err),
                     KOR_OK);
    assert_int_equal(request.lang, KOR_SV);
    assert_string_equal(request.body->close.reason, body.reason);
    kor_request_encode(request.id, request.verb, request.lang, request.body,
                       &again);
    assert_string_equal(frame.text, again.text);
    kor_request_done(&request);
    kor_buf_done(&frame);
    kor_buf_done(&again);
}

static void
a_reply_and_a_refusal_read_back(void **state)
{
    (void)state;
    struct kor_buf frame = {0};
    struct kor_reply reply;
    struct kor_err err, sent;
    kor_err_init(&err, KOR_EN);
    kor_reply_encode(ID, "{\"import\":3,\"next\":0}", &frame);
    assert_int_equal(kor_reply_decode(frame.text, frame.size, &reply, &err),
                     KOR_OK);
    assert_string_equal(reply.id, ID);
    assert_int_equal(reply.code, KOR_OK);
    assert_int_equal(json_integer_value(json_object_get(reply.body,
                                                        "import")), 3);
    kor_reply_done(&reply);
    kor_reply_done(&reply);
    kor_buf_clear(&frame);
    kor_err_init(&sent, KOR_NB);
    (void)kor_fail(&sent, KOR_CONFLICT, "session", "a \"b\" \xc3\xa5");
    kor_refusal_encode("", &sent, &frame);
    assert_int_equal(kor_reply_decode(frame.text, frame.size, &reply, &err),
                     KOR_OK);
    assert_string_equal(reply.id, "");
    assert_int_equal(reply.code, KOR_CONFLICT);
    assert_null(reply.body);
    assert_int_equal(err.code, KOR_CONFLICT);
    assert_string_equal(err.field, "session");
    assert_string_equal(err.text, "a \"b\" \xc3\xa5");
    kor_reply_done(&reply);
    kor_buf_done(&frame);
}

static void
a_reply_that_is_none_is_not_understood(void **state)
{
    (void)state;
    static const char *const frames[] = {
        "", "[]", "{}", "{\"kor\":1,\"id\":\"" ID "\",\"body\":{}}",
        "{" HEAD ",\"code\":7,\"body\":{}}", "{\"kor\":1,\"code\":\"ok\","
        "\"body\":{}}", "{" HEAD ",\"code\":\"ok\"}",
        "{" HEAD ",\"code\":\"ok\",\"body\":[]}",
        "{" HEAD ",\"code\":\"ok\",\"body\":null}",
        "{\"kor\":2,\"id\":\"" ID "\",\"code\":\"ok\",\"body\":{}}",
        "{\"id\":\"" ID "\",\"code\":\"ok\",\"body\":{}}",
        "{\"kor\":1,\"id\":\"" ID "x\",\"code\":\"ok\",\"body\":{}}",
    };
    for (size_t i = 0; i < KOR_LENGTH(frames); i++) {
        struct kor_reply reply;
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        if (kor_reply_decode(frames[i], strlen(frames[i]), &reply, &err)
            != KOR_PROTOCOL_ERROR) {
            print_error("taken: %s\n", frames[i]);
            fail();
        }
        assert_null(reply.root);
        assert_null(reply.body);
    }
}

static void
a_code_of_a_later_release_is_no_success(void **state)
{
    (void)state;
    const char *frame = "{" HEAD ",\"code\":\"tired\",\"text\":\"x\"}";
    struct kor_reply reply;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_reply_decode(frame, strlen(frame), &reply, &err),
                     KOR_OK);
    assert_int_equal(reply.code, KOR_INTERNAL);
    assert_string_equal(err.text, "x");
    kor_reply_done(&reply);
}

/* Its code is what counts. */
static void
a_refusal_without_words_is_still_one(void **state)
{
    (void)state;
    const char *frame = "{" HEAD ",\"code\":\"conflict\",\"text\":7}";
    struct kor_reply reply;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    (void)kor_fail(&err, KOR_IO, "earlier", "what was before");
    assert_int_equal(kor_reply_decode(frame, strlen(frame), &reply, &err),
                     KOR_OK);
    assert_int_equal(reply.code, KOR_CONFLICT);
    assert_int_equal(err.code, KOR_CONFLICT);
    assert_string_equal(err.field, "");
    assert_string_equal(err.text, "");
    kor_reply_done(&reply);
    assert_int_equal(kor_reply_decode(frame, strlen(frame), &reply, NULL),
                     KOR_OK);
    assert_int_equal(reply.code, KOR_CONFLICT);
    kor_reply_done(&reply);
}

static void
a_reply_that_is_too_large_is_not_read(void **state)
{
    (void)state;
    char nothing = '{';
    struct kor_reply reply;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_reply_decode(&nothing, KOR_MAX_REPLY_SIZE + 1u,
                                      &reply, &err),
                     KOR_TOO_LARGE);
    assert_null(reply.root);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_arrives_whole),
        cmocka_unit_test(the_clinics_language_serves_where_none_is_named),
        cmocka_unit_test(each_member_is_missed_by_name),
        cmocka_unit_test(each_member_that_is_wrong_is_named),
        cmocka_unit_test(a_token_is_seen_whatever_it_is),
        cmocka_unit_test(what_is_no_json_object_is_refused),
        cmocka_unit_test(a_refusal_says_from_where_on_it_is_no_json),
        cmocka_unit_test(a_request_that_is_cut_short_is_refused),
        cmocka_unit_test(a_path_leads_to_the_number_to_blame),
        cmocka_unit_test(a_text_can_be_read),
        cmocka_unit_test(depth_and_length_are_bounded),
        cmocka_unit_test(a_request_of_the_greatest_size_is_read),
        cmocka_unit_test(a_request_reads_back_as_it_was_written),
        cmocka_unit_test(a_reply_and_a_refusal_read_back),
        cmocka_unit_test(a_reply_that_is_none_is_not_understood),
        cmocka_unit_test(a_code_of_a_later_release_is_no_success),
        cmocka_unit_test(a_refusal_without_words_is_still_one),
        cmocka_unit_test(a_reply_that_is_too_large_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
