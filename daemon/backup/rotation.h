/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_ROTATION_H
#define BACKUP_ROTATION_H 1

/* Which backups stay and which go. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kor_rotation_rule {
    int64_t keep_daily;   /* So many days, */
    int64_t keep_weekly;  /* so many weeks from Monday on, */
    int64_t keep_monthly; /* and so many months keep their last backup. */
    int64_t max_days;     /* None stays longer than that. */
};

/* Judges the 'n' backups made at 'at_ms', the newest first, at the instant
 * 'now_ms', and stores in 'keep' which stay.
 *
 * Days, weeks and months are those of the zone (kor_zone_set()), and only
 * those that have a backup count: a night without one makes no backup go
 * earlier.  What is older than rule->max_days times 24 hours goes whatever the
 * rest says, for that is how erased data leave the backups.  Two stay in any
 * event: one from the future, since it tells of a clock that is or was wrong,
 * and the newest of the others. */
void kor_rotation(const int64_t at_ms[], size_t n, int64_t now_ms,
                  const struct kor_rotation_rule *rule, bool keep[]);

/* The name of a backup made at 'at_ms': "kor-20261122T030000Z.korbackup"; and
 * back, false if 'name' is anything else. */
#define KOR_BACKUP_NAME_SIZE 40
char *kor_backup_name(int64_t at_ms, char name[KOR_BACKUP_NAME_SIZE]);
bool kor_backup_name_parse(const char *name, int64_t *at_ms);

#endif /* backup/rotation.h */
