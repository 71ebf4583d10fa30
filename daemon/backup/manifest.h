/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_MANIFEST_H
#define BACKUP_MANIFEST_H 1

/* What a backup says of itself: the first thing in it, as JSON.
 *
 *     {"release": "0.3.0", "schema": 2, "made_ms": 1795316400000,
 *      "folder": "/var/lib/kor",
 *      "files": {"kord.ini": {"size": 190, "blake2b": "9f..."}, ...},
 *      "tables": {"answer": 4711, ...},
 *      "log": {"seq": 990, "blake2b": "5c..."}}
 *
 * 'log' is where the chain of the access log ends (store/access_log.h); a
 * database from before there was one has none.
 *
 * Members that are not known are passed over; a file that is not known means
 * that the backup is of a newer kor. */

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"
#include "store/copy.h"

enum kor_backup_file {
#define KOR_BACKUP_FILE(NAME, name, mode, max, is_needed) KOR_FILE_##NAME,
#include "backup/files.def"
#undef KOR_BACKUP_FILE
    KOR_N_FILES
};

struct kor_backup_file_info {
    const char *name; /* In the folder. */
    unsigned mode;    /* Its permissions. */
    int64_t max_size;
    bool is_needed;   /* Without it there is no backup. */
};

/* What is to be known of 'file', beforehand. */
const struct kor_backup_file_info *
kor_backup_file_info(enum kor_backup_file file);

#define KOR_FILE_HASH_SIZE 32 /* BLAKE2b-256. */
#define KOR_MANIFEST_MAX_SIZE (256 * 1024)

struct kor_manifest {
    char release[32];  /* Of the kord that made it. */
    int schema;        /* Of its database. */
    int64_t made_ms;
    char folder[400];  /* Where it was, for the paths in kord.ini; UTF-8. */
    struct {
        bool is_there;
        int64_t size;
        uint8_t hash[KOR_FILE_HASH_SIZE];
    } files[KOR_N_FILES];
    struct kor_table_counts tables;
    bool has_log;
    int64_t log_seq;
    uint8_t log_hash[KOR_FILE_HASH_SIZE];
};

/* Adds 'manifest' to 'out' as JSON. */
void kor_manifest_encode(const struct kor_manifest *manifest,
                         struct kor_buf *out);

/* Reads it; every value is within its limits afterwards.  Returns KOR_CORRUPT
 * if it is no manifest, KOR_CONFLICT if it is of a newer kor. */
KOR_NODISCARD enum kor_code kor_manifest_decode(const char *text, size_t size,
                                                struct kor_manifest *manifest,
                                                struct kor_err *err);

/* How many bytes all its files have. */
uint64_t kor_manifest_size(const struct kor_manifest *manifest);

/* A hash as a JSON text, and back; false if 'json' is none. */
struct json_t;
struct json_t *kor_hash_json(const uint8_t hash[KOR_FILE_HASH_SIZE]);
bool kor_hash_from_json(const struct json_t *json,
                        uint8_t hash[KOR_FILE_HASH_SIZE]);

/* The table counts as a JSON object, and back; false if 'json' is none. */
struct json_t *kor_counts_json(const struct kor_table_counts *counts);
bool kor_counts_from_json(struct json_t *json,
                          struct kor_table_counts *counts);

#endif /* backup/manifest.h */
