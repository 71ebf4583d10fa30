/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_STAT_COURSE_H
#define CLIENT_CLI_STAT_COURSE_H 1

#include "cli/stat_options.h"
#include "kor/define/course.h"
#include "kor/stat/episodes.h"
#include "kor/stat/line.h"

/* What the 'stat' commands that rest on the growth model share: their
 * options, people as sums, the fit, and courses from and to files. */

struct cli_model_wish {
    struct kor_series_wish columns;
    struct cli_names covariates;
    enum kor_time_function f;
    enum kor_growth_method method;
    enum kor_better better;
    double min, max;          /* Of the scale; NAN: as the file has it. */
    bool is_given_intake;     /* The first score is a covariate. */
    const char *course;       /* File of a course; null: fit one. */
    struct kor_course_record record; /* That course, which settles all of the
                                        above but the columns. */
};

/* Reads the options that the command has of these; the file's name is its
 * one word.  End with cli_model_wish_done(). */
KOR_NODISCARD enum kor_code cli_take_model(struct cli *cli,
                                           struct cli_model_wish *wish);
void cli_model_wish_done(struct cli_model_wish *wish);

/* Reads the file.  Fails with line and column where a time is one that the
 * function does not take or a score lies outside the scale. */
KOR_NODISCARD enum kor_code cli_read_people(struct cli *cli,
                                            const struct cli_model_wish *wish,
                                            struct kor_series *series);

/* People as the model takes them, and the model.  Begin with '= {0}', end
 * with cli_model_done(). */
struct cli_model {
    struct kor_series series;
    double *g;                    /* f(time) of each row. */
    size_t *first;                /* Of each person: the first row that is in
                                     the response. */
    struct kor_growth_sums *sums; /* Of each person. */
    double *covariates;           /* Rows: start score if given, then the
                                     columns. */
    struct kor_growth_data data;
    struct kor_growth_fit fit;
};

/* Reads the file and sums it up, and fits the model or takes it from the
 * course. */
KOR_NODISCARD enum kor_code cli_model_read(struct cli *cli,
                                           const struct cli_model_wish *wish,
                                           struct cli_model *model);
void cli_model_done(struct cli_model *model);

/* The covariates of person 'i'. */
const double *cli_model_row(const struct cli_model *model, size_t i);

/* Fails unless the fit has estimates, with its status in the sentence. */
KOR_NODISCARD enum kor_code cli_want_estimates(
    struct cli *cli, const struct kor_growth_fit *fit);

/* Fails unless the course of the wish takes the start score as given. */
KOR_NODISCARD enum kor_code cli_want_given_intake(
    struct cli *cli, const struct cli_model_wish *wish);

/* Whether as many people with as many later scores as in 'series' are behind
 * the course of the wish: then they are likely the same, and a remark says
 * so. */
bool cli_remark_known(const struct cli *cli, const struct cli_model_wish *wish,
                      const struct kor_series *series);

/* Reads the course in the file 'path'. */
KOR_NODISCARD enum kor_code cli_read_course(struct cli *cli, const char *path,
                                            struct kor_course_record *record);

/* The series as episodes, which borrow it. */
struct kor_episodes cli_episodes(const struct kor_series *series);

/* The lowest and highest score: those of the wish or else of the file. */
void cli_scale(const struct cli_model_wish *wish,
               const struct kor_series *series, double *min, double *max);

/* Learns a course, given the start score, from 'episodes'. */
struct kor_learned;
KOR_NODISCARD enum kor_code cli_learn(struct cli *cli,
                                      const struct cli_model_wish *wish,
                                      const struct kor_episodes *episodes,
                                      double min, double max, uint64_t seed,
                                      const struct kor_course *reference,
                                      struct kor_learned *out);

/* --course or --halves, one of them, and --seed. */
enum { CLI_MAX_HALVES = 10000 };

struct cli_halves {
    int64_t n; /* 0: a course is looked at. */
    int64_t seed;
};

KOR_NODISCARD enum kor_code cli_take_halves(struct cli *cli,
                                            struct cli_halves *to);

#endif /* client/cli/stat_course.h */
