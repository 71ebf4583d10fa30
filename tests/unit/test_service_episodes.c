/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening, closing, coming back; and whose clients a key may touch. */

#include <math.h>
#include <string.h>

#include "access/check.h"
#include "support/clinic.h"

static void
an_episode_opens_with_what_the_clinic_and_the_key_say(void **state)
{
    struct clinic *clinic = *state;
    char date[KOR_DATE_SIZE], code[KOR_CLIENT_CODE_SIZE];
    clinic_ok(clinic, "open", "{}");
    assert_string_equal("talk", clinic_text(clinic, "pathway"));
    assert_string_equal("clinic", clinic_text(clinic, "unit"));
    assert_string_equal("operator", clinic_text(clinic, "therapist"));
    assert_string_equal("open", clinic_text(clinic, "ending"));
    assert_string_equal("", clinic_text(clinic, "born"));
    assert_string_equal("", clinic_text(clinic, "closed"));
    assert_string_equal(clinic_date(0, date), clinic_text(clinic, "opened"));
    assert_reply(clinic, "episode", 1);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_client_code_parse(clinic_text(clinic, "code"), code, &err),
           &err);
    clinic_refused(clinic, KOR_NOT_FOUND, "therapist", "open",
                   "{'therapist': 'therapist-2'}");
    struct kor_caller operator = clinic->caller;
    (void)clinic_actor(clinic, "therapist-2", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic->caller = operator;
    clinic_refused(clinic, KOR_NOT_FOUND, "unit", "open",
                   "{'unit': 'north'}");
    clinic_unit(clinic, "north", "/clinic/");
    clinic_refused(clinic, KOR_NOT_FOUND, "pathway", "open",
                   "{'pathway': 'imr'}");
    clinic_pathway(clinic, "imr", "'signals': {'asks': []}");
    clinic_ok(clinic, "open", "{'pathway': 'imr', 'unit': 'north', "
              "'therapist': 'therapist-2', 'born': '1990-02', "
              "'gender': 'other', 'date': '2025-12-01', "
              "'planned_end': '2026-09-01'}");
    assert_string_equal("imr", clinic_text(clinic, "pathway"));
    assert_string_equal("north", clinic_text(clinic, "unit"));
    assert_string_equal("therapist-2", clinic_text(clinic, "therapist"));
    assert_string_equal("1990-02", clinic_text(clinic, "born"));
    assert_string_equal("other", clinic_text(clinic, "gender"));
    assert_string_equal("2025-12-01", clinic_text(clinic, "opened"));
    assert_string_equal("2026-09-01", clinic_text(clinic, "planned_end"));
}

static void
two_new_clients_never_share_a_code(void **state)
{
    struct clinic *clinic = *state;
    char one[KOR_CLIENT_CODE_SIZE], two[KOR_CLIENT_CODE_SIZE];
    clinic->dice.state = 4711;
    clinic_open(clinic, one);
    /* The same random numbers come again: the first code made is taken. */
    clinic->dice.state = 4711;
    clinic_open(clinic, two);
    assert_string_not_equal(one, two);
}

static void
bad_input_to_open_is_refused_by_name_and_leaves_nobody(void **state)
{
    struct clinic *clinic = *state;
    static const struct {
        const char *field, *body;
    } bad[] = {
        {"code", "'code': 'ABCD-EFG0'"},   {"code", "'code': '3333-3334'"},
        {"born", "'born': '1990-13'"},     {"born", "'born': '90-1-01'"},
        {"born", "'born': '2026-02'"},     {"gender", "'gender': 'woman'"},
        {"date", "'date': '2026-01-06'"},  {"date", "'date': '2026-02-30'"},
        {"planned_end", "'planned_end': '2026-01-04'"},
        {"pathway", "'pathway': ''"},      {"name", "'name': 'somebody'"},
        {"unit", "'unit': 'a\\nb'"},
    };
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        clinic_refused(clinic, KOR_BAD_VALUE, bad[i].field, "open", "{%s}",
                       bad[i].body);
    }
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM person"));
}

static void
a_code_can_be_chosen_once_and_is_read_as_people_write_it(void **state)
{
    struct clinic *clinic = *state;
    clinic_ok(clinic, "open", "{'code': '3333-3333'}");
    clinic_refused(clinic, KOR_DUPLICATE, "code", "open",
                   "{'code': '33333333'}");
    assert_non_null(strstr(clinic->call.err.text, "kor reopen"));
    clinic_ok(clinic, "show", "{'code': '33333333'}");
    assert_string_equal("3333-3333", clinic_text(clinic, "episode[0].code"));
}

static void
an_episode_closes_once_and_not_before_its_last_session(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    static const char body[] = "{'code': '%s', 'ending': '%s', 'reason': "
                               "'moved away', 'date': '%s'}";
    clinic_open(clinic, code);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 10);
    clinic_refused(clinic, KOR_BAD_VALUE, "ending", "close", body, code,
                   "open", clinic_date(9, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "close", body, code,
                   "planned", clinic_date(11, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "close", body, code,
                   "planned", clinic_date(6, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "reason", "close",
                   "{'code': '%s', 'ending': 'planned'}", code);
    clinic_ok(clinic, "close", body, code, "unplanned", clinic_date(9, date));
    assert_string_equal("unplanned", clinic_text(clinic, "ending"));
    assert_string_equal("moved away", clinic_text(clinic, "reason"));
    assert_string_equal(clinic_date(9, date), clinic_text(clinic, "closed"));
    assert_reply(clinic, "sessions", 1);
    clinic_refused(clinic, KOR_CONFLICT, "code", "close", body, code,
                   "planned", clinic_date(9, date));
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(0, clinic_count(clinic, "clients"));
}

static void
coming_back_is_a_new_episode_with_its_own_start_score(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 30);
    clinic_refused(clinic, KOR_CONFLICT, "code", "reopen", "{'code': '%s'}",
                   code);
    clinic_day(clinic, 30);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'done'}", code);
    clinic_day(clinic, 60);
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "reopen",
                   "{'code': '%s', 'date': '%s'}", code,
                   clinic_date(29, date));
    clinic_refused(clinic, KOR_BAD_VALUE, "date", "reopen",
                   "{'code': '%s', 'date': '%s'}", code,
                   clinic_date(61, date));
    clinic_pathway(clinic, "imr", "'signals': {'asks': []}");
    clinic_ok(clinic, "reopen", "{'code': '%s', 'pathway': 'imr'}", code);
    assert_reply(clinic, "episode", 2);
    assert_string_equal("imr", clinic_text(clinic, "pathway"));
    assert_string_equal("", clinic_text(clinic, "lead"));
    assert_string_equal("", clinic_text(clinic, "closed"));
    clinic_total(clinic, code, "outcome", 14);
    assert_reply(clinic, "session", 1);
    assert_reply(clinic, "episode", 2);
    assert_reply(clinic, "answers[0].start", 14);
    assert_reply(clinic, "answers[0].previous", NAN);
    clinic_ok(clinic, "show", "{'code': '%s', 'episode': 1}", code);
    assert_reply(clinic, "episodes", 2);
    assert_string_equal("planned", clinic_text(clinic, "episode[0].ending"));
    clinic_refused(clinic, KOR_NOT_FOUND, "episode", "show",
                   "{'code': '%s', 'episode': 3}", code);
}

/* --- whose --------------------------------------------------------------- */

static void
a_therapist_sees_and_touches_own_clients_only(void **state)
{
    struct clinic *clinic = *state;
    char own[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE];
    struct kor_caller operator = clinic->caller;
    struct kor_caller ann
        = clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_open(clinic, own);
    clinic_actor(clinic, "therapist-3", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_open(clinic, other);
    clinic_total(clinic, other, "outcome", 20);
    clinic->caller = ann;
    static const struct {
        const char *verb, *body;
    } asked[] = {
        {"show", "'code': '%s'"},
        {"record", "'code': '%s', 'status': 'held'"},
        {"close", "'code': '%s', 'ending': 'planned', 'reason': 'x'"},
        {"reopen", "'code': '%s'"},
        {"correct", "'code': '%s', 'scale': 'outcome', 'session': 1, "
                    "'total': 3, 'reason': 'x'"},
        {"graph", "'code': '%s', 'format': 'text'"},
    };
    for (size_t i = 0; i < KOR_LENGTH(asked); i++) {
        char body[200];
        const char *slot = strstr(asked[i].body, "%s");
        snprintf(body, sizeof body, "{%.*s%s%s}",
                 (int)(slot - asked[i].body), asked[i].body, other, slot + 2);
        clinic_refused(clinic, KOR_FORBIDDEN, "code", asked[i].verb, "%s",
                       body);
    }
    clinic_total(clinic, own, "outcome", 20);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "correct",
                   "{'code': '%s', 'scale': 'outcome', 'session': 1, "
                   "'wrong_client': '%s', 'reason': 'x'}", own, other);
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(1, clinic_count(clinic, "clients"));
    assert_string_equal(own, clinic_text(clinic, "clients[0].code"));
    clinic_refused(clinic, KOR_FORBIDDEN, "therapist", "caseload",
                   "{'therapist': 'therapist-3'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "therapist", "signals",
                   "{'therapist': 'therapist-3'}");
    clinic->caller = operator;
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(2, clinic_count(clinic, "clients"));
    clinic_ok(clinic, "caseload", "{'therapist': 'therapist-3'}");
    assert_int_equal(1, clinic_count(clinic, "clients"));
    clinic_ok(clinic, "show", "{'code': '%s'}", other);
}

static void
a_therapist_opens_in_the_own_name_and_runs_nothing(void **state)
{
    struct clinic *clinic = *state;
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_refused(clinic, KOR_FORBIDDEN, "therapist", "open",
                   "{'therapist': 'therapist-3'}");
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM person"));
    clinic_refused(clinic, KOR_FORBIDDEN, "", "export", "{}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "course.fit",
                   "{'scale': 'outcome'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "course.use", "{'id': 1}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "import.begin",
                   "{'name': 'x', 'hash': '%064d', 'rows': 1}", 0);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "import.codes",
                   "{'import': 1}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "instrument.add",
                   "{'definition': {}}");
}

static void
what_happens_to_others_clients_is_not_in_a_therapists_feed(void **state)
{
    struct clinic *clinic = *state;
    char own[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE];
    clinic_ok(clinic, "ping", "{}");
    double seq = clinic_num(clinic, "seq");
    clinic_open(clinic, other);
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_open(clinic, own);
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq);
    assert_int_equal(1, clinic_count(clinic, "events"));
    assert_string_equal(own, clinic_text(clinic, "events[0].code"));
    assert_reply(clinic, "seq", seq + 2);
    assert_false(clinic_true(clinic, "gap"));
}

static void
a_token_is_refused_until_there_are_tokens(void **state)
{
    struct clinic *clinic = *state;
    const struct kor_object own = {.therapist = "operator",
                                   .cover = "",
                                   .supervisor = "",
                                   .unit_path = "/clinic/"};
    struct kor_err err;
    for (int verb = 0; verb < KOR_N_VERBS; verb++) {
        kor_err_init(&err, KOR_EN);
        assert_int_equal(kor_access_check(&clinic->caller, true,
                                          (enum kor_verb)verb, &own, NULL,
                                          &err),
                         KOR_FORBIDDEN);
        assert_string_equal(err.field, "token");
    }
    struct kor_call *call = clinic_call(
        clinic, "{\"kor\": 1, \"id\": \"01940000-0000-7000-8000-"
                "999999999999\", \"verb\": \"open\", \"token\": \"abc\", "
                "\"body\": {}}");
    assert_int_equal(kor_service_write(clinic->service, &call, 1), KOR_OK);
    assert_int_equal(call->code, KOR_FORBIDDEN);
    clinic_call_free(call);
    call = clinic_call(
        clinic, "{\"kor\": 1, \"id\": \"01940000-0000-7000-8000-"
                "999999999999\", \"verb\": \"caseload\", \"token\": \"abc\","
                "\"body\": {}}");
    kor_worker_read(clinic->worker, call);
    assert_int_equal(call->code, KOR_FORBIDDEN);
    clinic_call_free(call);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM person"));
}

static void
keys_are_found_by_key_and_by_id_until_they_are_gone(void **state)
{
    struct clinic *clinic = *state;
    struct kor_err err;
    struct kor_caller found;
    uint8_t key[KOR_PUBLIC_KEY_SIZE];
    struct kor_caller ann
        = clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    struct kor_keyring *keyring = kor_keyring_new();
    kor_err_init(&err, KOR_EN);
    assert_false(kor_keyring_by_id(keyring, ann.actor_id, KIT_MS, &found));
    kit_ok(kor_keyring_load(keyring, kor_service_store(clinic->service),
                            &err),
           &err);
    memset(key, 2, sizeof key); /* As the clinic made the second key. */
    assert_true(kor_keyring_by_key(keyring, key, KIT_MS, &found));
    assert_string_equal(found.name, "ann");
    assert_int_equal(found.roles, KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    assert_true(kor_keyring_by_id(keyring, ann.actor_id, KIT_MS, &found));
    assert_false(kor_keyring_by_id(keyring, 0, KIT_MS, &found));
    key[31] ^= 1;
    assert_false(kor_keyring_by_key(keyring, key, KIT_MS, &found));
    kit_sql(clinic->config.store_path,
            "UPDATE actor SET revoked_ms = 1 WHERE account_id = "
            "(SELECT id FROM account WHERE name = 'ann')");
    kit_ok(kor_keyring_load(keyring, kor_service_store(clinic->service),
                            &err),
           &err);
    assert_false(kor_keyring_by_id(keyring, ann.actor_id, KIT_MS, &found));
    kor_keyring_free(keyring);
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)
    const struct CMUnitTest tests[] = {
        T(an_episode_opens_with_what_the_clinic_and_the_key_say),
        T(two_new_clients_never_share_a_code),
        T(bad_input_to_open_is_refused_by_name_and_leaves_nobody),
        T(a_code_can_be_chosen_once_and_is_read_as_people_write_it),
        T(an_episode_closes_once_and_not_before_its_last_session),
        T(coming_back_is_a_new_episode_with_its_own_start_score),
        T(a_therapist_sees_and_touches_own_clients_only),
        T(a_therapist_opens_in_the_own_name_and_runs_nothing),
        T(what_happens_to_others_clients_is_not_in_a_therapists_feed),
        T(a_token_is_refused_until_there_are_tokens),
        T(keys_are_found_by_key_and_by_id_until_they_are_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
