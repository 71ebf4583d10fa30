/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_CLIENT_FEED_H
#define KOR_CLIENT_FEED_H 1

#include <stdint.h>

#include "kor/client/place.h"

/* Feed: hears that something has changed at the daemon.
 *
 * A notice carries a sequence number and nothing else; what changed is asked
 * with the verb 'since', under one's own rights.  Notices may be lost (while
 * the connection is down, or if the listener is slow), and the numbers show
 * it: whoever listens asks for all that came after the last one it knows.
 *
 * CURVE always.  A feed is used from one thread. */

struct kor_client_feed;

/* Listens at 'endpoint' (that of 'place' if null) with the keys of 'place'.
 * Free it with kor_client_feed_free(). */
KOR_NODISCARD enum kor_code
kor_client_feed_open(const struct kor_place *place, const char *endpoint,
                     struct kor_client_feed **feedp, struct kor_err *err);

/* Stops listening; null is accepted. */
void kor_client_feed_free(struct kor_client_feed *feed);

/* How a wait ended. */
enum kor_heard {
    KOR_HEARD_NOTHING, /* The time is over. */
    KOR_HEARD_CHANGE,  /* A notice came. */
    KOR_HEARD_STOP     /* 'stop_fd' is readable. */
};

/* Waits up to 'wait_ms' for a notice and stores the highest sequence number
 * that has come in '*seq'.  'stop_fd' ends the wait when it can be read from;
 * -1 if there is none.  What is no notice is dropped. */
enum kor_heard kor_client_feed_next(struct kor_client_feed *feed,
                                    int64_t wait_ms, int stop_fd,
                                    int64_t *seq);

#endif /* kor/client/feed.h */
