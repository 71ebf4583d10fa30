/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One admitted key asks for as much as it can, over several connections, and
 * perhaps never reads what comes back.  Meanwhile another is served, and
 * memory stays.
 *
 * How long that one waits is measured in turns: in calm, when nobody asks;
 * beside a colleague, who asks for the same as the flood, over as many
 * connections, but waits for each answer; and in the flood.  That anybody asks
 * costs the machine something, a process and its share of the daemon's work,
 * and that is so beside the colleague, too.  What the flood costs more than
 * the colleague is what it gains by being one. */

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
#define ROUNDS 8
#define MOST_GROWTH_KIB (64 * 1024)
/* In a full run: how many times longer in the flood than beside the
 * colleague, a write and a read together, and either of them. */
#define MOST_RATIO 2
#define MOST_RATIO_OF_ONE 3

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
    bool is_patient;    /* Waits for each answer. */
};

struct tally {
    long long n_sent, n_answered, n_busy;
};

struct flooder {
    pid_t pid;
    int orders, tallies; /* Pipes to and from it. */
};

static int
hear(void *line, struct tally *tally)
{
    static char reply[HOUSE_REPLY_SIZE];
    int size, n = 0;
    for (; (size = zmq_recv(line, reply, sizeof reply - 1, ZMQ_DONTWAIT)) > 0;
         n++) {
        reply[(size_t)size < sizeof reply ? size : 0] = '\0';
        bool is_busy = strstr(reply, "\"code\":\"busy\"");
        tally->n_busy += is_busy;
        tally->n_answered += !is_busy;
    }
    return n;
}

static void *
open_line(void *context, const struct order *order)
{
    int few = 1;
    void *line = zmq_socket(context, ZMQ_DEALER);
    if (order->storm.is_deaf && !order->is_patient) {
        zmq_setsockopt(line, ZMQ_RCVHWM, &few, sizeof few);
        zmq_setsockopt(line, ZMQ_RCVBUF, &few, sizeof few);
    }
    house_curve(line, &order->keys, order->server);
    (void)zmq_connect(line, order->endpoint);
    return line;
}

/* The connections of who asks, and what was asked over them. */
struct mouth {
    const struct order *order;
    void *lines[LINES];
    char *frame;
    int serial;
    struct tally tally;
};

static void
say(struct mouth *mouth, void *line)
{
    const struct storm *storm = &mouth->order->storm;
    clinic_frame(mouth->frame, 10000000 + ++mouth->serial, storm->verb, "{}");
    size_t size = strlen(mouth->frame);
    memset(mouth->frame + size, ' ', storm->padding);
    mouth->tally.n_sent += zmq_send(line, mouth->frame, size + storm->padding,
                                    ZMQ_DONTWAIT) >= 0;
}

/* As fast as can be, until 'end' can be read from. */
static void
pour(struct mouth *mouth, int end)
{
    struct pollfd item = {.fd = end, .events = POLLIN};
    for (int n = 1; n % 64 || poll(&item, 1, 0) == 0; n++) {
        void *line = mouth->lines[n % LINES];
        say(mouth, line);
        if (!mouth->order->storm.is_deaf) {
            (void)hear(line, &mouth->tally);
        }
    }
}

/* One by one on each connection, until 'end' can be read from. */
static void
converse(struct mouth *mouth, int end)
{
    zmq_pollitem_t items[LINES + 1] = {{.fd = end, .events = ZMQ_POLLIN}};
    for (int i = 0; i < LINES; i++) {
        items[i + 1] = (zmq_pollitem_t){.socket = mouth->lines[i],
                                        .events = ZMQ_POLLIN};
        say(mouth, mouth->lines[i]);
    }
    while (zmq_poll(items, LINES + 1, -1) >= 0 && !items[0].revents) {
        for (int i = 0; i < LINES; i++) {
            if (hear(mouth->lines[i], &mouth->tally)) {
                say(mouth, mouth->lines[i]);
            }
        }
    }
}

static struct tally
ask_much(const struct order *order, int end)
{
    void *context = zmq_ctx_new();
    struct mouth mouth
        = {.order = order,
           .frame = kor_alloc(CLINIC_FRAME_SIZE + order->storm.padding)};
    for (int i = 0; i < LINES; i++) {
        mouth.lines[i] = open_line(context, order);
    }
    if (order->is_patient) {
        converse(&mouth, end);
    } else {
        pour(&mouth, end);
    }
    return mouth.tally;
}

static void
be_flooder(int orders, int tallies)
{
    struct order order;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    /* Its processor would be another machine's. */
    (void)setpriority(PRIO_PROCESS, 0, 19);
    if (read(orders, &order, sizeof order) == sizeof order) {
        struct tally tally = ask_much(&order, orders);
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

/* It waits until it is let go on. */
static void
flooder_begin(struct flooder *flooder, const struct house *house,
              const struct storm *storm, bool is_patient)
{
    struct order order = {.keys = house->crowd[is_patient],
                          .storm = *storm,
                          .is_patient = is_patient};
    strcpy(order.endpoint, house->endpoint);
    strcpy(order.server, house->server.public_key);
    assert_int_equal(write(flooder->orders, &order, sizeof order),
                     sizeof order);
    assert_int_equal(kill(flooder->pid, SIGSTOP), 0);
}

static struct tally
flooder_end(struct flooder *flooder)
{
    struct tally tally;
    (void)kill(flooder->pid, SIGCONT);
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

/* Beside whom it is measured. */
enum beside { IN_CALM, BESIDE_COLLEAGUE, IN_FLOOD, N_BESIDE };

/* One who is served, and what is measured. */
struct served {
    struct torture *torture;
    struct house *house;
    void *socket;
    struct waits waits[N_BESIDE][N_VERBS], unused;
};

/* Asks 'n' times and keeps the microseconds that it takes. */
static void
ask(struct served *served, const char *verb, size_t n, struct waits *waits)
{
    char reply[HOUSE_REPLY_SIZE];
    for (size_t i = 0; i < n && waits->n < MOST_SAMPLES; i++) {
        double began_us = torture_now_us();
        house_ask(served->house, served->socket, verb, "{}", reply);
        waits->us[waits->n++] = torture_now_us() - began_us;
        served->torture->done++;
        if (!house_is_code(reply, "ok")) {
            torture_lost(served->torture, "refused: %.200s", reply);
        }
    }
}

/* After this others have come, or have gone. */
static void
settle(struct served *served)
{
    served->unused.n = 0;
    ask(served, "ping", 100, &served->unused);
}

/* Waits until the bus, which is in this process, does nothing any more: what
 * the flood has left in pipes and sockets takes it a second. */
static void
await_calm(void)
{
    struct timespec before, after;
    int n_calm = 0;
    for (int i = 0; i < LONG_MS / 10 && n_calm < 3; i++) {
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
        (void)poll(NULL, 0, 10);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
        double used_us = (double)(after.tv_sec - before.tv_sec) * 1e6
                       + (double)(after.tv_nsec - before.tv_nsec) / 1e3;
        n_calm = used_us < 500 ? n_calm + 1 : 0;
    }
    assert_int_equal(n_calm, 3);
}

static void
measure_beside(struct served *served, enum beside beside, size_t n)
{
    settle(served);
    for (size_t i = 0; i < N_VERBS; i++) {
        ask(served, verbs[i], n, &served->waits[beside][i]);
    }
}

/* They take turns, so that drift of the machine hits all. */
static void
measure(struct served *served, const struct flooder *colleague,
        const struct flooder *flooder)
{
    size_t n = (size_t)served->torture->wanted / 40 / ROUNDS;
    for (size_t round = 0; round < ROUNDS; round++) {
        await_calm();
        measure_beside(served, IN_CALM, n);
        assert_int_equal(kill(colleague->pid, SIGCONT), 0);
        measure_beside(served, BESIDE_COLLEAGUE, n);
        assert_int_equal(kill(colleague->pid, SIGSTOP), 0);
        await_calm();
        assert_int_equal(kill(flooder->pid, SIGCONT), 0);
        measure_beside(served, IN_FLOOD, n);
        assert_int_equal(kill(flooder->pid, SIGSTOP), 0);
    }
}

static void
check_ratio(struct served *served, double ratio, double most)
{
    if (served->torture->is_full && ratio > most) {
        torture_lost(served->torture, "%.2f times is too long", ratio);
    }
}

static void
report(struct served *served, const struct storm *storm, long growth_kib)
{
    double colleague_us = 0, flood_us = 0;
    for (size_t i = 0; i < N_VERBS; i++) {
        double us[N_BESIDE], p99_us[N_BESIDE];
        for (int j = 0; j < N_BESIDE; j++) {
            struct waits *waits = &served->waits[j][i];
            us[j] = torture_quantile(waits->us, waits->n, 0.5);
            p99_us[j] = torture_quantile(waits->us, waits->n, 0.99);
        }
        double ratio = us[IN_FLOOD] / us[BESIDE_COLLEAGUE];
        printf("%s: %s takes %.0f us (p99 %.0f), %.0f (%.0f) beside a "
               "colleague, %.0f (%.0f) in calm: %.2f times, %.2f times\n",
               storm->name, verbs[i], us[IN_FLOOD], p99_us[IN_FLOOD],
               us[BESIDE_COLLEAGUE], p99_us[BESIDE_COLLEAGUE], us[IN_CALM],
               p99_us[IN_CALM], ratio, us[IN_FLOOD] / us[IN_CALM]);
        check_ratio(served, ratio, MOST_RATIO_OF_ONE);
        flood_us += us[IN_FLOOD];
        colleague_us += us[BESIDE_COLLEAGUE];
    }
    printf("%s: both together %.2f times\n", storm->name,
           flood_us / colleague_us);
    check_ratio(served, flood_us / colleague_us, MOST_RATIO);
    if (served->torture->is_full && growth_kib > MOST_GROWTH_KIB) {
        torture_lost(served->torture, "memory grows");
    }
}

/* The flooder holds the colleague's pipe as well, and ends first. */
static void
weather(struct torture *torture, const struct storm *storm)
{
    struct served *served = kor_alloc(sizeof *served);
    struct flooder colleague = flooder_new(), flooder = flooder_new();
    struct house *house;
    house_set_up_tcp((void **)&house);
    served->torture = torture;
    served->house = house;
    served->socket = house_client(house, &house->therapist);
    settle(served);
    long before_kib = resident_kib();
    flooder_begin(&colleague, house, storm, true);
    flooder_begin(&flooder, house, storm, false);
    measure(served, &colleague, &flooder);
    long growth_kib = resident_kib() - before_kib;
    struct tally tally = flooder_end(&flooder);
    (void)flooder_end(&colleague);
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
    torture_begin(&torture, "requests in a flood", argc, argv, 1000, 40000);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(others_are_served_in_every_flood,
                                  &torture),
    };
    return torture_end(&torture, cmocka_run_group_tests(tests, NULL, NULL));
}
