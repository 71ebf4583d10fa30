/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor calendar, calendar import: what is agreed with clients. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/label.h"
#include "cli/print.h"
#include "cli/words.h"
#include "kor/base/alloc.h"
#include "kor/base/file.h"
#include "kor/base/utf8.h"
#include "lib/calendar_file.h"

#define BATCH 200 /* As in the message. */

/* --- import ------------------------------------------------------------- */

struct importing {
    struct cli *cli;
    const char *path;
    struct kor_calendar_file file;
    struct kor_msg_calendar_put ask;
    int64_t added, changed, same, cancelled;
    const struct kor_calendar_entry **refused;
    size_t n_refused;
};

static enum kor_code
read_file(struct importing *im)
{
    struct kor_buf bytes = {0};
    struct cli *cli = im->cli;
    enum kor_code code = kor_file_read(im->path, KOR_CALENDAR_MAX_SIZE,
                                       &bytes, &cli->err);
    if (code == KOR_OK) {
        code = kor_calendar_read(&im->file, kor_buf_text(&bytes), bytes.size,
                                 &cli->err);
        if (code != KOR_OK) {
            (void)kor_wrap(&cli->err, "%s", im->path);
        }
    }
    kor_buf_done(&bytes);
    return code;
}

/* What cannot be read would be cancelled as if it were gone: nothing is
 * sent. */
static enum kor_code
refuse(struct importing *im)
{
    enum kor_lang lang = im->cli->lang;
    const struct kor_calendar_file *file = &im->file;
    for (size_t i = 0; i < file->n_problems && i < KOR_CALENDAR_PROBLEMS;
         i++) {
        fprintf(stderr, kor_text(lang, "line %ld: %s"),
                file->problems[i].line, file->problems[i].text);
        fputc('\n', stderr);
    }
    return file->n_problems
               ? kor_fail(&im->cli->err, KOR_BAD_VALUE, "file",
                          "errors in %s: %zu. Nothing was sent. Correct them "
                          "and run the same command again", im->path,
                          file->n_problems)
               : KOR_OK;
}

static enum kor_code
send_batch(struct importing *im, size_t from, size_t n)
{
    struct kor_msg_appointment list[BATCH];
    struct kor_msg_calendar_state got;
    for (size_t i = 0; i < n; i++) {
        const struct kor_calendar_entry *entry = &im->file.entries[from + i];
        kor_message_init(&kor_message_appointment, &list[i]);
        kor_utf8_copy(list[i].uid, sizeof list[i].uid, entry->uid);
        kor_utf8_copy(list[i].code, sizeof list[i].code, entry->code);
        kor_utf8_copy(list[i].mode, sizeof list[i].mode, entry->mode);
        list[i].start_ms = entry->start_ms;
    }
    im->ask.appointments = list;
    im->ask.n_appointments = n;
    im->ask.last = from + n == im->file.n_entries;
    enum kor_code code
        = cli_ask(im->cli, KOR_VERB_CALENDAR_PUT, &im->ask, &got);
    im->ask.appointments = NULL;
    if (code != KOR_OK) {
        return code;
    }
    im->added += got.added;
    im->changed += got.changed;
    im->same += got.same;
    im->cancelled += got.cancelled;
    for (size_t i = 0; i < got.n_refused; i++) {
        if (got.refused[i] >= 0 && got.refused[i] < (double)n) {
            im->refused[im->n_refused++]
                = &im->file.entries[from + (size_t)got.refused[i]];
        }
    }
    kor_message_done(&kor_message_calendar_state, &got);
    return KOR_OK;
}

static enum kor_code
send_all(struct importing *im)
{
    const struct kor_calendar_file *file = &im->file;
    enum kor_code code = KOR_OK;
    size_t at = 0;
    im->refused = kor_alloc_array(file->n_entries, sizeof *im->refused);
    do {
        size_t n = file->n_entries - at;
        n = n < BATCH ? n : BATCH;
        code = send_batch(im, at, n);
        at += n;
    } while (code == KOR_OK && at < file->n_entries);
    return code;
}

/* Each line of the file once: a series has many times. */
static bool
is_told(const struct importing *im, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (im->refused[k]->line == im->refused[i]->line) {
            return true;
        }
    }
    return false;
}

static void
print_json(const struct importing *im)
{
    const char *comma = "";
    printf("{\"events\":%zu,\"without_code\":%zu,\"past\":%zu,\"off\":%zu"
           ",\"sent\":%zu,\"added\":%" PRId64 ",\"changed\":%" PRId64
           ",\"same\":%" PRId64 ",\"cancelled\":%" PRId64 ",\"refused\":[",
           im->file.n_events, im->file.n_without, im->file.n_past,
           im->file.n_off, im->file.n_entries - im->n_refused, im->added,
           im->changed, im->same, im->cancelled);
    for (size_t i = 0; i < im->n_refused; i++) {
        if (!is_told(im, i)) {
            printf("%s{\"line\":%ld,\"code\":\"%s\"}", comma,
                   im->refused[i]->line, im->refused[i]->code);
            comma = ",";
        }
    }
    puts("]}");
}

/* What there is in the file, and why some of it is not sent. */
static void
print_skipped(enum kor_lang lang, const struct kor_calendar_file *file)
{
    cli_labelled(kor_text(lang, "events"), "%zu", file->n_events);
    cli_labelled(kor_text(lang, "without a code"),
                 kor_text(lang, "%zu, skipped"), file->n_without);
    cli_labelled(kor_text(lang, "past"),
                 kor_text(lang, "%zu, skipped: more than a day ago"),
                 file->n_past);
    if (file->n_off) {
        cli_labelled(kor_text(lang, "called off"),
                     kor_text(lang, "%zu, skipped: called off, or more than "
                                    "%d days ahead"),
                     file->n_off, KOR_CALENDAR_DAYS);
    }
}

static void
print_text(const struct importing *im)
{
    enum kor_lang lang = im->cli->lang;
    for (size_t i = 0; i < im->n_refused; i++) {
        if (!is_told(im, i)) {
            fprintf(stderr,
                    kor_text(lang, "line %ld: %s is not one of your "
                                   "clients: skipped"),
                    im->refused[i]->line, im->refused[i]->code);
            fputc('\n', stderr);
        }
    }
    print_skipped(lang, &im->file);
    cli_labelled(kor_text(lang, "appointments sent"), "%zu",
                 im->file.n_entries - im->n_refused);
    cli_labelled(kor_text(lang, "new"), "%" PRId64, im->added);
    cli_labelled(kor_text(lang, "changed"), "%" PRId64, im->changed);
    cli_labelled(kor_text(lang, "as they were"), "%" PRId64, im->same);
    cli_labelled(kor_text(lang, "cancelled"), "%" PRId64, im->cancelled);
}

enum kor_code
cli_calendar_import(struct cli *cli)
{
    const struct kor_clock *clock = kor_clock_system();
    struct importing im = {.cli = cli, .file = {.clock = clock}};
    kor_message_init(&kor_message_calendar_put, &im.ask);
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "calendar", im.ask.calendar,
                             sizeof im.ask.calendar);
    }
    if (code == KOR_OK) {
        im.path = cli->line.words[0];
        im.ask.run = im.file.now_ms = clock->now_ms(clock);
        code = read_file(&im);
    }
    if (code == KOR_OK) {
        code = refuse(&im);
    }
    if (code == KOR_OK) {
        code = send_all(&im);
    }
    if (code == KOR_OK && cli->is_json) {
        print_json(&im);
    } else if (code == KOR_OK) {
        print_text(&im);
    }
    free(im.refused);
    kor_calendar_done(&im.file);
    return code;
}

/* --- the list ------------------------------------------------------------ */

static void
put_agreed(struct cli *cli, struct cli_table *table,
           const struct kor_msg_agreed *one)
{
    char named[CLI_NAMED_SIZE], text[48], date[KOR_DATE_SIZE];
    snprintf(text, sizeof text, "%s %02d:%02d",
             kor_date_format(one->date, date), (int)(one->minute / 60),
             (int)(one->minute % 60));
    cli_table_put(table, text);
    cli_table_put(table, cli_named_in(cli, one->code, one->episode, one->label,
                                      one->label_key, named));
    cli_table_put(table, *one->mode ? cli_word(cli->lang, one->mode) : "");
    cli_table_put(table, one->therapist);
}

static enum kor_code
list(struct cli *cli, struct kor_msg_calendar *ask, struct cli_table *table,
     size_t *n)
{
    enum kor_code code = KOR_OK;
    for (bool go_on = true; go_on && code == KOR_OK;) {
        struct kor_msg_agreements page;
        code = cli_ask(cli, KOR_VERB_CALENDAR, ask, &page);
        if (code != KOR_OK) {
            return code;
        }
        for (size_t i = 0; i < page.n_appointments; i++, (*n)++) {
            if (cli->is_json) {
                cli_json(&kor_message_agreed, &page.appointments[i]);
            } else {
                put_agreed(cli, table, &page.appointments[i]);
            }
        }
        go_on = page.next != KOR_NO_INT
             && (page.next_date > ask->after_date || page.next > ask->after);
        ask->after_date = page.next_date;
        ask->after = page.next;
        kor_message_done(&kor_message_agreements, &page);
    }
    return code;
}

enum kor_code
cli_calendar(struct cli *cli)
{
    static const char *const heads[]
        = {KOR_N_("begins"), KOR_N_("client"), KOR_N_("mode"),
           KOR_N_("therapist")};
    struct kor_msg_calendar ask;
    struct cli_table table = {.n_columns = KOR_LENGTH(heads)};
    size_t n = 0;
    for (size_t i = 0; i < KOR_LENGTH(heads); i++) {
        cli_table_put(&table, kor_text(cli->lang, heads[i]));
    }
    kor_message_init(&kor_message_calendar, &ask);
    enum kor_code code = cli_want_words(cli, 0, 0);
    if (code == KOR_OK) {
        code = cli_take_text(cli, "for", ask.therapist, sizeof ask.therapist);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "from", &ask.from);
    }
    if (code == KOR_OK) {
        code = cli_take_date(cli, "until", &ask.until);
    }
    if (code == KOR_OK) {
        code = list(cli, &ask, &table, &n);
    }
    if (code == KOR_OK && !cli->is_json && n == 0) {
        cli_remark(cli, "%s", kor_text(cli->lang, "Nothing is agreed."));
    } else if (code == KOR_OK && !cli->is_json) {
        cli_table_print(cli, &table);
    }
    kor_buf_done(&table.text);
    return code;
}
