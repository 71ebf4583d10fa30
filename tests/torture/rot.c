/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that rots: a bit turned over in any page of the database and of its
 * write-ahead log, the log cut off at any byte of its last pages, or gone.
 *
 * A service is killed at several moments of its life: before the log is folded
 * in, in the middle of that, after it, and after more was written.  Whatever is
 * then damaged, the next service either refuses to start or to answer, or it
 * answers as it did at one of the moments when something was acknowledged; and
 * that is the last one, but for the last second before the kill. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/log.h"
#include "support/clinic.h"
#include "support/near.h"
#include "support/powervfs.h"
#include "support/torture.h"

#define CLIENTS 5
#define STEPS 24         /* Requests that are acknowledged. */
#define PAGE ((size_t)4096)
#define FRAME (PAGE + 24)
#define LAST_FRAMES 3    /* Cut off at every byte of them. */
#define MOST_IMAGES 8
#define MOST_STATES 64

/* All that the service says of its clients. */
struct told {
    uint8_t hash[crypto_generichash_BYTES];
};

/* What a kill left. */
struct image {
    const char *name;
    struct powervfs *disk;
    int state;           /* Newest of the states at that moment, */
    int noted;           /* and of the last second. */
};

struct bench {
    struct torture *torture;
    struct powervfs *disk;
    struct clinic *clinic;
    char codes[CLIENTS][KOR_CLIENT_CODE_SIZE];
    struct told states[MOST_STATES]; /* After each acknowledged request. */
    int n_states;
    int noted;           /* The state when it last had nothing to do. */
    struct image images[MOST_IMAGES];
    size_t n_images;
    int until_copy;      /* Calls that change the disk, until a kill. */
    int n_refused, n_newest, n_older;
};

/* --- what is said -------------------------------------------------------- */

/* False if it refuses to say. */
static bool
tell(const struct bench *bench, struct clinic *clinic, struct told *told)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof told->hash);
    for (int i = 0; i < CLIENTS; i++) {
        if (clinic_ask(clinic, "show", "{'code': '%s'}", bench->codes[i])
            == KOR_CORRUPT) {
            return false;
        }
        /* Who is not there yet is a refusal that is told as well. */
        const struct kor_call *call = &clinic->call;
        const char *text = call->code == KOR_OK ? kor_buf_text(&call->reply)
                                                : kor_code_wire(call->code);
        crypto_generichash_update(&state, (const unsigned char *)text,
                                  strlen(text) + 1);
    }
    crypto_generichash_final(&state, told->hash, sizeof told->hash);
    return true;
}

static int
find_state(const struct bench *bench, const struct told *told)
{
    for (int i = bench->n_states - 1; i >= 0; i--) {
        if (!memcmp(&bench->states[i], told, sizeof *told)) {
            return i;
        }
    }
    return -1;
}

static void
note_state(struct bench *bench)
{
    assert_true(bench->n_states < MOST_STATES);
    assert_true(tell(bench, bench->clinic,
                     &bench->states[bench->n_states++]));
}

/* --- a life -------------------------------------------------------------- */

static void
keep_image(struct bench *bench, const char *name)
{
    assert_true(bench->n_images < MOST_IMAGES);
    bench->images[bench->n_images++]
        = (struct image){.name = name,
                         .disk = powervfs_copy(bench->disk),
                         .state = bench->n_states - 1,
                         .noted = bench->noted};
}

static void
on_change(void *arg)
{
    struct bench *bench = arg;
    if (bench->until_copy > 0 && --bench->until_copy == 0) {
        keep_image(bench, "in the middle of folding");
    }
}

static void
step(struct bench *bench, int i)
{
    struct clinic *clinic = bench->clinic;
    int client = i % CLIENTS;
    clinic_day(clinic, i);
    if (i < CLIENTS) {
        char date[KOR_DATE_SIZE];
        clinic_ok(clinic, "open", "{'code': '%s', 'date': '%s'}",
                  bench->codes[client], clinic_date(i, date));
    } else {
        clinic_total(clinic, bench->codes[client], "outcome",
                     (double)(i * 13 % 41));
    }
    note_state(bench);
}

static void
be_idle(struct bench *bench)
{
    bench->clinic->now_ms += 1000;
    assert_int_equal(kor_service_idle(bench->clinic->service), KOR_OK);
    bench->noted = bench->n_states - 1;
}

static void
fold(struct bench *bench)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_store_checkpoint(kor_service_store(bench->clinic->service), 0,
                                &err),
           &err);
}

/* Half of it is folded in when the kill comes; the rest then goes well. */
static void
fold_killed(struct bench *bench)
{
    powervfs_listen(bench->disk, on_change, bench);
    bench->until_copy = (int)dice_int(&bench->torture->dice, 4, 12);
    fold(bench);
    powervfs_listen(bench->disk, NULL, NULL);
    assert_int_equal(bench->until_copy, 0);
}

static void
live(struct bench *bench)
{
    /* What it empties once at the start. */
    assert_int_equal(kor_service_idle(bench->clinic->service), KOR_OK);
    for (int i = 0; i < STEPS; i++) {
        step(bench, i);
        if (i == 9) {
            be_idle(bench);
            keep_image(bench, "before folding");
            fold_killed(bench);
            keep_image(bench, "after folding");
        }
        if (i == 12) {
            be_idle(bench);
            keep_image(bench, "with a new log over the old");
        }
    }
    keep_image(bench, "a little later");
}

static int
set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    bench->torture = *state;
    bench->disk = powervfs_new();
    kor_log_set((enum kor_log_level)0);
    for (int i = 0; i < CLIENTS; i++) {
        struct kor_person person = kit_person(i);
        memcpy(bench->codes[i], person.code, sizeof bench->codes[i]);
    }
    bench->clinic = clinic_new_on(powervfs_name(bench->disk));
    clinic_restart(bench->clinic); /* All that was is in the file. */
    note_state(bench);
    live(bench);
    *state = bench;
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    for (size_t i = 0; i < bench->n_images; i++) {
        powervfs_free(bench->images[i].disk);
    }
    clinic_free(bench->clinic);
    powervfs_free(bench->disk);
    free(bench);
    return 0;
}

/* --- damage -------------------------------------------------------------- */

static const char *
path_of(const struct bench *bench, const char *ending, char path[600])
{
    snprintf(path, 600, "%s%s", bench->clinic->config.store_path, ending);
    return path;
}

/* Opens 'disk' and takes note of what it says. */
static void
judge(struct bench *bench, const struct image *image, struct powervfs *disk,
      const char *what, size_t where)
{
    struct kor_err err;
    struct told told;
    kor_err_init(&err, KOR_EN);
    bench->torture->done++;
    struct clinic *clinic
        = clinic_copy_on(bench->clinic, powervfs_name(disk), &err);
    if (!clinic || !tell(bench, clinic, &told)) {
        bench->n_refused++;
    } else {
        int state = find_state(bench, &told);
        bench->n_newest += state == image->state;
        bench->n_older += state < image->state;
        if (state < image->noted || state > image->state) {
            torture_lost(bench->torture, "%s %zu, killed %s: state %d, not "
                         "%d to %d", what, where, image->name, state,
                         image->noted, image->state);
        }
    }
    if (clinic) {
        clinic_free(clinic);
    }
}

/* Turns over a bit of each byte of the first 'head', and of each of what units
 * there are behind it, 'n' times; of some, unless all is to be done. */
static void
turn_bits(struct bench *bench, const struct image *image, const char *ending,
          size_t unit, size_t head, int n)
{
    size_t step_size = bench->torture->is_full ? 1 : 5;
    char path[600];
    size_t size;
    struct dice *dice = &bench->torture->dice;
    (void)powervfs_bytes(image->disk, path_of(bench, ending, path), &size);
    size_t n_units = size < head ? 0 : (size - head + unit - 1) / unit;
    for (size_t i = 0; i < head + n_units * (size_t)n; i += step_size) {
        struct powervfs *copy = powervfs_copy(image->disk);
        size_t from = i < head ? i : head + (i - head) / (size_t)n * unit;
        size_t most = i < head ? from : from + unit - 1;
        size_t at = (size_t)dice_int(
            dice, (int64_t)from, (int64_t)(most < size ? most : size - 1));
        powervfs_bytes(copy, path, &size)[at]
            ^= (uint8_t)(1u << dice_int(dice, 0, 7));
        judge(bench, image, copy, *ending ? "bit in log" : "bit in file", at);
        powervfs_free(copy);
    }
}

/* Cuts the log off at bytes of its last frames, 'step' apart. */
static void
cut_off(struct bench *bench, const struct image *image, size_t step_size)
{
    char path[600];
    size_t size;
    bool is_full = bench->torture->is_full;
    (void)powervfs_bytes(image->disk, path_of(bench, "-wal", path), &size);
    size_t from = size > LAST_FRAMES * FRAME ? size - LAST_FRAMES * FRAME : 0;
    for (size_t at = from; at < size; at += step_size) {
        struct powervfs *copy = powervfs_copy(image->disk);
        powervfs_truncate(copy, path, at);
        judge(bench, image, copy, "log cut off at", at);
        powervfs_free(copy);
    }
    for (size_t at = 0; at < size; at += (is_full ? 1 : 7) * FRAME) {
        struct powervfs *copy = powervfs_copy(image->disk);
        powervfs_truncate(copy, path, at);
        judge(bench, image, copy, "log cut off at", at);
        powervfs_free(copy);
    }
}

static void
nothing_is_quietly_wrong(void **state)
{
    struct bench *bench = *state;
    bool is_full = bench->torture->is_full;
    for (size_t i = 0; i < bench->n_images; i++) {
        const struct image *image = &bench->images[i];
        struct powervfs *copy = powervfs_copy(image->disk);
        int n_newest = bench->n_newest;
        judge(bench, image, copy, "nothing at", 0);
        assert_int_equal(bench->n_newest, n_newest + 1);
        powervfs_free(copy);
        turn_bits(bench, image, "", PAGE, is_full ? 100 : 0, is_full ? 16 : 1);
        turn_bits(bench, image, "-wal", FRAME, is_full ? 56 : 0,
                  is_full ? 16 : 1);
        cut_off(bench, image, is_full ? 1 : 1997);
    }
    printf("%d refused, %d as they were last, %d as just before\n",
           bench->n_refused, bench->n_newest, bench->n_older);
    assert_true(bench->n_refused > 0 && bench->n_newest > 0);
    assert_int_equal(bench->torture->lost, 0);
}

int
main(int argc, char *argv[])
{
    static struct torture torture;
    torture_begin(&torture, "damages", argc, argv, 0, 0);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate_setup_teardown(nothing_is_quietly_wrong,
                                                 set_up, tear_down, &torture),
    };
    return torture_end(&torture, cmocka_run_group_tests(tests, NULL, NULL));
}
