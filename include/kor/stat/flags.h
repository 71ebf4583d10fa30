/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_FLAGS_H
#define KOR_STAT_FLAGS_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/auc.h"
#include "kor/stat/course.h"
#include "kor/stat/episodes.h"
#include "kor/stat/flag_rule.h"
#include "kor/stat/measure.h"

struct kor_err;

/* Flags: how good the rules are that say early "less change than expected".
 *
 * Each rule goes through the scores of a closed episode in order of time, as
 * it would have done while the episode ran, and knows nothing of what comes
 * later.  Who is flagged ever is held against how the episode ended.  The
 * start score is no sign of anything, and the last score is the outcome: so
 * flags are raised by the scores in between and by no other.
 *
 * kor/stat/flag_rule.h has the rules, and the marker of each: the worst that it
 * saw of a person.  Of whom a rule said nothing, it did not flag; it has no
 * marker for the area under the curve.
 *
 * kor_judge() marks by the same rules, on the way; but by the last three it
 * marks nobody who started past the cut-off, and by none at a time that the
 * course does not support.
 *
 * Left out are people with fewer than three scores, who could not be flagged,
 * and people with less than one reliable change of room for the outcome asked
 * about, whose outcome is certain at the start.  Both are counted.
 *
 * The figures say something of a rule only if these people are not among those
 * whom the course was fitted to or calibrated on: split people, fit on one
 * part and count on the other.  Splits that overlap are averaged with
 * kor_flags_add().
 *
 * Pure: no state, any number of threads.  Time goes in proportion to scores,
 * and to people as n log n. */

/* What is said of a rule, and the words for it.  Intervals of shares are
 * Wilson's (kor/stat/summary.h), that of the area is DeLong's. */
#define KOR_FLAG_FIGURES(X)                                                   \
    X(FLAGGED, "flagged") /* People ever flagged ... */                       \
    X(FLAGGED_SHARE, "flagged_share") /* ... of all. */                       \
    X(TRUE_POSITIVES, "true_positives") /* Flagged, with the outcome. */      \
    X(FALSE_POSITIVES, "false_positives")                                     \
    X(TRUE_NEGATIVES, "true_negatives")                                       \
    X(FALSE_NEGATIVES, "false_negatives")                                     \
    X(SENSITIVITY, "sensitivity") /* Flagged, of those with the outcome. */   \
    X(SENSITIVITY_LOW, "sensitivity_low")                                     \
    X(SENSITIVITY_HIGH, "sensitivity_high")                                   \
    X(SPECIFICITY, "specificity") /* Not, of those without it. */             \
    X(SPECIFICITY_LOW, "specificity_low")                                     \
    X(SPECIFICITY_HIGH, "specificity_high")                                   \
    X(PPV, "ppv") /* With the outcome, of the flagged. */                     \
    X(PPV_LOW, "ppv_low")                                                     \
    X(PPV_HIGH, "ppv_high")                                                   \
    X(SAID, "said") /* People with a marker. */                               \
    X(AUC, "auc")                                                             \
    X(AUC_LOW, "auc_low")                                                     \
    X(AUC_HIGH, "auc_high")                                                   \
    X(LEAD, "lead") /* Median time from first flag to last score among true   \
                       positives, in the unit of the course. */

enum kor_flag_figure {
#define X(name, word) KOR_FLAG_##name,
    KOR_FLAG_FIGURES(X)
#undef X
    KOR_N_FLAG_FIGURES
};

/* The word for 'figure'. */
const char *kor_flag_figure_name(enum kor_flag_figure figure);

/* How an episode ended that a flag should have foretold. */
enum kor_flag_outcome {
    KOR_OUTCOME_NOT_BETTER, /* Not reliably better at the last score. */
    KOR_OUTCOME_WORSE       /* Reliably worse at the last score. */
};

enum kor_flag_colour {
    KOR_COLOUR_GREEN,
    KOR_COLOUR_YELLOW,
    KOR_COLOUR_RED
};

/* What to count.  Begin with kor_flags_wish_default(). */
struct kor_flags_wish {
    enum kor_flag_outcome outcome; /* KOR_OUTCOME_NOT_BETTER. */
    double chance;   /* Flag below it; above 0, below 1: 0.5, where no reliable
                        improvement is the likelier end. */
    double horizon;  /* Time of the forecast, supported by the course; NAN: the
                        last one that is. */
    double raw_from; /* Time from which raw change speaks: 4. */
    double raw_share; /* Of the reliable change; above 0, up to 1: 0.5, since
                         log of the session reaches half its way to the
                         sixteenth at the fourth. */
    double blocks[2]; /* Last times of the first two blocks of the colours:
                         4 and 8. */
    enum kor_flag_colour colour; /* Flag from this colour on: red. */
    double level; /* Of the intervals; above 0, below 1: 0.95. */
};

/* The values named above behind the colons. */
struct kor_flags_wish kor_flags_wish_default(void);

/* The table.  Counts are doubles, since means over splits are not whole. */
struct kor_flags {
    double people;    /* Counted. */
    double outcomes;  /* Of these, with the outcome. */
    double too_short; /* Left out: fewer than three scores. */
    double no_room;   /* Left out: the outcome was certain at the start. */
    double rules[KOR_N_FLAG_RULES][KOR_N_FLAG_FIGURES]; /* NAN where there is
                                                           nothing to say. */
};

/* What kor_flags_count() works in: the caller's, contents of no use later. */
struct kor_flags_work {
    struct kor_auc_row *markers; /* KOR_N_FLAG_RULES x n_people. */
    double *leads;               /* As many. */
};

/* Counts the flags of 'episodes', people whom 'course' does not know.
 *
 * 'course' and 'measure' have passed their checks; 'wish' null: the defaults.
 * Nobody to count is a table of zeros and NANs.
 *
 * Returns KOR_CONFLICT if the course is for another scale or direction than
 * the measure, and KOR_BAD_VALUE, with the field, if the measure has no
 * reliable change, a member of 'wish' is outside its limits, or a time or
 * score is not finite or a score not on the scale. */
KOR_NODISCARD enum kor_code
kor_flags_count(const struct kor_course *course,
                const struct kor_episodes *episodes,
                const struct kor_measure *measure,
                const struct kor_flags_wish *wish,
                const struct kor_flags_work *work, struct kor_flags *out,
                struct kor_err *err);

/* Means over splits; begin with '= {0}'. */
struct kor_flags_mean {
    size_t n_splits;
    struct kor_flags mean; /* Means of all figures, each over the splits that
                              have it. */
    size_t n[KOR_N_FLAG_RULES][KOR_N_FLAG_FIGURES]; /* How many those are. */
};

/* Takes the table of one more split into 'mean'.  The mean of a bound is that
 * of one split: halves of the same people overlap, so more of them make no
 * interval narrower. */
void kor_flags_add(struct kor_flags_mean *mean, const struct kor_flags *one);

/* The table of the means; a figure that no split has is NAN. */
struct kor_flags kor_flags_mean_of(const struct kor_flags_mean *mean);

enum { KOR_FLAGS_LEAST = 10 };

/* Stores in '*rule' the rule that the table favours: the one with the
 * greatest sensitivity + specificity - 1 (W. J. Youden (1950), Cancer 3,
 * 32-35).  Rules within 0.01 of it count as equal, and the simplest of them is
 * taken: raw, rational, band80, band68, twice, forecast.
 *
 * False, and '*rule' is left alone, with fewer than KOR_FLAGS_LEAST people
 * with the outcome or without it, or if no rule is above 0. */
bool kor_flags_favoured(const struct kor_flags *table,
                        enum kor_flag_rule *rule);

/* How many of ten whom 'rule' flagged did not have the outcome after all, 0 to
 * 10; -1 with fewer than KOR_FLAGS_LEAST people flagged. */
int kor_flags_of_ten(const struct kor_flags *table, enum kor_flag_rule rule);

#endif /* kor/stat/flags.h */
