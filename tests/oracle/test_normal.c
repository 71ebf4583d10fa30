/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Normal tails against R (normal_oracle.h, made by normal.R). */

#include "support/near.h"

#include <math.h>

#include "kor/base/compiler.h"
#include "kor/stat/normal.h"

#include "oracle/normal_oracle.h"

static void
quantiles_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(quantiles); i++) {
        assert_near(quantiles[i][1], kor_normal_quantile(quantiles[i][0]),
                    1e-15, 1e-14);
    }
    assert_true(isinf(kor_normal_quantile(0)));
    assert_true(kor_normal_quantile(1) > 1e300);
    assert_near(NAN, kor_normal_quantile(-0.1), 0, 0);
    assert_near(NAN, kor_normal_quantile(NAN), 0, 0);
}

static void
shares_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(shares); i++) {
        assert_near(shares[i][1], kor_normal_cdf(shares[i][0]), 0, 1e-12);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_those_of_r),
        cmocka_unit_test(shares_are_those_of_r),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
