/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite alone: see bench/bare.h. */

#include "bench/bare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"
#include "kor/base/alloc.h"
#include "kor/base/clock.h"

#define ROW_SIZE 200

void
bare_pair_open(struct bare_pair *bare, const char *path, const char *reply)
{
    sqlite3_stmt *open;
    size_t n = 0;
    const struct kor_clock *clock = kor_clock_system();
    memset(bare, 0, sizeof *bare);
    bare->dice.state = 1;
    bare->now_ms = clock->now_ms(clock);
    bare->today = (int32_t)(bare->now_ms / 86400000);
    bare->reply = kor_strdup(reply);
    bare->db = rows_open(path, &bare->guard);
    rows_init(&bare->rows, bare->db);
    rows_prepare(bare->db, "BEGIN IMMEDIATE", &bare->begin);
    rows_prepare(bare->db, "COMMIT", &bare->commit);
    rows_prepare(bare->db, "SELECT id FROM episode WHERE ending = 'open'",
                 &open);
    while (n < CASELOAD_OPEN && sqlite3_step(open) == SQLITE_ROW) {
        bare->episodes[n++] = sqlite3_column_int64(open, 0);
    }
    sqlite3_finalize(open);
    bench_must(n == CASELOAD_OPEN, "finding the open episodes");
}

void
bare_pair_close(struct bare_pair *bare)
{
    rows_done(&bare->rows);
    sqlite3_finalize(bare->begin);
    sqlite3_finalize(bare->commit);
    rows_close(bare->db, bare->guard);
    free(bare->reply);
}

double
bare_pair_commit(struct bare_pair *bare)
{
    size_t turn = bare->turn++;
    /* 1237 and 4000 have no common divisor: every episode has its turn. */
    struct kept kept
        = {.episode_id = bare->episodes[turn * 1237 % CASELOAD_OPEN],
           .number = CASELOAD_SESSIONS + 1 + (int)(turn / CASELOAD_OPEN),
           .date = bare->today,
           .at_ms = bare->now_ms + (int64_t)turn,
           .start = 14,
           .reply = bare->reply};
    rows_roll(&bare->dice, &kept);
    double began = bench_now_us();
    rows_step(bare->begin);
    rows_add(&bare->rows, &kept);
    rows_step(bare->commit);
    return bench_now_us() - began;
}

void
bare_one_open(struct bare_one *bare, const char *folder, int pages)
{
    char path[200], pragma[64];
    snprintf(path, sizeof path, "%s/one.db", folder);
    snprintf(pragma, sizeof pragma, "PRAGMA wal_autocheckpoint = %d", pages);
    bare->db = rows_open(path, &bare->guard);
    rows_run(bare->db, "CREATE TABLE one (id INTEGER PRIMARY KEY,"
                       " body BLOB NOT NULL) STRICT");
    rows_run(bare->db, pragma);
    rows_prepare(bare->db, "INSERT INTO one (body) VALUES ($1)", &bare->add);
}

void
bare_one_close(struct bare_one *bare)
{
    sqlite3_finalize(bare->add);
    rows_close(bare->db, bare->guard);
}

double
bare_one_commit(struct bare_one *bare)
{
    static const char body[ROW_SIZE] = "the least that can be kept";
    double began = bench_now_us();
    sqlite3_bind_blob(bare->add, 1, body, sizeof body, SQLITE_STATIC);
    rows_step(bare->add);
    return bench_now_us() - began;
}

double
bare_one_commits(struct bare_one *bare, int n)
{
    double began = bench_now_us();
    for (int i = 0; i < n; i++) {
        bare_one_commit(bare);
    }
    return bench_now_us() - began;
}

void
bare_fold(sqlite3 *db)
{
    rows_run(db, "PRAGMA wal_checkpoint(PASSIVE)");
}
