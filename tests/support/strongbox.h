/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_STRONGBOX_H
#define TESTS_SUPPORT_STRONGBOX_H 1

/* A clinic's folder, a backup key and the program kord, for tests of
 * backups.
 *
 *     struct strongbox *box = strongbox_new();
 *     strongbox_kord(box, 0, "backup %s %s --key %s.pub", box->clinic,
 *                    box->file, box->key);
 *     strongbox_says(box, "rows");
 *
 * Whatever goes wrong in here ends the test. */

#include <stdbool.h>
#include <stdint.h>

#include "backup/archive.h"
#include "backup/disk.h"
#include "kor/base/compiler.h"
#include "support/run_kor.h"
#include "support/storekit.h"

#define BOX_PATH_SIZE (KIT_PATH_SIZE + 64)

struct strongbox {
    char base[KIT_PATH_SIZE];    /* Where all is; goes with it. */
    char clinic[BOX_PATH_SIZE];  /* base/clinic, made by 'kord init'. */
    char key[BOX_PATH_SIZE];     /* base/key and base/key.pub. */
    char file[BOX_PATH_SIZE];    /* base/a.korbackup, not there. */
    char again[BOX_PATH_SIZE];   /* base/again, not there. */
    char scratch[BOX_PATH_SIZE]; /* base/scratch, an empty folder. */
    struct run run;              /* Of the last command. */
};

struct strongbox *strongbox_new(void);
void strongbox_free(struct strongbox *box);

/* Runs kord with that command line; ends the test unless its exit status is
 * 'status'.  What it said is in box->run. */
void strongbox_kord(struct strongbox *box, int status, const char *line, ...)
    KOR_PRINTF(3, 4);

/* The same without a look at the exit status. */
void strongbox_try(struct strongbox *box, const char *line, ...)
    KOR_PRINTF(2, 3);

/* Backs the clinic up to 'file'. */
void strongbox_backup(struct strongbox *box, const char *file);

/* Ends the test unless the last command said 'word' on either stream. */
void strongbox_says(const struct strongbox *box, const char *word);

/* Writes "<folder>/<name>", or "<folder>" if 'name' is "", and returns it.
 * The functions below take names in this way. */
char *strongbox_path(const char *folder, const char *name,
                     char path[KOR_DISK_PATH_SIZE]);

/* Whether it is there. */
bool strongbox_has(const char *folder, const char *name);

/* How many names are in 'folder'. */
int strongbox_count(const char *folder);

/* Reads a file whole; ends the test if it is not there. */
struct kor_buf strongbox_read(const char *folder, const char *name);

/* Writes one. */
void strongbox_write(const char *folder, const char *name, const char *text);

/* Makes a backup at 'to' of what lies in 'folder' under the names that
 * kor_unpack_name() gives, with hashes that are right and all else as
 * 'manifest' says: what somebody could make who has the public key. */
void strongbox_forge(const struct strongbox *box, const char *folder,
                     const struct kor_manifest *manifest,
                     const uint8_t server_mark[KOR_BACKUP_MARK_SIZE],
                     const char *to);

#endif /* tests/support/strongbox.h */
