/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_SOCKET_H
#define BUS_SOCKET_H 1

/* Sockets as this daemon wants them; docs/ARCHITECTURE.md gives the reason for
 * each option. */

#include "kor/base/err.h"
#include "kor/base/keyfile.h"

/* Makes a socket of 'type' that is bound to 'endpoint' with CURVE and enforced
 * ZAP, and stores it in '*socketp'.  'what' names it in errors. */
KOR_NODISCARD enum kor_code kor_socket_bind(void *context, int type,
                                            const char *endpoint,
                                            const struct kor_keyfile *keys,
                                            const char *what, void **socketp,
                                            struct kor_err *err);

#endif /* bus/socket.h */
