/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_SMALLDISK_H
#define TESTS_SUPPORT_SMALLDISK_H 1

/* A small disk in memory (powervfs.h) that has room for so much and no more,
 * shared by a clinic's database, its reserve, and whatever others put there.
 *
 *     struct smalldisk disk;
 *     smalldisk_new(&disk, 1 << 20);
 *     struct clinic *clinic = smalldisk_clinic(&disk, 100000);
 *     smalldisk_fill(&disk, 5000);
 *     ... all but 5,000 bytes are taken ... */

#include "service/reserve.h"
#include "support/clinic.h"
#include "support/powervfs.h"

struct smalldisk {
    struct kor_disk table; /* First: the table finds the disk by it. */
    struct powervfs *power;
    int64_t size;
    int64_t held;          /* By the reserve. */
    int64_t taken;         /* By others. */
};

/* Makes a disk of 'size' bytes; frees it. */
void smalldisk_new(struct smalldisk *disk, int64_t size);
void smalldisk_free(struct smalldisk *disk);

/* Makes a clinic on it with a reserve of so many bytes. */
struct clinic *smalldisk_clinic(struct smalldisk *disk, int64_t reserve);

/* Others take all but 'left' bytes of what is free, or give back what they
 * have. */
void smalldisk_fill(struct smalldisk *disk, int64_t left);
void smalldisk_empty(struct smalldisk *disk);

/* Bytes that are free. */
int64_t smalldisk_free_bytes(const struct smalldisk *disk);

#endif /* tests/support/smalldisk.h */
