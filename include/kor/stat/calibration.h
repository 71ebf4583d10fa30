/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_CALIBRATION_H
#define KOR_STAT_CALIBRATION_H 1

#include <stddef.h>
#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/episodes.h"
#include "kor/stat/growth.h"
#include "kor/stat/timefn.h"

struct kor_err;

/* Calibration: how wide the expected range has to be so that it holds the
 * share of people that it says.
 *
 * The model's own range takes scores for normal, with one spread for all start
 * scores.  They are not: on real data a range of 80 % held 91, 86 and 71 % by
 * third of the start score.  So the range is measured on closed episodes:
 *
 *   - People are dealt into folds; each fold is held against the course fitted
 *     on the others.  A score lies z = |score - expected| / (model's spread)
 *     away.
 *   - Spread grows with the start score: the least-squares line of z by start
 *     score, relative to its middle and never below a quarter of it, is taken
 *     out of z.
 *   - What is left has a quantile at each time and third of the start score:
 *     the one at position level x (n + 1) of the ordered z.  Times with fewer
 *     than KOR_CALIBRATION_LEAST scores borrow from the times next to them.
 *     In between it is interpolated, by time and by start score.
 *   - The reach of the range, in spreads of the model, is the quantile times
 *     the line.
 *
 * It is one number both ways: where many stand at the end of the scale, only
 * the other side can be missed.
 *
 * The coverage that is stored is that of each fold against a calibration made
 * without it, by time and by third, and so are the places of the scores in
 * the model's own distribution (probability integral transform, ten classes:
 * with a model that fits each holds a tenth).
 *
 * Split-conformal prediction: J. Lei, M. G'Sell, A. Rinaldo, R. J. Tibshirani
 * and L. Wasserman (2018), J. Am. Stat. Assoc. 113, 1094-1111; folds as in R.
 * F. Barber, E. J. Candes, A. Ramdas and R. J. Tibshirani (2021), Ann. Stat.
 * 49, 486-507 (both recalled).  The quantile is interpolated where they round
 * up, so coverage is the level on average and no longer at least that.
 *
 * Pure: no state, any number of threads. */

enum {
    KOR_CALIBRATION_MAX_TIMES = 40,
    KOR_CALIBRATION_STARTS = 3, /* Thirds of the start score. */
    KOR_CALIBRATION_FOLDS = 10,
    KOR_CALIBRATION_LEAST = 25,
    KOR_CALIBRATION_CLASSES = 10
};

/* The two ranges that are calibrated and shown. */
enum kor_width {
    KOR_WIDTH_80, /* Four in five. */
    KOR_WIDTH_68, /* About two in three. */
    KOR_N_WIDTHS
};

/* 0.80 and 0.68. */
double kor_width_level(enum kor_width width);

/* So many of 'n' lay within. */
struct kor_hits {
    uint32_t n;
    uint32_t covered;
};

/* A calibration; all zeros is none. */
struct kor_calibration {
    uint32_t n_people;  /* With a start score and a later one. */
    uint64_t seed;      /* That dealt the folds. */
    double limits[KOR_CALIBRATION_STARTS - 1]; /* Start scores up to and with
                                                  it are in the third. */
    double starts[KOR_CALIBRATION_STARTS]; /* Mean start score of each. */
    double middle;        /* Mean start score, weighted by later scores ... */
    double growth;        /* ... and by how much, relative to there, spread
                             grows for a point of the start score ... */
    double least, most;   /* ... from the lowest to the highest of them. */
    size_t n_times;                        /* 0: no calibration. */
    double times[KOR_CALIBRATION_MAX_TIMES]; /* Upwards. */
    double reach[KOR_N_WIDTHS][KOR_CALIBRATION_MAX_TIMES]
                [KOR_CALIBRATION_STARTS]; /* In spreads of the model, the line
                                             taken out. */
    /* Coverage of folds left out. */
    struct kor_hits overall[KOR_N_WIDTHS];
    struct kor_hits by_time[KOR_N_WIDTHS][KOR_CALIBRATION_MAX_TIMES];
    struct kor_hits by_start[KOR_N_WIDTHS][KOR_CALIBRATION_STARTS];
    uint32_t places[KOR_CALIBRATION_CLASSES]; /* In the model's distribution:
                                                 below 0.1, 0.2 ... */
};

/* One later score, while it is worked on. */
struct kor_calibration_row {
    double z; /* Spreads of the model from the expected score; >= 0. */
    double start, at;
    uint32_t cell, fold;
};

/* What kor_calibrate() works in: the caller's, contents of no use later. */
struct kor_calibration_work {
    struct kor_growth_sums *sums;     /* 2 n_people. */
    double *starts;                   /* 2 n_people. */
    uint32_t *folds;                  /* n_people: the fold of each, below
                                         KOR_CALIBRATION_FOLDS; read, and not
                                         changed. */
    struct kor_calibration_row *rows; /* As many as there are scores. */
    double *scratch;                  /* As many. */
};

/* Calibrates the course that 'method' fits to 'episodes' given the start
 * score, over 'f'.
 *
 * Folds are dealt by the caller, as kor_deal() does, who notes the seed.
 *
 * '*out' has n_times 0 if a fold could not be fitted or too few are there for
 * any time.  Returns KOR_BAD_VALUE as kor_growth_fit() does. */
KOR_NODISCARD enum kor_code
kor_calibrate(const struct kor_episodes *episodes, enum kor_time_function f,
              enum kor_growth_method method,
              const struct kor_calibration_work *work,
              struct kor_calibration *out, struct kor_err *err);

/* The reach at the time 'at' for a person who started with 'start'; without a
 * calibration the normal distribution's. */
double kor_calibration_reach(const struct kor_calibration *calibration,
                             enum kor_width width, double start, double at);

/* The third that 'start' is in, from 0. */
size_t kor_calibration_third(const struct kor_calibration *calibration,
                             double start);

#endif /* kor/stat/calibration.h */
