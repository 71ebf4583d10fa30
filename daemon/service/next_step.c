/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one thing to do now: see service/next_step.h. */

#include "service/next_step.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/text.h"

/* Translations have the same conversions as the English (checked). */
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

static const struct kor_recorded *
with_attention(const struct kor_recorded answers[], size_t n, bool is_asked)
{
    for (size_t i = 0; i < n; i++) {
        if (is_asked ? answers[i].answer.attention > 0
                     : answers[i].answer.attention < 0) {
            return &answers[i];
        }
    }
    return NULL;
}

/* True if an answer of that kind lies in the session. */
static bool
has_kind(struct kor_context *context, const struct kor_timeline *timeline,
         size_t session_index, enum kor_kind kind)
{
    for (size_t i = 0; i < timeline->n_points; i++) {
        const struct kor_point *point = &timeline->points[i];
        const struct kor_scale *scale;
        if ((size_t)point->session_index == session_index
            && !point->is_struck
            && kor_desk_scale_by_id(context->desk, point->instrument_id,
                                    &scale, NULL) == KOR_OK
            && scale->def.kind == kind) {
            return true;
        }
    }
    return false;
}

static bool
is_open_today(struct kor_context *context,
              const struct kor_timeline *timeline, size_t session_index)
{
    const struct kor_session *session = &timeline->sessions[session_index];
    return session->session_date == kor_desk_today(context->desk)
        && !strcmp(session->status, "held");
}

/* The oldest open signal of an answer to talk about, or null. */
static const struct kor_open_signal *
open_attention(const struct kor_timeline *timeline)
{
    for (size_t i = 0; i < timeline->n_signals; i++) {
        if (timeline->signals[i].finding == KOR_FINDING_ATTENTION) {
            return &timeline->signals[i];
        }
    }
    return NULL;
}

/* The step about an answer to talk about, given now, not seen now, or still
 * waiting from a session before; false if there is none. */
static bool
put_attention(const struct kor_timeline *timeline, enum kor_lang lang,
              const struct kor_recorded answers[], size_t n, char out[],
              size_t size)
{
    const struct kor_recorded *asked = with_attention(answers, n, true);
    const struct kor_recorded *unseen = with_attention(answers, n, false);
    const struct kor_open_signal *waiting = open_attention(timeline);
    if (asked) {
        snprintf(out, size,
                 kor_text(lang, "Item %d of %s is an answer to talk about "
                                "now, before the client leaves."),
                 asked->answer.attention,
                 kor_words_in(&asked->scale->def.names, lang));
    } else if (unseen) {
        snprintf(out, size,
                 kor_text(lang, "%s has an item about safety that was not "
                                "seen: ask about it before the client "
                                "leaves."),
                 kor_words_in(&unseen->scale->def.names, lang));
    } else if (waiting && waiting->sheet) {
        snprintf(out, size,
                 kor_text(lang, "An answer on sheet %d is still waiting to be "
                                "talked about."), waiting->sheet);
    } else if (waiting) {
        snprintf(out, size,
                 kor_text(lang, "An answer of session %d is still waiting to "
                                "be talked about."), waiting->session);
    }
    return asked || unseen || waiting;
}

static const char *
choose(struct kor_context *context, const struct kor_timeline *timeline,
       size_t session_index)
{
    if (timeline->n_signals) {
        return KOR_N_("Look at the graph together and talk about what could "
                      "be different: method, resources, place or time. kor "
                      "graph %s");
    }
    if (is_open_today(context, timeline, session_index)
        && !has_kind(context, timeline, session_index, KOR_KIND_ALLIANCE)) {
        return KOR_N_("The session stays open today for the alliance scale: "
                      "kor record %s alliance ...");
    }
    return KOR_N_("Look at the graph together: kor graph %s");
}

void
kor_next_step(struct kor_context *context,
              const struct kor_timeline *timeline, size_t session_index,
              const struct kor_recorded answers[], size_t n, char out[],
              size_t size)
{
    bool is_held = !strcmp(timeline->sessions[session_index].status, "held");
    out[0] = '\0';
    if (!put_attention(timeline, context->lang, answers, n, out, size)
        && is_held) {
        snprintf(out, size,
                 kor_text(context->lang,
                          choose(context, timeline, session_index)),
                 timeline->episode.person.code);
    }
}
