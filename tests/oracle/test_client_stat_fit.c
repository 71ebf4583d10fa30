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

#include <stdio.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "support/run_stat.h"
#include "support/temp.h"

#define BTHEB                                                                 \
    "stat fit tests/data/btheb.csv --id id --time month --score bdi_total "   \
    "--f log1p"

struct oracle {
    const char *method;
    double b[2], tau00, tau01, tau11, sigma, loglik, aic, bic;
};

static const struct oracle oracles[] = {
    {"reml", {23.0020088223, -5.0302554740}, 87.66280152314, -6.16617246878,
     11.59142197885, 5.364831559344, -1324.31862004, 2660.63724007,
     2684.27826759},
    {"ml", {23.00287222357, -5.03278148283}, 86.54395681242, -5.95137151164,
     11.31172606112, 5.36436044419, -1325.51297636, 2663.02595272,
     2686.66698024},
};

static void
the_fit_is_that_of_lme4(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        const struct oracle *r = &oracles[i];
        char line[256];
        snprintf(line, sizeof line, BTHEB " --method %s", r->method);
        json_t *fit = run_stat(line);
        assert_near(100, stat_real(fit, "people"), 0, 0);
        assert_near(380, stat_real(fit, "records"), 0, 0);
        assert_string_equal(stat_word(fit, "method"), r->method);
        assert_string_equal(stat_word(fit, "terms.1"), "log1p(month)");
        assert_string_equal(stat_word(fit, "status"), "converged");
        assert_near(r->b[0], stat_real(fit, "b.0"), 1e-5, 0);
        assert_near(r->b[1], stat_real(fit, "b.1"), 1e-5, 0);
        assert_near(r->tau00, stat_real(fit, "tau00"), 0, 1e-5);
        assert_near(r->tau01, stat_real(fit, "tau01"), 0, 1e-4);
        assert_near(r->tau11, stat_real(fit, "tau11"), 0, 1e-4);
        assert_near(r->sigma, stat_real(fit, "sigma"), 0, 1e-5);
        assert_near(r->loglik, stat_real(fit, "loglik"), 1e-6, 0);
        assert_near(r->aic, stat_real(fit, "aic"), 1e-6, 0);
        assert_near(r->bic, stat_real(fit, "bic"), 1e-6, 0);
        json_decref(fit);
    }
    json_t *fit = run_stat(BTHEB);
    assert_near(1.060363200917, stat_real(fit, "se.0"), 1e-5, 0);
    assert_near(0.540931548534, stat_real(fit, "se.1"), 1e-5, 0);
    json_decref(fit);
}

/* Fits 'text' with 'f' and expects the error to say 'said'. */
static void
assert_refuses(const char *text, const char *f, const char *said)
{
    char path[TEMP_SIZE], line[256];
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line,
             "stat fit %s --id id --time t --score y --f %s", path, f);
    run_stat_refused(line, 65, said);
    temp_remove(path);
}

static void
errors_name_line_and_column(void **state)
{
    (void)state;
    assert_refuses("id,t,y\na,1,2\na,0,3\n", "log",
                   "line 3, column t: the time '0' has no log");
    assert_refuses("id,t,y\na,1,2\na,0,3\n", "log", "--f log1p");
    assert_refuses("id,t,y\na,-2,2\n", "log1p", "line 2, column t");
    assert_refuses("id,t,y\na,1,x\n", "log", "line 2, column y: 'x'");
    assert_refuses("id,t,y\na,1,nan\n", "log", "line 2, column y: 'nan'");
    assert_refuses("id,t,y\na,1,1e999\n", "log", "line 2, column y");
    assert_refuses("id,t,y\n,1,2\n", "log", "line 2, column id");
    assert_refuses("id,time,y\na,1,2\n", "log", "no column 't'");
}

static void
missing_scores_are_left_out_and_commas_read(void **state)
{
    (void)state;
    static const char text[]
        = "id;t;y\na;1;2,5\na;2;\na;3;NA\nb;1;4,0\nc;;1\nb;2;2.5e-1\n";
    char path[TEMP_SIZE], line[256];
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line, "stat fit %s --id id --time t --score y",
             path);
    json_t *fit = run_stat(line);
    temp_remove(path);
    assert_string_equal(stat_word(fit, "status"), "too-few");
    assert_near(2, stat_real(fit, "people"), 0, 0);
    assert_near(3, stat_real(fit, "records"), 0, 0);
    assert_true(json_is_null(stat_at(fit, "sigma")));
    json_decref(fit);
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
