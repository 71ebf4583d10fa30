/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 'kor stat change' and 'kor stat pair': Beat the Blues and a made-up scale
 * against R (change_oracle.h, made by change.R), two scales by hand. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/compiler.h"
#include "kor/stat/change.h"
#include "support/run_stat.h"
#include "support/temp.h"

#include "oracle/change_oracle.h"

#define BTHEB                                                                 \
    "stat change tests/data/btheb.csv --id id --time month --score "          \
    "bdi_total --f log1p"

enum { LINE = 512 };

/* The options that the row 'o' of the oracle stands for, of the set that has
 * the norm 'norm' and the reliabilities 'r'. */
static void
options_of(const struct change_oracle *o, const char *norm, const char *r,
           const char *line, char to[LINE])
{
    char cut[64] = "", limit[64];
    if (o->cutoff == KOR_CHANGE_CUTOFF_FIXED) {
        snprintf(cut, sizeof cut, " --cutoff %s", line);
    } else if (o->cutoff != KOR_CHANGE_NO_CUTOFF) {
        snprintf(cut, sizeof cut, " %s --cut %c", norm,
                 'a' + (int)(o->cutoff - KOR_CHANGE_CUTOFF_A));
    }
    if (isnan(o->rc_points)) {
        snprintf(limit, sizeof limit, "%s", r);
    } else {
        snprintf(limit, sizeof limit, "--rc %g", o->rc_points);
    }
    snprintf(to, LINE, "--method %s %s%s --operator %s", o->method, limit,
             cut, o->at_least ? "ge" : "gt");
}

static void
assert_found(const struct change_oracle *o, json_t *found)
{
    static const char *const keys[] = {"recovered", "improved", "unchanged",
                                       "deteriorated", "harmed"};
    double n = 0;
    char path[64];
    assert_string_equal(stat_word(found, "method"), o->method);
    assert_string_equal(stat_word(found, "status"), "ok");
    for (int k = 0; k < KOR_CHANGE_CLASSES; k++) {
        assert_near((double)o->count[k], stat_real(found, keys[k]), 0, 0);
        snprintf(path, sizeof path, "methods.0.%s", keys[k]);
        assert_near((double)o->count[k], stat_real(found, path), 0, 0);
        n += (double)o->count[k];
    }
    assert_near(n, stat_real(found, "n"), 0, 0);
    assert_near(o->cutoff_points, stat_real(found, "cutoff"), 0, 1e-13);
    assert_near(o->needed, stat_real(found, "needed_points"), 0, 1e-12);
    assert_near(o->needed_worse, stat_real(found, "needed_worse_points"), 0,
                1e-12);
}

static void
long_form_is_that_of_r(void **state)
{
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(oracles); k++) {
        const struct change_oracle *o = &oracles[k];
        char options[LINE], line[2 * LINE];
        if (strcmp(o->set, "btheb") || o->flipped) {
            continue;
        }
        options_of(o, "--norm-mean 5 --norm-sd 4.5",
                   "--reliability 0.9 --reliability-post 0.85", "14", options);
        snprintf(line, sizeof line, BTHEB " %s", options);
        json_t *found = run_stat(line);
        assert_found(o, found);
        assert_near(100, stat_real(found, "people"), 0, 0);
        assert_near(97, stat_real(found, "pairs"), 0, 0);
        assert_near(3, stat_real(found, "one_score"), 0, 0);
        json_decref(found);
    }
}

static void
write_made(char path[TEMP_SIZE])
{
    struct kor_buf text = {0};
    kor_buf_puts(&text, "who;before;after\n");
    for (size_t i = 0; i < KOR_LENGTH(made_first); i++) {
        kor_buf_printf(&text, "p%zu;%.1f;", i, made_first[i]);
        if (isnan(made_last[i])) {
            kor_buf_puts(&text, "NA\n");
        } else {
            kor_buf_printf(&text, "%.1f\n", made_last[i]);
        }
    }
    temp_file(path, text.text, text.size);
    kor_buf_done(&text);
}

static void
two_columns_are_those_of_r(void **state)
{
    char path[TEMP_SIZE];
    (void)state;
    write_made(path);
    for (size_t k = 0; k < KOR_LENGTH(oracles); k++) {
        const struct change_oracle *o = &oracles[k];
        char options[LINE], line[2 * LINE];
        if (strcmp(o->set, "made") || o->flipped) {
            continue;
        }
        options_of(o, "--norm-mean 28 --norm-sd 6.8",
                   "--reliability 0.88 --reliability-post 0.8", "25", options);
        snprintf(line, sizeof line,
                 "stat change %s --pre before --post after "
                 "--higher-is-better %s",
                 path, options);
        json_t *found = run_stat(line);
        assert_found(o, found);
        assert_near(1, stat_real(found, "one_score"), 0, 0);
        json_decref(found);
    }
    temp_remove(path);
}

static void
all_methods_stand_side_by_side(void **state)
{
    static const double *const indices[]
        = {btheb_jt, btheb_gln, btheb_hll, btheb_en,
           btheb_nk, btheb_ha,  btheb_hlm};
    (void)state;
    json_t *found = run_stat(BTHEB " --method all --reliability 0.9 "
                                   "--reliability-post 0.85 --each");
    assert_int_equal(json_array_size(stat_at(found, "methods")), 7);
    for (int m = 0; m < KOR_CHANGE_METHODS; m++) {
        char path[64];
        snprintf(path, sizeof path, "methods.%d.method", m);
        assert_string_equal(
            stat_word(found, path),
            kor_change_method_name((enum kor_change_method)m));
        for (int i = 0; i < 100; i++) {
            snprintf(path, sizeof path, "methods.%d.each.%d.index", m, i);
            assert_near(indices[m][i], stat_real(found, path), 1e-5, 1e-5);
        }
    }
    assert_string_equal(stat_word(found, "methods.0.each.1.id"), "2");
    assert_string_equal(stat_word(found, "methods.0.each.0.class"),
                        "improved");
    assert_true(json_is_true(stat_at(found, "methods.2.is_group_relative")));
    assert_string_equal(stat_word(found, "methods.6.fit_status"), "converged");
    json_decref(found);
}

/* Month 0 has no log: without --f, six methods stand and hlm says no. */
static void
a_method_that_cannot_be_leaves_the_others(void **state)
{
    (void)state;
    json_t *found
        = run_stat("stat change tests/data/btheb.csv --id id --time month "
                   "--score bdi_total --reliability 0.9 --method all");
    assert_string_equal(stat_word(found, "methods.5.status"), "ok");
    assert_string_equal(stat_word(found, "methods.6.status"), "no-fit");
    assert_true(json_is_null(stat_at(found, "methods.6.unchanged")));
    assert_near(0, stat_real(found, "methods.6.n"), 0, 0);
    json_decref(found);
    run_stat_refused("stat change tests/data/btheb.csv --id id --time month "
                     "--score bdi_total --method hlm",
                     65, "--f log1p");
}

static void
a_first_score_on_the_line_has_an_operator_of_its_own(void **state)
{
    static const char text[] = "a,b\n25,33\n";
    char path[TEMP_SIZE], line[LINE];
    (void)state;
    temp_file(path, text, strlen(text));
    for (int at_least = 0; at_least < 2; at_least++) {
        snprintf(line, sizeof line,
                 "stat change %s --pre a --post b --rc 6 --cutoff 25 "
                 "--higher-is-better --start-operator %s",
                 path, at_least ? "ge" : "gt");
        json_t *found = run_stat(line);
        assert_near(at_least, stat_real(found, "recovered"), 0, 0);
        assert_near(!at_least, stat_real(found, "improved"), 0, 0);
        json_decref(found);
    }
    temp_remove(path);
}

static void
a_norm_on_the_wrong_side_is_said(void **state)
{
    (void)state;
    json_t *found = run_stat(BTHEB " --reliability 0.9 --norm-mean 5 "
                                   "--norm-sd 4.5 --higher-is-better");
    assert_true(json_is_true(stat_at(found, "norm_is_worse")));
    json_decref(found);
    found = run_stat(BTHEB " --reliability 0.9 --norm-mean 5 --norm-sd 4.5");
    assert_true(json_is_false(stat_at(found, "norm_is_worse")));
    json_decref(found);
}

static void
what_is_missing_is_named(void **state)
{
    static const struct {
        const char *options, *said;
        int status;
    } rows[] = {
        {"", "--reliability", 64},
        {" --method nn", "--method must be one of jt, gln", 64},
        {" --method gln --rc 5", "--rc fixes the points of --method jt", 64},
        {" --method all --rc 5", "--rc fixes the points", 64},
        {" --rc 5 --reliability 0.9", "exclude each other", 64},
        {" --rc 5 --norm-mean 4", "--norm-sd", 64},
        {" --rc 5 --cut b", "--norm-mean", 64},
        {" --rc 5 --cutoff 9 --norm-mean 4", "exclude each other", 64},
        {" --rc 5 --cutoff 9 --cut a", "exclude each other", 64},
        {" --rc 0", "above 0", 65},
        {" --reliability 1", "below 1", 65},
        {" --reliability 2", "from 0 to 1", 64},
        {" --rc 5 --operator eq", "--operator must be one of gt, ge", 64},
        {" --rc 5 --pre id", "--post", 64},
        {" --rc 5 --pre id --post id", "exclude each other", 64},
    };
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        char line[LINE];
        snprintf(line, sizeof line, BTHEB "%s", rows[i].options);
        run_stat_refused(line, rows[i].status, rows[i].said);
    }
    run_stat_refused("stat change x.csv --pre a --post b --method hlm", 64,
                     "--id, --time and --score");
    run_stat_refused("stat change x.csv --rc 5", 64, "--id");
}

static const char pair_text[]
    = "p1,p2,g1,g2,met\n15,9,14,7,5\n15,10,14,7,2\n10,9,3,3,2\n"
      "16,9,3,7,8\n9,15,7,7,3\n9,3,7,7,9\n20,,18,18,4\n15,1,14,1,1\n";

#define PAIR "stat pair %s --pre1 p1 --post1 p2 --pre2 g1 --post2 g2"

static void
two_scales_are_judged_together(void **state)
{
    char path[TEMP_SIZE], line[LINE];
    (void)state;
    temp_file(path, pair_text, strlen(pair_text));
    snprintf(line, sizeof line, PAIR " --sessions met", path);
    json_t *found = run_stat(line);
    assert_near(8, stat_real(found, "people"), 0, 0);
    assert_near(6, stat_real(found, "n"), 0, 0);
    assert_near(1, stat_real(found, "missing"), 0, 0);
    assert_near(1, stat_real(found, "too_short"), 0, 0);
    assert_near(4, stat_real(found, "at_caseness"), 0, 0);
    assert_near(3, stat_real(found, "recovery.count"), 0, 0);
    assert_near(4, stat_real(found, "recovery.of"), 0, 0);
    assert_near(0.75, stat_real(found, "recovery.share"), 0, 1e-15);
    /* R 4.2: prop.test(3, 4, correct = FALSE). */
    assert_near(0.300641842582402, stat_real(found, "recovery.low"), 1e-12, 0);
    assert_near(0.954412739190299, stat_real(found, "recovery.high"), 1e-12,
                0);
    assert_near(1, stat_real(found, "reliable_recovery.count"), 0, 0);
    assert_near(3, stat_real(found, "reliable_improvement.count"), 0, 0);
    assert_near(6, stat_real(found, "reliable_improvement.of"), 0, 0);
    assert_near(1, stat_real(found, "reliable_deterioration.count"), 0, 0);
    json_decref(found);
    temp_remove(path);
}

static void
thresholds_and_operators_are_options(void **state)
{
    static const struct {
        const char *options;
        double caseness, recovered, improved, reliably;
    } rows[] = {
        {"", 5, 4, 4, 2},
        {" --case1 16 --case2 15", 1, 1, 4, 0},
        {" --case-operator gt", 4, 4, 4, 3}, /* 10 is not, nor at the end. */
        {" --operator gt", 5, 4, 4, 3},      /* 6, or 4, is not enough. */
        {" --rc1 15 --rc2 8", 5, 4, 1, 1},
    };
    char path[TEMP_SIZE], line[LINE];
    (void)state;
    temp_file(path, pair_text, strlen(pair_text));
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        snprintf(line, sizeof line, PAIR "%s", path, rows[i].options);
        json_t *found = run_stat(line);
        assert_near(rows[i].caseness, stat_real(found, "at_caseness"), 0, 0);
        assert_near(rows[i].recovered, stat_real(found, "recovery.count"), 0,
                    0);
        assert_near(rows[i].improved,
                    stat_real(found, "reliable_improvement.count"), 0, 0);
        assert_near(rows[i].reliably,
                    stat_real(found, "reliable_recovery.count"), 0, 0);
        json_decref(found);
    }
    snprintf(line, sizeof line, PAIR " --max1 15 --case1 10", path);
    run_stat_refused(line, 65, "line 5, column p1 (highest score: --max1)");
    snprintf(line, sizeof line, PAIR " --case1 28", path);
    run_stat_refused(line, 64, "--case1 must be a number from 0 to 27");
    run_stat_refused("stat pair x.csv --pre1 a --post1 b --pre2 c", 64,
                     "--post2");
    temp_remove(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(long_form_is_that_of_r),
        cmocka_unit_test(two_columns_are_those_of_r),
        cmocka_unit_test(all_methods_stand_side_by_side),
        cmocka_unit_test(a_method_that_cannot_be_leaves_the_others),
        cmocka_unit_test(a_first_score_on_the_line_has_an_operator_of_its_own),
        cmocka_unit_test(a_norm_on_the_wrong_side_is_said),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(two_scales_are_judged_together),
        cmocka_unit_test(thresholds_and_operators_are_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
