/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What gnuplot may ask of the kernel: see plot/filter.h.  The list was found
 * with strace on the svg, pngcairo, pdfcairo and dumb terminals, with what
 * other versions of the C library use instead. */

#include "plot/filter.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "kor/base/alloc.h"
#include "kor/base/err.h"

/* No filter is larger than the kernel takes (BPF_MAXINSNS). */
enum { MAX_BYTES = 4096 * (int)sizeof(struct sock_filter) };

/* Calls that are harmless with any argument. */
static const char *const harmless[] = {
    "read", "readv", "pread64", "write", "writev", "lseek", "close", "fstat",
    "newfstatat", "statx", "stat", "lstat", "access", "faccessat",
    "faccessat2", "readlink", "readlinkat", "getdents64", "getcwd", "fstatfs",
    "statfs", "fadvise64", "dup", "mmap", "munmap", "mprotect", "mremap",
    "madvise", "brk", "membarrier", "futex", "rt_sigaction", "rt_sigprocmask",
    "rt_sigreturn", "sigaltstack", "set_robust_list", "set_tid_address",
    "rseq", "arch_prctl", "getrandom", "uname", "sysinfo", "getuid",
    "geteuid", "getgid", "getegid", "getpid", "getppid", "gettid",
    "getrusage", "times", "sched_getaffinity", "sched_yield", "get_mempolicy",
    "set_mempolicy", "clock_gettime", "clock_getres", "gettimeofday", "time",
    "clock_nanosleep", "nanosleep", "poll", "ppoll", "select", "pselect6",
    "restart_syscall", "exit", "exit_group",
};

static int
allow_harmless(scmp_filter_ctx filter)
{
    for (size_t i = 0; i < KOR_LENGTH(harmless); i++) {
        int call = seccomp_syscall_resolve_name(harmless[i]);
        if (call == __NR_SCMP_ERROR) {
            continue;
        }
        int rc = seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0);
        if (rc < 0) {
            return rc;
        }
    }
    return 0;
}

static int
allow_if(scmp_filter_ctx filter, int call, struct scmp_arg_cmp condition)
{
    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, 1, &condition);
}

/* Files may be opened for reading only. */
static int
allow_reading(scmp_filter_ctx filter)
{
    const scmp_datum_t writing
        = O_ACCMODE | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
    int rc = allow_if(filter, SCMP_SYS(open),
                      SCMP_A1_64(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
    return rc < 0 ? rc
                  : allow_if(filter, SCMP_SYS(openat),
                             SCMP_A2_64(SCMP_CMP_MASKED_EQ, writing,
                                        O_RDONLY));
}

/* Threads, but no process: clone3 hides its flags from a filter, so the C
 * library is told that there is none and takes clone. */
static int
allow_threads(scmp_filter_ctx filter)
{
    const scmp_datum_t thread = CLONE_VM | CLONE_THREAD;
    int rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3),
                              0);
    return rc < 0 ? rc
                  : allow_if(filter, SCMP_SYS(clone),
                             SCMP_A0_64(SCMP_CMP_MASKED_EQ, thread, thread));
}

/* Calls that are harmless with the one argument that gnuplot gives them:
 * asking whether a file is a terminal, asking for a limit, naming a thread,
 * becoming gnuplot, and copying and marking descriptors.  Not the rest of fcntl: who may name the owner of a
 * descriptor and the signal that goes with it (F_SETOWN, F_SETSIG, F_NOTIFY)
 * lets the kernel send that signal to the daemon. */
static int
allow_particular(scmp_filter_ctx filter, const char *program)
{
    const struct {
        int call;
        struct scmp_arg_cmp condition;
    } rules[] = {
        {SCMP_SYS(ioctl), SCMP_A1_32(SCMP_CMP_EQ, TCGETS)},
        {SCMP_SYS(prlimit64), SCMP_A2_64(SCMP_CMP_EQ, 0)},
        {SCMP_SYS(prctl), SCMP_A0_32(SCMP_CMP_EQ, PR_SET_NAME)},
        {SCMP_SYS(execve),
         SCMP_A0_64(SCMP_CMP_EQ, (scmp_datum_t)(uintptr_t)program)},
        {SCMP_SYS(fcntl), SCMP_A1_32(SCMP_CMP_EQ, F_DUPFD)},
        {SCMP_SYS(fcntl), SCMP_A1_32(SCMP_CMP_EQ, F_DUPFD_CLOEXEC)},
        {SCMP_SYS(fcntl), SCMP_A1_32(SCMP_CMP_EQ, F_GETFD)},
        {SCMP_SYS(fcntl), SCMP_A1_32(SCMP_CMP_EQ, F_SETFD)},
        {SCMP_SYS(fcntl), SCMP_A1_32(SCMP_CMP_EQ, F_GETFL)},
        {SCMP_SYS(fcntl), SCMP_A1_32(SCMP_CMP_EQ, F_SETFL)},
    };
    for (size_t i = 0; i < KOR_LENGTH(rules); i++) {
        int rc = allow_if(filter, rules[i].call, rules[i].condition);
        if (rc < 0) {
            return rc;
        }
    }
    return 0;
}

/* gnuplot does not run unless it can give up privileges, which it does not
 * have: it is told so without the call being made.  Under the unit file of
 * kord the call would be refused. */
static int
pretend_setuid(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp own = SCMP_A0_32(SCMP_CMP_EQ, getuid());
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(0),
                                  SCMP_SYS(setuid), 1, &own);
}

/* libseccomp 2.5 hands its program out through a descriptor only. */
static int
export_program(scmp_filter_ctx filter, struct sock_fprog *to)
{
    int fd = memfd_create("filter", MFD_CLOEXEC);
    if (fd < 0) {
        return -errno;
    }
    int rc = seccomp_export_bpf(filter, fd);
    off_t size = rc < 0 ? 0 : lseek(fd, 0, SEEK_END);
    if (size > 0 && size <= MAX_BYTES) {
        to->filter = kor_alloc((size_t)size);
        to->len = (unsigned short)((size_t)size / sizeof *to->filter);
        rc = pread(fd, to->filter, (size_t)size, 0) == size ? 0 : -EIO;
    } else if (rc == 0) {
        rc = -EFBIG;
    }
    close(fd);
    return rc;
}

enum kor_code
kor_plot_filter_init(struct sock_fprog *filter, const char *program,
                     struct kor_err *err)
{
    *filter = (struct sock_fprog){0};
    scmp_filter_ctx rules = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int rc = rules ? allow_harmless(rules) : -ENOMEM;
    rc = rc < 0 ? rc : allow_reading(rules);
    rc = rc < 0 ? rc : allow_threads(rules);
    rc = rc < 0 ? rc : allow_particular(rules, program);
    rc = rc < 0 ? rc : pretend_setuid(rules);
    rc = rc < 0 ? rc : export_program(rules, filter);
    if (rules) {
        seccomp_release(rules);
    }
    if (rc < 0) {
        kor_plot_filter_done(filter);
        return kor_fail(err, KOR_INTERNAL, NULL,
                        "the sandbox for drawing cannot be built (error %d)",
                        -rc);
    }
    return KOR_OK;
}

void
kor_plot_filter_done(struct sock_fprog *filter)
{
    free(filter->filter);
    *filter = (struct sock_fprog){0};
}
