/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_STUDY_H
#define SERVICE_STUDY_H 1

/* Study: people of an export for research, without their codes.
 *
 * A person is a number: a keyed hash of what the database calls the person.
 * The key is made of a secret that only the running daemon has, of the moment
 * at which the series of pages began, and of who asks: within a series the
 * same person has the same number, in the next one, or in another's, another.
 * So what was taken out twice cannot be joined by it, nor with anything else
 * here, by anybody.  The pages come in the order of these numbers, which says
 * nothing of when somebody came. */

#include <stdint.h>

#include "kor/base/err.h"

enum { KOR_STUDY_KEY_SIZE = 32, KOR_STUDY_ID_SIZE = 14 };

struct kor_study_secret {
    uint8_t key[KOR_STUDY_KEY_SIZE]; /* Random, of this run. */
    int64_t begun_ms;                /* When the run began. */
};

struct kor_study {
    uint8_t key[KOR_STUDY_KEY_SIZE];
};

/* The series that began at 'series_ms', for the account 'account_id'.
 * KOR_BAD_VALUE, field "series", unless it began within this run and the last
 * two hours. */
KOR_NODISCARD enum kor_code
kor_study_begin(struct kor_study *study, const struct kor_study_secret *secret,
                int64_t series_ms, int64_t account_id, int64_t now_ms,
                struct kor_err *err);

/* The number of a person, from 0 to 2^52 - 1. */
int64_t kor_study_number(const struct kor_study *study, int64_t person_id);

/* Writes a number as it stands in the rows, and returns 'text'. */
char *kor_study_id(int64_t number, char text[KOR_STUDY_ID_SIZE]);

#endif /* service/study.h */
