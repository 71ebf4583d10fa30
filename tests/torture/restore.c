/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Restore drills: kord is loaded, backed up meanwhile, killed, lost with all its
 * folder, and restored from backup and key.  All that was acknowledged before
 * the backup began is there once, nothing is there that was not asked for, and
 * the same request gets the same answer again. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zmq.h>

#include "support/ledger.h"
#include "support/live.h"
#include "support/near.h"
#include "support/strongbox.h"

#define WINDOW 16      /* Requests in flight. */
#define LEAST 100      /* Acknowledged before the backup begins. */
#define MOST 1500

struct bench {
    struct torture *torture;
    struct strongbox *box;
    struct live live;
    void *socket;
    struct ledger *now;    /* All there was. */
    struct ledger *before; /* What was acknowledged before the backup began;
                              null until then. */
    int next, end;         /* Serials of the client whose turn it is. */
    int n_out;             /* Requests in flight. */
    struct kor_buf reply;
};

/* --- load ---------------------------------------------------------------- */

static void
send_serial(struct bench *bench, struct ledger *ledger, int serial)
{
    char frame[CLINIC_FRAME_SIZE];
    ledger_frame(ledger, serial, frame);
    assert_true(zmq_send(bench->socket, frame, strlen(frame), 0) >= 0);
    bench->n_out++;
}

/* What is asked while the backup is made may be in it or not. */
static void
send_new(struct bench *bench)
{
    char frame[CLINIC_FRAME_SIZE];
    if (bench->next == bench->end) {
        bench->next = ledger_take(bench->now);
        bench->end = bench->next + LEDGER_BLOCK;
        if (bench->before) {
            assert_int_equal(ledger_take(bench->before), bench->next);
        }
    }
    if (bench->before) {
        (void)ledger_frame(bench->before, bench->next, frame);
    }
    send_serial(bench, bench->now, bench->next++);
}

/* Takes what has come, and waits for something if nothing has. */
static void
hear(struct bench *bench, struct ledger *ledger)
{
    int wait_ms = LIVE_MS, serial;
    while (bench->n_out > 0
           && live_receive(bench->socket, wait_ms, &bench->reply)) {
        enum kor_code code = ledger_hear(ledger, &bench->reply,
                                         bench->torture, &serial);
        if (code != KOR_OK) {
            torture_lost(bench->torture, "%d is refused: %.300s", serial,
                         bench->reply.text);
        }
        bench->n_out--;
        wait_ms = 0;
    }
    assert_int_equal(wait_ms, 0);
}

static void
load(struct bench *bench)
{
    while (bench->n_out < WINDOW) {
        send_new(bench);
    }
    hear(bench, bench->now);
}

static void
serve(struct bench *bench, const char *folder)
{
    live_adopt(&bench->live, folder);
    live_start(&bench->live, NULL);
    bench->socket = live_connect(&bench->live);
    bench->n_out = 0;
}

static void
lose(struct bench *bench)
{
    live_kill(&bench->live);
    live_hang_up(&bench->live, bench->socket);
    live_done(&bench->live);
}

/* --- the drill ----------------------------------------------------------- */

static void
back_up_under_load(struct bench *bench)
{
    const struct strongbox *box = bench->box;
    char line[1024];
    int fd, status = 0;
    snprintf(line, sizeof line, "backup %s %s --key %s.pub", box->clinic,
             box->file, box->key);
    bench->before = ledger_copy(bench->now);
    pid_t pid = run_kord_start(line, &fd);
    do {
        load(bench);
    } while (waitpid(pid, &status, WNOHANG) == 0);
    close(fd);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* The operator keeps the key, which is in no backup. */
static void
move_key(const char *from, const char *to)
{
    char old[KOR_DISK_PATH_SIZE], fresh[KOR_DISK_PATH_SIZE];
    assert_int_equal(rename(kor_disk_path(from, "operator.key", old),
                            kor_disk_path(to, "operator.key", fresh)),
                     0);
}

/* Asks once more for all that was acknowledged. */
static void
ask_again(struct bench *bench)
{
    int n = (int)ledger_count(bench->before);
    for (int serial = 0; n > 0; serial++) {
        if (ledger_is_acknowledged(bench->before, serial)) {
            send_serial(bench, bench->before, serial);
            n--;
        }
        if (bench->n_out == WINDOW || n == 0) {
            hear(bench, bench->before);
        }
    }
    while (bench->n_out > 0) {
        hear(bench, bench->before);
    }
}

static void
drill(struct bench *bench)
{
    struct strongbox *box = bench->box;
    char path[KOR_DISK_PATH_SIZE], keys[KOR_DISK_PATH_SIZE];
    int64_t enough = dice_int(&bench->torture->dice, LEAST, MOST);
    serve(bench, box->clinic);
    while (ledger_count(bench->now) < enough) {
        load(bench);
    }
    back_up_under_load(bench);
    move_key(kor_disk_path(box->clinic, "keys", keys), box->base);
    lose(bench);
    strongbox_kord(box, 0, "verify %s --key %s --scratch %s", box->file,
                   box->key, box->scratch);
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    ledger_check(bench->before, kor_disk_path(box->again, "kor.db", path),
                 NULL, false, bench->torture);
    move_key(box->base, kor_disk_path(box->again, "keys", keys));
    serve(bench, box->again);
    ask_again(bench);
    lose(bench);
}

static void
what_was_acknowledged_before_a_backup_comes_back_with_it(void **state)
{
    struct bench bench = {.torture = *state};
    int64_t n = 0;
    for (; bench.torture->done < bench.torture->wanted;
         bench.torture->done++) {
        bench.box = strongbox_new();
        bench.now = ledger_new();
        bench.next = bench.end = 0;
        drill(&bench);
        n += ledger_count(bench.before);
        ledger_free(bench.now);
        ledger_free(bench.before);
        bench.before = NULL;
        strongbox_free(bench.box);
    }
    kor_buf_done(&bench.reply);
    printf("%lld requests acknowledged before their backup\n", (long long)n);
    assert_int_equal(bench.torture->lost, 0);
}

int
main(int argc, char *argv[])
{
    static struct torture torture;
    torture_begin(&torture, "restores", argc, argv, 1, 50);
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(
        what_was_acknowledged_before_a_backup_comes_back_with_it, &torture)};
    return torture_end(&torture, cmocka_run_group_tests(tests, NULL, NULL));
}
