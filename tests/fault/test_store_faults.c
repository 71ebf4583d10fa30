/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store: whatever the disk does, the file stays whole, holds all of a batch or
 * nothing of it, and what was acknowledged is there. */

#include "support/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kor/base/file.h"
#include "kor/base/log.h"
#include "store/request.h"
#include "support/faultvfs.h"
#include "support/storekit.h"

#define OLD 100 /* Serial of the person who was acknowledged before. */
#define NEW 1   /* And of the one whose batch meets the fault. */
#define MAX_CALLS 500

/* A fault, and what it must be called. */
struct plan {
    enum fault fault;
    int rc;
    bool is_for_good;
    enum kor_code code;
};

static const struct plan plans[] = {
    {FAULT_WRITE, SQLITE_FULL, false, KOR_NOT_STORED},
    {FAULT_WRITE, SQLITE_FULL, true, KOR_NOT_STORED},
    {FAULT_SHORT_WRITE, SQLITE_FULL, true, KOR_NOT_STORED},
    {FAULT_WRITE, SQLITE_IOERR_WRITE, false, KOR_UNCERTAIN},
    {FAULT_WRITE, SQLITE_IOERR_WRITE, true, KOR_UNCERTAIN},
    {FAULT_SHORT_WRITE, SQLITE_IOERR_WRITE, true, KOR_UNCERTAIN},
    {FAULT_SYNC, SQLITE_IOERR_FSYNC, false, KOR_UNCERTAIN},
    {FAULT_SYNC, SQLITE_IOERR_FSYNC, true, KOR_UNCERTAIN},
    {FAULT_TRUNCATE, SQLITE_IOERR_TRUNCATE, true, KOR_UNCERTAIN},
    {FAULT_OPEN, SQLITE_CANTOPEN, true, KOR_NOT_STORED},
};

struct bench {
    char folder[KIT_PATH_SIZE];
    char base[2 * KIT_PATH_SIZE]; /* A file with one acknowledged batch. */
    char work[2 * KIT_PATH_SIZE]; /* Its copy, which meets the fault. */
    char dead[2 * KIT_PATH_SIZE]; /* What a kill at that moment leaves. */
    struct faultvfs *faults;
};

static void
copy(const char *from, const char *to, const char *ending)
{
    char source[3 * KIT_PATH_SIZE], target[3 * KIT_PATH_SIZE];
    struct kor_buf bytes = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    snprintf(source, sizeof source, "%s%s", from, ending);
    snprintf(target, sizeof target, "%s%s", to, ending);
    (void)remove(target);
    enum kor_code code = kor_file_read(source, 1 << 24, &bytes, &err);
    if (code != KOR_NOT_FOUND) {
        kit_ok(code, &err);
        kit_ok(kor_file_write(target, kor_buf_text(&bytes), bytes.size, 0600,
                              &err),
               &err);
    }
    kor_buf_done(&bytes);
}

/* Copies database and log, as they lie on the disk; the index of the log is
 * made anew, as after a kill. */
static void
copy_database(const char *from, const char *to)
{
    char shm[3 * KIT_PATH_SIZE];
    snprintf(shm, sizeof shm, "%s-shm", to);
    (void)remove(shm);
    copy(from, to, "");
    copy(from, to, "-wal");
}

/* Records a person with all that belongs to it, in one batch. */
static enum kor_code
record(struct kor_store *store, int serial, struct kor_err *err)
{
    struct kor_episode episode = {.person = kit_person(serial),
                                  .number = 1,
                                  .pathway = "therapy",
                                  .unit = "clinic",
                                  .therapist = "operator",
                                  .opened_date = KIT_DAY,
                                  .planned_end_date = 0,
                                  .ending = "open"};
    struct kor_session session
        = {.number = 1, .session_date = KIT_DAY, .status = "held"};
    uint8_t uuid[KOR_UUID_SIZE] = {(uint8_t)serial};
    struct kor_stored_request request = {.uuid = uuid, .actor_id = 1};
    char reply[3000];
    memset(reply, 'x', sizeof reply);
    reply[sizeof reply - 1] = '\0';
    enum kor_code code = kor_store_begin(store, err);
    if (code == KOR_OK) {
        code = kor_store_person_add(store, &episode.person, err);
    }
    if (code == KOR_OK) {
        code = kor_store_episode_add(store, &episode, 0, err);
    }
    if (code == KOR_OK) {
        code = kor_store_session_add(store, episode.id, &session, err);
    }
    if (code == KOR_OK) {
        struct kor_answer answer = kit_answer(session.id, 1, 1, 20);
        code = kor_store_answer_add(store, &answer, err);
    }
    if (code == KOR_OK) {
        code = kor_store_request_add(store, &request, KIT_MS, reply, err);
    }
    return code == KOR_OK ? kor_store_commit(store, err) : code;
}

static enum kor_code
count_answer(void *to, const struct kor_answer *a, struct kor_err *err)
{
    (void)err;
    *(int *)to += a->total == 20;
    return KOR_OK;
}

/* How much of the batch of 'serial' is there, 0 to 5. */
static int
parts(struct kor_store *store, int serial)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_person person = kit_person(serial);
    uint8_t uuid[KOR_UUID_SIZE] = {(uint8_t)serial},
                                  hash[KOR_REQUEST_HASH_SIZE];
    struct kor_stored_request request = {.uuid = uuid, .actor_id = 1};
    struct kor_buf reply = {0};
    struct kor_export_session sessions[8];
    bool is_known;
    int64_t id;
    size_t n_sessions;
    kit_ok(kor_store_request_find(store, &request, &is_known, hash, &reply,
                                  &err),
           &err);
    int n = is_known && reply.size == 2999;
    kor_buf_done(&reply);
    if (kor_store_person_find(store, &person, &err) == KOR_OK) {
        n++;
        n += kor_store_episode_find(store, person.id, 1, &id, &err) == KOR_OK;
    }
    kit_ok(kor_store_export(store, 0, 8, sessions, &n_sessions, &err), &err);
    for (size_t i = 0; i < n_sessions; i++) {
        if (!strcmp(sessions[i].code, person.code)) {
            n++;
            kit_ok(kor_store_answers(store, sessions[i].session.id,
                                     count_answer, &n, &err),
                   &err);
        }
    }
    return n;
}

/* The file is whole, the old batch is there, the new one is there or not;
 * 'code' is what was said of it. */
static void
look(const char *path, enum kor_code code)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_store *store = kit_open(path);
    kit_ok(kor_store_check(store, &err), &err);
    assert_int_equal(parts(store, OLD), 5);
    int n = parts(store, NEW);
    assert_true(n == 0 || n == 5);
    if (code == KOR_OK) {
        assert_int_equal(n, 5);
    }
    if (code == KOR_NOT_STORED) {
        assert_int_equal(n, 0);
    }
    kor_store_close(store);
}

static int
set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_folder(bench->folder);
    snprintf(bench->base, sizeof bench->base, "%s/base.db", bench->folder);
    snprintf(bench->work, sizeof bench->work, "%s/work.db", bench->folder);
    snprintf(bench->dead, sizeof bench->dead, "%s/dead.db", bench->folder);
    bench->faults = faultvfs_new();
    struct kor_store *store = kit_open(bench->base);
    kit_actor(store, 1);
    kit_scale(store, "outcome", "1");
    kit_ok(record(store, OLD, &err), &err);
    kor_store_close(store);
    *state = bench;
    kor_log_set((enum kor_log_level)0);
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    faultvfs_free(bench->faults);
    kit_folder_remove(bench->folder);
    free(bench);
    return 0;
}

/* One batch that meets the 'nth' call.  Returns whether the fault came. */
static bool
meet(struct bench *bench, const struct plan *plan, int nth)
{
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    copy_database(bench->base, bench->work);
    kit_ok(kor_store_open(bench->work, faultvfs_name(bench->faults), false,
                          &store, &err),
           &err);
    faultvfs_arm(bench->faults, plan->fault, nth, plan->rc,
                 plan->is_for_good);
    enum kor_code code = record(store, NEW, &err);
    bool has_fired = faultvfs_has_fired(bench->faults);
    assert_int_equal(code, has_fired ? plan->code : KOR_OK);
    copy_database(bench->work, bench->dead);
    kor_store_rollback(store);
    if (code == KOR_NOT_STORED && !plan->is_for_good) {
        /* There is room again: the daemon goes on. */
        assert_int_equal(parts(store, NEW), 0);
        kit_ok(record(store, NEW, &err), &err);
        code = KOR_OK;
        look(bench->dead, KOR_NOT_STORED);
    } else {
        look(bench->dead, code);
    }
    kor_store_close(store);
    faultvfs_disarm(bench->faults);
    look(bench->work, code);
    return has_fired;
}

static void
a_batch_is_stored_whole_or_not_at_all(void **state)
{
    struct bench *bench = *state;
    int n_fired = 0;
    for (size_t i = 0; i < KOR_LENGTH(plans); i++) {
        int nth = 1;
        while (meet(bench, &plans[i], nth)) {
            nth++;
            assert_true(nth < MAX_CALLS);
        }
        n_fired += nth - 1;
    }
    assert_true(n_fired > 50);
}

/* A checkpoint that fails loses nothing that was acknowledged. */
static bool
meet_checkpoint(struct bench *bench, const struct plan *plan, int nth)
{
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    copy_database(bench->base, bench->work);
    kit_ok(kor_store_open(bench->work, faultvfs_name(bench->faults), false,
                          &store, &err),
           &err);
    kit_ok(record(store, NEW, &err), &err);
    faultvfs_arm(bench->faults, plan->fault, nth, plan->rc,
                 plan->is_for_good);
    enum kor_code code = kor_store_checkpoint(store, 0, &err);
    bool has_fired = faultvfs_has_fired(bench->faults);
    assert_int_equal(code, has_fired ? plan->code : KOR_OK);
    copy_database(bench->work, bench->dead);
    look(bench->dead, KOR_OK);
    kor_store_close(store);
    faultvfs_disarm(bench->faults);
    look(bench->work, KOR_OK);
    return has_fired;
}

static void
a_checkpoint_that_fails_loses_nothing(void **state)
{
    struct bench *bench = *state;
    int n_fired = 0;
    for (size_t i = 0; i < KOR_LENGTH(plans); i++) {
        int nth = 1;
        while (meet_checkpoint(bench, &plans[i], nth)) {
            nth++;
            assert_true(nth < MAX_CALLS);
        }
        n_fired += nth - 1;
    }
    assert_true(n_fired > 20);
}

/* Closing folds the log into the file; that may fail too, unheard. */
static void
a_close_that_fails_loses_nothing(void **state)
{
    struct bench *bench = *state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    for (size_t i = 0; i < KOR_LENGTH(plans); i++) {
        bool has_fired = true;
        for (int nth = 1; has_fired; nth++) {
            struct kor_store *store;
            assert_true(nth < MAX_CALLS);
            copy_database(bench->base, bench->work);
            kit_ok(kor_store_open(bench->work, faultvfs_name(bench->faults),
                                  false, &store, &err),
                   &err);
            kit_ok(record(store, NEW, &err), &err);
            faultvfs_arm(bench->faults, plans[i].fault, nth, plans[i].rc,
                         plans[i].is_for_good);
            kor_store_close(store);
            has_fired = faultvfs_has_fired(bench->faults);
            faultvfs_disarm(bench->faults);
            look(bench->work, KOR_OK);
        }
    }
}

/* Opening an existing file, also one whose log is still full. */
static void
an_opening_that_fails_loses_nothing(void **state)
{
    struct bench *bench = *state;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_store *store;
    copy_database(bench->base, bench->work);
    store = kit_open(bench->work);
    kit_ok(record(store, NEW, &err), &err);
    char full[2 * KIT_PATH_SIZE];
    snprintf(full, sizeof full, "%s/full.db", bench->folder);
    copy_database(bench->work, full);
    kor_store_close(store);
    for (size_t i = 0; i < KOR_LENGTH(plans); i++) {
        bool has_fired = true;
        for (int nth = 1; has_fired; nth++) {
            assert_true(nth < MAX_CALLS);
            copy_database(full, bench->work);
            faultvfs_arm(bench->faults, plans[i].fault, nth, plans[i].rc,
                         plans[i].is_for_good);
            enum kor_code code
                = kor_store_open(bench->work, faultvfs_name(bench->faults),
                                 false, &store, &err);
            has_fired = faultvfs_has_fired(bench->faults);
            assert_true(code != KOR_OK ? has_fired && !store : store != NULL);
            kor_store_close(store);
            faultvfs_disarm(bench->faults);
            look(bench->work, KOR_OK);
        }
    }
}

/* A new file is made in the end, wherever the first try broke off. */
static void
a_making_that_fails_can_be_done_again(void **state)
{
    struct bench *bench = *state;
    for (size_t i = 0; i < KOR_LENGTH(plans); i++) {
        bool has_fired = true;
        for (int nth = 1; has_fired; nth++) {
            struct kor_store *store;
            struct kor_err err;
            kor_err_init(&err, KOR_EN);
            assert_true(nth < MAX_CALLS);
            char path[2 * KIT_PATH_SIZE];
            snprintf(path, sizeof path, "%s/n%zu-%d.db", bench->folder, i,
                     nth);
            faultvfs_arm(bench->faults, plans[i].fault, nth, plans[i].rc,
                         plans[i].is_for_good);
            enum kor_code code = kor_store_open(
                path, faultvfs_name(bench->faults), true, &store, &err);
            has_fired = faultvfs_has_fired(bench->faults);
            assert_true(code == KOR_OK || (has_fired && !store));
            kor_store_close(store);
            faultvfs_disarm(bench->faults);
            store = kit_open(path);
            kit_ok(kor_store_check(store, &err), &err);
            kit_episode(store, NEW, 0);
            kor_store_close(store);
            (void)remove(path);
        }
    }
}

static void
without_shared_memory_there_is_no_store(void **state)
{
    struct bench *bench = *state;
    struct kor_store *store;
    struct kor_err err;
    char path[2 * KIT_PATH_SIZE];
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/far.db", bench->folder);
    faultvfs_set_shared_memory(bench->faults, false);
    assert_int_equal(kor_store_open(path, faultvfs_name(bench->faults), true,
                                    &store, &err),
                     KOR_CANNOT_CREATE);
    assert_null(store);
    assert_non_null(strstr(err.text, "local disk"));
}

#define WITH_BENCH(test)                                                      \
    cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BENCH(a_batch_is_stored_whole_or_not_at_all),
        WITH_BENCH(a_checkpoint_that_fails_loses_nothing),
        WITH_BENCH(a_close_that_fails_loses_nothing),
        WITH_BENCH(an_opening_that_fails_loses_nothing),
        WITH_BENCH(a_making_that_fails_can_be_done_again),
        WITH_BENCH(without_shared_memory_there_is_no_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
