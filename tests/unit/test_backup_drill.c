/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The drill: a clinic at work is backed up, lost, and restored from nothing
 * but the backup, the backup key and the keys that people have themselves.
 * All that was acknowledged before the backup began is there, word for
 * word. */

#include "support/near.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/strongbox.h"

#define LONG_MS 20000
#define N_CLIENTS 4
#define CODE_SIZE 10

struct drill {
    struct strongbox *box;
    struct run run;     /* Of the last kor. */
    pid_t kord;         /* 0: none. */
    int fd;             /* What it says. */
    char codes[N_CLIENTS + 1][CODE_SIZE]; /* The last is written to late. */
    struct kor_buf shows[N_CLIENTS];      /* Before the backup. */
    struct kor_buf export;
};

/* --- processes ----------------------------------------------------------- */

/* Runs kor at 'folder' with that key; ends the test unless it ends with 0. */
static const char *
kor(struct drill *drill, const char *folder, const char *key,
    const char *line)
{
    char text[1024];
    snprintf(text, sizeof text, "%s --key %s/%s", line, drill->box->base, key);
    run_done(&drill->run);
    run_kor(text, folder, RUN_KEEP, &drill->run);
    if (drill->run.status != 0) {
        print_error("kor %s: %s\n", text, kor_buf_text(&drill->run.err));
        fail();
    }
    return kor_buf_text(&drill->run.out);
}

/* Serves 'folder' from when this returns. */
static void
serve(struct drill *drill, const char *folder)
{
    char line[512], said[4096];
    size_t used = 0;
    snprintf(line, sizeof line, "run %s", folder);
    drill->kord = run_kord_start(line, &drill->fd);
    struct pollfd item = {.fd = drill->fd, .events = POLLIN};
    said[0] = '\0';
    while (!strstr(said, "serves ")) {
        assert_int_equal(poll(&item, 1, LONG_MS), 1);
        ssize_t n = read(drill->fd, said + used, sizeof said - 1 - used);
        assert_true(n > 0);
        used += (size_t)n;
        said[used] = '\0';
    }
}

static void
end_kord(struct drill *drill)
{
    int status;
    assert_int_equal(kill(drill->kord, SIGKILL), 0);
    assert_int_equal(waitpid(drill->kord, &status, 0), drill->kord);
    close(drill->fd);
    drill->kord = 0;
}

/* --- the clinic ---------------------------------------------------------- */

static int
set_up(void **state)
{
    struct drill *drill = calloc(1, sizeof *drill);
    char path[KOR_DISK_PATH_SIZE];
    *state = drill;
    drill->box = strongbox_new();
    /* Some 4 MB more, so that the backup takes a while. */
    kit_sql(kor_disk_path(drill->box->clinic, "kor.db", path),
            "INSERT INTO instrument (key, version, definition, added_ms) "
            "SELECT 'k' || value, '1', hex(randomblob(500000)), 0 "
            "FROM json_each('[1,2,3,4]')");
    return 0;
}

static int
tear_down(void **state)
{
    struct drill *drill = *state;
    if (drill->kord) {
        end_kord(drill);
    }
    for (int i = 0; i < N_CLIENTS; i++) {
        kor_buf_done(&drill->shows[i]);
    }
    kor_buf_done(&drill->export);
    run_done(&drill->run);
    strongbox_free(drill->box);
    free(drill);
    return 0;
}

/* People have their keys themselves, and not in the clinic's folder. */
static void
hand_out(const struct drill *drill, const char *name)
{
    char from[KOR_DISK_PATH_SIZE], to[KOR_DISK_PATH_SIZE], file[64];
    snprintf(file, sizeof file, "keys/%s", name);
    kor_disk_path(drill->box->clinic, file, from);
    assert_int_equal(rename(from, kor_disk_path(drill->box->base, name, to)),
                     0);
}

static void
open_client(struct drill *drill, int i)
{
    const char *said
        = kor(drill, drill->box->clinic, "operator.key", "open --json");
    const char *code = strstr(said, "\"code\":\"");
    assert_non_null(code);
    snprintf(drill->codes[i], CODE_SIZE, "%.9s", code + strlen("\"code\":\""));
}

static void
record(struct drill *drill, int i, int session, double total)
{
    char line[256];
    snprintf(line, sizeof line,
             "record %s outcome --total %.1f --session %d --quiet",
             drill->codes[i], total, session);
    (void)kor(drill, drill->box->clinic, "operator.key", line);
}

static const char *
show(struct drill *drill, const char *folder, int i)
{
    char line[64];
    snprintf(line, sizeof line, "show %s --json", drill->codes[i]);
    return kor(drill, folder, "operator.key", line);
}

/* Four clients with three sessions each, and one who is written to later. */
static void
fill(struct drill *drill)
{
    for (int i = 0; i <= N_CLIENTS; i++) {
        open_client(drill, i);
        for (int session = 1; session <= 3; session++) {
            record(drill, i, session, 10 + 3 * i + session);
        }
    }
    for (int i = 0; i < N_CLIENTS; i++) {
        kor_buf_puts(&drill->shows[i], show(drill, drill->box->clinic, i));
    }
    kor_buf_puts(&drill->export,
                 kor(drill, drill->box->clinic, "operator.key", "export"));
}

/* Makes the backup, and writes as long as that takes; returns how often. */
static int
back_up_under_load(struct drill *drill)
{
    const struct strongbox *box = drill->box;
    char line[1024];
    int fd, n = 0, status = 0;
    snprintf(line, sizeof line, "backup %s %s --key %s.pub", box->clinic,
             box->file, box->key);
    pid_t pid = run_kord_start(line, &fd);
    do {
        record(drill, N_CLIENTS, 4 + n, 20);
        n++;
    } while (waitpid(pid, &status, WNOHANG) == 0 && n < 1000);
    close(fd);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    return n;
}

/* Every line of 'before' stands in 'after'. */
static void
assert_lines_within(const char *before, const char *after)
{
    size_t n = 0;
    while (*before) {
        char line[1024];
        size_t size = strcspn(before, "\n");
        assert_true(size < sizeof line - 1);
        snprintf(line, sizeof line, "%.*s\n", (int)size, before);
        if (!strstr(after, line)) {
            print_error("missing after the restore: %s", line);
            fail();
        }
        before += size + (before[size] == '\n');
        n++;
    }
    /* A head, and three sessions of five clients. */
    assert_int_equal(n, 1 + 3 * (N_CLIENTS + 1));
}

static void
a_lost_clinic_comes_back_from_backup_and_key(void **state)
{
    struct drill *drill = *state;
    struct strongbox *box = drill->box;
    strongbox_kord(box, 0, "key %s t07", box->clinic);
    hand_out(drill, "operator.key");
    hand_out(drill, "t07.key");
    serve(drill, box->clinic);
    fill(drill);
    struct kor_buf server = strongbox_read(box->clinic, "server.pub");
    struct kor_buf contact = strongbox_read(box->clinic, "contact.key");
    assert_true(back_up_under_load(drill) > 1);
    end_kord(drill);
    kit_folder_remove(box->clinic);

    strongbox_kord(box, 0, "verify %s --key %s --scratch %s", box->file,
                   box->key, box->scratch);
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    strongbox_kord(box, 0, "check %s", box->again);
    /* What a killed backup left is gone as soon as it is served. */
    strongbox_write(box->again, "backup.tmp", "half a copy");
    serve(drill, box->again);
    assert_false(strongbox_has(box->again, "backup.tmp"));
    for (int i = 0; i < N_CLIENTS; i++) {
        assert_string_equal(show(drill, box->again, i),
                            drill->shows[i].text);
    }
    assert_lines_within(drill->export.text,
                        kor(drill, box->again, "operator.key", "export"));
    /* The same server, for the same keys, and it goes on. */
    struct kor_buf same = strongbox_read(box->again, "server.pub");
    assert_string_equal(same.text, server.text);
    kor_buf_done(&same);
    same = strongbox_read(box->again, "contact.key");
    assert_string_equal(same.text, contact.text);
    (void)kor(drill, box->again, "t07.key", "ping");
    (void)kor(drill, box->again, "t07.key", "caseload");
    (void)kor(drill, box->again, "operator.key", "open");
    (void)kor(drill, box->again, "operator.key", "log verify");
    kor_buf_done(&same);
    kor_buf_done(&server);
    kor_buf_done(&contact);
}

/* Runs kor as that key, and fails unless it ends with 'status'. */
static void
is_told(struct drill *drill, const char *folder, const char *key, int status,
        const char *verb)
{
    char text[1024];
    snprintf(text, sizeof text, "%s --key %s/%s", verb, drill->box->base, key);
    run_done(&drill->run);
    run_kor(text, folder, RUN_KEEP, &drill->run);
    if (drill->run.status != status) {
        print_error("kor %s: %d, %s\n", text, drill->run.status,
                    kor_buf_text(&drill->run.err));
        fail();
    }
}

/* Whose keys were good when the backup was made, and are no more. */
static void
what_was_revoked_after_the_backup_stays_out(void **state)
{
    static const char *const names[] = {"t07", "t08", "t09"};
    struct drill *drill = *state;
    struct strongbox *box = drill->box;
    char code[32], file[64];
    hand_out(drill, "operator.key");
    for (size_t i = 0; i < KOR_LENGTH(names); i++) {
        strongbox_kord(box, 0, "key %s %s", box->clinic, names[i]);
        snprintf(file, sizeof file, "%s.key", names[i]);
        hand_out(drill, file);
    }
    serve(drill, box->clinic);
    const char *said
        = kor(drill, box->clinic, "operator.key", "key enrol t09");
    snprintf(code, sizeof code, "%.*s", (int)strcspn(said, "\n"), said);
    strongbox_backup(box, box->file);
    (void)kor(drill, box->clinic, "operator.key",
              "key revoke t07 --reason stolen");
    (void)kor(drill, box->clinic, "operator.key", "account leave t08");
    end_kord(drill);

    strongbox_kord(box, 0, "restore %s %s --key %s --deletions %s/deletions",
                   box->file, box->again, box->key, box->clinic);
    strongbox_says(box, "2 keys that were in the list and came back");
    kit_folder_remove(box->clinic);
    serve(drill, box->again);
    is_told(drill, box->again, "t07.key", 77, "ping");
    is_told(drill, box->again, "t08.key", 77, "ping");
    is_told(drill, box->again, "t09.key", 0, "ping");
    /* Nor is a one-time code good again, which may have been used since. */
    snprintf(file, sizeof file, "enrol %s", code);
    is_told(drill, box->again, "new.key", 77, file);
    end_kord(drill);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_lost_clinic_comes_back_from_backup_and_key, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            what_was_revoked_after_the_backup_stays_out, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
