/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_JUDGE_H
#define KOR_STAT_JUDGE_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/finding.h"
#include "kor/stat/flag_rule.h"
#include "kor/stat/measure.h"

struct kor_course;
struct kor_err;

/* Judge: what one person's repeated scores on the lead scale say, and what
 * the alliance scores say.
 *
 * kor_judge() answers: has the person changed by more than measurement error
 * since the start score, is the person past the cut-off, does the last score
 * stand where the expected course has it, and is there something that asks
 * for an answer.  docs/methods/findings.md gives every rule with its reason.
 *
 * Less change than expected is marked (KOR_FINDING_OFF_COURSE) by the rule that
 * the course names (kor/stat/flag_rule.h); where the measure has no reliable
 * change, and for who starts past the cut-off or with less than one of room,
 * rules of change leave it to the range of 80 %.  What asks for an answer is
 * two scores running beyond that range, whatever the rule.  Who is marked
 * stands as less than expected, as does who is beyond the range.
 *
 * Without a course (null: the first year, a scale without norms) reliable
 * change alone speaks; that mode is complete and the default.
 *
 * A missing score (NAN) is a gap: it is counted and says nothing.  "Running"
 * means one given score after the other, gaps between them or not.
 *
 * Pure: no state, any number of threads. */

/* When things are said.  Begin with kor_limits_default(). */
struct kor_limits {
    uint32_t start_by_session; /* The start score is the first one given by
                                  this session: 2. */
    uint32_t stalled_sessions; /* Stalled with this session, counting the
                                  start score's as the first: 6; 0: never. */
    uint32_t stalled_days;     /* Or so many days after the start score: 90;
                                  0: never. */
    uint32_t min_people;       /* Episodes behind a band that is used: 50. */
};

/* The limits that stand behind each field above: those of docs/methods, where
 * their sources are. */
struct kor_limits kor_limits_default(void);

/* One session's score on the lead scale, given or not. */
struct kor_judge_score {
    uint32_t session;  /* From 1, each higher than the one before. */
    int32_t date_days; /* Days since any fixed day. */
    double at;         /* Time for the course, in its unit; else unread. */
    double points;     /* On the scale, or NAN: missing. */
};

/* Index that stands for "there is none". */
#define KOR_NO_SCORE SIZE_MAX

/* What the scores say.  Doubles that do not apply are NAN. */
struct kor_verdict {
    size_t n_given;
    size_t n_missing;
    size_t start_index; /* Of the start score; KOR_NO_SCORE without one. */
    size_t last_index;  /* Of the last score given, maybe the start score. */
    double start;       /* Points. */
    double last;
    double change_points; /* last - start, sign as on the form. */
    double improvement;   /* The same with > 0 better. */
    double needed_points; /* Reliable change of the measure; NAN: unknown. */

    /* The course at the time of the last score; valid if 'has_band'. */
    bool has_band;
    double expected; /* Mean, not clipped. */
    double low80, high80; /* Range of the course, KOR_WIDTH_80. */
    double low68, high68; /* KOR_WIDTH_68: drawn. */

    enum kor_standing standing;
    enum kor_unsaid unsaid; /* Why 'standing' is unknown. */
    unsigned findings;      /* Set of enum kor_finding. */
};

/* Judges the 'n' 'scores' (null if 'n' is 0) in order of session.
 *
 * 'measure' and 'course' have passed their checks; 'course' may be null.
 * 'limits' null: the defaults.  'is_attention_open': an answer to talk about
 * now has not been answered yet.
 *
 * Returns KOR_BAD_VALUE, and leaves '*out' alone, if sessions are out of
 * order or a score is outside the scale, and KOR_CONFLICT if the course is
 * for another scale or direction. */
KOR_NODISCARD enum kor_code kor_judge(const struct kor_measure *measure,
                                      const struct kor_course *course,
                                      const struct kor_limits *limits,
                                      const struct kor_judge_score scores[],
                                      size_t n, bool is_attention_open,
                                      struct kor_verdict *out,
                                      struct kor_err *err);

/* The rule by which 'course' marks somebody of whom 'findings' hold: its own,
 * or the range of 80 % where that is a rule of change and no reliable change
 * is known, or hardly any is possible. */
enum kor_flag_rule kor_judge_rule(const struct kor_course *course,
                                  const struct kor_measure *measure,
                                  unsigned findings);

/* What the alliance scores say. */
struct kor_alliance_verdict {
    size_t n_given;
    size_t last_index;    /* Of the last score given, or KOR_NO_SCORE. */
    double last;          /* Points, or NAN. */
    double change_points; /* From the one given before; NAN without. */
    unsigned findings;    /* KOR_FINDING_ALLIANCE_... */
};

/* Judges the 'n' alliance scores 'points' (NAN: missing), in order of
 * session, of one client with one helper or group.
 *
 * 'measure' gives scale, direction and cut-off (its reliable change is not
 * read).  Low: the last score is not past the cut-off.  Fallen: it is at
 * least 'drop_points' (NAN: no such rule) worse than the one given before.
 * Top: it is the best score there is.  No room: the one given before lay less
 * than 'drop_points' from the worst score, so no drop can show.
 *
 * These prompt a sentence in the room and ask for no answer.  Errors as for
 * kor_judge(). */
KOR_NODISCARD enum kor_code kor_judge_alliance(
    const struct kor_measure *measure, double drop_points,
    const double points[], size_t n, struct kor_alliance_verdict *out,
    struct kor_err *err);

#endif /* kor/stat/judge.h */
