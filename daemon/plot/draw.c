/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One picture: see plot/draw.h. */

#include "plot/draw.h"

#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/embedded.h"
#include "kor/base/err.h"
#include "plot/canvas.h"
#include "plot/course_plot.h"
#include "plot/layout.h"
#include "plot/runner.h"
#include "plot/svg.h"

/* The files of plots/, made by the build. */
extern const struct kor_embedded kor_plot_scripts[];

/* What a format needs, and the sizes it can have. */
static const struct format {
    const char *name;
    const char *script[3]; /* Files of plots/, one after the other. */
    int width, height;     /* The default. */
    int least_width, least_height, most;
} formats[] = {
    [KOR_PLOT_SVG]
    = {"svg", {"style", "svg", "course"}, 794, 559, 360, 320, 4000},
    [KOR_PLOT_PDF]
    = {"pdf", {"style", "pdf", "course"}, 794, 559, 360, 320, 4000},
    [KOR_PLOT_PNG]
    = {"png", {"style", "png", "course"}, 794, 559, 360, 320, 4000},
    [KOR_PLOT_TEXT] = {"text", {"style", "text"}, 80, 32, 60, 20, 400},
};

bool
kor_plot_format_from(const char *name, enum kor_plot_format *format)
{
    for (size_t i = 0; i < KOR_LENGTH(formats); i++) {
        if (!strcmp(name, formats[i].name)) {
            *format = (enum kor_plot_format)i;
            return true;
        }
    }
    return false;
}

static const char *
script_named(const char *name)
{
    const struct kor_embedded *row = kor_plot_scripts;
    while (row->name && strcmp(row->name, name)) {
        row++;
    }
    return row->name ? row->text : "";
}

static enum kor_code
check_size(const struct format *format, int width, int height,
           struct kor_err *err)
{
    if (width < format->least_width || width > format->most) {
        return kor_fail(err, KOR_BAD_VALUE, "width",
                        "a graph as %s is %d to %d wide; leave the width out "
                        "for %d",
                        format->name, format->least_width, format->most,
                        format->width);
    }
    if (height < format->least_height || height > format->most) {
        return kor_fail(err, KOR_BAD_VALUE, "height",
                        "a graph as %s is %d to %d high; leave the height out "
                        "for %d",
                        format->name, format->least_height, format->most,
                        format->height);
    }
    return KOR_OK;
}

static enum kor_code
run(const struct kor_plot_runner *runner, const struct format *format,
    struct kor_plot_canvas *canvas, struct kor_buf *out, struct kor_err *err)
{
    struct kor_buf script = {0};
    struct kor_plot_file files[KOR_PLOT_N_FILES];
    for (size_t i = 0; i < KOR_LENGTH(format->script); i++) {
        if (format->script[i]) {
            kor_buf_puts(&script, script_named(format->script[i]));
        }
    }
    kor_plot_canvas_files(canvas, files);
    enum kor_code code
        = kor_plot_runner_run(runner, kor_buf_text(&script), files,
                              KOR_PLOT_N_FILES, out, err);
    kor_buf_done(&script);
    return code;
}

static enum kor_code
run_svg(const struct kor_plot_runner *runner, const struct format *format,
        const struct kor_course_plot *plot, struct kor_plot_canvas *canvas,
        struct kor_buf *out, struct kor_err *err)
{
    struct kor_buf raw = {0};
    struct kor_buf title = {0};
    struct kor_buf description = {0};
    enum kor_code code = run(runner, format, canvas, &raw, err);
    if (code == KOR_OK) {
        kor_buf_printf(&title, "%s, %s", plot->scale, plot->client);
        kor_course_plot_describe(plot, &description);
        code = kor_plot_svg_finish(&raw, kor_buf_text(&title),
                                   kor_buf_text(&description), out, err);
    }
    kor_buf_done(&raw);
    kor_buf_done(&title);
    kor_buf_done(&description);
    return code;
}

/* gnuplot begins a page with a form feed, and fills each line with spaces. */
static enum kor_code
run_text(const struct kor_plot_runner *runner, const struct format *format,
         struct kor_plot_canvas *canvas, struct kor_buf *out,
         struct kor_err *err)
{
    struct kor_buf raw = {0};
    enum kor_code code = run(runner, format, canvas, &raw, err);
    const char *line = kor_buf_text(&raw);
    while (*line) {
        line += strspn(line, "\f");
        size_t size = strcspn(line, "\n");
        size_t used = size;
        while (used > 0 && line[used - 1] == ' ') {
            used--;
        }
        kor_buf_add(out, line, used);
        kor_buf_putc(out, '\n');
        line += size + (line[size] == '\n');
    }
    kor_buf_done(&raw);
    return code;
}

/* What a program wrote is a picture only if it begins like one. */
static enum kor_code
run_binary(const struct kor_plot_runner *runner, const struct format *format,
           const char *begins, struct kor_plot_canvas *canvas,
           struct kor_buf *out, struct kor_err *err)
{
    struct kor_buf raw = {0};
    enum kor_code code = run(runner, format, canvas, &raw, err);
    if (code == KOR_OK
        && (raw.size < strlen(begins)
            || memcmp(raw.text, begins, strlen(begins)))) {
        code = kor_fail(err, KOR_IO, NULL,
                        "the drawing program wrote something else than a "
                        "picture; see which version of gnuplot is installed");
    }
    if (code == KOR_OK) {
        kor_buf_add(out, raw.text, raw.size);
    }
    kor_buf_done(&raw);
    return code;
}

enum kor_code
kor_plot_draw(const struct kor_plot_runner *runner,
              const struct kor_course_plot *plot, enum kor_plot_format format,
              int width, int height, struct kor_buf *out, struct kor_err *err)
{
    const struct format *how = &formats[format];
    width = width ? width : how->width;
    height = height ? height : how->height;
    enum kor_code code = check_size(how, width, height, err);
    code = code ? code : kor_course_plot_check(plot, err);
    if (code) {
        return code;
    }
    struct kor_plot_canvas canvas = {0};
    kor_plot_layout(plot, format == KOR_PLOT_TEXT, width, height, &canvas);
    code = format == KOR_PLOT_SVG
               ? run_svg(runner, how, plot, &canvas, out, err)
           : format == KOR_PLOT_TEXT
               ? run_text(runner, how, &canvas, out, err)
               : run_binary(runner, how,
                            format == KOR_PLOT_PNG ? "\x89PNG\r\n" : "%PDF-",
                            &canvas, out, err);
    kor_plot_canvas_done(&canvas);
    return code;
}
