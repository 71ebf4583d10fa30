/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_CALIBRATION_H
#define KOR_STAT_CALIBRATION_H 1

#include <stddef.h>
#include <stdint.h>

/* Calibration: how wide the expected range has to be so that it holds the
 * share of people that it says.
 *
 * The model's own range takes scores for normal, with one spread for all start
 * scores.  They are not: on real data a range of 80 % held 95, 86 and 68 % by
 * third of the start score.  So the range is measured on closed episodes
 * (kor/stat/calibrate.h), and what was found is this struct: the reach of the
 * range, in spreads of the model, by time and start score.
 *
 * It is one number both ways: where many stand at the end of the scale, only
 * the other side can be missed.
 *
 * With it goes how it was found to hold: the coverage of people left out, by
 * time and by third of the start score, and the places of the scores in the
 * model's own distribution (probability integral transform, ten classes: with
 * a model that fits each holds a tenth).
 *
 * Pure: no state, any number of threads. */

enum {
    KOR_CALIBRATION_MAX_TIMES = 40,
    KOR_CALIBRATION_STARTS = 3, /* Thirds of the start score. */
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
    double limits[KOR_CALIBRATION_STARTS - 1]; /* Half way between the last
                                                  start score of a third and
                                                  the first of the next. */
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

/* Stores the reach of each width at the time 'at' for a person who started
 * with 'start'; without a calibration the normal distribution's. */
void kor_calibration_reach(const struct kor_calibration *calibration,
                           double start, double at,
                           double reaches[KOR_N_WIDTHS]);

/* The third that 'start' is in, from 0. */
size_t kor_calibration_third(const struct kor_calibration *calibration,
                             double start);

#endif /* kor/stat/calibration.h */
