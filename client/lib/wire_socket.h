/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_WIRE_SOCKET_H
#define CLIENT_LIB_WIRE_SOCKET_H 1

#include "kor/client/place.h"

/* Sockets of a client: CURVE with the keys of the place, bounded queues and
 * messages, nothing left behind at the end.
 *
 * Make it, have it monitored or subscribe as need be, then connect it. */

/* Makes a socket of 'type' (ZMQ_DEALER, ZMQ_SUB) in 'context' and stores it
 * in '*socketp'.  Returns KOR_CONFIG if a key cannot be used.  Close it with
 * zmq_close(). */
KOR_NODISCARD enum kor_code kor_wire_socket_new(void *context, int type,
                                                const struct kor_place *place,
                                                void **socketp,
                                                struct kor_err *err);

/* Connects 'socket' to 'endpoint', now or as soon as somebody is there.
 * Returns KOR_CONFIG if that is no endpoint. */
KOR_NODISCARD enum kor_code kor_wire_socket_connect(void *socket,
                                                    const char *endpoint,
                                                    struct kor_err *err);

#endif /* client/lib/wire_socket.h */
