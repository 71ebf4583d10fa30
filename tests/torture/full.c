/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A full disk: again and again the room runs out, at another byte each time,
 * and comes back.
 *
 * In memory, others take all but some bytes between two requests or in the
 * middle of one; and, where one may mount, a real kord on a small disk.  What
 * was acknowledged stays, what was not is told so or is refused, nothing is
 * shown without a row in the access log, and with room it goes on by itself. */

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zmq.h>

#include "kor/base/log.h"
#include "support/ledger.h"
#include "support/live.h"
#include "support/near.h"
#include "support/smalldisk.h"

#define SIZE (64 << 20)
#define RESERVE (256 << 10)
#define MOST_BATCH 8
#define ROUNDS_OF_A_WORLD 10

struct bench {
    struct torture *torture;
    struct smalldisk disk;
    struct clinic *clinic;
    struct ledger *ledger;
    int next, end;    /* Serials of the client at hand. */
    int countdown;    /* Calls that change the disk, until it is full. */
    int n_shown;      /* Looks that were answered. */
};

/* --- asking -------------------------------------------------------------- */

static enum kor_code
ask(struct bench *bench, int serial)
{
    char frame[CLINIC_FRAME_SIZE];
    struct kor_buf reply = {0};
    int heard;
    struct kor_call *call = clinic_call(
        bench->clinic, ledger_frame(bench->ledger, serial, frame));
    assert_int_equal(kor_service_write(bench->clinic->service, &call, 1),
                     KOR_OK);
    kor_call_frame(call, &reply);
    enum kor_code code
        = ledger_hear(bench->ledger, &reply, bench->torture, &heard);
    kor_buf_done(&reply);
    clinic_call_free(call);
    return code;
}

/* Looks at a client, which costs a row of the access log and no more. */
static bool
is_shown(struct bench *bench)
{
    enum kor_code code = clinic_ask(bench->clinic, "caseload", "{}");
    if (code != KOR_OK && code != KOR_NOT_STORED) {
        torture_lost(bench->torture, "a look is refused: %s",
                     kor_code_wire(code));
    }
    bench->n_shown += code == KOR_OK;
    return code == KOR_OK;
}

static void
check(struct bench *bench, bool is_settled)
{
    ledger_check(bench->ledger, bench->clinic->config.store_path,
                 bench->clinic->config.vfs, is_settled, bench->torture);
    int64_t n_rows = clinic_sql(bench->clinic,
                                "SELECT count(*) FROM access_log WHERE "
                                "action = 'caseload' AND outcome = 'ok'");
    if (n_rows != bench->n_shown) {
        torture_lost(bench->torture, "%d looks, but %lld rows of them",
                     bench->n_shown, (long long)n_rows);
    }
}

/* --- the room runs out --------------------------------------------------- */

/* Others take the room just before the disk changes. */
static void
on_change(void *arg)
{
    struct bench *bench = arg;
    if (bench->countdown > 0 && --bench->countdown == 0) {
        smalldisk_fill(&bench->disk,
                       dice_int(&bench->torture->dice, 0, 20000));
    }
}

/* Writes until it is refused. */
static void
write_on(struct bench *bench)
{
    enum kor_code code = KOR_OK;
    for (int i = 0; i < 500 && code == KOR_OK; i++) {
        if (bench->next == bench->end) {
            bench->next = ledger_take(bench->ledger);
            bench->end = bench->next + LEDGER_BLOCK;
        }
        code = ask(bench, bench->next++);
    }
    if (code != KOR_NOT_STORED) {
        torture_lost(bench->torture, "a full disk is called %s",
                     kor_code_wire(code));
    }
}

/* While it is full: looks go on for a while, nothing new does. */
static void
be_full(struct bench *bench)
{
    struct dice *dice = &bench->torture->dice;
    int most = (int)dice_int(dice, 0, 60), n = 0;
    while (n < most && is_shown(bench)) {
        n++;
    }
    if (n < most && n < 10) { /* Of 25 at least that the reserve has. */
        torture_lost(bench->torture, "only %d looks in the reserve", n);
    }
    if (ask(bench, bench->next - 1) == KOR_OK) {
        torture_lost(bench->torture, "stored, though there is no room");
    }
    if (dice_int(dice, 0, 3) == 0) {
        clinic_restart(bench->clinic);
        (void)is_shown(bench);
    }
    check(bench, false);
}

static void
have_room_again(struct bench *bench)
{
    smalldisk_empty(&bench->disk);
    bench->clinic->now_ms += 1000;
    assert_int_equal(kor_service_idle(bench->clinic->service), KOR_OK);
    if (kor_service_reserve(bench->clinic->service) != KOR_RESERVE_NORMAL) {
        torture_lost(bench->torture, "it does not go on");
    }
    for (int i = bench->end - LEDGER_BLOCK; i < bench->next; i++) {
        if (ask(bench, i) != KOR_OK) {
            torture_lost(bench->torture, "%d cannot be asked again", i);
        }
    }
    assert_true(is_shown(bench));
    check(bench, true);
}

static void
world(struct bench *bench)
{
    struct torture *torture = bench->torture;
    bench->ledger = ledger_new();
    bench->next = bench->end = bench->n_shown = 0;
    smalldisk_new(&bench->disk, SIZE);
    bench->clinic = smalldisk_clinic(&bench->disk, RESERVE);
    powervfs_listen(bench->disk.power, on_change, bench);
    for (int i = 0; i < ROUNDS_OF_A_WORLD && torture->done < torture->wanted;
         i++) {
        bench->countdown = (int)dice_int(&torture->dice, 1, 300);
        write_on(bench);
        be_full(bench);
        have_room_again(bench);
        torture->done++;
    }
    powervfs_listen(bench->disk.power, NULL, NULL);
    clinic_free(bench->clinic);
    smalldisk_free(&bench->disk);
    ledger_free(bench->ledger);
}

static void
whatever_was_acknowledged_outlives_a_full_disk(void **state)
{
    struct bench bench = {.torture = *state};
    kor_log_set((enum kor_log_level)0);
    while (bench.torture->done < bench.torture->wanted) {
        world(&bench);
    }
    assert_int_equal(bench.torture->lost, 0);
}

/* --- a real disk --------------------------------------------------------- */

struct real {
    struct torture *torture;
    struct live live;
    struct ledger *ledger;
    char folder[KIT_PATH_SIZE];
    char ballast[KIT_PATH_SIZE + 32];
    void *socket;
    struct kor_buf reply;
};

/* A small disk of our own, which goes with this process. */
static bool
mount_small(const char *folder)
{
    return unshare(CLONE_NEWNS) == 0
        && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0
        && mount("none", folder, "tmpfs", 0, "size=12m") == 0;
}

static void
set_reserve(const struct live *live, int mb)
{
    char path[KIT_PATH_SIZE + 32];
    snprintf(path, sizeof path, "%s/kord.ini", live->folder);
    FILE *file = fopen(path, "ae");
    assert_non_null(file);
    fprintf(file, "reserve_mb = %d\n", mb);
    assert_int_equal(fclose(file), 0);
}

/* A file takes all that is left. */
static void
fill_real(const struct real *real)
{
    static const char zeros[4096];
    int fd = open(real->ballast, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    while (write(fd, zeros, sizeof zeros) > 0) {
    }
    close(fd);
}

static enum kor_code
send_and_hear(struct real *real, const char *frame)
{
    assert_true(zmq_send(real->socket, frame, strlen(frame), 0) >= 0);
    assert_true(live_receive(real->socket, LIVE_MS, &real->reply));
    return live_code(&real->reply);
}

static enum kor_code
ask_real(struct real *real, int serial)
{
    char frame[CLINIC_FRAME_SIZE];
    int heard;
    (void)send_and_hear(real, ledger_frame(real->ledger, serial, frame));
    return ledger_hear(real->ledger, &real->reply, real->torture, &heard);
}

static enum kor_code
look_real(struct real *real, const char *verb)
{
    char frame[CLINIC_FRAME_SIZE];
    clinic_frame(frame, 900000000, verb, "{}");
    return send_and_hear(real, frame);
}

/* It looks for room once a second. */
static bool
is_stored_in_the_end(struct real *real, int serial)
{
    enum kor_code code = KOR_NOT_STORED;
    for (int i = 0; i < 100 && code == KOR_NOT_STORED; i++) {
        zmq_poll(NULL, 0, 50);
        code = ask_real(real, serial);
    }
    return code == KOR_OK;
}

static void
fill_once(struct real *real, int *next)
{
    int serial = *next;
    while (serial % 10 != 9) {
        assert_int_equal(ask_real(real, serial++), KOR_OK);
    }
    fill_real(real);
    enum kor_code code = KOR_OK;
    while (code == KOR_OK) { /* There is room in the log of before. */
        code = ask_real(real, serial++);
    }
    assert_int_equal(code, KOR_NOT_STORED);
    assert_int_equal(look_real(real, "caseload"), KOR_OK);
    assert_int_equal(look_real(real, "ping"), KOR_OK);
    assert_int_equal(ask_real(real, serial - 1), KOR_NOT_STORED);
    assert_int_equal(unlink(real->ballast), 0);
    if (!is_stored_in_the_end(real, serial - 1)) {
        torture_lost(real->torture, "kord does not go on");
    }
    *next = serial;
    real->torture->done++;
}

static void
a_real_kord_goes_on_when_there_is_room_again(void **state)
{
    struct real real = {.torture = *state, .ledger = ledger_new()};
    char path[KIT_PATH_SIZE + 16];
    kit_folder(real.folder);
    if (!mount_small(real.folder)) {
        print_message("nothing can be mounted here\n");
        kit_folder_remove(real.folder);
        ledger_free(real.ledger);
        skip();
    }
    snprintf(path, sizeof path, "%s/clinic", real.folder);
    snprintf(real.ballast, sizeof real.ballast, "%s/ballast", real.folder);
    live_init(&real.live, path);
    set_reserve(&real.live, 1);
    live_start(&real.live, NULL);
    real.socket = live_connect(&real.live);
    int next = ledger_take(real.ledger);
    for (int i = 0; i < (real.torture->is_full ? 4 : 1); i++) {
        fill_once(&real, &next);
    }
    live_hang_up(&real.live, real.socket);
    assert_int_equal(live_stop(&real.live), 0);
    ledger_check(real.ledger, real.live.store, NULL, true, real.torture);
    live_done(&real.live);
    assert_int_equal(umount2(real.folder, MNT_DETACH), 0);
    kit_folder_remove(real.folder);
    ledger_free(real.ledger);
    kor_buf_done(&real.reply);
    assert_int_equal(real.torture->lost, 0);
}

int
main(int argc, char *argv[])
{
    static struct torture torture;
    torture_begin(&torture, "fills", argc, argv, 20, 1000);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(
            whatever_was_acknowledged_outlives_a_full_disk, &torture),
        cmocka_unit_test_prestate(
            a_real_kord_goes_on_when_there_is_room_again, &torture),
    };
    return torture_end(&torture, cmocka_run_group_tests(tests, NULL, NULL));
}
