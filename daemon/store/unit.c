/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Units: see store/unit.h. */

#include "store/unit.h"

#include <stdio.h>
#include <string.h>

#include "store/store_provider.h"

bool
kor_unit_contains(const char *path, const char *other)
{
    return !strncmp(path, other, strlen(path));
}

enum kor_code
kor_store_unit_add(struct kor_store *store, struct kor_unit *unit,
                   const char *parent, int64_t at_ms, struct kor_err *err)
{
    struct kor_unit known = *unit;
    enum kor_code code = kor_store_unit_find(store, &known, err);
    if (code != KOR_NOT_FOUND) {
        return code == KOR_OK ? KOR_DUPLICATE : code;
    }
    int size = snprintf(unit->path, sizeof unit->path, "%s%s/", parent,
                        unit->name);
    if (size >= (int)sizeof unit->path) {
        return kor_fail(err, KOR_TOO_LARGE, "under",
                        "units lie too deep: the path may have %d bytes",
                        KOR_UNIT_PATH_SIZE - 1);
    }
    code = kor_sql_run(
        store, KOR_SQL_UNIT_ADD,
        KOR_ARGS(kor_txt(unit->name), kor_txt(unit->path), kor_int(at_ms)),
        err);
    unit->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_unit_find(struct kor_store *store, struct kor_unit *unit,
                    struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_UNIT_FIND, &rows,
                                       KOR_ARGS(kor_txt(unit->name)), err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    unit->id = kor_rows_int(&rows, 0);
    kor_rows_copy(&rows, 1, unit->path, sizeof unit->path);
    kor_rows_done(&rows);
    return KOR_OK;
}

enum kor_code
kor_store_units(struct kor_store *store, kor_unit_fn each, void *to,
                struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_UNIT_LIST, &rows, KOR_NO_ARGS, err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_unit unit = {.id = kor_rows_int(&rows, 0)};
        kor_rows_copy(&rows, 1, unit.name, sizeof unit.name);
        kor_rows_copy(&rows, 2, unit.path, sizeof unit.path);
        each(to, &unit);
    }
    return code;
}
