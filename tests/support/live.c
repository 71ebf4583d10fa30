/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A real kord: see live.h. */

#include "support/live.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <zmq.h>

#include "lib/wire_socket.h"
#include "support/near.h"

static const char *
program(void)
{
    const char *bin = getenv("KOR_BIN");
    const char *path = bin ? bin : "build/bin/kord";
    if (access(path, X_OK)) {
        print_error("there is no %s: run 'make' first\n", path);
        fail();
    }
    return path;
}

/* What kord has to say is for people: a test looks at what it does. */
static void
be_kord(const char *path, const char *const args[],
        const char *const environment[])
{
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(null, 1);
    if (!getenv("KOR_SAY")) {
        dup2(null, 2);
    }
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (size_t i = 0; environment && environment[i]; i++) {
        (void)putenv((char *)(uintptr_t)environment[i]);
    }
    execv(path, (char *const *)(uintptr_t)args);
    _exit(127);
}

static pid_t
run(const char *const args[], const char *const environment[])
{
    const char *path = program();
    pid_t pid = fork();
    if (pid == 0) {
        be_kord(path, args, environment);
    }
    assert_true(pid > 0);
    return pid;
}

static int
exit_status(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
await_end(pid_t pid)
{
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return exit_status(status);
}

void
live_adopt(struct live *live, const char *path)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    *live = (struct live){.context = zmq_ctx_new()};
    snprintf(live->folder, sizeof live->folder, "%s", path);
    snprintf(live->store, sizeof live->store, "%s/kor.db", live->folder);
    kit_ok(kor_place_load(live->folder, NULL, &live->place, &err), &err);
}

void
live_init(struct live *live, const char *path)
{
    const char *const args[] = {"kord", "init", path, NULL};
    assert_int_equal(await_end(run(args, NULL)), 0);
    live_adopt(live, path);
}

void
live_done(struct live *live)
{
    if (live->pid) {
        live_kill(live);
    }
    for (size_t i = 0; i < LIVE_SOCKETS; i++) {
        live_hang_up(live, live->sockets[i]);
    }
    zmq_ctx_term(live->context);
    kit_folder_remove(live->folder);
}

void
live_start(struct live *live, const char *const environment[])
{
    const char *const args[] = {"kord", "run", live->folder, NULL};
    assert_int_equal(live->pid, 0);
    live->pid = run(args, environment);
}

void
live_kill(struct live *live)
{
    assert_int_equal(kill(live->pid, SIGKILL), 0);
    (void)live_wait(live);
}

int
live_stop(struct live *live)
{
    assert_int_equal(kill(live->pid, SIGTERM), 0);
    return live_wait(live);
}

int
live_wait(struct live *live)
{
    int status = await_end(live->pid);
    live->pid = 0;
    return status;
}

bool
live_runs(struct live *live, int *status)
{
    int ended = 0;
    if (waitpid(live->pid, &ended, WNOHANG) != live->pid) {
        return true;
    }
    live->pid = 0;
    if (status) {
        *status = exit_status(ended);
    }
    return false;
}

/* Takes note of a socket in place of 'old', which is null for a new one. */
static void
note_socket(struct live *live, const void *old, void *socket)
{
    size_t i = 0;
    while (live->sockets[i] != old) {
        i++;
        assert_true(i < LIVE_SOCKETS);
    }
    live->sockets[i] = socket;
}

void
live_hang_up(struct live *live, void *socket)
{
    if (socket) {
        note_socket(live, socket, NULL);
        zmq_close(socket);
    }
}

void *
live_connect(struct live *live)
{
    void *socket;
    int soon_ms = 1, no_longer = 0;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_wire_socket_new(live->context, ZMQ_DEALER, &live->place,
                               &socket, &err),
           &err);
    zmq_setsockopt(socket, ZMQ_RECONNECT_IVL, &soon_ms, sizeof soon_ms);
    zmq_setsockopt(socket, ZMQ_RECONNECT_IVL_MAX, &no_longer,
                   sizeof no_longer);
    note_socket(live, NULL, socket);
    kit_ok(kor_wire_socket_connect(socket, live->place.endpoint, &err), &err);
    return socket;
}

bool
live_receive(void *socket, int wait_ms, struct kor_buf *out)
{
    zmq_pollitem_t item = {.socket = socket, .events = ZMQ_POLLIN};
    zmq_msg_t message;
    kor_buf_clear(out);
    if (zmq_poll(&item, 1, wait_ms) <= 0) {
        return false;
    }
    zmq_msg_init(&message);
    assert_true(zmq_msg_recv(&message, socket, ZMQ_DONTWAIT) >= 0);
    kor_buf_add(out, zmq_msg_data(&message), zmq_msg_size(&message));
    zmq_msg_close(&message);
    return true;
}

enum kor_code
live_code(const struct kor_buf *reply)
{
    char word[32] = "";
    const char *at = strstr(kor_buf_text(reply), "\"code\":\"");
    if (!at || sscanf(at, "\"code\":\"%31[a-z-]\"", word) != 1) {
        return KOR_PROTOCOL_ERROR;
    }
    return kor_code_from_wire(word);
}
