/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of erased clients and revoked keys: see service/deletions.h. */

#include "service/deletions.h"

#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/file.h"
#include "service/deletions_line.h"
#include "store/store.h"

#define HEAD "kor-deletions 2\n"     /* As it is written, and */
#define OLD_HEAD "kor-deletions 1\n" /* without keys. */

static void
put_deletion(void *to, const struct kor_deletion *deletion)
{
    const struct kor_deletions_line line = {.deletion = *deletion};
    kor_deletions_line_write(&line, to);
}

static void
put_revocation(void *to, const struct kor_revocation *revocation)
{
    const struct kor_deletions_line line
        = {.is_key = true, .revocation = *revocation};
    kor_deletions_line_write(&line, to);
}

enum kor_code
kor_deletions_write(struct kor_store *store, const char *path,
                    struct kor_err *err)
{
    struct kor_buf text = {0};
    if (!*path) {
        return KOR_OK;
    }
    kor_buf_puts(&text, HEAD);
    enum kor_code code = kor_store_deletions(store, put_deletion, &text, err);
    if (code == KOR_OK) {
        code = kor_store_revocations(store, put_revocation, &text, err);
    }
    if (code == KOR_OK) {
        code = kor_file_write(path, text.text, text.size, 0600, err);
    }
    kor_buf_done(&text);
    return code;
}

/* Who is in the list and not in the file came after the backup, or was erased
 * in it already; the list that is written next must still name them. */
static enum kor_code
note_absent(struct kor_store *store, const char *code, int64_t at_ms,
            struct kor_err *err)
{
    bool is_noted = false;
    enum kor_code result = kor_store_is_deleted(store, code, &is_noted, err);
    return result == KOR_OK && !is_noted
               ? kor_store_deletion_add(store, code,
                                        "erased before; not in the backup",
                                        at_ms, 0, err)
               : result;
}

static enum kor_code
erase_again(struct kor_store *store, const struct kor_deletion *deletion,
            size_t *n, struct kor_err *err)
{
    struct kor_person person = {0};
    memcpy(person.code, deletion->code, sizeof person.code);
    enum kor_code code = kor_store_person_find(store, &person, err);
    if (code == KOR_NOT_FOUND) {
        return note_absent(store, person.code, deletion->at_ms, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    ++*n;
    return kor_store_erase(store, &person,
                           "erased before; came back with a backup",
                           deletion->at_ms, 0, err);
}

static enum kor_code
revoke_again(struct kor_store *store, const struct kor_revocation *revocation,
             size_t *n, struct kor_err *err)
{
    bool is_anew = false;
    enum kor_code code = kor_store_key_revoke_again(
        store, revocation, "revoked before; came back with a backup",
        &is_anew, err);
    *n += is_anew;
    return code;
}

static enum kor_code
replay(struct kor_store *store, const char *at, struct kor_replayed *done,
       struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (int number = 2; *at && code == KOR_OK; number++) {
        struct kor_deletions_line line;
        if (!kor_deletions_line_read(&at, &line)) {
            return kor_fail(err, KOR_BAD_VALUE, "deletions",
                            "line %d of the list of erased clients and "
                            "revoked keys is none: use the list as kord "
                            "wrote it", number);
        }
        code = line.is_key ? revoke_again(store, &line.revocation,
                                          &done->n_keys, err)
                           : erase_again(store, &line.deletion,
                                         &done->n_people, err);
    }
    return code;
}

/* Reads the head at '*at', which is moved behind it. */
static bool
read_head(const struct kor_buf *text, const char **at,
          struct kor_replayed *done)
{
    *at = kor_buf_text(text);
    done->has_keys = !strncmp(*at, HEAD, strlen(HEAD));
    bool is_one = done->has_keys || !strncmp(*at, OLD_HEAD, strlen(OLD_HEAD));
    *at += is_one ? strlen(HEAD) : 0;
    return is_one && strlen(kor_buf_text(text)) == text->size;
}

enum kor_code
kor_deletions_replay(struct kor_store *store, const char *path,
                     struct kor_replayed *done, struct kor_err *err)
{
    struct kor_buf text = {0};
    const char *at = "";
    *done = (struct kor_replayed){0};
    enum kor_code code
        = kor_file_read(path, KOR_DELETIONS_MAX_SIZE, &text, err);
    if (code == KOR_OK && !read_head(&text, &at, done)) {
        code = kor_fail(err, KOR_BAD_VALUE, "deletions",
                        "%s is no list of erased clients and revoked keys",
                        path);
    }
    if (code == KOR_OK) {
        code = kor_store_begin(store, err);
    }
    if (code == KOR_OK) {
        code = replay(store, at, done, err);
        if (code == KOR_OK) {
            code = kor_store_commit(store, err);
        }
        if (code != KOR_OK) {
            kor_store_rollback(store);
        }
    }
    kor_buf_done(&text);
    return code;
}
