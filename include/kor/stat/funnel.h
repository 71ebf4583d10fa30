/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_FUNNEL_H
#define KOR_STAT_FUNNEL_H 1

#include <stdbool.h>
#include <stddef.h>

/* Funnel: whether a unit's share differs from the overall one by more than
 * chance lets units of its size differ.
 *
 * Two pairs of limits about the overall share p0, which hold 95 % (z 1.96)
 * and 99.8 % (z 3.09) of units that do not differ.  For n people they are
 * p0 +- z sqrt(p0 (1 - p0) / n) from 30 people on, and below that the exact
 * quantiles of the binomial distribution: D. J. Spiegelhalter (2005), Stat.
 * Med. 24, 1185-1202 (recalled).  He draws a line between neighbouring
 * counts; here the limits are counts themselves, so that no more than 2.5 %
 * and 0.1 % lie outside on either side.
 *
 * A unit on a limit lies within it.  Differences beyond it are a question and
 * no verdict: units differ in whom they see.
 *
 * Pure: no state, any number of threads. */

enum { KOR_FUNNEL_EXACT_BELOW = 30 };

/* Which limits. */
enum kor_funnel_method {
    KOR_FUNNEL_BY_SIZE, /* Exact below 30 people, normal from there on. */
    KOR_FUNNEL_EXACT,   /* Also for large units: right for rare events. */
    KOR_FUNNEL_NORMAL
};

/* Limits of the share, from 0 to 1. */
struct kor_funnel {
    double low_95, high_95;
    double low_998, high_998;
    bool is_exact;
};

/* Limits for a unit of 'n' people (at most 1e9) when the overall share is
 * 'p0'.  All NAN if 'n' is 0 or 'p0' does not lie between 0 and 1 (which
 * count as between). */
struct kor_funnel kor_funnel_limits(size_t n, double p0,
                                    enum kor_funnel_method method);

/* Where a share lies. */
enum kor_funnel_place {
    KOR_FUNNEL_NO_LIMITS, /* The limits are NAN. */
    KOR_FUNNEL_WITHIN,    /* Within 95 %. */
    KOR_FUNNEL_ABOVE_95,  /* Above 95 %, within 99.8 %. */
    KOR_FUNNEL_ABOVE_998,
    KOR_FUNNEL_BELOW_95,
    KOR_FUNNEL_BELOW_998
};

/* Where 'k' of the 'n' people for whom 'limits' were made lie. */
enum kor_funnel_place kor_funnel_place_of(const struct kor_funnel *limits,
                                          size_t k, size_t n);

/* "no-limits", "within", "above-95", "above-998", "below-95", "below-998". */
const char *kor_funnel_place_name(enum kor_funnel_place place);

#endif /* kor/stat/funnel.h */
