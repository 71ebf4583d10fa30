/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of who was erased: see service/deletions.h. */

#include "service/deletions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/file.h"
#include "store/deletion.h"
#include "store/store.h"

#define HEAD "kor-deletions 1\n"

static void
put_line(void *to, const struct kor_deletion *deletion)
{
    kor_buf_printf(to, "%s %lld\n", deletion->code,
                   (long long)deletion->at_ms);
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
    enum kor_code code = kor_store_deletions(store, put_line, &text, err);
    if (code == KOR_OK) {
        code = kor_file_write(path, text.text, text.size, 0600, err);
    }
    kor_buf_done(&text);
    return code;
}

/* Reads the line at '*at', which is moved behind it. */
static enum kor_code
read_line(const char **at, int number, struct kor_person *person,
          int64_t *at_ms, struct kor_err *err)
{
    char text[64] = "", *end = text;
    size_t size = strcspn(*at, "\n");
    bool is_right = size < sizeof text && (*at)[size] == '\n';
    if (is_right) {
        memcpy(text, *at, size);
        char *space = strchr(text, ' ');
        is_right = space != NULL;
        if (is_right) {
            *space = '\0';
            *at_ms = strtoll(space + 1, &end, 10);
            is_right = end != space + 1 && !*end
                    && kor_client_code_parse(text, person->code, NULL)
                           == KOR_OK;
        }
    }
    *at += size + 1;
    return is_right ? KOR_OK
                    : kor_fail(err, KOR_BAD_VALUE, "deletions",
                               "line %d of the list of erased clients is no "
                               "code with an instant: use the list as kord "
                               "wrote it", number);
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
erase_again(struct kor_store *store, struct kor_person *person, int64_t at_ms,
            size_t *n, struct kor_err *err)
{
    enum kor_code code = kor_store_person_find(store, person, err);
    if (code == KOR_NOT_FOUND) {
        return note_absent(store, person->code, at_ms, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    ++*n;
    return kor_store_erase(store, person,
                           "erased before; came back with a backup", at_ms, 0,
                           err);
}

static enum kor_code
replay(struct kor_store *store, const char *at, size_t *n,
       struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (int number = 2; *at && code == KOR_OK; number++) {
        struct kor_person person = {0};
        int64_t at_ms = 0;
        code = read_line(&at, number, &person, &at_ms, err);
        if (code == KOR_OK) {
            code = erase_again(store, &person, at_ms, n, err);
        }
    }
    return code;
}

enum kor_code
kor_deletions_replay(struct kor_store *store, const char *path, size_t *n,
                     struct kor_err *err)
{
    struct kor_buf text = {0};
    *n = 0;
    enum kor_code code
        = kor_file_read(path, KOR_DELETIONS_MAX_SIZE, &text, err);
    const char *at = kor_buf_text(&text);
    if (code == KOR_OK && strncmp(at, HEAD, strlen(HEAD))) {
        code = kor_fail(err, KOR_BAD_VALUE, "deletions",
                        "%s is no list of erased clients", path);
    }
    if (code == KOR_OK) {
        code = kor_store_begin(store, err);
    }
    if (code == KOR_OK) {
        code = replay(store, at + strlen(HEAD), n, err);
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
