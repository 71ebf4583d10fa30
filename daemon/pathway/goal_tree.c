/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Goals under goals: see pathway/goal_tree.h. */

#include "pathway/goal_tree.h"

#include "kor/stat/attainment.h"

size_t
kor_goal_find(const struct kor_goal goals[], size_t n, int64_t id)
{
    size_t i = 0;
    while (i < n && goals[i].id != id) {
        i++;
    }
    return i;
}

/* A file that was changed by hand may hold a circle: no walk is longer than
 * there are goals. */
int
kor_goal_depth(const struct kor_goal goals[], size_t n, size_t i)
{
    int depth = 1;
    for (; goals[i].under_id && depth <= KOR_GOAL_DEPTH; depth++) {
        size_t above = kor_goal_find(goals, n, goals[i].under_id);
        if (above == n) {
            break;
        }
        i = above;
    }
    return depth;
}

/* How many levels there are from the goal 'id' down, with its own. */
static int
height(const struct kor_goal goals[], size_t n, int64_t id, int room)
{
    int deepest = 0;
    for (size_t i = 0; i < n && id && room > 0; i++) {
        if (goals[i].under_id == id) {
            int below = height(goals, n, goals[i].id, room - 1);
            deepest = below > deepest ? below : deepest;
        }
    }
    return 1 + deepest;
}

/* Whether the goal at 'i' is the goal 'id', or lies under it. */
static bool
is_within(const struct kor_goal goals[], size_t n, size_t i, int64_t id)
{
    for (int steps = 0; i < n && steps <= KOR_GOAL_DEPTH; steps++) {
        if (goals[i].id == id) {
            return true;
        }
        i = goals[i].under_id ? kor_goal_find(goals, n, goals[i].under_id) : n;
    }
    return false;
}

static enum kor_code
check_above(const struct kor_goal goals[], size_t n,
            const struct kor_goal *goal, struct kor_err *err)
{
    size_t above = kor_goal_find(goals, n, goal->under_id);
    long long under = (long long)goal->under_id;
    if (above == n) {
        return kor_fail(err, KOR_NOT_FOUND, "under",
                        "this client has no goal %lld: 'kor goals' shows "
                        "those there are", under);
    }
    if (goal->id && is_within(goals, n, above, goal->id)) {
        return kor_fail(err, KOR_BAD_VALUE, "under",
                        "goal %lld would be its own sub-goal: name one that "
                        "is not under it", (long long)goal->id);
    }
    int depth = kor_goal_depth(goals, n, above)
              + height(goals, n, goal->id, KOR_GOAL_DEPTH);
    if (depth > KOR_GOAL_DEPTH) {
        return kor_fail(err, KOR_BAD_VALUE, "under",
                        "there are %d levels (goal, sub-goal, step), and this "
                        "would make %d under goal %lld: name one further up",
                        KOR_GOAL_DEPTH, depth, under);
    }
    return goal->status == KOR_GOAL_OPEN
                && goals[above].status != KOR_GOAL_OPEN
               ? kor_fail(err, KOR_CONFLICT, "under",
                          "goal %lld is not open any more: open it again "
                          "with 'kor goal set', or name another", under)
               : KOR_OK;
}

enum kor_code
kor_goal_check(const struct kor_goal goals[], size_t n,
               const struct kor_goal *goal, struct kor_err *err)
{
    enum kor_code code = goal->under_id ? check_above(goals, n, goal, err)
                                        : KOR_OK;
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        if (goal->id && goal->status != KOR_GOAL_OPEN
            && goals[i].under_id == goal->id
            && goals[i].status == KOR_GOAL_OPEN) {
            code = kor_fail(err, KOR_CONFLICT, "status",
                            "goal %lld under it is still open: say first "
                            "whether that is reached or dropped",
                            (long long)goals[i].id);
        }
    }
    return code;
}

/* Adds those under 'id', each followed by those under it. */
static size_t
put_under(const struct kor_goal goals[], size_t n, int64_t id, int room,
          size_t order[], size_t n_order)
{
    for (size_t i = 0; i < n && room > 0; i++) {
        if (goals[i].under_id == id) {
            order[n_order++] = i;
            n_order = put_under(goals, n, goals[i].id, room - 1, order,
                                n_order);
        }
    }
    return n_order;
}

void
kor_goal_order(const struct kor_goal goals[], size_t n, size_t order[])
{
    size_t n_order = put_under(goals, n, 0, KOR_GOAL_DEPTH, order, 0);
    for (size_t i = 0; i < n && n_order < n; i++) {
        size_t k = 0;
        while (k < n_order && order[k] != i) {
            k++;
        }
        if (k == n_order) { /* In a circle, and still to be seen. */
            order[n_order++] = i;
        }
    }
}

enum kor_code
kor_goal_t(const struct kor_goal goals[], size_t n, double *t,
           size_t *n_rated, struct kor_err *err)
{
    double levels[KOR_GOALS_MAX], weights[KOR_GOALS_MAX];
    *n_rated = 0;
    for (size_t i = 0; i < n && i < KOR_GOALS_MAX; i++) {
        if (goals[i].level != KOR_GOAL_UNSAID
            && goals[i].status != KOR_GOAL_DROPPED) {
            levels[*n_rated] = (double)goals[i].level;
            weights[(*n_rated)++] = goals[i].weight;
        }
    }
    return kor_attainment_t(levels, weights, *n_rated, KOR_ATTAINMENT_R, t,
                            err);
}
