/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sockets: see bus/socket.h. */

#include "bus/socket.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include <zmq.h>

#include "bus/turns.h"
#include "bus/zap.h"
#include "kor/base/compiler.h"
#include "kor/wire/envelope.h"

/* Filed as draft in 4.3.4 and so not in its header, but accepted: without it
 * a dead ZAP handler would let everyone in. */
#define ZAP_ENFORCE_DOMAIN 93

#define CURVE_OVERHEAD 1024 /* MAXMSGSIZE counts the encrypted frame. */
#define SUBSCRIPTION_SIZE 64

/* Requests of one connection that are read ahead: each may be large. */
#define READ_AHEAD 32

struct option {
    int name;
    int value;
};

/* Never ZMQ_HEARTBEAT_IVL (it aborts 4.3.4) nor ROUTER_HANDOVER (it would give
 * one client's connection to another). */
static const struct option common[] = {
    {ZMQ_CURVE_SERVER, 1},       {ZAP_ENFORCE_DOMAIN, 1},
    {ZMQ_HANDSHAKE_IVL, 5000},   {ZMQ_SNDTIMEO, 0},
    {ZMQ_TCP_KEEPALIVE, 1},      {ZMQ_TCP_KEEPALIVE_IDLE, 60},
    {ZMQ_TCP_KEEPALIVE_INTVL, 10}, {ZMQ_TCP_KEEPALIVE_CNT, 6},
    {ZMQ_LINGER, 2000},          {ZMQ_BACKLOG, 1024},
    {ZMQ_IPV6, 1},
};

/* Who has no more in flight than may be loses no reply for want of room. */
static const struct option router[] = {
    {ZMQ_ROUTER_MANDATORY, 1},
    {ZMQ_RCVHWM, READ_AHEAD},
    {ZMQ_SNDHWM, KOR_MAX_IN_FLIGHT},
};

static const struct option feed[] = {
    {ZMQ_SNDHWM, 1000},
};

static bool
set_all(void *socket, const struct option *options, size_t n)
{
    bool is_ok = true;
    for (size_t i = 0; i < n && is_ok; i++) {
        is_ok = !zmq_setsockopt(socket, options[i].name, &options[i].value,
                                sizeof options[i].value);
    }
    return is_ok;
}

static bool
set_options(void *socket, int type, const struct kor_keyfile *keys)
{
    bool is_router = type == ZMQ_ROUTER;
    const char *domain = is_router ? KOR_ZAP_ASKING : KOR_ZAP_LISTENING;
    int64_t max_size
        = (is_router ? KOR_MAX_REQUEST_SIZE : SUBSCRIPTION_SIZE)
        + CURVE_OVERHEAD;
    return set_all(socket, common, KOR_LENGTH(common))
        && (is_router ? set_all(socket, router, KOR_LENGTH(router))
                      : set_all(socket, feed, KOR_LENGTH(feed)))
        && !zmq_setsockopt(socket, ZMQ_CURVE_SECRETKEY, keys->secret_key,
                           KOR_Z85_SIZE)
        && !zmq_setsockopt(socket, ZMQ_ZAP_DOMAIN, domain, strlen(domain))
        && !zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &max_size,
                           sizeof max_size);
}

enum kor_code
kor_socket_bind(void *context, int type, const char *endpoint,
                const struct kor_keyfile *keys, const char *what,
                void **socketp, struct kor_err *err)
{
    *socketp = zmq_socket(context, type);
    if (!*socketp || !set_options(*socketp, type, keys)) {
        return kor_fail(err, KOR_INTERNAL, what,
                        "this ZeroMQ cannot do what kor needs (CURVE and "
                        "enforced ZAP): %s", zmq_strerror(errno));
    }
    if (zmq_bind(*socketp, endpoint)) {
        return kor_fail(err, KOR_CANNOT_CREATE, what,
                        "cannot listen on %s: %s", endpoint,
                        zmq_strerror(errno));
    }
    return KOR_OK;
}
