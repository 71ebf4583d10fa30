/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The access log: see store/access_log.h. */

#include "store/access_log.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "store/store_provider.h"

#define SUBSTITUTE 0x1a /* For a text that cannot be read. */

/* --- the chain ----------------------------------------------------------- */

void
kor_log_bytes(int64_t value, uint8_t bytes[KOR_LOG_NUMBER_SIZE])
{
    for (size_t i = 0; i < KOR_LOG_NUMBER_SIZE; i++) {
        bytes[i] = (uint8_t)((uint64_t)value >> (8 * i));
    }
}

/* Lengths go in with the bytes, so that no two rows read the same. */
static void
hash_bytes(crypto_generichash_state *state, const void *bytes, size_t size)
{
    uint8_t length[KOR_LOG_NUMBER_SIZE];
    kor_log_bytes((int64_t)size, length);
    crypto_generichash_update(state, length, sizeof length);
    if (size) {
        crypto_generichash_update(state, bytes, size);
    }
}

static void
hash_int(crypto_generichash_state *state, int64_t value)
{
    uint8_t bytes[KOR_LOG_NUMBER_SIZE];
    kor_log_bytes(value, bytes);
    hash_bytes(state, bytes, sizeof bytes);
}

static void
hash_text(crypto_generichash_state *state, const char *text)
{
    hash_bytes(state, text, strlen(text));
}

static void
hash_row(const uint8_t before[KOR_LOG_HASH_SIZE],
         const struct kor_log_row *row, uint8_t hash[KOR_LOG_HASH_SIZE])
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, KOR_LOG_HASH_SIZE);
    hash_bytes(&state, before, KOR_LOG_HASH_SIZE);
    hash_int(&state, row->seq);
    hash_int(&state, row->at_ms);
    hash_int(&state, row->actor_id);
    hash_text(&state, row->name);
    hash_text(&state, row->role);
    hash_text(&state, row->action);
    hash_text(&state, row->unit);
    hash_text(&state, row->code);
    hash_int(&state, row->episode);
    hash_bytes(&state, row->people.text, row->people.size);
    hash_text(&state, row->object);
    hash_text(&state, row->ground);
    hash_text(&state, row->reason);
    hash_text(&state, row->outcome);
    hash_bytes(&state, row->request, sizeof row->request);
    crypto_generichash_final(&state, hash, KOR_LOG_HASH_SIZE);
}

/* --- reading and writing ------------------------------------------------- */

static enum kor_code
read_tail(struct kor_store *store, enum kor_sql sql,
          struct kor_log_tail *tail, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, sql, &rows, KOR_NO_ARGS, err);
    if (code != KOR_OK || !kor_rows_next(&rows, &code, err)) {
        return code;
    }
    tail->seq = kor_rows_int(&rows, 0);
    kor_rows_blob_copy(&rows, 1, tail->hash, sizeof tail->hash);
    tail->at_ms = kor_rows_int(&rows, 2);
    kor_rows_done(&rows);
    return KOR_OK;
}

enum kor_code
kor_store_log_tail(struct kor_store *store, struct kor_log_tail *tail,
                   struct kor_err *err)
{
    memset(tail, 0, sizeof *tail);
    enum kor_code code = read_tail(store, KOR_SQL_LOG_CUT_LAST, tail, err);
    return code == KOR_OK ? read_tail(store, KOR_SQL_LOG_TAIL, tail, err)
                          : code;
}

static struct kor_arg
request_arg(const struct kor_log_row *row)
{
    static const uint8_t none[KOR_UUID_SIZE];
    return memcmp(row->request, none, sizeof none)
               ? kor_blob(row->request, sizeof row->request)
               : kor_blob(NULL, 0);
}

enum kor_code
kor_store_log_add(struct kor_store *store, struct kor_log_tail *tail,
                  struct kor_log_row *row, struct kor_err *err)
{
    row->seq = tail->seq + 1;
    hash_row(tail->hash, row, row->hash);
    enum kor_code code = kor_sql_run(
        store, KOR_SQL_LOG_ADD,
        KOR_ARGS(kor_int(row->seq), kor_int(row->at_ms),
                 kor_int_or_null(row->actor_id, 0), kor_txt(row->name),
                 kor_txt(row->role), kor_txt(row->action), kor_txt(row->unit),
                 kor_txt(row->code), kor_int_or_null(row->episode, 0),
                 kor_blob(row->people.size ? row->people.text : NULL,
                          row->people.size),
                 kor_txt(row->object), kor_txt(row->ground),
                 kor_txt(row->reason), kor_txt(row->outcome),
                 request_arg(row), kor_blob(row->hash, sizeof row->hash)),
        err);
    if (code == KOR_OK) {
        tail->seq = row->seq;
        memcpy(tail->hash, row->hash, sizeof tail->hash);
        tail->at_ms = row->at_ms;
    }
    return code;
}

/* Copies a text as it is.  One that does not fit, or not on one line, was not
 * written here: what stands for it has another hash. */
static void
copy_text(const struct kor_rows *rows, int column, char *to, size_t room)
{
    size_t size;
    kor_rows_copy(rows, column, to, room);
    const void *bytes = kor_rows_blob(rows, column, &size);
    if (bytes && (strlen(to) != size || memcmp(to, bytes, size))) {
        snprintf(to, room, "%c", SUBSTITUTE);
    }
}

/* The number of an episode, which is small; -1 for any other number. */
static int32_t
episode_of(int64_t number)
{
    return number == (int32_t)number ? (int32_t)number : -1;
}

static void
read_row(const struct kor_rows *rows, struct kor_log_row *row)
{
    size_t size;
    row->seq = kor_rows_int(rows, 0);
    row->at_ms = kor_rows_int(rows, 1);
    row->actor_id = kor_rows_int_or(rows, 2, 0);
    copy_text(rows, 3, row->name, sizeof row->name);
    copy_text(rows, 4, row->role, sizeof row->role);
    copy_text(rows, 5, row->action, sizeof row->action);
    copy_text(rows, 6, row->unit, sizeof row->unit);
    copy_text(rows, 7, row->code, sizeof row->code);
    row->episode = episode_of(kor_rows_int_or(rows, 8, 0));
    const void *people = kor_rows_blob(rows, 9, &size);
    kor_buf_clear(&row->people);
    if (people) {
        kor_buf_add(&row->people, people, size);
    }
    copy_text(rows, 10, row->object, sizeof row->object);
    copy_text(rows, 11, row->ground, sizeof row->ground);
    copy_text(rows, 12, row->reason, sizeof row->reason);
    copy_text(rows, 13, row->outcome, sizeof row->outcome);
    kor_rows_blob_copy(rows, 14, row->request, sizeof row->request);
    kor_rows_blob_copy(rows, 15, row->hash, sizeof row->hash);
}

/* Calls 'each' for all rows of a query that was begun. */
static enum kor_code
each_row(struct kor_rows *rows, kor_log_fn each, void *to,
         struct kor_err *err)
{
    struct kor_log_row row = {0};
    enum kor_code code = KOR_OK;
    while (code == KOR_OK && kor_rows_next(rows, &code, err)) {
        read_row(rows, &row);
        code = each(to, &row, err);
    }
    kor_rows_done(rows);
    kor_buf_done(&row.people);
    return code;
}

enum kor_code
kor_store_log_rows(struct kor_store *store, int64_t seq, kor_log_fn each,
                   void *to, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_LOG_ROWS, &rows,
                                       KOR_ARGS(kor_int(seq)), err);
    return code == KOR_OK ? each_row(&rows, each, to, err) : code;
}

enum kor_code
kor_store_log_row(struct kor_store *store, int64_t seq,
                  struct kor_log_row *row, struct kor_err *err)
{
    struct kor_rows rows;
    enum kor_code code = kor_sql_query(store, KOR_SQL_LOG_ROW, &rows,
                                       KOR_ARGS(kor_int(seq)), err);
    if (code != KOR_OK) {
        return code;
    }
    if (!kor_rows_next(&rows, &code, err)) {
        return code == KOR_OK ? KOR_NOT_FOUND : code;
    }
    read_row(&rows, row);
    kor_rows_done(&rows);
    return KOR_OK;
}

enum kor_code
kor_store_log_seq_at(struct kor_store *store, int64_t at_ms, int64_t *seq,
                     struct kor_err *err)
{
    struct kor_log_tail cut = {0}, tail;
    struct kor_log_row row = {0};
    enum kor_code code = read_tail(store, KOR_SQL_LOG_CUT_LAST, &cut, err);
    if (code == KOR_OK) {
        code = kor_store_log_tail(store, &tail, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    int64_t low = cut.seq + 1, high = tail.seq + 1;
    while (code == KOR_OK && low < high) {
        int64_t middle = low + (high - low) / 2;
        code = kor_store_log_row(store, middle, &row, err);
        if (row.at_ms < at_ms) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    kor_buf_done(&row.people);
    *seq = tail.seq ? low : 0;
    return code;
}

/* Lets through what is truly about the person. */
struct about {
    const char *code;
    uint8_t id[KOR_LOG_NUMBER_SIZE];
    kor_log_fn each;
    void *to;
};

static enum kor_code
if_about(void *to, const struct kor_log_row *row, struct kor_err *err)
{
    const struct about *about = to;
    bool is_about = !strcmp(row->code, about->code);
    const size_t step = sizeof about->id;
    for (size_t at = 0; at + step <= row->people.size && !is_about;
         at += step) {
        is_about = !memcmp(row->people.text + at, about->id, step);
    }
    return is_about ? about->each(about->to, row, err) : KOR_OK;
}

enum kor_code
kor_store_log_of(struct kor_store *store, int64_t seq, const char *code,
                 int64_t person_id, kor_log_fn each, void *to,
                 struct kor_err *err)
{
    struct about about = {.code = code, .each = each, .to = to};
    struct kor_rows rows;
    kor_log_bytes(person_id, about.id);
    enum kor_code result = kor_sql_query(
        store, KOR_SQL_LOG_OF, &rows,
        KOR_ARGS(kor_int(seq), kor_txt(code), kor_blob(about.id, sizeof about.id)), err);
    return result == KOR_OK ? each_row(&rows, if_about, &about, err) : result;
}

enum kor_code
kor_store_log_cut(struct kor_store *store, const struct kor_log_row *last,
                  int64_t at_ms, int64_t actor_id, struct kor_err *err)
{
    return kor_sql_run(store, KOR_SQL_LOG_CUT_ADD,
                       KOR_ARGS(kor_int(last->seq),
                                kor_blob(last->hash, sizeof last->hash),
                                kor_int(last->at_ms), kor_int(at_ms),
                                kor_int(actor_id)),
                       err);
}

enum kor_code
kor_store_log_trim(struct kor_store *store, int n_max, int *n,
                   struct kor_err *err)
{
    enum kor_code code = kor_sql_run(store, KOR_SQL_LOG_TRIM,
                                     KOR_ARGS(kor_int(n_max)), err);
    *n = code == KOR_OK ? sqlite3_changes(store->db) : 0;
    return code;
}

/* --- verifying ----------------------------------------------------------- */

static enum kor_code
follow(void *to, const struct kor_log_row *row, struct kor_err *err)
{
    struct kor_log_finding *found = to;
    uint8_t hash[KOR_LOG_HASH_SIZE];
    (void)err;
    hash_row(found->last.hash, row, hash);
    bool does_follow = row->seq == found->last.seq + 1
                    && !memcmp(hash, row->hash, sizeof hash);
    if (!does_follow && !found->broken_seq) {
        found->broken_seq = row->seq;
    }
    if (!found->first_seq) {
        found->first_seq = row->seq;
    }
    found->last.seq = row->seq;
    found->last.at_ms = row->at_ms;
    memcpy(found->last.hash, row->hash, sizeof row->hash);
    return KOR_OK;
}

enum kor_code
kor_store_log_verify(struct kor_store *store, struct kor_log_finding *found,
                     struct kor_err *err)
{
    memset(found, 0, sizeof *found);
    enum kor_code code
        = read_tail(store, KOR_SQL_LOG_CUT_LAST, &found->last, err);
    return code == KOR_OK ? kor_store_log_rows(store, found->last.seq, follow,
                                               found, err)
                          : code;
}
