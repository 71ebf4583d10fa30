/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first, second, third ... call of a real kord on its database that opens,
 * writes, syncs or truncates fails, once or for good.
 *
 * Whatever is not certain is called so and ends kord with a status that is
 * not 0; what is certainly not stored is called that, and kord goes on; what
 * was acknowledged is there after a restart, and everything can be asked
 * again with the same ids. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>
#include <zmq.h>

#include "kor/base/file.h"
#include "support/ledger.h"
#include "support/live.h"
#include "support/near.h"

#define BATCHES 4
#define IN_BATCH 3
#define MAX_CALLS 2000
#define MAX_FILE ((size_t)1 << 26)
#define LONG_LOG 4500 /* Pages in the log, so that kord folds it in. */
#define SHIM "build/tests/preload/faultshim.so"

/* A fault, and what everybody is to hear who meets it. */
struct plan {
    const char *kind;
    int error;
    bool is_for_good;
    bool is_certain; /* Nothing is stored, and kord goes on. */
};

static const struct plan plans[] = {
    {"sync", EIO, false, false},     {"sync", EIO, true, false},
    {"write", EIO, false, false},    {"write", EIO, true, false},
    {"short", EIO, false, false},    {"truncate", EIO, false, false},
    {"open", EIO, false, true},      {"open", EMFILE, true, true},
    {"write", ENOSPC, false, true},  {"short", ENOSPC, false, true},
    {"write", ENOSPC, true, true},   {"write", EDQUOT, false, true},
    {"write", EFBIG, false, true},   {"write", EFBIG, true, true},
};

/* A database, and what was acknowledged of it. */
struct base {
    struct kor_buf file, log, mark;
    struct ledger *ledger;
};

struct bench {
    struct torture *torture;
    struct live live;
    char folder[KIT_PATH_SIZE];
    char fired[KIT_PATH_SIZE + 16]; /* There once a fault has come. */
    struct base plain, folding;
    struct ledger *ledger;          /* Of this run. */
    int next, end;                  /* Its serials. */
    struct kor_buf reply;
};

/* What was seen of one run. */
struct seen {
    bool was_early;    /* The fault came before kord served. */
    bool has_fired;    /* It came before kord was told to stop. */
    int n_ok, n_uncertain, n_not_stored, n_other;
    bool has_ended;    /* By itself. */
    int status;
};

/* --- files --------------------------------------------------------------- */

static void
path_of(const struct bench *bench, const char *ending, char path[512])
{
    snprintf(path, 512, "%s%s", bench->live.store, ending);
}

static void
load(const struct bench *bench, const char *ending, struct kor_buf *out)
{
    char path[512];
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    path_of(bench, ending, path);
    enum kor_code code = kor_file_read(path, MAX_FILE, out, &err);
    kit_ok(code == KOR_NOT_FOUND ? KOR_OK : code, &err);
}

static void
put_back(const struct bench *bench, const char *ending,
         const struct kor_buf *bytes)
{
    char path[512];
    path_of(bench, ending, path);
    (void)unlink(path);
    if (bytes->size > 0) {
        FILE *file = fopen(path, "we");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes->text, 1, bytes->size, file),
                         bytes->size);
        assert_int_equal(fclose(file), 0);
    }
}

static void
restore(struct bench *bench, const struct base *base)
{
    const struct kor_buf none = {0};
    put_back(bench, "-shm", &none);
    put_back(bench, "-wal", &base->log);
    put_back(bench, "-mark", &base->mark);
    put_back(bench, "", &base->file);
    (void)unlink(bench->fired);
    bench->ledger = ledger_copy(base->ledger);
    bench->next = bench->end = 0;
}

/* --- asking -------------------------------------------------------------- */

static int
next_serial(struct bench *bench)
{
    if (bench->next == bench->end) {
        bench->next = ledger_take(bench->ledger);
        bench->end = bench->next + LEDGER_BLOCK;
    }
    return bench->next++;
}

static void
send_serial(struct bench *bench, void *socket, int serial)
{
    char frame[CLINIC_FRAME_SIZE];
    ledger_frame(bench->ledger, serial, frame);
    assert_true(zmq_send(socket, frame, strlen(frame), 0) >= 0);
}

/* Waits for a reply; false if kord has ended without one. */
static bool
await_reply(struct bench *bench, void *socket, struct seen *seen)
{
    for (int waited_ms = 0; waited_ms < LIVE_MS; waited_ms += 5) {
        if (live_receive(socket, seen->has_ended ? 0 : 5, &bench->reply)) {
            return true;
        }
        if (seen->has_ended) {
            return false;
        }
        seen->has_ended = !live_runs(&bench->live, &seen->status);
    }
    print_error("no answer and no end\n");
    fail();
    return false;
}

static void
note(struct seen *seen, enum kor_code code)
{
    seen->n_ok += code == KOR_OK;
    seen->n_uncertain += code == KOR_UNCERTAIN;
    seen->n_not_stored += code == KOR_NOT_STORED;
    seen->n_other += code != KOR_OK && code != KOR_UNCERTAIN
                  && code != KOR_NOT_STORED && code != KOR_NOT_FOUND;
}

/* Several requests at once, so that they share a commit. */
static void
ask_some(struct bench *bench, void *socket, struct seen *seen)
{
    int serial;
    for (int i = 0; i < IN_BATCH; i++) {
        send_serial(bench, socket, next_serial(bench));
    }
    for (int i = 0; i < IN_BATCH && await_reply(bench, socket, seen); i++) {
        note(seen, ledger_hear(bench->ledger, &bench->reply, bench->torture,
                               &serial));
    }
}

/* Whether kord serves; the fault may keep it from that. */
static bool
is_served(struct bench *bench, void *socket, struct seen *seen)
{
    char frame[CLINIC_FRAME_SIZE];
    clinic_frame(frame, 900000000, "ping", "{}");
    assert_true(zmq_send(socket, frame, strlen(frame), 0) >= 0);
    return await_reply(bench, socket, seen);
}

/* Lets kord end, by itself if it is about to. */
static void
end(struct bench *bench, struct seen *seen)
{
    if (!seen->has_ended && seen->n_uncertain > 0) {
        seen->status = live_wait(&bench->live);
        seen->has_ended = true;
    }
    seen->has_fired = !access(bench->fired, F_OK);
    if (!seen->has_ended && !seen->has_fired) { /* It may as it closes. */
        seen->status = live_stop(&bench->live);
    } else if (!seen->has_ended) {
        live_kill(&bench->live);
    }
}

static void
run(struct bench *bench, const struct plan *plan, int nth, struct seen *seen)
{
    char fault[64], fired[KIT_PATH_SIZE + 40];
    snprintf(fault, sizeof fault, "KOR_FAULT=%s %d %d %d", plan->kind, nth,
             plan->error, plan->is_for_good);
    snprintf(fired, sizeof fired, "KOR_FAULT_FIRED=%s", bench->fired);
    live_start(&bench->live,
               (const char *const[]){"LD_PRELOAD=" SHIM, fault, fired, NULL});
    void *socket = live_connect(&bench->live);
    bool serves = is_served(bench, socket, seen);
    seen->was_early = !access(bench->fired, F_OK);
    for (int i = 0; serves && i < BATCHES && !seen->has_ended; i++) {
        ask_some(bench, socket, seen);
    }
    end(bench, seen);
    live_hang_up(&bench->live, socket);
}

/* --- judging ------------------------------------------------------------- */

#define DEMAND(what)                                                          \
    do {                                                                      \
        if (!(what)) {                                                        \
            torture_lost(bench->torture, "%s %d (%s%s): not " #what           \
                         "; ok %d, uncertain %d, not-stored %d, other %d, "   \
                         "ended %d with %d", plan->kind, nth,                 \
                         strerror(plan->error),                               \
                         plan->is_for_good ? ", for good" : "", seen->n_ok,   \
                         seen->n_uncertain, seen->n_not_stored,               \
                         seen->n_other, seen->has_ended, seen->status);       \
        }                                                                     \
    } while (0)

static void
judge(struct bench *bench, const struct plan *plan, int nth,
      const struct seen *seen)
{
    DEMAND(seen->n_other == 0);
    DEMAND(seen->n_uncertain == 0 || seen->has_ended);
    DEMAND(!seen->has_ended || seen->status > 0);
    if (!seen->has_fired) {
        DEMAND(seen->n_ok == BATCHES * IN_BATCH);
    } else if (!plan->is_certain) {
        DEMAND(seen->has_ended);
    } else if (!seen->was_early) {
        DEMAND(!seen->has_ended && seen->n_uncertain == 0);
    }
}

/* Without faults everything can be asked again, and all is there. */
static void
heal(struct bench *bench)
{
    struct seen seen = {0};
    int serial;
    live_start(&bench->live, NULL);
    void *socket = live_connect(&bench->live);
    assert_true(is_served(bench, socket, &seen));
    for (int i = bench->end - LEDGER_BLOCK; i >= 0 && i < bench->next; i++) {
        send_serial(bench, socket, i);
        assert_true(await_reply(bench, socket, &seen));
        if (ledger_hear(bench->ledger, &bench->reply, bench->torture, &serial)
            != KOR_OK) {
            torture_lost(bench->torture, "%d cannot be asked again: %.300s",
                         i, bench->reply.text);
        }
    }
    live_hang_up(&bench->live, socket);
    ledger_check(bench->ledger, bench->live.store, NULL, true,
                 bench->torture);
    live_kill(&bench->live);
}

/* Returns whether the fault came at all. */
static bool
meet(struct bench *bench, const struct base *base, const struct plan *plan,
     int nth)
{
    struct seen seen = {0};
    restore(bench, base);
    run(bench, plan, nth, &seen);
    judge(bench, plan, nth, &seen);
    bool has_fired = !access(bench->fired, F_OK);
    bench->torture->done += has_fired;
    heal(bench);
    ledger_free(bench->ledger);
    return has_fired;
}

/* The first 'n' plans: all with every call in full, else every second one with
 * some calls, which are a new choice each time. */
static void
meet_all(struct bench *bench, const struct base *base, size_t n)
{
    struct torture *torture = bench->torture;
    size_t step = torture->is_full ? 1 : 2;
    size_t first = (size_t)dice_int(&torture->dice, 0, (int64_t)step - 1);
    n = torture->is_full ? KOR_LENGTH(plans) : n;
    for (size_t i = first; i < n; i += step) {
        int nth = 1;
        while (meet(bench, base, &plans[i], nth)) {
            bool is_next = torture->is_full || nth < 3;
            nth += is_next ? 1
                           : (int)dice_int(&torture->dice, 2 * nth, 6 * nth);
            assert_true(nth < MAX_CALLS);
        }
    }
}

/* --- the databases ------------------------------------------------------- */

static void
make_plain(struct bench *bench)
{
    struct seen seen = {0};
    bench->plain.ledger = ledger_new();
    load(bench, "", &bench->plain.file);
    restore(bench, &bench->plain);
    live_start(&bench->live, NULL);
    void *socket = live_connect(&bench->live);
    for (int i = 0; i < 10; i++) {
        ask_some(bench, socket, &seen);
    }
    live_hang_up(&bench->live, socket);
    assert_int_equal(seen.n_ok, 10 * IN_BATCH);
    assert_int_equal(live_stop(&bench->live), 0);
    ledger_free(bench->plain.ledger);
    bench->plain.ledger = bench->ledger;
    kor_buf_clear(&bench->plain.file);
    load(bench, "", &bench->plain.file);
    load(bench, "-mark", &bench->plain.mark);
}

static int
count_log(void *arg, sqlite3 *db, const char *name, int pages)
{
    (void)db;
    (void)name;
    *(int *)arg = pages;
    return SQLITE_OK;
}

/* The same with a log that is long, as a kord leaves it that was killed. */
static void
make_folding(struct bench *bench)
{
    sqlite3 *db;
    int pages = 0;
    assert_int_equal(sqlite3_open(bench->live.store, &db), SQLITE_OK);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    (void)sqlite3_wal_hook(db, count_log, &pages);
    while (pages < LONG_LOG) {
        assert_int_equal(sqlite3_exec(db, "UPDATE answer SET at_ms = at_ms + "
                                          "1; UPDATE answer SET at_ms = "
                                          "at_ms - 1", NULL, NULL, NULL),
                         SQLITE_OK);
    }
    sqlite3_close(db);
    load(bench, "", &bench->folding.file);
    load(bench, "-wal", &bench->folding.log);
    load(bench, "-mark", &bench->folding.mark);
    bench->folding.ledger = ledger_copy(bench->plain.ledger);
}

static int
set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    char path[KIT_PATH_SIZE + 16];
    bench->torture = *state;
    *state = bench;
    if (access(SHIM, R_OK)) {
        print_error("there is no %s: run 'make tests' first\n", SHIM);
        return -1;
    }
    kit_folder(bench->folder);
    snprintf(path, sizeof path, "%s/clinic", bench->folder);
    snprintf(bench->fired, sizeof bench->fired, "%s/fired", bench->folder);
    live_init(&bench->live, path);
    make_plain(bench);
    make_folding(bench);
    return 0;
}

static void
base_done(struct base *base)
{
    kor_buf_done(&base->file);
    kor_buf_done(&base->log);
    kor_buf_done(&base->mark);
    ledger_free(base->ledger);
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    live_done(&bench->live);
    kit_folder_remove(bench->folder);
    base_done(&bench->plain);
    base_done(&bench->folding);
    kor_buf_done(&bench->reply);
    free(bench);
    return 0;
}

static void
no_fault_makes_kord_say_what_is_not_so(void **state)
{
    struct bench *bench = *state;
    meet_all(bench, &bench->plain, KOR_LENGTH(plans));
    assert_int_equal(bench->torture->lost, 0);
}

static void
nor_does_one_while_it_folds_the_log_in(void **state)
{
    struct bench *bench = *state;
    meet_all(bench, &bench->folding, 3);
    assert_int_equal(bench->torture->lost, 0);
}

int
main(int argc, char *argv[])
{
    static struct torture torture;
    torture_begin(&torture, "faults", argc, argv, 0, 0);
#define T(name)                                                               \
    cmocka_unit_test_prestate_setup_teardown(name, set_up, tear_down,         \
                                             &torture)
    const struct CMUnitTest tests[] = {
        T(no_fault_makes_kord_say_what_is_not_so),
        T(nor_does_one_while_it_folds_the_log_in),
    };
    return torture_end(&torture, cmocka_run_group_tests(tests, NULL, NULL));
}
