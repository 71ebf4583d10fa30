/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: what a client has consented to, for which purpose and to whom, and
 * that it was withdrawn.  What that does to an export for research is in
 * test_service_study.c. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support/staff.h"

static int64_t
give(struct clinic *clinic, const char *code, const char *purpose,
     const char *to)
{
    clinic_ok(clinic, "consent.give", "{'code': '%s', 'purpose': '%s', "
              "'to': '%s'}", code, purpose, to);
    return (int64_t)clinic_num(clinic, "id");
}

static void
a_consent_stands_until_it_is_withdrawn(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    int64_t id = give(clinic, code, "research", "uio");
    int64_t given_ms = clinic->now_ms;
    (void)give(clinic, code, "research", "ntnu");
    clinic_refused(clinic, KOR_CONFLICT, "purpose", "consent.give",
                   "{'code': '%s', 'purpose': 'research', 'to': 'uio'}",
                   code);
    clinic_day(clinic, 3);
    clinic_ok(clinic, "consent.withdraw", "{'code': '%s', 'id': %lld, "
              "'reason': 'a change of mind'}", code, (long long)id);
    assert_reply(clinic, "withdrawn_ms", (double)clinic->now_ms);
    clinic_refused(clinic, KOR_CONFLICT, "id", "consent.withdraw",
                   "{'code': '%s', 'id': %lld, 'reason': 'x'}", code,
                   (long long)id);
    int64_t again = give(clinic, code, "research", "uio");
    assert_int_not_equal(again, id);
    clinic_ok(clinic, "consent.list", "{'code': '%s'}", code);
    assert_int_equal(3, clinic_count(clinic, "consents"));
    assert_reply(clinic, "consents[2].id", (double)id);
    assert_reply(clinic, "consents[2].given_ms", (double)given_ms);
    assert_string_equal("a change of mind",
                        clinic_text(clinic, "consents[2].reason"));
    assert_string_equal(clinic->caller.name,
                        clinic_text(clinic, "consents[2].withdrawn_by"));
    assert_reply(clinic, "consents[1].withdrawn_ms", NAN);
    assert_string_equal("ntnu", clinic_text(clinic, "consents[1].to"));
    /* The log outlives an erasure, and so holds no reason of the client's. */
    assert_int_equal(1, clinic_n_logged(clinic, "action = 'consent.withdraw' "
                                                "AND reason IS NULL AND "
                                                "outcome = 'ok'"));
}

static void
purpose_and_recipient_are_words_and_no_names(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_open(clinic, other);
    long long id = give(clinic, other, "research", "uio");
    static const char *const wrong[] = {"Anna Berg", "-x", "12", "a.b"};
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        clinic_refused(clinic, KOR_BAD_VALUE, "to", "consent.give",
                       "{'code': '%s', 'purpose': 'research', 'to': '%s'}",
                       code, wrong[i]);
        clinic_refused(clinic, KOR_BAD_VALUE, "purpose", "consent.give",
                       "{'code': '%s', 'purpose': '%s', 'to': 'uio'}", code,
                       wrong[i]);
    }
    clinic_refused(clinic, KOR_NOT_FOUND, "id", "consent.withdraw",
                   "{'code': '%s', 'id': %lld, 'reason': 'x'}", code, id);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM consent"));
}

/* Of a client, and not of an episode. */
static void
a_consent_outlives_the_episode(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    int64_t id = give(clinic, code, "research", "uio");
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'x'}", code);
    clinic_ok(clinic, "consent.withdraw", "{'code': '%s', 'id': %lld, "
              "'reason': 'x'}", code, (long long)id);
    clinic_ok(clinic, "reopen", "{'code': '%s'}", code);
    clinic_ok(clinic, "consent.list", "{'code': '%s'}", code);
    assert_int_equal(1, clinic_count(clinic, "consents"));
}

static void
a_client_has_two_hundred_at_most(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    for (int i = 0; i < 200; i++) {
        char to[16];
        snprintf(to, sizeof to, "u%d", i);
        (void)give(clinic, code, "research", to);
    }
    clinic_refused(clinic, KOR_TOO_LARGE, "code", "consent.give",
                   "{'code': '%s', 'purpose': 'research', 'to': 'uio'}",
                   code);
}

#define TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_consent_stands_until_it_is_withdrawn),
        TEST(purpose_and_recipient_are_words_and_no_names),
        TEST(a_consent_outlives_the_episode),
        TEST(a_client_has_two_hundred_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
