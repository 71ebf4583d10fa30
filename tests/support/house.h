/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_HOUSE_H
#define TESTS_SUPPORT_HOUSE_H 1

/* A real bus in a thread of its own, over a made-up clinic, and connections to
 * it over CURVE.  Every wait has a bound.  Whatever goes wrong in here ends
 * the test.
 *
 *     cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)
 *
 *     struct house *house = *state;
 *     char reply[HOUSE_REPLY_SIZE];
 *     void *socket = house_client(house, &house->therapist);
 *     house_ask(house, socket, "open", "{'born': '1990-01'}", reply);
 *     assert_code(reply, "ok");
 *     house_hang_up(house, socket); */

#include <pthread.h>
#include <stdbool.h>

#include <zmq.h>

#include "bus/bus.h"
#include "support/clinic.h"

#define LONG_MS 20000 /* Longest wait for what must come. */
#define SHORT_MS 300  /* How long nothing must come. */
#define HOUSE_REPLY_SIZE 65536
#define HOUSE_CROWD 12

struct house {
    struct clinic *clinic;
    struct kor_keyfile server, operator, therapist;
    struct kor_keyfile crowd[HOUSE_CROWD]; /* Of more therapists. */
    struct kor_keyfile stranger;           /* Not admitted. */
    char endpoint[KIT_PATH_SIZE + 32], feed[KIT_PATH_SIZE + 32];
    int signals[2]; /* The far end stands for a signalfd. */
    int events;     /* An eventfd that counts ready and reloaded. */
    struct kor_bus_config config;
    pthread_t thread;
    bool is_running;
    enum kor_code code; /* How the bus ended. */
    struct kor_err err;
    void *context;      /* Of the clients. */
    void *sockets[128]; /* Those that are open, also after a failure. */
    int n_sent;
};

/* Makes a house whose bus does not run yet, on ipc; frees one. */
struct house *house_new(void);
void house_free(struct house *house);

/* Before and after a test: makes a house and starts it; ends it with SIGTERM,
 * unless it has ended, and frees it. */
int house_set_up(void **state);
int house_tear_down(void **state);

/* The same with both endpoints on 127.0.0.1. */
int house_set_up_tcp(void **state);

/* The port of a tcp endpoint. */
int house_port(const char *endpoint);

/* Starts the bus and waits until it is ready; waits until it has ended. */
void house_start(struct house *house);
void house_join(struct house *house);

/* Tells the bus of a signal; waits until it is ready or has reloaded. */
void house_signal(struct house *house, int number);
void house_await(struct house *house);

/* A new socket that waits for nothing at its end; closes one. */
void *house_socket(struct house *house, int type);
void house_hang_up(struct house *house, void *socket);

/* A new socket that is connected to 'endpoint' with 'keys', expecting a server
 * that has the public key 'server'; without CURVE if 'keys' is null. */
void *house_connect(struct house *house, int type, const char *endpoint,
                    const struct kor_keyfile *keys, const char *server);

/* A new DEALER that is connected to the bus. */
void *house_client(struct house *house, const struct kor_keyfile *keys);

/* Gives a socket that is not connected yet the keys that house_connect()
 * would. */
void house_curve(void *socket, const struct kor_keyfile *keys,
                 const char *server);
void house_set_int(void *socket, int option, int value);

/* Whether a message comes within 'wait_ms'. */
bool house_has_message(void *socket, int wait_ms);

/* Sends a request with an id of its own, with ' for " in 'body'. */
void house_send(struct house *house, void *socket, const char *verb,
                const char *body);
void house_send_text(void *socket, const char *text);

/* Reads one reply, which has one frame, into 'reply'. */
void house_receive(void *socket, char reply[HOUSE_REPLY_SIZE]);

/* house_send() and house_receive(). */
void house_ask(struct house *house, void *socket, const char *verb,
               const char *body, char reply[HOUSE_REPLY_SIZE]);

/* Whether a reply has that code; "none" if it has no code. */
bool house_is_code(const char *reply, const char *code);
#define assert_code(reply, code)                                              \
    do {                                                                      \
        if (!house_is_code((reply), (code))) {                                \
            print_error("expected %s: %.300s\n", (code), (reply));            \
            fail();                                                           \
        }                                                                     \
    } while (0)

/* Asks as a fresh client, who must be answered. */
void house_assert_alive(struct house *house);

#endif /* tests/support/house.h */
