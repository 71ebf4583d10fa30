/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The 'kor stat' commands on groups against R 4.2: survfit() of survival
 * 3.5.3, alpha() and alpha.ci() of psych 2.2.9, qbinom() and prop.test(),
 * t.test() and lmer() of lme4 1.1.31; goal attainment and cusum by hand. */

#include "support/near.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "support/run_stat.h"
#include "support/temp.h"

enum { line_size = 256 };

/* Runs 'kor stat VERB' on a file with 'text' and the options 'rest'. */
static json_t *
run_on(const char *verb, const char *text, const char *rest)
{
    char path[TEMP_SIZE], line[line_size];
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line, "stat %s %s %s", verb, path, rest);
    json_t *out = run_stat(line);
    temp_remove(path);
    return out;
}

static void
assert_refused(const char *verb, const char *text, const char *rest,
               int status, const char *said)
{
    char path[TEMP_SIZE], line[line_size];
    temp_file(path, text, strlen(text));
    snprintf(line, sizeof line, "stat %s %s %s", verb, path, rest);
    run_stat_refused(line, status, said);
    temp_remove(path);
}

/* The numbers of 'keys', set apart by blanks, of the object at 'path'. */
static void
assert_reals(json_t *from, const char *path, const char *keys,
             const double expected[], double rel)
{
    char copy[line_size], at[line_size], *rest = copy, *key;
    snprintf(copy, sizeof copy, "%s", keys);
    for (size_t i = 0; (key = strsep(&rest, " ")); i++) {
        snprintf(at, sizeof at, "%s%s%s", path, *path ? "." : "", key);
        assert_near(expected[i], stat_real(from, at), rel, rel);
    }
}

static const char durations[] =
    "d,e\n3,1\n5,0\n5,1\n9,0\n9,1\n2,1\n7,0\n1,0\n,1\n4,\n";

static void
survival_is_that_of_survfit(void **state)
{
    static const double log_95[][6] = {
        {1, 8, 0, 1, 1, 1},
        {2, 7, 1, 0.857142857142857, 0.6334465290121496, 1},
        {3, 6, 1, 0.714285714285714, 0.4470909479277737, 1},
        {5, 5, 1, 0.571428571428572, 0.3008436463897868, 1},
        {7, 3, 0, 0.571428571428572, 0.3008436463897868, 1},
        {9, 2, 1, 0.285714285714286, 0.0620413238949748, 1}};
    (void)state;
    json_t *out = run_on("survival", durations, "--duration d --event e");
    assert_reals(out, "", "n missing events median median_low median_high",
                 (const double[]){8, 2, 4, 9, 3, NAN}, 0);
    for (size_t i = 0; i < KOR_LENGTH(log_95); i++) {
        char path[32];
        snprintf(path, sizeof path, "times.%zu", i);
        assert_reals(out, path, "t at_risk events s low high", log_95[i],
                     1e-13);
    }
    json_decref(out);
    out = run_on("survival", durations,
                 "--duration d --event e --scale log-log --level 0.8");
    assert_reals(out, "times.0", "s low high", (const double[]){1, NAN, NAN},
                 0);
    assert_reals(out, "times.3", "low high",
                 (const double[]){0.3059819745521553, 0.767627738615392},
                 1e-13);
    json_decref(out);
}

static const char answers[] =
    "a;b;c\n1;2;3\n2;2;3\n4;3;4\n5;;5\n0;1;1\n3;1;3\n";

static void
alpha_is_that_of_psych(void **state)
{
    (void)state;
    json_t *out = run_on("alpha", answers, "--items a,b c --rc 5");
    assert_reals(out, "",
                 "n missing k alpha low high m sd reliable_change "
                 "reliable_change_published",
                 (const double[]){5, 1, 3, 0.859223300970874,
                                  0.288707115031350, 0.984322574939716, 6.6,
                                  3.20936130717624, 3.33775972772158, 5},
                 1e-13);
    json_decref(out);
    out = run_on("alpha", "a,b\n1,1\n1,1\n", "--items a b");
    assert_reals(out, "", "n alpha low sd reliable_change_published",
                 (const double[]){2, NAN, NAN, 0, NAN}, 0);
    json_decref(out);
}

static const char goals[] =
    "who,g1,g2,w1\nx,1,1,3\ny,-2,-2,1\nz,,,2\nu,1,-2,3\n";

/* As in tests/unit/test_stat_attainment.c. */
static void
attainment_is_as_by_hand(void **state)
{
    (void)state;
    json_t *out = run_on("gas", goals, "--goals g1 g2 --id who");
    assert_reals(
        out, "", "n missing people.0.t people.1.t people.2.t",
        (const double[]){3, 1, 62.403473458920843, 25.193053082158311, NAN},
        1e-14);
    assert_string_equal(stat_word(out, "people.2.id"), "z");
    json_decref(out);
    out = run_on("gas", goals, "--goals g1 g2 --weights w1 1");
    assert_near(52.911112548697908, stat_real(out, "people.3.t"), 0, 1e-14);
    assert_string_equal(stat_word(out, "people.3.id"), "4");
    json_decref(out);
    out = run_on("gas", goals, "--goals g1 --weights 2");
    assert_reals(out, "", "people.0.t t_mean", (const double[]){60, 50},
                 1e-14);
    json_decref(out);
}

/* 12 people of a, 4 with the event; 45 of b, 36 with it. */
static void
write_units(char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "unit,done\n");
    for (int i = 1; i <= 57; i++) {
        bool is_a = i <= 12;
        used +=
            (size_t)snprintf(text + used, size - used, "%s,%d\n",
                             is_a ? "a" : "b", is_a ? i % 3 == 0 : i % 5 != 0);
    }
    snprintf(text + used, size - used, ",1\na,\n");
}

static void
funnel_is_exact_for_few(void **state)
{
    char text[512];
    (void)state;
    write_units(text, sizeof text);
    json_t *out = run_on("funnel", text, "--group unit --event done");
    assert_reals(out, "", "p0 n k missing",
                 (const double[]){40.0 / 57, 57, 40, 2}, 1e-15);
    assert_reals(
        out, "groups.0", "n k share low high low_95 high_95 low_998 high_998",
        (const double[]){12, 4, 1.0 / 3, 0.138120091091213, 0.609377911127200,
                         5.0 / 12, 11.0 / 12, 0.25, 1},
        1e-13);
    assert_string_equal(stat_word(out, "groups.0.where"), "below-95");
    assert_string_equal(stat_word(out, "groups.0.limits"), "exact");
    assert_reals(out, "groups.1", "low_95 high_95 low_998 high_998",
                 (const double[]){0.568088237315996, 0.835420534613829,
                                  0.491005895658931, 0.912502876270893},
                 1e-13);
    assert_string_equal(stat_word(out, "groups.1.where"), "within");
    json_decref(out);
    out = run_on("funnel", text,
                 "--group unit --event done --limits exact --p0 0.5");
    assert_string_equal(stat_word(out, "groups.1.where"), "above-998");
    assert_string_equal(stat_word(out, "groups.1.limits"), "exact");
    json_decref(out);
}

/* Expected 1/2 and odds of 3, as in test_cusum.c; the time puts the rows of
 * each unit in order. */
static void
cusum_is_as_by_hand(void **state)
{
    static const char text[] = "u,t,e,p\nb,2,0,.5\na,3,1,.5\na,1,1,.5\n"
                               "b,1,1,.5\na,2,1,.5\na,4,1,.5\na,5,,.5\n";
    const double more = log(1.5);
    (void)state;
    json_t *out = run_on("cusum", text,
                         "--event e --group u --time t --p0 0.5 --odds 3 "
                         "--limit 1");
    assert_reals(out, "", "n missing p0 odds limit",
                 (const double[]){6, 1, .5, 3, 1}, 0);
    assert_string_equal(stat_word(out, "groups.0.group"), "b");
    assert_reals(out, "groups.0.rows.1", "line more less",
                 (const double[]){2, 0, more}, 1e-15);
    assert_reals(out, "groups.1", "n signals_more signals_less",
                 (const double[]){4, 1, 0}, 0);
    assert_reals(out, "groups.1.rows.2", "line more",
                 (const double[]){3, 3 * more}, 1e-15);
    assert_string_equal(stat_word(out, "groups.1.rows.2.signal"), "more");
    assert_near(more, stat_real(out, "groups.1.rows.3.more"), 0, 1e-15);
    json_decref(out);
    out = run_on("cusum", text, "--event e --expected p");
    assert_near(NAN, stat_real(out, "p0"), 0, 0);
    assert_reals(out, "groups.0.rows.1", "event expected more",
                 (const double[]){1, .5, log(2 / 1.5)}, 1e-15);
    json_decref(out);
}

#define ENDINGS                                                               \
    "stat endings tests/data/btheb.csv --id id --time month --score "         \
    "bdi_total --ending ending --f log1p"

static void
endings_are_those_of_r(void **state)
{
    static const struct {
        const char *name;
        double carried[8], model[4];
    } groups[] = {
        {"planned",
         {40, 40, 21.975, 9.875, 12.1, 9.63114605636185, 9.01981005919738,
          15.18018994080262},
         {12.240670513, 1.501658762, 9.297473422, 15.183867604}},
        {"unplanned",
         {40, 38, 22.84210526315789, 17.55263157894737, 5.28947368421053,
          8.78237760929589, 2.40277799653277, 8.17616937188828},
         {9.094703990, 2.232354460, 4.719369647, 13.470038333}},
        {"open",
         {20, 19, 26.26315789473684, 18.94736842105263, 7.31578947368421,
          12.50356674259588, 1.28926321294769, 13.34231573442073},
         {9.814665871, 3.220500843, 3.502600207, 16.126731535}},
        {"all",
         {100, 97, 23.15463917525773, 14.65979381443299, 8.49484536082474,
          10.31899917561070, 6.41510658436835, 10.57458413728113},
         {11.052600958, 1.188548093, 8.723089501, 13.382112414}}};
    (void)state;
    json_t *out = run_stat(ENDINGS);
    assert_reals(out, "", "people from to", (const double[]){100, 0, 8}, 0);
    for (size_t i = 0; i < KOR_LENGTH(groups); i++) {
        char path[32];
        snprintf(path, sizeof path, "groups.%zu", i);
        assert_reals(out, path, "n n_two first last change sd low high",
                     groups[i].carried, 1e-13);
        strcat(path, ".ending");
        assert_string_equal(stat_word(out, path), groups[i].name);
        snprintf(path, sizeof path, "groups.%zu.model", i);
        assert_reals(out, path, "change se low high", groups[i].model, 1e-5);
    }
    json_decref(out);
}

static void
other_times_and_directions_can_be_asked_for(void **state)
{
    (void)state;
    json_t *out = run_stat(ENDINGS " --higher-is-better --from 2 --to 5");
    assert_near(-12.1, stat_real(out, "groups.0.change"), 0, 1e-14);
    assert_near(-15.18018994080262, stat_real(out, "groups.0.low"), 0, 1e-13);
    assert_near(-5.03025547400 * log(2),
                stat_real(out, "groups.3.model.change"), 1e-5, 0);
    json_decref(out);
    run_stat_refused(ENDINGS " --from -2", 64, "--from: the time '-2' has no");
}

static void
errors_name_line_and_column(void **state)
{
    (void)state;
    assert_refused("survival", "d,e\n1,2\n", "--duration d --event e", 65,
                   "line 2, column e: write 1 for an event");
    assert_refused("survival", "d,e\n1,1\n-1,1\n", "--duration d --event e",
                   65, "line 3, column d: the number must lie between 0");
    assert_refused("survival", "d,e\n1,1\n", "--event e", 64, "--duration");
    assert_refused("survival", "d,e\n1,1\n",
                   "--duration d --event e --level 1", 64, "--level must be");
    assert_refused("alpha", answers, "--items a", 65, "at least two items");
    assert_refused("alpha", answers, "--items a x", 65, "no column 'x'");
    assert_refused("gas", "g\n3\n", "--goals g", 65, "line 2, column g");
    assert_refused("gas", goals, "--goals g1 g2 --weights 1", 64,
                   "each of the 2 goals");
    assert_refused("gas", goals, "--goals g1 --weights 0", 64, "above 0");
    assert_refused("gas", "g,w\n1,0\n", "--goals g --weights w", 65,
                   "line 2, column w");
    assert_refused("funnel", "u,e\na,1\n", "--group u --event e --p0 2", 64,
                   "--p0 must be a number from 0 to 1");
    assert_refused("cusum", "e\n1\n1\n", "--event e", 65, "--p0");
    assert_refused("cusum", "e,p\n1,1\n", "--event e --expected p", 65,
                   "line 2, column p");
    assert_refused("cusum", "e,p\n1,.5\n", "--event e --expected p --p0 .5",
                   64, "exclude each other");
    assert_refused("endings", "i,t,s,x\na,1,5,\na,2,4,gone\n",
                   "--id i --time t --score s --ending x", 65,
                   "line 3, column x: an ending is planned");
}

static void
rows_without_numbers_have_no_figures(void **state)
{
    (void)state;
    json_t *out = run_on("survival", "d,e\nNA,1\n", "--duration d --event e");
    assert_reals(out, "", "n median", (const double[]){0, NAN}, 0);
    json_decref(out);
    out = run_on("alpha", "a,b\n1,\n", "--items a b");
    assert_reals(out, "", "n alpha m", (const double[]){0, NAN, NAN}, 0);
    json_decref(out);
    out = run_on("gas", "g\nNA\n", "--goals g");
    assert_reals(out, "", "n t_mean", (const double[]){0, NAN}, 0);
    json_decref(out);
    out = run_on("funnel", "u,e\na,\n", "--group u --event e");
    assert_reals(out, "", "n p0", (const double[]){0, NAN}, 0);
    json_decref(out);
    out = run_on("cusum", "e\nNA\n", "--event e");
    assert_reals(out, "", "n p0", (const double[]){0, NAN}, 0);
    json_decref(out);
    out = run_on("endings", "i,t,s,x\na,1,,\n",
                 "--id i --time t --score s --ending x");
    assert_reals(out, "", "people from to groups.0.change",
                 (const double[]){0, NAN, NAN, NAN}, 0);
    assert_string_equal(stat_word(out, "groups.3.model.status"), "too-few");
    json_decref(out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(survival_is_that_of_survfit),
        cmocka_unit_test(alpha_is_that_of_psych),
        cmocka_unit_test(attainment_is_as_by_hand),
        cmocka_unit_test(funnel_is_exact_for_few),
        cmocka_unit_test(cusum_is_as_by_hand),
        cmocka_unit_test(endings_are_those_of_r),
        cmocka_unit_test(other_times_and_directions_can_be_asked_for),
        cmocka_unit_test(errors_name_line_and_column),
        cmocka_unit_test(rows_without_numbers_have_no_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
