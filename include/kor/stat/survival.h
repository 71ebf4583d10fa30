/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_SURVIVAL_H
#define KOR_STAT_SURVIVAL_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* Survival: how many have not yet had an event (recovered, stopped coming)
 * at each time, when some were not followed for long enough to know.
 *
 * The estimate of E. L. Kaplan and P. Meier (1958), J. Am. Stat. Assoc. 53,
 * 457-481, with the variance of M. Greenwood (1926):
 *
 *     S(t) = product of (1 - d / n),   (se of ln S)^2 = sum of d / (n (n - d))
 *
 * over the times up to t, at each of which d of n people under observation
 * had the event.  Who was last seen at a time counts as under observation at
 * that time.
 *
 * Not for events that can be prevented by another one (ended before they
 * recovered): who has ended is not a person of whom it is not known.
 *
 * Pure: no state, any number of threads. */

/* One person's time, in any unit. */
struct kor_survival_time {
    double t;      /* From the start; at least 0; NAN is left out. */
    bool is_event; /* The event came then; otherwise last seen then. */
};

/* On which scale the interval is symmetric.  It is always cut to 0 to 1. */
enum kor_survival_scale {
    KOR_SURVIVAL_LOG,    /* ln S. */
    KOR_SURVIVAL_PLAIN,  /* S itself. */
    KOR_SURVIVAL_LOG_LOG /* ln(-ln S). */
};

/* What is known at one time at which somebody had the event or was last
 * seen. */
struct kor_survival_row {
    double t;
    size_t n_at_risk;  /* Under observation just before. */
    size_t n_events;   /* At this time. */
    size_t n_censored; /* Last seen at this time, without the event. */
    double s;          /* Share without the event after this time. */
    double low, high;  /* NAN if s is 0; for log-log also if s is 1. */
};

struct kor_survival {
    size_t n; /* People with a time. */
    size_t n_events;
    size_t n_rows;
    /* The first time with s at most 1/2; if s is 1/2 from then on to a later
     * event, the middle between the two; NAN if it is never reached.  Its
     * interval is where 'low' and 'high' do the same. */
    double median, median_low, median_high;
};

/* The curve of the 'n' 'people', who are sorted by this.  There are at most
 * 'n' rows.  'level' of the interval lies between 0 and 1.
 *
 * Returns KOR_BAD_VALUE if a time is below 0 or infinite or the level is not
 * between 0 and 1, and then leaves all as it was; 'err' names the person by
 * position, counted from 1. */
KOR_NODISCARD enum kor_code kor_survival_of(
    struct kor_survival_time people[], size_t n, double level,
    enum kor_survival_scale scale, struct kor_survival_row rows[],
    struct kor_survival *out, struct kor_err *err);

#endif /* kor/stat/survival.h */
