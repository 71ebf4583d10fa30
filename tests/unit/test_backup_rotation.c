/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which backups stay: expected sets were made with a calendar by hand.
 * 2026-11-22 is a Sunday; Oslo is an hour ahead of UTC in winter and two in
 * summer, and changed on 2026-03-29 and 2026-10-25 at 01:00 UTC. */

#include "support/near.h"

#include <stdlib.h>
#include <string.h>

#include "backup/rotation.h"
#include "kor/base/clock.h"
#include "kor/base/compiler.h"

#define DAY_MS 86400000LL
#define MAX 512

static const struct kor_rotation_rule usual
    = {.keep_daily = 7, .keep_weekly = 4, .keep_monthly = 12, .max_days = 366};

/* The instant that is written "YYYYMMDDTHHMMSSZ". */
static int64_t
at(const char *text)
{
    char name[KOR_BACKUP_NAME_SIZE];
    int64_t at_ms = 0;
    assert_int_equal(strlen(text), 16);
    strcat(strcat(strcpy(name, "kor-"), text), ".korbackup");
    assert_true(kor_backup_name_parse(name, &at_ms));
    return at_ms;
}

/* Rotates the 'n' backups, newest first, and fails unless those stay for which
 * 'expected' has a '+'. */
static void
expect(const char *const made[], size_t n, const char *now,
       const struct kor_rotation_rule *rule, const char *expected)
{
    int64_t at_ms[MAX];
    bool keep[MAX];
    for (size_t i = 0; i < n; i++) {
        at_ms[i] = at(made[i]);
    }
    kor_rotation(at_ms, n, at(now), rule, keep);
    assert_int_equal(strlen(expected), n);
    for (size_t i = 0; i < n; i++) {
        if (keep[i] != (expected[i] == '+')) {
            print_error("%s %s\n", made[i], keep[i] ? "stays" : "goes");
            fail();
        }
    }
}

#define EXPECT(made, now, rule, expected)                                     \
    expect((made), KOR_LENGTH(made), (now), (rule), (expected))

static int
set_zone(void **state)
{
    (void)state;
    assert_true(kor_zone_set("Europe/Oslo"));
    return 0;
}

/* What must be left of a backup every night at 02:00 UTC up to 2026-11-22. */
static const char *const kept[]
    = {"20261122T020000Z", "20261121T020000Z", "20261120T020000Z",
       "20261119T020000Z", "20261118T020000Z", "20261117T020000Z",
       "20261116T020000Z",                     /* Seven days. */
       "20261115T020000Z", "20261108T020000Z", /* Sundays of four weeks, */
       "20261101T020000Z",                     /* with the 22nd. */
       "20261031T020000Z", "20260930T020000Z", /* Ends of twelve months, */
       "20260831T020000Z", "20260731T020000Z", /* with November. */
       "20260630T020000Z", "20260531T020000Z", "20260430T020000Z",
       "20260331T020000Z", "20260228T020000Z", "20260131T020000Z",
       "20251231T020000Z"};

static void
a_year_of_nights_leaves_days_weeks_and_months(void **state)
{
    (void)state;
    int64_t first = at("20251001T020000Z"), last = at("20261122T020000Z");
    int64_t at_ms[MAX];
    bool keep[MAX];
    size_t n = 0;
    for (int64_t night = last; night >= first; night -= DAY_MS) {
        at_ms[n++] = night;
    }
    assert_int_equal(n, 418);
    kor_rotation(at_ms, n, last + 5000, &usual, keep);
    size_t n_kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (keep[i]) {
            assert_true(n_kept < KOR_LENGTH(kept));
            assert_int_equal(at_ms[i], at(kept[n_kept]));
            n_kept++;
        }
    }
    assert_int_equal(n_kept, KOR_LENGTH(kept));
}

/* Night after night the same is left as all at once: what goes one night was
 * not needed on a later one. */
static void
rotating_every_night_leaves_the_same(void **state)
{
    (void)state;
    int64_t last = at("20261122T020000Z");
    int64_t at_ms[MAX];
    bool keep[MAX];
    size_t n = 0;
    for (int64_t night = at("20251001T020000Z"); night <= last;
         night += DAY_MS) {
        memmove(at_ms + 1, at_ms, n * sizeof *at_ms);
        at_ms[0] = night;
        n++;
        kor_rotation(at_ms, n, night + 5000, &usual, keep);
        assert_true(keep[0]);
        size_t n_left = 0;
        for (size_t i = 0; i < n; i++) {
            at_ms[n_left] = at_ms[i];
            n_left += keep[i];
        }
        n = n_left;
    }
    assert_int_equal(n, KOR_LENGTH(kept));
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(at_ms[i], at(kept[i]));
    }
}

/* The first of these days has 25 hours: 00:30, 02:30 in summer, 02:30 in
 * winter and 23:30 are one day in Oslo, and in UTC two. */
static void
the_night_with_an_hour_more_is_one_day(void **state)
{
    (void)state;
    static const char *const made[]
        = {"20261025T233000Z", "20261025T223000Z", "20261025T013000Z",
           "20261025T003000Z", "20261024T223000Z"};
    struct kor_rotation_rule rule = {.keep_daily = 3, .max_days = 366};
    EXPECT(made, "20261026T060000Z", &rule, "++---");
}

/* 23:30 on the 28th in winter, 23:30 on the 29th and 00:30 on the 30th in
 * summer; an hour ahead all the year, the last two would be one day. */
static void
the_night_with_an_hour_less_ends_its_day_in_time(void **state)
{
    (void)state;
    static const char *const made[]
        = {"20260329T223000Z", "20260329T213000Z", "20260328T223000Z"};
    struct kor_rotation_rule daily = {.keep_daily = 2, .max_days = 366};
    EXPECT(made, "20260330T060000Z", &daily, "++-");
    /* And the 30th is a Monday. */
    struct kor_rotation_rule weekly = {.keep_weekly = 2, .max_days = 366};
    EXPECT(made, "20260330T060000Z", &weekly, "++-");
}

static void
only_days_that_have_a_backup_count(void **state)
{
    (void)state;
    static const char *const made[]
        = {"20261122T020000Z", "20261101T020000Z", "20260801T020000Z",
           "20260601T020000Z"};
    struct kor_rotation_rule rule = {.keep_daily = 3, .max_days = 366};
    EXPECT(made, "20261122T030000Z", &rule, "+++-");
}

static void
of_several_in_one_period_the_newest_stays(void **state)
{
    (void)state;
    static const char *const made[]
        = {"20261122T160000Z", "20261122T120000Z", "20261122T080000Z",
           "20261121T160000Z", "20261121T080000Z"};
    EXPECT(made, "20261122T170000Z", &usual, "+--+-");
}

/* Thirty days of 24 hours before 12:00 on the 22nd of November are 12:00 UTC
 * on the 23rd of October. */
static void
what_is_too_old_goes_whatever_else_holds(void **state)
{
    (void)state;
    static const char *const made[]
        = {"20261122T113000Z", "20261023T120000Z", "20261023T115959Z",
           "20260930T120000Z"};
    struct kor_rotation_rule rule
        = {.keep_daily = 99, .keep_monthly = 99, .max_days = 30};
    EXPECT(made, "20261122T120000Z", &rule, "++--");
}

static void
the_newest_stays_even_if_it_is_too_old_or_nothing_is_to_be_kept(void **state)
{
    (void)state;
    static const char *const made[]
        = {"20240101T020000Z", "20231231T020000Z"};
    EXPECT(made, "20261122T120000Z", &usual, "+-");
    struct kor_rotation_rule none = {.max_days = 3660};
    EXPECT(made, "20261122T120000Z", &none, "+-");
}

/* The clock was a day ahead last night and is right now: that one stays, and
 * takes nobody's place. */
static void
one_from_the_future_stays_and_counts_for_nothing(void **state)
{
    (void)state;
    static const char *const made[]
        = {"20261123T020000Z", "20261122T020000Z", "20261121T020000Z",
           "20261120T020000Z"};
    struct kor_rotation_rule rule = {.keep_daily = 2, .max_days = 366};
    EXPECT(made, "20261122T020001Z", &rule, "+++-");
    /* Once its day has come it is one like the others. */
    EXPECT(made, "20261123T020001Z", &rule, "++--");
}

/* The clock is a day behind: what was just made is not the newest by name, but
 * the newest that is not from the future. */
static void
a_clock_that_is_behind_removes_nothing_that_was_just_made(void **state)
{
    (void)state;
    static const char *const made[]
        = {"20261122T020000Z", "20261121T180000Z", "20261121T020000Z"};
    struct kor_rotation_rule rule = {.keep_daily = 1, .max_days = 1};
    EXPECT(made, "20261121T180001Z", &rule, "++-");
    /* In 1970 all of them are from the future. */
    EXPECT(made, "19700101T000010Z", &rule, "+++");
}

static void
a_name_tells_its_instant_and_nothing_else_is_a_name(void **state)
{
    (void)state;
    char name[KOR_BACKUP_NAME_SIZE];
    int64_t at_ms = -1;
    /* 1795316400 s: 20779 days of 86400 s and 3 hours; the 20779th day after
     * 1970-01-01 is 2026-11-22. */
    assert_string_equal(kor_backup_name(1795316400999, name),
                        "kor-20261122T030000Z.korbackup");
    assert_true(kor_backup_name_parse(name, &at_ms));
    assert_true(at_ms == 1795316400000);
    static const char *const others[]
        = {"", "kor", "kor-20261122T030000Z.korbackup.part",
           "kor-20261122T030000Z.korbackuq", "KOR-20261122T030000Z.korbackup",
           "kor-20261131T030000Z.korbackup", "kor-20261122T240000Z.korbackup",
           "kor-20261122T036000Z.korbackup", "kor-20261122 030000Z.korbackup",
           "kor-20261122T030060Z.korbackup", "kor-2026112aT030000Z.korbackup",
           "kor-20261122T0\xff" "0000Z.korbackup",
           "xkor-20261122T030000Z.korbackup"};
    for (size_t i = 0; i < KOR_LENGTH(others); i++) {
        assert_false(kor_backup_name_parse(others[i], &at_ms));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_of_nights_leaves_days_weeks_and_months),
        cmocka_unit_test(rotating_every_night_leaves_the_same),
        cmocka_unit_test(the_night_with_an_hour_more_is_one_day),
        cmocka_unit_test(the_night_with_an_hour_less_ends_its_day_in_time),
        cmocka_unit_test(only_days_that_have_a_backup_count),
        cmocka_unit_test(of_several_in_one_period_the_newest_stays),
        cmocka_unit_test(what_is_too_old_goes_whatever_else_holds),
        cmocka_unit_test(
            the_newest_stays_even_if_it_is_too_old_or_nothing_is_to_be_kept),
        cmocka_unit_test(one_from_the_future_stays_and_counts_for_nothing),
        cmocka_unit_test(
            a_clock_that_is_behind_removes_nothing_that_was_just_made),
        cmocka_unit_test(a_name_tells_its_instant_and_nothing_else_is_a_name),
    };
    return cmocka_run_group_tests(tests, set_zone, NULL);
}
