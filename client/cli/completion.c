/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Completion of words in bash, made from the table of commands. */

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

static void
print_options(enum kor_command_id command)
{
    for (const struct kor_flag *o = kor_flags; o->name; o++) {
        if (kor_command_has(command, o)) {
            printf(" --%s", o->name);
        }
    }
}

/* The first words of all commands, each once. */
static void
print_first_words(void)
{
    const char *last = "";
    for (int i = 0; i < KOR_N_COMMANDS; i++) {
        const char *words = kor_commands[i].words;
        size_t len = strcspn(words, " ");
        if (strncmp(words, last, len + 1)
            && (strncmp(words, last, len) || last[len] != words[len])) {
            printf(" %.*s", (int)len, words);
        }
        last = words;
    }
}

static void
print_second_words(const char *first, size_t len)
{
    for (int i = 0; i < KOR_N_COMMANDS; i++) {
        const char *words = kor_commands[i].words;
        if (!strncmp(words, first, len) && words[len] == ' ') {
            printf(" %s", words + len + 1);
        }
    }
}

/* One branch of the 'case' for each command; a family gets one of its own
 * for the second word. */
static void
print_branches(void)
{
    for (int i = 0; i < KOR_N_COMMANDS; i++) {
        const char *words = kor_commands[i].words;
        size_t len = strcspn(words, " ");
        if (words[len]) {
            printf("    '%s') words=\"", words);
        } else {
            printf("    '%s '*) words=\"", words);
        }
        print_options((enum kor_command_id)i);
        puts("\" ;;");
        bool is_next_same = i + 1 < KOR_N_COMMANDS
                         && !strncmp(words, kor_commands[i + 1].words,
                                     len + 1);
        if (words[len] && !is_next_same) {
            printf("    '%.*s '*) words=\"", (int)len, words);
            print_second_words(words, len);
            puts("\" ;;");
        }
    }
}

enum kor_code
cli_completion(struct cli *cli)
{
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code != KOR_OK) {
        return code;
    }
    puts("# bash completion of kor, made by 'kor completion'\n"
         "_kor() {\n"
         "    local cur=${COMP_WORDS[COMP_CWORD]}"
         " prev=${COMP_WORDS[COMP_CWORD-1]}\n"
         "    local words='' found='' i\n"
         "    case $prev in\n"
         "    --at|--key|--map|--codes|--output|-o)\n"
         "        COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n"
         "    esac\n"
         "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        case ${COMP_WORDS[i]} in\n"
         "        --at|--key|--lang) ((i++)) ;;\n"
         "        -*) ;;\n"
         "        *) found=\"$found${found:+ }${COMP_WORDS[i]}\" ;;\n"
         "        esac\n"
         "    done\n"
         "    set -- $found\n"
         "    case \"$1 $2\" in");
    print_branches();
    fputs("    ' ') words=\"", stdout);
    print_first_words();
    puts("\" ;;\n"
         "    esac\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
         "    if [[ ${#COMPREPLY[@]} -eq 0 && $cur != -* && -n $1 ]]; then\n"
         "        COMPREPLY=($(compgen -f -- \"$cur\"))\n"
         "    fi\n"
         "}\n"
         "complete -o filenames -F _kor kor");
    return KOR_OK;
}
