/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store: a log that has lost what was on the disk is not taken for one that
 * ends there. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/log.h"
#include "support/near.h"
#include "support/powervfs.h"
#include "support/storekit.h"

#define PATH "kor.db"
#define PLACE 512 /* From one place of the mark to the other. */

struct bench {
    struct powervfs *disk;
    struct kor_store *store;
    struct kor_err err;
};

static int
set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    kor_err_init(&bench->err, KOR_EN);
    kor_log_set((enum kor_log_level)0);
    bench->disk = powervfs_new();
    kit_ok(kor_store_open(PATH, powervfs_name(bench->disk), true,
                          &bench->store, &bench->err),
           &bench->err);
    *state = bench;
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    kor_store_close(bench->store);
    powervfs_free(bench->disk);
    free(bench);
    return 0;
}

static void
add(struct bench *bench, int serial)
{
    (void)kit_episode(bench->store, serial, 0);
}

static void
note(struct bench *bench)
{
    kit_ok(kor_store_note(bench->store, &bench->err), &bench->err);
}

static void
fold(struct bench *bench)
{
    kit_ok(kor_store_checkpoint(bench->store, 0, &bench->err), &bench->err);
}

/* What the next store says of a copy whose log is cut off at 'size' bytes
 * (SIZE_MAX: not at all), with how many episodes in '*n'. */
static enum kor_code
reopen(struct bench *bench, struct powervfs *left, size_t size, int64_t *n)
{
    struct kor_store *store;
    if (size != SIZE_MAX) {
        powervfs_truncate(left, PATH "-wal", size);
    }
    enum kor_code code = kor_store_open(PATH, powervfs_name(left), false,
                                        &store, &bench->err);
    kor_store_close(store);
    *n = code == KOR_OK ? kit_number(PATH, powervfs_name(left),
                                     "SELECT count(*) FROM episode")
                        : -1;
    powervfs_free(left);
    return code;
}

static size_t
log_size(struct bench *bench)
{
    size_t size;
    (void)powervfs_bytes(bench->disk, PATH "-wal", &size);
    return size;
}

static void
a_log_that_is_gone_is_missed(void **state)
{
    struct bench *bench = *state;
    int64_t n;
    add(bench, 1);
    note(bench);
    assert_int_equal(reopen(bench, powervfs_copy(bench->disk), SIZE_MAX, &n),
                     KOR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(reopen(bench, powervfs_copy(bench->disk), 0, &n),
                     KOR_CORRUPT);
    assert_non_null(strstr(bench->err.text, "restore a backup"));
}

/* Nothing was promised of what came after the note but that it is a power cut
 * like any other. */
static void
what_came_after_the_note_may_be_missing(void **state)
{
    struct bench *bench = *state;
    int64_t n;
    add(bench, 1);
    note(bench);
    size_t noted = log_size(bench);
    add(bench, 2);
    assert_int_equal(reopen(bench, powervfs_copy(bench->disk), SIZE_MAX, &n),
                     KOR_OK);
    assert_int_equal(n, 2);
    assert_int_equal(reopen(bench, powervfs_copy(bench->disk), noted + 99,
                            &n), KOR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(reopen(bench, powervfs_copy(bench->disk), noted - 1, &n),
                     KOR_CORRUPT);
}

/* An old log over a newer file would be a state that never was. */
static void
a_log_that_was_folded_in_goes_whole_or_not_at_all(void **state)
{
    struct bench *bench = *state;
    int64_t n;
    add(bench, 1);
    size_t half = log_size(bench);
    add(bench, 2);
    fold(bench);
    assert_int_equal(reopen(bench, powervfs_copy(bench->disk), 0, &n),
                     KOR_OK);
    assert_int_equal(n, 2);
    assert_int_equal(reopen(bench, powervfs_copy(bench->disk), half, &n),
                     KOR_CORRUPT);
    /* The next one is another log. */
    add(bench, 3);
    assert_int_equal(reopen(bench, powervfs_copy(bench->disk), SIZE_MAX, &n),
                     KOR_OK);
    assert_int_equal(n, 3);
}

static void
after_a_close_there_is_no_log_and_nothing_is_missed(void **state)
{
    struct bench *bench = *state;
    int64_t n;
    size_t size;
    add(bench, 1);
    note(bench);
    kor_store_close(bench->store);
    bench->store = NULL;
    assert_null(powervfs_bytes(bench->disk, PATH "-wal", &size));
    assert_int_equal(reopen(bench, powervfs_copy(bench->disk), SIZE_MAX, &n),
                     KOR_OK);
    assert_int_equal(n, 1);
}

/* The mark is written while the power goes: one place is torn, and the other
 * says what it said before. */
static void
a_torn_mark_leaves_the_one_before(void **state)
{
    struct bench *bench = *state;
    int64_t n;
    add(bench, 1);
    note(bench);
    size_t noted = log_size(bench);
    add(bench, 2);
    note(bench);
    int n_refused = 0;
    for (size_t place = 0; place < 2; place++) {
        struct powervfs *left = powervfs_copy(bench->disk);
        size_t size;
        powervfs_bytes(left, PATH "-mark", &size)[place * PLACE + 20] ^= 4;
        n_refused += reopen(bench, left, noted, &n) == KOR_CORRUPT;
        left = powervfs_copy(bench->disk);
        powervfs_bytes(left, PATH "-mark", &size)[place * PLACE + 20] ^= 4;
        assert_int_equal(reopen(bench, left, noted - 1, &n), KOR_CORRUPT);
    }
    assert_int_equal(n_refused, 1); /* By the later of the two. */
}

static void
without_a_mark_it_is_opened_as_it_is(void **state)
{
    struct bench *bench = *state;
    int64_t n;
    add(bench, 1);
    note(bench);
    struct powervfs *left = powervfs_copy(bench->disk);
    powervfs_truncate(left, PATH "-mark", 0);
    /* Nothing was folded in yet: the file by itself is empty. */
    assert_int_equal(reopen(bench, left, 0, &n), KOR_CORRUPT);
    fold(bench);
    add(bench, 2);
    note(bench);
    left = powervfs_copy(bench->disk);
    powervfs_truncate(left, PATH "-mark", 0);
    assert_int_equal(reopen(bench, left, 0, &n), KOR_OK);
    assert_int_equal(n, 1);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_log_that_is_gone_is_missed),
        T(what_came_after_the_note_may_be_missing),
        T(a_log_that_was_folded_in_goes_whole_or_not_at_all),
        T(after_a_close_there_is_no_log_and_nothing_is_missed),
        T(a_torn_mark_leaves_the_one_before),
        T(without_a_mark_it_is_opened_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
