/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers along the sides: see plot/axis.h. */

#include "plot/axis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

/* "12 Mar", in words of the language. */
static void
write_day(enum kor_lang lang, const char *iso, struct kor_buf *text)
{
    int month = (iso[5] - '0') * 10 + (iso[6] - '0');
    int day = (iso[8] - '0') * 10 + (iso[9] - '0');
    kor_buf_printf(text, kor_text(lang, "%d %s"), day,
                   month_name(lang, month));
}

static double
day_width(const struct kor_plot_frame *frame, int32_t date)
{
    char iso[KOR_DATE_SIZE];
    struct kor_buf text = {0};
    write_day(frame->plot->lang, kor_date_format(date, iso), &text);
    double width = kor_plot_font_width(&frame->small, text.text, text.size);
    kor_buf_done(&text);
    return width;
}

static void
put_date(const struct kor_plot_frame *frame, struct dates *dates, double x,
         double y, int32_t date, struct kor_plot_canvas *canvas)
{
    char iso[KOR_DATE_SIZE];
    struct kor_buf text = {0};
    kor_date_format(date, iso);
    write_day(frame->plot->lang, iso, &text);
    put_centre(frame, KOR_LAYER_SMALL_CENTRE, x, y, &text, canvas);
    int year = atoi(iso);
    if (year != dates->year) {
        kor_buf_clear(&text);
        kor_buf_printf(&text, "%d", year);
        put_centre(frame, KOR_LAYER_SMALL_CENTRE, x,
                   y + frame->small.line_height, &text, canvas);
        dates->year = year;
    }
    kor_buf_done(&text);
}

/* The last date always, the others from the left where there is room. */
static void
put_dates(const struct kor_plot_frame *frame, double y,
          struct kor_plot_canvas *canvas)
{
    const struct kor_course_plot *plot = frame->plot;
    const struct kor_plot_score *scores = plot->scores;
    double gap = frame->is_text ? 1 : 8;
    struct dates dates = {.free_x = 0};
    size_t last = plot->n_scores;
    for (size_t i = 0; i < plot->n_scores; i++) {
        last = scores[i].date != KOR_NO_DATE ? i : last;
    }
    if (last == plot->n_scores) {
        return;
    }
    double last_x = kor_plot_frame_x(frame, scores[last].session)
                    - day_width(frame, scores[last].date) / 2 - gap;
    for (size_t i = 0; i <= last; i++) {
        if (scores[i].date == KOR_NO_DATE) {
            continue;
        }
        double x = kor_plot_frame_x(frame, scores[i].session);
        double half = day_width(frame, scores[i].date) / 2;
        if (i == last || (x - half >= dates.free_x && x + half <= last_x)) {
            put_date(frame, &dates, x, y, scores[i].date, canvas);
            dates.free_x = x + half + gap;
        }
    }
}

/* Whether there is room for the number of 'session', with one every 'step':
 * every second from the first one on, or round numbers and the first one. */
static bool
is_numbered(const struct kor_plot_frame *frame, int session, int step,
            double room)
{
    if (step <= 2) {
        return (session - frame->first) % step == 0;
    }
    if (session % step == 0) {
        return true;
    }
    int next = (session / step + 1) * step;
    return session == frame->first
           && kor_plot_frame_x(frame, next)
                      - kor_plot_frame_x(frame, session)
                  >= room;
}

static void
put_sessions(const struct kor_plot_frame *frame, double base, double y,
             struct kor_plot_canvas *canvas)
{
    double room = frame->is_text ? 4 : 26;
    double step = kor_plot_axis_step(frame->last - frame->first,
                                     (frame->right - frame->left) / room);
    for (int session = frame->first; session <= frame->last; session++) {
        double x = kor_plot_frame_x(frame, session);
        bool is_said = is_numbered(frame, session, (int)fmax(step, 1), room);
        if (is_said) {
            struct kor_buf text = {0};
            kor_buf_printf(&text, "%d", session);
            put_centre(frame, KOR_LAYER_CENTRE, x, y, &text, canvas);
            kor_buf_done(&text);
        }
        if (!frame->is_text && (is_said || step <= 2)) {
            kor_plot_canvas_line(canvas, KOR_LAYER_AXIS, x, base, x,
                                 base + (is_said ? 5 : 3));
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
    double y = base + (plot->n_alliance ? 0 : frame->strip)
               + (frame->is_text ? 1 : 6 + frame->body.line_height / 2);
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
