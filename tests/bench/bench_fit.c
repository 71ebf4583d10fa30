/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The growth model: 100,000 made-up people with 950,000 records, held against
 * lme4 on the same file (fit_rival.R) if Rscript and lme4 are there, and
 * 1,000,000 people held against them.
 *
 * Fit against fit: kor_growth_fit() from sums to standard errors, and lmer()
 * without what it checks afterwards.  Whole against whole: 'kor stat fit', and
 * an R that reads the file with read.csv(). */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"
#include "bench/made_up.h"
#include "bench/process.h"
#include "bench/samples.h"
#include "kor/base/alloc.h"
#include "kor/stat/growth.h"

#define PEOPLE 100000
#define RECORDS 950000
#define ROUNDS 9
#define RIVAL "tests/bench/fit_rival.R"

/* Median milliseconds. */
static double
fit(const struct kor_growth_data *data, enum kor_growth_method method,
    struct kor_growth_fit *out)
{
    struct samples *times = kor_alloc(sizeof *times);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    for (int i = 0; i < ROUNDS; i++) {
        double began = bench_now_us();
        bench_ok(kor_growth_fit(data, method, out, &err), &err);
        samples_add(times, (bench_now_us() - began) / 1e3);
    }
    bench_must(kor_growth_has_estimates(out), "the fit");
    double median = samples_quantile(times, 0.5);
    free(times);
    return median;
}

/* Median milliseconds of the plain model, with people made up anew. */
static double
fit_plain(const struct made_up *made, struct kor_growth_fit *out)
{
    size_t n = made->episodes.n_people;
    struct kor_growth_sums *sums = kor_alloc_array(n, sizeof *sums);
    struct kor_growth_data data = {.sums = sums, .n_people = n};
    made_up_sums(made, 0, &data.centre, sums);
    double ms = fit(&data, KOR_GROWTH_REML, out);
    free(sums);
    return ms;
}

static double
fit_given_start(const struct made_up *made)
{
    size_t n = made->episodes.n_people;
    struct kor_growth_fit out;
    struct kor_growth_sums *sums = kor_alloc_array(n, sizeof *sums);
    double *starts = kor_alloc_array(n, sizeof *starts);
    struct kor_growth_data data = {.sums = sums, .n_people = n,
                                   .covariates = starts, .n_covariates = 1};
    made_up_sums(made, 1, &data.centre, sums);
    for (size_t i = 0; i < n; i++) {
        starts[i] = made->points[made->from[i]];
    }
    double ms = fit(&data, KOR_GROWTH_REML, &out);
    free(sums);
    free(starts);
    return ms;
}

/* --- the rival ------------------------------------------------------------ */

static void
write_csv(const struct made_up *made, const char *path)
{
    const struct kor_episodes *e = &made->episodes;
    FILE *file = fopen(path, "w");
    bench_must(file, "writing a file");
    fprintf(file, "id,session,score\n");
    for (size_t i = 0; i < e->n_people; i++) {
        for (size_t r = e->from[i]; r < e->from[i + 1]; r++) {
            fprintf(file, "%zu,%.0f,%.1f\n", i + 1, e->at[r], e->points[r]);
        }
    }
    bench_must(!fclose(file), "writing a file");
}

/* Median seconds of the command line tool on the file. */
static double
run_kor(const struct bench *bench, const char *csv, const char *output)
{
    char kor[256];
    const char *argv[]
        = {kor, "stat", "fit", csv, "--id", "id", "--time", "session",
           "--score", "score", "--json", NULL};
    const char *slash = strrchr(bench->kord, '/');
    struct samples *times = kor_alloc(sizeof *times);
    snprintf(kor, sizeof kor, "%.*skor",
             slash ? (int)(slash - bench->kord + 1) : 0, bench->kord);
    for (int i = 0; i < ROUNDS; i++) {
        double seconds;
        bench_must(!process_run(argv, output, &seconds), "kor stat fit");
        samples_add(times, seconds);
    }
    double median = samples_quantile(times, 0.5);
    free(times);
    return median;
}

static bool
has_rival(const char *output)
{
    double seconds;
    const char *const argv[]
        = {"Rscript", "-e",
           "quit(status = !requireNamespace('lme4', quietly = TRUE))", NULL};
    return process_run(argv, output, &seconds) == 0;
}

/* Holds a fit of 'ms' with the log likelihood 'loglik' against lmer(). */
static void
hold_against_rival(struct bench *bench, const struct made_up *made, double ms,
                   double loglik)
{
    char csv[128], output[128];
    double whole, lmer, deviance;
    const char *const argv[] = {"Rscript", RIVAL, csv, NULL};
    snprintf(csv, sizeof csv, "%s/people.csv", bench->folder);
    snprintf(output, sizeof output, "%s/output", bench->folder);
    write_csv(made, csv);
    double kor = run_kor(bench, csv, output);
    bench_value("kor stat fit, the whole process", 1e3 * kor, "ms");
    if (!has_rival(output)) {
        bench_note("no Rscript with lme4 here: not held against it");
        return;
    }
    bench_must(!process_run(argv, output, &whole), "the rival");
    FILE *file = fopen(output, "r");
    bench_must(file && fscanf(file, "%lf %lf", &lmer, &deviance) == 2,
               "reading the rival's answer");
    fclose(file);
    bench_value("lmer() alone", lmer, "s");
    bench_value("R, the whole process", whole, "s");
    bench_at_least(bench, "lmer() / fit", 1e3 * lmer / ms, 200);
    bench_at_least(bench, "R / kor, whole processes", whole / kor, 50);
    bench_at_most(bench, "deviance less that of lmer(), millionths",
                  1e6 * (-2 * loglik - deviance), 0);
}

static void
run(struct bench *bench)
{
    struct made_up made = made_up_people(PEOPLE, RECORDS);
    struct kor_growth_fit out;
    double ms = fit_plain(&made, &out);
    bench_value("REML, time alone", ms, "ms");
    bench_value("REML, given the start score", fit_given_start(&made), "ms");
    bench_at_most(bench, "to keep of a person with a start score, bytes",
                  sizeof(struct kor_growth_sums) + sizeof(double), 100);
    hold_against_rival(bench, &made, ms, out.loglik);
    made_up_done(&made);
    made = made_up_people(10 * PEOPLE, 10 * RECORDS);
    bench_at_most(bench, "1,000,000 people / 100,000, time of the fit",
                  fit_plain(&made, &out) / ms, 12);
    made_up_done(&made);
}

int
main(int argc, char *argv[])
{
    return bench_main(argc, argv,
                      "The growth model, 100,000 people, 950,000 records", 600,
                      run);
}
