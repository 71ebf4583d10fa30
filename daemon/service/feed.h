/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_FEED_H
#define SERVICE_FEED_H 1

/* Feed: the last changes, numbered, for whoever watches.
 *
 * The published feed carries sequence numbers alone; who hears a new one asks
 * what it was, under the own rights ('since').  Numbers begin with the
 * microseconds of the clock at the start of the daemon, so that they rise
 * from run to run.  Kept in memory, the last KOR_FEED_SIZE; who missed more is
 * told so and looks at the lists afresh.  Safe from any thread. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/wire/message.h"
#include "store/episode.h"

#define KOR_FEED_SIZE 4096

/* A change, and whose client it is about. */
struct kor_event {
    struct kor_msg_event message; /* Its 'seq' is set by kor_feed_add(). */
    struct kor_episode episode;   /* With id 0 if about no client. */
    bool has_attention;           /* An answer waits to be talked about. */
    char former[33];              /* Who had the client until now, or "". */
};

struct kor_feed;

/* Makes a feed whose numbers begin behind 'now_ms'. */
struct kor_feed *kor_feed_new(int64_t now_ms);
void kor_feed_free(struct kor_feed *feed);

/* Adds a change that is committed, and returns its number. */
int64_t kor_feed_add(struct kor_feed *feed, const struct kor_event *event);

/* The number of the last change. */
int64_t kor_feed_seq(struct kor_feed *feed);

/* Asked of every change: is it to be told? */
typedef bool (*kor_feed_fn)(void *to, const struct kor_event *event);

/* Stores in 'out' at most 'n_max' changes behind 'seq' for which 'is_for'
 * holds, in order.  '*last' becomes the number up to which they go, and '*gap'
 * whether older ones are gone.  'is_for' may not use the feed. */
size_t kor_feed_since(struct kor_feed *feed, int64_t seq, kor_feed_fn is_for,
                      void *to, struct kor_msg_event out[], size_t n_max,
                      int64_t *last, bool *gap);

#endif /* service/feed.h */
