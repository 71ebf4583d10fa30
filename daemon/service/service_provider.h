/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_SERVICE_PROVIDER_H
#define SERVICE_SERVICE_PROVIDER_H 1

/* What the files of the service itself know of it; nobody else includes it.
 *
 *     service.c  its beginning and its end
 *     verbs.c    which use case answers which verb
 *     answer.c   one request, for the first time or again
 *     batch.c    many in one commit
 *     after.c    what follows a commit, before its answers leave
 *     tidy.c     what can wait
 *     day.c      what is done once a day */

#include "service/handlers.h"
#include "service/reserve.h"
#include "service/service.h"
#include "service/study.h"
#include "store/due.h"

#define KOR_REPLY_DAYS 30 /* Replies are kept so long. */

struct kor_service {
    struct kor_desk desk;
    struct kor_keyring *keyring;
    struct kor_log_tail tail;      /* End of the access log. */
    int64_t anchor_day;            /* UTC day of the last anchor told. */
    bool is_trimmed;               /* No row of it waits to be let go. */
    bool has_to_list;              /* Who was erased and which keys were
                                    * revoked, beside the database. */
    bool has_to_empty_wal;         /* It still holds who was erased. */
    struct kor_timelines *timelines;
    struct kor_feed *feed;
    struct kor_study_secret study;
    uint8_t newest[KOR_UUID_SIZE]; /* No stored request has a greater id. */
    int64_t expire_ms; /* When old replies are next looked for, */
    int64_t note_ms;   /* how far the WAL is on the disk is noted, */
    int64_t tidy_ms;   /* and what failed is tried again (monotonic). */
    struct kor_day day; /* How far the work of a day has come, */
    bool has_day;       /* once that was read. */
    struct kor_reserve reserve;
};

/* The use case that answers 'verb'; null if none of the service does. */
kor_handler kor_service_writer(enum kor_verb verb);

/* Answers a request, or gives the stored answer again; call->code is the
 * code that is returned. */
KOR_NODISCARD enum kor_code kor_service_answer(struct kor_service *service,
                                               struct kor_call *call,
                                               int64_t now_ms);

/* Before anybody hears that a key was withdrawn, it is.  KOR_UNCERTAIN or
 * KOR_CORRUPT: that cannot be seen to, and the process has to end. */
KOR_NODISCARD enum kor_code
kor_service_admit_anew(struct kor_service *service, struct kor_call *calls[],
                       size_t n);

/* Goes on with the work of today, some episodes at a time. */
KOR_NODISCARD enum kor_code kor_service_day(struct kor_service *service,
                                            struct kor_err *err);

/* Tells journal, feed and the list of who was erased and which keys were
 * revoked what was committed. */
void kor_service_tell(struct kor_service *service, struct kor_call *calls[],
                      size_t n);

/* Puts the list (service/deletions.h) beside the database.  If it cannot, it
 * is tried again. */
void kor_service_list_deletions(struct kor_service *service);

/* What an end with 'code' means for the process: 'code' itself if it has to
 * end, which is so with KOR_UNCERTAIN and KOR_CORRUPT, else KOR_OK. */
enum kor_code kor_service_fate(enum kor_code code);

#endif /* service/service_provider.h */
