/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor as a process: see run_kor.h. */

#include "support/run_kor.h"

#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kor/base/alloc.h"
#include "kor/base/file.h"
#include "support/temp.h"

#define MAX_WORDS 32

static void
must(bool is_true)
{
    if (!is_true) {
        perror("run kor");
        abort();
    }
}

/* The test lies in B/tests/unit/, the programs in B/bin/. */
static void
find(const char *name, char path[1024])
{
    ssize_t size = readlink("/proc/self/exe", path, 900);
    must(size > 0);
    path[size] = '\0';
    for (int i = 0; i < 3; i++) {
        char *slash = strrchr(path, '/');
        must(slash != NULL);
        *slash = '\0';
    }
    strcat(strcat(path, "/bin/"), name);
}

/* Returns a descriptor to be closed once kor runs, or -1. */
static int
direct(posix_spawn_file_actions_t *actions, enum run_output output,
       const char *out, const char *err)
{
    int ends[2] = {-1, -1};
    must(posix_spawn_file_actions_init(actions) == 0);
    posix_spawn_file_actions_addopen(actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(actions, 2, err, O_WRONLY, 0);
    if (output == RUN_KEEP) {
        posix_spawn_file_actions_addopen(actions, 1, out, O_WRONLY, 0);
    } else if (output == RUN_CLOSED) {
        posix_spawn_file_actions_addclose(actions, 1);
    } else {
        must(pipe(ends) == 0);
        close(ends[0]);
        posix_spawn_file_actions_adddup2(actions, ends[1], 1);
    }
    return ends[1];
}

static pid_t
start(char *argv[], const char *at, const posix_spawn_file_actions_t *actions)
{
    static const char *const passed[] = {"KOR_OUTBOX", "KOR_WAIT"};
    char path[1024], place[128], own[KOR_LENGTH(passed)][512];
    char *env[8] = {"PATH=/usr/bin:/bin", "LC_ALL=C", "HOME=/nonexistent"};
    size_t n = 3;
    pid_t pid;
    if (at) {
        snprintf(place, sizeof place, "KOR_AT=%s", at);
        env[n++] = place;
    }
    for (size_t i = 0; i < KOR_LENGTH(passed); i++) {
        if (getenv(passed[i])) {
            snprintf(own[i], sizeof own[i], "%s=%s", passed[i],
                     getenv(passed[i]));
            env[n++] = own[i];
        }
    }
    find(argv[0], path);
    must(posix_spawn(&pid, path, actions, NULL, argv, env) == 0);
    return pid;
}

/* Splits 'line' into words for the program 'name'; 'copy' holds them. */
static void
split(const char *name, const char *line, char copy[1024],
      char *argv[MAX_WORDS + 2])
{
    char *rest = copy;
    int argc = 0;
    argv[argc++] = kor_strdup(name);
    snprintf(copy, 1024, "%s", line);
    for (char *word; *line && argc <= MAX_WORDS
                     && (word = strsep(&rest, " "));) {
        for (char *plus; (plus = strchr(word, '+'));) {
            *plus = ' ';
        }
        argv[argc++] = word;
    }
    argv[argc] = NULL;
}

static void
run_program(const char *name, const char *line, const char *at,
            enum run_output output, struct run *run)
{
    char copy[1024], out[TEMP_SIZE], err[TEMP_SIZE];
    char *argv[MAX_WORDS + 2];
    int status;
    posix_spawn_file_actions_t actions;
    memset(run, 0, sizeof *run);
    split(name, line, copy, argv);
    temp_file(out, "", 0);
    temp_file(err, "", 0);
    int end = direct(&actions, output, out, err);
    pid_t pid = start(argv, at, &actions);
    must(waitpid(pid, &status, 0) == pid);
    run->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    free(argv[0]);
    if (end >= 0) {
        close(end);
    }
    posix_spawn_file_actions_destroy(&actions);
    must(kor_file_read(out, 1 << 24, &run->out, NULL) == KOR_OK);
    must(kor_file_read(err, 1 << 24, &run->err, NULL) == KOR_OK);
    temp_remove(out);
    temp_remove(err);
}

void
run_kor(const char *line, const char *at, enum run_output output,
        struct run *run)
{
    run_program("kor", line, at, output, run);
}

void
run_kord(const char *line, struct run *run)
{
    run_program("kord", line, NULL, RUN_KEEP, run);
}

void
run_done(struct run *run)
{
    kor_buf_done(&run->out);
    kor_buf_done(&run->err);
}

static pid_t
start_program(const char *name, const char *line, const char *at, int *fd)
{
    char copy[1024], *argv[MAX_WORDS + 2];
    int ends[2];
    posix_spawn_file_actions_t actions;
    split(name, line, copy, argv);
    must(pipe2(ends, O_CLOEXEC) == 0);
    must(posix_spawn_file_actions_init(&actions) == 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 2);
    pid_t pid = start(argv, at, &actions);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    free(argv[0]);
    *fd = ends[0];
    return pid;
}

pid_t
run_kor_start(const char *line, const char *at, int *fd)
{
    return start_program("kor", line, at, fd);
}

pid_t
run_kord_start(const char *line, int *fd)
{
    return start_program("kord", line, NULL, fd);
}
