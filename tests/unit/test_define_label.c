/* SPDX-License-Identifier: GPL-3.0-or-later */

/* define: a label opens with its key, for its client, and with nothing else. */

#include "support/near.h"

#include <string.h>

#include <sodium.h>

#include "kor/base/compiler.h"
#include "kor/define/label.h"

static const uint8_t key[KOR_LABEL_KEY_SIZE] = {1, 2, 3, 4};
static const uint8_t other[KOR_LABEL_KEY_SIZE] = {1, 2, 3, 5};

static void
a_label_opens_with_its_key_for_its_client(void **state)
{
    static const char *const texts[]
        = {"A", "AB 12", "`touch out` $(x) \"';--", "\xc3\x98\xc3\xa5",
           "1234567890123456789012345678901234567890"};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(texts); i++) {
        uint8_t sealed[KOR_LABEL_SIZE];
        char open[KOR_LABEL_MAX + 1];
        assert_int_equal(kor_label_check(texts[i], NULL), KOR_OK);
        kor_label_seal(key, "K3M9-7TP6", texts[i], sealed);
        assert_true(kor_label_open(key, "K3M9-7TP6", sealed, open));
        assert_string_equal(open, texts[i]);
        assert_false(kor_label_open(other, "K3M9-7TP6", sealed, open));
        assert_string_equal(open, "");
        assert_false(kor_label_open(key, "K3M9-7TPY", sealed, open));
    }
}

static void
no_bit_of_it_can_be_changed(void **state)
{
    uint8_t sealed[KOR_LABEL_SIZE];
    char open[KOR_LABEL_MAX + 1];
    (void)state;
    kor_label_seal(key, "K3M9-7TP6", "AB", sealed);
    for (size_t i = 0; i < sizeof sealed * 8; i++) {
        sealed[i / 8] ^= (uint8_t)(1U << i % 8);
        assert_false(kor_label_open(key, "K3M9-7TP6", sealed, open));
        sealed[i / 8] ^= (uint8_t)(1U << i % 8);
    }
    assert_true(kor_label_open(key, "K3M9-7TP6", sealed, open));
}

static void
the_same_label_never_looks_the_same(void **state)
{
    uint8_t a[KOR_LABEL_SIZE], b[KOR_LABEL_SIZE];
    (void)state;
    kor_label_seal(key, "K3M9-7TP6", "AB", a);
    kor_label_seal(key, "K3M9-7TP6", "AB", b);
    assert_memory_not_equal(a, b, sizeof a);
}

static void
what_is_no_label_is_told(void **state)
{
    static const char *const wrong[]
        = {"", "a\tb", "a\nb", "\x7f", "\xc2\x85", "\xff",
           "12345678901234567890123456789012345678901"};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        assert_int_equal(kor_label_check(wrong[i], &err), KOR_BAD_VALUE);
        assert_string_equal(err.field, "label");
        assert_non_null(strstr(err.text, "1 to 40 bytes"));
    }
}

/* All of UAX 9, and what stands beside them in the tables. */
static void
what_turns_the_direction_of_writing_is_no_label(void **state)
{
    static const char *const wrong[]
        = {"\xd8\x9c",     "\xe2\x80\x8e", "\xe2\x80\x8f",
           "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac",
           "\xe2\x80\xad", "\xe2\x80\xae", "\xe2\x81\xa6",
           "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9"};
    static const char *const right[]
        = {"\xd8\x9b", "\xe2\x80\x90", "\xe2\x80\xaf", "\xd7\x90 1"};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        for (int at = 0; at < 3; at++) {
            const char *plain = "AB";
            char text[16] = "AB";
            struct kor_err err;
            kor_err_init(&err, KOR_EN);
            strcpy(text + at, wrong[i]);
            strcat(text, plain + at);
            assert_int_equal(kor_label_check(text, &err), KOR_BAD_VALUE);
            assert_string_equal(err.field, "label");
            assert_non_null(strstr(err.text, "U+"));
        }
    }
    for (size_t i = 0; i < KOR_LENGTH(right); i++) {
        assert_int_equal(kor_label_check(right[i], NULL), KOR_OK);
    }
}

/* What was closed by something else than kor may open and be no label. */
static void
what_opens_and_is_no_label_is_none(void **state)
{
    uint8_t sealed[KOR_LABEL_SIZE], plain[KOR_LABEL_PADDED];
    char open[KOR_LABEL_MAX + 1];
    const size_t nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
    (void)state;
    memset(plain, 'x', sizeof plain);
    memset(sealed, 0, sizeof sealed);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed + nonce, NULL, plain, sizeof plain,
        (const unsigned char *)"K3M9-7TP6", 9, NULL, sealed, key);
    assert_false(kor_label_open(key, "K3M9-7TP6", sealed, open));
}

static void
a_key_is_shared_with_one_and_no_other(void **state)
{
    uint8_t public_key[32], secret_key[32], theirs[32], their_secret[32];
    uint8_t sealed[KOR_LABEL_SHARE_SIZE], got[KOR_LABEL_KEY_SIZE];
    (void)state;
    crypto_box_keypair(public_key, secret_key);
    crypto_box_keypair(theirs, their_secret);
    assert_true(kor_label_share_seal(key, public_key, sealed));
    assert_true(kor_label_share_open(sealed, public_key, secret_key, got));
    assert_memory_equal(got, key, sizeof got);
    assert_false(kor_label_share_open(sealed, theirs, their_secret, got));
}

/* BLAKE2b-256 of "kor label key", keyed with the key, by Python's hashlib. */
static void
the_proof_is_blake2b(void **state)
{
    static const uint8_t expected[32] = {
        0x2d, 0x86, 0xf8, 0x42, 0x5a, 0xef, 0xa0, 0x3a,
        0x5b, 0x3e, 0xd0, 0xb1, 0xb8, 0x03, 0x48, 0xfb,
        0x04, 0xf4, 0x22, 0x88, 0xf5, 0x22, 0x42, 0xc9,
        0x56, 0x22, 0x31, 0x75, 0xc9, 0x26, 0xe5, 0xa4,
    };
    uint8_t proof[KOR_LABEL_KEY_SIZE];
    (void)state;
    kor_label_proof(key, proof);
    assert_memory_equal(proof, expected, sizeof proof);
    kor_label_proof(other, proof);
    assert_memory_not_equal(proof, expected, sizeof proof);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_label_opens_with_its_key_for_its_client),
        cmocka_unit_test(no_bit_of_it_can_be_changed),
        cmocka_unit_test(the_same_label_never_looks_the_same),
        cmocka_unit_test(what_is_no_label_is_told),
        cmocka_unit_test(what_turns_the_direction_of_writing_is_no_label),
        cmocka_unit_test(what_opens_and_is_no_label_is_none),
        cmocka_unit_test(a_key_is_shared_with_one_and_no_other),
        cmocka_unit_test(the_proof_is_blake2b),
    };
    return sodium_init() < 0
               ? 1
               : cmocka_run_group_tests(tests, NULL, NULL);
}
