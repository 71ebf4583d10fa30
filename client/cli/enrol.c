/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor enrol: makes a key on this machine, whose secret half never leaves it,
 * and has it admitted with a one-time code. */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <zmq.h>

#include "cli/print.h"
#include "kor/define/enrol_code.h"

/* --- the key ------------------------------------------------------------- */

/* It is on the disk before it is enrolled, so that what is enrolled is never
 * lost. */
static enum kor_code
make_keys(struct cli *cli, const char *file)
{
    struct kor_keyfile *keys = &cli->place.keys;
    return zmq_curve_keypair(keys->public_key, keys->secret_key)
               ? kor_fail(&cli->err, KOR_INTERNAL, NULL,
                          "this ZeroMQ makes no CURVE keys")
               : kor_keyfile_write(file, keys, "this machine", &cli->err);
}

/* Reads the keys of an earlier try, or makes some. */
static enum kor_code
take_keys(struct cli *cli, const char *file, bool *is_new)
{
    struct kor_keyfile *keys = &cli->place.keys;
    *is_new = access(file, F_OK) != 0;
    if (*is_new) {
        return make_keys(cli, file);
    }
    enum kor_code code = kor_keyfile_read(file, keys, &cli->err);
    return code == KOR_OK && !keys->secret_key[0]
               ? kor_fail(&cli->err, KOR_CONFIG, "key",
                          "%s holds no secret key: name another file, for a "
                          "key of your own", file)
               : code;
}

/* --- enrolling ----------------------------------------------------------- */

/* Asks; '*is_refused' if the key is not enrolled for certain. */
static enum kor_code
ask(struct cli *cli, const struct kor_msg_enrol *enrol,
    struct kor_msg_enrolled *enrolled, bool *is_refused)
{
    struct kor_question question;
    *is_refused = false;
    enum kor_code code = cli_connect(cli);
    if (code != KOR_OK) {
        return code;
    }
    kor_client_question(cli->client, KOR_VERB_ENROL, enrol, &question);
    code = kor_client_put(cli->client, &question, enrolled, &cli->err);
    if (code == KOR_FORBIDDEN || code == KOR_CONFIG) {
        *is_refused = true;
    }
    if (code == KOR_FORBIDDEN && !question.is_answered) {
        code = kor_fail(&cli->err, code, "code",
                        "the daemon at %s takes no new key now: the code was "
                        "used or closed, or is more than a day old. Ask an "
                        "administrator for another one",
                        cli->place.endpoint);
    }
    kor_question_done(&question);
    return code;
}

static void
print_enrolled(const struct cli *cli, const struct kor_msg_enrolled *enrolled,
               const char *file)
{
    enum kor_lang lang = cli->lang;
    struct kor_buf roles = {0};
    for (size_t i = 0; i < enrolled->n_roles; i++) {
        kor_buf_printf(&roles, "%s%s", i ? "," : "", enrolled->roles[i]);
    }
    cli_loud(cli, kor_text(lang, "This machine has a key of %s"),
             enrolled->name);
    cli_labelled(kor_text(lang, "roles"), "%s", kor_buf_text(&roles));
    cli_labelled(kor_text(lang, "key"), "%lld, %s", (long long)enrolled->id,
                 file);
    if (enrolled->expires_ms != KOR_NO_INT) {
        char ends[KOR_INSTANT_SIZE];
        cli_labelled(kor_text(lang, "ends (UTC)"), "%s",
                     kor_instant_format(enrolled->expires_ms, ends));
    }
    kor_buf_done(&roles);
    if (cli_option(cli, "key")) {
        cli_remark(cli, kor_text(lang, "Name it in %s, 'key = FILE', or give "
                                       "--key FILE each time."),
                   cli->place.file);
    }
}

/* That the key is admitted is seen by asking with it. */
static enum kor_code
greet(struct cli *cli)
{
    struct kor_msg_empty nothing = {0};
    struct kor_msg_pong pong;
    return cli_ask(cli, KOR_VERB_PING, &nothing, &pong);
}

static enum kor_code
enrol_with(struct cli *cli, const struct kor_msg_enrol *enrol)
{
    struct kor_msg_enrolled enrolled;
    char file[KOR_PLACE_PATH_SIZE];
    bool is_new = false, is_refused = false;
    enum kor_code code
        = kor_place_of_daemon(cli_option(cli, "at"), cli_option(cli, "key"),
                         &cli->place, file, &cli->err);
    if (code == KOR_OK) {
        code = take_keys(cli, file, &is_new);
        cli->has_place = code == KOR_OK;
    }
    if (code == KOR_OK) {
        code = ask(cli, enrol, &enrolled, &is_refused);
    }
    if (is_refused && is_new) {
        (void)unlink(file);
    }
    if (code == KOR_OK) {
        code = greet(cli);
    }
    if (code == KOR_OK && cli->is_json) {
        cli_json(&kor_message_enrolled, &enrolled);
    } else if (code == KOR_OK) {
        print_enrolled(cli, &enrolled, file);
    }
    return code;
}

enum kor_code
cli_enrol(struct cli *cli)
{
    struct kor_msg_enrol enrol;
    kor_message_init(&kor_message_enrol, &enrol);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) { /* A slip of the hand is no wrong try. */
        code = kor_enrol_code_parse(cli->line.words[0], enrol.code,
                                    &cli->err);
    }
    return code == KOR_OK ? enrol_with(cli, &enrol) : code;
}
