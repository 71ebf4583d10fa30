/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The traps of ZeroMQ, those that no other test steps into: what the sockets
 * are set to, routing ids of others, nobody's id, floods of subscriptions, and
 * signals while everything is at work. */

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bus/descriptors.h"
#include "bus/socket.h"
#include "bus/turns.h"
#include "support/house.h"

/* --- what the sockets are set to ----------------------------------------- */

static void
assert_option(void *socket, int option, int expected)
{
    int value = -1;
    size_t size = sizeof value;
    assert_int_equal(zmq_getsockopt(socket, option, &value, &size), 0);
    assert_int_equal(value, expected);
}

static void *
bind_socket(struct house *house, void *context, int type, int64_t max_size)
{
    struct kor_err err;
    char endpoint[KIT_PATH_SIZE + 32];
    void *socket;
    int64_t size = 0;
    size_t length = sizeof size;
    kor_err_init(&err, KOR_EN);
    snprintf(endpoint, sizeof endpoint, "ipc://%s/options-%d.sock",
             house->clinic->folder, type);
    kit_ok(kor_socket_bind(context, type, endpoint, &house->server,
                           "endpoint", &socket, &err),
           &err);
    zmq_getsockopt(socket, ZMQ_MAXMSGSIZE, &size, &length);
    assert_int_equal(size, max_size);
    assert_option(socket, ZMQ_CURVE_SERVER, 1);
    assert_option(socket, ZMQ_HEARTBEAT_IVL, 0); /* It aborts 4.3.4. */
    assert_option(socket, ZMQ_HANDSHAKE_IVL, 5000);
    assert_option(socket, ZMQ_SNDTIMEO, 0);
    assert_option(socket, ZMQ_LINGER, 2000);
    assert_option(socket, ZMQ_TCP_KEEPALIVE, 1);
    return socket;
}

static void
sockets_are_set_as_the_traps_demand(void **state)
{
    struct house *house = *state;
    void *context = zmq_ctx_new();
    void *router = bind_socket(house, context, ZMQ_ROUTER, 525312);
    void *feed = bind_socket(house, context, ZMQ_PUB, 1088);
    assert_option(router, ZMQ_RCVHWM, 32);
    assert_option(router, ZMQ_SNDHWM, 128);
    assert_option(feed, ZMQ_SNDHWM, 1000);
    zmq_close(router);
    zmq_close(feed);
    zmq_ctx_term(context);
}

/* --- who one is ---------------------------------------------------------- */

static void *
connect_as(struct house *house, const struct kor_keyfile *keys,
           const char *id)
{
    void *socket = house_socket(house, ZMQ_DEALER);
    zmq_setsockopt(socket, ZMQ_ROUTING_ID, id, strlen(id));
    house_curve(socket, keys, house->server.public_key);
    assert_int_equal(zmq_connect(socket, house->endpoint), 0);
    return socket;
}

static void
who_takes_the_routing_id_of_another_gets_nothing_of_it(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE];
    void *socket = connect_as(house, &house->therapist, "ann");
    house_ask(house, socket, "open", "{}", reply);
    void *thief = connect_as(house, &house->crowd[0], "ann");
    house_send(house, thief, "caseload", "{}");
    for (int i = 0; i < 20; i++) {
        house_ask(house, socket, "caseload", "{}", reply);
        assert_code(reply, "ok");
        assert_non_null(strstr(reply, "\"therapist\":\"ann\""));
    }
    assert_false(house_has_message(thief, SHORT_MS));
    house_hang_up(house, thief);
    house_ask(house, socket, "ping", "{}", reply);
    assert_code(reply, "ok");
    house_hang_up(house, socket);
}

/* A message without the User-Id of the ZAP thread counts as of the key 0. */
static void
nobody_has_the_id_zero(void **state)
{
    struct house *house = *state;
    struct kor_caller caller;
    struct kor_keyring *keyring = kor_service_keyring(house->clinic->service);
    assert_false(kor_keyring_by_id(keyring, 0, KIT_MS, &caller));
    assert_true(kor_keyring_by_id(keyring, 1, KIT_MS, &caller));
}

/* --- the feed ------------------------------------------------------------ */

static void
a_flood_of_subscriptions_leaves_the_daemon_at_work(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE], topic[4096];
    void *socket = house_client(house, &house->operator);
    void *feed = house_socket(house, ZMQ_SUB);
    void *longer = house_connect(house, ZMQ_SUB, house->feed,
                                 &house->crowd[0], house->server.public_key);
    house_set_int(feed, ZMQ_SNDHWM, 0); /* It sends all of them. */
    house_curve(feed, &house->therapist, house->server.public_key);
    assert_int_equal(zmq_connect(feed, house->feed), 0);
    memset(topic, 'x', sizeof topic);
    zmq_setsockopt(longer, ZMQ_SUBSCRIBE, topic, sizeof topic);
    for (int i = 0; i < 5000; i++) {
        int size = snprintf(topic, sizeof topic, "%d", i);
        zmq_setsockopt(feed, ZMQ_SUBSCRIBE, topic, (size_t)size);
    }
    zmq_setsockopt(feed, ZMQ_SUBSCRIBE, "change", 6);
    bool has_heard = false;
    for (int i = 0; i < 200 && !has_heard; i++) {
        house_ask(house, socket, "open", "{}", reply);
        assert_code(reply, "ok");
        has_heard = house_has_message(feed, 50);
    }
    assert_true(has_heard);
    assert_false(house_has_message(longer, 0));
    house_hang_up(house, longer);
    house_hang_up(house, feed);
    house_hang_up(house, socket);
}

/* --- signals while everything is at work --------------------------------- */

static const char *const work[]
    = {"open", "caseload", "instrument.list", "signals", "clinic", "open",
       "since", "course.list", "course.fit", "export", "nonsense"};

static const char *
body_of(const char *verb)
{
    return !strcmp(verb, "since")        ? "{'seq': 0}"
           : !strcmp(verb, "course.fit") ? "{'scale': 'outcome'}"
                                         : "{}";
}

#define EACH 66 /* Of each key: six times all of the work. */

static void
give_work(struct house *house, void *sockets[HOUSE_CROWD], int from, int to)
{
    for (int i = from; i < to; i++) {
        const char *verb = work[(size_t)i % KOR_LENGTH(work)];
        for (int k = 0; k < HOUSE_CROWD; k++) {
            house_send(house, sockets[k], verb, body_of(verb));
        }
    }
}

/* Hears all answers: each is done, or refused for a reason of its own. */
static void
hear_all(void *sockets[HOUSE_CROWD])
{
    char reply[HOUSE_REPLY_SIZE];
    for (int k = 0; k < HOUSE_CROWD; k++) {
        for (int i = 0; i < EACH; i++) {
            house_receive(sockets[k], reply);
            assert_false(house_is_code(reply, "none"));
            assert_false(house_is_code(reply, "internal"));
            assert_false(house_is_code(reply, "busy"));
        }
    }
}

static void
begin(struct house *house, void *sockets[HOUSE_CROWD])
{
    for (int k = 0; k < HOUSE_CROWD; k++) {
        sockets[k] = house_client(house, k > 0 ? &house->crowd[k]
                                               : &house->operator);
    }
}

static void
end(struct house *house, void *sockets[HOUSE_CROWD])
{
    for (int k = 0; k < HOUSE_CROWD; k++) {
        house_hang_up(house, sockets[k]);
    }
}

static void
sighup_under_load_loses_no_request(void **state)
{
    struct house *house = *state;
    void *sockets[HOUSE_CROWD];
    begin(house, sockets);
    for (int i = 0; i < EACH; i += 6) {
        give_work(house, sockets, i, i + 6);
        house_signal(house, SIGHUP);
        house_await(house);
    }
    hear_all(sockets);
    end(house, sockets);
    house_assert_alive(house);
}

static void
what_was_acknowledged_before_sigterm_is_stored(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE];
    void *socket = house_client(house, &house->crowd[0]);
    int64_t n_ok = 0;
    for (int i = 0; i < KOR_MAX_IN_FLIGHT; i++) {
        house_send(house, socket, "open", "{}");
    }
    house_signal(house, SIGTERM);
    house_join(house);
    assert_int_equal(house->code, KOR_OK);
    while (house_has_message(socket, SHORT_MS)) {
        house_receive(socket, reply);
        assert_code(reply, "ok");
        n_ok++;
    }
    assert_true(clinic_sql(house->clinic, "SELECT count(*) FROM person")
                >= n_ok);
    house_hang_up(house, socket);
}

/* --- descriptors --------------------------------------------------------- */

static void
descriptors_are_scarce_when_four_fifths_are_in_use(void **state)
{
    (void)state;
    struct rlimit before, few;
    int fds[100], n = 0;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    few = before;
    few.rlim_cur = 100;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    assert_false(kor_descriptors_are_scarce(0));
    do {
        fds[n] = fcntl(0, F_DUPFD_CLOEXEC, 0);
        assert_true(fds[n] >= 0);
        assert_int_equal(kor_descriptors_are_scarce(0), fds[n] >= 79);
    } while (fds[n++] < 99);
    assert_true(kor_descriptors_are_scarce(0)); /* None is left. */
    while (n > 0) {
        close(fds[--n]);
    }
    assert_false(kor_descriptors_are_scarce(0));
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

int
main(void)
{
    signal(SIGPIPE, SIG_IGN);
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)
    const struct CMUnitTest tests[] = {
        T(sockets_are_set_as_the_traps_demand),
        T(who_takes_the_routing_id_of_another_gets_nothing_of_it),
        T(nobody_has_the_id_zero),
        T(a_flood_of_subscriptions_leaves_the_daemon_at_work),
        T(sighup_under_load_loses_no_request),
        T(what_was_acknowledged_before_sigterm_is_stored),
        cmocka_unit_test(descriptors_are_scarce_when_four_fifths_are_in_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
