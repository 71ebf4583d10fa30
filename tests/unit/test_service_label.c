/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: labels are kept and handed out unread, to the staff of the unit;
 * addresses are closed in the file and told to few. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/file.h"
#include "support/clinic.h"

/* Base64 of zeros, in the lengths that labels, proofs and shares have. */
static const char label_text[]
    = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
static const char proof_text[]
    = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
static const char share_text[]
    = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

static void
begin(struct clinic *clinic, const char *unit)
{
    clinic_ok(clinic, "label.begin",
              "{'unit': '%s', 'proof': '%s', 'share': '%s'}", unit,
              proof_text, share_text);
}

static void
a_label_goes_in_and_out_as_it_is(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "label.key", "{}");
    assert_reply(clinic, "key", NAN);
    begin(clinic, "clinic");
    assert_reply(clinic, "key", 1);
    clinic_ok(clinic, "label.set", "{'code': '%s', 'label': '%s', 'key': 1}",
              code, label_text);
    static const char *const where[][2] = {
        {"show", "episode[0].label"}, {"caseload", "clients[0].label"}};
    for (size_t i = 0; i < KOR_LENGTH(where); i++) {
        clinic_ok(clinic, where[i][0], i ? "{}" : "{'code': '%s'}", code);
        assert_string_equal(label_text, clinic_text(clinic, where[i][1]));
    }
    clinic_total(clinic, code, "outcome", 20);
    assert_string_equal(label_text, clinic_text(clinic, "label"));
    assert_reply(clinic, "label_key", 1);
    clinic_ok(clinic, "label.set", "{'code': '%s'}", code);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("", clinic_text(clinic, "episode[0].label"));
}

static void
who_is_not_of_the_unit_gets_no_key(void **state)
{
    struct clinic *clinic = *state;
    clinic_unit(clinic, "north", "/clinic/");
    begin(clinic, "north");
    clinic_ok(clinic, "label.key", "{'unit': 'north'}");
    assert_string_equal(share_text, clinic_text(clinic, "share"));
    assert_true(clinic_true(clinic, "members[0].can_open"));
    struct kor_caller first = clinic->caller;
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_ok(clinic, "label.key", "{'unit': 'north'}");
    assert_string_equal("", clinic_text(clinic, "share"));
    assert_int_equal(2, clinic_count(clinic, "members"));
    /* Who cannot open it cannot hand it on. */
    clinic_refused(clinic, KOR_FORBIDDEN, "key", "label.share",
                   "{'key': 1, 'actor': 1, 'share': '%s'}", share_text);
    clinic->caller = first;
    clinic_ok(clinic, "label.share",
              "{'key': 1, 'actor': 2, 'share': '%s'}", share_text);
    clinic_actor(clinic, "eva", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    kit_sql(clinic->config.store_path,
            "INSERT INTO unit (name, path, added_ms) VALUES ('south', "
            "'/clinic/south/', 1); UPDATE account SET unit_id = (SELECT id "
            "FROM unit WHERE name = 'south') WHERE name = 'eva'");
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_service_reload(clinic->service, &err), &err);
    clinic_refused(clinic, KOR_FORBIDDEN, "unit", "label.key",
                   "{'unit': 'north'}");
    clinic_refused(clinic, KOR_FORBIDDEN, "unit", "label.key", "{'key': 1}");
    clinic->caller = first;
    clinic_refused(clinic, KOR_NOT_FOUND, "actor", "label.share",
                   "{'key': 1, 'actor': 3, 'share': '%s'}", share_text);
    clinic_actor(clinic, "lea", KOR_ROLE_BIT(KOR_ACTOR_LEADER));
    clinic_refused(clinic, KOR_FORBIDDEN, "", "label.key", "{'key': 1}");
}

static void
what_is_no_label_is_refused_by_name(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], wrong[sizeof label_text];
    clinic_open(clinic, code);
    begin(clinic, "clinic");
    clinic_unit(clinic, "north", "/");
    begin(clinic, "north");
    strcpy(wrong, label_text);
    wrong[5] = '!';
    clinic_refused(clinic, KOR_BAD_VALUE, "label", "label.set",
                   "{'code': '%s', 'label': '%s', 'key': 1}", code, wrong);
    clinic_refused(clinic, KOR_BAD_VALUE, "key", "label.set",
                   "{'code': '%s', 'label': '%s'}", code, label_text);
    clinic_refused(clinic, KOR_CONFLICT, "key", "label.set",
                   "{'code': '%s', 'label': '%s', 'key': 2}", code,
                   label_text);
    clinic_refused(clinic, KOR_NOT_FOUND, "key", "label.set",
                   "{'code': '%s', 'label': '%s', 'key': 9}", code,
                   label_text);
    clinic_refused(clinic, KOR_NOT_FOUND, "unit", "label.key",
                   "{'unit': 'nowhere'}");
    clinic_refused(clinic, KOR_BAD_VALUE, "proof", "label.begin",
                   "{'proof': '%.43s!', 'share': '%s'}", proof_text,
                   share_text);
    clinic_refused(clinic, KOR_BAD_VALUE, "share", "label.begin",
                   "{'proof': '%s', 'share': '%.107s!'}", proof_text,
                   share_text);
}

static void
an_erased_client_leaves_no_label_and_no_address(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    begin(clinic, "clinic");
    clinic_ok(clinic, "label.set", "{'code': '%s', 'label': '%s', 'key': 1}",
              code, label_text);
    clinic_ok(clinic, "contact.set", "{'code': '%s', 'phone': '400'}", code);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'x'}", code);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM label"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM contact"));
}

/* --- addresses ------------------------------------------------------------ */

static void
an_address_is_told_and_nowhere_in_the_file(void **state)
{
    static const char *const endings[] = {"", "-wal"};
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "contact.set",
              "{'code': '%s', 'phone': '+47 400 17 117', 'email': "
              "'planted@example.org'}", code);
    clinic_ok(clinic, "contact.show", "{'code': '%s'}", code);
    assert_string_equal("+47 400 17 117", clinic_text(clinic, "phone"));
    assert_string_equal("planted@example.org", clinic_text(clinic, "email"));
    for (size_t i = 0; i < KOR_LENGTH(endings); i++) {
        char path[600];
        struct kor_buf file = {0};
        snprintf(path, sizeof path, "%s%s", clinic->config.store_path,
                 endings[i]);
        assert_int_equal(kor_file_read(path, 64 << 20, &file, NULL), KOR_OK);
        assert_null(memmem(file.text, file.size, "400 17 117", 10));
        assert_null(memmem(file.text, file.size, "planted@", 8));
        kor_buf_done(&file);
    }
    clinic_ok(clinic, "contact.set", "{'code': '%s', 'phone': '-'}", code);
    clinic_ok(clinic, "contact.show", "{'code': '%s'}", code);
    assert_string_equal("", clinic_text(clinic, "phone"));
    assert_string_equal("planted@example.org", clinic_text(clinic, "email"));
}

static void
an_address_that_was_put_to_another_client_does_not_open(void **state)
{
    struct clinic *clinic = *state;
    char a[KOR_CLIENT_CODE_SIZE], b[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, a);
    clinic_open(clinic, b);
    clinic_ok(clinic, "contact.set", "{'code': '%s', 'phone': '400'}", a);
    kit_sql(clinic->config.store_path, "UPDATE contact SET person_id = 2");
    clinic_refused(clinic, KOR_CORRUPT, "phone", "contact.show",
                   "{'code': '%s'}", b);
    kit_sql(clinic->config.store_path,
            "UPDATE contact SET sealed = x'00', person_id = 1");
    clinic_refused(clinic, KOR_CORRUPT, "phone", "contact.show",
                   "{'code': '%s'}", a);
    /* It is no page of the file that is damaged: kord goes on. */
    assert_false(clinic->call.has_damage);
}

static void
what_is_no_address_is_refused_and_nothing_is_kept_for_a_nameless_code(
    void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    static const char *const wrong[][2] = {
        {"phone", "`date`"}, {"phone", "12; rm"}, {"email", "nobody"},
        {"email", "@place"}, {"email", "name@"}, {"email", "a b@c"}};
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        clinic_refused(clinic, KOR_BAD_VALUE, wrong[i][0], "contact.set",
                       "{'code': '%s', '%s': '%s'}", code, wrong[i][0],
                       wrong[i][1]);
    }
    kit_sql(clinic->config.store_path,
            "INSERT INTO account (name, person_id, added_ms) "
            "VALUES ('code-1', 1, 1)");
    clinic_refused(clinic, KOR_CONFLICT, "code", "contact.set",
                   "{'code': '%s', 'phone': '400'}", code);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM contact"));
}

#define TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_label_goes_in_and_out_as_it_is),
        TEST(who_is_not_of_the_unit_gets_no_key),
        TEST(what_is_no_label_is_refused_by_name),
        TEST(an_erased_client_leaves_no_label_and_no_address),
        TEST(an_address_is_told_and_nowhere_in_the_file),
        TEST(an_address_that_was_put_to_another_client_does_not_open),
        TEST(what_is_no_address_is_refused_and_nothing_is_kept_for_a_nameless_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
