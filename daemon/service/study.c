/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People without codes: see service/study.h. */

#include "service/study.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#define SERIES_MS (2 * 3600 * (int64_t)1000)
#define NUMBER_BITS 52 /* So that a number is exact in every JSON reader. */

enum kor_code
kor_study_begin(struct kor_study *study, const struct kor_study_secret *secret,
                int64_t series_ms, int64_t account_id, int64_t now_ms,
                struct kor_err *err)
{
    const int64_t what[] = {series_ms, account_id};
    if (series_ms < secret->begun_ms || series_ms > now_ms
        || series_ms < now_ms - SERIES_MS) {
        return kor_fail(err, KOR_BAD_VALUE, "series",
                        "this export was broken off: begin it again, without "
                        "'after' and 'series'");
    }
    crypto_generichash(study->key, sizeof study->key,
                       (const unsigned char *)what, sizeof what, secret->key,
                       sizeof secret->key);
    return KOR_OK;
}

int64_t
kor_study_number(const struct kor_study *study, int64_t person_id)
{
    uint8_t hash[16];
    uint64_t bits;
    crypto_generichash(hash, sizeof hash, (const unsigned char *)&person_id,
                       sizeof person_id, study->key, sizeof study->key);
    memcpy(&bits, hash, sizeof bits);
    return (int64_t)(bits >> (64 - NUMBER_BITS));
}

char *
kor_study_id(int64_t number, char text[KOR_STUDY_ID_SIZE])
{
    snprintf(text, KOR_STUDY_ID_SIZE, "%013llx",
             (unsigned long long)number & 0xfffffffffffff);
    return text;
}
