/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_SELDOM_H
#define BUS_SELDOM_H 1

/* Seldom: what would fill the journal if every instance had its line.  The
 * first is logged at once, those of the next minute are counted.  Begin with
 * zeros. */

#include <stdbool.h>
#include <stdint.h>

#define KOR_SELDOM_MS 60000

struct kor_seldom {
    int64_t next_ms; /* Monotonic: when a line may be written again. */
    unsigned n;      /* Instances since the last line. */
};

/* Counts an instance at the monotonic time 'now_ms'.  True if it is time for a
 * line; '*n' is how many there were since the last one then. */
bool kor_seldom(struct kor_seldom *seldom, int64_t now_ms, unsigned *n);

#endif /* bus/seldom.h */
