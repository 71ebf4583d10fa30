/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor watch: begins with what is open, tells what happens, says where a gap
 * is, and ends cleanly. */

#include "support/near.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zmq.h>

#include "kor/base/clock.h"
#include "kor/wire/envelope.h"
#include "support/fake_kord.h"
#include "support/run_kor.h"

#define SIGNAL                                                                \
    "{\"signals\":[{\"id\":1,\"code\":\"VCCG-CV7W\",\"episode\":1,"           \
    "\"therapist\":\"t\",\"finding\":\"stalled\",\"scale\":\"outcome\","      \
    "\"session\":6,\"date\":\"2026-10-22\",\"sessions_since\":1}]}"
#define EVENTS                                                                \
    "{\"events\":[{\"seq\":8,\"at_ms\":1795304874922,\"verb\":\"record\","    \
    "\"code\":\"36AE-PRNX\",\"session\":3,\"scale\":\"outcome\","             \
    "\"total\":12.5,\"standing\":\"less\","                                   \
    "\"signals\":[\"reliably-worse\"]}],\"seq\":8,\"gap\":true}"

static void
answer(void *user, int n, const char *frame, size_t size,
       struct kor_buf *reply)
{
    char id[40], verb[32];
    (void)user;
    (void)n;
    fake_kord_member(frame, size, "id", id, sizeof id);
    fake_kord_member(frame, size, "verb", verb, sizeof verb);
    if (!strcmp(verb, "signals")) {
        kor_reply_encode(id, SIGNAL, reply);
    } else if (!strcmp(verb, "since")) {
        bool is_first = memmem(frame, size, "\"seq\":7", 7) != NULL;
        kor_reply_encode(id, is_first ? EVENTS : "{\"seq\":8}", reply);
    } else {
        kor_reply_encode(id,
                         "{\"version\":\"1\",\"at_ms\":5,\"seq\":7,"
                         "\"lang\":\"en\",\"feed\":\"ipc://x\"}",
                         reply);
    }
}

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

/* Adds what 'fd' has within a moment; false at its end. */
static bool
read_more(int fd, struct kor_buf *text)
{
    struct pollfd item = {.fd = fd, .events = POLLIN};
    char bytes[4096];
    if (poll(&item, 1, 20) != 1) {
        return true;
    }
    ssize_t size = read(fd, bytes, sizeof bytes);
    if (size > 0) {
        kor_buf_add(text, bytes, (size_t)size);
    }
    return size > 0;
}

static void
a_notice_is_told_and_a_gap_shows_what_is_open(void **state)
{
    (void)state;
    struct kor_buf text = {0};
    int fd, status;
    struct fake_kord *kord = fake_kord_start(answer, NULL, true);
    void *context = zmq_ctx_new();
    void *feed = bind_feed(context, kord);
    pid_t pid = run_kor_start("watch --quiet", fake_kord_folder(kord), &fd);
    int64_t end_ms = kor_clock_system()->mono_ms(kor_clock_system()) + 20000;
    while (!strstr(kor_buf_text(&text), "Signal for 36AE-PRNX")
           && kor_clock_system()->mono_ms(kor_clock_system()) < end_ms) {
        zmq_send(feed, "change", 6, ZMQ_SNDMORE);
        zmq_send(feed, "8", 1, 0);
        (void)read_more(fd, &text);
    }
    kill(pid, SIGINT);
    while (read_more(fd, &text)) {
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    const char *open = strstr(text.text, "no reliable change yet");
    assert_non_null(open); /* The snapshot, and again for the gap. */
    assert_non_null(strstr(open + 1, "no reliable change yet"));
    assert_non_null(strstr(text.text, "recorded  36AE-PRNX session 3  "
                                      "outcome 12.5  less change than"));
    assert_non_null(strstr(text.text,
                           "Signal for 36AE-PRNX: reliably worse"));
    close(fd);
    kor_buf_done(&text);
    zmq_close(feed);
    zmq_ctx_term(context);
    fake_kord_stop(kord);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_is_told_and_a_gap_shows_what_is_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
