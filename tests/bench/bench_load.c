/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 64 requests in flight, over four connections, into a database with many
 * scores: durable, judged pairs of scales a second, divided by the rate at
 * which SQLite alone commits single rows, measured in the same round.
 *
 * Three databases, each with a kord of its own, take turns in every round:
 * one with nothing but the 4,000 open episodes that the pairs are written to
 * (three sessions each so far), one with 1,000,000 stored scores, and, with
 * BENCH_FULL=1, one with 5,000,000.  Each pair goes to another episode than
 * the one before, and the open episodes lie scattered among the closed ones.
 * Frames are made off the clock; the load comes from one thread of this
 * process and one of ZeroMQ. */

#include <stdio.h>
#include <stdlib.h>

#include "bench/bare.h"
#include "bench/caseload.h"
#include "bench/clinic.h"
#include "bench/frames.h"
#include "bench/line.h"
#include "kor/base/alloc.h"

#define N_LINES 4
#define WINDOW 16   /* In flight on each. */
#define ROUNDS 7
#define A_ROUND CASELOAD_OPEN /* Each open episode once. */
#define N_BARE 2000
#define A_MS 8      /* Requests that are made in a millisecond. */

struct loaded {
    size_t n_scores;
    struct clinic clinic;
    struct caseload caseload;
    struct line *lines[N_LINES];
    struct kor_buf frames[A_ROUND];
    /* Sums of all rounds: a median would leave out the rounds in which the
     * WAL is folded in. */
    double us, bare_us, loop_us;
};

static void
set_up(const struct bench *bench, struct loaded *loaded)
{
    char name[32];
    snprintf(name, sizeof name, "n%zu", loaded->n_scores);
    clinic_new(bench, name, false, &loaded->clinic);
    double began = bench_now_us();
    caseload_fill(loaded->clinic.store, loaded->n_scores, &loaded->caseload);
    bench_note("%zu scores stored before (%.0f s to write): %d open episodes,"
               " each written to, and %zu closed ones",
               loaded->caseload.n_scores, (bench_now_us() - began) / 1e6,
               CASELOAD_OPEN, loaded->caseload.n_closed);
    clinic_start(bench, &loaded->clinic);
    for (int i = 0; i < N_LINES; i++) {
        loaded->lines[i] = line_new(&loaded->clinic.place);
    }
}

static void
make_frames(struct loaded *loaded, struct dice *dice)
{
    int64_t now_ms = frames_now_ms();
    for (size_t i = 0; i < A_ROUND; i++) {
        struct client *client
            = &loaded->caseload.open[i * 1237 % CASELOAD_OPEN];
        frames_pair(dice, client->code, client->next++,
                    now_ms + (int64_t)i / A_MS, &loaded->frames[i]);
    }
}

static void
one_round(struct loaded *loaded, struct bare_one *bare, struct dice *dice,
          bool is_kept)
{
    make_frames(loaded, dice);
    double bare_us = bare_one_commits(bare, N_BARE);
    double before = clinic_loop_us(&loaded->clinic);
    double us = lines_flood(loaded->lines, N_LINES, WINDOW, loaded->frames,
                            A_ROUND);
    if (is_kept) {
        loaded->us += us;
        loaded->bare_us += bare_us;
        loaded->loop_us += clinic_loop_us(&loaded->clinic) - before;
    }
}

static void
take_down(struct loaded *loaded)
{
    for (int i = 0; i < N_LINES; i++) {
        line_free(loaded->lines[i]);
    }
    for (size_t i = 0; i < A_ROUND; i++) {
        kor_buf_done(&loaded->frames[i]);
    }
    clinic_stop(&loaded->clinic);
    free(loaded);
}

/* How many pairs are stored in the time of one bare commit. */
static double
ratio_of(const struct loaded *loaded)
{
    return loaded->bare_us / (ROUNDS * N_BARE)
         / (loaded->us / (ROUNDS * A_ROUND));
}

static void
report(struct bench *bench, const struct loaded *loaded,
       const struct loaded *empty)
{
    char figure[80];
    snprintf(figure, sizeof figure, "%zu scores: pairs a second",
             loaded->n_scores);
    bench_value(figure, ROUNDS * A_ROUND / loaded->us * 1e6, "");
    snprintf(figure, sizeof figure, "%zu scores: bare one-row commits",
             loaded->n_scores);
    bench_value(figure, ROUNDS * N_BARE / loaded->bare_us * 1e6, "a second");
    snprintf(figure, sizeof figure, "%zu scores: kord's loop, processor time",
             loaded->n_scores);
    bench_value(figure, loaded->loop_us / (ROUNDS * A_ROUND), "us a pair");
    snprintf(figure, sizeof figure, "%zu scores: pairs / bare one-row commits",
             loaded->n_scores);
    /* The limit is one for a million, with roles and the access log; past it
     * the share below counts. */
    if (loaded->n_scores <= 1000000) {
        bench_at_least(bench, figure, ratio_of(loaded), 1.5);
    } else {
        bench_value(figure, ratio_of(loaded), "");
    }
    if (loaded != empty) {
        snprintf(figure, sizeof figure, "%zu scores: share of the empty rate",
                 loaded->n_scores);
        bench_at_least(bench, figure, empty->us / loaded->us, 0.7);
    }
}

static void
run(struct bench *bench)
{
    static const size_t sizes[] = {0, 1000000, 5000000};
    size_t n = bench->is_full ? 3 : 2;
    struct loaded *loaded[KOR_LENGTH(sizes)];
    struct bare_one bare;
    struct dice dice = {64};
    bare_one_open(&bare, bench->folder, 1000);
    for (size_t i = 0; i < n; i++) {
        loaded[i] = kor_alloc(sizeof *loaded[i]);
        loaded[i]->n_scores = sizes[i];
        set_up(bench, loaded[i]);
    }
    for (int round = -1; round < ROUNDS; round++) {
        for (size_t i = 0; i < n; i++) {
            one_round(loaded[i], &bare, &dice, round >= 0);
        }
    }
    for (size_t i = 0; i < n; i++) {
        report(bench, loaded[i], loaded[0]);
    }
    for (size_t i = 0; i < n; i++) {
        take_down(loaded[i]);
    }
    bare_one_close(&bare);
}

int
main(int argc, char *argv[])
{
    return bench_main(argc, argv, "64 requests in flight", 900, run);
}
