/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms: what a definition says, what is refused, by its path; and what may
 * be filled in. */

#include "support/near.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/buf.h"
#include "kor/base/clock.h"
#include "kor/base/file.h"
#include "kor/define/catalogue.h"
#include "kor/define/filled.h"
#include "support/json.h"

/* A form with something of everything. */
static const char whole[]
    = "{'key': 'mixed', 'version': '2', 'names': {'en': 'Mixed',"
      "  'sv': 'Blandat'}, 'note': 'Made up.', 'sections': ["
      " {'key': 'home', 'names': {'en': 'At home'}, 'fields': ["
      "  {'key': 'a1', 'type': 'area012', 'text': {'en': 'Cooks'}},"
      "  {'key': 'a2', 'type': 'area012', 'text': {'nb': 'Rydder'},"
      "   'attention': 2},"
      "  {'key': 'a3', 'type': 'area012', 'text': {'en': 'Shops'}}]},"
      " {'key': 'signs', 'names': {'en': 'Signs'}, 'fields': ["
      "  {'key': 's1', 'type': 'choice', 'text': {'en': 'Sleeps badly'},"
      "   'needed': true, 'attention': 'crisis', 'words': ["
      "    {'key': 'seldom', 'names': {'en': 'seldom'}},"
      "    {'key': 'crisis', 'names': {'en': 'in a crisis'}},"
      "    {'key': 'often', 'names': {'en': 'often'}}]},"
      "  {'key': 'free', 'type': 'text', 'text': {'en': 'Else?'},"
      "   'lines': 3, 'max': 12},"
      "  {'key': 'who', 'type': 'text', 'text': {'en': 'Who?'},"
      "   'names': true},"
      "  {'key': 'line', 'type': 'text', 'text': {'en': 'In a word'}},"
      "  {'key': 'again', 'type': 'date', 'text': {'en': 'Again on'}}]},"
      " {'key': 'done', 'names': {'en': 'Done'}, 'fields': ["
      "  {'key': 'c1', 'type': 'checklist', 'text': {'en': 'Told'}},"
      "  {'key': 'c2', 'type': 'checklist', 'text': {'en': 'Agreed'}}]}]}";

static struct kor_form *
parse(const char *text)
{
    struct kor_form *form = kor_alloc(sizeof *form);
    struct kor_err err;
    char *bytes = json_text(text);
    kor_err_init(&err, KOR_EN);
    if (kor_form_parse(bytes, strlen(bytes), form, &err) != KOR_OK) {
        fail_msg("%s: %s", err.field, err.text);
    }
    free(bytes);
    return form;
}

static void
done(struct kor_form *form)
{
    kor_form_done(form);
    free(form);
}

static void
refuse_text(const char *text, const char *field, const char *said)
{
    struct kor_form *form = kor_alloc(sizeof *form);
    struct kor_err err;
    char *bytes = json_text(text);
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_form_parse(bytes, strlen(bytes), form, &err),
                     KOR_BAD_VALUE);
    if (strcmp(err.field, field) || !strstr(err.text, said)) {
        fail_msg("'%s': '%s'", err.field, err.text);
    }
    assert_null(form->owned);
    free(bytes);
    free(form);
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
    struct kor_form *form = parse(whole);
    assert_string_equal(form->key, "mixed");
    assert_string_equal(form->version, "2");
    assert_string_equal(form->names.in[KOR_SV], "Blandat");
    assert_string_equal(form->note, "Made up.");
    assert_int_equal(form->n_sections, 3);
    assert_int_equal(form->n_fields, 10);
    assert_int_equal(form->sections[1].first_field, 3);
    assert_int_equal(form->sections[1].n_fields, 5);
    assert_int_equal(form->fields[0].attention, KOR_FORM_NO_ATTENTION);
    assert_int_equal(form->fields[1].attention, 2);
    const struct kor_form_field *s1 = kor_form_field(form, "s1");
    assert_ptr_equal(s1, &form->fields[3]);
    assert_int_equal(s1->type, KOR_FORM_CHOICE);
    assert_true(s1->is_needed);
    assert_int_equal(s1->attention, 1);
    assert_int_equal(s1->n_words, 3);
    assert_string_equal(form->words[s1->first_word + 2].key, "often");
    const struct kor_form_field *free_text = kor_form_field(form, "free");
    assert_int_equal(free_text->lines, 3);
    assert_int_equal(free_text->max_len, 12);
    assert_int_equal(kor_form_field(form, "line")->lines, 1);
    assert_int_equal(kor_form_field(form, "line")->max_len, 200);
    assert_true(kor_form_field(form, "who")->holds_names);
    assert_int_equal(kor_form_field(form, "c2")->section, 2);
    assert_int_equal(kor_form_field(form, "c2")->at, 1);
    assert_null(kor_form_field(form, "c3"));
    assert_true(kor_form_has_attention(form));
    done(form);
}

static void
what_is_wrong_is_named_by_its_path(void **state)
{
    (void)state;
    refuse("'version': '2',", "", "version", "missing");
    refuse("'en': 'Mixed',", "", "names.en", "English");
    refuse("'note'", "'total': 1, 'note'", "total", "not known");
    refuse("'key': 'signs'", "'key': 'home'", "sections[1].key", "already");
    refuse("{'en': 'often'}", "{'en': 'often', 'sv': ' '}",
           "sections[1].fields[0].words[2].names.sv", "is blank");
    refuse("{'en': 'Told'}", "{'en': '\\u00a0 '}",
           "sections[2].fields[0].text.en", "is blank");
    refuse("'key': 'c1'", "'key': 'a1'", "sections[2].fields[0].key",
           "already");
    refuse("'key': 'often'", "'key': 'seldom'",
           "sections[1].fields[0].words[2].key", "already");
    refuse("{'en': 'Cooks'}", "{}", "sections[0].fields[0].text",
           "en, nb or sv");
    refuse("{'en': 'At home'}", "{}", "sections[0].names", "en, nb or sv");
    refuse("{'en': 'in a crisis'}", "{}",
           "sections[1].fields[0].words[1].names", "en, nb or sv");
    refuse("'checklist'", "'slider'", "sections[2].fields[0].type",
           "area012");
    refuse("'attention': 2", "'attention': 3",
           "sections[0].fields[1].attention", "from 1 to 2");
    refuse("'attention': 'crisis'", "'attention': 'always'",
           "sections[1].fields[0].attention", "seldom, crisis, often");
    refuse("'max': 12", "'max': 4001", "sections[1].fields[1].max",
           "from 1 to 4000");
    refuse("'lines': 3", "'lines': 41", "sections[1].fields[1].lines",
           "from 1 to 40");
    refuse("'names': true", "'names': true, 'needed': true",
           "sections[1].fields[2].needed", "stores none");
    refuse("'type': 'date'", "'type': 'date', 'names': true",
           "sections[1].fields[4].names", "not known");
    refuse("'type': 'checklist'", "'type': 'checklist', 'attention': 1",
           "sections[2].fields[0].attention", "not known");
    refuse_text("{'key': 'a', 'version': '1', 'names': {'en': 'A'},"
                " 'sections': []}", "sections", "1 to 64");
    refuse_text("{'key': 'a', 'version': '1', 'names': {'en': 'A'},"
                " 'sections': [{'key': 'b', 'names': {'en': 'B'},"
                " 'fields': [{'key': 'c', 'type': 'text', 'text':"
                " {'en': 'C'}, 'names': true}]}]}", "sections", "on paper");
    refuse_text("[]", "file", "object");
}

/* 64 sections of four fields are as many as there may be. */
static void
a_form_is_bounded(void **state)
{
    (void)state;
    for (int n = 63; n <= 65; n++) {
        struct kor_buf text = {0};
        kor_buf_puts(&text, "{'key': 'a', 'version': '1', 'names': {'en': "
                            "'A'}, 'sections': [");
        for (int i = 0; i < n; i++) {
            kor_buf_printf(&text, "%s{'key': 's%d', 'names': {'en': 'S'}, "
                                  "'fields': [", i ? ", " : "", i);
            for (int k = 0; k < 4 + (n == 63 && i == 0) * 5; k++) {
                kor_buf_printf(&text, "%s{'key': 'f%d-%d', 'type': 'date', "
                                      "'text': {'en': 'F'}}",
                               k ? ", " : "", i, k);
            }
            kor_buf_puts(&text, "]}");
        }
        kor_buf_puts(&text, "]}");
        if (n == 64) {
            done(parse(kor_buf_text(&text)));
        } else {
            refuse_text(kor_buf_text(&text),
                        n == 63 ? "sections[62].fields" : "sections",
                        "members");
        }
        kor_buf_done(&text);
    }
    struct kor_form *form = kor_alloc(sizeof *form);
    char *big = kor_alloc(KOR_FORM_MAX_SIZE + 1);
    memset(big, ' ', KOR_FORM_MAX_SIZE + 1);
    assert_int_equal(kor_form_parse(big, KOR_FORM_MAX_SIZE + 1, form, NULL),
                     KOR_TOO_LARGE);
    free(big);
    free(form);
}

/* The six questions, in three languages each, and a line for the telephone
 * that is never stored. */
static void
the_form_that_comes_along_is_right(void **state)
{
    (void)state;
    const struct kor_embedded *row = kor_form_catalogue;
    struct kor_form *form = kor_alloc(sizeof *form);
    struct kor_err err;
    size_t n_asked = 0;
    kor_err_init(&err, KOR_EN);
    assert_string_equal(row[0].name, "closing");
    assert_null(row[1].name);
    if (kor_form_parse(row->text, strlen(row->text), form, &err) != KOR_OK) {
        fail_msg("%s: %s", err.field, err.text);
    }
    for (size_t i = 0; i < form->n_fields; i++) {
        n_asked += !form->fields[i].holds_names;
        for (int lang = 0; lang < KOR_N_LANGS; lang++) {
            assert_non_null(form->fields[i].text.in[lang]);
        }
    }
    assert_int_equal(n_asked, 6);
    assert_int_equal(form->n_fields, 7);
    done(form);
}

/* --- what is filled in --------------------------------------------------- */

#define FULL                                                                  \
    "{'a1': 0, 'a2': 2, 'a3': 1, 's1': 'often', 'free': 'one\\ntwo',"         \
    " 'line': null, 'again': '2026-03-02', 'c1': 'reached',"                  \
    " 'c2': {'answer': 'partly', 'comment': 'ill for a week'}}"

static enum kor_code
fill(const struct kor_form *form, const char *text, struct kor_filled *filled,
     struct kor_err *err)
{
    char *bytes = json_text(text);
    kor_err_init(err, KOR_EN);
    enum kor_code code
        = kor_filled_parse(form, bytes, strlen(bytes), filled, err);
    free(bytes);
    return code;
}

static void
answers_are_read_against_the_form(void **state)
{
    (void)state;
    struct kor_form *form = parse(whole);
    struct kor_filled *filled = kor_alloc(sizeof *filled);
    struct kor_err err;
    int32_t march = 0;
    assert_true(kor_date_parse("2026-03-02", &march));
    assert_int_equal(fill(form, FULL, filled, &err), KOR_OK);
    assert_int_equal(filled->answers[1].value, 2);
    assert_int_equal(filled->answers[3].value, 2);
    assert_string_equal(filled->answers[4].text, "one\ntwo");
    assert_false(filled->answers[5].is_given);
    assert_false(filled->answers[6].is_given);
    assert_int_equal(filled->answers[7].date, march);
    assert_int_equal(filled->answers[9].value, KOR_REACHED_PARTLY);
    assert_string_equal(filled->answers[9].comment, "ill for a week");
    kor_filled_done(filled);
    free(filled);
    done(form);
}

/* An area has a sum of its own; what is missing is not made up. */
static void
areas_are_summed_and_rows_counted(void **state)
{
    (void)state;
    struct kor_form *form = parse(whole);
    struct kor_filled *filled = kor_alloc(sizeof *filled);
    struct kor_err err;
    assert_int_equal(fill(form, FULL, filled, &err), KOR_OK);
    struct kor_filled_area area = kor_filled_area(form, filled, 0);
    assert_int_equal(area.n_items, 3);
    assert_int_equal(area.n_answered, 3);
    assert_int_equal(area.sum, 3);
    assert_int_equal(kor_filled_area(form, filled, 1).n_items, 0);
    struct kor_filled_count count = kor_filled_count(form, filled, 2);
    assert_int_equal(count.n_rows, 2);
    assert_int_equal(count.of[KOR_REACHED], 1);
    assert_int_equal(count.of[KOR_REACHED_PARTLY], 1);
    assert_int_equal(count.of[KOR_REACHED_NOT], 0);
    assert_int_equal(kor_filled_count(form, filled, 0).n_rows, 0);
    kor_filled_done(filled);
    assert_int_equal(fill(form, "{'a1': 2, 's1': 'seldom'}", filled, &err),
                     KOR_OK);
    area = kor_filled_area(form, filled, 0);
    assert_int_equal(area.n_answered, 1);
    assert_int_equal(area.n_items, 3);
    kor_filled_done(filled);
    free(filled);
    done(form);
}

static void
an_answer_to_talk_about_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum kor_filled_attention area, choice;
    } cases[] = {
        {"{'a2': 1, 's1': 'seldom'}", KOR_FILLED_QUIET, KOR_FILLED_QUIET},
        {"{'a2': 2, 's1': 'crisis'}", KOR_FILLED_ASKS, KOR_FILLED_ASKS},
        {"{'a1': 2, 's1': 'often'}", KOR_FILLED_NOT_SEEN, KOR_FILLED_ASKS},
    };
    struct kor_form *form = parse(whole);
    struct kor_filled *filled = kor_alloc(sizeof *filled);
    struct kor_err err;
    for (size_t i = 0; i < KOR_LENGTH(cases); i++) {
        assert_int_equal(fill(form, cases[i].text, filled, &err), KOR_OK);
        assert_int_equal(kor_filled_attention(&form->fields[1],
                                              &filled->answers[1]),
                         cases[i].area);
        assert_int_equal(kor_filled_attention(&form->fields[3],
                                              &filled->answers[3]),
                         cases[i].choice);
        assert_int_equal(kor_filled_attention(&form->fields[0],
                                              &filled->answers[0]),
                         KOR_FILLED_QUIET);
        kor_filled_done(filled);
    }
    free(filled);
    done(form);
}

static void
what_does_not_fit_is_refused_by_its_path(void **state)
{
    (void)state;
    static const struct {
        const char *text, *field, *said;
    } cases[] = {
        {"{'s1': 'seldom', 'b1': 1}", "values.b1", "version 2"},
        {"{'a1': 1}", "values.s1", "needs an answer"},
        {"{}", "values.s1", "needs an answer"},
        {"{'s1': 'never'}", "values.s1", "seldom, crisis, often"},
        {"{'s1': 'seldom', 'a1': 3}", "values.a1", "from 0 to 2"},
        {"{'s1': 'seldom', 'a1': 0.5}", "values.a1", "whole number"},
        {"{'s1': 'seldom', 'a1': '1'}", "values.a1", "whole number"},
        {"{'s1': 'seldom', 'free': 'thirteen char'}", "values.free",
         "1 to 12"},
        {"{'s1': 'seldom', 'free': ''}", "values.free", "1 to 12"},
        {"{'s1': 'seldom', 'free': 'a\\tb'}", "values.free", "1 to 12"},
        {"{'s1': 'seldom', 'free': 4}", "values.free", "text"},
        {"{'s1': 'seldom', 'line': 'one\\ntwo'}", "values.line", "one line"},
        {"{'s1': 'seldom', 'who': 'somebody'}", "values.who", "by hand"},
        {"{'s1': 'seldom', 'again': '2026-02-30'}", "values.again",
         "YYYY-MM-DD"},
        {"{'s1': 'seldom', 'c1': 'not'}", "values.c1.comment",
         "a deviation needs a reason"},
        {"{'s1': 'seldom', 'c1': {'answer': 'not-applicable'}}",
         "values.c1.comment", "not-applicable"},
        {"{'s1': 'seldom', 'c1': {'answer': 'not', 'comment': ''}}",
         "values.c1.comment", "1 to 500"},
        {"{'s1': 'seldom', 'c1': {'answer': 'soon', 'comment': 'x'}}",
         "values.c1.answer", "reached, partly, not"},
        {"{'s1': 'seldom', 'c1': {'answer': 'not', 'why': 'x'}}",
         "values.c1.why", "not known"},
        {"[1]", "values", "object"},
        {"{'s1': 1, 's1': 2}", "file", "JSON"},
    };
    struct kor_form *form = parse(whole);
    struct kor_filled *filled = kor_alloc(sizeof *filled);
    struct kor_err err;
    for (size_t i = 0; i < KOR_LENGTH(cases); i++) {
        assert_int_equal(fill(form, cases[i].text, filled, &err),
                         KOR_BAD_VALUE);
        if (strcmp(err.field, cases[i].field)
            || !strstr(err.text, cases[i].said)) {
            fail_msg("%s: '%s': '%s'", cases[i].text, err.field, err.text);
        }
        assert_null(filled->owned);
    }
    char *big = kor_alloc(KOR_FILLED_MAX_SIZE + 1);
    memset(big, ' ', KOR_FILLED_MAX_SIZE + 1);
    assert_int_equal(kor_filled_parse(form, big, KOR_FILLED_MAX_SIZE + 1,
                                      filled, NULL),
                     KOR_TOO_LARGE);
    free(big);
    free(filled);
    done(form);
}

/* The example of the manual is right. */
static void
the_example_of_the_manual_is_right(void **state)
{
    (void)state;
    struct kor_buf page = {0};
    struct kor_form *form = kor_alloc(sizeof *form);
    struct kor_filled *filled = kor_alloc(sizeof *filled);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_file_read("docs/sheets.md", 1 << 20, &page, &err),
                     KOR_OK);
    const char *begin = strstr(kor_buf_text(&page), "```json\n") + 8;
    const char *end = strstr(begin, "```");
    if (kor_form_parse(begin, (size_t)(end - begin), form, &err) != KOR_OK) {
        fail_msg("%s: %s", err.field, err.text);
    }
    begin = strstr(end, "```json\n") + 8;
    end = strstr(begin, "```");
    if (kor_filled_parse(form, begin, (size_t)(end - begin), filled, &err)
        != KOR_OK) {
        fail_msg("%s: %s", err.field, err.text);
    }
    struct kor_filled_area area = kor_filled_area(form, filled, 0);
    assert_int_equal(area.n_answered, 3);
    assert_int_equal(area.sum, 4);
    assert_int_equal(kor_filled_count(form, filled, 2).of[KOR_REACHED_NOT],
                     1);
    kor_filled_done(filled);
    free(filled);
    done(form);
    kor_buf_done(&page);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_a_definition_is_read),
        cmocka_unit_test(what_is_wrong_is_named_by_its_path),
        cmocka_unit_test(a_form_is_bounded),
        cmocka_unit_test(the_form_that_comes_along_is_right),
        cmocka_unit_test(answers_are_read_against_the_form),
        cmocka_unit_test(areas_are_summed_and_rows_counted),
        cmocka_unit_test(an_answer_to_talk_about_is_known),
        cmocka_unit_test(what_does_not_fit_is_refused_by_its_path),
        cmocka_unit_test(the_example_of_the_manual_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
