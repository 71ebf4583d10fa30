/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An episode, in words: see client/cli/episode.h. */

#include "cli/episode.h"

#include <string.h>

#include "cli/ask.h"
#include "cli/label.h"
#include "cli/print.h"
#include "cli/words.h"

/* Who stands in, and who supervises, where somebody is named. */
static void
print_hands(enum kor_lang lang, const struct kor_msg_episode *e)
{
    char until[KOR_DATE_SIZE];
    if (e->cover[0]) {
        cli_labelled(kor_text(lang, "covered by"),
                     kor_text(lang, "%s, until %s"), e->cover,
                     kor_date_format(e->cover_until, until));
    }
    if (e->supervisor[0]) {
        cli_labelled(kor_text(lang, "supervisor"), "%s", e->supervisor);
    }
}

/* Which pathway, in which version, and the phase. */
static void
print_pathway(enum kor_lang lang, const struct kor_msg_episode *e)
{
    char since[KOR_DATE_SIZE];
    if (!e->version[0]) {
        cli_labelled(kor_text(lang, "pathway"), "%s", e->pathway);
        return;
    }
    cli_labelled(kor_text(lang, "pathway"), kor_text(lang, "%s, version %s"),
                 e->pathway, e->version);
    if (strcmp(e->phase, "all")) {
        cli_labelled(kor_text(lang, "phase"), kor_text(lang, "%s, since %s"),
                     e->phase, kor_date_format(e->phase_date, since));
    }
}

void
cli_print_episode(struct cli *cli, const struct kor_msg_episode *e)
{
    char named[CLI_NAMED_SIZE];
    char opened[KOR_DATE_SIZE], planned[KOR_DATE_SIZE], closed[KOR_DATE_SIZE];
    enum kor_lang lang = cli->lang;
    kor_date_format(e->opened, opened);
    kor_date_format(e->planned_end, planned);
    kor_date_format(e->closed, closed);
    cli_loud(cli, kor_text(lang, "%s, episode %lld"),
             cli_named(cli, e->code, e->label, e->label_key, named),
             (long long)e->episode);
    print_pathway(lang, e);
    cli_labelled(kor_text(lang, "unit"), "%s", e->unit);
    cli_labelled(kor_text(lang, "therapist"), "%s", e->therapist);
    print_hands(lang, e);
    cli_labelled(kor_text(lang, "opened"), "%s", opened);
    if (planned[0]) {
        cli_labelled(kor_text(lang, "planned to end"), "%s", planned);
    }
    if (closed[0]) {
        cli_labelled(kor_text(lang, "closed"), "%s", closed);
    }
    cli_labelled(kor_text(lang, "ending"), "%s", cli_word(lang, e->ending));
    if (e->reason[0]) {
        cli_labelled(kor_text(lang, "reason"), "%s", e->reason);
    }
    if (e->how[0]) {
        cli_labelled(kor_text(lang, "how it ended"), "%s", e->how);
    }
    if (e->module[0]) {
        cli_labelled(kor_text(lang, "module reached"), "%s", e->module);
    }
    if (e->lead[0]) {
        cli_labelled(kor_text(lang, "lead scale"), "%s", e->lead);
    }
    cli_labelled(kor_text(lang, "sessions"), "%lld", (long long)e->sessions);
}

static void
print_episode(struct cli *cli, const void *reply)
{
    cli_print_episode(cli, reply);
}

enum kor_code
cli_ask_episode(struct cli *cli, enum kor_verb verb, const void *request)
{
    return cli_ask_show(cli, verb, request, print_episode);
}
