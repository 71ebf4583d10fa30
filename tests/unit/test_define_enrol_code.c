/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The code of an enrolment: slips of the hand are caught before they count. */

#include "support/near.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "kor/define/client_code.h"
#include "kor/define/enrol_code.h"
#include "support/dice.h"

static void
make(struct dice *dice, char code[KOR_ENROL_CODE_SIZE])
{
    uint8_t bytes[KOR_ENROL_CODE_RANDOM];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)dice_int(dice, 0, 255);
    }
    kor_enrol_code_make(bytes, code);
}

static void
codes_worked_out_by_hand(void **state)
{
    uint8_t bytes[KOR_ENROL_CODE_RANDOM] = {0};
    char code[KOR_ENROL_CODE_SIZE];
    (void)state;
    kor_enrol_code_make(bytes, code);
    assert_string_equal(code, "33333-33333");
    /* First symbol 1: 1 + 10 c = 0 (mod 23) for c = 16, the 17th symbol, P. */
    bytes[7] = 1;
    kor_enrol_code_make(bytes, code);
    assert_string_equal(code, "43333-3333P");
    /* 255 = 2 + 11 * 23: 2 + 2 * 11 + 10 c = 24 + 10 c = 0 for c = 16. */
    bytes[7] = 255;
    kor_enrol_code_make(bytes, code);
    assert_string_equal(code, "6H333-3333P");
}

/* All nine places take all symbols: 23^9 is 1801152661463, 40.7 bits. */
static void
every_place_takes_every_symbol(void **state)
{
    struct dice dice = {.state = 5};
    bool seen[KOR_ENROL_CODE_SIZE][128] = {{false}};
    char code[KOR_ENROL_CODE_SIZE];
    (void)state;
    for (int i = 0; i < 2000; i++) {
        make(&dice, code);
        for (size_t at = 0; code[at]; at++) {
            seen[at][(int)code[at]] = true;
        }
    }
    for (size_t at = 0; at < KOR_ENROL_CODE_SIZE - 1; at++) {
        for (const char *s = KOR_CLIENT_CODE_ALPHABET; *s; s++) {
            assert_true(at == 5 || seen[at][(int)*s]);
        }
    }
}

static void
every_slip_is_caught(void **state)
{
    struct dice dice = {.state = 6};
    char code[KOR_ENROL_CODE_SIZE], read[KOR_ENROL_CODE_SIZE], wrong[32];
    (void)state;
    for (int i = 0; i < 200; i++) {
        make(&dice, code);
        snprintf(wrong, sizeof wrong, " %.5s%s ", code, code + 6);
        for (char *at = wrong; *at; at++) {
            *at = (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
        }
        assert_int_equal(kor_enrol_code_parse(wrong, read, NULL), KOR_OK);
        assert_string_equal(read, code);
        for (size_t at = 0; at < strlen(code); at++) {
            for (const char *s = KOR_CLIENT_CODE_ALPHABET; at != 5 && *s;
                 s++) {
                strcpy(wrong, code);
                wrong[at] = *s;
                assert_int_equal(kor_enrol_code_parse(wrong, read, NULL),
                                 *s == code[at] ? KOR_OK : KOR_BAD_VALUE);
            }
        }
        for (size_t a = 0; a + 1 < strlen(code); a++) {
            strcpy(wrong, code);
            wrong[a] = code[a + 1];
            wrong[a + 1] = code[a];
            assert_int_equal(kor_enrol_code_parse(wrong, read, NULL),
                             code[a] == code[a + 1] ? KOR_OK : KOR_BAD_VALUE);
        }
    }
}

static void
a_clients_code_is_none_and_neither_the_other_way(void **state)
{
    static const char *const wrong[]
        = {"", "33333-3333", "33333-333333", "3333-3333", "33333-3333O",
           "33333_33333", "3333-333333"};
    char code[KOR_ENROL_CODE_SIZE], client[KOR_CLIENT_CODE_SIZE];
    struct kor_err err;
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        kor_err_init(&err, KOR_EN);
        assert_int_equal(kor_enrol_code_parse(wrong[i], code, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "code");
    }
    assert_int_equal(kor_client_code_parse("33333-33333", client, NULL),
                     KOR_BAD_VALUE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_worked_out_by_hand),
        cmocka_unit_test(every_place_takes_every_symbol),
        cmocka_unit_test(every_slip_is_caught),
        cmocka_unit_test(a_clients_code_is_none_and_neither_the_other_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
