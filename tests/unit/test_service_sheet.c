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

/* --- the catalogue -------------------------------------------------------- */

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

#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, clinic_set_up, clinic_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_form_is_added_shown_and_listed),
        T(a_form_is_never_changed_and_checked_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
