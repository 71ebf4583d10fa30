/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_CLINIC_H
#define SERVICE_CLINIC_H 1

/* What holds for the whole clinic, from its configuration; never changed
 * while threads are running. */

#include "kor/base/clock.h"
#include "kor/base/text.h"
#include "kor/base/uuid.h"

struct kor_disk;
struct kor_plot_runner;

struct kor_clinic {
    char store_path[512];           /* The database. */
    const char *vfs;                /* SQLite's, for tests; null: the system's. */
    char deletions_path[512];       /* See service/deletions.h; "": none. */
    /* JSON files whose "at_ms" says when it was last done; "": nobody does. */
    char backup_path[512];          /* A good backup. */
    char check_path[512];           /* A check that found all sound. */
    int64_t started_ms;             /* When the daemon was. */
    char reserve_path[512];         /* The file of the reserve. */
    int64_t reserve_bytes;          /* Its length; 0: no reserve. */
    const struct kor_disk *disk;    /* Where it lies; borrowed. */
    enum kor_lang lang;             /* Where a request names none. */
    char pathway[33];               /* Of an episode that names none. */
    char unit[33];
    uint8_t code_key[32];           /* For hashes of one-time codes. */
    char feed[256];                 /* Endpoint of the feed, for 'ping'. */
    const uint8_t *contact_key;     /* Of addresses, 32 bytes; borrowed. */
    const struct kor_clock *clock;  /* Borrowed. */
    const struct kor_random *random;
    const struct kor_plot_runner *runner; /* Null: no graphs. */
};

#endif /* service/clinic.h */
