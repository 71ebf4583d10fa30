/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The episodes most alike: see service/alike.h. */

#include "service/alike.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/stat/neighbours.h"
#include "plot/course_plot.h"

/* What is being looked for. */
struct search {
    const struct kor_timeline *timeline;
    const struct kor_line *line;
    const struct kor_course_record *record;
    const struct kor_closed *people;
    double *at, *points; /* From the start score on. */
    size_t n;
    int32_t start_session, start_date;
};

/* Whether the people of the course answered as this rater does: another parent
 * is somebody else. */
static bool
is_same_rater(const struct search *search)
{
    const struct kor_rater rater = {.role = search->record->rater,
                                    .number = 1};
    char word[KOR_RATER_SIZE];
    return !strcmp(kor_rater_format(&rater, word), search->line->rater);
}

/* The scores so far, as times and points. */
static void
take_scores(struct search *search)
{
    const struct kor_timeline *timeline = search->timeline;
    size_t n_max = timeline->n_points;
    struct kor_judge_score *scores = kor_alloc_array(n_max, sizeof *scores);
    size_t n = kor_line_scores(timeline, search->line, SIZE_MAX,
                               search->record, scores, n_max);
    search->at = kor_alloc_array(n, sizeof *search->at);
    search->points = kor_alloc_array(n, sizeof *search->points);
    for (size_t i = 0; i < n; i++) {
        if (isnan(scores[i].points) || isnan(scores[i].at)) {
            continue;
        }
        if (search->n == 0) {
            search->start_session = (int32_t)scores[i].session;
            search->start_date = scores[i].date_days;
        }
        search->at[search->n] = scores[i].at;
        search->points[search->n++] = scores[i].points;
    }
    free(scores);
}

static enum kor_code
find(const struct search *search, struct kor_neighbours *found,
     struct kor_err *err)
{
    const struct kor_course *course = &search->record->course;
    /* Once it is closed the episode is one of them, and is not compared, since
     * it has nothing later than its own last score. */
    const struct kor_neighbours_target target = {.at = search->at,
                                                 .points = search->points,
                                                 .n = search->n,
                                                 .index = KOR_NOBODY};
    const struct kor_neighbours_pool pool
        = {.episodes = &search->people->episodes};
    const struct kor_neighbours_wish wish
        = {.f = course->f,
           .k = KOR_ALIKE_PEOPLE,
           .level = kor_width_level(KOR_WIDTH_80),
           .min_points = course->min_points,
           .max_points = course->max_points};
    size_t n = search->people->episodes.n_people;
    struct kor_neighbours_work work
        = {.found = kor_alloc_array(n, sizeof *work.found),
           .features = kor_alloc_array(n, sizeof *work.features)};
    enum kor_code code
        = kor_neighbours_find(&target, &pool, &wish, &work, found, err);
    free(work.found);
    free(work.features);
    return code;
}

/* The time of the course at session 'number', as a whole number; -1 if it is
 * not known. */
static long
time_at(const struct search *search, int32_t number)
{
    if (search->record->unit == KOR_COURSE_SESSIONS) {
        return 1 + number - search->start_session;
    }
    size_t index = kor_timeline_session(search->timeline, number);
    return index == SIZE_MAX
             ? -1
             : lround((search->timeline->sessions[index].session_date
                       - search->start_date) / 7.0);
}

static void
put_sessions(const struct search *search, const struct kor_neighbours *found,
             struct kor_course_plot *plot)
{
    for (size_t i = 0; i < plot->n_expected; i++) {
        long at = time_at(search, plot->expected[i].session);
        if (at < 0 || at >= KOR_NEIGHBOURS_MAX_SESSIONS
            || found->sessions[at].n < KOR_ALIKE_LEAST) {
            continue;
        }
        const struct kor_neighbours_session *session = &found->sessions[at];
        plot->alike[plot->n_alike++]
            = (struct kor_plot_alike){.session = plot->expected[i].session,
                                      .low = fmin(session->low,
                                                  session->mean),
                                      .mean = session->mean,
                                      .high = fmax(session->high,
                                                   session->mean)};
    }
    plot->alike_people = (int32_t)found->n;
    plot->alike_among = (int32_t)found->n_compared;
}

enum kor_code
kor_alike_put(struct kor_desk *desk, const struct kor_timeline *timeline,
              const struct kor_line *line, const struct kor_judged *judged,
              struct kor_course_plot *plot, struct kor_err *err)
{
    struct search search = {.timeline = timeline, .line = line,
                            .record = &judged->course->record};
    struct kor_neighbours found;
    if (!is_same_rater(&search)) {
        return KOR_OK;
    }
    enum kor_code code
        = kor_desk_people(desk, judged->course, &search.people, err);
    if (code == KOR_OK
        && search.people->episodes.n_people >= KOR_ALIKE_AMONG) {
        take_scores(&search);
        code = find(&search, &found, err);
        if (code == KOR_OK && found.n_compared >= KOR_ALIKE_AMONG) {
            put_sessions(&search, &found, plot);
        }
    }
    free(search.at);
    free(search.points);
    return code;
}
