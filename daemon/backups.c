/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands about backups: see backups.h. */

#include "backups.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "backup/backup.h"
#include "backup/disk.h"
#include "backup/erased.h"
#include "backup/keys.h"
#include "backup/restore.h"
#include "backup/shelf.h"
#include "secret.h"
#include "service/deletions.h"
#include "store/enrolment.h"
#include "store/store.h"

static const int stopping[] = {SIGTERM, SIGINT, SIGHUP};

/* Signals that would end the program wait, and is_stopped() looks for them;
 * one that whoever started it lets it ignore is ignored. */
static void
hold_signals(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < KOR_LENGTH(stopping); i++) {
        struct sigaction action;
        if (!sigaction(stopping[i], NULL, &action)
            && action.sa_handler != SIG_IGN) {
            sigaddset(&set, stopping[i]);
        }
    }
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

static bool
is_stopped(void)
{
    sigset_t pending, held;
    sigpending(&pending);
    pthread_sigmask(SIG_BLOCK, NULL, &held);
    bool is_one = false;
    for (size_t i = 0; i < KOR_LENGTH(stopping); i++) {
        is_one = is_one || (sigismember(&pending, stopping[i]) == 1
                            && sigismember(&held, stopping[i]) == 1);
    }
    return is_one;
}

/* --- what is said -------------------------------------------------------- */

static int64_t
count_all(const struct kor_table_counts *tables)
{
    int64_t n = 0;
    for (int i = 0; i < tables->n; i++) {
        n += tables->tables[i].n_rows;
    }
    return n;
}

static void
say_made(const char *path, const struct kor_backup_last *made)
{
    char instant[KOR_INSTANT_SIZE];
    printf("%s: %lld KiB, %lld rows, as it was at %s\n", path,
           (long long)(made->size + 1023) / 1024,
           (long long)count_all(&made->tables),
           kor_instant_format(made->at_ms, instant));
}

static void
say_log(const struct kor_unpacked *found)
{
    long long seq = (long long)found->manifest.log_seq;
    if (found->broken_seq) {
        printf("    log       BROKEN at row %lld of %lld\n",
               (long long)found->broken_seq, seq);
    } else if (found->manifest.has_log) {
        printf("    log       unbroken up to row %lld\n", seq);
    }
}

static void
say_found(const char *file, const struct kor_unpacked *found)
{
    const struct kor_manifest *manifest = &found->manifest;
    char instant[KOR_INSTANT_SIZE];
    printf("%s is whole\n", file);
    printf("    made      %s by kord %s\n",
           kor_instant_format(manifest->made_ms, instant), manifest->release);
    printf("    of        %s\n", manifest->folder);
    printf("    server    %s\n", found->server);
    printf("    database  schema %d, sound\n", manifest->schema);
    for (int i = 0; i < manifest->tables.n; i++) {
        printf("    %-8s  %s %lld\n", i ? "" : "rows",
               manifest->tables.tables[i].name,
               (long long)manifest->tables.tables[i].n_rows);
    }
    say_log(found);
}

void
kord_say_last_backup(const char *folder)
{
    struct kor_backup_last last;
    char instant[KOR_INSTANT_SIZE];
    if (kor_backup_last_read(folder, &last, NULL) == KOR_OK) {
        printf("the last good backup is of %s: %s\n",
               kor_instant_format(last.at_ms, instant), last.name);
    } else {
        puts("no good backup is known of: see kord(8), BACKUP");
    }
}

/* --- commands ------------------------------------------------------------ */

enum kor_code
kord_backup_key(const char *file, struct kor_err *err)
{
    enum kor_code code = kor_backup_keys_make(file, err);
    if (code == KOR_OK) {
        printf("%s opens backups: keep it where the server is not, twice; "
               "without it they are lost\n%s.pub makes them: it belongs on "
               "the server\n", file, file);
    }
    return code;
}

static enum kor_code
rotate(const struct kord_config *config, struct kor_err *err)
{
    const struct kor_clock *clock = kor_clock_system();
    size_t n_kept, n_removed;
    enum kor_code code = kor_shelf_rotate(
        config->backup_to, config->folder, &config->rotation,
        clock->now_ms(clock), &n_kept, &n_removed, err);
    if (code == KOR_OK) {
        printf("%zu kept there, %zu removed\n", n_kept, n_removed);
    }
    return code;
}

static enum kor_code
find_backup_key(const struct kord_config *config, const char *key,
                uint8_t found[KOR_BACKUP_KEY_SIZE], struct kor_err *err)
{
    if (!key && !*config->backup_key) {
        return kor_fail(err, KOR_CONFIG, "backup_key",
                        "there is no backup key: make one with 'kord "
                        "backup-key' and name its public half in kord.ini as "
                        "'%s'", "backup_key");
    }
    return key ? kor_backup_keys_public(key, NULL, found, err)
               : kor_backup_keys_public(config->backup_key, config->folder,
                                        found, err);
}

enum kor_code
kord_backup(const struct kord_config *config, const char *file,
            const char *key, struct kor_err *err)
{
    char server_key[512];
    bool is_handed_over = kord_server_credential(server_key);
    const char *own_key = is_handed_over ? server_key : NULL;
    struct kor_backup_order order = {.folder = config->folder,
                                     .server_key = own_key,
                                     .release = KOR_VERSION,
                                     .clock = kor_clock_system(),
                                     .is_stopped = is_stopped};
    struct kor_backup_last made;
    if (!file && !*config->backup_to) {
        return kor_fail(err, KOR_CONFIG, "backup_to",
                        "name a file, or the folder of backups in kord.ini as "
                        "'%s'", "backup_to");
    }
    hold_signals();
    enum kor_code code = find_backup_key(config, key, order.key, err);
    if (code == KOR_OK) {
        code = kor_backup_make(&order, file, config->backup_to, &made, err);
    }
    if (code == KOR_OK && file) {
        say_made(file, &made);
    } else if (code == KOR_OK) {
        printf("%s/", config->backup_to);
        say_made(made.name, &made);
    }
    if (code == KOR_OK && !file) {
        code = kor_erased_put(&order, config->backup_to, err);
    }
    return code == KOR_OK && !file ? rotate(config, err) : code;
}

static enum kor_code
read_secret(const char *key, struct kor_backup_keys *keys,
            struct kor_err *err)
{
    return key ? kor_backup_keys_read(key, keys, err)
               : kor_fail(err, KOR_USAGE, "--key",
                          "give the secret half of the backup key with "
                          "--key");
}

enum kor_code
kord_verify(const char *file, const char *key, const char *scratch,
            struct kor_err *err)
{
    struct kor_backup_keys keys = {{0}, {0}};
    struct kor_unpacked found;
    const char *place = getenv("TMPDIR");
    hold_signals();
    enum kor_code code = read_secret(key, &keys, err);
    if (code == KOR_OK) {
        code = kor_backup_verify(file, &keys,
                                 scratch ? scratch : place ? place : "/tmp",
                                 is_stopped, &found, err);
    }
    sodium_memzero(&keys, sizeof keys);
    if (code == KOR_OK) {
        say_found(file, &found);
    }
    return code;
}

/* The configuration was right for where it was; in a folder with a longer name
 * the path of a socket may be too long. */
static enum kor_code
look_at_config(const char *folder, struct kor_err *err)
{
    struct kord_config config;
    enum kor_code code = kord_config_read(folder, &config, err);
    if (code != KOR_OK) {
        (void)kor_wrap(err, "all is restored, but kord.ini must be changed");
    }
    return code;
}

/* What was done after the backup was made, and has to be so again. */
struct amending {
    const char *list;   /* Null: none. */
    const char *folder; /* That gets a list of its own. */
    const struct kor_backup_keys *keys;
    const struct kor_unpacked *found;
    struct kor_replayed done;
};

/* A one-time code that was used or closed since would be good again, and who
 * needs one gets another. */
static enum kor_code
close_codes(struct kor_store *store, struct kor_err *err)
{
    const struct kor_clock *clock = kor_clock_system();
    enum kor_code code = kor_store_begin(store, err);
    if (code == KOR_OK) {
        code = kor_store_enrolment_close(store, 0, clock->now_ms(clock), err);
    }
    return code == KOR_OK ? kor_store_commit(store, err) : code;
}

static enum kor_code
amend(void *arg, struct kor_store *store, struct kor_err *err)
{
    struct amending *amending = arg;
    char path[KOR_DISK_PATH_SIZE];
    enum kor_code code = close_codes(store, err);
    kor_disk_path(amending->folder, "deletions", path);
    if (amending->list && code == KOR_OK) {
        code = kor_erased_get(amending->list, amending->keys,
                              amending->found->server_mark, path, err);
    }
    if (amending->list && code == KOR_OK) {
        code = kor_deletions_replay(store, path, &amending->done, err);
    }
    return code == KOR_OK ? kor_deletions_write(store, path, err) : code;
}

/* Nobody can know it from the folder, and it matters at once. */
static void
warn_of_keys(const struct amending *amending)
{
    if (amending->done.has_keys) {
        return;
    }
    fprintf(stderr,
            "kord: WARNING: %s.  KEYS THAT WERE REVOKED AFTER THIS BACKUP ARE "
            "ADMITTED AGAIN: revoke them before anybody can connect (see "
            "'When the server is lost' in docs/operations.md)\n",
            amending->list ? "the list is of an earlier release, which named "
                             "no keys"
                           : "no list was given with --deletions");
}

static void
say_restored(const char *file, const struct kor_unpacked *found,
             const struct amending *amending)
{
    const struct kor_replayed *done = &amending->done;
    say_found(file, found);
    if (amending->list) {
        printf("    erased    %zu who were in the list and came back\n",
               done->n_people);
    } else {
        puts("    erased    nobody: without --deletions, who was erased after "
             "this backup\n              is there again");
    }
    if (done->has_keys) {
        printf("    revoked   %zu keys that were in the list and came back\n",
               done->n_keys);
    } else {
        puts("    revoked   no key: one that was revoked after this backup is "
             "ADMITTED AGAIN");
    }
    printf("%s is ready.  %s is admitted as at the backup, with\n"
           "the roles of then: look over 'kor account list'.  Next:\n"
           "  kord run %s\n", amending->folder,
           done->has_keys ? "Everybody else's key" : "Everybody's key",
           amending->folder);
}

enum kor_code
kord_restore(const char *file, const char *folder, const char *key,
             const char *deletions, struct kor_err *err)
{
    struct kor_backup_keys keys = {{0}, {0}};
    struct kor_unpacked found;
    struct amending amending = {.list = deletions,
                                .folder = folder,
                                .keys = &keys,
                                .found = &found};
    const struct kor_restore_step step = {amend, &amending};
    hold_signals();
    enum kor_code code = read_secret(key, &keys, err);
    if (code == KOR_OK) {
        code = kor_backup_restore(file, &keys, folder, &step, is_stopped,
                                  &found, err);
    }
    sodium_memzero(&keys, sizeof keys);
    if (code == KOR_OK) {
        warn_of_keys(&amending);
        code = look_at_config(folder, err);
    }
    if (code == KOR_OK) {
        say_restored(file, &found, &amending);
    }
    return code;
}
