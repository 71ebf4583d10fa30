/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Programs to be timed: see bench/process.h. */

#include "bench/process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/bench.h"

int
process_run(const char *const argv[], const char *output, double *seconds)
{
    int status = -1;
    double began = bench_now_us();
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(open(output, O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
        dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
        execvp(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    bench_must(child > 0 && waitpid(child, &status, 0) == child,
               "starting a program");
    *seconds = (bench_now_us() - began) / 1e6;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
