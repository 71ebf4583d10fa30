/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: how the daemon and its files are, and what is warned of. */

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "kor/base/file.h"
#include "support/clinic.h"

#define DAY_MS 86400000.0

static void
put(const char *path, const char *text)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_file_write(path, text, strlen(text), 0600, &err), &err);
}

/* Says that it was done at the day KIT_DAY + 'day', at nine. */
static void
put_done(const char *path, int day)
{
    char text[64];
    snprintf(text, sizeof text, "{\"name\": \"x\", \"at_ms\": %lld}",
             (long long)KIT_MS + day * (long long)DAY_MS);
    put(path, text);
}

static void
status(struct clinic *clinic, int day)
{
    clinic_day(clinic, day);
    clinic_ok(clinic, "status", "{}");
}

static void
it_says_what_release_schema_and_files_there_are(void **state)
{
    struct clinic *clinic = *state;
    struct stat about;
    struct statvfs disk;
    char wal[600];
    clinic_day(clinic, 3);
    snprintf(wal, sizeof wal, "%s-wal", clinic->config.store_path);
    assert_int_equal(stat(wal, &about), 0);
    double least = (double)about.st_size;
    clinic_ok(clinic, "status", "{}");
    assert_string_equal(clinic_text(clinic, "version"), KOR_VERSION);
    assert_reply(clinic, "schema",
                 (double)clinic_sql(clinic, "SELECT user_version "
                                            "FROM pragma_user_version"));
    assert_reply(clinic, "started_ms", (double)KIT_MS);
    assert_reply(clinic, "at_ms", (double)KIT_MS + 3 * DAY_MS);
    double database = clinic_num(clinic, "database");
    double log = clinic_num(clinic, "log"), room = clinic_num(clinic, "free");
    assert_int_equal(stat(clinic->config.store_path, &about), 0);
    assert_near((double)about.st_size, database, 0, 0);
    /* The access log of this very request is stored behind it. */
    assert_int_equal(stat(wal, &about), 0);
    assert_true(least > 0 && least <= log && log <= (double)about.st_size);
    /* Others use the disk meanwhile. */
    assert_int_equal(statvfs(clinic->folder, &disk), 0);
    assert_near((double)disk.f_bavail * (double)disk.f_frsize, room, 2e9, 0);
    assert_true(room > 0);
}

static void
a_backup_and_a_check_are_missed_until_they_are_made(void **state)
{
    struct clinic *clinic = *state;
    status(clinic, 0);
    assert_true(clinic_has(clinic, "warnings", "no-backup"));
    assert_true(clinic_has(clinic, "warnings", "no-check"));
    assert_reply(clinic, "backup_ms", NAN);
    put_done(clinic->config.backup_path, 0);
    put_done(clinic->config.check_path, 0);
    status(clinic, 0);
    assert_int_equal(clinic_has(clinic, "warnings", "no-backup"), 0);
    assert_int_equal(clinic_has(clinic, "warnings", "no-check"), 0);
    assert_reply(clinic, "backup_ms", (double)KIT_MS);
    assert_reply(clinic, "check_ms", (double)KIT_MS);
}

static void
they_grow_old_after_two_and_thirty_five_days(void **state)
{
    struct clinic *clinic = *state;
    put_done(clinic->config.backup_path, 0);
    put_done(clinic->config.check_path, 0);
    static const struct {
        int day;
        bool is_old_backup, is_old_check;
    } days[] = {{2, false, false}, {3, true, false}, {35, true, false},
                {36, true, true}};
    for (size_t i = 0; i < KOR_LENGTH(days); i++) {
        status(clinic, days[i].day);
        assert_int_equal(clinic_has(clinic, "warnings", "old-backup"),
                         days[i].is_old_backup);
        assert_int_equal(clinic_has(clinic, "warnings", "old-check"),
                         days[i].is_old_check);
    }
}

static void
a_note_that_cannot_be_read_is_none(void **state)
{
    struct clinic *clinic = *state;
    static const char *const wrong[]
        = {"", "x", "[]", "{}", "{\"at_ms\": \"1\"}", "{\"at_ms\": -1}",
           "{\"at_ms\": 1.5}"};
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        put(clinic->config.backup_path, wrong[i]);
        status(clinic, 0);
        assert_true(clinic_has(clinic, "warnings", "no-backup"));
        assert_reply(clinic, "backup_ms", NAN);
    }
}

static void
it_is_for_operators(void **state)
{
    struct clinic *clinic = *state;
    for (unsigned role = 0; role < KOR_N_ACTOR_ROLES; role++) {
        char name[16];
        snprintf(name, sizeof name, "role-%u", role);
        clinic_actor(clinic, name, KOR_ROLE_BIT(role));
        if (role == KOR_ACTOR_OPERATOR) {
            clinic_ok(clinic, "status", "{}");
        } else {
            assert_int_equal(clinic_ask(clinic, "status", "{}"),
                             KOR_FORBIDDEN);
        }
    }
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)
    const struct CMUnitTest tests[] = {
        T(it_says_what_release_schema_and_files_there_are),
        T(a_backup_and_a_check_are_missed_until_they_are_made),
        T(they_grow_old_after_two_and_thirty_five_days),
        T(a_note_that_cannot_be_read_is_none),
        T(it_is_for_operators),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
