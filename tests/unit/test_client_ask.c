/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client against a daemon that drops, confuses and refuses. */

#include "support/near.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <zmq.h>

#include "kor/client/client.h"
#include "kor/client/feed.h"
#include "kor/wire/envelope.h"
#include "support/fake_kord.h"

#define PONG                                                                  \
    "{\"version\":\"1\",\"at_ms\":5,\"seq\":7,\"lang\":\"nb\","               \
    "\"feed\":\"ipc://x\"}"

/* What the daemon saw. */
struct seen {
    int n_dropped; /* To be dropped before an answer. */
    char ids[8][KOR_UUID_TEXT_SIZE];
    char frames[8][512];
    struct kor_err refusal; /* Sent if its code is set. */
    bool is_foreign_first;  /* Another id's answer goes before. */
};

static void
answer(void *user, int n, const char *frame, size_t size,
       struct kor_buf *reply)
{
    struct seen *seen = user;
    if (n < 8 && size < sizeof seen->frames[0]) {
        fake_kord_member(frame, size, "id", seen->ids[n],
                         sizeof seen->ids[n]);
        memcpy(seen->frames[n], frame, size);
    }
    if (n < seen->n_dropped) {
        return;
    }
    if (seen->refusal.code != KOR_OK) {
        kor_refusal_encode(seen->ids[n], &seen->refusal, reply);
    } else if (seen->is_foreign_first) {
        kor_reply_encode("018f3c1e-0000-7000-8000-000000000000", PONG, reply);
    } else {
        kor_reply_encode(seen->ids[n], PONG, reply);
    }
}

/* A client of 'kord' that waits 'wait_ms' for a try. */
static struct kor_client *
client_of(const struct fake_kord *kord, int64_t wait_ms)
{
    struct kor_place place;
    struct kor_client *client;
    struct kor_client_options options = kor_client_options_default();
    options.wait_ms = wait_ms;
    assert_int_equal(
        kor_place_load(fake_kord_folder(kord), NULL, &place, NULL), KOR_OK);
    assert_int_equal(kor_client_new(&place, &options, &client, NULL), KOR_OK);
    return client;
}

static enum kor_code
ping(struct kor_client *client, struct kor_msg_pong *pong,
     struct kor_err *err)
{
    struct kor_msg_empty nothing = {0};
    kor_err_init(err, KOR_EN);
    return kor_client_ask(client, KOR_VERB_PING, &nothing, pong, err);
}

static void
a_question_is_answered(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct kor_msg_pong pong;
    struct kor_err err;
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    struct kor_client *client = client_of(kord, 20000);
    assert_int_equal(ping(client, &pong, &err), KOR_OK);
    assert_int_equal(pong.seq, 7);
    assert_int_equal(ping(client, &pong, &err), KOR_OK);
    assert_string_not_equal(seen.ids[0], seen.ids[1]);
    kor_client_free(client);
    assert_int_equal(fake_kord_stop(kord), 2);
}

static void
a_lost_question_is_asked_again_with_the_same_id(void **state)
{
    (void)state;
    struct seen seen = {.n_dropped = 2};
    struct kor_msg_pong pong;
    struct kor_err err;
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    struct kor_client *client = client_of(kord, 300);
    assert_int_equal(ping(client, &pong, &err), KOR_OK);
    assert_string_equal(seen.frames[0], seen.frames[1]);
    assert_string_equal(seen.frames[0], seen.frames[2]);
    kor_client_free(client);
    assert_int_equal(fake_kord_stop(kord), 3);
}

static void
after_three_tries_the_daemon_is_away(void **state)
{
    (void)state;
    struct seen seen = {.n_dropped = 100};
    struct kor_msg_pong pong;
    struct kor_err err;
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    struct kor_client *client = client_of(kord, 150);
    assert_int_equal(ping(client, &pong, &err), KOR_AWAY);
    assert_non_null(strstr(err.text, "ask again"));
    kor_client_free(client);
    assert_int_equal(fake_kord_stop(kord), 3);
}

static void
an_unanswered_write_says_that_it_may_be_stored(void **state)
{
    (void)state;
    struct seen seen = {.n_dropped = 100};
    struct kor_msg_close close;
    struct kor_msg_episode episode;
    struct kor_err err;
    kor_message_init(&kor_message_close, &close);
    kor_err_init(&err, KOR_EN);
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    struct kor_client *client = client_of(kord, 100);
    assert_int_equal(
        kor_client_ask(client, KOR_VERB_CLOSE, &close, &episode, &err),
        KOR_AWAY);
    assert_non_null(strstr(err.text, "not known whether"));
    kor_client_free(client);
    fake_kord_stop(kord);
}

static void
answers_to_other_questions_are_dropped(void **state)
{
    (void)state;
    struct seen seen = {.is_foreign_first = true};
    struct kor_msg_pong pong;
    struct kor_err err;
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    struct kor_client *client = client_of(kord, 150);
    assert_int_equal(ping(client, &pong, &err), KOR_AWAY);
    seen.is_foreign_first = false;
    assert_int_equal(ping(client, &pong, &err), KOR_OK);
    kor_client_free(client);
    fake_kord_stop(kord);
}

static void
a_refusal_is_told_as_it_is(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct kor_msg_pong pong;
    struct kor_err err;
    kor_err_init(&seen.refusal, KOR_EN);
    (void)kor_fail(&seen.refusal, KOR_BUSY, "scale", "come back later");
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    struct kor_client *client = client_of(kord, 20000);
    assert_int_equal(ping(client, &pong, &err), KOR_BUSY);
    assert_string_equal(err.text, "come back later");
    assert_string_equal(err.field, "scale");
    kor_client_free(client);
    assert_int_equal(fake_kord_stop(kord), 1);
}

static void
an_uncertain_write_is_asked_again_with_the_same_id(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct kor_msg_pong pong;
    struct kor_err err;
    kor_err_init(&seen.refusal, KOR_EN);
    (void)kor_fail(&seen.refusal, KOR_UNCERTAIN, NULL, "the disk failed");
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    struct kor_client *client = client_of(kord, 20000);
    assert_int_equal(ping(client, &pong, &err), KOR_UNCERTAIN);
    assert_string_equal(seen.ids[0], seen.ids[2]);
    kor_client_free(client);
    assert_int_equal(fake_kord_stop(kord), 3);
}

static void
a_key_that_is_not_admitted_has_its_own_error(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct kor_msg_pong pong;
    struct kor_err err;
    struct fake_kord *kord = fake_kord_start(answer, &seen, false);
    struct kor_client *client = client_of(kord, 4000);
    int64_t begun_ms = kor_clock_system()->mono_ms(kor_clock_system());
    assert_int_equal(ping(client, &pong, &err), KOR_FORBIDDEN);
    assert_non_null(strstr(err.text, "does not admit this key"));
    assert_true(kor_clock_system()->mono_ms(kor_clock_system()) - begun_ms
                < 3000);
    kor_client_free(client);
    assert_int_equal(fake_kord_stop(kord), 0);
}

static void
another_server_key_has_its_own_error(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct kor_place place;
    struct kor_client *client;
    struct kor_msg_pong pong;
    struct kor_err err;
    char other_secret[KOR_Z85_SIZE];
    const struct kor_client_options options = kor_client_options_default();
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    assert_int_equal(
        kor_place_load(fake_kord_folder(kord), NULL, &place, NULL), KOR_OK);
    assert_int_equal(zmq_curve_keypair(place.server, other_secret), 0);
    assert_int_equal(kor_client_new(&place, &options, &client, NULL), KOR_OK);
    int64_t begun_ms = kor_clock_system()->mono_ms(kor_clock_system());
    assert_int_equal(ping(client, &pong, &err), KOR_CONFIG);
    assert_non_null(strstr(err.text, "does not hold the server key"));
    assert_true(kor_clock_system()->mono_ms(kor_clock_system()) - begun_ms
                < 4000);
    kor_client_free(client);
    assert_int_equal(fake_kord_stop(kord), 0);
}

static void
nobody_there_says_how_to_start_it(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct kor_msg_pong pong;
    struct kor_err err;
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    struct kor_client *client = client_of(kord, 200);
    fake_kord_stop(kord);
    assert_int_equal(ping(client, &pong, &err), KOR_AWAY);
    assert_non_null(strstr(err.text, "kord run"));
    kor_client_free(client);
}

static void
a_request_that_is_too_large_is_not_sent(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct kor_err err;
    struct kor_msg_instrument_add add;
    struct kor_msg_instrument got;
    struct kor_buf text = {0};
    kor_message_init(&kor_message_instrument_add, &add);
    kor_err_init(&err, KOR_EN);
    kor_buf_puts(&text, "{\"x\":\"");
    while (text.size <= KOR_MAX_REQUEST_SIZE) {
        kor_buf_puts(&text, "0123456789abcdef");
    }
    kor_buf_puts(&text, "\"}");
    add.definition = text.text;
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    struct kor_client *client = client_of(kord, 20000);
    assert_int_equal(
        kor_client_ask(client, KOR_VERB_INSTRUMENT_ADD, &add, &got, &err),
        KOR_TOO_LARGE);
    kor_client_free(client);
    kor_buf_done(&text);
    assert_int_equal(fake_kord_stop(kord), 0);
}

/* Binds the feed that client.ini names. */
static void *
bind_feed(void *context, const struct fake_kord *kord)
{
    char endpoint[128];
    const int yes = 1, linger = 0;
    void *feed = zmq_socket(context, ZMQ_PUB);
    zmq_setsockopt(feed, ZMQ_CURVE_SERVER, &yes, sizeof yes);
    zmq_setsockopt(feed, ZMQ_LINGER, &linger, sizeof linger);
    zmq_setsockopt(feed, ZMQ_CURVE_SECRETKEY, fake_kord_secret(kord), 41);
    snprintf(endpoint, sizeof endpoint, "ipc://%s/feed.sock",
             fake_kord_folder(kord));
    assert_int_equal(zmq_bind(feed, endpoint), 0);
    return feed;
}

static void
publish(void *feed, const char *topic, const char *text, bool is_long)
{
    zmq_send(feed, topic, strlen(topic), ZMQ_SNDMORE);
    zmq_send(feed, text, strlen(text), is_long ? ZMQ_SNDMORE : 0);
    if (is_long) {
        zmq_send(feed, "more", 4, 0);
    }
}

static void
the_feed_tells_the_highest_number_and_drops_the_rest(void **state)
{
    (void)state;
    struct seen seen = {0};
    struct kor_place place;
    struct kor_client_feed *feed;
    int64_t seq = -1;
    int ends[2];
    struct fake_kord *kord = fake_kord_start(answer, &seen, true);
    void *context = zmq_ctx_new();
    void *pub = bind_feed(context, kord);
    assert_int_equal(
        kor_place_load(fake_kord_folder(kord), NULL, &place, NULL), KOR_OK);
    assert_int_equal(kor_client_feed_open(&place, NULL, &feed, NULL), KOR_OK);
    /* A subscriber that is not there yet hears nothing, so go on until it
     * does; 'seq' is the highest number whatever came of the others. */
    enum kor_heard heard = KOR_HEARD_NOTHING;
    for (int i = 0; i < 500 && heard == KOR_HEARD_NOTHING; i++) {
        publish(pub, "other", "99", false);
        publish(pub, "change", "x12", false);
        publish(pub, "change", "77", true);
        publish(pub, "change", "41", false);
        heard = kor_client_feed_next(feed, 10, -1, &seq);
    }
    assert_int_equal(heard, KOR_HEARD_CHANGE);
    assert_int_equal(seq, 41);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(kor_client_feed_next(feed, 5000, ends[0], &seq),
                     KOR_HEARD_STOP);
    close(ends[0]);
    close(ends[1]);
    kor_client_feed_free(feed);
    zmq_close(pub);
    zmq_ctx_term(context);
    fake_kord_stop(kord);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_question_is_answered),
        cmocka_unit_test(a_lost_question_is_asked_again_with_the_same_id),
        cmocka_unit_test(after_three_tries_the_daemon_is_away),
        cmocka_unit_test(an_unanswered_write_says_that_it_may_be_stored),
        cmocka_unit_test(answers_to_other_questions_are_dropped),
        cmocka_unit_test(a_refusal_is_told_as_it_is),
        cmocka_unit_test(an_uncertain_write_is_asked_again_with_the_same_id),
        cmocka_unit_test(a_key_that_is_not_admitted_has_its_own_error),
        cmocka_unit_test(another_server_key_has_its_own_error),
        cmocka_unit_test(nobody_there_says_how_to_start_it),
        cmocka_unit_test(a_request_that_is_too_large_is_not_sent),
        cmocka_unit_test(the_feed_tells_the_highest_number_and_drops_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
