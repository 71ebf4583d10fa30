/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store: every operation says so when the disk does not give what it has to
 * read, and when a table is not there; and works again when it is. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kor/base/clock.h"
#include "kor/base/log.h"
#include "store/access_log.h"
#include "store/actor.h"
#include "store/appointment.h"
#include "store/consent.h"
#include "store/definition.h"
#include "store/deletion.h"
#include "store/due.h"
#include "store/figures.h"
#include "store/glass.h"
#include "store/goal.h"
#include "store/group.h"
#include "store/import.h"
#include "store/key.h"
#include "store/log_review.h"
#include "store/partner.h"
#include "store/person_file.h"
#include "store/request.h"
#include "store/sheet.h"
#include "store/signal.h"
#include "store/theory.h"
#include "store/timeline.h"
#include "support/faultvfs.h"
#include "support/storekit.h"

#define MAX_READS 1000

static const uint8_t uuid[KOR_UUID_SIZE] = {1, 2, 3};
static const struct kor_scope everybodys
    = {.name = "head", .unit_path = "/", .is_supervised = true};

/* What session 1 waits for. */
static const struct kor_due a_due = {.kind = KOR_RULE_SCALE,
                                     .when = KOR_WHEN_SESSION_END,
                                     .key = "alliance",
                                     .rater = "client",
                                     .session_id = 1,
                                     .due_date = KIT_DAY,
                                     .until_date = KIT_DAY,
                                     .review_date = KOR_NO_DATE};

/* What the client of session 1 wants, and how far it has come. */
static const struct kor_goal a_goal = {.text = "x",
                                       .target_date = KIT_DAY,
                                       .weight = 1,
                                       .at_ms = KIT_MS,
                                       .actor_id = 1,
                                       .set_date = KIT_DAY};
static const struct kor_goal_mark a_mark = {.date = KIT_DAY,
                                            .progress = 3,
                                            .level = KOR_GOAL_UNSAID,
                                            .at_ms = KIT_MS,
                                            .actor_id = 1};

struct bench {
    char folder[KIT_PATH_SIZE];
    char path[2 * KIT_PATH_SIZE];
    struct faultvfs *faults;
};

/* One operation on the caseload of fill(), of which every id is 1. */
struct operation {
    const char *name;
    enum kor_code (*ask)(struct kor_store *store, struct kor_err *err);
};
#define OPERATION(name)                                                       \
    static enum kor_code name(struct kor_store *store, struct kor_err *err)

/* --- what is only read -------------------------------------------------- */

OPERATION(instrument_find)
{
    int64_t id;
    struct kor_buf text = {0};
    enum kor_code code = kor_store_definition_find(
        store, KOR_DEFINITION_SCALE, "outcome", "", &id, &text, err);
    kor_buf_done(&text);
    return code;
}

OPERATION(instrument_load)
{
    struct kor_buf text = {0};
    enum kor_code code =
        kor_store_definition_load(store, KOR_DEFINITION_SCALE, 1, &text, err);
    kor_buf_done(&text);
    return code;
}

OPERATION(instruments)
{
    int64_t ids[4];
    size_t n;
    return kor_store_definitions(store, KOR_DEFINITION_SCALE, 4, ids, &n, err);
}

static enum kor_code
take_course(void *to, const struct kor_stored_course *course,
            struct kor_err *err)
{
    (void)to, (void)course, (void)err;
    return KOR_OK;
}

OPERATION(course_load)
{
    return kor_store_course_load(store, 1, take_course, NULL, err);
}

OPERATION(courses_in_use)
{
    return kor_store_courses_in_use(store, "outcome", take_course, NULL, err);
}

OPERATION(courses)
{
    return kor_store_courses(store, take_course, NULL, err);
}

OPERATION(stamp)
{
    struct kor_definition_stamp out;
    return kor_store_stamp(store, &out, err);
}

OPERATION(person_find)
{
    struct kor_person person = kit_person(1);
    return kor_store_person_find(store, &person, err);
}

OPERATION(episode_find_last)
{
    int64_t id;
    return kor_store_episode_find(store, 1, 0, &id, err);
}

OPERATION(episode_find)
{
    int64_t id;
    return kor_store_episode_find(store, 1, 1, &id, err);
}

OPERATION(episode_count)
{
    int32_t n;
    return kor_store_episode_count(store, 1, &n, err);
}

OPERATION(episode_load)
{
    struct kor_episode episode;
    return kor_store_episode_load(store, 1, &episode, err);
}

OPERATION(episodes_open)
{
    int64_t ids[4];
    size_t n;
    return kor_store_episodes_open(store, &everybodys, 0, "", 4, ids, &n,
                                   err);
}

static void
take_row(void *to, const struct kor_course_row *row)
{
    (void)to, (void)row;
}

OPERATION(course_scores)
{
    return kor_store_course_scores(store, "outcome", "", "client", take_row,
                                   NULL, err);
}

OPERATION(latest_scores)
{
    return kor_store_latest_scores(store, "outcome", "therapy", "client",
                                   KIT_DAY + 99, 9, take_row, NULL, err);
}

OPERATION(last_score)
{
    struct kor_last_score last;
    return kor_store_last_score(store, 1, &last, err);
}

OPERATION(session_summary)
{
    int32_t n, date;
    return kor_store_session_summary(store, 1, &n, &date, err);
}

static const struct kor_span always
    = {.unit_path = "/", .from = KOR_NO_DATE, .to = KOR_NO_DATE};

OPERATION(episode_counts)
{
    struct kor_episode_counts counts;
    return kor_store_episode_counts(store, &always, &counts, err);
}

static void
take_status(void *to, const char *status, int64_t n)
{
    (void)to, (void)status, (void)n;
}

OPERATION(session_counts)
{
    return kor_store_session_counts(store, &always, take_status, NULL,
                                    err);
}

static enum kor_code
take_episode(void *to, int64_t episode_id, struct kor_err *err)
{
    (void)to, (void)episode_id, (void)err;
    return KOR_OK;
}

OPERATION(closed_episodes)
{
    return kor_store_closed_episodes(store, &always, take_episode, NULL,
                                     err);
}

OPERATION(import_load)
{
    struct kor_import import;
    return kor_store_import_load(store, 1, &import, err);
}

OPERATION(import_person_find)
{
    int64_t episode_id;
    return kor_store_import_person_find(store, 1, "p1", &episode_id, err);
}

static void
take_code(void *to, int64_t row, const char *person, const char *code,
          int64_t person_id)
{
    (void)to, (void)row, (void)person, (void)code, (void)person_id;
}

OPERATION(import_codes)
{
    return kor_store_import_codes(store, 1, 0, take_code, NULL, err);
}

OPERATION(request_find)
{
    const struct kor_stored_request request = {.uuid = uuid, .actor_id = 1};
    struct kor_buf reply = {0};
    uint8_t hash[KOR_REQUEST_HASH_SIZE];
    bool is_known;
    enum kor_code code = kor_store_request_find(store, &request, &is_known,
                                                hash, &reply, err);
    assert_true(code != KOR_OK || is_known);
    kor_buf_done(&reply);
    return code;
}

OPERATION(request_newest)
{
    uint8_t newest[KOR_UUID_SIZE];
    enum kor_code code = kor_store_request_newest(store, newest, err);
    assert_int_equal(newest[0], code == KOR_OK ? uuid[0] : 0);
    return code;
}

static enum kor_code
take_answer(void *to, const struct kor_answer *answer, struct kor_err *err)
{
    (void)to, (void)answer, (void)err;
    return KOR_OK;
}

OPERATION(answers)
{
    return kor_store_answers(store, 1, take_answer, NULL, err);
}

OPERATION(export)
{
    struct kor_export_session out[4];
    size_t n;
    return kor_store_export(store, 0, 4, out, &n, err);
}

static void
take_signal(void *to, const struct kor_signal *signal)
{
    (void)to, (void)signal;
}

OPERATION(signals_open)
{
    return kor_store_signals_open(store, &everybodys, "", take_signal, NULL,
                                  err);
}

OPERATION(timeline_load)
{
    struct kor_timeline timeline = {0};
    enum kor_code code = kor_store_timeline_load(store, 1, &timeline, err);
    assert_int_equal(timeline.n_sessions, code == KOR_OK ? 2 : 0);
    assert_int_equal(timeline.n_points, code == KOR_OK ? 1 : 0);
    kor_timeline_done(&timeline);
    return code;
}

OPERATION(unit_find)
{
    struct kor_unit unit = {.name = "clinic"};
    return kor_store_unit_find(store, &unit, err);
}

OPERATION(account_find)
{
    struct kor_account account;
    return kor_store_account_find(store, "operator", &account, err);
}

static void
take_actor(void *to, const struct kor_actor *actor)
{
    (void)to, (void)actor;
}

OPERATION(actors)
{
    return kor_store_actors(store, take_actor, NULL, err);
}

OPERATION(glass_is_broken)
{
    bool is_broken = true;
    enum kor_code code = kor_store_glass_is_broken(store, 1, 1, KIT_MS,
                                                   &is_broken, err);
    assert_false(is_broken);
    return code;
}

OPERATION(log_tail)
{
    struct kor_log_tail tail;
    return kor_store_log_tail(store, &tail, err);
}

OPERATION(log_verify)
{
    struct kor_log_finding found;
    enum kor_code code = kor_store_log_verify(store, &found, err);
    assert_int_equal(found.last.seq, code == KOR_OK);
    return code;
}

OPERATION(log_row)
{
    struct kor_log_row row = {0};
    enum kor_code code = kor_store_log_row(store, 1, &row, err);
    kor_buf_done(&row.people);
    return code;
}

OPERATION(log_seq_at)
{
    int64_t seq = -1;
    enum kor_code code = kor_store_log_seq_at(store, 1, &seq, err);
    assert_true(code != KOR_OK || seq == 2);
    return code;
}

static enum kor_code
take_log_row(void *to, const struct kor_log_row *row, struct kor_err *err)
{
    (void)to, (void)row, (void)err;
    return KOR_OK;
}

OPERATION(log_rows)
{
    return kor_store_log_rows(store, 0, take_log_row, NULL, err);
}

OPERATION(log_of)
{
    return kor_store_log_of(store, 0, "x", 1, take_log_row, NULL, err);
}

static void
take_review(void *to, const struct kor_log_review *review)
{
    (void)to, (void)review;
}

OPERATION(reviews)
{
    return kor_store_reviews(store, 0, take_review, NULL, err);
}

static void
take_deletion(void *to, const struct kor_deletion *deletion)
{
    (void)to, (void)deletion;
}

OPERATION(deletions)
{
    return kor_store_deletions(store, take_deletion, NULL, err);
}

static void
take_revocation(void *to, const struct kor_revocation *revocation)
{
    (void)to, (void)revocation;
}

OPERATION(revocations)
{
    return kor_store_revocations(store, take_revocation, NULL, err);
}

OPERATION(is_deleted)
{
    bool is_deleted = true;
    enum kor_code code = kor_store_is_deleted(
        store, kit_person(1).code, &is_deleted, err);
    assert_false(is_deleted);
    return code;
}

OPERATION(dormant)
{
    struct kor_dormant out[4];
    size_t n;
    return kor_store_dormant(store, 0, KIT_DAY + 99, "/", 4, out, &n, err);
}

OPERATION(pathway_load)
{
    struct kor_buf text = {0};
    enum kor_code code = kor_store_definition_load(
        store, KOR_DEFINITION_PATHWAY, 1, &text, err);
    kor_buf_done(&text);
    return code;
}

static void
take_due(void *to, const struct kor_due *due)
{
    (void)to, (void)due;
}

OPERATION(dues)
{
    return kor_store_dues(store, 1, KIT_DAY, take_due, NULL, err);
}

OPERATION(due_load)
{
    struct kor_due due;
    int64_t episode_id;
    return kor_store_due_load(store, 1, &due, &episode_id, err);
}

static enum kor_code
take_listed_due(void *to, const struct kor_listed_due *due,
                struct kor_err *err)
{
    (void)to, (void)due, (void)err;
    return KOR_OK;
}

OPERATION(due_list)
{
    struct kor_scope scope = everybodys;
    scope.today = KIT_DAY + 99;
    const struct kor_due_wish wish
        = {.scope = &scope, .therapist = "", .n_max = 9};
    return kor_store_due_list(store, &wish, take_listed_due, NULL, err);
}

static const struct kor_calendar_run a_run = {"owner", "", 1};

static const struct kor_appointment an_appointment
    = {.episode_id = 1,
       .uid = "00000000000000000000000000000001",
       .start_ms = KIT_MS,
       .day_date = KIT_DAY};

OPERATION(appointment_last)
{
    int32_t date;
    return kor_store_appointment_last(store, 1, KIT_DAY, KIT_DAY, &date, err);
}

OPERATION(appointment_mode)
{
    char mode[8];
    return kor_store_appointment_mode(store, 1, KIT_DAY, mode, err);
}

OPERATION(appointment_gone)
{
    int64_t ids[4];
    size_t n;
    return kor_store_appointment_gone(store, &a_run, KIT_MS, 4, ids, &n, err);
}

static enum kor_code
take_appointment(void *to, const struct kor_listed_appointment *listed,
                 struct kor_err *err)
{
    (void)to, (void)listed, (void)err;
    return KOR_OK;
}

OPERATION(appointment_list)
{
    const struct kor_appointment_wish wish
        = {.scope = &everybodys,
           .therapist = "",
           .to_date = INT32_MAX,
           .n_max = 9};
    return kor_store_appointment_list(store, &wish, take_appointment, NULL,
                                      err);
}

OPERATION(last_held)
{
    int32_t date;
    return kor_store_last_held(store, 1, &date, err);
}

static void
take_holder(void *to, int32_t number, const char *held_by)
{
    (void)to, (void)number, (void)held_by;
}

OPERATION(session_holders)
{
    return kor_store_session_holders(store, 1, take_holder, NULL, err);
}

OPERATION(day_find)
{
    struct kor_day day;
    return kor_store_day_find(store, &day, err);
}

OPERATION(day_episodes)
{
    const struct kor_day day = {.date = KIT_DAY};
    int64_t ids[4];
    size_t n;
    return kor_store_day_episodes(store, &day, 4, ids, &n, err);
}

OPERATION(phase_session)
{
    const struct kor_episode episode = {.id = 1, .phase_date = KIT_DAY};
    int32_t number, date;
    return kor_store_phase_session(store, &episode, 1, &number, &date, err);
}

OPERATION(partner_may)
{
    enum kor_partner_may may;
    return kor_store_partner_may(store, 1, "ann", KIT_DAY, &may, err);
}

OPERATION(partners)
{
    struct kor_partner partners[2];
    size_t n;
    return kor_store_partners(store, 1, KIT_DAY, 2, partners, &n, err);
}

OPERATION(partner_episodes)
{
    int64_t ids[2];
    size_t n;
    return kor_store_partner_episodes(store, "ann", KIT_DAY, 2, ids, &n, err);
}

OPERATION(open_episodes)
{
    struct kor_open_episodes open;
    return kor_store_open_episodes(store, "K3M9-7TP6", &open, err);
}

OPERATION(answer_copies)
{
    const struct kor_answer answer
        = {.session_id = 1, .instrument_id = 1, .rater = "client"};
    struct kor_session_name copies[2];
    size_t n;
    return kor_store_answer_copies(store, &answer, 2, copies, &n, err);
}

OPERATION(session_where)
{
    struct kor_session_name name;
    return kor_store_session_where(store, 1, &name, err);
}

OPERATION(is_therapist)
{
    bool is_known;
    return kor_store_is_therapist(store, "ann", &is_known, err);
}

OPERATION(memberships)
{
    int64_t n;
    return kor_store_memberships(store, 1, &n, err);
}

static void
take_person_appointment(void *to, const struct kor_person_appointment *row)
{
    (void)to, (void)row;
}

OPERATION(person_appointments)
{
    return kor_store_person_appointments(store, 1, 9, take_person_appointment,
                                         NULL, err);
}

static void
take_person_log_in(void *to, int32_t episode, int64_t at_ms)
{
    (void)to, (void)episode, (void)at_ms;
}

OPERATION(person_log_ins)
{
    return kor_store_person_log_ins(store, 1, 9, take_person_log_in, NULL,
                                    err);
}

static void
take_person_task(void *to, const char *group, const struct kor_task *task,
                 int32_t done_date)
{
    (void)to, (void)group, (void)task, (void)done_date;
}

OPERATION(person_tasks)
{
    return kor_store_person_tasks(store, 1, 9, take_person_task, NULL, err);
}

OPERATION(sheet_last)
{
    int32_t number, n;
    return kor_store_sheet_last(store, 1, &number, &n, err);
}

static enum kor_code
take_sheet(void *to, const struct kor_sheet *sheet, struct kor_err *err)
{
    (void)to, (void)err;
    assert_string_equal(sheet->answers, "{}");
    return KOR_OK;
}

OPERATION(sheets)
{
    const struct kor_sheet_wish wish = {.with_replaced = true};
    return kor_store_sheets(store, 1, &wish, take_sheet, NULL, err);
}

OPERATION(sheet_ticks)
{
    struct kor_sheet_tick ticks[4];
    size_t n;
    return kor_store_sheet_ticks(store, 1, 4, ticks, &n, err);
}

OPERATION(goals)
{
    struct kor_goal out[4];
    size_t n;
    return kor_store_goals(store, 1, 4, out, &n, err);
}

OPERATION(goal_versions)
{
    struct kor_goal out[4];
    size_t n;
    return kor_store_goal_versions(store, 1, 4, out, &n, err);
}

OPERATION(goal_marks)
{
    struct kor_goal_mark out[4];
    size_t n;
    return kor_store_goal_marks(store, 1, 4, out, &n, err);
}

OPERATION(theories)
{
    struct kor_theory out[4];
    size_t n;
    return kor_store_theories(store, 1, 4, out, &n, err);
}

OPERATION(consents)
{
    struct kor_consent out[4];
    size_t n;
    return kor_store_consents(store, 1, 4, out, &n, err);
}

static const struct operation reads[] = {
#define ROW(name) {#name, name}
    ROW(instrument_find), ROW(instrument_load), ROW(instruments),
    ROW(course_load), ROW(courses_in_use), ROW(courses), ROW(stamp),
    ROW(person_find), ROW(episode_find_last), ROW(episode_find),
    ROW(episode_count), ROW(episode_load), ROW(episodes_open),
    ROW(course_scores), ROW(latest_scores), ROW(last_score),
    ROW(session_summary), ROW(episode_counts), ROW(session_counts),
    ROW(closed_episodes), ROW(import_load), ROW(import_person_find),
    ROW(import_codes), ROW(request_find), ROW(request_newest), ROW(answers),
    ROW(export), ROW(signals_open), ROW(timeline_load), ROW(unit_find),
    ROW(account_find), ROW(actors), ROW(glass_is_broken), ROW(log_tail),
    ROW(log_verify), ROW(log_row), ROW(log_seq_at), ROW(log_rows),
    ROW(log_of), ROW(reviews), ROW(deletions), ROW(revocations),
    ROW(is_deleted), ROW(dormant), ROW(pathway_load), ROW(dues),
    ROW(due_load), ROW(due_list), ROW(day_find), ROW(day_episodes),
    ROW(phase_session), ROW(last_held), ROW(sheet_last), ROW(sheets),
    ROW(sheet_ticks), ROW(goals), ROW(goal_versions), ROW(goal_marks),
    ROW(theories), ROW(consents), ROW(session_holders), ROW(memberships),
    ROW(is_therapist), ROW(partner_may),
    ROW(partners), ROW(partner_episodes), ROW(open_episodes),
    ROW(answer_copies), ROW(session_where),
    ROW(person_appointments), ROW(person_log_ins),
    ROW(person_tasks),
    ROW(appointment_last), ROW(appointment_mode), ROW(appointment_gone),
    ROW(appointment_list),
};

/* --- what is written -------------------------------------------------- */

OPERATION(instrument_add)
{
    int64_t id;
    return kor_store_definition_add(store, KOR_DEFINITION_SCALE, "phq9", "1",
                                    "{}", KIT_MS, &id, err);
}

OPERATION(course_add)
{
    int64_t id;
    return kor_store_course_add(store, "outcome", "{}", KIT_MS, &id, err);
}

OPERATION(course_use)
{
    return kor_store_course_use(store, 1, false, err);
}

OPERATION(person_add)
{
    struct kor_person person = kit_person(3);
    return kor_store_person_add(store, &person, err);
}

OPERATION(episode_add)
{
    struct kor_episode episode;
    enum kor_code code = kor_store_episode_load(store, 1, &episode, err);
    episode.number = 2;
    return code == KOR_OK ? kor_store_episode_add(store, &episode, 0, err)
                          : code;
}

OPERATION(episode_close)
{
    const struct kor_episode episode
        = {.id = 1, .ending = "planned", .closed_date = KIT_DAY + 9};
    return kor_store_episode_close(store, &episode, err);
}

OPERATION(episode_lead)
{
    const struct kor_episode episode = {.id = 1, .lead_scale = "phq9"};
    return kor_store_episode_lead(store, &episode, err);
}

OPERATION(episode_pathway)
{
    const struct kor_episode episode
        = {.id = 1, .pathway = "talk", .phase_date = KOR_NO_DATE};
    return kor_store_episode_pathway(store, &episode, err);
}

OPERATION(session_add)
{
    struct kor_session session
        = {.number = 9, .session_date = KIT_DAY, .status = "held"};
    return kor_store_session_add(store, 1, &session, err);
}

OPERATION(session_change)
{
    const struct kor_session session = {.id = 1, .status = "not-attended"};
    return kor_store_session_change(store, &session, err);
}

OPERATION(session_set)
{
    const struct kor_session session = {.id = 1, .status = "held"};
    return kor_store_session_set(store, &session, "owner", err);
}

OPERATION(appointment_put)
{
    enum kor_appointment_news news;
    int64_t former_id;
    return kor_store_appointment_put(store, &a_run, &an_appointment, &news,
                                     &former_id, err);
}

OPERATION(appointment_cancel)
{
    int64_t n;
    return kor_store_appointment_cancel(store, &a_run, 0, 1, &n, err);
}

OPERATION(appointment_meet)
{
    return kor_store_appointment_meet(store, 1, KIT_DAY, err);
}

OPERATION(due_drop_session)
{
    return kor_store_due_drop_session(store, 1, 1, err);
}

OPERATION(due_move_session)
{
    return kor_store_due_move_session(store, 1, 1, 2, err);
}

OPERATION(answer_add)
{
    const struct kor_answer answer = kit_answer(2, 1, 1, 11);
    return kor_store_answer_add(store, &answer, err);
}

OPERATION(answer_strike)
{
    return kor_store_answer_strike(store, 1, 1, "client", "x", err);
}

OPERATION(import_begin)
{
    struct kor_import import;
    return kor_store_import_begin(store, "b.csv", "11ff", 1, false, KIT_MS,
                                  &import, err);
}

OPERATION(import_advance)
{
    return kor_store_import_advance(store, 1, 2, err);
}

OPERATION(import_person_add)
{
    return kor_store_import_person_add(store, 1, "p2", 1, err);
}

OPERATION(import_finish)
{
    return kor_store_import_finish(store, 1, KIT_MS, err);
}

OPERATION(request_add)
{
    static const uint8_t other[KOR_UUID_SIZE] = {9};
    const struct kor_stored_request request = {.uuid = other, .actor_id = 1};
    return kor_store_request_add(store, &request, KIT_MS, "{}", err);
}

OPERATION(request_expire)
{
    int n;
    return kor_store_request_expire(store, KIT_MS + 1, 10, &n, err);
}

OPERATION(signal_add)
{
    struct kor_open_signal signal
        = {.finding = KOR_FINDING_STALLED, .scale = "outcome"};
    return kor_store_signal_add(store, 1, 1, KIT_MS, &signal, err);
}

OPERATION(signal_pass)
{
    return kor_store_signal_pass(store, 1, 1, err);
}

OPERATION(unit_add)
{
    struct kor_unit unit = {.name = "north"};
    return kor_store_unit_add(store, &unit, "/clinic/", KIT_MS, err);
}

OPERATION(account_add)
{
    struct kor_account account = {.name = "ann", .roles = "therapist,duty"};
    return kor_store_account_add(store, &account, KIT_MS, err);
}

OPERATION(actor_add)
{
    struct kor_actor actor
        = {.public_key = {9}, .account = {.id = 1}, .expires_ms = KOR_NO_MS};
    return kor_store_actor_add(store, &actor, KIT_MS, err);
}

OPERATION(key_revoke_again)
{
    const struct kor_revocation revocation
        = {.public_key = {8}, .at_ms = KIT_MS};
    bool is_anew;
    return kor_store_key_revoke_again(store, &revocation, "x", &is_anew, err);
}

/* What could not be added is not the end of the chain. */
OPERATION(log_add)
{
    struct kor_log_tail tail = {.seq = 1};
    struct kor_log_row row = {.action = "show", .outcome = "ok"};
    enum kor_code code = kor_store_log_add(store, &tail, &row, err);
    assert_int_equal(tail.seq, code == KOR_OK ? 2 : 1);
    return code;
}

OPERATION(log_cut_and_trim)
{
    int n = -1;
    struct kor_log_row row = {0};
    enum kor_code code = kor_store_log_row(store, 1, &row, err);
    if (code == KOR_OK) {
        code = kor_store_log_cut(store, &row, KIT_MS, 1, err);
    }
    if (code == KOR_OK) {
        code = kor_store_log_trim(store, 10, &n, err);
        assert_int_equal(n, code == KOR_OK);
    }
    kor_buf_done(&row.people);
    return code;
}

OPERATION(review_add)
{
    struct kor_log_review review = {.from_seq = 1, .to_seq = 1, .n_rows = 1};
    return kor_store_review_add(store, &review, 1, err);
}

OPERATION(review_close)
{
    const struct kor_log_review review = {.id = 1, .finding = "none"};
    return kor_store_review_close(store, &review, KIT_MS, err);
}

/* Of everything that refers to a person there is one row. */
OPERATION(erase)
{
    struct kor_person person = kit_person(1);
    person.id = 1;
    return kor_store_erase(store, &person, "asked for it", KIT_MS, 1, err);
}

OPERATION(pathway_add)
{
    int64_t id;
    return kor_store_definition_add(store, KOR_DEFINITION_PATHWAY, "talk",
                                    "2", "{}", KIT_MS, &id, err);
}

OPERATION(goal_add)
{
    struct kor_goal goal = a_goal;
    return kor_store_goal_add(store, 1, &goal, err);
}

OPERATION(goal_change)
{
    struct kor_goal goal = a_goal;
    goal.id = 1;
    goal.version = 2;
    return kor_store_goal_change(store, &goal, err);
}

OPERATION(goal_mark_add)
{
    return kor_store_goal_mark_add(store, 1, &a_mark, err);
}

OPERATION(theory_add)
{
    const struct kor_theory theory = {
        .version = 2, .text = "y", .at_ms = KIT_MS, .actor_id = 1};
    return kor_store_theory_add(store, 1, &theory, err);
}

OPERATION(consent_add)
{
    struct kor_consent consent = {.purpose = "research",
                                  .recipient = "ntnu",
                                  .given_ms = KIT_MS,
                                  .actor_id = 1};
    return kor_store_consent_add(store, 1, &consent, err);
}

OPERATION(consent_withdraw)
{
    const struct kor_consent consent
        = {.id = 1, .withdrawn_ms = KIT_MS, .actor_id = 1, .why = "x"};
    return kor_store_consent_withdraw(store, &consent, err);
}

OPERATION(due_add)
{
    struct kor_due due = a_due;
    return kor_store_due_add(store, 1, &due, err);
}

OPERATION(due_change)
{
    struct kor_due due = a_due;
    due.id = 1;
    due.missing = KOR_MISSING_FORGOT;
    return kor_store_due_change(store, &due, err);
}

OPERATION(due_remove)
{
    return kor_store_due_remove(store, 1, err);
}

OPERATION(due_came_late)
{
    return kor_store_due_came_late(store, 1, &a_due, err);
}

OPERATION(due_came_by_day)
{
    return kor_store_due_came_by_day(store, 1, &a_due, 14, err);
}

OPERATION(partner_add)
{
    const struct kor_partner partner = {.name = "ann",
                                        .until_date = KOR_NO_DATE,
                                        .why = "x",
                                        .at_ms = 1,
                                        .actor_id = 1};
    return kor_store_partner_add(store, 1, &partner, err);
}

OPERATION(member_end)
{
    return kor_store_member_end(store, 1, KIT_DAY, err);
}

OPERATION(sheet_add)
{
    struct kor_sheet sheet = {.number = 2,
                              .version = 1,
                              .form_id = 1,
                              .actor_id = 1,
                              .answers = "{}"};
    return kor_store_sheet_add(store, 1, &sheet, err);
}

OPERATION(sheet_tick_add)
{
    const struct kor_sheet_tick tick
        = {.kind = "copy", .whom = "gp", .is_on = true, .actor_id = 1};
    return kor_store_sheet_tick_add(store, 1, &tick, err);
}

OPERATION(day_put)
{
    const struct kor_day day = {.date = KIT_DAY, .is_done = true};
    return kor_store_day_put(store, &day, err);
}

static const struct operation writes[] = {
    ROW(instrument_add), ROW(course_add), ROW(course_use), ROW(person_add),
    ROW(episode_add), ROW(episode_close), ROW(episode_lead),
    ROW(session_add), ROW(session_change), ROW(answer_add),
    ROW(answer_strike), ROW(import_begin), ROW(import_advance),
    ROW(import_person_add), ROW(import_finish), ROW(request_add),
    ROW(request_expire), ROW(signal_add), ROW(signal_pass), ROW(unit_add),
    ROW(account_add), ROW(actor_add), ROW(log_add), ROW(log_cut_and_trim),
    ROW(review_add), ROW(review_close), ROW(erase), ROW(key_revoke_again),
    ROW(episode_pathway), ROW(pathway_add), ROW(due_add), ROW(due_change),
    ROW(due_remove), ROW(due_came_late), ROW(due_came_by_day),
    ROW(day_put), ROW(member_end), ROW(partner_add),
    ROW(sheet_add),
    ROW(sheet_tick_add),
    ROW(goal_add), ROW(goal_change), ROW(goal_mark_add), ROW(theory_add),
    ROW(consent_add), ROW(consent_withdraw),
    ROW(session_set), ROW(due_drop_session), ROW(due_move_session),
    ROW(appointment_put), ROW(appointment_cancel), ROW(appointment_meet),
#undef ROW
};

/* --- the caseload ----------------------------------------------------------
 * Person and episode 1 with two sessions, person and episode 2 from a file. */

/* A goal that was changed once, with how far it has come, what will help,
 * and a consent. */
static void
fill_goal(struct kor_store *store, int64_t episode_id)
{
    struct kor_goal goal = a_goal;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_goal_add(store, episode_id, &goal, &err), &err);
    kit_ok(kor_store_goal_change(store, &goal, &err), &err);
    kit_ok(kor_store_goal_mark_add(store, goal.id, &a_mark, &err), &err);
    const struct kor_theory theory
        = {.version = 1, .text = "x", .at_ms = KIT_MS, .actor_id = 1};
    kit_ok(kor_store_theory_add(store, episode_id, &theory, &err), &err);
    struct kor_consent consent = {.purpose = "research",
                                  .recipient = "uio",
                                  .given_ms = KIT_MS,
                                  .actor_id = 1};
    kit_ok(kor_store_consent_add(store, 1, &consent, &err), &err);
}

static void
fill(struct kor_store *store)
{
    struct kor_err err;
    int64_t course_id;
    struct kor_import import;
    struct kor_stored_request request = {.uuid = uuid, .actor_id = 1};
    struct kor_open_signal signal
        = {.finding = KOR_FINDING_STALLED, .scale = "outcome"};
    struct kor_unit unit = {.name = "clinic"};
    struct kor_log_tail tail = {0};
    struct kor_log_row row = {.action = "open", .outcome = "ok"};
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_unit_add(store, &unit, "/", KIT_MS, &err), &err);
    kit_ok(kor_store_log_add(store, &tail, &row, &err), &err);
    kit_actor(store, 1);
    kit_scale(store, "outcome", "1");
    struct kor_episode episode = kit_episode(store, 1, 0);
    struct kor_session session = kit_session(store, episode.id, 1);
    kit_session(store, episode.id, 2);
    struct kor_answer answer = kit_answer(session.id, 1, 1, 20);
    kit_add_answer(store, &answer);
    strcpy(episode.lead_scale, "outcome");
    kit_ok(kor_store_episode_lead(store, &episode, &err), &err);
    kit_ok(kor_store_signal_add(store, episode.id, session.id, KIT_MS,
                                &signal, &err), &err);
    kit_ok(kor_store_course_add(store, "outcome", "{}", KIT_MS, &course_id,
                                &err), &err);
    kit_ok(kor_store_course_use(store, course_id, true, &err), &err);
    struct kor_due due = a_due;
    int64_t pathway_id;
    kit_ok(kor_store_definition_add(store, KOR_DEFINITION_PATHWAY, "talk",
                                    "1", "{}", KIT_MS, &pathway_id, &err),
           &err);
    strcpy(episode.pathway, "talk");
    episode.pathway_id = pathway_id;
    kit_ok(kor_store_episode_pathway(store, &episode, &err), &err);
    kit_ok(kor_store_due_add(store, episode.id, &due, &err), &err);
    struct kor_sheet sheet
        = {.number = 1, .version = 1, .actor_id = 1, .answers = "{}"};
    kit_ok(kor_store_definition_add(store, KOR_DEFINITION_FORM, "closing",
                                    "1", "{}", KIT_MS, &sheet.form_id, &err),
           &err);
    kit_ok(kor_store_sheet_add(store, episode.id, &sheet, &err), &err);
    const struct kor_sheet_tick tick
        = {.kind = "signature", .whom = "client", .is_on = true,
           .actor_id = 1};
    kit_ok(kor_store_sheet_tick_add(store, sheet.id, &tick, &err), &err);
    fill_goal(store, episode.id);
    kit_ok(kor_store_request_add(store, &request, KIT_MS, "{}", &err), &err);
    kit_ok(kor_store_import_begin(store, "a.csv", "00ff", 2, true, KIT_MS,
                                  &import, &err), &err);
    episode = kit_episode(store, 2, import.id);
    kit_ok(kor_store_import_person_add(store, import.id, "p1", episode.id,
                                       &err), &err);
}

static int
set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    kit_folder(bench->folder);
    snprintf(bench->path, sizeof bench->path, "%s/kor.db", bench->folder);
    bench->faults = faultvfs_new();
    struct kor_store *store = kit_open(bench->path);
    fill(store);
    kor_store_close(store);
    kor_log_set((enum kor_log_level)0);
    *state = bench;
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    faultvfs_free(bench->faults);
    kit_folder_remove(bench->folder);
    free(bench);
    return 0;
}

static void
arm(struct bench *bench, int nth)
{
    faultvfs_arm(bench->faults, FAULT_READ, nth, SQLITE_IOERR_READ, false);
}

static void
expect(const struct operation *operation, enum kor_code expected,
       enum kor_code code, const struct kor_err *err)
{
    if (code != expected || !err->text[0] != (expected == KOR_OK)) {
        fail_msg("%s: %s, and not %s: %s", operation->name,
                 kor_code_wire(code), kor_code_wire(expected), err->text);
    }
}

/* The operation on a store just opened, of which the nth read from then on
 * fails.  Returns whether it did. */
static bool
read_fails(struct bench *bench, const struct operation *operation, int nth)
{
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_open_reader(bench->path, faultvfs_name(bench->faults),
                                 &store, &err), &err);
    arm(bench, nth);
    enum kor_code code = operation->ask(store, &err);
    bool has_fired = faultvfs_has_fired(bench->faults);
    faultvfs_disarm(bench->faults);
    expect(operation, has_fired ? KOR_UNCERTAIN : KOR_OK, code, &err);
    assert_int_equal(kor_store_has_failed(store), has_fired);
    kor_err_init(&err, KOR_EN);
    expect(operation, KOR_OK, operation->ask(store, &err), &err);
    kor_store_close(store);
    return has_fired;
}

static void
a_read_that_fails_is_said_and_can_be_done_again(void **state)
{
    struct bench *bench = *state;
    for (size_t i = 0; i < KOR_LENGTH(reads); i++) {
        int nth = 1;
        while (read_fails(bench, &reads[i], nth)) {
            nth++;
            assert_true(nth < MAX_READS);
        }
        assert_true(nth > 1);
    }
}

/* The same in a batch, which then cannot be committed. */
static bool
write_fails(struct bench *bench, const struct operation *operation, int nth)
{
    struct kor_store *store;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_open(bench->path, faultvfs_name(bench->faults), false,
                          &store, &err), &err);
    kit_ok(kor_store_begin(store, &err), &err);
    arm(bench, nth);
    enum kor_code code = operation->ask(store, &err);
    bool has_fired = faultvfs_has_fired(bench->faults);
    faultvfs_disarm(bench->faults);
    expect(operation, has_fired ? KOR_UNCERTAIN : KOR_OK, code, &err);
    if (has_fired) {
        assert_int_equal(kor_store_commit(store, &err), KOR_NOT_STORED);
    }
    kor_store_rollback(store);
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_begin(store, &err), &err);
    expect(operation, KOR_OK, operation->ask(store, &err), &err);
    kor_store_rollback(store);
    kor_store_close(store);
    return has_fired;
}

static void
a_batch_that_cannot_read_is_not_committed(void **state)
{
    struct bench *bench = *state;
    for (size_t i = 0; i < KOR_LENGTH(writes); i++) {
        int nth = 1;
        while (write_fails(bench, &writes[i], nth)) {
            nth++;
            assert_true(nth < MAX_READS);
        }
        assert_true(nth > 1);
    }
}

static void
a_store_that_cannot_be_read_is_not_opened(void **state)
{
    struct bench *bench = *state;
    for (int i = 0; i < 2; i++) {
        bool has_fired = true;
        for (int nth = 1; has_fired; nth++) {
            struct kor_store *store = NULL;
            struct kor_err err;
            const char *vfs = faultvfs_name(bench->faults);
            kor_err_init(&err, KOR_EN);
            assert_true(nth < MAX_READS);
            arm(bench, nth);
            enum kor_code code
                = i ? kor_store_open(bench->path, vfs, false, &store, &err)
                    : kor_store_open_reader(bench->path, vfs, &store, &err);
            has_fired = faultvfs_has_fired(bench->faults);
            faultvfs_disarm(bench->faults);
            /* The header is read twice: whether there are seals, and by
             * SQLite. */
            assert_int_equal(code, !has_fired ? KOR_OK
                                   : nth <= 2 ? KOR_IO
                                              : KOR_UNCERTAIN);
            assert_true((store == NULL) == has_fired);
            kor_store_close(store);
            assert_true(nth > 1 || has_fired);
        }
    }
}

static void
a_file_that_cannot_be_read_is_not_called_sound(void **state)
{
    struct bench *bench = *state;
    bool has_fired = true;
    for (int nth = 1; has_fired; nth++) {
        struct kor_store *store;
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        assert_true(nth < MAX_READS);
        kit_ok(kor_store_open_reader(bench->path,
                                     faultvfs_name(bench->faults), &store,
                                     &err), &err);
        arm(bench, nth);
        enum kor_code code = kor_store_check(store, &err);
        has_fired = faultvfs_has_fired(bench->faults);
        faultvfs_disarm(bench->faults);
        assert_true(nth > 1 || has_fired);
        assert_true(has_fired
                        ? code == KOR_UNCERTAIN || code == KOR_CORRUPT
                        : code == KOR_OK);
        kit_ok(kor_store_check(store, &err), &err);
        kor_store_close(store);
    }
}

/* Somebody took the tables out of the file. */
static void
what_has_no_table_is_refused(void **state)
{
    struct bench *bench = *state;
    struct kor_store *store;
    struct kor_err err;
    kit_sql(bench->path, "PRAGMA writable_schema = ON;"
                         "DELETE FROM sqlite_schema");
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_open(bench->path, NULL, false, &store, &err), &err);
    for (size_t i = 0; i < KOR_LENGTH(reads) + KOR_LENGTH(writes); i++) {
        const struct operation *operation
            = i < KOR_LENGTH(reads) ? &reads[i]
                                    : &writes[i - KOR_LENGTH(reads)];
        kor_err_init(&err, KOR_EN);
        expect(operation, KOR_INTERNAL, operation->ask(store, &err), &err);
    }
    kor_store_close(store);
}

static void
rename_table(const struct bench *bench, const char *from, const char *to)
{
    char sql[120];
    snprintf(sql, sizeof sql,
             "PRAGMA legacy_alter_table = ON;"
             "ALTER TABLE %s RENAME TO %s", from, to);
    kit_sql(bench->path, sql);
}

/* Of a timeline nothing is left when one of its parts cannot be had. */
static void
a_timeline_is_loaded_whole_or_not_at_all(void **state)
{
    static const char *const tables[] = {"session", "answer", "signal"};
    const struct operation load = {"timeline_load", timeline_load};
    struct bench *bench = *state;
    for (size_t i = 0; i < KOR_LENGTH(tables); i++) {
        struct kor_store *store;
        struct kor_err err;
        rename_table(bench, tables[i], "hidden");
        kor_err_init(&err, KOR_EN);
        kit_ok(kor_store_open_reader(bench->path, NULL, &store, &err), &err);
        expect(&load, KOR_INTERNAL, timeline_load(store, &err), &err);
        kor_store_close(store);
        rename_table(bench, "hidden", tables[i]);
    }
}

/* Nobody is half erased, and nobody said to be who is not. */
static void
an_erasure_is_done_whole_or_not_at_all(void **state)
{
    static const char *const tables[]
        = {"signal", "answer", "session", "import_person", "hand_over",
           "episode", "break_glass", "account", "person", "request",
           "deletion"};
    const struct operation take_out = {"erase", erase};
    struct bench *bench = *state;
    for (size_t i = 0; i < KOR_LENGTH(tables); i++) {
        struct kor_store *store;
        struct kor_err err;
        rename_table(bench, tables[i], "hidden");
        kor_err_init(&err, KOR_EN);
        kit_ok(kor_store_open(bench->path, NULL, false, &store, &err), &err);
        kit_ok(kor_store_begin(store, &err), &err);
        expect(&take_out, KOR_INTERNAL, erase(store, &err), &err);
        assert_int_equal(kor_store_commit(store, &err), KOR_NOT_STORED);
        kor_store_rollback(store);
        kor_store_close(store);
        rename_table(bench, "hidden", tables[i]);
        store = kit_open(bench->path);
        kor_err_init(&err, KOR_EN);
        kit_ok(timeline_load(store, &err), &err);
        kit_ok(is_deleted(store, &err), &err);
        kor_store_close(store);
    }
}

#define WITH_BENCH(test)                                                      \
    cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_BENCH(a_read_that_fails_is_said_and_can_be_done_again),
        WITH_BENCH(a_batch_that_cannot_read_is_not_committed),
        WITH_BENCH(a_store_that_cannot_be_read_is_not_opened),
        WITH_BENCH(a_file_that_cannot_be_read_is_not_called_sound),
        WITH_BENCH(what_has_no_table_is_refused),
        WITH_BENCH(a_timeline_is_loaded_whole_or_not_at_all),
        WITH_BENCH(an_erasure_is_done_whole_or_not_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
