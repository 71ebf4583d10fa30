/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing a caseload: see bench/caseload.h. */

#include "bench/caseload.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include <sqlite3.h>

#include "bench/bench.h"
#include "bench/rows.h"
#include "kor/base/clock.h"
#include "kor/base/uuid.h"
#include "kor/base/utf8.h"
#include "kor/define/course.h"
#include "store/sql.h"
#include "support/dice.h"

#define CLOSED_SESSIONS 10
#define SCORES_A_SESSION 2

struct filling {
    sqlite3 *db;
    struct kor_guard *guard;
    struct rows rows;
    sqlite3_stmt *person, *episode, *due;
    struct dice dice;
    int32_t today;
    int64_t now_ms;
};

/* A course as a fit of such scores gives it. */
static void
add_course(struct filling *filling)
{
    struct kor_course_record record = {
        .course = {.f = KOR_TIME_LOG, .b0 = 7, .b1 = 9, .b2 = 0.7,
                   .b3 = -0.18, .tau00 = 9, .tau01 = -2, .tau11 = 4,
                   .sigma = 4, .max_points = 40,
                   .better = KOR_HIGHER_IS_BETTER, .first_time = 2,
                   .max_time = 40, .n_people = 1000, .n_records = 9000},
        .instrument = "outcome", .version = "1", .rater = KOR_ROLE_CLIENT,
        .age_from = KOR_NO_AGE, .age_to = KOR_NO_AGE, .n_terms = 4,
        .min_people = 50, .fitted_at_ms = 1767600000000,
        .data_from = filling->today - 700, .data_to = filling->today - 1,
        .population = "made up", .source = "made up"};
    struct kor_buf json = {0};
    sqlite3_stmt *stmt;
    kor_course_encode(&record, &json);
    rows_prepare(filling->db,
                 "INSERT INTO course (scale, certificate, fitted_ms, in_use)"
                 " VALUES ('outcome', $1, 0, 1)", &stmt);
    sqlite3_bind_text(stmt, 1, json.text, -1, SQLITE_STATIC);
    rows_step(stmt);
    sqlite3_finalize(stmt);
    kor_buf_done(&json);
}

/* Adds a person with a code that is free. */
static int64_t
add_person(struct filling *filling, char code[KOR_CLIENT_CODE_SIZE])
{
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
    bench_must(rc == SQLITE_DONE, "adding a person");
    return sqlite3_last_insert_rowid(filling->db);
}

static int64_t
add_episode(struct filling *filling, int32_t opened, bool is_open,
            char code[KOR_CLIENT_CODE_SIZE])
{
    int64_t person_id = add_person(filling, code);
    sqlite3_bind_int64(filling->episode, 1, person_id);
    sqlite3_bind_int(filling->episode, 2, opened);
    if (is_open) {
        sqlite3_bind_null(filling->episode, 3);
    } else {
        sqlite3_bind_int(filling->episode, 3,
                         opened + 7 * CLOSED_SESSIONS);
    }
    sqlite3_bind_text(filling->episode, 4, is_open ? "open" : "planned", -1,
                      SQLITE_STATIC);
    rows_step(filling->episode);
    return sqlite3_last_insert_rowid(filling->db);
}

static void
add_sessions(struct filling *filling, int64_t episode_id, int32_t opened,
             int n)
{
    struct kept kept = {.episode_id = episode_id, .start = NAN};
    for (int i = 1; i <= n; i++) {
        kept.number = i;
        kept.date = opened + 7 * (i - 1);
        kept.at_ms = filling->now_ms - (filling->today - kept.date)
                                           * (int64_t)86400000;
        rows_roll(&filling->dice, &kept);
        rows_add(&filling->rows, &kept);
    }
}

static void
open_filling(const char *path, struct filling *filling)
{
    const struct kor_clock *clock = kor_clock_system();
    *filling = (struct filling){.dice = {20260105},
                                .now_ms = clock->now_ms(clock)};
    filling->today = (int32_t)(filling->now_ms / 86400000);
    filling->db = rows_open(path, &filling->guard);
    rows_run(filling->db, "PRAGMA synchronous = OFF;"
                          "PRAGMA foreign_keys = OFF;"
                          "PRAGMA cache_size = -262144");
    rows_prepare(filling->db, "INSERT INTO person (code) VALUES ($1)",
                 &filling->person);
    rows_prepare(filling->db,
                 "INSERT INTO episode (person_id, number, pathway, unit,"
                 " therapist, opened_date, closed_date, ending, lead_scale,"
                 " pathway_id, phase, phase_date)"
                 " SELECT $1, 1, 'talk', 'clinic', 'operator', $2, $3, $4,"
                 " 'outcome', max(id), 'all', $2 FROM pathway",
                 &filling->episode);
    rows_prepare(filling->db,
                 "INSERT INTO due (episode_id, kind, occasion, key, rater,"
                 " due_date, until_date) VALUES ($1, 'contact', 'every',"
                 " 'session', '', $2, $2 + 14)", &filling->due);
    rows_init(&filling->rows, filling->db);
}

static void
close_filling(struct filling *filling)
{
    rows_done(&filling->rows);
    sqlite3_finalize(filling->person);
    sqlite3_finalize(filling->episode);
    sqlite3_finalize(filling->due);
    rows_run(filling->db, "PRAGMA wal_checkpoint(TRUNCATE)");
    rows_close(filling->db, filling->guard);
}

void
caseload_fill(const char *path, size_t n_scores, struct caseload *caseload)
{
    const size_t by_open
        = (size_t)CASELOAD_OPEN * CASELOAD_SESSIONS * SCORES_A_SESSION;
    const size_t by_closed = (size_t)CLOSED_SESSIONS * SCORES_A_SESSION;
    struct filling filling;
    size_t n_open = 0;
    caseload->n_closed
        = n_scores > by_open ? (n_scores - by_open) / by_closed : 0;
    caseload->n_scores = by_open + caseload->n_closed * by_closed;
    open_filling(path, &filling);
    rows_run(filling.db, "BEGIN");
    add_course(&filling);
    size_t n = caseload->n_closed + CASELOAD_OPEN;
    for (size_t i = 0; i < n; i++) {
        /* The open ones are spread evenly. */
        bool is_open = (i + 1) * CASELOAD_OPEN / n > n_open;
        int32_t opened = filling.today - (is_open ? 60 : 400);
        char code[KOR_CLIENT_CODE_SIZE];
        int64_t id = add_episode(&filling, opened, is_open, code);
        add_sessions(&filling, id, opened,
                     is_open ? CASELOAD_SESSIONS : CLOSED_SESSIONS);
        if (is_open) {
            sqlite3_bind_int64(filling.due, 1, id);
            sqlite3_bind_int(filling.due, 2,
                             opened + 7 * (CASELOAD_SESSIONS + 1));
            rows_step(filling.due);
            struct client *client = &caseload->open[n_open++];
            kor_utf8_copy(client->code, sizeof client->code, code);
            client->next = CASELOAD_SESSIONS + 1;
        }
        if (i % 10000 == 9999) {
            rows_run(filling.db, "COMMIT; PRAGMA wal_checkpoint; BEGIN");
        }
    }
    rows_run(filling.db, "COMMIT");
    close_filling(&filling);
}
