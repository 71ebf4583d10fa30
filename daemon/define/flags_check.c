/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether a table of flags can be: see define/flags_check.h. */

#include "define/flags_check.h"

#include <math.h>
#include <stdio.h>

#include "define/node.h"

/* What writing and averaging may leave. */
#define SLACK 1e-9
#define COUNT_SLACK 1e-6
#define LARGE 1e15

struct check {
    const struct kor_flags *table;
    struct kor_err *err;
    enum kor_code code; /* KOR_OK until something fails. */
    size_t rule;        /* At hand. */
};

static const char *
path_of(const struct check *c, enum kor_flag_figure figure,
        char path[KOR_PATH_SIZE])
{
    snprintf(path, KOR_PATH_SIZE, "flags.rules.%s.%s",
             kor_flag_rule_name((enum kor_flag_rule)c->rule),
             kor_flag_figure_name(figure));
    return path;
}

static double
figure_of(const struct check *c, enum kor_flag_figure figure)
{
    return c->table->rules[c->rule][figure];
}

static void
check_range(struct check *c, const char *path, double value, double least,
            double most, double slack)
{
    if (c->code == KOR_OK
        && !(value >= least - slack && value <= most + slack)) {
        c->code = kor_fail(c->err, KOR_BAD_VALUE, path,
                           "%s is %g and must be from %g to %g: change it",
                           path, value, least, most);
    }
}

static void
check_sum(struct check *c, enum kor_flag_figure figure, double sum,
          double expected)
{
    double slack = COUNT_SLACK * c->table->people + COUNT_SLACK;
    char path[KOR_PATH_SIZE];
    if (c->code == KOR_OK && !(fabs(sum - expected) <= slack)) {
        path_of(c, figure, path);
        c->code = kor_fail(c->err, KOR_BAD_VALUE, path,
                           "%s does not add up with the other counts of the "
                           "table: take the course as it was made",
                           path);
    }
}

static void
check_counts(struct check *c)
{
    static const enum kor_flag_figure counts[]
        = {KOR_FLAG_FLAGGED, KOR_FLAG_TRUE_POSITIVES,
           KOR_FLAG_FALSE_POSITIVES, KOR_FLAG_TRUE_NEGATIVES,
           KOR_FLAG_FALSE_NEGATIVES, KOR_FLAG_SAID};
    double people = c->table->people, outcomes = c->table->outcomes;
    double tp = figure_of(c, KOR_FLAG_TRUE_POSITIVES);
    double fp = figure_of(c, KOR_FLAG_FALSE_POSITIVES);
    char path[KOR_PATH_SIZE];
    for (size_t i = 0; i < KOR_LENGTH(counts); i++) {
        check_range(c, path_of(c, counts[i], path), figure_of(c, counts[i]),
                    0, people, COUNT_SLACK * people + COUNT_SLACK);
    }
    check_sum(c, KOR_FLAG_FALSE_NEGATIVES,
              tp + figure_of(c, KOR_FLAG_FALSE_NEGATIVES), outcomes);
    check_sum(c, KOR_FLAG_TRUE_NEGATIVES,
              fp + figure_of(c, KOR_FLAG_TRUE_NEGATIVES), people - outcomes);
    check_sum(c, KOR_FLAG_FLAGGED, figure_of(c, KOR_FLAG_FLAGGED), tp + fp);
}

static void
check_share(struct check *c, enum kor_flag_figure figure)
{
    double value = figure_of(c, figure);
    char path[KOR_PATH_SIZE];
    if (!isnan(value)) {
        check_range(c, path_of(c, figure, path), value, 0, 1, SLACK);
    }
}

/* A bound that lies on the wrong side of 'value'; either may be missing. */
static void
check_order(struct check *c, enum kor_flag_figure figure, double below,
            double above)
{
    char path[KOR_PATH_SIZE];
    if (c->code == KOR_OK && below > above + SLACK) {
        path_of(c, figure, path);
        c->code = kor_fail(c->err, KOR_BAD_VALUE, path,
                           "%s does not lie within its bounds: take the "
                           "course as it was made",
                           path);
    }
}

/* A share with its bounds, which the next two figures are, is said of
 * somebody and of nobody else. */
static void
check_bounded(struct check *c, enum kor_flag_figure figure, double n)
{
    char path[KOR_PATH_SIZE];
    for (unsigned i = 0; i < 3; i++) {
        enum kor_flag_figure one = (enum kor_flag_figure)(figure + i);
        bool is_missing = isnan(figure_of(c, one));
        check_share(c, one);
        if (c->code == KOR_OK && is_missing == (n > COUNT_SLACK)) {
            path_of(c, one, path);
            c->code = kor_fail(c->err, KOR_BAD_VALUE, path,
                               "%s must be given if there is anybody to say "
                               "it of, and left out if there is not: take "
                               "the course as it was made",
                               path);
        }
    }
    double value = figure_of(c, figure);
    check_order(c, figure, figure_of(c, figure + 1), value);
    check_order(c, figure, value, figure_of(c, figure + 2));
}

static void
check_rule(struct check *c)
{
    double lead = figure_of(c, KOR_FLAG_LEAD);
    char path[KOR_PATH_SIZE];
    check_counts(c);
    check_share(c, KOR_FLAG_FLAGGED_SHARE);
    check_bounded(c, KOR_FLAG_SENSITIVITY, c->table->outcomes);
    check_bounded(c, KOR_FLAG_SPECIFICITY,
                  c->table->people - c->table->outcomes);
    check_bounded(c, KOR_FLAG_PPV, figure_of(c, KOR_FLAG_FLAGGED));
    check_share(c, KOR_FLAG_AUC);
    check_share(c, KOR_FLAG_AUC_LOW);
    check_share(c, KOR_FLAG_AUC_HIGH);
    check_order(c, KOR_FLAG_AUC, figure_of(c, KOR_FLAG_AUC_LOW),
                figure_of(c, KOR_FLAG_AUC_HIGH));
    if (!isnan(lead)) {
        check_range(c, path_of(c, KOR_FLAG_LEAD, path), lead, 0, LARGE, 0);
    }
}

static void
check_favoured(struct check *c, const struct kor_course_flags *flags)
{
    enum kor_flag_rule rule = flags->favoured;
    bool has_one = kor_flags_favoured(c->table, &rule);
    if (c->code == KOR_OK
        && (has_one != flags->has_favoured || rule != flags->favoured)) {
        c->code = kor_fail(c->err, KOR_BAD_VALUE, "flags.favoured",
                           "flags.favoured must be the rule that the table "
                           "favours, and left out if it favours none: take "
                           "the course as it was made");
    }
}

enum kor_code
kor_flags_check(const struct kor_course_flags *flags, size_t n_people,
                struct kor_err *err)
{
    const struct kor_flags *table = &flags->table;
    struct check c = {.table = table, .err = err, .code = KOR_OK};
    if (flags->state != KOR_FLAGS_COUNTED) {
        return KOR_OK;
    }
    check_range(&c, "flags.people", table->people, 1, (double)n_people,
                COUNT_SLACK);
    check_range(&c, "flags.outcomes", table->outcomes, 0, table->people,
                COUNT_SLACK);
    for (; c.rule < KOR_N_FLAG_RULES; c.rule++) {
        check_rule(&c);
    }
    check_favoured(&c, flags);
    return c.code;
}
