/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When a phase of an episode ends: see service/dues_provider.h. */

#include "kor/base/utf8.h"
#include "service/dues_provider.h"

/* When and with which session a phase ended; KOR_NO_DATE and 0: it goes on,
 * or it ended with its time. */
struct phase_end {
    int32_t date, session;
};

/* Whichever comes first: its time, or so many sessions in it. */
static enum kor_code
find_phase_end(struct dues *dues, const struct kor_phase *phase,
               int32_t today, struct phase_end *out)
{
    const struct kor_episode *episode = dues->episode;
    struct phase_end by_session = {KOR_NO_DATE, 0};
    enum kor_code code = KOR_OK;
    *out = (struct phase_end){KOR_NO_DATE, 0};
    if (phase->next == KOR_NO_LIMIT) {
        return KOR_OK;
    }
    if (phase->time.n) {
        int32_t end
            = kor_interval_after(episode->phase_date, &phase->time, 1);
        out->date = end <= today ? end : KOR_NO_DATE;
    }
    if (phase->sessions != KOR_NO_LIMIT) {
        code = kor_store_phase_session(dues->desk->store, episode,
                                       phase->sessions, &by_session.session,
                                       &by_session.date, dues->err);
    }
    if (by_session.session
        && (out->date == KOR_NO_DATE || by_session.date < out->date)) {
        *out = by_session;
    }
    return code;
}

enum kor_code
dues_advance(struct dues *dues, struct kor_episode *episode, int32_t today)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < dues->pathway->n_phases && code == KOR_OK; i++) {
        const struct kor_phase *phase
            = &dues->pathway->phases[dues->stage.phase];
        struct phase_end end;
        code = find_phase_end(dues, phase, today, &end);
        if (code != KOR_OK || end.date == KOR_NO_DATE) {
            return code;
        }
        kor_utf8_copy(episode->phase, sizeof episode->phase,
                      dues->pathway->phases[phase->next].key);
        episode->phase_date = end.date;
        episode->phase_session = end.session;
        dues_set_stage(dues);
        kor_expect_stage(&dues->list, &dues->stage, end.date);
        code = kor_store_episode_pathway(dues->desk->store, episode,
                                         dues->err);
    }
    return code;
}
