/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is due today, of 10,000 open episodes with a year behind them: 51
 * sessions each with a pair of scales, one in ten without its alliance scale,
 * and a contact that is due now and then.  What is expected is worked out by
 * the daemon's own engine, a day of session after the other; the rest is
 * written by SQLite alone.  250 therapists have 40 clients each.  A clinic's
 * list is read page by page. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/clinic.h"
#include "bench/frames.h"
#include "bench/line.h"
#include "bench/rows.h"
#include "bench/samples.h"
#include "kor/base/alloc.h"
#include "kor/base/uuid.h"
#include "kor/define/catalogue.h"
#include "kor/define/client_code.h"
#include "pathway/expect.h"

#define EPISODES 10000
#define THERAPISTS 250
#define SESSIONS 51
#define ROUNDS 30
#define DEFINITION_ROUNDS 200

struct filling {
    sqlite3 *db;
    struct kor_guard *guard;
    struct rows rows;
    sqlite3_stmt *person, *episode, *due;
    struct dice dice;
    struct kor_pathway pathway;
    int32_t today;
    size_t n_dues;
};

static void
open_filling(const char *path, struct filling *filling)
{
    *filling = (struct filling){.dice = {20260105}};
    filling->today = (int32_t)(frames_now_ms() / 86400000);
    filling->db = rows_open(path, &filling->guard);
    rows_run(filling->db, "PRAGMA synchronous = OFF;"
                          "PRAGMA foreign_keys = OFF; BEGIN");
    rows_prepare(filling->db, "INSERT INTO person (code) VALUES ($1)",
                 &filling->person);
    rows_prepare(filling->db,
                 "INSERT INTO episode (person_id, number, pathway, unit,"
                 " therapist, opened_date, lead_scale, pathway_id, phase,"
                 " phase_date) SELECT $1, 1, 'talk', 'clinic', $2, $3,"
                 " 'outcome', max(id), 'all', $3 FROM pathway",
                 &filling->episode);
    rows_prepare(filling->db,
                 "INSERT INTO due (episode_id, kind, occasion, key, rater,"
                 " session_id, due_date, until_date, missing)"
                 " VALUES ($1, $2, $3, $4, $5, nullif($6, 0), $7, $8,"
                 " nullif($9, ''))", &filling->due);
    rows_init(&filling->rows, filling->db);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    bench_ok(kor_pathway_parse(kor_pathway_catalogue[0].text,
                               strlen(kor_pathway_catalogue[0].text),
                               &filling->pathway, &err), &err);
}

static void
close_filling(struct filling *filling)
{
    rows_run(filling->db, "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
    rows_done(&filling->rows);
    sqlite3_finalize(filling->person);
    sqlite3_finalize(filling->episode);
    sqlite3_finalize(filling->due);
    rows_close(filling->db, filling->guard);
    kor_pathway_done(&filling->pathway);
}

static int64_t
add_person(struct filling *filling)
{
    char code[KOR_CLIENT_CODE_SIZE];
    int rc;
    do {
        uint64_t bits = dice_bits(&filling->dice);
        uint8_t random[KOR_CLIENT_CODE_RANDOM];
        memcpy(random, &bits, sizeof random);
        kor_client_code_make(random, code);
        sqlite3_bind_text(filling->person, 1, code, -1, SQLITE_STATIC);
        rc = sqlite3_step(filling->person);
        sqlite3_reset(filling->person);
    } while (rc == SQLITE_CONSTRAINT);
    return sqlite3_last_insert_rowid(filling->db);
}

static int64_t
add_episode(struct filling *filling, int i, int32_t opened)
{
    char therapist[16];
    int64_t person = add_person(filling);
    snprintf(therapist, sizeof therapist, "t%03d", i % THERAPISTS);
    sqlite3_bind_int64(filling->episode, 1, person);
    sqlite3_bind_text(filling->episode, 2, therapist, -1, SQLITE_STATIC);
    sqlite3_bind_int(filling->episode, 3, opened);
    rows_step(filling->episode);
    return sqlite3_last_insert_rowid(filling->db);
}

static void
put_dues(struct filling *filling, int64_t episode,
         const struct kor_expectations *list)
{
    for (size_t i = 0; i < list->n; i++) {
        const struct kor_due *due = &list->rows[i].due;
        if (list->rows[i].change == KOR_DUE_GONE) {
            continue;
        }
        sqlite3_bind_int64(filling->due, 1, episode);
        sqlite3_bind_text(filling->due, 2, kor_rule_kind_name(due->kind), -1,
                          SQLITE_STATIC);
        sqlite3_bind_text(filling->due, 3, kor_when_name(due->when), -1,
                          SQLITE_STATIC);
        sqlite3_bind_text(filling->due, 4, due->key, -1, SQLITE_STATIC);
        sqlite3_bind_text(filling->due, 5, due->rater, -1, SQLITE_STATIC);
        sqlite3_bind_int64(filling->due, 6, due->session_id);
        sqlite3_bind_int(filling->due, 7, due->due_date);
        sqlite3_bind_int(filling->due, 8, due->until_date);
        sqlite3_bind_text(filling->due, 9, kor_missing_name(due->missing), -1,
                          SQLITE_STATIC);
        rows_step(filling->due);
        filling->n_dues++;
    }
}

/* A session with its pair, of which the second is left out now and then. */
static void
live_a_week(struct filling *filling, struct kor_stage *stage,
            struct kept *kept, struct kor_expectations *list)
{
    rows_roll(&filling->dice, kept);
    rows_add(&filling->rows, kept);
    struct kor_came came = {.kind = KOR_RULE_SCALE,
                            .key = "outcome",
                            .rater = "client",
                            .date = kept->date};
    sqlite3_stmt *last;
    rows_prepare(filling->db, "SELECT max(id) FROM session", &last);
    bench_must(sqlite3_step(last) == SQLITE_ROW, "a session");
    came.session_id = sqlite3_column_int64(last, 0);
    sqlite3_finalize(last);
    kor_expect_day(list, stage, kept->date);
    kor_expect_session(list, stage, came.session_id, kept->date);
    stage->contact_date = kept->date;
    kor_expect_came(list, stage, &came);
    came.key = "alliance";
    if (dice_bits(&filling->dice) % 10) {
        kor_expect_came(list, stage, &came);
    }
}

static void
live_a_year(struct filling *filling, int i)
{
    int32_t opened = filling->today - 7 * SESSIONS
                   + (int32_t)(dice_bits(&filling->dice) % 21) - 14;
    int64_t episode = add_episode(filling, i, opened);
    struct kor_stage stage = {.pathway = &filling->pathway,
                              .opened_date = opened,
                              .phase_date = opened,
                              .contact_date = KOR_NO_DATE};
    struct kor_expectations list = {0};
    struct kept kept = {.episode_id = episode, .start = NAN};
    kor_expect_open(&list, &stage);
    for (int k = 1; k <= SESSIONS; k++) {
        kept.number = k;
        kept.date = opened + 7 * (k - 1);
        kept.at_ms = (int64_t)kept.date * 86400000;
        live_a_week(filling, &stage, &kept, &list);
    }
    kor_expect_day(&list, &stage, filling->today);
    put_dues(filling, episode, &list);
    kor_expectations_done(&list);
}

static void
fill(const struct clinic *clinic)
{
    struct filling filling;
    double began = bench_now_us();
    open_filling(clinic->store, &filling);
    for (int i = 0; i < EPISODES; i++) {
        live_a_year(&filling, i);
        if (i % 500 == 499) {
            rows_run(filling.db, "COMMIT; PRAGMA wal_checkpoint; BEGIN");
        }
    }
    close_filling(&filling);
    bench_note("%d episodes with %d sessions each and %zu rows of what was "
               "expected (%.0f s to write)", EPISODES, SESSIONS,
               filling.n_dues, (bench_now_us() - began) / 1e6);
}

/* --- asking ------------------------------------------------------------- */

static void
frame_due(const char *body, struct kor_buf *out)
{
    kor_buf_clear(out);
    kor_buf_printf(out, "{\"kor\":1,\"id\":"
                        "\"019ac2d4-5e00-7009-9a31-7c04e1b202b5\",\"verb\":"
                        "\"due.list\",\"body\":%s}", body);
}

/* Where the next page begins, into 'body'; false on the last. */
static bool
next_page(const struct line *line, char body[128])
{
    size_t size;
    const char *answer = line_answer(line, &size);
    const char *at = memmem(answer, size, "\"next_date\":\"", 13);
    if (!at) {
        return false;
    }
    long long next = 0;
    char date[11] = "";
    memcpy(date, at + 13, 10);
    const char *id = memmem(at, size - (size_t)(at - answer), "\"next\":", 7);
    bench_must(id && sscanf(id + 7, "%lld", &next) == 1, "a next page");
    snprintf(body, 128, "{\"after_date\":\"%s\",\"after\":%lld}", date,
             next);
    return true;
}

static double
ask_clinic(struct line *line, int *n_pages)
{
    struct kor_buf frame = {0};
    char body[128] = "{}";
    double us = 0;
    *n_pages = 0;
    do {
        frame_due(body, &frame);
        us += line_ask(line, &frame);
        (*n_pages)++;
    } while (next_page(line, body));
    kor_buf_done(&frame);
    return us;
}

static void
ask(struct bench *bench, struct line *line)
{
    struct samples one = {0}, all = {0};
    struct kor_buf frame = {0};
    int n_pages = 0;
    for (int i = -2; i < ROUNDS; i++) {
        char body[64];
        snprintf(body, sizeof body, "{\"therapist\":\"t%03d\"}",
                 (i + 2) * 7 % THERAPISTS);
        frame_due(body, &frame);
        double us = line_ask(line, &frame);
        double whole = ask_clinic(line, &n_pages);
        if (i >= 0) {
            samples_add(&one, us);
            samples_add(&all, whole);
        }
    }
    kor_buf_done(&frame);
    bench_note("the clinic's list has %d pages of 1,000 rows", n_pages);
    samples_print(&one, "due today, one therapist");
    samples_print(&all, "due today, the clinic");
    bench_at_most(bench, "one therapist, median, ms",
                  samples_quantile(&one, 0.5) / 1e3, 20);
    bench_at_most(bench, "the clinic, median, ms",
                  samples_quantile(&all, 0.5) / 1e3, 300);
}

/* --- a definition -------------------------------------------------------- */

static void
read_definition(struct bench *bench)
{
    struct samples reads = {0};
    const struct kor_embedded *row = kor_pathway_catalogue;
    for (int i = 0; i < DEFINITION_ROUNDS; i++) {
        struct kor_pathway *pathway = kor_alloc(sizeof *pathway);
        double began = bench_now_us();
        bench_ok(kor_pathway_parse(row->text, strlen(row->text), pathway,
                                   NULL), NULL);
        samples_add(&reads, bench_now_us() - began);
        kor_pathway_done(pathway);
        free(pathway);
    }
    samples_print(&reads, "a pathway read and checked");
    bench_at_most(bench, "a pathway read and checked, slowest, ms",
                  samples_quantile(&reads, 1) / 1e3, 50);
}

static void
run(struct bench *bench)
{
    struct clinic clinic;
    clinic_new(bench, "due", false, &clinic);
    fill(&clinic);
    clinic_start(bench, &clinic);
    struct line *line = line_new(&clinic.place);
    ask(bench, line);
    bench_value("resident after the lists, MiB", clinic_resident_mib(&clinic),
                "");
    read_definition(bench);
    line_free(line);
    clinic_stop(&clinic);
}

int
main(int argc, char *argv[])
{
    return bench_main(argc, argv, "What is due, of 10,000 episodes", 600,
                      run);
}
