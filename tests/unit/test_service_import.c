/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Imports: checked row by row, resumable, invisible until the last row. */

#include <math.h>
#include <string.h>

#include "support/clinic.h"

static int64_t
begin(struct clinic *clinic, int rows)
{
    clinic_ok(clinic, "import.begin", "{'name': 'a.csv', 'hash': '%064d', "
              "'rows': %d}", rows, rows);
    return (int64_t)clinic_num(clinic, "import");
}

#define ROW(person, date, total)                                              \
    "{'person': '" person "', 'date': '" date "', 'answers': [{'scale': "     \
    "'outcome', 'total': " total "}]}"
#define END(person, date, total, ending)                                      \
    "{'person': '" person "', 'date': '" date "', 'ending': '" ending         \
    "', 'answers': [{'scale': 'outcome', 'total': " total "}]}"

static void
send_rows(struct clinic *clinic, int64_t import, int from, const char *rows)
{
    clinic_ok(clinic, "import.rows", "{'import': %lld, 'from': %d, 'rows': "
              "[%s]}", (long long)import, from, rows);
}

static void
refused_rows(struct clinic *clinic, enum kor_code code, const char *field,
             int64_t import, int from, const char *rows)
{
    clinic_refused(clinic, code, field, "import.rows", "{'import': %lld, "
                   "'from': %d, 'rows': [%s]}", (long long)import, from,
                   rows);
}

static void
people_become_clients_with_one_episode_when_the_last_row_is_there(void **state)
{
    struct clinic *clinic = *state;
    int64_t import = begin(clinic, 4);
    send_rows(clinic, import, 0,
              ROW("p1", "2025-10-01", "10") ", "
              ROW("p2", "2025-10-02", "12"));
    assert_reply(clinic, "next", 2);
    send_rows(clinic, import, 2,
              END("p1", "2025-10-08", "18", "unplanned") ", "
              ROW("p2", "2025-10-09", "14"));
    clinic_ok(clinic, "import.codes", "{'import': %lld}", (long long)import);
    assert_int_equal(2, clinic_count(clinic, "people"));
    char one[KOR_CLIENT_CODE_SIZE], two[KOR_CLIENT_CODE_SIZE];
    strcpy(one, clinic_text(clinic, "people[0].code"));
    strcpy(two, clinic_text(clinic, "people[1].code"));
    assert_string_equal("p2", clinic_text(clinic, "people[1].person"));
    clinic_refused(clinic, KOR_NOT_FOUND, "code", "show", "{'code': '%s'}",
                   one);
    clinic_refused(clinic, KOR_NOT_FOUND, "code", "record", "{'code': '%s', "
                   "'status': 'held'}", two);
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(0, clinic_count(clinic, "clients"));
    clinic_ok(clinic, "export", "{}");
    assert_int_equal(0, clinic_count(clinic, "rows"));
    clinic_ok(clinic, "clinic", "{}");
    assert_reply(clinic, "figures[0].value", 0);
    clinic_ok(clinic, "import.finish", "{'import': %lld}",
              (long long)import);
    assert_true(clinic_true(clinic, "finished"));
    clinic_ok(clinic, "caseload", "{}");
    assert_int_equal(1, clinic_count(clinic, "clients"));
    clinic_ok(clinic, "show", "{'code': '%s'}", one);
    assert_string_equal("unplanned", clinic_text(clinic, "episode[0].ending"));
    assert_string_equal("2025-10-08",
                        clinic_text(clinic, "episode[0].closed"));
    assert_string_equal("2025-10-01",
                        clinic_text(clinic, "episode[0].opened"));
    assert_reply(clinic, "sessions[1].answers[0].change", 8);
    assert_string_equal("import",
                        clinic_text(clinic, "sessions[1].answers[0].how"));
    clinic_total(clinic, two, "outcome", 13);
    assert_reply(clinic, "session", 3);
    assert_reply(clinic, "answers[0].start", 12);
}

static void
an_import_goes_on_where_it_stopped_and_only_there(void **state)
{
    struct clinic *clinic = *state;
    int64_t import = begin(clinic, 3);
    send_rows(clinic, import, 0, ROW("p1", "2025-10-01", "10"));
    clinic_restart(clinic);
    assert_int_equal(import, begin(clinic, 3));
    assert_reply(clinic, "next", 1);
    refused_rows(clinic, KOR_CONFLICT, "from", import, 0,
                 ROW("p1", "2025-10-01", "10"));
    assert_non_null(strstr(clinic->call.err.text, "1 of 3"));
    refused_rows(clinic, KOR_CONFLICT, "from", import, 2,
                 ROW("p1", "2025-10-01", "10"));
    refused_rows(clinic, KOR_CONFLICT, "from", import, 1,
                 ROW("p1", "2025-10-08", "10") ", "
                 ROW("p1", "2025-10-09", "10") ", "
                 ROW("p1", "2025-10-10", "10"));
    clinic_refused(clinic, KOR_CONFLICT, "import", "import.finish",
                   "{'import': %lld}", (long long)import);
    send_rows(clinic, import, 1,
              ROW("p1", "2025-10-08", "10") ", "
              ROW("p1", "2025-10-09", "10"));
    clinic_ok(clinic, "import.finish", "{'import': %lld}",
              (long long)import);
    clinic_ok(clinic, "import.finish", "{'import': %lld}",
              (long long)import);
    assert_int_equal(import, begin(clinic, 3));
    assert_true(clinic_true(clinic, "finished"));
    refused_rows(clinic, KOR_CONFLICT, "from", import, 3,
                 ROW("p1", "2025-10-20", "10"));
    assert_int_equal(3, clinic_sql(clinic, "SELECT count(*) FROM session"));
}

static void
what_does_not_fit_the_file_is_refused(void **state)
{
    struct clinic *clinic = *state;
    begin(clinic, 3);
    clinic_refused(clinic, KOR_CONFLICT, "rows", "import.begin",
                   "{'name': 'a.csv', 'hash': '%064d', 'rows': 4}", 3);
    clinic_refused(clinic, KOR_BAD_VALUE, "hash", "import.begin",
                   "{'name': 'a.csv', 'hash': '%064X', 'rows': 4}", 0xabc);
    clinic_refused(clinic, KOR_BAD_VALUE, "rows", "import.begin",
                   "{'name': 'a.csv', 'hash': '%064d', 'rows': 0}", 3);
    clinic_refused(clinic, KOR_NOT_FOUND, "import", "import.rows",
                   "{'import': 9, 'from': 0, 'rows': [%s]}",
                   ROW("p1", "2025-10-01", "10"));
    clinic_refused(clinic, KOR_NOT_FOUND, "import", "import.finish",
                   "{'import': 9}");
    clinic_refused(clinic, KOR_NOT_FOUND, "import", "import.codes",
                   "{'import': 9}");
}

static void
a_broken_row_is_named_and_stores_nothing_of_its_batch(void **state)
{
    struct clinic *clinic = *state;
    int64_t import = begin(clinic, 5);
    send_rows(clinic, import, 0, ROW("p1", "2025-10-01", "10"));
    static const struct {
        enum kor_code code;
        const char *field, *row;
    } bad[] = {
        {KOR_BAD_VALUE, "total", ROW("p1", "2025-10-08", "40.5")},
        {KOR_BAD_VALUE, "date", ROW("p1", "2026-10-08", "10")},
        {KOR_BAD_VALUE, "date", ROW("p1", "2025-09-30", "10")},
        {KOR_DUPLICATE, "scale", ROW("p1", "2025-10-01", "11")},
        {KOR_BAD_VALUE, "ending", END("p1", "2025-10-08", "10", "gone")},
        {KOR_NOT_FOUND, "scale", "{'person': 'p1', 'date': '2025-10-08', "
                                 "'answers': [{'scale': 'x', 'total': 1}]}"},
        {KOR_BAD_VALUE, "status", "{'person': 'p1', 'date': '2025-10-08', "
                                  "'status': 'gone'}"},
        {KOR_BAD_VALUE, "born", "{'person': 'p9', 'date': '2025-10-08', "
                                "'born': '2025-14'}"},
        {KOR_BAD_VALUE, "gender", "{'person': 'p9', 'date': '2025-10-08', "
                                  "'gender': 'x'}"},
    };
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        char rows[600];
        snprintf(rows, sizeof rows, "%s, %s", ROW("p2", "2025-10-02", "10"),
                 bad[i].row);
        refused_rows(clinic, bad[i].code, bad[i].field, import, 1, rows);
        /* Counted from one, as lines of a file without its heading. */
        assert_int_equal(0, strncmp(clinic->call.err.text, "row 3: ", 7));
    }
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM person"));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM session"));
    assert_int_equal(1, begin(clinic, 5));
    assert_reply(clinic, "next", 1);
}

static void
scales_of_one_session_may_come_in_rows_of_their_own(void **state)
{
    struct clinic *clinic = *state;
    int64_t import = begin(clinic, 3);
    send_rows(clinic, import, 0,
              "{'person': 'p1', 'session': 1, 'date': '2025-10-01', "
              "'status': 'not-attended'}, "
              "{'person': 'p1', 'session': 1, 'date': '2025-10-01', "
              "'status': 'held', 'answers': [{'scale': 'outcome', 'total': "
              "9}]}, {'person': 'p1', 'session': 1, 'date': '2025-10-01', "
              "'answers': [{'scale': 'alliance', 'total': 20}]}");
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM session "
                                           "WHERE status = 'held'"));
    assert_int_equal(2, clinic_sql(clinic, "SELECT count(*) FROM answer"));
}

static void
signals_of_open_episodes_show_once_the_import_is_finished(void **state)
{
    struct clinic *clinic = *state;
    int64_t import = begin(clinic, 4);
    send_rows(clinic, import, 0,
              ROW("p1", "2025-10-01", "30") ", "
              ROW("p1", "2025-10-08", "20") ", "
              ROW("p2", "2025-10-01", "30") ", "
              END("p2", "2025-10-08", "20", "planned"));
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(0, clinic_count(clinic, "signals"));
    clinic_ok(clinic, "ping", "{}");
    double seq = clinic_num(clinic, "seq");
    clinic_ok(clinic, "import.finish", "{'import': %lld}",
              (long long)import);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_string_equal("reliably-worse",
                        clinic_text(clinic, "signals[0].finding"));
    clinic_ok(clinic, "since", "{'seq': %.0f}", seq);
    assert_int_equal(1, clinic_count(clinic, "events"));
    assert_string_equal("import.finish",
                        clinic_text(clinic, "events[0].verb"));
    assert_string_equal("", clinic_text(clinic, "events[0].code"));
}

static void
codes_come_page_by_page(void **state)
{
    struct clinic *clinic = *state;
    int64_t import = begin(clinic, 1100);
    for (int from = 0; from < 1100; from += 20) {
        char rows[3000] = "";
        for (int i = from; i < from + 20; i++) {
            snprintf(rows + strlen(rows), sizeof rows - strlen(rows),
                     "%s{'person': 'p%d', 'date': '2025-10-01'}",
                     i > from ? ", " : "", i);
        }
        send_rows(clinic, import, from, rows);
    }
    clinic_ok(clinic, "import.codes", "{'import': %lld}", (long long)import);
    assert_int_equal(1000, clinic_count(clinic, "people"));
    assert_string_equal("p999", clinic_text(clinic, "people[999].person"));
    double next = clinic_num(clinic, "next");
    clinic_ok(clinic, "import.codes", "{'import': %lld, 'after': %.0f}",
              (long long)import, next);
    assert_int_equal(100, clinic_count(clinic, "people"));
    assert_string_equal("p1000", clinic_text(clinic, "people[0].person"));
    assert_reply(clinic, "next", NAN);
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)
    const struct CMUnitTest tests[] = {
        T(people_become_clients_with_one_episode_when_the_last_row_is_there),
        T(an_import_goes_on_where_it_stopped_and_only_there),
        T(what_does_not_fit_the_file_is_refused),
        T(a_broken_row_is_named_and_stores_nothing_of_its_batch),
        T(scales_of_one_session_may_come_in_rows_of_their_own),
        T(signals_of_open_episodes_show_once_the_import_is_finished),
        T(codes_come_page_by_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
