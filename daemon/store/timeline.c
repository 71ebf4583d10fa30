/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One episode in memory: see store/timeline.h. */

#include "store/timeline.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "store/store_provider.h"

/* Makes room for one more member behind 'n'.  Arrays have room for 4, 8, 16
 * ... members, so the count tells when one is full. */
static void *
grow(void *array, size_t n, size_t size)
{
    bool is_full = n == 0 || (n >= 4 && (n & (n - 1)) == 0);
    return is_full ? kor_realloc_array(array, n ? n * 2 : 4, size) : array;
}

/* How many sessions were held since each signal. */
static void
count_since(struct kor_timeline *timeline)
{
    for (size_t i = 0; i < timeline->n_signals; i++) {
        struct kor_open_signal *signal = &timeline->signals[i];
        signal->sessions_since = 0;
        for (size_t k = timeline->n_sessions; k-- > 0;) {
            const struct kor_session *session = &timeline->sessions[k];
            bool is_later = session->session_date != signal->session_date
                                ? session->session_date > signal->session_date
                                : session->number > signal->session;
            if (!is_later) {
                break;
            }
            signal->sessions_since += !strcmp(session->status, "held");
        }
    }
}

size_t
kor_timeline_add_session(struct kor_timeline *timeline,
                         const struct kor_session *session)
{
    timeline->sessions = grow(timeline->sessions, timeline->n_sessions,
                              sizeof *timeline->sessions);
    size_t i = timeline->n_sessions++;
    while (i > 0 && timeline->sessions[i - 1].number > session->number) {
        timeline->sessions[i] = timeline->sessions[i - 1];
        i--;
    }
    timeline->sessions[i] = *session;
    for (size_t k = 0; k < timeline->n_points; k++) {
        if ((size_t)timeline->points[k].session_index >= i) {
            timeline->points[k].session_index++;
        }
    }
    count_since(timeline);
    return i;
}

void
kor_timeline_change_session(struct kor_timeline *timeline,
                            const struct kor_session *session)
{
    size_t i = kor_timeline_session(timeline, session->number);
    if (i >= timeline->n_sessions) {
        return;
    }
    /* A signal goes along. */
    for (size_t k = 0; k < timeline->n_signals; k++) {
        struct kor_open_signal *signal = &timeline->signals[k];
        if (signal->session_id == session->id) {
            signal->session_date = session->session_date;
        }
    }
    timeline->sessions[i] = *session;
    count_since(timeline);
}

struct kor_point *
kor_timeline_point(const struct kor_timeline *timeline, size_t session_index,
                   int64_t instrument_id, const char *rater)
{
    for (size_t i = timeline->n_points; i-- > 0;) {
        struct kor_point *point = &timeline->points[i];
        if ((size_t)point->session_index == session_index
            && point->instrument_id == instrument_id
            && !strcmp(point->rater, rater)) {
            return point;
        }
    }
    return NULL;
}

/* The order in which a load gives them. */
static bool
is_before(const struct kor_point *a, const struct kor_point *b)
{
    if (a->session_index != b->session_index) {
        return a->session_index < b->session_index;
    }
    return a->instrument_id != b->instrument_id
               ? a->instrument_id < b->instrument_id
               : strcmp(a->rater, b->rater) < 0;
}

void
kor_timeline_put_point(struct kor_timeline *timeline,
                       const struct kor_point *point)
{
    struct kor_point *there
        = kor_timeline_point(timeline, (size_t)point->session_index,
                             point->instrument_id, point->rater);
    if (there) {
        *there = *point;
        return;
    }
    timeline->points = grow(timeline->points, timeline->n_points,
                            sizeof *timeline->points);
    size_t i = timeline->n_points++;
    for (; i > 0 && is_before(point, &timeline->points[i - 1]); i--) {
        timeline->points[i] = timeline->points[i - 1];
    }
    timeline->points[i] = *point;
}

void
kor_timeline_add_signal(struct kor_timeline *timeline,
                        const struct kor_open_signal *signal)
{
    timeline->signals = kor_realloc_array(
        timeline->signals, timeline->n_signals + 1, sizeof *timeline->signals);
    timeline->signals[timeline->n_signals++] = *signal;
    count_since(timeline);
}

void
kor_timeline_drop_signals(struct kor_timeline *timeline)
{
    free(timeline->signals);
    timeline->signals = NULL;
    timeline->n_signals = 0;
}

void
kor_timeline_drop_signal(struct kor_timeline *timeline, int64_t id)
{
    size_t kept = 0;
    for (size_t i = 0; i < timeline->n_signals; i++) {
        if (timeline->signals[i].id != id) {
            timeline->signals[kept++] = timeline->signals[i];
        }
    }
    timeline->n_signals = kept;
}

size_t
kor_timeline_session(const struct kor_timeline *timeline, int32_t number)
{
    for (size_t i = timeline->n_sessions; i-- > 0;) {
        if (timeline->sessions[i].number == number) {
            return i;
        }
    }
    return SIZE_MAX;
}

static enum kor_code
load_sessions(struct kor_store *store, struct kor_timeline *timeline,
              struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_SESSION_LIST, &rows,
                        KOR_ARGS(kor_int(timeline->episode.id)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_session session = {
            .id = kor_rows_int(&rows, 0),
            .number = (int32_t)kor_rows_int(&rows, 1),
            .session_date = (int32_t)kor_rows_int(&rows, 2)};
        kor_rows_copy(&rows, 3, session.status, sizeof session.status);
        kor_rows_copy(&rows, 4, session.mode, sizeof session.mode);
        kor_timeline_add_session(timeline, &session);
    }
    return code;
}

static enum kor_code
load_points(struct kor_store *store, struct kor_timeline *timeline,
            struct kor_err *err)
{
    struct kor_rows rows;
    size_t index = 0;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_TIMELINE_ANSWERS, &rows,
                        KOR_ARGS(kor_int(timeline->episode.id)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        size_t i = index;
        while (i < timeline->n_sessions
               && timeline->sessions[i].id != kor_rows_int(&rows, 0)) {
            i++;
        }
        /* A reader without a batch may meet a session that came in after the
         * others were read. */
        if (i == timeline->n_sessions) {
            continue;
        }
        index = i;
        struct kor_point point = {
            .session_index = (int32_t)index,
            .instrument_id = kor_rows_int(&rows, 1),
            .version = (int32_t)kor_rows_int(&rows, 3),
            .total = kor_rows_real(&rows, 4),
            .is_struck = kor_rows_int(&rows, 5)};
        kor_rows_copy(&rows, 2, point.rater, sizeof point.rater);
        kor_timeline_put_point(timeline, &point);
    }
    return code;
}

enum kor_code
kor_store_timeline_signals(struct kor_store *store,
                           struct kor_timeline *timeline, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_SIGNAL_OF_EPISODE, &rows,
                        KOR_ARGS(kor_int(timeline->episode.id)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_open_signal signal = {
            .id = kor_rows_int(&rows, 0),
            .finding = (enum kor_finding)kor_rows_int(&rows, 1),
            .session = (int32_t)kor_rows_int(&rows, 3),
            .session_date = (int32_t)kor_rows_int(&rows, 4),
            .sessions_since = (int32_t)kor_rows_int(&rows, 5),
            .sheet = (int32_t)kor_rows_int_or(&rows, 6, 0),
            .session_id = kor_rows_int(&rows, 7),
            .episode = (int32_t)kor_rows_int(&rows, 8)};
        kor_rows_copy(&rows, 9, signal.therapist, sizeof signal.therapist);
        kor_rows_copy(&rows, 2, signal.scale, sizeof signal.scale);
        kor_timeline_add_signal(timeline, &signal);
    }
    return code;
}

enum kor_code
kor_store_timeline_load(struct kor_store *store, int64_t episode_id,
                        struct kor_timeline *timeline, struct kor_err *err)
{
    enum kor_code code
        = kor_store_episode_load(store, episode_id, &timeline->episode, err);
    if (code == KOR_OK) {
        code = load_sessions(store, timeline, err);
    }
    if (code == KOR_OK) {
        code = load_points(store, timeline, err);
    }
    if (code == KOR_OK) {
        code = kor_store_timeline_signals(store, timeline, err);
    }
    if (code != KOR_OK) {
        kor_timeline_done(timeline);
    }
    return code;
}

void
kor_timeline_done(struct kor_timeline *timeline)
{
    free(timeline->sessions);
    free(timeline->points);
    free(timeline->signals);
    memset(timeline, 0, sizeof *timeline);
}
