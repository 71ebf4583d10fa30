/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Help, made from the tables of commands and options. */

#include "cli/help.h"

#include <stdio.h>
#include <string.h>

#define WIDTH 78 /* Of the list of commands. */

/* "record CODE [SCALE ITEM...]...", or "instrument show|check|add ..." would
 * be too long: only the first word and '...' then. */
static void
print_row(enum kor_lang lang, const struct kor_command *command)
{
    printf("  %-16s  %s\n", command->words, kor_text(lang, command->summary));
}

/* The first words of rank 3, each once, in lines of a terminal's width. */
static void
print_others(enum kor_lang lang)
{
    size_t column = (size_t)printf("%s", kor_text(lang, "Also:"));
    size_t last_len = 0;
    const char *last = "";
    for (int i = 0; i < KOR_N_COMMANDS; i++) {
        const char *words = kor_commands[i].words;
        size_t len = strcspn(words, " ");
        bool is_new = len != last_len || strncmp(words, last, len);
        if (kor_commands[i].rank != 3 || !is_new) {
            continue;
        }
        if (column + len + 2 > WIDTH) {
            putchar('\n');
            column = 0;
        }
        column += (size_t)printf(" %.*s", (int)len, words);
        last = words;
        last_len = len;
    }
    putchar('\n');
}

static void
print_overview(enum kor_lang lang)
{
    puts(kor_text(lang, "Usage: kor [OPTION]... COMMAND [WORD]..."));
    for (int i = 0; i < KOR_N_COMMANDS; i++) {
        if (kor_commands[i].rank == 1) {
            print_row(lang, &kor_commands[i]);
        }
    }
    print_others(lang);
    puts(kor_text(lang, "Options: --at DIR (the clinic's folder), --lang "
                        "nb|sv|en, --json, --quiet."));
    puts(kor_text(lang, "'kor help COMMAND' says more; all of it stands in "
                        "the manual: man kor."));
}

static void
print_option(enum kor_lang lang, const struct kor_flag *option)
{
    char head[40];
    snprintf(head, sizeof head, "%s%c%s--%s%s%s",
             option->letter ? "-" : "", option->letter ? option->letter : ' ',
             option->letter ? ", " : "   ", option->name,
             option->value ? " " : "", option->value ? option->value : "");
    printf("  %-26s  %s\n", head, kor_text(lang, option->doc));
}

/* All commands that begin with a word, such as those of instruments. */
static bool
print_family(enum kor_lang lang, const char *word)
{
    bool is_any = false;
    size_t len = strlen(word);
    for (int i = 0; i < KOR_N_COMMANDS; i++) {
        const char *words = kor_commands[i].words;
        if (!strncmp(words, word, len) && words[len] == ' ') {
            is_any = true;
            print_row(lang, &kor_commands[i]);
        }
    }
    return is_any;
}

static void
print_command(enum kor_lang lang, enum kor_command_id id)
{
    const struct kor_command *command = &kor_commands[id];
    printf("kor %s%s%s\n  %s\n", command->words,
           *command->arguments ? " " : "", command->arguments,
           kor_text(lang, command->summary));
    for (const struct kor_flag *o = kor_flags; o->name; o++) {
        if (o->command == id) {
            print_option(lang, o);
        }
    }
    for (const struct kor_flag *o = kor_flags; o->name; o++) {
        if (o->command == KOR_COMMAND_ANY && kor_command_has(id, o)) {
            print_option(lang, o);
        }
    }
    (void)print_family(lang, command->words);
}

void
cli_print_help(const struct cli *cli, enum kor_command_id command)
{
    if (command == KOR_N_COMMANDS) {
        print_overview(cli->lang);
    } else {
        print_command(cli->lang, command);
    }
}

enum kor_code
cli_help(struct cli *cli)
{
    int used;
    enum kor_command_id command
        = kor_command_find(cli->line.words, cli->line.n_words, &used);
    if (cli->line.n_words > 0 && command == KOR_N_COMMANDS) {
        return print_family(cli->lang, cli->line.words[0])
                   ? KOR_OK
                   : kor_fail(&cli->err, KOR_USAGE, NULL,
                              "'%s' is no command: see 'kor help'",
                              cli->line.words[0]);
    }
    cli_print_help(cli, command);
    return KOR_OK;
}
