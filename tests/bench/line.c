/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connections: see bench/line.h. */

#include "bench/line.h"

#include <stdlib.h>
#include <string.h>

#include <zmq.h>

#include "kor/base/alloc.h"
#include "lib/wire_socket.h"

#define MAX_LINES 64
#define HEAD_SIZE 80 /* Bytes of a reply that hold its code. */

struct line {
    void *context;
    void *socket;
    zmq_msg_t answer;
};

struct line *
line_new(const struct kor_place *place)
{
    struct line *line = kor_alloc(sizeof *line);
    int soon_ms = 1, patience_ms = 10000;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    line->context = zmq_ctx_new();
    zmq_msg_init(&line->answer);
    bench_ok(kor_wire_socket_new(line->context, ZMQ_DEALER, place,
                                 &line->socket, &err), &err);
    zmq_setsockopt(line->socket, ZMQ_RECONNECT_IVL, &soon_ms, sizeof soon_ms);
    zmq_setsockopt(line->socket, ZMQ_RCVTIMEO, &patience_ms,
                   sizeof patience_ms);
    bench_ok(kor_wire_socket_connect(line->socket, place->endpoint, &err),
             &err);
    return line;
}

void
line_free(struct line *line)
{
    zmq_msg_close(&line->answer);
    zmq_close(line->socket);
    zmq_ctx_term(line->context);
    free(line);
}

const char *
line_answer(const struct line *line, size_t *size)
{
    *size = zmq_msg_size(&line->answer);
    return zmq_msg_data((zmq_msg_t *)(uintptr_t)&line->answer);
}

static void
check_answer(const struct line *line)
{
    size_t size;
    const char *text = line_answer(line, &size);
    if (!memmem(text, size < HEAD_SIZE ? size : HEAD_SIZE, "\"code\":\"ok\"",
                11)) {
        bench_stop("bench: refused: %.*s", (int)size, text);
    }
}

double
line_echo(struct line *line, const void *bytes, size_t size)
{
    double began = bench_now_us();
    bench_must(zmq_send(line->socket, bytes, size, 0) >= 0, "sending");
    bench_must(zmq_msg_recv(&line->answer, line->socket, 0) >= 0,
               "waiting for an answer");
    return bench_now_us() - began;
}

double
line_ask(struct line *line, const struct kor_buf *frame)
{
    double took = line_echo(line, frame->text, frame->size);
    check_answer(line);
    return took;
}

static void
send_next(struct line *line, const struct kor_buf frames[], size_t n,
          size_t *sent)
{
    if (*sent < n) {
        const struct kor_buf *frame = &frames[(*sent)++];
        bench_must(zmq_send(line->socket, frame->text, frame->size,
                            ZMQ_DONTWAIT) >= 0, "sending");
    }
}

double
lines_flood(struct line *lines[], size_t n_lines, size_t window,
            const struct kor_buf frames[], size_t n)
{
    zmq_pollitem_t items[MAX_LINES] = {0};
    size_t sent = 0, answered = 0;
    double began = bench_now_us();
    bench_must(n_lines <= MAX_LINES, "so many lines");
    for (size_t i = 0; i < n_lines; i++) {
        items[i].socket = lines[i]->socket;
        items[i].events = ZMQ_POLLIN;
        for (size_t k = 0; k < window; k++) {
            send_next(lines[i], frames, n, &sent);
        }
    }
    while (answered < n) {
        bench_must(zmq_poll(items, (int)n_lines, 10000) > 0, "polling");
        for (size_t i = 0; i < n_lines; i++) {
            while (items[i].revents
                   && zmq_msg_recv(&lines[i]->answer, lines[i]->socket,
                                   ZMQ_DONTWAIT) >= 0) {
                check_answer(lines[i]);
                answered++;
                send_next(lines[i], frames, n, &sent);
            }
        }
    }
    return bench_now_us() - began;
}
