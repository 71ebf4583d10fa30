/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_SERVICE_H
#define SERVICE_SERVICE_H 1

/* The service: what can be asked of kor, whoever asks and however it came in.
 *
 * A question is a 'struct kor_call': who asks, the decoded request, and room
 * for the answer.  kor_service_route() says who answers it:
 *
 *   - writes go to the thread that has the service (it may change hands, but
 *     is used by one at a time), many at a time:
 *     kor_service_write() stores them all in one commit, and no reply may
 *     leave before it has returned;
 *   - reads go to a worker, each with a connection of its own:
 *     kor_worker_read(); what it answers, and every refusal, goes to
 *     kor_service_write() before it leaves ('is_answered'), which adds its row
 *     to the access log;
 *   - a fit is computed by a worker, kor_worker_fit(), and stored by the
 *     owner like any other write.
 *
 * The same request id again gives the stored answer. */

#include <stdbool.h>
#include <stddef.h>

#include "access/keyring.h"
#include "kor/base/buf.h"
#include "kor/wire/envelope.h"
#include "service/clinic.h"
#include "service/feed.h"
#include "service/look.h"
#include "service/reserve.h"

/* One question and its answer. */
struct kor_call {
    struct kor_caller caller;
    struct kor_request request; /* Decoded; ends with kor_call_done(). */
    struct kor_buf certificate; /* Of a fit, between worker and owner. */
    enum kor_code code;         /* How it ended. */
    struct kor_err err;         /* Why it was refused. */
    struct kor_buf reply;       /* Body of the reply, JSON; if KOR_OK. */
    struct kor_event event;     /* What happened, for the feed. */
    bool has_event;
    struct kor_event *others;   /* The same for other episodes of a client. */
    size_t n_others;
    bool is_repeat;             /* Answered from what is stored. */
    bool is_answered;           /* Only the access log is left to do. */
    bool has_damage;            /* A worker found the file damaged: it is to
                                 * be told so, and the process has to end. */
    bool changes_access;        /* It changed accounts, keys or units. */
    bool keeps_traces;          /* What it stored stays, though refused. */
    bool is_secret;             /* Its reply is told once and not stored. */
    int64_t enrolled_id;        /* The key that a guest has now, or 0. */
    struct kor_look look;       /* For the access log. */
};

/* Frees what 'call' holds. */
void kor_call_done(struct kor_call *call);

/* Adds the frame that answers 'call' to 'out'. */
void kor_call_frame(const struct kor_call *call, struct kor_buf *out);

enum kor_route {
    KOR_ROUTE_OWNER,  /* kor_service_write(). */
    KOR_ROUTE_WORKER, /* kor_worker_read(). */
    KOR_ROUTE_FIT,    /* kor_worker_fit(), then kor_service_write(). */
    KOR_N_ROUTES
};
enum kor_route kor_service_route(enum kor_verb verb);

struct kor_service;

/* Opens the store at clinic->store_path, which is made if 'may_create', and
 * stores the service in '*servicep' (null on failure).  The catalogue that
 * comes with kor is added to a new store.  'clinic' is borrowed. */
KOR_NODISCARD enum kor_code kor_service_new(const struct kor_clinic *clinic,
                                            bool may_create,
                                            struct kor_service **servicep,
                                            struct kor_err *err);
void kor_service_free(struct kor_service *service);

/* The store, for checks. */
struct kor_store *kor_service_store(struct kor_service *service);

/* Who is admitted; borrowed, for any thread. */
struct kor_keyring *kor_service_keyring(struct kor_service *service);

/* What people of an export for research are numbered by, for any thread. */
const struct kor_study_secret *
kor_service_study(const struct kor_service *service);

/* Reads again who is admitted. */
KOR_NODISCARD enum kor_code kor_service_reload(struct kor_service *service,
                                               struct kor_err *err);

/* Answers the 'n' 'calls', all stored or none of those that failed, each with
 * its row in the access log; after this every call has its code.  One that
 * changes who is admitted ends a commit: what comes behind it is asked by those
 * who still are.  Returns KOR_OK, or, if the process has to end, KOR_UNCERTAIN
 * (the disk failed) or KOR_CORRUPT (the file is damaged): then every write was
 * answered so. */
KOR_NODISCARD enum kor_code kor_service_write(struct kor_service *service,
                                              struct kor_call *calls[],
                                              size_t n);

/* How full the disk is, for any thread: unless it is "normal", what would
 * change anything is refused with KOR_NOT_STORED, and only the access log is
 * written. */
enum kor_reserve_state
kor_service_reserve(const struct kor_service *service);

/* What happened lately; borrowed. */
struct kor_feed *kor_service_feed(struct kor_service *service);

/* To be called when nothing waits: folds the WAL into the file, and once a
 * minute lets old replies expire.  Returns KOR_OK, or, if the process has to
 * end, KOR_UNCERTAIN (the disk failed: nothing is lost) or KOR_CORRUPT. */
KOR_NODISCARD enum kor_code kor_service_idle(struct kor_service *service);

struct kor_worker;

/* Opens a worker's own connection.  Of 'service' it uses what is for any
 * thread. */
KOR_NODISCARD enum kor_code kor_worker_new(const struct kor_clinic *clinic,
                                           struct kor_service *service,
                                           struct kor_worker **workerp,
                                           struct kor_err *err);
void kor_worker_free(struct kor_worker *worker);

/* Reads a little from the database; call->code tells whether it answers. */
void kor_worker_probe(struct kor_worker *worker, struct kor_call *call);

/* Answers a read. */
void kor_worker_read(struct kor_worker *worker, struct kor_call *call);

/* Computes a fit into call->certificate; call->code tells whether it is to be
 * stored. */
void kor_worker_fit(struct kor_worker *worker, struct kor_call *call);

#endif /* service/service.h */
