/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor person: everything about a client as files, for whoever may ask for it:
 * person.json (all there is), answers.csv, goals.csv, log.csv (who looked) and
 * a PDF of each episode's graph. */

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/print.h"
#include "kor/base/base64.h"
#include "kor/base/csv.h"
#include "kor/base/file.h"

struct target {
    struct cli *cli;
    const char *folder;
};

static enum kor_code
write_file(const struct target *target, const char *name, const void *bytes,
           size_t size)
{
    char path[1024];
    if (snprintf(path, sizeof path, "%s/%s", target->folder, name)
        >= (int)sizeof path) {
        return kor_fail(&target->cli->err, KOR_TOO_LARGE, "out",
                        "the name of the folder is too long");
    }
    return kor_file_write(path, bytes, size, 0600, &target->cli->err);
}

/* --- answers.csv ------------------------------------------------------ */

static void
put_number(struct kor_buf *out, double value)
{
    if (!isnan(value)) {
        kor_json_number(out, value);
    }
}

static void
put_answer(struct kor_buf *out, int64_t episode,
           const struct kor_msg_session *session,
           const struct kor_msg_verdict *answer)
{
    char date[KOR_DATE_SIZE];
    kor_buf_printf(out, "%lld,%lld,%s,%s,%s,%s,%lld,", (long long)episode,
                   (long long)session->session,
                   kor_date_format(session->date, date), session->status,
                   answer->scale, answer->rater, (long long)answer->version);
    for (size_t i = 0; i < answer->n_values; i++) {
        kor_buf_puts(out, i ? " " : "");
        if (isnan(answer->values[i])) {
            kor_buf_putc(out, '-');
        }
        put_number(out, answer->values[i]);
    }
    kor_buf_putc(out, ',');
    put_number(out, answer->total);
    kor_buf_printf(out, ",%s,%s,", answer->standing,
                   answer->struck ? "struck" : "");
    kor_csv_put(out, answer->why);
    kor_buf_putc(out, '\n');
}

static enum kor_code
write_answers(const struct target *target,
              const struct kor_msg_person_file *file)
{
    struct kor_buf out = {0};
    kor_buf_puts(&out, "episode,session,date,status,scale,rater,version,"
                       "items,total,standing,struck,why\n");
    for (size_t i = 0; i < file->n_episodes; i++) {
        const struct kor_msg_shown *shown = &file->episodes[i];
        for (size_t k = 0; k < shown->n_sessions; k++) {
            const struct kor_msg_session *session = &shown->sessions[k];
            for (size_t a = 0; a < session->n_answers; a++) {
                put_answer(&out, shown->episode->episode, session,
                           &session->answers[a]);
            }
        }
    }
    enum kor_code code
        = write_file(target, "answers.csv", out.text, out.size);
    kor_buf_done(&out);
    return code;
}

/* --- goals.csv -------------------------------------------------------- */

static void
put_whole(struct kor_buf *out, int64_t value)
{
    kor_buf_putc(out, ',');
    if (value != KOR_NO_INT) {
        kor_buf_printf(out, "%lld", (long long)value);
    }
}

static void
put_date(struct kor_buf *out, int32_t date)
{
    char text[KOR_DATE_SIZE];
    kor_buf_printf(out, ",%s", kor_date_format(date, text));
}

static void
put_goal(struct kor_buf *out, const struct kor_msg_goal *goal)
{
    kor_buf_printf(out, "%lld,%lld", (long long)goal->episode,
                   (long long)goal->id);
    put_whole(out, goal->under);
    kor_buf_putc(out, ',');
    kor_csv_put(out, goal->text);
    kor_buf_putc(out, ',');
    kor_csv_put(out, goal->criterion);
    put_date(out, goal->set);
    put_date(out, goal->target);
    kor_buf_printf(out, ",%s,", goal->status);
    put_number(out, goal->weight);
    put_whole(out, goal->progress);
    put_date(out, goal->progress_date);
    put_whole(out, goal->level);
    put_date(out, goal->level_date);
    kor_buf_putc(out, '\n');
}

/* As they are now; what they were is in person.json. */
static enum kor_code
write_goals(const struct target *target,
            const struct kor_msg_person_file *file)
{
    struct kor_buf out = {0};
    kor_buf_puts(&out, "episode,goal,under,text,criterion,set,target,status,"
                       "weight,progress,progress_date,level,level_date\n");
    for (size_t i = 0; i < file->n_goals; i++) {
        for (size_t k = 0; k < file->goals[i].n_goals; k++) {
            put_goal(&out, &file->goals[i].goals[k]);
        }
    }
    enum kor_code code = write_file(target, "goals.csv", out.text, out.size);
    kor_buf_done(&out);
    return code;
}

/* --- log.csv ---------------------------------------------------------- */

static void
put_log_row(struct kor_buf *out, const struct kor_msg_log_row *row)
{
    const char *const cells[]
        = {row->at,     row->name,   row->role,   row->action, row->unit,
           row->ground, row->reason, row->outcome};
    kor_buf_printf(out, "%lld", (long long)row->seq);
    for (size_t i = 0; i < KOR_LENGTH(cells); i++) {
        kor_buf_putc(out, ',');
        kor_csv_put(out, cells[i]);
    }
    kor_buf_putc(out, '\n');
}

static enum kor_code
write_log(const struct target *target, const char *client)
{
    struct kor_msg_log_of ask;
    struct kor_buf out = {0};
    enum kor_code code = KOR_OK;
    kor_message_init(&kor_message_log_of, &ask);
    snprintf(ask.code, sizeof ask.code, "%s", client);
    kor_buf_puts(&out, "row,at,who,role,what,unit,ground,reason,outcome\n");
    do {
        struct kor_msg_log_rows page;
        code = cli_ask(target->cli, KOR_VERB_LOG_OF, &ask, &page);
        if (code == KOR_OK) {
            for (size_t i = 0; i < page.n_rows; i++) {
                put_log_row(&out, &page.rows[i]);
            }
            ask.after = page.next;
            kor_message_done(&kor_message_log_rows, &page);
        }
    } while (code == KOR_OK && ask.after != KOR_NO_INT);
    if (code == KOR_OK) {
        code = write_file(target, "log.csv", out.text, out.size);
    }
    kor_buf_done(&out);
    return code;
}

/* --- the graphs ------------------------------------------------------- */

static enum kor_code
write_graph(const struct target *target, const char *base64, size_t number)
{
    char name[48];
    struct kor_buf bytes = {0};
    snprintf(name, sizeof name, "graph-%zu.pdf", number);
    enum kor_code code
        = kor_base64_decode(base64, &bytes)
              ? write_file(target, name, bytes.text, bytes.size)
              : kor_fail(&target->cli->err, KOR_PROTOCOL_ERROR, "graphs",
                         "the answer holds a picture that cannot be read");
    kor_buf_done(&bytes);
    return code;
}

static enum kor_code
write_all(const struct target *target, const struct kor_msg_person_file *file)
{
    struct kor_buf json = {0};
    kor_message_encode(&kor_message_person_file, file, &json);
    kor_buf_putc(&json, '\n');
    enum kor_code code
        = write_file(target, "person.json", json.text, json.size);
    kor_buf_done(&json);
    if (code == KOR_OK) {
        code = write_answers(target, file);
    }
    if (code == KOR_OK) {
        code = write_goals(target, file);
    }
    for (size_t i = 0; i < file->n_graphs && code == KOR_OK; i++) {
        code = write_graph(target, file->graphs[i].base64, i + 1);
    }
    return code == KOR_OK ? write_log(target, file->code) : code;
}

/* Whether the folder holds anything. */
static bool
is_full(const char *path)
{
    DIR *folder = opendir(path);
    bool is_any = false;
    for (struct dirent *entry; folder && !is_any
                               && (entry = readdir(folder)) != NULL;) {
        is_any = strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..");
    }
    if (folder) {
        closedir(folder);
    }
    return is_any;
}

/* An earlier answer is not mixed with this one, or lost under it. */
static enum kor_code
check_folder(const struct target *target)
{
    return is_full(target->folder)
               ? kor_fail(&target->cli->err, KOR_CANNOT_CREATE, "out",
                          "the folder %s is not empty, and nothing in it is "
                          "written over: name a new one with --out, or empty "
                          "it", target->folder)
               : KOR_OK;
}

static enum kor_code
make_folder(const struct target *target)
{
    return mkdir(target->folder, 0700) && errno != EEXIST
               ? kor_fail(&target->cli->err, KOR_CANNOT_CREATE, "out",
                          "cannot make the folder %s: %s", target->folder,
                          strerror(errno))
               : KOR_OK;
}

static enum kor_code
take_request(struct cli *cli, struct kor_msg_person *ask)
{
    enum kor_code code = cli_take_client(cli, ask->code);
    if (code == KOR_OK) {
        code = cli_want_option(cli, "out");
    }
    if (code == KOR_OK) {
        code = cli_want_option(cli, "asked");
    }
    return code == KOR_OK
               ? cli_take_text(cli, "asked", ask->asked, sizeof ask->asked)
               : code;
}

enum kor_code
cli_person(struct cli *cli)
{
    struct kor_msg_person ask;
    struct kor_msg_person_file file;
    kor_message_init(&kor_message_person, &ask);
    enum kor_code code = take_request(cli, &ask);
    const struct target target = {cli, cli_option(cli, "out")};
    if (code == KOR_OK) {
        code = check_folder(&target);
    }
    if (code == KOR_OK) {
        code = cli_ask(cli, KOR_VERB_PERSON, &ask, &file);
    }
    if (code != KOR_OK) {
        return code;
    }
    code = make_folder(&target);
    if (code == KOR_OK) {
        code = write_all(&target, &file);
    }
    if (code == KOR_OK) {
        cli_remark(cli, kor_text(cli->lang,
                                 "Everything about %s is in %s. Hand it over "
                                 "safely, then delete the folder."),
                   file.code, target.folder);
    }
    kor_message_done(&kor_message_person_file, &file);
    return code;
}
