/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_CALIBRATE_H
#define KOR_STAT_CALIBRATE_H 1

#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/stat/calibration.h"
#include "kor/stat/episodes.h"
#include "kor/stat/growth.h"
#include "kor/stat/timefn.h"

struct kor_err;

/* Calibrate: measuring on closed episodes how wide the expected range has to
 * be.
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
 * The coverage that is stored is that of each fold against a calibration made
 * without it.
 *
 * Split-conformal prediction: J. Lei, M. G'Sell, A. Rinaldo, R. J. Tibshirani
 * and L. Wasserman (2018), J. Am. Stat. Assoc. 113, 1094-1111; folds as in R.
 * F. Barber, E. J. Candes, A. Ramdas and R. J. Tibshirani (2021), Ann. Stat.
 * 49, 486-507 (both recalled).  The quantile is interpolated where they round
 * up, so coverage is the level on average and no longer at least that.
 *
 * docs/methods/calibration.md says what was tried, and
 * tests/oracle/test_calibration.c holds it against R.
 *
 * Pure: no state, any number of threads. */

enum {
    KOR_CALIBRATION_FOLDS = 10,
    KOR_CALIBRATION_LEAST = 25 /* Scores behind a quantile. */
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
 * any time.  Returns KOR_BAD_VALUE as kor_growth_fit() does, and for the field
 * "folds" if somebody is in none. */
KOR_NODISCARD enum kor_code
kor_calibrate(const struct kor_episodes *episodes, enum kor_time_function f,
              enum kor_growth_method method,
              const struct kor_calibration_work *work,
              struct kor_calibration *out, struct kor_err *err);

#endif /* kor/stat/calibrate.h */
