/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is admitted: see access/keyring.h. */

#include "access/keyring.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/log.h"
#include "kor/base/utf8.h"
#include "store/enrolment.h"
#include "store/key.h"

struct entry {
    uint8_t public_key[KOR_PUBLIC_KEY_SIZE];
    int64_t expires_ms; /* Or KOR_NO_MS. */
    struct kor_caller caller;
};

struct entries {
    struct entry *list; /* Keys that are admitted until they end. */
    size_t n;
    uint8_t (*ended)[KOR_PUBLIC_KEY_SIZE]; /* Those that are no more. */
    size_t n_ended;
    int64_t guests_until_ms; /* When the last open enrolment ends. */
};

struct kor_keyring {
    pthread_rwlock_t lock;
    struct entries entries;
};

struct kor_keyring *
kor_keyring_new(void)
{
    struct kor_keyring *keyring = kor_alloc(sizeof *keyring);
    pthread_rwlock_init(&keyring->lock, NULL);
    return keyring;
}

static void
free_entries(struct entries *entries)
{
    free(entries->list);
    free(entries->ended);
}

void
kor_keyring_free(struct kor_keyring *keyring)
{
    if (keyring) {
        pthread_rwlock_destroy(&keyring->lock);
        free_entries(&keyring->entries);
        free(keyring);
    }
}

static void
add_entry(void *to, const struct kor_actor *actor)
{
    struct entries *entries = to;
    const struct kor_account *account = &actor->account;
    struct entry entry = {.expires_ms = actor->expires_ms,
                          .caller = {.actor_id = actor->id,
                                     .account_id = account->id,
                                     .person_id = account->person_id}};
    if (!kor_actor_roles_from(account->roles, &entry.caller.roles)) {
        kor_log(KOR_LOG_WARNING, "a key without a known role is left out");
        return;
    }
    memcpy(entry.public_key, actor->public_key, sizeof entry.public_key);
    kor_utf8_copy(entry.caller.name, sizeof entry.caller.name, account->name);
    kor_utf8_copy(entry.caller.unit_path, sizeof entry.caller.unit_path,
                  account->unit_path);
    entries->list = kor_realloc_array(entries->list, entries->n + 1,
                                      sizeof *entries->list);
    entries->list[entries->n++] = entry;
}

static void
add_ended(void *to, const struct kor_key *key)
{
    struct entries *entries = to;
    if (key->revoked_ms != KOR_NO_MS) {
        entries->ended = kor_realloc_array(
            entries->ended, entries->n_ended + 1, sizeof *entries->ended);
        memcpy(entries->ended[entries->n_ended++], key->public_key,
               KOR_PUBLIC_KEY_SIZE);
    }
}

static enum kor_code
read_entries(struct kor_store *store, struct entries *entries,
             struct kor_err *err)
{
    struct kor_enrolments open = {0};
    enum kor_code code = kor_store_actors(store, add_entry, entries, err);
    if (code == KOR_OK) {
        code = kor_store_keys(store, 0, 0, add_ended, entries, err);
    }
    if (code == KOR_OK) {
        code = kor_store_enrolment_open(store, 0, &open, err);
    }
    entries->guests_until_ms = open.until_ms;
    return code;
}

enum kor_code
kor_keyring_load(struct kor_keyring *keyring, struct kor_store *store,
                 struct kor_err *err)
{
    struct entries fresh = {0};
    enum kor_code code = read_entries(store, &fresh, err);
    if (code != KOR_OK) {
        free_entries(&fresh);
        return code;
    }
    pthread_rwlock_wrlock(&keyring->lock);
    struct entries old = keyring->entries;
    keyring->entries = fresh;
    pthread_rwlock_unlock(&keyring->lock);
    free_entries(&old);
    return KOR_OK;
}

static bool
may_ask(const struct entry *entry, int64_t now_ms)
{
    return entry->expires_ms == KOR_NO_MS || now_ms < entry->expires_ms;
}

bool
kor_keyring_by_key(struct kor_keyring *keyring,
                   const uint8_t public_key[KOR_PUBLIC_KEY_SIZE],
                   int64_t now_ms, struct kor_caller *caller)
{
    bool is_found = false;
    pthread_rwlock_rdlock(&keyring->lock);
    for (size_t i = 0; i < keyring->entries.n && !is_found; i++) {
        const struct entry *entry = &keyring->entries.list[i];
        if (!memcmp(entry->public_key, public_key, KOR_PUBLIC_KEY_SIZE)) {
            *caller = entry->caller;
            is_found = may_ask(entry, now_ms);
        }
    }
    pthread_rwlock_unlock(&keyring->lock);
    return is_found;
}

bool
kor_keyring_by_id(struct kor_keyring *keyring, int64_t actor_id,
                  int64_t now_ms, struct kor_caller *caller)
{
    bool is_found = false;
    pthread_rwlock_rdlock(&keyring->lock);
    for (size_t i = 0; i < keyring->entries.n && !is_found; i++) {
        const struct entry *entry = &keyring->entries.list[i];
        if (entry->caller.actor_id == actor_id) {
            *caller = entry->caller;
            is_found = may_ask(entry, now_ms);
        }
    }
    pthread_rwlock_unlock(&keyring->lock);
    return is_found;
}

bool
kor_keyring_has_guests(struct kor_keyring *keyring, int64_t now_ms)
{
    pthread_rwlock_rdlock(&keyring->lock);
    bool has_guests = now_ms < keyring->entries.guests_until_ms;
    pthread_rwlock_unlock(&keyring->lock);
    return has_guests;
}

static bool
is_known(const struct entries *entries,
         const uint8_t public_key[KOR_PUBLIC_KEY_SIZE])
{
    bool is_known = false;
    for (size_t i = 0; i < entries->n && !is_known; i++) {
        is_known = !memcmp(entries->list[i].public_key, public_key,
                           KOR_PUBLIC_KEY_SIZE);
    }
    for (size_t i = 0; i < entries->n_ended && !is_known; i++) {
        is_known
            = !memcmp(entries->ended[i], public_key, KOR_PUBLIC_KEY_SIZE);
    }
    return is_known;
}

bool
kor_keyring_may_be_guest(struct kor_keyring *keyring,
                         const uint8_t public_key[KOR_PUBLIC_KEY_SIZE],
                         int64_t now_ms)
{
    pthread_rwlock_rdlock(&keyring->lock);
    bool may_be = now_ms < keyring->entries.guests_until_ms
               && !is_known(&keyring->entries, public_key);
    pthread_rwlock_unlock(&keyring->lock);
    return may_be;
}
