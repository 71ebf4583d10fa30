/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor export: all answers as CSV, one row an answer.  The columns are
 * promised in kor(1). */

#include <math.h>
#include <stdio.h>

#include "cli/print.h"
#include "kor/base/csv.h"

static void
put_int(struct kor_buf *out, int64_t value)
{
    if (value != KOR_NO_INT) {
        kor_buf_printf(out, "%lld", (long long)value);
    }
}

/* Items in one cell, blanks between them, "-" for a missing one: scales have
 * different numbers of them. */
static void
put_values(struct kor_buf *out, const struct kor_msg_export_row *row)
{
    for (size_t i = 0; i < row->n_values; i++) {
        kor_buf_puts(out, i ? " " : "");
        if (isnan(row->values[i])) {
            kor_buf_putc(out, '-');
        } else {
            kor_json_number(out, row->values[i]);
        }
    }
}

/* The last columns, from the version on. */
static void
put_result(struct kor_buf *out, const struct kor_msg_export_row *row)
{
    kor_buf_putc(out, ',');
    put_int(out, row->version);
    kor_buf_putc(out, ',');
    put_values(out, row);
    kor_buf_putc(out, ',');
    if (!isnan(row->total)) {
        kor_json_number(out, row->total);
    }
    kor_buf_printf(out, ",%s,%s,%s", row->standing,
                   row->made_up ? "made-up" : "",
                   row->shared ? "shared" : "");
}

static void
put_row(struct kor_buf *out, const struct kor_msg_export_row *row)
{
    char date[KOR_DATE_SIZE];
    const char *const before[] = {row->pathway, row->unit, row->therapist,
                                  row->ending};
    const char *const after[]
        = {kor_date_format(row->date, date), row->status, row->mode,
           row->scale, row->scale_version, row->rater, row->language,
           row->how};
    kor_buf_printf(out, "%s,%lld", row->code, (long long)row->episode);
    for (size_t i = 0; i < KOR_LENGTH(before); i++) {
        kor_buf_putc(out, ',');
        kor_csv_put(out, before[i]);
    }
    kor_buf_printf(out, ",%lld", (long long)row->session);
    for (size_t i = 0; i < KOR_LENGTH(after); i++) {
        kor_buf_putc(out, ',');
        kor_csv_put(out, after[i]);
    }
    put_result(out, row);
    kor_buf_putc(out, ',');
    kor_csv_put(out, row->held_by);
    kor_buf_putc(out, '\n');
}

/* The same for research: no code, unit, therapist or date. */
static void
put_study_row(struct kor_buf *out, const struct kor_msg_export_row *row)
{
    const char *const after[] = {row->status, row->mode, row->scale,
                                 row->scale_version, row->rater, row->how};
    kor_buf_printf(out, "%s,%lld,", row->person, (long long)row->episode);
    kor_csv_put(out, row->pathway);
    kor_buf_printf(out, ",%s,%lld,", row->ending, (long long)row->session);
    put_int(out, row->day);
    for (size_t i = 0; i < KOR_LENGTH(after); i++) {
        kor_buf_putc(out, ',');
        kor_csv_put(out, after[i]);
    }
    put_result(out, row);
    kor_buf_putc(out, '\n');
}

static void
print_head(bool is_study)
{
    puts(is_study ? "person,episode,pathway,ending,session,day,status,mode,"
                    "scale,scale_version,rater,how,version,items,total,"
                    "standing,made_up,shared"
                  : "code,episode,pathway,unit,therapist,ending,session,date,"
                    "status,mode,scale,scale_version,rater,language,how,"
                    "version,items,total,standing,made_up,shared,held_by");
}

static void
print_page(const struct cli *cli, const struct kor_msg_export_rows *page)
{
    struct kor_buf out = {0};
    if (cli->is_json) {
        cli_json_list(&kor_message_export_rows, page);
        return;
    }
    for (size_t i = 0; i < page->n_rows; i++) {
        if (page->series != KOR_NO_INT) {
            put_study_row(&out, &page->rows[i]);
        } else {
            put_row(&out, &page->rows[i]);
        }
    }
    fputs(kor_buf_text(&out), stdout);
    kor_buf_done(&out);
}

/* Every page goes on behind the one before, so that this ends. */
static bool
is_further(const struct kor_msg_export_rows *page,
           const struct kor_msg_export *asked)
{
    return page->next > asked->after
        || (page->next != KOR_NO_INT && page->next == asked->after
            && page->skip > asked->skip);
}

enum kor_code
cli_export(struct cli *cli)
{
    struct kor_msg_export ask;
    struct kor_msg_export_rows page;
    bool is_begun = false;
    kor_message_init(&kor_message_export, &ask);
    enum kor_code code = cli_want_words(cli, 0, 0);
    for (bool go_on = true; go_on && code == KOR_OK;) {
        code = cli_ask(cli, KOR_VERB_EXPORT, &ask, &page);
        if (code != KOR_OK) {
            break;
        }
        if (!cli->is_json && !is_begun) {
            print_head(page.series != KOR_NO_INT);
        }
        is_begun = true;
        print_page(cli, &page);
        go_on = is_further(&page, &ask) && !ferror(stdout);
        ask.after = page.next;
        ask.skip = page.skip;
        ask.series = page.series;
        kor_message_done(&kor_message_export_rows, &page);
    }
    return code;
}
