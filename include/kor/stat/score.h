/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_SCORE_H
#define KOR_STAT_SCORE_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"

struct kor_err;

/* Score: from the answers to the items of a form to one number.
 *
 * A scale has one 'struct kor_score_rule' for its total and one for each
 * sub-score.  kor_score_answers() checks the answers and applies one rule.
 *
 * Reversed items are turned round first (min + max - value).  If at most
 * 'max_missing' of the items that the rule uses are missing, each missing one
 * counts as the mean of those answered; with more there is no score, which is
 * a finding and not an error.  Nothing is rounded.
 *
 * Pure: no state, any number of threads. */

/* One item of a form. */
struct kor_item {
    double min;       /* Lowest answer; finite. */
    double max;       /* Highest answer; > min. */
    double step;      /* Answers lie on min + k step; 0: any number. */
    bool is_reversed; /* Counts from the other end. */
};

/* What is done with the items. */
enum kor_score_kind {
    KOR_SCORE_SUM, /* multiplier x sum. */
    KOR_SCORE_MEAN /* multiplier x mean. */
};

struct kor_score_rule {
    const uint16_t *subset; /* Indexes from 0 of the items used; null: all. */
    size_t n_subset;        /* How many; 0 if 'subset' is null. */
    enum kor_score_kind kind;
    double multiplier;  /* > 0; 1 for most, 10 for CORE, 4 for WHO-5. */
    size_t max_missing; /* Items that may be missing; 0: none. */
};

struct kor_score {
    double total;      /* NAN if too many items are missing, or all. */
    size_t n_missing;  /* Of the items used. */
    bool is_prorated;  /* 'total' stands although items are missing. */
};

/* Checks all 'n_items' answers in 'values' (NAN: not answered) against
 * 'items' and stores in '*out' what 'rule' makes of them.
 *
 * Returns KOR_BAD_VALUE and leaves '*out' alone if an answer is outside its
 * item's limits (the error names the item, counted from 1, and the limits;
 * field "item N"), or if the rule names an item that the form has not. */
KOR_NODISCARD enum kor_code kor_score_answers(
    const struct kor_score_rule *rule, const struct kor_item items[],
    const double values[], size_t n_items, struct kor_score *out,
    struct kor_err *err);

#endif /* kor/stat/score.h */
