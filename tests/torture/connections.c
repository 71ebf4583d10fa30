/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connections that no client would make, to a bus on TCP: noise, half
 * greetings, other mechanisms, boxes that do not open, frames of impossible
 * length, stray messages of admitted keys, routing ids of others, peers that
 * say nothing or a byte a second.  Meanwhile one client is served as ever,
 * nothing is stored that it did not ask for, and memory stays. */

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "kor/base/alloc.h"
#include "kor/wire/envelope.h"
#include "support/house.h"
#include "support/resident.h"
#include "support/stranger.h"
#include "support/torture.h"

#define OPEN_AT_ONCE 256 /* Strangers that are connected together. */
#define ASK_EVERY 50     /* Strangers between two requests of the client. */
#define CLIENT_EVERY 20  /* One in so many speaks ZeroMQ, too well. */
#define MOST_IDLE 5000
#define MOST_GROWTH_KIB (32 * 1024)
#define MOST_IDLE_KIB 16 /* Of one idle connection, in a full run. */
#define CALM_ASKS 100
#define MOST_ASKS 2000   /* That are measured. */
/* In a full run: how many times longer the client waits than in calm. */
#define MOST_RATIO 5
#define OWN_ID "desk"    /* Routing id of the client that is served. */

struct siege {
    struct torture *torture;
    struct house *house;
    int port;
    void *socket;   /* Of the client that is served. */
    int64_t n_open; /* Episodes that it opened. */
    int strangers[OPEN_AT_ONCE]; /* -1 for none. */
    double waits_us[MOST_ASKS];
    size_t n_waits; /* The first CALM_ASKS of them were in calm. */
};

/* --- the client that is served ------------------------------------------- */

static void *
connect_as(struct house *house, const struct kor_keyfile *keys,
           const void *id, size_t id_size)
{
    void *socket = house_socket(house, ZMQ_DEALER);
    zmq_setsockopt(socket, ZMQ_ROUTING_ID, id, id_size);
    house_curve(socket, keys, house->server.public_key);
    assert_int_equal(zmq_connect(socket, house->endpoint), 0);
    return socket;
}

static void
ask(struct siege *siege)
{
    char reply[HOUSE_REPLY_SIZE];
    double began_us = torture_now_us();
    house_send(siege->house, siege->socket, "open", "{}");
    if (!house_has_message(siege->socket, LONG_MS)) {
        torture_lost(siege->torture, "request %lld had no answer",
                     (long long)siege->n_open);
        return;
    }
    house_receive(siege->socket, reply);
    if (siege->n_waits < MOST_ASKS) {
        siege->waits_us[siege->n_waits++] = torture_now_us() - began_us;
    }
    if (!house_is_code(reply, "ok")) {
        torture_lost(siege->torture, "refused: %.200s", reply);
    }
    siege->n_open++;
}

static void
begin(struct siege *siege, struct torture *torture, struct house *house)
{
    *siege = (struct siege){.torture = torture, .house = house,
                            .port = house_port(house->endpoint)};
    siege->socket = connect_as(house, &house->operator, OWN_ID,
                               strlen(OWN_ID));
    for (int i = 0; i < OPEN_AT_ONCE; i++) {
        siege->strangers[i] = -1;
    }
    for (int i = 0; i < CALM_ASKS; i++) {
        ask(siege);
    }
}

/* How long the client waited since the siege began. */
static void
report_waits(struct siege *siege)
{
    if (siege->n_waits <= CALM_ASKS) {
        return; /* Answers are lost, and that is counted. */
    }
    size_t n = siege->n_waits - CALM_ASKS;
    double calm_us = torture_quantile(siege->waits_us, CALM_ASKS, 0.5);
    double siege_us = torture_quantile(siege->waits_us + CALM_ASKS, n, 0.5);
    printf("open takes %.0f us (median of %zu), %.0f in calm: %.2f times\n",
           siege_us, n, calm_us, siege_us / calm_us);
    if (siege->torture->is_full && siege_us > MOST_RATIO * calm_us) {
        torture_lost(siege->torture, "that is too long");
    }
}

static void
end(struct siege *siege)
{
    for (int i = 0; i < OPEN_AT_ONCE; i++) {
        if (siege->strangers[i] >= 0) {
            stranger_leave(siege->strangers[i], false);
        }
    }
    ask(siege);
    int64_t n = clinic_sql(siege->house->clinic,
                           "SELECT count(*) FROM person");
    if (n != siege->n_open) {
        torture_lost(siege->torture, "%lld are stored and %lld were asked "
                     "for", (long long)n, (long long)siege->n_open);
    }
    house_hang_up(siege->house, siege->socket);
}

/* --- peers that know ZeroMQ ---------------------------------------------- */

static void
send_parts(void *socket, const char *text, int n)
{
    for (int i = 1; i <= n; i++) {
        zmq_send(socket, text, strlen(text), i < n ? ZMQ_SNDMORE : 0);
    }
}

/* An admitted key sends messages of several frames, and is understood after
 * that. */
static void
send_stray(struct siege *siege)
{
    char reply[HOUSE_REPLY_SIZE], frame[CLINIC_FRAME_SIZE];
    void *socket = house_client(siege->house, &siege->house->therapist);
    clinic_frame(frame, 7, "open", "{}");
    send_parts(socket, frame, (int)dice_int(&siege->torture->dice, 2, 60));
    send_parts(socket, "", (int)dice_int(&siege->torture->dice, 2, 5));
    house_ask(siege->house, socket, "ping", "{}", reply);
    if (!house_is_code(reply, "ok")) {
        torture_lost(siege->torture, "out of step: %.200s", reply);
    }
    house_hang_up(siege->house, socket);
}

/* An admitted key sends more than may be sent. */
static void
send_too_much(struct siege *siege)
{
    size_t size = 2 * KOR_MAX_REQUEST_SIZE;
    char *text = kor_alloc(size);
    void *socket = house_client(siege->house, &siege->house->operator);
    memset(text, '[', size);
    /* The first is read, and refused; the second is not. */
    zmq_send(socket, text, KOR_MAX_REQUEST_SIZE, 0);
    zmq_send(socket, text, size, 0);
    (void)house_has_message(socket, 1);
    free(text);
    house_hang_up(siege->house, socket);
}

/* An admitted key takes the routing id of the client that is served, or the
 * longest one. */
static void
pose(struct siege *siege)
{
    static const char longest[255] = "an id as long as may be";
    bool is_long = dice_int(&siege->torture->dice, 0, 1);
    void *socket = connect_as(siege->house, &siege->house->therapist,
                              is_long ? longest : OWN_ID,
                              is_long ? sizeof longest : strlen(OWN_ID));
    house_send(siege->house, socket, "caseload", "{}");
    ask(siege);
    house_hang_up(siege->house, socket);
}

static void
come_uninvited(struct siege *siege)
{
    void *socket = house_client(siege->house, &siege->house->stranger);
    house_send(siege->house, socket, "open", "{}");
    (void)house_has_message(socket, 2);
    house_hang_up(siege->house, socket);
}

static void
connect_well(struct siege *siege)
{
    static void (*const kinds[])(struct siege *)
        = {send_stray, send_too_much, pose, come_uninvited};
    kinds[dice_int(&siege->torture->dice, 0, KOR_LENGTH(kinds) - 1)](siege);
}

/* --- peers that do not --------------------------------------------------- */

/* Takes the place of the stranger that came longest ago. */
static void
connect_badly(struct siege *siege)
{
    uint8_t words[STRANGER_SIZE];
    struct dice *dice = &siege->torture->dice;
    int *fd = &siege->strangers[siege->torture->done % OPEN_AT_ONCE];
    if (*fd >= 0) {
        stranger_leave(*fd, dice_int(dice, 0, 1));
    }
    size_t size = stranger_words(
        (enum stranger_kind)dice_int(dice, 0, STRANGER_N_KINDS - 1), dice,
        words);
    *fd = stranger_connect(siege->port);
    if (*fd < 0) {
        torture_lost(siege->torture, "a connection is not taken");
    } else {
        stranger_say(*fd, words, size);
    }
}

static void
malformed_connections_harm_nobody(void **state)
{
    struct siege siege;
    struct house *house;
    struct torture *torture = *state;
    long before_kib = 0;
    house_set_up_tcp((void **)&house);
    begin(&siege, torture, house);
    for (; torture->done < torture->wanted; torture->done++) {
        if (torture->done % CLIENT_EVERY == 0) {
            connect_well(&siege);
        } else {
            connect_badly(&siege);
        }
        if (torture->done % ASK_EVERY == 0) {
            ask(&siege);
        }
        if (torture->done == torture->wanted / 10) {
            before_kib = resident_kib();
        }
    }
    long after_kib = resident_kib();
    printf("%ld KiB after a tenth, %ld KiB at the end\n", before_kib,
           after_kib);
    report_waits(&siege);
    if (torture->is_full && after_kib - before_kib > MOST_GROWTH_KIB) {
        torture_lost(torture, "memory grows");
    }
    end(&siege);
    house_tear_down((void **)&house);
}

/* --- peers that say little ----------------------------------------------- */

/* Of every other one a byte of a greeting, and how many are still there. */
static size_t
speak_slowly(int *fds, size_t n, size_t turn)
{
    static const uint8_t greeting[] = {0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0x7f};
    size_t n_left = 0;
    for (size_t i = 0; i < n; i++) {
        if (fds[i] >= 0 && i % 2 && turn < sizeof greeting) {
            stranger_say(fds[i], &greeting[turn], 1);
        }
        if (fds[i] >= 0 && stranger_is_left(fds[i])) {
            stranger_leave(fds[i], false);
            fds[i] = -1;
        }
        n_left += fds[i] >= 0;
    }
    return n_left;
}

static void
raise_descriptors(void)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
}

static void
who_says_too_little_is_hung_up_on(void **state)
{
    struct siege siege;
    struct house *house;
    struct torture *torture = *state;
    size_t n = (size_t)torture->wanted / 4;
    n = n > MOST_IDLE ? MOST_IDLE : n;
    int *fds = kor_alloc_array(n, sizeof *fds);
    house_set_up_tcp((void **)&house);
    begin(&siege, torture, house);
    long before_kib = resident_kib();
    for (size_t i = 0; i < n; i++) {
        fds[i] = stranger_connect(siege.port);
        assert_true(fds[i] >= 0);
    }
    ask(&siege);
    long idle_kib = resident_kib() - before_kib;
    printf("%zu idle connections take %ld KiB\n", n, idle_kib);
    if (torture->is_full && idle_kib > MOST_IDLE_KIB * (long)n) {
        torture_lost(torture, "that is too much");
    }
    size_t n_left = n;
    for (size_t turn = 0; n_left > 0 && turn < LONG_MS / 1000; turn++) {
        n_left = speak_slowly(fds, n, turn);
        for (int i = 0; i < 20; i++) {
            ask(&siege);
        }
        (void)poll(NULL, 0, n_left > 0 ? 1000 : 0); /* A byte a second. */
    }
    report_waits(&siege);
    if (n_left > 0) {
        torture_lost(torture, "%zu idle connections stay", n_left);
    }
    free(fds);
    end(&siege);
    house_tear_down((void **)&house);
}

int
main(int argc, char *argv[])
{
    static struct torture torture;
    signal(SIGPIPE, SIG_IGN);
    raise_descriptors();
    torture_begin(&torture, "connections", argc, argv, 600, 20000);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(malformed_connections_harm_nobody,
                                  &torture),
        cmocka_unit_test_prestate(who_says_too_little_is_hung_up_on,
                                  &torture),
    };
    return torture_end(&torture, cmocka_run_group_tests(tests, NULL, NULL));
}
