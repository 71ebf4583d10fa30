/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: forms, and the sheets that are filled in on them.  KIT_DAY, day 0
 * here, is 5 January 2026, a Monday. */

#include <math.h>
#include <string.h>

#include "support/staff.h"

/* A form with something of everything, in 'version'. */
#define FORM(version)                                                         \
    "{'key': 'mixed', 'version': '" version "', 'names': {'en': 'Mixed',"     \
    " 'nb': 'Blandet'}, 'sections': ["                                        \
    "{'key': 'home', 'names': {'en': 'At home'}, 'fields': ["                 \
    " {'key': 'a1', 'type': 'area012', 'text': {'en': 'Cooks'}},"             \
    " {'key': 'a2', 'type': 'area012', 'text': {'en': 'Tidies'}}]},"          \
    "{'key': 'signs', 'names': {'en': 'Signs', 'nb': 'Tegn'}, 'fields': ["    \
    " {'key': 's1', 'type': 'choice', 'attention': 'crisis',"                 \
    "  'text': {'en': 'Despairs', 'nb': 'Fortviler'}, 'words': ["             \
    "  {'key': 'seldom', 'names': {'en': 'seldom'}},"                         \
    "  {'key': 'crisis', 'names': {'en': 'in a crisis', 'nb': 'i krise'}}]}," \
    " {'key': 'free', 'type': 'text', 'text': {'en': 'Else?'},"               \
    "  'lines': 3},"                                                          \
    " {'key': 'who', 'type': 'text', 'text': {'en': 'Who?'},"                 \
    "  'names': true}]},"                                                     \
    "{'key': 'done', 'names': {'en': 'Done'}, 'fields': ["                    \
    " {'key': 'c1', 'type': 'checklist', 'text': {'en': 'Told'}},"            \
    " {'key': 'c2', 'type': 'checklist', 'text': {'en': 'Agreed'}},"          \
    " {'key': 'c3', 'type': 'checklist', 'text': {'en': 'Met'}}]}]}"

static void
add_form(struct clinic *clinic)
{
    clinic_ok(clinic, "form.add", "{'definition': " FORM("1") "}");
}

/* --- the catalogue ------------------------------------------------------- */

static void
a_form_is_added_shown_and_listed(void **state)
{
    struct clinic *clinic = *state;
    clinic_ok(clinic, "form.add",
              "{'definition': " FORM("1") ", 'check': true}");
    assert_string_equal("mixed", clinic_text(clinic, "key"));
    assert_reply(clinic, "sections", 3);
    assert_reply(clinic, "fields", 8);
    clinic_refused(clinic, KOR_NOT_FOUND, "form", "form.show",
                   "{'key': 'mixed'}");
    add_form(clinic);
    clinic_ok(clinic, "form.show", "{'key': 'mixed'}");
    assert_string_equal("1", clinic_text(clinic, "version"));
    assert_string_equal("home",
                        clinic_text(clinic, "definition.sections[0].key"));
    clinic_ok(clinic, "form.add", "{'definition': " FORM("2") "}");
    clinic_ok(clinic, "form.list", "{}");
    assert_int_equal(clinic_count(clinic, "forms"), 2);
    assert_string_equal("closing", clinic_text(clinic, "forms[0].key"));
    assert_reply(clinic, "forms[0].fields", 7);
    assert_string_equal("2", clinic_text(clinic, "forms[1].version"));
    clinic_ok(clinic, "form.show", "{'key': 'mixed', 'version': '1'}");
    assert_string_equal("1", clinic_text(clinic, "version"));
}

static void
a_form_is_never_changed_and_checked_whole(void **state)
{
    struct clinic *clinic = *state;
    add_form(clinic);
    clinic_refused(clinic, KOR_DUPLICATE, "version", "form.add",
                   "{'definition': " FORM("1") "}");
    clinic_refused(clinic, KOR_DUPLICATE, "version", "form.add",
                   "{'definition': " FORM("1") ", 'check': true}");
    clinic_refused(clinic, KOR_BAD_VALUE, "sections", "form.add",
                   "{'definition': {'key': 'a', 'version': '1', 'names': "
                   "{'en': 'A'}, 'sections': []}}");
    clinic_refused(clinic, KOR_NOT_FOUND, "form", "form.show",
                   "{'key': 'mixed', 'version': '9'}");
}

/* --- what is filled in --------------------------------------------------- */

#define VALUES                                                                \
    "{'a1': 2, 'a2': 1, 's1': 'crisis', 'free': 'one\\ntwo',"                 \
    " 'c1': 'reached', 'c2': {'answer': 'not', 'comment': 'was ill'},"        \
    " 'c3': {'answer': 'not-applicable', 'comment': 'lives alone'}}"

static void
open_with_form(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    add_form(clinic);
    clinic_open(clinic, code);
}

static void
a_sheet_is_stored_and_what_to_talk_about_told_first(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_with_form(clinic, code);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'values': " VALUES "}", code);
    assert_int_equal(clinic_count(clinic, "attention"), 1);
    assert_reply(clinic, "asks", 1);
    assert_string_equal("asks", clinic_text(clinic, "attention[0].attention"));
    assert_string_equal("Despairs", clinic_text(clinic, "attention[0].text"));
    assert_string_equal("in a crisis",
                        clinic_text(clinic, "attention[0].answer"));
    assert_reply(clinic, "sheet", 1);
    assert_reply(clinic, "version", 1);
    assert_string_equal("2026-01-05", clinic_text(clinic, "date"));
    assert_string_equal("one\ntwo", clinic_text(clinic, "values.free"));
    assert_int_equal(clinic_count(clinic, "areas"), 1);
    assert_reply(clinic, "areas[0].sum", 3);
    assert_reply(clinic, "areas[0].most", 4);
    assert_int_equal(clinic_count(clinic, "counts"), 1);
    assert_reply(clinic, "counts[0].rows", 3);
    assert_reply(clinic, "counts[0].reached", 1);
    assert_reply(clinic, "counts[0].partly", 0);
    assert_reply(clinic, "counts[0].not_reached", 1);
    assert_reply(clinic, "counts[0].not_applicable", 1);
    assert_int_equal(clinic_count(clinic, "deviations"), 2);
    assert_string_equal("c2", clinic_text(clinic, "deviations[0].field"));
    assert_string_equal("was ill",
                        clinic_text(clinic, "deviations[0].comment"));
    assert_string_equal("not-applicable",
                        clinic_text(clinic, "deviations[1].answer"));
}

/* Whoever opens the case next must see it, as with an answer on a scale. */
static void
an_answer_to_talk_about_on_a_sheet_is_a_signal(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    open_with_form(clinic, code);
    clinic_day(clinic, 3);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'values': {'s1': 'seldom'}}",
              code);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(0, clinic_count(clinic, "signals"));
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM session"));
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'values': " VALUES "}", code);
    assert_string_equal("attention", clinic->call.event.message.signals[0]);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(1, clinic_count(clinic, "signals"));
    assert_string_equal("mixed", clinic_text(clinic, "signals[0].scale"));
    assert_reply(clinic, "signals[0].sheet", 2);
    assert_string_equal(clinic_date(3, date),
                        clinic_text(clinic, "signals[0].date"));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_string_equal("check-in",
                        clinic_text(clinic, "sessions[0].status"));
    assert_reply(clinic, "signals[0].sheet", 2);
    /* It waits, whatever a scale says, and is one signal for one sheet. */
    clinic_total(clinic, code, "outcome", 30);
    clinic_restart(clinic);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'sheet': 2, 'reason': 'x', "
              "'values': {'s1': 'crisis'}}", code);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM signal WHERE "
                                           "passed_session_id IS NULL"));
    /* Unless that was put down wrongly. */
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'sheet': 2, 'reason': 'x', "
              "'values': {'s1': 'seldom'}}", code);
    clinic_ok(clinic, "signals", "{}");
    assert_int_equal(0, clinic_count(clinic, "signals"));
}

/* Between sessions that have their numbers there is room for none. */
static void
a_sheet_that_is_put_down_late_belongs_to_the_session_before(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE], date[KOR_DATE_SIZE];
    open_with_form(clinic, code);
    clinic_day(clinic, 2);
    clinic_total(clinic, code, "outcome", 20);
    clinic_day(clinic, 9);
    clinic_total(clinic, code, "outcome", 22);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'date': '%s', 'values': "
              VALUES "}", code, clinic_date(5, date));
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'date': '%s', 'values': "
              VALUES "}", code, clinic_date(1, date));
    clinic_ok(clinic, "show", "{'code': '%s'}", code);
    assert_int_equal(2, clinic_count(clinic, "sessions"));
    assert_int_equal(2, clinic_count(clinic, "signals"));
    assert_reply(clinic, "signals[0].session", 1);
    assert_reply(clinic, "signals[1].session", 1);
    assert_reply(clinic, "signals[1].sheet", 2);
}

/* An area with a missing item has no sum, and an attention question that was
 * not answered is to be asked. */
static void
what_is_missing_is_not_made_up(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_with_form(clinic, code);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'values': {'a1': 2}}", code);
    assert_reply(clinic, "areas[0].sum", NAN);
    assert_reply(clinic, "areas[0].missing", 1);
    assert_string_equal("not-seen",
                        clinic_text(clinic, "attention[0].attention"));
    assert_string_equal("", clinic_text(clinic, "attention[0].answer"));
}

static void
a_correction_is_a_version_and_nothing_is_written_over(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_with_form(clinic, code);
    clinic_ok(clinic, "sheet.answer", "{'code': '%s', 'form': 'closing', "
              "'values': {'how': 'well'}}", code);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'values': " VALUES "}", code);
    assert_reply(clinic, "sheet", 2);
    clinic_ok(clinic, "form.add", "{'definition': " FORM("2") "}");
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'sheet': 2, 'reason': "
              "'misread', 'values': {'s1': 'seldom'}}", code);
    assert_reply(clinic, "version", 2);
    assert_string_equal("1", clinic_text(clinic, "form_version"));
    assert_int_equal(clinic_count(clinic, "attention"), 0);
    clinic_ok(clinic, "sheet.list", "{'code': '%s'}", code);
    assert_int_equal(clinic_count(clinic, "sheets"), 2);
    assert_string_equal("closing", clinic_text(clinic, "sheets[0].form"));
    assert_reply(clinic, "sheets[1].version", 2);
    assert_string_equal("misread", clinic_text(clinic, "sheets[1].reason"));
    assert_string_equal("", clinic_text(clinic, "sheets[0].values.how"));
    assert_reply(clinic, "sheets[1].asks", 0);
    clinic_ok(clinic, "sheet.show", "{'code': '%s', 'sheet': 2}", code);
    assert_string_equal("seldom", clinic_text(clinic, "values.s1"));
    clinic_ok(clinic, "sheet.show",
              "{'code': '%s', 'sheet': 2, 'version': 1}", code);
    assert_string_equal("crisis", clinic_text(clinic, "values.s1"));
    assert_true(clinic_true(clinic, "replaced"));
}

static void
what_is_wrong_is_refused_and_nothing_stored(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_with_form(clinic, code);
    static const struct {
        enum kor_code code;
        const char *field, *rest;
    } cases[] = {
        {KOR_NOT_FOUND, "form", "'form': 'absent', 'values': {}"},
        {KOR_NOT_FOUND, "form",
         "'form': 'mixed', 'form_version': '0', 'values': {}"},
        {KOR_BAD_VALUE, "values", "'form': 'mixed', 'values': {}"},
        {KOR_BAD_VALUE, "values.who",
         "'form': 'mixed', 'values': {'who': 'somebody'}"},
        {KOR_BAD_VALUE, "values.c1.comment",
         "'form': 'mixed', 'values': {'c1': 'partly'}"},
        {KOR_BAD_VALUE, "values.gone",
         "'form': 'mixed', 'values': {'gone': 1}"},
        {KOR_BAD_VALUE, "reason",
         "'form': 'mixed', 'reason': 'x', 'values': {'a1': 1}"},
        {KOR_BAD_VALUE, "reason",
         "'form': 'mixed', 'sheet': 1, 'values': {'a1': 1}"},
        {KOR_NOT_FOUND, "sheet", "'form': 'mixed', 'sheet': 9, 'reason': "
                                 "'x', 'values': {'a1': 1}"},
        {KOR_CONFLICT, "form", "'form': 'closing', 'sheet': 1, 'reason': "
                               "'x', 'values': {'how': 'well'}"},
        {KOR_BAD_VALUE, "date",
         "'form': 'mixed', 'date': '2026-01-06', 'values': {'a1': 1}"},
        {KOR_BAD_VALUE, "date",
         "'form': 'mixed', 'date': '2026-01-04', 'values': {'a1': 1}"},
    };
    clinic_ok(clinic, "sheet.answer", "{'code': '%s', 'form': 'mixed', "
              "'values': {'a1': 1}}", code);
    for (size_t i = 0; i < KOR_LENGTH(cases); i++) {
        clinic_refused(clinic, cases[i].code, cases[i].field, "sheet.answer",
                       "{'code': '%s', %s}", code, cases[i].rest);
    }
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM sheet"));
    clinic_refused(clinic, KOR_NOT_FOUND, "sheet", "sheet.show",
                   "{'code': '%s', 'sheet': 2}", code);
    clinic_refused(clinic, KOR_NOT_FOUND, "sheet", "sheet.show",
                   "{'code': '%s', 'sheet': 1, 'version': 2}", code);
}

/* After the end sheets are still filled in, and a later episode has its
 * own. */
static void
an_episode_keeps_its_sheets(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_with_form(clinic, code);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'x'}", code);
    clinic_ok(clinic, "sheet.answer", "{'code': '%s', 'form': 'closing', "
              "'values': {'how': 'well'}}", code);
    clinic_ok(clinic, "reopen", "{'code': '%s'}", code);
    clinic_ok(clinic, "sheet.list", "{'code': '%s'}", code);
    assert_int_equal(clinic_count(clinic, "sheets"), 0);
    clinic_ok(clinic, "sheet.list", "{'code': '%s', 'episode': 1}", code);
    assert_int_equal(clinic_count(clinic, "sheets"), 1);
    clinic_ok(clinic, "sheet.answer", "{'code': '%s', 'form': 'closing', "
              "'values': {'how': 'again'}}", code);
    assert_reply(clinic, "episode", 2);
    assert_reply(clinic, "sheet", 1);
    clinic_ok(clinic, "person", "{'code': '%s', 'asked': 'the client'}",
              code);
    assert_int_equal(clinic_count(clinic, "sheets"), 2);
    assert_string_equal("well", clinic_text(clinic, "sheets[0].values.how"));
    assert_string_equal("again", clinic_text(clinic, "sheets[1].values.how"));
}

/* As many as there may be, put there past the service. */
static void
an_episode_has_a_bounded_number_of_sheets(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "sheet.answer", "{'code': '%s', 'form': 'closing', "
              "'values': {'how': 'well'}}", code);
    kit_sql(clinic->config.store_path,
            "WITH RECURSIVE n(v) AS (SELECT 2 UNION ALL SELECT v + 1 FROM n "
            "WHERE v < 998) INSERT INTO sheet (episode_id, number, version, "
            "form_id, sheet_date, answers, at_ms, actor_id) SELECT "
            "episode_id, v, 1, form_id, sheet_date, answers, at_ms, actor_id "
            "FROM n, sheet");
    clinic_ok(clinic, "sheet.answer", "{'code': '%s', 'form': 'closing', "
              "'values': {'how': 'last'}}", code);
    assert_reply(clinic, "sheet", 999);
    clinic_refused(clinic, KOR_CONFLICT, "sheet", "sheet.answer",
                   "{'code': '%s', 'form': 'closing', 'values': {'how': "
                   "'more'}}", code);
    clinic_refused(clinic, KOR_CONFLICT, "sheet", "sheet.answer",
                   "{'code': '%s', 'form': 'closing', 'sheet': 1, 'reason': "
                   "'x', 'values': {'how': 'more'}}", code);
    clinic_ok(clinic, "sheet.list", "{'code': '%s'}", code);
    assert_int_equal(clinic_count(clinic, "sheets"), 999);
}

/* --- signatures and copies ----------------------------------------------- */

static void
signatures_and_copies_are_ticked_and_taken_back(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_with_form(clinic, code);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'values': " VALUES "}", code);
    clinic_refused(clinic, KOR_CONFLICT, "off", "sheet.tick",
                   "{'code': '%s', 'sheet': 1, 'kind': 'copy', 'whom': 'gp', "
                   "'off': true}", code);
    clinic_ok(clinic, "sheet.tick", "{'code': '%s', 'sheet': 1, 'kind': "
              "'signature', 'whom': 'client'}", code);
    clinic_ok(clinic, "sheet.tick", "{'code': '%s', 'sheet': 1, 'kind': "
              "'copy', 'whom': 'gp'}", code);
    clinic_ok(clinic, "sheet.tick", "{'code': '%s', 'sheet': 1, 'kind': "
              "'copy', 'whom': 'gp', 'off': true}", code);
    assert_int_equal(clinic_count(clinic, "ticks"), 3);
    assert_string_equal("signature", clinic_text(clinic, "ticks[0].kind"));
    assert_string_equal("client", clinic_text(clinic, "ticks[0].whom"));
    assert_reply(clinic, "ticks[0].at_ms", (double)clinic->now_ms);
    assert_false(clinic_true(clinic, "ticks[1].off"));
    assert_true(clinic_true(clinic, "ticks[2].off"));
    clinic_refused(clinic, KOR_CONFLICT, "off", "sheet.tick",
                   "{'code': '%s', 'sheet': 1, 'kind': 'copy', 'whom': 'gp', "
                   "'off': true}", code);
    /* What was signed is that version and not the next one. */
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'sheet': 1, 'reason': 'x', "
              "'values': {'a1': 1}}", code);
    assert_int_equal(clinic_count(clinic, "ticks"), 0);
    clinic_ok(clinic, "sheet.show",
              "{'code': '%s', 'sheet': 1, 'version': 1}", code);
    assert_int_equal(clinic_count(clinic, "ticks"), 3);
}

static void
a_tick_names_nobody(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    clinic_open(clinic, code);
    clinic_ok(clinic, "sheet.answer", "{'code': '%s', 'form': 'closing', "
              "'values': {'how': 'well'}}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "whom", "sheet.tick",
                   "{'code': '%s', 'sheet': 1, 'kind': 'copy', 'whom': "
                   "'somebody'}", code);
    clinic_refused(clinic, KOR_BAD_VALUE, "kind", "sheet.tick",
                   "{'code': '%s', 'sheet': 1, 'kind': 'stamp', 'whom': "
                   "'gp'}", code);
    clinic_refused(clinic, KOR_NOT_FOUND, "sheet", "sheet.tick",
                   "{'code': '%s', 'sheet': 2, 'kind': 'copy', 'whom': "
                   "'gp'}", code);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM "
                                           "sheet_tick"));
}

/* --- what a pathway asks for --------------------------------------------- */

static void
open_on_sheets(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    add_form(clinic);
    clinic_ok(clinic, "pathway.add",
              "{'definition': {'key': 'plan', 'version': '1', 'names': {'en':"
              " 'P'}, 'signals': {'asks': []}, 'sheets': ["
              "{'sheet': 'mixed', 'when': 'intake', 'grace_days': 7},"
              "{'sheet': 'closing', 'when': 'session-end'},"
              "{'sheet': 'mixed', 'when': 'end'}]}}");
    clinic_ok(clinic, "open", "{'pathway': 'plan'}");
    strcpy(code, clinic_text(clinic, "code"));
}

static void
a_sheet_that_is_due_is_not_once_it_came(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_on_sheets(clinic, code);
    clinic_due(clinic, "mixed@0\n");
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'values': {'a1': 1}}", code);
    clinic_due(clinic, "");
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}",
              code);
    clinic_due(clinic, "closing@0 1\n");
    assert_string_equal("Closing talk", clinic_text(clinic, "dues[0].name"));
    /* A correction is not another sheet, nor is another form this one. */
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'sheet': 1, 'reason': 'x', "
              "'values': {'a1': 2}}", code);
    clinic_due(clinic, "closing@0 1\n");
    clinic_ok(clinic, "sheet.answer", "{'code': '%s', 'form': 'closing', "
              "'values': {'how': 'well'}}", code);
    clinic_due(clinic, "");
    clinic_day(clinic, 3);
    clinic_ok(clinic, "close",
              "{'code': '%s', 'ending': 'planned', 'reason': 'x'}", code);
    clinic_due(clinic, "mixed@3\n");
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'values': {'a1': 2}}", code);
    clinic_due(clinic, "");
}

static void
a_sheet_may_come_before_its_session_and_after_its_day(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_on_sheets(clinic, code);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'values': {'a1': 1}}", code);
    clinic_ok(clinic, "sheet.answer", "{'code': '%s', 'form': 'closing', "
              "'values': {'how': 'well'}}", code);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}",
              code);
    clinic_due(clinic, "");
    clinic->now_ms += 86400000;
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'held'}",
              code);
    clinic_due(clinic, "closing@1 2\n");
    clinic->now_ms += 86400000 * (int64_t)30;
    clinic_night(clinic);
    clinic_due(clinic, "");
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "missing = 'unsaid'"));
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'closing', 'date': '2026-01-06', "
              "'values': {'how': 'late'}}", code);
    assert_int_equal(0, clinic_sql(clinic, "SELECT count(*) FROM due WHERE "
                                           "missing = 'unsaid'"));
}

static void
a_sheet_counts_for_a_session_that_is_mended(void **state)
{
    struct clinic *clinic = *state;
    char code[KOR_CLIENT_CODE_SIZE];
    open_on_sheets(clinic, code);
    clinic_ok(clinic, "record", "{'code': '%s', 'status': 'not-attended'}",
              code);
    clinic_ok(clinic, "sheet.answer",
              "{'code': '%s', 'form': 'mixed', 'values': {'a1': 1}}", code);
    clinic_ok(clinic, "sheet.answer", "{'code': '%s', 'form': 'closing', "
              "'values': {'how': 'well'}}", code);
    clinic_ok(clinic, "session.set", "{'code': '%s', 'session': 1, 'status': "
              "'held', 'reason': 'late'}", code);
    clinic_due(clinic, "");
}

#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_form_is_added_shown_and_listed),
        T(a_form_is_never_changed_and_checked_whole),
        T(an_answer_to_talk_about_on_a_sheet_is_a_signal),
        T(a_sheet_that_is_put_down_late_belongs_to_the_session_before),
        T(a_sheet_is_stored_and_what_to_talk_about_told_first),
        T(what_is_missing_is_not_made_up),
        T(a_correction_is_a_version_and_nothing_is_written_over),
        T(what_is_wrong_is_refused_and_nothing_stored),
        T(an_episode_keeps_its_sheets),
        T(an_episode_has_a_bounded_number_of_sheets),
        T(signatures_and_copies_are_ticked_and_taken_back),
        T(a_tick_names_nobody),
        T(a_sheet_that_is_due_is_not_once_it_came),
        T(a_sheet_may_come_before_its_session_and_after_its_day),
        T(a_sheet_counts_for_a_session_that_is_mended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
