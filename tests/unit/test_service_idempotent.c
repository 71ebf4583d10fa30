/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking again, and batches of which one call or the disk fails. */

#include <string.h>

#include <sqlite3.h>

#include "support/clinic.h"
#include "support/faultvfs.h"

#define DAY_MS (24 * 3600 * (int64_t)1000)

static struct kor_call *
total_call(struct clinic *clinic, int serial, const char *code, double total)
{
    char frame[CLINIC_FRAME_SIZE];
    return clinic_call(clinic, clinic_frame(frame, serial, "record",
                                            "{'code': '%s', 'answers': [{"
                                            "'scale': 'outcome', 'total': "
                                            "%g}]}", code, total));
}

static void
write_all(struct clinic *clinic, struct kor_call *calls[], size_t n)
{
    assert_int_equal(kor_service_write(clinic->service, calls, n), KOR_OK);
}

static void
free_all(struct kor_call *calls[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        clinic_call_free(calls[i]);
    }
}

static void
assert_same_frame(const struct kor_call *a, const struct kor_call *b)
{
    struct kor_buf x = {0}, y = {0};
    kor_call_frame(a, &x);
    kor_call_frame(b, &y);
    assert_string_equal(kor_buf_text(&x), kor_buf_text(&y));
    kor_buf_done(&x);
    kor_buf_done(&y);
}

static void
the_same_id_gives_the_same_bytes_and_stores_nothing_twice(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "ping", "{}");
    double seq = clinic_num(clinic, "seq");
    struct kor_call *calls[] = {total_call(clinic, 900, code, 14),
                                total_call(clinic, 900, code, 14),
                                total_call(clinic, 900, code, 14)};
    write_all(clinic, calls, 2); /* Twice in one batch, */
    clinic_day(clinic, 3);
    clinic_restart(clinic); /* and once to another process. */
    write_all(clinic, &calls[2], 1);
    assert_int_equal(calls[0]->code, KOR_OK);
    assert_false(calls[0]->is_repeat);
    assert_true(calls[1]->is_repeat);
    assert_same_frame(calls[0], calls[1]);
    assert_same_frame(calls[0], calls[2]);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM answer"));
    assert_true(calls[0]->has_event);
    assert_false(calls[1]->has_event);
    assert_int_equal((int64_t)seq + 1, calls[0]->event.message.seq);
    free_all(calls, 3);
}

static void
another_spacing_is_the_same_request_and_another_body_a_conflict(void **state)
{
    struct clinic *clinic = *state;
    clinic_unit(clinic, "a", "/");
    struct kor_call *calls[] = {
        clinic_call(clinic, "{\"kor\":1,\"id\":\"01940000-0000-7000-8000-"
                            "000000000901\",\"verb\":\"open\",\"body\":"
                            "{\"born\":\"1990-02\",\"unit\":\"a\"}}"),
        clinic_call(clinic, "{ \"verb\": \"open\", \"body\": { \"unit\": "
                            "\"\\u0061\", \"born\" : \"1990-02\"},\n\"kor\": "
                            "1, \"lang\": \"nb\", \"id\": \"01940000-0000-"
                            "7000-8000-000000000901\" }"),
        clinic_call(clinic, "{\"kor\":1,\"id\":\"01940000-0000-7000-8000-"
                            "000000000901\",\"verb\":\"open\",\"body\":"
                            "{\"born\":\"1990-03\",\"unit\":\"a\"}}"),
        clinic_call(clinic, "{\"kor\":1,\"id\":\"01940000-0000-7000-8000-"
                            "000000000901\",\"verb\":\"reopen\",\"body\":"
                            "{\"code\":\"3333-3333\"}}"),
    };
    write_all(clinic, calls, 4);
    assert_int_equal(calls[1]->code, KOR_OK);
    assert_string_equal(kor_buf_text(&calls[0]->reply),
                        kor_buf_text(&calls[1]->reply));
    assert_int_equal(calls[2]->code, KOR_CONFLICT);
    assert_string_equal(calls[2]->err.field, "id");
    assert_int_equal(calls[3]->code, KOR_CONFLICT);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM person"));
    free_all(calls, 4);
}

static void
ids_are_each_persons_own(void **state)
{
    struct clinic *clinic = *state;
    char frame[CLINIC_FRAME_SIZE];
    clinic_frame(frame, 902, "open", "{}");
    struct kor_call *calls[2];
    calls[0] = clinic_call(clinic, frame);
    clinic_actor(clinic, "ann", KOR_ROLE_BIT(KOR_ACTOR_THERAPIST));
    calls[1] = clinic_call(clinic, frame);
    write_all(clinic, calls, 2);
    assert_int_equal(calls[1]->code, KOR_OK);
    assert_false(calls[1]->is_repeat);
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM person"));
    free_all(calls, 2);
}

static void
a_refusal_is_not_kept_and_the_id_can_be_used_again(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    struct kor_call *calls[] = {total_call(clinic, 903, code, 41),
                                total_call(clinic, 903, code, 14)};
    write_all(clinic, calls, 2);
    assert_int_equal(calls[0]->code, KOR_BAD_VALUE);
    assert_int_equal(calls[1]->code, KOR_OK);
    free_all(calls, 2);
}

static void
a_reply_is_kept_for_thirty_days_and_the_id_for_ever(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    struct kor_call *calls[] = {total_call(clinic, 904, code, 14),
                                total_call(clinic, 904, code, 14),
                                total_call(clinic, 904, code, 14)};
    write_all(clinic, calls, 1);
    clinic->now_ms += 30 * DAY_MS - 1000;
    assert_int_equal(kor_service_idle(clinic->service), KOR_OK);
    write_all(clinic, &calls[1], 1);
    assert_int_equal(calls[1]->code, KOR_OK);
    clinic->now_ms += DAY_MS + 2000;
    assert_int_equal(kor_service_idle(clinic->service), KOR_OK);
    write_all(clinic, &calls[2], 1);
    assert_int_equal(calls[2]->code, KOR_DUPLICATE);
    assert_string_equal(calls[2]->err.field, "id");
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM answer"));
    free_all(calls, 3);
}

/* --- one call fails in the store ----------------------------------------- */

static void
one_call_that_fails_in_the_store_spares_the_others(void **state)
{
    struct clinic *clinic = *state;
    char a[KOR_CLIENT_CODE_SIZE], b[KOR_CLIENT_CODE_SIZE],
        c[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, a);
    clinic_open(clinic, b);
    clinic_open(clinic, c);
    clinic_ok(clinic, "ping", "{}");
    double seq = clinic_num(clinic, "seq");
    kit_sql(clinic->config.store_path,
            "CREATE TRIGGER broken BEFORE INSERT ON answer WHEN NEW.total = "
            "13 BEGIN SELECT raise(ABORT, 'no'); END");
    struct kor_call *calls[] = {total_call(clinic, 905, a, 14),
                                total_call(clinic, 906, b, 13),
                                total_call(clinic, 907, c, 15)};
    write_all(clinic, calls, 3);
    assert_int_equal(calls[0]->code, KOR_OK);
    assert_int_equal(calls[1]->code, KOR_INTERNAL);
    assert_int_equal(calls[1]->reply.size, 0);
    assert_false(calls[1]->has_event);
    assert_int_equal(calls[2]->code, KOR_OK);
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM answer"));
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM session"));
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq);
    assert_int_equal(2, clinic_count(clinic, "events"));
    /* In memory the refused session never was. */
    clinic_day(clinic, 7);
    clinic_total(clinic, b, "outcome", 20);
    assert_reply(clinic, "session", 1);
    clinic_total(clinic, a, "outcome", 22);
    assert_reply(clinic, "session", 2);
    assert_reply(clinic, "answers[0].previous", 14);
    free_all(calls, 3);
}

static void
a_refused_import_row_takes_back_what_its_batch_stored(void **state)
{
    struct clinic *clinic = *state;
    char frame[CLINIC_FRAME_SIZE], code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "import.begin", "{'name': 'a.csv', 'hash': '%064d', "
              "'rows': 2}", 7);
    struct kor_call *calls[2];
    calls[0] = total_call(clinic, 908, code, 14);
    calls[1] = clinic_call(clinic, clinic_frame(
        frame, 909, "import.rows",
        "{'import': 1, 'from': 0, 'rows': [{'person': 'p1', 'date': "
        "'2026-01-01', 'answers': [{'scale': 'outcome', 'total': 4}]}, "
        "{'person': 'p1', 'date': '2026-01-02', 'answers': [{'scale': "
        "'outcome', 'total': 41}]}]}"));
    write_all(clinic, calls, 2);
    assert_int_equal(calls[0]->code, KOR_OK);
    assert_int_equal(calls[1]->code, KOR_BAD_VALUE);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM person"));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM answer"));
    free_all(calls, 2);
}

/* --- the disk fails ------------------------------------------------------ */

struct broken {
    struct faultvfs *faults;
    sqlite3_vfs *usual;
    struct clinic *clinic;
};

static int
set_up_broken(void **state)
{
    static struct broken broken;
    broken.usual = sqlite3_vfs_find(NULL);
    broken.faults = faultvfs_new();
    sqlite3_vfs_register(sqlite3_vfs_find(faultvfs_name(broken.faults)), 1);
    broken.clinic = clinic_new();
    *state = &broken;
    return 0;
}

static int
tear_down_broken(void **state)
{
    struct broken *broken = *state;
    faultvfs_disarm(broken->faults);
    clinic_free(broken->clinic);
    sqlite3_vfs_register(broken->usual, 1);
    faultvfs_free(broken->faults);
    return 0;
}

static void
when_the_disk_is_full_everybody_hears_not_stored_and_may_ask_again(
    void **state)
{
    struct broken *broken = *state;
    struct clinic *clinic = broken->clinic;
    char a[KOR_CLIENT_CODE_SIZE], b[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, a);
    clinic_open(clinic, b);
    struct kor_call *calls[] = {total_call(clinic, 910, a, 14),
                                total_call(clinic, 911, b, 15)};
    faultvfs_arm(broken->faults, FAULT_WRITE, 1, SQLITE_FULL, true);
    write_all(clinic, calls, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(calls[i]->code, KOR_NOT_STORED);
        assert_int_equal(calls[i]->reply.size, 0);
    }
    /* Nobody may look without its being on record. */
    assert_int_equal(clinic_ask(clinic, "caseload", "{}"), KOR_NOT_STORED);
    clinic_ok(clinic, "ping", "{}");
    faultvfs_disarm(broken->faults);
    write_all(clinic, calls, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(calls[i]->code, KOR_OK);
        assert_false(calls[i]->is_repeat);
    }
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM answer"));
    free_all(calls, 2);
}

static void
when_the_disk_fails_nobody_is_told_that_it_is_stored(void **state)
{
    struct broken *broken = *state;
    struct clinic *clinic = broken->clinic;
    char a[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, a);
    struct kor_call *call = total_call(clinic, 912, a, 14);
    faultvfs_arm(broken->faults, FAULT_SYNC, 1, SQLITE_IOERR_FSYNC, true);
    assert_int_equal(kor_service_write(clinic->service, &call, 1),
                     KOR_UNCERTAIN);
    assert_int_equal(call->code, KOR_UNCERTAIN);
    assert_false(call->has_event);
    clinic_call_free(call);
}

static void
a_disk_that_fails_while_a_batch_is_done_one_by_one_ends_all_of_it(
    void **state)
{
    struct broken *broken = *state;
    struct clinic *clinic = broken->clinic;
    char codes[4][KOR_CLIENT_CODE_SIZE];
    struct kor_call *calls[4];
    for (int i = 0; i < 4; i++) {
        clinic_open(clinic, codes[i]);
    }
    kit_sql(clinic->config.store_path,
            "CREATE TRIGGER broken BEFORE INSERT ON answer WHEN NEW.total = "
            "13 BEGIN SELECT raise(ABORT, 'no'); END");
    for (int i = 0; i < 4; i++) {
        calls[i] = total_call(clinic, 920 + i, codes[i], i == 2 ? 13 : 14);
    }
    /* The first commit by itself fails; the second call was answered in the
     * batch that was taken back, the fourth never. */
    faultvfs_arm(broken->faults, FAULT_SYNC, 1, SQLITE_IOERR_FSYNC, true);
    assert_int_equal(kor_service_write(clinic->service, calls, 4),
                     KOR_UNCERTAIN);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(calls[i]->code, KOR_UNCERTAIN);
        assert_int_equal(calls[i]->reply.size, 0);
        assert_false(calls[i]->has_event);
    }
    free_all(calls, 4);
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)
#define TB(name)                                                              \
    cmocka_unit_test_setup_teardown(name, set_up_broken, tear_down_broken)
    const struct CMUnitTest tests[] = {
        T(the_same_id_gives_the_same_bytes_and_stores_nothing_twice),
        T(another_spacing_is_the_same_request_and_another_body_a_conflict),
        T(ids_are_each_persons_own),
        T(a_refusal_is_not_kept_and_the_id_can_be_used_again),
        T(a_reply_is_kept_for_thirty_days_and_the_id_for_ever),
        T(one_call_that_fails_in_the_store_spares_the_others),
        T(a_refused_import_row_takes_back_what_its_batch_stored),
        TB(when_the_disk_is_full_everybody_hears_not_stored_and_may_ask_again),
        TB(when_the_disk_fails_nobody_is_told_that_it_is_stored),
        TB(a_disk_that_fails_while_a_batch_is_done_one_by_one_ends_all_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
