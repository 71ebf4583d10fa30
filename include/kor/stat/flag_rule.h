/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_FLAG_RULE_H
#define KOR_STAT_FLAG_RULE_H 1

/* Flag rules: what may say early "less change than expected".
 *
 * Each rule goes through a person's scores after the start score in order of
 * time, and knows nothing of what comes later.  kor/stat/flags.h counts how
 * good each is; a course names the one that marks (kor/stat/course.h), and
 * kor_judge() marks by it.
 *
 *   - KOR_FLAG_BAND80, KOR_FLAG_BAND68: a score beyond the worse end of the
 *     expected range (kor_course_range()).  Marker: the greatest distance from
 *     the expected score for the worse, in reaches of the range.
 *   - KOR_FLAG_TWICE: two scores given running beyond the worse end of the
 *     range of 80 %.  Marker: the lesser distance of two running, the greatest
 *     of all.
 *   - KOR_FLAG_FORECAST: the chance of reliable improvement at a horizon,
 *     given all scores so far (kor_course_forecast()), below a limit.  Marker:
 *     1 less the least chance.
 *   - KOR_FLAG_RAW: the first score at a session, or after it, is better than
 *     the start score by less than a share of the reliable change.  Without a
 *     course, and silent before that session and after that score.  Marker:
 *     the change for the worse there, in reliable changes.
 *   - KOR_FLAG_RATIONAL: a colour by the change since the start score and how
 *     far on the person is, in reliable changes for the better, limits
 *     included:
 *
 *                            red          yellow
 *         up to session 4    -1           -1/2
 *         up to session 8    -1/2         0
 *         later              0            1/2
 *
 *     A stand-in of our own for a table made by experts: M. J. Lambert et al.
 *     (2002), Clin. Psychol. Psychother. 9, 149-164, had one (recalled; its
 *     numbers are not known here).  Marker: the worst colour.
 *
 * Rules of a course say nothing of times that it does not support, the
 * forecast nothing from its horizon on.  The last three need a reliable
 * change. */

/* The rules, and the words for them.  BAND80 is that of a course which names
 * none. */
#define KOR_FLAG_RULES(X)                                                     \
    X(BAND80, "band80")                                                       \
    X(BAND68, "band68")                                                       \
    X(TWICE, "twice")                                                         \
    X(FORECAST, "forecast")                                                   \
    X(RAW, "raw")                                                             \
    X(RATIONAL, "rational")

enum kor_flag_rule {
#define X(name, word) KOR_FLAG_##name,
    KOR_FLAG_RULES(X)
#undef X
    KOR_N_FLAG_RULES
};

/* The word for 'rule'. */
const char *kor_flag_rule_name(enum kor_flag_rule rule);

#endif /* kor/stat/flag_rule.h */
