/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_FAKE_CLINIC_H
#define TESTS_SUPPORT_FAKE_CLINIC_H 1

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/uuid.h"
#include "kor/wire/seal.h"
#include "support/fake_kord.h"

/* A daemon for the outbox: it opens what is sealed for it and takes each id
 * once, as the real one does, and otherwise does what the test wants.
 *
 * It can be away: then its folder leads to where nobody is. */

#define FAKE_CLINIC_MOST 1200

struct fake_clinic {
    struct fake_kord *kord;
    uint8_t public_key[KOR_SEAL_KEY_SIZE], secret_key[KOR_SEAL_KEY_SIZE];
    char away[64];           /* A folder like the daemon's, but nobody is at
                                its endpoint; the keys are the same. */
    /* What it does, from the request on that comes next. */
    bool is_silent;          /* Stores, and lets nobody know. */
    enum kor_code refusal;   /* Refuses everything so, unless KOR_OK. */
    char refused[64];        /* Refuses requests that have this in them. */
    bool has_forgotten;      /* Ids are known, and their answers are not. */
    /* What came. */
    int n_asked;
    char stored[FAKE_CLINIC_MOST][KOR_UUID_TEXT_SIZE]; /* In order. */
    int n_stored;            /* Each id once. */
    bool is_sealed;          /* The last one was, */
    int64_t age_ms;          /* was so old, */
    char text[4096];         /* and this is what it held. */
};

/* What it says of a value that it refuses, with a score in it. */
#define FAKE_CLINIC_REFUSAL "item 4 of outcome is 77 and must be below"

struct fake_clinic *fake_clinic_new(void);
void fake_clinic_free(struct fake_clinic *clinic);

/* The folder for kor_place_load(), while it answers. */
const char *fake_clinic_folder(const struct fake_clinic *clinic);

#endif /* tests/support/fake_clinic.h */
