/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Instruments: what is shipped, what is refused, and what scores are made. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/define/catalogue.h"
#include "kor/define/instrument.h"
#include "support/json.h"

/* A small definition in which nothing is wrong. */
static const char good[]
    = "{\"key\": \"x1\", \"version\": \"1\", \"kind\": \"symptom\","
      " \"names\": {\"en\": \"X\"}, \"recall\": {\"en\": \"now\"},"
      " \"direction\": \"lower\", \"entry\": \"either\", \"shell\": false,"
      " \"decimals\": 0,"
      " \"prompt\": {\"en\": \"How often?\"},"
      " \"options\": [{\"value\": 0, \"text\": {\"en\": \"no\"}},"
      " {\"value\": 3, \"text\": {\"en\": \"yes\"}}],"
      " \"items\": [{\"number\": 1, \"min\": 0, \"max\": 3, \"step\": 1,"
      " \"text\": {\"en\": \"a\"}},"
      " {\"number\": 2, \"min\": 0, \"max\": 3, \"reversed\": true,"
      " \"text\": {\"en\": \"b\"}}],"
      " \"scoring\": {\"rule\": \"sum\"}, \"total\": {\"min\": 0,"
      " \"max\": 6}, \"missing\": 1,"
      " \"subscores\": [{\"key\": \"s\", \"names\": {\"en\": \"S\"},"
      " \"items\": [2], \"scoring\": {\"rule\": \"mean\"}}],"
      " \"cutoffs\": [{\"points\": 4, \"operator\": \"less_than\","
      " \"age\": {\"from\": 11, \"to\": 13}, \"gender\": \"female\","
      " \"source\": \"c\"}, {\"points\": 3, \"operator\": \"at_most\","
      " \"age\": {\"from\": 14}, \"source\": \"d\"}],"
      " \"reliable_change\": {\"points\": 2, \"operator\": \"at_least\","
      " \"source\": \"e\"},"
      " \"attention\": [{\"item\": 2, \"from\": 1, \"what\":"
      " {\"en\": \"ask\"}, \"source\": \"f\"}],"
      " \"norms\": [{\"population\": \"p\", \"n\": 10, \"mean\": 3,"
      " \"sd\": 1, \"source\": \"g\"}],"
      " \"licence\": {\"spdx\": \"CC0-1.0\", \"holder\": \"h\","
      " \"may_ship_wording\": true}, \"sources\": [\"i\"]}";

/* A change of the good definition, and the path that is to blame. */
struct change {
    const char *from;
    const char *to;
    const char *path;
};

static const struct change changes[] = {
    {"\"x1\"", "\"X1\"", "key"},
    {"\"x1\"", "\"1x\"", "key"},
    {"\"x1\"", "\"a-key-that-is-far-too-long\"", "key"},
    {"\"key\"", "\"kee\"", "kee"},
    {"\"version\": \"1\"", "\"version\": 1", "version"},
    {"\"version\": \"1\"", "\"version\": \"1 a\"", "version"},
    {"\"version\": \"1\",", "", "version"},
    {"\"symptom\"", "\"mood\"", "kind"},
    {"{\"en\": \"X\"}", "{\"de\": \"X\"}", "names.de"},
    {"{\"en\": \"X\"}", "{\"nb\": \"X\"}", "names.en"},
    {"{\"en\": \"X\"}", "\"X\"", "names"},
    {"{\"en\": \"X\"}", "{\"en\": \"X\\nY\"}", "names.en"},
    {"{\"en\": \"X\"}", "{\"en\": \"X\\u007fY\"}", "names.en"},
    {"{\"en\": \"X\"}", "{\"en\": \"X\\u009fY\"}", "names.en"},
    {"{\"en\": \"now\"}", "{}", "recall"},
    {"\"lower\"", "\"down\"", "direction"},
    {"\"either\"", "\"total\"", "missing"},
    {"\"shell\": false", "\"shell\": true", "prompt"},
    {"\"shell\": false, \"decimals\": 0, \"prompt\": {\"en\": \"How often?\"}",
     "\"shell\": true, \"decimals\": 0", "items[0].text"},
    {"\"shell\": false, \"decimals\": 0, \"prompt\": {\"en\": \"How often?\"},"
     " \"options\": [{\"value\": 0, \"text\": {\"en\": \"no\"}},"
     " {\"value\": 3, \"text\": {\"en\": \"yes\"}}],"
     " \"items\": [{\"number\": 1, \"min\": 0, \"max\": 3, \"step\": 1,"
     " \"text\": {\"en\": \"a\"}}",
     "\"shell\": true, \"decimals\": 0,"
     " \"options\": [{\"value\": 0, \"text\": {\"en\": \"no\"}},"
     " {\"value\": 3, \"text\": {\"en\": \"yes\"}}],"
     " \"items\": [{\"number\": 1, \"min\": 0, \"max\": 3, \"step\": 1}",
     "items[0].text"},
    {"\"shell\": false", "\"shell\": 0", "shell"},
    {"\"decimals\": 0", "\"decimals\": 2", "decimals"},
    {"\"decimals\": 0", "\"decimals\": 0.5", "decimals"},
    {"{\"value\": 3", "{\"value\": 4", "items[0].options[1].value"},
    {"{\"value\": 3", "{\"value\": 0", "items[0].options[1].value"},
    {"{\"value\": 3", "{\"value\": 1.5", "items[0].options[1].value"},
    {"{\"en\": \"yes\"}", "{\"nb\": \"ja\"}", "items[0].options[1].text.en"},
    {"\"number\": 2", "\"number\": 3", "items[1].number"},
    {"\"number\": 2, \"min\": 0, \"max\": 3", "\"number\": 2, \"min\": 0",
     "items[1].max"},
    {"\"max\": 3, \"step\"", "\"max\": 0, \"step\"", "items[0].max"},
    {"\"max\": 3, \"step\"", "\"max\": -1, \"step\"", "items[0].max"},
    {"\"step\": 1", "\"step\": 2", "items[0].step"},
    {"\"step\": 1", "\"step\": 0", "items[0].step"},
    {"\"step\": 1", "\"step\": 1, \"weight\": 2", "items[0].weight"},
    {"\"text\": {\"en\": \"b\"}", "\"text\": {\"nb\": \"b\"}",
     "items[1].text.en"},
    {", \"text\": {\"en\": \"b\"}", "", "items[1].text"},
    {"{\"rule\": \"sum\"}", "{\"rule\": \"product\"}", "scoring.rule"},
    {"{\"rule\": \"sum\"}", "{\"rule\": \"sum\", \"multiplier\": 0}",
     "scoring.multiplier"},
    {"{\"rule\": \"sum\"}", "{\"rule\": \"mean\"}", "total"},
    {"\"max\": 6}", "\"max\": 7}", "total"},
    {"\"missing\": 1", "\"missing\": 2", "missing"},
    {"\"missing\": 1", "\"missing\": -1", "missing"},
    {"\"items\": [2]", "\"items\": [3]", "subscores[0].items[0]"},
    {"\"items\": [2]", "\"items\": [0]", "subscores[0].items[0]"},
    {"\"items\": [2]", "\"items\": [2, 2]", "subscores[0].items[1]"},
    {"\"items\": [2]", "\"items\": []", "subscores[0].items"},
    {"\"items\": [2]", "\"items\": 2", "subscores[0].items"},
    {"\"items\": [2]", "\"items\": [2], \"missing\": 1",
     "subscores[0].missing"},
    {"{\"en\": \"S\"}", "{}", "subscores[0].names"},
    {"\"subscores\": [",
     "\"subscores\": [{\"key\": \"s\", \"names\": {\"en\": \"T\"},"
     " \"items\": [1], \"scoring\": {\"rule\": \"sum\"}}, ",
     "subscores[1].key"},
    {"\"subscores\": [", "\"subscores\": [7, ", "subscores[0]"},
    {"\"points\": 4", "\"points\": 7", "cutoffs[0].points"},
    {"\"less_than\"", "\"more_than\"", "cutoffs[0].operator"},
    {"\"less_than\"", "\"below\"", "cutoffs[0].operator"},
    {"\"to\": 13", "\"to\": 10", "cutoffs[0].age.to"},
    {"\"to\": 13", "\"to\": 14", "cutoffs[1]"},
    {"\"age\": {\"from\": 14}, ", "", "cutoffs[1]"},
    {"\"age\": {\"from\": 14}", "\"language\": \"NB\"",
     "cutoffs[1].language"},
    {"\"age\": {\"from\": 14}", "\"language\": 7", "cutoffs[1].language"},
    {"\"age\": {\"from\": 14}", "\"rater\": \"nurse\"", "cutoffs[1].rater"},
    {"\"female\"", "\"girl\"", "cutoffs[0].gender"},
    {", \"source\": \"c\"", "", "cutoffs[0].source"},
    {", \"source\": \"c\"", ", \"source\": \"c\", \"recalled\": 1",
     "cutoffs[0].recalled"},
    {"\"points\": 2", "\"points\": 7", "reliable_change.points"},
    {"\"points\": 2", "\"points\": 0", "reliable_change.points"},
    {"\"points\": 2", "\"none\": \"why\", \"points\": 2",
     "reliable_change.points"},
    {"\"at_least\"", "\"at_most\"", "reliable_change.operator"},
    {"\"norms\"",
     "\"alliance\": {\"drop\": 1, \"source\": \"j\"}, \"norms\"",
     "alliance"},
    {"\"symptom\"", "\"alliance\"", "cutoffs"},
    {"\"item\": 2", "\"item\": 3", "attention[0].item"},
    {"\"from\": 1,", "\"from\": 0,", "attention[0].from"},
    {"\"from\": 1,", "\"from\": 4,", "attention[0].from"},
    {"{\"en\": \"ask\"}", "{}", "attention[0].what"},
    {"\"attention\": [",
     "\"attention\": [{\"item\": 2, \"from\": 3, \"what\":"
     " {\"en\": \"ask\"}, \"source\": \"f\"}, ",
     "attention[1].item"},
    {"\"mean\": 3", "\"mean\": 9", "norms[0].mean"},
    {"\"sd\": 1", "\"sd\": 0", "norms[0].sd"},
    {"\"n\": 10", "\"n\": 0", "norms[0].n"},
    {"\"spdx\": \"CC0-1.0\", ", "", "licence"},
    {"\"spdx\": \"CC0-1.0\"", "\"spdx\": \"CC0-1.0\", \"words\": \"w\"",
     "licence"},
    {"\"may_ship_wording\": true", "\"note\": \"n\"",
     "licence.may_ship_wording"},
    {"[\"i\"]", "[]", "sources"},
    {"[\"i\"]", "\"i\"", "sources"},
    {"[\"i\"]", "[\"i\"], \"key\": \"twice\"", "file"},
    {"[\"i\"]}", "[\"i\"]", "file"},
    {"\"i\"", "\"\xff\"", "file"},
    {"\"i\"", "\"\\u0000\"", "file"},
    {"\"i\"", "[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]", "file"},
    {"\"decimals\": 0", "\"decimals\": 1e999", "file"},
};

static const char *
shipped(const char *key)
{
    for (size_t i = 0; kor_catalogue[i].name; i++) {
        if (!strcmp(kor_catalogue[i].name, key)) {
            return kor_catalogue[i].text;
        }
    }
    fail_msg("%s is not shipped", key);
    return "";
}

/* 'good' with one change, on the heap. */
static char *
changed(const struct change *change)
{
    return json_changed(good, change->from, change->to);
}

static void
each_bad_definition_is_refused_at_its_path(void **state)
{
    (void)state;
    struct kor_instrument *in = kor_alloc(sizeof *in);
    assert_int_equal(kor_instrument_parse(good, strlen(good), in, NULL),
                     KOR_OK);
    kor_instrument_done(in);
    for (size_t i = 0; i < KOR_LENGTH(changes); i++) {
        char *text = changed(&changes[i]);
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        enum kor_code code
            = kor_instrument_parse(text, strlen(text), in, &err);
        if (code != KOR_BAD_VALUE || strcmp(err.field, changes[i].path)) {
            print_error("change %zu to %s: %s\n", i, changes[i].to, err.text);
        }
        assert_int_equal(code, KOR_BAD_VALUE);
        assert_string_equal(err.field, changes[i].path);
        assert_null(in->owned);
        free(text);
    }
    free(in);
}

static void
limits_of_an_alliance_scale_lie_on_it(void **state)
{
    (void)state;
    static const struct change rows[] = {
        {"\"cutoff\": 36,\n    \"operator\": \"at_least\",\n    \"drop\": 1,",
         "", "alliance"},
        {"\"cutoff\": 36", "\"cutoff\": 41", "alliance.cutoff"},
        {"\"cutoff\": 36", "\"cutoff\": -1", "alliance.cutoff"},
        {"\"operator\": \"at_least\"", "\"operator\": \"at_most\"",
         "alliance.operator"},
        {"\"drop\": 1", "\"drop\": 41", "alliance.drop"},
    };
    struct kor_instrument *in = kor_alloc(sizeof *in);
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        char *text = json_changed(shipped("srs"), rows[i].from,
                                  rows[i].to);
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        assert_int_equal(kor_instrument_parse(text, strlen(text), in, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, rows[i].path);
        free(text);
    }
    free(in);
}

/* 'good' with two changes is refused at 'path', or taken if that is null. */
static void
changed_twice(const struct change *one, const struct change *two,
              const char *path)
{
    struct kor_instrument *in = kor_alloc(sizeof *in);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    char *half = changed(one), *text = json_changed(half, two->from, two->to);
    enum kor_code code = kor_instrument_parse(text, strlen(text), in, &err);
    if (strcmp(err.field, path ? path : "")) {
        fail_msg("%s, %s: %s", one->to, two->to, err.text);
    }
    assert_int_equal(code, path ? KOR_BAD_VALUE : KOR_OK);
    kor_instrument_done(in);
    free(half);
    free(text);
    free(in);
}

static void
a_scale_of_totals_has_no_subscores(void **state)
{
    (void)state;
    const struct change total = {"\"either\"", "\"total\"", ""};
    const struct change missing = {"\"missing\": 1", "\"missing\": 0", ""};
    changed_twice(&total, &missing, "subscores");
}

/* Whom two cut-offs are for, and whether they are for somebody in common. */
static void
two_cut_offs_hold_for_nobody_in_common(void **state)
{
    (void)state;
#define CLIENT "\"rater\": \"client\", "
#define PARENT "\"rater\": \"parent\", "
#define GIRL "\"gender\": \"female\", "
#define BOY "\"gender\": \"male\", "
#define NB "\"language\": \"nb\", "
#define SV "\"language\": \"sv\", "
#define YOUNG "\"age\": {\"from\": 11, \"to\": 13}, "
#define OLDER "\"age\": {\"from\": 14, \"to\": 17}, "
#define TEENS "\"age\": {\"from\": 13, \"to\": 17}, "
    static const struct {
        const char *first, *second;
        bool meet;
    } rows[] = {
        {"", "", true},          {CLIENT, PARENT, false},
        {CLIENT, CLIENT, true},  {CLIENT, "", true},
        {"", CLIENT, true},      {GIRL, BOY, false},
        {BOY, BOY, true},        {GIRL, "", true},
        {"", GIRL, true},        {NB, SV, false},
        {SV, SV, true},          {NB, "", true},
        {"", NB, true},          {YOUNG, OLDER, false},
        {OLDER, YOUNG, false},   {YOUNG, TEENS, true},
        {TEENS, YOUNG, true},    {YOUNG, "", true},
        {"", OLDER, true},       {CLIENT GIRL, CLIENT BOY, false},
        {CLIENT NB, PARENT NB, false},
        {GIRL NB, GIRL SV, false},
        {GIRL YOUNG, GIRL OLDER, false},
    };
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        const struct change first
            = {"\"age\": {\"from\": 11, \"to\": 13}, \"gender\":"
               " \"female\", ", rows[i].first, ""};
        const struct change second
            = {"\"age\": {\"from\": 14}, ", rows[i].second, ""};
        changed_twice(&first, &second, rows[i].meet ? "cutoffs[1]" : NULL);
    }
}

static void
what_is_no_object_is_refused_as_a_file(void **state)
{
    (void)state;
    struct kor_instrument *in = kor_alloc(sizeof *in);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_instrument_parse("[]", 2, in, &err), KOR_BAD_VALUE);
    assert_string_equal(err.field, "file");
    assert_string_equal(err.text, "file must be an object in braces: write "
                                  "it so");
    assert_int_equal(kor_instrument_parse("[]", 2, in, NULL), KOR_BAD_VALUE);
    kor_instrument_done(NULL);
    free(in);
}

/* However long the key, what is said of it has an end. */
static void
a_key_that_is_too_long_to_be_named_is_cut(void **state)
{
    (void)state;
    struct kor_instrument *in = kor_alloc(sizeof *in);
    struct kor_err err;
    char text[2000], key[1000];
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    snprintf(text, sizeof text, "{\"%s\": 1}", key);
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_instrument_parse(text, strlen(text), in, &err),
                     KOR_BAD_VALUE);
    size_t len = strlen(err.field);
    assert_true(len > 20 && len < sizeof err.field);
    assert_memory_equal(err.field, key, len);
    snprintf(text, sizeof text, "{\"names\": {\"%s\": {}}}", key);
    const struct change names
        = {"\"names\": {\"en\": \"X\"}", text + 1, ""};
    text[strlen(text) - 1] = '\0';
    char *whole = changed(&names);
    assert_int_equal(kor_instrument_parse(whole, strlen(whole), in, &err),
                     KOR_BAD_VALUE);
    assert_memory_equal(err.field, "names.kkkk", 10);
    free(whole);
    free(in);
}

static void
an_item_may_have_options_of_its_own(void **state)
{
    (void)state;
    const struct change own
        = {"\"reversed\": true,",
           "\"reversed\": true, \"options\": [{\"value\": 0, \"text\":"
           " {\"en\": \"never\"}}, {\"value\": 1, \"text\": {\"en\":"
           " \"at\\u00a0times\"}}, {\"value\": 2, \"text\": {\"en\":"
           " \"daily\"}}],", ""};
    struct kor_instrument *in = kor_alloc(sizeof *in);
    char *text = changed(&own);
    assert_int_equal(kor_instrument_parse(text, strlen(text), in, NULL),
                     KOR_OK);
    const struct kor_wording *shared = &in->wordings[0];
    const struct kor_wording *its = &in->wordings[1];
    assert_int_equal(shared->n_options, 2);
    assert_int_equal(its->n_options, 3);
    assert_string_equal(
        kor_words_in(&in->options[shared->first_option + 1].text, KOR_EN),
        "yes");
    assert_string_equal(
        kor_words_in(&in->options[its->first_option + 1].text, KOR_EN),
        "at\xc2\xa0times");
    kor_instrument_done(in);
    free(text);
    free(in);
}

static void
an_error_names_the_limits_and_the_mend(void **state)
{
    (void)state;
    const struct change change = {"\"points\": 4", "\"points\": 70", ""};
    struct kor_instrument *in = kor_alloc(sizeof *in);
    struct kor_err err;
    char *text = changed(&change);
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_instrument_parse(text, strlen(text), in, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.text, "cutoffs[0].points is 70 and must lie on "
                                  "the scale, from 0 to 6: change it");
    free(text);
    free(in);
}

static void
a_definition_that_is_too_large_is_not_read(void **state)
{
    (void)state;
    struct kor_instrument *in = kor_alloc(sizeof *in);
    size_t size = KOR_INSTRUMENT_MAX_SIZE + 1;
    char *text = kor_alloc(size);
    memset(text, ' ', size);
    memcpy(text, good, strlen(good));
    assert_int_equal(kor_instrument_parse(text, size - 1, in, NULL), KOR_OK);
    kor_instrument_done(in);
    assert_int_equal(kor_instrument_parse(text, size, in, NULL),
                     KOR_TOO_LARGE);
    free(text);
    free(in);
}

/* The shipped instrument 'key'; end with close_instrument(). */
static struct kor_instrument *
open_instrument(const char *key)
{
    const char *text = shipped(key);
    struct kor_instrument *in = kor_alloc(sizeof *in);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    if (kor_instrument_parse(text, strlen(text), in, &err) != KOR_OK) {
        fail_msg("%s: %s", key, err.text);
    }
    return in;
}

static void
close_instrument(struct kor_instrument *in)
{
    kor_instrument_done(in);
    free(in);
}

static void
every_shipped_instrument_is_right_and_named_in_three_languages(
    void **state)
{
    (void)state;
    size_t n = 0;
    for (; kor_catalogue[n].name; n++) {
        struct kor_instrument *in = open_instrument(kor_catalogue[n].name);
        assert_string_equal(in->key, kor_catalogue[n].name);
        for (int lang = 0; lang < KOR_N_LANGS; lang++) {
            assert_non_null(in->names.in[lang]);
            assert_non_null(in->recall.in[lang]);
        }
        assert_true(in->is_shell || in->licence.may_ship_wording);
        struct kor_who who = {KOR_ROLE_CLIENT, 30, KOR_GENDER_FEMALE, "en"};
        struct kor_measure measure;
        struct kor_lines lines;
        kor_instrument_measure(in, &who, &measure, &lines);
        assert_int_equal(kor_measure_check(&measure, NULL), KOR_OK);
        close_instrument(in);
    }
    assert_int_equal(n, 21);
}

static void
the_example_of_the_manual_is_right(void **state)
{
    (void)state;
    FILE *file = fopen("docs/instruments.md", "r");
    assert_non_null(file);
    char *text = kor_alloc(65536);
    size_t size = fread(text, 1, 65535, file);
    fclose(file);
    assert_true(size < 65535);
    char *from = strstr(text, "```json\n");
    assert_non_null(from);
    from += strlen("```json\n");
    char *to = strstr(from, "```");
    assert_non_null(to);
    struct kor_instrument *in = kor_alloc(sizeof *in);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    if (kor_instrument_parse(from, (size_t)(to - from), in, &err) != KOR_OK) {
        fail_msg("%s: %s", err.field, err.text);
    }
    assert_string_equal(in->key, "mood3");
    close_instrument(in);
    free(text);
}

static void
restricted_scales_ship_no_wording(void **state)
{
    (void)state;
    static const char *const keys[]
        = {"ors", "srs", "cors", "csrs", "gsrs", "oq45", "bdi2", "who5",
           "wai-sr", "isi", "core10", "coreom"};
    for (size_t i = 0; i < KOR_LENGTH(keys); i++) {
        struct kor_instrument *in = open_instrument(keys[i]);
        assert_true(in->is_shell);
        assert_int_equal(in->n_options, 0);
        for (size_t k = 0; k < in->n_items; k++) {
            assert_string_equal(
                kor_words_in(&in->wordings[k].text, KOR_EN), "");
        }
        close_instrument(in);
    }
}

static void
our_own_scales_speak_three_languages_and_claim_no_norms(void **state)
{
    (void)state;
    static const char *const keys[] = {"outcome", "alliance"};
    for (size_t i = 0; i < 2; i++) {
        struct kor_instrument *in = open_instrument(keys[i]);
        assert_int_equal(in->n_items, i == 0 ? 4 : 3);
        assert_int_equal(in->n_norms, 0);
        assert_int_equal(in->n_cutoffs, 0);
        for (int lang = 0; lang < KOR_N_LANGS; lang++) {
            assert_non_null(in->prompt.in[lang]);
            assert_non_null(in->wordings[2].text.in[lang]);
        }
        close_instrument(in);
    }
    struct kor_instrument *in = open_instrument("outcome");
    assert_true(in->reliable_change.is_provisional);
    /* 1.96 sqrt(2) 8 sqrt(0.1) = 7.012 */
    assert_near(round(kor_reliable_change_points(8, 0.90, 1.96)),
                in->reliable_change.points, 0, 0);
    close_instrument(in);
    in = open_instrument("alliance");
    assert_true(isnan(in->reliable_change.points));
    assert_non_null(in->reliable_change.none);
    assert_near(3, in->alliance.drop_points, 0, 0);
    assert_true(isnan(in->alliance.cutoff_points));
    close_instrument(in);
}

static void
a_cut_short_definition_is_an_error_at_every_byte(void **state)
{
    (void)state;
    struct kor_instrument *in = kor_alloc(sizeof *in);
    for (size_t i = 0; kor_catalogue[i].name; i++) {
        const char *text = kor_catalogue[i].text;
        size_t whole = (size_t)(strrchr(text, '}') - text);
        for (size_t size = 0; size <= whole; size++) {
            char *cut = malloc(size ? size : 1); /* ASan sees its end. */
            memcpy(cut, text, size);
            struct kor_err err;
            kor_err_init(&err, KOR_EN);
            assert_int_equal(kor_instrument_parse(cut, size, in, &err),
                             KOR_BAD_VALUE);
            assert_true(err.text[0] != '\0');
            free(cut);
        }
    }
    free(in);
}

static void
a_changed_byte_crashes_nothing(void **state)
{
    (void)state;
    struct kor_instrument *in = kor_alloc(sizeof *in);
    char *text = kor_strdup(good);
    size_t size = strlen(text);
    for (size_t i = 0; i < size; i++) {
        static const char bytes[] = "\"{}[],:0-9\xff";
        for (size_t k = 0; bytes[k]; k++) {
            char right = text[i];
            text[i] = bytes[k];
            if (kor_instrument_parse(text, size, in, NULL) == KOR_OK) {
                kor_instrument_done(in);
            }
            text[i] = right;
        }
    }
    free(text);
    free(in);
}

/* Scores 'values' on 'key' and returns what came of it. */
static struct kor_instrument_result
score(const char *key, const double values[], size_t n)
{
    struct kor_instrument *in = open_instrument(key);
    struct kor_instrument_result result;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    if (kor_instrument_score(in, values, n, &result, &err) != KOR_OK) {
        fail_msg("%s: %s", key, err.text);
    }
    result.rule = NULL; /* It ends with the instrument. */
    close_instrument(in);
    return result;
}

static void
phq9_is_a_sum_and_prorates_two_missing(void **state)
{
    (void)state;
    const double full[] = {3, 2, 1, 0, 3, 2, 1, 0, 0}; /* 12 */
    struct kor_instrument_result result = score("phq9", full, 9);
    assert_near(12, result.total, 0, 0);
    assert_false(result.is_prorated);
    assert_int_equal(result.attention, KOR_ATTENTION_NONE);
    const double two[] = {3, 2, NAN, 0, 3, 2, NAN, 0, 0}; /* 10 x 9 / 7 */
    result = score("phq9", two, 9);
    assert_near(90.0 / 7, result.total, 1e-12, 0);
    assert_true(result.is_prorated);
    assert_int_equal(result.n_missing, 2);
    const double three[] = {3, 2, NAN, NAN, 3, 2, NAN, 0, 0};
    result = score("phq9", three, 9);
    assert_true(isnan(result.total));
    assert_int_equal(result.n_missing, 3);
}

static void
phq9_item_nine_asks_from_one_and_is_not_seen_when_missing(void **state)
{
    (void)state;
    const double asks[] = {0, 0, 0, 0, 0, 0, 0, 0, 1};
    assert_int_equal(score("phq9", asks, 9).attention, KOR_ATTENTION_ASKED);
    const double skipped[] = {0, 0, 0, 0, 0, 0, 0, 0, NAN};
    assert_int_equal(score("phq9", skipped, 9).attention,
                     KOR_ATTENTION_NOT_SEEN);
    const double lost[] = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, 2};
    struct kor_instrument_result result = score("phq9", lost, 9);
    assert_true(isnan(result.total));
    assert_int_equal(result.attention, KOR_ATTENTION_ASKED);
}

static void
multipliers_reversed_items_and_means_agree_with_hand_arithmetic(void **state)
{
    (void)state;
    const double who5[] = {5, 4, 3, 2, 1}; /* 15 x 4 */
    assert_near(60, score("who5", who5, 5).total, 1e-12, 0);
    /* Items 2 and 3 turned round: 4-1=3 and 4-0=4; sum 1+3+4+2+0+0+3+1+2+4 =
     * 20, mean 2, times 10. */
    const double core10[] = {1, 1, 0, 2, 0, 0, 3, 1, 2, 4};
    assert_near(20, score("core10", core10, 10).total, 1e-12, 0);
    /* Without the last: 16 / 9 x 10. */
    const double one[] = {1, 1, 0, 2, 0, 0, 3, 1, 2, NAN};
    assert_near(160.0 / 9, score("core10", one, 10).total, 1e-12, 0);
    /* CES-D, all 0: four reversed items give 3 each. */
    const double cesd[20] = {0};
    assert_near(12, score("cesd", cesd, 20).total, 1e-12, 0);
    const double goals[] = {4, 7, NAN};
    assert_near(5.5, score("gbo", goals, 3).total, 1e-12, 0);
    const double lines[] = {2.5, 6.1, 3.3, 4.4};
    assert_near(16.3, score("outcome", lines, 4).total, 1e-12, 0);
}

static void
sub_scores_take_their_own_items(void **state)
{
    (void)state;
    const double wai[] = {1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2};
    struct kor_instrument_result result = score("wai-sr", wai, 12);
    assert_near(33, result.total, 1e-12, 0);
    assert_near(1 + 2 + 5 + 2, result.subscores[0], 1e-12, 0); /* task */
    assert_near(4 + 1 + 3 + 1, result.subscores[1], 1e-12, 0); /* goal */
    assert_near(3 + 5 + 2 + 4, result.subscores[2], 1e-12, 0); /* bond */
}

static void
a_wrong_answer_is_named_with_its_limits(void **state)
{
    (void)state;
    struct kor_instrument *in = open_instrument("phq9");
    struct kor_instrument_result result;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    const double bad[][9] = {{0, 0, 4, 0, 0, 0, 0, 0, 0},
                             {0, 0, 1.5, 0, 0, 0, 0, 0, 0},
                             {0, 0, -1, 0, 0, 0, 0, 0, 0},
                             {0, 0, INFINITY, 0, 0, 0, 0, 0, 0}};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(kor_instrument_score(in, bad[i], 9, &result, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "item 3");
        assert_non_null(strstr(err.text, "from 0 to 3"));
    }
    assert_int_equal(kor_instrument_score(in, bad[0], 8, &result, &err),
                     KOR_BAD_VALUE);
    assert_non_null(strstr(err.text, "has 9 items, and 8 answers"));
    close_instrument(in);
}

static void
a_total_alone_leaves_attention_not_seen(void **state)
{
    (void)state;
    struct kor_instrument *in = open_instrument("bdi2");
    struct kor_instrument_result result;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kor_instrument_total(in, 29, &result, &err), KOR_OK);
    assert_near(29, result.total, 0, 0);
    assert_int_equal(result.attention, KOR_ATTENTION_NOT_SEEN);
    assert_int_equal(result.rule->item, 8);
    const double bad[] = {64, -1, NAN, INFINITY};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(kor_instrument_total(in, bad[i], &result, &err),
                         KOR_BAD_VALUE);
        assert_string_equal(err.field, "total");
    }
    close_instrument(in);
    in = open_instrument("gad7");
    assert_int_equal(kor_instrument_total(in, 9, &result, &err), KOR_OK);
    assert_int_equal(result.attention, KOR_ATTENTION_NONE);
    close_instrument(in);
}

static void
a_scale_whose_scoring_is_not_known_takes_totals_only(void **state)
{
    (void)state;
    struct kor_instrument *in = open_instrument("oq45");
    struct kor_instrument_result result;
    const double items[45] = {0};
    assert_int_equal(kor_instrument_score(in, items, 45, &result, NULL),
                     KOR_BAD_VALUE);
    assert_int_equal(kor_instrument_total(in, 180, &result, NULL), KOR_OK);
    close_instrument(in);
    struct change change = {"\"either\"", "\"items\"", ""};
    char *text = changed(&change);
    in = kor_alloc(sizeof *in);
    assert_int_equal(kor_instrument_parse(text, strlen(text), in, NULL),
                     KOR_OK);
    assert_int_equal(kor_instrument_total(in, 3, &result, NULL),
                     KOR_BAD_VALUE);
    free(text);
    close_instrument(in);
}

/* Item 1 asks from 2 on, item 2 from 1 on. */
static void
an_answer_that_asks_goes_before_one_not_seen(void **state)
{
    (void)state;
    static const struct {
        double values[2];
        enum kor_attention attention;
        int rule; /* Its place; -1: none. */
    } rows[] = {
        {{1, 0}, KOR_ATTENTION_NONE, -1},
        {{2, 0}, KOR_ATTENTION_ASKED, 0},
        {{1, 1}, KOR_ATTENTION_ASKED, 1},
        {{3, 3}, KOR_ATTENTION_ASKED, 0},
        {{NAN, 0}, KOR_ATTENTION_NOT_SEEN, 0},
        {{0, NAN}, KOR_ATTENTION_NOT_SEEN, 1},
        {{NAN, 1}, KOR_ATTENTION_ASKED, 1},
        {{2, NAN}, KOR_ATTENTION_ASKED, 0},
        {{NAN, NAN}, KOR_ATTENTION_NOT_SEEN, 0},
    };
    const struct change two
        = {"\"attention\": [",
           "\"attention\": [{\"item\": 1, \"from\": 2, \"what\":"
           " {\"en\": \"ask\"}, \"source\": \"f\"}, ", ""};
    struct kor_instrument *in = kor_alloc(sizeof *in);
    char *text = changed(&two);
    assert_int_equal(kor_instrument_parse(text, strlen(text), in, NULL),
                     KOR_OK);
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        struct kor_instrument_result result;
        assert_int_equal(
            kor_instrument_score(in, rows[i].values, 2, &result, NULL),
            KOR_OK);
        assert_int_equal(result.attention, rows[i].attention);
        assert_ptr_equal(result.rule, rows[i].rule < 0
                                          ? NULL
                                          : &in->attention[rows[i].rule]);
    }
    kor_instrument_done(in);
    free(text);
    free(in);
}

static void
a_total_says_nothing_of_sub_scores(void **state)
{
    (void)state;
    struct kor_instrument_result result;
    struct kor_instrument *in = kor_alloc(sizeof *in);
    assert_int_equal(kor_instrument_parse(good, strlen(good), in, NULL),
                     KOR_OK);
    assert_int_equal(kor_instrument_total(in, 4, &result, NULL), KOR_OK);
    assert_near(4, result.total, 0, 0);
    assert_true(isnan(result.subscores[0]));
    kor_instrument_done(in);
    free(in);
}

/* The cut-off of 'in' for 'who', NAN with its reason if there is none. */
static enum kor_line_reason
line(const struct kor_instrument *in, struct kor_who who,
     struct kor_measure *measure)
{
    struct kor_lines lines;
    kor_instrument_measure(in, &who, measure, &lines);
    assert_true((lines.reason == KOR_LINE_DRAWN) == (lines.cutoff != NULL));
    assert_true((lines.reason == KOR_LINE_DRAWN)
                == !isnan(measure->cutoff_points));
    assert_true(strlen(kor_line_reason_text(lines.reason)) > 0);
    return lines.reason;
}

static void
a_cut_off_is_chosen_by_rater_and_age_and_is_strict_for_ors(void **state)
{
    (void)state;
    struct kor_instrument *in = open_instrument("ors");
    struct kor_measure measure;
    struct kor_who who = {KOR_ROLE_CLIENT, 18, KOR_GENDER_UNKNOWN, "nb"};
    assert_int_equal(line(in, who, &measure), KOR_LINE_DRAWN);
    assert_near(25, measure.cutoff_points, 0, 0);
    assert_false(kor_is_past_cutoff(&measure, 25.0));
    assert_true(kor_is_past_cutoff(&measure, 25.1));
    assert_near(5, measure.rc_points, 0, 0);
    assert_true(kor_is_reliable(&measure, 5));
    who.age_years = 17;
    assert_int_equal(line(in, who, &measure), KOR_LINE_DRAWN);
    assert_near(28, measure.cutoff_points, 0, 0);
    who.age_years = 12;
    assert_int_equal(line(in, who, &measure), KOR_LINE_OTHER_AGE);
    who.age_years = KOR_NO_AGE;
    assert_int_equal(line(in, who, &measure), KOR_LINE_AGE_UNKNOWN);
    who.rater = KOR_ROLE_PARENT;
    assert_int_equal(line(in, who, &measure), KOR_LINE_OTHER_RATER);
    close_instrument(in);
}

static void
a_cut_off_is_chosen_by_gender_and_language(void **state)
{
    (void)state;
    struct kor_measure measure;
    struct kor_instrument *in = kor_alloc(sizeof *in);
    assert_int_equal(kor_instrument_parse(good, strlen(good), in, NULL),
                     KOR_OK);
    struct kor_who who = {KOR_ROLE_CLIENT, 12, KOR_GENDER_FEMALE, ""};
    assert_int_equal(line(in, who, &measure), KOR_LINE_DRAWN);
    assert_near(4, measure.cutoff_points, 0, 0);
    who.gender = KOR_GENDER_MALE;
    assert_int_equal(line(in, who, &measure), KOR_LINE_OTHER_GENDER);
    who.gender = KOR_GENDER_UNKNOWN;
    assert_int_equal(line(in, who, &measure), KOR_LINE_GENDER_UNKNOWN);
    close_instrument(in);
    in = open_instrument("oq45");
    struct kor_who nb = {KOR_ROLE_CLIENT, 40, KOR_GENDER_UNKNOWN, "nb"};
    assert_int_equal(line(in, nb, &measure), KOR_LINE_OTHER_LANGUAGE);
    snprintf(nb.language, sizeof nb.language, "en");
    assert_int_equal(line(in, nb, &measure), KOR_LINE_DRAWN);
    assert_true(kor_is_past_cutoff(&measure, 63));
    assert_false(kor_is_past_cutoff(&measure, 64));
    close_instrument(in);
    in = open_instrument("imrs");
    assert_int_equal(line(in, nb, &measure), KOR_LINE_NONE);
    assert_true(isnan(measure.rc_points));
    close_instrument(in);
}

static void
operators_and_marks_of_the_notes_arrive(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        double healthy, not_healthy, rc;
        bool is_recalled; /* The cut-off. */
    } rows[] = {
        {"phq9", 9, 10, 6, false},      {"gad7", 7, 8, 4, false},
        {"core10", 10, 11, 6, false},   {"coreom", 9.9, 10, 5, false},
        {"bdi2", 14, 15, 9, true},      {"who5", 52, 50, 10, false},
        {"isi", 7, 8, NAN, false},      {"pcl5", 28, 29, 18, false},
        {"k10", 19, 20, 7, true},       {"cesd", 15, 16, NAN, true},
    };
    const struct kor_who who = {KOR_ROLE_CLIENT, 40, KOR_GENDER_MALE, "nb"};
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        struct kor_instrument *in = open_instrument(rows[i].key);
        struct kor_measure measure;
        assert_int_equal(line(in, who, &measure), KOR_LINE_DRAWN);
        assert_true(kor_is_past_cutoff(&measure, rows[i].healthy));
        assert_false(kor_is_past_cutoff(&measure, rows[i].not_healthy));
        assert_near(rows[i].rc, measure.rc_points, 0, 0);
        assert_true(in->cutoffs[0].origin.is_recalled == rows[i].is_recalled);
        close_instrument(in);
    }
}

static void
alliance_scales_have_their_limits(void **state)
{
    (void)state;
    static const char *const keys[] = {"srs", "csrs", "gsrs"};
    for (size_t i = 0; i < KOR_LENGTH(keys); i++) {
        struct kor_instrument *in = open_instrument(keys[i]);
        assert_near(36, in->alliance.cutoff_points, 0, 0);
        assert_int_equal(in->alliance.cutoff_compare, KOR_AT_LEAST);
        assert_near(1, in->alliance.drop_points, 0, 0);
        close_instrument(in);
    }
    struct kor_instrument *in = open_instrument("wai-sr");
    assert_null(in->alliance.origin.source);
    assert_true(isnan(in->alliance.drop_points));
    close_instrument(in);
}

static void
totals_are_shown_with_their_decimals(void **state)
{
    (void)state;
    struct kor_instrument *in = open_instrument("ors");
    char text[KOR_POINTS_SIZE];
    assert_string_equal(kor_instrument_points(in, 16.34, text), "16.3");
    assert_string_equal(kor_instrument_points(in, -0.01, text), "0.0");
    assert_string_equal(kor_instrument_points(in, NAN, text), "-");
    close_instrument(in);
    in = open_instrument("phq9");
    assert_string_equal(kor_instrument_points(in, 90.0 / 7, text), "13");
    close_instrument(in);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bad_definition_is_refused_at_its_path),
        cmocka_unit_test(limits_of_an_alliance_scale_lie_on_it),
        cmocka_unit_test(a_scale_of_totals_has_no_subscores),
        cmocka_unit_test(two_cut_offs_hold_for_nobody_in_common),
        cmocka_unit_test(what_is_no_object_is_refused_as_a_file),
        cmocka_unit_test(a_key_that_is_too_long_to_be_named_is_cut),
        cmocka_unit_test(an_item_may_have_options_of_its_own),
        cmocka_unit_test(an_error_names_the_limits_and_the_mend),
        cmocka_unit_test(a_definition_that_is_too_large_is_not_read),
        cmocka_unit_test(
            every_shipped_instrument_is_right_and_named_in_three_languages),
        cmocka_unit_test(the_example_of_the_manual_is_right),
        cmocka_unit_test(restricted_scales_ship_no_wording),
        cmocka_unit_test(
            our_own_scales_speak_three_languages_and_claim_no_norms),
        cmocka_unit_test(a_cut_short_definition_is_an_error_at_every_byte),
        cmocka_unit_test(a_changed_byte_crashes_nothing),
        cmocka_unit_test(phq9_is_a_sum_and_prorates_two_missing),
        cmocka_unit_test(
            phq9_item_nine_asks_from_one_and_is_not_seen_when_missing),
        cmocka_unit_test(
            multipliers_reversed_items_and_means_agree_with_hand_arithmetic),
        cmocka_unit_test(sub_scores_take_their_own_items),
        cmocka_unit_test(a_wrong_answer_is_named_with_its_limits),
        cmocka_unit_test(a_total_alone_leaves_attention_not_seen),
        cmocka_unit_test(a_scale_whose_scoring_is_not_known_takes_totals_only),
        cmocka_unit_test(an_answer_that_asks_goes_before_one_not_seen),
        cmocka_unit_test(a_total_says_nothing_of_sub_scores),
        cmocka_unit_test(
            a_cut_off_is_chosen_by_rater_and_age_and_is_strict_for_ors),
        cmocka_unit_test(a_cut_off_is_chosen_by_gender_and_language),
        cmocka_unit_test(operators_and_marks_of_the_notes_arrive),
        cmocka_unit_test(alliance_scales_have_their_limits),
        cmocka_unit_test(totals_are_shown_with_their_decimals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
