/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_CHANGE_H
#define KOR_STAT_CHANGE_H 1

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/cutoff.h"
#include "kor/stat/measure.h"

struct kor_err;

/* Change: everybody with a first and a last score put into one of five
 * classes, by seven methods.
 *
 * Fill in a 'struct kor_change_rule', beginning with KOR_CHANGE_RULE, hand in
 * the scores, and call kor_change_of().  The classes exclude each other, and
 * everybody who has both scores is in one.
 *
 * With gain = last - first, counted towards better, M and SD of the intake
 * (first) scores, r their reliability, SE = SD sqrt(1 - r), z the critical
 * value:
 *
 *   jt   gain / (sqrt(2) SE).  Jacobson and Truax (1991).  The only one that
 *        can also use a fixed number of points, 'rc_points'.
 *   gln  ((last - M) - r (first - M)) / (SD sqrt(1 - r^2)).  Gulliksen (1950),
 *        Lord and Novick (1968): regression to the mean taken out.
 *   hll  as gln with the mean of the last scores for the first M.  Hsu (1989),
 *        Linn and Slinde (1977), Lord and Novick (1968).  With the group's own
 *        last mean the index says who did better than the group, and not who
 *        got better: 'is_group_relative'.
 *   en   as gln over SE.  Edwards, Yarvis, Mueller, Zingale and Wagman (1978)
 *        after Nunnally (1967), as Speer (1992) writes it.
 *   nk   as gln over sqrt(r^2 SD^2 (1 - r) + SD^2 (1 - r_last)).  Nunnally and
 *        Kotsch (1983).
 *   ha   (gain R + mean gain (1 - R)) / (sqrt(R) sqrt(2) SE), with R the
 *        reliability of the difference.  Hageman and Arrindell (1999).  z is
 *        1.65, and cut-offs are drawn with SD sqrt(r), the spread of true
 *        scores, in both groups.
 *   hlm  a person's slope, with the slope of all in it, over its standard
 *        error.  Speer and Greenbaum (1995).  Both are handed in.
 *
 * docs/methods/change.md says which numbers are recalled, and what each
 * method must not be used for.
 *
 * Limits are compared as the rule's operators say.  The width of the scale is
 * not known here, so two numbers count as equal if they differ by less than
 * 1e-12 of the sum of the sizes of the numbers they come from: that covers
 * sums of tenths, and does not blur any scale in use.
 *
 * Pure: no state, any number of threads, nothing allocated. */

enum kor_change_method {
    KOR_CHANGE_JT,
    KOR_CHANGE_GLN,
    KOR_CHANGE_HLL,
    KOR_CHANGE_EN,
    KOR_CHANGE_NK,
    KOR_CHANGE_HA,
    KOR_CHANGE_HLM,
    KOR_CHANGE_METHODS /* How many there are. */
};

enum kor_change_class {
    KOR_CHANGE_RECOVERED,    /* Reliably better and past the cut-off, from the
                                side of people in treatment. */
    KOR_CHANGE_IMPROVED,     /* Reliably better, and not recovered. */
    KOR_CHANGE_UNCHANGED,    /* No reliable change. */
    KOR_CHANGE_DETERIORATED, /* Reliably worse, and not harmed. */
    KOR_CHANGE_HARMED,       /* Reliably worse and across the cut-off the
                                other way. */
    KOR_CHANGE_CLASSES,      /* How many there are. */
    KOR_CHANGE_LEFT_OUT = KOR_CHANGE_CLASSES /* A score is missing. */
};

/* Where the cut-off comes from. */
enum kor_change_cutoff {
    KOR_CHANGE_NO_CUTOFF, /* Nobody is recovered or harmed. */
    KOR_CHANGE_CUTOFF_A,  /* See kor/stat/cutoff.h. */
    KOR_CHANGE_CUTOFF_B,
    KOR_CHANGE_CUTOFF_C,
    KOR_CHANGE_CUTOFF_FIXED /* 'cutoff_points' of the rule. */
};

/* Why nobody was put into a class, if so. */
enum kor_change_status {
    KOR_CHANGE_OK,
    KOR_CHANGE_TOO_FEW,   /* The group's own mean, deviation or correlation is
                             needed, and there are fewer than two pairs. */
    KOR_CHANGE_NO_SPREAD, /* The error of the index came out as 0, or larger
                             than a number can be: all first scores, or the
                             slopes of all people, are the same. */
    KOR_CHANGE_NO_RELIABLE_DIFFERENCE /* ha: R is not above 0; first and last
                             scores differ by no more than their errors. */
};

/* What is asked for.  NAN means not given. */
struct kor_change_rule {
    enum kor_change_method method;
    enum kor_better better;
    double critical; /* z, > 0; NAN: 1.65 for ha, else 1.96. */
    enum kor_compare rc_compare; /* Change "more than" or "at least" the
                                    limit. */

    double rc_points;        /* jt: this change is reliable; > 0.  NAN: from
                                reliability and deviation. */
    double reliability;      /* r, from 0 to below 1: all but hlm, unless
                                rc_points is given. */
    double reliability_last; /* Of last scores, from 0 to below 1: nk, ha. */
    double correlation;      /* Of first and last, -1 to 1: ha.  NAN: that of
                                the pairs. */
    double last_mean;        /* hll: the mean last scores would have without
                                change in the person.  NAN: the pairs' own. */

    /* Mean and deviation of first scores in the population the people come
     * from: for the index, and as the treated group of the cut-off.  NAN,
     * each for itself: those of the pairs. */
    struct kor_population intake;

    enum kor_change_cutoff cutoff;
    double cutoff_points;       /* For KOR_CHANGE_CUTOFF_FIXED; finite. */
    struct kor_population norm; /* People not in treatment: for b and c. */
    enum kor_compare start_compare;  /* A first score is on the side of people
                                        in treatment if "more than" or "at
                                        least" at the line, counted towards
                                        worse. */
    enum kor_compare cutoff_compare; /* A last score is past the line, counted
                                        towards better. */
};

/* jt, lower is better, more than the limit, own intake, no cut-off. */
#define KOR_CHANGE_RULE                                                       \
    ((struct kor_change_rule){                                                \
        .critical = NAN,                                                      \
        .rc_compare = KOR_MORE_THAN,                                          \
        .rc_points = NAN,                                                     \
        .reliability = NAN,                                                   \
        .reliability_last = NAN,                                              \
        .correlation = NAN,                                                   \
        .last_mean = NAN,                                                     \
        .intake = {NAN, NAN},                                                 \
        .cutoff_points = NAN,                                                 \
        .norm = {NAN, NAN},                                                   \
        .start_compare = KOR_MORE_THAN,                                       \
        .cutoff_compare = KOR_MORE_THAN})

/* The people, in any order; borrowed for the call.  NAN is missing: who has
 * not both scores is left out of everything, and counted. */
struct kor_change_pairs {
    const double *first;
    const double *last;
    const double *slope;    /* For hlm: points a unit of time, the slope of
                               all included.  NAN: fewer than three scores;
                               left out of the classes.  Else may be null. */
    const double *slope_se; /* Its standard error, > 0; NAN with it. */
    size_t n;
};

/* The result. */
struct kor_change {
    enum kor_change_status status;
    enum kor_change_method method;
    size_t n;          /* People in a class; the counts sum to it.  0 unless
                          the status is KOR_CHANGE_OK. */
    size_t n_pairs;    /* People with both scores. */
    size_t n_left_out; /* People without. */
    size_t count[KOR_CHANGE_CLASSES];

    struct kor_population intake; /* As used. */
    struct kor_population last;   /* Of the pairs. */
    double correlation;           /* Of the pairs; NAN if it has none. */
    double critical;              /* As used. */
    double error; /* The index is gain, adjusted, over this, in points; NAN
                     for hlm, where each person has an own one. */
    double difference_reliability; /* ha: R; else NAN. */
    double cutoff_points;          /* NAN without a cut-off. */

    /* Points of gain that are "more than" (or "at least") needed to be
     * reliably better, and of loss to be reliably worse.  NAN where they
     * depend on the first score (gln, hll, en, nk) or on more (hlm).  For ha
     * the two differ, and one may be negative. */
    double needed_points;
    double needed_worse_points;

    bool is_group_relative; /* hll with the mean of the group's last scores. */
    bool norm_is_worse; /* The norm's mean is not better than the intake's:
                           most likely the direction is wrong. */
};

/* Classes of 'pairs' by 'rule' to '*out'; per person the class to 'class_of'
 * and the index (> 0 is better) to 'index', n each, unless null.  Who is left
 * out, and everybody if the status is not KOR_CHANGE_OK, has class
 * KOR_CHANGE_LEFT_OUT and index NAN.
 *
 * KOR_BAD_VALUE, with the member of the rule as field, if a number is outside
 * its limits or one that the method needs is not given; with "first", "last"
 * or "slope" as field, and the person by position from 1, if a score is
 * infinite.  '*out' is left alone then. */
KOR_NODISCARD enum kor_code kor_change_of(const struct kor_change_rule *rule,
                                          const struct kor_change_pairs *pairs,
                                          struct kor_change *out,
                                          enum kor_change_class class_of[],
                                          double index[],
                                          struct kor_err *err);

/* "jt", "gln", "hll", "en", "nk", "ha", "hlm". */
const char *kor_change_method_name(enum kor_change_method method);

/* Whether 'word' is the name of a method, which goes to '*method'. */
bool kor_change_method_from(const char *word, enum kor_change_method *method);

/* "recovered", "improved", "unchanged", "deteriorated", "harmed",
 * "left-out". */
const char *kor_change_class_name(enum kor_change_class which);

/* "ok", "too-few", "no-spread", "no-reliable-difference". */
const char *kor_change_status_name(enum kor_change_status status);

#endif /* kor/stat/change.h */
