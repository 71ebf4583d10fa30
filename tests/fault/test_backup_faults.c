/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Backups when the disk is full, the database damaged or the program killed:
 * no half file under the final name, nothing plain left behind, and no half
 * clinic that would be served. */

#include "support/near.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kor/base/clock.h"
#include "support/dice.h"
#include "support/strongbox.h"

#define KILLS 6
#define PAGE 4096
#define SEED 20261122

static int
set_up(void **state)
{
    *state = strongbox_new();
    return 0;
}

/* A database of some 4 MB, so that a kill has something to hit. */
static int
set_up_large(void **state)
{
    char path[KOR_DISK_PATH_SIZE];
    struct strongbox *box = strongbox_new();
    kit_sql(kor_disk_path(box->clinic, "kor.db", path),
            "INSERT INTO instrument (key, version, definition, added_ms) "
            "SELECT 'k' || value, '1', hex(randomblob(500000)), 0 "
            "FROM json_each('[1,2,3,4]')");
    *state = box;
    return 0;
}

static int
tear_down(void **state)
{
    strongbox_free(*state);
    return 0;
}

/* Nothing that a backup works with is left. */
static void
assert_swept(const struct strongbox *box)
{
    assert_false(strongbox_has(box->clinic, "backup.tmp"));
    assert_false(strongbox_has(box->clinic, "backup.tmp-journal"));
    assert_false(strongbox_has(box->base, "a.korbackup.part"));
}

/* --- a full disk --------------------------------------------------------- */

/* Programs that are started from now on may write no larger file. */
static void
limit_files(rlim_t size)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* Sizes up to that of the backup itself, which is the largest file; what kord
 * says has room in each. */
#define N_SIZES 7
static rlim_t
size_to_try(const struct kor_buf *good, int i)
{
    return i < 6 ? good->size * (rlim_t)(i + 1) / 7 : good->size - 1;
}

static void
a_backup_for_which_there_is_no_room_leaves_the_old_one(void **state)
{
    struct strongbox *box = *state;
    strongbox_backup(box, box->file);
    struct kor_buf good = strongbox_read(box->file, "");
    struct kor_buf last = strongbox_read(box->clinic, "backup.last");
    for (int i = 0; i < N_SIZES; i++) {
        limit_files(size_to_try(&good, i));
        strongbox_try(box, "backup %s %s --key %s.pub", box->clinic,
                      box->file, box->key);
        limit_files(RLIM_INFINITY);
        assert_int_not_equal(box->run.status, 0);
        assert_int_not_equal(box->run.status, -1);
        strongbox_says(box, "kord: ");
        struct kor_buf now = strongbox_read(box->file, "");
        assert_int_equal(now.size, good.size);
        assert_memory_equal(now.text, good.text, good.size);
        kor_buf_done(&now);
        now = strongbox_read(box->clinic, "backup.last");
        assert_string_equal(now.text, last.text);
        kor_buf_done(&now);
        assert_swept(box);
    }
    kor_buf_done(&good);
    kor_buf_done(&last);
    strongbox_backup(box, box->file);
}

static void
a_restore_for_which_there_is_no_room_leaves_nothing(void **state)
{
    struct strongbox *box = *state;
    strongbox_backup(box, box->file);
    struct kor_buf good = strongbox_read(box->clinic, "kor.db");
    for (int i = 0; i < N_SIZES; i++) {
        limit_files(size_to_try(&good, i));
        strongbox_try(box, "restore %s %s --key %s", box->file, box->again,
                      box->key);
        assert_int_not_equal(box->run.status, 0);
        assert_int_not_equal(box->run.status, -1);
        strongbox_try(box, "verify %s --key %s --scratch %s", box->file,
                      box->key, box->scratch);
        limit_files(RLIM_INFINITY);
        assert_int_not_equal(box->run.status, 0);
        assert_int_not_equal(box->run.status, -1);
        assert_false(strongbox_has(box->again, ""));
        assert_int_equal(strongbox_count(box->scratch), 0);
        assert_true(strongbox_has(box->scratch, ""));
    }
    kor_buf_done(&good);
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
}

static void
room_is_asked_for_beforehand(void **state)
{
    struct strongbox *box = *state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_disk_room(box->base, 1000, &err), KOR_OK);
    assert_int_equal(kor_disk_room(box->base, UINT64_MAX / 2, &err),
                     KOR_NOT_STORED);
    assert_non_null(strstr(err.text, "room"));
    assert_int_equal(kor_disk_room("/nowhere", 1000, &err), KOR_IO);
}

/* --- damage -------------------------------------------------------------- */

/* Every eighth page is overwritten: what can be read of it is not a backup. */
static void
a_damaged_database_is_not_backed_up(void **state)
{
    struct strongbox *box = *state;
    char path[KOR_DISK_PATH_SIZE], noise[4096];
    strongbox_backup(box, box->file);
    struct kor_buf good = strongbox_read(box->file, "");
    struct kor_buf database = strongbox_read(box->clinic, "kor.db");
    int fd = open(kor_disk_path(box->clinic, "kor.db", path),
                  O_WRONLY | O_CLOEXEC);
    memset(noise, 0x5a, sizeof noise);
    for (size_t at = 8 * sizeof noise; at < database.size;
         at += 8 * sizeof noise) {
        assert_int_equal(pwrite(fd, noise, sizeof noise, (off_t)at),
                         sizeof noise);
    }
    close(fd);
    strongbox_kord(box, 65, "backup %s %s --key %s.pub", box->clinic,
                   box->file, box->key);
    strongbox_says(box, "damaged");
    struct kor_buf now = strongbox_read(box->file, "");
    assert_int_equal(now.size, good.size);
    assert_memory_equal(now.text, good.text, good.size);
    assert_swept(box);
    kor_buf_done(&good);
    kor_buf_done(&now);
    kor_buf_done(&database);
}

/* Turns bits over in the page, or back. */
static void
turn_over(const struct strongbox *box, int64_t page)
{
    char path[KOR_DISK_PATH_SIZE], byte;
    off_t at = (off_t)(page - 1) * PAGE + 2000;
    int fd = open(kor_disk_path(box->clinic, "kor.db", path),
                  O_RDWR | O_CLOEXEC);
    assert_int_equal(pread(fd, &byte, 1, at), 1);
    byte ^= 0x55;
    assert_int_equal(pwrite(fd, &byte, 1, at), 1);
    close(fd);
}

/* A copy is made from the rows, and its indexes afresh: it is as good as ever
 * when an index of the clinic's own file is not. */
static void
damage_that_a_copy_does_not_show_is_found(void **state)
{
    struct strongbox *box = *state;
    char path[KOR_DISK_PATH_SIZE], sql[128];
    kor_disk_path(box->clinic, "kor.db", path);
    struct kor_buf ini = strongbox_read(box->clinic, "kord.ini");
    kor_buf_printf(&ini, "backup_to = %s\nbackup_key = %s.pub\n",
                   box->scratch, box->key);
    strongbox_write(box->clinic, "kord.ini", ini.text);
    strongbox_kord(box, 0, "backup %s", box->clinic);
    int64_t n = kit_number(path, NULL, "SELECT count(*) FROM sqlite_schema "
                                       "WHERE type = 'index'");
    assert_true(n > 10);
    for (int64_t i = 0; i < n; i++) {
        snprintf(sql, sizeof sql,
                 "SELECT rootpage FROM sqlite_schema WHERE type = 'index' "
                 "LIMIT 1 OFFSET %lld", (long long)i);
        int64_t page = kit_number(path, NULL, sql);
        turn_over(box, page);
        strongbox_kord(box, 65, "check %s", box->clinic);
        strongbox_kord(box, 65, "backup %s", box->clinic);
        strongbox_says(box, "damaged: restore a backup");
        assert_int_equal(strongbox_count(box->scratch), 1);
        assert_swept(box);
        turn_over(box, page);
    }
    strongbox_kord(box, 0, "check %s", box->clinic);
    kor_buf_done(&ini);
}

/* --- kills --------------------------------------------------------------- */

/* How long the command takes, in milliseconds, when nobody disturbs it. */
static int64_t
time_it(struct strongbox *box, const char *line)
{
    const struct kor_clock *clock = kor_clock_system();
    int64_t begin_ms = clock->mono_ms(clock);
    strongbox_kord(box, 0, "%s", line);
    return clock->mono_ms(clock) - begin_ms + 1;
}

/* Starts the command, sends 'number' at a moment of the dice within 'most_ms',
 * and returns the exit status; -1 if the signal ended it. */
static int
disturb(const char *line, int number, int64_t most_ms, struct dice *dice)
{
    int fd, status = 0;
    char said[4096];
    int64_t wait_us = dice_int(dice, 0, most_ms * 1000);
    const struct timespec wait = {.tv_sec = (time_t)(wait_us / 1000000),
                                  .tv_nsec = (long)(wait_us % 1000000 * 1000)};
    pid_t pid = run_kord_start(line, &fd);
    (void)ppoll(NULL, 0, &wait, NULL);
    assert_int_equal(kill(pid, number), 0);
    while (read(fd, said, sizeof said) > 0) {
    }
    close(fd);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
a_killed_backup_leaves_no_half_file(void **state)
{
    struct strongbox *box = *state;
    struct dice dice = {SEED};
    char line[1024];
    snprintf(line, sizeof line, "backup %s %s --key %s.pub", box->clinic,
             box->file, box->key);
    int64_t most_ms = time_it(box, line);
    for (int i = 0; i < KILLS; i++) {
        (void)unlink(box->file);
        (void)disturb(line, SIGKILL, most_ms, &dice);
        if (strongbox_has(box->file, "")) {
            strongbox_kord(box, 0, "verify %s --key %s", box->file, box->key);
        }
    }
    strongbox_backup(box, box->file);
    assert_swept(box);
}

static void
a_backup_that_is_told_to_stop_tidies_up(void **state)
{
    struct strongbox *box = *state;
    struct dice dice = {SEED + 1};
    char line[1024];
    snprintf(line, sizeof line, "backup %s %s --key %s.pub", box->clinic,
             box->file, box->key);
    int64_t most_ms = time_it(box, line);
    for (int i = 0; i < KILLS; i++) {
        (void)unlink(box->file);
        int status = disturb(line, i % 2 ? SIGTERM : SIGINT, most_ms, &dice);
        assert_true(status == 0 || status == 75 || status == -1);
        assert_int_equal(strongbox_has(box->file, ""), status == 0);
        assert_swept(box);
    }
}

static void
a_killed_restore_is_no_clinic_or_a_whole_one(void **state)
{
    struct strongbox *box = *state;
    struct dice dice = {SEED + 2};
    char line[1024];
    strongbox_backup(box, box->file);
    snprintf(line, sizeof line, "restore %s %s --key %s", box->file,
             box->again, box->key);
    int64_t most_ms = time_it(box, line);
    for (int i = 0; i < KILLS; i++) {
        kit_folder_remove(box->again);
        (void)disturb(line, SIGKILL, most_ms, &dice);
        bool is_whole = strongbox_has(box->again, "kord.ini");
        strongbox_try(box, "check %s", box->again);
        if (is_whole) {
            assert_int_equal(box->run.status, 0);
        } else {
            assert_true(box->run.status == 65 || box->run.status == 66);
        }
        /* Nor does it become another clinic. */
        if (!is_whole && strongbox_has(box->again, "server.key")) {
            strongbox_kord(box, 65, "init %s", box->again);
            strongbox_says(box, "restore was broken off");
        }
    }
}

static void
a_restore_that_is_told_to_stop_tidies_up(void **state)
{
    struct strongbox *box = *state;
    struct dice dice = {SEED + 3};
    char line[1024];
    strongbox_backup(box, box->file);
    snprintf(line, sizeof line, "restore %s %s --key %s", box->file,
             box->again, box->key);
    int64_t most_ms = time_it(box, line);
    for (int i = 0; i < KILLS; i++) {
        kit_folder_remove(box->again);
        int status = disturb(line, SIGTERM, most_ms, &dice);
        assert_true(status == 0 || status == 75 || status == -1);
        assert_int_equal(strongbox_has(box->again, ""), status == 0);
    }
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define TL(name) cmocka_unit_test_setup_teardown(name, set_up_large, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_backup_for_which_there_is_no_room_leaves_the_old_one),
        T(a_restore_for_which_there_is_no_room_leaves_nothing),
        T(room_is_asked_for_beforehand),
        T(a_damaged_database_is_not_backed_up),
        T(damage_that_a_copy_does_not_show_is_found),
        TL(a_killed_backup_leaves_no_half_file),
        TL(a_backup_that_is_told_to_stop_tidies_up),
        TL(a_killed_restore_is_no_clinic_or_a_whole_one),
        TL(a_restore_that_is_told_to_stop_tidies_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
