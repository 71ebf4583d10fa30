/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_ROWS_H
#define TESTS_BENCH_ROWS_H 1

/* The rows that one recorded pair of scales leaves in the database, written
 * by nothing but SQLite: to fill a database, and as the rival that kord is
 * held against.  The statements are kor's own. */

#include <stdint.h>

#include <sqlite3.h>

#include "store/guard.h"
#include "support/dice.h"

/* Opens the database with the settings of kor's writer, kor's schema and kor's
 * guard, which keeps the seals of its pages; checkpoints are the caller's
 * business.  Closes both.  These end the program on failure. */
sqlite3 *rows_open(const char *path, struct kor_guard **guard);
void rows_close(sqlite3 *db, struct kor_guard *guard);
void rows_run(sqlite3 *db, const char *sql);
void rows_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **stmt);
void rows_step(sqlite3_stmt *stmt);

/* What is kept of one session with the pair of scales. */
struct kept {
    int64_t episode_id;
    int32_t number, date;
    int64_t at_ms;
    double outcome[4], alliance[3];
    double start;      /* Start score of the outcome check; NAN: this one. */
    const char *reply; /* Body of the reply; null: expired. */
};

/* Marks on all lines, anew. */
void rows_roll(struct dice *dice, struct kept *kept);

struct rows {
    sqlite3 *db;
    sqlite3_stmt *session, *answer, *request;
    int64_t outcome_id, alliance_id; /* Of the scales. */
    uint64_t serial;                 /* Tells one request id from another. */
};

void rows_init(struct rows *rows, sqlite3 *db);
void rows_done(struct rows *rows);

/* Adds the session, its two answers and its request. */
void rows_add(struct rows *rows, struct kept *kept);

#endif /* tests/bench/rows.h */
