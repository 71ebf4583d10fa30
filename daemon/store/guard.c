/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Seals on pages, and a full disk called so: see store/guard.h. */

#include "store/guard_provider.h"

#include <endian.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "kor/base/alloc.h"
#include "kor/base/log.h"
#include "store/vfs_pass.h"

#define CONTENT (KOR_GUARD_PAGE - KOR_GUARD_SEAL)
#define HEADER 100         /* Bytes at the start of a database: its header, */
#define AT_RESERVED 20     /* with how many bytes that end a page are not */
#define AT_VERSION 60      /* SQLite's, and which schema it has. */
#define UNSEALED_VERSION 1 /* The last schema that came without seals. */
#define WEIGHT 0x9e3779b97f4a7c14u /* Even; otherwise any would do. */
#define AT_COUNTER 24      /* SQLite reads this much to see whether the file */
#define COUNTER 16         /* has changed. */

struct kor_guard {
    sqlite3_vfs vfs; /* First, so that a pointer to it is one to all. */
    sqlite3_vfs *real;
    char name[40];
    bool is_sealed;
};

/* A file of ours; the real one follows it in memory. */
struct file {
    struct kor_pass_file pass; /* First. */
    struct kor_guard *guard;
    bool has_pages; /* A database; not a log, not a journal. */
};

static struct file *
of(sqlite3_file *file)
{
    return (struct file *)(void *)file;
}

/* --- seals --------------------------------------------------------------- */

/* J. G. Fletcher, "An arithmetic checksum for serial transmissions", IEEE
 * Transactions on Communications 30 (1982), with words of 32 bits: the sum of
 * all words, and the sum of those sums, in one number.  A change d of the word
 * that is the k-th from the end changes it by d (k WEIGHT + 1), which is not
 * zero, since the factor is odd. */
static void
make_seal(const uint8_t *page, int64_t number, uint8_t seal[KOR_GUARD_SEAL])
{
    uint64_t sum = (uint64_t)number, sums = 0;
    for (size_t at = 0; at < CONTENT; at += sizeof(uint32_t)) {
        uint32_t word;
        memcpy(&word, page + at, sizeof word);
        sum += le32toh(word);
        sums += sum;
    }
    sums = htole64(sums * WEIGHT + sum);
    memcpy(seal, &sums, KOR_GUARD_SEAL);
}

static bool
is_page(int size, sqlite3_int64 at)
{
    return size > 0 && size % KOR_GUARD_PAGE == 0 && at % KOR_GUARD_PAGE == 0;
}

static int
damaged(sqlite3_int64 at)
{
    kor_log(KOR_LOG_ERROR, "store: page %lld of the database is damaged",
            (long long)(at / KOR_GUARD_PAGE + 1));
    return SQLITE_CORRUPT;
}

/* Holds what was read against its seals. */
static int
check_pages(const uint8_t *bytes, int size, sqlite3_int64 at)
{
    uint8_t seal[KOR_GUARD_SEAL];
    for (int done = 0; done < size; done += KOR_GUARD_PAGE) {
        make_seal(bytes + done, (at + done) / KOR_GUARD_PAGE + 1, seal);
        if (memcmp(seal, bytes + done + CONTENT, sizeof seal)) {
            return damaged(at + done);
        }
    }
    return SQLITE_OK;
}

/* What SQLite reads of a database that is no page: too little to seal, and
 * looked at again with the page. */
static bool
is_glance(int size, sqlite3_int64 at)
{
    return (at == 0 && size == HEADER)
        || (at == AT_COUNTER && size == COUNTER);
}

static int
read_sealed(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
    sqlite3_int64 end = 0;
    int rc = kor_pass_read(file, to, size, at);
    if (is_glance(size, at)) {
        return rc;
    }
    if (rc == SQLITE_IOERR_SHORT_READ) {
        rc = kor_pass_size(file, &end);
        return rc != SQLITE_OK ? rc
               : end == 0      ? SQLITE_IOERR_SHORT_READ
                               : damaged(at);
    }
    if (rc != SQLITE_OK) {
        return rc;
    }
    return is_page(size, at) ? check_pages(to, size, at) : damaged(at);
}

static int
write_sealed(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
    uint8_t page[KOR_GUARD_PAGE];
    int rc = is_page(size, at) ? SQLITE_OK : SQLITE_MISUSE;
    for (int done = 0; done < size && rc == SQLITE_OK;
         done += KOR_GUARD_PAGE) {
        memcpy(page, (const uint8_t *)from + done, CONTENT);
        make_seal(page, (at + done) / KOR_GUARD_PAGE + 1, page + CONTENT);
        rc = kor_pass_write(file, page, KOR_GUARD_PAGE, at + done);
    }
    return rc;
}

/* --- calls of SQLite ----------------------------------------------------- */

/* What SQLite takes for a disk error may be the end of what one may have. */
static int
name_error(sqlite3_file *file, int rc)
{
    int number = 0;
    if (rc != SQLITE_IOERR_WRITE) {
        return rc;
    }
    (void)kor_pass_control(file, SQLITE_FCNTL_LAST_ERRNO, &number);
    return number == EDQUOT || number == EFBIG ? SQLITE_FULL : rc;
}

static int
on_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at)
{
    return of(file)->has_pages && of(file)->guard->is_sealed
               ? read_sealed(file, to, size, at)
               : kor_pass_read(file, to, size, at);
}

/* The first page is the first to be folded in: with it the others have seals,
 * also if whoever wrote them into the log did not live to say so. */
static void
look_at_first(sqlite3_file *file, const uint8_t *bytes, int size,
              sqlite3_int64 at)
{
    if (of(file)->has_pages && at == 0 && size >= HEADER
        && bytes[AT_RESERVED] == KOR_GUARD_SEAL) {
        of(file)->guard->is_sealed = true;
    }
}

static int
on_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at)
{
    look_at_first(file, from, size, at);
    int rc = of(file)->has_pages && of(file)->guard->is_sealed
                 ? write_sealed(file, from, size, at)
                 : kor_pass_write(file, from, size, at);
    return name_error(file, rc);
}

/* The store uses no memory-mapped pages, which nobody could look at. */
#define OWN_METHODS                                                           \
    .xRead = on_read, .xWrite = on_write, .xTruncate = kor_pass_truncate,     \
    .xSync = kor_pass_sync, KOR_PASS_PLAIN

static const sqlite3_io_methods plain_methods
    = {.iVersion = 1, OWN_METHODS};
static const sqlite3_io_methods methods
    = {.iVersion = 2, OWN_METHODS, KOR_PASS_SHARED};

/* The names of files are the real one's business. */
static sqlite3_vfs *
under(sqlite3_vfs *vfs)
{
    return ((struct kor_guard *)(void *)vfs)->real;
}

static int
on_delete(sqlite3_vfs *vfs, const char *path, int syncs_folder)
{
    return under(vfs)->xDelete(under(vfs), path, syncs_folder);
}

static int
on_access(sqlite3_vfs *vfs, const char *path, int flags, int *out)
{
    return under(vfs)->xAccess(under(vfs), path, flags, out);
}

static int
on_full_name(sqlite3_vfs *vfs, const char *path, int size, char *out)
{
    return under(vfs)->xFullPathname(under(vfs), path, size, out);
}

/* A database says by its header that it is sealed; and only one of the first
 * schema may say that it is not. */
static int
look_for_seals(sqlite3_file *file)
{
    uint8_t header[HEADER] = {0};
    int rc = kor_pass_read(file, header, HEADER, 0);
    uint32_t version = (uint32_t)header[AT_VERSION] << 24
                     | (uint32_t)header[AT_VERSION + 1] << 16
                     | (uint32_t)header[AT_VERSION + 2] << 8
                     | (uint32_t)header[AT_VERSION + 3];
    if (rc == SQLITE_OK
        && (header[AT_RESERVED] == KOR_GUARD_SEAL
            || version > UNSEALED_VERSION)) {
        of(file)->guard->is_sealed = true;
    }
    return rc == SQLITE_IOERR_SHORT_READ ? SQLITE_OK : rc;
}

static void
use_methods(sqlite3_file *file)
{
    const sqlite3_io_methods *its = kor_pass_below(file)->pMethods;
    file->pMethods = its && its->iVersion >= 2 && its->xShmMap ? &methods
                   : its                                       ? &plain_methods
                                                               : NULL;
}

static int
on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
        int *out_flags)
{
    struct kor_guard *guard = (struct kor_guard *)(void *)vfs;
    *of(file) = (struct file){
        .pass.below = (sqlite3_file *)(void *)(of(file) + 1),
        .guard = guard,
        .has_pages = flags & SQLITE_OPEN_MAIN_DB};
    int rc = guard->real->xOpen(guard->real, name, kor_pass_below(file), flags,
                                out_flags);
    if (rc == SQLITE_OK && of(file)->has_pages) {
        rc = look_for_seals(file);
    }
    use_methods(file);
    if (rc != SQLITE_OK && file->pMethods) {
        (void)kor_pass_close(file);
        file->pMethods = NULL;
    }
    return rc;
}

struct kor_guard *
kor_guard_new(const char *base)
{
    sqlite3_vfs *found = sqlite3_vfs_find(base);
    if (!found) {
        return NULL;
    }
    struct kor_guard *guard = kor_alloc(sizeof *guard);
    guard->real = found;
    guard->vfs = *found; /* Time, sleep and randomness are the same. */
    guard->vfs.pNext = NULL;
    guard->vfs.szOsFile = (int)sizeof(struct file) + found->szOsFile;
    guard->vfs.xOpen = on_open;
    guard->vfs.xDelete = on_delete;
    guard->vfs.xAccess = on_access;
    guard->vfs.xFullPathname = on_full_name;
    snprintf(guard->name, sizeof guard->name, "kor-%p", (void *)guard);
    guard->vfs.zName = guard->name;
    if (sqlite3_vfs_register(&guard->vfs, 0) != SQLITE_OK) {
        free(guard);
        return NULL;
    }
    return guard;
}

void
kor_guard_free(struct kor_guard *guard)
{
    if (guard) {
        (void)sqlite3_vfs_unregister(&guard->vfs);
        free(guard);
    }
}

const char *
kor_guard_name(const struct kor_guard *guard)
{
    return guard->name;
}

sqlite3_vfs *
kor_guard_base(const struct kor_guard *guard)
{
    return guard->real;
}

void
kor_guard_set_sealed(struct kor_guard *guard)
{
    guard->is_sealed = true;
}

bool
kor_guard_is_sealed(const struct kor_guard *guard)
{
    return guard->is_sealed;
}
