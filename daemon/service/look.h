/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_LOOK_H
#define SERVICE_LOOK_H 1

/* Look: what the access log says of a call, beside who asked and how it ended.
 *
 * Filled while a call is answered, by whoever looks something up; stored by
 * kor_service_write(), before the answer leaves. */

#include "access/check.h"
#include "kor/base/buf.h"
#include "store/access_log.h"
#include "store/episode.h"

struct kor_call;

struct kor_look {
    const char *action;          /* Constant; null: the word of the verb. */
    struct kor_grant grant;      /* By what it was allowed. */
    char unit[KOR_UNIT_PATH_SIZE];
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t episode;
    struct kor_buf people;       /* Who was in a list: ids, 8 bytes each. */
    char object[65];             /* What else it was about. */
    char reason[201];            /* Given for it. */
    int64_t seq;                 /* Of its row, once there is one. */
};

/* Frees what 'look' holds. */
void kor_look_done(struct kor_look *look);

/* It is about this episode; of a second client the id is noted. */
void kor_look_at(struct kor_look *look, const struct kor_episode *episode);

/* A list shows this person; the same one is noted once if they follow each
 * other. */
void kor_look_saw(struct kor_look *look, int64_t person_id);

/* Whether the access log has a row for 'call': for all but a ping. */
bool kor_look_is_logged(const struct kor_call *call);

/* Stores the row of 'call', which is answered, behind 'tail'. */
KOR_NODISCARD enum kor_code kor_look_store(struct kor_store *store,
                                           struct kor_log_tail *tail,
                                           const struct kor_call *call,
                                           int64_t now_ms,
                                           struct kor_err *err);

#endif /* service/look.h */
