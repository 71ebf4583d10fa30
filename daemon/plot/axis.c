/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers along the sides: see plot/axis.h. */

#include "plot/axis.h"

#include <math.h>
#include <string.h>
#include <time.h>

#include "kor/base/buf.h"
#include "kor/base/clock.h"
#include "plot/canvas.h"
#include "plot/course_plot.h"
#include "plot/frame.h"
#include "plot/ink.h"

double
kor_plot_axis_step(double range, double room)
{
    double least = range / fmax(room, 1);
    double power = pow(10, floor(log10(least)));
    double lead = least / power;
    /* Room for exactly as many must not be lost to rounding. */
    const double slack = 1 + 1e-9;
    return power * (lead <= slack ? 1 : lead <= 2 * slack ? 2
                    : lead <= 5 * slack ? 5 : 10);
}

static void
put_points(const struct kor_plot_frame *frame,
           const struct kor_plot_panel *panel, double points,
           struct kor_plot_canvas *canvas)
{
    struct kor_buf text = {0};
    double y = kor_plot_panel_y(panel, points);
    y = frame->is_text ? round(y) : y;
    kor_plot_number(frame->plot->lang, points, &text);
    kor_plot_canvas_text(canvas, KOR_LAYER_RIGHT,
                         frame->left - (frame->is_text ? 1 : 7), y,
                         KOR_INK_DARK, text.text, text.size);
    kor_plot_canvas_line(canvas, KOR_LAYER_GRID, frame->left, y, frame->right,
                         y);
    kor_buf_done(&text);
}

static void
put_panel(const struct kor_plot_frame *frame,
          const struct kor_plot_panel *panel, struct kor_plot_canvas *canvas)
{
    double range = panel->max - panel->min;
    double room = (panel->bottom - panel->top) / (frame->is_text ? 3 : 34);
    double step = fmax(kor_plot_axis_step(range, fmin(room, 6)),
                       range > 2 ? 1 : 0.1);
    double from = ceil(panel->min / step) * step;
    bool is_low = room < 3;
    for (int i = 0; from + i * step <= panel->max + step * 1e-9; i++) {
        if (!is_low) {
            put_points(frame, panel, from + i * step, canvas);
        }
    }
    if (is_low) {
        put_points(frame, panel, panel->min, canvas);
        put_points(frame, panel, panel->max, canvas);
    }
    kor_plot_canvas_line(canvas, KOR_LAYER_AXIS, frame->left, panel->bottom,
                         frame->right, panel->bottom);
}

/* --- sessions ------------------------------------------------------------ */

/* Who is where on the two lines of dates, so that no two meet. */
struct dates {
    double free_x; /* Left of this there is a date. */
    int year;      /* Last one written; 0 at first. */
};

static void
put_centre(const struct kor_plot_frame *frame, enum kor_plot_layer layer,
           double x, double y, const struct kor_buf *text,
           struct kor_plot_canvas *canvas)
{
    kor_plot_canvas_text(canvas, layer, frame->is_text ? round(x) : x, y,
                         layer == KOR_LAYER_CENTRE ? KOR_INK_DARK
                                                   : KOR_INK_GREY,
                         kor_buf_text(text), text->size);
}

static const char *
month_name(enum kor_lang lang, int month)
{
    static const char *const names[] = {
        KOR_N_("Jan"), KOR_N_("Feb"), KOR_N_("Mar"), KOR_N_("Apr"),
        KOR_N_("May"), KOR_N_("Jun"), KOR_N_("Jul"), KOR_N_("Aug"),
        KOR_N_("Sep"), KOR_N_("Oct"), KOR_N_("Nov"), KOR_N_("Dec")};
    return kor_text(lang, names[month - 1]);
}

/* Writes the date under a session if there is room for it between the dates
 * before and 'limit_x'. */
static void
put_date(const struct kor_plot_frame *frame, struct dates *dates, double x,
         double y, int32_t date, double limit_x,
         struct kor_plot_canvas *canvas)
{
    char iso[KOR_DATE_SIZE];
    kor_date_format(date, iso);
    int year = (iso[0] - '0') * 1000 + (iso[1] - '0') * 100
               + (iso[2] - '0') * 10 + (iso[3] - '0');
    int month = (iso[5] - '0') * 10 + (iso[6] - '0');
    int day = (iso[8] - '0') * 10 + (iso[9] - '0');
    struct kor_buf text = {0};
    enum kor_lang lang = frame->plot->lang;
    kor_buf_printf(&text, kor_text(lang, "%d %s"), day,
                   month_name(lang, month));
    double half = kor_plot_font_width(&frame->small, text.text, text.size) / 2;
    if (x - half >= dates->free_x && x + half <= limit_x) {
        put_centre(frame, KOR_LAYER_SMALL_CENTRE, x, y, &text, canvas);
        dates->free_x = x + half + (frame->is_text ? 1 : 8);
        if (year != dates->year) {
            kor_buf_clear(&text);
            kor_buf_printf(&text, "%d", year);
            put_centre(frame, KOR_LAYER_SMALL_CENTRE, x,
                       y + frame->small.line_height, &text, canvas);
            dates->year = year;
        }
    }
    kor_buf_done(&text);
}

static void
put_dates(const struct kor_plot_frame *frame, double y,
          struct kor_plot_canvas *canvas)
{
    const struct kor_course_plot *plot = frame->plot;
    struct dates dates = {.free_x = 0};
    double limit_x = frame->width;
    for (size_t i = 0; i < plot->n_scores; i++) {
        if (plot->scores[i].date != KOR_NO_DATE) {
            double x = kor_plot_frame_x(frame, plot->scores[i].session);
            put_date(frame, &dates, x, y, plot->scores[i].date, limit_x,
                     canvas);
        }
    }
}

/* Session numbers, each where they fit, else every second, fifth, tenth ... */
static void
put_sessions(const struct kor_plot_frame *frame, double base, double y,
             struct kor_plot_canvas *canvas)
{
    double room = (frame->right - frame->left) / (frame->is_text ? 4 : 26);
    double range = frame->last - frame->first;
    int step = (int)fmax(kor_plot_axis_step(range, room), 1);
    for (int session = frame->first; session <= frame->last; session++) {
        if (session % step != 0 && session != frame->first) {
            continue;
        }
        double x = kor_plot_frame_x(frame, session);
        double next = kor_plot_frame_x(frame,
                                       (session / step + 1) * step);
        if (session == frame->first && session % step != 0
            && next - x < (frame->is_text ? 4 : 26)) {
            continue;
        }
        struct kor_buf text = {0};
        kor_buf_printf(&text, "%d", session);
        put_centre(frame, KOR_LAYER_CENTRE, x, y, &text, canvas);
        kor_buf_done(&text);
        if (!frame->is_text) {
            kor_plot_canvas_line(canvas, KOR_LAYER_AXIS, x, base, x, base + 4);
        }
    }
}

void
kor_plot_axis_put(const struct kor_plot_frame *frame,
                  struct kor_plot_canvas *canvas)
{
    const struct kor_course_plot *plot = frame->plot;
    double base = frame->main.bottom;
    put_panel(frame, &frame->main, canvas);
    if (plot->n_alliance) {
        put_panel(frame, &frame->alliance, canvas);
        base = frame->alliance.bottom;
    }
    double y = base + (frame->is_text ? 1 : 6 + frame->body.line_height / 2);
    put_sessions(frame, base, y, canvas);
    const char *session = kor_text(plot->lang, "session");
    kor_plot_canvas_text(canvas, KOR_LAYER_BODY,
                         frame->right + (frame->is_text ? 2 : 10), y,
                         KOR_INK_DARK, session, strlen(session));
    put_dates(frame,
              y + (frame->is_text ? 1 : frame->body.line_height / 2
                                            + frame->small.line_height / 2),
              canvas);
}
