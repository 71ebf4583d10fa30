/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A daemon for tests: see fake_kord.h. */

#include "support/fake_kord.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zmq.h>

#include "kor/base/alloc.h"
#include "kor/base/keyfile.h"

struct fake_kord {
    char folder[64];
    char public_key[KOR_Z85_SIZE], secret_key[KOR_Z85_SIZE];
    fake_answer answer;
    void *user;
    void *context, *router, *zap;
    pthread_t thread;
    atomic_bool is_stopping;
    int n;
};

static void
must(bool is_true)
{
    if (!is_true) {
        perror("fake kord");
        abort();
    }
}

/* Reads a whole message; keeps the first frame apart from the last. */
static size_t
receive(void *socket, zmq_msg_t *first, zmq_msg_t *last)
{
    size_t n = 0;
    int more = 1;
    while (more) {
        zmq_msg_t *to = n == 0 ? first : last;
        if (n > 1) {
            zmq_msg_close(last);
        }
        zmq_msg_init(to);
        must(zmq_msg_recv(to, socket, 0) >= 0);
        more = zmq_msg_more(to);
        n++;
    }
    if (n == 1) {
        zmq_msg_init(last);
    }
    return n;
}

static void
serve(struct fake_kord *kord)
{
    zmq_msg_t who, frame;
    struct kor_buf reply = {0};
    size_t n = receive(kord->router, &who, &frame);
    if (n == 2) {
        kord->answer(kord->user, kord->n++, zmq_msg_data(&frame),
                     zmq_msg_size(&frame), &reply);
    }
    if (reply.size > 0) {
        zmq_send(kord->router, zmq_msg_data(&who), zmq_msg_size(&who),
                 ZMQ_SNDMORE);
        zmq_send(kord->router, reply.text, reply.size, 0);
    }
    kor_buf_done(&reply);
    zmq_msg_close(&who);
    zmq_msg_close(&frame);
}

/* Refuses whoever knocks: version and request id are frames 0 and 1. */
static void
refuse(struct fake_kord *kord)
{
    char frames[8][64];
    size_t sizes[8];
    for (int n = 0, more = 1; more; n++) {
        size_t size = sizeof more;
        int got = zmq_recv(kord->zap, frames[n & 7], 64, 0);
        must(got >= 0);
        sizes[n & 7] = (size_t)got;
        zmq_getsockopt(kord->zap, ZMQ_RCVMORE, &more, &size);
    }
    zmq_send(kord->zap, frames[0], sizes[0], ZMQ_SNDMORE);
    zmq_send(kord->zap, frames[1], sizes[1], ZMQ_SNDMORE);
    zmq_send(kord->zap, "400", 3, ZMQ_SNDMORE);
    zmq_send(kord->zap, "no", 2, ZMQ_SNDMORE);
    zmq_send(kord->zap, "", 0, ZMQ_SNDMORE);
    zmq_send(kord->zap, "", 0, 0);
}

static void *
run(void *user)
{
    struct fake_kord *kord = user;
    while (!atomic_load(&kord->is_stopping)) {
        zmq_pollitem_t items[] = {{kord->router, 0, ZMQ_POLLIN, 0},
                                  {kord->zap, 0, ZMQ_POLLIN, 0}};
        zmq_poll(items, kord->zap ? 2 : 1, 5);
        if (items[0].revents) {
            serve(kord);
        }
        if (kord->zap && items[1].revents) {
            refuse(kord);
        }
    }
    return NULL;
}

static void
write_place(const struct fake_kord *kord)
{
    char path[128];
    struct kor_keyfile own;
    must(zmq_curve_keypair(own.public_key, own.secret_key) == 0);
    snprintf(path, sizeof path, "%s/own.key", kord->folder);
    must(kor_keyfile_write(path, &own, "test", NULL) == KOR_OK);
    snprintf(path, sizeof path, "%s/client.ini", kord->folder);
    FILE *file = fopen(path, "w");
    must(file != NULL);
    fprintf(file,
            "[kor]\nendpoint = ipc://%s/kord.sock\n"
            "feed = ipc://%s/feed.sock\nserver = %s\nkey = own.key\n",
            kord->folder, kord->folder, kord->public_key);
    must(fclose(file) == 0);
}

struct fake_kord *
fake_kord_start(fake_answer answer, void *user, bool is_admitting)
{
    struct fake_kord *kord = kor_alloc(sizeof *kord);
    char endpoint[128];
    const int yes = 1, linger = 0;
    snprintf(kord->folder, sizeof kord->folder, "/tmp/kor-fake-XXXXXX");
    must(mkdtemp(kord->folder) != NULL);
    must(zmq_curve_keypair(kord->public_key, kord->secret_key) == 0);
    write_place(kord);
    kord->answer = answer;
    kord->user = user;
    kord->context = zmq_ctx_new();
    if (!is_admitting) {
        kord->zap = zmq_socket(kord->context, ZMQ_REP);
        must(zmq_bind(kord->zap, "inproc://zeromq.zap.01") == 0);
    }
    kord->router = zmq_socket(kord->context, ZMQ_ROUTER);
    zmq_setsockopt(kord->router, ZMQ_CURVE_SERVER, &yes, sizeof yes);
    zmq_setsockopt(kord->router, ZMQ_LINGER, &linger, sizeof linger);
    zmq_setsockopt(kord->router, ZMQ_CURVE_SECRETKEY, kord->secret_key,
                   KOR_Z85_SIZE);
    snprintf(endpoint, sizeof endpoint, "ipc://%s/kord.sock", kord->folder);
    must(zmq_bind(kord->router, endpoint) == 0);
    must(pthread_create(&kord->thread, NULL, run, kord) == 0);
    return kord;
}

int
fake_kord_stop(struct fake_kord *kord)
{
    static const char *const files[]
        = {"client.ini", "own.key", "kord.sock", "feed.sock"};
    int n;
    atomic_store(&kord->is_stopping, true);
    pthread_join(kord->thread, NULL);
    zmq_close(kord->router);
    if (kord->zap) {
        zmq_close(kord->zap);
    }
    zmq_ctx_term(kord->context);
    for (size_t i = 0; i < KOR_LENGTH(files); i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", kord->folder, files[i]);
        (void)unlink(path);
    }
    must(rmdir(kord->folder) == 0);
    n = kord->n;
    free(kord);
    return n;
}

const char *
fake_kord_folder(const struct fake_kord *kord)
{
    return kord->folder;
}

const char *
fake_kord_secret(const struct fake_kord *kord)
{
    return kord->secret_key;
}

void
fake_kord_member(const char *frame, size_t size, const char *key, char *out,
                 size_t out_size)
{
    char head[48];
    snprintf(head, sizeof head, "\"%s\":\"", key);
    const char *at = memmem(frame, size, head, strlen(head));
    must(at != NULL);
    at += strlen(head);
    const char *end = memchr(at, '"', size - (size_t)(at - frame));
    must(end != NULL && (size_t)(end - at) < out_size);
    memcpy(out, at, (size_t)(end - at));
    out[end - at] = '\0';
}
