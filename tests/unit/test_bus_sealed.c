/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames as they come in: what a sealed one may hold. */

#include "support/near.h"

#include <stdlib.h>
#include <string.h>

#include <zmq.h>

#include "bus/sealed.h"
#include "kor/base/alloc.h"
#include "kor/wire/seal.h"

#define ID "018f3c1e-7b2a-7c3d-8e4f-0123456789ab"
#define OTHER "018f3c1e-7b2a-7c3d-8e4f-0123456789ac"
#define FRAME(id, verb)                                                       \
    "{\"kor\":1,\"id\":\"" id "\",\"verb\":\"" verb "\",\"lang\":\"sv\","     \
    "\"body\":{\"code\":\"36AE-PRNX\",\"status\":\"held\"}}"

static struct kor_keyfile server;

static int
set_up(void **state)
{
    (void)state;
    return zmq_curve_keypair(server.public_key, server.secret_key);
}

/* Adds 'text' to 'out', sealed, under ID and an age of 5 s. */
static void
seal(const void *text, size_t size, struct kor_buf *out)
{
    uint8_t key[KOR_SEAL_KEY_SIZE];
    struct kor_buf box = {0};
    struct kor_sealed sealed = {.age_ms = 5000};
    assert_non_null(zmq_z85_decode(key, server.public_key));
    assert_true(kor_seal(text, size, key, &box));
    assert_true(kor_uuid_parse(ID, sealed.uuid));
    sealed.box = (const uint8_t *)box.text;
    sealed.box_size = box.size;
    kor_sealed_write(&sealed, out);
    kor_buf_done(&box);
}

static enum kor_code
decode(const struct kor_buf *frame, struct kor_request *request,
       struct kor_err *err)
{
    /* A copy of just this size, so that reading past its end is seen. */
    char *copy = kor_alloc(frame->size);
    memcpy(copy, frame->text, frame->size);
    kor_err_init(err, KOR_EN);
    enum kor_code code = kor_frame_decode(&server, copy, frame->size, KOR_NB,
                                          request, err);
    free(copy);
    return code;
}

/* The frame is refused under ID, and nothing is left to be freed. */
static void
assert_refused(struct kor_buf *frame, enum kor_code code, const char *field)
{
    struct kor_request request;
    struct kor_err err;
    assert_int_equal(decode(frame, &request, &err), code);
    assert_string_equal(err.field, field);
    assert_string_equal(request.id, ID);
    assert_null(request.body);
    kor_buf_done(frame);
}

static void
a_plain_frame_is_read_as_ever(void **state)
{
    (void)state;
    struct kor_request request;
    struct kor_err err;
    struct kor_buf frame = {0};
    kor_buf_puts(&frame, FRAME(ID, "record"));
    assert_int_equal(decode(&frame, &request, &err), KOR_OK);
    assert_int_equal(request.age_ms, 0);
    assert_string_equal(request.body->record.code, "36AE-PRNX");
    kor_request_done(&request);
    kor_buf_done(&frame);
}

static void
a_sealed_frame_is_what_it_holds(void **state)
{
    (void)state;
    struct kor_request request;
    struct kor_err err;
    struct kor_buf frame = {0};
    seal(FRAME(ID, "record"), strlen(FRAME(ID, "record")), &frame);
    assert_int_equal(decode(&frame, &request, &err), KOR_OK);
    assert_int_equal(request.age_ms, 5000);
    assert_int_equal(request.lang, KOR_SV);
    assert_int_equal(request.verb, KOR_VERB_RECORD);
    assert_string_equal(request.id, ID);
    assert_string_equal(request.body->record.code, "36AE-PRNX");
    kor_request_done(&request);
    kor_buf_done(&frame);
}

static void
what_else_is_in_a_seal_is_refused_under_its_id(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *field; /* Null: whichever. */
    } bad[] = {{"{", ""},
               {"noise", ""},
               {FRAME(ID, "ping"), NULL},
               {FRAME(ID, "close"), NULL},
               {FRAME(OTHER, "record"), "id"},
               {FRAME("x", "record"), "id"},
               {"{\"kor\":1,\"id\":\"" ID "\",\"verb\":\"ping\"}", "verb"}};
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        struct kor_request request;
        struct kor_err err;
        struct kor_buf frame = {0};
        seal(bad[i].text, strlen(bad[i].text), &frame);
        assert_int_not_equal(decode(&frame, &request, &err), KOR_OK);
        assert_string_equal(request.id, ID);
        assert_null(request.body);
        if (bad[i].field) {
            assert_string_equal(err.field, bad[i].field);
        }
        kor_buf_done(&frame);
    }
}

static void
a_seal_within_a_seal_is_refused(void **state)
{
    (void)state;
    struct kor_buf inner = {0}, outer = {0};
    seal(FRAME(ID, "record"), strlen(FRAME(ID, "record")), &inner);
    seal(inner.text, inner.size, &outer);
    assert_refused(&outer, KOR_PROTOCOL_ERROR, "");
    kor_buf_done(&inner);
}

static void
another_key_and_damage_are_refused_under_the_id(void **state)
{
    (void)state;
    struct kor_buf frame = {0};
    seal(FRAME(ID, "record"), strlen(FRAME(ID, "record")), &frame);
    (void)set_up(state);
    assert_refused(&frame, KOR_PROTOCOL_ERROR, "seal");
    seal(FRAME(ID, "record"), strlen(FRAME(ID, "record")), &frame);
    frame.text[frame.size - 1] ^= 1;
    assert_refused(&frame, KOR_PROTOCOL_ERROR, "seal");
}

static void
a_head_without_a_box_has_no_id(void **state)
{
    (void)state;
    struct kor_request request;
    struct kor_err err;
    struct kor_buf frame = {0};
    kor_buf_puts(&frame, "KORSEAL1");
    assert_int_equal(decode(&frame, &request, &err), KOR_PROTOCOL_ERROR);
    assert_string_equal(err.field, "seal");
    assert_string_equal(request.id, "");
    kor_request_done(&request);
    kor_buf_done(&frame);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup(name, set_up)
    const struct CMUnitTest tests[] = {
        T(a_plain_frame_is_read_as_ever),
        T(a_sealed_frame_is_what_it_holds),
        T(what_else_is_in_a_seal_is_refused_under_its_id),
        T(a_seal_within_a_seal_is_refused),
        T(another_key_and_damage_are_refused_under_the_id),
        T(a_head_without_a_box_has_no_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
