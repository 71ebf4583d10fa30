/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What waits for the daemon: kept, told to nobody, delivered in order and
 * once, whatever happens to disk, clock, processes and keys. */

#include "support/near.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zmq.h>

#include "kor/base/alloc.h"
#include "kor/base/file.h"
#include "lib/delivery.h"
#include "support/fake_clinic.h"
#include "support/storekit.h"

#define CODE "36AE-PRNX"
#define ENTERED_MS 1795266000000

struct desk {
    struct kor_clock clock; /* First: the clock finds the desk by it. */
    int64_t now_ms;
    char root[KIT_PATH_SIZE];
    struct fake_clinic *clinic;
    struct kor_place place;
    struct kor_client *client;
    struct kor_outbox *outbox;
    char ids[8][KOR_UUID_TEXT_SIZE]; /* Of what was kept. */
    int n_kept;
    struct kor_delivery delivery;    /* The last one. */
    char told[8][KOR_UUID_TEXT_SIZE];
    int n_told;
    struct kor_err why;              /* The last refusal. */
    bool dies;                       /* As soon as something is stored. */
};

static int64_t
stopped_clock(const struct kor_clock *clock)
{
    return ((const struct desk *)clock)->now_ms;
}

static int64_t
running_clock(const struct kor_clock *clock)
{
    (void)clock;
    return kor_clock_system()->mono_ms(kor_clock_system());
}

/* Another minute at every look. */
static int64_t
leaping_clock(const struct kor_clock *clock)
{
    static int64_t minutes;
    (void)clock;
    return ++minutes * 60000;
}

static void
open_outbox(struct desk *desk)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kor_outbox_free(desk->outbox);
    kit_ok(kor_outbox_open(&desk->place, &desk->clock, &desk->outbox, &err),
           &err);
}

/* Who answers has time enough; who does not is not waited for longer than
 * need be. */
static void
connect_client(struct desk *desk, bool is_answered)
{
    struct kor_client_options options = kor_client_options_default();
    options.tries = 1;
    options.wait_ms = is_answered ? 10000 : 1000;
    assert_int_equal(kor_client_new(&desk->place, &options, &desk->client,
                                    NULL), KOR_OK);
}

/* Reads the place anew: that of the daemon, or of nobody. */
static void
go_to(struct desk *desk, const char *folder)
{
    assert_int_equal(kor_place_load(folder, NULL, &desk->place, NULL),
                     KOR_OK);
    open_outbox(desk);
    kor_client_free(desk->client);
    connect_client(desk, folder != desk->clinic->away);
}

static int
set_up(void **state)
{
    struct desk *desk = kor_alloc(sizeof *desk);
    *state = desk;
    desk->clock.now_ms = stopped_clock;
    desk->clock.mono_ms = running_clock;
    desk->now_ms = ENTERED_MS;
    kit_folder(desk->root);
    setenv("KOR_OUTBOX", desk->root, 1);
    desk->clinic = fake_clinic_new();
    go_to(desk, fake_clinic_folder(desk->clinic));
    return 0;
}

static int
tear_down(void **state)
{
    struct desk *desk = *state;
    kor_client_free(desk->client);
    kor_outbox_free(desk->outbox);
    fake_clinic_free(desk->clinic);
    kit_folder_remove(desk->root);
    free(desk);
    return 0;
}

/* --- what is done -------------------------------------------------------- */

static void
make_question(struct desk *desk, double total, struct kor_question *question)
{
    struct kor_msg_record record;
    struct kor_msg_answer answer;
    kor_message_init(&kor_message_record, &record);
    kor_message_init(&kor_message_answer, &answer);
    strcpy(record.code, CODE);
    strcpy(answer.scale, "outcome");
    answer.total = total;
    record.answers = &answer;
    record.n_answers = 1;
    kor_client_question(desk->client, KOR_VERB_RECORD, &record, question);
}

static enum kor_code
try_to_keep(struct desk *desk, double total, struct kor_err *err)
{
    struct kor_question question;
    size_t n_waiting = 0;
    kor_err_init(err, KOR_EN);
    make_question(desk, total, &question);
    enum kor_code code
        = kor_outbox_keep(desk->outbox, &question, &n_waiting, err);
    strcpy(desk->ids[desk->n_kept & 7], question.id);
    kor_question_done(&question);
    return code;
}

static void
keep(struct desk *desk, double total)
{
    struct kor_err err;
    kit_ok(try_to_keep(desk, total, &err), &err);
    desk->n_kept++;
}

static void
on_stored(void *user, const struct kor_outbox_entry *entry,
          const struct kor_msg_recorded *recorded)
{
    struct desk *desk = user;
    (void)recorded;
    if (desk->dies) {
        _exit(0);
    }
    strcpy(desk->told[desk->n_told++ & 7], entry->id);
}

static void
on_refused(void *user, const struct kor_outbox_entry *entry,
           const struct kor_err *why)
{
    struct desk *desk = user;
    (void)entry;
    desk->why = *why;
}

static enum kor_code
deliver(struct desk *desk, bool tries_refused)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    desk->delivery = (struct kor_delivery){.tries_refused = tries_refused,
                                           .on_stored = on_stored,
                                           .on_refused = on_refused,
                                           .user = desk};
    desk->n_told = 0;
    return kor_deliver(&desk->delivery, desk->client, desk->outbox, &err);
}

/* How many entries there are in that state ("" for any); the last of them is
 * copied to 'entry', which may be null. */
static size_t
count(struct desk *desk, const char *state, struct kor_outbox_entry *entry)
{
    struct kor_outbox_entry *entries;
    size_t n, found = 0;
    assert_int_equal(kor_outbox_list(desk->outbox, &entries, &n, NULL),
                     KOR_OK);
    for (size_t i = 0; i < n; i++) {
        if (!*state || !strcmp(entries[i].state, state)) {
            found++;
            if (entry) {
                *entry = entries[i];
            }
        }
    }
    free(entries);
    return found;
}

/* The path of the one folder under the root. */
static void
own_folder(const struct desk *desk, char path[2 * KIT_PATH_SIZE])
{
    DIR *dir = opendir(desk->root);
    const struct dirent *file;
    path[0] = '\0';
    while ((file = readdir(dir))) {
        if (file->d_name[0] != '.') {
            snprintf(path, 2 * KIT_PATH_SIZE, "%s/%.200s", desk->root,
                     file->d_name);
        }
    }
    closedir(dir);
    assert_true(path[0]);
}

/* The path of the entry 'i' of those that are there. */
static void
path_of(struct desk *desk, size_t i, char path[3 * KIT_PATH_SIZE])
{
    struct kor_outbox_entry *entries;
    size_t n;
    char folder[2 * KIT_PATH_SIZE];
    own_folder(desk, folder);
    assert_int_equal(kor_outbox_list(desk->outbox, &entries, &n, NULL),
                     KOR_OK);
    assert_true(i < n);
    snprintf(path, 3 * KIT_PATH_SIZE, "%s/%s", folder, entries[i].name);
    free(entries);
}

/* --- kept and delivered -------------------------------------------------- */

static void
what_was_kept_is_delivered_in_order_and_once(void **state)
{
    struct desk *desk = *state;
    for (int i = 0; i < 4; i++) {
        keep(desk, 20 + i);
        desk->now_ms -= 3600000; /* The clock goes back all the time. */
    }
    assert_int_equal(count(desk, "waiting", NULL), 4);
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->delivery.n_stored, 4);
    assert_int_equal(desk->clinic->n_stored, 4);
    for (int i = 0; i < 4; i++) {
        assert_string_equal(desk->clinic->stored[i], desk->ids[i]);
        assert_string_equal(desk->told[i], desk->ids[i]);
    }
    assert_int_equal(count(desk, "", NULL), 0);
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->clinic->n_asked, 4);
}

static void
an_entry_is_as_old_as_it_is_and_never_younger_than_now(void **state)
{
    struct desk *desk = *state;
    keep(desk, 20);
    desk->now_ms += 93784005; /* A day, 2 h, 3 min, 4 s and 5 ms. */
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_true(desk->clinic->is_sealed);
    assert_int_equal(desk->clinic->age_ms, 93784005);
    keep(desk, 20);
    desk->now_ms -= 1000;
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->clinic->age_ms, 0);
}

static void
while_nobody_answers_all_of_it_waits(void **state)
{
    struct desk *desk = *state;
    go_to(desk, desk->clinic->away);
    keep(desk, 20);
    keep(desk, 21);
    assert_int_equal(deliver(desk, false), KOR_AWAY);
    assert_true(desk->delivery.is_stopped);
    assert_int_equal(count(desk, "waiting", NULL), 2);
    /* The same keys: it is the same outbox. */
    go_to(desk, fake_clinic_folder(desk->clinic));
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->clinic->n_stored, 2);
}

static void
what_was_stored_unheard_is_not_stored_again(void **state)
{
    struct desk *desk = *state;
    struct kor_question question;
    struct kor_msg_recorded recorded;
    size_t n = 0;
    desk->clinic->is_silent = true;
    kor_client_free(desk->client);
    connect_client(desk, false);
    make_question(desk, 20, &question);
    assert_int_equal(kor_client_put(desk->client, &question, &recorded,
                                    NULL), KOR_AWAY);
    assert_false(question.is_answered);
    assert_int_equal(kor_outbox_keep(desk->outbox, &question, &n, NULL),
                     KOR_OK);
    assert_int_equal(n, 1);
    assert_int_equal(desk->clinic->n_stored, 1);
    desk->clinic->is_silent = false;
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->clinic->n_stored, 1);
    assert_string_equal(desk->clinic->stored[0], question.id);
    assert_string_equal(desk->clinic->text, question.frame.text);
    kor_question_done(&question);
}

static void
what_was_stored_so_long_ago_that_nobody_knows_the_answer_leaves(void **state)
{
    struct desk *desk = *state;
    keep(desk, 20);
    strcpy(desk->clinic->stored[desk->clinic->n_stored++], desk->ids[0]);
    desk->clinic->has_forgotten = true;
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->delivery.n_stored, 1);
    assert_int_equal(count(desk, "", NULL), 0);
}

/* --- refusals ------------------------------------------------------------ */

static void
a_refusal_is_kept_without_its_words_and_blocks_nobody(void **state)
{
    struct desk *desk = *state;
    struct kor_outbox_entry entry;
    keep(desk, 77);
    keep(desk, 21);
    strcpy(desk->clinic->refused, "\"total\":77");
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->delivery.n_stored, 1);
    assert_int_equal(desk->delivery.n_refused, 1);
    assert_string_equal(desk->why.text, FAKE_CLINIC_REFUSAL);
    assert_int_equal(count(desk, "refused", &entry), 1);
    assert_string_equal(entry.id, desk->ids[0]);
    assert_string_equal(entry.code, "bad-value");
    assert_string_equal(entry.field, "answers[0].values");
    assert_int_equal(entry.entered_ms, ENTERED_MS);
    /* It goes again only if that is asked for. */
    desk->clinic->refused[0] = '\0';
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(count(desk, "refused", NULL), 1);
    assert_int_equal(deliver(desk, true), KOR_OK);
    assert_int_equal(count(desk, "", NULL), 0);
    assert_string_equal(desk->clinic->stored[1], desk->ids[0]);
}

static void
what_passes_stops_the_delivery_so_that_none_overtakes(void **state)
{
    static const enum kor_code codes[]
        = {KOR_BUSY, KOR_NOT_STORED, KOR_UNCERTAIN, KOR_CORRUPT};
    struct desk *desk = *state;
    keep(desk, 20);
    keep(desk, 21);
    for (size_t i = 0; i < KOR_LENGTH(codes); i++) {
        desk->clinic->refusal = codes[i];
        assert_int_equal(deliver(desk, false), codes[i]);
        assert_true(desk->delivery.is_stopped);
        assert_int_equal(count(desk, "waiting", NULL), 2);
    }
    desk->clinic->refusal = KOR_OK;
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_string_equal(desk->clinic->stored[0], desk->ids[0]);
    assert_string_equal(desk->clinic->stored[1], desk->ids[1]);
}

/* --- who reads the disk -------------------------------------------------- */

static int
no_word_of_it(const char *path, const struct stat *st, int type,
              struct FTW *ftw)
{
    static const char *const words[]
        = {"36AE", "PRNX", "outcome", "total", "73.25", "item"};
    struct kor_buf bytes = {0};
    (void)ftw;
    assert_int_equal(st->st_mode & 077, 0);
    if (type == FTW_F) {
        assert_int_equal(kor_file_read(path, 1 << 20, &bytes, NULL), KOR_OK);
    }
    for (size_t i = 0; i < KOR_LENGTH(words); i++) {
        assert_null(strstr(path, words[i]));
        assert_null(memmem(kor_buf_text(&bytes), bytes.size, words[i],
                           strlen(words[i])));
    }
    kor_buf_done(&bytes);
    return 0;
}

static void
a_stolen_disk_tells_no_code_and_no_score(void **state)
{
    struct desk *desk = *state;
    struct kor_question question;
    mode_t old = umask(0);
    make_question(desk, 73.25, &question);
    assert_non_null(strstr(question.frame.text, "73.25"));
    assert_non_null(strstr(question.frame.text, CODE));
    kor_question_done(&question);
    keep(desk, 73.25);
    keep(desk, 73.25);
    strcpy(desk->clinic->refused, desk->ids[1]);
    assert_int_equal(deliver(desk, false), KOR_OK);
    keep(desk, 73.25);
    assert_int_equal(count(desk, "refused", NULL), 1);
    assert_int_equal(count(desk, "waiting", NULL), 1);
    assert_int_equal(nftw(desk->root, no_word_of_it, 8, FTW_PHYS), 0);
    umask(old);
}

static void
the_own_key_opens_nothing_of_it(void **state)
{
    struct desk *desk = *state;
    struct kor_outbox_entry entry;
    struct kor_buf frame = {0}, plain = {0};
    struct kor_sealed sealed;
    uint8_t own_public[32], own_secret[32];
    keep(desk, 20);
    assert_int_equal(count(desk, "waiting", &entry), 1);
    assert_int_equal(kor_outbox_frame(desk->outbox, &entry, &frame, NULL),
                     KOR_OK);
    assert_true(kor_sealed_read(frame.text, frame.size, &sealed));
    zmq_z85_decode(own_public, desk->place.keys.public_key);
    zmq_z85_decode(own_secret, desk->place.keys.secret_key);
    assert_false(kor_unseal(&sealed, own_public, own_secret, &plain));
    assert_false(kor_unseal(&sealed, desk->clinic->public_key, own_secret,
                            &plain));
    kor_buf_done(&frame);
}

static void
other_keys_have_an_outbox_of_their_own(void **state)
{
    struct desk *desk = *state;
    keep(desk, 20);
    assert_int_equal(zmq_curve_keypair(desk->place.keys.public_key,
                                       desk->place.keys.secret_key), 0);
    open_outbox(desk);
    assert_int_equal(count(desk, "", NULL), 0);
    assert_int_equal(kor_outbox_elsewhere(desk->outbox), 1);
    keep(desk, 21);
    go_to(desk, fake_clinic_folder(desk->clinic));
    zmq_curve_keypair(desk->place.server, desk->place.keys.secret_key);
    open_outbox(desk);
    assert_int_equal(count(desk, "", NULL), 0);
    assert_int_equal(kor_outbox_elsewhere(desk->outbox), 2);
    go_to(desk, fake_clinic_folder(desk->clinic));
    assert_int_equal(count(desk, "waiting", NULL), 1);
    assert_int_equal(kor_outbox_elsewhere(desk->outbox), 1);
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->clinic->n_stored, 1);
}

/* --- crashes, disks, other processes ------------------------------------- */

/* Begins 'act' in a process of its own, with sockets of its own: those that it
 * was born with are the parent's. */
static pid_t
begin_child(struct desk *desk, int (*act)(struct desk *desk))
{
    pid_t pid = fork();
    if (pid == 0) {
        connect_client(desk, true);
        _exit(act(desk));
    }
    assert_true(pid > 0);
    return pid;
}

static int
end_child(pid_t pid)
{
    int status;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
deliver_all(struct desk *desk)
{
    return (int)deliver(desk, false);
}

static void
who_dies_between_delivery_and_removal_stores_nothing_twice(void **state)
{
    struct desk *desk = *state;
    keep(desk, 20);
    keep(desk, 21);
    desk->dies = true;
    assert_int_equal(end_child(begin_child(desk, deliver_all)), 0);
    desk->dies = false;
    assert_int_equal(desk->clinic->n_asked, 1);
    assert_int_equal(count(desk, "waiting", NULL), 2);
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->clinic->n_asked, 3);
    assert_int_equal(desk->clinic->n_stored, 2);
    assert_string_equal(desk->clinic->stored[0], desk->ids[0]);
    assert_string_equal(desk->clinic->stored[1], desk->ids[1]);
}

#define MANY 6

static void
processes_at_once_deliver_each_entry_once(void **state)
{
    struct desk *desk = *state;
    pid_t pids[3];
    for (int i = 0; i < MANY; i++) {
        keep(desk, i);
    }
    for (size_t i = 0; i < KOR_LENGTH(pids); i++) {
        pids[i] = begin_child(desk, deliver_all);
    }
    for (size_t i = 0; i < KOR_LENGTH(pids); i++) {
        assert_int_equal(end_child(pids[i]), KOR_OK);
    }
    assert_int_equal(desk->clinic->n_asked, MANY);
    assert_int_equal(desk->clinic->n_stored, MANY);
    for (int i = 0; i < MANY; i++) {
        assert_string_equal(desk->clinic->stored[i], desk->ids[i]);
    }
}

#define EACH 5

static int
keep_some(struct desk *desk)
{
    for (int i = 0; i < EACH; i++) {
        keep(desk, i);
    }
    return 0;
}

static void
processes_at_once_keep_all_that_they_have(void **state)
{
    struct desk *desk = *state;
    pid_t pids[3];
    for (size_t i = 0; i < KOR_LENGTH(pids); i++) {
        pids[i] = begin_child(desk, keep_some);
    }
    for (size_t i = 0; i < KOR_LENGTH(pids); i++) {
        assert_int_equal(end_child(pids[i]), 0);
    }
    assert_int_equal(count(desk, "waiting", NULL), 3 * EACH);
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->clinic->n_stored, 3 * EACH);
}

static void
what_a_broken_write_left_is_nobody_s_and_goes(void **state)
{
    struct desk *desk = *state;
    char folder[2 * KIT_PATH_SIZE], left[3 * KIT_PATH_SIZE];
    keep(desk, 20);
    own_folder(desk, folder);
    snprintf(left, sizeof left, "%s/000000002-%s" KOR_FILE_NEW "4711",
             folder, desk->ids[0]);
    assert_int_equal(kor_file_write(left, "KOR OUT", 7, 0600, NULL), KOR_OK);
    assert_int_equal(count(desk, "", NULL), 1);
    keep(desk, 21);
    assert_int_equal(access(left, F_OK), -1);
    assert_int_equal(count(desk, "waiting", NULL), 2);
}

static int
keep_on_a_full_disk(struct desk *desk)
{
    const struct rlimit none = {100, 100};
    struct kor_err err;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &none);
    return (int)try_to_keep(desk, 21, &err);
}

static void
on_a_full_disk_nothing_is_kept_and_nothing_is_harmed(void **state)
{
    struct desk *desk = *state;
    keep(desk, 20);
    assert_int_equal(end_child(begin_child(desk, keep_on_a_full_disk)),
                     KOR_CANNOT_CREATE);
    assert_int_equal(count(desk, "", NULL), 1);
    assert_int_equal(deliver(desk, false), KOR_OK);
    assert_int_equal(desk->clinic->n_stored, 1);
}

static void
where_no_folder_can_be_nothing_is_kept(void **state)
{
    struct desk *desk = *state;
    struct kor_err err;
    setenv("KOR_OUTBOX", "/dev/null/outbox", 1);
    open_outbox(desk);
    assert_int_equal(try_to_keep(desk, 20, &err), KOR_CANNOT_CREATE);
    assert_non_null(strstr(err.text, "/dev/null"));
    char *home = kor_strdup(getenv("HOME") ? getenv("HOME") : "/");
    unsetenv("KOR_OUTBOX");
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    kor_outbox_free(desk->outbox);
    assert_int_equal(kor_outbox_open(&desk->place, &desk->clock,
                                     &desk->outbox, &err), KOR_CONFIG);
    setenv("HOME", home, 1);
    free(home);
}

static void
without_a_word_it_lies_in_the_home(void **state)
{
    struct desk *desk = *state;
    char path[2 * KIT_PATH_SIZE];
    char *home = kor_strdup(getenv("HOME") ? getenv("HOME") : "/");
    unsetenv("KOR_OUTBOX");
    unsetenv("XDG_STATE_HOME");
    setenv("HOME", desk->root, 1);
    open_outbox(desk);
    keep(desk, 20);
    snprintf(path, sizeof path, "%s/.local/state/kor/outbox", desk->root);
    assert_int_equal(access(path, F_OK), 0);
    snprintf(path, sizeof path, "%s/state", desk->root);
    setenv("XDG_STATE_HOME", path, 1);
    open_outbox(desk);
    assert_int_equal(count(desk, "", NULL), 0);
    keep(desk, 20);
    snprintf(path, sizeof path, "%s/state/kor/outbox", desk->root);
    assert_int_equal(access(path, F_OK), 0);
    unsetenv("XDG_STATE_HOME");
    setenv("HOME", home, 1);
    free(home);
}

static void
a_damaged_file_is_shown_and_blocks_nobody(void **state)
{
    struct desk *desk = *state;
    char path[3 * KIT_PATH_SIZE];
    struct kor_outbox_entry entry;
    struct kor_buf bytes = {0};
    for (int i = 0; i < 4; i++) {
        keep(desk, 20 + i);
    }
    path_of(desk, 0, path);
    assert_int_equal(kor_file_read(path, 1 << 20, &bytes, NULL), KOR_OK);
    bytes.text[bytes.size - 3] ^= 1; /* In the box, */
    assert_int_equal(kor_file_write(path, bytes.text, bytes.size, 0600,
                                    NULL), KOR_OK);
    path_of(desk, 1, path);
    assert_int_equal(truncate(path, 40), 0); /* half a line, */
    path_of(desk, 2, path);
    assert_int_equal(truncate(path, 0), 0); /* nothing at all. */
    assert_int_equal(count(desk, "damaged", &entry), 3);
    assert_string_equal(entry.id, desk->ids[2]);
    assert_int_equal(deliver(desk, true), KOR_OK);
    assert_int_equal(desk->clinic->n_stored, 1);
    assert_string_equal(desk->clinic->stored[0], desk->ids[3]);
    assert_int_equal(count(desk, "damaged", NULL), 3);
    assert_int_equal(kor_outbox_remove(desk->outbox, &entry, NULL), KOR_OK);
    assert_int_equal(kor_outbox_remove(desk->outbox, &entry, NULL),
                     KOR_NOT_FOUND);
    assert_int_equal(count(desk, "damaged", NULL), 2);
    kor_buf_done(&bytes);
}

static void
no_bit_of_a_file_may_change(void **state)
{
    struct desk *desk = *state;
    char path[3 * KIT_PATH_SIZE];
    struct kor_outbox_entry entry;
    struct kor_buf bytes = {0};
    const uint8_t *box;
    size_t box_size;
    keep(desk, 20);
    path_of(desk, 0, path);
    assert_int_equal(kor_file_read(path, 1 << 20, &bytes, NULL), KOR_OK);
    assert_true(kor_outbox_file_read(&bytes, &entry, &box, &box_size));
    for (size_t i = 0; i < bytes.size; i++) {
        bytes.text[i] = (char)(bytes.text[i] ^ 1 << i % 8);
        assert_false(kor_outbox_file_read(&bytes, &entry, &box, &box_size));
        bytes.text[i] = (char)(bytes.text[i] ^ 1 << i % 8);
    }
    for (size_t size = bytes.size; size-- > 0;) {
        struct kor_buf cut = {.text = bytes.text, .size = size};
        assert_false(kor_outbox_file_read(&cut, &entry, &box, &box_size));
    }
    kor_buf_done(&bytes);
}

static void
a_full_outbox_says_so(void **state)
{
    struct desk *desk = *state;
    struct kor_err err;
    char folder[2 * KIT_PATH_SIZE], path[3 * KIT_PATH_SIZE];
    keep(desk, 20);
    own_folder(desk, folder);
    for (int i = 2; i <= KOR_OUTBOX_MOST; i++) {
        snprintf(path, sizeof path, "%s/%09d-%s", folder, i, desk->ids[0]);
        int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        assert_true(fd >= 0);
        close(fd);
    }
    assert_int_equal(try_to_keep(desk, 21, &err), KOR_TOO_LARGE);
    assert_non_null(strstr(err.text, "1000 entries or 64 MiB"));
    assert_int_equal(unlink(path), 0);
    snprintf(path, sizeof path, "%s/%09d-%s", folder, 2, desk->ids[0]);
    assert_int_equal(truncate(path, KOR_OUTBOX_MOST_BYTES), 0);
    assert_int_equal(try_to_keep(desk, 21, &err), KOR_TOO_LARGE);
    assert_int_equal(truncate(path, 0), 0);
    keep(desk, 21);
}

static void
who_delivers_is_waited_for_but_not_for_ever(void **state)
{
    struct desk *desk = *state;
    struct kor_outbox *other;
    int status;
    keep(desk, 20);
    pid_t pid = fork();
    if (pid == 0) {
        /* Holds the lock until it is told that this is enough. */
        sigset_t set;
        int got;
        bool is_held = kor_outbox_open(&desk->place, kor_clock_system(),
                                       &other, NULL) == KOR_OK
                    && kor_outbox_begin(other, NULL) == KOR_OK;
        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        sigprocmask(SIG_BLOCK, &set, NULL);
        raise(SIGSTOP);
        sigwait(&set, &got);
        _exit(is_held ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, WUNTRACED), pid);
    assert_true(WIFSTOPPED(status));
    desk->clock.mono_ms = leaping_clock;
    assert_int_equal(deliver(desk, false), KOR_BUSY);
    assert_true(desk->delivery.is_stopped);
    desk->clock.mono_ms = running_clock;
    pid_t waiter = begin_child(desk, deliver_all);
    assert_int_equal(waitpid(waiter, &status, WNOHANG), 0);
    kill(pid, SIGCONT);
    kill(pid, SIGTERM);
    assert_int_equal(end_child(pid), 0);
    assert_int_equal(end_child(waiter), KOR_OK);
    assert_int_equal(desk->clinic->n_stored, 1);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(what_was_kept_is_delivered_in_order_and_once),
        T(an_entry_is_as_old_as_it_is_and_never_younger_than_now),
        T(while_nobody_answers_all_of_it_waits),
        T(what_was_stored_unheard_is_not_stored_again),
        T(what_was_stored_so_long_ago_that_nobody_knows_the_answer_leaves),
        T(a_refusal_is_kept_without_its_words_and_blocks_nobody),
        T(what_passes_stops_the_delivery_so_that_none_overtakes),
        T(a_stolen_disk_tells_no_code_and_no_score),
        T(the_own_key_opens_nothing_of_it),
        T(other_keys_have_an_outbox_of_their_own),
        T(who_dies_between_delivery_and_removal_stores_nothing_twice),
        T(processes_at_once_deliver_each_entry_once),
        T(processes_at_once_keep_all_that_they_have),
        T(what_a_broken_write_left_is_nobody_s_and_goes),
        T(on_a_full_disk_nothing_is_kept_and_nothing_is_harmed),
        T(where_no_folder_can_be_nothing_is_kept),
        T(without_a_word_it_lies_in_the_home),
        T(a_damaged_file_is_shown_and_blocks_nobody),
        T(no_bit_of_a_file_may_change),
        T(a_full_outbox_says_so),
        T(who_delivers_is_waited_for_but_not_for_ever),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
