/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A real kord whose files may not grow any more (ulimit -f, or a quota): the
 * signal for that does not end it, what finds no room is not stored and is not
 * called uncertain, and when there is room again it goes on. */

#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include <zmq.h>

#include "support/ledger.h"
#include "support/live.h"
#include "support/near.h"

#define MOST_ASKED 100 /* Until the log of writes has reached its limit. */

struct bench {
    struct live live;
    void *socket;
    struct ledger *ledger;
    struct torture torture; /* For what the ledger finds lost. */
    int next;               /* Serial. */
    char folder[KIT_PATH_SIZE]; /* Round that of the clinic. */
};

static int64_t
now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

static enum kor_code
ask(struct bench *bench, int serial)
{
    char frame[CLINIC_FRAME_SIZE];
    struct kor_buf reply = {0};
    int heard = -1;
    ledger_frame(bench->ledger, serial, frame);
    assert_true(zmq_send(bench->socket, frame, strlen(frame), 0) > 0);
    assert_true(live_receive(bench->socket, LIVE_MS, &reply));
    enum kor_code code
        = ledger_hear(bench->ledger, &reply, &bench->torture, &heard);
    kor_buf_done(&reply);
    assert_int_equal(heard, serial);
    return code;
}

/* No file of kord's may be longer than that from now on. */
static void
limit(const struct bench *bench, rlim_t bytes)
{
    const struct rlimit most = {.rlim_cur = bytes, .rlim_max = RLIM_INFINITY};
    assert_int_equal(prlimit(bench->live.pid, RLIMIT_FSIZE, &most, NULL), 0);
}

static rlim_t
size_of_log(const struct bench *bench)
{
    char path[sizeof bench->live.store + 8];
    struct stat st;
    snprintf(path, sizeof path, "%s-wal", bench->live.store);
    assert_int_equal(stat(path, &st), 0);
    return (rlim_t)st.st_size;
}

static enum kor_code
ask_until_refused(struct bench *bench)
{
    enum kor_code code = KOR_OK;
    for (int i = 0; i < MOST_ASKED && code == KOR_OK; i++) {
        code = ask(bench, bench->next);
        if (code == KOR_OK && ++bench->next % LEDGER_BLOCK == 0) {
            bench->next = ledger_take(bench->ledger);
        }
    }
    return code;
}

static enum kor_code
ask_until_stored(struct bench *bench)
{
    int64_t end_ms = now_ms() + LIVE_MS;
    enum kor_code code = KOR_NOT_STORED;
    while (code == KOR_NOT_STORED && now_ms() < end_ms) {
        code = ask(bench, bench->next);
    }
    return code;
}

static void
when_its_files_may_not_grow_nothing_is_stored_and_it_goes_on(void **state)
{
    struct bench *bench = *state;
    int status;
    assert_int_equal(ask(bench, bench->next++), KOR_OK);
    limit(bench, size_of_log(bench));
    assert_int_equal(ask_until_refused(bench), KOR_NOT_STORED);
    assert_int_equal(ask(bench, bench->next), KOR_NOT_STORED);
    assert_true(live_runs(&bench->live, &status));
    limit(bench, RLIM_INFINITY);
    assert_int_equal(ask_until_stored(bench), KOR_OK);
    assert_int_equal(live_stop(&bench->live), 0);
    ledger_check(bench->ledger, bench->live.store, NULL, true,
                 &bench->torture);
    assert_int_equal(bench->torture.lost, 0);
}

static int
set_up(void **state)
{
    static struct bench bench;
    char path[KIT_PATH_SIZE + 16];
    bench = (struct bench){.ledger = ledger_new()};
    snprintf(path, sizeof path, "%s/clinic", kit_folder(bench.folder));
    live_init(&bench.live, path);
    live_start(&bench.live, NULL);
    bench.socket = live_connect(&bench.live);
    bench.next = ledger_take(bench.ledger);
    *state = &bench;
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    live_hang_up(&bench->live, bench->socket);
    ledger_free(bench->ledger);
    live_done(&bench->live);
    kit_folder_remove(bench->folder);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            when_its_files_may_not_grow_nothing_is_stored_and_it_goes_on,
            set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
