/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pathways: what a definition says, and what is refused, by its path. */

#include "support/near.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/buf.h"
#include "kor/base/clock.h"
#include "kor/base/file.h"
#include "kor/define/catalogue.h"
#include "kor/define/pathway.h"
#include "kor/stat/finding.h"
#include "support/json.h"

/* A pathway with something of everything. */
static const char whole[]
    = "{'key': 'imr', 'version': '2', 'names': {'en': 'IMR', 'nb': 'IMR'},"
      " 'note': 'Forty meetings.', 'lead': 'imrs',"
      " 'phases': ["
      "  {'key': 'begin', 'names': {'en': 'beginning'}, 'sessions': 2,"
      "   'weeks': 3},"
      "  {'key': 'work', 'names': {'en': 'work'}, 'months': 9},"
      "  {'key': 'end', 'names': {'en': 'end'}}],"
      " 'contacts': [{'key': 'meeting', 'names': {'en': 'meeting'},"
      "  'weeks': 1, 'grace_days': 3, 'phases': ['begin', 'work']}],"
      " 'scales': ["
      "  {'scale': 'imrs', 'when': 'intake', 'grace_days': 14},"
      "  {'scale': 'imrs', 'when': 'every', 'months': 3},"
      "  {'scale': 'imrs', 'rater': 'therapist', 'when': 'every',"
      "   'months': 3},"
      "  {'scale': 'alliance', 'when': 'session-end'},"
      "  {'scale': 'imrs', 'when': 'follow-up', 'months': 6,"
      "   'grace_days': 60}],"
      " 'sheets': [{'sheet': 'evaluation', 'when': 'end'}],"
      " 'modules': [{'key': 'recovery', 'names': {'en': 'Recovery'}},"
      "  {'key': 'facts', 'names': {'en': 'Facts'}}],"
      " 'planned': {'sessions': 40, 'months': 12},"
      " 'signals': {'asks': ['reliably-worse']},"
      " 'endings': [{'key': 'done', 'names': {'en': 'all of it'},"
      "  'ending': 'planned'},"
      "  {'key': 'left', 'names': {'en': 'left'}, 'ending': 'unplanned'}]}";

static struct kor_pathway *
parse(const char *text)
{
    struct kor_pathway *pathway = kor_alloc(sizeof *pathway);
    struct kor_err err;
    char *bytes = json_text(text);
    kor_err_init(&err, KOR_EN);
    if (kor_pathway_parse(bytes, strlen(bytes), pathway, &err) != KOR_OK) {
        fail_msg("%s: %s", err.field, err.text);
    }
    free(bytes);
    return pathway;
}

static void
done(struct kor_pathway *pathway)
{
    kor_pathway_done(pathway);
    free(pathway);
}

static void
refuse_text(const char *text, const char *field, const char *said)
{
    struct kor_pathway *pathway = kor_alloc(sizeof *pathway);
    struct kor_err err;
    char *bytes = json_text(text);
    kor_err_init(&err, KOR_EN);
    assert_int_equal(
        kor_pathway_parse(bytes, strlen(bytes), pathway, &err),
        KOR_BAD_VALUE);
    if (strcmp(err.field, field) || !strstr(err.text, said)) {
        fail_msg("'%s': '%s'", err.field, err.text);
    }
    assert_null(pathway->owned);
    free(bytes);
    free(pathway);
}

/* Refuses 'whole' with 'from' (which is there) replaced by 'to'. */
static void
refuse(const char *from, const char *to, const char *field, const char *said)
{
    char *text = json_changed(whole, from, to);
    refuse_text(text, field, said);
    free(text);
}

static void
all_of_a_definition_is_read(void **state)
{
    (void)state;
    struct kor_pathway *p = parse(whole);
    assert_string_equal(p->key, "imr");
    assert_string_equal(p->version, "2");
    assert_string_equal(p->names.in[KOR_NB], "IMR");
    assert_string_equal(p->lead, "imrs");
    assert_int_equal(p->n_phases, 3);
    assert_int_equal(p->phases[0].sessions, 2);
    assert_int_equal(p->phases[0].time.unit, KOR_WEEKS);
    assert_int_equal(p->phases[0].next, 1);
    assert_int_equal(p->phases[2].sessions, KOR_NO_LIMIT);
    assert_int_equal(p->phases[2].time.n, 0);
    assert_int_equal(p->phases[2].next, KOR_NO_LIMIT);
    assert_int_equal(p->n_rules, 7);
    assert_int_equal(p->rules[0].kind, KOR_RULE_CONTACT);
    assert_int_equal(p->rules[0].when, KOR_WHEN_EVERY);
    assert_int_equal(p->rules[0].grace_days, 3);
    assert_int_equal(p->rules[0].phases, 3);
    assert_int_equal(p->rules[3].rater.role, KOR_ROLE_THERAPIST);
    assert_int_equal(p->rules[4].when, KOR_WHEN_SESSION_END);
    assert_int_equal(p->rules[4].phases, UINT32_MAX);
    assert_int_equal(p->rules[5].when, KOR_WHEN_FOLLOW_UP);
    assert_int_equal(p->rules[5].span.n, 6);
    assert_int_equal(p->rules[6].kind, KOR_RULE_SHEET);
    assert_int_equal(p->n_modules, 2);
    assert_int_equal(p->planned_sessions, 40);
    assert_int_equal(p->planned_time.n, 12);
    /* What is about safety asks, whether it is named or not. */
    assert_int_equal(p->asks, KOR_FINDING_RELIABLY_WORSE
                                  | KOR_FINDING_ATTENTION);
    assert_int_equal(p->stalled_sessions, KOR_NO_LIMIT);
    assert_true(kor_pathway_ending(p, "done")->is_planned);
    assert_false(kor_pathway_ending(p, "left")->is_planned);
    assert_null(kor_pathway_ending(p, "begin"));
    assert_ptr_equal(kor_pathway_phase(p, "work"), &p->phases[1]);
    assert_ptr_equal(kor_pathway_module(p, "facts"), &p->modules[1]);
    assert_null(kor_pathway_module(p, "other"));
    done(p);
}

static void
a_rule_says_where_it_names_what_it_names(void **state)
{
    (void)state;
    char path[KOR_RULE_PATH_SIZE];
    struct kor_pathway *p = parse(whole);
    assert_string_equal(kor_rule_path(&p->rules[0], path), "contacts[0].key");
    assert_string_equal(kor_rule_path(&p->rules[2], path), "scales[1].scale");
    assert_string_equal(kor_rule_path(&p->rules[6], path), "sheets[0].sheet");
    done(p);
}

static void
without_phases_there_is_one(void **state)
{
    (void)state;
    struct kor_pathway *p
        = parse("{'key': 'a', 'version': '1', 'names': {'en': 'A'},"
                " 'signals': {'asks': []}}");
    assert_int_equal(p->n_phases, 1);
    assert_int_equal(p->phases[0].next, KOR_NO_LIMIT);
    assert_int_equal(p->n_rules, 0);
    assert_int_equal(p->asks, KOR_FINDING_ATTENTION);
    done(p);
}

static void
a_definition_that_loops_is_refused(void **state)
{
    (void)state;
    refuse("'months': 9}", "'months': 9, 'next': 'begin'}",
           "phases[1].next", "goes back to 'begin', and so it never ends");
    refuse("'names': {'en': 'end'}}", "'names': {'en': 'end'}, 'next': 'end'}",
           "phases[2].next", "goes back to 'end'");
    refuse("'weeks': 3}", "'weeks': 3, 'next': 'end'}", "phases[1]",
           "'work', follows on no other phase");
    refuse("'weeks': 3}", "'weeks': 3, 'next': 'nowhere'}", "phases[0].next",
           "names the phase 'nowhere', which is not there");
}

static void
a_definition_that_ends_before_its_phases_do_is_refused(void **state)
{
    (void)state;
    refuse("'sessions': 40, 'months': 12", "'sessions': 1",
           "planned.sessions", "is 1 and the phases have 2 together");
    /* Three weeks and nine months are more than nine months. */
    refuse("'sessions': 40, 'months': 12", "'months': 9", "planned",
           "planned is shorter than the phases together");
}

static void
ten_thousand_phases_are_refused(void **state)
{
    (void)state;
    struct kor_buf text = {0};
    kor_buf_puts(&text, "{'key': 'a', 'version': '1', 'names': {'en': 'A'},"
                        " 'signals': {'asks': []}, 'phases': [");
    for (int i = 0; i < 10000; i++) {
        kor_buf_printf(&text, "%s{'key': 'p%d'}", i ? "," : "", i);
    }
    kor_buf_puts(&text, "]}");
    refuse_text(text.text, "phases", "has 10000 members and must have 0 to "
                                     "32");
    kor_buf_done(&text);
}

static void
what_is_more_than_a_definition_may_be_is_too_large(void **state)
{
    (void)state;
    struct kor_pathway *p = kor_alloc(sizeof *p);
    struct kor_err err;
    size_t size = KOR_PATHWAY_MAX_SIZE + 1;
    char *text = kor_alloc(size + 1);
    memset(text, ' ', size);
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_pathway_parse(text, size, p, &err), KOR_TOO_LARGE);
    free(text);
    free(p);
}

static void
what_contradicts_itself_is_refused_by_its_path(void **state)
{
    (void)state;
    refuse("'key': 'end'", "'key': 'work'", "phases[2].key",
           "is 'work', which is there already");
    refuse("'key': 'facts'", "'key': 'recovery'", "modules[1].key",
           "is 'recovery', which is there already");
    refuse("'key': 'left'", "'key': 'done'", "endings[1].key",
           "is 'done', which is there already");
    refuse("'when': 'every', 'months': 3}", "'when': 'every'}", "scales[1]",
           "does not say how long");
    refuse("'when': 'session-end'", "'when': 'session-end', 'days': 2",
           "scales[3]", "a length of time that means nothing there");
    refuse("'weeks': 1,", "'weeks': 1, 'days': 3,", "contacts[0].weeks",
           "one unit of time too many");
    refuse("'rater': 'therapist', ", "", "scales[2].scale",
           "'imrs', is expected at that time already");
    refuse("'lead': 'imrs'", "'lead': 'phq9'", "lead",
           "lead is 'phq9', which no scale of the pathway is");
    refuse("['reliably-worse']", "['stalled']", "signals.stalled_sessions",
           "has no limit");
    refuse("['begin', 'work']", "['begin', 'play']", "contacts[0].phases[1]",
           "names the phase 'play', which is not there");
    refuse("['begin', 'work']", "['work', 'work']", "contacts[0].phases[1]",
           "names the phase 'work' a second time: take it out");
    refuse("'phases': ['begin', 'work']}",
           "'phases': ['begin']}, {'key': 'meeting', 'names': {'en': 'call'},"
           " 'weeks': 1, 'phases': ['work']}",
           "contacts[1].key", "is 'meeting', which is there already");
}

static void
a_name_that_nobody_can_read_is_refused(void **state)
{
    (void)state;
    refuse("{'en': 'IMR', 'nb': 'IMR'}", "{'en': 'IMR', 'nb': '  '}",
           "names.nb", "is blank: write something, or leave it out");
    refuse("'names': {'en': 'work'}", "'names': {'en': '\\u2003'}",
           "phases[1].names.en", "is blank");
    refuse("'names': {'en': 'Facts'}", "'names': {}", "modules[1].names",
           "has no words: give them in en, nb or sv");
    refuse("'names': {'en': 'left'}", "'names': {'sv': ' '}",
           "endings[1].names.sv", "is blank");
}

static void
what_is_not_right_by_itself_is_refused_by_its_path(void **state)
{
    (void)state;
    refuse("'when': 'intake'", "'when': 'sometimes'", "scales[0].when",
           "must be one of intake, session-start");
    refuse("'rater': 'therapist'", "'rater': 'cat'", "scales[2].rater",
           "is no rater");
    refuse("'grace_days': 3,", "'grace_days': 4000,", "contacts[0].grace_days",
           "must be from 0 to 366");
    refuse("'sessions': 2,", "'sessions': 0,", "phases[0].sessions",
           "must be from 1 to 9999");
    refuse("'key': 'imr'", "'key': 'Imr'", "key", "small letters");
    refuse("'names': {'en': 'IMR', 'nb': 'IMR'}", "'names': {'nb': 'IMR'}",
           "names.en", "is missing");
    refuse("'asks': ['reliably-worse']", "'asks': ['recovered']",
           "signals.asks[0]", "must be one of attention, reliably-worse");
    refuse("'ending': 'unplanned'", "'ending': 'open'", "endings[1].ending",
           "must be one of planned, unplanned");
    refuse("'asks': ['reliably-worse']", "'asks': [], 'silent_days': 3",
           "signals.silent_days", "is not known");
    refuse("'signals'", "'singals'", "singals", "is not known");
    refuse_text("[]", "file", "an object in braces");
    refuse_text("{", "file", "is not JSON");
    refuse_text("", "file", "the file is empty");
    refuse_text(" \n\t", "file", "the file is empty");
    refuse_text("\xef\xbb\xbf{}", "file", "byte order mark");
    refuse_text("\xff\xfe{", "file", "is UTF-16");
    refuse_text("{'key': '\xe5'}", "file", "is not UTF-8");
}

static int32_t
day(const char *text)
{
    int32_t date = 0;
    assert_true(kor_date_parse(text, &date));
    return date;
}

/* By a calendar on the wall. */
static void
spans_follow_the_calendar(void **state)
{
    (void)state;
    const struct kor_interval month = {1, KOR_MONTHS};
    const struct kor_interval half_year = {6, KOR_MONTHS};
    const struct kor_interval fortnight = {2, KOR_WEEKS};
    const struct kor_interval ten_days = {10, KOR_DAYS};
    int32_t last = day("2024-01-31");
    assert_int_equal(kor_interval_after(last, &month, 1), day("2024-02-29"));
    assert_int_equal(kor_interval_after(last, &month, 2), day("2024-03-31"));
    assert_int_equal(kor_interval_after(last, &month, 13), day("2025-02-28"));
    assert_int_equal(kor_interval_after(last, &half_year, 1),
                     day("2024-07-31"));
    assert_int_equal(kor_interval_after(day("2025-08-30"), &half_year, 1),
                     day("2026-02-28"));
    /* Over the end of summer time: dates know of no hours. */
    assert_int_equal(kor_interval_after(day("2026-10-20"), &fortnight, 1),
                     day("2026-11-03"));
    assert_int_equal(kor_interval_after(day("2026-12-30"), &ten_days, 3),
                     day("2027-01-29"));
}

static void
every_pathway_that_comes_along_holds_together(void **state)
{
    (void)state;
    size_t n = 0;
    for (const struct kor_embedded *row = kor_pathway_catalogue; row->name;
         row++, n++) {
        struct kor_pathway *p = kor_alloc(sizeof *p);
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        if (kor_pathway_parse(row->text, strlen(row->text), p, &err)
            != KOR_OK) {
            fail_msg("%s: %s: %s", row->name, err.field, err.text);
        }
        assert_string_equal(p->key, row->name);
        for (int lang = 0; lang < KOR_N_LANGS; lang++) {
            assert_non_null(p->names.in[lang]);
            for (size_t i = 0; i < p->n_endings; i++) {
                assert_non_null(p->endings[i].names.in[lang]);
            }
        }
        done(p);
    }
    assert_int_equal(n, 1);
}

static void
the_example_of_the_manual_is_right(void **state)
{
    (void)state;
    struct kor_buf page = {0};
    assert_int_equal(kor_file_read("docs/pathways.md", 1 << 16, &page, NULL),
                     KOR_OK);
    char *from = strstr(kor_buf_text(&page), "```json\n");
    assert_non_null(from);
    from += strlen("```json\n");
    char *to = strstr(from, "```");
    assert_non_null(to);
    *to = '\0';
    struct kor_pathway *p = parse(from);
    assert_string_equal(p->key, "sleep");
    done(p);
    kor_buf_done(&page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_a_definition_is_read),
        cmocka_unit_test(a_rule_says_where_it_names_what_it_names),
        cmocka_unit_test(without_phases_there_is_one),
        cmocka_unit_test(a_definition_that_loops_is_refused),
        cmocka_unit_test(
            a_definition_that_ends_before_its_phases_do_is_refused),
        cmocka_unit_test(ten_thousand_phases_are_refused),
        cmocka_unit_test(what_is_more_than_a_definition_may_be_is_too_large),
        cmocka_unit_test(what_contradicts_itself_is_refused_by_its_path),
        cmocka_unit_test(a_name_that_nobody_can_read_is_refused),
        cmocka_unit_test(what_is_not_right_by_itself_is_refused_by_its_path),
        cmocka_unit_test(spans_follow_the_calendar),
        cmocka_unit_test(every_pathway_that_comes_along_holds_together),
        cmocka_unit_test(the_example_of_the_manual_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
