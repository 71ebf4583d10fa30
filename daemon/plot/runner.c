/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gnuplot in a sandbox: see plot/runner.h. */

#include "plot/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "kor/base/alloc.h"
#include "kor/base/buf.h"
#include "kor/base/err.h"
#include "kor/base/utf8.h"
#include "plot/fence.h"
#include "plot/filter.h"
#include "plot/folder.h"

#include <linux/seccomp.h>

struct kor_plot_runner {
    char *program;
    char *folder;
    struct kor_plot_limits limits; /* Its texts are the two above. */
    struct sock_fprog filter;      /* Allows execve of 'program' only. */
};

/* One run.  Everything the child needs stands here before it starts, since the
 * child of a process with threads may call next to nothing. */
struct run {
    const struct kor_plot_runner *runner;
    struct kor_plot_folder folder;
    int in, out, messages; /* Standard input, output, error of the child. */
    int report[2];         /* Carries errno if the child cannot start. */
    int fence;             /* What it may open (plot/fence.h), or -1. */
    char home[PATH_MAX + 8];
    pid_t child;
    bool is_late; /* Ended by us, at the wall-clock limit. */
    int status;   /* Of waitpid(). */
};

/* The descriptor of 'report' in the child; closed by execve. */
enum { REPORT_FD = 3, MAX_OPEN = 64 };

struct kor_plot_limits
kor_plot_limits_default(const char *folder)
{
    return (struct kor_plot_limits){
        .program = "/usr/bin/gnuplot",
        .folder = folder,
        .cpu_seconds = 5,
        .wall_ms = 10000,
        .memory_bytes = (size_t)1 << 30,
        .output_bytes = (size_t)16 << 20,
    };
}

enum kor_code
kor_plot_runner_new(const struct kor_plot_limits *limits,
                    struct kor_plot_runner **runnerp, struct kor_err *err)
{
    struct kor_plot_runner *runner = kor_alloc(sizeof *runner);
    runner->program = kor_strdup(limits->program);
    runner->folder = kor_strdup(limits->folder);
    runner->limits = *limits;
    runner->limits.program = runner->program;
    runner->limits.folder = runner->folder;
    enum kor_code code
        = kor_plot_filter_init(&runner->filter, runner->program, err);
    if (code) {
        kor_plot_runner_free(runner);
        runner = NULL;
    }
    *runnerp = runner;
    return code;
}

void
kor_plot_runner_free(struct kor_plot_runner *runner)
{
    if (runner) {
        kor_plot_filter_done(&runner->filter);
        free(runner->program);
        free(runner->folder);
        free(runner);
    }
}

/* --- in the child: async-signal-safe calls only -------------------------- */

static bool
limit(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit limits = {.rlim_cur = soft, .rlim_max = hard};
    return setrlimit((__rlimit_resource_t)resource, &limits) == 0;
}

static bool
set_limits(const struct kor_plot_limits *limits)
{
    return limit(RLIMIT_CPU, limits->cpu_seconds, limits->cpu_seconds + 1)
           && limit(RLIMIT_FSIZE, limits->output_bytes, limits->output_bytes)
           && limit(RLIMIT_CORE, 0, 0)
           && limit(RLIMIT_NOFILE, MAX_OPEN, MAX_OPEN)
           && limit(RLIMIT_AS, limits->memory_bytes, limits->memory_bytes);
}

/* The daemon may ignore or block signals that the limits work by. */
static void
reset_signals(void)
{
    for (int i = 1; i < NSIG; i++) {
        struct sigaction plain = {.sa_handler = SIG_DFL};
        (void)sigaction(i, &plain, NULL);
    }
    sigset_t none;
    sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Puts the four descriptors where they belong and closes all others.  They
 * are first moved out of each other's way. */
static bool
place_descriptors(const struct run *run)
{
    const int from[] = {run->in, run->out, run->messages, run->report[1]};
    int high[KOR_LENGTH(from)];
    for (size_t i = 0; i < KOR_LENGTH(from); i++) {
        high[i] = fcntl(from[i], F_DUPFD, REPORT_FD + 1);
        if (high[i] < 0) {
            return false;
        }
    }
    for (int i = 0; i <= REPORT_FD; i++) {
        if (dup2(high[i], i) < 0) {
            return false;
        }
    }
    return close_range(REPORT_FD + 1, ~0U, 0) == 0
           && fcntl(REPORT_FD, F_SETFD, FD_CLOEXEC) == 0;
}

KOR_NORETURN static void
become_program(struct run *run)
{
    char name[] = "gnuplot";
    char plain[] = "-d";
    char lang[] = "LANG=C.UTF-8";
    char term[] = "GNUTERM=dumb";
    char *argv[] = {name, plain, NULL};
    char *envp[] = {lang, run->home, term, NULL};
    const struct kor_plot_runner *runner = run->runner;
    reset_signals();
    bool is_ready = fchdir(run->folder.fd) == 0
                    && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
                    && kor_plot_fence_close_in(run->fence)
                    && place_descriptors(run)
                    && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0
                    && set_limits(&runner->limits)
                    && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER,
                             &runner->filter)
                           == 0;
    if (is_ready) {
        execve(runner->program, argv, envp);
    }
    int why = errno;
    (void)!write(REPORT_FD, &why, sizeof why);
    _exit(127);
}

/* --- in the parent ------------------------------------------------------- */

static void
close_fd(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

static int
open_output(const struct run *run, const char *name)
{
    return openat(run->folder.fd, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC,
                  0600);
}

static enum kor_code
prepare(struct run *run, const char *script,
        const struct kor_plot_file files[], size_t n, struct kor_err *err)
{
    enum kor_code code
        = kor_plot_folder_init(&run->folder, run->runner->folder, err);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        code = kor_plot_folder_write(&run->folder, files[i].name,
                                     kor_buf_text(files[i].text),
                                     files[i].text->size, err);
    }
    if (code == KOR_OK) {
        code = kor_plot_folder_write(&run->folder, ".script", script,
                                     strlen(script), err);
    }
    if (code) {
        return code;
    }
    snprintf(run->home, sizeof run->home, "HOME=%s", run->folder.path);
    run->in = openat(run->folder.fd, ".script", O_RDONLY | O_CLOEXEC);
    run->out = open_output(run, ".out");
    run->messages = open_output(run, ".messages");
    if (run->in < 0 || run->out < 0 || run->messages < 0
        || pipe2(run->report, O_CLOEXEC) < 0) {
        return kor_fail(err, KOR_CANNOT_CREATE, "folder",
                        "the files for drawing cannot be opened: %s",
                        strerror(errno));
    }
    return kor_plot_fence_new(run->runner->program, run->folder.fd,
                              &run->fence, err);
}

/* Starts the child.  It borrows our memory until it is gnuplot (vfork), since
 * copying the tables of a daemon's memory would take longer than the picture;
 * this thread stands still meanwhile, and become_program() only makes calls to
 * the kernel.  Signals are held back, so that no handler of the daemon runs in
 * the child. */
static enum kor_code
start(struct run *run, struct kor_err *err)
{
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t child = vfork();
    if (child == 0) {
        become_program(run);
    }
    int why = errno;
    run->child = child;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (run->child < 0) {
        return kor_fail(err, KOR_BUSY, NULL,
                        "no process for drawing can be started: %s; ask again",
                        strerror(why));
    }
    close_fd(&run->report[1]);
    return KOR_OK;
}

/* Waits for the end of the child, or brings it about.  Signals are held back
 * meanwhile, so that none of them starts the time anew; without a descriptor
 * for the child there is no way to wait with a limit, and it ends at once. */
static void
await(struct run *run)
{
    int fd = pidfd_open(run->child, 0);
    int rc = -1;
    if (fd >= 0) {
        unsigned ms = run->runner->limits.wall_ms;
        struct timespec limit_time = {.tv_sec = ms / 1000,
                                      .tv_nsec = ms % 1000 * 1000000L};
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        sigset_t all;
        sigfillset(&all);
        rc = ppoll(&wait, 1, &limit_time, &all);
        run->is_late = rc == 0;
        close(fd);
    }
    if (rc <= 0) {
        kill(run->child, SIGKILL);
    }
    while (waitpid(run->child, &run->status, 0) < 0 && errno == EINTR) {
    }
}

/* The last line that the program wrote to standard error: gnuplot's say what
 * was wrong. */
static void
last_message(const struct run *run, char text[160])
{
    char tail[512];
    off_t size = lseek(run->messages, 0, SEEK_END);
    off_t from = size < (off_t)sizeof tail ? 0 : size - (off_t)sizeof tail + 1;
    ssize_t n = pread(run->messages, tail, sizeof tail - 1, from);
    while (n > 0 && strchr(" \t\r\n", tail[n - 1])) {
        n--;
    }
    tail[n < 0 ? 0 : n] = '\0';
    const char *line = strrchr(tail, '\n');
    line = line ? line + 1 : tail;
    kor_utf8_copy(text, 160, line + strspn(line, " \t"));
}

static enum kor_code
judge_signal(const struct run *run, off_t size, struct kor_err *err)
{
    const struct kor_plot_limits *limits = &run->runner->limits;
    int number = WIFSIGNALED(run->status) ? WTERMSIG(run->status) : 0;
    if (run->is_late || number == SIGXCPU) {
        return kor_fail(err, KOR_BUSY, NULL,
                        "drawing took longer than %u ms and was ended; ask "
                        "again",
                        limits->wall_ms);
    }
    if (number == SIGXFSZ || size >= (off_t)limits->output_bytes) {
        return kor_fail(err, KOR_TOO_LARGE, NULL,
                        "the picture is larger than %zu bytes; ask for a "
                        "smaller one",
                        limits->output_bytes);
    }
    if (number) {
        return kor_fail(err, KOR_IO, NULL,
                        "the drawing program was ended by signal %d; ask "
                        "again",
                        number);
    }
    return KOR_OK;
}

static enum kor_code
judge(const struct run *run, struct kor_err *err)
{
    int why = 0;
    if (read(run->report[0], &why, sizeof why) == sizeof why) {
        return kor_fail(err, KOR_CONFIG, "gnuplot",
                        "the drawing program %s cannot be started: %s; "
                        "install gnuplot-nox",
                        run->runner->program, strerror(why));
    }
    off_t size = lseek(run->out, 0, SEEK_END);
    enum kor_code code = judge_signal(run, size, err);
    if (code) {
        return code;
    }
    if (WEXITSTATUS(run->status) != 0 || size <= 0) {
        char message[160];
        last_message(run, message);
        return kor_fail(err, KOR_IO, NULL,
                        "the drawing program ended with status %d and no "
                        "picture: %s",
                        WEXITSTATUS(run->status), message);
    }
    return KOR_OK;
}

static enum kor_code
collect(const struct run *run, struct kor_buf *out, struct kor_err *err)
{
    size_t before = out->size;
    char block[16384];
    off_t at = 0;
    ssize_t n = 0;
    while ((n = pread(run->out, block, sizeof block, at)) > 0) {
        kor_buf_add(out, block, (size_t)n);
        at += n;
    }
    if (n < 0) {
        out->size = before;
        return kor_fail(err, KOR_IO, NULL, "the picture cannot be read: %s",
                        strerror(errno));
    }
    return KOR_OK;
}

enum kor_code
kor_plot_runner_run(const struct kor_plot_runner *runner, const char *script,
                    const struct kor_plot_file files[], size_t n,
                    struct kor_buf *out, struct kor_err *err)
{
    struct run run = {.runner = runner,
                      .folder = {.fd = -1},
                      .in = -1,
                      .out = -1,
                      .messages = -1,
                      .report = {-1, -1},
                      .fence = -1};
    enum kor_code code = prepare(&run, script, files, n, err);
    if (code == KOR_OK) {
        code = start(&run, err);
    }
    if (code == KOR_OK) {
        await(&run);
        code = judge(&run, err);
    }
    if (code == KOR_OK) {
        code = collect(&run, out, err);
    }
    close_fd(&run.in);
    close_fd(&run.out);
    close_fd(&run.messages);
    close_fd(&run.report[0]);
    close_fd(&run.report[1]);
    close_fd(&run.fence);
    kor_plot_folder_done(&run.folder);
    return code;
}
