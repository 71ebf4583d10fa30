/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Import maps: what they say, what is refused, and what a cell means. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/clock.h"
#include "kor/define/map.h"

/* As docs/import.md has it for the OpenFIT layout. */
static const char openfit[]
    = "[file]\r\n"
      "delimiter = semicolon\r\n"
      "decimal = comma\r\n"
      "dates = DD.MM.YYYY\r\n"
      "missing = NA, -\r\n"
      "[columns]\n"
      "id = Case_ID\n"
      "date = Session_Date\n"
      "session = Session_ID ; in the episode\n"
      "gender = Client_Gender\n"
      "therapist = Provider_ID\n"
      "[gender]\n"
      "female = F, Female\n"
      "male = M\n"
      "[ending]\n"
      "planned = completed\n"
      "[status]\n"
      "not-attended = no show\n"
      "[constants]\n"
      "pathway = outpatient\n"
      "[scale ors]\n"
      "total = Total_ORS\n"
      "items = ORSQ1, ORSQ2,\n"
      "items = ORSQ3, ORSQ4\n"
      "language = en\n"
      "[scale ors parent2]\n"
      "total = Total_ORS_P2\n"
      "[scale srs]\n"
      "total = Total_SRS\n";

static struct kor_map
parse(const char *text)
{
    struct kor_map map;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    if (kor_map_parse(text, strlen(text), &map, &err) != KOR_OK) {
        fail_msg("%s", err.text);
    }
    return map;
}

static void
a_map_says_which_column_is_what(void **state)
{
    (void)state;
    struct kor_map map = parse(openfit);
    assert_int_equal(map.delimiter, ';');
    assert_int_equal(map.decimal, ',');
    assert_int_equal(map.dates, KOR_MAP_DOTTED);
    assert_int_equal(map.n_missing, 2);
    assert_string_equal(map.id, "Case_ID");
    assert_string_equal(map.session, "Session_ID");
    assert_string_equal(map.ending, "");
    assert_string_equal(map.pathway, "outpatient");
    assert_int_equal(map.start, KOR_NO_DATE);
    assert_int_equal(map.n_scales, 3);
    assert_int_equal(map.scales[0].n_items, 4);
    assert_string_equal(map.scales[0].items[2], "ORSQ3");
    assert_string_equal(map.scales[0].language, "en");
    assert_int_equal(map.scales[0].rater.role, KOR_ROLE_CLIENT);
    assert_int_equal(map.scales[1].rater.role, KOR_ROLE_PARENT);
    assert_int_equal(map.scales[1].rater.number, 2);
    assert_string_equal(map.scales[2].instrument, "srs");
    assert_string_equal(map.scales[2].total, "Total_SRS");
}

static void
the_map_of_beat_the_blues_is_right(void **state)
{
    (void)state;
    FILE *file = fopen("tests/data/btheb.map", "r");
    assert_non_null(file);
    char text[2000];
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = '\0';
    struct kor_map map = parse(text);
    assert_string_equal(map.time, "month");
    assert_int_equal(map.unit, KOR_MAP_MONTHS);
    assert_string_equal(map.scales[0].instrument, "bdi2");
    assert_string_equal(map.scales[0].total, "bdi_total");
}

static void
the_examples_of_the_manual_are_right(void **state)
{
    (void)state;
    FILE *file = fopen("docs/import.md", "r");
    assert_non_null(file);
    char text[20000];
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    assert_true(size < sizeof text - 1);
    text[size] = '\0';
    size_t n = 0;
    for (char *at = text; (at = strstr(at, "```ini\n")); n++) {
        at += strlen("```ini\n");
        char *end = strstr(at, "```");
        assert_non_null(end);
        *end = '\0';
        struct kor_map map = parse(at);
        assert_true(map.n_scales > 0);
        at = end + 1;
    }
    assert_int_equal(n, 2);
}

static void
each_bad_map_is_refused_with_its_line(void **state)
{
    (void)state;
#define HEAD "[columns]\nid = a\ndate = b\n"
#define SCALE "[scale phq9]\ntotal = t\n"
#define SIXTY_FOUR SIXTEEN SIXTEEN SIXTEEN SIXTEEN
#define SIXTEEN "0123456789abcdef"
    static const struct {
        const char *text, *field, *says;
    } rows[] = {
        {"", "id", "no id"},
        {"[columns]\nid = a\n" SCALE, "date", "either date or time"},
        {HEAD "time = c\n" SCALE, "date", "either date or time"},
        {"[columns]\nid = a\ntime = b\n" SCALE, "time", "go together"},
        {HEAD "unit = days\n" SCALE, "time", "go together"},
        {HEAD "start = 2024-01-01\n" SCALE, "time", "go together"},
        {HEAD "start = 2024-02-30\n" SCALE, "start", "line 4"},
        {HEAD "unit = years\n" SCALE, "unit", "line 4"},
        {HEAD "colour = c\n" SCALE, "colour", "line 4"},
        {HEAD "id = c\n" SCALE, "id", "line 4: id is given a second time"},
        {HEAD "session =\n" SCALE, "session", "line 4"},
        {HEAD "what is this\n" SCALE, "line", "line 4"},
        {HEAD "[colums]\nid = a\n", "section", "line 5"},
        {HEAD "[scales phq9]\ntotal = t\n", "section", "line 5"},
        {HEAD "[scale]\ntotal = t\n", "section", "line 5"},
        {HEAD "[scale ]\ntotal = t\n", "section", "line 5"},
        {HEAD "[scale phq9 client x]\ntotal = t\n", "section", "line 5"},
        {HEAD "[scale phq9 aunt]\ntotal = t\n", "rater", "line 5"},
        {HEAD "[scale a-key-that-is-far-too-long]\ntotal = t\n", "section",
         "line 5"},
        {HEAD, "scale", "no scale"},
        {HEAD "[scale phq9]\nlanguage = nb\n", "phq9", "no column"},
        {HEAD "[scale phq9]\nlanguage = Norsk\n", "language", "line 5"},
        {HEAD SCALE "total = u\n", "total", "line 6"},
        {HEAD SCALE "[scale gad7]\ntotal = u\n" SCALE, "phq9", "twice"},
        {HEAD SCALE "items = a,,b\n", "items", "line 6"},
        {HEAD "[scale phq9 parent1]\ntotal = t\n[scale phq9 parent2]\n"
         "total = u\n[scale phq9 parent1]\ntotal = v\n", "phq9", "twice"},
        {HEAD "[scale a]\ntotal = t\n[scale b]\ntotal = t\n[scale c]\n"
         "total = t\n[scale d]\ntotal = t\n[scale e]\ntotal = t\n"
         "[scale f]\ntotal = t\n[scale g]\ntotal = t\n[scale h]\n"
         "total = t\n[scale i]\ntotal = t\n", "scale",
         "line 21: a map may have at most 8 scales"},
        {HEAD "session = " SIXTY_FOUR "\n" SCALE, "session",
         "line 4: session must have 1 to 63 bytes"},
        {"[file]\ndelimiter = colon\n" HEAD SCALE, "delimiter", "line 2"},
        {"[file]\ndecimal = comma\n" HEAD SCALE, "decimal", "both"},
        {"[file]\nmissing = 1,2,3,4,5,6,7,8,9\n" HEAD SCALE, "missing",
         "at most 8"},
        {"[file]\nmissing = 1, ,2\n" HEAD SCALE, "missing",
         "line 2: missing must have 1 to 31 bytes"},
        {HEAD SCALE "[gender]\nmale = 1,2,3,4,5,6,7,8,9\n", "male",
         "at most 8"},
        {HEAD SCALE "[gender]\nmale = ,m\n", "male", "1 to 31 bytes"},
        {HEAD SCALE "[ending]\nplanned = x\nopen = x\n", "open",
         "two things"},
        {HEAD SCALE "[ending]\ncompleted = x\n", "completed", "line 7"},
        {"[columns]\nid = \xff\n", "file", "UTF-8"},
    };
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        struct kor_map map;
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        enum kor_code code
            = kor_map_parse(rows[i].text, strlen(rows[i].text), &map, &err);
        if (code != KOR_BAD_VALUE || strcmp(err.field, rows[i].field)
            || !strstr(err.text, rows[i].says)) {
            fail_msg("map %zu: %s: %s", i, err.field, err.text);
        }
    }
}

/* Nine lines of seven columns each, and two more make 65. */
static void
a_scale_has_no_more_items_than_an_instrument(void **state)
{
    (void)state;
    struct kor_map map;
    struct kor_err err;
    char text[2000] = HEAD "[scale phq9]\n";
    kor_err_init(&err, KOR_EN);
    for (int i = 0; i < 9; i++) {
        strcat(text, "items = a, b , c\t,\td, e, f, g,\n");
    }
    size_t size = strlen(text);
    strcat(text, "items = h\n");
    assert_int_equal(kor_map_parse(text, strlen(text), &map, &err), KOR_OK);
    assert_int_equal(map.scales[0].n_items, KOR_MAX_ITEMS);
    assert_string_equal(map.scales[0].items[1], "b");
    assert_string_equal(map.scales[0].items[2], "c");
    assert_string_equal(map.scales[0].items[3], "d");
    assert_string_equal(map.scales[0].items[63], "h");
    strcpy(text + size, "items = h, i\n");
    assert_int_equal(kor_map_parse(text, strlen(text), &map, &err),
                     KOR_BAD_VALUE);
    assert_string_equal(err.text, "line 14: items may have at most 64 "
                                  "members: take some out");
}

static void
long_lines_zeros_and_large_maps_are_refused(void **state)
{
    (void)state;
    struct kor_map map;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    char text[600];
    memset(text, 'x', sizeof text);
    memcpy(text, "[columns]\nid = ", 15);
    assert_int_equal(kor_map_parse(text, sizeof text, &map, &err),
                     KOR_BAD_VALUE);
    assert_non_null(strstr(err.text, "line 2 is longer than 190"));
    static const char zero[] = "[columns]\nid = a\0b\n";
    assert_int_equal(kor_map_parse(zero, sizeof zero - 1, &map, &err),
                     KOR_BAD_VALUE);
    char *large = calloc(1, KOR_MAP_MAX_SIZE + 1);
    memset(large, '\n', KOR_MAP_MAX_SIZE + 1);
    assert_int_equal(kor_map_parse(large, KOR_MAP_MAX_SIZE + 1, &map, &err),
                     KOR_TOO_LARGE);
    free(large);
}

static void
a_map_cut_short_anywhere_crashes_nothing(void **state)
{
    (void)state;
    for (size_t size = 0; size <= strlen(openfit); size++) {
        char *cut = malloc(size ? size : 1);
        memcpy(cut, openfit, size);
        struct kor_map map;
        struct kor_err err;
        kor_err_init(&err, KOR_EN);
        enum kor_code code = kor_map_parse(cut, size, &map, &err);
        assert_true(code == KOR_OK || err.text[0] != '\0');
        free(cut);
    }
}

static void
numbers_follow_the_decimal_sign_of_the_map(void **state)
{
    (void)state;
    struct kor_map map = parse(openfit);
    static const struct {
        const char *cell;
        double value;
    } good[] = {{"12,5", 12.5},
                {" 7 ", 7},
                {"-0,25", -0.25},
                {"+3", 3},
                {"0,1", 0.1},
                {"", NAN},
                {"NA", NAN},
                {" - ", NAN},
                {"123456789012345", 123456789012345}};
    for (size_t i = 0; i < KOR_LENGTH(good); i++) {
        double value = -99;
        assert_true(kor_map_number(&map, good[i].cell, &value));
        assert_near(good[i].value, value, 0, 0);
    }
    static const char *const bad[]
        = {"12.5", "1,2,3", ",5", "5,", "nan", "inf", "0x10", "1e3", "1 2",
           "--1",  "+",     "twelve", "1234567890123456", SIXTY_FOUR};
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        double value = -99;
        assert_false(kor_map_number(&map, bad[i], &value));
        assert_near(-99, value, 0, 0);
    }
}

static void
dates_are_read_as_the_map_says(void **state)
{
    (void)state;
    static const struct {
        enum kor_map_dates dates;
        const char *cell;
    } rows[] = {{KOR_MAP_ISO, "2024-03-04"},
                {KOR_MAP_DOTTED, " 04.03.2024"},
                {KOR_MAP_SLASHED_DM, "04/03/2024"},
                {KOR_MAP_SLASHED_MD, "03/04/2024"}};
    struct kor_map map = parse(openfit);
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        int32_t date = 0;
        map.dates = rows[i].dates;
        assert_true(kor_map_date(&map, rows[i].cell, &date));
        assert_int_equal(date, 19786); /* 54 years, 13 leap days, 63 days */
        for (size_t k = 0; k < KOR_LENGTH(rows); k++) {
            map.dates = rows[k].dates;
            assert_true(kor_map_date(&map, rows[i].cell, &date)
                        == (k == i || (k >= 2 && i >= 2)));
        }
    }
    int32_t date = 5;
    map.dates = KOR_MAP_DOTTED;
    assert_false(kor_map_date(&map, "30.02.2024", &date));
    assert_false(kor_map_date(&map, "4.3.2024", &date));
    assert_false(kor_map_date(&map, "04.03/2024", &date));
    assert_false(kor_map_date(&map, "04.03.2024" SIXTY_FOUR, &date));
    assert_int_equal(date, 5);
}

static void
times_become_dates_counted_from_the_start(void **state)
{
    (void)state;
    struct kor_map map = parse("[columns]\nid = id\ntime = month\n"
                               "unit = months\nstart = 2024-01-08\n"
                               "[scale bdi2]\ntotal = bdi_total\n");
    /* Months of 30.4375 days, as tests/data/btheb.R makes its dates. */
    static const struct {
        double month;
        const char *date;
    } rows[] = {{0, "2024-01-08"}, {2, "2024-03-09"}, {3, "2024-04-08"}};
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        int32_t date;
        char text[KOR_DATE_SIZE];
        assert_true(kor_map_date_at(&map, rows[i].month, &date));
        assert_string_equal(kor_date_format(date, text), rows[i].date);
    }
    int32_t date = 0;
    map.unit = KOR_MAP_WEEKS;
    assert_true(kor_map_date_at(&map, 2, &date));
    assert_int_equal(date - map.start, 14);
    map.unit = KOR_MAP_DAYS;
    assert_true(kor_map_date_at(&map, 2, &date));
    assert_int_equal(date - map.start, 2);
    assert_false(kor_map_date_at(&map, 1e9, &date));
    assert_false(kor_map_date_at(&map, NAN, &date));
}

static void
words_of_the_file_become_words_of_kor(void **state)
{
    (void)state;
    struct kor_map map = parse(openfit);
    assert_string_equal(kor_map_gender(&map, " f "), "female");
    assert_string_equal(kor_map_gender(&map, "MALE"), "male");
    assert_string_equal(kor_map_gender(&map, ""), "unknown");
    assert_null(kor_map_gender(&map, "x"));
    assert_string_equal(kor_map_ending(&map, "Completed"), "planned");
    assert_string_equal(kor_map_ending(&map, "unplanned"), "unplanned");
    assert_string_equal(kor_map_ending(&map, "NA"), "open");
    assert_string_equal(kor_map_status(&map, "no show"), "not-attended");
    assert_string_equal(kor_map_status(&map, ""), "held");
    assert_null(kor_map_status(&map, "maybe"));
    char longest[300];
    memset(longest, 'a', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_null(kor_map_ending(&map, longest));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_map_says_which_column_is_what),
        cmocka_unit_test(the_map_of_beat_the_blues_is_right),
        cmocka_unit_test(the_examples_of_the_manual_are_right),
        cmocka_unit_test(each_bad_map_is_refused_with_its_line),
        cmocka_unit_test(a_scale_has_no_more_items_than_an_instrument),
        cmocka_unit_test(long_lines_zeros_and_large_maps_are_refused),
        cmocka_unit_test(a_map_cut_short_anywhere_crashes_nothing),
        cmocka_unit_test(numbers_follow_the_decimal_sign_of_the_map),
        cmocka_unit_test(dates_are_read_as_the_map_says),
        cmocka_unit_test(times_become_dates_counted_from_the_start),
        cmocka_unit_test(words_of_the_file_become_words_of_kor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
