/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store: a timeline that is added to stays what a load would give. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/signal.h"
#include "store/store_provider.h"
#include "store/timeline.h"
#include "support/dice.h"
#include "support/storekit.h"

#define OK(call) kit_ok((call), &err)

/* An episode that is recorded in at random. */
struct play {
    struct dice dice;
    struct kor_store *store;
    struct kor_timeline timeline; /* Added to, never loaded again. */
    int64_t actor;
    int64_t scales[3];
};

static const char *const raters[] = {"client", "parent1", "partner"};

static struct kor_session *
any_session(struct play *play)
{
    struct kor_timeline *timeline = &play->timeline;
    return &timeline->sessions[dice_int(&play->dice, 0,
                                        (int64_t)timeline->n_sessions - 1)];
}

static void
add_session(struct play *play)
{
    static const char *const statuses[]
        = {"held", "held", "not-attended", "cancelled-late"};
    struct kor_err err;
    struct kor_session session = {0};
    kor_err_init(&err, KOR_EN);
    do {
        session.number = (int32_t)dice_int(&play->dice, 1, 300);
    } while (kor_timeline_session(&play->timeline, session.number)
             != SIZE_MAX);
    session.session_date = KIT_DAY + session.number;
    strcpy(session.status, statuses[dice_int(&play->dice, 0, 3)]);
    OK(kor_store_session_add(play->store, play->timeline.episode.id, &session,
                             &err));
    size_t i = kor_timeline_add_session(&play->timeline, &session);
    assert_int_equal(play->timeline.sessions[i].id, session.id);
}

static void
add_answer(struct play *play)
{
    struct kor_session *session = any_session(play);
    struct kor_answer answer = kit_answer(
        session->id, play->scales[dice_int(&play->dice, 0, 2)], play->actor,
        dice_int(&play->dice, 0, 9) ? dice_real(&play->dice) * 40 : NAN);
    strcpy(answer.rater, raters[dice_int(&play->dice, 0, 2)]);
    struct kor_point point
        = {.session_index = (int32_t)(session - play->timeline.sessions),
           .instrument_id = answer.instrument_id,
           .total = answer.total};
    strcpy(point.rater, answer.rater);
    const struct kor_point *there = kor_timeline_point(
        &play->timeline, (size_t)point.session_index, point.instrument_id,
        point.rater);
    answer.version = point.version = there ? there->version + 1 : 1;
    kit_add_answer(play->store, &answer);
    kor_timeline_put_point(&play->timeline, &point);
}

static void
strike(struct play *play)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    if (play->timeline.n_points == 0) {
        return;
    }
    struct kor_point point = play->timeline.points[dice_int(
        &play->dice, 0, (int64_t)play->timeline.n_points - 1)];
    OK(kor_store_answer_strike(
        play->store, play->timeline.sessions[point.session_index].id,
        point.instrument_id, point.rater, "another client's", &err));
    point.total = NAN;
    point.is_struck = true;
    kor_timeline_put_point(&play->timeline, &point);
}

static void
add_signal(struct play *play)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    const struct kor_session *session = any_session(play);
    struct kor_open_signal signal = {.finding = KOR_FINDING_STALLED,
                                     .scale = "outcome",
                                     .session = session->number,
                                     .session_date = session->session_date};
    OK(kor_store_signal_add(play->store, play->timeline.episode.id,
                            session->id, KIT_MS, &signal, &err));
    kor_timeline_add_signal(&play->timeline, &signal);
}

static void
pass_signal(struct play *play)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    if (play->timeline.n_signals > 0) {
        int64_t id = play->timeline.signals[dice_int(
            &play->dice, 0, (int64_t)play->timeline.n_signals - 1)].id;
        OK(kor_store_signal_pass(play->store, id, any_session(play)->id,
                                 &err));
        kor_timeline_drop_signal(&play->timeline, id);
    }
}

static void
change_session(struct play *play)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_session session = *any_session(play);
    strcpy(session.status,
           strcmp(session.status, "held") ? "held" : "not-attended");
    strcpy(session.mode, "phone");
    OK(kor_store_session_change(play->store, &session, &err));
    kor_timeline_change_session(&play->timeline, &session);
}

static void
same_timeline(const struct kor_timeline *a, const struct kor_timeline *b)
{
    assert_int_equal(a->n_sessions, b->n_sessions);
    for (size_t i = 0; i < a->n_sessions; i++) {
        assert_int_equal(a->sessions[i].id, b->sessions[i].id);
        assert_int_equal(a->sessions[i].number, b->sessions[i].number);
        assert_string_equal(a->sessions[i].status, b->sessions[i].status);
        assert_string_equal(a->sessions[i].mode, b->sessions[i].mode);
    }
    assert_int_equal(a->n_points, b->n_points);
    for (size_t i = 0; i < a->n_points; i++) {
        const struct kor_point *p = &a->points[i], *q = &b->points[i];
        assert_int_equal(p->session_index, q->session_index);
        assert_int_equal(p->instrument_id, q->instrument_id);
        assert_string_equal(p->rater, q->rater);
        assert_int_equal(p->version, q->version);
        assert_int_equal(p->is_struck, q->is_struck);
        assert_near(p->total, q->total, 0, 0);
    }
    assert_int_equal(a->n_signals, b->n_signals);
    for (size_t i = 0; i < a->n_signals; i++) {
        const struct kor_open_signal *p = &a->signals[i], *q = &b->signals[i];
        assert_int_equal(p->id, q->id);
        assert_int_equal(p->finding, q->finding);
        assert_string_equal(p->scale, q->scale);
        assert_int_equal(p->session, q->session);
        assert_int_equal(p->session_date, q->session_date);
        assert_int_equal(p->sessions_since, q->sessions_since);
    }
}

static void
compare_with_a_load(struct play *play)
{
    struct kor_err err;
    struct kor_timeline loaded = {0};
    kor_err_init(&err, KOR_EN);
    OK(kor_store_timeline_load(play->store, play->timeline.episode.id,
                               &loaded, &err));
    same_timeline(&play->timeline, &loaded);
    kor_timeline_done(&loaded);
}

static void
play_once(uint64_t seed)
{
    struct play play = {.dice = {seed}, .store = kit_open(":memory:")};
    static void (*const moves[])(struct play *)
        = {add_session, add_answer, add_answer, strike, add_signal,
           pass_signal, change_session};
    static const char *const keys[] = {"outcome", "alliance", "phq9"};
    play.actor = kit_actor(play.store, 1);
    for (int i = 0; i < 3; i++) {
        play.scales[i] = kit_scale(play.store, keys[i], "1");
    }
    play.timeline.episode = kit_episode(play.store, 1, 0);
    add_session(&play);
    for (int i = 0; i < 120; i++) {
        moves[dice_int(&play.dice, 0, KOR_LENGTH(moves) - 1)](&play);
        if (i % 10 == 0) {
            compare_with_a_load(&play);
        }
    }
    compare_with_a_load(&play);
    kor_timeline_done(&play.timeline);
    kor_store_close(play.store);
}

static void
what_is_added_is_what_a_load_gives(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        play_once(seed);
    }
}

static void
a_timeline_that_is_not_there_is_empty(void **state)
{
    (void)state;
    struct kor_store *store = kit_open(":memory:");
    struct kor_timeline timeline = {0};
    assert_int_equal(kor_store_timeline_load(store, 9, &timeline, NULL),
                     KOR_NOT_FOUND);
    assert_null(timeline.sessions);
    kor_timeline_done(&timeline);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    int64_t id = kit_episode(store, 1, 0).id;
    OK(kor_store_timeline_load(store, id, &timeline, &err));
    assert_int_equal(timeline.n_sessions + timeline.n_points, 0);
    assert_int_equal(kor_timeline_session(&timeline, 1) == SIZE_MAX, 1);
    assert_null(kor_timeline_point(&timeline, 0, 1, "client"));
    kor_timeline_done(&timeline);
    kor_store_close(store);
}

static void
a_session_that_is_not_there_changes_nothing(void **state)
{
    (void)state;
    struct kor_timeline timeline = {0};
    struct kor_session session = {.number = 3, .status = "held"};
    kor_timeline_add_session(&timeline, &session);
    session.number = 4;
    strcpy(session.status, "not-attended");
    kor_timeline_change_session(&timeline, &session);
    assert_int_equal(timeline.n_sessions, 1);
    assert_int_equal(timeline.sessions[0].number, 3);
    assert_string_equal(timeline.sessions[0].status, "held");
    session.number = 3;
    kor_timeline_change_session(&timeline, &session);
    assert_string_equal(timeline.sessions[0].status, "not-attended");
    kor_timeline_done(&timeline);
}

/* Records in the writer just before the reader asks for answers. */
struct intruder {
    struct kor_store *writer;
    struct kor_answer answer;
    int64_t episode_id;
};

static int
on_statement(unsigned event, void *arg, void *stmt, void *text)
{
    (void)event;
    (void)text;
    struct intruder *intruder = arg;
    if (intruder->writer && strstr(sqlite3_sql(stmt), "JOIN answer")) {
        struct kor_store *writer = intruder->writer;
        intruder->writer = NULL;
        intruder->answer.session_id
            = kit_session(writer, intruder->episode_id, 2).id;
        kit_add_answer(writer, &intruder->answer);
    }
    return 0;
}

/* A reader without a batch of its own may see an answer whose session it has
 * not read. */
static void
an_answer_that_comes_in_between_is_left_for_later(void **state)
{
    (void)state;
    char folder[KIT_PATH_SIZE], path[2 * KIT_PATH_SIZE];
    snprintf(path, sizeof path, "%s/kor.db", kit_folder(folder));
    struct kor_store *store = kit_open(path), *reader;
    struct kor_timeline timeline = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    struct kor_episode episode = kit_episode(store, 1, 0);
    struct kor_session first = kit_session(store, episode.id, 1);
    struct kor_answer answer
        = kit_answer(first.id, kit_scale(store, "outcome", "1"),
                     kit_actor(store, 1), 20);
    kit_add_answer(store, &answer);
    struct intruder intruder = {store, answer, episode.id};
    OK(kor_store_open_reader(path, NULL, &reader, &err));
    (void)sqlite3_trace_v2(reader->db, SQLITE_TRACE_STMT, on_statement,
                           &intruder);
    OK(kor_store_timeline_load(reader, episode.id, &timeline, &err));
    assert_null(intruder.writer);
    assert_int_equal(timeline.n_sessions, 1);
    assert_int_equal(timeline.n_points, 1);
    assert_near(20, timeline.points[0].total, 0, 0);
    kor_timeline_done(&timeline);
    kor_store_close(reader);
    kor_store_close(store);
    kit_folder_remove(folder);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_added_is_what_a_load_gives),
        cmocka_unit_test(a_timeline_that_is_not_there_is_empty),
        cmocka_unit_test(a_session_that_is_not_there_changes_nothing),
        cmocka_unit_test(an_answer_that_comes_in_between_is_left_for_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
