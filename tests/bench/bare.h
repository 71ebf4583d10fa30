/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_BARE_H
#define TESTS_BENCH_BARE_H 1

/* The rivals without kor and without a network: SQLite alone, with the
 * settings of kor's writer. */

#include "bench/caseload.h"
#include "bench/rows.h"

/* A commit of the very rows of a recorded pair, into a filled database. */
struct bare_pair {
    sqlite3 *db;
    struct kor_guard *guard;
    struct rows rows;
    sqlite3_stmt *begin, *commit;
    struct dice dice;
    int64_t episodes[CASELOAD_OPEN];
    size_t turn;
    int32_t today;
    int64_t now_ms;
    char *reply; /* Of the request, as kord gave one. */
};

void bare_pair_open(struct bare_pair *bare, const char *path,
                    const char *reply);
void bare_pair_close(struct bare_pair *bare);

/* Commits the next pair and returns the microseconds of that. */
double bare_pair_commit(struct bare_pair *bare);

/* A commit of one row of 200 bytes into a table without an index, the least
 * that can be made durable. */
struct bare_one {
    sqlite3 *db;
    struct kor_guard *guard;
    sqlite3_stmt *add;
};

/* 'pages': how long the WAL may grow before SQLite folds it in. */
void bare_one_open(struct bare_one *bare, const char *folder, int pages);
void bare_one_close(struct bare_one *bare);
double bare_one_commit(struct bare_one *bare);

/* Commits 'n' of them and returns the microseconds of all. */
double bare_one_commits(struct bare_one *bare, int n);

/* Folds the WAL in, off the clock. */
void bare_fold(sqlite3 *db);

#endif /* tests/bench/bare.h */
