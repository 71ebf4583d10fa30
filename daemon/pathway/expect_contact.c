/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contacts: expected so long after the last one, and never missing. */

#include "pathway/expect_provider.h"

/* Whether a row is a contact, open or declined. */
static bool
is_contact(const struct kor_expected *row)
{
    return expected_is_there(row) && row->due.kind == KOR_RULE_CONTACT
        && (row->due.missing == KOR_MISSING_NOT
            || row->due.missing == KOR_MISSING_DECLINED);
}

/* The rule of a row that is one, where the episode is now; or null. */
static const struct kor_rule *
contact_of(const struct kor_expected *row, const struct kor_stage *stage)
{
    return is_contact(row) ? expect_rule_of(&row->due, stage) : NULL;
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
        expected_touch(row);
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
            expected_drop(row); /* Of a phase before, and now there was one. */
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
        int32_t from = expect_anchor(rule, stage);
        if (stage->contact_date != KOR_NO_DATE
            && stage->contact_date > from) {
            from = stage->contact_date;
        }
        if (row->due.due_date == kor_interval_after(was_date, &rule->span, 1)
            && was_date > from) {
            row->due.due_date = kor_interval_after(from, &rule->span, 1);
            row->due.until_date = row->due.due_date + rule->grace_days;
            expected_touch(row);
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
    return rule && expected_is_open(row)
               ? kor_interval_after(row->due.due_date, &rule->span, 1)
               : KOR_NO_DATE;
}

void
kor_expect_agreed(struct kor_expectations *list,
                  const struct kor_stage *stage, size_t at, int32_t date)
{
    struct kor_expected *row = &list->rows[at];
    const struct kor_rule *rule = expect_rule_of(&row->due, stage);
    int32_t until = row->due.due_date + rule->grace_days;
    if (date != KOR_NO_DATE && date > until) {
        until = date;
    }
    if (until != row->due.until_date) {
        row->due.until_date = until;
        expected_touch(row);
    }
}
