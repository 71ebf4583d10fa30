/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How good the rules are: see service/flag_table.h. */

#include "service/flag_table.h"

#include <math.h>
#include <stdlib.h>

#include "kor/base/alloc.h"
#include "kor/define/half.h"
#include "kor/define/learning_room.h"
#include "kor/stat/deal.h"

size_t
kor_flag_halves(size_t n_people)
{
    size_t n = n_people ? KOR_FLAG_PEOPLE / n_people : KOR_FLAG_HALVES;
    return n > KOR_FLAG_HALVES         ? KOR_FLAG_HALVES
         : n < KOR_FLAG_HALVES_LEAST ? KOR_FLAG_HALVES_LEAST
                                     : n;
}

static enum kor_code
learn(const struct kor_episodes *episodes,
      const struct kor_learning *learning, struct kor_learned *learned,
      struct kor_err *err)
{
    size_t n = episodes->n_people;
    struct kor_learning_work work = kor_learning_room(n, episodes->from[n]);
    enum kor_code code
        = kor_course_learn(episodes, learning, &work, learned, err);
    kor_learning_room_done(&work);
    return code;
}

static enum kor_code
count(const struct kor_course *course, const struct kor_episodes *episodes,
      const struct kor_measure *measure, struct kor_flags *table,
      struct kor_err *err)
{
    size_t room = episodes->n_people * KOR_N_FLAG_RULES;
    struct kor_flags_work work
        = {.markers = kor_alloc_array(room, sizeof *work.markers),
           .leads = kor_alloc_array(room, sizeof *work.leads)};
    enum kor_code code = kor_flags_count(course, episodes, measure, NULL,
                                         &work, table, err);
    free(work.markers);
    free(work.leads);
    return code;
}

/* Takes the table of one parting into 'mean', unless the half is too few
 * people to fit to. */
static enum kor_code
count_half(const struct kor_episodes *episodes,
           const struct kor_learning *learning,
           const struct kor_measure *measure, struct kor_flags_mean *mean,
           struct kor_err *err)
{
    struct kor_half one = {0}, other = {0};
    struct kor_learned learned;
    struct kor_flags table;
    kor_half_take(episodes, learning->seed, 0, &one);
    kor_half_take(episodes, learning->seed, 1, &other);
    enum kor_code code = learn(&one.episodes, learning, &learned, err);
    if (code == KOR_OK && kor_growth_has_estimates(&learned.fit)) {
        code = count(&learned.course, &other.episodes, measure, &table, err);
        if (code == KOR_OK) {
            kor_flags_add(mean, &table);
        }
    }
    kor_half_done(&one);
    kor_half_done(&other);
    return code;
}

enum kor_code
kor_flag_table(const struct kor_episodes *episodes,
               const struct kor_learning *learning,
               const struct kor_measure *measure,
               struct kor_course_flags *out, struct kor_err *err)
{
    struct kor_flags_mean mean = {0};
    struct kor_learning half = *learning;
    enum kor_code code = KOR_OK;
    half.reference = NULL;
    *out = (struct kor_course_flags){
        .state = isnan(measure->rc_points) ? KOR_FLAGS_NO_RELIABLE_CHANGE
                                           : KOR_FLAGS_TOO_FEW};
    if (out->state == KOR_FLAGS_NO_RELIABLE_CHANGE) {
        return KOR_OK;
    }
    size_t n = kor_flag_halves(episodes->n_people);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        half.seed = kor_deal_seed(learning->seed, i);
        code = count_half(episodes, &half, measure, &mean, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    const struct kor_flags table = kor_flags_mean_of(&mean);
    if (table.outcomes >= KOR_FLAGS_LEAST
        && table.people - table.outcomes >= KOR_FLAGS_LEAST) {
        out->state = KOR_FLAGS_COUNTED;
        out->n_halves = (uint32_t)mean.n_splits;
        out->seed = learning->seed;
        out->rc_points = measure->rc_points;
        out->table = table;
        out->has_favoured = kor_flags_favoured(&table, &out->favoured);
    }
    return KOR_OK;
}
