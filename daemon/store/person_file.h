/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STORE_PERSON_FILE_H
#define STORE_PERSON_FILE_H 1

/* What lies with a person and in no list of an episode: it is read for the
 * file of everything about a client alone. */

#include <stddef.h>
#include <stdint.h>

#include "store/appointment.h"
#include "store/group.h"

/* Calls 'each' for at most 'n_max' of a person's appointments, by day, also
 * those that were met or cancelled. */
struct kor_person_appointment {
    int32_t episode; /* Number. */
    struct kor_appointment appointment; /* Without its uid. */
    bool is_cancelled, is_met;
};
typedef void (*kor_person_appointment_fn)(
    void *to, const struct kor_person_appointment *row);
KOR_NODISCARD enum kor_code
kor_store_person_appointments(struct kor_store *store, int64_t person_id,
                              size_t n_max, kor_person_appointment_fn each,
                              void *to, struct kor_err *err);

/* Calls 'each' for at most 'n_max' times that the client came to a programme,
 * the first one first. */
typedef void (*kor_person_log_in_fn)(void *to, int32_t episode,
                                     int64_t at_ms);
KOR_NODISCARD enum kor_code
kor_store_person_log_ins(struct kor_store *store, int64_t person_id,
                         size_t n_max, kor_person_log_in_fn each, void *to,
                         struct kor_err *err);

/* Calls 'each' for at most 'n_max' tasks of the groups round the client, done
 * (on 'done_date', else KOR_NO_DATE) or not. */
typedef void (*kor_person_task_fn)(void *to, const char *group,
                                   const struct kor_task *task,
                                   int32_t done_date);
KOR_NODISCARD enum kor_code
kor_store_person_tasks(struct kor_store *store, int64_t person_id,
                       size_t n_max, kor_person_task_fn each, void *to,
                       struct kor_err *err);

#endif /* store/person_file.h */
