/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_FLAG_RULES_H
#define STAT_FLAG_RULES_H 1

#include "kor/stat/flags.h"

/* What each rule says of one person: kor/stat/flags.h has the rules. */

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

#endif /* stat/flag_rules.h */
