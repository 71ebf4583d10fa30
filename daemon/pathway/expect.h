/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef PATHWAY_EXPECT_H
#define PATHWAY_EXPECT_H 1

/* Expect: what follows from a pathway for one episode, as a list that changes
 * with what happens.  Pure: no store, no clock; the caller loads the list,
 * tells what happened, and stores what has changed.
 *
 * What is expected is open until it comes, or until somebody says why it did
 * not.  It is due from 'due_date' on and overdue after 'until_date'.  What is
 * 14 days overdue is taken as missing without a reason (KOR_MISSING_UNSAID),
 * and so is what recurs when its next turn has come.  A contact is never
 * missing: it stays overdue until there was one.
 *
 * What recurs has one row that is open, for its present or its next turn.
 * What a client declined stays so until the day it is asked for again, and
 * counts by itself.
 *
 * Dates are days in the clinic's zone, so that the end of summer time changes
 * nothing. */

#include <stdbool.h>

#include "kor/define/pathway.h"
#include "store/due.h"

#define KOR_OVERDUE_DAYS 14

/* Where an episode is on its pathway. */
struct kor_stage {
    const struct kor_pathway *pathway; /* Borrowed. */
    size_t phase;                      /* Index. */
    int32_t opened_date;
    int32_t phase_date;   /* First day of the phase. */
    int32_t contact_date; /* Of the last session that was held, where that is
                             said to be read; KOR_NO_DATE: none. */
    bool has_ended;       /* Nothing recurs any more. */
};

enum kor_due_change {
    KOR_DUE_SAME,
    KOR_DUE_ADDED,
    KOR_DUE_CHANGED,
    KOR_DUE_GONE
};

struct kor_expected {
    struct kor_due due;
    enum kor_due_change change; /* Since it was loaded. */
};

/* Begin with '= {0}', end with kor_expected_done(). */
struct kor_expectations {
    struct kor_expected *rows;
    size_t n, n_room;
};

/* Adds a row as it was loaded. */
void kor_expect_load(struct kor_expectations *list,
                     const struct kor_due *due);
void kor_expectations_done(struct kor_expectations *list);

/* The episode was opened: stage->opened_date is its first day. */
void kor_expect_open(struct kor_expectations *list,
                     const struct kor_stage *stage);

/* The episode came into another phase or version on 'date': what holds there
 * is expected from now on, what does not any longer is not, but for a contact
 * that is overdue.
 * Rows that are open for the same thing stay as they are, and the beginning is
 * past. */
void kor_expect_stage(struct kor_expectations *list,
                      const struct kor_stage *stage, int32_t date);

/* A session was held on 'date': what is asked for in each. */
void kor_expect_session(struct kor_expectations *list,
                        const struct kor_stage *stage, int64_t session_id,
                        int32_t date);

/* Whether a contact is due by 'today', so that stage->contact_date matters. */
bool kor_expect_asks_contact(const struct kor_expectations *list,
                             int32_t today);

/* A contact that is due by 'today' is put off by the last session that was
 * held, on stage->contact_date; one that is not due yet is left alone, so that
 * next to no session changes a row. */
void kor_expect_contact(struct kor_expectations *list,
                        const struct kor_stage *stage, int32_t today);

/* The session that was held on 'was_date' was on another day, or not held: the
 * last one was on stage->contact_date.  A contact that was due so long after
 * 'was_date' is due so long after that, or after the first day of the episode
 * or phase. */
void kor_expect_last(struct kor_expectations *list,
                     const struct kor_stage *stage, int32_t was_date);

/* The last day on which an appointment still keeps the row 'at' from being
 * overdue: one more turn after it is due.  KOR_NO_DATE if it is no contact
 * that is open. */
int32_t kor_expect_reach(const struct kor_expectations *list,
                         const struct kor_stage *stage, size_t at);

/* The last appointment up to then that lies ahead is on 'date' (KOR_NO_DATE:
 * there is none): the contact is not overdue before it has passed. */
void kor_expect_agreed(struct kor_expectations *list,
                       const struct kor_stage *stage, size_t at,
                       int32_t date);

/* A scale or sheet 'key' was answered by 'rater' ("" for a sheet) on 'date',
 * in a session or in none (0). */
struct kor_came {
    enum kor_rule_kind kind;
    const char *key, *rater;
    int64_t session_id;
    int32_t date;
};

/* What was open for it, or declined, is gone.  True if there was anything. */
bool kor_expect_came(struct kor_expectations *list,
                     const struct kor_stage *stage,
                     const struct kor_came *came);

/* It turned out to have been none: what is asked for in that session is
 * expected again, unless the episode has ended. */
void kor_expect_again(struct kor_expectations *list,
                      const struct kor_stage *stage,
                      const struct kor_came *came);

/* The client logged in on 'date': what is asked for then is expected anew,
 * once a day, and what was asked for at an earlier log-in is missing. */
void kor_expect_log_in(struct kor_expectations *list,
                       const struct kor_stage *stage, int32_t date);

/* The day 'today' has begun; any number of days may have passed. */
void kor_expect_day(struct kor_expectations *list,
                    const struct kor_stage *stage, int32_t today);

/* The episode ended on 'date': what is asked for at the end and after it. */
void kor_expect_end(struct kor_expectations *list,
                    const struct kor_stage *stage, int32_t date);

/* What came on a day within the days of grace before the end counts as what is
 * asked for at the end, whatever else it counted as. */
void kor_expect_came_before_end(struct kor_expectations *list,
                                const struct kor_came *came);

/* The client came back after the end: nothing is asked for after it. */
void kor_expect_return(struct kor_expectations *list);

/* Says why the row 'at' of the list did not come; 'review_date' is for what
 * was declined. */
void kor_expect_missing(struct kor_expectations *list,
                        const struct kor_stage *stage, size_t at,
                        enum kor_missing missing, int32_t review_date);

/* True if the two speak of the same thing expected at the same occasion. */
bool kor_due_is_of(const struct kor_due *due, const struct kor_rule *rule);

#endif /* pathway/expect.h */
