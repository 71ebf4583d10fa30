/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor status: how the daemon and its files are. */

#include <stdio.h>
#include <string.h>

#include "cli/print.h"
#include "lib/number.h"

#define DAY_MS (24 * 3600 * (int64_t)1000)
#define SIZE_SIZE (KOR_NUMBER_SIZE + 4)

/* Writes a count of bytes as MB or GB. */
static const char *
format_size(enum kor_lang lang, int64_t n_bytes, char text[SIZE_SIZE])
{
    bool is_large = n_bytes >= INT64_C(1000000000);
    kor_number_format(lang, (double)n_bytes / (is_large ? 1e9 : 1e6), 1, text);
    strcat(text, is_large ? " GB" : " MB");
    return text;
}

static const char *
format_moment(enum kor_lang lang, int64_t at_ms, char text[KOR_INSTANT_SIZE])
{
    return at_ms == KOR_NO_INT ? kor_text(lang, "none")
                               : kor_instant_format(at_ms, text);
}

static void
print_state(const struct cli *cli, const struct kor_msg_status *status)
{
    enum kor_lang lang = cli->lang;
    char at[KOR_INSTANT_SIZE], size[SIZE_SIZE], log[SIZE_SIZE];
    cli_labelled(kor_text(lang, "release"), kor_text(lang, "%s, schema %lld"),
                 status->version, (long long)status->schema);
    cli_labelled(kor_text(lang, "running since"), "%s",
                 kor_instant_format(status->started_ms, at));
    cli_labelled(kor_text(lang, "last change"), "%lld",
                 (long long)status->seq);
    cli_labelled(kor_text(lang, "database"), kor_text(lang, "%s, log %s"),
                 format_size(lang, status->database, size),
                 format_size(lang, status->log, log));
    cli_labelled(kor_text(lang, "free on the disk"), "%s",
                 format_size(lang, status->free, size));
    cli_labelled(kor_text(lang, "last backup"), "%s",
                 format_moment(lang, status->backup_ms, at));
    cli_labelled(kor_text(lang, "last check"), "%s",
                 format_moment(lang, status->check_ms, at));
}

/* What a warning says; it may speak of 'days' or 'size'. */
static const struct {
    const char *word;
    const char *text;
    enum { PLAIN, BACKUP_DAYS, CHECK_DAYS, FREE_SIZE, LOG_SIZE } of;
} warnings[] = {
    {"no-backup", KOR_N_("There is no backup: run 'kord backup'."), PLAIN},
    {"old-backup", KOR_N_("The last good backup is %lld days old."),
     BACKUP_DAYS},
    {"no-check",
     KOR_N_("The database was never looked through: run 'kord check'."),
     PLAIN},
    {"old-check",
     KOR_N_("The database was last looked through %lld days ago: run 'kord "
            "check'."), CHECK_DAYS},
    {"full-disk",
     KOR_N_("The disk is full: what changes anything is refused until there "
            "is room."), PLAIN},
    {"little-room",
     KOR_N_("Only %s are free on the disk: make room before nothing can be "
            "stored."), FREE_SIZE},
    {"large-log",
     KOR_N_("The log beside the database has %s: something holds it open."),
     LOG_SIZE},
    {"no-fence",
     KOR_N_("This kernel has no Landlock: gnuplot could read what kord can "
            "read."), PLAIN},
};

static int64_t
days_since(const struct kor_msg_status *status, int64_t at_ms)
{
    return (status->at_ms - at_ms) / DAY_MS;
}

static void
print_warning(const struct cli *cli, const struct kor_msg_status *status,
              size_t i)
{
    const char *text = kor_text(cli->lang, warnings[i].text);
    char size[SIZE_SIZE];
    switch (warnings[i].of) {
    case BACKUP_DAYS:
        cli_loud(cli, text, (long long)days_since(status, status->backup_ms));
        break;
    case CHECK_DAYS:
        cli_loud(cli, text, (long long)days_since(status, status->check_ms));
        break;
    case FREE_SIZE:
        cli_loud(cli, text, format_size(cli->lang, status->free, size));
        break;
    case LOG_SIZE:
        cli_loud(cli, text, format_size(cli->lang, status->log, size));
        break;
    default:
        cli_loud(cli, "%s", text);
    }
}

/* A word that this kor does not know is from a newer daemon. */
static void
print_warnings(const struct cli *cli, const struct kor_msg_status *status)
{
    for (size_t i = 0; i < status->n_warnings; i++) {
        size_t k = 0;
        while (k < KOR_LENGTH(warnings)
               && strcmp(status->warnings[i], warnings[k].word)) {
            k++;
        }
        if (k < KOR_LENGTH(warnings)) {
            print_warning(cli, status, k);
        } else {
            cli_loud(cli, "%s", status->warnings[i]);
        }
    }
}

enum kor_code
cli_status(struct cli *cli)
{
    struct kor_msg_empty nothing = {0};
    struct kor_msg_status status;
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_STATUS, &nothing, &status);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (cli->is_json) {
        cli_json(&kor_message_status, &status);
    } else {
        print_state(cli, &status);
        print_warnings(cli, &status);
    }
    return KOR_OK;
}
