/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_DUES_PROVIDER_H
#define SERVICE_DUES_PROVIDER_H 1

/* What is open of one episode, while it changes: for the files of dues
 * alone. */

#include "service/dues.h"

struct dues {
    struct kor_desk *desk;
    const struct kor_episode *episode; /* Borrowed. */
    const struct kor_pathway *pathway; /* The desk's. */
    struct kor_stage stage;
    struct kor_expectations list;
    struct kor_err *err;
};

/* Loads it, with what was declined until a day after 'today'. */
KOR_NODISCARD enum kor_code dues_begin(struct dues *dues,
                                       struct kor_desk *desk,
                                       const struct kor_episode *episode,
                                       int32_t today, struct kor_err *err);

/* Stores what has changed, if all went well until here, and frees it. */
KOR_NODISCARD enum kor_code dues_end(struct dues *dues, enum kor_code code);

/* Brings the episode into the phase that it has come to by 'today'. */
KOR_NODISCARD enum kor_code dues_advance(struct dues *dues,
                                         struct kor_episode *episode,
                                         int32_t today);

/* Something came: it ends what waits for it, and what was given up on it. */
KOR_NODISCARD enum kor_code dues_take(struct dues *dues,
                                      const struct kor_came *came,
                                      int32_t today);

/* Where the episode is; a phase that a later version has no more is the
 * first. */
void dues_set_stage(struct dues *dues);

/* Sheets of the day of a session that was not known before; all of them, at
 * the end. */
KOR_NODISCARD enum kor_code
dues_take_early_sheets(struct dues *dues, const struct kor_session *session);
KOR_NODISCARD enum kor_code dues_take_last_sheets(struct dues *dues);

#endif /* service/dues_provider.h */
