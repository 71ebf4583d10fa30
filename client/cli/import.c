/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor import: a CSV file, checked whole, then sent in batches.  The daemon
 * keeps how far it has come, so that the same command goes on where it was
 * broken off. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/print.h"
#include "kor/base/alloc.h"
#include "kor/base/file.h"
#include "kor/base/utf8.h"
#include "lib/import_file.h"

#define ROWS_BETWEEN_REMARKS 50000

struct importing {
    struct cli *cli;
    const char *path;
    struct kor_buf map_text;
    struct kor_map map;
    struct kor_instrument *scales;
    struct kor_import_file file;
};

static enum kor_code
read_map(struct importing *im)
{
    struct cli *cli = im->cli;
    const char *path = cli_option(cli, "map");
    enum kor_code code
        = kor_file_read(path, KOR_MAP_MAX_SIZE, &im->map_text, &cli->err);
    if (code == KOR_OK) {
        code = kor_map_parse(kor_buf_text(&im->map_text), im->map_text.size,
                             &im->map, &cli->err);
        if (code != KOR_OK) {
            (void)kor_wrap(&cli->err, "%s", path);
        }
    }
    return code;
}

/* The definition as the daemon holds it: what it would say is said here. */
static enum kor_code
fetch_scale(struct importing *im, size_t i)
{
    struct cli *cli = im->cli;
    struct kor_msg_instrument ask, got;
    kor_message_init(&kor_message_instrument, &ask);
    snprintf(ask.key, sizeof ask.key, "%s", im->map.scales[i].instrument);
    enum kor_code code = cli_ask(cli, KOR_VERB_INSTRUMENT, &ask, &got);
    if (code != KOR_OK) {
        return code;
    }
    const char *text = got.definition ? got.definition : "";
    code = kor_instrument_parse(text, strlen(text), &im->scales[i],
                                &cli->err);
    kor_message_done(&kor_message_instrument, &got);
    return code;
}

static enum kor_code
load(struct importing *im)
{
    const struct kor_clock *clock = kor_clock_system();
    enum kor_code code = read_map(im);
    im->scales = kor_alloc_array(KOR_MAP_MAX_SCALES, sizeof *im->scales);
    for (size_t i = 0; i < im->map.n_scales && code == KOR_OK; i++) {
        code = fetch_scale(im, i);
    }
    if (code != KOR_OK) {
        return code;
    }
    im->file.map = &im->map;
    im->file.scales = im->scales;
    /* It may be tomorrow already where the clinic is; the daemon knows. */
    im->file.today = kor_date_at(clock->now_ms(clock)) + 1;
    return kor_import_load(&im->file, im->path, &im->map_text,
                           &im->cli->err);
}

/* All that is wrong, on standard error. */
static enum kor_code
refuse(struct importing *im)
{
    enum kor_lang lang = im->cli->lang;
    const struct kor_import_file *file = &im->file;
    size_t shown = file->n_problems < KOR_IMPORT_MAX_PROBLEMS
                       ? file->n_problems
                       : KOR_IMPORT_MAX_PROBLEMS;
    for (size_t i = 0; i < shown; i++) {
        const struct kor_import_problem *p = &file->problems[i];
        if (p->column[0]) {
            fprintf(stderr, kor_text(lang, "line %ld, column %s: %s"),
                    p->line, p->column, p->text);
        } else {
            fprintf(stderr, kor_text(lang, "line %ld: %s"), p->line, p->text);
        }
        fputc('\n', stderr);
    }
    if (file->n_problems > shown) {
        fprintf(stderr, kor_text(lang, "and %zu more"),
                file->n_problems - shown);
        fputc('\n', stderr);
    }
    return kor_fail(&im->cli->err, KOR_BAD_VALUE, "file",
                    "errors in %s: %zu. Nothing was sent. Correct them and "
                    "run the same command again", im->path,
                    file->n_problems);
}

/* The daemon counts rows as they are sent, by person and date; whoever has to
 * mend the file wants its line. */
static void
name_line(struct importing *im)
{
    long long row;
    struct kor_err *err = &im->cli->err;
    if (sscanf(err->text, "%*[^0-9]%lld:", &row) == 1 && row >= 1
        && row <= (long long)im->file.n_rows) {
        (void)kor_wrap(err, "line %u of the file",
                       im->file.places[row - 1].line);
    }
}

static enum kor_code
send_batch(struct importing *im, struct kor_msg_import_state *state, size_t n)
{
    struct kor_import_row *rows = kor_alloc_array(n, sizeof *rows);
    struct kor_msg_import_row *list = kor_alloc_array(n, sizeof *list);
    struct kor_msg_import_rows ask;
    kor_message_init(&kor_message_import_rows, &ask);
    ask.import = state->import;
    ask.from = state->next;
    ask.rows = list;
    ask.n_rows = n;
    for (size_t i = 0; i < n; i++) {
        kor_import_row(&im->file, (size_t)state->next + i, &rows[i]);
        list[i] = rows[i].row;
    }
    enum kor_code code
        = cli_ask(im->cli, KOR_VERB_IMPORT_ROWS, &ask, state);
    if (code != KOR_OK && code != KOR_AWAY) {
        name_line(im);
    }
    free(list);
    free(rows);
    return code;
}

/* Sends what has not arrived yet.  Every answer must be further on. */
static enum kor_code
send_rows(struct importing *im, struct kor_msg_import_state *state)
{
    const int64_t n_rows = (int64_t)im->file.n_rows;
    const int64_t most = (int64_t)kor_import_batch(&im->file);
    enum kor_code code = KOR_OK;
    while (code == KOR_OK && state->next < n_rows) {
        int64_t left = n_rows - state->next, before = state->next;
        code = send_batch(im, state, (size_t)(left < most ? left : most));
        if (code == KOR_OK && state->next <= before) {
            return kor_fail(&im->cli->err, KOR_PROTOCOL_ERROR, "next",
                            "the daemon's answer is not understood: is it of "
                            "another release?");
        }
        if (code == KOR_OK
            && state->next / ROWS_BETWEEN_REMARKS
                   != before / ROWS_BETWEEN_REMARKS) {
            cli_remark(im->cli,
                       kor_text(im->cli->lang, "%lld of %lld rows sent"),
                       (long long)state->next, (long long)n_rows);
        }
    }
    return code;
}

static enum kor_code
send_all(struct importing *im, struct kor_msg_import_state *state)
{
    struct kor_msg_import_begin begin;
    struct kor_msg_import_finish finish;
    const char *slash = strrchr(im->path, '/');
    kor_message_init(&kor_message_import_begin, &begin);
    kor_message_init(&kor_message_import_finish, &finish);
    kor_utf8_copy(begin.name, sizeof begin.name, slash ? slash + 1 : im->path);
    memcpy(begin.hash, im->file.hash, sizeof begin.hash);
    begin.rows = (int64_t)im->file.n_rows;
    begin.made_up = cli_option(im->cli, "made-up") != NULL;
    enum kor_code code
        = cli_ask(im->cli, KOR_VERB_IMPORT_BEGIN, &begin, state);
    if (code != KOR_OK || state->finished) {
        return code;
    }
    code = send_rows(im, state);
    finish.import = state->import;
    return code == KOR_OK ? cli_ask(im->cli, KOR_VERB_IMPORT_FINISH, &finish,
                                    state)
                          : code;
}

static void
put_codes(const struct cli *cli, const struct kor_msg_import_people *page,
          struct kor_buf *out)
{
    for (size_t i = 0; i < page->n_people; i++) {
        if (cli->is_json) {
            kor_message_encode(&kor_message_import_person, &page->people[i],
                               out);
        } else {
            kor_csv_put(out, page->people[i].person);
            kor_buf_putc(out, ',');
            kor_csv_put(out, page->people[i].code);
        }
        kor_buf_putc(out, '\n');
    }
}

/* Who got which code: into --codes FILE, for the owner alone, or on standard
 * output. */
static enum kor_code
give_codes(struct importing *im, int64_t import)
{
    struct cli *cli = im->cli;
    const char *path = cli_option(cli, "codes");
    struct kor_msg_import_codes ask;
    struct kor_msg_import_people page;
    struct kor_buf out = {0};
    enum kor_code code = KOR_OK;
    kor_message_init(&kor_message_import_codes, &ask);
    ask.import = import;
    kor_buf_puts(&out, cli->is_json ? "" : "person,code\n");
    for (bool go_on = true; go_on && code == KOR_OK;) {
        code = cli_ask(cli, KOR_VERB_IMPORT_CODES, &ask, &page);
        if (code == KOR_OK) {
            put_codes(cli, &page, &out);
            go_on = page.next > ask.after;
            ask.after = page.next;
            kor_message_done(&kor_message_import_people, &page);
        }
    }
    if (code == KOR_OK && path) {
        code = kor_file_write(path, kor_buf_text(&out), out.size, 0600,
                              &cli->err);
    } else if (code == KOR_OK) {
        fputs(kor_buf_text(&out), stdout);
    }
    kor_buf_done(&out);
    return code;
}

static void
tell_counts(const struct importing *im, const char *format)
{
    cli_remark(im->cli, format, im->path, (unsigned)im->file.people.n,
               im->file.n_sessions, im->file.n_answers);
}

static enum kor_code
run_import(struct importing *im)
{
    struct kor_msg_import_state state;
    enum kor_lang lang = im->cli->lang;
    enum kor_code code = load(im);
    if (code == KOR_OK && im->file.n_problems > 0) {
        return refuse(im);
    }
    if (code == KOR_OK && cli_option(im->cli, "dry-run")) {
        tell_counts(im, kor_text(lang, "%s can be imported: people %u, "
                                       "sessions %zu, answers %zu. Nothing "
                                       "was sent."));
        return KOR_OK;
    }
    if (code == KOR_OK) {
        code = send_all(im, &state);
    }
    if (code == KOR_OK) {
        tell_counts(im, kor_text(lang, "%s is imported: people %u, "
                                       "sessions %zu, answers %zu."));
        code = give_codes(im, state.import);
    }
    return code;
}

enum kor_code
cli_import(struct cli *cli)
{
    struct importing *im = kor_alloc(sizeof *im);
    im->cli = cli;
    enum kor_code code = cli_want_words(cli, 1, 1);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "map");
    }
    if (code == KOR_OK) {
        im->path = cli->line.words[0];
        code = run_import(im);
    }
    for (size_t i = 0; im->scales && i < KOR_MAP_MAX_SCALES; i++) {
        kor_instrument_done(&im->scales[i]);
    }
    free(im->scales);
    kor_import_done(&im->file);
    kor_buf_done(&im->map_text);
    free(im);
    return code;
}
