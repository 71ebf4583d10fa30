/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's code: every single slip of the hand is caught. */

#include "support/near.h"

#include <stdio.h>
#include <string.h>

#include "kor/define/client_code.h"

static const char alphabet[] = KOR_CLIENT_CODE_ALPHABET;

/* Random bytes of a fixed sequence: xorshift64 (Marsaglia 2003). */
static void
next_code(uint64_t *seed, char code[KOR_CLIENT_CODE_SIZE])
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    uint8_t bytes[KOR_CLIENT_CODE_RANDOM];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (uint8_t)(*seed >> (8 * i));
    }
    kor_client_code_make(bytes, code);
}

static void
zeros_give_the_code_worked_out_by_hand(void **state)
{
    (void)state;
    /* All symbols 0 weigh 0, so the check symbol is 0 too. */
    const uint8_t zeros[KOR_CLIENT_CODE_RANDOM] = {0};
    char code[KOR_CLIENT_CODE_SIZE];
    kor_client_code_make(zeros, code);
    assert_string_equal(code, "3333-3333");
    /* First symbol 1: 1 + 8 c = 0 (mod 23) for c = 20, the 21st symbol W. */
    const uint8_t one[KOR_CLIENT_CODE_RANDOM] = {0, 0, 0, 0, 0, 0, 0, 1};
    kor_client_code_make(one, code);
    assert_string_equal(code, "4333-333W");
}

static void
a_made_code_reads_back_however_it_is_typed(void **state)
{
    (void)state;
    uint64_t seed = 20240108;
    char code[KOR_CLIENT_CODE_SIZE], typed[32], read[KOR_CLIENT_CODE_SIZE];
    for (int i = 0; i < 1000; i++) {
        next_code(&seed, code);
        assert_int_equal(kor_client_code_parse(code, read, NULL), KOR_OK);
        assert_string_equal(read, code);
        snprintf(typed, sizeof typed, " %.4s%s ", code, code + 5);
        for (char *p = typed; *p; p++) {
            *p = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
        }
        assert_int_equal(kor_client_code_parse(typed, read, NULL), KOR_OK);
        assert_string_equal(read, code);
    }
}

static void
blanks_stand_for_the_hyphen_and_round_the_code(void **state)
{
    (void)state;
    static const char *const typed[]
        = {"4333 333W", "4333 - 333w", "  4333-333W  ", "4333--333W"};
    char read[KOR_CLIENT_CODE_SIZE];
    for (size_t i = 0; i < KOR_LENGTH(typed); i++) {
        assert_int_equal(kor_client_code_parse(typed[i], read, NULL), KOR_OK);
        assert_string_equal(read, "4333-333W");
    }
}

static void
every_single_wrong_symbol_is_caught(void **state)
{
    (void)state;
    uint64_t seed = 7;
    char code[KOR_CLIENT_CODE_SIZE], read[KOR_CLIENT_CODE_SIZE];
    for (int i = 0; i < 300; i++) {
        next_code(&seed, code);
        for (size_t at = 0; at < 9; at++) {
            char right = code[at];
            for (size_t s = 0; at != 4 && alphabet[s]; s++) {
                if (alphabet[s] != right) {
                    code[at] = alphabet[s];
                    assert_int_equal(kor_client_code_parse(code, read, NULL),
                                     KOR_BAD_VALUE);
                }
            }
            code[at] = right;
        }
    }
}

static void
every_exchange_of_two_symbols_is_caught(void **state)
{
    (void)state;
    uint64_t seed = 11;
    char code[KOR_CLIENT_CODE_SIZE], read[KOR_CLIENT_CODE_SIZE];
    for (int i = 0; i < 1000; i++) {
        next_code(&seed, code);
        for (size_t a = 0; a < 9; a++) {
            for (size_t b = a + 1; b < 9; b++) {
                char swapped[KOR_CLIENT_CODE_SIZE];
                memcpy(swapped, code, sizeof swapped);
                swapped[a] = code[b];
                swapped[b] = code[a];
                if (a != 4 && b != 4 && code[a] != code[b]) {
                    assert_int_equal(
                        kor_client_code_parse(swapped, read, NULL),
                        KOR_BAD_VALUE);
                }
            }
        }
    }
}

static void
an_error_says_which_part_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        const char *says;
    } rows[] = {
        {"", "8 letters and digits"},
        {"3333-333", "8 letters and digits"},
        {"3333-33333", "8 letters and digits"},
        {"33O3-3333", "place 3 of the code is 'O'"},
        {"3333-33\xc3\xa5"
         "3",
         "place 7 of the code is '\xc3\xa5'"},
        {"333-33333", "place 4 of the code is '-'"},
        {"3333\n3333", "place 5"},
        {"33 33333", "place 3 of the code is ' '"},
        {"333~3333", "place 4 of the code is '~'"},
        {"33\x80\x80\x80\x80\x80", "place 3 of the code is '?\?\?\?'"},
        {"4333-3333", "compare it with the card"},
    };
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        struct kor_err err;
        char read[KOR_CLIENT_CODE_SIZE];
        kor_err_init(&err, KOR_EN);
        assert_int_equal(kor_client_code_parse(rows[i].typed, read, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "code");
        assert_non_null(strstr(err.text, rows[i].says));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zeros_give_the_code_worked_out_by_hand),
        cmocka_unit_test(a_made_code_reads_back_however_it_is_typed),
        cmocka_unit_test(blanks_stand_for_the_hyphen_and_round_the_code),
        cmocka_unit_test(every_single_wrong_symbol_is_caught),
        cmocka_unit_test(every_exchange_of_two_symbols_is_caught),
        cmocka_unit_test(an_error_says_which_part_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
