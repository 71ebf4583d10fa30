/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The bus: who comes with a key that nobody knows, and a key that is known no
 * more. */

#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "bus/guest.h"
#include "support/house.h"

/* --- helpers -------------------------------------------------------------- */

/* Copies the code out of the body of 'reply'. */
static void
copy_code(const char *reply, char code[16])
{
    const char *body = strstr(reply, "\"body\":");
    assert_non_null(body);
    assert_non_null(strstr(body, "\"code\":\""));
    snprintf(code, 16, "%.11s", strstr(body, "\"code\":\"") + 8);
}

/* The administrator opens an enrolment for a new account 'eva'. */
static void
open_enrolment(struct house *house, char code[16])
{
    char reply[HOUSE_REPLY_SIZE];
    void *desk = house_client(house, &house->operator);
    house_ask(house, desk, "account.add",
              "{'name': 'eva', 'roles': ['therapist']}", reply);
    house_ask(house, desk, "key.enrol", "{'name': 'eva'}", reply);
    assert_code(reply, "ok");
    copy_code(reply, code);
    house_hang_up(house, desk);
}

static void
enrol(struct house *house, void *socket, const char *code,
      char reply[HOUSE_REPLY_SIZE])
{
    char body[64];
    snprintf(body, sizeof body, "{'code': '%s'}", code);
    house_ask(house, socket, "enrol", body, reply);
}

/* --- guests --------------------------------------------------------------- */

static void
a_new_key_is_enrolled_and_is_itself_after_it_has_come_again(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE], code[16];
    open_enrolment(house, code);
    void *guest = house_client(house, &house->stranger);
    house_ask(house, guest, "ping", "{}", reply);
    assert_code(reply, "forbidden");
    enrol(house, guest, code, reply);
    assert_code(reply, "ok");
    assert_non_null(strstr(reply, "\"eva\""));
    house_ask(house, guest, "caseload", "{}", reply);
    assert_code(reply, "forbidden");
    void *eva = house_client(house, &house->stranger);
    house_ask(house, eva, "caseload", "{}", reply);
    assert_code(reply, "ok");
    house_hang_up(house, guest);
    house_hang_up(house, eva);
    /* The key that is stored is the one of the connection. */
    uint8_t key[KOR_PUBLIC_KEY_SIZE];
    char hex[2 * sizeof key + 1], where[160];
    zmq_z85_decode(key, house->stranger.public_key);
    for (size_t i = 0; i < sizeof key; i++) {
        snprintf(hex + 2 * i, 3, "%02X", key[i]);
    }
    snprintf(where, sizeof where,
             "SELECT count(*) FROM actor WHERE hex(public_key) = '%s'", hex);
    assert_int_equal(1, clinic_sql(house->clinic, where));
}

static void
nobody_is_a_guest_while_nothing_is_open(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE], code[16];
    void *early = house_client(house, &house->stranger);
    house_send(house, early, "enrol", "{'code': '43333-3333P'}");
    assert_false(house_has_message(early, SHORT_MS));
    house_hang_up(house, early);
    open_enrolment(house, code);
    void *guest = house_client(house, &house->stranger);
    house_ask(house, guest, "ping", "{}", reply); /* It is in. */
    kit_sql(house->clinic->config.store_path,
            "UPDATE enrolment SET expires_ms = added_ms");
    house_signal(house, SIGHUP);
    house_await(house);
    enrol(house, guest, code, reply);
    assert_code(reply, "forbidden");
    house_hang_up(house, guest);
    struct kor_keyfile late;
    assert_int_equal(zmq_curve_keypair(late.public_key, late.secret_key), 0);
    void *socket = house_client(house, &late);
    house_send(house, socket, "enrol", "{'code': '43333-3333P'}");
    assert_false(house_has_message(socket, SHORT_MS));
    house_hang_up(house, socket);
}

static void
a_guest_hears_nothing_of_the_feed(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE], code[16];
    open_enrolment(house, code);
    void *own = house_connect(house, ZMQ_SUB, house->feed,
                              &house->therapist, house->server.public_key);
    void *guest = house_connect(house, ZMQ_SUB, house->feed,
                                &house->stranger, house->server.public_key);
    zmq_setsockopt(own, ZMQ_SUBSCRIBE, "", 0);
    zmq_setsockopt(guest, ZMQ_SUBSCRIBE, "", 0);
    void *ann = house_client(house, &house->therapist);
    do {
        house_ask(house, ann, "open", "{}", reply);
        assert_code(reply, "ok");
    } while (!house_has_message(own, SHORT_MS));
    house_ask(house, ann, "open", "{}", reply);
    assert_true(house_has_message(own, LONG_MS));
    assert_false(house_has_message(guest, SHORT_MS));
    house_hang_up(house, own);
    house_hang_up(house, guest);
    house_hang_up(house, ann);
}

static void
a_guest_leaves_no_more_in_the_log_than_the_tries(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE], code[16], large[2000];
    open_enrolment(house, code);
    void *guest = house_client(house, &house->stranger);
    int64_t before = clinic_n_logged(house->clinic, "action <> 'log-in'");
    static const char *const verbs[]
        = {"ping", "caseload", "key.list", "account.list", "instrument.list"};
    for (int i = 0; i < 50; i++) {
        house_ask(house, guest, verbs[i % 5], "{}", reply);
        assert_code(reply, "forbidden");
    }
    house_send_text(guest, "no request at all");
    house_receive(guest, reply);
    assert_code(reply, "protocol");
    memset(large, 'x', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    house_send_text(guest, large);
    house_receive(guest, reply);
    assert_code(reply, "too-large");
    assert_int_equal(before, clinic_n_logged(house->clinic,
                     "action <> 'log-in'"));
    for (int i = 0; i < 30; i++) {
        enrol(house, guest, "43333-3333P", reply);
        assert_code(reply, "forbidden");
    }
    assert_int_equal(before + 10, clinic_n_logged(house->clinic,
                     "action <> 'log-in'"));
    assert_int_equal(1, clinic_n_logged(house->clinic,
                     "action = 'log-in' AND actor_id IS NULL AND outcome = "
                     "'ok' AND object = '1 times'"));
    house_hang_up(house, guest);
    house_assert_alive(house);
}

/* One who guesses from many connections at once gets ten tries as well. */
static void
guesses_that_come_at_once_are_ten_in_all(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE], code[16];
    void *guests[20];
    open_enrolment(house, code);
    for (int i = 0; i < 20; i++) {
        struct kor_keyfile keys;
        assert_int_equal(zmq_curve_keypair(keys.public_key, keys.secret_key),
                         0);
        guests[i] = house_client(house, &keys);
        house_ask(house, guests[i], "ping", "{}", reply);
    }
    for (int i = 0; i < 20; i++) {
        house_send(house, guests[i], "enrol", "{'code': '43333-3333P'}");
    }
    for (int i = 0; i < 20; i++) {
        house_receive(guests[i], reply);
        assert_code(reply, "forbidden");
    }
    enrol(house, guests[0], code, reply);
    assert_code(reply, "forbidden");
    assert_int_equal(10, clinic_sql(house->clinic,
                                    "SELECT n_tries FROM enrolment"));
    for (int i = 0; i < 20; i++) {
        house_hang_up(house, guests[i]);
    }
}

/* --- a key that is known no more ------------------------------------------ */

static void
a_stolen_key_is_refused_on_its_open_connection(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE], code[16];
    void *thief = house_client(house, &house->therapist);
    void *desk = house_client(house, &house->operator);
    house_ask(house, thief, "caseload", "{}", reply);
    assert_code(reply, "ok");
    open_enrolment(house, code);
    house_ask(house, desk, "key.revoke",
              "{'name': 'ann', 'reason': 'laptop stolen'}", reply);
    assert_code(reply, "ok");
    house_ask(house, thief, "caseload", "{}", reply);
    assert_code(reply, "forbidden");
    house_ask(house, thief, "ping", "{}", reply);
    assert_code(reply, "forbidden");
    /* Nor does it come back as a guest, though there are guests now. */
    void *again = house_client(house, &house->therapist);
    house_send(house, again, "enrol", "{'code': '43333-3333P'}");
    assert_false(house_has_message(again, SHORT_MS));
    house_hang_up(house, again);
    house_hang_up(house, thief);
    house_hang_up(house, desk);
}

static void
who_revokes_the_own_key_still_hears_so(void **state)
{
    struct house *house = *state;
    char reply[HOUSE_REPLY_SIZE];
    void *ann = house_client(house, &house->therapist);
    house_ask(house, ann, "key.revoke", "{'name': 'ann', 'reason': 'sold'}",
              reply);
    assert_code(reply, "ok");
    assert_non_null(strstr(reply, "\"mine\":true"));
    house_ask(house, ann, "ping", "{}", reply);
    assert_code(reply, "forbidden");
    house_hang_up(house, ann);
}

/* --- without a bus -------------------------------------------------------- */

static void
a_hundred_guests_may_come_at_once_and_then_one_in_ten_seconds(void **state)
{
    struct kor_guests guests = {0};
    int64_t now_ms = 5000;
    int n = 0;
    (void)state;
    while (kor_guests_admit(&guests, now_ms)) {
        n++;
    }
    assert_int_equal(n, 100);
    assert_false(kor_guests_admit(&guests, now_ms + 9999));
    assert_true(kor_guests_admit(&guests, now_ms + 10000));
    assert_false(kor_guests_admit(&guests, now_ms + 10000));
    for (n = 0; kor_guests_admit(&guests, now_ms + 5000000); n++) {
    }
    assert_int_equal(n, 100);
}

static void
a_user_id_is_a_guest_or_a_number(void **state)
{
    uint8_t key[KOR_PUBLIC_KEY_SIZE];
    char user[KOR_GUEST_USER_SIZE], wrong[KOR_GUEST_USER_SIZE + 2];
    struct kor_caller caller = {.actor_id = 4};
    (void)state;
    for (size_t i = 0; i < sizeof key; i++) {
        key[i] = (uint8_t)(i * 7);
    }
    kor_guest_user(key, user);
    snprintf(wrong, sizeof wrong, "%s0", user);
    assert_false(kor_guest_from(wrong, &caller));
    wrong[strlen(wrong) - 2] = '\0';
    assert_false(kor_guest_from(wrong, &caller));
    strcpy(wrong, user);
    wrong[10] = 'x';
    assert_false(kor_guest_from(wrong, &caller));
    assert_false(kor_guest_from("", &caller));
    assert_false(kor_guest_from("7", &caller));
    assert_int_equal(caller.actor_id, 4);
    assert_true(kor_guest_from(user, &caller));
    assert_true(caller.is_guest);
    assert_int_equal(caller.actor_id, 0);
    assert_memory_equal(caller.guest_key, key, sizeof key);
}

#define TEST(name)                                                            \
    cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_key_is_enrolled_and_is_itself_after_it_has_come_again),
        TEST(nobody_is_a_guest_while_nothing_is_open),
        TEST(a_guest_hears_nothing_of_the_feed),
        TEST(a_guest_leaves_no_more_in_the_log_than_the_tries),
        TEST(guesses_that_come_at_once_are_ten_in_all),
        TEST(a_stolen_key_is_refused_on_its_open_connection),
        TEST(who_revokes_the_own_key_still_hears_so),
        cmocka_unit_test(
            a_hundred_guests_may_come_at_once_and_then_one_in_ten_seconds),
        cmocka_unit_test(a_user_id_is_a_guest_or_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
