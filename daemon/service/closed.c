/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scores of closed episodes: see service/closed.h. */

#include "service/closed.h"

#include <math.h>
#include <stdlib.h>

#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/define/rater.h"
#include "kor/stat/judge.h"
#include "store/episode.h"
#include "store/figures.h"

struct gathering {
    const struct kor_closed_wish *wish;
    struct kor_closed *out;
    size_t n_rows, row_space, person_space;
    int64_t episode_id; /* Of the row before. */
    bool has_start;
    int32_t start_session, start_date;
    bool has_ages;
};

static void
put_row(struct gathering *gathering, double at, double points)
{
    struct kor_closed *out = gathering->out;
    if (gathering->n_rows == gathering->row_space) {
        gathering->row_space = 2 * gathering->row_space + 64;
        out->at = kor_realloc_array(out->at, gathering->row_space,
                                    sizeof *out->at);
        out->points = kor_realloc_array(out->points, gathering->row_space,
                                        sizeof *out->points);
    }
    out->at[gathering->n_rows] = at;
    out->points[gathering->n_rows++] = points;
    out->from[out->episodes.n_people] = gathering->n_rows;
}

static void
put_person(struct gathering *gathering)
{
    struct kor_closed *out = gathering->out;
    if (out->episodes.n_people + 1 >= gathering->person_space) {
        gathering->person_space = 2 * gathering->person_space + 64;
        out->from = kor_realloc_array(out->from, gathering->person_space,
                                      sizeof *out->from);
        out->from[0] = 0;
    }
    out->episodes.n_people++;
}

static void
note_date(struct kor_closed *out, const struct kor_course_row *row)
{
    if (out->data_from == KOR_NO_DATE || row->date < out->data_from) {
        out->data_from = row->date;
    }
    if (row->date > out->data_to) {
        out->data_to = row->date;
    }
}

static void
note_age(struct gathering *gathering, const struct kor_course_row *row)
{
    struct kor_closed *out = gathering->out;
    int age = row->born_month == KOR_NO_MONTH
                ? KOR_NO_AGE
                : kor_age_years(row->born_month, row->date);
    if (age == KOR_NO_AGE) {
        gathering->has_ages = false;
        return;
    }
    if (out->age_from == KOR_NO_AGE || age < out->age_from) {
        out->age_from = age;
    }
    if (age > out->age_to) {
        out->age_to = age;
    }
}

static double
time_of(const struct gathering *gathering, const struct kor_course_row *row)
{
    return gathering->wish->unit == KOR_COURSE_SESSIONS
             ? 1.0 + row->session - gathering->start_session
             : (row->date - gathering->start_date) / 7.0;
}

/* The first score given is the start score, unless it came too late. */
static void
begin_episode(struct gathering *gathering, const struct kor_course_row *row)
{
    gathering->episode_id = row->episode_id;
    gathering->start_session = row->session;
    gathering->start_date = row->date;
    gathering->has_start
        = row->session <= (int32_t)kor_limits_default().start_by_session;
    if (gathering->has_start) {
        put_person(gathering);
        put_row(gathering, time_of(gathering, row), row->total);
    }
}

static void
gather(void *to, const struct kor_course_row *row)
{
    struct gathering *gathering = to;
    if (row->episode_id != gathering->episode_id) {
        begin_episode(gathering, row);
        return;
    }
    double at = time_of(gathering, row);
    if (gathering->has_start
        && !isnan(kor_time_apply(gathering->wish->f, at))) {
        put_row(gathering, at, row->total);
        note_date(gathering->out, row);
        note_age(gathering, row);
    }
}

enum kor_code
kor_closed_read(struct kor_store *store, const struct kor_closed_wish *wish,
                struct kor_closed *out, struct kor_err *err)
{
    char rater[KOR_RATER_SIZE];
    struct gathering gathering = {.wish = wish, .out = out, .has_ages = true};
    *out = (struct kor_closed){.from = kor_alloc(sizeof *out->from),
                               .data_from = KOR_NO_DATE,
                               .data_to = KOR_NO_DATE,
                               .age_from = KOR_NO_AGE,
                               .age_to = KOR_NO_AGE};
    (void)kor_rater_format(&wish->rater, rater);
    enum kor_code code
        = wish->n_latest > 0
            ? kor_store_latest_scores(store, wish->scale, wish->pathway,
                                      rater, wish->closed_by, wish->n_latest,
                                      gather, &gathering, err)
            : kor_store_course_scores(store, wish->scale, wish->pathway,
                                      rater, gather, &gathering, err);
    if (!gathering.has_ages) {
        out->age_from = out->age_to = KOR_NO_AGE;
    }
    out->episodes.from = out->from;
    out->episodes.at = out->at;
    out->episodes.points = out->points;
    return code;
}

void
kor_closed_done(struct kor_closed *closed)
{
    free(closed->from);
    free(closed->at);
    free(closed->points);
    *closed = (struct kor_closed){0};
}
