/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: units, accounts and keys; and what somebody tries who wants to be
 * more than they are. */

#include <stdio.h>
#include <string.h>

#include "support/clinic.h"

/* A clinic in two parts, each with an administrator, 'nora' and 'siri'; the
 * caller is still the first account. */
static void
divide(struct clinic *clinic)
{
    struct kor_caller first = clinic->caller;
    clinic_ok(clinic, "unit.add", "{'name': 'north', 'under': 'clinic'}");
    clinic_ok(clinic, "unit.add", "{'name': 'south', 'under': 'clinic'}");
    clinic_ok(clinic, "account.add", "{'name': 'nora', 'roles': "
              "['administrator'], 'unit': 'north'}");
    clinic_ok(clinic, "account.add", "{'name': 'siri', 'roles': "
              "['administrator'], 'unit': 'south'}");
    clinic->caller = first;
}

/* --- units ---------------------------------------------------------------- */

static void
units_are_a_tree_and_an_administrator_adds_below_the_own(void **state)
{
    struct clinic *clinic = *state;
    divide(clinic);
    clinic_key(clinic, "nora");
    clinic_ok(clinic, "unit.add", "{'name': 'night'}");
    assert_string_equal(clinic_text(clinic, "path"), "/clinic/north/night/");
    clinic_ok(clinic, "unit.add", "{'name': 'late', 'under': 'night'}");
    assert_string_equal(clinic_text(clinic, "path"),
                        "/clinic/north/night/late/");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "unit.add",
                   "{'name': 'x', 'under': 'south'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "unit.add",
                   "{'name': 'x', 'under': 'clinic'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "under", "unit.add",
                   "{'name': 'x', 'under': 'nowhere'}");
    clinic_refused(clinic, KOR_DUPLICATE, "name", "unit.add",
                   "{'name': 'south'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "name", "unit.add",
                   "{'name': 'North'}");
    clinic_ok(clinic, "unit.list", "{}");
    assert_int_equal(clinic_count(clinic, "units"), 5);
    assert_string_equal(clinic_text(clinic, "units[0].path"), "/clinic/");
    assert_string_equal(clinic_text(clinic, "units[2].name"), "night");
}

static void
units_end_where_their_path_would_be_too_long(void **state)
{
    struct clinic *clinic = *state;
    char above[33] = "clinic", name[33];
    int n = 0;
    do {
        snprintf(name, sizeof name, "u%031d", n++);
        clinic_ask(clinic, "unit.add", "{'name': '%s', 'under': '%s'}", name,
                   above);
        strcpy(above, name);
    } while (clinic->call.code == KOR_OK && n < 20);
    assert_int_equal(clinic->call.code, KOR_TOO_LARGE);
    assert_string_equal(clinic->call.err.field, "under");
    assert_int_equal(n, 5); /* 8 bytes and four times 33 are 140 of 159. */
}

/* --- accounts ------------------------------------------------------------- */

static void
an_account_is_added_and_listed_with_what_hangs_on_it(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    clinic_ok(clinic, "account.add",
              "{'name': 'ann', 'roles': ['therapist', 'duty', 'duty']}");
    assert_true(clinic_has(clinic, "roles", "therapist"));
    assert_int_equal(clinic_count(clinic, "roles"), 2);
    assert_string_equal(clinic_text(clinic, "unit"), "");
    assert_reply(clinic, "keys", 0);
    clinic_key(clinic, "ann");
    clinic_ok(clinic, "open", "{}");
    clinic->caller = first;
    clinic_ok(clinic, "account.list", "{}");
    assert_int_equal(clinic_count(clinic, "accounts"), 2);
    assert_string_equal(clinic_text(clinic, "accounts[0].name"), "ann");
    assert_reply(clinic, "accounts[0].keys", 1);
    assert_reply(clinic, "accounts[0].episodes", 1);
    assert_reply(clinic, "accounts[1].episodes", 0);
    assert_int_equal(1, clinic_n_logged(clinic,
                     "action = 'account.add' AND object = 'ann' AND ground "
                     "= 'unit' AND reason = 'therapist,duty'"));
}

/* Handles are ASCII, so no name looks like another. */
static void
names_that_look_like_others_are_none(void **state)
{
    static const char *const wrong[]
        = {"Operator", "operat\u043er", "oper ator", "operator ", "-operator",
           "123", "o/../x", "\u00f8", "a_b", "ann.b", "-"};
    struct clinic *clinic = *state;
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        clinic_refused(clinic, KOR_BAD_VALUE, "name", "account.add",
                       "{'name': '%s', 'roles': ['therapist']}", wrong[i]);
    }
    clinic_refused(clinic, KOR_DUPLICATE, "name", "account.add",
                   "{'name': 'operator', 'roles': ['therapist']}");
    clinic_refused(clinic, KOR_BAD_VALUE, "name", "account.add",
                   "{'roles': ['therapist']}");
    clinic_ok(clinic, "account.add", "{'name': '7-ann', 'roles': "
              "['therapist']}");
}

static void
roles_are_known_words_and_client_is_none_of_staff(void **state)
{
    struct clinic *clinic = *state;
    static const char *const wrong[]
        = {"[]", "['client']", "['therapist', 'client']", "['boss']",
           "['therapist,administrator', 'client']", "['']"};
    clinic_ok(clinic, "account.add",
              "{'name': 'ann', 'roles': ['therapist']}");
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        clinic_ask(clinic, "account.add", "{'name': 'eva', 'roles': %s}",
                   wrong[i]);
        assert_int_equal(clinic->call.code, KOR_BAD_VALUE);
        clinic_ask(clinic, "account.set", "{'name': 'ann', 'roles': %s}",
                   wrong[i]);
        assert_int_equal(clinic->call.code, KOR_BAD_VALUE);
    }
}

static void
roles_and_unit_change_at_once(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    divide(clinic);
    clinic_ok(clinic, "account.add",
              "{'name': 'ann', 'roles': ['therapist'], 'unit': 'north'}");
    struct kor_caller ann = clinic_key(clinic, "ann");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "import.codes",
                   "{'import': 1}");
    clinic->caller = first;
    clinic_ok(clinic, "account.set", "{'name': 'ann', 'roles': ['operator', "
              "'leader'], 'whole': true}");
    assert_string_equal(clinic_text(clinic, "unit"), "");
    clinic->caller = ann;
    clinic_refused(clinic, KOR_NOT_FOUND, "import", "import.codes",
                   "{'import': 1}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "open", "{}");
    clinic->caller = first;
    clinic_ok(clinic, "account.set", "{'name': 'ann', 'unit': 'south'}");
    assert_string_equal(clinic_text(clinic, "unit"), "south");
    assert_true(clinic_has(clinic, "roles", "leader"));
    clinic_refused(clinic, KOR_BAD_VALUE, "roles", "account.set",
                   "{'name': 'ann'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "roles", "account.set",
                   "{'name': 'ann', 'unit': 'south', 'whole': true}");
    clinic_refused(clinic, KOR_NOT_FOUND, "name", "account.set",
                   "{'name': 'nobody', 'whole': true}");
    clinic_refused(clinic, KOR_NOT_FOUND, "unit", "account.set",
                   "{'name': 'ann', 'unit': 'nowhere'}");
}

/* --- who wants to be more than they are ----------------------------------- */

static void
an_administrator_of_a_part_stays_within_it(void **state)
{
    struct clinic *clinic = *state;
    divide(clinic);
    clinic_ok(clinic, "account.add",
              "{'name': 'ann', 'roles': ['therapist'], 'unit': 'south'}");
    clinic_key(clinic, "nora");
    /* Without a unit, the own one. */
    clinic_ok(clinic, "account.add",
              "{'name': 'eva', 'roles': ['operator', 'researcher']}");
    assert_string_equal(clinic_text(clinic, "unit"), "north");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "account.add",
                   "{'name': 'x', 'roles': ['operator'], 'unit': 'south'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "account.add",
                   "{'name': 'x', 'roles': ['operator'], 'unit': 'clinic'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "account.set",
                   "{'name': 'eva', 'whole': true}");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "account.set",
                   "{'name': 'nora', 'whole': true}");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "account.set",
                   "{'name': 'eva', 'unit': 'clinic'}");
    static const char *const others[] = {"operator", "siri", "ann"};
    for (size_t i = 0; i < KOR_LENGTH(others); i++) {
        clinic_refused(clinic, KOR_FORBIDDEN, "name", "account.set",
                       "{'name': '%s', 'roles': ['leader']}", others[i]);
        clinic_refused(clinic, KOR_FORBIDDEN, "name", "account.leave",
                       "{'name': '%s'}", others[i]);
        clinic_refused(clinic, KOR_FORBIDDEN, "name", "key.revoke",
                       "{'name': '%s', 'reason': 'x'}", others[i]);
        clinic_refused(clinic, KOR_FORBIDDEN, "name", "key.list",
                       "{'name': '%s'}", others[i]);
    }
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "key.revoke",
                   "{'id': 1, 'reason': 'x'}");
    clinic_ok(clinic, "account.list", "{}");
    assert_int_equal(clinic_count(clinic, "accounts"), 2); /* eva, nora */
    clinic_ok(clinic, "key.list", "{}");
    assert_int_equal(clinic_count(clinic, "keys"), 1);
    /* An operator of a part is none of the clinic. */
    clinic_key(clinic, "eva");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "export", "{}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "course.use", "{'id': 1}");
    assert_int_equal(13, clinic_n_logged(clinic,
                     "name = 'nora' AND outcome = 'forbidden' AND object "
                     "IN ('operator', 'siri', 'ann') OR object = "
                     "'operator' AND outcome = 'forbidden'"));
}

static void
who_is_no_administrator_changes_no_account(void **state)
{
    struct clinic *clinic = *state;
    static const char *const asked[][2]
        = {{"unit.add", "{'name': 'x'}"},
           {"account.list", "{}"},
           {"account.add", "{'name': 'x', 'roles': ['therapist']}"},
           {"account.add", "{'client': '36AE-PRNX'}"},
           {"account.set", "{'name': 'ann', 'roles': ['administrator']}"},
           {"account.leave", "{'name': 'operator'}"}};
    clinic_actor(clinic, "ann",
                 KOR_ROLE_BIT(KOR_ACTOR_THERAPIST)
                     | KOR_ROLE_BIT(KOR_ACTOR_SUPERVISOR)
                     | KOR_ROLE_BIT(KOR_ACTOR_OPERATOR)
                     | KOR_ROLE_BIT(KOR_ACTOR_LEADER)
                     | KOR_ROLE_BIT(KOR_ACTOR_DUTY));
    for (size_t i = 0; i < KOR_LENGTH(asked); i++) {
        clinic_refused(clinic, KOR_FORBIDDEN, "", asked[i][0], "%s",
                       asked[i][1]);
    }
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "key.revoke",
                   "{'name': 'operator', 'reason': 'x'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "key.revoke",
                   "{'id': 1, 'reason': 'x'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "key.list",
                   "{'name': 'operator'}");
}

/* Who takes the name of a therapist of elsewhere would take the episodes. */
static void
a_name_that_episodes_elsewhere_have_is_not_given_out(void **state)
{
    struct clinic *clinic = *state;
    divide(clinic);
    clinic_ok(clinic, "open", "{'unit': 'south'}");
    kit_sql(clinic->config.store_path,
            "UPDATE episode SET therapist = 'berit'");
    clinic_key(clinic, "nora");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "account.add",
                   "{'name': 'berit', 'roles': ['therapist']}");
    kit_sql(clinic->config.store_path,
            "UPDATE episode SET therapist = 'x', supervisor = 'berit'");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "account.add",
                   "{'name': 'berit', 'roles': ['supervisor']}");
    clinic_key(clinic, "siri");
    clinic_ok(clinic, "account.add",
              "{'name': 'berit', 'roles': ['supervisor']}");
}

/* --- the last ones -------------------------------------------------------- */

/* Who decides who may do what does not decide it for themselves. */
static void
nobody_gives_the_own_account_a_role(void **state)
{
    struct clinic *clinic = *state;
    divide(clinic);
    struct kor_caller first = clinic->caller;
    clinic_key(clinic, "nora");
    clinic_refused(clinic, KOR_FORBIDDEN, "roles", "account.set",
                   "{'name': 'nora', 'roles': ['administrator', "
                   "'supervisor']}");
    clinic->caller = first;
    clinic_ok(clinic, "account.set", "{'name': 'nora', 'roles': "
              "['administrator', 'supervisor']}");
    clinic_key(clinic, "nora");
    clinic_ok(clinic, "account.set", "{'name': 'nora', 'roles': "
              "['administrator']}");
}

static void
the_last_administrator_and_the_last_operator_stay(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    clinic_refused(clinic, KOR_CONFLICT, "name", "account.set",
                   "{'name': 'operator', 'roles': ['operator']}");
    clinic_refused(clinic, KOR_CONFLICT, "name", "account.set",
                   "{'name': 'operator', 'roles': ['administrator']}");
    clinic_refused(clinic, KOR_CONFLICT, "name", "account.set",
                   "{'name': 'operator', 'unit': 'clinic'}");
    clinic_refused(clinic, KOR_CONFLICT, "name", "account.leave",
                   "{'name': 'operator'}");
    clinic_refused(clinic, KOR_CONFLICT, "name", "key.revoke",
                   "{'id': 1, 'reason': 'lost'}");
    clinic_refused(clinic, KOR_CONFLICT, "name", "key.revoke",
                   "{'name': 'operator', 'reason': 'lost'}");
    /* Another one counts once there is a key to come in with. */
    clinic_ok(clinic, "account.add", "{'name': 'eva', 'roles': "
              "['administrator', 'operator']}");
    clinic_refused(clinic, KOR_CONFLICT, "name", "account.leave",
                   "{'name': 'operator'}");
    clinic_key(clinic, "eva");
    kit_sql(clinic->config.store_path,
            "UPDATE actor SET expires_ms = 1 WHERE id = 2");
    clinic->caller = first;
    clinic_refused(clinic, KOR_CONFLICT, "name", "account.leave",
                   "{'name': 'operator'}");
    kit_sql(clinic->config.store_path,
            "UPDATE actor SET expires_ms = NULL WHERE id = 2");
    clinic_ok(clinic, "account.set", "{'name': 'operator', 'roles': "
              "['therapist']}");
    clinic_refused(clinic, KOR_FORBIDDEN, "", "account.leave",
                   "{'name': 'operator'}");
}

static void
one_of_several_keys_of_the_last_administrator_may_go(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    clinic_key(clinic, "operator");
    clinic->caller = first;
    clinic_ok(clinic, "key.revoke", "{'id': 1, 'reason': 'stolen'}");
    assert_true(clinic_true(clinic, "keys[0].mine"));
    clinic_refused(clinic, KOR_FORBIDDEN, "", "account.list", "{}");
    clinic->caller.actor_id = 2;
    clinic_refused(clinic, KOR_CONFLICT, "name", "key.revoke",
                   "{'id': 2, 'reason': 'stolen'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "name", "key.revoke",
                   "{'id': 1, 'reason': 'stolen'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "name", "key.revoke",
                   "{'id': 99, 'reason': 'stolen'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "name", "key.revoke",
                   "{'reason': 'stolen'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "name", "key.revoke",
                   "{'id': 2, 'name': 'operator', 'reason': 'stolen'}");
}

/* --- keys ----------------------------------------------------------------- */

static void
keys_are_listed_with_when_and_why_they_end(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_key(clinic, "ann");
    clinic_ok(clinic, "key.list", "{}"); /* Her own ones. */
    assert_int_equal(clinic_count(clinic, "keys"), 2);
    assert_true(clinic_true(clinic, "keys[1].mine"));
    clinic_ok(clinic, "key.revoke", "{'id': 2, 'reason': 'laptop lost'}");
    clinic->caller = first;
    clinic_ok(clinic, "key.list", "{'name': 'ann'}");
    assert_string_equal(clinic_text(clinic, "keys[0].why"), "laptop lost");
    assert_reply(clinic, "keys[0].revoked_ms", (double)clinic->now_ms);
    /* 32 bytes of 2 in Z85 (RFC 32): 0x02020202 is 0 54 72 36 8 in base 85. */
    assert_string_equal(clinic_text(clinic, "keys[0].public_key"),
                        "0S&A80S&A80S&A80S&A80S&A80S&A80S&A80S&A8");
    clinic_ok(clinic, "key.list", "{}");
    assert_int_equal(clinic_count(clinic, "keys"), 3);
    clinic_ok(clinic, "key.list", "{'name': 'nobody'}");
    assert_int_equal(clinic_count(clinic, "keys"), 0);
    assert_int_equal(1, clinic_n_logged(clinic,
                     "action = 'key.revoke' AND object = 'ann' AND ground "
                     "= 'self' AND reason = 'laptop lost'"));
}

/* A batch that the service stores at once. */
static void
write_all(struct clinic *clinic, struct kor_call *calls[], size_t n)
{
    assert_int_equal(kor_service_write(clinic->service, calls, n), KOR_OK);
}

static void
a_stolen_key_is_refused_from_the_revocation_on(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    char frame[CLINIC_FRAME_SIZE];
    struct kor_call *calls[4];
    struct kor_caller ann
        = clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    calls[0] = clinic_call(clinic, clinic_frame(frame, 900, "open", "{}"));
    clinic->caller = first;
    calls[1] = clinic_call(clinic, clinic_frame(frame, 901, "key.revoke",
                                                "{'name': 'ann', 'reason': "
                                                "'stolen'}"));
    clinic->caller = ann;
    calls[2] = clinic_call(clinic, clinic_frame(frame, 902, "open", "{}"));
    calls[3] = clinic_call(clinic, clinic_frame(frame, 903, "caseload",
                                                "{}"));
    kor_worker_read(clinic->worker, calls[3]); /* Answered, not yet told. */
    assert_int_equal(calls[3]->code, KOR_OK);
    write_all(clinic, calls, 4);
    assert_int_equal(calls[0]->code, KOR_OK);
    assert_int_equal(calls[1]->code, KOR_OK);
    assert_int_equal(calls[2]->code, KOR_FORBIDDEN);
    assert_int_equal(calls[3]->code, KOR_FORBIDDEN);
    assert_int_equal(calls[3]->reply.size, 0);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM episode"));
    assert_int_equal(2, clinic_n_logged(clinic,
                     "name = 'ann' AND outcome = 'forbidden'"));
    for (int i = 0; i < 4; i++) {
        clinic_call_free(calls[i]);
    }
    clinic_refused(clinic, KOR_FORBIDDEN, "", "caseload", "{}");
}

/* --- leaving -------------------------------------------------------------- */

static void
who_has_open_episodes_cannot_leave(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    char code[KOR_CLIENT_CODE_SIZE];
    struct kor_caller ann
        = clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_open(clinic, code);
    clinic_key(clinic, "ann");
    clinic->caller = first;
    clinic_refused(clinic, KOR_CONFLICT, "name", "account.leave",
                   "{'name': 'ann'}");
    assert_non_null(strstr(clinic->call.err.text, "1 open"));
    kit_sql(clinic->config.store_path,
            "UPDATE episode SET therapist = 'operator', supervisor = 'ann'");
    clinic_refused(clinic, KOR_CONFLICT, "name", "account.leave",
                   "{'name': 'ann'}");
    kit_sql(clinic->config.store_path, "UPDATE episode SET supervisor = NULL");
    clinic_ok(clinic, "account.leave", "{'name': 'ann'}");
    assert_reply(clinic, "left_ms", (double)clinic->now_ms);
    assert_reply(clinic, "keys", 0);
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM actor WHERE "
                                   "account_id = 2 AND revoked_why = 'left'"));
    clinic->caller = ann;
    clinic_refused(clinic, KOR_FORBIDDEN, "", "caseload", "{}");
    clinic->caller = first;
    clinic_ok(clinic, "account.list", "{}");
    assert_int_equal(clinic_count(clinic, "accounts"), 1);
    clinic_ok(clinic, "account.list", "{'all': true}");
    assert_int_equal(clinic_count(clinic, "accounts"), 2);
    clinic_refused(clinic, KOR_CONFLICT, "name", "account.leave",
                   "{'name': 'ann'}");
    clinic_refused(clinic, KOR_CONFLICT, "name", "account.set",
                   "{'name': 'ann', 'roles': ['leader']}");
    clinic_refused(clinic, KOR_DUPLICATE, "name", "account.add",
                   "{'name': 'ann', 'roles': ['leader']}");
    clinic_refused(clinic, KOR_NOT_FOUND, "therapist", "open",
                   "{'therapist': 'ann'}");
}

/* --- clients -------------------------------------------------------------- */

static void
a_client_answers_under_the_own_code_and_nothing_else(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE], name[33];
    clinic_open(clinic, other);
    clinic_open(clinic, code);
    clinic_ok(clinic, "account.add", "{'client': '%s'}", code);
    assert_string_equal(clinic_text(clinic, "client"), code);
    assert_string_equal(clinic_text(clinic, "unit"), "clinic");
    assert_true(clinic_has(clinic, "roles", "client"));
    assert_int_equal(clinic_count(clinic, "roles"), 1);
    strcpy(name, clinic_text(clinic, "name"));
    clinic_refused(clinic, KOR_DUPLICATE, "name", "account.add",
                   "{'client': '%s'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "client", "account.add",
                   "{'client': '%s', 'roles': ['therapist']}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "client", "account.add",
                   "{'client': '%s', 'name': 'x'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "roles", "account.set",
                   "{'name': '%s', 'roles': ['therapist']}", name);
    clinic_refused(clinic, KOR_NOT_FOUND, "client", "account.add",
                   "{'client': '36AE-PRNX'}");
    clinic_key(clinic, name);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'outcome', 'values': [5, 5, 5, 5]}]}", code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "record",
                   "{'code': '%s', 'answers': [{'scale': 'outcome', 'values': "
                   "[1, 2, 3, 3]}]}", other);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "show", "{'code': '%s'}", code);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "unit.list", "{}");
    clinic_ok(clinic, "key.list", "{}");
    assert_int_equal(clinic_count(clinic, "keys"), 1);
    assert_int_equal(1, clinic_n_logged(clinic,
                     "role = 'client' AND action = 'record' AND ground = "
                     "'self'"));
}

static void
a_client_elsewhere_gets_no_account_from_here(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    divide(clinic);
    clinic_ok(clinic, "open", "{'unit': 'south'}");
    strcpy(code, clinic_text(clinic, "code"));
    clinic_key(clinic, "nora");
    clinic_refused(clinic, KOR_FORBIDDEN, "name", "account.add",
                   "{'client': '%s'}", code);
    clinic_key(clinic, "siri");
    clinic_ok(clinic, "account.add", "{'client': '%s'}", code);
}

static void
a_client_who_lost_the_account_gets_another(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], first[40], second[40];
    clinic_open(clinic, code);
    clinic_ok(clinic, "account.add", "{'client': '%s'}", code);
    strcpy(first, clinic_text(clinic, "name"));
    clinic_refused(clinic, KOR_DUPLICATE, "name", "account.add",
                   "{'client': '%s'}", code);
    clinic_ok(clinic, "account.leave", "{'name': '%s'}", first);
    clinic_ok(clinic, "account.add", "{'client': '%s'}", code);
    strcpy(second, clinic_text(clinic, "name"));
    assert_memory_equal(first, second, strlen(first));
    assert_string_equal("-2", second + strlen(first));
}

#define TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_client_who_lost_the_account_gets_another),
        TEST(units_are_a_tree_and_an_administrator_adds_below_the_own),
        TEST(units_end_where_their_path_would_be_too_long),
        TEST(an_account_is_added_and_listed_with_what_hangs_on_it),
        TEST(names_that_look_like_others_are_none),
        TEST(roles_are_known_words_and_client_is_none_of_staff),
        TEST(roles_and_unit_change_at_once),
        TEST(an_administrator_of_a_part_stays_within_it),
        TEST(who_is_no_administrator_changes_no_account),
        TEST(a_name_that_episodes_elsewhere_have_is_not_given_out),
        TEST(nobody_gives_the_own_account_a_role),
        TEST(the_last_administrator_and_the_last_operator_stay),
        TEST(one_of_several_keys_of_the_last_administrator_may_go),
        TEST(keys_are_listed_with_when_and_why_they_end),
        TEST(a_stolen_key_is_refused_from_the_revocation_on),
        TEST(who_has_open_episodes_cannot_leave),
        TEST(a_client_answers_under_the_own_code_and_nothing_else),
        TEST(a_client_elsewhere_gets_no_account_from_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
