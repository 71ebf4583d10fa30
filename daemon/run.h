/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KORD_RUN_H
#define KORD_RUN_H 1

/* What kord does with a folder; each is one command of main.c. */

#include "config.h"
#include "kor/base/err.h"

/* Makes the folder config->folder ready: keys, database, operator's key,
 * configuration.  KOR_DUPLICATE if there is one already; nothing half made is
 * left behind that a second try would stumble over. */
KOR_NODISCARD enum kor_code kord_init(const struct kord_config *config,
                                      struct kor_err *err);

/* Serves until it is told to stop. */
KOR_NODISCARD enum kor_code kord_run(const struct kord_config *config,
                                     struct kor_err *err);

/* Reads configuration, keys and the whole database, also beside a kord that is
 * at work. */
KOR_NODISCARD enum kor_code kord_check(const struct kord_config *config,
                                       struct kor_err *err);

/* Holds the folder for this process; the descriptor is in '*fd'.  KOR_BUSY if
 * another kord has it. */
KOR_NODISCARD enum kor_code kord_lock(const struct kord_config *config,
                                      int *fd, struct kor_err *err);

/* Sets the zone of dates in this process. */
KOR_NODISCARD enum kor_code kord_zone(const struct kord_config *config,
                                      struct kor_err *err);

/* Sets up what holds for the whole clinic, without graphs. */
struct kor_clinic;
KOR_NODISCARD enum kor_code kord_clinic(const struct kord_config *config,
                                        struct kor_clinic *clinic,
                                        struct kor_err *err);

#endif /* daemon/run.h */
