/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef PATHWAY_EXPECT_PROVIDER_H
#define PATHWAY_EXPECT_PROVIDER_H 1

/* The rows of the list of what is expected: for the files of expect alone. */

#include "pathway/expect.h"

/* --- a row --------------------------------------------------------------- */

bool expected_is_there(const struct kor_expected *row);

/* Is there, and not missing. */
bool expected_is_open(const struct kor_expected *row);

void expected_touch(struct kor_expected *row);
void expected_drop(struct kor_expected *row);
void expected_miss(struct kor_expected *row, enum kor_missing missing);

/* --- rows and rules ------------------------------------------------------ */

bool expect_is_in_session(enum kor_when when);

/* Writes who answers; nothing for what is not a scale. */
void expect_rater(const struct kor_rule *rule, char rater[KOR_RATER_SIZE]);

bool expect_is_thing(const struct kor_due *due, enum kor_rule_kind kind,
                     const char *key, const char *rater);

/* Whether the rule is of the phase that the episode is in. */
bool expect_holds(const struct kor_rule *rule, const struct kor_stage *stage);

/* The rule that a row is of, where the episode is now; or null. */
const struct kor_rule *expect_rule_of(const struct kor_due *due,
                                      const struct kor_stage *stage);

/* The first day from which the turns of a rule are counted: that of the
 * episode, or of the phase that it belongs to. */
int32_t expect_anchor(const struct kor_rule *rule,
                      const struct kor_stage *stage);

/* The row of a rule that is open or declined, of the session if it is one of
 * sessions; or null.  Lent until the list grows. */
struct kor_expected *expect_find(struct kor_expectations *list,
                                 const struct kor_rule *rule,
                                 int64_t session_id);

/* Expects 'rule' on 'date', unless the client has declined it. */
void expect_rule(struct kor_expectations *list, const struct kor_rule *rule,
                 int64_t session_id, int32_t date);

#endif /* pathway/expect_provider.h */
