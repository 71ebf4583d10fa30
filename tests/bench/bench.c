/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frame of a benchmark: see bench/bench.h. */

#include "bench/bench.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "kor/base/log.h"

static int
remove_one(const char *path, const struct stat *info, int type,
           struct FTW *walk)
{
    (void)info;
    (void)type;
    (void)walk;
    return remove(path);
}

static void
measure(struct bench *bench, unsigned seconds, void (*run)(struct bench *))
{
    /* The folder is removed by the process that waits for this one. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    alarm(seconds);
    kor_log_set(KOR_LOG_ERROR);
    printf("  %-52s %10s %10s\n", "figure", "value", "limit");
    run(bench);
    printf("bench: %d reached, %d not reached\n", bench->n_reached,
           bench->n_not_reached);
    exit(0);
}

int
bench_main(int argc, char *argv[], const char *title, unsigned seconds,
           void (*run)(struct bench *bench))
{
    const char *under = getenv("TMPDIR");
    const char *full = getenv("BENCH_FULL");
    struct bench bench = {.kord = argc > 1 ? argv[1] : "build/bin/kord",
                          .is_full = full && !strcmp(full, "1")};
    int status = 0;
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    snprintf(bench.folder, sizeof bench.folder, "%.40s/korb.XXXXXX",
             under ? under : "/var/tmp");
    if (!mkdtemp(bench.folder)) {
        perror(bench.folder);
        return 1;
    }
    printf("%s\n", title);
    pid_t child = fork();
    if (child == 0) {
        measure(&bench, seconds, run);
    }
    if (child < 0 || waitpid(child, &status, 0) < 0 || status) {
        fprintf(stderr, "bench: nothing measured (status %d)\n", status);
    }
    nftw(bench.folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return status != 0 || child < 0;
}

void
bench_value(const char *figure, double value, const char *unit)
{
    printf("  %-52s %10.2f %s\n", figure, value, unit);
}

static void
judge(struct bench *bench, const char *figure, double value, const char *sign,
      double limit, bool is_reached)
{
    printf("  %-52s %10.2f    %s %4.2f   %s\n", figure, value, sign, limit,
           is_reached ? "reached" : "NOT REACHED");
    bench->n_reached += is_reached;
    bench->n_not_reached += !is_reached;
}

void
bench_at_most(struct bench *bench, const char *figure, double value,
              double limit)
{
    judge(bench, figure, value, "<=", limit, value <= limit);
}

void
bench_at_least(struct bench *bench, const char *figure, double value,
               double limit)
{
    judge(bench, figure, value, ">=", limit, value >= limit);
}

void
bench_note(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    printf("  ");
    vprintf(format, args);
    printf("\n");
    va_end(args);
}

double
bench_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

void
bench_stop(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fflush(stdout);
    vfprintf(stderr, format, args);
    fprintf(stderr, "\n");
    va_end(args);
    exit(1);
}

void
bench_ok(enum kor_code code, const struct kor_err *err)
{
    if (code != KOR_OK) {
        bench_stop("bench: %s", err->text);
    }
}

void
bench_must(bool is_true, const char *what)
{
    if (!is_true) {
        bench_stop("bench: %s failed", what);
    }
}
