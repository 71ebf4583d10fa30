/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 'kor stat effect' on Beat the Blues against R (client_effect_oracle.h, made
 * by client_effect.R). */

#include "support/near.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/buf.h"
#include "support/run_stat.h"
#include "support/temp.h"

struct figure {
    const char *path;
    double value;
};

#include "oracle/client_effect_oracle.h"

#define COLUMNS " --id id --time session --score bdi_total "
#define BTHEB "stat effect tests/data/btheb.csv" COLUMNS

static void
assert_figures(json_t *got, const struct figure figures[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        print_message("%s\n", figures[i].path);
        assert_near(figures[i].value, stat_real(got, figures[i].path), 0,
                    1e-12);
    }
}

static void
the_sizes_are_those_of_r(void **state)
{
    (void)state;
    json_t *got = run_stat(BTHEB "--sd 7.75 --cutoff 14");
    assert_figures(got, by_default, KOR_LENGTH(by_default));
    assert_string_equal(stat_word(got, "saes_status"), "fitted");
    assert_true(json_is_null(stat_at(got, "res_mean")));
    assert_true(json_is_null(stat_at(got, "saes_low")));
    json_decref(got);
    got = run_stat(BTHEB "--sd 7.75 --level 0.8 --lower-is-better");
    assert_figures(got, at_80, KOR_LENGTH(at_80));
    assert_true(json_is_null(stat_at(got, "saes_mean")));
    assert_true(json_is_null(stat_at(got, "saes_n")));
    json_decref(got);
}

/* 40 minus the score is better where it is higher. */
static void
directions_mirror_each_other(void **state)
{
    static const char text[] = "a,b\n10,20\n14,12\n20,31\n9,\n,\n17,19\n";
    static const char mirror[] = "a,b\n30,20\n26,28\n20,9\n31,\n,\n23,21\n";
    char path[2][TEMP_SIZE], line[256];
    (void)state;
    temp_file(path[0], text, strlen(text));
    temp_file(path[1], mirror, strlen(mirror));
    snprintf(line, sizeof line,
             "stat effect %s --pre a --post b --higher-is-better", path[0]);
    json_t *up = run_stat(line);
    snprintf(line, sizeof line, "stat effect %s --pre a --post b", path[1]);
    json_t *down = run_stat(line);
    assert_near(4, stat_real(up, "n"), 0, 0);
    assert_near(1, stat_real(up, "one_score"), 0, 0);
    assert_near(1, stat_real(up, "no_score"), 0, 0);
    assert_near(5.25, stat_real(up, "m_change"), 0, 1e-15);
    assert_near(stat_real(up, "d_pre_low"), stat_real(down, "d_pre_low"), 0,
                1e-13);
    assert_near(stat_real(up, "srm"), stat_real(down, "srm"), 0, 1e-13);
    json_decref(up);
    json_decref(down);
    temp_remove(path[0]);
    temp_remove(path[1]);
}

/* Writes the rows of Beat the Blues whose episode ended as planned, or the
 * others, into a file. */
static void
split(bool is_planned, char path[TEMP_SIZE])
{
    struct kor_buf out = {0};
    char *line = NULL;
    size_t size = 0;
    FILE *file = fopen("tests/data/btheb.csv", "r");
    assert_non_null(file);
    while (getline(&line, &size, file) > 0) {
        bool ends = strstr(line, ",planned") != NULL;
        if (!strncmp(line, "id,", 3) || ends == is_planned) {
            kor_buf_puts(&out, line);
        }
    }
    free(line);
    fclose(file);
    temp_file(path, out.text, out.size);
    kor_buf_done(&out);
}

static void
others_are_held_against_a_reference(void **state)
{
    char planned[TEMP_SIZE], others[TEMP_SIZE], line[512];
    (void)state;
    split(true, planned);
    split(false, others);
    snprintf(line, sizeof line,
             "stat effect %s" COLUMNS "--cutoff 14 --reference %s", others,
             planned);
    json_t *got = run_stat(line);
    assert_figures(got, against_planned, KOR_LENGTH(against_planned));
    json_decref(got);
    temp_remove(planned);
    temp_remove(others);
}

/* Changes 4, 8, 6, 10 from 20, 22, 24, 26 (and one below the cut-off): the
 * line is 6.2, 6.6 ... by hand slope 0.8, mean 7, residuals -0.6, 1.8, -1.8,
 * 0.6, SD sqrt(20 / 3). */
static void
each_person_has_a_size(void **state)
{
    static const char text[] = "who,a,b\nv,20,16\nw,22,14\nx,24,18\n"
                               "y,26,16\nz,14,5\n";
    static const double residuals[] = {-0.6, 1.8, -1.8, 0.6};
    char path[TEMP_SIZE], line[256];
    double sd = sqrt(20.0 / 3);
    (void)state;
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line,
             "stat effect %s --pre a --post b --id who --cutoff 14 --each",
             path);
    json_t *got = run_stat(line);
    for (size_t i = 0; i < 4; i++) {
        char key[32];
        snprintf(key, sizeof key, "each.%zu.saes", i);
        assert_near((7 + residuals[i]) / sd, stat_real(got, key), 0, 1e-13);
    }
    assert_string_equal(stat_word(got, "each.4.id"), "z");
    assert_true(json_is_null(stat_at(got, "each.4.saes")));
    assert_near(4, stat_real(got, "saes_n"), 0, 0);
    json_decref(got);
    snprintf(line, sizeof line,
             "stat effect %s --pre a --post b --cutoff 14 "
             "--start-operator ge",
             path);
    got = run_stat(line);
    assert_near(5, stat_real(got, "saes_n"), 0, 0);
    json_decref(got);
    temp_remove(path);
}

static void
nobody_has_no_size(void **state)
{
    static const char text[] = "a,b\n20,\n";
    char path[TEMP_SIZE], line[256];
    (void)state;
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line,
             "stat effect %s --pre a --post b --cutoff 14 --sd 8", path);
    json_t *got = run_stat(line);
    assert_near(0, stat_real(got, "n"), 0, 0);
    assert_true(json_is_null(stat_at(got, "d_pre")));
    assert_true(json_is_null(stat_at(got, "d_sd_low")));
    assert_string_equal(stat_word(got, "saes_status"), "too-few");
    json_decref(got);
    temp_remove(path);
}

static void
errors_name_the_option_or_the_line(void **state)
{
    static const char text[] = "a,b\n20,4\n21,1e101\n";
    char path[TEMP_SIZE], line[256];
    (void)state;
    run_stat_refused("stat effect x.csv --pre a", 64, "--post");
    run_stat_refused("stat effect x.csv --pre a --post b --score c", 64,
                     "exclude each other");
    run_stat_refused("stat effect x.csv --pre a --post b --sd 0", 64, "--sd");
    run_stat_refused("stat effect x.csv --pre a --post b --level 95", 64,
                     "--level");
    run_stat_refused("stat effect x.csv --pre a --post b --each", 64,
                     "--each needs --cutoff");
    run_stat_refused("stat effect x.csv --pre a --post b --cutoff 9 "
                     "--start-operator lt",
                     64, "gt, ge");
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line, "stat effect %s --pre a --post b", path);
    run_stat_refused(line, 65, "line 3, column b");
    snprintf(line, sizeof line,
             "stat effect tests/data/btheb.csv" COLUMNS
             "--cutoff 14 --reference %s",
             path);
    run_stat_refused(line, 65, path);
    temp_remove(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sizes_are_those_of_r),
        cmocka_unit_test(directions_mirror_each_other),
        cmocka_unit_test(others_are_held_against_a_reference),
        cmocka_unit_test(each_person_has_a_size),
        cmocka_unit_test(nobody_has_no_size),
        cmocka_unit_test(errors_name_the_option_or_the_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
