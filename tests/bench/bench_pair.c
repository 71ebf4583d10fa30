/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One pair of scales - four lines of the outcome check and three of the
 * alliance check -, request to durable reply, one at a time over CURVE.  kord,
 * the echo and this client are processes of their own; SQLite alone commits
 * in this one.
 *
 * Held against (a) the empty round trip plus a bare commit of the same rows,
 * and (b) the empty round trip plus a bare commit of one row.  Every round
 * measures all of them, so that drift of the machine hits all alike.  Folding
 * the WAL is off the clock for the bare commits; kord does it between
 * requests, where the next one may have to wait for it. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bare.h"
#include "bench/clinic.h"
#include "bench/echo.h"
#include "bench/frames.h"
#include "bench/line.h"
#include "bench/samples.h"
#include "kor/base/alloc.h"

#define ROUNDS 25
#define A_ROUND 120

struct pair_bench {
    struct clinic clinic;
    struct caseload caseload;
    struct echo echo;
    struct line *kord, *echoed;
    struct bare_pair same;
    struct bare_one one;
    struct dice dice;
    size_t turn;
    struct samples pairs, trips, sames, ones;
};

static double
record_one(struct pair_bench *p, struct kor_buf *frame)
{
    struct client *client
        = &p->caseload.open[p->turn++ * 1237 % CASELOAD_OPEN];
    frames_pair(&p->dice, client->code, client->next++, frames_now_ms(),
                frame);
    return line_ask(p->kord, frame);
}

/* The body of a true reply, as kord keeps it with the request. */
static char *
sample_reply(struct pair_bench *p)
{
    struct kor_buf frame = {0};
    size_t size;
    record_one(p, &frame);
    const char *text = line_answer(p->kord, &size);
    const char *body = memmem(text, size, "\"body\":", 7);
    bench_must(body, "finding the reply");
    kor_buf_clear(&frame);
    kor_buf_add(&frame, body + 7, size - (size_t)(body - text) - 8);
    return frame.text;
}

static void
one_round(struct pair_bench *p, bool is_kept)
{
    struct kor_buf frame = {0};
    for (int i = 0; i < A_ROUND; i++) {
        double us = line_echo(p->echoed, "", 0);
        samples_add(&p->trips, us);
    }
    for (int i = 0; i < A_ROUND; i++) {
        samples_add(&p->pairs, record_one(p, &frame));
    }
    for (int i = 0; i < A_ROUND; i++) {
        samples_add(&p->sames, bare_pair_commit(&p->same));
    }
    bare_fold(p->same.db);
    for (int i = 0; i < A_ROUND; i++) {
        samples_add(&p->ones, bare_one_commit(&p->one));
    }
    bare_fold(p->one.db);
    kor_buf_done(&frame);
    if (!is_kept) {
        p->trips.n = p->pairs.n = p->sames.n = p->ones.n = 0;
    }
}

static void
set_up(const struct bench *bench, struct pair_bench *p, bool is_tcp)
{
    struct clinic rival;
    clinic_new(bench, is_tcp ? "tcp-bare" : "ipc-bare", false, &rival);
    caseload_fill(rival.store, 0, &p->caseload);
    clinic_new(bench, is_tcp ? "tcp" : "ipc", is_tcp, &p->clinic);
    caseload_fill(p->clinic.store, 0, &p->caseload);
    echo_start(&p->clinic, is_tcp, &p->echo);
    clinic_start(bench, &p->clinic);
    p->kord = line_new(&p->clinic.place);
    p->echoed = line_new(&p->echo.place);
    p->dice.state = 7;
    char *reply = sample_reply(p);
    bare_pair_open(&p->same, rival.store, reply);
    bare_one_open(&p->one, rival.folder, 0);
    bench_note("a reply has %zu bytes", strlen(reply));
    free(reply);
}

static void
report(struct bench *bench, struct pair_bench *p, const char *over)
{
    char figure[80];
    double pair = samples_quantile(&p->pairs, 0.5);
    double trip = samples_quantile(&p->trips, 0.5);
    double same = samples_quantile(&p->sames, 0.5);
    double one = samples_quantile(&p->ones, 0.5);
    bench_note("over %s, %zu samples each:", over, p->pairs.n);
    samples_print(&p->pairs, "one pair, request to durable reply");
    samples_print(&p->trips, "empty CURVE round trip");
    samples_print(&p->sames, "bare commit of the same rows");
    samples_print(&p->ones, "bare commit of one row");
    snprintf(figure, sizeof figure, "%s: pair / (trip + same rows)", over);
    bench_at_most(bench, figure, pair / (trip + same), 1.6);
    snprintf(figure, sizeof figure, "%s: pair / (trip + one row)", over);
    bench_at_most(bench, figure, pair / (trip + one), 2.2);
    snprintf(figure, sizeof figure, "%s: p99 / median of the pair", over);
    bench_at_most(bench, figure, samples_quantile(&p->pairs, 0.99) / pair, 3);
}

static void
over(struct bench *bench, bool is_tcp)
{
    struct pair_bench *p = kor_alloc(sizeof *p);
    set_up(bench, p, is_tcp);
    one_round(p, false);
    for (int i = 0; i < ROUNDS; i++) {
        one_round(p, true);
    }
    report(bench, p, is_tcp ? "tcp" : "ipc");
    bare_pair_close(&p->same);
    bare_one_close(&p->one);
    line_free(p->kord);
    line_free(p->echoed);
    clinic_stop(&p->clinic);
    echo_stop(&p->echo);
    free(p);
}

static void
run(struct bench *bench)
{
    over(bench, false);
    over(bench, true);
}

int
main(int argc, char *argv[])
{
    return bench_main(argc, argv, "One pair at a time", 300, run);
}
