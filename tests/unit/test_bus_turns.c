/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose turn it is, and how much one key may have in flight; and how seldom a
 * line is written. */

#include "bus/turns.h"

#include "bus/job.h"
#include "bus/seldom.h"
#include "support/near.h"

#define GREEDY 7 /* Ids of keys. */
#define MODEST 8
#define THIRD 9

#define WRITE KOR_ROUTE_OWNER
#define READ KOR_ROUTE_WORKER

/* A job of the key 'actor_id'; 'mark' tells it from others. */
static struct kor_job *
make(int64_t actor_id, size_t mark)
{
    struct kor_job *job = kor_job_new();
    job->call.caller.actor_id = actor_id;
    job->identity_size = mark;
    job->size = 100;
    return job;
}

static bool
add(struct kor_turns *turns, enum kor_route route, struct kor_job *job)
{
    bool is_taken = kor_turns_add(turns, route, job);
    if (!is_taken) {
        kor_turns_end(turns, job);
        kor_job_free(job);
    }
    return is_taken;
}

/* Adds 'n' with the marks from 1; each must be taken. */
static void
add_some(struct kor_turns *turns, int64_t actor_id, enum kor_route route,
         size_t n)
{
    for (size_t i = 1; i <= n; i++) {
        assert_true(add(turns, route, make(actor_id, i)));
    }
}

static void
end(struct kor_turns *turns, struct kor_job *job)
{
    kor_turns_end(turns, job);
    kor_job_free(job);
}

/* The next one must be the one of that key with that mark. */
static void
expect(struct kor_turns *turns, enum kor_route route, int64_t actor_id,
       size_t mark)
{
    struct kor_job *job = kor_turns_next(turns, route);
    assert_non_null(job);
    assert_int_equal(job->call.caller.actor_id, actor_id);
    assert_int_equal(job->identity_size, mark);
    end(turns, job);
}

static void
keys_take_turns_and_each_keeps_its_order(void **state)
{
    (void)state;
    struct kor_turns *turns = kor_turns_new();
    add_some(turns, GREEDY, WRITE, 4);
    add_some(turns, MODEST, WRITE, 2);
    add_some(turns, THIRD, WRITE, 1);
    expect(turns, WRITE, GREEDY, 1);
    expect(turns, WRITE, MODEST, 1);
    expect(turns, WRITE, THIRD, 1);
    expect(turns, WRITE, GREEDY, 2);
    add_some(turns, THIRD, WRITE, 1);
    expect(turns, WRITE, MODEST, 2);
    expect(turns, WRITE, GREEDY, 3);
    expect(turns, WRITE, THIRD, 1);
    expect(turns, WRITE, GREEDY, 4);
    assert_null(kor_turns_next(turns, WRITE));
    kor_turns_free(turns);
}

static void
writes_reads_and_fits_wait_apart(void **state)
{
    (void)state;
    struct kor_turns *turns = kor_turns_new();
    add_some(turns, GREEDY, READ, 2);
    add_some(turns, GREEDY, KOR_ROUTE_FIT, 1);
    add_some(turns, MODEST, READ, 1);
    assert_false(kor_turns_has_waiting(turns, WRITE));
    assert_true(kor_turns_has_waiting(turns, READ));
    assert_null(kor_turns_next(turns, WRITE));
    expect(turns, KOR_ROUTE_FIT, GREEDY, 1);
    expect(turns, READ, GREEDY, 1);
    expect(turns, READ, MODEST, 1);
    expect(turns, READ, GREEDY, 2);
    assert_false(kor_turns_has_waiting(turns, READ));
    kor_turns_free(turns);
}

static void
a_key_has_so_much_in_flight_and_no_more(void **state)
{
    (void)state;
    struct kor_turns *turns = kor_turns_new();
    add_some(turns, GREEDY, WRITE, KOR_MAX_IN_FLIGHT / 2);
    add_some(turns, GREEDY, READ, KOR_MAX_IN_FLIGHT / 2);
    assert_false(add(turns, WRITE, make(GREEDY, 1)));
    assert_false(add(turns, READ, make(GREEDY, 1)));
    assert_true(add(turns, READ, make(MODEST, 1)));
    /* One that had its turn is in flight until it is answered. */
    struct kor_job *job = kor_turns_next(turns, WRITE);
    assert_false(add(turns, WRITE, make(GREEDY, 1)));
    end(turns, job);
    assert_true(add(turns, WRITE, make(GREEDY, 1)));
    assert_false(add(turns, WRITE, make(GREEDY, 1)));
    kor_turns_free(turns);
}

static void
a_key_has_so_many_bytes_in_flight_and_no_more(void **state)
{
    (void)state;
    enum { few = KOR_MAX_IN_FLIGHT_SIZE / KOR_MAX_REQUEST_SIZE };
    struct kor_turns *turns = kor_turns_new();
    assert_true(few < KOR_MAX_IN_FLIGHT);
    for (int i = 0; i < few; i++) {
        struct kor_job *job = make(GREEDY, 1);
        job->size = KOR_MAX_REQUEST_SIZE;
        assert_true(add(turns, WRITE, job));
    }
    assert_false(add(turns, WRITE, make(GREEDY, 1)));
    assert_true(add(turns, WRITE, make(MODEST, 1)));
    expect(turns, WRITE, GREEDY, 1);
    assert_true(add(turns, WRITE, make(GREEDY, 1)));
    kor_turns_free(turns);
}

/* Takes what may go into one batch of 256. */
static size_t
take_batch(struct kor_turns *turns, struct kor_job *jobs[256])
{
    size_t n = 0;
    kor_turns_begin_batch(turns);
    while (n < 256 && (jobs[n] = kor_turns_next(turns, WRITE))) {
        n++;
    }
    return n;
}

static size_t
end_batch(struct kor_turns *turns, struct kor_job *jobs[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        end(turns, jobs[i]);
    }
    return n;
}

static void
who_stays_within_bounds_may_fill_the_batch(void **state)
{
    (void)state;
    struct kor_turns *turns = kor_turns_new();
    struct kor_job *jobs[256];
    add_some(turns, GREEDY, WRITE, KOR_MAX_IN_FLIGHT);
    assert_int_equal(end_batch(turns, jobs, take_batch(turns, jobs)),
                     KOR_MAX_IN_FLIGHT);
    kor_turns_free(turns);
}

static void
who_asks_for_more_has_a_small_share_until_half_is_answered(void **state)
{
    (void)state;
    struct kor_turns *turns = kor_turns_new();
    struct kor_job *jobs[256];
    add_some(turns, GREEDY, WRITE, KOR_MAX_IN_FLIGHT);
    assert_false(add(turns, WRITE, make(GREEDY, 1)));
    add_some(turns, MODEST, WRITE, 10);
    size_t n = take_batch(turns, jobs);
    assert_int_equal(n, KOR_GREEDY_SHARE + 10);
    assert_int_equal(jobs[1]->call.caller.actor_id, MODEST);
    assert_true(kor_turns_has_waiting(turns, WRITE));
    end_batch(turns, jobs, n);
    int batches = 1;
    while ((n = take_batch(turns, jobs)) == KOR_GREEDY_SHARE) {
        end_batch(turns, jobs, n);
        batches++;
    }
    /* 64 or more are in flight after 16 batches of 4, and 60 after 17. */
    assert_int_equal(batches, 17);
    assert_int_equal(end_batch(turns, jobs, n), KOR_MAX_IN_FLIGHT - 17 * 4);
    kor_turns_free(turns);
}

static void
and_one_read_with_the_workers(void **state)
{
    (void)state;
    struct kor_turns *turns = kor_turns_new();
    struct kor_job *jobs[KOR_MAX_IN_FLIGHT];
    add_some(turns, GREEDY, READ, KOR_MAX_IN_FLIGHT);
    assert_false(add(turns, READ, make(GREEDY, 1)));
    add_some(turns, MODEST, READ, 2);
    jobs[0] = kor_turns_next(turns, READ);
    expect(turns, READ, MODEST, 1);
    expect(turns, READ, MODEST, 2);
    assert_null(kor_turns_next(turns, READ));
    assert_true(kor_turns_has_waiting(turns, READ));
    /* The next one when that is answered, until 63 are left. */
    for (size_t i = 2; i <= 65; i++) {
        end(turns, jobs[0]);
        jobs[0] = kor_turns_next(turns, READ);
        assert_int_equal(jobs[0]->identity_size, i);
        assert_null(kor_turns_next(turns, READ));
    }
    end(turns, jobs[0]);
    size_t n = 0;
    while ((jobs[n] = kor_turns_next(turns, READ))) {
        n++;
    }
    assert_int_equal(end_batch(turns, jobs, n), 63);
    kor_turns_free(turns);
}

static void
who_is_not_greedy_has_as_many_reads_with_them_as_come(void **state)
{
    (void)state;
    struct kor_turns *turns = kor_turns_new();
    struct kor_job *jobs[5];
    add_some(turns, MODEST, READ, 5);
    for (size_t i = 0; i < 5; i++) {
        jobs[i] = kor_turns_next(turns, READ);
        assert_non_null(jobs[i]);
    }
    end_batch(turns, jobs, 5);
    kor_turns_free(turns);
}

static void
jobs_that_wait_are_freed_at_the_end(void **state)
{
    (void)state;
    struct kor_turns *turns = kor_turns_new();
    add_some(turns, GREEDY, WRITE, 3);
    add_some(turns, MODEST, KOR_ROUTE_FIT, 2);
    struct kor_job *job = kor_turns_next(turns, WRITE);
    kor_turns_free(turns);
    kor_job_free(job);
    kor_turns_free(NULL);
}

static void
the_first_is_logged_and_then_a_line_a_minute_with_the_count(void **state)
{
    (void)state;
    struct kor_seldom seldom = {0};
    unsigned n = 0;
    assert_true(kor_seldom(&seldom, 5000, &n));
    assert_int_equal(n, 1);
    for (int i = 0; i < 100; i++) {
        assert_false(kor_seldom(&seldom, 5000 + i, &n));
    }
    assert_false(kor_seldom(&seldom, 5000 + KOR_SELDOM_MS - 1, &n));
    assert_true(kor_seldom(&seldom, 5000 + KOR_SELDOM_MS, &n));
    assert_int_equal(n, 102);
    assert_true(kor_seldom(&seldom, 5000 + 3 * KOR_SELDOM_MS, &n));
    assert_int_equal(n, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_take_turns_and_each_keeps_its_order),
        cmocka_unit_test(writes_reads_and_fits_wait_apart),
        cmocka_unit_test(a_key_has_so_much_in_flight_and_no_more),
        cmocka_unit_test(a_key_has_so_many_bytes_in_flight_and_no_more),
        cmocka_unit_test(who_stays_within_bounds_may_fill_the_batch),
        cmocka_unit_test(
            who_asks_for_more_has_a_small_share_until_half_is_answered),
        cmocka_unit_test(and_one_read_with_the_workers),
        cmocka_unit_test(
            who_is_not_greedy_has_as_many_reads_with_them_as_come),
        cmocka_unit_test(jobs_that_wait_are_freed_at_the_end),
        cmocka_unit_test(
            the_first_is_logged_and_then_a_line_a_minute_with_the_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
