/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the daemon and its files are, for who runs it: no client, no score. */

#include <jansson.h>

#include "kor/base/file.h"
#include "kor/base/utf8.h"
#include "plot/fence.h"
#include "service/handlers.h"
#include "store/state.h"

#define MAX_FILE 65536
#define DAY_MS (24 * 3600 * (int64_t)1000)
#define MAX_BACKUP_MS (2 * DAY_MS) /* One night may fail. */
#define MAX_CHECK_MS (35 * DAY_MS) /* Once a month. */
#define MAX_LOG (INT64_C(256) << 20)
#define MIN_FREE (INT64_C(512) << 20)

/* The member "at_ms" of the JSON file 'path': when something was done.
 * KOR_NO_INT if there is none. */
static int64_t
done_at(const char *path)
{
    struct kor_buf text = {0};
    int64_t at_ms = KOR_NO_INT;
    if (*path && kor_file_read(path, MAX_FILE, &text, NULL) == KOR_OK) {
        json_t *json = json_loadb(kor_buf_text(&text), text.size, 0, NULL);
        const json_t *at = json_object_get(json, "at_ms");
        if (json_is_integer(at) && json_integer_value(at) >= 0) {
            at_ms = json_integer_value(at);
        }
        json_decref(json);
    }
    kor_buf_done(&text);
    return at_ms;
}

static void
warn(struct kor_msg_status *out, bool is_so, const char *word)
{
    if (is_so) {
        kor_utf8_copy(out->warnings[out->n_warnings++], KOR_WORD_SIZE, word);
    }
}

static bool
is_old(const struct kor_msg_status *now, int64_t done_ms, int64_t most_ms)
{
    return done_ms != KOR_NO_INT && now->at_ms - done_ms > most_ms;
}

/* A backup needs room for a copy of the database, and folding the log in needs
 * room as well. */
static void
add_warnings(const struct kor_clinic *clinic, enum kor_reserve_state reserve,
             struct kor_msg_status *out)
{
    int64_t needed = 2 * (out->database + out->log);
    warn(out, out->backup_ms == KOR_NO_INT, "no-backup");
    warn(out, is_old(out, out->backup_ms, MAX_BACKUP_MS), "old-backup");
    warn(out, out->check_ms == KOR_NO_INT, "no-check");
    warn(out, is_old(out, out->check_ms, MAX_CHECK_MS), "old-check");
    warn(out, reserve != KOR_RESERVE_NORMAL, "full-disk");
    warn(out, out->free < (needed > MIN_FREE ? needed : MIN_FREE),
         "little-room");
    warn(out, out->log > MAX_LOG, "large-log");
    warn(out, clinic->runner && !kor_plot_fence_is_there(), "no-fence");
}

enum kor_code
kor_handle_status(struct kor_context *context, const void *request,
                  void *reply)
{
    const struct kor_clinic *clinic = context->desk->clinic;
    struct kor_msg_status *out = reply;
    struct kor_store_state state;
    (void)request;
    enum kor_code code
        = kor_store_state(context->desk->store, &state, context->err);
    if (code != KOR_OK) {
        return code;
    }
    kor_utf8_copy(out->version, sizeof out->version, KOR_VERSION);
    out->schema = state.schema;
    out->at_ms = context->now_ms;
    out->started_ms = clinic->started_ms;
    out->seq = kor_feed_seq(context->feed);
    out->database = state.file_bytes;
    out->log = state.log_bytes;
    out->free = state.free_bytes;
    out->backup_ms = done_at(clinic->backup_path);
    out->check_ms = done_at(clinic->check_path);
    kor_utf8_copy(out->reserve, sizeof out->reserve,
                  kor_reserve_word(context->reserve));
    add_warnings(clinic, context->reserve, out);
    return KOR_OK;
}
