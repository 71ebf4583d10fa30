/* SPDX-License-Identifier: GPL-3.0-or-later */

/* client: an iCalendar file as appointments.  Instants are by hand: Oslo is an
 * hour ahead of UTC in winter and two in summer, which begins on 29 March 2026
 * and ends on 25 October. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/clock.h"
#include "lib/calendar_file.h"
#include "support/clinic.h"

#define NOW "2026-03-16" /* A Monday. */
#define A "36AE-PRNX"
#define B "K3M9-7TP6"

struct scene {
    struct kor_calendar_file file;
    struct kor_buf text;
    struct kor_err err;
};

static int64_t
at(const char *date, int hour, int minute)
{
    int32_t days;
    assert_true(kor_date_parse(date, &days));
    return ((int64_t)days * 1440 + hour * 60 + minute) * 60000;
}

static int
set_up(void **state)
{
    static struct scene scene;
    memset(&scene, 0, sizeof scene);
    assert_true(kor_zone_set("Europe/Stockholm"));
    scene.file.now_ms = at(NOW, 8, 0);
    scene.file.clock = kor_clock_system();
    kor_buf_puts(&scene.text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n");
    kor_err_init(&scene.err, KOR_EN);
    *state = &scene;
    return 0;
}

static int
tear_down(void **state)
{
    struct scene *scene = *state;
    kor_calendar_done(&scene->file);
    kor_buf_done(&scene->text);
    return 0;
}

/* An event of four lines and what is given; it begins at line 3 + 4 k. */
static void
event(struct scene *scene, const char *uid, const char *lines)
{
    kor_buf_printf(&scene->text, "BEGIN:VEVENT\r\nUID:%s\r\n%s\r\n"
                                 "END:VEVENT\r\n", uid, lines);
}

static enum kor_code
try(struct scene *scene)
{
    kor_buf_puts(&scene->text, "END:VCALENDAR\r\n");
    return kor_calendar_read(&scene->file, kor_buf_text(&scene->text),
                             scene->text.size, &scene->err);
}

static void
read_all(struct scene *scene)
{
    if (try(scene) != KOR_OK) {
        fail_msg("%s", scene->err.text);
    }
    if (scene->file.n_problems) {
        fail_msg("%s", scene->file.problems[0].text);
    }
}

static void
assert_problem(struct scene *scene, long line, const char *words)
{
    if (try(scene) != KOR_OK) {
        fail_msg("%s", scene->err.text);
    }
    assert_int_equal(1, scene->file.n_problems);
    assert_int_equal(line, scene->file.problems[0].line);
    assert_non_null(strstr(scene->file.problems[0].text, words));
}

static void
every_event_is_counted_for_what_becomes_of_it(void **state)
{
    struct scene *scene = *state;
    event(scene, "1@x", "SUMMARY:" A "\r\nDTSTART:20260312T120000Z");
    event(scene, "2@x", "SUMMARY:" A "\r\nDTSTART:20260202T120000Z\r\n"
                        "RRULE:FREQ=WEEKLY;COUNT=3");
    event(scene, "3@x", "SUMMARY:" A "\r\nDTSTART:20260202T120000Z\r\n"
                        "RRULE:FREQ=WEEKLY;COUNT=8");
    event(scene, "4@x", "SUMMARY:" A "\r\nDTSTART:20260318T120000Z\r\n"
                        "STATUS:CANCELLED");
    event(scene, "5@x", "SUMMARY:" A "\r\nDTSTART:20280318T120000Z");
    event(scene, "6@x", "SUMMARY:Lunch\r\nDTSTART:20250317T110000");
    read_all(scene);
    assert_int_equal(6, scene->file.n_events);
    assert_int_equal(1, scene->file.n_without);
    assert_int_equal(2, scene->file.n_past);
    assert_int_equal(2, scene->file.n_off);
    assert_int_equal(2, scene->file.n_entries);
}

static void
an_event_may_name_one_episode(void **state)
{
    struct scene *scene = *state;
    event(scene, "1@x", "SUMMARY:k3m9-7tp6/2 room\r\nDTSTART:20260317T090000Z");
    event(scene, "2@x", "SUMMARY:K3M9-7TP6/video\r\nDTSTART:20260318T090000Z");
    read_all(scene);
    assert_int_equal(2, scene->file.n_entries);
    assert_string_equal(B, scene->file.entries[0].code);
    assert_string_equal("video", scene->file.entries[0].mode);
    assert_string_equal(B "/2", scene->file.entries[1].code);
    assert_string_equal("room", scene->file.entries[1].mode);
}

static void
an_event_with_a_code_is_an_appointment(void **state)
{
    struct scene *scene = *state;
    event(scene, "1@x", "SUMMARY:Time med k3m9-7tp6\\, Video\r\n"
          "DESCRIPTION:Kari Nordmann\r\n"
          "DTSTART;TZID=Europe/Oslo:20260317T090000");
    event(scene, "2@x", "SUMMARY:Lunch\r\nDTSTART:20260317T110000");
    event(scene, "3@x", "SUMMARY:36AE-\r\n PRNX\r\nDTSTART:20260318T120000Z");
    event(scene, "4@x", "DTSTART:not read");
    read_all(scene);
    assert_int_equal(4, scene->file.n_events);
    assert_int_equal(2, scene->file.n_without);
    assert_int_equal(2, scene->file.n_entries);
    assert_string_equal(A, scene->file.entries[0].code);
    assert_true(at("2026-03-18", 12, 0) == scene->file.entries[0].start_ms);
    assert_string_equal("", scene->file.entries[0].mode);
    assert_string_equal(B, scene->file.entries[1].code);
    assert_string_equal("video", scene->file.entries[1].mode);
    assert_true(at("2026-03-17", 8, 0) == scene->file.entries[1].start_ms);
    assert_int_equal(3, scene->file.entries[1].line);
    assert_int_equal(32, strlen(scene->file.entries[0].uid));
    assert_string_not_equal(scene->file.entries[0].uid,
                            scene->file.entries[1].uid);
}

/* 09:00 in Oslo is 08:00 UTC up to 23 March and 07:00 from 30 March on. */
static void
what_recurs_stays_at_its_hour_across_summer_time(void **state)
{
    struct scene *scene = *state;
    event(scene, "1", "SUMMARY:" A "\r\n"
          "DTSTART;TZID=Europe/Oslo:20260316T090000\r\n"
          "RRULE:FREQ=WEEKLY;COUNT=4");
    read_all(scene);
    assert_int_equal(4, scene->file.n_entries);
    assert_true(at("2026-03-16", 8, 0) == scene->file.entries[0].start_ms);
    assert_true(at("2026-03-23", 8, 0) == scene->file.entries[1].start_ms);
    assert_true(at("2026-03-30", 7, 0) == scene->file.entries[2].start_ms);
    assert_true(at("2026-04-06", 7, 0) == scene->file.entries[3].start_ms);
}

static void
so_does_a_zone_that_the_file_describes_and_the_time_of_the_reader(
    void **state)
{
    struct scene *scene = *state;
    kor_buf_puts(&scene->text,
                 "BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\n"
                 "BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\n"
                 "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
                 "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\n"
                 "END:STANDARD\r\nBEGIN:DAYLIGHT\r\n"
                 "DTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\n"
                 "TZOFFSETTO:+0200\r\n"
                 "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\n"
                 "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n");
    event(scene, "1", "SUMMARY:" A "\r\n"
          "DTSTART;TZID=\"W. Europe Standard Time\":20260323T090000\r\n"
          "RRULE:FREQ=WEEKLY;COUNT=2");
    event(scene, "2", "SUMMARY:" B "\r\nDTSTART:20261019T090000\r\n"
          "RRULE:FREQ=WEEKLY;COUNT=2");
    read_all(scene);
    assert_int_equal(4, scene->file.n_entries);
    assert_true(at("2026-03-23", 8, 0) == scene->file.entries[0].start_ms);
    assert_true(at("2026-03-30", 7, 0) == scene->file.entries[1].start_ms);
    assert_true(at("2026-10-19", 7, 0) == scene->file.entries[2].start_ms);
    assert_true(at("2026-10-26", 8, 0) == scene->file.entries[3].start_ms);
}

static void
one_that_was_moved_keeps_its_name_and_leaves_its_place(void **state)
{
    struct scene *scene = *state;
    static const char series[]
        = "SUMMARY:" A "\r\nDTSTART;TZID=Europe/Oslo:20260316T090000\r\n"
          "RRULE:FREQ=WEEKLY;COUNT=5\r\n"
          "EXDATE;TZID=Europe/Oslo:20260323T090000,20260413T090000";
    char uid[KOR_CALENDAR_UID_SIZE];
    event(scene, "1", series);
    read_all(scene);
    assert_int_equal(3, scene->file.n_entries);
    memcpy(uid, scene->file.entries[1].uid, sizeof uid);
    assert_true(at("2026-03-30", 7, 0) == scene->file.entries[1].start_ms);
    kor_calendar_done(&scene->file);
    scene->text.size = 0;
    kor_buf_puts(&scene->text, "BEGIN:VCALENDAR\r\n");
    event(scene, "1", series);
    event(scene, "1", "SUMMARY:" A "\r\n"
          "RECURRENCE-ID;TZID=Europe/Oslo:20260330T090000\r\n"
          "DTSTART;TZID=Europe/Oslo:20260331T140000");
    event(scene, "1", "SUMMARY:" A "\r\nSTATUS:CANCELLED\r\n"
          "RECURRENCE-ID;TZID=Europe/Oslo:20260406T090000\r\n"
          "DTSTART;TZID=Europe/Oslo:20260406T090000");
    read_all(scene);
    assert_int_equal(2, scene->file.n_entries);
    assert_true(at("2026-03-16", 8, 0) == scene->file.entries[0].start_ms);
    assert_true(at("2026-03-31", 12, 0) == scene->file.entries[1].start_ms);
    assert_string_equal(uid, scene->file.entries[1].uid);
}

static void
without_an_end_it_goes_400_days_ahead(void **state)
{
    struct scene *scene = *state;
    event(scene, "1", "SUMMARY:" A "\r\nDTSTART:20200101T090000Z\r\n"
          "RRULE:FREQ=DAILY\r\nRDATE:20260320T150000Z");
    read_all(scene);
    /* From 15 March, 8:00, which leaves out none of that day at 9:00. */
    assert_int_equal(1 + 401, scene->file.n_entries);
    assert_true(at("2026-03-15", 9, 0) == scene->file.entries[0].start_ms);
    assert_true(at("2027-04-19", 9, 0) == scene->file.entries[401].start_ms);
}

static void
what_recurs_a_million_times_is_refused_or_ends(void **state)
{
    static const char *const rules[]
        = {"FREQ=SECONDLY;COUNT=1000000", "FREQ=MINUTELY", "FREQ=HOURLY",
           "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10;BYMINUTE=0,1,2,3,4,5",
           "FREQ=SOMETIMES", ""};
    struct scene *scene = *state;
    for (size_t i = 0; i < KOR_LENGTH(rules); i++) {
        char lines[200];
        snprintf(lines, sizeof lines,
                 "SUMMARY:" A "\r\nDTSTART:20200101T090000Z\r\nRRULE:%s",
                 rules[i]);
        event(scene, "1", lines);
    }
    event(scene, "1", "SUMMARY:" B "\r\nDTSTART:20200101T090000Z\r\n"
          "RRULE:FREQ=DAILY;COUNT=1000000");
    event(scene, "2", "SUMMARY:" B "\r\nDTSTART:20200101T090000Z\r\n"
          "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30");
    event(scene, "3", "SUMMARY:" B "\r\nDTSTART:20200101T090000Z\r\n"
          "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3");
    assert_int_equal(try(scene), KOR_OK);
    /* Those, and the last one, which libical itself refuses. */
    assert_int_equal(KOR_LENGTH(rules) + 1, scene->file.n_problems);
    assert_non_null(strstr(scene->file.problems[0].text, "daily"));
    assert_int_equal(401, scene->file.n_entries);
}

static void
too_many_in_all_are_refused(void **state)
{
    struct scene *scene = *state;
    for (int i = 0; i < 30; i++) {
        char uid[16];
        snprintf(uid, sizeof uid, "%d", i);
        event(scene, uid, "SUMMARY:" A "\r\nDTSTART:20260101T090000Z\r\n"
              "RRULE:FREQ=DAILY");
    }
    assert_int_equal(try(scene), KOR_TOO_LARGE);
    assert_string_equal("file", scene->err.field);
}

/* Each time it is asked a second has passed. */
static int64_t
hurry(const struct kor_clock *clock)
{
    static int64_t now_ms;
    (void)clock;
    return now_ms += 1000;
}

static void
what_takes_too_long_is_given_up(void **state)
{
    static const struct kor_clock clock = {hurry, hurry};
    struct scene *scene = *state;
    scene->file.clock = &clock;
    for (int i = 0; i < 6; i++) {
        event(scene, "1", "SUMMARY:" A "\r\nDTSTART:20260317T090000Z");
    }
    assert_int_equal(try(scene), KOR_TOO_LARGE);
    assert_string_equal("file", scene->err.field);
}

static void
what_cannot_be_read_has_its_line(void **state)
{
    struct scene *scene = *state;
    event(scene, "1", "SUMMARY:Lunch");
    event(scene, "2", "SUMMARY:" A "\r\nDTSTART;TZID=Moon:20260317T090000");
    assert_problem(scene, 7, "Moon");
}

static void
a_code_that_was_mistyped_is_said(void **state)
{
    struct scene *scene = *state;
    event(scene, "1", "SUMMARY:36AE-PRNY\r\nDTSTART:20260317T090000");
    assert_problem(scene, 3, "code");
}

static void
two_clients_in_one_event_are_refused(void **state)
{
    struct scene *scene = *state;
    event(scene, "1", "SUMMARY:" A " " B "\r\nDTSTART:20260317T090000");
    assert_problem(scene, 3, "two clients");
}

static void
what_is_no_calendar_is_refused(void **state)
{
    static const char *const texts[]
        = {"", "hello", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
           "BEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n",
           "BEGIN:VCALENDAR\nSUMMARY:\xff\nEND:VCALENDAR\n"};
    struct scene *scene = *state;
    for (size_t i = 0; i < KOR_LENGTH(texts); i++) {
        kor_err_init(&scene->err, KOR_EN);
        assert_int_equal(kor_calendar_read(&scene->file, texts[i],
                                           strlen(texts[i]), &scene->err),
                         KOR_BAD_VALUE);
        assert_string_equal("file", scene->err.field);
    }
}

static void
an_episode_that_is_none_is_said(void **state)
{
    struct scene *scene = *state;
    event(scene, "1@x", "SUMMARY:K3M9-7TP6/0\r\nDTSTART:20260318T090000Z");
    assert_problem(scene, 3, "number of an episode");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(every_event_is_counted_for_what_becomes_of_it),
        T(an_event_may_name_one_episode),
        T(an_episode_that_is_none_is_said),
        T(an_event_with_a_code_is_an_appointment),
        T(what_recurs_stays_at_its_hour_across_summer_time),
        T(so_does_a_zone_that_the_file_describes_and_the_time_of_the_reader),
        T(one_that_was_moved_keeps_its_name_and_leaves_its_place),
        T(without_an_end_it_goes_400_days_ahead),
        T(what_recurs_a_million_times_is_refused_or_ends),
        T(too_many_in_all_are_refused),
        T(what_takes_too_long_is_given_up),
        T(what_cannot_be_read_has_its_line),
        T(a_code_that_was_mistyped_is_said),
        T(two_clients_in_one_event_are_refused),
        T(what_is_no_calendar_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
