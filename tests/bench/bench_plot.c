/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One SVG from data to file: kor_plot_draw() with its sandbox, held against
 * gnuplot's own process run by fork and exec on the same script and the same
 * data files, which are there already.  The two take turns. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/bench.h"
#include "bench/samples.h"
#include "kor/base/embedded.h"
#include "plot/canvas.h"
#include "plot/course_plot.h"
#include "plot/draw.h"
#include "plot/layout.h"
#include "plot/runner.h"
#include "support/course_plot.h"

#define ROUNDS 30
#define WIDTH 794
#define HEIGHT 559

extern const struct kor_embedded kor_plot_scripts[];

struct drawing {
    struct kor_plot_runner *runner;
    struct kor_course_plot *plot;
    char rival[128], picture[128]; /* gnuplot's folder; our picture. */
    struct samples ours, theirs;
};

static void
write_file(const char *path, const void *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bench_must(fd >= 0 && write(fd, bytes, size) == (ssize_t)size,
               "writing a file");
    close(fd);
}

/* Puts the script and the data where gnuplot finds them. */
static void
prepare_rival(const struct drawing *drawing)
{
    static const char *const names[] = {"style", "svg", "course"};
    struct kor_plot_canvas canvas = {0};
    struct kor_plot_file files[KOR_PLOT_N_FILES];
    struct kor_buf script = {0};
    char path[200];
    bench_must(!mkdir(drawing->rival, 0700), "making a folder");
    kor_plot_layout(drawing->plot, false, WIDTH, HEIGHT, &canvas);
    kor_plot_canvas_files(&canvas, files);
    for (size_t i = 0; i < KOR_LENGTH(files); i++) {
        snprintf(path, sizeof path, "%s/%s", drawing->rival, files[i].name);
        write_file(path, kor_buf_text(files[i].text), files[i].text->size);
    }
    for (size_t i = 0; i < KOR_LENGTH(names); i++) {
        const struct kor_embedded *row = kor_plot_scripts;
        while (row->name && strcmp(row->name, names[i])) {
            row++;
        }
        bench_must(row->name, "finding a script");
        kor_buf_puts(&script, row->text);
    }
    snprintf(path, sizeof path, "%s/script", drawing->rival);
    write_file(path, script.text, script.size);
    kor_buf_done(&script);
    kor_plot_canvas_done(&canvas);
}

static double
draw_ours(const struct drawing *drawing)
{
    struct kor_buf svg = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    double began = bench_now_us();
    bench_ok(kor_plot_draw(drawing->runner, drawing->plot, KOR_PLOT_SVG,
                           WIDTH, HEIGHT, &svg, &err), &err);
    write_file(drawing->picture, svg.text, svg.size);
    double took = bench_now_us() - began;
    kor_buf_done(&svg);
    return took;
}

static double
draw_theirs(const struct drawing *drawing)
{
    int status = -1;
    double began = bench_now_us();
    pid_t child = fork();
    if (child == 0) {
        if (chdir(drawing->rival)) {
            _exit(127);
        }
        dup2(open("script", O_RDONLY), STDIN_FILENO);
        dup2(open("out.svg", O_WRONLY | O_CREAT | O_TRUNC, 0600),
             STDOUT_FILENO);
        dup2(open("messages", O_WRONLY | O_CREAT | O_TRUNC, 0600),
             STDERR_FILENO);
        execl("/usr/bin/gnuplot", "gnuplot", "-d", (char *)NULL);
        _exit(127);
    }
    waitpid(child, &status, 0);
    double took = bench_now_us() - began;
    bench_must(status == 0, "gnuplot");
    return took;
}

static void
run(struct bench *bench)
{
    struct drawing drawing = {.plot = course_plot_new(KOR_EN)};
    struct kor_plot_limits limits = kor_plot_limits_default(bench->folder);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    course_plot_add_band(drawing.plot);
    course_plot_add_alliance(drawing.plot);
    snprintf(drawing.rival, sizeof drawing.rival, "%s/rival", bench->folder);
    snprintf(drawing.picture, sizeof drawing.picture, "%s/ours.svg",
             bench->folder);
    bench_ok(kor_plot_runner_new(&limits, &drawing.runner, &err), &err);
    prepare_rival(&drawing);
    for (int i = -1; i < ROUNDS; i++) {
        double ours = draw_ours(&drawing), theirs = draw_theirs(&drawing);
        if (i >= 0) {
            samples_add(&drawing.ours, ours);
            samples_add(&drawing.theirs, theirs);
        }
    }
    samples_print(&drawing.ours, "data to SVG on disk, kor");
    samples_print(&drawing.theirs, "gnuplot's own process");
    bench_at_most(bench, "one SVG / gnuplot's own process",
                  samples_quantile(&drawing.ours, 0.5)
                      / samples_quantile(&drawing.theirs, 0.5), 1.3);
    kor_plot_runner_free(drawing.runner);
    free(drawing.plot);
}

int
main(int argc, char *argv[])
{
    return bench_main(argc, argv, "One graph", 120, run);
}
