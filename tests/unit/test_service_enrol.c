/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: a key is enrolled by a code, once; and what somebody tries who has
 * none. */

#include <stdio.h>
#include <string.h>

#include "store/enrolment.h"
#include "support/clinic.h"

#define HOUR_MS (3600 * (int64_t)1000)
#define CODE_SIZE 12

/* The caller is a guest from now on, with a key of bytes 'byte'. */
static void
come_as_guest(struct clinic *clinic, int byte)
{
    memset(&clinic->caller, 0, sizeof clinic->caller);
    clinic->caller.is_guest = true;
    memset(clinic->caller.guest_key, byte, sizeof clinic->caller.guest_key);
}

static bool
may_be_guest(const struct clinic *clinic, int byte)
{
    uint8_t key[KOR_PUBLIC_KEY_SIZE];
    memset(key, byte, sizeof key);
    return kor_keyring_may_be_guest(kor_service_keyring(clinic->service), key,
                                    clinic->now_ms);
}

/* An account 'name' and a code for it; the caller stays. */
static void
code_for(struct clinic *clinic, const char *name, char code[CODE_SIZE])
{
    clinic_ask(clinic, "account.add",
               "{'name': '%s', 'roles': ['therapist', 'administrator']}",
               name);
    clinic_ok(clinic, "key.enrol", "{'name': '%s'}", name);
    assert_int_equal(strlen(clinic_text(clinic, "code")), CODE_SIZE - 1);
    strcpy(code, clinic_text(clinic, "code"));
}

/* Whoever has the public key of bytes 'byte' asks from now on. */
static bool
come_with_key(struct clinic *clinic, int byte)
{
    uint8_t key[KOR_PUBLIC_KEY_SIZE];
    memset(key, byte, sizeof key);
    return kor_keyring_by_key(kor_service_keyring(clinic->service), key,
                              clinic->now_ms, &clinic->caller);
}

/* A code that is written right and opens nothing. */
static const char wrong_code[] = "43333-3333P";

/* --- as it should go ------------------------------------------------------ */

static void
a_key_is_enrolled_by_a_code(void **state)
{
    struct clinic *clinic = *state;
    char code[CODE_SIZE];
    assert_false(may_be_guest(clinic, 77));
    clinic_ok(clinic, "account.add",
              "{'name': 'ann', 'roles': ['therapist']}");
    clinic_ok(clinic, "key.enrol", "{'name': 'ann', 'days': 90}");
    assert_reply(clinic, "expires_ms",
                 (double)(clinic->now_ms + 24 * HOUR_MS));
    strcpy(code, clinic_text(clinic, "code"));
    assert_true(may_be_guest(clinic, 77));
    come_as_guest(clinic, 77);
    clinic_ok(clinic, "enrol", "{'code': '%s'}", code);
    assert_string_equal(clinic_text(clinic, "name"), "ann");
    assert_true(clinic_has(clinic, "roles", "therapist"));
    assert_reply(clinic, "expires_ms",
                 (double)(clinic->now_ms + 90 * 24 * HOUR_MS));
    /* As a guest still nothing but that; with the key, a therapist. */
    clinic_refused(clinic, KOR_FORBIDDEN, "", "caseload", "{}");
    assert_true(come_with_key(clinic, 77));
    clinic_ok(clinic, "caseload", "{}");
    clinic->now_ms += 90 * 24 * HOUR_MS;
    clinic_refused(clinic, KOR_FORBIDDEN, "", "caseload", "{}");
    assert_int_equal(1, clinic_n_logged(clinic,
                     "action = 'key.enrol' AND object = 'ann' AND outcome "
                     "= 'ok'"));
    assert_int_equal(1, clinic_n_logged(clinic,
                     "action = 'enrol' AND object = 'ann' AND name IS NULL "
                     "AND outcome = 'ok' AND actor_id IS NULL"));
}

/* The answer was lost: the client comes again, now with a key that is known,
 * and asks the same. */
static void
the_same_request_again_with_the_key_gives_the_same_answer(void **state)
{
    struct clinic *clinic = *state;
    char code[CODE_SIZE], frame[CLINIC_FRAME_SIZE];
    code_for(clinic, "ann", code);
    come_as_guest(clinic, 77);
    clinic_frame(frame, 900, "enrol", "{'code': '%s'}", code);
    struct kor_call *first = clinic_call(clinic, frame);
    assert_int_equal(kor_service_write(clinic->service, &first, 1), KOR_OK);
    assert_int_equal(first->code, KOR_OK);
    assert_true(come_with_key(clinic, 77));
    struct kor_call *again = clinic_call(clinic, frame);
    assert_int_equal(kor_service_write(clinic->service, &again, 1), KOR_OK);
    assert_int_equal(again->code, KOR_OK);
    assert_true(again->is_repeat);
    assert_string_equal(first->reply.text, again->reply.text);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM actor WHERE "
                                   "account_id = 2"));
    clinic_call_free(first);
    clinic_call_free(again);
    clinic_refused(clinic, KOR_CONFLICT, "", "enrol", "{'code': '%s'}", code);
}

/* --- the code is kept by nobody ------------------------------------------- */

static void
a_code_is_told_once_and_stands_nowhere(void **state)
{
    struct clinic *clinic = *state;
    char code[CODE_SIZE], frame[CLINIC_FRAME_SIZE], sql[400];
    code_for(clinic, "ann", code);
    clinic_frame(frame, 900, "key.enrol", "{'name': 'ann'}");
    struct kor_call *calls[2]
        = {clinic_call(clinic, frame), clinic_call(clinic, frame)};
    assert_int_equal(kor_service_write(clinic->service, calls, 2), KOR_OK);
    assert_int_equal(calls[0]->code, KOR_OK);
    assert_int_equal(calls[1]->code, KOR_DUPLICATE);
    assert_int_equal(calls[1]->reply.size, 0);
    clinic_call_free(calls[0]);
    clinic_call_free(calls[1]);
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM request WHERE instr(reply, '%.5s') > 0 OR "
             "instr(reply, '%s') > 0", code, code + 6);
    assert_int_equal(0, clinic_sql(clinic, sql));
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM access_log WHERE instr(coalesce(object, "
             "'') || coalesce(reason, ''), '%.5s') > 0", code);
    assert_int_equal(0, clinic_sql(clinic, sql));
}

/* Whoever has the database and tries all codes finds none: the hash has a key
 * that is not in it. */
static void
the_stored_hash_depends_on_a_key_outside_the_database(void **state)
{
    struct clinic *clinic = *state;
    char code[CODE_SIZE];
    code_for(clinic, "ann", code);
    clinic->config.code_key[0] ^= 1;
    come_as_guest(clinic, 77);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "enrol", "{'code': '%s'}",
                   code);
    clinic->config.code_key[0] ^= 1;
    clinic_ok(clinic, "enrol", "{'code': '%s'}", code);
}

/* --- codes that are none, or none any more -------------------------------- */

static void
a_code_works_once(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    char code[CODE_SIZE], other[CODE_SIZE];
    code_for(clinic, "ann", code);
    code_for(clinic, "eva", other); /* Guests are still admitted then. */
    come_as_guest(clinic, 77);
    clinic_ok(clinic, "enrol", "{'code': '%s'}", code);
    come_as_guest(clinic, 78);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "enrol", "{'code': '%s'}",
                   code);
    come_as_guest(clinic, 77); /* A known key, over a second connection. */
    clinic_refused(clinic, KOR_CONFLICT, "", "enrol", "{'code': '%s'}",
                   other);
    come_as_guest(clinic, 78);
    clinic_ok(clinic, "enrol", "{'code': '%s'}", other);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "enrol", "{'code': '%s'}",
                   other); /* Nothing is open any more. */
    clinic->caller = first;
    assert_false(may_be_guest(clinic, 79));
}

static void
two_who_come_at_once_with_one_code_get_one_key(void **state)
{
    struct clinic *clinic = *state;
    char code[CODE_SIZE], other[CODE_SIZE], frame[CLINIC_FRAME_SIZE];
    struct kor_call *calls[2];
    code_for(clinic, "ann", code);
    code_for(clinic, "eva", other);
    for (int i = 0; i < 2; i++) {
        come_as_guest(clinic, 77 + i);
        calls[i] = clinic_call(clinic, clinic_frame(frame, 900 + i, "enrol",
                                                    "{'code': '%s'}", code));
    }
    assert_int_equal(kor_service_write(clinic->service, calls, 2), KOR_OK);
    assert_int_equal(calls[0]->code, KOR_OK);
    assert_int_equal(calls[1]->code, KOR_FORBIDDEN);
    clinic_call_free(calls[0]);
    clinic_call_free(calls[1]);
}

static void
a_code_ends_after_a_day_and_with_the_next_one(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    char code[CODE_SIZE], next[CODE_SIZE];
    code_for(clinic, "ann", code);
    code_for(clinic, "ann", next);
    come_as_guest(clinic, 77);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "enrol", "{'code': '%s'}",
                   code);
    clinic->now_ms += 24 * HOUR_MS - 1;
    assert_true(may_be_guest(clinic, 77));
    clinic->now_ms += 1;
    assert_false(may_be_guest(clinic, 77));
    clinic_refused(clinic, KOR_FORBIDDEN, "", "enrol", "{'code': '%s'}",
                   next);
    /* Also while another one is open. */
    clinic->caller = first;
    code_for(clinic, "eva", code);
    come_as_guest(clinic, 77);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "enrol", "{'code': '%s'}",
                   next);
}

static void
who_has_left_is_enrolled_by_no_code(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    char code[CODE_SIZE], other[CODE_SIZE];
    clinic_ok(clinic, "account.add",
              "{'name': 'ann', 'roles': ['therapist']}");
    clinic_ok(clinic, "key.enrol", "{'name': 'ann'}");
    strcpy(code, clinic_text(clinic, "code"));
    code_for(clinic, "eva", other);
    clinic_ok(clinic, "account.leave", "{'name': 'ann'}");
    clinic_refused(clinic, KOR_CONFLICT, "name", "key.enrol",
                   "{'name': 'ann'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "name", "key.enrol",
                   "{'name': 'nobody'}");
    come_as_guest(clinic, 77);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "enrol", "{'code': '%s'}",
                   code);
    clinic_ok(clinic, "enrol", "{'code': '%s'}", other);
    clinic->caller = first;
}

/* A client who is erased has left too, and may have had a code. */
static void
who_was_erased_is_enrolled_by_no_code(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    char client[KOR_CLIENT_CODE_SIZE], name[33], code[CODE_SIZE];
    clinic_open(clinic, client);
    clinic_ok(clinic, "account.add", "{'client': '%s'}", client);
    strcpy(name, clinic_text(clinic, "name"));
    clinic_ok(clinic, "key.enrol", "{'name': '%s'}", name);
    strcpy(code, clinic_text(clinic, "code"));
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'done'}", client);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'asked for it'}",
              client);
    come_as_guest(clinic, 77);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "enrol", "{'code': '%s'}",
                   code);
    clinic->caller = first;
    /* The name was made from the code, and is gone as well. */
    clinic_refused(clinic, KOR_NOT_FOUND, "name", "key.enrol",
                   "{'name': '%s'}", name);
    clinic_refused(clinic, KOR_CONFLICT, "name", "key.enrol",
                   "{'name': 'erased-2'}");
}

/* --- guessing ------------------------------------------------------------- */

static void
after_ten_wrong_codes_in_all_none_is_open(void **state)
{
    struct clinic *clinic = *state;
    char ann[CODE_SIZE], eva[CODE_SIZE];
    code_for(clinic, "ann", ann);
    for (int i = 0; i < 3; i++) {
        come_as_guest(clinic, 100 + i);
        clinic_refused(clinic, KOR_FORBIDDEN, "code", "enrol",
                       "{'code': '%s'}", wrong_code);
    }
    clinic->caller = (struct kor_caller){.actor_id = 1};
    code_for(clinic, "eva", eva); /* Opened later; the tries are of all. */
    for (int i = 3; i < 10; i++) {
        assert_true(may_be_guest(clinic, 77));
        come_as_guest(clinic, 100 + i);
        clinic_refused(clinic, KOR_FORBIDDEN, "code", "enrol",
                       "{'code': '%s'}", i % 2 ? wrong_code : "33333-3333P");
    }
    assert_false(may_be_guest(clinic, 77));
    come_as_guest(clinic, 77);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "enrol", "{'code': '%s'}", ann);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "enrol", "{'code': '%s'}", eva);
    assert_int_equal(12, clinic_n_logged(clinic,
                     "action = 'enrol' AND outcome = 'forbidden'"));
    assert_int_equal(1, clinic_n_logged(clinic,
                     "reason LIKE 'all codes were closed%'"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM actor WHERE "
                                   "account_id > 1"));
    /* And also not after a restart; an administrator opens anew. */
    clinic_restart(clinic);
    assert_false(may_be_guest(clinic, 77));
    clinic->caller = (struct kor_caller){.actor_id = 1};
    code_for(clinic, "ann", ann);
    come_as_guest(clinic, 77);
    clinic_ok(clinic, "enrol", "{'code': '%s'}", ann);
}

static void
tries_in_one_batch_are_counted_and_take_nothing_back(void **state)
{
    struct clinic *clinic = *state;
    char code[CODE_SIZE], frame[CLINIC_FRAME_SIZE];
    struct kor_call *calls[14];
    code_for(clinic, "ann", code);
    struct kor_caller first = {.actor_id = 1};
    for (int i = 0; i < 14; i++) {
        clinic->caller = first;
        if (i % 7) {
            come_as_guest(clinic, 100 + i);
        }
        clinic_frame(frame, 900 + i, i % 7 ? "enrol" : "open",
                     i % 7 ? "{'code': '43333-3333P'}" : "{}");
        calls[i] = clinic_call(clinic, frame);
    }
    assert_int_equal(kor_service_write(clinic->service, calls, 14), KOR_OK);
    for (int i = 0; i < 14; i++) {
        assert_int_equal(calls[i]->code, i % 7 ? KOR_FORBIDDEN : KOR_OK);
        clinic_call_free(calls[i]);
    }
    assert_int_equal(10, clinic_sql(clinic, "SELECT n_tries FROM enrolment"));
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM episode"));
    assert_false(may_be_guest(clinic, 77));
}

static void
so_many_codes_are_open_at_most(void **state)
{
    struct clinic *clinic = *state;
    char code[CODE_SIZE], name[32];
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "t%d", i);
        code_for(clinic, name, code);
    }
    clinic_ok(clinic, "account.add",
              "{'name': 'ann', 'roles': ['therapist']}");
    clinic_refused(clinic, KOR_CONFLICT, "name", "key.enrol",
                   "{'name': 'ann'}");
}

/* --- escalation ----------------------------------------------------------- */

static void
only_an_administrator_of_the_unit_asks_for_a_code(void **state)
{
    struct clinic *clinic = *state;
    clinic_ok(clinic, "unit.add", "{'name': 'north'}");
    clinic_ok(clinic, "account.add", "{'name': 'nora', 'roles': "
              "['administrator'], 'unit': 'north'}");
    clinic_ok(clinic, "account.add",
              "{'name': 'ann', 'roles': ['therapist'], 'unit': 'north'}");
    clinic_key(clinic, "nora");
    clinic_ok(clinic, "key.enrol", "{'name': 'ann'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "key.enrol",
                   "{'name': 'operator'}");
    clinic_key(clinic, "ann");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "key.enrol", "{'name': 'ann'}");
    clinic_refused(clinic, KOR_CONFLICT, "", "enrol",
                   "{'code': '43333-3333P'}");
    assert_int_equal(0, clinic_sql(clinic, "SELECT sum(n_tries) FROM "
                                   "enrolment"));
}

/* Who has stolen an administrator's key asks for a code with it, for anybody,
 * and would come back after the key was revoked. */
static void
codes_go_with_the_key_of_an_administrator(void **state)
{
    static const char *const ends[][2]
        = {{"key.revoke", "{'name': 'nora', 'reason': 'stolen'}"},
           {"account.leave", "{'name': 'nora'}"},
           {"account.set", "{'name': 'nora', 'roles': ['leader']}"}};
    for (size_t i = 0; i < KOR_LENGTH(ends); i++) {
        struct clinic *clinic = clinic_new();
        struct kor_caller first = clinic->caller;
        char ann[CODE_SIZE], nora[CODE_SIZE];
        code_for(clinic, "nora", nora);
        clinic_key(clinic, "nora");
        code_for(clinic, "ann", ann);
        clinic->caller = first;
        clinic_ok(clinic, ends[i][0], "%s", ends[i][1]);
        assert_false(may_be_guest(clinic, 77));
        come_as_guest(clinic, 77);
        clinic_refused(clinic, KOR_FORBIDDEN, "", "enrol", "{'code': '%s'}",
                       ann);
        clinic_free(clinic);
    }
    (void)state;
}

static void
of_a_therapist_only_the_own_code_goes(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    char eva[CODE_SIZE], ann[CODE_SIZE];
    clinic_ok(clinic, "account.add",
              "{'name': 'ann', 'roles': ['therapist']}");
    clinic_key(clinic, "ann");
    clinic->caller = first;
    clinic_ok(clinic, "key.enrol", "{'name': 'ann'}");
    strcpy(ann, clinic_text(clinic, "code"));
    code_for(clinic, "eva", eva);
    clinic_ok(clinic, "key.revoke", "{'name': 'ann', 'reason': 'lost'}");
    come_as_guest(clinic, 77);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "enrol", "{'code': '%s'}",
                   ann);
    clinic_ok(clinic, "enrol", "{'code': '%s'}", eva);
}

/* --- who may come as a guest ---------------------------------------------- */

static void
a_key_that_was_ever_known_is_no_guest(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    char code[CODE_SIZE];
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST)); /* 2 */
    clinic_key(clinic, "ann");                                      /* 3 */
    clinic_key(clinic, "ann");                                      /* 4 */
    clinic->caller = first;
    clinic_ok(clinic, "key.revoke", "{'id': 2, 'reason': 'lost'}");
    kit_sql(clinic->config.store_path,
            "UPDATE actor SET expires_ms = 1 WHERE id = 3");
    code_for(clinic, "eva", code);
    for (int byte = 1; byte < 5; byte++) {
        assert_false(may_be_guest(clinic, byte));
    }
    assert_true(may_be_guest(clinic, 5));
}

static void
a_guest_is_asked_for_every_verb_and_refused(void **state)
{
    struct clinic *clinic = *state;
    char code[CODE_SIZE];
    code_for(clinic, "ann", code);
    come_as_guest(clinic, 77);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "ping", "{}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "open", "{}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "unit.list", "{}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "key.enrol",
                   "{'name': 'ann'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "account.list", "{}");
    assert_int_equal(0, clinic_sql(clinic, "SELECT n_tries FROM enrolment"));
}

#define TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_key_is_enrolled_by_a_code),
        TEST(the_same_request_again_with_the_key_gives_the_same_answer),
        TEST(a_code_is_told_once_and_stands_nowhere),
        TEST(the_stored_hash_depends_on_a_key_outside_the_database),
        TEST(a_code_works_once),
        TEST(two_who_come_at_once_with_one_code_get_one_key),
        TEST(a_code_ends_after_a_day_and_with_the_next_one),
        TEST(who_has_left_is_enrolled_by_no_code),
        TEST(who_was_erased_is_enrolled_by_no_code),
        TEST(after_ten_wrong_codes_in_all_none_is_open),
        TEST(tries_in_one_batch_are_counted_and_take_nothing_back),
        TEST(so_many_codes_are_open_at_most),
        TEST(only_an_administrator_of_the_unit_asks_for_a_code),
        cmocka_unit_test(codes_go_with_the_key_of_an_administrator),
        TEST(of_a_therapist_only_the_own_code_goes),
        TEST(a_key_that_was_ever_known_is_no_guest),
        TEST(a_guest_is_asked_for_every_verb_and_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
