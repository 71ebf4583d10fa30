/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small caseload in a store: see storekit.h. */

#include "support/storekit.h"

#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "kor/base/clock.h"
#include "store/actor.h"
#include "store/definition.h"
#include "store/guard.h"
#include "support/near.h"

char *
kit_folder(char path[KIT_PATH_SIZE])
{
    const char *base = getenv("TMPDIR");
    snprintf(path, KIT_PATH_SIZE, "%s/kor-test-XXXXXX",
             base && strlen(base) < 200 ? base : "/tmp");
    assert_non_null(mkdtemp(path));
    return path;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)type;
    (void)ftw;
    return remove(path);
}

void
kit_folder_remove(const char *path)
{
    (void)nftw(path, remove_one, 8, FTW_PHYS | FTW_DEPTH);
}

void
kit_ok(enum kor_code code, const struct kor_err *err)
{
    if (code != KOR_OK) {
        print_error("%s: %s\n", kor_code_wire(code), err->text);
        fail();
    }
}

struct kor_store *
kit_open(const char *path)
{
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_open(path, NULL, true, &store, &err), &err);
    return store;
}

/* A connection past the store, which leaves pages as the store would. */
struct past {
    struct kor_guard *guard;
    sqlite3 *db;
};

static struct past
open_past(const char *path, const char *vfs)
{
    struct past past = {.guard = kor_guard_new(vfs)};
    assert_non_null(past.guard);
    assert_int_equal(sqlite3_open_v2(path, &past.db,
                                     SQLITE_OPEN_READWRITE
                                         | SQLITE_OPEN_CREATE,
                                     kor_guard_name(past.guard)),
                     SQLITE_OK);
    return past;
}

/* A log that has a mark is for the store alone to fold in. */
static void
close_past(struct past *past)
{
    char name[3 * KIT_PATH_SIZE];
    int has_mark = 0;
    sqlite3_vfs *vfs = sqlite3_vfs_find(kor_guard_name(past->guard));
    snprintf(name, sizeof name, "%s-mark",
             sqlite3_db_filename(past->db, "main"));
    (void)vfs->xAccess(vfs, name, SQLITE_ACCESS_EXISTS, &has_mark);
    (void)sqlite3_db_config(past->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE,
                            has_mark, NULL);
    sqlite3_close(past->db);
    kor_guard_free(past->guard);
}

void
kit_sql(const char *path, const char *sql)
{
    struct past past = open_past(path, NULL);
    char *message = NULL;
    if (sqlite3_exec(past.db, sql, NULL, NULL, &message) != SQLITE_OK) {
        print_error("%s: %s\n", sql, message);
        fail();
    }
    close_past(&past);
}

int64_t
kit_number(const char *path, const char *vfs, const char *sql)
{
    struct past past = open_past(path, vfs);
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(past.db, sql, -1, &stmt, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int64_t value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    close_past(&past);
    return value;
}

int64_t
kit_actor(struct kor_store *store, int serial)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_actor actor
        = {.account = {.name = "operator", .roles = "operator"},
           .expires_ms = KOR_NO_MS};
    memset(actor.public_key, serial, sizeof actor.public_key);
    if (kor_store_account_find(store, "operator", &actor.account, &err)
        != KOR_OK) {
        kit_ok(kor_store_account_add(store, &actor.account, KIT_MS, &err),
               &err);
    }
    kit_ok(kor_store_actor_add(store, &actor, KIT_MS, &err), &err);
    return actor.id;
}

int64_t
kit_scale(struct kor_store *store, const char *key, const char *version)
{
    struct kor_err err;
    int64_t id;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_definition_add(store, KOR_DEFINITION_SCALE, key, version,
                                    "{}", KIT_MS, &id, &err),
           &err);
    return id;
}

struct kor_person
kit_person(int serial)
{
    struct kor_person person = {.born_month = KOR_NO_MONTH};
    uint8_t random[KOR_CLIENT_CODE_RANDOM] = {0};
    memcpy(random, &serial, sizeof serial);
    kor_client_code_make(random, person.code);
    return person;
}

struct kor_episode
kit_episode(struct kor_store *store, int serial, int64_t import_id)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_episode episode = {.person = kit_person(serial),
                                  .number = 1,
                                  .pathway = "therapy",
                                  .unit = "clinic",
                                  .therapist = "operator",
                                  .opened_date = KIT_DAY,
                                  .planned_end_date = KOR_NO_DATE,
                                  .closed_date = KOR_NO_DATE,
                                  .ending = "open"};
    kit_ok(kor_store_person_add(store, &episode.person, &err), &err);
    kit_ok(kor_store_episode_add(store, &episode, import_id, &err), &err);
    return episode;
}

struct kor_session
kit_session(struct kor_store *store, int64_t episode_id, int number)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_session session
        = {.number = number,
           .session_date = KIT_DAY + 7 * (number - 1),
           .status = "held",
           .mode = "room"};
    kit_ok(kor_store_session_add(store, episode_id, &session, &err), &err);
    return session;
}

struct kor_answer
kit_answer(int64_t session_id, int64_t scale_id, int64_t actor_id,
           double total)
{
    struct kor_answer answer = {.session_id = session_id,
                                .instrument_id = scale_id,
                                .rater = "client",
                                .version = 1,
                                .language = "nb",
                                .how = "self",
                                .items = {total, 0},
                                .n_items = 2,
                                .total = total,
                                .at_ms = KIT_MS,
                                .actor_id = actor_id,
                                .start = NAN,
                                .needed = NAN,
                                .expected = NAN,
                                .low80 = NAN,
                                .high80 = NAN};
    return answer;
}

void
kit_add_answer(struct kor_store *store, const struct kor_answer *answer)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_answer_add(store, answer, &err), &err);
}
