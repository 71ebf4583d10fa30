/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: who is erased is gone, from the rows, the file and its write-ahead
 * log, and stays gone when a backup is restored; and before that, all there is
 * can be taken out. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kor/base/file.h"
#include "service/deletions.h"
#include "store/deletion.h"
#include "support/clinic.h"

#define PLANTED "planted-words-4711"

/* Items whose doubles are found nowhere by chance. */
#define ITEMS "[3.1, 4.7, 2.3, 6.9]"
static const double planted_items[] = {3.1, 4.7, 2.3, 6.9};

/* A client with two episodes, corrections, a struck answer and a signal. */
static void
make_client(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    char other[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, other);
    clinic_ok(clinic, "open", "{'born': '1971-07', 'gender': 'female'}");
    strcpy(code, clinic_text(clinic, "code"));
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'outcome', 'values': "
              ITEMS "}, {'scale': 'phq9', 'values': [1,1,1,1,1,1,1,1,2]}]}",
              code);
    clinic_ok(clinic, "correct",
              "{'code': '%s', 'scale': 'outcome', 'session': 1, 'values': "
              "[3, 4, 5, 6], 'reason': '" PLANTED " why'}", code);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'closing', 'values': {'how': '" PLANTED
              " how'}}", code);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'closing', 'sheet': 1, 'reason': '"
              PLANTED " again', 'values': {'plan': '" PLANTED " plan'}}",
              code);
    clinic_ok(clinic, "sheet.tick", "{'code': '%s', 'sheet': 1, 'kind': "
              "'copy', 'whom': 'family'}", code);
    clinic_ok(clinic, "goal.add", "{'code': '%s', 'text': '" PLANTED " goal', "
              "'criterion': '" PLANTED " criterion'}", code);
    double goal = clinic_num(clinic, "id");
    clinic_ok(clinic, "goal.add", "{'code': '%s', 'text': 'below', 'under': "
              "%.0f}", code, goal);
    clinic_ok(clinic, "goal.set", "{'code': '%s', 'id': %.0f, 'text': "
              "'" PLANTED " again'}", code, goal);
    clinic_ok(clinic, "consent.give", "{'code': '%s', 'purpose': 'research', "
              "'to': '" PLANTED "'}", code);
    clinic_ok(clinic, "consent.withdraw", "{'code': '%s', 'id': 1, 'reason': "
              "'" PLANTED " mind'}", code);
    clinic_ok(clinic, "theory.set", "{'code': '%s', 'text': '" PLANTED
              " theory'}", code);
    clinic_ok(clinic, "goal.progress", "{'code': '%s', 'id': %.0f, "
              "'progress': 3, 'level': -1}", code, goal);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': '" PLANTED " ending'}", code);
    clinic_ok(clinic, "reopen", "{'code': '%s'}", code);
    clinic_total(clinic, code, "outcome", 21);
}

/* Whether the bytes are in the database file or its write-ahead log. */
static bool
is_on_disk(const struct clinic *clinic, const void *bytes, size_t size)
{
    static const char *const endings[] = {"", "-wal"};
    bool is_there = false;
    for (size_t i = 0; i < KOR_LENGTH(endings); i++) {
        char path[600];
        struct kor_buf file = {0};
        snprintf(path, sizeof path, "%s%s", clinic->config.store_path,
                 endings[i]);
        if (kor_file_read(path, 64 << 20, &file, NULL) == KOR_OK) {
            is_there |= file.size
                     && memmem(file.text, file.size, bytes, size) != NULL;
        }
        kor_buf_done(&file);
    }
    return is_there;
}

static void
erased_is_gone_from_the_rows_the_file_and_the_log_of_writes(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], sql[200];
    make_client(clinic, code);
    assert_true(is_on_disk(clinic, PLANTED, strlen(PLANTED)));
    assert_true(is_on_disk(clinic, planted_items, sizeof planted_items));
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'asked for it'}",
              code);
    assert_reply(clinic, "episodes", 2);
    clinic_ok(clinic, "ping", "{}"); /* The worker lets its snapshot go. */
    assert_int_equal(kor_service_idle(clinic->service), KOR_OK);
    assert_false(is_on_disk(clinic, PLANTED, strlen(PLANTED)));
    assert_false(is_on_disk(clinic, planted_items, sizeof planted_items));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM person"));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM episode"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM session"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM answer"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM signal"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM sheet"));
    assert_int_equal(0, clinic_sql(clinic,
                                   "SELECT count(*) FROM sheet_tick"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM goal"));
    assert_int_equal(0, clinic_sql(clinic,
                                   "SELECT count(*) FROM goal_version"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM goal_mark"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM theory"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM consent"));
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM request WHERE instr(reply, '%s')", code);
    /* The reply that it is done, which says nothing else. */
    assert_int_equal(1, clinic_sql(clinic, sql));
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM deletion WHERE code = '%s' AND reason = "
             "'asked for it' AND actor_id = 1", code);
    assert_int_equal(1, clinic_sql(clinic, sql));
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM access_log WHERE code = '%s' AND action = "
             "'erase' AND reason = 'asked for it'", code);
    assert_int_equal(1, clinic_sql(clinic, sql));
    clinic_refused(clinic, KOR_NOT_FOUND, "code", "show", "{'code': '%s'}",
                   code);
    clinic_refused(clinic, KOR_NOT_FOUND, "code", "record",
                   "{'code': '%s', 'answers': []}", code);
}

/* Somebody who has the client of that code before them, past the service, and
 * keeps the log of writes from being emptied. */
static struct kor_store *
begin_to_read(const struct clinic *clinic, const char *code)
{
    struct kor_err err;
    struct kor_store *reader;
    struct kor_person person = {0};
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_open_reader(clinic->config.store_path, NULL, &reader,
                                 &err), &err);
    kit_ok(kor_store_begin(reader, &err), &err);
    strcpy(person.code, code);
    kit_ok(kor_store_person_find(reader, &person, &err), &err);
    return reader;
}

static void
a_reader_in_the_way_only_puts_off_the_emptying(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    make_client(clinic, code);
    struct kor_store *reader = begin_to_read(clinic, code);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'x'}", code);
    assert_int_equal(kor_service_idle(clinic->service), KOR_OK);
    assert_true(is_on_disk(clinic, PLANTED, strlen(PLANTED)));
    kor_store_rollback(reader);
    assert_int_equal(kor_service_idle(clinic->service), KOR_OK);
    assert_false(is_on_disk(clinic, PLANTED, strlen(PLANTED)));
    kor_store_close(reader);
}

/* As if kord had died before it came to it. */
static void
what_was_not_emptied_before_the_end_is_at_the_next_start(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    make_client(clinic, code);
    struct kor_store *reader = begin_to_read(clinic, code);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'x'}", code);
    clinic_restart(clinic);
    assert_true(is_on_disk(clinic, PLANTED, strlen(PLANTED)));
    kor_store_rollback(reader);
    assert_int_equal(kor_service_idle(clinic->service), KOR_OK);
    assert_false(is_on_disk(clinic, PLANTED, strlen(PLANTED)));
    kor_store_close(reader);
}

static void
the_code_of_somebody_erased_is_not_given_out_again(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'x'}", code);
    clinic_refused(clinic, KOR_CONFLICT, "code", "open", "{'code': '%s'}",
                   code);
}

static void
only_an_administrator_of_the_unit_erases(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    static const enum kor_actor_role roles[] = {
        KOR_ACTOR_THERAPIST, KOR_ACTOR_SUPERVISOR, KOR_ACTOR_OPERATOR,
        KOR_ACTOR_AUDITOR, KOR_ACTOR_LEADER, KOR_ACTOR_DUTY};
    for (size_t i = 0; i < KOR_LENGTH(roles); i++) {
        char name[16];
        snprintf(name, sizeof name, "other-%zu", i);
        clinic_actor(clinic, name, KOR_ROLE_BIT(roles[i]));
        clinic_refused(clinic, KOR_FORBIDDEN, "", "erase",
                       "{'code': '%s', 'reason': 'x'}", code);
    }
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM episode"));
}

/* The name of a client's own account is made from the code. */
static void
the_clients_own_account_goes_nameless(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], sql[200];
    clinic_open(clinic, code);
    struct kor_caller first = clinic->caller;
    struct kor_caller client = clinic_client(clinic, code);
    clinic_ok(clinic, "instrument.list", "{}");
    clinic->caller = first;
    clinic_ok(clinic, "account.list", "{}");
    kit_sql(clinic->config.store_path,
            "UPDATE request SET reply = (SELECT name FROM account WHERE id = "
            "2)"); /* As a reply about the account would hold it. */
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'x'}", code);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM account "
                                           "WHERE name = 'erased-2' AND "
                                           "left_ms IS NOT NULL"));
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM request WHERE reply = '%s'", code);
    assert_int_equal(0, clinic_sql(clinic, sql));
    clinic->caller = client;
    clinic_refused(clinic, KOR_FORBIDDEN, "", "instrument.list", "{}");
}

/* --- the list ------------------------------------------------------------- */

static void
the_list_lies_beside_the_database_before_anybody_hears_of_it(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], expected[100];
    struct kor_buf list = {0};
    clinic_open(clinic, code);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'x'}", code);
    assert_int_equal(kor_file_read(clinic->config.deletions_path, 1000, &list,
                                   NULL), KOR_OK);
    snprintf(expected, sizeof expected, "kor-deletions 2\n%s %lld\n", code,
             (long long)clinic->now_ms);
    assert_string_equal(kor_buf_text(&list), expected);
    kor_buf_done(&list);
}

/* An older file is put in the place of the newer one, with the list. */
static void
who_was_erased_stays_so_when_an_older_file_comes_back(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], old[600], list[600];
    struct kor_buf bytes = {0};
    struct kor_err err;
    struct kor_store *store;
    struct kor_replayed done;
    kor_err_init(&err, KOR_EN);
    make_client(clinic, code);
    snprintf(old, sizeof old, "%s/old.db", clinic->folder);
    snprintf(list, sizeof list, "%s", clinic->config.deletions_path);
    char sql[700];
    snprintf(sql, sizeof sql, "VACUUM INTO '%s'", old);
    kit_sql(clinic->config.store_path, sql);
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'x'}", code);
    kit_ok(kor_store_open(old, NULL, false, &store, &err), &err);
    kit_ok(kor_deletions_replay(store, list, &done, &err), &err);
    assert_int_equal(done.n_people, 1);
    kit_ok(kor_deletions_replay(store, list, &done, &err), &err);
    assert_int_equal(done.n_people, 0);
    struct kor_person person = {0};
    strcpy(person.code, code);
    assert_int_equal(kor_store_person_find(store, &person, &err),
                     KOR_NOT_FOUND);
    bool is_done = false;
    kit_ok(kor_store_empty_wal(store, &is_done, &err), &err);
    assert_true(is_done);
    kor_store_close(store);
    assert_int_equal(kor_file_read(old, 64 << 20, &bytes, &err), KOR_OK);
    assert_null(memmem(bytes.text, bytes.size, PLANTED, strlen(PLANTED)));
    kor_buf_done(&bytes);
}

/* Who came after the backup and was erased is named in the next list as well:
 * their code is not free, and a newer backup may yet come back. */
#define ABSENT_KEY                                                            \
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
static void
who_is_not_in_the_older_file_stays_in_the_list(void **state)
{
    struct clinic *clinic = *state;
    struct kor_store *store = kor_service_store(clinic->service);
    struct kor_person person = kit_person(7);
    struct kor_buf text = {0}, back = {0};
    struct kor_err err;
    char path[600];
    struct kor_replayed done;
    bool is_deleted = false;
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/list", clinic->folder);
    kor_buf_printf(&text, "kor-deletions 2\n%s 1767600000000\nkey "
                   ABSENT_KEY " 1767600000001\n", person.code);
    kit_ok(kor_file_write(path, text.text, text.size, 0600, &err), &err);
    for (int i = 0; i < 2; i++) {
        kit_ok(kor_deletions_replay(store, path, &done, &err), &err);
        assert_int_equal(done.n_people, 0);
        assert_int_equal(done.n_keys, 0);
    }
    kit_ok(kor_store_is_deleted(store, person.code, &is_deleted, &err), &err);
    assert_true(is_deleted);
    kit_ok(kor_deletions_write(store, path, &err), &err);
    kit_ok(kor_file_read(path, 1000, &back, &err), &err);
    assert_string_equal(back.text, text.text);
    kor_buf_done(&text);
    kor_buf_done(&back);
}

static void
a_list_that_is_damaged_erases_nobody(void **state)
{
    static const char *const wrong[] = {
        "", "kor-deletions 3\n", "kor-deletions 1\nK3M9-7TP6\n",
        "kor-deletions 1\nK3M9-7TP6 \n", "kor-deletions 1\nK3M9-7TP6 1x\n",
        "kor-deletions 1\nK3M9-7TP6 1",
        "kor-deletions 1\n%s 1\nK3M9-7TP6 nonsense\n",
        "kor-deletions 1\n%s 1\n"
        "01234567890123456789012345678901234567890123456789012345678901234567"
        "89012345678901234567890123456789012345678901234567890123456789\n",
        "kor-deletions 1\nK3M9-7TP6 -1\n",
        "kor-deletions 1\nK3M9-7TP6 1111111111111111111\n",
        "kor-deletions 2\n%s 1\nkey " ABSENT_KEY "\n",
        "kor-deletions 2\n%s 1\nkey " ABSENT_KEY " \n",
        "kor-deletions 2\n%s 1\nkey " ABSENT_KEY "00 1\n",
        "kor-deletions 2\n%s 1\nkey 00" " 1\n",
        "kor-deletions 2\n%s 1\nkey zz" ABSENT_KEY " 1\n",
        "kor-deletions 2\n%s 1\nkey " ABSENT_KEY " 1",
        "kor-deletions 2\n%s 1\nkey\n",
    };
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], path[600];
    struct kor_store *store = kor_service_store(clinic->service);
    struct kor_err err;
    struct kor_replayed done;
    clinic_open(clinic, code);
    snprintf(path, sizeof path, "%s/list", clinic->folder);
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        char text[400], *at = strstr(wrong[i], "%s");
        snprintf(text, sizeof text, "%.*s%s%s",
                 at ? (int)(at - wrong[i]) : (int)strlen(wrong[i]), wrong[i],
                 at ? code : "", at ? at + 2 : "");
        kor_err_init(&err, KOR_EN);
        kit_ok(kor_file_write(path, text, strlen(text), 0600, &err), &err);
        assert_int_equal(kor_deletions_replay(store, path, &done, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "deletions");
    }
    kor_err_init(&err, KOR_EN);
    /* What a hole in a file would hide. */
    kit_ok(kor_file_write(path, "kor-deletions 2\n\0\n", 18, 0600, &err),
           &err);
    assert_int_equal(kor_deletions_replay(store, path, &done, &err),
                     KOR_BAD_VALUE);
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_deletions_replay(store, "/nowhere", &done, &err),
                     KOR_NOT_FOUND);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM person"));
}

/* --- keys in the list ----------------------------------------------------- */

static struct kor_buf
read_list(const struct clinic *clinic)
{
    struct kor_buf list = {0};
    assert_int_equal(kor_file_read(clinic->config.deletions_path, 10000, &list,
                                   NULL), KOR_OK);
    return list;
}

/* clinic_key() makes keys that are one byte over and over. */
static void
assert_listed(const struct clinic *clinic, int byte, int64_t at_ms)
{
    char line[128] = "\nkey ";
    struct kor_buf list = read_list(clinic);
    for (int i = 0; i < KOR_PUBLIC_KEY_SIZE; i++) {
        snprintf(line + strlen(line), 3, "%02x", (unsigned)byte);
    }
    snprintf(line + strlen(line), 32, " %lld\n", (long long)at_ms);
    if (!strstr(kor_buf_text(&list), line)) {
        print_error("not in the list: %s%s", line, kor_buf_text(&list));
        fail();
    }
    kor_buf_done(&list);
}

static void
a_key_is_in_the_list_before_anybody_hears_that_it_is_revoked(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    clinic_ok(clinic, "account.add", "{'name': 'ann', 'roles': "
              "['therapist']}");
    clinic_key(clinic, "ann"); /* 2 */
    clinic_key(clinic, "ann"); /* 3 */
    clinic_key(clinic, "ann"); /* 4 */
    clinic->caller = first;
    int64_t revoked_ms = clinic->now_ms;
    clinic_ok(clinic, "key.revoke", "{'id': 2, 'reason': 'stolen'}");
    assert_listed(clinic, 2, revoked_ms);
    clinic_day(clinic, 1);
    clinic_ok(clinic, "account.leave", "{'name': 'ann'}");
    assert_listed(clinic, 2, revoked_ms);
    assert_listed(clinic, 3, clinic->now_ms);
    assert_listed(clinic, 4, clinic->now_ms);
}

static void
a_list_that_cannot_be_written_is_written_later(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    clinic_ok(clinic, "account.add", "{'name': 'ann', 'roles': "
              "['therapist']}");
    clinic_key(clinic, "ann");
    clinic->caller = first;
    (void)unlink(clinic->config.deletions_path);
    assert_int_equal(mkdir(clinic->config.deletions_path, 0700), 0);
    clinic_ok(clinic, "key.revoke", "{'id': 2, 'reason': 'stolen'}");
    assert_int_equal(rmdir(clinic->config.deletions_path), 0);
    assert_int_equal(kor_service_idle(clinic->service), KOR_OK);
    assert_listed(clinic, 2, clinic->now_ms);
}

/* As who was erased: an older file is put in the place of the newer one. */
static void
a_revoked_key_stays_so_when_an_older_file_comes_back(void **state)
{
    struct clinic *clinic = *state;
    struct kor_caller first = clinic->caller;
    char old[600], sql[700];
    struct kor_replayed done;
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    clinic_ok(clinic, "account.add", "{'name': 'ann', 'roles': "
              "['therapist']}");
    clinic_key(clinic, "ann"); /* 2 */
    clinic_key(clinic, "ann"); /* 3 */
    clinic->caller = first;
    snprintf(old, sizeof old, "%s/old.db", clinic->folder);
    snprintf(sql, sizeof sql, "VACUUM INTO '%s'", old);
    kit_sql(clinic->config.store_path, sql);
    clinic_ok(clinic, "key.revoke", "{'id': 2, 'reason': 'stolen'}");
    kit_ok(kor_store_open(old, NULL, false, &store, &err), &err);
    for (size_t n = 2; n-- > 0;) {
        kit_ok(kor_deletions_replay(store, clinic->config.deletions_path,
                                    &done, &err), &err);
        assert_true(done.has_keys);
        assert_int_equal(done.n_keys, n);
        assert_int_equal(done.n_people, 0);
    }
    kor_store_close(store);
    assert_int_equal(1, kit_number(old, NULL, "SELECT count(*) FROM actor "
                                   "WHERE revoked_ms IS NOT NULL"));
    assert_int_equal(1, kit_number(old, NULL, "SELECT count(*) FROM actor "
                                   "WHERE id = 2 AND revoked_ms > 0 "
                                   "AND revoked_why LIKE '%backup'"));
}

/* It names the erased and cannot name keys, and that is not taken for none. */
static void
a_list_of_an_earlier_release_is_read_and_known_as_such(void **state)
{
    struct clinic *clinic = *state;
    struct kor_store *store = kor_service_store(clinic->service);
    struct kor_person person = kit_person(7);
    struct kor_buf text = {0};
    struct kor_replayed done;
    struct kor_err err;
    char path[600];
    bool is_deleted = false;
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/list", clinic->folder);
    kor_buf_printf(&text, "kor-deletions 1\n%s 1767600000000\n", person.code);
    kit_ok(kor_file_write(path, text.text, text.size, 0600, &err), &err);
    kit_ok(kor_deletions_replay(store, path, &done, &err), &err);
    assert_false(done.has_keys);
    kit_ok(kor_store_is_deleted(store, person.code, &is_deleted, &err), &err);
    assert_true(is_deleted);
    kor_buf_done(&text);
}

/* --- retention ------------------------------------------------------------ */

static void
who_has_been_here_for_long_enough_is_listed_by_the_last_entry(void **state)
{
    struct clinic *clinic = *state;
    char a[KOR_CLIENT_CODE_SIZE], b[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    clinic_open(clinic, a);
    clinic_total(clinic, a, "outcome", 20);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'done'}", a);
    clinic_open(clinic, b); /* Stays open. */
    clinic_day(clinic, 10);
    clinic_ok(clinic, "retention", "{'before': '%s'}", clinic_date(0, date));
    assert_int_equal(0, clinic_count(clinic, "people"));
    clinic_ok(clinic, "retention", "{'before': '%s'}", clinic_date(1, date));
    assert_int_equal(1, clinic_count(clinic, "people"));
    assert_string_equal(a, clinic_text(clinic, "people[0].code"));
    assert_string_equal(clinic_date(0, date),
                        clinic_text(clinic, "people[0].last"));
    /* Who comes back is not listed any more. */
    clinic_ok(clinic, "reopen", "{'code': '%s'}", a);
    clinic_ok(clinic, "retention", "{'before': '2199-01-01'}");
    assert_int_equal(0, clinic_count(clinic, "people"));
}

/* --- everything about one client ------------------------------------------ */

static void
everything_about_a_client_comes_with_who_asked(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    make_client(clinic, code);
    clinic_ok(clinic, "person", "{'code': '%s', 'asked': 'the client, by "
              "letter'}", code);
    assert_int_equal(2, clinic_count(clinic, "episodes"));
    assert_string_equal("planned",
                        clinic_text(clinic,
                                    "episodes[0].episode[0].ending"));
    /* Outcome twice, PHQ-9 once. */
    assert_int_equal(3, clinic_count(clinic,
                                     "episodes[0].sessions[0].answers"));
    assert_int_equal(1, clinic_count(clinic, "consents"));
    assert_string_equal(PLANTED " mind",
                        clinic_text(clinic, "consents[0].reason"));
    assert_string_equal(PLANTED " theory",
                        clinic_text(clinic, "episodes[0].theories[0].text"));
    /* One episode has goals, with what they were. */
    assert_int_equal(1, clinic_count(clinic, "goals"));
    assert_int_equal(2, clinic_count(clinic, "goals[0].goals"));
    assert_string_equal(PLANTED " again",
                        clinic_text(clinic, "goals[0].goals[0].text"));
    assert_string_equal(
        PLANTED " goal",
        clinic_text(clinic, "goals[0].goals[0].versions[0].text"));
    assert_reply(clinic, "goals[0].goals[0].marks[0].level", -1);
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "action = 'person' AND reason = 'the "
                                   "client, by letter'"));
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "person",
                   "{'code': '%s', 'asked': 'me'}", code);
}

#define TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(erased_is_gone_from_the_rows_the_file_and_the_log_of_writes),
        TEST(a_reader_in_the_way_only_puts_off_the_emptying),
        TEST(what_was_not_emptied_before_the_end_is_at_the_next_start),
        TEST(the_code_of_somebody_erased_is_not_given_out_again),
        TEST(only_an_administrator_of_the_unit_erases),
        TEST(the_clients_own_account_goes_nameless),
        TEST(the_list_lies_beside_the_database_before_anybody_hears_of_it),
        TEST(who_was_erased_stays_so_when_an_older_file_comes_back),
        TEST(who_is_not_in_the_older_file_stays_in_the_list),
        TEST(a_list_that_is_damaged_erases_nobody),
        TEST(a_key_is_in_the_list_before_anybody_hears_that_it_is_revoked),
        TEST(a_list_that_cannot_be_written_is_written_later),
        TEST(a_revoked_key_stays_so_when_an_older_file_comes_back),
        TEST(a_list_of_an_earlier_release_is_read_and_known_as_such),
        TEST(who_has_been_here_for_long_enough_is_listed_by_the_last_entry),
        TEST(everything_about_a_client_comes_with_who_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
