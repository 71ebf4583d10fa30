/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The growth model, from sums to estimates: 100,000 made-up people with
 * 950,000 records. */

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench/bench.h"
#include "bench/samples.h"
#include "kor/base/alloc.h"
#include "kor/stat/growth.h"
#include "support/dice.h"

#define PEOPLE 100000
#define RECORDS 950000
#define ROUNDS 5

static double
normal(struct dice *dice)
{
    double u = 1 - dice_real(dice), v = dice_real(dice);
    return sqrt(-2 * log(u)) * cos(2 * acos(-1) * v);
}

/* Nine or ten records a person, by the log of the session. */
static void
make_people(struct kor_growth_sums sums[], double starts[])
{
    const struct kor_growth_centre centre = {1.5, 20};
    struct dice dice = {950000};
    size_t n_left = RECORDS;
    for (size_t i = 0; i < PEOPLE; i++) {
        size_t n = n_left / (PEOPLE - i);
        double level = 18 + 4 * normal(&dice), slope = 3 + 2 * normal(&dice);
        starts[i] = level + 3 * normal(&dice);
        sums[i] = KOR_GROWTH_NO_SUMS;
        for (size_t k = 0; k < n; k++) {
            double g = log((double)k + 2);
            double y = level + slope * g + 3 * normal(&dice);
            kor_growth_add(&sums[i], &centre, g, y);
        }
        n_left -= n;
    }
}

static void
fit(const struct kor_growth_data *data, enum kor_growth_method method,
    const char *figure)
{
    struct samples *times = kor_alloc(sizeof *times);
    struct kor_growth_fit fit;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    for (int i = 0; i < ROUNDS; i++) {
        double began = bench_now_us();
        bench_ok(kor_growth_fit(data, method, &fit, &err), &err);
        samples_add(times, (bench_now_us() - began) / 1e3);
    }
    bench_must(kor_growth_has_estimates(&fit), "the fit");
    bench_value(figure, samples_quantile(times, 0.5), "ms");
    free(times);
}

static void
run(struct bench *bench)
{
    struct kor_growth_sums *sums = kor_alloc_array(PEOPLE, sizeof *sums);
    double *starts = kor_alloc_array(PEOPLE, sizeof *starts);
    struct kor_growth_data data
        = {.centre = {1.5, 20}, .sums = sums, .n_people = PEOPLE};
    (void)bench;
    make_people(sums, starts);
    fit(&data, KOR_GROWTH_REML, "REML, time alone");
    fit(&data, KOR_GROWTH_ML, "ML, time alone");
    data.covariates = starts;
    data.n_covariates = 1;
    fit(&data, KOR_GROWTH_REML, "REML, with the start score");
    free(sums);
    free(starts);
}

int
main(int argc, char *argv[])
{
    return bench_main(argc, argv,
                      "The growth model, 100,000 people, 950,000 records", 60,
                      run);
}
