/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The database of every release (tests/upgrade/) is brought to today's schema
 * and still says what it said: beside NAME.db lies NAME.txt with its answers,
 * a line each.
 *
 *     test_upgrade --print FILE.db > FILE.txt
 *
 * makes that text when a release is added, and never again. */

#include "support/near.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kor/base/buf.h"
#include "kor/base/clock.h"
#include "kor/base/file.h"
#include "kor/define/course.h"
#include "kor/stat/judge.h"
#include "store/definition.h"
#include "store/session.h"
#include "store/store.h"
#include "support/temp.h"

#define FOLDER "tests/upgrade"
#define PAGE 500
#define MAX_FILE (64 * 1024 * 1024)

struct telling {
    const struct kor_export_session *session;
    struct kor_buf *out;
};

static enum kor_code
tell_answer(void *to, const struct kor_answer *answer, struct kor_err *err)
{
    struct telling *telling = to;
    (void)err;
    kor_buf_printf(telling->out,
                   "    scale %lld %s v%d %s total %.17g start %.17g "
                   "standing %d findings %u%s\n",
                   (long long)answer->instrument_id, answer->rater,
                   answer->version, answer->how, answer->total, answer->start,
                   (int)answer->standing, answer->findings,
                   answer->is_struck ? " struck" : "");
    return KOR_OK;
}

static void
tell_session(struct kor_store *store,
             const struct kor_export_session *session, struct kor_buf *out)
{
    char date[KOR_DATE_SIZE];
    kor_buf_printf(out, "%s %d/%d %s %s %s\n", session->code,
                   session->episode, session->session.number,
                   kor_date_format(session->session.session_date, date),
                   session->session.status, session->ending);
    struct telling telling = {.session = session, .out = out};
    assert_int_equal(kor_store_answers(store, session->session.id,
                                       tell_answer, &telling, NULL),
                     KOR_OK);
}

/* All that the store has to say, after it was brought up to date. */
static void
tell(struct kor_store *store, struct kor_buf *out)
{
    static struct kor_export_session page[PAGE];
    int64_t after = 0;
    size_t n;
    do {
        assert_int_equal(kor_store_export(store, after, PAGE, page, &n, NULL),
                         KOR_OK);
        for (size_t i = 0; i < n; i++) {
            tell_session(store, &page[i], out);
            after = page[i].session.id;
        }
    } while (n == PAGE);
}

/* --- what lies beside sessions and answers --------------------------------- */

/* A line each for what has a row; a release that did not know of it has none.
 * Ids of rows and instants are left out. */
static const char *const questions[] = {
    "SELECT 'way', e.id, e.pathway, w.version, e.phase, e.phase_date, "
    "e.phase_session, e.ending_reason, e.module FROM episode e "
    "JOIN pathway w ON w.id = e.pathway_id ORDER BY e.id",
    "SELECT 'due', episode_id, kind, occasion, key, rater, session_id, "
    "due_date, until_date, missing, review_date FROM due ORDER BY id",
    "SELECT 'goal', g.episode_id, v.goal_id, v.version, g.set_date, v.text, "
    "v.criterion, v.under_id, v.target_date, v.status, v.weight "
    "FROM goal_version v JOIN goal g ON g.id = v.goal_id "
    "ORDER BY v.goal_id, v.version",
    "SELECT 'mark', goal_id, mark_date, progress, level FROM goal_mark "
    "ORDER BY id",
    "SELECT 'theory', episode_id, version, text FROM theory "
    "ORDER BY episode_id, version",
    "SELECT 'consent', person_id, purpose, recipient, withdrawn_ms IS NULL, "
    "why FROM consent ORDER BY id",
    "SELECT 'partner', episode_id, name, may, until_date, why FROM partner "
    "ORDER BY id",
    "SELECT 'sheet', s.episode_id, s.number, s.version, f.key, f.version, "
    "s.sheet_date, s.answers, s.reason FROM sheet s "
    "JOIN form f ON f.id = s.form_id ORDER BY s.id",
    "SELECT 'tick', sheet_id, kind, whom, is_on FROM sheet_tick ORDER BY id",
    "SELECT 'part', episode_id, module, agreed_date, until_date, done_date "
    "FROM part ORDER BY episode_id, module",
    "SELECT 'group', name, kind, leader, planned_meetings "
    "FROM meeting_group ORDER BY id",
    "SELECT 'member', group_id, episode_id, joined_date, left_date, why "
    "FROM member ORDER BY id",
    "SELECT 'meeting', m.group_id, m.number, m.meeting_date, m.module, "
    "a.member_id, a.was_there, a.did_homework FROM meeting m "
    "JOIN attendance a ON a.meeting_id = m.id ORDER BY m.id, a.member_id",
    "SELECT 'task', group_id, text, who, until_date, done_date FROM task "
    "ORDER BY id",
    "SELECT 'appointment', episode_id, day_date, mode, is_cancelled, is_met "
    "FROM appointment ORDER BY id",
    "SELECT 'held', id, held_by, is_check_in FROM session "
    "WHERE held_by IS NOT NULL OR is_check_in ORDER BY id",
    "SELECT 'shared', session_id, shared_session_id, version, total "
    "FROM answer WHERE shared_session_id IS NOT NULL "
    "ORDER BY session_id, version",
    "SELECT 'signal', episode_id, session_id, scale, sheet, finding "
    "FROM signal WHERE sheet IS NOT NULL ORDER BY id",
};

static void
tell_rows(sqlite3 *db, const char *sql, struct kor_buf *out)
{
    sqlite3_stmt *rows;
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &rows, NULL), SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const char *text = (const char *)sqlite3_column_text(rows, i);
            kor_buf_printf(out, "%s%s", i ? " | " : "", text ? text : "-");
        }
        kor_buf_putc(out, '\n');
    }
    assert_int_equal(sqlite3_finalize(rows), SQLITE_OK);
}

static void
tell_beside(const char *path, struct kor_buf *out)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    for (size_t i = 0; i < KOR_LENGTH(questions); i++) {
        tell_rows(db, questions[i], out);
    }
    sqlite3_close(db);
}

/* Courses of any release are read, and scores judged against them. */
static enum kor_code
judge_by(void *to, const struct kor_stored_course *stored,
         struct kor_err *err)
{
    struct kor_course_record record;
    int *n = to;
    assert_int_equal(kor_course_parse(stored->certificate,
                                      strlen(stored->certificate), &record,
                                      err),
                     KOR_OK);
    const struct kor_course *course = &record.course;
    const struct kor_measure measure = {.min_points = course->min_points,
                                        .max_points = course->max_points,
                                        .better = course->better,
                                        .rc_points = NAN,
                                        .cutoff_points = NAN};
    const struct kor_judge_score scores[]
        = {{.session = 1, .at = 1, .points = 14},
           {.session = 2, .at = course->first_time, .points = 15}};
    struct kor_verdict verdict;
    assert_int_equal(kor_judge(&measure, course, NULL, scores, 2, false,
                               &verdict, err),
                     KOR_OK);
    assert_int_equal(verdict.has_band, course->n_people >= 50);
    assert_true(!verdict.has_band || verdict.low80 < verdict.high80);
    (*n)++;
    return KOR_OK;
}

/* Opens a copy of the database and lets it tell; returns how many courses it
 * has. */
static int
upgrade(const char *path, struct kor_buf *out)
{
    int n_courses = 0;
    struct kor_buf file = {0};
    struct kor_store *store;
    char copy[TEMP_SIZE];
    assert_int_equal(kor_file_read(path, MAX_FILE, &file, NULL), KOR_OK);
    temp_file(copy, file.text, file.size);
    kor_buf_done(&file);
    assert_int_equal(kor_store_open(copy, NULL, false, &store, NULL), KOR_OK);
    assert_int_equal(kor_store_check(store, NULL), KOR_OK);
    tell(store, out);
    assert_int_equal(kor_store_courses(store, judge_by, &n_courses, NULL),
                     KOR_OK);
    kor_store_close(store);
    tell_beside(copy, out);
    temp_remove(copy);
    return n_courses;
}

static void
every_release_still_says_what_it_said(void **state)
{
    (void)state;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    int n = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char *ending = strrchr(entry->d_name, '.');
        char path[512];
        if (!ending || strcmp(ending, ".db")) {
            continue;
        }
        struct kor_buf got = {0}, expected = {0};
        snprintf(path, sizeof path, FOLDER "/%.200s", entry->d_name);
        assert_true(upgrade(path, &got) > 0);
        snprintf(path + strlen(path) - 3, 5, ".txt");
        assert_int_equal(kor_file_read(path, MAX_FILE, &expected, NULL),
                         KOR_OK);
        assert_true(got.size > 0);
        assert_string_equal(kor_buf_text(&got), kor_buf_text(&expected));
        kor_buf_done(&got);
        kor_buf_done(&expected);
        n++;
    }
    closedir(folder);
    assert_true(n > 0);
}

int
main(int argc, char *argv[])
{
    if (argc == 3 && !strcmp(argv[1], "--print")) {
        struct kor_buf text = {0};
        (void)upgrade(argv[2], &text);
        fputs(kor_buf_text(&text), stdout);
        kor_buf_done(&text);
        return 0;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_release_still_says_what_it_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
