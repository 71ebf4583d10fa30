/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store: what the disk gives back is what was written, or it is damaged. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kor/base/buf.h"
#include "kor/base/log.h"
#include "store/guard.h"
#include "store/sql.h"
#include "support/near.h"
#include "support/powervfs.h"
#include "support/storekit.h"

#define PATH "kor.db"
#define PAGE ((size_t)4096)
#define PEOPLE 200

struct bench {
    struct powervfs *disk; /* With a sealed database, closed. */
    size_t n_pages;
};

static struct kor_store *
open_on(struct powervfs *disk, enum kor_code *code)
{
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    *code = kor_store_open(PATH, powervfs_name(disk), true, &store, &err);
    return store;
}

static struct kor_store *
open_well(struct powervfs *disk)
{
    enum kor_code code;
    struct kor_store *store = open_on(disk, &code);
    assert_int_equal(code, KOR_OK);
    return store;
}

static int
set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    size_t size;
    bench->disk = powervfs_new();
    struct kor_store *store = open_well(bench->disk);
    for (int i = 0; i < PEOPLE; i++) {
        struct kor_episode episode = kit_episode(store, i, 0);
        (void)kit_session(store, episode.id, 1);
    }
    kor_store_close(store);
    (void)powervfs_bytes(bench->disk, PATH, &size);
    bench->n_pages = size / PAGE;
    kor_log_set((enum kor_log_level)0);
    *state = bench;
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    powervfs_free(bench->disk);
    free(bench);
    return 0;
}

/* Whether opening it, or reading all of it, says that it is damaged. */
static bool
is_found(struct powervfs *disk)
{
    enum kor_code code;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_store *store = open_on(disk, &code);
    if (code == KOR_OK) {
        code = kor_store_check(store, &err);
    }
    kor_store_close(store);
    return code != KOR_OK;
}

static void
a_new_file_has_seals_and_sqlite_reads_it(void **state)
{
    struct bench *bench = *state;
    size_t size;
    const uint8_t *bytes = powervfs_bytes(bench->disk, PATH, &size);
    assert_int_equal(bytes[20], KOR_GUARD_SEAL);
    assert_true(bench->n_pages > 30);
    assert_false(is_found(bench->disk));
    /* Without a guard. */
    sqlite3 *db;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open_v2(PATH, &db, SQLITE_OPEN_READONLY,
                                     powervfs_name(bench->disk)), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT count(*) FROM person", -1,
                                        &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(stmt, 0), PEOPLE);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
}

/* By hand: a page of zeros but for its first word w has, with 1,022 words and
 * number n, the sum n + w, and sums of sums 1022 (n + w). */
static void
a_seal_is_the_sum_of_sums(void **state)
{
    const uint64_t weight = 0x9e3779b97f4a7c14u;
    struct powervfs *disk = powervfs_new();
    struct kor_guard *guard = kor_guard_new(powervfs_name(disk));
    sqlite3_vfs *vfs = sqlite3_vfs_find(kor_guard_name(guard));
    sqlite3_file *file = calloc(1, (size_t)vfs->szOsFile);
    uint8_t page[KOR_GUARD_PAGE] = {5, 1}, back[KOR_GUARD_PAGE];
    uint64_t seal, sum = 3 + 0x105;
    (void)state;
    assert_int_equal(vfs->xOpen(vfs, PATH, file,
                                SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_CREATE
                                    | SQLITE_OPEN_READWRITE, NULL),
                     SQLITE_OK);
    kor_guard_set_sealed(guard);
    assert_int_equal(file->pMethods->xWrite(file, page, KOR_GUARD_PAGE,
                                            2 * KOR_GUARD_PAGE), SQLITE_OK);
    assert_int_equal(file->pMethods->xRead(file, back, KOR_GUARD_PAGE,
                                           2 * KOR_GUARD_PAGE), SQLITE_OK);
    memcpy(&seal, back + KOR_GUARD_PAGE - KOR_GUARD_SEAL, sizeof seal);
    assert_true(seal == 1022 * sum * weight + sum); /* Little-endian here. */
    /* What was never written is no page. */
    assert_int_equal(file->pMethods->xRead(file, back, KOR_GUARD_PAGE, 0),
                     SQLITE_CORRUPT);
    file->pMethods->xClose(file);
    free(file);
    kor_guard_free(guard);
    powervfs_free(disk);
}

static void
one_bit_in_any_page_is_found(void **state)
{
    struct bench *bench = *state;
    struct dice dice = {.state = 11};
    for (size_t i = 0; i < bench->n_pages; i++) {
        struct powervfs *copy = powervfs_copy(bench->disk);
        size_t size;
        uint8_t *bytes = powervfs_bytes(copy, PATH, &size);
        bytes[i * PAGE + (size_t)dice_int(&dice, 0, PAGE - 1)]
            ^= (uint8_t)(1u << dice_int(&dice, 0, 7));
        assert_true(is_found(copy));
        powervfs_free(copy);
    }
}

/* Also in the header, which tells whether there are seals at all. */
static void
every_bit_of_the_header_is_found(void **state)
{
    struct bench *bench = *state;
    for (int bit = 0; bit < 100 * 8; bit++) {
        struct powervfs *copy = powervfs_copy(bench->disk);
        size_t size;
        powervfs_bytes(copy, PATH, &size)[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_true(is_found(copy));
        powervfs_free(copy);
    }
}

static void
pages_that_changed_places_are_found(void **state)
{
    struct bench *bench = *state;
    struct powervfs *copy = powervfs_copy(bench->disk);
    size_t size;
    uint8_t page[PAGE], *bytes = powervfs_bytes(copy, PATH, &size);
    memcpy(page, bytes + 10 * PAGE, PAGE);
    memcpy(bytes + 10 * PAGE, bytes + 11 * PAGE, PAGE);
    memcpy(bytes + 11 * PAGE, page, PAGE);
    assert_true(is_found(copy));
    powervfs_free(copy);
}

static void
lost_pages_are_found(void **state)
{
    struct bench *bench = *state;
    struct powervfs *copy = powervfs_copy(bench->disk);
    size_t size;
    memset(powervfs_bytes(copy, PATH, &size) + 20 * PAGE, 0, PAGE);
    assert_true(is_found(copy));
    powervfs_free(copy);
    copy = powervfs_copy(bench->disk);
    powervfs_truncate(copy, PATH, (bench->n_pages - 1) * PAGE);
    assert_true(is_found(copy));
    powervfs_truncate(copy, PATH, bench->n_pages * PAGE - 17);
    assert_true(is_found(copy));
    powervfs_free(copy);
}

/* --- a file of the first release ----------------------------------------- */

static void
make_old(const char *path)
{
    struct kor_buf sql = {0};
    kor_buf_printf(&sql, "PRAGMA journal_mode = WAL; BEGIN; %s; INSERT INTO "
                   "person (code) VALUES ('3333-3333'); PRAGMA user_version "
                   "= 1; PRAGMA application_id = %d; COMMIT",
                   kor_migrations[0].text, KOR_STORE_APPLICATION_ID);
    kit_sql(path, kor_buf_text(&sql));
    kor_buf_done(&sql);
}

static int
header_byte(const char *path, long at)
{
    FILE *file = fopen(path, "rbe");
    assert_non_null(file);
    assert_int_equal(fseek(file, at, SEEK_SET), 0);
    int byte = fgetc(file);
    fclose(file);
    return byte;
}

static void
an_old_file_gets_seals_when_it_is_opened(void **state)
{
    char folder[KIT_PATH_SIZE], path[KIT_PATH_SIZE + 16];
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    (void)state;
    kit_folder(folder);
    snprintf(path, sizeof path, "%s/kor.db", folder);
    make_old(path);
    assert_int_equal(header_byte(path, 20), 0);
    for (int i = 0; i < 2; i++) {
        struct kor_store *store = kit_open(path);
        /* In the file, and not in the log alone. */
        assert_int_equal(header_byte(path, 20), KOR_GUARD_SEAL);
        kit_ok(kor_store_check(store, &err), &err);
        kor_store_close(store);
        assert_int_equal(kit_number(path, NULL, "SELECT count(*) FROM person "
                                    "WHERE code = '3333-3333'"), 1);
    }
    kit_folder_remove(folder);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_new_file_has_seals_and_sqlite_reads_it),
        cmocka_unit_test(a_seal_is_the_sum_of_sums),
        T(one_bit_in_any_page_is_found),
        T(every_bit_of_the_header_is_found),
        T(pages_that_changed_places_are_found),
        T(lost_pages_are_found),
        cmocka_unit_test(an_old_file_gets_seals_when_it_is_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
