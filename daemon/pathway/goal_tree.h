/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef PATHWAY_GOAL_TREE_H
#define PATHWAY_GOAL_TREE_H 1

/* Goal tree: the goals of one episode, of which each may lie under another, in
 * three levels: goal, sub-goal, step.  Pure: no store, no clock.
 *
 * Two things hold of every tree that kor_goal_check() lets come about: nothing
 * lies under itself, and what is open lies under what is open. */

#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "store/goal.h"

#define KOR_GOAL_DEPTH 3  /* Goal, sub-goal, step. */
#define KOR_GOALS_MAX 200 /* Of one episode. */

/* The place of the goal 'id' in 'goals'; 'n' if it is not one of them. */
size_t kor_goal_find(const struct kor_goal goals[], size_t n, int64_t id);

/* 1 for a goal, 2 for a sub-goal, 3 for a step. */
int kor_goal_depth(const struct kor_goal goals[], size_t n, size_t i);

/* Whether 'goal' may be as it says among the 'n' others: 'goals' holds it as
 * it was until now, or not if its id is 0.
 *
 * Returns KOR_NOT_FOUND, field "under", if what it is to lie under is none of
 * them; KOR_BAD_VALUE, field "under", if it is to lie under itself or below a
 * step; KOR_CONFLICT, field "under", if it is open and what it lies under is
 * not, and field "status" if it is not and one under it is. */
KOR_NODISCARD enum kor_code kor_goal_check(const struct kor_goal goals[],
                                           size_t n,
                                           const struct kor_goal *goal,
                                           struct kor_err *err);

/* Stores in 'order' the places of all goals, each before those under it, and
 * else as they stand. */
void kor_goal_order(const struct kor_goal goals[], size_t n, size_t order[]);

/* Stores in '*t' the attainment (kor/stat/attainment.h, r = 0.3) of the goals
 * that have a level and were not dropped, and how many that are; NAN and 0
 * without one. */
KOR_NODISCARD enum kor_code kor_goal_t(const struct kor_goal goals[], size_t n,
                                       double *t, size_t *n_rated,
                                       struct kor_err *err);

#endif /* pathway/goal_tree.h */
