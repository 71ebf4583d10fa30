/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a backup says of itself: see backup/manifest.h. */

#include "backup/manifest.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <sodium.h>

#include "kor/base/utf8.h"

#define MAX_MS 7258118400000 /* The year 2200. */

const struct kor_backup_file_info *
kor_backup_file_info(enum kor_backup_file file)
{
    static const struct kor_backup_file_info infos[KOR_N_FILES] = {
#define KOR_BACKUP_FILE(NAME, name, mode, max, is_needed)                     \
    {name, mode, max, is_needed},
#include "backup/files.def"
#undef KOR_BACKUP_FILE
    };
    return &infos[file];
}

/* --- writing ------------------------------------------------------------- */

json_t *
kor_counts_json(const struct kor_table_counts *counts)
{
    json_t *json = json_object();
    for (int i = 0; i < counts->n; i++) {
        json_object_set_new(json, counts->tables[i].name,
                            json_integer(counts->tables[i].n_rows));
    }
    return json;
}

json_t *
kor_hash_json(const uint8_t hash[KOR_FILE_HASH_SIZE])
{
    char text[2 * KOR_FILE_HASH_SIZE + 1];
    return json_string(sodium_bin2hex(text, sizeof text, hash,
                                      KOR_FILE_HASH_SIZE));
}

static json_t *
files_json(const struct kor_manifest *manifest)
{
    json_t *json = json_object();
    for (int i = 0; i < KOR_N_FILES; i++) {
        if (manifest->files[i].is_there) {
            json_object_set_new(
                json, kor_backup_file_info((enum kor_backup_file)i)->name,
                json_pack("{s:I,s:o}", "size",
                          (json_int_t)manifest->files[i].size, "blake2b",
                          kor_hash_json(manifest->files[i].hash)));
        }
    }
    return json;
}

void
kor_manifest_encode(const struct kor_manifest *manifest, struct kor_buf *out)
{
    json_t *json = json_pack(
        "{s:s,s:i,s:I,s:s,s:o,s:o}", "release", manifest->release, "schema",
        manifest->schema, "made_ms", (json_int_t)manifest->made_ms, "folder",
        manifest->folder, "files", files_json(manifest), "tables",
        kor_counts_json(&manifest->tables));
    if (manifest->has_log) {
        json_object_set_new(json, "log",
                            json_pack("{s:I,s:o}", "seq",
                                      (json_int_t)manifest->log_seq,
                                      "blake2b",
                                      kor_hash_json(manifest->log_hash)));
    }
    char *text = json_dumps(json, JSON_COMPACT);
    kor_buf_puts(out, text);
    free(text);
    json_decref(json);
}

/* --- reading ------------------------------------------------------------- */

bool
kor_counts_from_json(json_t *json, struct kor_table_counts *counts)
{
    const char *name;
    json_t *value;
    counts->n = 0;
    json_object_foreach (json, name, value) {
        if (counts->n == KOR_MAX_TABLES
            || strlen(name) >= KOR_TABLE_NAME_SIZE || !json_is_integer(value)
            || json_integer_value(value) < 0) {
            return false;
        }
        strcpy(counts->tables[counts->n].name, name);
        counts->tables[counts->n++].n_rows = json_integer_value(value);
    }
    return json_is_object(json);
}

bool
kor_hash_from_json(const json_t *json, uint8_t hash[KOR_FILE_HASH_SIZE])
{
    const char *text = json_string_value(json);
    size_t n = 0;
    return text
        && !sodium_hex2bin(hash, KOR_FILE_HASH_SIZE, text, strlen(text), NULL,
                           &n, NULL)
        && n == KOR_FILE_HASH_SIZE;
}

static bool
take_file(json_t *json, int i, struct kor_manifest *manifest)
{
    const struct kor_backup_file_info *info
        = kor_backup_file_info((enum kor_backup_file)i);
    json_t *hash;
    json_int_t size;
    if (json_unpack(json, "{s:I,s:o}", "size", &size, "blake2b", &hash)
        || size < 0 || size > info->max_size
        || !kor_hash_from_json(hash, manifest->files[i].hash)) {
        return false;
    }
    manifest->files[i].is_there = true;
    manifest->files[i].size = size;
    return true;
}

/* Stores in '*n_known' how many of 'json' are files that we know. */
static bool
take_files(json_t *json, struct kor_manifest *manifest, size_t *n_known)
{
    *n_known = 0;
    for (int i = 0; i < KOR_N_FILES; i++) {
        const struct kor_backup_file_info *info
            = kor_backup_file_info((enum kor_backup_file)i);
        json_t *file = json_object_get(json, info->name);
        if (file ? !take_file(file, i, manifest) : info->is_needed) {
            return false;
        }
        *n_known += file != NULL;
    }
    return true;
}

static bool
take_log(json_t *json, struct kor_manifest *manifest)
{
    json_int_t seq;
    json_t *hash;
    manifest->has_log = json != NULL;
    if (!json) {
        return true;
    }
    if (json_unpack(json, "{s:I,s:o}", "seq", &seq, "blake2b", &hash)
        || seq < 0) {
        return false;
    }
    manifest->log_seq = seq;
    return kor_hash_from_json(hash, manifest->log_hash);
}

static bool
take(json_t *json, struct kor_manifest *manifest, size_t *n_unknown)
{
    const char *release, *folder;
    json_int_t made_ms;
    json_t *files, *tables;
    size_t n_known;
    if (json_unpack(json, "{s:s,s:i,s:I,s:s,s:o,s:o}", "release", &release,
                    "schema", &manifest->schema, "made_ms", &made_ms,
                    "folder", &folder, "files", &files, "tables", &tables)
        || made_ms < 0 || made_ms > MAX_MS
        || strlen(folder) >= sizeof manifest->folder) {
        return false;
    }
    kor_utf8_copy(manifest->release, sizeof manifest->release, release);
    strcpy(manifest->folder, folder);
    manifest->made_ms = made_ms;
    if (!take_files(files, manifest, &n_known)) {
        return false;
    }
    *n_unknown = json_object_size(files) - n_known;
    return kor_counts_from_json(tables, &manifest->tables)
        && take_log(json_object_get(json, "log"), manifest);
}

enum kor_code
kor_manifest_decode(const char *text, size_t size,
                    struct kor_manifest *manifest, struct kor_err *err)
{
    size_t n_unknown = 0;
    memset(manifest, 0, sizeof *manifest);
    json_t *json = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
    bool is_taken = json && take(json, manifest, &n_unknown);
    json_decref(json);
    if (!is_taken) {
        return kor_fail(err, KOR_CORRUPT, NULL,
                        "what the backup says of itself cannot be read: use "
                        "another one");
    }
    return n_unknown > 0
               ? kor_fail(err, KOR_CONFLICT, "FILE",
                          "this backup is of a newer kor: use that release")
               : KOR_OK;
}

uint64_t
kor_manifest_size(const struct kor_manifest *manifest)
{
    uint64_t size = 0;
    for (int i = 0; i < KOR_N_FILES; i++) {
        size += (uint64_t)manifest->files[i].size;
    }
    return size;
}
