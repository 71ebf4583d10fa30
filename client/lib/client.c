/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the daemon: see kor/client/client.h. */

#include "kor/client/client.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>
#include <zmq.h>

#include "kor/base/alloc.h"
#include "lib/wire_socket.h"

#define SHORT_WAIT_MS 5000
#define LONG_WAIT_MS 60000
#define CONNECT_WAIT_MS 5000

/* So many broken handshakes in one try: whoever is there does not know the
 * server key that we expect.  One may be a daemon that is just stopping. */
#define STRANGE_HANDSHAKES 3

struct kor_client {
    struct kor_place place;
    struct kor_client_options options;
    void *context;
    void *socket;  /* Null between two tries. */
    void *monitor; /* Hears how its handshakes end. */
    bool is_met;   /* A handshake of this socket has succeeded. */
    int n_strange; /* Handshakes of this socket that broke. */
    unsigned n_opened; /* Sockets so far. */
};

struct kor_client_options
kor_client_options_default(void)
{
    return (struct kor_client_options){.lang = KOR_EN,
                                       .tries = 3,
                                       .stop_fd = -1,
                                       .clock = kor_clock_system(),
                                       .random = kor_random_system()};
}

enum kor_code
kor_client_new(const struct kor_place *place,
               const struct kor_client_options *options,
               struct kor_client **clientp, struct kor_err *err)
{
    struct kor_client *client = kor_alloc(sizeof *client);
    client->place = *place;
    client->options = *options;
    client->context = zmq_ctx_new();
    if (!client->context) {
        free(client);
        return kor_fail(err, KOR_IO, NULL, "no socket could be opened: %s",
                        zmq_strerror(zmq_errno()));
    }
    *clientp = client;
    return KOR_OK;
}

static void
hang_up(struct kor_client *client)
{
    if (client->socket) {
        zmq_socket_monitor(client->socket, NULL, 0);
        zmq_close(client->socket);
    }
    if (client->monitor) {
        zmq_close(client->monitor);
    }
    client->socket = client->monitor = NULL;
    client->is_met = false;
    client->n_strange = 0;
}

void
kor_client_free(struct kor_client *client)
{
    if (client) {
        hang_up(client);
        zmq_ctx_term(client->context);
        sodium_memzero(&client->place, sizeof client->place);
        free(client);
    }
}

static enum kor_code
watch_handshakes(struct kor_client *client, struct kor_err *err)
{
    /* A new name each time: libzmq frees the old one when it likes. */
    char inside[40];
    const int linger = 0;
    snprintf(inside, sizeof inside, "inproc://handshakes-%u",
             client->n_opened++);
    client->monitor = zmq_socket(client->context, ZMQ_PAIR);
    if (zmq_socket_monitor(client->socket, inside,
                           ZMQ_EVENT_HANDSHAKE_SUCCEEDED
                               | ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
                               | ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL
                               | ZMQ_EVENT_HANDSHAKE_FAILED_AUTH)
        || !client->monitor
        || zmq_setsockopt(client->monitor, ZMQ_LINGER, &linger, sizeof linger)
        || zmq_connect(client->monitor, inside)) {
        return kor_fail(err, KOR_IO, NULL, "no socket could be opened: %s",
                        zmq_strerror(zmq_errno()));
    }
    return KOR_OK;
}

static enum kor_code
call_up(struct kor_client *client, struct kor_err *err)
{
    enum kor_code code
        = kor_wire_socket_new(client->context, ZMQ_DEALER, &client->place,
                              &client->socket, err);
    if (code == KOR_OK) {
        code = watch_handshakes(client, err);
    }
    if (code == KOR_OK) {
        code = kor_wire_socket_connect(client->socket, client->place.endpoint,
                                       err);
    }
    return code;
}

/* Reads one event of the monitor: how a handshake ended. */
static enum kor_code
read_handshake(struct kor_client *client, struct kor_err *err)
{
    uint8_t frame[6];
    uint16_t event;
    char address[256];
    if (zmq_recv(client->monitor, frame, sizeof frame, ZMQ_DONTWAIT)
        != (int)sizeof frame) {
        return KOR_OK;
    }
    memcpy(&event, frame, sizeof event);
    (void)zmq_recv(client->monitor, address, sizeof address, ZMQ_DONTWAIT);
    if (event == ZMQ_EVENT_HANDSHAKE_SUCCEEDED) {
        client->is_met = true;
        client->n_strange = 0;
        return KOR_OK;
    }
    if (event == ZMQ_EVENT_HANDSHAKE_FAILED_AUTH) {
        return kor_fail(err, KOR_FORBIDDEN, "key",
                        "the daemon at %s does not admit this key: it was "
                        "revoked, has ended, or was never enrolled. Ask an "
                        "administrator for a code, then 'kor enrol CODE'",
                        client->place.endpoint);
    }
    bool is_strange = event == ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL
                   || event == ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL;
    client->n_strange += is_strange;
    if (client->n_strange < STRANGE_HANDSHAKES) {
        return KOR_OK;
    }
    return kor_fail(err, KOR_CONFIG, "server",
                    "whoever answers at %s does not hold the server key that "
                    "%s names: compare it with the server.pub of the clinic",
                    client->place.endpoint, client->place.file);
}

/* Reads one whole message and closes it over to 'reply' if it answers 'id';
 * leaves reply->root null if it does not. */
static enum kor_code
read_reply(struct kor_client *client, const char *id, struct kor_reply *reply,
           struct kor_err *err)
{
    zmq_msg_t first, more;
    enum kor_code code = KOR_OK;
    zmq_msg_init(&first);
    if (zmq_msg_recv(&first, client->socket, ZMQ_DONTWAIT) < 0) {
        zmq_msg_close(&first);
        return KOR_OK;
    }
    bool is_single = !zmq_msg_more(&first);
    for (bool go_on = !is_single; go_on;) {
        zmq_msg_init(&more);
        go_on = zmq_msg_recv(&more, client->socket, 0) >= 0
             && zmq_msg_more(&more);
        zmq_msg_close(&more);
    }
    if (is_single) {
        code = kor_reply_decode(zmq_msg_data(&first), zmq_msg_size(&first),
                                reply, err);
        if (code == KOR_OK && strcmp(reply->id, id)) {
            kor_reply_done(reply);
        }
    }
    zmq_msg_close(&first);
    return code;
}

/* Waits for the answer to 'id'; leaves reply->root null if it does not come
 * in time. */
static enum kor_code
wait_reply(struct kor_client *client, const char *id, int64_t wait_ms,
           struct kor_reply *reply, struct kor_err *err)
{
    const struct kor_clock *clock = client->options.clock;
    const int64_t begun_ms = clock->mono_ms(clock);
    enum kor_code code = KOR_OK;
    while (code == KOR_OK && !reply->root) {
        int64_t most_ms = client->is_met || wait_ms < CONNECT_WAIT_MS
                              ? wait_ms
                              : CONNECT_WAIT_MS;
        int64_t left_ms = begun_ms + most_ms - clock->mono_ms(clock);
        zmq_pollitem_t items[] = {
            {client->socket, 0, ZMQ_POLLIN, 0},
            {client->monitor, 0, ZMQ_POLLIN, 0},
            {NULL, client->options.stop_fd, ZMQ_POLLIN, 0},
        };
        if (left_ms <= 0) {
            return KOR_OK;
        }
        zmq_poll(items, client->options.stop_fd >= 0 ? 3 : 2, (long)left_ms);
        if (items[0].revents) {
            code = read_reply(client, id, reply, err);
        } else if (items[1].revents) {
            code = read_handshake(client, err);
        } else if (items[2].revents) {
            code = kor_fail(err, KOR_AWAY, NULL, "stopped while waiting");
        }
    }
    return code;
}

static int64_t
wait_of(const struct kor_client *client, enum kor_verb verb)
{
    if (client->options.wait_ms > 0) {
        return client->options.wait_ms;
    }
    switch (verb) {
    case KOR_VERB_COURSE_FIT:
    case KOR_VERB_CLINIC:
    case KOR_VERB_GRAPH:
    case KOR_VERB_EXPORT:
    case KOR_VERB_IMPORT_BEGIN:
    case KOR_VERB_IMPORT_ROWS:
    case KOR_VERB_IMPORT_FINISH:
    case KOR_VERB_IMPORT_CODES:
        return LONG_WAIT_MS;
    default:
        return SHORT_WAIT_MS;
    }
}

/* Sends 'frame' and waits for its answer, over a new socket if there is
 * none. */
static enum kor_code
try_once(struct kor_client *client, const struct kor_buf *frame,
         const char *id, int64_t wait_ms, struct kor_reply *reply,
         struct kor_err *err)
{
    if (!client->socket) {
        enum kor_code code = call_up(client, err);
        if (code != KOR_OK) {
            return code;
        }
    }
    if (zmq_send(client->socket, frame->text, frame->size, ZMQ_DONTWAIT) < 0) {
        return KOR_OK; /* Its queue is full: as good as no answer. */
    }
    return wait_reply(client, id, wait_ms, reply, err);
}

static enum kor_code
fail_away(const struct kor_client *client, bool was_met, bool writes,
          struct kor_err *err)
{
    if (!was_met) {
        return kor_fail(err, KOR_AWAY, NULL,
                        "nobody answers at %s: is kord running? Start it "
                        "with 'kord run FOLDER'", client->place.endpoint);
    }
    if (writes) {
        return kor_fail(err, KOR_AWAY, NULL,
                        "kord did not answer in time, and so it is not known "
                        "whether this was stored: look at it with 'kor show' "
                        "before you enter it again");
    }
    return kor_fail(err, KOR_AWAY, NULL,
                    "kord did not answer in time: ask again in a while");
}

/* Asks until there is an answer that stands.  A daemon that is not there at
 * all is asked once; one that was there may be starting again. */
static enum kor_code
exchange(struct kor_client *client, enum kor_verb verb,
         const struct kor_buf *frame, const char *id, struct kor_reply *reply,
         struct kor_err *err)
{
    const int64_t wait_ms = wait_of(client, verb);
    bool was_met = false;
    for (int i = 0; i < client->options.tries; i++) {
        enum kor_code code
            = try_once(client, frame, id, wait_ms, reply, err);
        bool is_last = i + 1 == client->options.tries;
        if (code != KOR_OK) {
            hang_up(client);
            return code;
        }
        if (reply->root && (reply->code != KOR_UNCERTAIN || is_last)) {
            return KOR_OK;
        }
        was_met = was_met || client->is_met;
        kor_reply_done(reply);
        hang_up(client);
        if (!was_met) {
            break;
        }
    }
    return fail_away(client, was_met, kor_verb_info(verb)->writes, err);
}

void
kor_client_question(const struct kor_client *client, enum kor_verb verb,
                    const void *request, struct kor_question *question)
{
    const struct kor_client_options *options = &client->options;
    uint8_t random[10], uuid[KOR_UUID_SIZE];
    *question = (struct kor_question){.verb = verb};
    options->random->fill(options->random, random, sizeof random);
    kor_uuid_make(options->clock->now_ms(options->clock), random, uuid);
    kor_uuid_format(uuid, question->id);
    kor_request_encode(question->id, verb, options->lang, request,
                       &question->frame);
}

void
kor_question_done(struct kor_question *question)
{
    kor_buf_done(&question->frame);
}

enum kor_code
kor_client_put(struct kor_client *client, struct kor_question *question,
               void *reply, struct kor_err *err)
{
    struct kor_reply answer = {0};
    enum kor_code code = KOR_OK;
    question->is_answered = false;
    if (question->frame.size > KOR_MAX_REQUEST_SIZE) {
        code = kor_fail(err, KOR_TOO_LARGE, NULL,
                        "this is larger than one request may be, %d bytes",
                        KOR_MAX_REQUEST_SIZE);
    }
    if (code == KOR_OK) {
        code = exchange(client, question->verb, &question->frame,
                        question->id, &answer, err);
    }
    if (code == KOR_OK) {
        question->is_answered = true;
        question->answer = answer.code;
        code = answer.code == KOR_OK
                   ? kor_message_decode(kor_verb_info(question->verb)->reply,
                                        answer.body, reply, err)
                   : answer.code;
    }
    if (code == KOR_OK && question->verb == KOR_VERB_ENROL) {
        hang_up(client); /* A connection stays what it was: a guest. */
    }
    kor_reply_done(&answer);
    return code;
}

enum kor_code
kor_client_ask(struct kor_client *client, enum kor_verb verb,
               const void *request, void *reply, struct kor_err *err)
{
    struct kor_question question;
    kor_client_question(client, verb, request, &question);
    enum kor_code code = kor_client_put(client, &question, reply, err);
    kor_question_done(&question);
    return code;
}
