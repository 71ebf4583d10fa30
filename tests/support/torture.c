/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Count, seed and losses: see torture.h. */

#include "support/torture.h"

#include "support/near.h"

#include <inttypes.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <time.h>
#include <unistd.h>

#define MOST_PRINTED 20

static uint64_t
new_seed(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return ((uint64_t)now.tv_nsec << 20) ^ (uint64_t)now.tv_sec
         ^ ((uint64_t)getpid() << 40);
}

void
torture_begin(struct torture *torture, const char *kind, int argc,
              char *argv[], int64_t few, int64_t many)
{
    const char *seed = getenv("KOR_SEED");
    *torture = (struct torture){.kind = kind, .wanted = few};
    if (argc > 1) {
        torture->is_full = !strcmp(argv[1], "full");
        torture->wanted
            = torture->is_full ? many : strtoll(argv[1], NULL, 10);
    }
    torture->dice.state = seed ? strtoull(seed, NULL, 10) : new_seed();
    printf("%s: KOR_SEED=%" PRIu64 "\n", kind, torture->dice.state);
    (void)fflush(stdout);
}

void
torture_lost(struct torture *torture, const char *format, ...)
{
    va_list args;
    if (torture->lost++ < MOST_PRINTED) {
        va_start(args, format);
        printf("LOST: ");
        vprintf(format, args);
        printf("\n");
        va_end(args);
    }
}

double
torture_now_us(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int
compare(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

double
torture_quantile(double us[], size_t n, double p)
{
    qsort(us, n, sizeof *us, compare);
    return us[(size_t)(p * (double)(n - 1))];
}

void
torture_await_end(pid_t pid, int64_t most_us)
{
    struct timespec most = {most_us / 1000000, most_us % 1000000 * 1000};
    struct pollfd child = {.fd = pidfd_open(pid, 0), .events = POLLIN};
    assert_true(child.fd >= 0);
    (void)ppoll(&child, 1, &most, NULL);
    close(child.fd);
}

int
torture_end(const struct torture *torture, int status)
{
    (void)fflush(stderr);
    printf("%s: %" PRId64 " (lost: %" PRId64 ")\n", torture->kind,
           torture->done, torture->lost);
    return torture->lost > 0 ? 1 : status;
}
