/* SPDX-License-Identifier: GPL-3.0-or-later */

/* access: who is admitted, until when, and who stays so when the store cannot
 * say. */

#include "support/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/check.h"
#include "access/keyring.h"
#include "kor/base/compiler.h"
#include "store/store_provider.h"
#include "support/storekit.h"

#define OK(call) kit_ok((call), &err)

/* Adds an account with a key of bytes 'serial', and returns the key's id. */
static int64_t
add(struct kor_store *store, const char *name, const char *roles,
    int64_t unit_id, int serial, int64_t expires_ms)
{
    struct kor_err err;
    struct kor_actor actor = {.account = {.unit_id = unit_id},
                              .expires_ms = expires_ms};
    kor_err_init(&err, KOR_EN);
    snprintf(actor.account.name, sizeof actor.account.name, "%s", name);
    snprintf(actor.account.roles, sizeof actor.account.roles, "%s", roles);
    memset(actor.public_key, serial, sizeof actor.public_key);
    OK(kor_store_account_add(store, &actor.account, KIT_MS, &err));
    OK(kor_store_actor_add(store, &actor, KIT_MS, &err));
    return actor.id;
}

static bool
is_admitted(struct kor_keyring *keyring, int serial, int64_t now_ms,
            struct kor_caller *caller)
{
    uint8_t key[KOR_PUBLIC_KEY_SIZE];
    struct kor_caller by_id;
    memset(key, serial, sizeof key);
    bool is_found = kor_keyring_by_key(keyring, key, now_ms, caller);
    if (is_found) {
        assert_true(kor_keyring_by_id(keyring, caller->actor_id, now_ms,
                                      &by_id));
        assert_string_equal(by_id.name, caller->name);
    }
    return is_found;
}

static void
a_key_is_found_with_whose_it_is(void **state)
{
    (void)state;
    struct kor_err err;
    struct kor_unit north = {.name = "north"};
    struct kor_caller caller;
    struct kor_store *store = kit_open(":memory:");
    struct kor_keyring *keyring = kor_keyring_new();
    kor_err_init(&err, KOR_EN);
    assert_false(is_admitted(keyring, 1, KIT_MS, &caller));
    OK(kor_store_unit_add(store, &north, "/", KIT_MS, &err));
    int64_t ann = add(store, "ann", "therapist,duty", north.id, 1, KOR_NO_MS);
    add(store, "eva", "leader", 0, 2, KOR_NO_MS);
    OK(kor_keyring_load(keyring, store, &err));
    assert_true(is_admitted(keyring, 1, KIT_MS, &caller));
    assert_int_equal(caller.actor_id, ann);
    assert_string_equal(caller.name, "ann");
    assert_string_equal(caller.unit_path, "/north/");
    assert_int_equal(caller.roles, KOR_ROLE_BIT(KOR_ACTOR_THERAPIST)
                                       | KOR_ROLE_BIT(KOR_ACTOR_DUTY));
    assert_true(is_admitted(keyring, 2, KIT_MS, &caller));
    assert_string_equal(caller.unit_path, "/");
    assert_int_equal(caller.roles, KOR_ROLE_BIT(KOR_ACTOR_LEADER));
    assert_false(is_admitted(keyring, 3, KIT_MS, &caller));
    assert_false(kor_keyring_by_id(keyring, 77, KIT_MS, &caller));
    kor_keyring_free(keyring);
    kor_keyring_free(NULL);
    kor_store_close(store);
}

/* The moment itself is too late. */
static void
a_key_is_admitted_until_just_before_it_expires(void **state)
{
    (void)state;
    struct kor_err err;
    struct kor_caller caller;
    struct kor_store *store = kit_open(":memory:");
    struct kor_keyring *keyring = kor_keyring_new();
    kor_err_init(&err, KOR_EN);
    int64_t id = add(store, "ann", "therapist", 0, 1, KIT_MS + 1000);
    OK(kor_keyring_load(keyring, store, &err));
    assert_true(is_admitted(keyring, 1, KIT_MS + 999, &caller));
    assert_false(is_admitted(keyring, 1, KIT_MS + 1000, &caller));
    assert_false(kor_keyring_by_id(keyring, id, KIT_MS + 1000, &caller));
    kor_keyring_free(keyring);
    kor_store_close(store);
}

static void
run(struct kor_store *store, const char *sql)
{
    assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL),
                     SQLITE_OK);
}

static void
who_left_or_has_no_role_is_not_admitted(void **state)
{
    (void)state;
    struct kor_err err;
    struct kor_caller caller;
    struct kor_store *store = kit_open(":memory:");
    struct kor_keyring *keyring = kor_keyring_new();
    kor_err_init(&err, KOR_EN);
    add(store, "ann", "therapist", 0, 1, KOR_NO_MS);
    add(store, "eva", "therapist", 0, 2, KOR_NO_MS);
    add(store, "ina", "therapist", 0, 3, KOR_NO_MS);
    add(store, "liv", "therapist", 0, 4, KOR_NO_MS);
    run(store, "UPDATE account SET left_ms = 1 WHERE name = 'ann';"
               "DELETE FROM account_role WHERE account_id = 2;"
               "UPDATE actor SET revoked_ms = 1 WHERE id = 3");
    OK(kor_keyring_load(keyring, store, &err));
    for (int serial = 1; serial <= 3; serial++) {
        assert_false(is_admitted(keyring, serial, KIT_MS, &caller));
    }
    assert_true(is_admitted(keyring, 4, KIT_MS, &caller));
    kor_keyring_free(keyring);
    kor_store_close(store);
}

/* Nobody is locked out, and nobody let in, because the disk failed. */
static void
what_cannot_be_loaded_leaves_the_keyring_as_it_was(void **state)
{
    (void)state;
    struct kor_err err;
    struct kor_caller caller;
    struct kor_store *store = kit_open(":memory:");
    struct kor_keyring *keyring = kor_keyring_new();
    kor_err_init(&err, KOR_EN);
    add(store, "ann", "therapist", 0, 1, KOR_NO_MS);
    OK(kor_keyring_load(keyring, store, &err));
    add(store, "eva", "therapist", 0, 2, KOR_NO_MS);
    run(store, "PRAGMA legacy_alter_table = ON;"
               "ALTER TABLE account_role RENAME TO hidden");
    assert_int_equal(kor_keyring_load(keyring, store, &err), KOR_INTERNAL);
    assert_true(is_admitted(keyring, 1, KIT_MS, &caller));
    assert_false(is_admitted(keyring, 2, KIT_MS, &caller));
    run(store, "ALTER TABLE hidden RENAME TO account_role");
    OK(kor_keyring_load(keyring, store, &err));
    assert_true(is_admitted(keyring, 2, KIT_MS, &caller));
    kor_keyring_free(keyring);
    kor_store_close(store);
}

static void
each_relation_has_a_word(void **state)
{
    static const char *const words[KOR_N_RELATIONS]
        = {"role", "role", "self", "care", "cover", "supervision", "unit",
           "duty", "emergency", "cooperation", "cooperation"};
    (void)state;
    for (unsigned i = 0; i < KOR_N_RELATIONS; i++) {
        assert_string_equal(kor_relation_word((enum kor_relation)(1U << i)),
                            words[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_is_found_with_whose_it_is),
        cmocka_unit_test(a_key_is_admitted_until_just_before_it_expires),
        cmocka_unit_test(who_left_or_has_no_role_is_not_admitted),
        cmocka_unit_test(what_cannot_be_loaded_leaves_the_keyring_as_it_was),
        cmocka_unit_test(each_relation_has_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
