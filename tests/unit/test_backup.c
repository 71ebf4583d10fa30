/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Backups as an operator makes, tries, keeps and restores them. */

#include "support/near.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "backup/backup.h"
#include "backup/erased.h"
#include "backup/keys.h"
#include "backup/unpack.h"
#include "kor/base/clock.h"
#include "store/access_log.h"
#include "support/strongbox.h"

static int
set_up(void **state)
{
    *state = strongbox_new();
    return 0;
}

static int
tear_down(void **state)
{
    strongbox_free(*state);
    return 0;
}

static unsigned
mode_of(const char *folder, const char *name)
{
    char path[KOR_DISK_PATH_SIZE];
    struct stat about;
    assert_int_equal(stat(strongbox_path(folder, name, path), &about), 0);
    return about.st_mode & 0777;
}

static void
add_line(const struct strongbox *box, const char *line)
{
    struct kor_buf text = strongbox_read(box->clinic, "kord.ini");
    kor_buf_puts(&text, line);
    strongbox_write(box->clinic, "kord.ini", text.text);
    kor_buf_done(&text);
}

static void
in_clinic(const struct strongbox *box, const char *sql)
{
    char path[KOR_DISK_PATH_SIZE];
    kit_sql(kor_disk_path(box->clinic, "kor.db", path), sql);
}

static bool
goes_on(void)
{
    return false;
}

/* --- the key ------------------------------------------------------------- */

static void
a_key_is_made_once_and_its_secret_is_kept(void **state)
{
    struct strongbox *box = *state;
    struct kor_backup_keys keys;
    uint8_t expected[KOR_BACKUP_KEY_SIZE], public_key[KOR_BACKUP_KEY_SIZE];
    assert_int_equal(mode_of(box->base, "key"), 0600);
    assert_int_equal(kor_backup_keys_read(box->key, &keys, NULL), KOR_OK);
    assert_int_equal(crypto_scalarmult_base(expected, keys.secret_key), 0);
    assert_int_equal(kor_backup_keys_public("key.pub", box->base, public_key,
                                            NULL),
                     KOR_OK);
    assert_memory_equal(public_key, expected, sizeof expected);
    struct kor_buf text = strongbox_read(box->base, "key.pub");
    assert_null(strstr(text.text, "secret"));
    kor_buf_done(&text);
    strongbox_kord(box, 65, "backup-key %s", box->key);
    strongbox_says(box, "not replaced");
    assert_int_equal(unlink(box->key), 0);
    strongbox_kord(box, 65, "backup-key %s", box->key);
    strongbox_says(box, "key.pub is there already");
    strongbox_kord(box, 73, "backup-key %s/none/key", box->base);
}

static void
a_backup_without_key_or_place_is_refused(void **state)
{
    struct strongbox *box = *state;
    strongbox_kord(box, 78, "backup %s %s", box->clinic, box->file);
    strongbox_says(box, "backup-key");
    strongbox_kord(box, 78, "backup %s --key %s.pub", box->clinic, box->key);
    strongbox_says(box, "backup_to");
    strongbox_kord(box, 78, "backup %s %s --key %s", box->clinic, box->file,
                   box->key);
    strongbox_says(box, ".pub");
    strongbox_kord(box, 66, "backup %s %s --key none.pub", box->clinic,
                   box->file);
    strongbox_kord(box, 78, "backup %s %s --key %s/server.pub", box->clinic,
                   box->file, box->clinic);
    strongbox_says(box, "server's own");
    strongbox_kord(box, 66, "backup %s/none %s --key %s.pub", box->base,
                   box->file, box->key);
    assert_false(strongbox_has(box->file, ""));
    assert_false(strongbox_has(box->clinic, "backup.last"));
    add_line(box, "backup_to = somewhere\n");
    strongbox_kord(box, 78, "backup %s --key %s.pub", box->clinic, box->key);
    strongbox_says(box, "backup_to");
}

static void
the_key_may_stand_in_the_configuration_as_file_or_text(void **state)
{
    struct strongbox *box = *state;
    char line[128];
    struct kor_keyfile keys;
    assert_int_equal(kor_keyfile_read(box->key, &keys, NULL), KOR_OK);
    snprintf(line, sizeof line, "backup_key = %s\n", keys.public_key);
    add_line(box, line);
    strongbox_kord(box, 0, "backup %s %s", box->clinic, box->file);
    strongbox_kord(box, 0, "verify %s --key %s", box->file, box->key);
    struct kor_buf ini = strongbox_read(box->clinic, "kord.ini");
    strstr(ini.text, "backup_key")[0] = ';';
    kor_buf_puts(&ini, "backup_key = backup.pub\n");
    strongbox_write(box->clinic, "kord.ini", ini.text);
    kor_buf_done(&ini);
    struct kor_buf pub = strongbox_read(box->base, "key.pub");
    strongbox_write(box->clinic, "backup.pub", pub.text);
    strongbox_kord(box, 0, "backup %s %s", box->clinic, box->file);
    /* And it is there again after a restore. */
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    struct kor_buf back = strongbox_read(box->again, "backup.pub");
    assert_string_equal(back.text, pub.text);
    kor_buf_done(&pub);
    kor_buf_done(&back);
}

/* --- what is in it ------------------------------------------------------- */

static void
what_was_restored_is_what_was_backed_up(void **state)
{
    struct strongbox *box = *state;
    static const char *const same[] = {"server.key", "server.pub"};
    strongbox_backup(box, box->file);
    assert_int_equal(mode_of(box->file, ""), 0600);
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    strongbox_says(box, "ready");
    for (size_t i = 0; i < KOR_LENGTH(same); i++) {
        struct kor_buf before = strongbox_read(box->clinic, same[i]);
        struct kor_buf after = strongbox_read(box->again, same[i]);
        assert_string_equal(after.text, before.text);
        assert_int_equal(mode_of(box->again, same[i]),
                         mode_of(box->clinic, same[i]));
        kor_buf_done(&before);
        kor_buf_done(&after);
    }
    assert_int_equal(mode_of(box->again, ""), 0700);
    assert_int_equal(mode_of(box->again, "kor.db"), 0600);
    /* Nobody's key is in it. */
    char keys[KOR_DISK_PATH_SIZE];
    assert_int_equal(strongbox_count(kor_disk_path(box->again, "keys", keys)),
                     0);
    strongbox_kord(box, 0, "check %s", box->again);
    strongbox_says(box, "sound");
}

/* A service manager hands the server's key over, and it is not in the folder;
 * a backup without it would be of no clinic. */
static void
the_servers_key_may_lie_elsewhere(void **state)
{
    struct strongbox *box = *state;
    char from[KOR_DISK_PATH_SIZE], to[KOR_DISK_PATH_SIZE];
    struct kor_backup_order order = {.folder = box->clinic,
                                     .server_key = to,
                                     .release = "0.3.0",
                                     .clock = kor_clock_system(),
                                     .is_stopped = goes_on};
    struct kor_backup_last made;
    struct kor_buf before = strongbox_read(box->clinic, "server.key");
    kor_disk_path(box->base, "handed-over", to);
    kor_disk_path(box->clinic, "server.key", from);
    assert_int_equal(rename(from, to), 0);
    strongbox_kord(box, 66, "backup %s %s --key %s.pub", box->clinic,
                   box->file, box->key);
    assert_int_equal(kor_backup_keys_public("key.pub", box->base, order.key,
                                            NULL),
                     KOR_OK);
    assert_int_equal(kor_backup_make(&order, box->file, NULL, &made, NULL),
                     KOR_OK);
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    struct kor_buf after = strongbox_read(box->again, "server.key");
    assert_string_equal(after.text, before.text);
    kor_buf_done(&before);
    kor_buf_done(&after);
}

/* A drill beside a clinic that is at work must not take its sockets. */
static void
addresses_in_the_folder_move_with_it_and_no_others(void **state)
{
    struct strongbox *box = *state;
    char expected[KOR_DISK_PATH_SIZE];
    struct kor_buf ini = {0};
    kor_buf_printf(&ini,
                   "[kord]\nendpoint = ipc://%s/kord.sock\n"
                   "feed = ipc://%s-other/feed.sock\n",
                   box->clinic, box->clinic);
    strongbox_write(box->clinic, "kord.ini", ini.text);
    strongbox_backup(box, box->file);
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    kor_buf_clear(&ini);
    kor_buf_printf(&ini,
                   "[kord]\nendpoint = ipc://%s/kord.sock\n"
                   "feed = ipc://%s-other/feed.sock\n",
                   box->again, box->clinic);
    struct kor_buf moved = strongbox_read(box->again, "kord.ini");
    assert_string_equal(moved.text, ini.text);
    struct kor_buf client = strongbox_read(box->again, "client.ini");
    snprintf(expected, sizeof expected, "endpoint = ipc://%s/kord.sock\n",
             box->again);
    assert_non_null(strstr(client.text, expected));
    assert_null(strstr(client.text, box->clinic));
    kor_buf_done(&ini);
    kor_buf_done(&moved);
    kor_buf_done(&client);
}

/* The path of a socket has 107 bytes at most: all is there, and what is to be
 * done is said. */
static void
a_folder_too_deep_for_a_socket_is_restored_and_says_so(void **state)
{
    struct strongbox *box = *state;
    char deep[KOR_DISK_PATH_SIZE];
    snprintf(deep, sizeof deep, "%s/%0100d", box->base, 1);
    strongbox_backup(box, box->file);
    strongbox_kord(box, 78, "restore %s %s --key %s", box->file, deep,
                   box->key);
    strongbox_says(box, "all is restored, but kord.ini must be changed");
    strongbox_says(box, "ADMITTED AGAIN");
    assert_true(strongbox_has(deep, "kord.ini"));
}

/* SQLite as it is compiled elsewhere leaves deleted rows in free pages. */
static void
deleted_values_are_not_in_it(void **state)
{
    struct strongbox *box = *state;
    static const char planted[] = "planted-value-in-many-pages";
    in_clinic(box, "PRAGMA secure_delete = OFF;"
                   "INSERT INTO instrument (key, version, definition, "
                   "added_ms) SELECT 'k' || value, '1', "
                   "'planted-value-in-many-pages' || hex(zeroblob(3000)), 0 "
                   "FROM json_each('[1,2,3,4,5,6,7,8]');"
                   "DELETE FROM instrument WHERE key LIKE 'k_';"
                   "PRAGMA wal_checkpoint(TRUNCATE)");
    struct kor_buf before = strongbox_read(box->clinic, "kor.db");
    assert_non_null(memmem(before.text, before.size, planted,
                           strlen(planted)));
    strongbox_backup(box, box->file);
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    struct kor_buf after = strongbox_read(box->again, "kor.db");
    assert_null(memmem(after.text, after.size, planted, strlen(planted)));
    kor_buf_done(&before);
    kor_buf_done(&after);
}

/* The log that a killed kord leaves is read, not left out. */
static void
what_is_only_in_the_write_ahead_log_is_in_it(void **state)
{
    struct strongbox *box = *state;
    char path[KOR_DISK_PATH_SIZE];
    struct kor_store *store
        = kit_open(kor_disk_path(box->clinic, "kor.db", path));
    assert_int_equal(kor_store_begin(store, NULL), KOR_OK);
    (void)kit_episode(store, 1, 0);
    assert_int_equal(kor_store_commit(store, NULL), KOR_OK);
    struct kor_buf wal = strongbox_read(box->clinic, "kor.db-wal");
    assert_true(wal.size > 0);
    kor_buf_done(&wal);
    strongbox_backup(box, box->file);
    kor_store_close(store);
    strongbox_kord(box, 0, "verify %s --key %s", box->file, box->key);
    strongbox_says(box, "person 1\n");
    strongbox_says(box, "episode 1\n");
}

/* The file of release 0.1.0 is backed up as it is, and brought up to date
 * when it is restored. */
static void
a_database_of_an_earlier_release_is_restored_up_to_date(void **state)
{
    struct strongbox *box = *state;
    char path[KOR_DISK_PATH_SIZE];
    struct kor_buf old = strongbox_read("tests/upgrade", "0.1.0.db");
    FILE *file = fopen(kor_disk_path(box->clinic, "kor.db", path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(old.text, 1, old.size, file), old.size);
    fclose(file);
    kor_buf_done(&old);
    strongbox_backup(box, box->file);
    strongbox_kord(box, 0, "verify %s --key %s", box->file, box->key);
    strongbox_says(box, "schema 1, sound");
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    strongbox_kord(box, 0, "check %s", box->again);
}

/* Who was erased after the backup does not come back with it. */
static void
the_list_of_erased_clients_is_replayed(void **state)
{
    struct strongbox *box = *state;
    char path[KOR_DISK_PATH_SIZE];
    struct kor_person erased = kit_person(1), kept = kit_person(2),
                      later = kit_person(3);
    struct kor_store *store
        = kit_open(kor_disk_path(box->clinic, "kor.db", path));
    assert_int_equal(kor_store_begin(store, NULL), KOR_OK);
    (void)kit_episode(store, 1, 0);
    (void)kit_episode(store, 2, 0);
    assert_int_equal(kor_store_commit(store, NULL), KOR_OK);
    kor_store_close(store);
    strongbox_backup(box, box->file);
    struct kor_buf list = {0};
    kor_buf_printf(&list, "kor-deletions 2\n%s 1767600000000\n%s "
                   "1767600000001\n", erased.code, later.code);
    strongbox_write(box->base, "list", list.text);
    strongbox_kord(box, 66, "restore %s %s --key %s --deletions %s/none",
                   box->file, box->again, box->key, box->base);
    strongbox_kord(box, 65, "restore %s %s --key %s --deletions %s",
                   box->file, box->again, box->key, box->key);
    assert_false(strongbox_has(box->again, ""));
    strongbox_kord(box, 0, "restore %s %s --key %s --deletions %s/list",
                   box->file, box->again, box->key, box->base);
    strongbox_says(box, "1 who were in the list");
    struct kor_buf own = strongbox_read(box->again, "deletions");
    assert_string_equal(own.text, list.text);
    store = kit_open(kor_disk_path(box->again, "kor.db", path));
    assert_int_equal(kor_store_person_find(store, &erased, NULL),
                     KOR_NOT_FOUND);
    assert_int_equal(kor_store_person_find(store, &kept, NULL), KOR_OK);
    kor_store_close(store);
    kor_buf_done(&list);
    kor_buf_done(&own);
    /* Without the list they are back, and that is said. */
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->scratch,
                   box->key);
    strongbox_says(box, "there again");
}

/* What no list says of keys is not taken for none. */
static void
that_no_list_of_keys_was_given_is_said_aloud(void **state)
{
    struct strongbox *box = *state;
    const char *lists[] = {"kor-deletions 1\n", "kor-deletions 2\n"};
    strongbox_backup(box, box->file);
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    const char *said = kor_buf_text(&box->run.err);
    assert_non_null(strstr(said, "WARNING: no list"));
    assert_non_null(strstr(said, "ADMITTED AGAIN"));
    strongbox_says(box, "look over 'kor account list'");
    for (size_t i = 0; i < KOR_LENGTH(lists); i++) {
        kit_folder_remove(box->again);
        strongbox_write(box->base, "list", lists[i]);
        strongbox_kord(box, 0, "restore %s %s --key %s --deletions %s/list",
                       box->file, box->again, box->key, box->base);
        said = kor_buf_text(&box->run.err);
        assert_int_equal(strstr(said, "of an earlier release") != NULL,
                         i == 0);
        assert_int_equal(strstr(said, "ADMITTED AGAIN") != NULL, i == 0);
        strongbox_says(box, i ? "0 keys that were in the list" : "no key");
        strongbox_says(box, "look over 'kor account list'");
    }
}

/* The list lies beside the backups, for those who have the key. */
static void
the_list_of_erased_clients_is_kept_beside_the_backups(void **state)
{
    struct strongbox *box = *state;
    char path[KOR_DISK_PATH_SIZE], name[64], hex[33];
    struct kor_person erased = kit_person(1);
    uint8_t server[KOR_BACKUP_KEY_SIZE], mark[KOR_BACKUP_MARK_SIZE];
    struct kor_store *store
        = kit_open(kor_disk_path(box->clinic, "kor.db", path));
    assert_int_equal(kor_store_begin(store, NULL), KOR_OK);
    (void)kit_episode(store, 1, 0);
    assert_int_equal(kor_store_commit(store, NULL), KOR_OK);
    kor_store_close(store);
    strongbox_backup(box, box->file);
    struct kor_buf text = {0};
    kor_buf_printf(&text, "backup_to = %s\nbackup_key = %s.pub\n",
                   box->scratch, box->key);
    add_line(box, text.text);
    kor_buf_clear(&text);
    kor_buf_printf(&text, "kor-deletions 2\n%s 1767600000000\n",
                   erased.code);
    strongbox_write(box->clinic, "deletions", text.text);
    strongbox_kord(box, 0, "backup %s", box->clinic);
    assert_int_equal(strongbox_count(box->scratch), 2);
    assert_int_equal(kor_backup_keys_server(box->clinic, server, mark, NULL),
                     KOR_OK);
    snprintf(name, sizeof name, "kor-%s.erased",
             sodium_bin2hex(hex, sizeof hex, mark, sizeof mark));
    struct kor_buf list = strongbox_read(box->scratch, name);
    assert_null(memmem(list.text, list.size, erased.code, 9));
    strongbox_kord(box, 0, "restore %s %s --key %s --deletions %s/%s",
                   box->file, box->again, box->key, box->scratch, name);
    strongbox_says(box, "1 who were in the list");
    struct kor_buf own = strongbox_read(box->again, "deletions");
    assert_string_equal(own.text, text.text);
    kor_buf_done(&own);
    kor_buf_done(&list);
    kor_buf_done(&text);
}

/* Puts the list of the clinic in 'folder', which it makes up, into the scratch
 * folder, and writes where it is. */
static void
put_list(const struct strongbox *box, const char *folder,
         char path[KOR_DISK_PATH_SIZE])
{
    struct kor_backup_order order = {.folder = folder, .is_stopped = goes_on};
    uint8_t server[KOR_BACKUP_KEY_SIZE], mark[KOR_BACKUP_MARK_SIZE];
    char hex[33], name[64];
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    strongbox_write(folder, "deletions", "kor-deletions 2\n");
    kit_ok(kor_backup_keys_public("key.pub", box->base, order.key, &err),
           &err);
    kit_ok(kor_erased_put(&order, box->scratch, &err), &err);
    kit_ok(kor_backup_keys_server(folder, server, mark, &err), &err);
    snprintf(name, sizeof name, "kor-%s.erased",
             sodium_bin2hex(hex, sizeof hex, mark, sizeof mark));
    kor_disk_path(box->scratch, name, path);
}

/* A list that is damaged, or another clinic's, erases nobody. */
static void
a_list_that_is_not_this_clinics_is_refused(void **state)
{
    struct strongbox *box = *state;
    char list[KOR_DISK_PATH_SIZE], other[KOR_DISK_PATH_SIZE];
    kor_disk_path(box->base, "other", other);
    strongbox_kord(box, 0, "init %s", other);
    strongbox_backup(box, box->file);
    put_list(box, other, list);
    strongbox_kord(box, 77, "restore %s %s --key %s --deletions %s",
                   box->file, box->again, box->key, list);
    strongbox_says(box, "another clinic's");
    put_list(box, box->clinic, list);
    assert_int_equal(truncate(list, 170), 0);
    strongbox_kord(box, 65, "restore %s %s --key %s --deletions %s",
                   box->file, box->again, box->key, list);
    assert_false(strongbox_has(box->again, ""));
}

/* --- keeping ------------------------------------------------------------- */

static void
the_last_good_backup_is_known(void **state)
{
    struct strongbox *box = *state;
    struct kor_backup_last last, still;
    const struct kor_clock *clock = kor_clock_system();
    uint8_t hash[KOR_FILE_HASH_SIZE];
    assert_int_equal(kor_backup_last_read(box->clinic, &last, NULL),
                     KOR_NOT_FOUND);
    strongbox_kord(box, 0, "check %s", box->clinic);
    strongbox_says(box, "no good backup");
    int64_t before = clock->now_ms(clock);
    strongbox_backup(box, box->file);
    assert_int_equal(kor_backup_last_read(box->clinic, &last, NULL), KOR_OK);
    assert_true(last.at_ms >= before && last.at_ms <= clock->now_ms(clock));
    assert_string_equal(last.name, "a.korbackup");
    struct kor_buf made = strongbox_read(box->file, "");
    assert_int_equal(last.size, made.size);
    crypto_generichash(hash, sizeof hash, (const uint8_t *)made.text,
                       made.size, NULL, 0);
    assert_memory_equal(last.hash, hash, sizeof hash);
    kor_buf_done(&made);
    int i = kor_table_find(&last.tables, "account");
    assert_true(i >= 0);
    assert_int_equal(last.tables.tables[i].n_rows, 1); /* The operator. */
    /* One that fails changes nothing. */
    strongbox_kord(box, 73, "backup %s %s/none/b --key %s.pub", box->clinic,
                   box->base, box->key);
    assert_int_equal(kor_backup_last_read(box->clinic, &still, NULL), KOR_OK);
    assert_memory_equal(&still, &last, sizeof last);
    strongbox_kord(box, 0, "check %s", box->clinic);
    strongbox_says(box, "a.korbackup");
    strongbox_write(box->clinic, "backup.last", "{\"at_ms\": 3}");
    assert_int_equal(kor_backup_last_read(box->clinic, &last, NULL),
                     KOR_CORRUPT);
}

/* Puts the backup on the shelf as one of another day. */
static void
copy_as(const char *file, const char *shelf, const char *name)
{
    char path[KOR_DISK_PATH_SIZE];
    assert_int_equal(link(file, kor_disk_path(shelf, name, path)), 0);
}

static void
old_backups_of_this_clinic_go_and_nothing_else(void **state)
{
    struct strongbox *box = *state;
    char shelf[KOR_DISK_PATH_SIZE], other[KOR_DISK_PATH_SIZE], line[512];
    kor_disk_path(box->base, "shelf", shelf);
    kor_disk_path(box->base, "b.korbackup", other);
    assert_int_equal(mkdir(shelf, 0700), 0);
    strongbox_backup(box, box->file);
    strongbox_kord(box, 0, "init %s", box->again);
    strongbox_kord(box, 0, "backup %s %s --key %s.pub", box->again, other,
                   box->key);
    copy_as(box->file, shelf, "kor-20200101T020000Z.korbackup");
    copy_as(box->file, shelf, "kor-20200102T020000Z.korbackup");
    copy_as(box->file, shelf, "kor-20200103T020000Z.korbackup.part");
    copy_as(box->file, shelf, "kor-20990101T020000Z.korbackup");
    copy_as(box->file, shelf, "kor-2020.korbackup");
    copy_as(other, shelf, "kor-20200105T020000Z.korbackup");
    copy_as(other, shelf, "kor-20200106T020000Z.korbackup.part");
    strongbox_write(shelf, "kor-20200107T020000Z.korbackup", "a letter");
    strongbox_write(shelf, "letter.txt", "a letter");
    snprintf(line, sizeof line,
             "backup_to = %.300s\nbackup_key = %.150s.pub\n", shelf,
             box->key);
    add_line(box, line);
    strongbox_kord(box, 0, "backup %s", box->clinic);
    strongbox_says(box, "2 kept there, 2 removed");
    assert_false(strongbox_has(shelf, "kor-20200101T020000Z.korbackup"));
    assert_false(strongbox_has(shelf, "kor-20200102T020000Z.korbackup"));
    assert_false(strongbox_has(shelf, "kor-20200103T020000Z.korbackup.part"));
    /* Six of those that were there, and the new one. */
    assert_int_equal(strongbox_count(shelf), 7);
    /* A shelf that is not there is a failure. */
    struct kor_buf ini = strongbox_read(box->clinic, "kord.ini");
    strstr(ini.text, "/shelf")[1] = 'S';
    strongbox_write(box->clinic, "kord.ini", ini.text);
    kor_buf_done(&ini);
    strongbox_kord(box, 73, "backup %s", box->clinic);
}

static void
the_rule_in_the_configuration_holds(void **state)
{
    struct strongbox *box = *state;
    char shelf[KOR_DISK_PATH_SIZE], line[512];
    assert_int_equal(mkdir(kor_disk_path(box->base, "shelf", shelf), 0700),
                     0);
    strongbox_backup(box, box->file);
    copy_as(box->file, shelf, "kor-20250101T020000Z.korbackup");
    copy_as(box->file, shelf, "kor-20250102T020000Z.korbackup");
    copy_as(box->file, shelf, "kor-20250103T020000Z.korbackup");
    snprintf(line, sizeof line,
             "backup_to = %.300s\nbackup_key = %.100s.pub\nkeep_daily = 3\n"
             "keep_weekly = 0\nkeep_monthly = 0\nbackup_days = 36600\n",
             shelf, box->key);
    add_line(box, line);
    strongbox_kord(box, 0, "backup %s", box->clinic);
    strongbox_says(box, "3 kept there, 1 removed");
    assert_false(strongbox_has(shelf, "kor-20250101T020000Z.korbackup"));
    add_line(box, "keep_daily = many\n");
    strongbox_kord(box, 78, "backup %s", box->clinic);
    strongbox_says(box, "keep_daily");
}

/* --- what stands in the way ---------------------------------------------- */

static void
two_at_a_time_are_refused(void **state)
{
    struct strongbox *box = *state;
    char path[KOR_DISK_PATH_SIZE];
    int fd = open(kor_disk_path(box->clinic, "backup.lock", path),
                  O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    strongbox_kord(box, 75, "backup %s %s --key %s.pub", box->clinic,
                   box->file, box->key);
    strongbox_says(box, "another backup");
    /* What that one is working on is not swept away. */
    strongbox_write(box->clinic, "backup.tmp", "half");
    kor_backup_sweep(box->clinic);
    assert_true(strongbox_has(box->clinic, "backup.tmp"));
    close(fd);
    kor_backup_sweep(box->clinic);
    assert_false(strongbox_has(box->clinic, "backup.tmp"));
}

static void
what_is_no_regular_file_is_not_replaced(void **state)
{
    struct strongbox *box = *state;
    assert_int_equal(mkfifo(box->file, 0600), 0);
    strongbox_kord(box, 73, "backup %s %s --key %s.pub", box->clinic,
                   box->file, box->key);
    strongbox_says(box, "no regular file");
    strongbox_kord(box, 65, "verify %s --key %s", box->file, box->key);
    strongbox_says(box, "no regular file");
    strongbox_kord(box, 73, "backup %s %s --key %s.pub", box->clinic,
                   box->scratch, box->key);
    assert_int_equal(strongbox_count(box->scratch), 0);
}

static void
a_file_that_is_wrong_is_refused_and_nothing_is_left(void **state)
{
    struct strongbox *box = *state;
    char other[KOR_DISK_PATH_SIZE], bad[KOR_DISK_PATH_SIZE];
    kor_disk_path(box->base, "other", other);
    kor_disk_path(box->base, "bad", bad);
    strongbox_kord(box, 0, "backup-key %s", other);
    strongbox_backup(box, box->file);
    const struct {
        const char *file, *key;
        int status;
        const char *word;
    } cases[] = {{box->file, other, 77, "another key"},
                 {box->file, box->file, 78, "no key file"},
                 {box->key, box->key, 65, "no backup of kor"},
                 {other, box->key, 65, "no backup of kor"},
                 {"/dev/null", box->key, 65, "no regular file"},
                 {bad, box->key, 66, "bad"}};
    for (size_t i = 0; i < KOR_LENGTH(cases); i++) {
        strongbox_kord(box, cases[i].status,
                       "verify %s --key %s --scratch %s", cases[i].file,
                       cases[i].key, box->scratch);
        strongbox_says(box, cases[i].word);
        strongbox_kord(box, cases[i].status, "restore %s %s --key %s",
                       cases[i].file, box->again, cases[i].key);
        assert_int_equal(strongbox_count(box->scratch), 0);
        assert_false(strongbox_has(box->again, ""));
    }
    strongbox_kord(box, 64, "verify %s", box->file);
    strongbox_says(box, "--key");
    strongbox_kord(box, 64, "restore %s %s", box->file, box->again);
    strongbox_kord(box, 78, "verify %s --key %s.pub", box->file, box->key);
    strongbox_says(box, "both halves");
    strongbox_kord(box, 73, "verify %s --key %s --scratch %s", box->file,
                   box->key, other);
    assert_false(strongbox_has(box->again, ""));
}

static void
a_folder_with_something_in_it_stays_as_it_is(void **state)
{
    struct strongbox *box = *state;
    strongbox_backup(box, box->file);
    strongbox_kord(box, 65, "restore %s %s --key %s", box->file, box->clinic,
                   box->key);
    strongbox_says(box, "not empty");
    strongbox_kord(box, 73, "restore %s %s --key %s", box->file, box->key,
                   box->key);
    strongbox_kord(box, 73, "restore %s %s/none/deep --key %s", box->file,
                   box->base, box->key);
    strongbox_kord(box, 65, "restore %s %s/%0400d --key %s", box->file,
                   box->base, 1, box->key);
    strongbox_says(box, "at most 399");
    /* An empty one is as good as none. */
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->scratch,
                   box->key);
    strongbox_kord(box, 0, "check %s", box->scratch);
    strongbox_kord(box, 0, "check %s", box->clinic);
}

static void
a_restore_that_was_broken_off_is_no_clinic(void **state)
{
    struct strongbox *box = *state;
    static const char *const commands[] = {"run", "check", "init", "backup"};
    char from[KOR_DISK_PATH_SIZE], to[KOR_DISK_PATH_SIZE];
    strongbox_backup(box, box->file);
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    kor_disk_path(box->again, "kord.ini", from);
    assert_int_equal(rename(from, kor_disk_path(box->again, KOR_UNFINISHED,
                                                to)),
                     0);
    for (size_t i = 0; i < KOR_LENGTH(commands); i++) {
        strongbox_kord(box, 65, "%s %s", commands[i], box->again);
        strongbox_says(box, "restore was broken off");
    }
    strongbox_kord(box, 65, "restore %s %s --key %s", box->file, box->again,
                   box->key);
}

/* --- what somebody forged ------------------------------------------------ */

/* Unpacks the backup to the scratch folder, for it to be changed there. */
static struct kor_unpacked
unpack(struct strongbox *box)
{
    struct kor_backup_keys keys;
    struct kor_unpacked unpacked;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_backup_keys_read(box->key, &keys, &err), &err);
    kit_ok(kor_unpack(box->file, &keys, box->scratch, false, goes_on,
                      &unpacked, &err),
           &err);
    return unpacked;
}

static void
in_scratch(const struct strongbox *box, const char *sql)
{
    char path[KOR_DISK_PATH_SIZE];
    kit_sql(kor_disk_path(box->scratch, "kor.db", path), sql);
}

/* Puts what is in the scratch folder together again, and fails unless it is
 * refused with 'word'. */
static void
forged(struct strongbox *box, const struct kor_unpacked *unpacked,
       const char *word)
{
    char file[KOR_DISK_PATH_SIZE];
    strongbox_forge(box, box->scratch, &unpacked->manifest,
                    unpacked->server_mark,
                    kor_disk_path(box->base, "forged", file));
    strongbox_kord(box, 65, "verify %s --key %s", file, box->key);
    strongbox_says(box, word);
    strongbox_kord(box, 65, "restore %s %s --key %s", file, box->again,
                   box->key);
    strongbox_says(box, word);
    assert_false(strongbox_has(box->again, ""));
    kor_unpack_remove(box->scratch);
}

static void
a_row_more_or_less_is_seen(void **state)
{
    struct strongbox *box = *state;
    strongbox_backup(box, box->file);
    struct kor_unpacked unpacked = unpack(box);
    in_scratch(box, "INSERT INTO unit (name, path, added_ms) "
                    "VALUES ('attic', '/attic/', 0)");
    forged(box, &unpacked, "table unit");
    unpacked = unpack(box);
    in_scratch(box, "DELETE FROM instrument WHERE id = 1");
    forged(box, &unpacked, "table instrument");
    unpacked = unpack(box);
    in_scratch(box, "DROP TABLE signal");
    forged(box, &unpacked, "table theory");
    unpacked = unpack(box);
    in_scratch(box, "CREATE TABLE zoo (id INTEGER PRIMARY KEY)");
    forged(box, &unpacked, "table zoo");
    unpacked = unpack(box);
    strcpy(unpacked.manifest.tables.tables[unpacked.manifest.tables.n].name,
           "zoo");
    unpacked.manifest.tables.n++;
    forged(box, &unpacked, "is missing");
}

static void
a_database_that_is_unsound_or_foreign_is_seen(void **state)
{
    struct strongbox *box = *state;
    strongbox_backup(box, box->file);
    struct kor_unpacked unpacked = unpack(box);
    in_scratch(box, "PRAGMA foreign_keys = OFF;"
                    "UPDATE actor SET account_id = 77");
    forged(box, &unpacked, "restore a backup");
    unpacked = unpack(box);
    in_scratch(box, "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema "
                    "WHERE name = 'episode_open'");
    forged(box, &unpacked, "damaged");
    unpacked = unpack(box);
    in_scratch(box, "PRAGMA user_version = 1");
    forged(box, &unpacked, "schema 1");
    unpacked = unpack(box);
    in_scratch(box, "PRAGMA user_version = 9999");
    forged(box, &unpacked, "newer kor");
    unpacked = unpack(box);
    in_scratch(box, "PRAGMA application_id = 3");
    forged(box, &unpacked, "not one of kor");
    unpacked = unpack(box);
    strongbox_write(box->scratch, "kor.db", "no database at all");
    forged(box, &unpacked, "database");
    unpacked = unpack(box);
    strongbox_write(box->scratch, "kor.db", "");
    forged(box, &unpacked, "the database is empty");
}

static void
a_server_that_is_another_is_seen(void **state)
{
    struct strongbox *box = *state;
    strongbox_backup(box, box->file);
    struct kor_unpacked unpacked = unpack(box);
    struct kor_buf pair = strongbox_read(box->base, "key");
    struct kor_buf half = strongbox_read(box->base, "key.pub");
    strongbox_write(box->scratch, "server.key", pair.text);
    forged(box, &unpacked, "another server");
    unpacked = unpack(box);
    strongbox_write(box->scratch, "server.key", pair.text);
    strongbox_write(box->scratch, "server.pub", half.text);
    forged(box, &unpacked, "another server");
    unpacked = unpack(box);
    strongbox_write(box->scratch, "server.key", half.text);
    strongbox_write(box->scratch, "server.pub", half.text);
    forged(box, &unpacked, "key pair in the backup is none");
    unpacked = unpack(box);
    strongbox_write(box->scratch, "server.pub", "");
    forged(box, &unpacked, "key pair in the backup is none");
    kor_buf_done(&pair);
    kor_buf_done(&half);
}

/* Three rows in the log of the clinic. */
static void
log_three(const struct strongbox *box)
{
    char path[KOR_DISK_PATH_SIZE];
    struct kor_log_tail tail;
    struct kor_store *store
        = kit_open(kor_disk_path(box->clinic, "kor.db", path));
    assert_int_equal(kor_store_begin(store, NULL), KOR_OK);
    assert_int_equal(kor_store_log_tail(store, &tail, NULL), KOR_OK);
    for (int i = 0; i < 3; i++) {
        struct kor_log_row row = {.at_ms = KIT_MS + i,
                                  .actor_id = 1,
                                  .name = "operator",
                                  .action = "show",
                                  .outcome = "ok"};
        assert_int_equal(kor_store_log_add(store, &tail, &row, NULL), KOR_OK);
    }
    assert_int_equal(kor_store_commit(store, NULL), KOR_OK);
    kor_store_close(store);
}

/* What was wrong before the backup is evidence, and no reason to be without a
 * clinic; what became wrong after it means that it is another file. */
static void
a_broken_access_log_is_told_and_yet_restored(void **state)
{
    struct strongbox *box = *state;
    log_three(box);
    strongbox_backup(box, box->file);
    strongbox_kord(box, 0, "verify %s --key %s", box->file, box->key);
    strongbox_says(box, "unbroken up to row 4");
    struct kor_unpacked unpacked = unpack(box);
    in_scratch(box, "DROP TRIGGER access_log_kept;"
                    "UPDATE access_log SET hash = zeroblob(32) "
                    "WHERE seq = 4");
    forged(box, &unpacked, "does not end as it did");
    in_clinic(box, "DROP TRIGGER access_log_kept;"
                   "UPDATE access_log SET name = 'nobody' WHERE seq = 2");
    strongbox_backup(box, box->file);
    strongbox_kord(box, 65, "verify %s --key %s", box->file, box->key);
    strongbox_says(box, "row 2 of the access log");
    strongbox_kord(box, 0, "restore %s %s --key %s", box->file, box->again,
                   box->key);
    strongbox_says(box, "BROKEN at row 2 of 4");
    strongbox_kord(box, 65, "check %s", box->again);
    strongbox_says(box, "row 2 does not follow");
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_key_is_made_once_and_its_secret_is_kept),
        T(a_backup_without_key_or_place_is_refused),
        T(the_key_may_stand_in_the_configuration_as_file_or_text),
        T(what_was_restored_is_what_was_backed_up),
        T(the_servers_key_may_lie_elsewhere),
        T(addresses_in_the_folder_move_with_it_and_no_others),
        T(a_folder_too_deep_for_a_socket_is_restored_and_says_so),
        T(deleted_values_are_not_in_it),
        T(what_is_only_in_the_write_ahead_log_is_in_it),
        T(a_database_of_an_earlier_release_is_restored_up_to_date),
        T(the_list_of_erased_clients_is_replayed),
        T(that_no_list_of_keys_was_given_is_said_aloud),
        T(the_list_of_erased_clients_is_kept_beside_the_backups),
        T(a_list_that_is_not_this_clinics_is_refused),
        T(the_last_good_backup_is_known),
        T(old_backups_of_this_clinic_go_and_nothing_else),
        T(the_rule_in_the_configuration_holds),
        T(two_at_a_time_are_refused),
        T(what_is_no_regular_file_is_not_replaced),
        T(a_file_that_is_wrong_is_refused_and_nothing_is_left),
        T(a_folder_with_something_in_it_stays_as_it_is),
        T(a_restore_that_was_broken_off_is_no_clinic),
        T(a_row_more_or_less_is_seen),
        T(a_database_that_is_unsound_or_foreign_is_seen),
        T(a_server_that_is_another_is_seen),
        T(a_broken_access_log_is_told_and_yet_restored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
