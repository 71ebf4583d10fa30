/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_JUDGED_H
#define SERVICE_JUDGED_H 1

/* Judged: one line of an episode - a scale and whose answers - held against
 * all that is known: lines for this person, expected course, scores so far. */

#include "service/desk.h"
#include "kor/stat/judge.h"
#include "store/timeline.h"

/* One line of scores. */
struct kor_line {
    const struct kor_scale *scale;
    const char *rater; /* As a word. */
};

struct kor_judged {
    struct kor_measure measure;
    struct kor_lines lines;               /* Which cut-off, or why none. */
    struct kor_limits limits;             /* That were applied. */
    const struct kor_desk_course *course; /* Or null. */
    enum kor_course_refusal refusal;      /* Why no course. */
    struct kor_verdict verdict;           /* Of an alliance scale: findings,
                                             last and change alone. */
    int32_t start_session;                /* Number, or 0. */
    double previous;                      /* Given before this one; or NAN. */
};

/* The scores of 'line' in order of session, up to the session with the index
 * 'last'.  Stores at most 'n_max' in 'out' and returns how many.  'at' is the
 * time in the unit of 'record' (null: unset). */
size_t kor_line_scores(const struct kor_timeline *timeline,
                       const struct kor_line *line, size_t last,
                       const struct kor_course_record *record,
                       struct kor_judge_score out[], size_t n_max);

/* Judges 'line' of 'timeline' as it stood at the session with the index
 * 'last'.  'is_attention_open' holds back reassurance. */
KOR_NODISCARD enum kor_code kor_judge_line(struct kor_desk *desk,
                                           const struct kor_timeline *timeline,
                                           const struct kor_line *line,
                                           size_t last,
                                           bool is_attention_open,
                                           struct kor_judged *out,
                                           struct kor_err *err);

/* True if a signal of an answer to talk about is open in the episode. */
bool kor_attention_is_open(const struct kor_timeline *timeline);

/* Takes back what reassures ("as expected", "better") while an answer to talk
 * about is open or was not seen, whatever was said when the score came. */
void kor_hold_back(bool is_attention_open, enum kor_standing *standing,
                   enum kor_unsaid *unsaid);

/* Puts what was found into the row to be stored.  An attention answer that is
 * open elsewhere holds reassurance back, but is no finding of this one. */
void kor_judged_into(const struct kor_judged *judged,
                     struct kor_answer *answer);

#endif /* service/judged.h */
