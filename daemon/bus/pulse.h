/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_PULSE_H
#define BUS_PULSE_H 1

/* Pulse: when whoever watches over the daemon may be told that it lives.
 *
 * A process that runs proves nothing.  A beat needs that, since it was due,
 * the loop has turned, a worker has read from the database, and the writer
 * has been free or has brought a batch back.  If one of them hangs, the beats
 * end, and the watcher starts the daemon anew.
 *
 *     every_ms passes -> kor_pulse_is_asking(): a worker is to be asked
 *     kor_pulse_read(), kor_pulse_wrote(): they have answered
 *     kor_pulse_beats(): both have; every_ms begins again
 *
 * Times are of the monotonic clock.  For the loop alone. */

#include <stdbool.h>
#include <stdint.h>

struct kor_pulse {
    int64_t every_ms; /* 0: nobody watches. */
    int64_t due_ms;   /* When the next beat is due. */
    bool is_asking;   /* It is due, and what follows is since then. */
    bool has_read, has_written;
};

/* Begins: nobody watches if 'every_ms' is 0. */
void kor_pulse_init(struct kor_pulse *pulse, int64_t every_ms,
                    int64_t now_ms);

/* Whether a beat is due and no worker has read since. */
bool kor_pulse_is_asking(struct kor_pulse *pulse, int64_t now_ms);

/* A worker has read from the database; the writer has answered. */
void kor_pulse_read(struct kor_pulse *pulse);
void kor_pulse_wrote(struct kor_pulse *pulse);

/* Whether it beats now. */
bool kor_pulse_beats(struct kor_pulse *pulse, int64_t now_ms);

/* How long the loop may wait, 'most_ms' at most. */
int kor_pulse_wait_ms(const struct kor_pulse *pulse, int64_t now_ms,
                      int most_ms);

#endif /* bus/pulse.h */
