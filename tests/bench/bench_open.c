/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A kord with 1,000,000 stored scores: how soon it answers after a clean stop,
 * what it keeps in memory after some work, and whether one person's line is
 * read and written as fast as in an empty database.  Both kords run side by
 * side and take turns. */

#include <stdio.h>
#include <stdlib.h>

#include "bench/caseload.h"
#include "bench/clinic.h"
#include "bench/frames.h"
#include "bench/line.h"
#include "bench/samples.h"
#include "kor/base/alloc.h"

#define STARTS 5
#define ROUNDS 20
#define A_ROUND 100
#define A_MS 8 /* Requests that are made in a millisecond. */

struct opened {
    struct clinic clinic;
    struct caseload caseload;
    struct line *line;
    size_t turn;
    struct samples starts, shows, pairs;
};

static void
set_up(const struct bench *bench, const char *name, size_t n_scores,
       struct opened *opened)
{
    clinic_new(bench, name, false, &opened->clinic);
    caseload_fill(opened->clinic.store, n_scores, &opened->caseload);
    clinic_start(bench, &opened->clinic);
    for (int i = 0; i < STARTS; i++) {
        clinic_stop(&opened->clinic);
        samples_add(&opened->starts, clinic_start(bench, &opened->clinic));
    }
    opened->line = line_new(&opened->clinic.place);
}

static void
one_round(struct opened *opened, struct dice *dice, bool is_kept)
{
    struct kor_buf frame = {0};
    for (int i = 0; i < A_ROUND; i++) {
        struct client *client
            = &opened->caseload.open[opened->turn++ * 1237 % CASELOAD_OPEN];
        frames_pair(dice, client->code, client->next++, frames_now_ms(),
                    &frame);
        double pair = line_ask(opened->line, &frame);
        frames_show(client->code, &frame);
        double show = line_ask(opened->line, &frame);
        if (is_kept) {
            samples_add(&opened->pairs, pair);
            samples_add(&opened->shows, show);
        }
    }
    kor_buf_done(&frame);
}

/* Every open episode is worked on, so that all that kord keeps is kept. */
static void
touch_all(struct opened *opened, struct dice *dice)
{
    int64_t now_ms = frames_now_ms();
    struct kor_buf *frames = kor_alloc_array(CASELOAD_OPEN, sizeof *frames);
    for (size_t i = 0; i < CASELOAD_OPEN; i++) {
        struct client *client = &opened->caseload.open[i];
        frames_pair(dice, client->code, client->next++,
                    now_ms + (int64_t)i / A_MS, &frames[i]);
    }
    lines_flood(&opened->line, 1, 64, frames, CASELOAD_OPEN);
    for (size_t i = 0; i < CASELOAD_OPEN; i++) {
        kor_buf_done(&frames[i]);
    }
    free(frames);
}

static void
report(struct bench *bench, struct opened *empty, struct opened *full)
{
    bench_note("%zu scores, %d open and %zu closed episodes, and the same "
               "without the closed ones", full->caseload.n_scores,
               CASELOAD_OPEN, full->caseload.n_closed);
    samples_print(&empty->pairs, "one pair, empty");
    samples_print(&full->pairs, "one pair, 1,000,000 scores");
    samples_print(&empty->shows, "show, empty");
    samples_print(&full->shows, "show, 1,000,000 scores");
    bench_value("start to first answer, empty, ms",
                samples_quantile(&empty->starts, 0.5) / 1e3, "");
    bench_at_most(bench, "start to first answer, slowest of 5, s",
                  samples_quantile(&full->starts, 1) / 1e6, 1);
    bench_at_most(bench, "resident memory, MiB",
                  clinic_resident_mib(&full->clinic), 150);
    bench_at_most(bench, "show / show on an empty database",
                  samples_quantile(&full->shows, 0.5)
                      / samples_quantile(&empty->shows, 0.5), 1.5);
    bench_at_most(bench, "one pair / one pair on an empty database",
                  samples_quantile(&full->pairs, 0.5)
                      / samples_quantile(&empty->pairs, 0.5), 1.5);
}

static void
run(struct bench *bench)
{
    struct opened *empty = kor_alloc(sizeof *empty);
    struct opened *full = kor_alloc(sizeof *full);
    struct dice dice = {11};
    set_up(bench, "empty", 0, empty);
    set_up(bench, "full", 1000000, full);
    for (int i = -1; i < ROUNDS; i++) {
        one_round(empty, &dice, i >= 0);
        one_round(full, &dice, i >= 0);
    }
    touch_all(full, &dice);
    report(bench, empty, full);
    line_free(empty->line);
    line_free(full->line);
    clinic_stop(&empty->clinic);
    clinic_stop(&full->clinic);
    free(empty);
    free(full);
}

int
main(int argc, char *argv[])
{
    return bench_main(argc, argv, "A million stored scores", 300, run);
}
