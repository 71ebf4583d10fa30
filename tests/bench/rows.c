/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows without kor: see bench/rows.h. */

#include "bench/rows.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bench/bench.h"
#include "kor/base/uuid.h"
#include "kor/stat/finding.h"
#include "store/sql.h"

void
rows_run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        bench_stop("bench: %.60s: %s", sql, sqlite3_errmsg(db));
    }
}

void
rows_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **stmt)
{
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, stmt, NULL)
        != SQLITE_OK) {
        bench_stop("bench: %.60s: %s", sql, sqlite3_errmsg(db));
    }
}

void
rows_step(sqlite3_stmt *stmt)
{
    if (sqlite3_step(stmt) != SQLITE_DONE) {
        bench_stop("bench: %s", sqlite3_errmsg(sqlite3_db_handle(stmt)));
    }
    sqlite3_reset(stmt);
}

sqlite3 *
rows_open(const char *path, struct kor_guard **guard)
{
    sqlite3 *db;
    sqlite3_stmt *version;
    *guard = kor_guard_new(NULL);
    bench_must(*guard != NULL, "making a guard");
    bench_must(sqlite3_open_v2(path, &db,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                   | SQLITE_OPEN_NOMUTEX,
                               kor_guard_name(*guard)) == SQLITE_OK,
               "opening a database");
    rows_run(db, "PRAGMA journal_mode = WAL; PRAGMA cache_size = -65536;"
                 "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL;"
                 "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"
                 "PRAGMA cell_size_check = ON; PRAGMA secure_delete = ON;"
                 "PRAGMA wal_autocheckpoint = 0");
    rows_prepare(db, "PRAGMA user_version", &version);
    bool is_new = sqlite3_step(version) == SQLITE_ROW
               && sqlite3_column_int(version, 0) == 0;
    sqlite3_finalize(version);
    for (int i = 0; is_new && kor_migrations[i].version; i++) {
        rows_run(db, kor_migrations[i].text);
    }
    return db;
}

void
rows_close(sqlite3 *db, struct kor_guard *guard)
{
    bench_must(sqlite3_close(db) == SQLITE_OK, "closing a database");
    kor_guard_free(guard);
}

void
rows_roll(struct dice *dice, struct kept *kept)
{
    for (int i = 0; i < 4; i++) {
        double mark = 3.5 + 0.3 * kept->number + 4 * dice_real(dice) - 2;
        kept->outcome[i] = floor(fmin(fmax(mark, 0), 10) * 10) / 10;
    }
    for (int i = 0; i < 3; i++) {
        kept->alliance[i] = floor(70 + 30 * dice_real(dice)) / 10;
    }
}

static int64_t
scale_id(sqlite3 *db, const char *key)
{
    sqlite3_stmt *stmt;
    rows_prepare(db, "SELECT id FROM instrument WHERE key = $1", &stmt);
    sqlite3_bind_text(stmt, 1, key, -1, SQLITE_STATIC);
    bench_must(sqlite3_step(stmt) == SQLITE_ROW, "finding a scale");
    int64_t id = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return id;
}

void
rows_init(struct rows *rows, sqlite3 *db)
{
    *rows = (struct rows){.db = db};
    rows_prepare(db, kor_sql_texts[KOR_SQL_SESSION_ADD].text, &rows->session);
    rows_prepare(db, kor_sql_texts[KOR_SQL_ANSWER_ADD].text, &rows->answer);
    rows_prepare(db, kor_sql_texts[KOR_SQL_REQUEST_ADD].text, &rows->request);
    rows->outcome_id = scale_id(db, "outcome");
    rows->alliance_id = scale_id(db, "alliance");
}

void
rows_done(struct rows *rows)
{
    sqlite3_finalize(rows->session);
    sqlite3_finalize(rows->answer);
    sqlite3_finalize(rows->request);
}

static int64_t
add_session(struct rows *rows, const struct kept *kept)
{
    sqlite3_bind_int64(rows->session, 1, kept->episode_id);
    sqlite3_bind_int(rows->session, 2, kept->number);
    sqlite3_bind_int(rows->session, 3, kept->date);
    sqlite3_bind_text(rows->session, 4, "held", -1, SQLITE_STATIC);
    rows_step(rows->session);
    return sqlite3_last_insert_rowid(rows->db);
}

static void
bind_answer(sqlite3_stmt *stmt, int64_t session_id, int64_t instrument_id,
            const double items[], int n, double total, int64_t at_ms)
{
    sqlite3_clear_bindings(stmt);
    sqlite3_bind_int64(stmt, 1, session_id);
    sqlite3_bind_int64(stmt, 2, instrument_id);
    sqlite3_bind_text(stmt, 3, "client", -1, SQLITE_STATIC);
    sqlite3_bind_int(stmt, 4, 1);
    sqlite3_bind_text(stmt, 6, "self", -1, SQLITE_STATIC);
    sqlite3_bind_blob(stmt, 7, items, n * (int)sizeof *items, SQLITE_STATIC);
    sqlite3_bind_double(stmt, 8, total);
    sqlite3_bind_int(stmt, 9, 0);
    sqlite3_bind_int(stmt, 10, 0);
    sqlite3_bind_int(stmt, 11, 0);
    sqlite3_bind_int64(stmt, 13, at_ms);
    sqlite3_bind_int(stmt, 14, 1);
    sqlite3_bind_int(stmt, 21, KOR_STANDING_UNKNOWN);
    sqlite3_bind_int(stmt, 22, KOR_UNSAID_NO_COURSE);
    sqlite3_bind_int(stmt, 23, 0);
}

static void
add_outcome(struct rows *rows, int64_t session_id, struct kept *kept)
{
    sqlite3_stmt *stmt = rows->answer;
    double total = 0;
    for (int i = 0; i < 4; i++) {
        total += kept->outcome[i];
    }
    kept->start = isnan(kept->start) ? total : kept->start;
    bind_answer(stmt, session_id, rows->outcome_id, kept->outcome, 4, total,
                kept->at_ms);
    sqlite3_bind_double(stmt, 15, kept->start);
    sqlite3_bind_double(stmt, 16, 7);
    sqlite3_bind_int(stmt, 17, 1);
    sqlite3_bind_double(stmt, 18, kept->start + 1.37 * kept->number);
    sqlite3_bind_double(stmt, 19, kept->start + 1.37 * kept->number - 6.11);
    sqlite3_bind_double(stmt, 20, kept->start + 1.37 * kept->number + 6.11);
    sqlite3_bind_int(stmt, 21, KOR_STANDING_EXPECTED);
    sqlite3_bind_int(stmt, 22, 0);
    rows_step(stmt);
}

static void
add_alliance(struct rows *rows, int64_t session_id, const struct kept *kept)
{
    double total = kept->alliance[0] + kept->alliance[1] + kept->alliance[2];
    bind_answer(rows->answer, session_id, rows->alliance_id, kept->alliance,
                3, total, kept->at_ms);
    rows_step(rows->answer);
}

static void
add_request(struct rows *rows, const struct kept *kept)
{
    uint8_t random[10] = {0}, id[KOR_UUID_SIZE];
    rows->serial++;
    for (int i = 0; i < 6; i++) {
        random[9 - i] = (uint8_t)(rows->serial >> (8 * i));
    }
    kor_uuid_make(kept->at_ms, random, id);
    sqlite3_bind_blob(rows->request, 1, id, sizeof id, SQLITE_STATIC);
    sqlite3_bind_int(rows->request, 2, 1);
    sqlite3_bind_int64(rows->request, 3, kept->at_ms);
    sqlite3_bind_blob(rows->request, 4, id, sizeof id, SQLITE_STATIC);
    sqlite3_bind_text(rows->request, 5, kept->reply, -1, SQLITE_STATIC);
    rows_step(rows->request);
}

void
rows_add(struct rows *rows, struct kept *kept)
{
    int64_t session_id = add_session(rows, kept);
    add_outcome(rows, session_id, kept);
    add_alliance(rows, session_id, kept);
    add_request(rows, kept);
}
