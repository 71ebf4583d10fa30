/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A kord to measure: see bench/clinic.h. */

#include "bench/clinic.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/frames.h"
#include "bench/line.h"
#include "kor/base/file.h"

/* A port that nobody has just now. */
static int
free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bench_must(fd >= 0 && !bind(fd, (struct sockaddr *)&at, size)
                   && !getsockname(fd, (struct sockaddr *)&at, &size),
               "finding a free port");
    close(fd);
    return ntohs(at.sin_port);
}

/* Starts kord with 'argv'; it ends when this program does. */
static pid_t
start(const char *path, const char *const argv[])
{
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        dup2(null, STDOUT_FILENO);
        execv(path, (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    bench_must(child > 0, "starting kord");
    return child;
}

static void
await(pid_t child)
{
    int status = -1;
    bench_must(waitpid(child, &status, 0) == child && status == 0, "kord");
}

/* Nothing but warnings belongs between the rows of the table. */
static void
make_quiet(const struct clinic *clinic)
{
    char path[160];
    struct kor_buf text = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/kord.ini", clinic->folder);
    bench_ok(kor_file_read(path, 4096, &text, &err), &err);
    char *level = strstr(kor_buf_text(&text), "log = info");
    bench_must(level, "finding the level of the journal");
    text.size = (size_t)(level - text.text);
    kor_buf_puts(&text, "log = warning\n");
    bench_ok(kor_file_write(path, text.text, text.size, 0600, &err), &err);
    kor_buf_done(&text);
}

void
clinic_new(const struct bench *bench, const char *name, bool is_tcp,
           struct clinic *clinic)
{
    char endpoint[64];
    struct kor_err err;
    snprintf(clinic->folder, sizeof clinic->folder, "%s/%s", bench->folder,
             name);
    snprintf(clinic->store, sizeof clinic->store, "%s/kor.db",
             clinic->folder);
    snprintf(endpoint, sizeof endpoint, "tcp://127.0.0.1:%d",
             is_tcp ? free_port() : 0);
    const char *argv[] = {bench->kord, "init", clinic->folder,
                          is_tcp ? "--endpoint" : NULL, endpoint, NULL};
    await(start(bench->kord, argv));
    make_quiet(clinic);
    kor_err_init(&err, KOR_EN);
    bench_ok(kor_place_load(clinic->folder, NULL, &clinic->place, &err),
             &err);
}

double
clinic_start(const struct bench *bench, struct clinic *clinic)
{
    const char *argv[] = {bench->kord, "run", clinic->folder, NULL};
    struct kor_buf ping = {0};
    struct line *line = line_new(&clinic->place);
    frames_ping(&ping);
    double began = bench_now_us();
    clinic->kord = start(bench->kord, argv);
    line_ask(line, &ping);
    double took = bench_now_us() - began;
    kor_buf_done(&ping);
    line_free(line);
    return took;
}

void
clinic_stop(struct clinic *clinic)
{
    kill(clinic->kord, SIGTERM);
    await(clinic->kord);
    clinic->kord = 0;
}

double
clinic_resident_mib(const struct clinic *clinic)
{
    char path[64], text[256];
    double kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", (int)clinic->kord);
    FILE *file = fopen(path, "re");
    bench_must(file, "reading /proc");
    while (fgets(text, sizeof text, file)) {
        if (sscanf(text, "VmRSS: %lf", &kib) == 1) {
            break;
        }
    }
    fclose(file);
    return kib / 1024;
}

double
clinic_loop_us(const struct clinic *clinic)
{
    char path[64];
    double ns = 0;
    snprintf(path, sizeof path, "/proc/%d/schedstat", (int)clinic->kord);
    FILE *file = fopen(path, "re");
    bench_must(file && fscanf(file, "%lf", &ns) == 1, "reading /proc");
    fclose(file);
    return ns / 1e3;
}
