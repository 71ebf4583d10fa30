/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A graph for tests: see tests/support/course_plot.h. */

#include "support/course_plot.h"

#include <math.h>
#include <stdio.h>

#include "kor/base/alloc.h"
#include "kor/base/clock.h"

static void
put(char *to, size_t size, const char *text)
{
    snprintf(to, size, "%s", text);
}

static void
add_event(struct kor_course_plot *plot, int32_t session, const char *text)
{
    struct kor_plot_event *event = &plot->events[plot->n_events++];
    event->session = session;
    put(event->text, sizeof event->text, text);
}

struct kor_course_plot *
course_plot_new(enum kor_lang lang)
{
    static const double points[] = {14, 15.5, 13, NAN, 16, 19,
                                    21, NAN,  24, 23,  26, 27};
    struct kor_course_plot *plot = kor_alloc(sizeof *plot);
    int32_t first = 0;
    if (!kor_date_parse("2026-01-07", &first)
        || !kor_date_parse("2026-03-26", &plot->drawn)) {
        plot->drawn = KOR_NO_DATE;
    }
    plot->lang = lang;
    put(plot->client, sizeof plot->client, "K7M4-Q2XA");
    put(plot->rater, sizeof plot->rater, "client");
    put(plot->scale, sizeof plot->scale, "Outcome check");
    plot->max_points = 40;
    plot->up_is_better = true;
    plot->n_scores = KOR_LENGTH(points);
    for (size_t i = 0; i < plot->n_scores; i++) {
        int32_t n = (int32_t)i;
        plot->scores[i] = (struct kor_plot_score){n + 1, first + 7 * n,
                                                  points[i]};
    }
    plot->start_points = 14;
    plot->has_cutoff = true;
    plot->cutoff_points = 25;
    put(plot->cutoff_source, sizeof plot->cutoff_source, "Author 2003");
    plot->expected_date = KOR_NO_DATE;
    add_event(plot, 4, "not attended");
    add_event(plot, 6, "changed method");
    return plot;
}

void
course_plot_add_band(struct kor_course_plot *plot)
{
    plot->n_expected = plot->n_scores;
    plot->expected_people = 79;
    put(plot->expected_method, sizeof plot->expected_method, "mixed model");
    for (size_t i = 0; i < plot->n_expected; i++) {
        double y = 14 + 4 * log((double)i + 1);
        double sd = i ? 4 : 0;
        plot->expected[i] = (struct kor_plot_expected){
            (int32_t)i + 1, y - 1.28 * sd, y - sd, y, y + sd, y + 1.28 * sd};
    }
}

void
course_plot_add_alike(struct kor_course_plot *plot)
{
    plot->n_alike = plot->n_expected;
    plot->alike_people = 20;
    plot->alike_among = 79;
    for (size_t i = 0; i < plot->n_alike; i++) {
        double y = 14 + 3.5 * log((double)i + 1);
        plot->alike[i] = (struct kor_plot_alike){(int32_t)i + 1, y - 6, y,
                                                 y + 6};
    }
}

void
course_plot_add_reliable(struct kor_course_plot *plot)
{
    plot->has_reliable = true;
    plot->reliable_low = 9;
    plot->reliable_high = 19;
    put(plot->reliable_source, sizeof plot->reliable_source, "Author 1991");
    put(plot->expected_reason, sizeof plot->expected_reason,
        "fewer than 50 closed episodes");
}

void
course_plot_add_alliance(struct kor_course_plot *plot)
{
    plot->n_alliance = plot->n_scores;
    plot->alliance_max = 30;
    put(plot->alliance_scale, sizeof plot->alliance_scale, "Alliance check");
    for (size_t i = 0; i < plot->n_alliance; i++) {
        plot->alliance[i] = plot->scores[i];
        plot->alliance[i].points = 22 + (double)(i % 3);
    }
}
