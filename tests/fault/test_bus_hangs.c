/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signs of life of a real bus end when the loop, the writer or the workers
 * hang, and come again when they go on.  What hangs is held in the clock,
 * which each of them asks for the time. */

#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "support/house.h"

#define ALIVE_MS 20
#define BURST 64     /* Writes at once, more than the loop stores itself. */
#define MOST_LATE 2  /* Signs that were due already. */

enum who { NOBODY, LOOP, OTHERS };

/* The clock of the house, with a door that can be shut. */
struct watch {
    struct kor_clock clock; /* First: the watch is found by it. */
    struct house *house;
    pthread_mutex_t lock;   /* Of the two below. */
    pthread_cond_t changed;
    enum who held;
    int n_caught;           /* Threads that wait at the door now. */
    int signs;              /* An eventfd that counts signs of life. */
};

static int64_t
mono_ms(const struct kor_clock *clock)
{
    (void)clock;
    return kor_clock_system()->mono_ms(kor_clock_system());
}

static int64_t
now_ms(const struct kor_clock *clock)
{
    struct watch *watch = (struct watch *)(uintptr_t)clock;
    enum who who = pthread_equal(pthread_self(), watch->house->thread)
                       ? LOOP
                       : OTHERS;
    pthread_mutex_lock(&watch->lock);
    watch->n_caught++;
    pthread_cond_broadcast(&watch->changed);
    while (watch->held == who) {
        pthread_cond_wait(&watch->changed, &watch->lock);
    }
    watch->n_caught--;
    pthread_mutex_unlock(&watch->lock);
    return KIT_MS;
}

static void
hold(struct watch *watch, enum who who)
{
    pthread_mutex_lock(&watch->lock);
    watch->held = who;
    pthread_cond_broadcast(&watch->changed);
    pthread_mutex_unlock(&watch->lock);
}

/* Whether 'n' threads are held, waiting a moment for them. */
static bool
has_caught(struct watch *watch, int n)
{
    struct timespec until;
    int rc = 0;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    pthread_mutex_lock(&watch->lock);
    while (watch->n_caught < n && rc == 0) {
        rc = pthread_cond_timedwait(&watch->changed, &watch->lock, &until);
    }
    bool is_caught = watch->n_caught >= n;
    pthread_mutex_unlock(&watch->lock);
    return is_caught;
}

static void
on_alive(void *arg)
{
    const struct house *house = arg;
    const struct watch *watch
        = (const struct watch *)(const void *)house->clinic->config.clock;
    assert_int_equal(write(watch->signs, &(uint64_t){1}, 8), 8);
}

/* How many signs have come since the last call, waiting for the first. */
static int
hear(struct watch *watch, int wait_ms)
{
    struct pollfd item = {.fd = watch->signs, .events = POLLIN};
    uint64_t count = 0;
    if (poll(&item, 1, wait_ms) == 1) {
        assert_int_equal(read(watch->signs, &count, sizeof count), 8);
    }
    return (int)count;
}

static void
falls_silent(struct watch *watch)
{
    int n = 0, heard;
    while ((heard = hear(watch, SHORT_MS)) > 0) {
        n += heard;
        assert_true(n <= MOST_LATE);
    }
}

static void
is_heard_again(struct watch *watch)
{
    hold(watch, NOBODY);
    for (int i = 0; i < 3; i++) {
        assert_true(hear(watch, LONG_MS) > 0);
    }
}

static int
set_up(void **state)
{
    struct watch *watch = kor_alloc(sizeof *watch);
    watch->clock = (struct kor_clock){.now_ms = now_ms, .mono_ms = mono_ms};
    watch->house = house_new();
    pthread_mutex_init(&watch->lock, NULL);
    pthread_cond_init(&watch->changed, NULL);
    watch->signs = eventfd(0, EFD_CLOEXEC);
    watch->house->clinic->config.clock = &watch->clock;
    watch->house->config.on_alive = on_alive;
    watch->house->config.alive_ms = ALIVE_MS;
    house_start(watch->house);
    *state = watch;
    return 0;
}

static int
tear_down(void **state)
{
    struct watch *watch = *state;
    hold(watch, NOBODY);
    int rc = house_tear_down((void **)&watch->house);
    close(watch->signs);
    pthread_cond_destroy(&watch->changed);
    pthread_mutex_destroy(&watch->lock);
    free(watch);
    return rc;
}

/* A connection over which something was answered, so that nobody but loop,
 * writer and workers asks for the time any more. */
static void *
connect_to(struct watch *watch)
{
    char reply[HOUSE_REPLY_SIZE];
    void *socket = house_client(watch->house, &watch->house->operator);
    house_ask(watch->house, socket, "ping", "{}", reply);
    assert_code(reply, "ok");
    assert_true(hear(watch, LONG_MS) > 0);
    return socket;
}

static void
signs_come_while_nobody_asks_anything(void **state)
{
    is_heard_again(*state);
}

static void
a_loop_that_hangs_ends_them(void **state)
{
    struct watch *watch = *state;
    void *socket = connect_to(watch);
    hold(watch, LOOP);
    house_send(watch->house, socket, "ping", "{}");
    assert_true(has_caught(watch, 1));
    falls_silent(watch);
    is_heard_again(watch);
    house_hang_up(watch->house, socket);
}

/* As many reads as there are workers. */
static void
workers_that_hang_end_them(void **state)
{
    struct watch *watch = *state;
    char reply[HOUSE_REPLY_SIZE];
    int n = (int)watch->house->config.n_workers;
    void *socket = connect_to(watch);
    hold(watch, OTHERS);
    for (int i = 0; i < n; i++) {
        house_send(watch->house, socket, "ping", "{}");
    }
    assert_true(has_caught(watch, n));
    falls_silent(watch);
    is_heard_again(watch);
    for (int i = 0; i < n; i++) {
        house_receive(socket, reply);
        assert_code(reply, "ok");
    }
    house_hang_up(watch->house, socket);
}

/* The loop stores a few writes by itself; with many at once the writer is
 * given some sooner or later. */
static void
a_writer_that_hangs_ends_them(void **state)
{
    struct watch *watch = *state;
    char reply[HOUSE_REPLY_SIZE];
    int n_sent = 0;
    void *socket = connect_to(watch);
    hold(watch, OTHERS);
    do {
        for (int i = 0; i < BURST; i++, n_sent++) {
            house_send(watch->house, socket, "open", "{}");
        }
    } while (!has_caught(watch, 1) && n_sent < 20 * BURST);
    assert_true(has_caught(watch, 1));
    falls_silent(watch);
    is_heard_again(watch);
    for (int i = 0; i < n_sent; i++) {
        house_receive(socket, reply);
    }
    house_hang_up(watch->house, socket);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(signs_come_while_nobody_asks_anything),
        T(a_loop_that_hangs_ends_them),
        T(workers_that_hang_end_them),
        T(a_writer_that_hangs_ends_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
