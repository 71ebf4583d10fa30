/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 'kor stat fit' on Beat the Blues against lme4 1.1-31 in R 4.2:
 *
 *   d <- read.csv("tests/data/btheb.csv"); d$g <- log1p(d$month)
 *   m <- lmer(bdi_total ~ g + (1 + g | id), d, control = lmerControl(
 *       optCtrl = list(xtol_abs = 1e-10, ftol_abs = 1e-12)))
 *
 * and with REML = FALSE; b from fixef(), se from vcov(), the variances from
 * VarCorr(), then logLik(), AIC(), BIC(). */

#include "support/near.h"

#include <string.h>

#include "lib/growth_csv.h"
#include "support/temp.h"

struct oracle {
    enum kor_growth_method method;
    double b[2], tau00, tau01, tau11, sigma, loglik, aic, bic;
};

static const struct oracle oracles[] = {
    {KOR_GROWTH_REML, {23.0020088223, -5.0302554740}, 87.66280152314,
     -6.16617246878, 11.59142197885, 5.364831559344, -1324.31862004,
     2660.63724007, 2684.27826759},
    {KOR_GROWTH_ML, {23.00287222357, -5.03278148283}, 86.54395681242,
     -5.95137151164, 11.31172606112, 5.36436044419, -1325.51297636,
     2663.02595272, 2686.66698024},
};

static void
the_fit_is_that_of_lme4(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        const struct oracle *r = &oracles[i];
        const struct kor_growth_csv of
            = {"id", "month", "bdi_total", KOR_TIME_LOG1P, r->method};
        struct kor_growth_fit fit;
        assert_int_equal(
            kor_growth_csv_fit("tests/data/btheb.csv", &of, &fit, NULL),
            KOR_OK);
        assert_int_equal(fit.n_people, 100);
        assert_int_equal(fit.n_records, 380);
        assert_near(r->b[0], fit.b[0], 1e-5, 0);
        assert_near(r->b[1], fit.b[1], 1e-5, 0);
        assert_near(r->tau00, fit.tau00, 0, 1e-5);
        assert_near(r->tau01, fit.tau01, 0, 1e-4);
        assert_near(r->tau11, fit.tau11, 0, 1e-4);
        assert_near(r->sigma, fit.sigma, 0, 1e-5);
        assert_near(r->loglik, fit.loglik, 1e-6, 0);
        assert_near(r->aic, fit.aic, 1e-6, 0);
        assert_near(r->bic, fit.bic, 1e-6, 0);
    }
    const struct kor_growth_csv of
        = {"id", "month", "bdi_total", KOR_TIME_LOG1P, KOR_GROWTH_REML};
    struct kor_growth_fit fit;
    assert_int_equal(
        kor_growth_csv_fit("tests/data/btheb.csv", &of, &fit, NULL), KOR_OK);
    assert_near(1.060363200917, fit.se[0], 1e-5, 0);
    assert_near(0.540931548534, fit.se[1], 1e-5, 0);
}

/* Fits 'text' and expects the error to say 'said'. */
static void
assert_refuses(const char *text, enum kor_time_function f, const char *said)
{
    char path[TEMP_SIZE];
    const struct kor_growth_csv of = {"id", "t", "y", f, KOR_GROWTH_REML};
    struct kor_growth_fit fit;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    temp_file(path, text, strlen(text));
    assert_int_equal(kor_growth_csv_fit(path, &of, &fit, &err),
                     KOR_BAD_VALUE);
    temp_remove(path);
    if (!strstr(err.text, said)) {
        fail_msg("'%s' is not in '%s'", said, err.text);
    }
}

static void
errors_name_line_and_column(void **state)
{
    (void)state;
    assert_refuses("id,t,y\na,1,2\na,0,3\n", KOR_TIME_LOG,
                   "line 3, column t: the time '0' has no log");
    assert_refuses("id,t,y\na,1,2\na,0,3\n", KOR_TIME_LOG, "--f log1p");
    assert_refuses("id,t,y\na,-2,2\n", KOR_TIME_LOG1P, "line 2, column t");
    assert_refuses("id,t,y\na,1,x\n", KOR_TIME_LOG, "line 2, column y: 'x'");
    assert_refuses("id,t,y\n,1,2\n", KOR_TIME_LOG, "line 2, column id");
    assert_refuses("id,time,y\na,1,2\n", KOR_TIME_LOG, "no column 't'");
}

static void
missing_scores_are_left_out_and_commas_read(void **state)
{
    (void)state;
    static const char text[] = "id;t;y\na;1;2,5\na;2;\na;3;NA\nb;1;4,0\n";
    char path[TEMP_SIZE];
    const struct kor_growth_csv of
        = {"id", "t", "y", KOR_TIME_LOG, KOR_GROWTH_REML};
    struct kor_growth_fit fit;
    temp_file(path, text, strlen(text));
    assert_int_equal(kor_growth_csv_fit(path, &of, &fit, NULL), KOR_OK);
    temp_remove(path);
    assert_int_equal(fit.status, KOR_GROWTH_TOO_FEW);
    assert_int_equal(fit.n_people, 2);
    assert_int_equal(fit.n_records, 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fit_is_that_of_lme4),
        cmocka_unit_test(errors_name_line_and_column),
        cmocka_unit_test(missing_scores_are_left_out_and_commas_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
