/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lines that hold for one person: see kor/define/instrument.h. */

#include "kor/define/instrument.h"

#include <math.h>
#include <string.h>

const char *
kor_line_reason_text(enum kor_line_reason reason)
{
    static const char *const texts[] = {
        [KOR_LINE_DRAWN] = KOR_N_("there is a cut-off for this person"),
        [KOR_LINE_NONE] = KOR_N_("this scale has no cut-off"),
        [KOR_LINE_OTHER_RATER] = KOR_N_("no cut-off for this rater"),
        [KOR_LINE_OTHER_LANGUAGE]
        = KOR_N_("no cut-off for the language of this form"),
        [KOR_LINE_AGE_UNKNOWN]
        = KOR_N_("the cut-off depends on age, and the birth month is not "
                 "known"),
        [KOR_LINE_OTHER_AGE] = KOR_N_("no cut-off for this age"),
        [KOR_LINE_GENDER_UNKNOWN]
        = KOR_N_("the cut-off depends on gender, which is not known"),
        [KOR_LINE_OTHER_GENDER] = KOR_N_("no cut-off for this gender"),
    };
    return texts[reason];
}

/* Why 'cutoff' is not the one for 'who'; drawn if it is.  The later the
 * reason in the enum, the more of the keys did fit. */
static enum kor_line_reason
match(const struct kor_cutoff *cutoff, const struct kor_who *who)
{
    if (cutoff->rater != KOR_ROLE_ANY && cutoff->rater != who->rater) {
        return KOR_LINE_OTHER_RATER;
    }
    if (cutoff->language[0] && strcmp(cutoff->language, who->language)) {
        return KOR_LINE_OTHER_LANGUAGE;
    }
    if (cutoff->age_from != KOR_NO_AGE) {
        if (who->age_years == KOR_NO_AGE) {
            return KOR_LINE_AGE_UNKNOWN;
        }
        if (who->age_years < cutoff->age_from
            || who->age_years > cutoff->age_to) {
            return KOR_LINE_OTHER_AGE;
        }
    }
    if (cutoff->gender != KOR_GENDER_UNKNOWN
        && cutoff->gender != who->gender) {
        return who->gender == KOR_GENDER_UNKNOWN ? KOR_LINE_GENDER_UNKNOWN
                                                 : KOR_LINE_OTHER_GENDER;
    }
    return KOR_LINE_DRAWN;
}

static struct kor_lines
find_lines(const struct kor_instrument *in, const struct kor_who *who)
{
    struct kor_lines lines = {.reason = KOR_LINE_NONE};
    for (size_t i = 0; i < in->n_cutoffs; i++) {
        enum kor_line_reason reason = match(&in->cutoffs[i], who);
        if (reason == KOR_LINE_DRAWN) {
            return (struct kor_lines){reason, &in->cutoffs[i]};
        }
        if (reason > lines.reason) {
            lines.reason = reason;
        }
    }
    return lines;
}

void
kor_instrument_measure(const struct kor_instrument *instrument,
                       const struct kor_who *who,
                       struct kor_measure *measure, struct kor_lines *lines)
{
    *lines = find_lines(instrument, who);
    *measure = (struct kor_measure){
        .min_points = instrument->min_total,
        .max_points = instrument->max_total,
        .better = instrument->better,
        .rc_points = instrument->reliable_change.points,
        .rc_compare = instrument->reliable_change.compare,
        .cutoff_points = NAN};
    if (lines->cutoff) {
        measure->cutoff_points = lines->cutoff->points;
        measure->cutoff_compare = lines->cutoff->compare;
    }
}
