/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An upgrade that is killed, or loses its power, before any call that changes
 * the disk: what is left opens, is brought up to date by the next start, and
 * says what it said.  And what is refused instead: a database of tomorrow, and
 * one whose rows refer to nothing. */

#include "support/near.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kor/base/buf.h"
#include "kor/base/alloc.h"
#include "kor/base/file.h"
#include "kor/base/log.h"
#include "store/session.h"
#include "store/state.h"
#include "store/store.h"
#include "support/powervfs.h"
#include "support/storekit.h"
#include "support/temp.h"

#define FOLDER "tests/upgrade"
#define PATH "kor.db"
#define PAGE 500
#define LOOK_EVERY 16

/* What an upgrade must not change: a few sums over all answers. */
struct sums {
    int64_t n_sessions, n_answers;
    double totals;
};

struct bench {
    struct powervfs *disk;
    struct dice dice;
    struct sums expected;
    int begun;     /* Schema of the release, */
    int schema;    /* and the newest. */
    unsigned seen; /* A bit for each schema that was left. */
    int n_calls;   /* That changed the disk. */
};

/* --- databases ----------------------------------------------------------- */

/* Puts a copy of the release's database on the disk, byte by byte: SQLite would
 * change its first page, and so break the seal of it. */
static void
put(struct powervfs *disk, const char *release)
{
    struct kor_buf bytes = {0};
    sqlite3_vfs *vfs = sqlite3_vfs_find(powervfs_name(disk));
    assert_non_null(vfs);
    sqlite3_file *file = kor_alloc((size_t)vfs->szOsFile);
    int flags = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_READWRITE
              | SQLITE_OPEN_CREATE;
    assert_int_equal(kor_file_read(release, 1 << 26, &bytes, NULL), KOR_OK);
    assert_int_equal(vfs->xOpen(vfs, PATH "\0\0", file, flags, &flags),
                     SQLITE_OK);
    assert_int_equal(file->pMethods->xWrite(file, bytes.text,
                                            (int)bytes.size, 0), SQLITE_OK);
    assert_int_equal(file->pMethods->xSync(file, SQLITE_SYNC_FULL),
                     SQLITE_OK);
    assert_int_equal(file->pMethods->xClose(file), SQLITE_OK);
    kor_buf_done(&bytes);
    free(file);
}

static int
version_on(struct powervfs *disk)
{
    return (int)kit_number(PATH, powervfs_name(disk), "PRAGMA user_version");
}

static struct kor_store *
upgrade(const struct powervfs *disk)
{
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_open(PATH, powervfs_name(disk), false, &store, &err),
           &err);
    return store;
}

static enum kor_code
add_answer(void *to, const struct kor_answer *answer, struct kor_err *err)
{
    struct sums *sums = to;
    (void)err;
    sums->n_answers++;
    sums->totals += answer->total == answer->total ? answer->total : 0;
    return KOR_OK;
}

/* What a database that is up to date says. */
static struct sums
sum_up(struct kor_store *store)
{
    static struct kor_export_session page[PAGE];
    struct sums sums = {0};
    int64_t after = 0;
    size_t n;
    do {
        assert_int_equal(kor_store_export(store, after, PAGE, page, &n, NULL),
                         KOR_OK);
        for (size_t i = 0; i < n; i++) {
            after = page[i].session.id;
            sums.n_sessions++;
            assert_int_equal(kor_store_answers(store, after, add_answer,
                                               &sums, NULL), KOR_OK);
        }
    } while (n == PAGE);
    return sums;
}

/* --- cuts ---------------------------------------------------------------- */

/* The next start on what is left. */
static void
go_on(struct bench *bench, struct powervfs *left)
{
    int version = version_on(left);
    struct kor_store *store = upgrade(left);
    struct kor_store_state state;
    assert_int_equal(kor_store_state(store, &state, NULL), KOR_OK);
    assert_true(version >= 1 && version <= state.schema);
    bench->schema = state.schema;
    bench->seen |= 1U << version;
    assert_int_equal(kor_store_check(store, NULL), KOR_OK);
    struct sums sums = sum_up(store);
    assert_int_equal(sums.n_sessions, bench->expected.n_sessions);
    assert_int_equal(sums.n_answers, bench->expected.n_answers);
    assert_near(bench->expected.totals, sums.totals, 1e-9, 0);
    kor_store_close(store);
    powervfs_free(left);
}

/* The disk is about to change: what if it does not any more?  There are many
 * such calls, since every page gets its seal. */
static void
on_change(void *arg)
{
    struct bench *bench = arg;
    struct powervfs *left = powervfs_copy(bench->disk);
    int version = version_on(left);
    bool is_first = !(bench->seen & 1U << version);
    powervfs_free(left);
    if (is_first || bench->n_calls++ % LOOK_EVERY == 0) {
        go_on(bench, powervfs_copy(bench->disk));
        go_on(bench, powervfs_cut(bench->disk, &bench->dice));
    }
}

static void
an_upgrade_may_end_anywhere(const char *release)
{
    struct powervfs *made = powervfs_new();
    put(made, release);
    struct bench bench = {.disk = powervfs_copy(made), /* Long synced. */
                          .dice = {.state = 4711}};
    powervfs_free(made);
    struct powervfs *whole = powervfs_copy(bench.disk);
    struct kor_store *store = upgrade(whole);
    bench.expected = sum_up(store);
    kor_store_close(store);
    powervfs_free(whole);
    assert_true(bench.expected.n_sessions > 100);
    bench.begun = version_on(bench.disk);
    powervfs_listen(bench.disk, on_change, &bench);
    store = upgrade(bench.disk);
    powervfs_listen(bench.disk, NULL, NULL);
    kor_store_close(store);
    powervfs_free(bench.disk);
    /* The newest release has nowhere to go from. */
    assert_true(bench.n_calls > 10 || bench.schema == bench.begun);
    for (int version = bench.begun; version < bench.schema; version++) {
        assert_true(bench.seen & 1U << version);
    }
}

static void
every_release_can_be_upgraded_after_any_cut(void **state)
{
    (void)state;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    int n = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[512], *ending = strrchr(entry->d_name, '.');
        if (ending && !strcmp(ending, ".db")) {
            snprintf(path, sizeof path, FOLDER "/%.200s", entry->d_name);
            an_upgrade_may_end_anywhere(path);
            n++;
        }
    }
    closedir(folder);
    assert_true(n > 0);
}

/* --- what is refused ----------------------------------------------------- */

/* Copies the first release to 'copy'. */
static void
make_copy(char copy[TEMP_SIZE])
{
    struct kor_buf file = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_file_read(FOLDER "/0.1.0.db", 1 << 26, &file, &err), &err);
    temp_file(copy, file.text, file.size);
    kor_buf_done(&file);
}

/* Opening 'path' is refused, and leaves every byte of it alone. */
static void
is_refused(const char *path, enum kor_code code, struct kor_err *err)
{
    struct kor_store *store;
    struct kor_buf before = {0}, after = {0};
    kor_err_init(err, KOR_EN);
    assert_int_equal(kor_file_read(path, 1 << 26, &before, NULL), KOR_OK);
    assert_int_equal(kor_store_open(path, NULL, false, &store, err), code);
    assert_null(store);
    assert_int_equal(kor_file_read(path, 1 << 26, &after, NULL), KOR_OK);
    assert_int_equal(before.size, after.size);
    assert_memory_equal(before.text, after.text, before.size);
    kor_buf_done(&before);
    kor_buf_done(&after);
}

static void
a_step_back_is_refused_and_names_both(void **state)
{
    char copy[TEMP_SIZE], expected[64];
    struct kor_err err;
    struct kor_store_state now;
    (void)state;
    make_copy(copy);
    struct kor_store *store = kit_open(copy);
    assert_int_equal(kor_store_state(store, &now, NULL), KOR_OK);
    kor_store_close(store);
    snprintf(expected, sizeof expected, "schema %d, this one knows %d",
             now.schema + 1, now.schema);
    char sql[64];
    snprintf(sql, sizeof sql, "PRAGMA user_version = %d", now.schema + 1);
    kit_sql(copy, sql);
    is_refused(copy, KOR_CONFLICT, &err);
    assert_non_null(strstr(err.text, expected));
    temp_remove(copy);
}

static void
rows_that_refer_to_nothing_are_refused_whole(void **state)
{
    char copy[TEMP_SIZE];
    struct kor_err err;
    (void)state;
    make_copy(copy);
    kit_sql(copy, "PRAGMA foreign_keys = OFF;"
                  "DELETE FROM person WHERE id = 1");
    is_refused(copy, KOR_CORRUPT, &err);
    assert_non_null(strstr(err.text, "backup"));
    temp_remove(copy);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_release_can_be_upgraded_after_any_cut),
        cmocka_unit_test(a_step_back_is_refused_and_names_both),
        cmocka_unit_test(rows_that_refer_to_nothing_are_refused_whole),
    };
    kor_log_set(KOR_LOG_ERROR);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
