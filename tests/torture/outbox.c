/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SIGKILL while the outbox is filled and emptied: what kor has said that it
 * keeps is stored once, in order, whichever of kor and kord dies and when.
 *
 * Each round some entries are made while kord is away; now and then the kor
 * that makes one is killed.  Then kord is there and one or two kor deliver,
 * until they, or kord, are killed at a random moment.  What is left of the
 * round goes with the next one. */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

#include "support/live.h"
#include "support/near.h"
#include "support/run_kor.h"
#include "support/torture.h"

#define MOST 8192          /* Entries in all. */
#define OF_A_CLIENT 150    /* Entries of one client, each a session. */
#define KEPT 79            /* Exit status of who kept one. */
#define MOST_US 30000      /* A delivery lives so long at most, */
#define MOST_KORD_US 20000 /* and kord so long after it has begun. */

/* What became of an entry, as far as anybody was told. */
enum told { TOLD_NOTHING, TOLD_KEPT, TOLD_STORED };

struct bench {
    struct live live;
    struct torture *torture;
    char root[KIT_PATH_SIZE];
    char code[16]; /* The client of the newest entries. */
    char codes[MOST][16];
    int sessions[MOST];
    enum told told[MOST];
    int n;
};

/* Lets 'pid' work, until it has ended or for a random time. */
static void
let_work(struct bench *bench, pid_t pid, int64_t most_us)
{
    torture_await_end(pid, dice_int(&bench->torture->dice, 0, most_us));
}

static void
new_client(struct bench *bench)
{
    struct run run;
    setenv("KOR_WAIT", "20000", 1);
    run_kor("open --json", bench->live.folder, RUN_KEEP, &run);
    assert_int_equal(run.status, 0);
    const char *code = strstr(run.out.text, "\"code\":\"");
    assert_non_null(code);
    snprintf(bench->code, sizeof bench->code, "%.9s", code + 8);
    run_done(&run);
}

/* --- filling ------------------------------------------------------------- */

static void
line_of(const struct bench *bench, int i, char line[128])
{
    snprintf(line, 128, "record %s alliance --total %d.%d --session %d",
             bench->codes[i], i % 300 / 10, i % 10, bench->sessions[i]);
}

/* Ends the process, at once or when it likes, and returns its exit status; -1
 * if it was killed. */
static int
end(pid_t pid, int fd, bool is_killed)
{
    int status;
    if (is_killed) {
        kill(pid, SIGKILL);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    close(fd);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Records one entry; one kor in eight is killed while it is at it. */
static void
record_one(struct bench *bench)
{
    char line[128];
    int i = bench->n++, fd;
    assert_true(i < MOST);
    strcpy(bench->codes[i], bench->code);
    bench->sessions[i] = i % OF_A_CLIENT + 1;
    line_of(bench, i, line);
    bool is_killed = dice_int(&bench->torture->dice, 0, 7) == 0;
    pid_t pid = run_kor_start(line, bench->live.folder, &fd);
    if (is_killed) {
        let_work(bench, pid, MOST_US);
    }
    int status = end(pid, fd, is_killed);
    if (status != 0 && status != KEPT && status != -1) {
        torture_lost(bench->torture, "'%s' ended with %d", line, status);
    }
    bench->told[i] = status == 0      ? TOLD_STORED
                     : status == KEPT ? TOLD_KEPT
                                      : TOLD_NOTHING;
}

/* --- emptying ------------------------------------------------------------ */

/* Who delivers is killed, or kord is; or nobody. */
static void
deliver_once(struct bench *bench)
{
    struct dice *dice = &bench->torture->dice;
    pid_t pids[2];
    int fds[2], n = (int)dice_int(dice, 1, 2);
    bool is_kord = dice_int(dice, 0, 3) == 0;
    setenv("KOR_WAIT", is_kord ? "100" : "20000", 1);
    for (int i = 0; i < n; i++) {
        pids[i] = run_kor_start("outbox --deliver", bench->live.folder,
                                &fds[i]);
    }
    let_work(bench, is_kord ? bench->live.pid : pids[0],
             is_kord ? MOST_KORD_US : MOST_US);
    if (is_kord) {
        live_kill(&bench->live);
        live_start(&bench->live, NULL);
    }
    for (int i = 0; i < n; i++) {
        (void)end(pids[i], fds[i], !is_kord);
    }
    bench->torture->done++;
}

static void
deliver_all(struct bench *bench)
{
    struct run run;
    setenv("KOR_WAIT", "20000", 1);
    run_kor("outbox --deliver", bench->live.folder, RUN_KEEP, &run);
    if (run.status != 0) {
        torture_lost(bench->torture, "the delivery ended with %d: %s",
                     run.status, kor_buf_text(&run.err));
    }
    run_done(&run);
    run_kor("outbox --json", bench->live.folder, RUN_KEEP, &run);
    if (run.out.size > 0) {
        torture_lost(bench->torture, "left in the outbox: %s", run.out.text);
    }
    run_done(&run);
}

/* --- looking ------------------------------------------------------------- */

static int64_t
number_of(struct bench *bench, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open_v2(bench->live.store, &db,
                                     SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    (void)sqlite3_busy_timeout(db, 20000); /* A kord may be recovering. */
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

/* How often the entry is there, with the total that it had. */
static int64_t
times_there(struct bench *bench, int i)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM answer a JOIN session s ON s.id = "
             "a.session_id JOIN episode e ON e.id = s.episode_id JOIN person "
             "p ON p.id = e.person_id WHERE p.code = '%s' AND s.number = %d "
             "AND abs(a.total - %d.%d) < 1e-9",
             bench->codes[i], bench->sessions[i], i % 300 / 10, i % 10);
    return number_of(bench, sql);
}

/* What was told is there once, what was not is there once at most, and none
 * has overtaken another of its client. */
static void
check(struct bench *bench)
{
    for (int i = 0; i < bench->n; i++) {
        int64_t n = times_there(bench, i);
        if (n > 1 || (n == 0 && bench->told[i] != TOLD_NOTHING)) {
            torture_lost(bench->torture, "%s, session %d: %d times",
                         bench->codes[i], bench->sessions[i], (int)n);
        }
    }
    int64_t n_overtaken = number_of(
        bench, "SELECT count(*) FROM session a JOIN session b ON a.episode_id"
               " = b.episode_id AND a.number < b.number AND a.id > b.id");
    if (n_overtaken > 0) {
        torture_lost(bench->torture, "%d overtook others", (int)n_overtaken);
    }
}

/* --- the run ------------------------------------------------------------- */

static void
play_round(struct bench *bench)
{
    struct dice *dice = &bench->torture->dice;
    if (bench->n % OF_A_CLIENT == 0) {
        deliver_all(bench);
        new_client(bench);
    }
    live_kill(&bench->live);
    setenv("KOR_WAIT", "20", 1);
    int64_t n = dice_int(dice, 1, 3);
    do {
        record_one(bench);
    } while (--n > 0 && bench->n % OF_A_CLIENT != 0);
    live_start(&bench->live, NULL);
    for (n = dice_int(dice, 1, 3); n > 0; n--) {
        deliver_once(bench);
    }
}

static int
set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    char path[KIT_PATH_SIZE + 16];
    bench->torture = *state;
    kit_folder(bench->root);
    snprintf(path, sizeof path, "%s/outbox", bench->root);
    setenv("KOR_OUTBOX", path, 1);
    snprintf(path, sizeof path, "%s/clinic", bench->root);
    live_init(&bench->live, path);
    live_start(&bench->live, NULL);
    *state = bench;
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    char *slash = strrchr(bench->live.folder, '/');
    live_kill(&bench->live);
    *slash = '\0'; /* All of it. */
    live_done(&bench->live);
    free(bench);
    return 0;
}

static void
what_was_kept_is_stored_once_whoever_dies(void **state)
{
    struct bench *bench = *state;
    struct torture *torture = bench->torture;
    while (torture->done < torture->wanted) {
        play_round(bench);
    }
    deliver_all(bench);
    check(bench);
    printf("%d entries\n", bench->n);
    assert_int_equal(torture->lost, 0);
}

int
main(int argc, char *argv[])
{
    static struct torture torture;
    torture_begin(&torture, "outbox", argc, argv, 20, 1000);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate_setup_teardown(
            what_was_kept_is_stored_once_whoever_dies, set_up, tear_down,
            &torture),
    };
    return torture_end(&torture, cmocka_run_group_tests(tests, NULL, NULL));
}
