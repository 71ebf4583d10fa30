/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the commands share: see client/cli/cli.h. */

#include "cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "cli/outbox.h"
#include "cli/print.h"
#include "lib/number.h"

#define MAX_WAIT_MS 600000

enum kor_code
cli_load_place(struct cli *cli)
{
    if (cli->has_place) {
        return KOR_OK;
    }
    enum kor_code code
        = kor_place_load(cli_option(cli, "at"), cli_option(cli, "key"),
                         &cli->place, &cli->err);
    cli->has_place = code == KOR_OK;
    return code;
}

/* KOR_WAIT: how long one try may take. */
static enum kor_code
take_wait(struct cli *cli, int64_t *wait_ms)
{
    const char *given = getenv("KOR_WAIT");
    if (!given || !*given) {
        return KOR_OK;
    }
    if (!kor_whole_parse(given, wait_ms) || *wait_ms < 1
        || *wait_ms > MAX_WAIT_MS) {
        return kor_fail(&cli->err, KOR_CONFIG, "KOR_WAIT",
                        "KOR_WAIT must be a whole number of milliseconds from "
                        "1 to %d, not '%s'", MAX_WAIT_MS, given);
    }
    return KOR_OK;
}

enum kor_code
cli_connect(struct cli *cli)
{
    struct kor_client_options options = kor_client_options_default();
    enum kor_code code = cli->client ? KOR_OK : cli_load_place(cli);
    if (code != KOR_OK || cli->client) {
        return code;
    }
    code = take_wait(cli, &options.wait_ms);
    options.lang = cli->lang;
    options.stop_fd = cli->stop_fd;
    return code == KOR_OK ? kor_client_new(&cli->place, &options,
                                           &cli->client, &cli->err)
                          : code;
}

void
cli_take_signals(struct cli *cli)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    cli->stop_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

enum kor_code
cli_ask(struct cli *cli, enum kor_verb verb, const void *request, void *reply)
{
    bool is_first = !cli->client;
    enum kor_code code = cli_connect(cli);
    if (code == KOR_OK && is_first) {
        cli_remark_outbox(cli);
    }
    return code == KOR_OK ? kor_client_ask(cli->client, verb, request, reply,
                                           &cli->err)
                          : code;
}

const char *
cli_option(const struct cli *cli, const char *name)
{
    return kor_command_option(&cli->line, name);
}

enum kor_code
cli_want_words(struct cli *cli, int least, int most)
{
    const struct kor_command *command = &kor_commands[cli->line.command];
    if (cli->line.n_words >= least && cli->line.n_words <= most) {
        return KOR_OK;
    }
    if (cli->line.n_words < least && cli->line.n_listed > 0) {
        return kor_fail(&cli->err, KOR_USAGE, NULL,
                        "write it as: kor %s %s, which comes before an option "
                        "that takes several words", command->words,
                        command->arguments);
    }
    return kor_fail(&cli->err, KOR_USAGE, NULL,
                    "write it as: kor %s %s (see 'kor help %s')",
                    command->words, command->arguments, command->words);
}

enum kor_code
cli_want_option(struct cli *cli, const char *name)
{
    const struct kor_command *command = &kor_commands[cli->line.command];
    if (cli_option(cli, name)) {
        return KOR_OK;
    }
    return kor_fail(&cli->err, KOR_USAGE, name,
                    "--%s is missing: see 'kor help %s'", name,
                    command->words);
}

enum kor_code
cli_take_word(struct cli *cli, size_t i, char *to, size_t size)
{
    const char *word = cli->line.words[i];
    if (!*word || strlen(word) >= size) {
        return kor_fail(&cli->err, KOR_USAGE, NULL,
                        "'%s' is too long or empty: a name has 1 to %zu bytes",
                        word, size - 1);
    }
    memcpy(to, word, strlen(word) + 1);
    return KOR_OK;
}

enum kor_code
cli_take_line(struct cli *cli, size_t i, char to[CLI_LINE_SIZE])
{
    const char *text = cli->line.words[i];
    if (!*text || strlen(text) >= CLI_LINE_SIZE) {
        return kor_fail(&cli->err, KOR_USAGE, "TEXT",
                        "it is one line of 1 to 200 characters, in quotation "
                        "marks");
    }
    memcpy(to, text, strlen(text) + 1);
    return KOR_OK;
}

enum kor_code
cli_need_text(struct cli *cli, const char *name, char *to, size_t size)
{
    enum kor_code code = cli_want_option(cli, name);
    return code == KOR_OK ? cli_take_text(cli, name, to, size) : code;
}

enum kor_code
cli_take_text(struct cli *cli, const char *name, char *to, size_t size)
{
    const char *value = cli_option(cli, name);
    if (!value) {
        return KOR_OK;
    }
    if (!*value || strlen(value) >= size) {
        return kor_fail(&cli->err, KOR_USAGE, name,
                        "--%s must have 1 to %zu bytes", name, size - 1);
    }
    memcpy(to, value, strlen(value) + 1);
    return KOR_OK;
}

enum kor_code
cli_take_int(struct cli *cli, const char *name, int64_t *to)
{
    const char *value = cli_option(cli, name);
    if (!value || kor_whole_parse(value, to)) {
        return KOR_OK;
    }
    return kor_fail(&cli->err, KOR_USAGE, name,
                    "--%s must be a whole number, not '%s'", name, value);
}

enum kor_code
cli_take_date(struct cli *cli, const char *name, int32_t *to)
{
    const char *value = cli_option(cli, name);
    if (!value || kor_date_parse(value, to)) {
        return KOR_OK;
    }
    return kor_fail(&cli->err, KOR_USAGE, name,
                    "--%s must be a day from 1900-01-01 to 2199-12-31, "
                    "written YYYY-MM-DD, not '%s'", name, value);
}

enum kor_code
cli_take_code(struct cli *cli, const char *text,
              char to[KOR_EPISODE_CODE_SIZE])
{
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t number;
    enum kor_code result
        = kor_episode_code_parse(text, code, &number, &cli->err);
    if (result == KOR_OK) {
        kor_episode_code_format(code, number, to);
    }
    return result;
}

enum kor_code
cli_take_person(struct cli *cli, const char *text,
                char to[KOR_CLIENT_CODE_SIZE])
{
    return kor_client_code_parse(text, to, &cli->err);
}

enum kor_code
cli_take_client(struct cli *cli, char to[KOR_EPISODE_CODE_SIZE])
{
    enum kor_code code = cli_want_words(cli, 1, 1);
    return code == KOR_OK ? cli_take_code(cli, cli->line.words[0], to) : code;
}

enum kor_code
cli_confirm(struct cli *cli, const char *question, bool *is_meant)
{
    char answer[16];
    *is_meant = cli_option(cli, "yes") != NULL;
    if (*is_meant) {
        return KOR_OK;
    }
    if (!isatty(STDIN_FILENO)) {
        return kor_fail(&cli->err, KOR_USAGE, "yes",
                        "this cannot be taken back, and nobody is at a "
                        "terminal to be asked: give --yes if it is meant");
    }
    fprintf(stderr, "%s ", question);
    fflush(stderr);
    *is_meant = fgets(answer, sizeof answer, stdin)
             && strchr("yYjJ", answer[0]) && answer[0];
    if (!*is_meant) {
        cli_remark(cli, "%s", kor_text(cli->lang, "Nothing was changed."));
    }
    return KOR_OK;
}
