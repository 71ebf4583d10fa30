/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_PLOT_COURSE_PLOT_H
#define KOR_PLOT_COURSE_PLOT_H 1

/* What the graph shows that therapist and client look at together: the data,
 * before anything is drawn.
 *
 * The service fills a 'struct kor_course_plot' that is all zeros at first
 * (kor_alloc(sizeof *plot): it is about 90 KiB and does not belong on a
 * stack), gives it to kor_plot_draw() (plot/draw.h) and frees it with free().
 * It holds everything by value and owns nothing else.
 *
 * What is decided here, and what is not: whether there are people enough
 * behind the expected course, which cut-off fits the person and whether
 * alliance may be shown is the service's business; a part that was not given
 * is not drawn, and the reason that came in its place is printed.  The picture
 * carries no percentage, no forecast and no verdict, since a client may be
 * looking at it.
 *
 * Texts are UTF-8 in the language of the picture.  They may hold anything:
 * what is not printable becomes '?' and none of it is ever run. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/base/text.h"

struct kor_buf;
struct kor_err;

enum {
    KOR_PLOT_MAX_SESSIONS = 512,  /* Members of each array below. */
    KOR_PLOT_MAX_SESSION = 99999, /* Largest session number. */
    KOR_PLOT_NAME_SIZE = 96,      /* Bytes of a name, with its terminator. */
    KOR_PLOT_NOTE_SIZE = 240,     /* Bytes of a source or reason, the same. */
    KOR_PLOT_LINE_SIZE = 801      /* Bytes of a line that somebody wrote. */
};

/* One session's score on one scale. */
struct kor_plot_score {
    int32_t session; /* Its number, 0 to KOR_PLOT_MAX_SESSION. */
    int32_t date;    /* Its date, or KOR_NO_DATE (kor/base/clock.h). */
    double points;   /* Within the scale; NAN: no answer, drawn as a gap. */
};

/* The expected course at one session: low80 <= low68 <= expected <= high68 <=
 * high80, all finite; what lies outside the scale is clipped to it. */
struct kor_plot_expected {
    int32_t session;
    double low80, low68; /* Lower ends of the 80 % and the 68 % band. */
    double expected;     /* The curve. */
    double high68, high80;
};

/* How those went on who were most alike, at one session: low <= mean <= high,
 * all finite; clipped to the scale. */
struct kor_plot_alike {
    int32_t session;
    double low, mean, high;
};

/* Something that happened, on the time axis: a session that was not held, a
 * change of method, a goal. */
struct kor_plot_event {
    int32_t session;
    char text[KOR_PLOT_NAME_SIZE]; /* Short: "not attended". */
};

struct kor_course_plot {
    enum kor_lang lang;

    /* Whose, when, by whom. */
    char client[32];                /* The client's code. */
    int32_t drawn;                  /* Date of drawing. */
    char rater[KOR_PLOT_NAME_SIZE]; /* Who answered; "" says nothing. */
    char theory[KOR_PLOT_LINE_SIZE]; /* What the client thinks will help; ""
                                      * says nothing. */

    /* The outcome scale. */
    char scale[KOR_PLOT_NAME_SIZE]; /* Its name; not empty. */
    double min_points, max_points;  /* Its ends; min < max, both finite. */
    bool up_is_better;              /* The direction, put into words. */

    /* The person's own line, in rising order of sessions, each but once. */
    size_t n_scores;
    struct kor_plot_score scores[KOR_PLOT_MAX_SESSIONS];
    double start_points; /* Start score; NAN: no line. */

    /* The cut-off that fits this person, or why there is none. */
    bool has_cutoff;                       /* False: the rest but the reason
                                            * is not read. */
    bool cutoff_is_recalled;               /* Said beside the source. */
    double cutoff_points;                  /* Within the scale. */
    char cutoff_name[KOR_PLOT_NAME_SIZE];  /* "" for "cut-off". */
    char cutoff_source[KOR_PLOT_NOTE_SIZE];
    char cutoff_reason[KOR_PLOT_NOTE_SIZE]; /* Why none; may be "". */

    /* The scores from which a change is reliable, or the expected course, or
     * neither; never both. */
    bool has_reliable;          /* A line outside the scale is not drawn. */
    double reliable_low;        /* Finite. */
    double reliable_high;       /* Finite. */
    char reliable_source[KOR_PLOT_NOTE_SIZE]; /* May be "". */
    size_t n_expected;          /* 0: no band. Rising order of sessions; the
                                 * axis goes as far as these do, so a few
                                 * past the last session are enough. */
    struct kor_plot_expected expected[KOR_PLOT_MAX_SESSIONS];
    int32_t expected_people;    /* How many people are behind it; > 0. */
    int32_t expected_date;      /* When it was fitted, or KOR_NO_DATE. */
    char expected_method[KOR_PLOT_NOTE_SIZE]; /* One phrase; may be "". */
    bool expected_is_calibrated; /* Its width was measured ... */
    double expected_held;        /* ... and held so many of 100 scores, ... */
    bool is_held_elsewhere;      /* ... those of the reference and not one's
                                    own. */
    char expected_reason[KOR_PLOT_NOTE_SIZE]; /* Why no band; may be "". */

    /* The second opinion, beside the expected range alone. */
    size_t n_alike;       /* 0: none.  Order as 'expected'. */
    struct kor_plot_alike alike[KOR_PLOT_MAX_SESSIONS];
    int32_t alike_people; /* How many were most alike; > 0 ... */
    int32_t alike_among;  /* ... among so many. */

    /* The alliance scale, on a panel of its own below. */
    size_t n_alliance; /* 0: no panel.  Order as 'scores'. */
    struct kor_plot_score alliance[KOR_PLOT_MAX_SESSIONS];
    char alliance_scale[KOR_PLOT_NAME_SIZE];
    double alliance_min, alliance_max; /* min < max, both finite. */

    /* Marks on the time axis, in rising order of sessions; several may fall on
     * one session. */
    size_t n_events;
    struct kor_plot_event events[KOR_PLOT_MAX_SESSIONS];
};

/* Returns KOR_OK if 'plot' keeps the limits stated above.  Otherwise returns
 * KOR_BAD_VALUE and names in '*err' the first member that does not. */
KOR_NODISCARD enum kor_code
kor_course_plot_check(const struct kor_course_plot *plot, struct kor_err *err);

/* Adds to 'buf' what somebody who does not see the picture needs to hear, as
 * one line in its language: "Outcome check, 12 sessions, from 14 to 27. Up is
 * better. ...".  'plot' must have passed kor_course_plot_check(). */
void kor_course_plot_describe(const struct kor_course_plot *plot,
                              struct kor_buf *buf);

/* Adds to 'buf' the number 'points' as people write it in 'lang': at most one
 * decimal, decimal comma in Norwegian and Swedish. */
void kor_plot_number(enum kor_lang lang, double points, struct kor_buf *buf);

#endif /* plot/course_plot.h */
