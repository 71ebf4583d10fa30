/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A real kord on a file that is damaged where nobody has looked yet: whoever
 * comes upon it hears so, and kord ends with the status after which nobody
 * starts it again, be it a worker or the writer that read it. */

#include "support/near.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/run_kor.h"
#include "support/storekit.h"

#define LONG_MS 20000
#define PAGE 4096
#define SAID_SIZE 8192

struct bench {
    char base[KIT_PATH_SIZE];
    char folder[KIT_PATH_SIZE + 8];
    char store[KIT_PATH_SIZE + 16];
    char code[10];        /* Of a client with one session. */
    pid_t kord;           /* 0 while it does not run. */
    int fd;               /* What it says, */
    char said[SAID_SIZE]; /* until now. */
};

/* Listens until kord has said 'word' (null: until it has no more to say). */
static bool
listen_for(struct bench *bench, const char *word)
{
    struct pollfd item = {.fd = bench->fd, .events = POLLIN};
    size_t used = strlen(bench->said);
    while (used < SAID_SIZE - 1 && poll(&item, 1, LONG_MS) == 1) {
        ssize_t n = read(bench->fd, bench->said + used, SAID_SIZE - 1 - used);
        if (n <= 0) {
            return !word;
        }
        used += (size_t)n;
        bench->said[used] = '\0';
        if (word && strstr(bench->said, word)) {
            return true;
        }
    }
    return false;
}

static void
serve(struct bench *bench)
{
    char line[KIT_PATH_SIZE + 16];
    snprintf(line, sizeof line, "run %s", bench->folder);
    bench->said[0] = '\0';
    bench->kord = run_kord_start(line, &bench->fd);
    assert_true(listen_for(bench, "serves "));
}

/* Waits until kord has ended, and returns the exit status; -1 if it has
 * not. */
static int
await_end(struct bench *bench)
{
    int status = 0;
    bool has_ended = listen_for(bench, NULL);
    if (!has_ended) {
        kill(bench->kord, SIGKILL);
    }
    assert_int_equal(waitpid(bench->kord, &status, 0), bench->kord);
    close(bench->fd);
    bench->kord = 0;
    return has_ended && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Runs kor with 'verb', the client and what follows; fails unless it ends with
 * 'status'.  What it said is in 'run'. */
static void
kor(struct bench *bench, int status, const char *verb, const char *rest,
    struct run *run)
{
    char words[128];
    snprintf(words, sizeof words, "%s %s%s", verb, bench->code, rest);
    run_kor(words, bench->folder, RUN_KEEP, run);
    if (run->status != status) {
        print_error("kor %s: %d, %s\n", words, run->status,
                    kor_buf_text(&run->err));
        fail();
    }
}

static void
open_client(struct bench *bench)
{
    struct run run;
    kor(bench, 0, "open", "--json", &run);
    const char *code = strstr(kor_buf_text(&run.out), "\"code\":\"");
    assert_non_null(code);
    snprintf(bench->code, sizeof bench->code, "%.9s",
             code + strlen("\"code\":\""));
    run_done(&run);
    kor(bench, 0, "record", " outcome --total 14", &run);
    run_done(&run);
}

/* Turns some bits over in the page where the sessions are. */
static void
damage(const struct bench *bench)
{
    int64_t page = kit_number(bench->store, NULL,
                              "SELECT rootpage FROM sqlite_schema "
                              "WHERE name = 'session'");
    int fd = open(bench->store, O_WRONLY | O_CLOEXEC);
    assert_true(fd >= 0 && page > 1);
    assert_int_equal(pwrite(fd, "\x55", 1, (page - 1) * PAGE + 2000), 1);
    close(fd);
}

static int
set_up(void **state)
{
    struct bench *bench = calloc(1, sizeof *bench);
    char line[KIT_PATH_SIZE + 16];
    struct run run;
    *state = bench;
    snprintf(bench->folder, sizeof bench->folder, "%s/c",
             kit_folder(bench->base));
    snprintf(bench->store, sizeof bench->store, "%s/kor.db", bench->folder);
    snprintf(line, sizeof line, "%s/outbox", bench->base);
    setenv("KOR_OUTBOX", line, 1);
    snprintf(line, sizeof line, "init %s", bench->folder);
    run_kord(line, &run);
    assert_int_equal(run.status, 0);
    run_done(&run);
    serve(bench);
    open_client(bench);
    assert_int_equal(kill(bench->kord, SIGTERM), 0);
    assert_int_equal(await_end(bench), 0);
    damage(bench);
    serve(bench);
    return 0;
}

static int
tear_down(void **state)
{
    struct bench *bench = *state;
    if (bench->kord) {
        kill(bench->kord, SIGKILL);
        (void)await_end(bench);
    }
    kit_folder_remove(bench->base);
    free(bench);
    return 0;
}

/* Asks what comes upon the damage. */
static void
meets_the_end(struct bench *bench, int status, const char *verb,
              const char *rest)
{
    struct run run;
    kor(bench, status, verb, rest, &run);
    assert_non_null(strstr(kor_buf_text(&run.err), "damaged"));
    run_done(&run);
    assert_int_equal(await_end(bench), 65);
    assert_non_null(strstr(bench->said, "kord: the database file is damaged: "
                                        "restore a backup"));
    assert_null(strstr(bench->said, "the disk failed"));
}

static void
a_page_that_a_worker_finds_damaged_ends_kord_for_good(void **state)
{
    meets_the_end(*state, 65, "show", "");
}

static void
a_page_that_the_writer_finds_damaged_ends_kord_for_good(void **state)
{
    /* The client keeps the entry for another day. */
    meets_the_end(*state, 79, "record", " outcome --total 15");
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(a_page_that_a_worker_finds_damaged_ends_kord_for_good),
        T(a_page_that_the_writer_finds_damaged_ends_kord_for_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
