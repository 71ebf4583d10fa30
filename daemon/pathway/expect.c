/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happens to an episode, and what is expected of it then: see
 * pathway/expect.h. */

#include "pathway/expect_provider.h"

#include <string.h>

/* --- what recurs --------------------------------------------------------- */

static bool
recurs(const struct kor_rule *rule)
{
    return rule->when == KOR_WHEN_EVERY && rule->kind != KOR_RULE_CONTACT;
}

/* The first turn of 'rule' after 'date'. */
static int32_t
turn_after(const struct kor_rule *rule, const struct kor_stage *stage,
           int32_t date)
{
    int32_t anchor = expect_anchor(rule, stage);
    int k = 0;
    while (kor_interval_after(anchor, &rule->span, k) <= date) {
        k++;
    }
    return kor_interval_after(anchor, &rule->span, k);
}

/* Turns that have passed are missing, each by itself; one is open. */
static void
roll(struct kor_expectations *list, const struct kor_rule *rule,
     const struct kor_stage *stage, int32_t today)
{
    struct kor_expected *row;
    while ((row = expect_find(list, rule, 0)) != NULL) {
        int32_t next = turn_after(rule, stage, row->due.due_date);
        if (next > today) {
            return;
        }
        if (expected_is_open(row)) {
            expected_miss(row, KOR_MISSING_UNSAID);
        }
        expect_rule(list, rule, 0, next);
    }
}

/* --- what happens -------------------------------------------------------- */

/* Open rows of rules that do not hold any longer: what was not yet overdue is
 * not missing, and a contact that is stays until there was one. */
static void
let_go(struct kor_expectations *list, const struct kor_stage *stage,
       int32_t date)
{
    for (size_t i = 0; i < list->n; i++) {
        struct kor_expected *row = &list->rows[i];
        if (!expected_is_open(row) || expect_is_in_session(row->due.when)
            || expect_rule_of(&row->due, stage)) {
            continue;
        }
        if (row->due.until_date >= date) {
            expected_drop(row);
        } else if (row->due.kind != KOR_RULE_CONTACT) {
            expected_miss(row, KOR_MISSING_UNSAID);
        }
    }
}

static void
begin(struct kor_expectations *list, const struct kor_rule *rule,
      const struct kor_stage *stage, int32_t date, bool is_open)
{
    if (expect_find(list, rule, 0)) {
        return;
    }
    if (rule->kind == KOR_RULE_CONTACT) {
        expect_rule(list, rule, 0, kor_interval_after(date, &rule->span, 1));
    } else if (rule->when == KOR_WHEN_EVERY) {
        expect_rule(list, rule, 0, turn_after(rule, stage, date - 1));
    } else if (rule->when == KOR_WHEN_INTAKE && is_open) {
        expect_rule(list, rule, 0, date);
    }
}

/* 'is_open': it is the beginning of the episode, too. */
static void
begin_all(struct kor_expectations *list, const struct kor_stage *stage,
          int32_t date, bool is_open)
{
    let_go(list, stage, date);
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        if (expect_holds(&stage->pathway->rules[i], stage)) {
            begin(list, &stage->pathway->rules[i], stage, date, is_open);
        }
    }
}

void
kor_expect_open(struct kor_expectations *list, const struct kor_stage *stage)
{
    begin_all(list, stage, stage->opened_date, true);
}

void
kor_expect_stage(struct kor_expectations *list, const struct kor_stage *stage,
                 int32_t date)
{
    begin_all(list, stage, date, false);
}

void
kor_expect_session(struct kor_expectations *list,
                   const struct kor_stage *stage, int64_t session_id,
                   int32_t date)
{
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        const struct kor_rule *rule = &stage->pathway->rules[i];
        if (expect_is_in_session(rule->when) && expect_holds(rule, stage)
            && !expect_find(list, rule, session_id)) {
            expect_rule(list, rule, session_id, date);
        }
    }
}

/* Whether the rule asked already at a log-in of 'date'; what it asked for
 * before is given up. */
static bool
has_asked(struct kor_expectations *list, const struct kor_rule *rule,
          int32_t date)
{
    bool has = false;
    for (size_t i = 0; i < list->n; i++) {
        struct kor_expected *row = &list->rows[i];
        if (!expected_is_there(row) || !kor_due_is_of(&row->due, rule)) {
            continue;
        }
        has |= row->due.due_date == date;
        if (expected_is_open(row) && row->due.due_date < date) {
            expected_miss(row, KOR_MISSING_UNSAID);
        }
    }
    return has;
}

void
kor_expect_log_in(struct kor_expectations *list,
                  const struct kor_stage *stage, int32_t date)
{
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        const struct kor_rule *rule = &stage->pathway->rules[i];
        if (rule->when == KOR_WHEN_LOG_IN && expect_holds(rule, stage)
            && !has_asked(list, rule, date)) {
            expect_rule(list, rule, 0, date);
        }
    }
}

/* --- answers, days, ends ------------------------------------------------- */

/* Whether what came on a day, or in a session, is what the row waits for: it
 * may come before it is due by as many days as after. */
static bool
is_awaited(const struct kor_due *due, const struct kor_came *came)
{
    return expect_is_in_session(due->when)
               ? due->session_id == came->session_id
               : came->date >= due->due_date - (due->until_date
                                                - due->due_date);
}

bool
kor_expect_came(struct kor_expectations *list, const struct kor_stage *stage,
                const struct kor_came *came)
{
    bool was_awaited = false;
    for (size_t i = 0, n = list->n; i < n; i++) {
        const struct kor_due due = list->rows[i].due;
        if (!expected_is_there(&list->rows[i])
            || due.missing == KOR_MISSING_UNSAID
            || !expect_is_thing(&due, came->kind, came->key, came->rater)
            || !is_awaited(&due, came)) {
            continue;
        }
        const struct kor_rule *rule = expect_rule_of(&due, stage);
        expected_drop(&list->rows[i]);
        was_awaited = true;
        if (rule && recurs(rule) && !stage->has_ended) {
            int32_t from = came->date > due.due_date ? came->date
                                                     : due.due_date;
            expect_rule(list, rule, 0, turn_after(rule, stage, from));
        }
    }
    return was_awaited;
}

void
kor_expect_again(struct kor_expectations *list,
                 const struct kor_stage *stage, const struct kor_came *came)
{
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        const struct kor_rule *rule = &stage->pathway->rules[i];
        char rater[KOR_RATER_SIZE];
        expect_rater(rule, rater);
        if (!stage->has_ended && expect_is_in_session(rule->when)
            && expect_holds(rule, stage) && rule->kind == came->kind
            && !strcmp(rule->key, came->key) && !strcmp(rater, came->rater)
            && !expect_find(list, rule, came->session_id)) {
            expect_rule(list, rule, came->session_id, came->date);
        }
    }
}

/* Whether what was declined is asked for once more on its review date: what
 * recurs and what belongs to sessions comes again by itself. */
static bool
is_asked_again(const struct kor_due *due, const struct kor_stage *stage)
{
    bool is_after_end = due->when == KOR_WHEN_END
                     || due->when == KOR_WHEN_FOLLOW_UP;
    bool is_once = !expect_is_in_session(due->when)
                && due->when != KOR_WHEN_EVERY;
    return stage->has_ended ? is_after_end
                            : is_once || due->kind == KOR_RULE_CONTACT;
}

static void
pass_day(struct kor_expected *row, const struct kor_stage *stage,
         int32_t today)
{
    struct kor_due *due = &row->due;
    bool is_contact = due->kind == KOR_RULE_CONTACT;
    if (due->missing == KOR_MISSING_DECLINED && is_asked_again(due, stage)
        && due->review_date <= today) {
        due->until_date += today - due->due_date;
        due->due_date = today;
        due->review_date = KOR_NO_DATE;
        expected_miss(row, KOR_MISSING_NOT);
    } else if (due->missing == KOR_MISSING_NOT && !is_contact
               && today > due->until_date + KOR_OVERDUE_DAYS) {
        expected_miss(row, KOR_MISSING_UNSAID);
    }
}

void
kor_expect_day(struct kor_expectations *list, const struct kor_stage *stage,
               int32_t today)
{
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        const struct kor_rule *rule = &stage->pathway->rules[i];
        if (recurs(rule) && expect_holds(rule, stage) && !stage->has_ended) {
            roll(list, rule, stage, today);
        }
    }
    kor_expect_contact(list, stage, today);
    for (size_t i = 0; i < list->n; i++) {
        struct kor_expected *row = &list->rows[i];
        const struct kor_rule *rule = expect_rule_of(&row->due, stage);
        bool is_rolled = rule && recurs(rule) && !stage->has_ended;
        if (expected_is_there(row) && !is_rolled) {
            pass_day(row, stage, today);
        }
    }
}

void
kor_expect_end(struct kor_expectations *list, const struct kor_stage *stage,
               int32_t date)
{
    for (size_t i = 0; i < list->n; i++) {
        struct kor_expected *row = &list->rows[i];
        if (!expected_is_there(row) || expect_is_in_session(row->due.when)) {
            continue;
        }
        if (row->due.due_date > date || row->due.kind == KOR_RULE_CONTACT) {
            expected_drop(row);
        } else if (expected_is_open(row)) {
            expected_miss(row, KOR_MISSING_UNSAID);
        }
    }
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        const struct kor_rule *rule = &stage->pathway->rules[i];
        if (rule->when == KOR_WHEN_END) {
            expect_rule(list, rule, 0, date);
        } else if (rule->when == KOR_WHEN_FOLLOW_UP) {
            expect_rule(list, rule, 0,
                        kor_interval_after(date, &rule->span, 1));
        }
    }
}

void
kor_expect_came_before_end(struct kor_expectations *list,
                           const struct kor_came *came)
{
    for (size_t i = 0; i < list->n; i++) {
        struct kor_expected *row = &list->rows[i];
        if (expected_is_open(row) && row->due.when == KOR_WHEN_END
            && expect_is_thing(&row->due, came->kind, came->key, came->rater)
            && is_awaited(&row->due, came)) {
            expected_drop(row);
        }
    }
}

void
kor_expect_return(struct kor_expectations *list)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->rows[i].due.when == KOR_WHEN_FOLLOW_UP) {
            expected_drop(&list->rows[i]);
        }
    }
}

void
kor_expect_missing(struct kor_expectations *list,
                   const struct kor_stage *stage, size_t at,
                   enum kor_missing missing, int32_t review_date)
{
    struct kor_due *due = &list->rows[at].due;
    const struct kor_rule *rule = expect_rule_of(due, stage);
    int32_t due_date = due->due_date;
    due->review_date = missing == KOR_MISSING_DECLINED ? review_date
                                                       : KOR_NO_DATE;
    expected_miss(&list->rows[at], missing);
    if (rule && recurs(rule) && missing != KOR_MISSING_DECLINED
        && !stage->has_ended) {
        expect_rule(list, rule, 0, turn_after(rule, stage, due_date));
    }
}
