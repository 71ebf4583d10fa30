/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What follows a commit, before its answers leave: see
 * service_provider.h. */

#include <sodium.h>

#include "kor/base/log.h"
#include "service/deletions.h"
#include "service/service_provider.h"

#define DAY_MS (24 * 3600 * (int64_t)1000)

static void
tell_feed(struct kor_service *service, struct kor_call *calls[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        service->is_trimmed &= calls[i]->request.verb != KOR_VERB_LOG_CUT;
        if (calls[i]->code == KOR_OK && calls[i]->has_event) {
            for (size_t k = 0; k < calls[i]->n_others; k++) {
                (void)kor_feed_add(service->feed, &calls[i]->others[k]);
            }
            calls[i]->event.message.seq
                = kor_feed_add(service->feed, &calls[i]->event);
        }
    }
}

/* Broken glass is told to whoever reads the journal, without saying whose: the
 * access log says that to those who may know. */
static void
tell_glass(struct kor_call *calls[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (calls[i]->request.verb == KOR_VERB_GLASS_BREAK
            && calls[i]->code == KOR_OK && !calls[i]->is_repeat) {
            kor_log(KOR_LOG_WARNING,
                    "the glass was broken: see row %lld of the access log",
                    (long long)calls[i]->look.seq);
        }
    }
}

/* Once a day the end of the access log goes to the journal, from where it is
 * carried off: who changes older rows later cannot change that. */
static void
tell_anchor(struct kor_service *service)
{
    const struct kor_log_tail *tail = &service->tail;
    char hash[2 * KOR_LOG_HASH_SIZE + 1];
    if (tail->seq && tail->at_ms / DAY_MS != service->anchor_day) {
        service->anchor_day = tail->at_ms / DAY_MS;
        kor_log(KOR_LOG_NOTICE, "access log: anchor %lld:%s",
                (long long)tail->seq,
                sodium_bin2hex(hash, sizeof hash, tail->hash,
                               sizeof tail->hash));
    }
}

void
kor_service_list_deletions(struct kor_service *service)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    const char *path = service->desk.clinic->deletions_path;
    if (kor_deletions_write(service->desk.store, path, &err) == KOR_OK) {
        service->has_to_list = false;
    } else {
        kor_log(KOR_LOG_ERROR, "list of erased clients and revoked keys: %s",
                err.text);
    }
}

/* Before anybody hears that somebody was erased, or a key revoked, the list
 * says so. */
static void
keep_list(struct kor_service *service, struct kor_call *calls[], size_t n)
{
    bool has_erased = false, has_revoked = false;
    for (size_t i = 0; i < n; i++) {
        enum kor_verb verb = calls[i]->request.verb;
        bool is_done = calls[i]->code == KOR_OK && !calls[i]->is_repeat;
        has_erased |= is_done && verb == KOR_VERB_ERASE;
        has_revoked |= is_done && (verb == KOR_VERB_KEY_REVOKE
                                   || verb == KOR_VERB_ACCOUNT_LEAVE);
    }
    service->has_to_empty_wal |= has_erased;
    if (has_erased || has_revoked) {
        service->has_to_list = true;
        kor_service_list_deletions(service);
    }
}

enum kor_code
kor_service_admit_anew(struct kor_service *service, struct kor_call *calls[],
                       size_t n)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    bool has_changed = false;
    for (size_t i = 0; i < n; i++) {
        has_changed |= calls[i]->changes_access;
    }
    enum kor_code code
        = has_changed ? kor_service_reload(service, &err) : KOR_OK;
    if (code != KOR_OK) {
        kor_log(KOR_LOG_ERROR, "cannot see who is admitted: %s", err.text);
        code = code == KOR_CORRUPT ? code : KOR_UNCERTAIN;
    }
    return code;
}

void
kor_service_tell(struct kor_service *service, struct kor_call *calls[],
                 size_t n)
{
    tell_anchor(service);
    keep_list(service, calls, n);
    tell_glass(calls, n);
    tell_feed(service, calls, n);
}
