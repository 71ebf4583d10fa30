/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_TIMELINES_H
#define SERVICE_TIMELINES_H 1

/* Timelines: the episodes that were written to last, in memory by the client's
 * code, so that a score need not read its whole past first.
 *
 * For the thread that writes, and only while nobody else writes: what is kept
 * is what a load would give.  After a rollback everything is forgotten.  The
 * least lately used are dropped past KOR_TIMELINES_MAX. */

#include "service/desk.h"
#include "store/timeline.h"

#define KOR_TIMELINES_MAX 20000

struct kor_timelines;

/* Makes an empty set; free with kor_timelines_free(), which accepts null. */
struct kor_timelines *kor_timelines_new(void);
void kor_timelines_free(struct kor_timelines *timelines);

/* The episode 'number' of the client 'code' (as kor_client_code_parse() gives
 * it), from memory or from the store; borrowed until the client is forgotten
 * or another one asked for.  0 is the one that is open, or the last one of
 * all: KOR_CONFLICT without a sentence if several are open.  KOR_NOT_FOUND,
 * field "code" or "episode". */
KOR_NODISCARD enum kor_code kor_timelines_get(struct kor_timelines *timelines,
                                              struct kor_desk *desk,
                                              const char *code, int32_t number,
                                              struct kor_timeline **timeline,
                                              struct kor_err *err);

/* Which episodes of the client are open. */
KOR_NODISCARD enum kor_code kor_timelines_open(struct kor_timelines *timelines,
                                               struct kor_desk *desk,
                                               const char *code,
                                               struct kor_open_episodes *open,
                                               struct kor_err *err);

/* Reads the open signals of the client's other episodes again, and leaves
 * 'number': an answer to talk about shows in all. */
KOR_NODISCARD enum kor_code
kor_timelines_refresh_others(struct kor_timelines *timelines,
                             struct kor_desk *desk, const char *code,
                             int32_t number, struct kor_err *err);

/* Forgets one client; everybody. */
void kor_timelines_forget(struct kor_timelines *timelines, const char *code);
void kor_timelines_clear(struct kor_timelines *timelines);

/* The same for threads that keep none.  End with kor_timeline_done(). */
KOR_NODISCARD enum kor_code kor_timeline_open(struct kor_desk *desk,
                                              const char *code, int32_t number,
                                              struct kor_timeline *timeline,
                                              struct kor_err *err);

#endif /* service/timelines.h */
