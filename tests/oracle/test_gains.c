/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sudden gains and losses against R (gains_oracle.h, made by gains.R). */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/base/err.h"
#include "kor/stat/gains.h"
#include "support/dice.h"

#include "oracle/gains_oracle.h"

enum { MOST = 40 };

static struct kor_gain_rules
rules_of(const struct option_oracle *o)
{
    return (struct kor_gain_rules){
        .turn = o->is_loss ? KOR_SUDDEN_LOSS : KOR_SUDDEN_GAIN,
        .better = o->is_higher ? KOR_HIGHER_IS_BETTER : KOR_LOWER_IS_BETTER,
        .threshold_points = o->threshold,
        .share = o->share,
        .origin_points = o->origin,
        .rule = o->is_ttest ? KOR_TURN_TTEST : KOR_TURN_LITERATURE};
}

static size_t
find(const struct kor_gain_rules *rules, const double scores[], size_t n,
     struct kor_gain events[])
{
    struct kor_gain_count count = {99, 99};
    assert_int_equal(kor_gains_find(rules, scores, n, events, &count, NULL),
                     KOR_OK);
    assert_true(count.n_events <= count.n_gaps);
    return count.n_events;
}

/* Holds one person's events against those of R from '*at' on. */
static void
assert_person(size_t option, bool is_made, size_t person,
              const double scores[], size_t n, size_t *at)
{
    struct kor_gain events[MOST];
    struct kor_gain_rules rules = rules_of(&options[option]);
    size_t n_events = find(&rules, scores, n, events);
    for (size_t i = 0; i < n_events; i++, (*at)++) {
        assert_true(*at < KOR_LENGTH(events_of_r));
        const struct event_oracle *r = &events_of_r[*at];
        assert_int_equal(r->option, option);
        assert_int_equal(r->is_made, is_made);
        assert_int_equal(r->person, person);
        assert_int_equal(r->from, events[i].from);
        assert_int_equal(r->from + 1, events[i].to);
        assert_near(r->before, events[i].before, 0, 0);
        assert_near(r->after, events[i].after, 0, 0);
        assert_near(r->apart, events[i].apart_points, 0, 1e-12);
        assert_near(r->needed, events[i].needed_points, 1e-12, 1e-12);
        assert_int_equal(r->reversed_at, events[i].reversed_at);
    }
}

static void
events_are_those_of_r(void **state)
{
    size_t at = 0;
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(options); k++) {
        for (size_t i = 0; i < KOR_LENGTH(btheb); i++) {
            assert_person(k, false, i, btheb[i], KOR_LENGTH(btheb[i]), &at);
        }
        for (size_t i = 0; i < KOR_LENGTH(made); i++) {
            assert_person(k, true, i, made[i], KOR_LENGTH(made[i]), &at);
        }
    }
    assert_int_equal(at, KOR_LENGTH(events_of_r));
}

static void
gaps_are_those_of_r(void **state)
{
    struct kor_gain events[MOST];
    struct kor_gain_rules rules = rules_of(&options[0]);
    struct kor_gain_count count;
    size_t n_gaps = 0;
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(made); i++) {
        assert_int_equal(kor_gains_find(&rules, made[i], KOR_LENGTH(made[i]),
                                        events, &count, NULL),
                         KOR_OK);
        n_gaps += count.n_gaps;
    }
    assert_int_equal(n_gaps, n_gaps_of_r);
}

/* Expects the same events in 'scores' by 'rules' as in person 'i' by option
 * 'k', with points 'factor' times as large. */
static void
assert_same_events(size_t k, size_t i, const struct kor_gain_rules *rules,
                   const double scores[], double factor)
{
    struct kor_gain one[MOST], two[MOST];
    struct kor_gain_rules plain = rules_of(&options[k]);
    size_t n = KOR_LENGTH(made[i]);
    size_t n_events = find(&plain, made[i], n, one);
    assert_int_equal(n_events, find(rules, scores, n, two));
    for (size_t e = 0; e < n_events; e++) {
        assert_int_equal(one[e].from, two[e].from);
        assert_int_equal(one[e].reversed_at, two[e].reversed_at);
        assert_near(factor * one[e].needed_points, two[e].needed_points,
                    1e-6, 1e-9);
    }
}

static void
a_scale_turned_round_gives_the_same(void **state)
{
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(options); k++) {
        for (size_t i = 0; i < KOR_LENGTH(made); i++) {
            struct kor_gain_rules rules = rules_of(&options[k]);
            double scores[KOR_LENGTH(made[0])];
            for (size_t s = 0; s < KOR_LENGTH(scores); s++) {
                scores[s] = 63 - made[i][s];
            }
            rules.better = options[k].is_higher ? KOR_LOWER_IS_BETTER
                                                : KOR_HIGHER_IS_BETTER;
            rules.origin_points = 63 - rules.origin_points;
            assert_same_events(k, i, &rules, scores, 1);
        }
    }
}

static void
unit_and_origin_of_a_scale_do_not_matter(void **state)
{
    static const double shift[] = {0, -100, 1e9};
    (void)state;
    for (size_t k = 0; k < KOR_LENGTH(options); k++) {
        for (size_t i = 0; i < 3 * KOR_LENGTH(made); i++) {
            struct kor_gain_rules rules = rules_of(&options[k]);
            double scores[KOR_LENGTH(made[0])], d = shift[i % 3];
            for (size_t s = 0; s < KOR_LENGTH(scores); s++) {
                scores[s] = 2 * made[i / 3][s] + d;
            }
            rules.threshold_points *= 2;
            rules.origin_points = 2 * rules.origin_points + d;
            assert_same_events(k, i / 3, &rules, scores, 2);
        }
    }
}

static void
later_sessions_only_add(void **state)
{
    struct kor_gain short_of[MOST], whole[MOST];
    struct kor_gain_rules rules = kor_gain_rules_default();
    struct dice dice = {7};
    (void)state;
    rules.threshold_points = 3;
    for (int round = 0; round < 2000; round++) {
        double scores[MOST];
        size_t n = (size_t)dice_int(&dice, 0, MOST);
        size_t m = (size_t)dice_int(&dice, 0, (int64_t)n), e = 0;
        for (size_t s = 0; s < n; s++) {
            scores[s] = dice_int(&dice, 0, 9) == 0
                          ? NAN : (double)dice_int(&dice, 0, 20);
        }
        size_t n_short = find(&rules, scores, m, short_of);
        size_t n_whole = find(&rules, scores, n, whole);
        assert_true(n_whole <= (n > 3 ? n - 3 : 0));
        for (size_t i = 0; i < n_short; i++) {
            /* A window that reaches past the end may come out otherwise. */
            if (short_of[i].to + 2 > m) {
                continue;
            }
            while (e < n_whole && whole[e].from < short_of[i].from) {
                e++;
            }
            assert_true(e < n_whole && whole[e].from == short_of[i].from);
            if (short_of[i].reversed_at > 0) {
                assert_int_equal(short_of[i].reversed_at,
                                 whole[e].reversed_at);
            }
        }
    }
}

static void
tenths_reach_the_threshold(void **state)
{
    /* 9.2 - 2.2 falls short of 7 in binary. */
    static const double scores[] = {9.2, 9.2, 9.2, 2.2, 2.2, 2.2};
    struct kor_gain events[KOR_LENGTH(scores)];
    struct kor_gain_rules rules = kor_gain_rules_default();
    (void)state;
    rules.threshold_points = 7;
    assert_int_equal(find(&rules, scores, 6, events), 1);
    assert_int_equal(events[0].from, 3);
    rules.threshold_points = 7.001;
    assert_int_equal(find(&rules, scores, 6, events), 0);
}

static void
few_and_equal_scores_have_none(void **state)
{
    static const double equal[] = {1e9, 1e9, 1e9, 1e9, 1e9, 1e9};
    static const double none[] = {NAN, NAN, NAN, NAN};
    static const double step[] = {40, 40, 1, 1};
    struct kor_gain events[6];
    struct kor_gain_rules rules = kor_gain_rules_default();
    (void)state;
    rules.threshold_points = 1e-9;
    for (size_t n = 0; n <= 6; n++) {
        assert_int_equal(find(&rules, equal, n, events), 0);
    }
    assert_int_equal(find(&rules, none, 4, events), 0);
    assert_int_equal(find(&rules, step, 3, events), 0);
    assert_int_equal(find(&rules, step, 4, events), 1);
}

static void
assert_refused(struct kor_gain_rules rules, double score, const char *field)
{
    double scores[] = {20, 20, score, 3, 3};
    struct kor_gain events[5];
    struct kor_gain_count count = {99, 99};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_gains_find(&rules, scores, 5, events, &count, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.field, field);
    assert_int_equal(count.n_events, 0);
}

static void
what_is_out_of_range_is_refused(void **state)
{
    struct kor_gain_rules good = kor_gain_rules_default(), rules;
    (void)state;
    good.threshold_points = 7;
    assert_refused(kor_gain_rules_default(), 20, "threshold_points");
    rules = good;
    rules.threshold_points = 0;
    assert_refused(rules, 20, "threshold_points");
    rules.threshold_points = INFINITY;
    assert_refused(rules, 20, "threshold_points");
    rules = good;
    rules.share = 1.01;
    assert_refused(rules, 20, "share");
    rules.share = NAN;
    assert_refused(rules, 20, "share");
    rules = good;
    rules.origin_points = NAN;
    assert_refused(rules, 20, "origin_points");
    assert_refused(good, -INFINITY, "score");
    assert_refused(good, 1e13, "score");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(events_are_those_of_r),
        cmocka_unit_test(gaps_are_those_of_r),
        cmocka_unit_test(a_scale_turned_round_gives_the_same),
        cmocka_unit_test(unit_and_origin_of_a_scale_do_not_matter),
        cmocka_unit_test(later_sessions_only_add),
        cmocka_unit_test(tenths_reach_the_threshold),
        cmocka_unit_test(few_and_equal_scores_have_none),
        cmocka_unit_test(what_is_out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
