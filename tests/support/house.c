/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bus to be tested: see house.h. */

#include "support/house.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kor/base/alloc.h"
#include "store/actor.h"

/* --- the house ----------------------------------------------------------- */

static void
make_pair(struct kor_keyfile *keys)
{
    assert_int_equal(zmq_curve_keypair(keys->public_key, keys->secret_key), 0);
}

static void
add_key(struct house *house, struct kor_keyfile *keys, const char *name,
        const char *roles)
{
    struct kor_err err;
    struct kor_store *store = kor_service_store(house->clinic->service);
    struct kor_actor actor = {.expires_ms = KOR_NO_MS};
    kor_err_init(&err, KOR_EN);
    make_pair(keys);
    strcpy(actor.account.name, name);
    strcpy(actor.account.roles, roles);
    assert_non_null(zmq_z85_decode(actor.public_key, keys->public_key));
    kit_ok(kor_store_account_add(store, &actor.account, KIT_MS, &err), &err);
    kit_ok(kor_store_actor_add(store, &actor, KIT_MS, &err), &err);
    kit_ok(kor_service_reload(house->clinic->service, &err), &err);
}

static void
make_keys(struct house *house)
{
    char roles[KOR_ROLES_SIZE];
    make_pair(&house->server);
    make_pair(&house->stranger);
    add_key(house, &house->operator, "desk",
            kor_actor_roles_words(KOR_FIRST_ROLES, roles));
    add_key(house, &house->therapist, "ann", "therapist");
    for (int i = 0; i < HOUSE_CROWD; i++) {
        char name[24];
        snprintf(name, sizeof name, "crowd-%d", i);
        add_key(house, &house->crowd[i], name, "therapist");
    }
}

static void
on_ready(void *arg)
{
    struct house *house = arg;
    assert_int_equal(write(house->events, &(uint64_t){1}, 8), 8);
}

static void
on_reload(void *arg)
{
    struct house *house = arg;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_service_reload(house->clinic->service, &err), KOR_OK);
    assert_int_equal(write(house->events, &(uint64_t){1}, 8), 8);
}

void
house_await(struct house *house)
{
    struct pollfd item = {.fd = house->events, .events = POLLIN};
    uint64_t count;
    assert_int_equal(poll(&item, 1, LONG_MS), 1);
    assert_int_equal(read(house->events, &count, sizeof count), 8);
}

static void *
run_bus(void *arg)
{
    struct house *house = arg;
    house->code = kor_bus_run(&house->config, &house->err);
    return NULL;
}

void
house_signal(struct house *house, int number)
{
    struct signalfd_siginfo info = {.ssi_signo = (uint32_t)number};
    assert_int_equal(write(house->signals[1], &info, sizeof info),
                     sizeof info);
}

void
house_start(struct house *house)
{
    house->is_running = true;
    assert_int_equal(pthread_create(&house->thread, NULL, run_bus, house), 0);
    house_await(house);
}

void
house_join(struct house *house)
{
    assert_int_equal(pthread_join(house->thread, NULL), 0);
    house->is_running = false;
}

struct house *
house_new(void)
{
    struct house *house = kor_alloc(sizeof *house);
    house->clinic = clinic_new();
    house->clinic->now_ms = KIT_MS;
    make_keys(house);
    snprintf(house->endpoint, sizeof house->endpoint, "ipc://%s/kord.sock",
             house->clinic->folder);
    snprintf(house->feed, sizeof house->feed, "ipc://%s/feed.sock",
             house->clinic->folder);
    kor_err_init(&house->err, KOR_EN);
    assert_int_equal(pipe2(house->signals, O_NONBLOCK | O_CLOEXEC), 0);
    house->events = eventfd(0, EFD_CLOEXEC);
    house->context = zmq_ctx_new();
    house->config = (struct kor_bus_config){.endpoint = house->endpoint,
                                            .feed = house->feed,
                                            .keys = &house->server,
                                            .clinic = &house->clinic->config,
                                            .service = house->clinic->service,
                                            .n_workers = 2,
                                            .signal_fd = house->signals[0],
                                            .on_ready = on_ready,
                                            .on_reload = on_reload,
                                            .arg = house};
    return house;
}

int
house_set_up(void **state)
{
    struct house *house = house_new();
    *state = house;
    house_start(house);
    return 0;
}

static void
find_port(char *endpoint, size_t size)
{
    struct sockaddr_in address
        = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, length), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &length), 0);
    close(fd);
    snprintf(endpoint, size, "tcp://127.0.0.1:%d", ntohs(address.sin_port));
}

int
house_set_up_tcp(void **state)
{
    struct house *house = house_new();
    *state = house;
    find_port(house->endpoint, sizeof house->endpoint);
    find_port(house->feed, sizeof house->feed);
    house_start(house);
    return 0;
}

int
house_port(const char *endpoint)
{
    return atoi(strrchr(endpoint, ':') + 1);
}

void
house_free(struct house *house)
{
    for (size_t i = 0; i < KOR_LENGTH(house->sockets); i++) {
        if (house->sockets[i]) {
            zmq_close(house->sockets[i]);
        }
    }
    zmq_ctx_term(house->context);
    close(house->signals[0]);
    close(house->signals[1]);
    close(house->events);
    clinic_free(house->clinic);
    free(house);
}

int
house_tear_down(void **state)
{
    struct house *house = *state;
    if (house->is_running) {
        house_signal(house, SIGTERM);
        house_join(house);
        assert_int_equal(house->code, KOR_OK);
    }
    house_free(house);
    return 0;
}

/* --- clients ------------------------------------------------------------- */

void
house_set_int(void *socket, int option, int value)
{
    assert_int_equal(zmq_setsockopt(socket, option, &value, sizeof value), 0);
}

void *
house_socket(struct house *house, int type)
{
    size_t i = 0;
    while (house->sockets[i]) {
        i++;
        assert_true(i < KOR_LENGTH(house->sockets));
    }
    house->sockets[i] = zmq_socket(house->context, type);
    assert_non_null(house->sockets[i]);
    house_set_int(house->sockets[i], ZMQ_LINGER, 0);
    house_set_int(house->sockets[i], ZMQ_SNDTIMEO, LONG_MS);
    return house->sockets[i];
}

void
house_hang_up(struct house *house, void *socket)
{
    for (size_t i = 0; i < KOR_LENGTH(house->sockets); i++) {
        if (house->sockets[i] == socket) {
            house->sockets[i] = NULL;
        }
    }
    zmq_close(socket);
}

void
house_curve(void *socket, const struct kor_keyfile *keys, const char *server)
{
    zmq_setsockopt(socket, ZMQ_CURVE_SERVERKEY, server, 40);
    zmq_setsockopt(socket, ZMQ_CURVE_PUBLICKEY, keys->public_key, 40);
    zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, keys->secret_key, 40);
}

void *
house_connect(struct house *house, int type, const char *endpoint,
              const struct kor_keyfile *keys, const char *server)
{
    void *socket = house_socket(house, type);
    if (keys) {
        house_curve(socket, keys, server);
    }
    assert_int_equal(zmq_connect(socket, endpoint), 0);
    return socket;
}

void *
house_client(struct house *house, const struct kor_keyfile *keys)
{
    return house_connect(house, ZMQ_DEALER, house->endpoint, keys,
                         house->server.public_key);
}

bool
house_has_message(void *socket, int wait_ms)
{
    zmq_pollitem_t item = {.socket = socket, .events = ZMQ_POLLIN};
    return zmq_poll(&item, 1, wait_ms) > 0;
}

void
house_send_text(void *socket, const char *text)
{
    assert_int_equal(zmq_send(socket, text, strlen(text), 0),
                     (int)strlen(text));
}

/* Reads one reply, which has one frame, into 'reply'. */
void
house_receive(void *socket, char reply[HOUSE_REPLY_SIZE])
{
    assert_true(house_has_message(socket, LONG_MS));
    int size = zmq_recv(socket, reply, HOUSE_REPLY_SIZE - 1, 0), more;
    assert_true(size >= 0 && size < HOUSE_REPLY_SIZE);
    reply[size] = '\0';
    size_t more_size = sizeof more;
    zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &more_size);
    assert_int_equal(more, 0);
}

bool
house_is_code(const char *reply, const char *code)
{
    char expected[40];
    json_t *root = json_loads(reply, 0, NULL);
    const char *got = json_string_value(json_object_get(root, "code"));
    snprintf(expected, sizeof expected, "%s", got ? got : "none");
    json_decref(root);
    return !strcmp(expected, code);
}

/* Sends a request with an id of its own. */
void
house_send(struct house *house, void *socket, const char *verb,
           const char *body)
{
    char frame[CLINIC_FRAME_SIZE];
    clinic_frame(frame, 100000 + ++house->n_sent, verb, "%s", body);
    house_send_text(socket, frame);
}

void
house_ask(struct house *house, void *socket, const char *verb,
          const char *body, char reply[HOUSE_REPLY_SIZE])
{
    house_send(house, socket, verb, body);
    house_receive(socket, reply);
}

/* The daemon is alive if a fresh client is answered. */
void
house_assert_alive(struct house *house)
{
    char reply[HOUSE_REPLY_SIZE];
    void *socket = house_client(house, &house->operator);
    house_ask(house, socket, "ping", "{}", reply);
    assert_code(reply, "ok");
    house_hang_up(house, socket);
}
