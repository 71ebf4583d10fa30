/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cusum: see kor/stat/cusum.h. */

#include "kor/stat/cusum.h"

#include <math.h>

#include "kor/base/err.h"

static enum kor_code
check(const struct kor_cusum_rule *rule,
      const struct kor_cusum_person people[], size_t n, struct kor_err *err)
{
    if (!(rule->odds_ratio > 1) || isinf(rule->odds_ratio)) {
        return kor_fail(err, KOR_BAD_VALUE, "odds_ratio",
                        "the odds ratio to look for must be a number above "
                        "1; it is used in both directions");
    }
    if (!(rule->limit > 0) || isinf(rule->limit)) {
        return kor_fail(err, KOR_BAD_VALUE, "limit",
                        "the limit of the sums must be a number above 0");
    }
    for (size_t i = 0; i < n; i++) {
        double event = people[i].event, p = people[i].expected;
        if (!isnan(event) && event != 0 && event != 1) {
            return kor_fail(err, KOR_BAD_VALUE, "event",
                            "person %zu: the event must be 1, 0 or missing",
                            i + 1);
        }
        if (!isnan(event) && !(p > 0 && p < 1)) {
            return kor_fail(err, KOR_BAD_VALUE, "expected",
                            "person %zu: the expected chance must lie "
                            "between 0 and 1, and be neither",
                            i + 1);
        }
    }
    return KOR_OK;
}

/* What a person adds to the sum that looks for odds exp(log_ratio) times as
 * high. */
static double
weight(const struct kor_cusum_person *person, double log_ratio)
{
    double shift = log1p(person->expected * expm1(log_ratio));
    return (person->event > 0 ? log_ratio : 0) - shift;
}

static double
next_sum(double sum, bool was_signal, double added)
{
    return fmax(0, (was_signal ? 0 : sum) + added);
}

enum kor_code
kor_cusum_of(const struct kor_cusum_rule *rule,
             const struct kor_cusum_person people[], size_t n,
             struct kor_cusum_row rows[], struct kor_err *err)
{
    enum kor_code code = check(rule, people, n, err);
    if (code != KOR_OK) {
        return code;
    }
    double log_ratio = log(rule->odds_ratio);
    struct kor_cusum_row row = {0, 0, false, false};
    for (size_t i = 0; i < n; i++) {
        bool is_known = !isnan(people[i].event);
        double up = is_known ? weight(&people[i], log_ratio) : 0;
        double down = is_known ? weight(&people[i], -log_ratio) : 0;
        row.more = next_sum(row.more, row.is_more, up);
        row.less = next_sum(row.less, row.is_less, down);
        row.is_more = row.more >= rule->limit;
        row.is_less = row.less >= rule->limit;
        rows[i] = row;
    }
    return KOR_OK;
}
