/* SPDX-License-Identifier: GPL-3.0-or-later */

/* base: request ids sort by time and read back. */

#include "support/near.h"

#include <string.h>

#include "kor/base/uuid.h"
#include "support/dice.h"

static void
roll(struct dice *dice, uint8_t random[10])
{
    for (int i = 0; i < 10; i++) {
        random[i] = (uint8_t)dice_bits(dice);
    }
}

/* The example of RFC 9562, appendix A.6: 2022-02-22T19:22:22Z, rand_a 0xcc3,
 * rand_b 0x18c4dc0c0c07398f. */
static void
an_id_is_that_of_the_standard(void **state)
{
    (void)state;
    static const uint8_t random[10]
        = {0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f};
    uint8_t uuid[KOR_UUID_SIZE];
    char text[KOR_UUID_TEXT_SIZE];
    kor_uuid_make(0x017f22e279b0, random, uuid);
    assert_string_equal(kor_uuid_format(uuid, text),
                        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

static void
ids_sort_by_the_time_they_were_made(void **state)
{
    (void)state;
    struct dice dice = {7};
    for (int i = 0; i < 2000; i++) {
        uint8_t random[10], a[KOR_UUID_SIZE], b[KOR_UUID_SIZE];
        char text_a[KOR_UUID_TEXT_SIZE], text_b[KOR_UUID_TEXT_SIZE];
        int64_t at_ms = dice_int(&dice, 0, 1LL << 47);
        roll(&dice, random);
        kor_uuid_make(at_ms, random, a);
        roll(&dice, random);
        kor_uuid_make(at_ms + dice_int(&dice, 1, 1 << (i % 30)), random, b);
        assert_true(memcmp(a, b, sizeof a) < 0);
        assert_true(strcmp(kor_uuid_format(a, text_a),
                           kor_uuid_format(b, text_b)) < 0);
    }
}

static void
an_id_reads_back(void **state)
{
    (void)state;
    struct dice dice = {8};
    for (int i = 0; i < 2000; i++) {
        uint8_t random[10], uuid[KOR_UUID_SIZE], back[KOR_UUID_SIZE];
        char text[KOR_UUID_TEXT_SIZE];
        roll(&dice, random);
        kor_uuid_make(dice_int(&dice, 0, 1LL << 47), random, uuid);
        kor_uuid_format(uuid, text);
        assert_int_equal(strlen(text), 36);
        assert_true(kor_uuid_parse(text, back));
        assert_memory_equal(uuid, back, sizeof uuid);
        for (char *p = text; *p; p++) {
            *p = *p >= 'a' && *p <= 'f' ? (char)(*p - 'a' + 'A') : *p;
        }
        assert_true(kor_uuid_parse(text, back));
        assert_memory_equal(uuid, back, sizeof uuid);
    }
}

static void
what_is_no_id_is_refused(void **state)
{
    (void)state;
    static const char good[] = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
    uint8_t uuid[KOR_UUID_SIZE];
    assert_true(kor_uuid_parse(good, uuid));
    assert_true(kor_uuid_parse("00000000-0000-0000-0000-000000000000", uuid));
    for (size_t i = 0; i < strlen(good); i++) {
        char text[KOR_UUID_TEXT_SIZE + 1];
        static const char hostile[] = {'g', 'G', ':', '/', '@', '`', ' ',
                                       '\xff', '\0', '+', 'x'};
        for (size_t k = 0; k < sizeof hostile; k++) {
            memcpy(text, good, sizeof good);
            text[i] = hostile[k];
            assert_false(kor_uuid_parse(text, uuid));
        }
        memcpy(text, good, sizeof good);
        text[i] = text[i] == '-' ? '0' : '-';
        assert_false(kor_uuid_parse(text, uuid));
    }
    assert_false(kor_uuid_parse("", uuid));
    assert_false(kor_uuid_parse("{017f22e2-79b0-7cc3-98c4-dc0c0c07398f}",
                                uuid));
}

static void
the_kernels_randomness_differs(void **state)
{
    (void)state;
    const struct kor_random *random = kor_random_system();
    uint8_t a[32] = {0}, b[32] = {0};
    random->fill(random, a, sizeof a);
    random->fill(random, b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_is_that_of_the_standard),
        cmocka_unit_test(ids_sort_by_the_time_they_were_made),
        cmocka_unit_test(an_id_reads_back),
        cmocka_unit_test(what_is_no_id_is_refused),
        cmocka_unit_test(the_kernels_randomness_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
