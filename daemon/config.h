/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KORD_CONFIG_H
#define KORD_CONFIG_H 1

/* The folder of a clinic, and its configuration kord.ini; docs/man/kord.8
 * describes both. */

#include <stdint.h>

#include "backup/rotation.h"
#include "kor/base/err.h"

struct kord_config {
    char folder[400];   /* Absolute. */
    char endpoint[256]; /* Of requests. */
    char feed[256];     /* Of the feed. */
    char language[8];   /* en, nb or sv. */
    char zone[64];      /* Of session dates. */
    char pathway[33];   /* Of an episode that names none. */
    char unit[33];
    char log[16];       /* Level of the journal. */
    int64_t reserve_mb; /* Room that is held for a full disk, MiB. */
    char backup_key[256]; /* Public half; "" if none is named. */
    char backup_to[256];  /* Folder of backups; "" if none is named. */
    struct kor_rotation_rule rotation; /* Of the backups there. */
};

/* Fills in the defaults for 'folder', which must exist and may be relative.
 * KOR_CONFLICT if a restore was broken off in it. */
KOR_NODISCARD enum kor_code kord_config_default(const char *folder,
                                                struct kord_config *config,
                                                struct kor_err *err);

/* Reads folder/kord.ini over the defaults and checks every value. */
KOR_NODISCARD enum kor_code kord_config_read(const char *folder,
                                             struct kord_config *config,
                                             struct kor_err *err);

/* Writes folder/kord.ini and folder/client.ini for a new folder; clients
 * trust the server whose public key is given. */
KOR_NODISCARD enum kor_code kord_config_write(const struct kord_config *config,
                                              const char *server_public,
                                              struct kor_err *err);

/* Writes "<folder>/<name>" into 'path', which has room for 512 bytes, and
 * returns it. */
char *kord_path(const struct kord_config *config, const char *name,
                char path[512]);

#endif /* daemon/config.h */
