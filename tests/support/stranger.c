/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Peers that are no clients: see stranger.h. */

#include "support/stranger.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "kor/wire/envelope.h"

#define GREETING_SIZE 64
#define COMMAND 4 /* Flags of a frame (ZMTP 3.1, RFC 37). */
#define LONG 2
#define MORE 1

struct words {
    uint8_t *bytes;
    size_t n;
    struct dice *dice;
};

static void
add(struct words *words, const void *bytes, size_t size)
{
    memcpy(words->bytes + words->n, bytes, size);
    words->n += size;
}

static void
add_noise(struct words *words, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        words->bytes[words->n++] = (uint8_t)dice_bits(words->dice);
    }
}

static size_t
some(struct words *words, size_t least, size_t most)
{
    return (size_t)dice_int(words->dice, (int64_t)least, (int64_t)most);
}

static void
greet(struct words *words, uint8_t minor, const char *mechanism)
{
    uint8_t greeting[GREETING_SIZE] = {0xff, [9] = 0x7f, 3, minor};
    memcpy(greeting + 12, mechanism, strlen(mechanism));
    add(words, greeting, sizeof greeting);
}

static void
add_frame(struct words *words, uint8_t flags, const void *bytes, size_t size)
{
    uint8_t head[2] = {flags, (uint8_t)size};
    add(words, head, sizeof head);
    add(words, bytes, size);
}

/* A command of that name with 'size' random bytes. */
static void
add_command(struct words *words, const char *name, size_t size)
{
    uint8_t head[3]
        = {COMMAND, (uint8_t)(1 + strlen(name) + size), (uint8_t)strlen(name)};
    add(words, head, sizeof head);
    add(words, name, strlen(name));
    add_noise(words, size);
}

/* The head of a frame that is said to have 'size' bytes. */
static void
add_long_head(struct words *words, uint64_t size)
{
    uint8_t head[9] = {LONG};
    for (int i = 0; i < 8; i++) {
        head[1 + i] = (uint8_t)(size >> (56 - 8 * i));
    }
    add(words, head, sizeof head);
}

static void
speak_old(struct words *words)
{
    static const uint8_t first[] = {1, 0}; /* ZMTP 1: an empty identity. */
    static const uint8_t second[]
        = {0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 1, 5, 0, 0};
    if (some(words, 0, 1)) {
        add(words, first, sizeof first);
    } else {
        add(words, second, sizeof second);
    }
    add_frame(words, 0, "{\"kor\":1}", 9);
}

static void
speak_openly(struct words *words)
{
    static const char ready[] = "\5READY\13Socket-Type\0\0\0\6DEALER";
    static const char ask[]
        = "{\"kor\":1,\"id\":\"01940000-0000-7000-8000-000000000001\","
          "\"verb\":\"open\",\"body\":{}}";
    greet(words, 0, "NULL");
    add_frame(words, COMMAND, ready, sizeof ready - 1);
    add_frame(words, 0, ask, sizeof ask - 1);
}

static void
speak_plainly(struct words *words)
{
    static const char hello[] = "\5HELLO\5admin\5admin";
    greet(words, 0, "PLAIN");
    add_frame(words, COMMAND, hello, sizeof hello - 1);
}

/* A HELLO has 200 bytes: name, version, padding, a key, a nonce and a box. */
static void
say_hello(struct words *words)
{
    greet(words, (uint8_t)some(words, 0, 1), "CURVE");
    add_command(words, "HELLO", 194);
}

static void
speak_shortly(struct words *words)
{
    static const char *const names[]
        = {"HELLO", "INITIATE", "READY", "ERROR", "WELCOME", "MESSAGE", ""};
    greet(words, 1, "CURVE");
    for (size_t i = some(words, 1, 8); i > 0; i--) {
        add_command(words, names[some(words, 0, 6)], some(words, 0, 120));
    }
}

static void
claim(struct words *words)
{
    static const uint64_t sizes[]
        = {UINT64_MAX, (uint64_t)1 << 63, INT64_MAX, (uint64_t)1 << 32,
           UINT32_MAX, 2 * KOR_MAX_REQUEST_SIZE};
    greet(words, 0, "CURVE");
    add_long_head(words, sizes[some(words, 0, 5)]);
    add_noise(words, some(words, 0, 4000));
}

static void
begin_large(struct words *words)
{
    greet(words, 0, "CURVE");
    add_long_head(words, KOR_MAX_REQUEST_SIZE);
    add_noise(words, some(words, 0, 8000));
}

static void
send_without_handshake(struct words *words)
{
    greet(words, 0, "CURVE");
    for (size_t i = some(words, 1, 20); i > 0; i--) {
        add_frame(words, (uint8_t)some(words, 0, MORE), "\7MESSAGEnonsense",
                  16);
    }
}

size_t
stranger_words(enum stranger_kind kind, struct dice *dice,
               uint8_t out[STRANGER_SIZE])
{
    struct words words = {out, 0, dice};
    switch (kind) {
    case STRANGER_NOISE:
        add_noise(&words, some(&words, 1, STRANGER_SIZE));
        break;
    case STRANGER_BROWSER:
        add(&words, "GET / HTTP/1.1\r\nHost: kord\r\n\r\n", 30);
        break;
    case STRANGER_HALF:
        greet(&words, 0, "CURVE");
        words.n = some(&words, 1, GREETING_SIZE - 1);
        break;
    case STRANGER_OLD:
        speak_old(&words);
        break;
    case STRANGER_OPEN:
        speak_openly(&words);
        break;
    case STRANGER_PLAIN:
        speak_plainly(&words);
        break;
    case STRANGER_HELLO:
        say_hello(&words);
        break;
    case STRANGER_SHORT:
        speak_shortly(&words);
        break;
    case STRANGER_HUGE:
        claim(&words);
        break;
    case STRANGER_LARGE:
        begin_large(&words);
        break;
    case STRANGER_MESSAGE:
        send_without_handshake(&words);
        break;
    case STRANGER_SILENT:
    case STRANGER_N_KINDS:
        break;
    }
    return words.n;
}

int
stranger_connect(int port)
{
    struct sockaddr_in address
        = {.sin_family = AF_INET,
           .sin_port = htons((uint16_t)port),
           .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0
        && connect(fd, (struct sockaddr *)&address, sizeof address)) {
        close(fd);
        fd = -1;
    }
    if (fd >= 0) {
        (void)fcntl(fd, F_SETFL, O_NONBLOCK);
    }
    return fd;
}

void
stranger_say(int fd, const void *bytes, size_t size)
{
    (void)send(fd, bytes, size, MSG_NOSIGNAL | MSG_DONTWAIT);
}

bool
stranger_is_left(int fd)
{
    char bytes[512];
    ssize_t size;
    do {
        size = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT);
    } while (size > 0);
    return size == 0 || errno != EAGAIN;
}

void
stranger_leave(int fd, bool is_rude)
{
    struct linger at_once = {1, 0};
    if (is_rude) {
        (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once,
                         sizeof at_once);
    }
    close(fd);
}
