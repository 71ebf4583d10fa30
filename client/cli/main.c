/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor: the command line of the service.  See kor(1). */

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "cli/cli.h"
#include "cli/help.h"
#include "kor/base/utf8.h"

static enum kor_code (*const run[KOR_N_COMMANDS])(struct cli *) = {
#define KOR_COMMAND(lower, UPPER, words, arguments, rank, summary) cli_##lower,
#include "lib/command.def"
#undef KOR_COMMAND
};

/* Whoever starts us may have closed one of the first three files; what we
 * open must not take its place. */
static void
fill_standard_files(void)
{
    int fd;
    do {
        fd = open("/dev/null", O_RDWR);
    } while (fd >= 0 && fd < 3);
    if (fd >= 3) {
        close(fd);
    }
}

/* The language that the environment asks for; false if it asks for none of
 * ours ("C", "POSIX", unset). */
static bool
environment_lang(enum kor_lang *lang)
{
    static const char *const names[]
        = {"KOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < KOR_LENGTH(names); i++) {
        const char *value = getenv(names[i]);
        if (!value || !*value) {
            continue;
        }
        *lang = kor_lang_from(value);
        return *lang != KOR_EN || !strncmp(value, "en", 2);
    }
    return false;
}

/* The language that client.ini names, if it is there. */
static void
take_language(struct cli *cli)
{
    struct kor_place place;
    char key_file[KOR_PLACE_PATH_SIZE];
    if (kor_place_of_daemon(kor_command_option_of_all(&cli->line, "at"),
                       cli_option(cli, "key"), &place, key_file, NULL)
        == KOR_OK) {
        cli->lang = kor_lang_from(place.language);
    }
}

/* The language for what is wrong with the command line itself: that of --lang
 * anywhere in it, of the environment, or of the clinic. */
static void
guess_language(struct cli *cli, int argc, char **argv)
{
    static const char option[] = "--lang";
    size_t len = sizeof option - 1;
    const char *given = NULL;
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
        if (!strncmp(argv[i], option, len) && argv[i][len] == '=') {
            given = argv[i] + len + 1;
        } else if (!strcmp(argv[i], option) && i + 1 < argc) {
            given = argv[i + 1];
        }
    }
    if (given) {
        cli->lang = kor_lang_from(given);
    } else if (!environment_lang(&cli->lang)) {
        take_language(cli);
    }
    cli->err.lang = cli->lang;
}

static enum kor_code
settle_language(struct cli *cli)
{
    const char *given = cli_option(cli, "lang");
    if (given) {
        cli->lang = kor_lang_from(given);
        cli->err.lang = cli->lang;
        if (strcmp(given, kor_lang_name(cli->lang))) {
            return kor_fail(&cli->err, KOR_USAGE, "lang",
                            "--lang must be nb, sv or en, not '%s'", given);
        }
    } else if (!environment_lang(&cli->lang)) {
        take_language(cli);
    }
    cli->err.lang = cli->lang;
    return KOR_OK;
}

/* What is typed goes over the wire as text. */
static enum kor_code
check_utf8(struct cli *cli, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (!kor_utf8_valid(argv[i], strlen(argv[i]))) {
            return kor_fail(&cli->err, KOR_BAD_VALUE, NULL,
                            "word %d of the command is not UTF-8: type it "
                            "again, or set the terminal to UTF-8", i);
        }
    }
    return KOR_OK;
}

/* What is wrong with a value of a CSV file is said with the file. */
static enum kor_code
name_file(struct cli *cli)
{
    bool is_stat
        = !strncmp(kor_commands[cli->line.command].words, "stat ", 5);
    bool is_said = false;
    static const char *const others[] = {"course", "reference"};
    for (size_t i = 0; i < KOR_LENGTH(others); i++) {
        const char *path = cli_option(cli, others[i]);
        is_said = is_said || (path && strstr(cli->err.text, path));
    }
    if (is_stat && cli->line.n_words > 0 && !is_said
        && !strstr(cli->err.text, cli->line.words[0])) {
        (void)kor_wrap(&cli->err, "%s", cli->line.words[0]);
    }
    return KOR_BAD_VALUE;
}

static enum kor_code
run_command(struct cli *cli, int argc, char **argv)
{
    guess_language(cli, argc, argv);
    enum kor_code code = check_utf8(cli, argc, argv);
    if (code == KOR_OK) {
        code = kor_command_read(argc, argv, &cli->line, &cli->err);
    }
    if (code == KOR_OK) {
        code = settle_language(cli);
    }
    if (code != KOR_OK) {
        return code;
    }
    cli->is_json = cli_option(cli, "json") != NULL;
    cli->is_quiet = cli_option(cli, "quiet") != NULL;
    cli->has_colour = isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
    if (cli_option(cli, "help") || cli->line.command == KOR_N_COMMANDS) {
        cli_print_help(cli, cli->line.command);
        return KOR_OK;
    }
    code = run[cli->line.command](cli);
    return code == KOR_BAD_VALUE ? name_file(cli) : code;
}

/* True if standard output is a pipe that nobody reads any more. */
static bool
is_reader_gone(void)
{
    struct pollfd out = {.fd = STDOUT_FILENO};
    return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

/* A reader that goes away early (kor ... | head) has seen enough; any other
 * loss is an error, whenever it happened. */
static enum kor_code
flush_output(struct cli *cli)
{
    bool is_lost = fflush(stdout) != 0;
    is_lost = ferror(stdout) || is_lost;
    return is_lost && !is_reader_gone()
               ? kor_fail(&cli->err, KOR_IO, NULL,
                          "the output could not be written whole: is the "
                          "disk full?")
               : KOR_OK;
}

int
main(int argc, char **argv)
{
    struct cli cli = {.stop_fd = -1};
    fill_standard_files();
    signal(SIGPIPE, SIG_IGN);
    kor_err_init(&cli.err, KOR_EN);
    enum kor_code code = run_command(&cli, argc, argv);
    if (code == KOR_OK) {
        code = flush_output(&cli);
    }
    if (code != KOR_OK) {
        fflush(stdout);
        fprintf(stderr, "kor: %s\n", cli.err.text);
    }
    kor_client_free(cli.client);
    sodium_memzero(cli.label_keys, sizeof cli.label_keys);
    return kor_code_exit(code);
}
