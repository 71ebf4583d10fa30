/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store: the chain of the access log is what anybody can compute from its
 * rows (access_log_oracle.h, made by access_log.py), and it goes on from
 * where it was cut. */

#include "support/near.h"

#include <stdio.h>
#include <string.h>

#include "store/access_log.h"
#include "store/store_provider.h"
#include "support/storekit.h"

#include "oracle/access_log_oracle.h"

#define OK(call) kit_ok((call), &err)

/* The rows of access_log.py; 'people' is the caller's to let go of. */
static void
make_rows(struct kor_log_row rows[2])
{
    static const char people[8] = {1};
    rows[0] = (struct kor_log_row){.at_ms = KIT_MS, .action = "log-in",
                                   .outcome = "forbidden"};
    rows[1] = (struct kor_log_row){
        .at_ms = KIT_MS + 1, .actor_id = 7, .name = "ann",
        .role = "therapist", .action = "show", .unit = "/clinic/north/",
        .code = "4333-333W", .episode = 3, .object = "outcome",
        .ground = "emergency", .reason = "needed at once, r\xc3\xa5" "d",
        .outcome = "ok"};
    kor_buf_add(&rows[1].people, people, sizeof people);
    for (uint8_t i = 0; i < KOR_UUID_SIZE; i++) {
        rows[1].request[i] = i;
    }
}

/* A store in memory with the two rows in its log. */
static struct kor_store *
make_log(struct kor_log_tail *tail)
{
    struct kor_err err;
    struct kor_log_row rows[2];
    struct kor_store *store = kit_open(":memory:");
    kor_err_init(&err, KOR_EN);
    make_rows(rows);
    OK(kor_store_log_tail(store, tail, &err));
    assert_int_equal(tail->seq, 0);
    for (int i = 0; i < 2; i++) {
        OK(kor_store_log_add(store, tail, &rows[i], &err));
        assert_int_equal(rows[i].seq, i + 1);
        assert_int_equal(tail->seq, i + 1);
        assert_true(tail->at_ms == KIT_MS + i);
        assert_memory_equal(tail->hash, chain[i], sizeof tail->hash);
    }
    kor_buf_done(&rows[1].people);
    return store;
}

/* Goes round the triggers, as whoever has the file could. */
static void
tamper(struct kor_store *store, const char *sql)
{
    assert_int_equal(
        sqlite3_exec(store->db,
                     "DROP TRIGGER IF EXISTS access_log_kept;"
                     "DROP TRIGGER IF EXISTS access_log_cut", NULL, NULL,
                     NULL),
        SQLITE_OK);
    assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL),
                     SQLITE_OK);
}

static void
hashes_are_those_of_hashlib(void **state)
{
    (void)state;
    struct kor_log_tail tail, again;
    struct kor_store *store = make_log(&tail);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    OK(kor_store_log_tail(store, &again, &err));
    assert_int_equal(again.seq, 2);
    assert_true(again.at_ms == KIT_MS + 1);
    assert_memory_equal(again.hash, chain[1], sizeof again.hash);
    kor_store_close(store);
}

struct reading {
    struct kor_log_row rows[2];
    int n;
    int stop_at; /* Row after which to stop. */
};

static enum kor_code
take_row(void *to, const struct kor_log_row *row, struct kor_err *err)
{
    struct reading *reading = to;
    const struct kor_log_row *expected = &reading->rows[reading->n];
    (void)err;
    assert_int_equal(row->seq, reading->n + 1);
    assert_true(row->at_ms == expected->at_ms);
    assert_int_equal(row->actor_id, expected->actor_id);
    assert_string_equal(row->name, expected->name);
    assert_string_equal(row->role, expected->role);
    assert_string_equal(row->action, expected->action);
    assert_string_equal(row->unit, expected->unit);
    assert_string_equal(row->code, expected->code);
    assert_int_equal(row->episode, expected->episode);
    assert_int_equal(row->people.size, expected->people.size);
    assert_string_equal(row->object, expected->object);
    assert_string_equal(row->ground, expected->ground);
    assert_string_equal(row->reason, expected->reason);
    assert_string_equal(row->outcome, expected->outcome);
    assert_memory_equal(row->request, expected->request, KOR_UUID_SIZE);
    assert_memory_equal(row->hash, chain[reading->n], KOR_LOG_HASH_SIZE);
    return ++reading->n == reading->stop_at ? KOR_CONFLICT : KOR_OK;
}

static void
rows_are_read_as_they_were_written_until_somebody_stops(void **state)
{
    (void)state;
    struct kor_log_tail tail;
    struct kor_store *store = make_log(&tail);
    struct kor_err err;
    struct reading reading = {.n = 0};
    kor_err_init(&err, KOR_EN);
    make_rows(reading.rows);
    OK(kor_store_log_rows(store, 0, take_row, &reading, &err));
    assert_int_equal(reading.n, 2);
    reading.n = 1;
    OK(kor_store_log_rows(store, 1, take_row, &reading, &err));
    assert_int_equal(reading.n, 2);
    reading.n = 0;
    reading.stop_at = 1;
    assert_int_equal(kor_store_log_rows(store, 0, take_row, &reading, &err),
                     KOR_CONFLICT);
    assert_int_equal(reading.n, 1);
    /* And the query is over: it can be asked again. */
    reading = (struct reading){.rows = {reading.rows[0], reading.rows[1]}};
    OK(kor_store_log_rows(store, 0, take_row, &reading, &err));
    kor_buf_done(&reading.rows[1].people);
    kor_store_close(store);
}

static void
an_empty_log_holds(void **state)
{
    (void)state;
    struct kor_store *store = kit_open(":memory:");
    struct kor_log_finding found;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    OK(kor_store_log_verify(store, &found, &err));
    assert_int_equal(found.first_seq, 0);
    assert_int_equal(found.broken_seq, 0);
    assert_int_equal(found.last.seq, 0);
    kor_store_close(store);
}

/* A hash of another length is read as zeros, which nothing has. */
static void
a_hash_that_was_cut_breaks_the_chain(void **state)
{
    static const char *const hashes[] = {"x''", "x'00'", "zeroblob(33)"};
    static const uint8_t zeros[KOR_LOG_HASH_SIZE];
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(hashes); i++) {
        struct kor_log_tail tail;
        struct kor_log_finding found;
        struct kor_store *store = make_log(&tail);
        struct kor_err err;
        char sql[120];
        kor_err_init(&err, KOR_EN);
        snprintf(sql, sizeof sql,
                 "UPDATE access_log SET hash = %s WHERE seq = 2", hashes[i]);
        tamper(store, sql);
        OK(kor_store_log_verify(store, &found, &err));
        assert_int_equal(found.broken_seq, 2);
        OK(kor_store_log_tail(store, &tail, &err));
        assert_int_equal(tail.seq, 2);
        assert_memory_equal(tail.hash, zeros, sizeof zeros);
        kor_store_close(store);
    }
}

/* What kor would not show of a row another program does. */
static void
what_does_not_fit_breaks_the_chain_too(void **state)
{
    static const char *const changes[] = {
        "episode = episode + 4294967296",
        "name = name || 'x'",             /* It had all there is room for. */
        "action = action || char(0) || 'x'",
        "outcome = outcome || char(0)",
    };
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(changes); i++) {
        struct kor_log_tail tail = {0};
        struct kor_log_finding found;
        struct kor_log_row row
            = {.at_ms = KIT_MS, .name = "abcdefghijklmnopqrstuvwxyz012345",
               .action = "show", .episode = 3, .outcome = "ok"};
        struct kor_store *store = kit_open(":memory:");
        struct kor_err err;
        char sql[120];
        kor_err_init(&err, KOR_EN);
        OK(kor_store_log_add(store, &tail, &row, &err));
        OK(kor_store_log_verify(store, &found, &err));
        assert_int_equal(found.broken_seq, 0);
        snprintf(sql, sizeof sql, "UPDATE access_log SET %s", changes[i]);
        tamper(store, sql);
        OK(kor_store_log_verify(store, &found, &err));
        if (found.broken_seq != 1) {
            fail_msg("not seen: %s", changes[i]);
        }
        kor_store_close(store);
    }
}

/* Rows of minutes 0, 10, 20 ... 90. */
static void
a_row_is_found_by_its_time_and_its_number(void **state)
{
    (void)state;
    struct kor_log_tail tail = {0};
    struct kor_log_row row = {.action = "ping", .outcome = "ok"};
    struct kor_store *store = kit_open(":memory:");
    struct kor_err err;
    int64_t seq = -1;
    kor_err_init(&err, KOR_EN);
    OK(kor_store_log_seq_at(store, KIT_MS, &seq, &err));
    assert_int_equal(seq, 0);
    for (int i = 0; i < 10; i++) {
        row.at_ms = KIT_MS + 600000 * i;
        OK(kor_store_log_add(store, &tail, &row, &err));
    }
    for (int minute = -5; minute < 100; minute++) {
        int first = minute <= 0 ? 1 : (minute + 9) / 10 + 1;
        OK(kor_store_log_seq_at(store, KIT_MS + 60000 * minute, &seq, &err));
        assert_int_equal(seq, first);
    }
    OK(kor_store_log_row(store, 4, &row, &err));
    assert_true(row.at_ms == KIT_MS + 1800000);
    assert_int_equal(kor_store_log_row(store, 11, &row, &err), KOR_NOT_FOUND);
    kor_buf_done(&row.people);
    kor_store_close(store);
}

/* Of several breaks the first is named, and the end is the last row. */
static void
the_first_break_is_named(void **state)
{
    (void)state;
    struct kor_log_tail tail;
    struct kor_log_finding found;
    struct kor_store *store = make_log(&tail);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    tamper(store, "UPDATE access_log SET name = 'eva'");
    OK(kor_store_log_verify(store, &found, &err));
    assert_int_equal(found.first_seq, 1);
    assert_int_equal(found.broken_seq, 1);
    assert_int_equal(found.last.seq, 2);
    kor_store_close(store);
}

/* All of it was old enough to be let go: the next row is the third. */
static void
a_log_that_was_cut_whole_goes_on(void **state)
{
    (void)state;
    struct kor_log_tail tail;
    struct kor_log_finding found;
    struct kor_log_row row = {.at_ms = KIT_MS + 9, .action = "ping",
                              .outcome = "ok"};
    struct kor_store *store = make_log(&tail);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_actor(store, 1);
    assert_int_equal(
        sqlite3_exec(store->db,
                     "INSERT INTO log_cut SELECT seq, hash, at_ms,"
                     " at_ms + 157784630000, 1 FROM access_log"
                     " WHERE seq = 2; DELETE FROM access_log", NULL, NULL,
                     NULL),
        SQLITE_OK);
    OK(kor_store_log_tail(store, &tail, &err));
    assert_int_equal(tail.seq, 2);
    assert_true(tail.at_ms == KIT_MS + 1);
    assert_memory_equal(tail.hash, chain[1], sizeof tail.hash);
    OK(kor_store_log_verify(store, &found, &err));
    assert_int_equal(found.first_seq, 0);
    assert_int_equal(found.last.seq, 2);
    OK(kor_store_log_add(store, &tail, &row, &err));
    assert_int_equal(row.seq, 3);
    OK(kor_store_log_verify(store, &found, &err));
    assert_int_equal(found.first_seq, 3);
    assert_int_equal(found.broken_seq, 0);
    kor_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_those_of_hashlib),
        cmocka_unit_test(
            rows_are_read_as_they_were_written_until_somebody_stops),
        cmocka_unit_test(an_empty_log_holds),
        cmocka_unit_test(a_hash_that_was_cut_breaks_the_chain),
        cmocka_unit_test(what_does_not_fit_breaks_the_chain_too),
        cmocka_unit_test(a_row_is_found_by_its_time_and_its_number),
        cmocka_unit_test(the_first_break_is_named),
        cmocka_unit_test(a_log_that_was_cut_whole_goes_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
