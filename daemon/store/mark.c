/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Up to where the log is whole: see store/mark_provider.h.
 *
 * The format of the log is that of SQLite, https://sqlite.org/walformat.html:
 * a header of 32 bytes, then frames of 24 bytes and a page, all numbers
 * big-endian; checksums run on from frame to frame. */

#include "store/mark_provider.h"

#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/alloc.h"
#include "kor/base/log.h"
#include "store/guard.h"

#define HEADER 32
#define HEAD 24                      /* Of a frame. */
#define FRAME (HEAD + KOR_GUARD_PAGE)
#define MAGIC 0x377f0682u            /* With one more: checksums of big-endian
                                        words. */
#define AT_PAGE_SIZE 8               /* In the header. */
#define AT_SALTS 16
#define AT_CHECKSUM 24
#define AT_COMMIT 4                  /* In a frame: not zero if it ends one. */
#define AT_FRAME_SALTS 8
#define AT_FRAME_CHECKSUM 16

#define PLACE 512                    /* Bytes from one place to the other. */
#define PLACES 2
#define NAME "kor mark"
#define HASH 16

/* What stands in one place. */
struct record {
    char name[8];
    uint64_t serial;      /* The greater one counts; little-endian. */
    uint8_t salts[8];     /* Of the log, as it has them. */
    uint8_t checksum[8];  /* Of its frame 'n_frames', as it has it. */
    uint32_t n_frames;    /* Little-endian. */
    uint32_t is_folded;
    uint8_t hash[HASH];   /* Of all before. */
};

struct kor_mark {
    sqlite3_file *file;
    struct record newest;
};

/* --- files --------------------------------------------------------------- */

static void
close_file(sqlite3_file *file)
{
    if (file && file->pMethods) {
        file->pMethods->xClose(file);
    }
    free(file);
}

static sqlite3_file *
open_file(sqlite3_vfs *vfs, const char *path, const char *ending, int flags)
{
    char name[600];
    sqlite3_file *file = kor_alloc((size_t)vfs->szOsFile);
    snprintf(name, sizeof name, "%s%s", path, ending);
    if (vfs->xOpen(vfs, name, file, flags, NULL) != SQLITE_OK) {
        close_file(file);
        return NULL;
    }
    return file;
}

/* Whether all of it is there; '*rc' becomes what else went wrong. */
static bool
read_all(sqlite3_file *file, void *to, int size, sqlite3_int64 at, int *rc)
{
    int read = file->pMethods->xRead(file, to, size, at);
    if (read != SQLITE_OK && read != SQLITE_IOERR_SHORT_READ) {
        *rc = read;
    }
    return read == SQLITE_OK;
}

/* --- the mark ------------------------------------------------------------ */

static void
hash_record(const struct record *record, uint8_t hash[HASH])
{
    crypto_generichash(hash, HASH, (const unsigned char *)record,
                       offsetof(struct record, hash), NULL, 0);
}

/* Reads the newer of the two that is whole; zeros if none is. */
static int
read_record(sqlite3_file *file, struct record *newest)
{
    uint8_t hash[HASH];
    int rc = SQLITE_OK;
    memset(newest, 0, sizeof *newest);
    for (int i = 0; i < PLACES; i++) {
        struct record record;
        if (!read_all(file, &record, sizeof record, i * PLACE, &rc)) {
            continue;
        }
        hash_record(&record, hash);
        if (!memcmp(record.name, NAME, sizeof record.name)
            && !memcmp(record.hash, hash, sizeof hash)
            && le64toh(record.serial) > le64toh(newest->serial)) {
            *newest = record;
        }
    }
    return rc;
}

/* Takes the room that it will ever need, so that a full disk is no matter. */
static bool
take_room(sqlite3_file *file)
{
    static const uint8_t zeros[PLACES * PLACE];
    sqlite3_int64 size = 0;
    return file->pMethods->xFileSize(file, &size) == SQLITE_OK
        && (size >= PLACES * PLACE
            || (file->pMethods->xWrite(file, zeros, sizeof zeros, 0)
                    == SQLITE_OK
                && file->pMethods->xSync(file, SQLITE_SYNC_NORMAL)
                       == SQLITE_OK));
}

int
kor_mark_open(sqlite3_vfs *vfs, const char *path, struct kor_mark **markp)
{
    sqlite3_file *file = open_file(vfs, path, "-mark",
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                       | SQLITE_OPEN_SUPER_JOURNAL);
    if (!file || !take_room(file)) {
        kor_log(KOR_LOG_WARNING, "store: nothing marks how far the log of the "
                                 "database is whole");
        close_file(file);
        *markp = NULL;
        return SQLITE_OK;
    }
    *markp = kor_alloc(sizeof **markp);
    (*markp)->file = file;
    return read_record(file, &(*markp)->newest);
}

void
kor_mark_close(struct kor_mark *mark)
{
    if (mark) {
        close_file(mark->file);
        free(mark);
    }
}

/* What is to be noted of the log. */
static int
look_at_log(sqlite3_file *log, int n_frames, struct record *record)
{
    int rc = log->pMethods->xRead(log, record->salts, sizeof record->salts,
                                  AT_SALTS);
    return rc == SQLITE_OK
               ? log->pMethods->xRead(log, record->checksum,
                                      sizeof record->checksum,
                                      HEADER
                                          + (sqlite3_int64)(n_frames - 1)
                                                * FRAME
                                          + AT_FRAME_CHECKSUM)
               : rc;
}

/* Whether 'newest' says as much as 'record' already. */
static bool
is_said(const struct record *newest, const struct record *record)
{
    return !memcmp(newest->salts, record->salts, sizeof record->salts)
        && newest->n_frames == record->n_frames
        && newest->is_folded >= record->is_folded;
}

int
kor_mark_set(struct kor_mark *mark, sqlite3_file *log, int n_frames,
             bool is_folded)
{
    uint64_t serial = le64toh(mark->newest.serial) + 1;
    struct record record = {.name = NAME,
                            .serial = htole64(serial),
                            .n_frames = htole32((uint32_t)n_frames),
                            .is_folded = is_folded};
    int rc = look_at_log(log, n_frames, &record);
    if (rc != SQLITE_OK || is_said(&mark->newest, &record)) {
        return rc;
    }
    hash_record(&record, record.hash);
    sqlite3_file *file = mark->file;
    rc = file->pMethods->xWrite(file, &record, sizeof record,
                                (sqlite3_int64)(serial % PLACES) * PLACE);
    if (rc == SQLITE_OK) {
        rc = file->pMethods->xSync(file, SQLITE_SYNC_NORMAL);
    }
    if (rc == SQLITE_OK) {
        mark->newest = record;
    }
    return rc;
}

/* --- the log ------------------------------------------------------------- */

static uint32_t
word(const uint8_t *bytes, bool is_big)
{
    uint32_t value;
    memcpy(&value, bytes, sizeof value);
    return is_big ? be32toh(value) : le32toh(value);
}

struct sums {
    uint32_t a, b;
    bool is_big;
};

static void
add(struct sums *sums, const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i += 8) {
        sums->a += word(bytes + i, sums->is_big) + sums->b;
        sums->b += word(bytes + i + 4, sums->is_big) + sums->a;
    }
}

static bool
are_equal(const struct sums *sums, const uint8_t *checksum)
{
    return word(checksum, true) == sums->a
        && word(checksum + 4, true) == sums->b;
}

/* Whether the log begins as one of ours does. */
static bool
is_log(const uint8_t header[HEADER], struct sums *sums)
{
    if ((word(header, true) & ~1u) != MAGIC
        || word(header + AT_PAGE_SIZE, true) != KOR_GUARD_PAGE) {
        return false;
    }
    *sums = (struct sums){.is_big = word(header, true) & 1};
    add(sums, header, AT_CHECKSUM);
    return are_equal(sums, header + AT_CHECKSUM);
}

static bool
is_whole_frame(const uint8_t frame[FRAME], const uint8_t *salts,
               struct sums *sums)
{
    add(sums, frame, AT_FRAME_SALTS);
    add(sums, frame + HEAD, KOR_GUARD_PAGE);
    return word(frame, true) != 0
        && !memcmp(frame + AT_FRAME_SALTS, salts, 8)
        && are_equal(sums, frame + AT_FRAME_CHECKSUM);
}

/* What was found in a log. */
struct found {
    int n_frames;    /* That are committed, as SQLite will see it. */
    bool is_same;    /* It is the log that is marked, */
    bool has_marked; /* with all that is. */
    int rc;          /* It could not be read. */
};

static void
follow(sqlite3_file *log, const struct record *marked, struct found *found)
{
    uint8_t header[HEADER], frame[FRAME];
    struct sums sums;
    int n_marked = (int)le32toh(marked->n_frames);
    if (!read_all(log, header, HEADER, 0, &found->rc)
        || !is_log(header, &sums)) {
        return;
    }
    found->is_same = !memcmp(header + AT_SALTS, marked->salts,
                             sizeof marked->salts);
    for (int i = 1; read_all(log, frame, FRAME,
                             HEADER + (sqlite3_int64)(i - 1) * FRAME,
                             &found->rc)
                    && is_whole_frame(frame, header + AT_SALTS, &sums);
         i++) {
        if (word(frame + AT_COMMIT, true)) {
            found->n_frames = i;
        }
        found->has_marked |= i == n_marked
                          && !memcmp(frame + AT_FRAME_CHECKSUM,
                                     marked->checksum,
                                     sizeof marked->checksum);
    }
}

/* Another log, or none, may follow only once all is in the file. */
static bool
is_in_order(const struct record *marked, const struct found *found)
{
    return marked->n_frames == 0
        || (found->is_same ? found->has_marked : marked->is_folded != 0);
}

static enum kor_code
judge(const struct record *marked, const struct found *found,
      struct kor_err *err)
{
    if (found->rc != SQLITE_OK) {
        kor_log(KOR_LOG_ERROR, "store: reading the log: %s",
                sqlite3_errstr(found->rc));
        return kor_fail(err, KOR_UNCERTAIN, NULL,
                        "reading or writing the disk failed: it may be "
                        "stored or not. Ask again with the same id");
    }
    if (is_in_order(marked, found)) {
        return KOR_OK;
    }
    kor_log(KOR_LOG_ERROR, "store: the log of the database is damaged: of %u "
                           "frames that were stored %d are whole",
            le32toh(marked->n_frames), found->n_frames);
    return kor_fail(err, KOR_CORRUPT, NULL,
                    "the database file is damaged: restore a backup");
}

enum kor_code
kor_mark_check(sqlite3_vfs *vfs, const char *path, int *n_frames,
               struct kor_err *err)
{
    struct record marked = {0};
    struct found found = {0};
    sqlite3_file *file = open_file(vfs, path, "-mark",
                                   SQLITE_OPEN_READONLY
                                       | SQLITE_OPEN_SUPER_JOURNAL);
    sqlite3_file *log = open_file(vfs, path, "-wal",
                                  SQLITE_OPEN_READONLY | SQLITE_OPEN_WAL);
    if (file) {
        found.rc = read_record(file, &marked);
    }
    if (log) {
        follow(log, &marked, &found);
    }
    close_file(file);
    close_file(log);
    *n_frames = found.n_frames;
    return judge(&marked, &found, err);
}
