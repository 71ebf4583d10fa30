/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is expected of an episode: see pathway/expect.h. */

#include "pathway/expect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"

/* --- the list ------------------------------------------------------------ */

static struct kor_expected *
add(struct kor_expectations *list, const struct kor_due *due,
    enum kor_due_change change)
{
    if (list->n == list->n_room) {
        list->n_room = list->n_room ? 2 * list->n_room : 8;
        list->rows = kor_realloc_array(list->rows, list->n_room,
                                       sizeof *list->rows);
    }
    list->rows[list->n] = (struct kor_expected){*due, change};
    return &list->rows[list->n++];
}

void
kor_expect_load(struct kor_expectations *list, const struct kor_due *due)
{
    add(list, due, KOR_DUE_SAME);
}

void
kor_expectations_done(struct kor_expectations *list)
{
    free(list->rows);
    memset(list, 0, sizeof *list);
}

static void
touch(struct kor_expected *row)
{
    if (row->change == KOR_DUE_SAME) {
        row->change = KOR_DUE_CHANGED;
    }
}

static void
drop(struct kor_expected *row)
{
    row->change = KOR_DUE_GONE;
}

static void
miss(struct kor_expected *row, enum kor_missing missing)
{
    row->due.missing = missing;
    touch(row);
}

static bool
is_there(const struct kor_expected *row)
{
    return row->change != KOR_DUE_GONE;
}

static bool
is_open(const struct kor_expected *row)
{
    return is_there(row) && row->due.missing == KOR_MISSING_NOT;
}

/* --- rows and rules ------------------------------------------------------ */

static bool
is_in_session(enum kor_when when)
{
    return when == KOR_WHEN_SESSION_START || when == KOR_WHEN_SESSION_END;
}

static void
rater_of(const struct kor_rule *rule, char rater[KOR_RATER_SIZE])
{
    rater[0] = '\0';
    if (rule->kind == KOR_RULE_SCALE) {
        kor_rater_format(&rule->rater, rater);
    }
}

static bool
is_thing(const struct kor_due *due, enum kor_rule_kind kind, const char *key,
         const char *rater)
{
    return due->kind == kind && !strcmp(due->key, key)
        && !strcmp(due->rater, rater);
}

bool
kor_due_is_of(const struct kor_due *due, const struct kor_rule *rule)
{
    char rater[KOR_RATER_SIZE];
    rater_of(rule, rater);
    return due->when == rule->when
        && is_thing(due, rule->kind, rule->key, rater);
}

static bool
holds(const struct kor_rule *rule, const struct kor_stage *stage)
{
    return rule->phases & ((uint32_t)1 << stage->phase);
}

/* The rule that a row is of, where the episode is now; or null. */
static const struct kor_rule *
rule_of(const struct kor_due *due, const struct kor_stage *stage)
{
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        const struct kor_rule *rule = &stage->pathway->rules[i];
        if (holds(rule, stage) && kor_due_is_of(due, rule)) {
            return rule;
        }
    }
    return NULL;
}

/* Until which day after 'date' the thing is declined; KOR_NO_DATE if it is
 * not. */
static int32_t
declined_until(const struct kor_expectations *list, const struct kor_due *due,
               int32_t date)
{
    int32_t until = KOR_NO_DATE;
    for (size_t i = 0; i < list->n; i++) {
        const struct kor_due *other = &list->rows[i].due;
        if (is_there(&list->rows[i])
            && other->missing == KOR_MISSING_DECLINED
            && is_thing(other, due->kind, due->key, due->rater)
            && other->review_date > date && other->review_date > until) {
            until = other->review_date;
        }
    }
    return until;
}

/* Expects 'rule' on 'date', unless the client has declined it. */
static void
expect(struct kor_expectations *list, const struct kor_rule *rule,
       int64_t session_id, int32_t date)
{
    struct kor_due due = {.kind = rule->kind,
                          .when = rule->when,
                          .session_id = session_id,
                          .due_date = date,
                          .until_date = date + rule->grace_days};
    kor_utf8_copy(due.key, sizeof due.key, rule->key);
    rater_of(rule, due.rater);
    due.review_date = declined_until(list, &due, date);
    due.missing = due.review_date == KOR_NO_DATE ? KOR_MISSING_NOT
                                                 : KOR_MISSING_DECLINED;
    add(list, &due, KOR_DUE_ADDED);
}

/* The row of a rule that is open or declined, of the session if it is one of
 * sessions; or null. */
static struct kor_expected *
find(struct kor_expectations *list, const struct kor_rule *rule,
     int64_t session_id)
{
    struct kor_expected *found = NULL;
    for (size_t i = 0; i < list->n; i++) {
        struct kor_expected *row = &list->rows[i];
        bool is_session = !is_in_session(rule->when)
                       || row->due.session_id == session_id;
        if (is_there(row) && is_session && kor_due_is_of(&row->due, rule)
            && (row->due.missing == KOR_MISSING_NOT
                || row->due.missing == KOR_MISSING_DECLINED)) {
            found = row;
        }
    }
    return found;
}

/* --- what recurs --------------------------------------------------------- */

static bool
recurs(const struct kor_rule *rule)
{
    return rule->when == KOR_WHEN_EVERY && rule->kind != KOR_RULE_CONTACT;
}

/* The first day from which the turns of a rule are counted: that of the
 * episode, or of the phase that it belongs to. */
static int32_t
anchor_of(const struct kor_rule *rule, const struct kor_stage *stage)
{
    return rule->phases == UINT32_MAX ? stage->opened_date
                                      : stage->phase_date;
}

/* The first turn of 'rule' after 'date'. */
static int32_t
turn_after(const struct kor_rule *rule, const struct kor_stage *stage,
           int32_t date)
{
    int32_t anchor = anchor_of(rule, stage);
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
    while ((row = find(list, rule, 0)) != NULL) {
        int32_t next = turn_after(rule, stage, row->due.due_date);
        if (next > today) {
            return;
        }
        if (is_open(row)) {
            miss(row, KOR_MISSING_UNSAID);
        }
        expect(list, rule, 0, next);
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
        if (!is_open(row) || is_in_session(row->due.when)
            || rule_of(&row->due, stage)) {
            continue;
        }
        if (row->due.until_date >= date) {
            drop(row);
        } else if (row->due.kind != KOR_RULE_CONTACT) {
            miss(row, KOR_MISSING_UNSAID);
        }
    }
}

static void
begin(struct kor_expectations *list, const struct kor_rule *rule,
      const struct kor_stage *stage, int32_t date, bool is_open)
{
    if (find(list, rule, 0)) {
        return;
    }
    if (rule->kind == KOR_RULE_CONTACT) {
        expect(list, rule, 0, kor_interval_after(date, &rule->span, 1));
    } else if (rule->when == KOR_WHEN_EVERY) {
        expect(list, rule, 0, turn_after(rule, stage, date - 1));
    } else if (rule->when == KOR_WHEN_INTAKE && is_open) {
        expect(list, rule, 0, date);
    }
}

/* 'is_open': it is the beginning of the episode, too. */
static void
begin_all(struct kor_expectations *list, const struct kor_stage *stage,
          int32_t date, bool is_open)
{
    let_go(list, stage, date);
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        if (holds(&stage->pathway->rules[i], stage)) {
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
        if (is_in_session(rule->when) && holds(rule, stage)
            && !find(list, rule, session_id)) {
            expect(list, rule, session_id, date);
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
        if (!is_there(row) || !kor_due_is_of(&row->due, rule)) {
            continue;
        }
        has |= row->due.due_date == date;
        if (is_open(row) && row->due.due_date < date) {
            miss(row, KOR_MISSING_UNSAID);
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
        if (rule->when == KOR_WHEN_LOG_IN && holds(rule, stage)
            && !has_asked(list, rule, date)) {
            expect(list, rule, 0, date);
        }
    }
}

/* --- contacts ------------------------------------------------------------ */

/* Whether a row is a contact, open or declined. */
static bool
is_contact(const struct kor_expected *row)
{
    return is_there(row) && row->due.kind == KOR_RULE_CONTACT
        && (row->due.missing == KOR_MISSING_NOT
            || row->due.missing == KOR_MISSING_DECLINED);
}

/* The rule of a row that is one, where the episode is now; or null. */
static const struct kor_rule *
contact_of(const struct kor_expected *row, const struct kor_stage *stage)
{
    return is_contact(row) ? rule_of(&row->due, stage) : NULL;
}

bool
kor_expect_asks_contact(const struct kor_expectations *list, int32_t today)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->rows[i].due.due_date <= today
            && is_contact(&list->rows[i])) {
            return true;
        }
    }
    return false;
}

/* The next contact is due so long after this one. */
static void
put_off(struct kor_expected *row, const struct kor_rule *rule, int32_t date)
{
    int32_t due = kor_interval_after(date, &rule->span, 1);
    if (due > row->due.due_date) {
        row->due.due_date = due;
        row->due.until_date = due + rule->grace_days;
        row->due.missing = KOR_MISSING_NOT;
        row->due.review_date = KOR_NO_DATE;
        touch(row);
    }
}

void
kor_expect_contact(struct kor_expectations *list,
                   const struct kor_stage *stage, int32_t today)
{
    int32_t date = stage->contact_date;
    for (size_t i = 0; i < list->n && date != KOR_NO_DATE; i++) {
        struct kor_expected *row = &list->rows[i];
        const struct kor_rule *rule = contact_of(row, stage);
        /* Who declined is put off by a session alone that came all the
         * same. */
        int32_t by = row->due.missing == KOR_MISSING_DECLINED ? date : today;
        if (rule && row->due.due_date <= by) {
            put_off(row, rule, date);
        } else if (!rule && is_contact(row) && row->due.due_date <= date) {
            drop(row); /* Of a phase before, and now there was one. */
        }
    }
}

void
kor_expect_last(struct kor_expectations *list, const struct kor_stage *stage,
                int32_t was_date)
{
    for (size_t i = 0; i < list->n; i++) {
        struct kor_expected *row = &list->rows[i];
        const struct kor_rule *rule = contact_of(row, stage);
        if (!rule) {
            continue;
        }
        int32_t from = anchor_of(rule, stage);
        if (stage->contact_date != KOR_NO_DATE
            && stage->contact_date > from) {
            from = stage->contact_date;
        }
        if (row->due.due_date == kor_interval_after(was_date, &rule->span, 1)
            && was_date > from) {
            row->due.due_date = kor_interval_after(from, &rule->span, 1);
            row->due.until_date = row->due.due_date + rule->grace_days;
            touch(row);
        } else {
            put_off(row, rule, from);
        }
    }
}

int32_t
kor_expect_reach(const struct kor_expectations *list,
                 const struct kor_stage *stage, size_t at)
{
    const struct kor_expected *row = &list->rows[at];
    const struct kor_rule *rule = contact_of(row, stage);
    return rule && is_open(row)
               ? kor_interval_after(row->due.due_date, &rule->span, 1)
               : KOR_NO_DATE;
}

void
kor_expect_agreed(struct kor_expectations *list,
                  const struct kor_stage *stage, size_t at, int32_t date)
{
    struct kor_expected *row = &list->rows[at];
    const struct kor_rule *rule = rule_of(&row->due, stage);
    int32_t until = row->due.due_date + rule->grace_days;
    if (date != KOR_NO_DATE && date > until) {
        until = date;
    }
    if (until != row->due.until_date) {
        row->due.until_date = until;
        touch(row);
    }
}

/* --- answers, days, ends ------------------------------------------------- */

/* Whether what came on a day, or in a session, is what the row waits for: it
 * may come before it is due by as many days as after. */
static bool
is_awaited(const struct kor_due *due, const struct kor_came *came)
{
    return is_in_session(due->when)
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
        if (!is_there(&list->rows[i]) || due.missing == KOR_MISSING_UNSAID
            || !is_thing(&due, came->kind, came->key, came->rater)
            || !is_awaited(&due, came)) {
            continue;
        }
        const struct kor_rule *rule = rule_of(&due, stage);
        drop(&list->rows[i]);
        was_awaited = true;
        if (rule && recurs(rule) && !stage->has_ended) {
            int32_t from = came->date > due.due_date ? came->date
                                                     : due.due_date;
            expect(list, rule, 0, turn_after(rule, stage, from));
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
        rater_of(rule, rater);
        if (!stage->has_ended && is_in_session(rule->when)
            && holds(rule, stage) && rule->kind == came->kind
            && !strcmp(rule->key, came->key) && !strcmp(rater, came->rater)
            && !find(list, rule, came->session_id)) {
            expect(list, rule, came->session_id, came->date);
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
    bool is_once = !is_in_session(due->when) && due->when != KOR_WHEN_EVERY;
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
        miss(row, KOR_MISSING_NOT);
    } else if (due->missing == KOR_MISSING_NOT && !is_contact
               && today > due->until_date + KOR_OVERDUE_DAYS) {
        miss(row, KOR_MISSING_UNSAID);
    }
}

void
kor_expect_day(struct kor_expectations *list, const struct kor_stage *stage,
               int32_t today)
{
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        const struct kor_rule *rule = &stage->pathway->rules[i];
        if (recurs(rule) && holds(rule, stage) && !stage->has_ended) {
            roll(list, rule, stage, today);
        }
    }
    kor_expect_contact(list, stage, today);
    for (size_t i = 0; i < list->n; i++) {
        struct kor_expected *row = &list->rows[i];
        const struct kor_rule *rule = rule_of(&row->due, stage);
        bool is_rolled = rule && recurs(rule) && !stage->has_ended;
        if (is_there(row) && !is_rolled) {
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
        if (!is_there(row) || is_in_session(row->due.when)) {
            continue;
        }
        if (row->due.due_date > date || row->due.kind == KOR_RULE_CONTACT) {
            drop(row);
        } else if (is_open(row)) {
            miss(row, KOR_MISSING_UNSAID);
        }
    }
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        const struct kor_rule *rule = &stage->pathway->rules[i];
        if (rule->when == KOR_WHEN_END) {
            expect(list, rule, 0, date);
        } else if (rule->when == KOR_WHEN_FOLLOW_UP) {
            expect(list, rule, 0, kor_interval_after(date, &rule->span, 1));
        }
    }
}

void
kor_expect_came_before_end(struct kor_expectations *list,
                           const struct kor_came *came)
{
    for (size_t i = 0; i < list->n; i++) {
        struct kor_expected *row = &list->rows[i];
        if (is_open(row) && row->due.when == KOR_WHEN_END
            && is_thing(&row->due, came->kind, came->key, came->rater)
            && is_awaited(&row->due, came)) {
            drop(row);
        }
    }
}

void
kor_expect_return(struct kor_expectations *list)
{
    for (size_t i = 0; i < list->n; i++) {
        if (list->rows[i].due.when == KOR_WHEN_FOLLOW_UP) {
            drop(&list->rows[i]);
        }
    }
}

void
kor_expect_missing(struct kor_expectations *list,
                   const struct kor_stage *stage, size_t at,
                   enum kor_missing missing, int32_t review_date)
{
    struct kor_due *due = &list->rows[at].due;
    const struct kor_rule *rule = rule_of(due, stage);
    int32_t due_date = due->due_date;
    due->review_date = missing == KOR_MISSING_DECLINED ? review_date
                                                       : KOR_NO_DATE;
    miss(&list->rows[at], missing);
    if (rule && recurs(rule) && missing != KOR_MISSING_DECLINED
        && !stage->has_ended) {
        expect(list, rule, 0, turn_after(rule, stage, due_date));
    }
}
