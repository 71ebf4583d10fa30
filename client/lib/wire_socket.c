/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sockets of a client: see client/lib/wire_socket.h.
 *
 * No ZMQ_HEARTBEAT_IVL, ever: libzmq 4.3.4 can abort with it (issues 3937 and
 * 4364 of libzmq).  Whether the daemon lives is asked with the verb 'ping'. */

#include "lib/wire_socket.h"

#include <stdbool.h>
#include <stdint.h>

#include <zmq.h>

#include "kor/wire/envelope.h"

/* A frame under CURVE is longer than what it holds, and libzmq compares the
 * longer one. */
#define CURVE_OVERHEAD 64

static bool
set_number(void *socket, int option, int value)
{
    return zmq_setsockopt(socket, option, &value, sizeof value) == 0;
}

static bool
set_limits(void *socket)
{
    const int64_t most = KOR_MAX_REPLY_SIZE + CURVE_OVERHEAD;
    return zmq_setsockopt(socket, ZMQ_MAXMSGSIZE, &most, sizeof most) == 0
        && set_number(socket, ZMQ_LINGER, 0)
        && set_number(socket, ZMQ_HANDSHAKE_IVL, 5000)
        && set_number(socket, ZMQ_SNDHWM, 100)
        && set_number(socket, ZMQ_RCVHWM, 1000)
        && set_number(socket, ZMQ_RECONNECT_IVL, 100)
        && set_number(socket, ZMQ_RECONNECT_IVL_MAX, 2000)
        && set_number(socket, ZMQ_TCP_KEEPALIVE, 1)
        && set_number(socket, ZMQ_TCP_KEEPALIVE_IDLE, 60)
        && set_number(socket, ZMQ_IPV6, 1);
}

/* Keys in Z85 are set with their terminator. */
static bool
set_key(void *socket, int option, const char *key)
{
    return zmq_setsockopt(socket, option, key, KOR_Z85_SIZE) == 0;
}

enum kor_code
kor_wire_socket_new(void *context, int type, const struct kor_place *place,
                    void **socketp, struct kor_err *err)
{
    void *socket = zmq_socket(context, type);
    if (!socket || !set_limits(socket)) {
        enum kor_code code
            = kor_fail(err, KOR_IO, NULL, "no socket could be opened: %s",
                       zmq_strerror(zmq_errno()));
        if (socket) {
            zmq_close(socket);
        }
        return code;
    }
    if (!set_key(socket, ZMQ_CURVE_SERVERKEY, place->server)
        || !set_key(socket, ZMQ_CURVE_PUBLICKEY, place->keys.public_key)
        || !set_key(socket, ZMQ_CURVE_SECRETKEY, place->keys.secret_key)) {
        zmq_close(socket);
        return kor_fail(err, KOR_CONFIG, "key",
                        "one of the keys that %s names is no CURVE key in "
                        "Z85: copy it afresh", place->file);
    }
    *socketp = socket;
    return KOR_OK;
}

enum kor_code
kor_wire_socket_connect(void *socket, const char *endpoint,
                        struct kor_err *err)
{
    if (zmq_connect(socket, endpoint)) {
        return kor_fail(err, KOR_CONFIG, "endpoint",
                        "'%s' is no endpoint that can be connected to: it is "
                        "written ipc://PATH or tcp://HOST:PORT", endpoint);
    }
    return KOR_OK;
}
