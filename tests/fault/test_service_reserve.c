/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: when the disk is full nothing is stored and everybody is told so,
 * who looks is still on record, and it all goes on by itself. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kor/base/log.h"
#include "support/smalldisk.h"

#define RESERVE (400 * 1024)
#define MARGIN (RESERVE / 4) /* As service/reserve.h says. */
#define SIZE (16 << 20)
#define DAY_MS (24 * 3600 * 1000)

struct house {
    struct smalldisk disk;
    struct clinic *clinic;
    char code[KOR_CLIENT_CODE_SIZE];
};

static int
set_up(void **state)
{
    struct house *house = calloc(1, sizeof *house);
    smalldisk_new(&house->disk, SIZE);
    house->clinic = smalldisk_clinic(&house->disk, RESERVE);
    clinic_open(house->clinic, house->code);
    kor_log_set((enum kor_log_level)0);
    *state = house;
    return 0;
}

static int
tear_down(void **state)
{
    struct house *house = *state;
    clinic_free(house->clinic);
    smalldisk_free(&house->disk);
    free(house);
    return 0;
}

static enum kor_reserve_state
state_of(const struct house *house)
{
    return kor_service_reserve(house->clinic->service);
}

/* So much later the loop has nothing to do. */
static void
idle(struct house *house, int later_ms)
{
    house->clinic->now_ms += later_ms;
    assert_int_equal(kor_service_idle(house->clinic->service), KOR_OK);
}

static enum kor_code
record(struct house *house, double total)
{
    return clinic_ask(house->clinic, "record",
                      "{'code': '%s', 'answers': [{'scale': 'outcome', "
                      "'total': %g}]}", house->code, total);
}

static int64_t
n_log(const struct house *house, const char *outcome)
{
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM access_log WHERE outcome = '%s'", outcome);
    return clinic_sql(house->clinic, sql);
}

static void
at_the_start_the_reserve_is_held(void **state)
{
    struct house *house = *state;
    assert_int_equal(house->disk.held, RESERVE);
    assert_int_equal(state_of(house), KOR_RESERVE_NORMAL);
    assert_string_equal(kor_reserve_word(state_of(house)), "normal");
    clinic_ok(house->clinic, "status", "{}");
    assert_string_equal("normal", clinic_text(house->clinic, "reserve"));
    assert_int_equal(0, clinic_has(house->clinic, "warnings", "full-disk"));
}

static void
a_write_without_room_is_not_stored_and_reads_go_on(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    smalldisk_fill(&house->disk, 3000); /* Less than a page. */
    assert_int_equal(record(house, 20), KOR_NOT_STORED);
    assert_int_equal(state_of(house), KOR_RESERVE_SHORT);
    assert_int_equal(house->disk.held, 0);
    assert_int_equal(record(house, 20), KOR_NOT_STORED);
    clinic_ok(clinic, "ping", "{}");
    for (int i = 0; i < 5; i++) {
        clinic_ok(clinic, "show", "{'code': '%s'}", house->code);
        assert_int_equal(0, clinic_count(clinic, "sessions"));
    }
    clinic_ok(clinic, "status", "{}");
    assert_string_equal("short", clinic_text(clinic, "reserve"));
    assert_true(clinic_has(clinic, "warnings", "full-disk"));
    /* Each look and each refusal is a row. */
    assert_int_equal(2, n_log(house, "not-stored"));
    assert_int_equal(5, clinic_sql(clinic, "SELECT count(*) FROM access_log "
                                           "WHERE action = 'show'"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM answer"));
}

static void
all_of_a_batch_hear_that_it_is_not_stored(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    struct kor_call *calls[4];
    char frame[CLINIC_FRAME_SIZE];
    for (int i = 0; i < 3; i++) {
        calls[i] = clinic_call(clinic, clinic_frame(frame, 900 + i, "open",
                                                    "{}"));
    }
    /* A look that was answered by a worker rides in the same batch. */
    calls[3] = clinic_call(clinic, clinic_frame(frame, 903, "show",
                                                "{'code': '%s'}",
                                                house->code));
    kor_worker_read(clinic->worker, calls[3]);
    assert_int_equal(calls[3]->code, KOR_OK);
    smalldisk_fill(&house->disk, 3000);
    assert_int_equal(kor_service_write(clinic->service, calls, 4), KOR_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(calls[i]->code, KOR_NOT_STORED);
        assert_int_equal(calls[i]->reply.size, 0);
        assert_false(calls[i]->has_event);
    }
    assert_int_equal(calls[3]->code, KOR_OK);
    assert_true(calls[3]->reply.size > 0);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM episode"));
    for (int i = 0; i < 4; i++) {
        clinic_call_free(calls[i]);
    }
}

static void
what_was_stored_before_is_still_answered_with_its_id(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    char frame[CLINIC_FRAME_SIZE];
    struct kor_call *calls[2];
    for (int i = 0; i < 2; i++) {
        calls[i] = clinic_call(clinic, clinic_frame(frame, 910, "open", "{}"));
    }
    assert_int_equal(kor_service_write(clinic->service, &calls[0], 1), KOR_OK);
    smalldisk_fill(&house->disk, 3000);
    assert_int_equal(record(house, 20), KOR_NOT_STORED);
    assert_int_equal(kor_service_write(clinic->service, &calls[1], 1), KOR_OK);
    assert_int_equal(calls[1]->code, KOR_OK);
    assert_string_equal(kor_buf_text(&calls[0]->reply),
                        kor_buf_text(&calls[1]->reply));
    clinic_call_free(calls[0]);
    clinic_call_free(calls[1]);
}

static void
once_the_reserve_is_used_up_nothing_is_shown_unlogged(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    int n_shown = 0;
    smalldisk_fill(&house->disk, 3000);
    while (clinic_ask(clinic, "show", "{'code': '%s'}", house->code)
           == KOR_OK) {
        n_shown++;
        assert_true(n_shown < 1000);
    }
    assert_int_equal(clinic->call.code, KOR_NOT_STORED);
    assert_int_equal(clinic->call.reply.size, 0);
    assert_int_equal(state_of(house), KOR_RESERVE_GONE);
    /* A look costs at most three pages of the log. */
    assert_true(n_shown >= RESERVE / (3 * 4120) - 1);
    assert_int_equal(n_shown, n_log(house, "ok") - 1); /* And 'open'. */
    clinic_ok(clinic, "ping", "{}");
    /* A little room, and who looks is on record again. */
    smalldisk_fill(&house->disk, 30000);
    clinic_ok(clinic, "show", "{'code': '%s'}", house->code);
    assert_int_equal(state_of(house), KOR_RESERVE_SHORT);
}

static void
a_full_disk_does_not_fill_the_journal(void **state)
{
    struct house *house = *state;
    struct clinic *clinic = house->clinic;
    char said[4096];
    int old = dup(STDERR_FILENO);
    int journal = memfd_create("journal", 0);
    smalldisk_fill(&house->disk, 0);
    kor_log_set(KOR_LOG_INFO);
    dup2(journal, STDERR_FILENO);
    for (int i = 0; i < 200; i++) {
        (void)clinic_ask(clinic, "show", "{'code': '%s'}", house->code);
    }
    dup2(old, STDERR_FILENO);
    kor_log_set((enum kor_log_level)0);
    assert_int_equal(state_of(house), KOR_RESERVE_GONE);
    ssize_t size = pread(journal, said, sizeof said, 0);
    assert_in_range(size, 1, sizeof said - 1);
    said[size] = '\0';
    int n_lines = 0;
    for (const char *at = said; (at = strchr(at, '\n')); at++) {
        n_lines++;
    }
    assert_in_range(n_lines, 2, 4);
    assert_non_null(strstr(said, "the disk is full"));
    assert_non_null(strstr(said, "the reserve is used up"));
    close(journal);
    close(old);
}

static void
when_there_is_room_again_it_goes_on_by_itself(void **state)
{
    struct house *house = *state;
    smalldisk_fill(&house->disk, 3000);
    assert_int_equal(record(house, 20), KOR_NOT_STORED);
    idle(house, 2000);
    assert_int_equal(state_of(house), KOR_RESERVE_SHORT);
    smalldisk_empty(&house->disk);
    idle(house, 500); /* It looks once a second. */
    assert_int_equal(state_of(house), KOR_RESERVE_SHORT);
    idle(house, 500);
    assert_int_equal(state_of(house), KOR_RESERVE_NORMAL);
    assert_int_equal(house->disk.held, RESERVE);
    assert_int_equal(record(house, 20), KOR_OK);
    assert_int_equal(1, clinic_sql(house->clinic,
                                   "SELECT count(*) FROM answer"));
}

static void
it_stops_before_the_disk_is_quite_full(void **state)
{
    struct house *house = *state;
    smalldisk_fill(&house->disk, MARGIN + 1);
    idle(house, 1000);
    assert_int_equal(state_of(house), KOR_RESERVE_NORMAL);
    smalldisk_fill(&house->disk, MARGIN - 1);
    idle(house, 1000);
    assert_int_equal(state_of(house), KOR_RESERVE_SHORT);
    assert_int_equal(record(house, 20), KOR_NOT_STORED);
}

/* What the reserve itself sets free is not taken for room. */
static void
it_does_not_go_to_and_fro(void **state)
{
    struct house *house = *state;
    smalldisk_fill(&house->disk, MARGIN - 1);
    for (int i = 0; i < 10; i++) {
        idle(house, 1000);
        assert_int_equal(state_of(house), KOR_RESERVE_SHORT);
    }
    smalldisk_fill(&house->disk, RESERVE + 2 * MARGIN - 1);
    idle(house, 1000);
    assert_int_equal(state_of(house), KOR_RESERVE_SHORT);
    smalldisk_fill(&house->disk, RESERVE + 2 * MARGIN);
    idle(house, 1000);
    assert_int_equal(state_of(house), KOR_RESERVE_NORMAL);
}

static void
a_disk_too_small_for_the_reserve_is_used_without(void **state)
{
    struct house *house = *state;
    struct smalldisk *disk = &house->disk;
    disk->table.release(&disk->table, "");
    smalldisk_fill(disk, RESERVE - 1);
    clinic_restart(house->clinic);
    assert_int_equal(disk->held, 0);
    assert_int_equal(state_of(house), KOR_RESERVE_NORMAL);
    assert_int_equal(record(house, 20), KOR_OK);
    smalldisk_fill(disk, 3000);
    assert_int_equal(record(house, 21), KOR_NOT_STORED);
    smalldisk_fill(disk, RESERVE - 1);
    idle(house, DAY_MS); /* Another session. */
    assert_int_equal(record(house, 21), KOR_OK);
}

static void
the_log_is_folded_in_while_it_is_full(void **state)
{
    struct house *house = *state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    smalldisk_fill(&house->disk, 3000);
    assert_int_equal(record(house, 20), KOR_NOT_STORED);
    clinic_ok(house->clinic, "show", "{'code': '%s'}", house->code);
    kit_ok(kor_store_checkpoint(kor_service_store(house->clinic->service), 0,
                                &err),
           &err);
    clinic_ok(house->clinic, "show", "{'code': '%s'}", house->code);
    kit_ok(kor_store_check(kor_service_store(house->clinic->service), &err),
           &err);
}

/* --- the system's disk --------------------------------------------------- */

static void
the_systems_disk_holds_blocks_and_gives_them_back(void **state)
{
    const struct kor_disk *disk = kor_disk_system();
    char folder[KIT_PATH_SIZE], path[KIT_PATH_SIZE + 16];
    struct stat st;
    (void)state;
    kit_folder(folder);
    snprintf(path, sizeof path, "%s/reserve", folder);
    assert_true(disk->hold(disk, path, 1 << 20));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_size, 1 << 20);
    assert_true((int64_t)st.st_blocks * 512 >= 1 << 20);
    assert_int_equal(st.st_mode & 077, 0);
    assert_true(disk->has(disk, path, 1 << 20));
    assert_false(disk->has(disk, path, 1 << 21));
    /* A hole in place of blocks holds nothing. */
    assert_int_equal(truncate(path, 0), 0);
    assert_int_equal(truncate(path, 1 << 20), 0);
    assert_false(disk->has(disk, path, 1 << 20));
    assert_true(disk->hold(disk, path, 1 << 20));
    assert_true(disk->has(disk, path, 1 << 20));
    assert_true(disk->free_bytes(disk, path) > 0);
    assert_true(disk->free_bytes(disk, path) < INT64_MAX);
    disk->release(disk, path);
    assert_int_not_equal(access(path, F_OK), 0);
    assert_false(disk->has(disk, path, 1 << 20));
    assert_false(disk->hold(disk, path, INT64_MAX / 2));
    assert_int_not_equal(access(path, F_OK), 0);
    kit_folder_remove(folder);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(at_the_start_the_reserve_is_held),
        T(a_write_without_room_is_not_stored_and_reads_go_on),
        T(all_of_a_batch_hear_that_it_is_not_stored),
        T(what_was_stored_before_is_still_answered_with_its_id),
        T(once_the_reserve_is_used_up_nothing_is_shown_unlogged),
        T(a_full_disk_does_not_fill_the_journal),
        T(when_there_is_room_again_it_goes_on_by_itself),
        T(it_stops_before_the_disk_is_quite_full),
        T(it_does_not_go_to_and_fro),
        T(a_disk_too_small_for_the_reserve_is_used_without),
        T(the_log_is_folded_in_while_it_is_full),
        cmocka_unit_test(the_systems_disk_holds_blocks_and_gives_them_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
