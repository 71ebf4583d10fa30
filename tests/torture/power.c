/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Power cuts: the service on a disk in memory that forgets, drops, tears and
 * reorders what was not synced.
 *
 * Before any call that changes the disk, in the middle of a batch, of folding
 * the log in, of opening and of closing, the power may go.  What is left is
 * opened by a second service: all that was acknowledged is there once, the
 * same ids give the same answers, and the file is whole.  Now and then the
 * first service goes on from what is left as well. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kor/base/log.h"
#include "support/clinic.h"
#include "support/ledger.h"
#include "support/near.h"
#include "support/powervfs.h"

#define MOST_WAITING 4  /* Cuts that wait to be looked at. */
#define MOST_BATCH 8
#define WORLD 150       /* Requests until a new disk is begun. */
#define ONE_IN 3        /* Calls that change the disk, to one cut. */

struct bench {
    struct torture *torture;
    struct powervfs *disk;
    struct clinic *clinic;
    struct ledger *ledger;
    int next, end;       /* Serials of the client at hand. */
    struct powervfs *cuts[MOST_WAITING];
    size_t n_cuts;
};

static bool
wants_more(const struct bench *bench)
{
    return bench->torture->done < bench->torture->wanted;
}

/* --- asking -------------------------------------------------------------- */

/* Answers 'n' serials in one batch on 'clinic'. */
static void
ask(struct bench *bench, struct clinic *clinic, const int serials[],
    struct kor_buf replies[], size_t n)
{
    struct kor_call *calls[MOST_BATCH];
    for (size_t i = 0; i < n; i++) {
        char frame[CLINIC_FRAME_SIZE];
        calls[i] = clinic_call(clinic,
                               ledger_frame(bench->ledger, serials[i], frame));
    }
    assert_int_equal(kor_service_write(clinic->service, calls, n), KOR_OK);
    for (size_t i = 0; i < n; i++) {
        kor_call_frame(calls[i], &replies[i]);
        clinic_call_free(calls[i]);
    }
}

/* --- what is left -------------------------------------------------------- */

/* The same ids, asked of what is left, give the same answers. */
static void
ask_again(struct bench *bench, struct clinic *left)
{
    int from = bench->next > MOST_BATCH ? bench->next - MOST_BATCH : 0;
    for (int serial = from; serial < bench->next; serial++) {
        struct kor_buf reply = {0};
        int heard;
        ask(bench, left, &serial, &reply, 1);
        if (ledger_is_acknowledged(bench->ledger, serial)) {
            (void)ledger_hear(bench->ledger, &reply, bench->torture, &heard);
        } else if (!strstr(kor_buf_text(&reply), "\"code\":\"ok\"")) {
            torture_lost(bench->torture, "%d cannot be asked again: %s",
                         serial, kor_buf_text(&reply));
        }
        kor_buf_done(&reply);
    }
}

static void
look(struct bench *bench, struct powervfs *cut)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct clinic *left
        = clinic_copy_on(bench->clinic, powervfs_name(cut), &err);
    if (left) {
        ledger_check(bench->ledger, left->config.store_path,
                     powervfs_name(cut), false, bench->torture);
        ask_again(bench, left);
        clinic_free(left);
    } else {
        torture_lost(bench->torture, "what is left does not open: %s",
                     err.text);
    }
    bench->torture->done++;
}

static void
look_at_all(struct bench *bench)
{
    while (bench->n_cuts > 0) {
        struct powervfs *cut = bench->cuts[--bench->n_cuts];
        look(bench, cut);
        powervfs_free(cut);
    }
}

/* The disk is about to change. */
static void
on_change(void *arg)
{
    struct bench *bench = arg;
    struct dice *dice = &bench->torture->dice;
    if (bench->n_cuts < MOST_WAITING && dice_int(dice, 1, ONE_IN) == 1) {
        bench->cuts[bench->n_cuts++] = powervfs_cut(bench->disk, dice);
    }
}

/* --- what the first service does ----------------------------------------- */

static void
batch(struct bench *bench)
{
    int serials[MOST_BATCH];
    struct kor_buf replies[MOST_BATCH] = {{0}};
    size_t n = (size_t)dice_int(&bench->torture->dice, 1, MOST_BATCH);
    for (size_t i = 0; i < n; i++) {
        if (bench->next == bench->end) {
            bench->next = ledger_take(bench->ledger);
            bench->end = bench->next + LEDGER_BLOCK;
        }
        serials[i] = bench->next++;
    }
    ask(bench, bench->clinic, serials, replies, n);
    look_at_all(bench); /* Nobody has heard anything yet. */
    for (size_t i = 0; i < n; i++) {
        int serial;
        enum kor_code code = ledger_hear(bench->ledger, &replies[i],
                                         bench->torture, &serial);
        assert_int_equal(code, KOR_OK);
        kor_buf_done(&replies[i]);
    }
}

/* The first service goes on from what a cut leaves. */
static void
go_on(struct bench *bench)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct powervfs *disk = powervfs_cut(bench->disk, &bench->torture->dice);
    struct powervfs *old_disk = bench->disk;
    struct clinic *old = bench->clinic;
    powervfs_listen(old_disk, NULL, NULL);
    bench->disk = disk;
    powervfs_listen(disk, on_change, bench);
    bench->clinic = clinic_copy_on(old, powervfs_name(disk), &err);
    kit_ok(bench->clinic ? KOR_OK : err.code, &err);
    memcpy(bench->clinic->folder, old->folder, sizeof old->folder);
    old->folder[0] = '\0';
    clinic_free(old);
    powervfs_free(old_disk);
}

static void
step(struct bench *bench)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    int64_t what = dice_int(&bench->torture->dice, 1, 100);
    if (what <= 65) {
        batch(bench);
    } else if (what <= 75) {
        bench->clinic->now_ms += 1000;
        assert_int_equal(kor_service_idle(bench->clinic->service), KOR_OK);
    } else if (what <= 88) {
        kit_ok(kor_store_checkpoint(kor_service_store(bench->clinic->service),
                                    0, &err),
               &err);
    } else if (what <= 94) {
        clinic_restart(bench->clinic);
    } else {
        go_on(bench);
    }
    look_at_all(bench);
}

/* A new disk, from the first request on. */
static void
live_once(struct bench *bench)
{
    bench->ledger = ledger_new();
    bench->next = bench->end = 0;
    bench->disk = powervfs_new();
    bench->clinic = clinic_new_on(powervfs_name(bench->disk));
    powervfs_listen(bench->disk, on_change, bench);
    while (bench->next < WORLD && wants_more(bench)) {
        step(bench);
    }
    powervfs_listen(bench->disk, NULL, NULL);
    clinic_free(bench->clinic);
    powervfs_free(bench->disk);
    ledger_free(bench->ledger);
}

static void
whatever_was_acknowledged_outlives_a_power_cut(void **state)
{
    struct bench bench = {.torture = *state};
    while (wants_more(&bench)) {
        live_once(&bench);
    }
    assert_int_equal(bench.torture->lost, 0);
}

/* --- whether this test can fail ------------------------------------------ */

/* Rows that were acknowledged one by one, and the cuts among them. */
struct rows {
    struct powervfs *disk;
    struct dice dice;
    int n_acknowledged;
    int n_cuts, n_lost;
};

static int
count_rows(const char *vfs)
{
    sqlite3 *db;
    sqlite3_stmt *stmt = NULL;
    int n = -1;
    if (sqlite3_open_v2("rows.db", &db, SQLITE_OPEN_READWRITE, vfs)
            == SQLITE_OK
        && sqlite3_prepare_v2(db, "SELECT count(*) FROM a", -1, &stmt, NULL)
               == SQLITE_OK
        && sqlite3_step(stmt) == SQLITE_ROW) {
        n = sqlite3_column_int(stmt, 0);
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return n;
}

static void
on_row_change(void *arg)
{
    struct rows *rows = arg;
    struct powervfs *cut = powervfs_cut(rows->disk, &rows->dice);
    rows->n_cuts++;
    rows->n_lost += count_rows(powervfs_name(cut)) < rows->n_acknowledged;
    powervfs_free(cut);
}

/* How many of some hundred cuts lose rows with that setting of SQLite's. */
static struct rows
lose_rows(const char *synchronous)
{
    struct rows rows = {.dice.state = 7};
    char sql[200];
    sqlite3 *db;
    rows.disk = powervfs_new();
    assert_int_equal(sqlite3_open_v2("rows.db", &db,
                                     SQLITE_OPEN_READWRITE
                                         | SQLITE_OPEN_CREATE,
                                     powervfs_name(rows.disk)),
                     SQLITE_OK);
    snprintf(sql, sizeof sql,
             "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 10; "
             "PRAGMA synchronous = FULL; CREATE TABLE a (b); "
             "PRAGMA synchronous = %s", synchronous);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    powervfs_listen(rows.disk, on_row_change, &rows);
    for (int i = 0; i < 60; i++) {
        assert_int_equal(sqlite3_exec(db, "INSERT INTO a VALUES (1)", NULL,
                                      NULL, NULL),
                         SQLITE_OK);
        rows.n_acknowledged++;
    }
    powervfs_listen(rows.disk, NULL, NULL);
    sqlite3_close(db);
    powervfs_free(rows.disk);
    return rows;
}

static void
a_store_that_syncs_less_is_caught(void **state)
{
    (void)state;
    struct rows full = lose_rows("FULL");
    assert_true(full.n_cuts > 150);
    assert_int_equal(full.n_lost, 0);
    assert_true(lose_rows("NORMAL").n_lost > 20);
    assert_true(lose_rows("OFF").n_lost > 20);
}

int
main(int argc, char *argv[])
{
    static struct torture torture;
    torture_begin(&torture, "cuts", argc, argv, 300, 10000);
    kor_log_set(KOR_LOG_ERROR);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(
            whatever_was_acknowledged_outlives_a_power_cut, &torture),
        cmocka_unit_test(a_store_that_syncs_less_is_caught),
    };
    return torture_end(&torture, cmocka_run_group_tests(tests, NULL, NULL));
}
