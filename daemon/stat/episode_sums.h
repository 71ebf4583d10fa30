/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_EPISODE_SUMS_H
#define STAT_EPISODE_SUMS_H 1

#include "kor/stat/episodes.h"
#include "kor/stat/growth.h"
#include "kor/stat/timefn.h"

/* Stores of each person the sums of the scores after the start score, about
 * their mean in '*centre', and the start score (0 for somebody without any
 * score).  Returns how many people have a later score. */
size_t kor_episode_sums(const struct kor_episodes *episodes,
                        enum kor_time_function f,
                        struct kor_growth_centre *centre,
                        struct kor_growth_sums sums[], double starts[]);

#endif /* stat/episode_sums.h */
