/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_BENCH_MADE_UP_H
#define TESTS_BENCH_MADE_UP_H 1

#include "kor/stat/episodes.h"
#include "kor/stat/growth.h"

/* Made-up people with a score at every session: tenths from 0 to 40, higher
 * is better, on own lines over the log of the session. */

struct made_up {
    struct kor_episodes episodes; /* Sessions from 1. */
    size_t n_rows;
    /* What 'episodes' borrows. */
    size_t *from;
    double *at, *points;
};

/* 'n_rows' scores, dealt as evenly as can be to 'n_people'; end with
 * made_up_done(). */
struct made_up made_up_people(size_t n_people, size_t n_rows);

void made_up_done(struct made_up *made);

/* Stores the sums of each person about '*centre', which is set; 'n_apart'
 * first scores of each person (0 or 1) are left out. */
void made_up_sums(const struct made_up *made, size_t n_apart,
                  struct kor_growth_centre *centre,
                  struct kor_growth_sums sums[]);

#endif /* tests/bench/made_up.h */
