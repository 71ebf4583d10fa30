/* SPDX-License-Identifier: GPL-3.0-or-later */

/* 'kor stat neighbours' against R (neighbours_oracle.h, made by
 * neighbours.R). */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/compiler.h"
#include "kor/stat/neighbours.h"
#include "support/run_stat.h"
#include "support/temp.h"

enum { most_people = 100, sessions = KOR_NEIGHBOURS_MAX_SESSIONS };

struct oracle {
    const struct kor_episodes *episodes;
    const double *covariates;
    size_t n_covariates;
    size_t person, n; /* Which of them, with so many scores. */
    struct kor_neighbours_wish wish;
    size_t n_compared, n_features, n_found;
    struct kor_neighbour found[most_people];
    struct kor_neighbours_session by[sessions];
};

#include "oracle/neighbours_oracle.h"

/* A row a score, with three columns of covariates of which one may be
 * missing; those of the second row of a person are left out, if not all. */
static void
save_people(const struct oracle *o, char path[TEMP_SIZE])
{
    const struct kor_episodes *e = o->episodes;
    struct kor_buf text = {0};
    kor_buf_puts(&text, "who,when,what,x0,x1,x2\n");
    for (size_t i = 0; i < e->n_people; i++) {
        for (size_t k = e->from[i]; k < e->from[i + 1]; k++) {
            kor_buf_printf(&text, "p%zu,%.17g,%.17g", i, e->at[k],
                           e->points[k]);
            for (size_t c = 0; c < 3; c++) {
                double x = o->covariates ? o->covariates[3 * i + c] : NAN;
                if (isnan(x) || k == e->from[i] + 1) {
                    kor_buf_puts(&text, ",NA");
                } else {
                    kor_buf_printf(&text, ",%.17g", x);
                }
            }
            kor_buf_putc(&text, '\n');
        }
    }
    temp_file(path, kor_buf_text(&text), text.size);
    kor_buf_done(&text);
}

static json_t *
run_oracle(const struct oracle *o)
{
    char path[TEMP_SIZE], line[400], after[64] = "";
    if (o->n > 1) {
        size_t last = o->episodes->from[o->person] + o->n - 1;
        snprintf(after, sizeof after, " --after %g", o->episodes->at[last]);
    }
    save_people(o, path);
    snprintf(line, sizeof line,
             "stat neighbours %s --id who --time when --score what --person "
             "p%zu --k %zu --f %s --level %g --min %g --max %g%s%s",
             path, o->person, o->wish.k, kor_time_name(o->wish.f),
             o->wish.level, o->wish.min_points, o->wish.max_points, after,
             o->covariates ? " --covariate x0,x1,x2" : "");
    json_t *got = run_stat(line);
    temp_remove(path);
    return got;
}

static void
assert_course(const struct oracle *o, json_t *got)
{
    json_t *course = stat_at(got, "course");
    size_t n = 0;
    for (size_t s = 0; s < sessions; s++) {
        const struct kor_neighbours_session *e = &o->by[s];
        if (e->n > 0) {
            json_t *row = json_array_get(course, n++);
            assert_near((double)s, stat_real(row, "session"), 0, 0);
            assert_near((double)e->n, stat_real(row, "n"), 0, 0);
            assert_near(e->mean, stat_real(row, "mean"), 0, 1e-13);
            assert_near(e->sd, stat_real(row, "sd"), 0, 1e-12);
            assert_near(e->low, stat_real(row, "low"), 1e-12, 1e-12);
            assert_near(e->high, stat_real(row, "high"), 0, 1e-12);
        }
    }
    assert_int_equal(json_array_size(course), n);
}

static void
neighbours_are_those_of_r(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(oracles); i++) {
        const struct oracle *o = &oracles[i];
        json_t *got = run_oracle(o), *found = stat_at(got, "neighbours");
        char id[32];
        snprintf(id, sizeof id, "p%zu", o->person);
        assert_string_equal(stat_word(got, "person"), id);
        assert_near((double)o->wish.k, stat_real(got, "k"), 0, 0);
        assert_near((double)o->n, stat_real(got, "scores"), 0, 0);
        assert_near((double)o->n_compared, stat_real(got, "compared"), 0, 0);
        assert_near((double)o->n_features, stat_real(got, "features"), 0, 0);
        assert_int_equal(o->n_found, json_array_size(found));
        for (size_t k = 0; k < o->n_found; k++) {
            json_t *row = json_array_get(found, k);
            snprintf(id, sizeof id, "p%zu", o->found[k].index);
            assert_string_equal(stat_word(row, "id"), id);
            assert_near(o->found[k].distance, stat_real(row, "distance"), 0,
                        1e-13);
        }
        assert_course(o, got);
        json_decref(got);
    }
}

#define BTHEB                                                                 \
    "stat neighbours tests/data/btheb.csv --id id --time month --score "      \
    "bdi_total --f log1p "

static void
the_own_scores_stand_beside(void **state)
{
    (void)state;
    json_t *got = run_stat(BTHEB "--person 2");
    assert_near(20, stat_real(got, "k"), 0, 0);
    assert_near(0, stat_real(got, "after"), 0, 0);
    assert_near(32, stat_real(got, "course.0.own"), 0, 0);
    assert_near(16, stat_real(got, "course.1.own"), 0, 0);
    json_decref(got);
}

static void
errors_name_the_option_or_line_and_column(void **state)
{
    static const char few[] = "id,t,y,x\na,1,20,1\na,2,9,2\nb,0,9,1\n";
    static const struct {
        const char *given;
        int status;
        const char *said;
    } rows[] = {
        {"--person c --f log1p", 65, "nobody with a score is called 'c' in the column"},
        {"--k 3", 64, "--person"},
        {"--person a --k 0", 64, "--k must be a number of people from 1"},
        {"--person a --after 0.5 --f log1p", 64, "the first score of 'a' is of time 1"},
        {"--person a --covariate x --f log1p", 65, "line 3, column x: a covariate"},
        {"--person a --covariate z", 65, "no column 'z'"},
        {"--person a --covariate a,b,c,d,e,f,g,h,i", 64, "at most 8"},
        {"--person a", 65, "line 4, column t: the time '0'"},
        {"--person a --level 1", 64, "--level"},
        {"--person a --min 5 --max 4", 64, "--max must be above --min"},
    };
    char path[TEMP_SIZE], line[300];
    (void)state;
    temp_file(path, few, strlen(few));
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        snprintf(line, sizeof line,
                 "stat neighbours %s --id id --time t --score y %s", path,
                 rows[i].given);
        run_stat_refused(line, rows[i].status, rows[i].said);
    }
    temp_remove(path);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_are_those_of_r),
        cmocka_unit_test(the_own_scores_stand_beside),
        cmocka_unit_test(errors_name_the_option_or_line_and_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
