/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_ZAP_H
#define BUS_ZAP_H 1

/* ZAP: the thread that ZeroMQ asks whether a key may connect (RFC 27).
 *
 * It must be there before any socket is bound: without it CURVE lets everyone
 * in.  Sockets also enforce it and the loop demands a user id on every
 * message, so that its death admits nobody; the process ends all the same. */

#include "access/keyring.h"

/* The domains of the sockets. */
#define KOR_ZAP_ASKING "kor"
#define KOR_ZAP_LISTENING "kor-feed"

struct kor_clock;
struct kor_queue;
struct kor_zap;

/* Starts the thread in the ZeroMQ context 'context'; the rest is borrowed.  A
 * key that is in 'keyring' is admitted with its id as User-Id; while an
 * enrolment is open, one that was never seen as a guest (bus/guest.h), to ask
 * and not to listen.
 *
 * Every connection that was admitted, and once a minute guests and those that
 * were not, is put into 'notices' for the access log: an answered job without
 * an identity. */
KOR_NODISCARD enum kor_code
kor_zap_start(void *context, struct kor_keyring *keyring,
              const struct kor_clock *clock, struct kor_queue *notices,
              struct kor_zap **zapp, struct kor_err *err);

/* Waits for the thread, which ends when the context is shut down. */
void kor_zap_join(struct kor_zap *zap);

#endif /* bus/zap.h */
