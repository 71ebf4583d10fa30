/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_FLAG_RULES_H
#define STAT_FLAG_RULES_H 1

#include "kor/stat/flags.h"
#include "kor/stat/judge.h"

/* What each rule says of one person: kor/stat/flag_rule.h has the rules. */

struct kor_flag_view {
    const struct kor_course *course;
    const struct kor_measure *measure;
    const struct kor_flags_wish *wish; /* With its horizon set. */
};

struct kor_flag_reading {
    double marker;   /* NAN: the rule said nothing. */
    double first_at; /* Time of the first flag; NAN: none. */
};

/* Reads the person 'i', who has three scores at least. */
void kor_flag_read(const struct kor_flag_view *view,
                   const struct kor_episodes *episodes, size_t i,
                   struct kor_flag_reading out[KOR_N_FLAG_RULES]);

/* Whether 'rule' looks at change since the start score, and so needs a
 * reliable change and room for one. */
bool kor_flag_is_of_change(enum kor_flag_rule rule);

/* Whether 'rule', with the limits of kor_flags_wish_default(), fires at the
 * score 'last', given those after the score 'start' up to it; missing ones say
 * nothing.  Time goes in proportion to these. */
bool kor_flag_fires(const struct kor_course *course,
                    const struct kor_measure *measure,
                    enum kor_flag_rule rule,
                    const struct kor_judge_score scores[], size_t start,
                    size_t last);

#endif /* stat/flag_rules.h */
