/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_COMMAND_H
#define CLIENT_LIB_COMMAND_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/err.h"

/* The commands of kor with their options, and a command line held against
 * them.  Help, completion and the check of the man page are made from the
 * same tables. */

enum kor_command_id {
#define KOR_COMMAND(lower, UPPER, words, arguments, rank, summary)            \
    KOR_COMMAND_##UPPER,
#include "lib/command.def"
#undef KOR_COMMAND
    KOR_N_COMMANDS, /* Not a command: how many there are. */
    KOR_COMMAND_ANY /* Of an option: all commands have it. */
};

struct kor_command {
    const char *words;     /* "record", "instrument list". */
    const char *arguments; /* What follows, for people; may be "". */
    int rank;              /* See command.def. */
    const char *summary;   /* English, to be translated. */
};

/* One option of one command. */
struct kor_flag {
    enum kor_command_id command; /* Or KOR_COMMAND_ANY. */
    char letter;                 /* Short form, or 0. */
    const char *name;            /* Without the hyphens; null ends a table. */
    const char *value;           /* What it takes, for people; null: none.
                                    With "..." at its end it takes all words
                                    up to the next option, and may be given
                                    again for more. */
    const char *doc;             /* English, to be translated. */
};

/* The tables; indexes of the first are enum kor_command_id. */
extern const struct kor_command kor_commands[KOR_N_COMMANDS];
extern const struct kor_flag kor_flags[];

#define KOR_MAX_OPTIONS_GIVEN 512 /* Rows of kor_flags at most. */
#define KOR_MAX_LISTED 512        /* Words that options with "..." take. */

/* A command line, read.  All texts are those of 'argv'. */
struct kor_command_line {
    enum kor_command_id command; /* KOR_N_COMMANDS: none was given. */
    const char *values[KOR_MAX_OPTIONS_GIVEN]; /* By row of kor_flags; ""
                                                * for one without value;
                                                * the last word of a list. */
    struct {
        int row;          /* Of kor_flags. */
        const char *word;
    } listed[KOR_MAX_LISTED]; /* Words of lists, in order. */
    size_t n_listed;
    char **words;                /* What follows the command, in order. */
    int n_words;
};

/* Reads 'argv' (whose order it may change).  Options may stand before or
 * after the words; "--" ends them, and a number below 0 is none.  Returns
 * KOR_USAGE with a sentence that names what is not understood; 'line' then
 * holds what was read so far. */
KOR_NODISCARD enum kor_code kor_command_read(int argc, char **argv,
                                             struct kor_command_line *line,
                                             struct kor_err *err);

/* Whether 'command' has the option 'flag'.  One of its own hides one of the
 * same name that all commands have. */
bool kor_command_has(enum kor_command_id command, const struct kor_flag *flag);

/* The value of the option 'name' of the command of 'line': null if it was not
 * given, "" if it takes none.  'name' must be one of the table. */
const char *kor_command_option(const struct kor_command_line *line,
                               const char *name);

/* The same of an option that all commands have, null also where an own one
 * hides it. */
const char *kor_command_option_of_all(const struct kor_command_line *line,
                                      const char *name);

/* The word with the index 'i' of the list that the option 'name' took; null
 * past its end. */
const char *kor_command_listed(const struct kor_command_line *line,
                               const char *name, size_t i);

/* The command whose words begin at 'words' (of 'n'), and how many of them it
 * takes in '*used'; KOR_N_COMMANDS if there is none. */
enum kor_command_id kor_command_find(char *const words[], int n, int *used);

#endif /* client/lib/command.h */
