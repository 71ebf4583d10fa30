/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store: opening, migrations, statements, batches, readers. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kor/base/buf.h"
#include "kor/base/log.h"
#include "store/store_provider.h"
#include "support/storekit.h"

/* Opening 'path' is refused with that code and a sentence that holds
 * 'part'. */
static void
refused(const char *path, enum kor_code code, const char *part)
{
    struct kor_store *store = (struct kor_store *)(uintptr_t)1;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_store_open(path, NULL, true, &store, &err), code);
    assert_null(store);
    if (!strstr(err.text, part)) {
        print_error("no '%s' in: %s\n", part, err.text);
        fail();
    }
}

static int
in_folder(void **state)
{
    *state = kit_folder(malloc(KIT_PATH_SIZE));
    return 0;
}

static int
out_of_folder(void **state)
{
    kit_folder_remove(*state);
    free(*state);
    return 0;
}

static char *
file_in(void **state, char path[2 * KIT_PATH_SIZE], const char *name)
{
    snprintf(path, 2 * KIT_PATH_SIZE, "%s/%s", (const char *)*state, name);
    return path;
}

static int
pragma(struct kor_store *store, const char *name)
{
    char sql[64];
    sqlite3_stmt *stmt = NULL;
    snprintf(sql, sizeof sql, "PRAGMA %s", name);
    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL),
                     SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    int value = sqlite3_column_int(stmt, 0);
    sqlite3_finalize(stmt);
    return value;
}

static int
newest_version(void)
{
    int n = 0;
    while (kor_migrations[n].version) {
        n++;
    }
    return n;
}

static void
migrations_apply_once(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_store *store = kit_open(file_in(state, path, "kor.db"));
    assert_int_equal(pragma(store, "user_version"), newest_version());
    assert_int_equal(pragma(store, "application_id"),
                     KOR_STORE_APPLICATION_ID);
    int schema = pragma(store, "schema_version");
    kit_episode(store, 1, 0);
    kor_store_close(store);
    store = kit_open(path);
    assert_int_equal(pragma(store, "schema_version"), schema);
    struct kor_person person = kit_person(1);
    assert_int_equal(kor_store_person_find(store, &person, NULL), KOR_OK);
    kor_store_close(store);
}

static void
migrations_are_numbered_without_gaps(void **state)
{
    (void)state;
    for (int i = 0; i < newest_version(); i++) {
        assert_int_equal(kor_migrations[i].version, i + 1);
    }
}

static void
the_settings_are_safe(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_store *store = kit_open(file_in(state, path, "kor.db"));
    assert_int_equal(pragma(store, "foreign_keys"), 1);
    assert_int_equal(pragma(store, "synchronous"), 2); /* FULL */
    assert_int_equal(pragma(store, "secure_delete"), 1);
    assert_int_equal(pragma(store, "trusted_schema"), 0);
    assert_int_equal(pragma(store, "wal_autocheckpoint"), 0);
    sqlite3_stmt *stmt = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->db, "PRAGMA journal_mode", -1,
                                        &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    assert_string_equal(sqlite3_column_text(stmt, 0), "wal");
    sqlite3_finalize(stmt);
    kor_store_close(store);
}

static void
a_database_of_a_newer_kor_is_refused(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    kor_store_close(kit_open(file_in(state, path, "kor.db")));
    kit_sql(path, "PRAGMA user_version = 999");
    refused(path, KOR_CONFLICT, "newer kor (schema 999");
    kit_sql(path, "PRAGMA user_version = -1");
    refused(path, KOR_CONFLICT, "not one of kor");
}

/* A file that is no database of ours is left as it was. */
static void
somebody_elses_database_is_left_alone(void **state)
{
    static const char *const others[] = {
        "CREATE TABLE note (text)",
        "CREATE TABLE note (text); PRAGMA user_version = 1",
        "PRAGMA application_id = 252006675; CREATE TABLE note (text)",
        "PRAGMA application_id = 252006675",
    };
    for (size_t i = 0; i < KOR_LENGTH(others); i++) {
        char path[2 * KIT_PATH_SIZE], name[16];
        snprintf(name, sizeof name, "other%zu.db", i);
        kit_sql(file_in(state, path, name), others[i]);
        struct stat before, after;
        assert_int_equal(stat(path, &before), 0);
        refused(path, KOR_CONFLICT, "not one of kor");
        assert_int_equal(stat(path, &after), 0);
        assert_int_equal(before.st_size, after.st_size);
        assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
        kit_sql(path, "PRAGMA journal_mode = DELETE");
    }
}

static void
a_file_that_is_no_database_is_refused(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    FILE *file = fopen(file_in(state, path, "notes.txt"), "w");
    assert_non_null(file);
    for (int i = 0; i < 100; i++) {
        fputs("bring oranges, and the map of the fells\n", file);
    }
    fclose(file);
    refused(path, KOR_CORRUPT, "damaged");
    refused(*state, KOR_IO, "cannot open the database");
}

static void
a_missing_file_is_only_made_if_asked_for(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    file_in(state, path, "none.db");
    assert_int_equal(kor_store_open(path, NULL, false, &store, &err), KOR_IO);
    assert_null(store);
    assert_int_equal(access(path, F_OK), -1);
    assert_int_equal(kor_store_open_reader(path, NULL, &store, &err),
                     KOR_IO);
    assert_null(store);
}

/* What is left when a file was cut off at its beginning is no new clinic. */
static void
a_file_that_was_emptied_is_no_new_database(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    static const off_t sizes[] = {0, 1, 511, 4095};
    for (size_t i = 0; i < KOR_LENGTH(sizes); i++) {
        char name[32];
        struct kor_store *store;
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        snprintf(name, sizeof name, "cut%zu.db", i);
        kor_store_close(kit_open(file_in(state, path, name)));
        assert_int_equal(truncate(path, sizes[i]), 0);
        assert_int_equal(kor_store_open(path, NULL, false, &store, &err),
                         KOR_CORRUPT);
        assert_null(store);
        assert_non_null(strstr(err.text, "estore a backup"));
    }
}

/* Opens 'path' as somebody without rights. */
static enum kor_code
open_as_nobody(const char *path, struct kor_store **store,
               struct kor_err *err)
{
    uid_t self = geteuid();
    kor_err_init(err, KOR_EN);
    if (self == 0) {
        assert_int_equal(seteuid(65534), 0);
    }
    enum kor_code code = kor_store_open(path, NULL, true, store, err);
    if (self == 0) {
        assert_int_equal(seteuid(self), 0);
    }
    return code;
}

/* SQLite would open it for reading alone and say nothing. */
static void
a_file_that_cannot_be_written_to_is_refused(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    static const mode_t folders[] = {0555, 0777};
    kor_store_close(kit_open(file_in(state, path, "kor.db")));
    assert_int_equal(chmod(path, 0444), 0);
    for (size_t i = 0; i < KOR_LENGTH(folders); i++) {
        assert_int_equal(chmod(*state, folders[i]), 0);
        struct kor_store *store;
        struct kor_err err;
        enum kor_code code = open_as_nobody(path, &store, &err);
        assert_int_equal(chmod(*state, 0755), 0);
        assert_null(store);
        assert_int_equal(code, KOR_NOT_STORED);
        assert_non_null(strstr(err.text, "cannot be written to"));
    }
}

/* The number behind the '$' at '*at', which moves on behind it. */
static int
placeholder(const char **at)
{
    int n = 0;
    for ((*at)++; **at >= '0' && **at <= '9'; (*at)++) {
        n = n * 10 + (**at - '0');
    }
    return n;
}

static void
placeholders_appear_in_order(void **state)
{
    (void)state;
    for (int i = 0; i < KOR_N_SQL; i++) {
        int most = 0;
        const char *at = kor_sql_texts[i].text;
        while ((at = strchr(at, '$'))) {
            int n = placeholder(&at);
            if (n < 1 || n > most + 1) {
                print_error("%s: $%d comes before $%d\n",
                            kor_sql_texts[i].name, n, most + 1);
                fail();
            }
            most = n > most ? n : most;
        }
        assert_null(strpbrk(kor_sql_texts[i].text, "?@"));
    }
}

static void
every_statement_prepares(void **state)
{
    (void)state;
    struct kor_store *store = kit_open(":memory:");
    for (int i = 0; i < KOR_N_SQL; i++) {
        sqlite3_stmt *stmt = NULL;
        const char *rest = "";
        int rc = sqlite3_prepare_v2(store->db, kor_sql_texts[i].text, -1,
                                    &stmt, &rest);
        if (rc != SQLITE_OK || rest[strspn(rest, " \n")]) {
            print_error("%s: %s%s\n", kor_sql_texts[i].name,
                        sqlite3_errmsg(store->db), rest);
            fail();
        }
        sqlite3_finalize(stmt);
    }
    kor_store_close(store);
}

static void
a_statement_gets_as_many_values_as_it_has_places(void **state)
{
    (void)state;
    struct kor_store *store = kit_open(":memory:");
    struct kor_rows rows;
    assert_int_equal(kor_sql_query(store, KOR_SQL_PERSON_FIND, &rows,
                                   KOR_NO_ARGS, NULL),
                     KOR_INTERNAL);
    assert_int_equal(kor_sql_query(store, KOR_SQL_PERSON_FIND, &rows,
                                   KOR_ARGS(kor_txt("a"), kor_int(1)), NULL),
                     KOR_INTERNAL);
    kor_store_close(store);
}

/* SQL that the schema itself must refuse. */
static void
rows_that_contradict_themselves_are_refused(void **state)
{
    static const char *const wrong[] = {
        "INSERT INTO episode (person_id, number, pathway, unit, therapist, "
        "opened_date) VALUES (77, 1, 'p', 'u', 't', 1)",
        "INSERT INTO session (episode_id, number, session_date, status) "
        "VALUES (77, 1, 1, 'held')",
        "UPDATE episode SET ending = 'planned'",
        "UPDATE episode SET closed_date = 1",
        "UPDATE episode SET ending = 'lost', closed_date = 1",
        "UPDATE episode SET number = 0",
        "UPDATE episode SET number = 1000",
        "UPDATE episode SET import_id = 5",
        "UPDATE session SET status = 'late'",
        "UPDATE session SET mode = 'train'",
        "UPDATE session SET number = 10000",
        "UPDATE session SET session_date = 'Monday'",
        "UPDATE person SET gender = 'x'",
        "UPDATE account_role SET role = 'owner'",
        "UPDATE account SET unit_id = 77",
        "INSERT INTO unit (name, path, added_ms) VALUES ('a', 'a', 1)",
        "UPDATE actor SET public_key = x'00'",
        "UPDATE answer SET how = 'guess'",
        "UPDATE answer SET version = 0",
        "UPDATE answer SET is_struck = 2",
        "UPDATE answer SET actor_id = 77",
        "UPDATE answer SET course_id = 77",
        "UPDATE answer SET instrument_id = 77",
        "INSERT INTO answer SELECT * FROM answer",
        "INSERT INTO signal (episode_id, session_id, scale, finding, "
        "raised_ms) VALUES (1, 77, 's', 1, 1)",
        "DELETE FROM session",
        "DELETE FROM person",
        "DELETE FROM actor",
        "INSERT INTO import (name, hash, n_rows, is_made_up, begun_ms) "
        "VALUES ('f', 'h', 0, 0, 1)",
        "INSERT INTO course (scale, certificate, fitted_ms, in_use) "
        "VALUES ('s', '{}', 1, 2)",
    };
    (void)state;
    struct kor_store *store = kit_open(":memory:");
    struct kor_episode episode = kit_episode(store, 1, 0);
    struct kor_session session = kit_session(store, episode.id, 1);
    struct kor_answer answer
        = kit_answer(session.id, kit_scale(store, "outcome", "1"),
                     kit_actor(store, 1), 20);
    kit_add_answer(store, &answer);
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        int rc = sqlite3_exec(store->db, wrong[i], NULL, NULL, NULL);
        if (rc != SQLITE_CONSTRAINT && (rc & 0xff) != SQLITE_CONSTRAINT) {
            print_error("%d: %s\n", rc, wrong[i]);
            fail();
        }
    }
    kor_store_close(store);
}

static void
a_rollback_takes_all_back(void **state)
{
    (void)state;
    struct kor_store *store = kit_open(":memory:");
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_begin(store, &err), &err);
    struct kor_episode episode = kit_episode(store, 1, 0);
    kit_session(store, episode.id, 1);
    kor_store_rollback(store);
    struct kor_person person = kit_person(1);
    assert_int_equal(kor_store_person_find(store, &person, &err),
                     KOR_NOT_FOUND);
    assert_int_equal(kor_store_episode_load(store, episode.id, &episode,
                                            &err),
                     KOR_NOT_FOUND);
    kor_store_rollback(store);
    kor_store_close(store);
}

static void
after_a_failure_commit_refuses(void **state)
{
    (void)state;
    struct kor_store *store = kit_open(":memory:");
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_begin(store, &err), &err);
    struct kor_episode episode = kit_episode(store, 1, 0);
    struct kor_person again = kit_person(1);
    assert_int_equal(kor_store_person_add(store, &again, &err),
                     KOR_DUPLICATE);
    assert_false(kor_store_has_failed(store));
    assert_int_equal(kor_store_episode_add(store, &episode, 0, &err),
                     KOR_INTERNAL);
    assert_true(kor_store_has_failed(store));
    assert_int_equal(kor_store_commit(store, &err), KOR_NOT_STORED);
    kor_store_rollback(store);
    assert_false(kor_store_has_failed(store));
    assert_int_equal(kor_store_person_find(store, &again, &err),
                     KOR_NOT_FOUND);
    kit_ok(kor_store_begin(store, &err), &err);
    kit_episode(store, 1, 0);
    kit_ok(kor_store_commit(store, &err), &err);
    assert_int_equal(kor_store_person_find(store, &again, &err), KOR_OK);
    kor_store_close(store);
}

static void
a_reader_sees_what_was_committed(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_store *store = kit_open(file_in(state, path, "kor.db"));
    struct kor_store *reader;
    struct kor_person person = kit_person(1);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_open_reader(path, NULL, &reader, &err), &err);
    kit_ok(kor_store_begin(store, &err), &err);
    kit_episode(store, 1, 0);
    assert_int_equal(kor_store_person_find(reader, &person, &err),
                     KOR_NOT_FOUND);
    kit_ok(kor_store_begin(reader, &err), &err);
    assert_int_equal(kor_store_person_find(reader, &person, &err),
                     KOR_NOT_FOUND);
    kit_ok(kor_store_commit(store, &err), &err);
    assert_int_equal(kor_store_person_find(reader, &person, &err),
                     KOR_NOT_FOUND);
    kor_store_rollback(reader);
    kit_ok(kor_store_person_find(reader, &person, &err), &err);
    person = kit_person(2);
    assert_int_equal(kor_store_person_add(reader, &person, &err),
                     KOR_NOT_STORED);
    kor_store_close(reader);
    kor_store_close(store);
}

static off_t
wal_size(const char *path)
{
    char wal[2 * KIT_PATH_SIZE + 8];
    struct stat about;
    snprintf(wal, sizeof wal, "%s-wal", path);
    return stat(wal, &about) ? 0 : about.st_size;
}

static void
a_checkpoint_folds_the_wal(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_store *store = kit_open(file_in(state, path, "kor.db"));
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    for (int i = 0; i < 50; i++) {
        kit_episode(store, i, 0);
    }
    int grown = store->wal_pages;
    assert_true(grown > 20);
    kit_ok(kor_store_checkpoint(store, grown, &err), &err);
    assert_int_equal(store->wal_pages, grown);
    kit_ok(kor_store_checkpoint(store, 10, &err), &err);
    assert_int_equal(store->wal_pages, 0);
    off_t size = wal_size(path);
    for (int i = 50; i < 60; i++) {
        kit_episode(store, i, 0);
    }
    assert_true(store->wal_pages < grown);
    assert_int_equal(wal_size(path), size);
    kit_ok(kor_store_check(store, &err), &err);
    kor_store_close(store);
    assert_int_equal(wal_size(path), 0);
}

/* What a reader still has to read behind stays in the WAL. */
static void
a_checkpoint_stops_at_what_a_reader_sees(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_store *store = kit_open(file_in(state, path, "kor.db"));
    struct kor_store *reader;
    struct kor_person person = kit_person(1);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_open_reader(path, NULL, &reader, &err), &err);
    kit_episode(store, 1, 0);
    int seen = store->wal_pages;
    kit_ok(kor_store_begin(reader, &err), &err);
    kit_ok(kor_store_person_find(reader, &person, &err), &err);
    kit_episode(store, 2, 0);
    int grown = store->wal_pages;
    assert_true(grown > seen);
    kit_ok(kor_store_checkpoint(store, 0, &err), &err);
    assert_int_equal(store->wal_pages, grown - seen);
    person = kit_person(2);
    assert_int_equal(kor_store_person_find(reader, &person, &err),
                     KOR_NOT_FOUND);
    kor_store_rollback(reader);
    kit_ok(kor_store_checkpoint(store, 0, &err), &err);
    assert_int_equal(store->wal_pages, 0);
    kor_store_close(reader);
    kor_store_close(store);
}

static void
values_that_are_nothing_become_null(void **state)
{
    (void)state;
    static const char some[] = "a";
    const struct kor_arg nothing[]
        = {kor_txt(NULL), kor_txt(""), kor_real(NAN), kor_blob(NULL, 0),
           kor_int_or_null(7, 7)};
    const struct kor_arg something[]
        = {kor_txt(some), kor_int(0), kor_real(0), kor_blob(some, 0),
           kor_int_or_null(0, 7)};
    for (size_t i = 0; i < KOR_LENGTH(nothing); i++) {
        assert_true(nothing[i].is_null);
        assert_false(something[i].is_null);
    }
}

static void
a_damaged_file_is_found(void **state)
{
    char path[2 * KIT_PATH_SIZE];
    struct kor_store *store = kit_open(file_in(state, path, "kor.db"));
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    for (int i = 0; i < 200; i++) {
        kit_episode(store, i, 0);
    }
    kit_ok(kor_store_check(store, &err), &err);
    kor_store_close(store);
    kit_sql(path, "PRAGMA foreign_keys = OFF; DELETE FROM person WHERE id=9");
    store = kit_open(path);
    assert_int_equal(kor_store_check(store, &err), KOR_CORRUPT);
    kor_store_close(store);
    kit_sql(path, "DELETE FROM episode WHERE person_id = 9");
    kor_store_close(kit_open(path)); /* All is in the file. */
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    static const char noise[300] = "\x7f\x7f\x7f";
    assert_int_equal(fseek(file, -4096 * 3, SEEK_END), 0);
    assert_int_equal(fwrite(noise, sizeof noise, 1, file), 1);
    fclose(file);
    store = kit_open(path);
    assert_int_equal(kor_store_check(store, &err), KOR_CORRUPT);
    kor_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(migrations_apply_once, in_folder,
                                        out_of_folder),
        cmocka_unit_test(migrations_are_numbered_without_gaps),
        cmocka_unit_test_setup_teardown(the_settings_are_safe, in_folder,
                                        out_of_folder),
        cmocka_unit_test_setup_teardown(a_database_of_a_newer_kor_is_refused,
                                        in_folder, out_of_folder),
        cmocka_unit_test_setup_teardown(somebody_elses_database_is_left_alone,
                                        in_folder, out_of_folder),
        cmocka_unit_test_setup_teardown(a_file_that_is_no_database_is_refused,
                                        in_folder, out_of_folder),
        cmocka_unit_test_setup_teardown(
            a_missing_file_is_only_made_if_asked_for, in_folder,
            out_of_folder),
        cmocka_unit_test_setup_teardown(
            a_file_that_was_emptied_is_no_new_database, in_folder,
            out_of_folder),
        cmocka_unit_test_setup_teardown(
            a_file_that_cannot_be_written_to_is_refused, in_folder,
            out_of_folder),
        cmocka_unit_test(placeholders_appear_in_order),
        cmocka_unit_test(every_statement_prepares),
        cmocka_unit_test(a_statement_gets_as_many_values_as_it_has_places),
        cmocka_unit_test(rows_that_contradict_themselves_are_refused),
        cmocka_unit_test(a_rollback_takes_all_back),
        cmocka_unit_test(after_a_failure_commit_refuses),
        cmocka_unit_test_setup_teardown(a_reader_sees_what_was_committed,
                                        in_folder, out_of_folder),
        cmocka_unit_test_setup_teardown(a_checkpoint_folds_the_wal, in_folder,
                                        out_of_folder),
        cmocka_unit_test_setup_teardown(
            a_checkpoint_stops_at_what_a_reader_sees, in_folder,
            out_of_folder),
        cmocka_unit_test(values_that_are_nothing_become_null),
        cmocka_unit_test_setup_teardown(a_damaged_file_is_found, in_folder,
                                        out_of_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
