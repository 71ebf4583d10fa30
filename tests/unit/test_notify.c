/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kord and its service manager: the words, and a kord that is watched by a
 * manager of the test's own. */

#include "support/near.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "notify.h"
#include "support/live.h"

#define NO_MS 300 /* How long nothing must come. */

/* What listens in the manager's place. */
struct manager {
    char folder[KIT_PATH_SIZE];
    char address[KIT_PATH_SIZE + 16]; /* As in $NOTIFY_SOCKET. */
    int fd;
    char text[1024]; /* What came last. */
};

static void
listen_at(struct manager *manager, const char *address)
{
    struct sockaddr_un own = {.sun_family = AF_UNIX};
    size_t len = strlen(address);
    snprintf(manager->address, sizeof manager->address, "%s", address);
    memcpy(own.sun_path, address, len);
    if (address[0] == '@') {
        own.sun_path[0] = '\0';
    }
    manager->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(manager->fd, (const struct sockaddr *)&own,
                          (socklen_t)(sizeof own.sun_family + len)),
                     0);
}

static int
set_up(void **state)
{
    struct manager *manager = calloc(1, sizeof *manager);
    char address[KIT_PATH_SIZE + 16];
    kit_folder(manager->folder);
    snprintf(address, sizeof address, "%s/notify", manager->folder);
    listen_at(manager, address);
    *state = manager;
    return 0;
}

static int
tear_down(void **state)
{
    struct manager *manager = *state;
    close(manager->fd);
    kit_folder_remove(manager->folder);
    free(manager);
    return 0;
}

/* Whether a message comes within 'wait_ms'; it is kept. */
static bool
hears(struct manager *manager, int wait_ms)
{
    struct pollfd item = {.fd = manager->fd, .events = POLLIN};
    if (poll(&item, 1, wait_ms) != 1) {
        return false;
    }
    ssize_t size = recv(manager->fd, manager->text,
                        sizeof manager->text - 1, 0);
    assert_true(size >= 0);
    manager->text[size] = '\0';
    return true;
}

/* Waits for a message that begins with 'text'; signs of life may come
 * before. */
static void
awaits(struct manager *manager, const char *text)
{
    bool is_sign;
    do {
        assert_true(hears(manager, LIVE_MS));
        is_sign = !strcmp(manager->text, "WATCHDOG=1");
    } while (is_sign && strcmp(text, "WATCHDOG=1"));
    if (strncmp(manager->text, text, strlen(text))) {
        print_error("heard '%s', not '%s'\n", manager->text, text);
        fail();
    }
}

/* --- the words ----------------------------------------------------------- */

static void
a_message_reaches_a_path_and_a_name(void **state)
{
    struct manager *manager = *state;
    struct kord_notify notify;
    struct kor_err err;
    char name[64];
    kor_err_init(&err, KOR_EN);
    for (int i = 0; i < 2; i++) {
        kit_ok(kord_notify_open(&notify, manager->address, &err), &err);
        kord_notify_send(&notify, "READY=%d", 1);
        assert_true(hears(manager, LIVE_MS));
        assert_string_equal(manager->text, "READY=1");
        kord_notify_status(&notify, "two\nlines, %s", "one word");
        assert_true(hears(manager, LIVE_MS));
        assert_string_equal(manager->text, "STATUS=two?lines, one word");
        kord_notify_close(&notify);
        close(manager->fd);
        snprintf(name, sizeof name, "@kor-test-%d", (int)getpid());
        listen_at(manager, name);
    }
}

static void
without_a_manager_nothing_is_said(void **state)
{
    (void)state;
    struct kord_notify notify;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kord_notify_open(&notify, NULL, &err), &err);
    kord_notify_send(&notify, "READY=1");
    kord_notify_close(&notify);
    kit_ok(kord_notify_open(&notify, "", &err), &err);
    kord_notify_status(&notify, "x");
    kord_notify_close(&notify);
}

static void
an_address_that_is_none_is_refused(void **state)
{
    (void)state;
    char longer[200];
    struct kord_notify notify;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    assert_int_equal(kord_notify_open(&notify, "relative", &err), KOR_CONFIG);
    assert_string_equal(err.field, "NOTIFY_SOCKET");
    kord_notify_close(&notify);
    memset(longer, '/', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(kord_notify_open(&notify, longer, &err), KOR_CONFIG);
    assert_non_null(strstr(err.text, "107"));
    kord_notify_close(&notify);
}

static void
the_watchdog_is_meant_for_one_process(void **state)
{
    (void)state;
    char own[24];
    snprintf(own, sizeof own, "%d", (int)getpid());
    assert_int_equal(kord_notify_watch_ms("30000000", NULL), 30000);
    assert_int_equal(kord_notify_watch_ms("30000000", own), 30000);
    assert_int_equal(kord_notify_watch_ms("30000000", "1"), 0);
    assert_int_equal(kord_notify_watch_ms(NULL, own), 0);
    assert_int_equal(kord_notify_watch_ms("", NULL), 0);
    assert_int_equal(kord_notify_watch_ms("soon", NULL), 0);
    assert_int_equal(kord_notify_watch_ms("-1", NULL), 0);
    assert_int_equal(kord_notify_watch_ms("99999999999999999999", NULL), 0);
}

/* --- a kord that is watched ---------------------------------------------- */

static void
make_live(const struct manager *manager, struct live *live)
{
    char path[KIT_PATH_SIZE + 16];
    snprintf(path, sizeof path, "%s/clinic", manager->folder);
    live_init(live, path);
}

static void
start(const struct manager *manager, struct live *live, const char *usec)
{
    char where[KIT_PATH_SIZE + 32], watch[64];
    const char *const environment[] = {where, watch, NULL};
    snprintf(where, sizeof where, "NOTIFY_SOCKET=%s", manager->address);
    snprintf(watch, sizeof watch, "WATCHDOG_USEC=%s", usec);
    live_start(live, environment);
}

static void
kord_says_when_it_is_ready_reloads_and_stops(void **state)
{
    struct manager *manager = *state;
    struct live live;
    make_live(manager, &live);
    start(manager, &live, "");
    awaits(manager, "STATUS=serves ipc://");
    awaits(manager, "READY=1");
    assert_int_equal(kill(live.pid, SIGHUP), 0);
    awaits(manager, "RELOADING=1\nMONOTONIC_USEC=");
    awaits(manager, "READY=1");
    assert_int_equal(live_stop(&live), 0);
    awaits(manager, "STOPPING=1");
    /* No watchdog was asked for. */
    assert_false(hears(manager, 0));
    live_done(&live);
}

static void
kord_shows_that_it_lives_until_it_stands_still(void **state)
{
    struct manager *manager = *state;
    struct live live;
    make_live(manager, &live);
    start(manager, &live, "200000");
    awaits(manager, "STATUS=");
    awaits(manager, "READY=1");
    for (int i = 0; i < 5; i++) {
        awaits(manager, "WATCHDOG=1");
    }
    assert_int_equal(kill(live.pid, SIGSTOP), 0);
    while (hears(manager, NO_MS)) {
    }
    assert_int_equal(kill(live.pid, SIGCONT), 0);
    awaits(manager, "WATCHDOG=1");
    assert_int_equal(live_stop(&live), 0);
    live_done(&live);
}

static void
kord_says_why_it_does_not_start(void **state)
{
    struct manager *manager = *state;
    struct live live;
    char path[KIT_PATH_SIZE + 48];
    make_live(manager, &live);
    snprintf(path, sizeof path, "%s/server.key", live.folder);
    assert_int_equal(unlink(path), 0);
    start(manager, &live, "");
    awaits(manager, "STATUS=");
    assert_non_null(strstr(manager->text, "server.key"));
    assert_int_equal(live_wait(&live), 66);
    assert_false(hears(manager, 0));
    live_done(&live);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_message_reaches_a_path_and_a_name),
        T(without_a_manager_nothing_is_said),
        T(an_address_that_is_none_is_refused),
        T(the_watchdog_is_meant_for_one_process),
        T(kord_says_when_it_is_ready_reloads_and_stops),
        T(kord_shows_that_it_lives_until_it_stands_still),
        T(kord_says_why_it_does_not_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
