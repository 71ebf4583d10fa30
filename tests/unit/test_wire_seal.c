/* SPDX-License-Identifier: GPL-3.0-or-later */

/* wire: requests that had to wait, closed and opened again. */

#include "support/near.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>
#include <zmq.h>

#include "kor/base/alloc.h"
#include "kor/wire/seal.h"
#include "support/dice.h"

#define TEXT "{\"kor\":1,\"verb\":\"record\",\"body\":{\"code\":\"36AE-PRNX\"}}"
#define AGE_MS 90061001 /* A day, an hour, a minute, a second and a bit. */

static const uint8_t id[KOR_UUID_SIZE]
    = {1, 0x9a, 3, 4, 5, 6, 0x77, 8, 0x89, 10, 11, 12, 13, 14, 15, 16};

/* A key pair as ZeroMQ makes them. */
struct pair {
    uint8_t public_key[KOR_SEAL_KEY_SIZE], secret_key[KOR_SEAL_KEY_SIZE];
};

static struct pair
new_pair(void)
{
    char public_key[41], secret_key[41];
    struct pair pair;
    assert_int_equal(zmq_curve_keypair(public_key, secret_key), 0);
    assert_non_null(zmq_z85_decode(pair.public_key, public_key));
    assert_non_null(zmq_z85_decode(pair.secret_key, secret_key));
    return pair;
}

/* The frame of 'text', sealed for 'pair'. */
static struct kor_buf
sealed_frame(const char *text, const struct pair *pair)
{
    struct kor_buf box = {0}, frame = {0};
    assert_true(kor_seal(text, strlen(text), pair->public_key, &box));
    struct kor_sealed sealed = {.age_ms = AGE_MS,
                                .box = (const uint8_t *)box.text,
                                .box_size = box.size};
    memcpy(sealed.uuid, id, sizeof id);
    kor_sealed_write(&sealed, &frame);
    kor_buf_done(&box);
    return frame;
}

/* Reads and opens the 'size' bytes at 'frame', from memory of just that size
 * so that reading past its end is seen. */
static bool
opens(const void *frame, size_t size, const struct pair *pair)
{
    struct kor_sealed sealed;
    struct kor_buf out = {0};
    uint8_t *copy = kor_alloc(size ? size : 1);
    memcpy(copy, frame, size);
    bool is_open = kor_sealed_read(copy, size, &sealed)
                && kor_unseal(&sealed, pair->public_key, pair->secret_key,
                              &out);
    assert_true(is_open == (out.size > 0));
    free(copy);
    kor_buf_done(&out);
    return is_open;
}

static void
what_is_sealed_comes_out_again_and_reads_as_nothing(void **state)
{
    (void)state;
    struct pair server = new_pair();
    struct kor_buf frame = sealed_frame(TEXT, &server), out = {0};
    struct kor_sealed sealed;
    assert_int_equal(frame.size, strlen(TEXT) + 32 + 48);
    assert_memory_equal(frame.text, "KORSEAL1", 8);
    assert_null(memmem(frame.text, frame.size, "36AE", 4));
    assert_null(memmem(frame.text, frame.size, "record", 6));
    assert_true(kor_is_sealed(frame.text, frame.size));
    assert_true(kor_sealed_read(frame.text, frame.size, &sealed));
    assert_memory_equal(sealed.uuid, id, sizeof id);
    assert_int_equal(sealed.age_ms, AGE_MS);
    assert_true(kor_unseal(&sealed, server.public_key, server.secret_key,
                           &out));
    assert_string_equal(out.text, TEXT);
    kor_buf_done(&out);
    kor_buf_done(&frame);
}

/* The box as the documentation of libsodium tells it: the public key of a
 * pair that is used once, and crypto_box_easy() with a nonce from the hash of
 * both public keys. */
static void
a_box_made_by_the_book_is_opened(void **state)
{
    (void)state;
    struct pair server = new_pair(), once = new_pair();
    uint8_t nonce[crypto_box_NONCEBYTES], both[64];
    uint8_t box[32 + crypto_box_MACBYTES + sizeof TEXT - 1];
    struct kor_buf out = {0};
    memcpy(both, once.public_key, 32);
    memcpy(both + 32, server.public_key, 32);
    assert_int_equal(crypto_generichash(nonce, sizeof nonce, both,
                                        sizeof both, NULL, 0), 0);
    memcpy(box, once.public_key, 32);
    assert_int_equal(crypto_box_easy(box + 32, (const uint8_t *)TEXT,
                                     strlen(TEXT), nonce, server.public_key,
                                     once.secret_key), 0);
    const struct kor_sealed sealed = {.box = box, .box_size = sizeof box};
    assert_true(kor_unseal(&sealed, server.public_key, server.secret_key,
                           &out));
    assert_string_equal(out.text, TEXT);
    kor_buf_done(&out);
}

static void
another_key_opens_nothing(void **state)
{
    (void)state;
    struct pair server = new_pair(), other = new_pair();
    struct kor_buf frame = sealed_frame(TEXT, &server);
    assert_true(opens(frame.text, frame.size, &server));
    assert_false(opens(frame.text, frame.size, &other));
    struct pair mixed = server;
    memcpy(mixed.secret_key, other.secret_key, sizeof mixed.secret_key);
    assert_false(opens(frame.text, frame.size, &mixed));
    kor_buf_done(&frame);
}

static void
no_bit_of_the_box_may_change_and_none_may_be_missing(void **state)
{
    (void)state;
    struct pair server = new_pair();
    struct kor_buf frame = sealed_frame(TEXT, &server);
    for (size_t i = KOR_SEAL_HEAD_SIZE; i < frame.size; i++) {
        frame.text[i] = (char)(frame.text[i] ^ 1 << i % 8);
        assert_false(opens(frame.text, frame.size, &server));
        frame.text[i] = (char)(frame.text[i] ^ 1 << i % 8);
    }
    for (size_t size = 0; size < frame.size; size++) {
        assert_false(opens(frame.text, size, &server));
    }
    kor_buf_putc(&frame, 'x');
    assert_false(opens(frame.text, frame.size, &server));
    kor_buf_done(&frame);
}

static void
sizes_and_ages_are_bounded(void **state)
{
    (void)state;
    struct pair server = new_pair();
    struct kor_buf box = {0}, frame = {0};
    char *large = kor_alloc(KOR_MAX_SEALABLE + 2);
    memset(large, 'x', KOR_MAX_SEALABLE + 1);
    assert_false(kor_seal(large, 0, server.public_key, &box));
    assert_false(kor_seal(large, KOR_MAX_SEALABLE + 1, server.public_key,
                          &box));
    assert_int_equal(box.size, 0);
    large[KOR_MAX_SEALABLE] = '\0';
    frame = sealed_frame(large, &server);
    assert_int_equal(frame.size, KOR_MAX_REQUEST_SIZE);
    assert_true(opens(frame.text, frame.size, &server));
    kor_buf_putc(&frame, 'x');
    assert_false(opens(frame.text, frame.size, &server));
    kor_buf_done(&frame);
    frame = sealed_frame(TEXT, &server);
    frame.text[24] = 1; /* Two million years. */
    assert_false(opens(frame.text, frame.size, &server));
    frame.text[24] = (char)0x80; /* Less than nothing. */
    assert_false(opens(frame.text, frame.size, &server));
    kor_buf_done(&frame);
    free(large);
}

static void
noise_opens_nothing(void **state)
{
    (void)state;
    struct pair server = new_pair();
    struct dice dice = {99};
    uint8_t noise[300];
    for (int round = 0; round < 2000; round++) {
        size_t size = (size_t)dice_int(&dice, 0, sizeof noise);
        for (size_t i = 0; i < size; i++) {
            noise[i] = (uint8_t)dice_int(&dice, 0, 255);
        }
        if (round % 2 && size >= 32) {
            memcpy(noise, "KORSEAL1", 8);
            memset(noise + 24, 0, 8);
        }
        assert_false(opens(noise, size, &server));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_sealed_comes_out_again_and_reads_as_nothing),
        cmocka_unit_test(a_box_made_by_the_book_is_opened),
        cmocka_unit_test(another_key_opens_nothing),
        cmocka_unit_test(no_bit_of_the_box_may_change_and_none_may_be_missing),
        cmocka_unit_test(sizes_and_ages_are_bounded),
        cmocka_unit_test(noise_opens_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
