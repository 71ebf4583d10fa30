/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_DELIVERY_H
#define CLIENT_LIB_DELIVERY_H 1

#include "lib/outbox.h"

/* Delivery: what waits in the outbox goes to the daemon, in order, each entry
 * once.
 *
 * An entry leaves the outbox after the daemon has answered that it is stored.
 * Who is killed in between delivers it again, with the id that it has had from
 * the beginning, and the daemon answers as it did the first time.
 *
 * What the daemon refuses is kept as refused, and the next one goes on: what
 * an entry holds, and so whether another needs it, the client cannot read, and
 * the daemon checks each by itself.  What may pass by itself
 * (kor_outbox_is_passing()) stops the delivery, so that none overtakes
 * another.  Damaged ones are left where they are. */

struct kor_delivery {
    bool tries_refused; /* Those that were refused once go, too. */
    /* Told of each entry as it goes; both must be set.  'recorded' is null if
     * it was stored before and its answer is not kept any more. */
    void (*on_stored)(void *user, const struct kor_outbox_entry *entry,
                      const struct kor_msg_recorded *recorded);
    void (*on_refused)(void *user, const struct kor_outbox_entry *entry,
                       const struct kor_err *why);
    void *user;
    /* What came of it. */
    size_t n_stored, n_refused;
    bool is_stopped; /* It is the daemon, or its absence, that the code is
                        about, and not the outbox. */
};

/* Delivers.  KOR_OK if nothing that was to go waits any more; what stopped it
 * otherwise, KOR_BUSY also if another process goes on delivering. */
KOR_NODISCARD enum kor_code kor_deliver(struct kor_delivery *delivery,
                                        struct kor_client *client,
                                        struct kor_outbox *outbox,
                                        struct kor_err *err);

#endif /* client/lib/delivery.h */
