/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of what is expected, its rows, and the rules that they are of. */

#include "pathway/expect_provider.h"

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

void
expected_touch(struct kor_expected *row)
{
    if (row->change == KOR_DUE_SAME) {
        row->change = KOR_DUE_CHANGED;
    }
}

void
expected_drop(struct kor_expected *row)
{
    row->change = KOR_DUE_GONE;
}

void
expected_miss(struct kor_expected *row, enum kor_missing missing)
{
    row->due.missing = missing;
    expected_touch(row);
}

bool
expected_is_there(const struct kor_expected *row)
{
    return row->change != KOR_DUE_GONE;
}

bool
expected_is_open(const struct kor_expected *row)
{
    return expected_is_there(row) && row->due.missing == KOR_MISSING_NOT;
}

/* --- rows and rules ------------------------------------------------------ */

bool
expect_is_in_session(enum kor_when when)
{
    return when == KOR_WHEN_SESSION_START || when == KOR_WHEN_SESSION_END;
}

void
expect_rater(const struct kor_rule *rule, char rater[KOR_RATER_SIZE])
{
    rater[0] = '\0';
    if (rule->kind == KOR_RULE_SCALE) {
        kor_rater_format(&rule->rater, rater);
    }
}

bool
expect_is_thing(const struct kor_due *due, enum kor_rule_kind kind,
                const char *key, const char *rater)
{
    return due->kind == kind && !strcmp(due->key, key)
        && !strcmp(due->rater, rater);
}

bool
kor_due_is_of(const struct kor_due *due, const struct kor_rule *rule)
{
    char rater[KOR_RATER_SIZE];
    expect_rater(rule, rater);
    return due->when == rule->when
        && expect_is_thing(due, rule->kind, rule->key, rater);
}

bool
expect_holds(const struct kor_rule *rule, const struct kor_stage *stage)
{
    return rule->phases & ((uint32_t)1 << stage->phase);
}

const struct kor_rule *
expect_rule_of(const struct kor_due *due, const struct kor_stage *stage)
{
    for (size_t i = 0; i < stage->pathway->n_rules; i++) {
        const struct kor_rule *rule = &stage->pathway->rules[i];
        if (expect_holds(rule, stage) && kor_due_is_of(due, rule)) {
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
        if (expected_is_there(&list->rows[i])
            && other->missing == KOR_MISSING_DECLINED
            && expect_is_thing(other, due->kind, due->key, due->rater)
            && other->review_date > date && other->review_date > until) {
            until = other->review_date;
        }
    }
    return until;
}

void
expect_rule(struct kor_expectations *list, const struct kor_rule *rule,
            int64_t session_id, int32_t date)
{
    struct kor_due due = {.kind = rule->kind,
                          .when = rule->when,
                          .session_id = session_id,
                          .due_date = date,
                          .until_date = date + rule->grace_days};
    kor_utf8_copy(due.key, sizeof due.key, rule->key);
    expect_rater(rule, due.rater);
    due.review_date = declined_until(list, &due, date);
    due.missing = due.review_date == KOR_NO_DATE ? KOR_MISSING_NOT
                                                 : KOR_MISSING_DECLINED;
    add(list, &due, KOR_DUE_ADDED);
}

struct kor_expected *
expect_find(struct kor_expectations *list, const struct kor_rule *rule,
            int64_t session_id)
{
    struct kor_expected *found = NULL;
    for (size_t i = 0; i < list->n; i++) {
        struct kor_expected *row = &list->rows[i];
        bool is_session = !expect_is_in_session(rule->when)
                       || row->due.session_id == session_id;
        if (expected_is_there(row) && is_session
            && kor_due_is_of(&row->due, rule)
            && (row->due.missing == KOR_MISSING_NOT
                || row->due.missing == KOR_MISSING_DECLINED)) {
            found = row;
        }
    }
    return found;
}

int32_t
expect_anchor(const struct kor_rule *rule, const struct kor_stage *stage)
{
    return rule->phases == UINT32_MAX ? stage->opened_date
                                      : stage->phase_date;
}
