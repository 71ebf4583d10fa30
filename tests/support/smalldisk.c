/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk with little room: see smalldisk.h. */

#include "support/smalldisk.h"

#include <string.h>

static struct smalldisk *
of(const struct kor_disk *table)
{
    return (struct smalldisk *)(uintptr_t)table;
}

static void
tell_room(struct smalldisk *disk)
{
    powervfs_set_room(disk->power, disk->size - disk->held - disk->taken);
}

int64_t
smalldisk_free_bytes(const struct smalldisk *disk)
{
    return disk->size - disk->held - disk->taken
         - powervfs_used(disk->power);
}

static bool
has(const struct kor_disk *table, const char *path, int64_t bytes)
{
    (void)path;
    return of(table)->held == bytes;
}

static bool
hold(const struct kor_disk *table, const char *path, int64_t bytes)
{
    struct smalldisk *disk = of(table);
    (void)path;
    if (smalldisk_free_bytes(disk) + disk->held < bytes) {
        return false;
    }
    disk->held = bytes;
    tell_room(disk);
    return true;
}

static void
release(const struct kor_disk *table, const char *path)
{
    struct smalldisk *disk = of(table);
    (void)path;
    disk->held = 0;
    tell_room(disk);
}

static int64_t
free_bytes(const struct kor_disk *table, const char *path)
{
    (void)path;
    return smalldisk_free_bytes(of(table));
}

void
smalldisk_new(struct smalldisk *disk, int64_t size)
{
    *disk = (struct smalldisk){.table = {has, hold, release, free_bytes},
                               .power = powervfs_new(),
                               .size = size};
    tell_room(disk);
}

void
smalldisk_free(struct smalldisk *disk)
{
    powervfs_free(disk->power);
}

struct clinic *
smalldisk_clinic(struct smalldisk *disk, int64_t reserve)
{
    struct clinic *clinic = clinic_new_on(powervfs_name(disk->power));
    clinic->config.disk = &disk->table;
    clinic->config.reserve_bytes = reserve;
    strcpy(clinic->config.reserve_path, "reserve");
    clinic_restart(clinic);
    return clinic;
}

void
smalldisk_fill(struct smalldisk *disk, int64_t left)
{
    disk->taken += smalldisk_free_bytes(disk) - left;
    tell_room(disk);
}

void
smalldisk_empty(struct smalldisk *disk)
{
    disk->taken = 0;
    tell_room(disk);
}
