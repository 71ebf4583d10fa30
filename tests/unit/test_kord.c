/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kord as an operator meets it: one folder, four commands, exit statuses after
 * sysexits.h.  The program is $KOR_BIN, build/bin/kord without. */

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kor/base/compiler.h"
#include "kor/base/keyfile.h"
#include "support/near.h"
#include "support/storekit.h"

#define LONG_MS 20000
#define TEXT_SIZE 8192
#define NOBODY 65534

struct place {
    char base[KIT_PATH_SIZE];
    char folder[KIT_PATH_SIZE + 8]; /* base/clinic. */
    char text[TEXT_SIZE];           /* What the last command said. */
};

/* A kord that runs. */
struct child {
    pid_t pid;
    int out; /* What it says. */
};

/* --- processes ----------------------------------------------------------- */

static int
open_program(void)
{
    const char *bin = getenv("KOR_BIN");
    const char *path = bin ? bin : "build/bin/kord";
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        print_error("there is no %s: run 'make' first\n", path);
        fail();
    }
    return fd;
}

/* Starts kord with the arguments, as nobody in particular if 'is_nobody'. */
static struct child
start(const char *const args[], bool is_nobody)
{
    int out[2], program = open_program();
    assert_int_equal(pipe2(out, O_CLOEXEC), 0);
    struct child child = {.pid = fork(), .out = out[0]};
    if (child.pid == 0) {
        extern char **environ;
        dup2(out[1], 1);
        dup2(out[1], 2);
        bool is_ready = !is_nobody || geteuid() != 0
                     || (setgid(NOBODY) == 0 && setuid(NOBODY) == 0);
        /* A test that fails leaves no daemon behind.  After setuid(), which
         * would take this back. */
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (is_ready) {
            fexecve(program, (char *const *)(uintptr_t)args, environ);
        }
        _exit(127);
    }
    assert_true(child.pid > 0);
    close(out[1]);
    close(program);
    return child;
}

/* Reads what the child says until it says 'word' (null: until it ends). */
static bool
listen_for(struct child *child, const char *word, char text[TEXT_SIZE])
{
    size_t used = 0;
    struct pollfd item = {.fd = child->out, .events = POLLIN};
    text[0] = '\0';
    while (used < TEXT_SIZE - 1 && poll(&item, 1, LONG_MS) == 1) {
        ssize_t n = read(child->out, text + used, TEXT_SIZE - 1 - used);
        if (n <= 0) {
            return !word;
        }
        used += (size_t)n;
        text[used] = '\0';
        if (word && strstr(text, word)) {
            return true;
        }
    }
    return false;
}

/* Waits for the end and returns the exit status; -1 if a signal ended it. */
static int
finish(struct child *child)
{
    int status = 0;
    close(child->out);
    assert_int_equal(waitpid(child->pid, &status, 0), child->pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
kord_as(struct place *place, bool is_nobody, const char *const args[])
{
    struct child child = start(args, is_nobody);
    bool has_ended = listen_for(&child, NULL, place->text);
    if (!has_ended) {
        kill(child.pid, SIGKILL);
    }
    int status = finish(&child);
    assert_true(has_ended);
    return status;
}

#define kord(place, ...)                                                      \
    kord_as((place), false, (const char *const[]){"kord", __VA_ARGS__, NULL})

static void
says(const struct place *place, const char *word)
{
    if (!strstr(place->text, word)) {
        print_error("not said '%s': %s\n", word, place->text);
        fail();
    }
}

/* --- the folder ---------------------------------------------------------- */

static int
set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    *state = place;
    kit_folder(place->base);
    snprintf(place->folder, sizeof place->folder, "%s/clinic", place->base);
    return 0;
}

static int
set_up_ready(void **state)
{
    (void)set_up(state);
    struct place *place = *state;
    assert_int_equal(kord(place, "init", place->folder), 0);
    return 0;
}

static int
let_in(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st;
    (void)ftw;
    return type == FTW_D ? chmod(path, 0700) : 0;
}

static int
tear_down(void **state)
{
    struct place *place = *state;
    nftw(place->base, let_in, 8, FTW_PHYS);
    kit_folder_remove(place->base);
    free(place);
    return 0;
}

static const char *
in_folder(const struct place *place, const char *name,
          char path[2 * KIT_PATH_SIZE])
{
    snprintf(path, 2 * KIT_PATH_SIZE, "%s/%s", place->folder, name);
    return path;
}

static void
add_line(const struct place *place, const char *line)
{
    char path[2 * KIT_PATH_SIZE];
    FILE *file = fopen(in_folder(place, "kord.ini", path), "a");
    assert_non_null(file);
    fputs(line, file);
    fclose(file);
}

/* Waits until the daemon says that it serves. */
static struct child
run(struct place *place)
{
    struct child child
        = start((const char *const[]){"kord", "run", place->folder, NULL},
                false);
    if (!listen_for(&child, "serves ", place->text)) {
        print_error("it does not serve: %s\n", place->text);
        kill(child.pid, SIGKILL);
        (void)finish(&child);
        fail();
    }
    return child;
}

/* --- tests --------------------------------------------------------------- */

static void
init_makes_a_folder_once_and_keeps_its_keys_to_itself(void **state)
{
    struct place *place = *state;
    char path[2 * KIT_PATH_SIZE];
    static const struct {
        const char *name;
        mode_t others; /* Bits that must not be set. */
    } files[] = {{"kord.ini", 0}, {"client.ini", 0}, {"kor.db", 077},
                 {"server.key", 077}, {"server.pub", 0},
                 {"keys/operator.key", 077}};
    assert_int_equal(kord(place, "init", place->folder), 0);
    says(place, "kord run");
    struct stat st;
    for (size_t i = 0; i < KOR_LENGTH(files); i++) {
        assert_int_equal(stat(in_folder(place, files[i].name, path), &st), 0);
        assert_int_equal(st.st_mode & files[i].others, 0);
    }
    assert_int_equal(kord(place, "init", place->folder), 65);
    says(place, "already");
    says(place, place->folder);
    assert_int_not_equal(stat(in_folder(place, "check.last", path), &st), 0);
    assert_int_equal(kord(place, "check", place->folder), 0);
    says(place, "sound");
    assert_int_equal(stat(in_folder(place, "check.last", path), &st), 0);
}

static void
a_wrong_command_line_ends_with_64_and_help_with_0(void **state)
{
    struct place *place = *state;
    assert_int_equal(kord(place, "run"), 64);
    says(place, "kord init DIR");
    assert_int_equal(kord(place, "dance", place->folder), 64);
    assert_int_equal(kord(place, "run", place->folder, "more"), 64);
    assert_int_equal(kord(place, "init", place->folder, "--colour", "red"),
                     64);
    assert_int_equal(kord(place, "--help"), 0);
    assert_int_equal(kord(place, "--version"), 0);
    says(place, "kord ");
}

static void
a_folder_that_is_none_is_named(void **state)
{
    struct place *place = *state;
    assert_int_equal(kord(place, "run", place->folder), 66);
    says(place, "kord init");
    assert_int_equal(kord(place, "check", place->folder), 66);
    assert_int_equal(kord(place, "init", "/proc/none/such"), 73);
}

static void
it_runs_until_sigterm_and_exits_with_0(void **state)
{
    struct place *place = *state;
    for (int i = 0; i < 2; i++) {
        struct child child = run(place);
        assert_int_equal(kill(child.pid, i ? SIGINT : SIGTERM), 0);
        assert_true(listen_for(&child, NULL, place->text));
        assert_int_equal(finish(&child), 0);
    }
    assert_int_equal(kord(place, "check", place->folder), 0);
}

static void
sighup_reads_keys_again_and_says_so(void **state)
{
    struct place *place = *state;
    struct child child = run(place);
    assert_int_equal(kill(child.pid, SIGHUP), 0);
    assert_true(listen_for(&child, "again", place->text));
    add_line(place, "colour = red\n");
    assert_int_equal(kill(child.pid, SIGHUP), 0);
    assert_true(listen_for(&child, "colour", place->text));
    assert_int_equal(kill(child.pid, SIGTERM), 0);
    assert_true(listen_for(&child, NULL, place->text));
    assert_int_equal(finish(&child), 0);
}

static void
a_second_kord_on_the_same_folder_is_refused_and_the_first_lives(void **state)
{
    struct place *place = *state;
    struct child first = run(place);
    assert_int_equal(kord(place, "run", place->folder), 75);
    says(place, "another kord");
    assert_int_equal(kord(place, "key", place->folder, "night-shift"), 75);
    /* Looking is allowed. */
    assert_int_equal(kord(place, "check", place->folder), 0);
    assert_int_equal(kill(first.pid, 0), 0);
    assert_int_equal(kill(first.pid, SIGTERM), 0);
    assert_true(listen_for(&first, NULL, place->text));
    assert_int_equal(finish(&first), 0);
}

static void
a_kord_that_was_killed_leaves_nothing_in_the_way(void **state)
{
    struct place *place = *state;
    struct child child = run(place);
    assert_int_equal(kill(child.pid, SIGKILL), 0);
    assert_int_equal(finish(&child), -1);
    child = run(place);
    assert_int_equal(kill(child.pid, SIGTERM), 0);
    assert_int_equal(finish(&child), 0);
    assert_int_equal(kord(place, "check", place->folder), 0);
}

static void
a_public_key_that_is_another_servers_is_found(void **state)
{
    struct place *place = *state;
    char path[1024];
    const struct kor_keyfile other = {
        .public_key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"};
    assert_int_equal(unlink(in_folder(place, "server.pub", path)), 0);
    assert_int_equal(kor_keyfile_write(path, &other, "a test", NULL), KOR_OK);
    assert_int_equal(kord(place, "check", place->folder), 78);
    says(place, "server.pub is not the public half");
}

static void
an_unknown_key_in_the_configuration_is_named_with_its_line(void **state)
{
    struct place *place = *state;
    add_line(place, "colour = red\n");
    assert_int_equal(kord(place, "run", place->folder), 78);
    says(place, "colour");
    says(place, "10");
    assert_int_equal(kord(place, "check", place->folder), 78);
}

static void
values_that_cannot_be_are_named(void **state)
{
    struct place *place = *state;
    char path[2 * KIT_PATH_SIZE];
    static const char *const lines[][2]
        = {{"endpoint = http://here\n", "endpoint"},
           {"zone = Atlantis/Capital\n", "zone"},
           {"language = klingon\n", "language"},
           {"log = loud\n", "log"},
           {"pathway =\n", "pathway"}};
    for (size_t i = 0; i < KOR_LENGTH(lines); i++) {
        FILE *file = fopen(in_folder(place, "kord.ini", path), "w");
        assert_non_null(file);
        fprintf(file, "[kord]\n%s", lines[i][0]);
        fclose(file);
        assert_int_equal(kord(place, "check", place->folder), 78);
        says(place, lines[i][1]);
    }
}

static void
a_key_file_that_others_can_read_is_refused(void **state)
{
    struct place *place = *state;
    char path[2 * KIT_PATH_SIZE];
    assert_int_equal(chmod(in_folder(place, "server.key", path), 0644), 0);
    assert_int_equal(kord(place, "run", place->folder), 78);
    says(place, "server.key");
    assert_int_equal(kord(place, "check", place->folder), 78);
}

static void
so_is_a_key_of_addresses(void **state)
{
    struct place *place = *state;
    char path[2 * KIT_PATH_SIZE];
    struct child child = run(place); /* It makes one. */
    assert_int_equal(kill(child.pid, SIGTERM), 0);
    assert_int_equal(finish(&child), 0);
    assert_int_equal(chmod(in_folder(place, "contact.key", path), 0640), 0);
    assert_int_equal(kord(place, "run", place->folder), 78);
    says(place, "contact.key");
    assert_int_equal(chmod(path, 0600), 0);
    child = run(place);
    assert_int_equal(kill(child.pid, SIGTERM), 0);
    assert_int_equal(finish(&child), 0);
}

static void
a_path_too_long_for_a_socket_is_refused_with_a_way_out(void **state)
{
    struct place *place = *state;
    char deep[2 * KIT_PATH_SIZE];
    snprintf(deep, sizeof deep, "%s/%0100d", place->base, 1);
    assert_int_equal(kord(place, "init", deep), 78);
    says(place, "endpoint");
    says(place, "tcp://");
    assert_int_equal(kord(place, "init", deep, "--endpoint",
                          "tcp://127.0.0.1:5590", "--feed",
                          "tcp://127.0.0.1:5591"), 0);
    assert_int_equal(kord(place, "check", deep), 0);
}

static void
a_folder_that_cannot_be_written_to_is_named(void **state)
{
    struct place *place = *state;
    char path[2 * KIT_PATH_SIZE];
    const char *const init[] = {"kord", "init", place->folder, NULL};
    const char *const serve[] = {"kord", "run", place->folder, NULL};
    if (geteuid() == 0) {
        assert_int_equal(chown(place->base, NOBODY, NOBODY), 0);
    }
    assert_int_equal(mkdir(place->folder, 0755), 0);
    if (geteuid() == 0) {
        assert_int_equal(chown(place->folder, NOBODY, NOBODY), 0);
    }
    assert_int_equal(chmod(place->folder, 0555), 0);
    assert_int_equal(kord_as(place, true, init), 73);
    says(place, place->folder);
    assert_int_equal(chmod(place->folder, 0755), 0);
    assert_int_equal(kord_as(place, true, init), 0);
    assert_int_equal(unlink(in_folder(place, "kord.lock", path)), 0);
    assert_int_equal(chmod(place->folder, 0555), 0);
    assert_int_equal(kord_as(place, true, serve), 73);
    says(place, "cannot write");
}

static void
a_database_that_is_damaged_or_gone_is_named(void **state)
{
    struct place *place = *state;
    char path[2 * KIT_PATH_SIZE];
    in_folder(place, "kor.db", path);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    assert_int_equal(pwrite(fd, "not a database file", 19, 0), 19);
    close(fd);
    assert_int_not_equal(kord(place, "run", place->folder), 0);
    says(place, "database");
    assert_int_equal(unlink(path), 0);
    assert_int_not_equal(kord(place, "run", place->folder), 0);
    says(place, "database");
    assert_int_not_equal(access(path, F_OK), 0); /* No empty one is made. */
}

static void
more_keys_can_be_made_each_name_once(void **state)
{
    struct place *place = *state;
    char path[2 * KIT_PATH_SIZE];
    struct stat st;
    assert_int_equal(kord(place, "key", place->folder, "ann"), 0);
    assert_int_equal(stat(in_folder(place, "keys/ann.key", path), &st), 0);
    assert_int_equal(st.st_mode & 077, 0);
    assert_int_equal(kord(place, "key", place->folder, "ann"), 65);
    assert_int_equal(kord(place, "key", place->folder, "Ann Smith"), 65);
    assert_int_equal(kord(place, "key", place->folder, "../x"), 65);
    assert_int_equal(kord(place, "key", place->folder, "therapist-3", "--role",
                          "king"), 65);
    says(place, "therapist, supervisor");
}

/* Moves the server's key to where a service manager would put it. */
static void
move_key_to(const struct place *place, const char *folder)
{
    char from[2 * KIT_PATH_SIZE], to[2 * KIT_PATH_SIZE];
    snprintf(to, sizeof to, "%s/server.key", folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(rename(in_folder(place, "server.key", from), to), 0);
    assert_int_equal(setenv("CREDENTIALS_DIRECTORY", folder, 1), 0);
}

static int
tear_down_credentials(void **state)
{
    unsetenv("CREDENTIALS_DIRECTORY");
    return tear_down(state);
}

static void
the_servers_key_may_be_a_credential(void **state)
{
    struct place *place = *state;
    char folder[KIT_PATH_SIZE + 16], path[2 * KIT_PATH_SIZE];
    snprintf(folder, sizeof folder, "%s/given", place->base);
    move_key_to(place, folder);
    snprintf(path, sizeof path, "%s/server.key", folder);
    /* An access list for one reader shows as a right of the group. */
    assert_int_equal(chmod(path, 0440), 0);
    struct child child = run(place);
    assert_int_equal(kill(child.pid, SIGTERM), 0);
    assert_int_equal(finish(&child), 0);
    assert_int_equal(kord(place, "check", place->folder), 0);
    assert_int_equal(chmod(path, 0444), 0);
    assert_int_equal(kord(place, "run", place->folder), 78);
    says(place, path);
    unsetenv("CREDENTIALS_DIRECTORY");
    assert_int_equal(kord(place, "run", place->folder), 66);
    says(place, "server.key");
    assert_int_equal(kord(place, "check", place->folder), 0);
    says(place, "not in the folder");
}

static void
a_folder_of_credentials_without_the_key_is_no_hindrance(void **state)
{
    struct place *place = *state;
    assert_int_equal(setenv("CREDENTIALS_DIRECTORY", place->base, 1), 0);
    struct child child = run(place);
    assert_int_equal(kill(child.pid, SIGTERM), 0);
    assert_int_equal(finish(&child), 0);
}

/* With a public key alone, kord would start and then serve nobody. */
static void
a_server_key_without_a_secret_is_refused(void **state)
{
    struct place *place = *state;
    char from[2 * KIT_PATH_SIZE], to[2 * KIT_PATH_SIZE];
    assert_int_equal(rename(in_folder(place, "server.pub", from),
                            in_folder(place, "server.key", to)), 0);
    assert_int_equal(kord(place, "run", place->folder), 78);
    says(place, "no secret key");
}

/* What /proc says of a process that can be looked into belongs to its user;
 * root, for whom that makes no difference, tests with a kord of nobody's. */
static void
nobody_looks_into_it_and_it_leaves_no_core(void **state)
{
    struct place *place = *state;
    const char *const init[] = {"kord", "init", place->folder, NULL};
    const char *const serve[] = {"kord", "run", place->folder, NULL};
    char path[64], line[256];
    struct stat about;
    bool is_limited = false;
    if (geteuid() == 0) {
        assert_int_equal(chown(place->base, NOBODY, NOBODY), 0);
    }
    assert_int_equal(kord_as(place, true, init), 0);
    struct child child = start(serve, true);
    assert_true(listen_for(&child, "serves ", place->text));
    snprintf(path, sizeof path, "/proc/%d/environ", (int)child.pid);
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_uid, 0);
    snprintf(path, sizeof path, "/proc/%d/limits", (int)child.pid);
    FILE *limits = fopen(path, "r");
    assert_non_null(limits);
    while (fgets(line, sizeof line, limits)) {
        is_limited = is_limited
                  || (!strncmp(line, "Max core file size", 18)
                      && strstr(line, " 0                    0 "));
    }
    fclose(limits);
    assert_true(is_limited);
    assert_int_equal(kill(child.pid, SIGTERM), 0);
    assert_int_equal(finish(&child), 0);
}

/* How often 'word' stands in the 'size' bytes. */
static int
count_words(const char *bytes, size_t size, const char *word)
{
    int n = 0;
    const char *end = bytes + size;
    for (const char *at = bytes;
         (at = memmem(at, (size_t)(end - at), word, strlen(word))); at++) {
        n++;
    }
    return n;
}

/* How often it stands in the memory of the process that is of no file, of it
 * in memory that is locked and left out of a core file. */
static int
count_in_memory(pid_t pid, const char *word, int *n_locked)
{
    char path[64], line[512], mode[8];
    int n = 0, n_here = 0;
    unsigned long from, to, inode;
    snprintf(path, sizeof path, "/proc/%d/smaps", (int)pid);
    FILE *maps = fopen(path, "re");
    snprintf(path, sizeof path, "/proc/%d/mem", (int)pid);
    int memory = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(maps && memory >= 0);
    *n_locked = 0;
    while (fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%lx-%lx %7s %*s %*s %lu", &from, &to, mode, &inode)
            == 4) {
            char *bytes = malloc(to - from);
            ssize_t size = mode[0] == 'r' && inode == 0
                               ? pread(memory, bytes, to - from, (off_t)from)
                               : 0;
            n_here = size > 0 ? count_words(bytes, (size_t)size, word) : 0;
            n += n_here;
            free(bytes);
        } else if (!strncmp(line, "VmFlags:", 8) && strstr(line, " lo")
                   && strstr(line, " dd") && !strstr(line, " wr")) {
            *n_locked += n_here;
        }
    }
    fclose(maps);
    close(memory);
    return n;
}

/* libzmq keeps copies of its own, as 32 bytes and not as text. */
static void
the_secret_lies_in_one_place_which_is_locked(void **state)
{
    int n_locked;
    struct place *place = *state;
    char path[2 * KIT_PATH_SIZE];
    struct kor_keyfile keys;
    if (geteuid() != 0) {
        skip(); /* Nobody else may read its memory. */
    }
    assert_int_equal(kor_keyfile_read(in_folder(place, "server.key", path),
                                      &keys, NULL), KOR_OK);
    struct child child = run(place);
    assert_int_equal(count_in_memory(child.pid, keys.secret_key, &n_locked),
                     1);
    assert_int_equal(n_locked, 1);
    assert_int_equal(kill(child.pid, SIGTERM), 0);
    assert_int_equal(finish(&child), 0);
}

/* A bad day: nobody can get in any more. */
static void
the_key_of_the_only_administrator_is_lost(void **state)
{
    struct place *place = *state;
    char spare[2 * KIT_PATH_SIZE], path[2 * KIT_PATH_SIZE];
    struct stat st;
    in_folder(place, "spare.key", spare);
    assert_int_equal(kord(place, "key", place->folder, "operator"), 65);
    says(place, "--file");
    assert_int_equal(kord(place, "key", place->folder, "operator", "--file",
                          spare), 0);
    says(place, spare);
    assert_int_equal(stat(spare, &st), 0);
    assert_int_equal(st.st_mode & 077, 0);
    assert_int_equal(kord(place, "key", place->folder, "operator", "--file",
                          spare), 65);
    in_folder(place, "other.key", path);
    assert_int_equal(kord(place, "key", place->folder, "operator", "--file",
                          path, "--role", "duty"), 65);
    says(place, "leave --role out");
    assert_int_equal(stat(path, &st), -1);
    /* Or by a new account, where nobody knows the names. */
    assert_int_equal(kord(place, "key", place->folder, "rescue", "--role",
                          "administrator"), 0);
    in_folder(place, "kor.db", path);
    assert_int_equal(2, kit_number(path, NULL,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "action = 'kord.key' AND object = "
                                   "'operator'"));
    assert_int_equal(1, kit_number(path, NULL,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "action = 'kord.key' AND object = 'rescue' "
                                   "AND reason = 'administrator'"));
    assert_int_equal(3, kit_number(path, NULL,
                                   "SELECT count(*) FROM actor WHERE "
                                   "revoked_ms IS NULL"));
}

static void
who_has_left_gets_no_key(void **state)
{
    struct place *place = *state;
    char path[2 * KIT_PATH_SIZE];
    assert_int_equal(kord(place, "key", place->folder, "ann"), 0);
    in_folder(place, "kor.db", path);
    kit_sql(path, "UPDATE account SET left_ms = 5 WHERE name = 'ann'");
    in_folder(place, "ann2.key", path);
    assert_int_equal(kord(place, "key", place->folder, "ann", "--file", path),
                     65);
    says(place, "has left");
}

int
main(void)
{
    signal(SIGPIPE, SIG_IGN);
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define TR(name) cmocka_unit_test_setup_teardown(name, set_up_ready, tear_down)
#define TC(name)                                                              \
    cmocka_unit_test_setup_teardown(name, set_up_ready, tear_down_credentials)
    const struct CMUnitTest tests[] = {
        T(init_makes_a_folder_once_and_keeps_its_keys_to_itself),
        T(a_wrong_command_line_ends_with_64_and_help_with_0),
        T(a_folder_that_is_none_is_named),
        TR(it_runs_until_sigterm_and_exits_with_0),
        TR(sighup_reads_keys_again_and_says_so),
        TR(a_second_kord_on_the_same_folder_is_refused_and_the_first_lives),
        TR(a_kord_that_was_killed_leaves_nothing_in_the_way),
        TR(a_public_key_that_is_another_servers_is_found),
        TR(an_unknown_key_in_the_configuration_is_named_with_its_line),
        TR(values_that_cannot_be_are_named),
        TR(a_key_file_that_others_can_read_is_refused),
        TR(so_is_a_key_of_addresses),
        T(a_path_too_long_for_a_socket_is_refused_with_a_way_out),
        T(a_folder_that_cannot_be_written_to_is_named),
        TR(a_database_that_is_damaged_or_gone_is_named),
        TR(more_keys_can_be_made_each_name_once),
        TC(the_servers_key_may_be_a_credential),
        TC(a_folder_of_credentials_without_the_key_is_no_hindrance),
        TR(a_server_key_without_a_secret_is_refused),
        T(nobody_looks_into_it_and_it_leaves_no_core),
        TR(the_secret_lies_in_one_place_which_is_locked),
        TR(the_key_of_the_only_administrator_is_lost),
        TR(who_has_left_gets_no_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
