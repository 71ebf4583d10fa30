/* SPDX-License-Identifier: GPL-3.0-or-later */

/* plot: the sandbox, with programs that misbehave in gnuplot's place, and with
 * gnuplot itself told to get out. */

#include "support/near.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kor/base/alloc.h"
#include "kor/base/buf.h"
#include "kor/base/err.h"
#include "plot/fence.h"
#include "plot/runner.h"

#define SECRET "planted-in-the-database"

/* Where everything of one test lies. */
struct place {
    char root[64];     /* Removed at the end. */
    char folder[96];   /* For the runner. */
    char program[96];  /* A script in the place of gnuplot. */
    char database[96]; /* Holds SECRET. */
    struct kor_plot_limits limits;
    struct kor_buf out;
    struct kor_err err;
};

static int
set_up(void **state)
{
    struct place *place = kor_alloc(sizeof *place);
    strcpy(place->root, "/tmp/kor-test-XXXXXX");
    if (!mkdtemp(place->root)) {
        free(place);
        return -1;
    }
    snprintf(place->folder, sizeof place->folder, "%s/folder", place->root);
    snprintf(place->program, sizeof place->program, "%s/program",
             place->root);
    snprintf(place->database, sizeof place->database, "%s/kor.db",
             place->root);
    FILE *file = fopen(place->database, "w");
    assert_non_null(file);
    fputs(SECRET "\n", file);
    fclose(file);
    place->limits = kor_plot_limits_default(place->folder);
    place->limits.program = place->program;
    place->limits.output_bytes = 1 << 16;
    kor_err_init(&place->err, KOR_EN);
    *state = place;
    return mkdir(place->folder, 0700);
}

static size_t
count_entries(const char *path)
{
    DIR *dir = opendir(path);
    assert_non_null(dir);
    size_t n = 0;
    while (readdir(dir)) {
        n++;
    }
    closedir(dir);
    return n - 2; /* Without "." and "..". */
}

static int
tear_down(void **state)
{
    struct place *place = *state;
    unlink(place->program);
    unlink(place->database);
    rmdir(place->folder);
    int rc = rmdir(place->root);
    kor_buf_done(&place->out);
    free(place);
    return rc;
}

/* Runs the perl program 'perl' with 'script' on its standard input and a file
 * "data.tsv" beside it; checks that nothing stays behind. */
static enum kor_code
run_perl(struct place *place, const char *perl, const char *script)
{
    FILE *file = fopen(place->program, "w");
    assert_non_null(file);
    fprintf(file, "#!/usr/bin/perl\n%s\n", perl);
    assert_int_equal(fchmod(fileno(file), 0700), 0);
    fclose(file);
    size_t n_open = count_entries("/proc/self/fd");
    struct kor_buf data = {0};
    kor_buf_puts(&data, "1\t2\n");
    struct kor_plot_file files[] = {{"data.tsv", &data}};
    struct kor_plot_runner *runner = NULL;
    assert_int_equal(
        kor_plot_runner_new(&place->limits, &runner, &place->err), KOR_OK);
    enum kor_code code = kor_plot_runner_run(runner, script, files, 1,
                                             &place->out, &place->err);
    kor_plot_runner_free(runner);
    kor_buf_done(&data);
    assert_int_equal(count_entries(place->folder), 0);
    assert_int_equal(count_entries("/proc/self/fd"), n_open);
    return code;
}

/* Runs 'perl', which has to print 'expected'. */
static void
prints(struct place *place, const char *perl, const char *expected)
{
    kor_buf_clear(&place->out);
    enum kor_code code = run_perl(place, perl, "");
    if (code) {
        print_message("%s\n", place->err.text);
    }
    assert_int_equal(code, KOR_OK);
    assert_string_equal(kor_buf_text(&place->out), expected);
}

static void
a_program_reads_script_and_data_and_writes_a_picture(void **state)
{
    struct place *place = *state;
    kor_buf_puts(&place->out, "before:");
    assert_int_equal(
        run_perl(place,
                 "print <STDIN>; open F, '<', 'data.tsv' or die; print <F>;",
                 "a script\n"),
        KOR_OK);
    assert_string_equal(kor_buf_text(&place->out),
                        "before:a script\n1\t2\n");
}

static void
a_program_sees_nothing_of_its_parent(void **state)
{
    struct place *place = *state;
    setenv("KOR_TEST_SECRET", "1", 1);
    prints(place, "print join ',', sort keys %ENV;", "GNUTERM,HOME,LANG");
    prints(place,
           "for (3 .. 60) { open F, '<&=', $_ and print \"open $_\" } "
           "print 'none';",
           "none");
    prints(place, "print \"@ARGV\";", "-d");
}

static void
a_program_cannot_reach_the_network(void **state)
{
    struct place *place = *state;
    prints(place,
           "for $family (1, 2, 10, 16) {"
           "socket S, $family, 1, 0 and print 'socket'; print 0 + $!, ' ' }",
           "1 1 1 1 ");
    prints(place, "socketpair A, B, 1, 1, 0 and print 'pair'; print 0 + $!;",
           "1");
}

static void
a_program_cannot_start_another(void **state)
{
    struct place *place = *state;
    prints(place, "print defined fork ? 'forked' : 0 + $!;", "1");
    prints(place, "exec '/bin/true'; print 0 + $!;", "1");
    prints(place, "$| = 1; system '/bin/echo ran'; print 'end';", "end");
    prints(place, "print defined `/bin/echo x` ? 'ran' : 'nothing';",
           "nothing");
}

static void
a_program_cannot_write_files_or_send_signals(void **state)
{
    struct place *place = *state;
    prints(place,
           "for ('>', '>>', '+<') { "
           "open F, $_, 'data.tsv' and print 'open'; print 0 + $!, ' ' }",
           "1 1 1 ");
    prints(place, "unlink 'data.tsv' and print 'gone'; print 0 + $!;", "1");
    prints(place, "mkdir 'x' and print 'made'; print 0 + $!;", "1");
    prints(place, "kill 0, getppid and print 'sent'; print 0 + $!;", "1");
    prints(place, "chmod 0777, 'data.tsv' and print 'changed'; print 0 + $!;",
           "1");
}

/* The kernel sends signals for who may name the owner of a descriptor:
 * F_SETSIG 10, F_SETOWN 8, F_NOTIFY 1026, F_SETLEASE 1024. */
static void
a_program_cannot_let_the_kernel_send_signals(void **state)
{
    struct place *place = *state;
    prints(place,
           "open F, '<', 'data.tsv' or die; sysopen D, '.', 0 or die;"
           "for ([F, 10, 9], [F, 8, getppid], [D, 1026, 4], [F, 1024, 0]) {"
           "my ($file, $what, $arg) = @$_;"
           "print fcntl($file, $what, $arg) ? 'set ' : 0 + $!, ' ' }",
           "1 1 1 1 ");
}

/* Opening 'path' has to fail with EACCES (13). */
static void
cannot_read(struct place *place, const char *path)
{
    char perl[256];
    snprintf(perl, sizeof perl,
             "open F, '<', '%s' and print 'open ', <F>; print 0 + $!;", path);
    prints(place, perl, "13");
}

static void
a_program_can_read_its_own_folder_alone(void **state)
{
    struct place *place = *state;
    if (!kor_plot_fence_is_there()) {
        skip(); /* This kernel has no Landlock: see plot/runner.h. */
    }
    cannot_read(place, place->database);
    cannot_read(place, "../../kor.db");
    cannot_read(place, "/etc/passwd");
    cannot_read(place, "/proc/self/environ");
    cannot_read(place, "/dev/tty");
    prints(place,
           "for ('..', '../..', '/tmp', '/etc', '/proc', '/home', '/var') {"
           "opendir D, $_ and print \"$_ \"; print 0 + $!, ' ' }",
           "13 13 13 13 13 13 13 ");
    prints(place, "opendir D, '.' or die; print grep /tsv/, readdir D;",
           "data.tsv");
}

static void
a_program_that_never_ends_is_ended(void **state)
{
    struct place *place = *state;
    place->limits.wall_ms = 200;
    assert_int_equal(run_perl(place, "print 'x'; select undef, undef, undef, "
                                     "1000;",
                              ""),
                     KOR_BUSY);
    assert_non_null(strstr(place->err.text, "200 ms"));
    assert_int_equal(place->out.size, 0);
}

static void
a_program_that_computes_for_ever_is_ended(void **state)
{
    struct place *place = *state;
    place->limits.cpu_seconds = 1;
    assert_int_equal(run_perl(place, "1 while 1;", ""), KOR_BUSY);
}

static void
a_program_that_writes_for_ever_is_ended(void **state)
{
    struct place *place = *state;
    assert_int_equal(run_perl(place, "print 'x' x 1024 while 1;", ""),
                     KOR_TOO_LARGE);
    assert_int_equal(run_perl(place,
                              "$SIG{XFSZ} = 'IGNORE'; $| = 1;"
                              "print 'x' x 1024 for 1 .. 100000;",
                              ""),
                     KOR_TOO_LARGE);
    assert_int_equal(place->out.size, 0);
}

static void
a_program_that_complains_for_ever_is_ended(void **state)
{
    struct place *place = *state;
    assert_int_equal(
        run_perl(place, "print STDERR 'x' x 1024 for 1 .. 1 << 20;", ""),
        KOR_TOO_LARGE);
}

static void
a_program_that_takes_all_memory_fails(void **state)
{
    struct place *place = *state;
    place->limits.memory_bytes = (size_t)64 << 20;
    assert_int_equal(run_perl(place, "$x = 'x' x (1 << 30); print length $x;",
                              ""),
                     KOR_IO);
}

static void
a_program_that_fails_is_quoted(void **state)
{
    struct place *place = *state;
    assert_int_equal(run_perl(place,
                              "print 'half a picture';"
                              "print STDERR \"first\\n\\n line \";"
                              "print STDERR \"\\e[1m2\\n\\n\";"
                              "exit 3;",
                              ""),
                     KOR_IO);
    assert_non_null(strstr(place->err.text, "status 3"));
    assert_non_null(strstr(place->err.text, "line ?[1m2"));
    assert_null(strstr(place->err.text, "first"));
    assert_int_equal(place->out.size, 0);
    assert_int_equal(run_perl(place, "exit 0;", ""), KOR_IO);
}

static void
a_program_that_crashes_is_an_error(void **state)
{
    struct place *place = *state;
    assert_int_equal(
        run_perl(place, "print 'x'; unpack 'p', pack 'J', 1;", ""), KOR_IO);
    assert_non_null(strstr(place->err.text, "signal 11"));
}

/* Runs 'limits' with no files; returns how it ended. */
static enum kor_code
run_limits(struct place *place)
{
    struct kor_plot_runner *runner = NULL;
    assert_int_equal(
        kor_plot_runner_new(&place->limits, &runner, &place->err), KOR_OK);
    enum kor_code code = kor_plot_runner_run(runner, "", NULL, 0, &place->out,
                                             &place->err);
    kor_plot_runner_free(runner);
    return code;
}

static void
a_missing_program_is_named(void **state)
{
    struct place *place = *state;
    assert_int_equal(run_limits(place), KOR_CONFIG);
    assert_non_null(strstr(place->err.text, place->program));
    assert_string_equal(place->err.field, "gnuplot");
    assert_int_equal(count_entries(place->folder), 0);
    place->limits.program = "/bin/false";
    assert_int_equal(run_limits(place), KOR_IO);
    assert_int_equal(count_entries(place->folder), 0);
}

static void
a_missing_folder_is_named(void **state)
{
    struct place *place = *state;
    place->limits.folder = "/proc/no-such-folder";
    place->limits.program = "/bin/false";
    assert_int_equal(run_limits(place), KOR_CANNOT_CREATE);
    assert_string_equal(place->err.field, "folder");
    assert_non_null(strstr(place->err.text, "/proc/no-such-folder"));
}

/* Runs gnuplot itself with the script. */
static enum kor_code
gnuplot(struct place *place, const char *script)
{
    struct kor_plot_runner *runner = NULL;
    kor_buf_clear(&place->out);
    place->limits.program = "/usr/bin/gnuplot";
    assert_int_equal(
        kor_plot_runner_new(&place->limits, &runner, &place->err), KOR_OK);
    enum kor_code code = kor_plot_runner_run(runner, script, NULL, 0,
                                             &place->out, &place->err);
    kor_plot_runner_free(runner);
    assert_int_equal(count_entries(place->folder), 0);
    assert_int_equal(count_entries(place->root), 2); /* Folder, database. */
    return code;
}

/* The same with the one %s of the script filled in. */
static enum kor_code
gnuplot_on(struct place *place, const char *script, const char *path)
{
    char text[256];
    const char *at = strstr(script, "%s");
    snprintf(text, sizeof text, "%.*s%s%s", (int)(at - script), script, path,
             at + 2);
    return gnuplot(place, text);
}

static void
gnuplot_runs_what_it_is_told(void **state)
{
    struct place *place = *state;
    assert_int_equal(gnuplot(place, "set print '-'; print 6 * 7"), KOR_OK);
    assert_string_equal(kor_buf_text(&place->out), "42\n");
}

/* Each of these would start a process. */
static void
gnuplot_starts_no_other_program(void **state)
{
    struct place *place = *state;
    static const char *const scripts[] = {
        "x = system('echo out >&2; echo out'); print x",
        "print `echo out`",
        "shell\necho out\n",
        "plot '< echo 1 2'",
        "load '< echo print 1'",
        "set output '| cat'; set terminal dumb; plot x",
        "set print '| cat'; print 'out'",
        "plot '-' using 1:(system('echo out'))\n1\ne\n",
    };
    for (size_t i = 0; i < KOR_LENGTH(scripts); i++) {
        assert_int_equal(gnuplot(place, scripts[i]), KOR_IO);
        assert_int_equal(place->out.size, 0);
    }
    /* This one gnuplot holds to be no mistake. */
    assert_int_equal(gnuplot(place, "!echo out\nset print '-'; print 'end'"),
                     KOR_OK);
    assert_string_equal(kor_buf_text(&place->out), "end\n");
}

static void
gnuplot_writes_no_file(void **state)
{
    struct place *place = *state;
    static const char *const scripts[] = {
        "set output '%s/x'; set terminal dumb; plot x",
        "set print '%s/x'; print 1",
        "set table '%s/x'; plot x",
        "save '%s/x'",
        "cd '%s'; set print 'x'; print 1",
        "set print '%s/kor.db' append; print 1",
    };
    struct stat about;
    for (size_t i = 0; i < KOR_LENGTH(scripts); i++) {
        assert_int_equal(gnuplot_on(place, scripts[i], place->root), KOR_IO);
    }
    assert_int_equal(stat(place->database, &about), 0);
    assert_int_equal(about.st_size, strlen(SECRET "\n"));
}

static void
gnuplot_does_not_read_the_database(void **state)
{
    struct place *place = *state;
    if (!kor_plot_fence_is_there()) {
        skip(); /* This kernel has no Landlock: see plot/runner.h. */
    }
    static const char *const scripts[] = {
        "set table; plot '%s' using (strcol(1)) with table",
        "set terminal dumb; plot '%s' using (0):(0):(strcol(1)) with labels",
        "load '%s'",
        "set print '-'; stats '%s' using (strcol(1))",
        "call '%s'",
        "import f(x) from '%s:f'",
    };
    for (size_t i = 0; i < KOR_LENGTH(scripts); i++) {
        (void)gnuplot_on(place, scripts[i], place->database);
        assert_null(strstr(kor_buf_text(&place->out), SECRET));
        assert_null(strstr(place->err.text, SECRET));
    }
}

static void
gnuplot_takes_no_more_than_its_share(void **state)
{
    struct place *place = *state;
    static const struct {
        const char *script;
        enum kor_code code;
        const char *why;
    } greedy[] = {
        {"s = 'x'; while (1) {s = s.s}", KOR_IO, "ended"},
        {"array A[100000000]", KOR_IO, "ended"},
        {"while (1) {a = 1}", KOR_BUSY, "took longer"},
        {"pause 100", KOR_BUSY, "took longer"},
        {"set print '-'; while (1) {print 'endless output'}", KOR_TOO_LARGE,
         "larger"},
        {"while (1) {print 'endless complaints'}", KOR_TOO_LARGE, "larger"},
    };
    place->limits.wall_ms = 1000;
    place->limits.memory_bytes = (size_t)256 << 20;
    for (size_t i = 0; i < KOR_LENGTH(greedy); i++) {
        assert_int_equal(gnuplot(place, greedy[i].script), greedy[i].code);
        assert_non_null(strstr(place->err.text, greedy[i].why));
        assert_int_equal(place->out.size, 0);
    }
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_program_reads_script_and_data_and_writes_a_picture),
        TEST(a_program_sees_nothing_of_its_parent),
        TEST(a_program_cannot_reach_the_network),
        TEST(a_program_cannot_start_another),
        TEST(a_program_cannot_write_files_or_send_signals),
        TEST(a_program_cannot_let_the_kernel_send_signals),
        TEST(a_program_can_read_its_own_folder_alone),
        TEST(a_program_that_never_ends_is_ended),
        TEST(a_program_that_computes_for_ever_is_ended),
        TEST(a_program_that_writes_for_ever_is_ended),
        TEST(a_program_that_complains_for_ever_is_ended),
        TEST(a_program_that_takes_all_memory_fails),
        TEST(a_program_that_fails_is_quoted),
        TEST(a_program_that_crashes_is_an_error),
        TEST(a_missing_program_is_named),
        TEST(a_missing_folder_is_named),
        TEST(gnuplot_runs_what_it_is_told),
        TEST(gnuplot_starts_no_other_program),
        TEST(gnuplot_writes_no_file),
        TEST(gnuplot_does_not_read_the_database),
        TEST(gnuplot_takes_no_more_than_its_share),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
