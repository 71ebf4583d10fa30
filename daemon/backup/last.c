/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last good backup: see backup/last.h. */

#include "backup/last.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "backup/disk.h"
#include "kor/base/file.h"
#include "kor/base/utf8.h"

#define NAME "backup.last"
#define MAX_SIZE 65536

static bool
take(json_t *json, struct kor_backup_last *last)
{
    const char *name;
    json_int_t at_ms, size;
    json_t *hash, *tables;
    if (json_unpack(json, "{s:I,s:s,s:I,s:o,s:o}", "at_ms", &at_ms, "name",
                    &name, "size", &size, "blake2b", &hash, "tables", &tables)
        || !kor_hash_from_json(hash, last->hash)) {
        return false;
    }
    last->at_ms = at_ms;
    last->size = size;
    kor_utf8_copy(last->name, sizeof last->name, name);
    return kor_counts_from_json(tables, &last->tables);
}

enum kor_code
kor_backup_last_read(const char *folder, struct kor_backup_last *last,
                     struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE];
    struct kor_buf text = {0};
    memset(last, 0, sizeof *last);
    enum kor_code code
        = kor_file_read(kor_disk_path(folder, NAME, path), MAX_SIZE, &text,
                        err);
    if (code == KOR_OK) {
        json_t *json = json_loadb(kor_buf_text(&text), text.size, 0, NULL);
        if (!json || !take(json, last)) {
            code = kor_fail(err, KOR_CORRUPT, NULL,
                            "%s cannot be read: make a backup, and it is "
                            "written anew", path);
        }
        json_decref(json);
    }
    kor_buf_done(&text);
    return code;
}

enum kor_code
kor_backup_last_write(const char *folder, const struct kor_backup_last *last,
                      struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE];
    json_t *json = json_pack("{s:I,s:s,s:I,s:o,s:o}", "at_ms",
                             (json_int_t)last->at_ms, "name", last->name,
                             "size", (json_int_t)last->size, "blake2b",
                             kor_hash_json(last->hash), "tables",
                             kor_counts_json(&last->tables));
    char *text = json_dumps(json, JSON_INDENT(1));
    json_decref(json);
    enum kor_code code = kor_file_write(kor_disk_path(folder, NAME, path),
                                        text, strlen(text), 0644, err);
    free(text);
    return code;
}
