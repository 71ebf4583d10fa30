/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Checks of what kor_change_of() is given: see kor/stat/change.h. */

#include "stat/change_scale.h"

#include <math.h>

#include "kor/base/err.h"

static bool
needs_reliability(const struct kor_change_rule *rule)
{
    return rule->method != KOR_CHANGE_HLM && isnan(rule->rc_points);
}

static enum kor_code
check_reliability(const char *field, double r, struct kor_err *err)
{
    if (isnan(r)) {
        return kor_fail(err, KOR_BAD_VALUE, field,
                        "this method needs the reliability of a score: give "
                        "it, from 0 to below 1");
    }
    if (!(r >= 0 && r < 1)) {
        return kor_fail(err, KOR_BAD_VALUE, field,
                        "a reliability lies from 0 to below 1, and this is "
                        "%g",
                        r);
    }
    return KOR_OK;
}

static enum kor_code
check_points(const struct kor_change_rule *rule, struct kor_err *err)
{
    double rc = rule->rc_points;
    if (!isnan(rc) && !(rc > 0 && isfinite(rc))) {
        return kor_fail(err, KOR_BAD_VALUE, "rc_points",
                        "reliable change must be above 0 points");
    }
    if (!isnan(rc) && rule->method != KOR_CHANGE_JT) {
        return kor_fail(err, KOR_BAD_VALUE, "rc_points",
                        "a fixed number of points is for the method jt only; "
                        "'%s' works it out from reliability and spread",
                        kor_change_method_name(rule->method));
    }
    return KOR_OK;
}

static enum kor_code
check_group(const char *field, struct kor_population group,
            struct kor_err *err)
{
    if (isinf(group.mean) || isinf(group.sd) || group.sd <= 0) {
        return kor_fail(err, KOR_BAD_VALUE, field,
                        "the mean must be a number, and the standard "
                        "deviation a number above 0");
    }
    return KOR_OK;
}

static enum kor_code
check_cutoff(const struct kor_change_rule *rule, struct kor_err *err)
{
    bool needs_norm = rule->cutoff == KOR_CHANGE_CUTOFF_B
                   || rule->cutoff == KOR_CHANGE_CUTOFF_C;
    if (needs_norm && (isnan(rule->norm.mean) || isnan(rule->norm.sd))) {
        return kor_fail(err, KOR_BAD_VALUE, "norm",
                        "the cut-offs b and c need mean and standard "
                        "deviation of people who are not in treatment");
    }
    if (rule->cutoff == KOR_CHANGE_CUTOFF_FIXED
        && !isfinite(rule->cutoff_points)) {
        return kor_fail(err, KOR_BAD_VALUE, "cutoff_points",
                        "the cut-off must be a number of points");
    }
    return KOR_OK;
}

static enum kor_code
check_numbers(const struct kor_change_rule *rule, struct kor_err *err)
{
    if (!isnan(rule->critical)
        && !(rule->critical > 0 && isfinite(rule->critical))) {
        return kor_fail(err, KOR_BAD_VALUE, "critical",
                        "the critical value must be above 0; 1.96 is usual");
    }
    if (rule->correlation < -1 || rule->correlation > 1) {
        return kor_fail(err, KOR_BAD_VALUE, "correlation",
                        "a correlation lies between -1 and 1, and this is %g",
                        rule->correlation);
    }
    if (isinf(rule->last_mean)) {
        return kor_fail(err, KOR_BAD_VALUE, "last_mean",
                        "the mean of last scores must be a number");
    }
    return KOR_OK;
}

enum kor_code
change_check_rule(const struct kor_change_rule *rule, struct kor_err *err)
{
    enum kor_code code = check_points(rule, err);
    if (code == KOR_OK && needs_reliability(rule)) {
        code = check_reliability("reliability", rule->reliability, err);
    }
    if (code == KOR_OK
        && (rule->method == KOR_CHANGE_NK || rule->method == KOR_CHANGE_HA)) {
        code = check_reliability("reliability_last", rule->reliability_last,
                                 err);
    }
    if (code == KOR_OK) {
        code = check_group("intake", rule->intake, err);
    }
    if (code == KOR_OK) {
        code = check_group("norm", rule->norm, err);
    }
    if (code == KOR_OK) {
        code = check_numbers(rule, err);
    }
    return code == KOR_OK ? check_cutoff(rule, err) : code;
}

static enum kor_code
infinite(const char *field, size_t i, struct kor_err *err)
{
    return kor_fail(err, KOR_BAD_VALUE, field,
                    "person %zu has a score or slope that is not finite; "
                    "leave a missing one out",
                    i + 1);
}

enum kor_code
change_check_pairs(const struct kor_change_rule *rule,
                   const struct kor_change_pairs *pairs, struct kor_err *err)
{
    bool is_hlm = rule->method == KOR_CHANGE_HLM;
    if (is_hlm && pairs->n > 0 && (!pairs->slope || !pairs->slope_se)) {
        return kor_fail(err, KOR_BAD_VALUE, "slope",
                        "the method hlm needs each person's slope and its "
                        "standard error");
    }
    for (size_t i = 0; i < pairs->n; i++) {
        if (isinf(pairs->first[i])) {
            return infinite("first", i, err);
        }
        if (isinf(pairs->last[i])) {
            return infinite("last", i, err);
        }
        if (is_hlm
            && (isinf(pairs->slope[i]) || isinf(pairs->slope_se[i])
                || pairs->slope_se[i] < 0)) {
            return infinite("slope", i, err);
        }
    }
    return KOR_OK;
}

bool
change_has_pair(const struct kor_change_pairs *pairs, size_t i)
{
    return !isnan(pairs->first[i]) && !isnan(pairs->last[i]);
}
