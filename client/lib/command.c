/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands and their options: see client/lib/command.h. */

#include "lib/command.h"

#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

const struct kor_command kor_commands[KOR_N_COMMANDS] = {
#define KOR_COMMAND(lower, UPPER, words, arguments, rank, summary)            \
    {words, arguments, rank, summary},
#include "lib/command.def"
#undef KOR_COMMAND
};

bool
kor_command_has(enum kor_command_id command, const struct kor_flag *option)
{
    if (option->command != KOR_COMMAND_ANY) {
        return option->command == command;
    }
    for (int i = 0; kor_flags[i].name; i++) {
        if (kor_flags[i].command == command
            && command != KOR_COMMAND_ANY
            && !strcmp(kor_flags[i].name, option->name)) {
            return false;
        }
    }
    return true;
}

enum kor_command_id
kor_command_find(char *const words[], int n, int *used)
{
    enum kor_command_id found = KOR_N_COMMANDS;
    *used = 1;
    for (int i = 0; i < KOR_N_COMMANDS && n > 0; i++) {
        const char *name = kor_commands[i].words;
        size_t len = strcspn(name, " ");
        if (strlen(words[0]) != len || strncmp(words[0], name, len)) {
            continue;
        }
        if (!name[len]) {
            found = (enum kor_command_id)i;
        } else if (n > 1 && !strcmp(words[1], name + len + 1)) {
            *used = 2;
            return (enum kor_command_id)i;
        }
    }
    return found;
}

/* The option of any command that 'arg' names, to know whether a value follows
 * before it is known which command it is. */
static bool
takes_next(const char *arg)
{
    if (!strcmp(arg, "-o")) {
        return true;
    }
    for (const struct kor_flag *o = kor_flags; o->name; o++) {
        if (!strncmp(arg, "--", 2) && !strcmp(arg + 2, o->name)) {
            return o->value != NULL;
        }
    }
    return false;
}

/* Finds the command among the words that are no options. */
static enum kor_command_id
find_command(int argc, char **argv)
{
    char *words[2] = {NULL, NULL};
    int n = 0, used;
    for (int i = 1; i < argc && n < 2; i++) {
        if (!strcmp(argv[i], "--")) {
            break;
        }
        if (argv[i][0] == '-' && argv[i][1]) {
            i += takes_next(argv[i]);
        } else {
            words[n++] = argv[i];
        }
    }
    return kor_command_find(words, n, &used);
}

/* Writes the options of 'command' in the form of getopt_long(); 'rows' says
 * which row of kor_flags each is. */
static void
make_table(enum kor_command_id command, struct option longs[], int rows[],
           char letters[])
{
    size_t n = 0, n_letters = 0;
    letters[n_letters++] = ':';
    for (int i = 0; kor_flags[i].name; i++) {
        if (!kor_command_has(command, &kor_flags[i])) {
            continue;
        }
        longs[n] = (struct option){
            kor_flags[i].name,
            kor_flags[i].value ? required_argument : no_argument, NULL, 0};
        rows[n++] = i;
        if (kor_flags[i].letter) {
            letters[n_letters++] = kor_flags[i].letter;
            if (kor_flags[i].value) {
                letters[n_letters++] = ':';
            }
        }
    }
    longs[n] = (struct option){NULL, 0, NULL, 0};
    letters[n_letters] = '\0';
}

static int
row_of_letter(enum kor_command_id command, int letter)
{
    int i = 0;
    while (kor_flags[i].letter != letter
           || !kor_command_has(command, &kor_flags[i])) {
        i++;
    }
    return i;
}

static bool
is_list(const struct kor_flag *flag)
{
    const char *dots = flag->value ? strstr(flag->value, "...") : NULL;
    return dots && !dots[3];
}

/* Takes the value of a list and the words that follow it. */
static enum kor_code
take_list(int argc, char **argv, int row, struct kor_command_line *line,
          struct kor_err *err)
{
    const char *word = optarg;
    do {
        if (line->n_listed == KOR_MAX_LISTED) {
            return kor_fail(err, KOR_USAGE, kor_flags[row].name,
                            "--%s: a command takes at most %d words in its "
                            "lists", kor_flags[row].name, KOR_MAX_LISTED);
        }
        line->listed[line->n_listed].row = row;
        line->listed[line->n_listed++].word = word;
        word = optind < argc && argv[optind][0] != '-' ? argv[optind++] : NULL;
    } while (word);
    return KOR_OK;
}

static enum kor_code
read_options(int argc, char **argv, struct kor_command_line *line,
             struct kor_err *err)
{
    struct option longs[KOR_MAX_OPTIONS_GIVEN];
    int rows[KOR_MAX_OPTIONS_GIVEN], at, got;
    char letters[16];
    make_table(line->command, longs, rows, letters);
    optind = 0; /* Begin afresh: the tests read many lines. */
    opterr = 0;
    while ((got = getopt_long(argc, argv, letters, longs, &at)) != -1) {
        const char *arg = argv[optind - 1];
        if (got == ':') {
            return kor_fail(err, KOR_USAGE, arg, "%s needs a value", arg);
        }
        if (got == '?') {
            return kor_fail(err, KOR_USAGE, arg,
                            "'%s' is no option here: see 'kor help%s%s'", arg,
                            line->command < KOR_N_COMMANDS ? " " : "",
                            line->command < KOR_N_COMMANDS
                                ? kor_commands[line->command].words
                                : "");
        }
        int row = got ? row_of_letter(line->command, got) : rows[at];
        if (line->values[row] && !is_list(&kor_flags[row])) {
            return kor_fail(err, KOR_USAGE, kor_flags[row].name,
                            "--%s is given twice: leave one of them out",
                            kor_flags[row].name);
        }
        line->values[row] = optarg ? optarg : "";
        if (is_list(&kor_flags[row])) {
            enum kor_code code = take_list(argc, argv, row, line, err);
            if (code != KOR_OK) {
                return code;
            }
        }
    }
    return KOR_OK;
}

/* A number below 0 is a word and no option: its sign is another one until the
 * options are read. */
static void
change_signs(int argc, char **argv, char from, char to)
{
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] == from && argv[i][1] >= '0' && argv[i][1] <= '9') {
            argv[i][0] = to;
        }
    }
}

static enum kor_code
read_words(int argc, char **argv, struct kor_command_line *line,
           struct kor_err *err)
{
    change_signs(argc, argv, '-', '\1');
    line->command = find_command(argc, argv);
    enum kor_code code = read_options(argc, argv, line, err);
    change_signs(argc, argv, '\1', '-');
    return code;
}

/* Whether commands of two words begin with this one. */
static bool
is_family(const char *word)
{
    size_t len = strlen(word);
    for (int i = 0; i < KOR_N_COMMANDS; i++) {
        const char *words = kor_commands[i].words;
        if (!strncmp(words, word, len) && words[len] == ' ') {
            return true;
        }
    }
    return false;
}

enum kor_code
kor_command_read(int argc, char **argv, struct kor_command_line *line,
                 struct kor_err *err)
{
    memset(line, 0, sizeof *line);
    enum kor_code code = read_words(argc, argv, line, err);
    if (code != KOR_OK) {
        return code;
    }
    line->words = argv + optind;
    line->n_words = argc - optind;
    if (line->command < KOR_N_COMMANDS) {
        int used = 0;
        (void)kor_command_find(line->words, line->n_words, &used);
        line->words += used;
        line->n_words -= used;
        return KOR_OK;
    }
    if (line->n_words > 1 && is_family(line->words[0])) {
        return kor_fail(err, KOR_USAGE, line->words[0],
                        "'%s %s' is no command: 'kor help %s' lists those "
                        "there are", line->words[0], line->words[1],
                        line->words[0]);
    }
    if (line->n_words > 0 && !kor_command_option(line, "help")) {
        return kor_fail(err, KOR_USAGE, line->words[0],
                        "'%s' is no command: see 'kor help'", line->words[0]);
    }
    return KOR_OK;
}

/* The row of the option 'name'; -1 if the command has none. */
static int
row_of(enum kor_command_id command, const char *name)
{
    for (int i = 0; kor_flags[i].name; i++) {
        if (kor_command_has(command, &kor_flags[i])
            && !strcmp(kor_flags[i].name, name)) {
            return i;
        }
    }
    return -1;
}

const char *
kor_command_option(const struct kor_command_line *line, const char *name)
{
    int row = row_of(line->command, name);
    return row < 0 ? NULL : line->values[row];
}

const char *
kor_command_option_of_all(const struct kor_command_line *line,
                          const char *name)
{
    int i = 0;
    while (kor_flags[i].name
           && (kor_flags[i].command != KOR_COMMAND_ANY
               || strcmp(kor_flags[i].name, name))) {
        i++;
    }
    return kor_flags[i].name ? line->values[i] : NULL;
}

const char *
kor_command_listed(const struct kor_command_line *line, const char *name,
                   size_t i)
{
    int row = row_of(line->command, name);
    for (size_t k = 0; k < line->n_listed; k++) {
        if (line->listed[k].row == row && i-- == 0) {
            return line->listed[k].word;
        }
    }
    return NULL;
}
