/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A VFS that fails when it is told to: see faultvfs.h. */

#include "support/faultvfs.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kor/base/alloc.h"
#include "store/vfs_pass.h"
#include "support/near.h"

struct faultvfs {
    sqlite3_vfs vfs; /* First, so that a pointer to it is one to all. */
    sqlite3_vfs *real;
    char name[40];
    pthread_mutex_t lock; /* Of what follows: the test arms, and another
                           * thread may read and write. */
    enum fault fault;
    int left; /* Calls until the one that fails. */
    int rc;
    bool is_for_good, has_fired, has_no_shared_memory;
    const char *only; /* Ending of the files that fail; null: all. */
};

/* A file of ours; the real one follows it in memory. */
struct file {
    struct kor_pass_file pass; /* First. */
    struct faultvfs *faults;
    char ending[8]; /* Of its name, "-wal"; "" for the database. */
};

/* Whether this call of that kind on 'file' is to fail. */
static bool
fails(sqlite3_file *file, enum fault fault)
{
    const struct file *its = (struct file *)(void *)file;
    struct faultvfs *faults = its->faults;
    pthread_mutex_lock(&faults->lock);
    bool is_counted = faults->fault == fault && faults->left > 0
                   && (!faults->only || !strcmp(faults->only, its->ending));
    bool is_due = is_counted && --faults->left == 0;
    if (is_due) {
        faults->left = faults->is_for_good ? 1 : 0;
        faults->has_fired = true;
    }
    pthread_mutex_unlock(&faults->lock);
    return is_due;
}

static struct faultvfs *
of(sqlite3_file *file)
{
    return ((struct file *)(void *)file)->faults;
}

static int
on_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
    return fails(file, FAULT_READ)
               ? of(file)->rc
               : kor_pass_read(file, to, size, at);
}

static int
on_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
    if (fails(file, FAULT_WRITE)) {
        return of(file)->rc;
    }
    if (fails(file, FAULT_SHORT_WRITE)) {
        (void)kor_pass_write(file, from, size / 2, at);
        return of(file)->rc;
    }
    return kor_pass_write(file, from, size, at);
}

static int
on_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    return fails(file, FAULT_TRUNCATE)
               ? of(file)->rc
               : kor_pass_truncate(file, size);
}

static int
on_sync(sqlite3_file *file, int flags)
{
    return fails(file, FAULT_SYNC)
               ? of(file)->rc
               : kor_pass_sync(file, flags);
}

#define OWN_METHODS                                                           \
    .xRead = on_read, .xWrite = on_write, .xTruncate = on_truncate,           \
    .xSync = on_sync, KOR_PASS_PLAIN

static const sqlite3_io_methods plain_methods
    = {.iVersion = 1, OWN_METHODS};
static const sqlite3_io_methods methods
    = {.iVersion = 2, OWN_METHODS, KOR_PASS_SHARED};

static int
on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
        int *out_flags)
{
    struct faultvfs *faults = (struct faultvfs *)(void *)vfs;
    file->pMethods = NULL;
    const char *ending = name ? strrchr(name, '-') : NULL;
    struct file *its = (struct file *)(void *)file;
    its->pass.below = (sqlite3_file *)(void *)(its + 1);
    its->faults = faults;
    snprintf(its->ending, sizeof its->ending, "%s", ending ? ending : "");
    if (fails(file, FAULT_OPEN)) {
        return faults->rc;
    }
    int rc = faults->real->xOpen(faults->real, name, its->pass.below, flags,
                                 out_flags);
    if (kor_pass_below(file)->pMethods) {
        file->pMethods
            = faults->has_no_shared_memory ? &plain_methods : &methods;
    }
    return rc;
}

struct faultvfs *
faultvfs_new(void)
{
    struct faultvfs *faults = kor_alloc(sizeof *faults);
    pthread_mutex_init(&faults->lock, NULL);
    faults->real = sqlite3_vfs_find(NULL);
    faults->vfs = *faults->real;
    faults->vfs.pNext = NULL;
    faults->vfs.szOsFile = (int)sizeof(struct file) + faults->real->szOsFile;
    faults->vfs.xOpen = on_open;
    snprintf(faults->name, sizeof faults->name, "fault-%p", (void *)faults);
    faults->vfs.zName = faults->name;
    assert_int_equal(sqlite3_vfs_register(&faults->vfs, 0), SQLITE_OK);
    return faults;
}

void
faultvfs_free(struct faultvfs *faults)
{
    (void)sqlite3_vfs_unregister(&faults->vfs);
    pthread_mutex_destroy(&faults->lock);
    free(faults);
}

const char *
faultvfs_name(const struct faultvfs *faults)
{
    return faults->name;
}

void
faultvfs_arm(struct faultvfs *faults, enum fault fault, int nth, int rc,
             bool is_for_good)
{
    pthread_mutex_lock(&faults->lock);
    faults->fault = fault;
    faults->left = nth;
    faults->rc = rc;
    faults->is_for_good = is_for_good;
    faults->has_fired = false;
    pthread_mutex_unlock(&faults->lock);
}

void
faultvfs_only(struct faultvfs *faults, const char *ending)
{
    faults->only = ending;
}

void
faultvfs_disarm(struct faultvfs *faults)
{
    pthread_mutex_lock(&faults->lock);
    faults->fault = FAULT_NONE;
    pthread_mutex_unlock(&faults->lock);
}

bool
faultvfs_has_fired(const struct faultvfs *faults)
{
    return faults->has_fired;
}

void
faultvfs_set_shared_memory(struct faultvfs *faults, bool has_it)
{
    faults->has_no_shared_memory = !has_it;
}
