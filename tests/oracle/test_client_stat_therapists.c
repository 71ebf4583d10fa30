/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 'kor stat therapists' against lme4 (between_oracle.h, made by between.R). */

#include "support/near.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/compiler.h"
#include "support/run_stat.h"
#include "support/temp.h"

#include "oracle/between_oracle.h"

/* A row a person: group, score and three columns. */
static void
write_people(const struct person people[], size_t n, char path[TEMP_SIZE])
{
    struct kor_buf out = {0};
    kor_buf_puts(&out, "who,y,x1,x2,x3\n");
    for (size_t i = 0; i < n; i++) {
        kor_buf_printf(&out, "t%zu,%.10g,%.10g,%.10g,%.10g\n", people[i].group,
                       people[i].y, people[i].x[0], people[i].x[1],
                       people[i].x[2]);
    }
    temp_file(path, out.text, out.size);
    kor_buf_done(&out);
}

static void
assert_groups(const struct expected *e, json_t *got)
{
    for (size_t g = 0; g < e->n_groups; g++) {
        char key[64];
        size_t of = 0;
        snprintf(key, sizeof key, "groups.%zu.group", g);
        assert_int_equal(sscanf(stat_word(got, key), "t%zu", &of), 1);
        json_t *row = json_array_get(stat_at(got, "groups"), g);
        const double *lme4_row = e->groups[of];
        assert_near(lme4_row[0], stat_real(row, "n"), 0, 0);
        assert_near(lme4_row[1], stat_real(row, "u"), 1e-9, 1e-7);
        assert_near(lme4_row[2], stat_real(row, "se"), 0, 1e-7);
        assert_near(lme4_row[3], stat_real(row, "se_terms"), 0, 1e-7);
        assert_near(stat_real(row, "u") - 1.95996398454 * lme4_row[2],
                    stat_real(row, "low"), 1e-9, 1e-9);
        assert_int_equal(json_is_true(stat_at(row, "small")),
                         lme4_row[0] < 15);
    }
}

static void
lme4_finds_the_same(void **state)
{
    static const char *const covariates[] = {
        "", " --covariate x1", " --covariate x1 x2",
        " --covariate x1 x2 --covariate x3"};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(lme4); i++) {
        const struct expected *e = &lme4[i];
        char path[TEMP_SIZE], line[256];
        write_people(e->people, e->n, path);
        snprintf(line, sizeof line,
                 "stat therapists %s --score y --group who%s", path,
                 covariates[e->n_covariates]);
        json_t *got = run_stat(line);
        print_message("%s\n", e->name);
        assert_string_equal(stat_word(got, "status"),
                            e->tau2 > 0 ? "converged" : "boundary");
        assert_near((double)e->n, stat_real(got, "people"), 0, 0);
        assert_near(e->icc, stat_real(got, "icc"), 0, 1e-8);
        assert_near(e->icc_high, stat_real(got, "icc_high"), 0, 1e-8);
        assert_near(e->tau2, stat_real(got, "tau2"), 0, 1e-8);
        assert_near(e->sigma2, stat_real(got, "sigma2"), 0, 1e-8);
        assert_near(e->loglik, stat_real(got, "loglik"), 0, 1e-10);
        for (size_t k = 0; k <= e->n_covariates; k++) {
            char b[16], se[16];
            snprintf(b, sizeof b, "b.%zu", k);
            snprintf(se, sizeof se, "se.%zu", k);
            assert_near(e->b[k], stat_real(got, b), 0, 1e-8);
            assert_near(e->se[k], stat_real(got, se), 0, 1e-8);
        }
        assert_groups(e, got);
        json_decref(got);
        temp_remove(path);
    }
}

/* One without a group, one without a score, one without a covariate, and a
 * group of which nobody is left. */
static void
who_lacks_something_is_left_out_and_counted(void **state)
{
    static const char text[] =
        "g;y;x\na;1,5;1\na;3;2\nb;4;2\nb;7;5\nc;2;NA\nc;8;4\nc;6;4\n"
        ";5;3\nd;;3\na;2;4\n";
    char path[TEMP_SIZE], line[256];
    (void)state;
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line,
             "stat therapists %s --score y --group g --covariate x "
             "--level 0.9 --small 3",
             path);
    json_t *got = run_stat(line);
    assert_near(7, stat_real(got, "people"), 0, 0);
    assert_near(3, stat_real(got, "left_out"), 0, 0);
    assert_near(0.9, stat_real(got, "level"), 0, 0);
    assert_string_equal(stat_word(got, "terms.1"), "x");
    assert_near(3, stat_real(got, "groups.0.n"), 0, 0);
    assert_true(json_is_false(stat_at(got, "groups.0.small")));
    assert_true(json_is_true(stat_at(got, "groups.1.small")));
    assert_string_equal(stat_word(got, "groups.3.group"), "d");
    assert_true(json_is_null(stat_at(got, "groups.3.u")));
    assert_true(json_is_null(stat_at(got, "groups.3.stands")));
    json_decref(got);
    temp_remove(path);
}

static void
too_few_is_a_status(void **state)
{
    static const char *const texts[] = {"g,y\n,4\n", "g,y\na,4\nb,5\na,6\n"};
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(texts); i++) {
        char path[TEMP_SIZE], line[256];
        temp_file(path, texts[i], strlen(texts[i]));
        snprintf(line, sizeof line, "stat therapists %s --score y --group g",
                 path);
        json_t *got = run_stat(line);
        assert_string_equal(stat_word(got, "status"), "too-few");
        assert_true(json_is_null(stat_at(got, "icc")));
        json_decref(got);
        temp_remove(path);
    }
}

static void
errors_name_the_option_or_the_line(void **state)
{
    static const char text[] = "g,y\na,4\nb,x\n";
    char path[TEMP_SIZE], line[256];
    (void)state;
    run_stat_refused("stat therapists x.csv --score y", 64, "--group");
    run_stat_refused("stat therapists x.csv --group y", 64, "--score");
    run_stat_refused("stat therapists x.csv --score y --group g --level 1", 64,
                     "--level");
    run_stat_refused("stat therapists x.csv --score y --group g --small -1",
                     64, "--small");
    run_stat_refused("stat therapists x.csv --score y --group g --covariate "
                     "a b c d e f g h i j k l m n o p",
                     64, "at most 15");
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line, "stat therapists %s --score y --group g",
             path);
    run_stat_refused(line, 65, "line 3, column y: 'x'");
    snprintf(line, sizeof line, "stat therapists %s --score y --group h",
             path);
    run_stat_refused(line, 65, "no column 'h'");
    temp_remove(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lme4_finds_the_same),
        cmocka_unit_test(who_lacks_something_is_left_out_and_counted),
        cmocka_unit_test(too_few_is_a_status),
        cmocka_unit_test(errors_name_the_option_or_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
