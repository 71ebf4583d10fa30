/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was asked and acknowledged: see ledger.h. */

#include "support/ledger.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>
#include <sqlite3.h>

#include "kor/base/alloc.h"
#include "support/live.h"

#define DATE "2025-01-06" /* The same for all: no night is in the way. */
#define PERSON 1000       /* Serial of the first person. */
#define ID_MARK "-7000-8000-" /* The serial stands behind it. */

struct entry {
    bool is_asked, is_acknowledged;
    uint64_t reply; /* Hash of the reply that acknowledged it. */
};

struct ledger {
    struct entry *entries;
    int n, capacity;
};

struct ledger *
ledger_new(void)
{
    return kor_alloc(sizeof(struct ledger));
}

struct ledger *
ledger_copy(const struct ledger *ledger)
{
    struct ledger *copy = ledger_new();
    copy->n = copy->capacity = ledger->n;
    copy->entries
        = kor_alloc_array((size_t)ledger->n, sizeof *copy->entries);
    if (ledger->n > 0) {
        memcpy(copy->entries, ledger->entries,
               (size_t)ledger->n * sizeof *copy->entries);
    }
    return copy;
}

void
ledger_free(struct ledger *ledger)
{
    free(ledger->entries);
    free(ledger);
}

int
ledger_take(struct ledger *ledger)
{
    int first = ledger->n, n = first + LEDGER_BLOCK;
    if (n > ledger->capacity) {
        ledger->capacity = 2 * n;
        ledger->entries
            = kor_realloc_array(ledger->entries, (size_t)ledger->capacity,
                                sizeof *ledger->entries);
    }
    memset(ledger->entries + first, 0,
           LEDGER_BLOCK * sizeof *ledger->entries);
    ledger->n = n;
    return first;
}

static struct kor_person
person_of(int serial)
{
    return kit_person(PERSON + serial / LEDGER_BLOCK);
}

/* 0 to 40 in tenths, so that neighbours differ. */
static double
total_of(int serial)
{
    return (double)(serial * 7 % 401) / 10;
}

char *
ledger_frame(struct ledger *ledger, int serial,
             char frame[CLINIC_FRAME_SIZE])
{
    struct kor_person person = person_of(serial);
    int session = serial % LEDGER_BLOCK;
    ledger->entries[serial].is_asked = true;
    return session == 0
               ? clinic_frame(frame, serial, "open",
                              "{'code': '%s', 'date': '" DATE "'}",
                              person.code)
               : clinic_frame(frame, serial, "record",
                              "{'code': '%s', 'session': %d, 'date': '" DATE
                              "', 'answers': [{'scale': 'outcome', 'total': "
                              "%.1f}]}", person.code, session,
                              total_of(serial));
}

static uint64_t
hash(const struct kor_buf *reply)
{
    unsigned char bytes[crypto_generichash_BYTES];
    uint64_t first;
    crypto_generichash(bytes, sizeof bytes,
                       (const unsigned char *)reply->text, reply->size, NULL,
                       0);
    memcpy(&first, bytes, sizeof first);
    return first;
}

enum kor_code
ledger_hear(struct ledger *ledger, const struct kor_buf *reply,
            struct torture *torture, int *serial)
{
    const char *id = strstr(kor_buf_text(reply), ID_MARK);
    assert_non_null(id);
    *serial = (int)strtol(id + strlen(ID_MARK), NULL, 10);
    assert_true(*serial >= 0 && *serial < ledger->n);
    struct entry *entry = &ledger->entries[*serial];
    enum kor_code code = live_code(reply);
    if (entry->is_acknowledged
        && (code != KOR_OK || entry->reply != hash(reply))) {
        torture_lost(torture, "asked again, %d is answered differently: "
                     "%.200s", *serial, reply->text);
    }
    if (code == KOR_OK && !entry->is_acknowledged) {
        entry->is_acknowledged = true;
        entry->reply = hash(reply);
    }
    return code;
}

bool
ledger_is_acknowledged(const struct ledger *ledger, int serial)
{
    return ledger->entries[serial].is_acknowledged;
}

int64_t
ledger_count(const struct ledger *ledger)
{
    int64_t n = 0;
    for (int i = 0; i < ledger->n; i++) {
        n += ledger->entries[i].is_acknowledged;
    }
    return n;
}

/* --- looking into the database ------------------------------------------- */

static sqlite3 *
open_beside(const char *path, const char *vfs)
{
    sqlite3 *db;
    int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, vfs);
    if (rc != SQLITE_OK) {
        print_error("%s: %s\n", path, sqlite3_errmsg(db));
        fail();
    }
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    return db;
}

/* The first row must be that text; without a text there must be no row. */
static void
check_pragma(sqlite3 *db, const char *sql, const char *expected,
             struct torture *torture)
{
    sqlite3_stmt *stmt = NULL;
    const char *got = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &stmt, NULL);
    if (rc == SQLITE_OK && (rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        got = (const char *)sqlite3_column_text(stmt, 0);
    }
    bool is_right = expected ? got && !strcmp(got, expected)
                             : rc == SQLITE_DONE;
    if (!is_right) {
        torture_lost(torture, "%s: %s", sql, got ? got : sqlite3_errmsg(db));
    }
    sqlite3_finalize(stmt);
}

static sqlite3_stmt *
prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) {
        print_error("%s: %s\n", sql, sqlite3_errmsg(db));
        fail();
    }
    return stmt;
}

static int64_t
ask_number(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = prepare(db, sql);
    int64_t number = -1;
    if (sqlite3_step(stmt) == SQLITE_ROW) {
        number = sqlite3_column_int64(stmt, 0);
    }
    sqlite3_finalize(stmt);
    return number;
}

/* What one request must have left, as two questions. */
struct looks {
    sqlite3_stmt *episode, *answer;
};

static void
check_entry(const struct looks *looks, int serial, bool must_be,
            struct torture *torture)
{
    struct kor_person person = person_of(serial);
    int session = serial % LEDGER_BLOCK;
    sqlite3_stmt *stmt = session == 0 ? looks->episode : looks->answer;
    sqlite3_bind_text(stmt, 1, person.code, -1, SQLITE_STATIC);
    if (session > 0) {
        sqlite3_bind_int(stmt, 2, session);
    }
    int64_t n = -1;
    double total = total_of(serial);
    if (sqlite3_step(stmt) == SQLITE_ROW) {
        n = sqlite3_column_int64(stmt, 0);
        total = session > 0 && n > 0 ? sqlite3_column_double(stmt, 1) : total;
    }
    sqlite3_reset(stmt);
    if (n < (must_be ? 1 : 0) || n > 1
        || total < total_of(serial) - 1e-9
        || total > total_of(serial) + 1e-9) {
        torture_lost(torture, "%d (%s) is there %lld times, with %g",
                     serial, must_be ? "acknowledged" : "asked",
                     (long long)n, total);
    }
}

static void
check_sums(const struct ledger *ledger, sqlite3 *db, bool is_settled,
           struct torture *torture)
{
    int64_t n_acknowledged = ledger_count(ledger), n_asked = 0;
    for (int i = 0; i < ledger->n; i++) {
        n_asked += ledger->entries[i].is_asked;
    }
    int64_t n = ask_number(db, "SELECT count(*) FROM request WHERE hex(id) "
                               "LIKE '0194000000007000%'");
    int64_t rows = ask_number(db, "SELECT (SELECT count(*) FROM answer) + "
                                  "(SELECT count(*) FROM episode)");
    if (n < n_acknowledged || n > (is_settled ? n_acknowledged : n_asked)
        || rows != n) {
        torture_lost(torture, "%lld asked, %lld acknowledged, but %lld "
                     "requests and %lld rows stored", (long long)n_asked,
                     (long long)n_acknowledged, (long long)n,
                     (long long)rows);
    }
}

void
ledger_check(const struct ledger *ledger, const char *path, const char *vfs,
             bool is_settled, struct torture *torture)
{
    sqlite3 *db = open_beside(path, vfs);
    const struct looks looks = {
        prepare(db, "SELECT count(*) FROM episode JOIN person ON person.id = "
                    "person_id WHERE code = ?"),
        prepare(db, "SELECT count(*), sum(total) FROM person JOIN episode ON "
                    "person.id = person_id JOIN session ON episode.id = "
                    "episode_id JOIN answer ON session.id = session_id WHERE "
                    "code = ? AND session.number = ?")};
    check_pragma(db, "PRAGMA integrity_check(1)", "ok", torture);
    check_pragma(db, "PRAGMA foreign_key_check", NULL, torture);
    check_sums(ledger, db, is_settled, torture);
    for (int i = 0; i < ledger->n; i++) {
        if (ledger->entries[i].is_asked) {
            check_entry(&looks, i, ledger->entries[i].is_acknowledged,
                        torture);
        }
    }
    sqlite3_finalize(looks.episode);
    sqlite3_finalize(looks.answer);
    sqlite3_close(db);
}
