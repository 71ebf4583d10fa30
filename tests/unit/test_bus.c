/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A real bus in a thread of its own, with real clients over CURVE on ipc; and
 * peers that are broken, hostile, deaf or gone.  Every wait has a bound. */

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <sqlite3.h>

#include "bus/job.h"
#include "bus/queue.h"
#include "bus/socket.h"
#include "bus/turns.h"
#include "bus/zap.h"
#include "kor/base/alloc.h"
#include "kor/wire/seal.h"
#include "support/faultvfs.h"
#include "support/house.h"

/* --- who is let in ------------------------------------------------------- */

static void
a_known_key_is_answered_under_its_own_name(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE];
    void *socket = house_client(house, &house->therapist);
    house_ask(house, socket, "open", "{}", reply);
    assert_code(reply, "ok");
    assert_non_null(strstr(reply, "\"therapist\":\"ann\""));
    house_ask(house, socket, "export", "{}", reply);
    assert_code(reply, "forbidden");
    house_hang_up(house, socket);
}

/* Waits until the monitor of a client says one of the events. */
static bool
await_monitor(void *monitor, int events)
{
    while (house_has_message(monitor, LONG_MS)) {
        zmq_msg_t part;
        zmq_msg_init(&part);
        zmq_msg_recv(&part, monitor, 0);
        uint16_t event;
        memcpy(&event, zmq_msg_data(&part), sizeof event);
        zmq_msg_close(&part);
        zmq_msg_init(&part);
        zmq_msg_recv(&part, monitor, 0);
        zmq_msg_close(&part);
        if (event & events) {
            return true;
        }
    }
    return false;
}

static void
an_unknown_key_is_refused(void **state)
{
    struct house *house = *state;
    void *socket = house_socket(house, ZMQ_DEALER);
    assert_int_equal(zmq_socket_monitor(socket, "inproc://stranger",
                                        ZMQ_EVENT_ALL), 0);
    void *monitor = house_socket(house, ZMQ_PAIR);
    assert_int_equal(zmq_connect(monitor, "inproc://stranger"), 0);
    house_curve(socket, &house->stranger, house->server.public_key);
    assert_int_equal(zmq_connect(socket, house->endpoint), 0);
    house_send(house, socket, "open", "{}");
    assert_true(await_monitor(monitor, ZMQ_EVENT_HANDSHAKE_FAILED_AUTH));
    assert_false(house_has_message(socket, 0));
    house_hang_up(house, monitor);
    house_hang_up(house, socket);
    house_assert_alive(house);
    assert_int_equal(0, clinic_sql(house->clinic,
                                   "SELECT count(*) FROM person"));
}

static void
who_asks_the_wrong_server_or_without_keys_hears_nothing(void **state)
{
    struct house *house = *state;
    void *lost = house_connect(house, ZMQ_DEALER, house->endpoint,
                               &house->operator, house->stranger.public_key);
    void *plain
        = house_connect(house, ZMQ_DEALER, house->endpoint, NULL, NULL);
    void *feed = house_connect(house, ZMQ_SUB, house->feed, NULL, NULL);
    zmq_setsockopt(feed, ZMQ_SUBSCRIBE, "", 0);
    house_send(house, lost, "open", "{}");
    house_send(house, plain, "open", "{}");
    house_assert_alive(house);
    assert_false(house_has_message(lost, SHORT_MS));
    assert_false(house_has_message(plain, 0));
    assert_false(house_has_message(feed, 0));
    house_hang_up(house, lost);
    house_hang_up(house, plain);
    house_hang_up(house, feed);
    assert_int_equal(0, clinic_sql(house->clinic,
                                   "SELECT count(*) FROM person"));
}

static void
a_key_that_is_taken_away_is_refused_with_the_next_message(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE];
    void *socket = house_client(house, &house->therapist);
    house_ask(house, socket, "ping", "{}", reply);
    assert_code(reply, "ok");
    kit_sql(house->clinic->config.store_path,
            "UPDATE actor SET revoked_ms = 1 WHERE account_id ="
            " (SELECT id FROM account WHERE name = 'ann')");
    house_signal(house, SIGHUP);
    house_await(house);
    house_ask(house, socket, "ping", "{}", reply);
    assert_code(reply, "forbidden");
    house_hang_up(house, socket);
    house_assert_alive(house);
}

static void
without_the_thread_that_admits_keys_nobody_gets_in(void **state)
{
    struct house *house = *state;
    struct kor_err err;
    char endpoint[KIT_PATH_SIZE + 32];
    void *context = zmq_ctx_new(), *router;
    kor_err_init(&err, KOR_EN);
    snprintf(endpoint, sizeof endpoint, "ipc://%s/alone.sock",
             house->clinic->folder);
    kit_ok(kor_socket_bind(context, ZMQ_ROUTER, endpoint, &house->server,
                           "endpoint", &router, &err),
           &err);
    void *socket = house_connect(house, ZMQ_DEALER, endpoint,
                                 &house->operator, house->server.public_key);
    house_send(house, socket, "open", "{}");
    assert_false(house_has_message(router, SHORT_MS));
    /* With it the same client is let in. */
    struct kor_zap *zap;
    struct kor_queue *notices = kor_queue_new();
    kit_ok(kor_zap_start(context, kor_service_keyring(house->clinic->service),
                         &house->clinic->clock, notices, &zap, &err),
           &err);
    house_hang_up(house, socket);
    socket = house_connect(house, ZMQ_DEALER, endpoint, &house->operator,
                           house->server.public_key);
    house_send(house, socket, "open", "{}");
    assert_true(house_has_message(router, LONG_MS));
    house_hang_up(house, socket);
    zmq_close(router);
    zmq_ctx_shutdown(context);
    kor_zap_join(zap);
    zmq_ctx_term(context);
    /* And the access log hears who came. */
    struct kor_job *job = kor_queue_try(notices);
    assert_non_null(job);
    assert_string_equal(job->call.look.action, "log-in");
    assert_string_equal(job->call.caller.name, "desk");
    assert_int_equal(job->call.code, KOR_OK);
    kor_job_free(job);
    assert_null(kor_queue_try(notices));
    kor_queue_free(notices);
}

/* --- what is sent -------------------------------------------------------- */

static void
messages_of_a_wrong_number_of_frames_are_dropped_to_their_end(void **state)
{
    struct house *house = *state;
    static const int counts[] = {2, 3, 50};
    char reply[HOUSE_REPLY_SIZE], frame[CLINIC_FRAME_SIZE];
    void *socket = house_client(house, &house->operator);
    clinic_frame(frame, 7, "open", "{}");
    for (size_t i = 0; i < KOR_LENGTH(counts); i++) {
        for (int k = 1; k <= counts[i]; k++) {
            zmq_send(socket, frame, strlen(frame),
                     k < counts[i] ? ZMQ_SNDMORE : 0);
        }
        house_ask(house, socket, "ping", "{}", reply);
        assert_code(reply, "ok");
        assert_non_null(strstr(reply, "\"seq\""));
    }
    assert_false(house_has_message(socket, 0));
    assert_int_equal(0, clinic_sql(house->clinic,
                                   "SELECT count(*) FROM person"));
    house_hang_up(house, socket);
}

static void
what_is_no_request_is_answered_with_a_refusal(void **state)
{
    struct house *house = *state;
    static const char *const bad[]
        = {"", "{", "[]", "null", "{\"kor\": 1}", "\xff\xfe",
           "{\"kor\": 1, \"id\": \"x\", \"verb\": \"ping\"}",
           "{\"kor\": 2, \"id\": \"01940000-0000-7000-8000-000000000001\", "
           "\"verb\": \"ping\"}",
           "{\"kor\": 1, \"id\": \"01940000-0000-7000-8000-000000000001\", "
           "\"verb\": \"pang\"}",
           "{\"kor\": 1, \"id\": \"01940000-0000-7000-8000-000000000001\", "
           "\"verb\": \"open\", \"body\": {\"code\": 1}}"};
    char reply[HOUSE_REPLY_SIZE];
    void *socket = house_client(house, &house->operator);
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        house_send_text(socket, bad[i]);
        house_receive(socket, reply);
        assert_false(house_is_code(reply, "ok"));
        assert_false(house_is_code(reply, "none"));
        assert_non_null(strstr(reply, "\"text\""));
    }
    house_ask(house, socket, "ping", "{}", reply);
    assert_code(reply, "ok");
    house_hang_up(house, socket);
}

/* Copies the text 'name' of a request or reply. */
static void
json_member(const char *frame, const char *name, char out[64])
{
    json_t *root = json_loads(frame, 0, NULL);
    const char *text = json_string_value(json_object_get(root, name));
    snprintf(out, 64, "%s", text ? text : "");
    json_decref(root);
}

/* Seals 'frame' for the key 'server' and sends it as entered a day ago. */
static void
send_sealed(void *socket, const char *server, const char *frame)
{
    uint8_t key[KOR_SEAL_KEY_SIZE];
    char id[64];
    struct kor_buf box = {0}, out = {0};
    struct kor_sealed sealed = {.age_ms = 24 * 3600 * 1000};
    assert_non_null(zmq_z85_decode(key, server));
    assert_true(kor_seal(frame, strlen(frame), key, &box));
    json_member(frame, "id", id);
    assert_true(kor_uuid_parse(id, sealed.uuid));
    sealed.box = (const uint8_t *)box.text;
    sealed.box_size = box.size;
    kor_sealed_write(&sealed, &out);
    assert_int_equal(zmq_send(socket, out.text, out.size, 0), (int)out.size);
    kor_buf_done(&box);
    kor_buf_done(&out);
}

/* Under the key of the connection, with its rights, once. */
static void
a_sealed_record_is_stored_as_if_it_had_come_in_plain(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE], frame[CLINIC_FRAME_SIZE], code[16];
    char first[HOUSE_REPLY_SIZE], asked[64], answered[64];
    void *own = house_client(house, &house->therapist);
    house_ask(house, own, "open", "{}", reply);
    assert_code(reply, "ok");
    snprintf(code, sizeof code, "%.9s",
             strstr(strstr(reply, "body"), "\"code\":\"") + 8);
    clinic_day(house->clinic, 1);
    clinic_frame(frame, 7, "record",
                 "{'code': '%s', 'answers': [{'scale': 'outcome', "
                 "'total': 20}]}", code);
    for (int i = 0; i < 2; i++) {
        send_sealed(own, house->server.public_key, frame);
        house_receive(own, i == 0 ? first : reply);
    }
    assert_code(first, "ok");
    assert_string_equal(first, reply);
    assert_non_null(strstr(reply, "\"date\":\"2026-01-05\""));
    send_sealed(own, house->stranger.public_key, frame);
    house_receive(own, reply);
    assert_code(reply, "protocol");
    assert_non_null(strstr(reply, "\"field\":\"seal\""));
    json_member(frame, "id", asked);
    json_member(reply, "id", answered);
    assert_string_equal(asked, answered);
    void *other = house_client(house, &house->operator);
    house_ask(house, other, "ping", "{}", reply);
    assert_code(reply, "ok");
    house_hang_up(house, own);
    house_hang_up(house, other);
    assert_int_equal(1, clinic_sql(house->clinic,
                                   "SELECT count(*) FROM answer"));
}

static void
a_frame_that_is_too_large_cuts_its_own_connection_alone(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE];
    size_t size = 2 * KOR_MAX_REQUEST_SIZE;
    char *large = kor_alloc(size);
    memset(large, ' ', size);
    void *other = house_client(house, &house->therapist);
    void *socket = house_client(house, &house->operator);
    house_ask(house, other, "ping", "{}", reply);
    house_ask(house, socket, "ping", "{}", reply);
    zmq_send(socket, large, size, 0);
    /* One just above the limit of a request is still answered. */
    void *third = house_client(house, &house->operator);
    zmq_send(third, large, KOR_MAX_REQUEST_SIZE + 1, 0);
    house_receive(third, reply);
    assert_code(reply, "too-large");
    house_ask(house, other, "ping", "{}", reply);
    assert_code(reply, "ok");
    assert_false(house_has_message(socket, 0));
    house_hang_up(house, third);
    house_hang_up(house, socket);
    house_hang_up(house, other);
    free(large);
    house_assert_alive(house);
}

/* Writes to the socket as no ZeroMQ would. */
static void
throw_bytes(struct house *house, const void *bytes, size_t size)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s",
             house->endpoint + strlen("ipc://"));
    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address),
                     0);
    (void)send(fd, bytes, size, MSG_NOSIGNAL);
    struct pollfd item = {.fd = fd, .events = POLLIN};
    (void)poll(&item, 1, 50);
    close(fd);
}

static void
garbage_on_the_socket_leaves_the_daemon_alive(void **state)
{
    struct house *house = *state;
    uint8_t bytes[4096];
    struct dice dice = {1234};
    for (int round = 0; round < 20; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (uint8_t)dice_int(&dice, 0, 255);
        }
        if (round % 2) { /* A greeting of ZMTP 3.1 with CURVE, then noise. */
            memset(bytes, 0, 64);
            bytes[0] = 0xff;
            bytes[9] = 0x7f;
            bytes[10] = 3;
            bytes[11] = 1;
            memcpy(bytes + 12, "CURVE", 5);
        }
        throw_bytes(house, bytes, (size_t)dice_int(&dice, 1, sizeof bytes));
    }
    throw_bytes(house, "GET / HTTP/1.1\r\n\r\n", 18);
    house_assert_alive(house);
}

/* --- many, deaf and gone ------------------------------------------------- */

#define MANY 64
#define EACH 8

static void
sixty_four_clients_at_once_are_all_answered_and_stored(void **state)
{
    struct house *house = *state;
    void *sockets[MANY];
    char reply[HOUSE_REPLY_SIZE];
    for (int i = 0; i < MANY; i++) {
        sockets[i] = house_client(house, &house->crowd[i % HOUSE_CROWD]);
    }
    for (int k = 0; k < EACH; k++) {
        for (int i = 0; i < MANY; i++) {
            house_send(house, sockets[i], "open", "{}");
        }
    }
    for (int i = 0; i < MANY; i++) {
        for (int k = 0; k < EACH; k++) {
            house_receive(sockets[i], reply);
            assert_code(reply, "ok");
        }
        house_hang_up(house, sockets[i]);
    }
    assert_int_equal(MANY * EACH, clinic_sql(house->clinic,
                                             "SELECT count(*) FROM person"));
}

static void
a_client_that_never_reads_holds_up_nobody(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE];
    void *deaf = house_socket(house, ZMQ_DEALER);
    house_set_int(deaf, ZMQ_RCVHWM, 1);
    house_set_int(deaf, ZMQ_SNDHWM, 0);
    house_set_int(deaf, ZMQ_RCVBUF, 4096);
    house_curve(deaf, &house->therapist, house->server.public_key);
    assert_int_equal(zmq_connect(deaf, house->endpoint), 0);
    for (int i = 0; i < 4000; i++) {
        house_send(house, deaf, "instrument.list", "{}");
    }
    void *socket = house_client(house, &house->operator);
    for (int i = 0; i < 20; i++) {
        house_ask(house, socket, "open", "{}", reply);
        assert_code(reply, "ok");
    }
    house_hang_up(house, socket);
    house_hang_up(house, deaf);
    house_assert_alive(house);
}

static void
a_client_that_goes_away_in_the_middle_harms_nobody(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE];
    for (int round = 0; round < 10; round++) {
        void *socket = house_client(house, &house->crowd[round]);
        house_ask(house, socket, "ping", "{}", reply);
        for (int i = 0; i < 50; i++) {
            house_send(house, socket, i % 2 ? "open" : "caseload", "{}");
        }
        house_hang_up(house, socket);
    }
    house_assert_alive(house);
}

/* --- the feed ------------------------------------------------------------ */

/* Reads one message of the feed: the topic and a number, and no more. */
static int64_t
read_feed(void *feed)
{
    char frames[3][64] = {"", "", ""};
    int more = 1, n = 0;
    size_t more_size = sizeof more;
    while (more) {
        int size = zmq_recv(feed, frames[n % 3], 63, 0);
        assert_true(size >= 0);
        frames[n % 3][size] = '\0';
        n++;
        zmq_getsockopt(feed, ZMQ_RCVMORE, &more, &more_size);
    }
    assert_int_equal(n, 2);
    assert_string_equal(frames[0], "change");
    assert_int_equal(strspn(frames[1], "0123456789"), strlen(frames[1]));
    return strtoll(frames[1], NULL, 10);
}

static void
the_feed_says_that_something_changed_and_since_says_what(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE], body[64];
    void *feed = house_connect(house, ZMQ_SUB, house->feed, &house->therapist,
                               house->server.public_key);
    zmq_setsockopt(feed, ZMQ_SUBSCRIBE, "", 0);
    void *socket = house_client(house, &house->operator);
    /* A subscription takes a moment: until the first change is heard. */
    for (int i = 0; i < 200 && !house_has_message(feed, 50); i++) {
        house_ask(house, socket, "open", "{}", reply);
        assert_code(reply, "ok");
    }
    int64_t last = 0;
    while (house_has_message(feed, SHORT_MS)) {
        int64_t seq = read_feed(feed);
        assert_true(seq > last);
        last = seq;
    }
    assert_true(last > 0);
    house_ask(house, socket, "open", "{}", reply);
    /* A read is no change, nor is what is refused. */
    house_ask(house, socket, "caseload", "{}", reply);
    house_ask(house, socket, "open", "{'code': '1'}", reply);
    house_ask(house, socket, "open", "{}", reply);
    for (int i = 1; i <= 2; i++) {
        assert_true(house_has_message(feed, LONG_MS));
        assert_int_equal(last + i, read_feed(feed));
    }
    assert_false(house_has_message(feed, SHORT_MS));
    snprintf(body, sizeof body, "{'seq': %lld}", (long long)last);
    house_ask(house, socket, "since", body, reply);
    json_t *root = json_loads(reply, 0, NULL);
    const json_t *events
        = json_object_get(json_object_get(root, "body"), "events");
    assert_int_equal(json_array_size(events), 2);
    json_decref(root);
    house_hang_up(house, feed);
    house_hang_up(house, socket);
}

/* --- the end ------------------------------------------------------------- */

/* As much as each of the crowd may have in flight: more than fits into some
 * commits. */
static void
sigterm_answers_what_has_arrived(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE];
    void *sockets[HOUSE_CROWD];
    for (int k = 0; k < HOUSE_CROWD; k++) {
        sockets[k] = house_client(house, &house->crowd[k]);
        for (int i = 0; i < KOR_MAX_IN_FLIGHT; i++) {
            house_send(house, sockets[k], i % 50 ? "open" : "caseload", "{}");
        }
    }
    for (int k = 0; k < HOUSE_CROWD; k++) {
        house_receive(sockets[k], reply);
    }
    house_signal(house, SIGTERM);
    for (int k = 0; k < HOUSE_CROWD; k++) {
        for (int i = 1; i < KOR_MAX_IN_FLIGHT; i++) {
            house_receive(sockets[k], reply);
            assert_code(reply, "ok");
        }
        house_hang_up(house, sockets[k]);
    }
    house_join(house);
    assert_int_equal(house->code, KOR_OK);
}

static void
it_starts_again_where_it_was(void **state)
{
    struct house *house = *state;
    for (int i = 0; i < 3; i++) {
        house_assert_alive(house);
        house_signal(house, i % 2 ? SIGINT : SIGTERM);
        house_join(house);
        assert_int_equal(house->code, KOR_OK);
        house_start(house);
    }
    house_assert_alive(house);
}

static void
an_endpoint_that_cannot_be_had_is_named(void **state)
{
    struct house *house = *state;
    struct kor_bus_config config = house->config;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    config.endpoint = "ipc:///nowhere/at/all/kord.sock";
    assert_int_equal(kor_bus_run(&config, &err), KOR_CANNOT_CREATE);
    assert_string_equal(err.field, "endpoint");
    house_assert_alive(house);
}

static void
when_the_disk_fails_the_bus_ends_and_nobody_hears_ok(void **state)
{
    (void)state;
    sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
    struct faultvfs *faults = faultvfs_new();
    char reply[HOUSE_REPLY_SIZE];
    sqlite3_vfs_register(sqlite3_vfs_find(faultvfs_name(faults)), 1);
    struct house *house = house_new();
    house_start(house);
    void *socket = house_client(house, &house->operator);
    house_ask(house, socket, "open", "{}", reply);
    assert_code(reply, "ok");
    faultvfs_only(faults, "-wal"); /* Not the mark, which nobody waits for. */
    faultvfs_arm(faults, FAULT_SYNC, 1, SQLITE_IOERR_FSYNC, false);
    for (int i = 0; i < KOR_MAX_IN_FLIGHT; i++) {
        house_send(house, socket, "open", "{}");
    }
    house_join(house);
    assert_int_equal(house->code, KOR_UNCERTAIN);
    int n = 0;
    while (house_has_message(socket, SHORT_MS)) {
        house_receive(socket, reply);
        assert_code(reply, "uncertain");
        n++;
    }
    assert_true(n > 0);
    house_hang_up(house, socket);
    faultvfs_disarm(faults);
    void *end = house;
    house_tear_down(&end);
    sqlite3_vfs_register(usual, 1);
    faultvfs_free(faults);
}

int
main(void)
{
    signal(SIGPIPE, SIG_IGN);
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)
    const struct CMUnitTest tests[] = {
        T(a_known_key_is_answered_under_its_own_name),
        T(an_unknown_key_is_refused),
        T(who_asks_the_wrong_server_or_without_keys_hears_nothing),
        T(a_key_that_is_taken_away_is_refused_with_the_next_message),
        T(without_the_thread_that_admits_keys_nobody_gets_in),
        T(messages_of_a_wrong_number_of_frames_are_dropped_to_their_end),
        T(what_is_no_request_is_answered_with_a_refusal),
        T(a_sealed_record_is_stored_as_if_it_had_come_in_plain),
        T(a_frame_that_is_too_large_cuts_its_own_connection_alone),
        T(garbage_on_the_socket_leaves_the_daemon_alive),
        T(sixty_four_clients_at_once_are_all_answered_and_stored),
        T(a_client_that_never_reads_holds_up_nobody),
        T(a_client_that_goes_away_in_the_middle_harms_nobody),
        T(the_feed_says_that_something_changed_and_since_says_what),
        T(sigterm_answers_what_has_arrived),
        T(it_starts_again_where_it_was),
        T(an_endpoint_that_cannot_be_had_is_named),
        cmocka_unit_test(when_the_disk_fails_the_bus_ends_and_nobody_hears_ok),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
