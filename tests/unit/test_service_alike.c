/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The second opinion on a graph: the closed episodes most alike. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/stat/neighbours.h"
#include "plot/runner.h"
#include "support/rule.h"

static struct kor_plot_runner *runner;

static int
set_up(void **state)
{
    struct kor_plot_limits limits = kor_plot_limits_default("/tmp");
    struct clinic *clinic = clinic_new();
    assert_int_equal(kor_plot_runner_new(&limits, &runner, NULL), KOR_OK);
    clinic->config.runner = runner;
    *state = clinic;
    return 0;
}

static int
tear_down(void **state)
{
    clinic_free(*state);
    kor_plot_runner_free(runner);
    return 0;
}

/* A client with the scores 20, 21, 24 and 24, and the course of 'n' people in
 * use. */
static void
make(struct clinic *clinic, int n, struct rule_rows *kept,
     char code[KOR_CLIENT_CODE_SIZE])
{
    static const double scores[] = {20, 21, 24, 24};
    rule_import(clinic, n, kept);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    clinic_ok(clinic, "course.use", "{'id': 1}");
    clinic_ok(clinic, "open", "{'born': '1980-01'}");
    strcpy(code, clinic_text(clinic, "code"));
    for (int i = 0; i < 4; i++) {
        clinic_day(clinic, 7 * i);
        clinic_total(clinic, code, "outcome", scores[i]);
    }
}

static void
end(struct clinic *clinic, const char *code)
{
    clinic_ok(clinic, "close",
              "{'code': '%s', 'reason': 'done', 'ending': 'planned'}", code);
}

static const char *
graph(struct clinic *clinic, const char *code, const char *more)
{
    clinic_ok(clinic, "graph", "{'code': '%s', 'format': 'svg'%s}", code,
              more);
    return clinic_text(clinic, "text");
}

/* What kor_neighbours_find() says of that client. */
static struct kor_neighbours
found_in(const struct rule_rows *kept)
{
    static const double at[] = {1, 2, 3, 4}, points[] = {20, 21, 24, 24};
    const struct kor_episodes episodes = {.n_people = kept->n_people,
                                          .from = kept->from,
                                          .at = kept->at,
                                          .points = kept->points};
    const struct kor_neighbours_target target
        = {.at = at, .points = points, .n = 4, .index = KOR_NOBODY};
    const struct kor_neighbours_pool pool = {.episodes = &episodes};
    const struct kor_neighbours_wish wish
        = {.f = KOR_TIME_LOG, .k = 20, .level = 0.8, .max_points = 40};
    struct kor_neighbours_work work
        = {.found = kor_alloc_array(RULE_PEOPLE, sizeof *work.found),
           .features = kor_alloc_array(RULE_PEOPLE, sizeof *work.features)};
    struct kor_neighbours found;
    kit_ok(kor_neighbours_find(&target, &pool, &wish, &work, &found, NULL),
           NULL);
    free(work.found);
    free(work.features);
    return found;
}

static void
a_graph_shows_how_the_most_alike_went_on(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], words[96];
    static struct rule_rows kept;
    memset(&kept, 0, sizeof kept);
    make(clinic, 200, &kept, code);
    const struct kor_neighbours found = found_in(&kept);
    int last = 7; /* Three sessions past the last one. */
    while (found.sessions[last].n < 10) {
        last--;
    }
    assert_true(found.sessions[7].n < 10); /* Too few of the 20. */
    const char *svg = graph(clinic, code, "");
    const char *said = strstr(svg, "The 20 most alike were at ");
    double mean;
    int session;
    assert_non_null(said);
    assert_int_equal(sscanf(said, "The 20 most alike were at %lf on average "
                                  "by session %d.", &mean, &session),
                     2);
    assert_near(found.sessions[last].mean, mean, 0.0501, 0);
    assert_int_equal(last, session);
    snprintf(words, sizeof words, "among %zu;", found.n_compared);
    assert_non_null(strstr(svg, words));
    assert_true(found.n_compared < 200); /* Some did not come that far. */
}

static void
they_can_be_left_out_and_stand_beside_the_range_alone(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    make(clinic, 200, NULL, code);
    assert_null(strstr(graph(clinic, code, ", 'no_neighbours': true"),
                       "alike"));
    assert_null(strstr(graph(clinic, code, ", 'no_band': true"), "alike"));
    assert_non_null(strstr(graph(clinic, code, ""), "alike"));
}

static void
a_closed_episode_is_not_alike_to_itself(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], words[32];
    static struct rule_rows kept;
    memset(&kept, 0, sizeof kept);
    make(clinic, 200, &kept, code);
    size_t n_compared = found_in(&kept).n_compared;
    end(clinic, code);
    clinic_ok(clinic, "course.fit", "{'scale': 'outcome'}");
    clinic_ok(clinic, "course.use", "{'id': 2}");
    snprintf(words, sizeof words, "among %zu;", n_compared);
    assert_non_null(strstr(graph(clinic, code, ""), words));
}

static void
too_few_to_compare_are_not_shown(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    make(clinic, 200, NULL, code);
    for (int i = 4; i < 6; i++) { /* Fewer than 100 came more often. */
        clinic_day(clinic, 7 * i);
        clinic_total(clinic, code, "outcome", 25);
    }
    const char *svg = graph(clinic, code, "");
    assert_null(strstr(svg, "alike"));
    assert_non_null(strstr(svg, "expected range"));
}

static void
episodes_that_end_later_come_in_with_the_next_course(void **state)
{
    struct clinic *clinic = *state;
    char one[KOR_CLIENT_CODE_SIZE], two[KOR_CLIENT_CODE_SIZE];
    make(clinic, 200, NULL, one);
    char *before = strdup(graph(clinic, one, ""));
    clinic_open(clinic, two);
    for (int i = 0; i < 5; i++) {
        clinic_day(clinic, 21 + 7 * i);
        clinic_total(clinic, two, "outcome", 20 + i);
    }
    end(clinic, two);
    clinic_day(clinic, 21);
    assert_string_equal(before, graph(clinic, one, ""));
    clinic_restart(clinic);
    assert_string_equal(before, graph(clinic, one, ""));
    free(before);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_graph_shows_how_the_most_alike_went_on),
        T(they_can_be_left_out_and_stand_beside_the_range_alone),
        T(a_closed_episode_is_not_alike_to_itself),
        T(too_few_to_compare_are_not_shown),
        T(episodes_that_end_later_come_in_with_the_next_course),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
