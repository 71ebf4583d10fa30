/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store: a file of the first schema is brought to today's with nothing lost
 * and nobody's rights changed, wherever the first try broke off. */

#include "support/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kor/base/buf.h"
#include "kor/base/log.h"
#include "store/actor.h"
#include "store/episode.h"
#include "store/sql.h"
#include "support/faultvfs.h"
#include "support/storekit.h"

#define MAX_CALLS 500
#define ALL_BUT_TWO                                                           \
    "administrator,auditor,duty,leader,operator,supervisor,therapist"

struct bench {
    char folder[KIT_PATH_SIZE];
    char path[2 * KIT_PATH_SIZE];
    struct faultvfs *faults;
};

/* As release 0.2.0 left them: two keys of one therapist, and an operator's;
 * two people in two units. */
static const char first_rows[]
    = "INSERT INTO actor VALUES (1, zeroblob(32), 'ann', 'therapist', 5),"
      " (2, CAST('0123456789abcdef0123456789abcdef' AS BLOB), 'eva',"
      " 'operator', 6), (3, CAST('fedcba9876543210fedcba9876543210' AS BLOB),"
      " 'ann', 'therapist', 7);"
      "INSERT INTO person (id, code) VALUES (1, '3333-3333'),"
      " (2, '4333-333W');"
      "INSERT INTO episode (id, person_id, number, pathway, unit, therapist,"
      " opened_date) VALUES (1, 1, 1, 'therapy', 'clinic', 'ann', 20000),"
      " (2, 2, 1, 'therapy', 'north', 'eva', 20000);"
      "INSERT INTO session (id, episode_id, number, session_date, status)"
      " VALUES (1, 1, 1, 20000, 'held');"
      "INSERT INTO request VALUES (zeroblob(16), 1, 5, zeroblob(16), '{}');";

static void
make_first(const struct bench *bench)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < KOR_LENGTH(endings); i++) {
        char file[3 * KIT_PATH_SIZE];
        snprintf(file, sizeof file, "%s%s", bench->path, endings[i]);
        (void)remove(file);
    }
    struct kor_buf sql = {0};
    kor_buf_printf(&sql, "PRAGMA journal_mode = WAL; BEGIN; %s; %s;"
                   "PRAGMA user_version = 1; PRAGMA application_id = %d;"
                   "COMMIT", kor_migrations[0].text, first_rows,
                   KOR_STORE_APPLICATION_ID);
    kit_sql(bench->path, kor_buf_text(&sql));
    kor_buf_done(&sql);
}

/* The first number that 'sql' gives on the file. */
static int
number(const struct bench *bench, const char *sql)
{
    return (int)kit_number(bench->path, NULL, sql);
}

static int
set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    kit_folder(bench->folder);
    snprintf(bench->path, sizeof bench->path, "%s/kor.db", bench->folder);
    bench->faults = faultvfs_new();
    make_first(bench);
    kor_log_set((enum kor_log_level)0);
    *state = bench;
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    faultvfs_free(bench->faults);
    kit_folder_remove(bench->folder);
    free(bench);
    return 0;
}

static void
take_actor(void *to, const struct kor_actor *actor)
{
    int64_t *accounts = to;
    assert_in_range(actor->id, 1, 3);
    assert_true(actor->expires_ms == KOR_NO_MS);
    accounts[actor->id] = actor->account.id;
}

/* Who had a key has it, and the roles that go with what it could do. */
static void
look_at_accounts(struct kor_store *store)
{
    struct kor_err err;
    struct kor_account ann, eva;
    int64_t accounts[4] = {0};
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_account_find(store, "ann", &ann, &err), &err);
    kit_ok(kor_store_account_find(store, "eva", &eva, &err), &err);
    assert_string_equal(ann.roles, "therapist");
    assert_string_equal(eva.roles, ALL_BUT_TWO);
    assert_string_equal(ann.unit_path, "/");
    assert_true(ann.left_ms == KOR_NO_MS);
    kit_ok(kor_store_actors(store, take_actor, accounts, &err), &err);
    assert_int_equal(accounts[1], ann.id);
    assert_int_equal(accounts[2], eva.id);
    assert_int_equal(accounts[3], ann.id);
}

/* What was in the file is there, and can be added to. */
static void
look(struct kor_store *store)
{
    struct kor_err err;
    struct kor_unit north = {.name = "north"};
    struct kor_episode episode;
    struct kor_session session
        = {.number = 2, .session_date = KIT_DAY, .status = "held"};
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_check(store, &err), &err);
    look_at_accounts(store);
    kit_ok(kor_store_unit_find(store, &north, &err), &err);
    assert_string_equal(north.path, "/north/");
    kit_ok(kor_store_episode_load(store, 1, &episode, &err), &err);
    assert_string_equal(episode.person.code, "3333-3333");
    assert_string_equal(episode.unit_path, "/clinic/");
    assert_string_equal(episode.cover, "");
    assert_string_equal(episode.supervisor, "");
    kit_ok(kor_store_session_add(store, 1, &session, &err), &err);
    /* References are looked at again. */
    session.number = 3;
    assert_int_equal(kor_store_session_add(store, 77, &session, &err),
                     KOR_INTERNAL);
}

static void
nothing_is_lost_and_nobodys_rights_change(void **state)
{
    struct bench *bench = *state;
    struct kor_store *store = kit_open(bench->path);
    look(store);
    kor_store_close(store);
    assert_true(number(bench, "PRAGMA user_version") > 1);
}

/* A row of nobody's would be given to whoever comes later. */
static void
a_file_that_does_not_fit_together_is_left_as_it_was(void **state)
{
    struct bench *bench = *state;
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_sql(bench->path, "DELETE FROM person WHERE id = 2");
    assert_int_equal(kor_store_open(bench->path, NULL, true, &store, &err),
                     KOR_CORRUPT);
    assert_null(store);
    assert_non_null(strstr(err.text, "restore a backup"));
    assert_int_equal(number(bench, "PRAGMA user_version"), 1);
    assert_int_equal(number(bench, "SELECT count(name) FROM actor"), 3);
    kit_sql(bench->path, "INSERT INTO person (id, code) VALUES (2, 'x')");
    store = kit_open(bench->path);
    look(store);
    kor_store_close(store);
}

/* Somebody made a table of that name before us. */
static void
a_migration_that_is_refused_leaves_no_trace(void **state)
{
    struct bench *bench = *state;
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_sql(bench->path, "CREATE TABLE hand_over (x)");
    assert_int_equal(kor_store_open(bench->path, NULL, true, &store, &err),
                     KOR_INTERNAL);
    assert_null(store);
    assert_int_equal(number(bench, "PRAGMA user_version"), 1);
    assert_int_equal(number(bench, "SELECT count(*) FROM sqlite_schema "
                                   "WHERE name = 'unit'"), 0);
    kit_sql(bench->path, "DROP TABLE hand_over");
    store = kit_open(bench->path);
    look(store);
    kor_store_close(store);
}

/* Opens the file of the first schema; the 'nth' call of that kind fails.
 * Returns whether it did. */
static bool
break_off(struct bench *bench, enum fault fault, int nth, int rc,
          bool is_for_good)
{
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    make_first(bench);
    faultvfs_arm(bench->faults, fault, nth, rc, is_for_good);
    enum kor_code code = kor_store_open(
        bench->path, faultvfs_name(bench->faults), false, &store, &err);
    bool has_fired = faultvfs_has_fired(bench->faults);
    assert_true(code == KOR_OK ? store != NULL : has_fired && !store);
    kor_store_close(store);
    faultvfs_disarm(bench->faults);
    /* Tables and number go together. */
    assert_int_equal(number(bench, "SELECT count(*) FROM sqlite_schema "
                                   "WHERE name = 'access_log'"),
                     number(bench, "PRAGMA user_version") > 1);
    store = kit_open(bench->path);
    look(store);
    kor_store_close(store);
    return has_fired;
}

static void
a_migration_broken_off_anywhere_is_done_again(void **state)
{
    static const struct {
        enum fault fault;
        int rc;
        bool is_for_good;
    } plans[] = {
        {FAULT_WRITE, SQLITE_FULL, true},
        {FAULT_SYNC, SQLITE_IOERR_FSYNC, false},
        {FAULT_READ, SQLITE_IOERR_READ, false},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < KOR_LENGTH(plans); i++) {
        int nth = 1;
        while (break_off(bench, plans[i].fault, nth, plans[i].rc,
                         plans[i].is_for_good)) {
            nth++;
            assert_true(nth < MAX_CALLS);
        }
        assert_true(nth > 2);
    }
}

#define WITH_BENCH(test)                                                      \
    cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BENCH(nothing_is_lost_and_nobodys_rights_change),
        WITH_BENCH(a_file_that_does_not_fit_together_is_left_as_it_was),
        WITH_BENCH(a_migration_that_is_refused_leaves_no_trace),
        WITH_BENCH(a_migration_broken_off_anywhere_is_done_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
