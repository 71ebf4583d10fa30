/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SIGKILL under load: what was acknowledged is there once, and what was not,
 * asked again with the same id, is stored once.
 *
 * Four connections keep eight requests each in flight until kord is killed,
 * at a random moment, also while it is starting; then it is started again and
 * asked for all of that once more. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <zmq.h>

#include "support/ledger.h"
#include "support/live.h"
#include "support/near.h"

#define LINES 4
#define WINDOW 8         /* Requests in flight on each; a key may have 128. */
#define MOST_US 25000    /* A kord lives so long at most. */
#define EARLY_US 4000    /* One in five is killed before that. */
#define DEEP_EVERY 25    /* Rounds between looks at the whole file. */
#define MOST_IN_ROUND 1024

/* A connection, and the requests of this round that go over it, in order. */
struct line {
    void *socket;
    int serials[MOST_IN_ROUND];
    size_t n;        /* Of this round. */
    size_t n_again;  /* Of those, asked once more. */
    size_t n_heard;
    int next, end;   /* Serials of its client that are left. */
};

struct bench {
    struct live live;
    struct ledger *ledger;
    struct torture *torture;
    struct line lines[LINES];
    struct kor_buf reply;
};

static int64_t
now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void
connect_all(struct bench *bench)
{
    for (size_t i = 0; i < LINES; i++) {
        bench->lines[i].socket = live_connect(&bench->live);
        bench->lines[i].n_heard = bench->lines[i].n_again = 0;
    }
}

static void
hang_up_all(struct bench *bench)
{
    for (size_t i = 0; i < LINES; i++) {
        live_hang_up(&bench->live, bench->lines[i].socket);
    }
}

static void
send_serial(struct bench *bench, struct line *line, int serial)
{
    char frame[CLINIC_FRAME_SIZE];
    ledger_frame(bench->ledger, serial, frame);
    assert_true(zmq_send(line->socket, frame, strlen(frame), 0) >= 0);
}

static void
send_new(struct bench *bench, struct line *line)
{
    if (line->n == MOST_IN_ROUND) {
        return;
    }
    if (line->next == line->end) {
        line->next = ledger_take(bench->ledger);
        line->end = line->next + LEDGER_BLOCK;
    }
    line->serials[line->n++] = line->next;
    send_serial(bench, line, line->next++);
}

static void
send_again(struct bench *bench, struct line *line)
{
    if (line->n_again < line->n) {
        send_serial(bench, line, line->serials[line->n_again++]);
    }
}

/* Takes what has come to one connection, and sends the next for each. */
static void
hear(struct bench *bench, struct line *line, bool is_load)
{
    while (live_receive(line->socket, 0, &bench->reply)) {
        int serial;
        enum kor_code code = ledger_hear(bench->ledger, &bench->reply,
                                         bench->torture, &serial);
        if (code != KOR_OK) {
            torture_lost(bench->torture, "%d is refused: %.300s", serial,
                         bench->reply.text);
        }
        line->n_heard++;
        if (is_load) {
            send_new(bench, line);
        } else {
            send_again(bench, line);
        }
    }
}

static void
poll_all(struct bench *bench, bool is_load, int64_t wait_us)
{
    zmq_pollitem_t items[LINES] = {0};
    for (size_t i = 0; i < LINES; i++) {
        items[i].socket = bench->lines[i].socket;
        items[i].events = ZMQ_POLLIN;
    }
    (void)zmq_poll(items, LINES, (long)((wait_us + 999) / 1000));
    for (size_t i = 0; i < LINES; i++) {
        if (items[i].revents) {
            hear(bench, &bench->lines[i], is_load);
        }
    }
}

static void
load_until(struct bench *bench, int64_t end_us)
{
    for (size_t i = 0; i < LINES; i++) {
        bench->lines[i].n = 0;
        for (size_t k = 0; k < WINDOW; k++) {
            send_new(bench, &bench->lines[i]);
        }
    }
    for (int64_t left = end_us - now_us(); left > 0;
         left = end_us - now_us()) {
        poll_all(bench, true, left);
    }
}

static bool
has_heard_all(const struct bench *bench)
{
    for (size_t i = 0; i < LINES; i++) {
        if (bench->lines[i].n_heard < bench->lines[i].n) {
            return false;
        }
    }
    return true;
}

/* Asks for everything of the round once more and waits for every answer. */
static void
ask_again(struct bench *bench)
{
    int64_t end_us = now_us() + LIVE_MS * (int64_t)1000;
    connect_all(bench);
    for (size_t i = 0; i < LINES; i++) {
        for (size_t k = 0; k < WINDOW; k++) {
            send_again(bench, &bench->lines[i]);
        }
    }
    while (!has_heard_all(bench) && now_us() < end_us) {
        assert_true(live_runs(&bench->live, NULL));
        poll_all(bench, false, 100000);
    }
    assert_true(has_heard_all(bench));
}

static int64_t
life_us(struct dice *dice)
{
    return dice_int(dice, 0, 4) == 0 ? dice_int(dice, 0, EARLY_US)
                                     : dice_int(dice, 0, MOST_US);
}

/* Starts kord; one in five is killed as it starts. */
static void
start(struct bench *bench)
{
    struct torture *torture = bench->torture;
    live_start(&bench->live, NULL);
    if (dice_int(&torture->dice, 0, 4) == 0) {
        torture_await_end(bench->live.pid,
                          dice_int(&torture->dice, 0, EARLY_US));
        live_kill(&bench->live);
        live_start(&bench->live, NULL);
        torture->done++;
    }
}

static void
kill_once(struct bench *bench, bool is_deep)
{
    struct torture *torture = bench->torture;
    load_until(bench, now_us() + life_us(&torture->dice));
    live_kill(&bench->live);
    hang_up_all(bench);
    if (is_deep) {
        ledger_check(bench->ledger, bench->live.store, NULL, false, torture);
    }
    start(bench);
    ask_again(bench);
    if (is_deep) {
        ledger_check(bench->ledger, bench->live.store, NULL, true, torture);
    }
    torture->done++;
}

static int
set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    char folder[KIT_PATH_SIZE], path[KIT_PATH_SIZE + 16];
    bench->torture = *state;
    bench->ledger = ledger_new();
    kit_folder(folder);
    snprintf(path, sizeof path, "%s/clinic", folder);
    live_init(&bench->live, path);
    *state = bench;
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    char *end = strrchr(bench->live.folder, '/');
    live_done(&bench->live);
    *end = '\0';
    kit_folder_remove(bench->live.folder);
    kor_buf_done(&bench->reply);
    ledger_free(bench->ledger);
    free(bench);
    return 0;
}

static void
whatever_was_acknowledged_outlives_a_kill(void **state)
{
    struct bench *bench = *state;
    struct torture *torture = bench->torture;
    live_start(&bench->live, NULL);
    connect_all(bench);
    for (int i = 1; torture->done < torture->wanted; i++) {
        kill_once(bench, !torture->is_full || i % DEEP_EVERY == 0);
    }
    hang_up_all(bench);
    assert_int_equal(live_stop(&bench->live), 0);
    ledger_check(bench->ledger, bench->live.store, NULL, true, torture);
    printf("%lld requests acknowledged\n",
           (long long)ledger_count(bench->ledger));
    assert_true(ledger_count(bench->ledger) > torture->done);
    assert_int_equal(torture->lost, 0);
}

int
main(int argc, char *argv[])
{
    static struct torture torture;
    torture_begin(&torture, "kills", argc, argv, 15, 1000);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate_setup_teardown(
            whatever_was_acknowledged_outlives_a_kill, set_up, tear_down,
            &torture),
    };
    return torture_end(&torture, cmocka_run_group_tests(tests, NULL, NULL));
}
