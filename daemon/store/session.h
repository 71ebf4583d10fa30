/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_SESSION_H
#define STORE_SESSION_H 1

/* Sessions, and the answers given in them. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/err.h"
#include "kor/define/client_code.h"
#include "kor/define/instrument.h"
#include "kor/define/rater.h"
#include "kor/stat/finding.h"

struct kor_store;

struct kor_session {
    int64_t id;
    int32_t number;       /* From 1, in order of time as people count. */
    int32_t session_date; /* In the clinic's zone. */
    char status[24];      /* held, check-in, cancelled-..., not-attended. */
    char mode[8];         /* room, phone, video, home, net, or "". */
};

/* Whether something was answered or could be: it was held, or the client
 * checked in alone. */
bool kor_session_took_place(const struct kor_session *session);

/* One answered scale with where it stood when it was given. */
struct kor_answer {
    int64_t session_id;
    int64_t instrument_id;
    char rater[KOR_RATER_SIZE];
    int32_t version;        /* 1, and one more for each correction. */
    char language[9];       /* Of the form; "" if not known. */
    char how[16];           /* self, aloud, interpreter, helped, import. */
    double items[KOR_MAX_ITEMS]; /* NAN: missing. */
    size_t n_items;         /* 0: only a total was given. */
    double total;           /* NAN: too much is missing, or struck. */
    int32_t n_missing;
    bool is_prorated;
    int32_t attention;      /* Item that asks, from 1; -1: not seen; 0. */
    bool is_struck;         /* Values are gone: it was the wrong client's. */
    char why[201];          /* Of a correction or a strike, or "". */
    int64_t at_ms;
    int64_t actor_id;
    double start, needed;   /* What it was held against; NAN: nothing. */
    int64_t course_id;      /* 0: without a course. */
    double expected, low80, high80;
    enum kor_standing standing;
    enum kor_unsaid unsaid;
    unsigned findings;      /* Set of enum kor_finding. */
    int64_t shared_session_id; /* Of another episode, in which it was given;
                                  0: in this one. */
};

/* A session by what people call it. */
struct kor_session_name {
    int32_t episode, session; /* Numbers. */
};

/* Adds a session to the episode and sets its id. */
KOR_NODISCARD enum kor_code kor_store_session_add(struct kor_store *store,
                                                  int64_t episode_id,
                                                  struct kor_session *session,
                                                  struct kor_err *err);

/* Stores status and mode of a session that is there. */
KOR_NODISCARD enum kor_code
kor_store_session_change(struct kor_store *store,
                         const struct kor_session *session,
                         struct kor_err *err);

/* Stores date, status and mode of a session that is there, and who held it; ""
 * leaves that as it is. */
KOR_NODISCARD enum kor_code
kor_store_session_set(struct kor_store *store,
                      const struct kor_session *session, const char *held_by,
                      struct kor_err *err);

/* Calls 'each' with the number of every session of the episode of which it is
 * said who held it. */
typedef void (*kor_holder_fn)(void *to, int32_t number, const char *held_by);
KOR_NODISCARD enum kor_code
kor_store_session_holders(struct kor_store *store, int64_t episode_id,
                          kor_holder_fn each, void *to, struct kor_err *err);

/* Adds one version of an answer. */
KOR_NODISCARD enum kor_code kor_store_answer_add(struct kor_store *store,
                                                 const struct kor_answer *a,
                                                 struct kor_err *err);

/* Takes the values out of all versions of an answer that was entered on the
 * wrong client; 'why' stays. */
KOR_NODISCARD enum kor_code
kor_store_answer_strike(struct kor_store *store, int64_t session_id,
                        int64_t instrument_id, const char *rater,
                        const char *why, struct kor_err *err);

/* Calls 'each' for every version of every answer of the session, by scale,
 * rater and version; stops with what it returns unless that is KOR_OK. */
typedef enum kor_code (*kor_answer_fn)(void *to, const struct kor_answer *a,
                                       struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_answers(struct kor_store *store, int64_t session_id,
                  kor_answer_fn each, void *to, struct kor_err *err);

/* One session with whose it is, for an export. */
struct kor_export_session {
    struct kor_session session;
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t episode; /* Number. */
    char pathway[33], unit[33], therapist[33], ending[16];
    bool is_made_up;
    int64_t person_id;
    int32_t opened_date; /* First day of the episode. */
    char held_by[33];    /* "": the therapist of then. */
};

/* Stores in 'out' at most 'n_max' visible sessions with ids above 'after', in
 * order. */
KOR_NODISCARD enum kor_code
kor_store_export(struct kor_store *store, int64_t after, size_t n_max,
                 struct kor_export_session out[], size_t *n,
                 struct kor_err *err);

/* The same of one person, by episode and session, behind the first 'skip'. */
KOR_NODISCARD enum kor_code
kor_store_export_person(struct kor_store *store, int64_t person_id,
                        int64_t skip, size_t n_max,
                        struct kor_export_session out[], size_t *n,
                        struct kor_err *err);

/* Stores in 'copies' where else the answer counts that was given in the
 * session: at most 'n_max'. */
KOR_NODISCARD enum kor_code
kor_store_answer_copies(struct kor_store *store,
                        const struct kor_answer *answer, size_t n_max,
                        struct kor_session_name copies[], size_t *n,
                        struct kor_err *err);

/* The name of the session with that id. */
KOR_NODISCARD enum kor_code
kor_store_session_where(struct kor_store *store, int64_t id,
                        struct kor_session_name *name, struct kor_err *err);

#endif /* store/session.h */
