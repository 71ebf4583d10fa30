/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_CLI_H
#define CLIENT_CLI_CLI_H 1

#include <stdbool.h>

#include "kor/define/client_code.h"
#include "kor/client/client.h"
#include "lib/command.h"

/* A key of labels, and whether one's own key opens it. */
struct cli_label_key {
    int64_t number;
    bool is_open;
    uint8_t key[32];
};

/* What every command of kor gets: its options and words, the language to
 * speak, and the daemon when it is asked.
 *
 * Data go to standard output, remarks to standard error.  A command returns
 * the code that it ends with; its sentence is in 'err' and is printed by
 * main(). */
struct cli {
    struct kor_command_line line;
    enum kor_lang lang;
    bool is_json;    /* --json */
    bool is_quiet;   /* --quiet */
    bool has_colour; /* Standard output may be marked. */
    int stop_fd;     /* For the client; -1: none. */
    bool has_place;
    struct kor_place place;
    struct kor_client *client; /* Null until the daemon is asked. */
    struct cli_label_key label_keys[16]; /* Those asked for, cli/label.h. */
    size_t n_label_keys;
    struct kor_err err;
};

/* The commands, one function each, in files of their own. */
#define KOR_COMMAND(lower, UPPER, words, arguments, rank, summary)            \
    enum kor_code cli_##lower(struct cli *cli);
#include "lib/command.def"
#undef KOR_COMMAND

/* Reads client.ini, once; settles the language if neither --lang nor the
 * environment has. */
KOR_NODISCARD enum kor_code cli_load_place(struct cli *cli);

/* Makes the client, once. */
KOR_NODISCARD enum kor_code cli_connect(struct cli *cli);

/* From now on Ctrl-C, SIGTERM and SIGHUP end a wait, and not the program:
 * they become something to read at cli->stop_fd. */
void cli_take_signals(struct cli *cli);

/* kor_client_ask(), with the client made when it is first needed; then it is
 * remarked what waits in the outbox and so is not in any answer. */
KOR_NODISCARD enum kor_code cli_ask(struct cli *cli, enum kor_verb verb,
                                    const void *request, void *reply);

/* The value of the option 'name'; null if it was not given. */
const char *cli_option(const struct cli *cli, const char *name);

/* Fails with KOR_USAGE unless there are 'least' to 'most' words. */
KOR_NODISCARD enum kor_code cli_want_words(struct cli *cli, int least,
                                           int most);

/* Fails with KOR_USAGE unless the option 'name' was given. */
KOR_NODISCARD enum kor_code cli_want_option(struct cli *cli, const char *name);

/* Copies the word 'i' into the 'size' bytes at 'to'. */
KOR_NODISCARD enum kor_code cli_take_word(struct cli *cli, size_t i, char *to,
                                          size_t size);

/* The same of a line of text, as long as one in a message. */
#define CLI_LINE_SIZE 801
KOR_NODISCARD enum kor_code cli_take_line(struct cli *cli, size_t i,
                                          char to[CLI_LINE_SIZE]);

/* Copies the option 'name', if it was given, into the 'size' bytes at 'to'. */
KOR_NODISCARD enum kor_code cli_take_text(struct cli *cli, const char *name,
                                          char *to, size_t size);

/* The same for an option that must be given. */
KOR_NODISCARD enum kor_code cli_need_text(struct cli *cli, const char *name,
                                          char *to, size_t size);

/* The same for a whole number and for a date. */
KOR_NODISCARD enum kor_code cli_take_int(struct cli *cli, const char *name,
                                         int64_t *to);
KOR_NODISCARD enum kor_code cli_take_date(struct cli *cli, const char *name,
                                          int32_t *to);

/* Reads the code of a client, or of one episode, as requests have it. */
KOR_NODISCARD enum kor_code cli_take_code(struct cli *cli, const char *text,
                                          char to[KOR_EPISODE_CODE_SIZE]);

/* Reads the code of a client alone. */
KOR_NODISCARD enum kor_code cli_take_person(struct cli *cli, const char *text,
                                            char to[KOR_CLIENT_CODE_SIZE]);

/* The code of a client or an episode, the one word of a command. */
KOR_NODISCARD enum kor_code cli_take_client(struct cli *cli,
                                            char to[KOR_EPISODE_CODE_SIZE]);

/* Asks the person at the terminal whether what cannot be taken back is meant;
 * --yes says so.  If it is not, nothing was changed, which is said.  KOR_USAGE
 * where nobody is there to be asked. */
KOR_NODISCARD enum kor_code cli_confirm(struct cli *cli, const char *question,
                                        bool *is_meant);

#endif /* client/cli/cli.h */
