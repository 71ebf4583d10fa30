/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Raters, genders and languages. */

#include "support/near.h"

#include <string.h>

#include "kor/define/rater.h"
#include "kor/define/who.h"
#include "kor/define/words.h"

static void
a_rater_is_a_role_and_a_number(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *written;
        enum kor_role role;
        int number;
    } rows[] = {
        {"client", "client", KOR_ROLE_CLIENT, 1},
        {"client1", "client", KOR_ROLE_CLIENT, 1},
        {"parent", "parent1", KOR_ROLE_PARENT, 1},
        {"parent2", "parent2", KOR_ROLE_PARENT, 2},
        {"partner", "partner", KOR_ROLE_PARTNER, 1},
        {"teacher9", "teacher9", KOR_ROLE_TEACHER, 9},
        {"coordinator", "coordinator", KOR_ROLE_COORDINATOR, 1},
        {"therapist", "therapist", KOR_ROLE_THERAPIST, 1},
    };
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        struct kor_rater rater;
        char text[KOR_RATER_SIZE];
        assert_int_equal(kor_rater_parse(rows[i].typed, &rater, NULL),
                         KOR_OK);
        assert_int_equal(rater.role, rows[i].role);
        assert_int_equal(rater.number, rows[i].number);
        assert_string_equal(kor_rater_format(&rater, text), rows[i].written);
    }
}

static void
any_other_rater_is_refused(void **state)
{
    (void)state;
    static const char *const bad[]
        = {"",         "any",       "any1",     "Client",        "parent0",
           "parent10", "parent-1",  "1",        "aunt",          "client 1",
           "parent22", "client\n",  "coordinatorcoordinator12345"};
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        struct kor_rater rater;
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        assert_int_equal(kor_rater_parse(bad[i], &rater, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "rater");
        assert_non_null(strstr(err.text, "write client, parent"));
    }
}

static void
genders_and_languages_have_their_words(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum kor_gender gender;
    } words[] = {
        {"unknown", KOR_GENDER_UNKNOWN}, {"female", KOR_GENDER_FEMALE},
        {"male", KOR_GENDER_MALE},       {"other", KOR_GENDER_OTHER},
    };
    for (size_t i = 0; i < KOR_LENGTH(words); i++) {
        enum kor_gender gender = (enum kor_gender)-1;
        assert_true(kor_gender_from(words[i].name, &gender));
        assert_int_equal(gender, words[i].gender);
    }
    enum kor_gender gender = KOR_GENDER_MALE;
    assert_false(kor_gender_from("M", &gender));
    assert_int_equal(gender, KOR_GENDER_MALE);
    assert_true(kor_language_valid("nb"));
    assert_true(kor_language_valid("sme"));
    assert_false(kor_language_valid("n"));
    assert_false(kor_language_valid("NB"));
    assert_false(kor_language_valid("norsk"));
    assert_false(kor_language_valid("n\xc3"));
}

static void
words_fall_back_to_english_and_then_to_what_there_is(void **state)
{
    (void)state;
    const struct kor_words both = {{[KOR_EN] = "score", [KOR_SV] = "poäng"}};
    assert_string_equal(kor_words_in(&both, KOR_SV), "poäng");
    assert_string_equal(kor_words_in(&both, KOR_NB), "score");
    const struct kor_words one = {{[KOR_NB] = "skår"}};
    assert_string_equal(kor_words_in(&one, KOR_EN), "skår");
    const struct kor_words none = {{NULL}};
    assert_string_equal(kor_words_in(&none, KOR_EN), "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rater_is_a_role_and_a_number),
        cmocka_unit_test(any_other_rater_is_refused),
        cmocka_unit_test(genders_and_languages_have_their_words),
        cmocka_unit_test(words_fall_back_to_english_and_then_to_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
