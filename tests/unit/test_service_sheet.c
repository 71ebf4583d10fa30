/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: forms, and the sheets that are filled in on them.  KIT_DAY, day 0
 * here, is 5 January 2026, a Monday. */

#include <math.h>
#include <stdio.h>
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
    "{'a1': 2, 'a2': 1, 's1': 'crisis', 'free': 'one\\ntwo',"                  \
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

#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_form_is_added_shown_and_listed),
        T(a_form_is_never_changed_and_checked_whole),
        T(a_sheet_is_stored_and_what_to_talk_about_told_first),
        T(what_is_missing_is_not_made_up),
        T(a_correction_is_a_version_and_nothing_is_written_over),
        T(what_is_wrong_is_refused_and_nothing_stored),
        T(an_episode_keeps_its_sheets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
