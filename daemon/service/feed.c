/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last changes: see service/feed.h. */

#include "service/feed.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"

struct kor_feed {
    pthread_mutex_t lock;
    int64_t first; /* Number of the first change ever added, if any. */
    int64_t next;  /* Number of the next one. */
    struct kor_event ring[KOR_FEED_SIZE];
};

struct kor_feed *
kor_feed_new(int64_t now_ms)
{
    struct kor_feed *feed = kor_alloc(sizeof *feed);
    pthread_mutex_init(&feed->lock, NULL);
    feed->first = feed->next = now_ms * 1000 + 1;
    return feed;
}

void
kor_feed_free(struct kor_feed *feed)
{
    if (feed) {
        pthread_mutex_destroy(&feed->lock);
        free(feed);
    }
}

int64_t
kor_feed_add(struct kor_feed *feed, const struct kor_event *event)
{
    pthread_mutex_lock(&feed->lock);
    int64_t seq = feed->next++;
    struct kor_event *place = &feed->ring[seq % KOR_FEED_SIZE];
    *place = *event;
    place->message.seq = seq;
    pthread_mutex_unlock(&feed->lock);
    return seq;
}

int64_t
kor_feed_seq(struct kor_feed *feed)
{
    pthread_mutex_lock(&feed->lock);
    int64_t seq = feed->next - 1;
    pthread_mutex_unlock(&feed->lock);
    return seq;
}

size_t
kor_feed_since(struct kor_feed *feed, int64_t seq, kor_feed_fn is_for,
               void *to, struct kor_msg_event out[], size_t n_max,
               int64_t *last, bool *gap)
{
    size_t n = 0;
    pthread_mutex_lock(&feed->lock);
    int64_t oldest = feed->next - KOR_FEED_SIZE > feed->first
                         ? feed->next - KOR_FEED_SIZE
                         : feed->first;
    *gap = seq + 1 < oldest || seq >= feed->next;
    int64_t at = *gap ? oldest : seq + 1;
    for (; at < feed->next && n < n_max; at++) {
        const struct kor_event *event = &feed->ring[at % KOR_FEED_SIZE];
        if (is_for(to, event)) {
            out[n++] = event->message;
        }
    }
    *last = at - 1;
    pthread_mutex_unlock(&feed->lock);
    return n;
}
