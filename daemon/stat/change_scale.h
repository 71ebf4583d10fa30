/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_CHANGE_SCALE_H
#define STAT_CHANGE_SCALE_H 1

#include "kor/stat/change.h"

/* What kor_change_of() is made of besides the classes: the checks of what is
 * handed in, and the numbers of the group. */

/* The index of one person is
 *
 *     towards * (weight (last - first) + pull (first - centre) + shift)
 *     / error
 *
 * by every method but hlm.  Differences come first, so that scores far from
 * zero lose no digits. */
struct change_scale {
    double towards; /* 1, or -1 if lower is better. */
    double weight, pull, centre, shift, error;
};

/* KOR_OK if rule and pairs keep the limits in kor/stat/change.h. */
KOR_NODISCARD enum kor_code change_check_rule(
    const struct kor_change_rule *rule, struct kor_err *err);
KOR_NODISCARD enum kor_code change_check_pairs(
    const struct kor_change_rule *rule, const struct kor_change_pairs *pairs,
    struct kor_err *err);

/* Whether person 'i' has both scores. */
bool change_has_pair(const struct kor_change_pairs *pairs, size_t i);

/* Fills in the numbers of the group in '*out', its status among them, and
 * '*scale'. */
void change_measure(const struct kor_change_rule *rule,
                    const struct kor_change_pairs *pairs,
                    struct kor_change *out, struct change_scale *scale);

#endif /* stat/change_scale.h */
