/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One admitted key asks for as much as it can, over several connections, and
 * perhaps never reads what comes back.  Meanwhile another is served: how much
 * longer it waits is printed as a ratio, and memory stays. */

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kor/base/alloc.h"
#include "support/house.h"
#include "support/resident.h"
#include "support/torture.h"

#define LINES 4
#define MOST_SAMPLES 20000
#define ROUNDS 8 /* In a full run; one otherwise. */
#define MOST_GROWTH_KIB (64 * 1024)
/* In a full run.  About 2 on two quiet cores, and more on busy ones; before
 * keys took turns it was 20 and more. */
#define MOST_RATIO 8

/* What is measured: a write and a read. */
static const char *const verbs[] = {"open", "ping"};
#define N_VERBS KOR_LENGTH(verbs)

struct storm {
    const char *name, *verb;
    size_t padding; /* Blanks behind each frame. */
    bool is_deaf;   /* Replies are never read. */
};

/* --- who floods: a process of its own ------------------------------------ */

struct order {
    char endpoint[KIT_PATH_SIZE + 32];
    struct kor_keyfile keys;
    char server[KOR_Z85_SIZE];
    struct storm storm; /* Its texts are constant, in both processes. */
};

struct tally {
    long long n_sent, n_answered, n_busy;
};

struct flooder {
    pid_t pid;
    int orders, tallies; /* Pipes to and from it. */
};

static void
hear(void *line, struct tally *tally)
{
    static char reply[HOUSE_REPLY_SIZE];
    int size;
    while ((size = zmq_recv(line, reply, sizeof reply - 1, ZMQ_DONTWAIT))
           > 0) {
        reply[(size_t)size < sizeof reply ? size : 0] = '\0';
        bool is_busy = strstr(reply, "\"code\":\"busy\"");
        tally->n_busy += is_busy;
        tally->n_answered += !is_busy;
    }
}

static void *
open_line(void *context, const struct order *order)
{
    int few = 1;
    void *line = zmq_socket(context, ZMQ_DEALER);
    if (order->storm.is_deaf) {
        zmq_setsockopt(line, ZMQ_RCVHWM, &few, sizeof few);
        zmq_setsockopt(line, ZMQ_RCVBUF, &few, sizeof few);
    }
    house_curve(line, &order->keys, order->server);
    (void)zmq_connect(line, order->endpoint);
    return line;
}

/* Sends until 'end' can be read from. */
static struct tally
pour(const struct order *order, int end)
{
    struct tally tally = {0};
    const struct storm *storm = &order->storm;
    struct pollfd item = {.fd = end, .events = POLLIN};
    void *context = zmq_ctx_new(), *lines[LINES];
    char *frame = kor_alloc(CLINIC_FRAME_SIZE + storm->padding);
    for (int i = 0; i < LINES; i++) {
        lines[i] = open_line(context, order);
    }
    for (int serial = 1; serial % 64 || poll(&item, 1, 0) == 0; serial++) {
        void *line = lines[serial % LINES];
        clinic_frame(frame, 10000000 + serial, storm->verb, "{}");
        size_t size = strlen(frame);
        memset(frame + size, ' ', storm->padding);
        tally.n_sent += zmq_send(line, frame, size + storm->padding,
                                 ZMQ_DONTWAIT) >= 0;
        if (!storm->is_deaf) {
            hear(line, &tally);
        }
    }
    return tally;
}

static void
be_flooder(int orders, int tallies)
{
    struct order order;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* Its processor would be another machine's. */
    (void)setpriority(PRIO_PROCESS, 0, 19);
    if (read(orders, &order, sizeof order) == sizeof order) {
        struct tally tally = pour(&order, orders);
        (void)!write(tallies, &tally, sizeof tally);
    }
    _exit(0);
}

/* Makes the process, which waits for its order.  To be called before there is
 * any thread. */
static struct flooder
flooder_new(void)
{
    int orders[2], tallies[2];
    assert_int_equal(pipe(orders), 0);
    assert_int_equal(pipe(tallies), 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(orders[1]);
        be_flooder(orders[0], tallies[1]);
    }
    assert_true(pid > 0);
    close(orders[0]);
    close(tallies[1]);
    return (struct flooder){pid, orders[1], tallies[0]};
}

static void
flooder_begin(struct flooder *flooder, const struct house *house,
              const struct storm *storm)
{
    struct order order = {.keys = house->crowd[0], .storm = *storm};
    strcpy(order.endpoint, house->endpoint);
    strcpy(order.server, house->server.public_key);
    assert_int_equal(write(flooder->orders, &order, sizeof order),
                     sizeof order);
}

static struct tally
flooder_end(struct flooder *flooder)
{
    struct tally tally;
    close(flooder->orders);
    assert_int_equal(read(flooder->tallies, &tally, sizeof tally),
                     sizeof tally);
    close(flooder->tallies);
    assert_int_equal(waitpid(flooder->pid, NULL, 0), flooder->pid);
    return tally;
}

/* --- who is served ------------------------------------------------------- */

struct waits {
    double us[MOST_SAMPLES];
    size_t n;
};

/* One who is served, and what is measured. */
struct served {
    struct torture *torture;
    struct house *house;
    void *socket;
    struct waits calm[N_VERBS], flood[N_VERBS], unused;
};

static double
now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int
compare(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static double
quantile(struct waits *waits, double p)
{
    qsort(waits->us, waits->n, sizeof *waits->us, compare);
    return waits->us[(size_t)(p * (double)(waits->n - 1))];
}

/* Asks 'n' times and keeps the microseconds that it takes. */
static void
ask(struct served *served, const char *verb, size_t n, struct waits *waits)
{
    char reply[HOUSE_REPLY_SIZE];
    for (size_t i = 0; i < n && waits->n < MOST_SAMPLES; i++) {
        double began_us = now_us();
        house_ask(served->house, served->socket, verb, "{}", reply);
        waits->us[waits->n++] = now_us() - began_us;
        served->torture->done++;
        if (!house_is_code(reply, "ok")) {
            torture_lost(served->torture, "refused: %.200s", reply);
        }
    }
}

/* After this the flood has come, or has gone: what was on its way before has
 * been answered. */
static void
settle(struct served *served)
{
    served->unused.n = 0;
    ask(served, "ping", 100, &served->unused);
}

/* Calm and flood take turns, so that drift of the machine hits both. */
static void
measure(struct served *served, pid_t flooder, size_t n)
{
    size_t n_rounds = served->torture->is_full ? ROUNDS : 1;
    for (size_t round = 0; round < n_rounds; round++) {
        assert_int_equal(kill(flooder, SIGSTOP), 0);
        settle(served);
        for (size_t i = 0; i < N_VERBS; i++) {
            ask(served, verbs[i], n / n_rounds, &served->calm[i]);
        }
        assert_int_equal(kill(flooder, SIGCONT), 0);
        settle(served);
        for (size_t i = 0; i < N_VERBS; i++) {
            ask(served, verbs[i], n / n_rounds, &served->flood[i]);
        }
    }
}

static void
report(struct served *served, const struct storm *storm, long growth_kib)
{
    for (size_t i = 0; i < N_VERBS; i++) {
        double calm_us = quantile(&served->calm[i], 0.5);
        double flood_us = quantile(&served->flood[i], 0.5);
        printf("%s: %s takes %.0f us (p99 %.0f), %.0f (%.0f) in calm: %.2f "
               "times\n", storm->name, verbs[i], flood_us,
               quantile(&served->flood[i], 0.99), calm_us,
               quantile(&served->calm[i], 0.99), flood_us / calm_us);
        if (served->torture->is_full && flood_us > MOST_RATIO * calm_us) {
            torture_lost(served->torture, "that is too long");
        }
    }
    if (served->torture->is_full && growth_kib > MOST_GROWTH_KIB) {
        torture_lost(served->torture, "memory grows");
    }
}

static void
weather(struct torture *torture, const struct storm *storm)
{
    struct served *served = kor_alloc(sizeof *served);
    struct flooder flooder = flooder_new();
    struct house *house;
    house_set_up_tcp((void **)&house);
    served->torture = torture;
    served->house = house;
    served->socket = house_client(house, &house->therapist);
    settle(served);
    long before_kib = resident_kib();
    flooder_begin(&flooder, house, storm);
    settle(served);
    measure(served, flooder.pid, (size_t)torture->wanted / 20);
    long growth_kib = resident_kib() - before_kib;
    struct tally tally = flooder_end(&flooder);
    printf("%s: %lld sent, %lld answered, %lld refused, %ld KiB more\n",
           storm->name, tally.n_sent, tally.n_answered, tally.n_busy,
           growth_kib);
    report(served, storm, growth_kib);
    house_hang_up(house, served->socket);
    house_tear_down((void **)&house);
    free(served);
}

static void
others_are_served_in_every_flood(void **state)
{
    static const struct storm storms[]
        = {{"writes", "open", 0, false},
           {"reads", "instrument.list", 0, false},
           {"large frames", "ping", 500000, false},
           {"no request at all", "nonsense", 0, false},
           {"replies never read", "instrument.list", 0, true}};
    for (size_t i = 0; i < KOR_LENGTH(storms); i++) {
        weather(*state, &storms[i]);
    }
}

int
main(int argc, char *argv[])
{
    static struct torture torture;
    signal(SIGPIPE, SIG_IGN);
    torture_begin(&torture, "requests in a flood", argc, argv, 1000, 20000);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(others_are_served_in_every_flood,
                                  &torture),
    };
    return torture_end(&torture, cmocka_run_group_tests(tests, NULL, NULL));
}
