/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An admitted key that asks for far too much, over many connections: it is
 * told so, nothing that was refused is stored, and others are served. */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bus/refusals.h"
#include "bus/turns.h"
#include "kor/base/alloc.h"
#include "support/house.h"

#define LINES 8
#define EACH 120 /* Fewer than the replies that are kept for a connection. */
#define MOST_ROUNDS 50

struct flood {
    void *lines[LINES];
    const char *expected; /* What is answered beside "busy". */
    int64_t n_answered, n_busy;
};

static void
begin(struct house *house, struct flood *flood, const char *expected)
{
    *flood = (struct flood){.expected = expected};
    for (int i = 0; i < LINES; i++) {
        flood->lines[i] = house_client(house, &house->crowd[0]);
    }
}

static void
pour(struct house *house, struct flood *flood, const char *verb)
{
    for (int k = 0; k < EACH; k++) {
        for (int i = 0; i < LINES; i++) {
            house_send(house, flood->lines[i], verb, "{}");
        }
    }
}

/* Every request has one answer: its own, or that too much was asked. */
static void
hear(struct flood *flood)
{
    char reply[HOUSE_REPLY_SIZE];
    for (int i = 0; i < LINES; i++) {
        for (int k = 0; k < EACH; k++) {
            house_receive(flood->lines[i], reply);
            bool is_busy = house_is_code(reply, "busy");
            assert_code(reply, is_busy ? "busy" : flood->expected);
            assert_true(!is_busy || strstr(reply, "at most 128 requests")
                        || strstr(reply, "refused 600 times"));
            flood->n_busy += is_busy;
            flood->n_answered += !is_busy;
        }
    }
}

static void
end(struct house *house, struct flood *flood)
{
    for (int i = 0; i < LINES; i++) {
        house_hang_up(house, flood->lines[i]);
    }
}

/* Floods until something was refused; meanwhile another asks 'n_others' times
 * in each round, and is served. */
static int64_t
flood_with(struct house *house, struct flood *flood, const char *verb,
           int n_others)
{
    char reply[HOUSE_REPLY_SIZE];
    int64_t n_asked = 0;
    void *socket = house_client(house, &house->therapist);
    for (int round = 0; round < MOST_ROUNDS && flood->n_busy == 0; round++) {
        pour(house, flood, verb);
        for (int i = 0; i < n_others; i++, n_asked++) {
            house_ask(house, socket, "open", "{}", reply);
            assert_code(reply, "ok");
        }
        hear(flood);
    }
    assert_true(flood->n_busy > 0);
    assert_true(flood->n_answered >= KOR_MAX_IN_FLIGHT);
    house_hang_up(house, socket);
    return n_asked;
}

static int64_t
count(struct house *house, const char *table)
{
    char sql[80];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    return clinic_sql(house->clinic, sql);
}

static void
a_flood_of_writes_is_refused_beyond_its_bound(void **state)
{
    struct house *house = *state;
    struct flood flood;
    begin(house, &flood, "ok");
    int64_t n_asked = flood_with(house, &flood, "open", 20);
    assert_int_equal(count(house, "person"), flood.n_answered + n_asked);
    end(house, &flood);
}

static void
so_is_a_flood_of_reads(void **state)
{
    struct house *house = *state;
    struct flood flood;
    begin(house, &flood, "ok");
    flood_with(house, &flood, "instrument.list", 20);
    end(house, &flood);
}

/* Each refusal has a row in the access log, and that must not fill the disk
 * any faster than other requests do. */
static void
so_is_a_flood_of_what_is_refused_anyway(void **state)
{
    struct house *house = *state;
    struct flood flood;
    int64_t before = count(house, "access_log");
    begin(house, &flood, "protocol");
    int64_t n_asked = flood_with(house, &flood, "nonsense", 20);
    int64_t n_logins = LINES + 1;
    assert_int_equal(count(house, "access_log") - before,
                     flood.n_answered + n_asked + n_logins);
    end(house, &flood);
}

/* One at a time, so that it never asks for too much at once: rows of what is
 * refused stay for years, and so they have an end. */
static void
who_is_refused_again_and_again_fills_no_disk(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE];
    int64_t before = count(house, "access_log"), n_logins = 2;
    void *socket = house_client(house, &house->crowd[0]);
    void *other = house_client(house, &house->therapist);
    for (int i = 0; i < KOR_MAX_REFUSED; i++) {
        house_ask(house, socket, "nonsense", "{}", reply);
        assert_code(reply, "protocol");
    }
    for (int i = 0; i < KOR_MAX_REFUSED; i++) {
        house_ask(house, socket, i % 2 ? "nonsense" : "open", "{}", reply);
        assert_code(reply, "busy");
        assert_non_null(strstr(reply, "within a minute"));
    }
    house_ask(house, other, "open", "{}", reply);
    assert_code(reply, "ok");
    assert_int_equal(count(house, "access_log") - before,
                     KOR_MAX_REFUSED + 1 + n_logins);
    house_hang_up(house, socket);
    house_hang_up(house, other);
}

static void
who_was_refused_is_served_again_when_its_others_are_answered(void **state)
{
    struct house *house = *state;
    struct flood flood;
    char reply[HOUSE_REPLY_SIZE];
    begin(house, &flood, "ok");
    flood_with(house, &flood, "open", 0);
    for (int i = 0; i < LINES; i++) {
        house_ask(house, flood.lines[i], "open", "{}", reply);
        assert_code(reply, "ok");
    }
    end(house, &flood);
}

static void
only_who_may_import_sends_large_requests(void **state)
{
    struct house *house = *state;
    enum { size = 100000 };
    char reply[HOUSE_REPLY_SIZE], *frame = kor_alloc(CLINIC_FRAME_SIZE + size);
    clinic_frame(frame, 1, "ping", "{}");
    size_t n = strlen(frame);
    memset(frame + n, ' ', size - n);
    void *therapist = house_client(house, &house->therapist);
    void *desk = house_client(house, &house->operator);
    house_send_text(therapist, frame);
    house_receive(therapist, reply);
    assert_code(reply, "too-large");
    house_send_text(desk, frame);
    house_receive(desk, reply);
    assert_code(reply, "ok");
    frame[60000] = '\0';
    house_send_text(therapist, frame);
    house_receive(therapist, reply);
    assert_code(reply, "ok");
    house_hang_up(house, therapist);
    house_hang_up(house, desk);
    free(frame);
}

int
main(void)
{
    signal(SIGPIPE, SIG_IGN);
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)
    const struct CMUnitTest tests[] = {
        T(a_flood_of_writes_is_refused_beyond_its_bound),
        T(so_is_a_flood_of_reads),
        T(so_is_a_flood_of_what_is_refused_anyway),
        T(who_is_refused_again_and_again_fills_no_disk),
        T(who_was_refused_is_served_again_when_its_others_are_answered),
        T(only_who_may_import_sends_large_requests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
