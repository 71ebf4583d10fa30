/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: who looked is on record, with the ground, before the answer
 * leaves; and the record cannot be changed without it being seen. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "store/access_log.h"
#include "support/clinic.h"

/* How many rows of the log 'where' holds for. */
static int64_t
n_rows(const struct clinic *clinic, const char *where)
{
    char sql[600];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM access_log WHERE %s",
             where);
    return clinic_sql(clinic, sql);
}

static void
every_request_is_a_row_whether_it_wrote_or_read(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], where[200];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'planned', "
              "'reason': 'done'}", code);
    clinic_ok(clinic, "ping", "{}");
    snprintf(where, sizeof where,
             "code = '%s' AND episode = 1 AND ground = 'care' AND role = "
             "'therapist' AND name = 'operator' AND unit = '/clinic/' AND "
             "outcome = 'ok' AND length(request) = 16", code);
    assert_int_equal(4, n_rows(clinic, where));
    assert_int_equal(1, n_rows(clinic, "seq = 3 AND action = 'show'"));
    assert_int_equal(4, n_rows(clinic, "1")); /* A ping looks at nobody. */
}

static void
a_refusal_is_a_row_with_whom_it_was_about(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], where[200];
    clinic_open(clinic, code);
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "show", "{'code': '%s'}",
                   code);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "record",
                   "{'code': '%s', 'answers': []}", code);
    clinic_refused(clinic, KOR_FORBIDDEN, "", "import.codes",
                   "{'import': 1}");
    snprintf(where, sizeof where,
             "name = 'ann' AND outcome = 'forbidden' AND code = '%s' AND "
             "ground IS NULL", code);
    assert_int_equal(2, n_rows(clinic, where));
    assert_int_equal(1, n_rows(clinic, "action = 'import.codes' AND "
                                       "outcome = 'forbidden'"));
}

/* A refusal that left traces takes its batch back; it is logged all the
 * same, and so are those that were done again. */
static void
a_batch_that_was_taken_back_is_logged_once_for_each_call(void **state)
{
    struct clinic *clinic = *state;
    char frame[CLINIC_FRAME_SIZE];
    struct kor_call *calls[3];
    for (int i = 0; i < 3; i++) {
        clinic_frame(frame, 700 + i, "open",
                     i == 1 ? "{'unit': 'nowhere'}" : "{}");
        calls[i] = clinic_call(clinic, frame);
    }
    assert_int_equal(kor_service_write(clinic->service, calls, 3), KOR_OK);
    assert_int_equal(calls[1]->code, KOR_NOT_FOUND);
    assert_int_equal(2, n_rows(clinic, "action = 'open' AND outcome = 'ok'"));
    assert_int_equal(1, n_rows(clinic, "outcome = 'not-found'"));
    assert_int_equal(3, n_rows(clinic, "1"));
    for (int i = 0; i < 3; i++) {
        clinic_call_free(calls[i]);
    }
}

static void
a_list_notes_everybody_who_was_in_it(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_open(clinic, code);
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(1, n_rows(clinic,
                               "action = 'caseload' AND people = "
                               "x'01000000000000000200000000000000'"));
    clinic_ok(clinic, "export", "{}");
    assert_int_equal(1, n_rows(clinic, "action = 'export' AND people IS NULL"));
}

/* Lists of other kinds, each with the one client who is in it. */
static void
so_does_every_kind_of_list(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_ok(clinic, "since", "{'seq': 0}");
    double seq = clinic_num(clinic, "seq");
    clinic_open(clinic, code);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': "
              "[1,1,1,1,1,1,1,1,2]}]}", code);
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "export", "{}");
    assert_int_equal(1, clinic_count(clinic, "rows"));
    static const char *const lists[] = {"since", "signals", "export"};
    for (size_t i = 0; i < KOR_LENGTH(lists); i++) {
        char where[120];
        snprintf(where, sizeof where,
                 "action = '%s' AND people = x'0100000000000000'", lists[i]);
        assert_int_equal(1, n_rows(clinic, where));
    }
}

/* Who came with an import, and whose codes were given out. */
static void
an_import_notes_everybody_who_was_in_it(void **state)
{
    struct clinic *clinic = *state;
    clinic_ok(clinic, "import.begin", "{'name': 'a.csv', 'hash': '%064d', "
              "'rows': 2}", 1);
    const char *rows = "{'import': 1, 'from': 0, 'rows': [{'person': 'p1', "
                       "'date': '2026-01-05'}, {'person': 'p2', 'date': "
                       "'%s', 'answers': [{'scale': 'outcome', 'total': "
                       "%d}]}]}";
    assert_int_not_equal(clinic_ask(clinic, "import.rows", rows,
                                    "2026-01-05", 99), KOR_OK);
    clinic_ok(clinic, "import.rows", rows, "2026-01-05", 9);
    clinic_ok(clinic, "import.finish", "{'import': 1}");
    clinic_ok(clinic, "import.codes", "{'import': 1}");
    const char *both = "people = x'01000000000000000200000000000000'";
    char where[200];
    snprintf(where, sizeof where, "action = 'import.rows' AND outcome = 'ok' "
             "AND %s", both);
    assert_int_equal(1, n_rows(clinic, where));
    snprintf(where, sizeof where, "action = 'import.codes' AND %s", both);
    assert_int_equal(1, n_rows(clinic, where));
    /* Those of what was refused were nobody, and their ids go to others. */
    assert_int_equal(1, n_rows(clinic, "action = 'import.rows' AND outcome "
                                       "<> 'ok' AND people IS NULL"));
}

/* Rows about somebody who was erased are not handed to who comes next. */
static void
who_comes_after_an_erasure_has_no_rows_of_before(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "caseload", "{}");
    clinic_ok(clinic, "erase", "{'code': '%s', 'reason': 'asked'}", code);
    clinic_open(clinic, code);
    clinic_ok(clinic, "log.of", "{'code': '%s'}", code);
    assert_int_equal(1, clinic_count(clinic, "rows"));
    assert_string_equal("open", clinic_text(clinic, "rows[0].action"));
}

/* An answer was to be moved to another's client: that is whom it was about,
 * too. */
static void
a_refusal_about_a_second_client_notes_both(void **state)
{
    struct clinic *clinic = *state;
    char own[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, other); /* Person 1. */
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_open(clinic, own);
    clinic_total(clinic, own, "outcome", 20);
    clinic_refused(clinic, KOR_FORBIDDEN, "code", "correct",
                   "{'code': '%s', 'scale': 'outcome', 'session': 1, "
                   "'wrong_client': '%s', 'reason': 'mine'}", own, other);
    char where[160];
    snprintf(where, sizeof where,
             "action = 'correct' AND outcome = 'forbidden' AND code = '%s' "
             "AND people = x'0100000000000000'", own);
    assert_int_equal(1, n_rows(clinic, where));
}

static void
the_same_request_again_is_another_look(void **state)
{
    struct clinic *clinic = *state;
    char frame[CLINIC_FRAME_SIZE];
    struct kor_call *calls[2];
    clinic_frame(frame, 800, "open", "{}");
    calls[0] = clinic_call(clinic, frame);
    calls[1] = clinic_call(clinic, frame);
    assert_int_equal(kor_service_write(clinic->service, calls, 2), KOR_OK);
    assert_true(calls[1]->is_repeat);
    assert_int_equal(2, n_rows(clinic, "action = 'open'"));
    clinic_call_free(calls[0]);
    clinic_call_free(calls[1]);
}

/* --- the chain ------------------------------------------------------------ */

static struct kor_log_finding
verify(const struct clinic *clinic)
{
    struct kor_log_finding found;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_log_verify(kor_service_store(clinic->service), &found,
                                &err),
           &err);
    return found;
}

/* Goes round the triggers, as whoever has the file could. */
static void
tamper(const struct clinic *clinic, const char *sql)
{
    char all[800];
    snprintf(all, sizeof all,
             "DROP TRIGGER access_log_kept; DROP TRIGGER access_log_cut; %s",
             sql);
    kit_sql(clinic->config.store_path, all);
}

static void
fill_log(struct clinic *clinic)
{
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    for (int day = 0; day < 4; day++) {
        clinic_day(clinic, day);
        clinic_total(clinic, code, "outcome", 20 + day);
    }
}

static void
a_chain_that_was_left_alone_holds_also_over_a_restart(void **state)
{
    struct clinic *clinic = *state;
    fill_log(clinic);
    clinic_restart(clinic);
    clinic_ok(clinic, "caseload", "{}");
    struct kor_log_finding found = verify(clinic);
    assert_int_equal(found.first_seq, 1);
    assert_int_equal(found.last.seq, 6);
    assert_int_equal(found.broken_seq, 0);
}

static void
whatever_is_changed_in_a_row_breaks_the_chain_there(void **state)
{
    static const char *const changes[] = {
        "at_ms = at_ms + 1", "actor_id = NULL", "name = 'eva'",
        "role = 'duty'", "action = 'ping'", "unit = '/'",
        "code = '2222-2222'", "episode = 2", "people = x'00'",
        "object = 'x'", "ground = 'unit'", "reason = 'x'",
        "outcome = 'forbidden'", "request = NULL", "hash = zeroblob(32)",
    };
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(changes); i++) {
        struct clinic *clinic = clinic_new();
        char sql[200];
        fill_log(clinic);
        snprintf(sql, sizeof sql, "UPDATE access_log SET %s WHERE seq = 3",
                 changes[i]);
        tamper(clinic, sql);
        struct kor_log_finding found = verify(clinic);
        assert_int_equal(found.broken_seq, 3);
        clinic_free(clinic);
    }
}

static void
a_row_that_is_gone_or_put_in_breaks_the_chain(void **state)
{
    struct clinic *clinic = *state;
    fill_log(clinic);
    tamper(clinic, "DELETE FROM access_log WHERE seq = 2;");
    assert_int_equal(verify(clinic).broken_seq, 3);
    kit_sql(clinic->config.store_path,
            "INSERT INTO access_log (seq, at_ms, action, outcome, hash) "
            "VALUES (2, 5, 'show', 'ok', zeroblob(32))");
    assert_int_equal(verify(clinic).broken_seq, 2);
}

static void
a_chain_cut_off_at_its_end_is_told_by_an_anchor(void **state)
{
    struct clinic *clinic = *state;
    fill_log(clinic);
    struct kor_log_tail anchor = verify(clinic).last;
    tamper(clinic, "DELETE FROM access_log WHERE seq = 5;");
    struct kor_log_finding found = verify(clinic);
    assert_int_equal(found.broken_seq, 0);
    assert_true(found.last.seq < anchor.seq);
}

static int
run_sql(const struct clinic *clinic, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(clinic->config.store_path, &db), SQLITE_OK);
    int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    sqlite3_close(db);
    return rc;
}

static void
the_database_refuses_to_change_or_delete_rows(void **state)
{
    static const char *const wrong[] = {
        "UPDATE access_log SET name = 'x'",
        "UPDATE access_log SET seq = 99 WHERE seq = 1",
        "DELETE FROM access_log",
        "DELETE FROM access_log WHERE seq = 1",
        /* A cut has to be at a row of its own and five years old. */
        "INSERT INTO log_cut SELECT seq, hash, at_ms, at_ms + 1, 1 "
        "FROM access_log WHERE seq = 1",
        "INSERT INTO log_cut SELECT seq, zeroblob(32), at_ms, "
        "at_ms + 200000000000, 1 FROM access_log WHERE seq = 1",
        "INSERT INTO log_cut SELECT 77, hash, at_ms, "
        "at_ms + 200000000000, 1 FROM access_log WHERE seq = 1",
    };
    struct clinic *clinic = *state;
    fill_log(clinic);
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        assert_int_equal(run_sql(clinic, wrong[i]), SQLITE_CONSTRAINT);
    }
    /* So it may be cut, once; and the chain goes on behind. */
    assert_int_equal(run_sql(clinic,
                             "INSERT INTO log_cut SELECT seq, hash, at_ms, "
                             "at_ms + 200000000000, 1 FROM access_log WHERE "
                             "seq = 2; DELETE FROM access_log WHERE seq <= 2"),
                     SQLITE_OK);
    assert_int_equal(run_sql(clinic, "DELETE FROM access_log"),
                     SQLITE_CONSTRAINT);
    assert_int_equal(run_sql(clinic, "DELETE FROM log_cut"),
                     SQLITE_CONSTRAINT);
    assert_int_equal(run_sql(clinic, "UPDATE log_cut SET seq = 9"),
                     SQLITE_CONSTRAINT);
    struct kor_log_finding found = verify(clinic);
    assert_int_equal(found.broken_seq, 0);
    assert_int_equal(found.first_seq, 3);
}

/* --- who is admitted ------------------------------------------------------ */

static void
a_key_revoked_while_a_request_waits_is_refused_when_it_is_answered(
    void **state)
{
    struct clinic *clinic = *state;
    char frame[CLINIC_FRAME_SIZE];
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    clinic_frame(frame, 900, "open", "{}");
    struct kor_call *write = clinic_call(clinic, frame);
    clinic_frame(frame, 901, "caseload", "{}");
    struct kor_call *read = clinic_call(clinic, frame);
    kit_sql(clinic->config.store_path,
            "UPDATE actor SET revoked_ms = 1 WHERE id = 2");
    kit_ok(kor_service_reload(clinic->service, &err), &err);
    assert_int_equal(kor_service_write(clinic->service, &write, 1), KOR_OK);
    assert_int_equal(write->code, KOR_FORBIDDEN);
    kor_worker_read(clinic->worker, read);
    assert_int_equal(read->code, KOR_FORBIDDEN);
    assert_int_equal(1, n_rows(clinic, "action = 'open' AND actor_id = 2 AND "
                                       "outcome = 'forbidden'"));
    clinic_call_free(write);
    clinic_call_free(read);
}

static void
a_key_ends_at_its_hour(void **state)
{
    struct clinic *clinic = *state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    char sql[120];
    snprintf(sql, sizeof sql, "UPDATE actor SET expires_ms = %lld WHERE id = 2",
             (long long)clinic->now_ms + 1000);
    kit_sql(clinic->config.store_path, sql);
    kit_ok(kor_service_reload(clinic->service, &err), &err);
    clinic_ok(clinic, "caseload", "{}");
    clinic->now_ms += 999;
    clinic_ok(clinic, "caseload", "{}");
    clinic->now_ms += 1;
    clinic_refused(clinic, KOR_FORBIDDEN, "", "caseload", "{}");
}

/* --- looking at it -------------------------------------------------------- */

static void
a_client_may_read_who_looked_and_who_was_refused(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], other[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_open(clinic, other);
    struct kor_caller first = clinic->caller;
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    (void)clinic_ask(clinic, "show", "{'code': '%s'}", code);
    clinic->caller = first;
    clinic_ok(clinic, "caseload", "{}");
    clinic_ok(clinic, "show", "{'code': '%s'}", other);
    clinic_ok(clinic, "log.of", "{'code': '%s'}", code);
    assert_int_equal(3, clinic_count(clinic, "rows"));
    assert_string_equal("open", clinic_text(clinic, "rows[0].action"));
    assert_string_equal("ann", clinic_text(clinic, "rows[1].name"));
    assert_string_equal("forbidden", clinic_text(clinic, "rows[1].outcome"));
    assert_string_equal("caseload", clinic_text(clinic, "rows[2].action"));
    assert_reply(clinic, "rows[2].listed", 2);
    /* Asking is a look of its own. */
    clinic_ok(clinic, "log.of", "{'code': '%s'}", code);
    assert_int_equal(4, clinic_count(clinic, "rows"));
}

/* An id may begin in the middle of two others: that is nobody. */
static void
lists_are_searched_id_by_id(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code); /* Person 1. */
    kit_sql(clinic->config.store_path,
            "INSERT INTO person (id, code) VALUES (256, '9999-9999')");
    struct kor_log_row row = {.at_ms = 1, .action = "caseload",
                              .outcome = "ok"};
    struct kor_store *store = kor_service_store(clinic->service);
    struct kor_log_tail tail;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kor_buf_add(&row.people, "\0\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0", 16);
    kit_ok(kor_store_log_tail(store, &tail, &err), &err);
    kit_ok(kor_store_begin(store, &err), &err);
    kit_ok(kor_store_log_add(store, &tail, &row, &err), &err);
    kit_ok(kor_store_commit(store, &err), &err);
    kor_buf_done(&row.people);
    clinic_restart(clinic);
    clinic_ok(clinic, "log.of", "{'code': '%s'}", code);
    assert_int_equal(1, clinic_count(clinic, "rows"));
}

static void
an_auditor_finds_what_was_done_to_somebody_who_is_gone(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    kit_sql(clinic->config.store_path,
            "DELETE FROM episode; DELETE FROM person");
    clinic_actor(clinic, "eva", KOR_ROLE_BIT(KOR_ACTOR_AUDITOR));
    clinic_ok(clinic, "log.of", "{'code': '%s'}", code);
    assert_int_equal(1, clinic_count(clinic, "rows"));
}

static void
verify_names_the_row_and_holds_an_anchor(void **state)
{
    struct clinic *clinic = *state;
    char hash[80];
    fill_log(clinic);
    clinic_ok(clinic, "log.verify", "{}");
    assert_reply(clinic, "first", 1);
    assert_reply(clinic, "last", 5);
    assert_reply(clinic, "broken", NAN);
    snprintf(hash, sizeof hash, "%s", clinic_text(clinic, "hash"));
    clinic_ok(clinic, "log.verify", "{'anchor': '5:%s'}", hash);
    assert_string_equal("holds", clinic_text(clinic, "anchor"));
    clinic_ok(clinic, "log.verify", "{'anchor': '4:%s'}", hash);
    assert_string_equal("fails", clinic_text(clinic, "anchor"));
    clinic_ok(clinic, "log.verify", "{'anchor': '99:%s'}", hash);
    assert_string_equal("fails", clinic_text(clinic, "anchor"));
    static const char *const wrong[] = {"5", "5:ab", ":%s", "0:00", "x:y"};
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        clinic_refused(clinic, KOR_BAD_VALUE, "anchor", "log.verify", "{'anchor': '%s'}", wrong[i]);
    }
    tamper(clinic, "UPDATE access_log SET name = 'eva' WHERE seq = 4;");
    clinic_ok(clinic, "log.verify", "{}");
    assert_reply(clinic, "broken", 4);
}

static void
a_spot_check_draws_different_rows_of_the_days_asked_for(void **state)
{
    struct clinic *clinic = *state;
    char date[KOR_DATE_SIZE];
    fill_log(clinic); /* Rows 1 and 2 on day 0, then one a day. */
    clinic_ok(clinic, "log.review", "{'n': 3, 'from': '%s'}",
              clinic_date(0, date));
    assert_int_equal(3, clinic_count(clinic, "rows"));
    double a = clinic_num(clinic, "rows[0].seq");
    double b = clinic_num(clinic, "rows[1].seq");
    double c = clinic_num(clinic, "rows[2].seq");
    assert_true(a < b && b < c && a >= 1 && c <= 5);
    clinic_ok(clinic, "log.review", "{'n': 100, 'from': '%s', 'to': '%s'}",
              date, date);
    assert_int_equal(2, clinic_count(clinic, "rows"));
    assert_reply(clinic, "first", 1);
    assert_reply(clinic, "last", 2);
    clinic_refused(clinic, KOR_NOT_FOUND, "from", "log.review",
                   "{'from': '2001-01-01', 'to': '2001-01-02'}");
    clinic_ok(clinic, "log.reviewed", "{'id': 2, 'finding': 'nothing'}");
    clinic_refused(clinic, KOR_CONFLICT, "id", "log.reviewed",
                   "{'id': 2, 'finding': 'something'}");
    clinic_refused(clinic, KOR_NOT_FOUND, "id", "log.reviewed",
                   "{'id': 9, 'finding': 'x'}");
    clinic_ok(clinic, "log.reviews", "{}");
    assert_int_equal(2, clinic_count(clinic, "reviews"));
    assert_string_equal("nothing", clinic_text(clinic, "reviews[0].finding"));
}

static void
rows_older_than_five_years_can_go_and_the_chain_goes_on(void **state)
{
    struct clinic *clinic = *state;
    char date[KOR_DATE_SIZE];
    fill_log(clinic);
    char wish[64];
    snprintf(wish, sizeof wish, "{'before': '%s'}", clinic_date(2, date));
    clinic_day(clinic, 1826 + 1); /* Five years, short by a day. */
    clinic_refused(clinic, KOR_BAD_VALUE, "before", "log.cut", wish, 0);
    clinic_day(clinic, 1826 + 4);
    clinic_ok(clinic, "log.cut", wish, 0);
    assert_reply(clinic, "last", 3); /* Day 0 twice and day 1. */
    assert_reply(clinic, "rows", 3);
    assert_int_equal(kor_service_idle(clinic->service), KOR_OK);
    assert_int_equal(0, n_rows(clinic, "seq <= 3"));
    assert_int_equal(verify(clinic).broken_seq, 0);
    assert_int_equal(verify(clinic).first_seq, 4);
    clinic_refused(clinic, KOR_NOT_FOUND, "before", "log.cut", wish, 0);
}

#define TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_request_is_a_row_whether_it_wrote_or_read),
        TEST(a_refusal_is_a_row_with_whom_it_was_about),
        TEST(a_batch_that_was_taken_back_is_logged_once_for_each_call),
        TEST(a_list_notes_everybody_who_was_in_it),
        TEST(so_does_every_kind_of_list),
        TEST(an_import_notes_everybody_who_was_in_it),
        TEST(who_comes_after_an_erasure_has_no_rows_of_before),
        TEST(a_refusal_about_a_second_client_notes_both),
        TEST(the_same_request_again_is_another_look),
        TEST(a_chain_that_was_left_alone_holds_also_over_a_restart),
        cmocka_unit_test(whatever_is_changed_in_a_row_breaks_the_chain_there),
        TEST(a_row_that_is_gone_or_put_in_breaks_the_chain),
        TEST(a_chain_cut_off_at_its_end_is_told_by_an_anchor),
        TEST(the_database_refuses_to_change_or_delete_rows),
        TEST(a_client_may_read_who_looked_and_who_was_refused),
        TEST(lists_are_searched_id_by_id),
        TEST(an_auditor_finds_what_was_done_to_somebody_who_is_gone),
        TEST(verify_names_the_row_and_holds_an_anchor),
        TEST(a_spot_check_draws_different_rows_of_the_days_asked_for),
        TEST(rows_older_than_five_years_can_go_and_the_chain_goes_on),
        TEST(a_key_revoked_while_a_request_waits_is_refused_when_it_is_answered),
        TEST(a_key_ends_at_its_hour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
