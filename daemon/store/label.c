/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labels and addresses, closed: see store/label.h. */

#include "store/label.h"

#include <string.h>

#include "kor/base/utf8.h"
#include "store/store_provider.h"

/* Reads the blob in 'column' of the only row that 'rows' gives. */
static enum kor_code
one_blob(struct kor_rows *rows, int column, uint8_t *to, size_t room,
         struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    if (!kor_rows_next(rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    kor_rows_blob_copy(rows, column, to, room);
    kor_rows_done(rows);
    return KOR_OK;
}

enum kor_code
kor_store_label_key_add(struct kor_store *store, struct kor_label_key *key,
                        int64_t at_ms, int64_t actor_id, struct kor_err *err)
{
    enum kor_code code
        = kor_sql_run(store, KOR_SQL_LABEL_KEY_ADD,
                      KOR_ARGS(kor_int(key->unit.id),
                               kor_blob(key->proof, sizeof key->proof),
                               kor_int(at_ms), kor_int(actor_id)),
                      err);
    key->id = sqlite3_last_insert_rowid(store->db);
    return code;
}

enum kor_code
kor_store_label_key_find(struct kor_store *store, int64_t id,
                         const char *unit, struct kor_label_key *key,
                         struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = id ? kor_sql_query(store, KOR_SQL_LABEL_KEY_BY_ID, &rows,
                             KOR_ARGS(kor_int(id)), err)
             : kor_sql_query(store, KOR_SQL_LABEL_KEY_NEWEST, &rows,
                             KOR_ARGS(kor_txt(unit)), err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    key->id = kor_rows_int(&rows, 0);
    kor_rows_copy(&rows, 1, key->unit.name, sizeof key->unit.name);
    kor_rows_copy(&rows, 2, key->unit.path, sizeof key->unit.path);
    kor_rows_blob_copy(&rows, 3, key->proof, sizeof key->proof);
    kor_rows_done(&rows);
    return KOR_OK;
}

enum kor_code
kor_store_label_share(struct kor_store *store, int64_t key_id,
                      int64_t actor_id,
                      const uint8_t sealed[KOR_LABEL_SHARE_SIZE],
                      int64_t by_id, int64_t at_ms, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_LABEL_SHARE_PUT,
                       KOR_ARGS(kor_int(key_id), kor_int(actor_id),
                                kor_blob(sealed, KOR_LABEL_SHARE_SIZE),
                                kor_int(by_id), kor_int(at_ms)),
                       err);
}

enum kor_code
kor_store_label_share_find(struct kor_store *store, int64_t key_id,
                           int64_t actor_id,
                           uint8_t sealed[KOR_LABEL_SHARE_SIZE],
                           struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_LABEL_SHARE_FIND, &rows,
                        KOR_ARGS(kor_int(key_id), kor_int(actor_id)), err);
    return code == KOR_OK
               ? one_blob(&rows, 0, sealed, KOR_LABEL_SHARE_SIZE, err)
               : code;
}

enum kor_code
kor_store_label_members(struct kor_store *store, int64_t key_id,
                        const char *unit_path, int64_t now_ms,
                        kor_label_member_fn each, void *to,
                        struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(
        store, KOR_SQL_LABEL_MEMBERS, &rows,
        KOR_ARGS(kor_int(key_id), kor_int(now_ms), kor_txt(unit_path)), err);
    while (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        struct kor_label_member member
            = {.actor_id = kor_rows_int(&rows, 0),
               .has_share = kor_rows_int(&rows, 3)};
        kor_rows_copy(&rows, 1, member.name, sizeof member.name);
        kor_rows_blob_copy(&rows, 2, member.public_key, sizeof member.public_key);
        each(to, &member);
    }
    return code;
}

enum kor_code
kor_store_label_put(struct kor_store *store, int64_t person_id,
                    int64_t key_id, const uint8_t sealed[KOR_LABEL_SIZE],
                    struct kor_err *err)
{
    return sealed ? kor_sql_run(store, KOR_SQL_LABEL_PUT,
                                KOR_ARGS(kor_int(person_id), kor_int(key_id),
                                         kor_blob(sealed, KOR_LABEL_SIZE)),
                                err)
                  : kor_sql_run(store, KOR_SQL_LABEL_DROP,
                                KOR_ARGS(kor_int(person_id)), err);
}

enum kor_code
kor_store_label_find(struct kor_store *store, int64_t person_id,
                     int64_t *key_id, uint8_t sealed[KOR_LABEL_SIZE],
                     struct kor_err *err)
{
    struct kor_rows rows;
    *key_id = 0;
    enum kor_code code = kor_sql_query(store, KOR_SQL_LABEL_FIND, &rows,
                                       KOR_ARGS(kor_int(person_id)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        *key_id = kor_rows_int(&rows, 0);
        kor_rows_blob_copy(&rows, 1, sealed, KOR_LABEL_SIZE);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_contact_put(struct kor_store *store, int64_t person_id,
                      const char *kind, const uint8_t *sealed, size_t size,
                      struct kor_err *err)
{
    return size ? kor_sql_run(store, KOR_SQL_CONTACT_PUT,
                              KOR_ARGS(kor_int(person_id), kor_txt(kind),
                                       kor_blob(sealed, size)),
                              err)
                : kor_sql_run(store, KOR_SQL_CONTACT_DROP,
                              KOR_ARGS(kor_int(person_id), kor_txt(kind)),
                              err);
}

enum kor_code
kor_store_contact_find(struct kor_store *store, int64_t person_id,
                       const char *kind,
                       uint8_t sealed[KOR_CONTACT_MAX_SIZE], size_t *size,
                       struct kor_err *err)
{
    struct kor_rows rows;
    *size = 0;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_CONTACT_FIND, &rows,
                        KOR_ARGS(kor_int(person_id), kor_txt(kind)), err);
    if (code == KOR_OK && kor_rows_next(&rows, &code, err)) {
        const void *bytes = kor_rows_blob(&rows, 0, size);
        *size = *size <= KOR_CONTACT_MAX_SIZE ? *size : 0;
        memcpy(sealed, bytes, *size);
        kor_rows_done(&rows);
    }
    return code;
}

enum kor_code
kor_store_person_has_account(struct kor_store *store, int64_t person_id,
                             bool *has_account, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code
        = kor_sql_query(store, KOR_SQL_PERSON_HAS_ACCOUNT, &rows,
                        KOR_ARGS(kor_int(person_id)), err);
    *has_account = code == KOR_OK && kor_rows_next(&rows, &code, err);
    if (*has_account) {
        kor_rows_done(&rows);
    }
    return code;
}
