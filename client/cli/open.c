/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor open: an episode for a new client, or another one beside that of one
 * who is here. */

#include "cli/episode.h"

static enum kor_code
take_words(struct cli *cli, struct kor_msg_open *open)
{
    const struct {
        const char *name;
        char *to;
        size_t size;
    } texts[] = {
        {"pathway", open->pathway, sizeof open->pathway},
        {"unit", open->unit, sizeof open->unit},
        {"therapist", open->therapist, sizeof open->therapist},
        {"born", open->born, sizeof open->born},
        {"gender", open->gender, sizeof open->gender},
    };
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < KOR_LENGTH(texts) && code == KOR_OK; i++) {
        code = cli_take_text(cli, texts[i].name, texts[i].to, texts[i].size);
    }
    return code;
}

enum kor_code
cli_open(struct cli *cli)
{
    struct kor_msg_open open;
    const char *given = cli_option(cli, "code");
    const char *beside = cli_option(cli, "beside");
    kor_message_init(&kor_message_open, &open);
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK && given) {
        code = cli_take_person(cli, given, open.code);
    }
    if (code == KOR_OK && beside) {
        code = cli_take_code(cli, beside, open.beside);
    }
    if (code == KOR_OK) {
        code = take_words(cli, &open);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "date", &open.date);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "planned-end", &open.planned_end);
    }
    return code == KOR_OK ? cli_ask_episode(cli, KOR_VERB_OPEN, &open) : code;
}
