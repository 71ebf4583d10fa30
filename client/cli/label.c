/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor label: labels that the staff of a unit can read and kord cannot. */

#include "cli/label.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>
#include <zmq.h>

#include "cli/print.h"
#include "kor/base/base64.h"
#include "kor/base/file.h"
#include "kor/base/utf8.h"

#define RECOVERY_MAX 400

/* --- keys ---------------------------------------------------------------- */

/* One's own pair as bytes; the secret is the caller's to wipe. */
static void
own_pair(const struct cli *cli, uint8_t public_key[KOR_LABEL_KEY_SIZE],
         uint8_t secret_key[KOR_LABEL_KEY_SIZE])
{
    zmq_z85_decode(public_key, cli->place.keys.public_key);
    zmq_z85_decode(secret_key, cli->place.keys.secret_key);
}

/* Opens the share in 'state' with one's own key; false if there is none or it
 * is not the key that the proof is of. */
static bool
open_share(const struct cli *cli, const struct kor_msg_label_key *state,
           uint8_t key[KOR_LABEL_KEY_SIZE])
{
    uint8_t sealed[KOR_LABEL_SHARE_SIZE], proof[KOR_LABEL_KEY_SIZE];
    uint8_t expected[KOR_LABEL_KEY_SIZE];
    uint8_t public_key[KOR_LABEL_KEY_SIZE], secret_key[KOR_LABEL_KEY_SIZE];
    own_pair(cli, public_key, secret_key);
    bool is_open = kor_base64_read(state->share, sealed, sizeof sealed)
                && kor_base64_read(state->proof, expected, sizeof expected)
                && kor_label_share_open(sealed, public_key, secret_key, key);
    sodium_memzero(secret_key, sizeof secret_key);
    if (is_open) {
        kor_label_proof(key, proof);
        is_open = !sodium_memcmp(proof, expected, sizeof proof);
    }
    return is_open;
}

/* Asks for the newest key of a unit, or for the one with a number. */
static enum kor_code
ask_key(struct cli *cli, int64_t number, struct kor_msg_label_key *state)
{
    struct kor_msg_label_unit ask;
    kor_message_init(&kor_message_label_unit, &ask);
    ask.key = number;
    enum kor_code code = KOR_OK;
    if (number == KOR_NO_INT) {
        code = cli_take_text(cli, "unit", ask.unit, sizeof ask.unit);
    }
    return code == KOR_OK ? cli_ask(cli, KOR_VERB_LABEL_KEY, &ask, state)
                          : code;
}

/* --- beside a code ------------------------------------------------------- */

/* The key with that number, if one's own opens it; asked for once. */
static const struct cli_label_key *
find_key(struct cli *cli, int64_t number)
{
    for (size_t i = 0; i < cli->n_label_keys; i++) {
        if (cli->label_keys[i].number == number) {
            return &cli->label_keys[i];
        }
    }
    if (cli->n_label_keys == KOR_LENGTH(cli->label_keys)) {
        return NULL;
    }
    struct kor_msg_label_key state;
    struct cli_label_key *found = &cli->label_keys[cli->n_label_keys++];
    found->number = number;
    if (ask_key(cli, number, &state) == KOR_OK) {
        found->is_open = open_share(cli, &state, found->key);
        kor_message_done(&kor_message_label_key, &state);
    }
    kor_err_init(&cli->err, cli->lang); /* A label is no reason to fail. */
    return found;
}

const char *
cli_named(struct cli *cli, const char *code, const char *label,
          int64_t label_key, char text[CLI_NAMED_SIZE])
{
    return cli_named_in(cli, code, 1, label, label_key, text);
}

const char *
cli_named_in(struct cli *cli, const char *code, int64_t episode,
             const char *label, int64_t label_key, char text[CLI_NAMED_SIZE])
{
    uint8_t sealed[KOR_LABEL_SIZE];
    char open[KOR_LABEL_MAX + 1], whole[KOR_EPISODE_CODE_SIZE];
    kor_episode_code_format(code, episode > 1 ? (int32_t)episode : 0, whole);
    kor_utf8_copy(text, CLI_NAMED_SIZE, whole);
    const struct cli_label_key *key
        = label[0] && label_key != KOR_NO_INT ? find_key(cli, label_key)
                                              : NULL;
    if (key && key->is_open && kor_base64_read(label, sealed, sizeof sealed)
        && kor_label_open(key->key, code, sealed, open)) {
        snprintf(text, CLI_NAMED_SIZE, "%s (%s)", whole, open);
    }
    return text;
}

/* --- the label of a client ----------------------------------------------- */

static enum kor_code
print_labelled(struct cli *cli, const struct kor_msg_labelled *labelled)
{
    char text[CLI_NAMED_SIZE];
    if (cli->is_json) {
        cli_json(&kor_message_labelled, labelled);
    } else {
        puts(cli_named(cli, labelled->code, labelled->label,
                       labelled->label_key, text));
    }
    return KOR_OK;
}

/* Closes 'text' with the newest key of the client's unit. */
static enum kor_code
close_label(struct cli *cli, const char *unit, const char *text,
            struct kor_msg_label *ask)
{
    struct kor_msg_label_unit wish;
    struct kor_msg_label_key state;
    uint8_t key[KOR_LABEL_KEY_SIZE], sealed[KOR_LABEL_SIZE];
    kor_message_init(&kor_message_label_unit, &wish);
    kor_utf8_copy(wish.unit, sizeof wish.unit, unit);
    enum kor_code code = cli_ask(cli, KOR_VERB_LABEL_KEY, &wish, &state);
    if (code != KOR_OK) {
        return code;
    }
    if (open_share(cli, &state, key)) {
        kor_label_seal(key, ask->code, text, sealed);
        kor_base64_write(sealed, sizeof sealed, ask->label);
        ask->key = state.key;
    } else if (state.key == KOR_NO_INT) {
        code = kor_fail(&cli->err, KOR_NOT_FOUND, "label",
                        "the unit has no key of labels yet: 'kor label "
                        "begin' makes one");
    } else {
        code = kor_fail(&cli->err, KOR_FORBIDDEN, "label",
                        "this key cannot open the labels of the unit: "
                        "somebody who can types 'kor label share'");
    }
    sodium_memzero(key, sizeof key);
    kor_message_done(&kor_message_label_key, &state);
    return code;
}

/* Which unit the client is at, from the episode. */
static enum kor_code
find_unit(struct cli *cli, const char *client, struct kor_msg_episode *episode)
{
    struct kor_msg_show show;
    struct kor_msg_shown shown;
    kor_message_init(&kor_message_show, &show);
    kor_utf8_copy(show.code, sizeof show.code, client);
    enum kor_code code = cli_ask(cli, KOR_VERB_SHOW, &show, &shown);
    if (code == KOR_OK) {
        *episode = *shown.episode;
        kor_message_done(&kor_message_shown, &shown);
    }
    return code;
}

static enum kor_code
set_label(struct cli *cli, struct kor_msg_label *ask, const char *unit,
          const char *text)
{
    struct kor_msg_labelled labelled;
    enum kor_code code = KOR_OK;
    if (text) {
        code = kor_label_check(text, &cli->err);
    }
    if (code == KOR_OK && text) {
        code = close_label(cli, unit, text, ask);
    }
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_LABEL_SET, ask, &labelled);
    }
    return code == KOR_OK ? print_labelled(cli, &labelled) : code;
}

enum kor_code
cli_label(struct cli *cli)
{
    struct kor_msg_label ask;
    struct kor_msg_episode episode;
    char text[CLI_NAMED_SIZE];
    kor_message_init(&kor_message_label, &ask);
    enum kor_code code = cli_want_words(cli, 1, 2);
    if (code == KOR_OK) {
        code = cli_take_person(cli, cli->line.words[0], ask.code);
    }
    if (code == KOR_OK) {
        code = find_unit(cli, ask.code, &episode);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (cli->line.n_words == 2 || cli_option(cli, "drop")) {
        return set_label(cli, &ask, episode.unit,
                         cli->line.n_words == 2 ? cli->line.words[1] : NULL);
    }
    puts(cli_named(cli, episode.code, episode.label, episode.label_key,
                   text));
    return KOR_OK;
}

/* --- who can read them --------------------------------------------------- */

static void
print_state(const struct cli *cli, const struct kor_msg_label_key *state)
{
    enum kor_lang lang = cli->lang;
    struct cli_table table = {.n_columns = 4, .right = 1};
    if (state->key == KOR_NO_INT) {
        cli_remark(cli, kor_text(lang, "%s has no key of labels yet."),
                   state->unit);
    } else {
        cli_loud(cli, kor_text(lang, "Labels of %s, key %lld"), state->unit,
                 (long long)state->key);
    }
    cli_table_put(&table, kor_text(lang, "key"));
    cli_table_put(&table, kor_text(lang, "who"));
    cli_table_put(&table, kor_text(lang, "public key"));
    cli_table_put(&table, kor_text(lang, "reads labels"));
    for (size_t i = 0; i < state->n_members; i++) {
        cli_table_put_int(&table, state->members[i].actor);
        cli_table_put(&table, state->members[i].name);
        cli_table_put(&table, state->members[i].public);
        cli_table_put(&table, state->members[i].can_open
                                  ? kor_text(lang, "yes")
                                  : kor_text(lang, "no"));
    }
    cli_table_print(cli, &table);
}

static void
tell_state(const struct cli *cli, struct kor_msg_label_key *state)
{
    if (cli->is_json) {
        cli_json(&kor_message_label_key, state);
    } else {
        print_state(cli, state);
    }
    kor_message_done(&kor_message_label_key, state);
}

enum kor_code
cli_label_key(struct cli *cli)
{
    struct kor_msg_label_key state;
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = ask_key(cli, KOR_NO_INT, &state);
    }
    if (code == KOR_OK) {
        tell_state(cli, &state);
    }
    return code;
}

/* Closes 'key' for 'public_key' (Z85) and stores that. */
static enum kor_code
share_with(struct cli *cli, const uint8_t key[KOR_LABEL_KEY_SIZE],
           int64_t number, int64_t actor, const char *public_key)
{
    struct kor_msg_label_share ask;
    struct kor_msg_label_key state;
    uint8_t to[KOR_LABEL_KEY_SIZE], sealed[KOR_LABEL_SHARE_SIZE];
    kor_message_init(&kor_message_label_share, &ask);
    ask.key = number;
    ask.actor = actor;
    if (!zmq_z85_decode(to, public_key)
        || !kor_label_share_seal(key, to, sealed)) {
        return kor_fail(&cli->err, KOR_PROTOCOL_ERROR, "public",
                        "the daemon names a key that is none");
    }
    kor_base64_write(sealed, sizeof sealed, ask.share);
    enum kor_code code = cli_ask(cli, KOR_VERB_LABEL_SHARE, &ask, &state);
    if (code == KOR_OK) {
        kor_message_done(&kor_message_label_key, &state);
    }
    return code;
}

/* Shares with all keys of 'name' that cannot open them yet. */
static enum kor_code
share_all(struct cli *cli, const struct kor_msg_label_key *state,
          const char *name, const uint8_t key[KOR_LABEL_KEY_SIZE])
{
    enum kor_code code = KOR_OK;
    bool is_any = false;
    for (size_t i = 0; i < state->n_members && code == KOR_OK; i++) {
        const struct kor_msg_label_member *member = &state->members[i];
        if (strcmp(member->name, name)) {
            continue;
        }
        is_any = true;
        if (!member->can_open) {
            cli_remark(cli, kor_text(cli->lang, "Key %lld of %s: %s"),
                       (long long)member->actor, name, member->public);
            code = share_with(cli, key, state->key, member->actor,
                              member->public);
        }
    }
    return code == KOR_OK && !is_any
               ? kor_fail(&cli->err, KOR_NOT_FOUND, "NAME",
                          "nobody of the unit's staff is called '%s': see "
                          "'kor label key'", name)
               : code;
}

enum kor_code
cli_label_share(struct cli *cli)
{
    struct kor_msg_label_key state;
    uint8_t key[KOR_LABEL_KEY_SIZE];
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = ask_key(cli, KOR_NO_INT, &state);
    }
    if (code != KOR_OK) {
        return code;
    }
    code = open_share(cli, &state, key)
               ? share_all(cli, &state, cli->line.words[0], key)
               : kor_fail(&cli->err, KOR_FORBIDDEN, "key",
                          "this key cannot open the labels of the unit "
                          "itself");
    sodium_memzero(key, sizeof key);
    kor_message_done(&kor_message_label_key, &state);
    return code;
}

/* --- beginning, and beginning again -------------------------------------- */

/* Writes the key where it can be put away: on paper, or a stick in a safe. */
static enum kor_code
write_recovery(struct cli *cli, const char *path,
               const uint8_t key[KOR_LABEL_KEY_SIZE])
{
    struct kor_buf text = {0};
    char base64[64];
    kor_base64_write(key, KOR_LABEL_KEY_SIZE, base64);
    kor_buf_printf(&text, "kor-label-key 1 %s\n", base64);
    enum kor_code code
        = kor_file_write(path, text.text, text.size, 0600, &cli->err);
    sodium_memzero(text.text, text.size);
    sodium_memzero(base64, sizeof base64);
    kor_buf_done(&text);
    return code;
}

static enum kor_code
begin(struct cli *cli, const uint8_t key[KOR_LABEL_KEY_SIZE],
      struct kor_msg_label_key *state)
{
    struct kor_msg_label_begin ask;
    uint8_t proof[KOR_LABEL_KEY_SIZE], sealed[KOR_LABEL_SHARE_SIZE];
    uint8_t public_key[KOR_LABEL_KEY_SIZE], secret_key[KOR_LABEL_KEY_SIZE];
    kor_message_init(&kor_message_label_begin, &ask);
    enum kor_code code = cli_load_place(cli);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "unit", ask.unit, sizeof ask.unit);
    }
    if (code != KOR_OK) {
        return code;
    }
    own_pair(cli, public_key, secret_key);
    sodium_memzero(secret_key, sizeof secret_key);
    kor_label_proof(key, proof);
    if (!kor_label_share_seal(key, public_key, sealed)) {
        return kor_fail(&cli->err, KOR_CONFIG, "key",
                        "the own key is none that can be closed for");
    }
    kor_base64_write(proof, sizeof proof, ask.proof);
    kor_base64_write(sealed, sizeof sealed, ask.share);
    return cli_ask(cli, KOR_VERB_LABEL_BEGIN, &ask, state);
}

enum kor_code
cli_label_begin(struct cli *cli)
{
    struct kor_msg_label_key state;
    uint8_t key[KOR_LABEL_KEY_SIZE];
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "recovery");
    }
    if (code != KOR_OK) {
        return code;
    }
    randombytes_buf(key, sizeof key);
    code = write_recovery(cli, cli_option(cli, "recovery"), key);
    if (code == KOR_OK) {
        code = begin(cli, key, &state);
    }
    sodium_memzero(key, sizeof key);
    if (code == KOR_OK) {
        tell_state(cli, &state);
        cli_remark(cli, kor_text(cli->lang,
                                 "Put %s away, not on this machine: with it "
                                 "the labels are read again if every key is "
                                 "lost."),
                   cli_option(cli, "recovery"));
    }
    return code;
}

static enum kor_code
read_recovery(struct cli *cli, const char *path,
              uint8_t key[KOR_LABEL_KEY_SIZE])
{
    struct kor_buf text = {0};
    char base64[64] = "";
    enum kor_code code
        = kor_file_read(path, RECOVERY_MAX, &text, &cli->err);
    if (code == KOR_OK
        && (sscanf(kor_buf_text(&text), "kor-label-key 1 %60s", base64) != 1
            || !kor_base64_read(base64, key, KOR_LABEL_KEY_SIZE))) {
        code = kor_fail(&cli->err, KOR_BAD_VALUE, "FILE",
                        "%s is no key of labels: it is the file that 'kor "
                        "label begin' wrote", path);
    }
    if (text.size) {
        sodium_memzero(text.text, text.size);
    }
    kor_buf_done(&text);
    return code;
}

/* Whether 'key' is the key that 'state' is about. */
static bool
is_key_of(const struct kor_msg_label_key *state,
          const uint8_t key[KOR_LABEL_KEY_SIZE])
{
    uint8_t proof[KOR_LABEL_KEY_SIZE], expected[KOR_LABEL_KEY_SIZE];
    kor_label_proof(key, proof);
    return kor_base64_read(state->proof, expected, sizeof expected)
        && !sodium_memcmp(proof, expected, sizeof proof);
}

/* Goes back from the newest key to the one that was put away: labels that were
 * written with an earlier one need it. */
static enum kor_code
find_recovered(struct cli *cli, const uint8_t key[KOR_LABEL_KEY_SIZE],
               struct kor_msg_label_key *state)
{
    enum kor_code code = ask_key(cli, KOR_NO_INT, state);
    if (code != KOR_OK) {
        return code;
    }
    int64_t number = state->key == KOR_NO_INT ? 0 : state->key;
    while (number > 0 && !(code == KOR_OK && is_key_of(state, key))) {
        if (code == KOR_OK) {
            kor_message_done(&kor_message_label_key, state);
        }
        code = --number > 0 ? ask_key(cli, number, state) : KOR_NOT_FOUND;
    }
    if (number == 0 && code == KOR_OK) {
        kor_message_done(&kor_message_label_key, state);
    }
    return number > 0 ? KOR_OK
                      : kor_fail(&cli->err, KOR_CONFLICT, "FILE",
                                 "this is no key of the unit's labels");
}

/* One's own keys among the staff get the key that was put away. */
static enum kor_code
recover(struct cli *cli, const struct kor_msg_label_key *state,
        const uint8_t key[KOR_LABEL_KEY_SIZE])
{
    for (size_t i = 0; i < state->n_members; i++) {
        if (!strcmp(state->members[i].public, cli->place.keys.public_key)) {
            return share_with(cli, key, state->key, state->members[i].actor,
                              state->members[i].public);
        }
    }
    return kor_fail(&cli->err, KOR_FORBIDDEN, "key",
                    "this key is none of the unit's staff");
}

enum kor_code
cli_label_recover(struct cli *cli)
{
    struct kor_msg_label_key state;
    uint8_t key[KOR_LABEL_KEY_SIZE];
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = read_recovery(cli, cli->line.words[0], key);
    }
    if (code == KOR_OK) {
        code = find_recovered(cli, key, &state);
    }
    if (code == KOR_OK) {
        code = recover(cli, &state, key);
        kor_message_done(&kor_message_label_key, &state);
    }
    sodium_memzero(key, sizeof key);
    if (code == KOR_OK) {
        cli_remark(cli, "%s", kor_text(cli->lang,
                                       "This key reads the labels again."));
    }
    return code;
}
