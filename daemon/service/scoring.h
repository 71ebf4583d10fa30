/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_SCORING_H
#define SERVICE_SCORING_H 1

/* Scoring: from what was answered to a row that can be stored, and from a row
 * to what a person reads. */

#include "kor/wire/message.h"
#include "service/judged.h"

/* What was given for one scale. */
struct kor_given {
    const char *scale;    /* Key; of the newest version ... */
    int64_t instrument_id;/* ... unless this names one. */
    const double *values; /* Items, NAN for missing; or none and ... */
    size_t n_values;
    double total;         /* ... the total alone; NAN without. */
    const char *rater;    /* Word, "" for client. */
    const char *language; /* Of the form, "" if not known. */
    const char *how;      /* Word, "" for self. */
};

/* Findings of a form by itself, that no judging adds or takes away. */
#define KOR_FORM_FINDINGS                                                     \
    ((unsigned)(KOR_FINDING_ATTENTION | KOR_FINDING_NOT_SEEN))

/* 'points' without the dust that sums of tenths leave in their last bits:
 * rounded to a thousand-millionth of a point.  NAN stays NAN. */
double kor_points_clean(double points);

/* Checks 'given' against its scale and fills '*answer' but for what judging
 * adds; its session is 'session_id'.  Errors name the scale and the item. */
KOR_NODISCARD enum kor_code kor_score_given(struct kor_desk *desk,
                                            const struct kor_given *given,
                                            struct kor_answer *answer,
                                            const struct kor_scale **scale,
                                            struct kor_err *err);

/* What is said of an answer besides what is stored with it. */
struct kor_verdict_extras {
    enum kor_lang lang;
    const struct kor_session *session;
    const struct kor_scale *scale;
    const struct kor_judged *judged; /* Or null. */
    bool is_lead;
    bool is_replaced;                /* There is a later version. */
    bool with_sources;               /* Where numbers come from, too. */
};

/* Fills the message about one stored answer. */
void kor_verdict_message(const struct kor_answer *answer,
                         const struct kor_verdict_extras *extras,
                         struct kor_msg_verdict *out);

#endif /* service/scoring.h */
