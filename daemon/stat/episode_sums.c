/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sums of episodes: see stat/episode_sums.h. */

#include "stat/episode_sums.h"

static void
find_centre(const struct kor_episodes *e, enum kor_time_function f,
            struct kor_growth_centre *centre)
{
    double n = 0;
    *centre = (struct kor_growth_centre){0, 0};
    for (size_t i = 0; i < e->n_people; i++) {
        for (size_t r = e->from[i] + 1; r < e->from[i + 1]; r++) {
            n += 1;
            centre->g += (kor_time_apply(f, e->at[r]) - centre->g) / n;
            centre->y += (e->points[r] - centre->y) / n;
        }
    }
}

size_t
kor_episode_sums(const struct kor_episodes *e, enum kor_time_function f,
                 struct kor_growth_centre *centre,
                 struct kor_growth_sums sums[], double starts[])
{
    size_t n_later = 0;
    find_centre(e, f, centre);
    for (size_t i = 0; i < e->n_people; i++) {
        sums[i] = KOR_GROWTH_NO_SUMS;
        for (size_t r = e->from[i] + 1; r < e->from[i + 1]; r++) {
            kor_growth_add(&sums[i], centre, kor_time_apply(f, e->at[r]),
                           e->points[r]);
        }
        n_later += sums[i].n > 0;
        starts[i] = kor_episodes_count(e, i) > 0 ? e->points[e->from[i]] : 0;
    }
    return n_later;
}
