/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists, export, feed, and the figures of a tiny clinic, whose numbers are
 * R's (tests/oracle/clinic.R). */

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/clinic_oracle.h"
#include "support/clinic.h"

/* Imports 'n' people with one open episode each and a session without a
 * score. */
static void
import_people(struct clinic *clinic, int n)
{
    clinic_ok(clinic, "import.begin", "{'name': 'a.csv', 'hash': '%064d', "
              "'rows': %d, 'made_up': true}", 1, n);
    for (int from = 0; from < n; from += 20) {
        char rows[3000] = "";
        for (int i = from; i < from + 20 && i < n; i++) {
            snprintf(rows + strlen(rows), sizeof rows - strlen(rows),
                     "%s{'person': 'p%d', 'date': '2025-10-01'}",
                     i > from ? ", " : "", i);
        }
        clinic_ok(clinic, "import.rows", "{'import': 1, 'from': %d, 'rows': "
                  "[%s]}", from, rows);
    }
    clinic_ok(clinic, "import.finish", "{'import': 1}");
}

/* --- lists --------------------------------------------------------------- */

static void
the_caseload_comes_in_pages_with_signals_first_in_each(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    import_people(clinic, 510);
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 30);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 20);
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(500, clinic_count(clinic, "clients"));
    double next = clinic_num(clinic, "next");
    assert_reply(clinic, "clients[499].id", next);
    clinic_ok(clinic, "caseload", "{'after': %.0f}", next);
    assert_int_equal(11, clinic_count(clinic, "clients"));
    assert_reply(clinic, "next", NAN);
    assert_string_equal(code, clinic_text(clinic, "clients[0].code"));
    assert_true(clinic_has(clinic, "clients[0].signals", "reliably-worse"));
    assert_reply(clinic, "clients[0].start", 30);
    assert_reply(clinic, "clients[0].total", 20);
    assert_reply(clinic, "clients[0].change", -10);
    assert_reply(clinic, "clients[0].sessions", 2);
    assert_string_equal("2026-01-12", clinic_text(clinic, "clients[0].last"));
    assert_reply(clinic, "clients[1].total", NAN);
    assert_reply(clinic, "clients[1].sessions", 1);
}

static void
a_form_with_too_much_missing_does_not_hide_the_last_score(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 7);
    clinic_total(clinic, code, "outcome", 24);
    clinic_day(clinic, 14);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'outcome', 'values': [null, 3, 3, 3]}]}", code);
    clinic_ok(clinic, "caseload", "{}");
    assert_reply(clinic, "clients[0].total", 24);
    assert_reply(clinic, "clients[0].change", 4);
}

static void
open_signals_are_listed_with_the_oldest_first(void **state)
{
    struct clinic *clinic = *state;
    char codes[2][KOR_CLIENT_CODE_SIZE];
    for (int i = 0; i < 2; i++) {
        clinic_open(clinic, codes[i]);
        clinic_total(clinic, codes[i], "outcome", 30);
    }
    for (int i = 1; i >= 0; i--) {
        clinic_day(clinic, 14 - 7 * i);
        clinic_total(clinic, codes[i], "outcome", 20);
    }
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(2, clinic_count(clinic, "signals"));
    assert_string_equal(codes[1], clinic_text(clinic, "signals[0].code"));
    assert_string_equal("outcome", clinic_text(clinic, "signals[0].scale"));
    assert_string_equal("2026-01-12", clinic_text(clinic, "signals[0].date"));
    assert_reply(clinic, "signals[0].session", 2);
    for (int i = 0; i < 3; i++) {
        static const char *const lists[] = {"signals", "caseload", "due.list"};
        clinic_refused(clinic, KOR_NOT_FOUND, "therapist", lists[i],
                       "{'therapist': 'nobody'}");
    }
    clinic_ok(clinic, "close", "{'code': '%s', 'ending': 'unplanned', "
              "'reason': 'moved'}", codes[1]);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
}

/* --- export -------------------------------------------------------------- */

static void
an_export_has_every_current_answer_once_and_no_struck_one(void **state)
{
    struct clinic *clinic = *state;
    char one[KOR_CLIENT_CODE_SIZE], two[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, one);
    clinic_open(clinic, two);
    clinic_ok(clinic, "record", "{'code': '%s', 'mode': 'room', 'answers': "
              "[{'scale': 'outcome', 'values': [1, 2, 3, 4]}, {'scale': "
              "'outcome', 'total': 9, 'rater': 'partner'}, {'scale': "
              "'alliance', 'total': 20}]}", one);
    clinic_ok(clinic, "correct", "{'code': '%s', 'scale': 'outcome', "
              "'session': 1, 'values': [1, 2, 3, 5], 'reason': 'misread'}",
              one);
    clinic_total(clinic, one, "phq9", 20);
    clinic_ok(clinic, "correct", "{'code': '%s', 'scale': 'phq9', 'session': "
              "1, 'wrong_client': '%s', 'reason': 'wrong card'}", one, two);
    clinic_day(clinic, 1);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'not-attended'}",
              two);
    clinic_ok(clinic, "export", "{}");
    assert_int_equal(5, clinic_count(clinic, "rows"));
    double sum = 0;
    int n_outcome = 0;
    for (int i = 0; i < 5; i++) {
        char path[32];
        snprintf(path, sizeof path, "rows[%d].total", i);
        double total = clinic_num(clinic, path);
        sum += isnan(total) ? 0 : total;
        snprintf(path, sizeof path, "rows[%d].scale", i);
        n_outcome += !strcmp("outcome", clinic_text(clinic, path));
    }
    assert_near(11 + 9 + 20 + 20, sum, 1e-9, 0);
    assert_int_equal(2, n_outcome);
    assert_string_equal("not-attended", clinic_text(clinic, "rows[4].status"));
    assert_string_equal("", clinic_text(clinic, "rows[4].scale"));
    assert_reply(clinic, "next", NAN);
}

static void
an_export_goes_on_page_by_page(void **state)
{
    struct clinic *clinic = *state;
    double after = 0;
    size_t n = 0, pages = 0;
    import_people(clinic, 820);
    do {
        clinic_ok(clinic, "export", "{'after': %.0f}", after);
        n += clinic_count(clinic, "rows");
        assert_true(clinic_true(clinic, "rows[0].made_up"));
        after = clinic_num(clinic, "next");
        pages++;
    } while (!isnan(after));
    assert_int_equal(820, n);
    assert_int_equal(3, pages);
}

/* --- feed ---------------------------------------------------------------- */

static void
the_feed_tells_what_happened_and_when_something_is_gone(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_ok(clinic, "ping", "{}");
    double seq = clinic_num(clinic, "seq");
    clinic_open(clinic, code);
    clinic_total(clinic, code, "outcome", 30);
    clinic_day(clinic, 7);
    clinic_ok(clinic, "record", "{'code': '%s', 'answers': [{'scale': "
              "'alliance', 'total': 20}, {'scale': 'outcome', 'total': "
              "20}]}", code);
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq);
    assert_int_equal(3, clinic_count(clinic, "events"));
    assert_false(clinic_true(clinic, "gap"));
    assert_string_equal("open", clinic_text(clinic, "events[0].verb"));
    assert_string_equal(code, clinic_text(clinic, "events[2].code"));
    assert_string_equal("outcome", clinic_text(clinic, "events[2].scale"));
    assert_reply(clinic, "events[2].total", 20);
    assert_reply(clinic, "events[2].session", 2);
    assert_true(clinic_has(clinic, "events[2].signals", "reliably-worse"));
    assert_reply(clinic, "events[2].seq", seq + 3);
    assert_reply(clinic, "seq", seq + 3);
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq + 3);
    assert_int_equal(0, clinic_count(clinic, "events"));
    assert_false(clinic_true(clinic, "gap"));
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq - 1);
    assert_true(clinic_true(clinic, "gap"));
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq + 9);
    assert_true(clinic_true(clinic, "gap"));
    clinic_restart(clinic);
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq + 3);
    assert_true(clinic_true(clinic, "gap"));
}

static bool
is_for_all(void *to, const struct kor_event *event)
{
    return !to && event;
}

static void
the_feed_holds_so_many_and_says_when_older_ones_are_gone(void **state)
{
    (void)state;
    static struct kor_msg_event out[KOR_FEED_SIZE + 1];
    struct kor_feed *feed = kor_feed_new(1000);
    struct kor_event event = {0};
    int64_t first = kor_feed_seq(feed), last;
    bool gap;
    for (int i = 0; i < KOR_FEED_SIZE; i++) {
        assert_int_equal(first + i + 1, kor_feed_add(feed, &event));
    }
    assert_int_equal(KOR_FEED_SIZE, kor_feed_since(feed, first, is_for_all,
                                                   NULL, out,
                                                   KOR_FEED_SIZE + 1, &last,
                                                   &gap));
    assert_false(gap);
    kor_feed_add(feed, &event);
    assert_int_equal(KOR_FEED_SIZE, kor_feed_since(feed, first, is_for_all,
                                                   NULL, out,
                                                   KOR_FEED_SIZE + 1, &last,
                                                   &gap));
    assert_true(gap);
    assert_int_equal(first + 2, out[0].seq);
    assert_int_equal(3, kor_feed_since(feed, first + 1, is_for_all, NULL, out, 3,
                                       &last, &gap));
    assert_false(gap);
    assert_int_equal(first + 4, last);
    kor_feed_free(feed);
}

/* --- figures ------------------------------------------------------------- */

#define HELD(person, date, total, ending)                                     \
    "{'person': '" person "', 'date': '" date "', 'ending': '" ending         \
    "', 'answers': [{'scale': 'phq9', 'total': " total "}]}, "
#define NOT_HELD(person, date, status)                                        \
    "{'person': '" person "', 'date': '" date "', 'status': '" status "'}, "

static void
import_clinic(struct clinic *clinic)
{
    clinic_ok(clinic, "import.begin", "{'name': 'a.csv', 'hash': '%064d', "
              "'rows': 18}", 2);
    clinic_ok(clinic, "import.rows", "{'import': 1, 'from': 0, 'rows': [%s]}",
              HELD("a", "2025-10-01", "20", "open")
              NOT_HELD("a", "2025-10-02", "not-attended")
              NOT_HELD("a", "2025-10-03", "not-attended")
              NOT_HELD("a", "2025-10-04", "cancelled-client")
              NOT_HELD("a", "2025-10-05", "cancelled-late")
              NOT_HELD("a", "2025-10-06", "cancelled-clinic")
              HELD("a", "2025-10-08", "9", "planned")
              HELD("b", "2025-10-01", "18", "open")
              HELD("b", "2025-10-08", "11", "planned")
              HELD("c", "2025-10-01", "15", "open")
              HELD("c", "2025-10-08", "14", "planned")
              HELD("d", "2025-10-01", "12", "open")
              HELD("d", "2025-10-08", "18", "unplanned")
              HELD("e", "2025-10-01", "16", "open")
              HELD("e", "2025-10-08", "8", "planned")
              HELD("f", "2025-10-01", "8", "open")
              HELD("f", "2025-11-08", "3", "unplanned")
              "{'person': 'g', 'date': '2025-10-01', 'ending': 'unplanned', "
              "'answers': [{'scale': 'phq9', 'total': 11}]}");
    clinic_ok(clinic, "import.finish", "{'import': 1}");
}

/* The path of a member of the figure 'name' in the last reply. */
static const char *
figure(const struct clinic *clinic, const char *name, const char *member,
       char path[64])
{
    for (size_t i = 0; i < clinic_count(clinic, "figures"); i++) {
        snprintf(path, 64, "figures[%zu].name", i);
        if (!strcmp(name, clinic_text(clinic, path))) {
            snprintf(path, 64, "figures[%zu].%s", i, member);
            return path;
        }
    }
    print_error("no figure %s\n", name);
    fail();
    return "";
}

static void
assert_figure(const struct clinic *clinic, const char *name, double value,
              double n)
{
    char path[64];
    assert_near(value, clinic_num(clinic, figure(clinic, name, "value",
                                                 path)), 1e-9, 0);
    assert_near(n, clinic_num(clinic, figure(clinic, name, "n", path)), 0, 0);
}

static void
assert_share(const struct clinic *clinic, const char *name, size_t k, size_t n)
{
    char path[64];
    assert_figure(clinic, name, (double)k / (double)n, (double)n);
    for (size_t i = 0; i < KOR_LENGTH(shares); i++) {
        if (shares[i].k == k && shares[i].n == n) {
            assert_near(shares[i].low, clinic_num(clinic, figure(
                            clinic, name, "low", path)), 1e-9, 0);
            assert_near(shares[i].high, clinic_num(clinic, figure(
                            clinic, name, "high", path)), 1e-9, 0);
            return;
        }
    }
    fail();
}

static void
assert_mean(const struct clinic *clinic, const char *name,
            const double oracle[])
{
    char path[64];
    assert_figure(clinic, name, oracle[0], 6);
    assert_near(oracle[2], clinic_num(clinic, figure(clinic, name, "low",
                                                     path)), 1e-9, 0);
    assert_near(oracle[3], clinic_num(clinic, figure(clinic, name, "high",
                                                     path)), 1e-9, 0);
    assert_near(7, clinic_num(clinic, figure(clinic, name, "of", path)), 0,
                0);
}

static void
the_figures_of_a_tiny_clinic_are_those_of_r(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    import_clinic(clinic);
    clinic_open(clinic, code);
    clinic_ok(clinic, "clinic", "{}");
    assert_figure(clinic, "episodes", 8, 8);
    assert_figure(clinic, "open", 1, 1);
    assert_figure(clinic, "made-up", 0, 0);
    assert_figure(clinic, "sessions-held", 13, 13);
    assert_share(clinic, "planned-ending", 4, 7);
    assert_share(clinic, "unplanned-ending", 3, 7);
    assert_share(clinic, "no-show-rate", 2, 17);
    assert_share(clinic, "cancellation-rate", 2, 17);
    assert_figure(clinic, "sessions-mean", 13.0 / 7, 7);
    assert_figure(clinic, "sessions-median", 2, 7);
    assert_figure(clinic, "days-median", 7, 7);
    assert_mean(clinic, "start-mean", start_oracle);
    assert_mean(clinic, "last-mean", last_oracle);
    assert_mean(clinic, "change-mean", change_oracle);
    assert_figure(clinic, "effect-size", change_oracle[0] / start_oracle[1],
                  6);
    assert_share(clinic, "reliably-better", 3, 6);
    assert_share(clinic, "recovered", 2, 5);
    assert_share(clinic, "starts-past-cutoff", 1, 6);
    assert_share(clinic, "unchanged", 2, 6);
    assert_share(clinic, "reliably-worse", 1, 6);
    assert_share(clinic, "one-score-only", 1, 7);
}

/* Nobody was met, and nobody was missed. */
static void
a_check_in_is_neither_a_session_nor_a_cancellation(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}", code);
    clinic_day(clinic, 1);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'check-in', "
              "'answers': [{'scale': 'outcome', 'total': 20}]}", code);
    clinic_ok(clinic, "clinic", "{}");
    assert_figure(clinic, "sessions-held", 1, 1);
    assert_figure(clinic, "cancellation-rate", NAN, 1);
    assert_figure(clinic, "no-show-rate", NAN, 1);
}

static void
figures_can_be_bounded_by_dates_and_too_few_are_hidden(void **state)
{
    struct clinic *clinic = *state;
    import_clinic(clinic);
    clinic_ok(clinic, "clinic", "{'from': '2025-11-01', 'to': '2025-11-30'}");
    assert_figure(clinic, "episodes", 1, 1);
    assert_figure(clinic, "sessions-held", 1, 1);
    assert_figure(clinic, "change-mean", NAN, 1);
    assert_figure(clinic, "reliably-better", NAN, 1);
    assert_figure(clinic, "no-show-rate", NAN, 1);
}

static void
scores_after_the_end_are_no_part_of_the_figures(void **state)
{
    struct clinic *clinic = *state;
    import_clinic(clinic);
    clinic_ok(clinic, "import.codes", "{'import': 1}");
    char code[KOR_CLIENT_CODE_SIZE];
    strcpy(code, clinic_text(clinic, "people[3].code"));
    clinic_total(clinic, code, "phq9", 0);
    clinic_ok(clinic, "clinic", "{}");
    assert_share(clinic, "reliably-worse", 1, 6);
    assert_mean(clinic, "last-mean", last_oracle);
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)
    const struct CMUnitTest tests[] = {
        T(the_caseload_comes_in_pages_with_signals_first_in_each),
        T(a_form_with_too_much_missing_does_not_hide_the_last_score),
        T(open_signals_are_listed_with_the_oldest_first),
        T(an_export_has_every_current_answer_once_and_no_struck_one),
        T(an_export_goes_on_page_by_page),
        T(the_feed_tells_what_happened_and_when_something_is_gone),
        cmocka_unit_test(
            the_feed_holds_so_many_and_says_when_older_ones_are_gone),
        T(the_figures_of_a_tiny_clinic_are_those_of_r),
        T(a_check_in_is_neither_a_session_nor_a_cancellation),
        T(figures_can_be_bounded_by_dates_and_too_few_are_hidden),
        T(scores_after_the_end_are_no_part_of_the_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
