/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hearing of changes: see kor/client/feed.h. */

#include "kor/client/feed.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <zmq.h>

#include "kor/base/alloc.h"
#include "lib/wire_socket.h"

#define TOPIC "change"

struct kor_client_feed {
    void *context;
    void *socket;
};

enum kor_code
kor_client_feed_open(const struct kor_place *place, const char *endpoint,
                     struct kor_client_feed **feedp, struct kor_err *err)
{
    struct kor_client_feed *feed = kor_alloc(sizeof *feed);
    feed->context = zmq_ctx_new();
    enum kor_code code
        = feed->context ? kor_wire_socket_new(feed->context, ZMQ_SUB, place,
                                              &feed->socket, err)
                        : kor_fail(err, KOR_IO, NULL,
                                   "no socket could be opened: %s",
                                   zmq_strerror(zmq_errno()));
    if (code == KOR_OK
        && zmq_setsockopt(feed->socket, ZMQ_SUBSCRIBE, TOPIC,
                          strlen(TOPIC))) {
        code = kor_fail(err, KOR_IO, NULL, "no socket could be opened: %s",
                        zmq_strerror(zmq_errno()));
    }
    if (code == KOR_OK) {
        code = kor_wire_socket_connect(
            feed->socket, endpoint ? endpoint : place->feed, err);
    }
    if (code != KOR_OK) {
        kor_client_feed_free(feed);
        return code;
    }
    *feedp = feed;
    return KOR_OK;
}

void
kor_client_feed_free(struct kor_client_feed *feed)
{
    if (!feed) {
        return;
    }
    if (feed->socket) {
        zmq_close(feed->socket);
    }
    if (feed->context) {
        zmq_ctx_term(feed->context);
    }
    free(feed);
}

/* Reads one message of up to three frames, the most that are looked at.
 * Returns how many frames it had; 0 if there is no message. */
static int
read_frames(void *socket, char frames[3][32])
{
    int n = 0;
    for (int more = 1; more;) {
        char text[32];
        int size = zmq_recv(socket, text, sizeof text - 1, ZMQ_DONTWAIT);
        size_t more_size = sizeof more;
        if (size < 0) {
            return n;
        }
        text[size < 31 ? size : 31] = '\0';
        memcpy(frames[n < 2 ? n : 2], text, sizeof text);
        n++;
        zmq_getsockopt(socket, ZMQ_RCVMORE, &more, &more_size);
    }
    return n;
}

/* Empties the queue: the highest number says all. */
static bool
read_notices(struct kor_client_feed *feed, int64_t *seq)
{
    char frames[3][32];
    bool has_change = false;
    for (int n; (n = read_frames(feed->socket, frames)) > 0;) {
        char *end;
        long long number = strtoll(frames[1], &end, 10);
        if (n == 2 && !strcmp(frames[0], TOPIC) && end != frames[1] && !*end
            && number >= 0) {
            *seq = !has_change || number > *seq ? number : *seq;
            has_change = true;
        }
    }
    return has_change;
}

enum kor_heard
kor_client_feed_next(struct kor_client_feed *feed, int64_t wait_ms,
                     int stop_fd, int64_t *seq)
{
    zmq_pollitem_t items[] = {
        {feed->socket, 0, ZMQ_POLLIN, 0},
        {NULL, stop_fd, ZMQ_POLLIN, 0},
    };
    zmq_poll(items, stop_fd >= 0 ? 2 : 1, (long)wait_ms);
    if (stop_fd >= 0 && items[1].revents) {
        return KOR_HEARD_STOP;
    }
    if (items[0].revents && read_notices(feed, seq)) {
        return KOR_HEARD_CHANGE;
    }
    return KOR_HEARD_NOTHING;
}
