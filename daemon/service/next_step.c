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

void
kor_next_step(struct kor_context *context,
              const struct kor_timeline *timeline, size_t session_index,
              const struct kor_recorded answers[], size_t n, char out[],
              size_t size)
{
    const char *code = timeline->episode.person.code;
    enum kor_lang lang = context->lang;
    const struct kor_recorded *asked = with_attention(answers, n, true);
    const struct kor_recorded *unseen = with_attention(answers, n, false);
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
    } else if (timeline->n_signals) {
        snprintf(out, size,
                 kor_text(lang, "Look at the graph together and talk about "
                                "what could be different: method, resources, "
                                "place or time. kor graph %s"),
                 code);
    } else if (is_open_today(context, timeline, session_index)
               && !has_kind(context, timeline, session_index,
                            KOR_KIND_ALLIANCE)) {
        snprintf(out, size,
                 kor_text(lang, "The session stays open today for the "
                                "alliance scale: kor record %s alliance ..."),
                 code);
    } else {
        snprintf(out, size,
                 kor_text(lang, "Look at the graph together: kor graph %s"),
                 code);
    }
}
