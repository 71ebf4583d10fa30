/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Command lines, words of scores and numbers; and the manual that has to know
 * every command and option. */

#include "support/near.h"

#include <math.h>
#include <string.h>

#include "kor/base/file.h"
#include "lib/command.h"
#include "lib/number.h"
#include "lib/record_words.h"

#define MAX_WORDS 32

/* Splits 'text' at blanks and reads it as a command line. */
static enum kor_code
read_line(char *text, struct kor_command_line *line, struct kor_err *err)
{
    static char *argv[MAX_WORDS + 1];
    int argc = 0;
    for (char *word; (word = strsep(&text, " ")) && argc < MAX_WORDS;) {
        argv[argc++] = word;
    }
    argv[argc] = NULL;
    kor_err_init(err, KOR_EN);
    return kor_command_read(argc, argv, line, err);
}

static void
options_stand_before_or_after_the_words(void **state)
{
    (void)state;
    static const char *const lines[]
        = {"kor record ABC phq9 1 - 2 --session 4 --at /x",
           "kor --at /x record --session 4 ABC phq9 1 - 2",
           "kor --at=/x record ABC --session=4 phq9 1 - 2",
           "kor --at /x --session 4 record -- ABC phq9 1 - 2"};
    for (size_t i = 0; i < KOR_LENGTH(lines); i++) {
        char text[128];
        struct kor_command_line line;
        struct kor_err err;
        strcpy(text, lines[i]);
        assert_int_equal(read_line(text, &line, &err), KOR_OK);
        assert_int_equal(line.command, KOR_COMMAND_RECORD);
        assert_string_equal(kor_command_option(&line, "session"), "4");
        assert_string_equal(kor_command_option(&line, "at"), "/x");
        assert_null(kor_command_option(&line, "json"));
        assert_int_equal(line.n_words, 5);
        assert_string_equal(line.words[0], "ABC");
        assert_string_equal(line.words[3], "-");
    }
}

static void
commands_of_two_words_are_found(void **state)
{
    (void)state;
    char text[] = "kor course use 7 --off --json";
    struct kor_command_line line;
    struct kor_err err;
    assert_int_equal(read_line(text, &line, &err), KOR_OK);
    assert_int_equal(line.command, KOR_COMMAND_COURSE_USE);
    assert_string_equal(kor_command_option(&line, "off"), "");
    assert_string_equal(kor_command_option(&line, "json"), "");
    assert_int_equal(line.n_words, 1);
    assert_string_equal(line.words[0], "7");
}

static void
a_number_below_zero_is_a_word(void **state)
{
    (void)state;
    char text[] = "kor goal level ABC 3 -2 --date -1";
    struct kor_command_line line;
    struct kor_err err;
    assert_int_equal(read_line(text, &line, &err), KOR_OK);
    assert_int_equal(line.command, KOR_COMMAND_GOAL_LEVEL);
    assert_int_equal(line.n_words, 3);
    assert_string_equal(line.words[2], "-2");
    assert_string_equal(kor_command_option(&line, "date"), "-1");
}

static void
a_list_takes_all_words_up_to_the_next_option(void **state)
{
    (void)state;
    char text[] = "kor stat fit f.csv --covariate a b --id x --covariate c -- d";
    static const char *const words[] = {"a", "b", "c", NULL};
    struct kor_command_line line;
    struct kor_err err;
    assert_int_equal(read_line(text, &line, &err), KOR_OK);
    for (size_t i = 0; i < KOR_LENGTH(words); i++) {
        const char *got = kor_command_listed(&line, "covariate", i);
        assert_true(!words[i] == !got);
        assert_true(!got || !strcmp(got, words[i]));
    }
    assert_int_equal(line.n_words, 2);
    assert_string_equal(line.words[0], "f.csv");
    assert_string_equal(line.words[1], "d");
}

static void
what_is_not_understood_is_named(void **state)
{
    (void)state;
    static const char *const lines[][2]
        = {{"kor recrod ABC", "'recrod' is no command"},
           {"kor course", "'course' is no command"},
           {"kor course fitt x", "'course fitt' is no command: 'kor help course'"},
           {"kor show ABC --sesion 3", "'--sesion' is no option"},
           {"kor show ABC --session 3", "'--session' is no option"},
           {"kor record ABC --session", "--session needs a value"},
           {"kor show -x ABC", "'-x' is no option"},
           {"kor --nonsense", "'--nonsense' is no option"}};
    for (size_t i = 0; i < KOR_LENGTH(lines); i++) {
        char text[128];
        struct kor_command_line line;
        struct kor_err err;
        strcpy(text, lines[i][0]);
        assert_int_equal(read_line(text, &line, &err), KOR_USAGE);
        if (!strstr(err.text, lines[i][1])) {
            fail_msg("'%s' is not in '%s'", lines[i][1], err.text);
        }
    }
}

static void
nothing_at_all_asks_for_help(void **state)
{
    (void)state;
    char text[] = "kor", help[] = "kor record -h";
    struct kor_command_line line;
    struct kor_err err;
    assert_int_equal(read_line(text, &line, &err), KOR_OK);
    assert_int_equal(line.command, KOR_N_COMMANDS);
    assert_int_equal(read_line(help, &line, &err), KOR_OK);
    assert_int_equal(line.command, KOR_COMMAND_RECORD);
    assert_non_null(kor_command_option(&line, "help"));
}

/* In the manual an option is ".It Fl -name" or ".It Fl x , Fl -name", in the
 * part of its command, which begins with ".It Cm words". */
static void
the_manual_knows_every_command_and_option(void **state)
{
    (void)state;
    struct kor_buf page = {0};
    assert_int_equal(
        kor_file_read("docs/man/kor.1", 1 << 20, &page, NULL), KOR_OK);
    for (int i = 0; i < KOR_N_COMMANDS; i++) {
        char head[80];
        snprintf(head, sizeof head, "\n.It Cm %s", kor_commands[i].words);
        const char *at = strstr(page.text, head);
        if (!at || !strchr(" \n", at[strlen(head)])) {
            fail_msg("kor.1 lacks the command %s", kor_commands[i].words);
            return;
        }
        const char *end = strstr(at + 1, "\n.It Cm ");
        end = end ? end : page.text + page.size;
        for (const struct kor_flag *flag = kor_flags; flag->name; flag++) {
            char option[80];
            if ((int)flag->command != i) {
                continue;
            }
            snprintf(option, sizeof option, "Fl -%s%s", flag->name,
                     flag->value ? " Ar" : "\n");
            const char *there = strstr(at, option);
            if (!there || there > end) {
                fail_msg("kor.1 lacks %s of %s", option,
                         kor_commands[i].words);
            }
        }
    }
    for (const struct kor_flag *flag = kor_flags; flag->name; flag++) {
        char option[80];
        snprintf(option, sizeof option, "Fl -%s", flag->name);
        assert_true(flag->command != KOR_COMMAND_ANY
                    || strstr(page.text, option));
    }
    kor_buf_done(&page);
}

static void
numbers_have_a_point_or_a_comma(void **state)
{
    (void)state;
    double value = -1;
    int64_t whole = -1;
    assert_true(kor_number_parse("6.3", &value));
    assert_near(6.3, value, 0, 0);
    assert_true(kor_number_parse("6,3", &value));
    assert_near(6.3, value, 0, 0);
    assert_true(kor_number_parse("-2", &value));
    assert_near(-2, value, 0, 0);
    static const char *const others[]
        = {"", "-", "nan", "inf", "1e3", "0x10", "6,3,1", "6.", ".5", "5 ",
           "1234567890123456"};
    for (size_t i = 0; i < KOR_LENGTH(others); i++) {
        assert_false(kor_number_parse(others[i], &value));
    }
    assert_true(kor_whole_parse("42", &whole));
    assert_int_equal(whole, 42);
    assert_false(kor_whole_parse("4.0", &whole));
}

static void
numbers_are_written_as_the_language_does(void **state)
{
    (void)state;
    char text[KOR_NUMBER_SIZE];
    assert_string_equal(kor_number_format(KOR_EN, 6.30, 2, text), "6.3");
    assert_string_equal(kor_number_format(KOR_NB, 6.25, 2, text), "6,25");
    assert_string_equal(kor_number_format(KOR_SV, 20, 2, text), "20");
    char line[] = "of 0.5 to 20. Then .5 and 3.25.";
    assert_string_equal(kor_number_signs(KOR_EN, line),
                        "of 0.5 to 20. Then .5 and 3.25.");
    assert_string_equal(kor_number_signs(KOR_NB, line),
                        "of 0,5 to 20. Then .5 and 3,25.");
    assert_string_equal(kor_number_format(KOR_EN, -0.001, 2, text), "0");
    assert_string_equal(kor_number_format(KOR_EN, 100, 0, text), "100");
    assert_string_equal(kor_number_format(KOR_EN, NAN, 2, text), "-");
}

/* Words, and what becomes of them: scale(values) ... or the error's words. */
static void
assert_words(const char *text, const char *expected)
{
    char copy[256], *rest = copy, *words[MAX_WORDS];
    int n = 0;
    struct kor_msg_answer answers[KOR_RECORD_MAX_SCALES];
    size_t n_answers;
    struct kor_err err;
    struct kor_buf got = {0};
    kor_err_init(&err, KOR_EN);
    strcpy(copy, text);
    for (char *word; *text && (word = strsep(&rest, " "));) {
        words[n++] = word;
    }
    if (kor_record_words(words, n, answers, &n_answers, &err) != KOR_OK) {
        assert_non_null(strstr(err.text, expected));
        return;
    }
    for (size_t i = 0; i < n_answers; i++) {
        kor_buf_printf(&got, "%s(", answers[i].scale);
        for (size_t k = 0; k < answers[i].n_values; k++) {
            kor_buf_printf(&got, " %g", fabs(answers[i].values[k]));
        }
        kor_buf_putc(&got, ')');
    }
    assert_string_equal(kor_buf_text(&got), expected);
    kor_buf_done(&got);
}

static void
a_word_that_is_no_number_begins_a_scale(void **state)
{
    (void)state;
    assert_words("", "");
    assert_words("outcome 6.1 5 7,2 6", "outcome( 6.1 5 7.2 6)");
    assert_words("outcome 6 - 7 alliance 8 9", "outcome( 6 nan 7)"
                                               "alliance( 8 9)");
    assert_words("phq9", "phq9()");
    assert_words("gad7 1 wai-sr 2 k10 3", "gad7( 1)wai-sr( 2)k10( 3)");
    assert_words("1 2 3", "'1' stands before any scale");
    assert_words("outcome 6,3,5", "'6,3,5' is neither");
    assert_words("outcome 5o", "'5o' is neither");
    assert_words("outcome -x", "'-x' is neither");
    assert_words("a b c d e f g h i", "at most 8 scales");
    assert_words("a-name-that-is-far-too-long-for-a-scale 1", "is neither");
}

static void
a_scale_takes_so_many_items_and_no_more(void **state)
{
    (void)state;
    char *words[80] = {"outcome"};
    struct kor_msg_answer answers[KOR_RECORD_MAX_SCALES];
    size_t n;
    for (int i = 1; i < 80; i++) {
        words[i] = "1";
    }
    assert_int_equal(kor_record_words(words, 65, answers, &n, NULL), KOR_OK);
    assert_int_equal(answers[0].n_values, 64);
    assert_int_equal(kor_record_words(words, 66, answers, &n, NULL),
                     KOR_BAD_VALUE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_stand_before_or_after_the_words),
        cmocka_unit_test(a_number_below_zero_is_a_word),
        cmocka_unit_test(commands_of_two_words_are_found),
        cmocka_unit_test(a_list_takes_all_words_up_to_the_next_option),
        cmocka_unit_test(what_is_not_understood_is_named),
        cmocka_unit_test(nothing_at_all_asks_for_help),
        cmocka_unit_test(the_manual_knows_every_command_and_option),
        cmocka_unit_test(numbers_have_a_point_or_a_comma),
        cmocka_unit_test(numbers_are_written_as_the_language_does),
        cmocka_unit_test(a_word_that_is_no_number_begins_a_scale),
        cmocka_unit_test(a_scale_takes_so_many_items_and_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
