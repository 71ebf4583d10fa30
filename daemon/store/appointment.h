/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_APPOINTMENT_H
#define STORE_APPOINTMENT_H 1

/* What stands in calendars of the staff: when a client comes.  An appointment
 * is met if the episode has a session of its day. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/clock.h"
#include "kor/base/err.h"
#include "kor/define/client_code.h"
#include "store/scope.h"

struct kor_store;

/* One import of one calendar. */
struct kor_calendar_run {
    const char *owner;    /* Account. */
    const char *calendar; /* Which of its calendars; "": the one. */
    int64_t run;          /* Tells imports apart. */
};

struct kor_appointment {
    int64_t episode_id;
    char uid[33];
    int64_t start_ms;
    int32_t day_date;
    char mode[8]; /* "": not said. */
};

/* What became of it. */
enum kor_appointment_news {
    KOR_APPOINTMENT_SAME,
    KOR_APPOINTMENT_ADDED,
    KOR_APPOINTMENT_CHANGED
};

/* Stores an appointment, which its calendar and uid tell apart.
 * '*former_id' is the episode that it was of before, or 0. */
KOR_NODISCARD enum kor_code
kor_store_appointment_put(struct kor_store *store,
                          const struct kor_calendar_run *run,
                          const struct kor_appointment *appointment,
                          enum kor_appointment_news *news,
                          int64_t *former_id, struct kor_err *err);

/* Stores in 'ids' at most 'n_max' episodes of which something lies ahead of
 * 'now_ms' that was in an earlier run and not in this one; cancels that of one
 * of them, and says how many. */
KOR_NODISCARD enum kor_code
kor_store_appointment_gone(struct kor_store *store,
                           const struct kor_calendar_run *run, int64_t now_ms,
                           size_t n_max, int64_t ids[], size_t *n,
                           struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_appointment_cancel(struct kor_store *store,
                             const struct kor_calendar_run *run,
                             int64_t now_ms, int64_t episode_id, int64_t *n,
                             struct kor_err *err);

/* A session of that day was added, or moved there or away. */
KOR_NODISCARD enum kor_code
kor_store_appointment_meet(struct kor_store *store, int64_t episode_id,
                           int32_t date, struct kor_err *err);

/* The last day of 'from_date' to 'to_date' with an appointment that has not
 * been met; KOR_NO_DATE without. */
KOR_NODISCARD enum kor_code
kor_store_appointment_last(struct kor_store *store, int64_t episode_id,
                           int32_t from_date, int32_t to_date, int32_t *date,
                           struct kor_err *err);

/* The mode of the first appointment of the day, or "". */
KOR_NODISCARD enum kor_code
kor_store_appointment_mode(struct kor_store *store, int64_t episode_id,
                           int32_t date, char mode[8], struct kor_err *err);

/* Those of the episodes in 'scope' that have not been met, by day and id. */
struct kor_appointment_wish {
    const struct kor_scope *scope;
    const char *therapist; /* "": of all in scope. */
    int32_t from_date, to_date;
    int32_t after_date;    /* Those behind this row; 0 and 0 for the first */
    int64_t after_id;      /* page. */
    size_t n_max;
};
struct kor_listed_appointment {
    struct kor_appointment appointment; /* Without its uid. */
    int64_t id, person_id;
    char code[KOR_CLIENT_CODE_SIZE];
    int32_t episode; /* Number. */
    char therapist[33];
};
typedef enum kor_code (*kor_listed_appointment_fn)(
    void *to, const struct kor_listed_appointment *listed,
    struct kor_err *err);
KOR_NODISCARD enum kor_code
kor_store_appointment_list(struct kor_store *store,
                           const struct kor_appointment_wish *wish,
                           kor_listed_appointment_fn each, void *to,
                           struct kor_err *err);

#endif /* store/appointment.h */
