/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kord, gnuplot and a backup at work under what the units in daemon/system/
 * forbid: the lines SystemCallFilter= as this machine's systemd understands
 * them, and the filters that their other lines become.  Without
 * systemd-analyze, which expands the names of groups, the test is skipped.
 *
 * With KOR_UNIT set, this program is kord behind the filter of that unit. */

#include "support/near.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kor/base/alloc.h"
#include "kor/base/compiler.h"
#include "support/live.h"
#include "support/run_kor.h"

#define MAX_CALLS 1024
#define NAME_SIZE 64

/* Names of calls; those that were taken out again are empty. */
struct calls {
    char names[MAX_CALLS][NAME_SIZE];
    size_t n;
};

/* --- what the unit allows ------------------------------------------------ */

static void
set_call(struct calls *calls, const char *name, bool is_allowed)
{
    for (size_t i = 0; i < calls->n; i++) {
        if (!strcmp(calls->names[i], name) && !is_allowed) {
            calls->names[i][0] = '\0';
        }
    }
    if (is_allowed) {
        assert_true(calls->n < MAX_CALLS && strlen(name) < NAME_SIZE);
        strcpy(calls->names[calls->n++], name);
    }
}

static void set_word(struct calls *calls, const char *word, bool is_allowed);

/* The members of a group such as @sync, which may be groups. */
static void
set_group(struct calls *calls, const char *group, bool is_allowed)
{
    char command[128], line[256], word[NAME_SIZE];
    int n = 0;
    snprintf(command, sizeof command, "systemd-analyze syscall-filter %s",
             group);
    FILE *list = popen(command, "r");
    assert_non_null(list);
    while (fgets(line, sizeof line, list)) {
        if (line[0] == ' ' && sscanf(line, "%63s", word) == 1
            && word[0] != '#') {
            set_word(calls, word, is_allowed);
            n++;
        }
    }
    assert_int_equal(pclose(list), 0);
    assert_true(n > 0);
}

static void
set_word(struct calls *calls, const char *word, bool is_allowed)
{
    if (word[0] == '@') {
        set_group(calls, word, is_allowed);
    } else {
        set_call(calls, word, is_allowed);
    }
}

/* Reads the lines of the unit in order; a list that allows has @default. */
static void
read_unit(struct calls *calls)
{
    char line[512];
    FILE *unit = fopen(getenv("KOR_UNIT"), "r");
    assert_non_null(unit);
    set_group(calls, "@default", true);
    while (fgets(line, sizeof line, unit)) {
        char *rest = NULL, *at = strchr(line, '=');
        if (strncmp(line, "SystemCallFilter=", 17)) {
            continue;
        }
        bool is_allowed = at[1] != '~';
        for (char *word = strtok_r(at + (is_allowed ? 1 : 2), " \n", &rest);
             word; word = strtok_r(NULL, " \n", &rest)) {
            set_word(calls, word, is_allowed);
        }
    }
    fclose(unit);
}

static void
load(scmp_filter_ctx filter)
{
    assert_int_equal(seccomp_load(filter), 0);
    seccomp_release(filter);
}

static void
load_calls(const struct calls *calls)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    for (size_t i = 0; i < calls->n; i++) {
        int call = calls->names[i][0]
                       ? seccomp_syscall_resolve_name(calls->names[i])
                       : __NR_SCMP_ERROR;
        if (call != __NR_SCMP_ERROR) {
            (void)seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
        }
    }
    load(filter);
}

/* RestrictAddressFamilies: three, or none for the backup. */
static bool
is_family_open(int family)
{
    bool is_served = !strstr(getenv("KOR_UNIT"), "backup");
    return is_served
        && (family == AF_UNIX || family == AF_INET || family == AF_INET6);
}

/* MemoryDenyWriteExecute, RestrictNamespaces, RestrictRealtime,
 * RestrictSUIDSGID, LockPersonality, RestrictAddressFamilies. */
static void
load_restrictions(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    const scmp_datum_t both = PROT_WRITE | PROT_EXEC;
    const struct {
        int call;
        struct scmp_arg_cmp when;
    } rules[] = {
        {SCMP_SYS(mmap), SCMP_A2(SCMP_CMP_MASKED_EQ, both, both)},
        {SCMP_SYS(mprotect),
         SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)},
        {SCMP_SYS(clone),
         SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER)},
        {SCMP_SYS(clone),
         SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_NEWNS, CLONE_NEWNS)},
        {SCMP_SYS(unshare), SCMP_A0(SCMP_CMP_NE, 0)},
        {SCMP_SYS(sched_setscheduler), SCMP_A1(SCMP_CMP_EQ, SCHED_FIFO)},
        {SCMP_SYS(sched_setscheduler), SCMP_A1(SCMP_CMP_EQ, SCHED_RR)},
        {SCMP_SYS(fchmodat),
         SCMP_A2(SCMP_CMP_MASKED_EQ, S_ISUID, S_ISUID)},
        {SCMP_SYS(personality), SCMP_A0(SCMP_CMP_NE, 0)},
    };
    for (size_t i = 0; i < KOR_LENGTH(rules); i++) {
        assert_int_equal(seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM),
                                                rules[i].call, 1,
                                                &rules[i].when), 0);
    }
    assert_int_equal(seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS),
                                      SCMP_SYS(clone3), 0), 0);
    for (int family = 0; family < AF_MAX; family++) {
        if (!is_family_open(family)) {
            assert_int_equal(seccomp_rule_add(
                                 filter, SCMP_ACT_ERRNO(EAFNOSUPPORT),
                                 SCMP_SYS(socket), 1,
                                 SCMP_A0(SCMP_CMP_EQ, (unsigned)family)), 0);
        }
    }
    load(filter);
}

/* Becomes kord, behind both filters. */
static int
be_filtered(char *argv[])
{
    struct calls *calls = kor_alloc(sizeof *calls);
    read_unit(calls);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) {
        return 126;
    }
    load_restrictions();
    load_calls(calls);
    execv(getenv("KOR_UNIT_PROGRAM"), argv);
    return 127;
}

/* --- tests --------------------------------------------------------------- */

static void
must(const char *line, const char *at, struct run *run)
{
    run_kor(line, at, RUN_KEEP, run);
    if (run->status != 0) {
        print_error("kor %s: %s\n", line, kor_buf_text(&run->err));
        fail();
    }
}

/* Opens an episode and returns its code. */
static void
open_episode(const char *at, char code[16])
{
    struct run run;
    must("open --json", at, &run);
    const char *found = strstr(kor_buf_text(&run.out), "\"code\":\"");
    assert_non_null(found);
    assert_int_equal(sscanf(found, "\"code\":\"%15[^\"]\"", code), 1);
    run_done(&run);
}

static void
draw(const char *at, const char *code, const char *file)
{
    char line[512];
    struct stat about;
    struct run run;
    snprintf(line, sizeof line, "graph %s -o %s/%s", code, at, file);
    must(line, at, &run);
    run_done(&run);
    snprintf(line, sizeof line, "%s/%s", at, file);
    assert_int_equal(stat(line, &about), 0);
    assert_true(about.st_size > 1000);
}

/* From here on kord is run under that unit. */
static void
be_under(const char *unit)
{
    static char program[512];
    char self[512];
    if (system("systemd-analyze --version >/dev/null 2>&1")) {
        skip(); /* Nobody tells what the groups of calls are. */
    }
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(size > 0);
    self[size] = '\0';
    if (!program[0]) {
        const char *bin = getenv("KOR_BIN");
        snprintf(program, sizeof program, "%s", bin ? bin : "build/bin/kord");
    }
    setenv("KOR_UNIT", unit, 1);
    setenv("KOR_UNIT_PROGRAM", program, 1);
    setenv("KOR_BIN", self, 1);
}

static void
kord_and_gnuplot_work_under_the_unit(void **state)
{
    char base[KIT_PATH_SIZE], path[KIT_PATH_SIZE + 8], code[16];
    char line[64];
    struct live live;
    struct run run;
    (void)state;
    be_under("daemon/system/kord.service");
    kit_folder(base);
    snprintf(path, sizeof path, "%s/c", base);
    live_init(&live, path);
    live_start(&live, NULL);
    open_episode(path, code);
    snprintf(line, sizeof line, "record %s outcome --total 14", code);
    must(line, path, &run);
    run_done(&run);
    draw(path, code, "x.svg");
    draw(path, code, "x.png");
    draw(path, code, "x.pdf");
    assert_true(live_runs(&live, NULL));
    assert_int_equal(live_stop(&live), 0);
    live_done(&live);
    kit_folder_remove(base);
}

/* The exit status of kord with what 'line' says. */
static int
run_filtered(const char *line, ...)
{
    char words[1024], command[1600];
    va_list args;
    va_start(args, line);
    vsnprintf(words, sizeof words, line, args);
    va_end(args);
    snprintf(command, sizeof command, "'%s' %s >/dev/null", getenv("KOR_BIN"),
             words);
    return system(command);
}

static void
a_backup_is_made_under_its_unit(void **state)
{
    char base[KIT_PATH_SIZE], path[KIT_PATH_SIZE + 8];
    struct stat about;
    struct live live;
    (void)state;
    be_under("daemon/system/kord.service");
    kit_folder(base);
    snprintf(path, sizeof path, "%s/c", base);
    live_init(&live, path);
    be_under("daemon/system/kord-backup.service");
    assert_int_equal(run_filtered("backup-key '%s/key'", base), 0);
    assert_int_equal(run_filtered("backup '%s' '%s/b' --key '%s/key.pub'", path,
                                  base, base), 0);
    snprintf(path, sizeof path, "%s/b", base);
    assert_int_equal(stat(path, &about), 0);
    assert_true(about.st_size > 1000);
    live_done(&live);
    kit_folder_remove(base);
}

int
main(int argc, char *argv[])
{
    if (getenv("KOR_UNIT") && argc > 1) {
        return be_filtered(argv);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kord_and_gnuplot_work_under_the_unit),
        cmocka_unit_test(a_backup_is_made_under_its_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
