/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Actors: see store/actor.h. */

#include "store/actor.h"

#include <string.h>

#include "store/store_provider.h"

enum kor_code
kor_store_actor_add(struct kor_store *store, struct kor_actor *actor,
                    int64_t at_ms, struct kor_err *err)
{
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_ACTOR_ADD,
        KOR_ARGS(kor_blob(actor->public_key, sizeof actor->public_key),
                 kor_txt(actor->name), kor_txt(actor->role), kor_int(at_ms)),
        err);
    actor->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_actors(struct kor_store *store, kor_actor_fn each, void *to,
                 struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_ACTOR_LIST, &rows, KOR_NO_ARGS, err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_actor actor = {.id = kor_rows_int(&rows, 0)};
        size_t size;
        const void *key = kor_rows_blob(&rows, 1, &size);
        if (key && size == sizeof actor.public_key) {
            memcpy(actor.public_key, key, size);
        }
        kor_rows_copy(&rows, 2, actor.name, sizeof actor.name);
        kor_rows_copy(&rows, 3, actor.role, sizeof actor.role);
        each(to, &actor);
    }
    return code;
}

enum kor_code
kor_store_actor_find(struct kor_store *store, const char *name,
                     struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_ACTOR_BY_NAME, &rows,
                                       KOR_ARGS(kor_txt(name)), err);
    if (code != KOR_OK) {
        return code;
    }
    bool is_there = kor_rows_next(&rows, &code, err);
    kor_rows_done(&rows);
    return code == KOR_OK && !is_there ? KOR_NOT_FOUND : code;
}
