/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes, many in one commit: see service/service.h. */

#include "kor/base/log.h"
#include "service/service_provider.h"

/* Back to what is stored; 'tail' is where the access log ended before. */
static void
forget_everything(struct kor_service *service,
                  const struct kor_log_tail *tail)
{
    kor_store_rollback(service->desk.store);
    kor_timelines_clear(service->timelines);
    service->tail = *tail;
}

/* Adds what the access log says of 'call', which is answered. */
static enum kor_code
log_call(struct kor_service *service, struct kor_call *call, int64_t now_ms,
         struct kor_err *err)
{
    if (!kor_look_is_logged(call)) {
        return KOR_OK;
    }
    enum kor_code code = kor_look_store(service->desk.store, &service->tail,
                                        call, now_ms, err);
    call->look.seq = service->tail.seq;
    return code;
}

/* A read that was answered before the key was revoked must not leave after the
 * revocation was told. */
static void
admit_again(struct kor_service *service, struct kor_call *call,
            int64_t now_ms)
{
    struct kor_caller ignored;
    if (call->code == KOR_OK && call->request.body
        && !kor_keyring_by_id(service->keyring, call->caller.actor_id, now_ms,
                              &ignored)) {
        kor_buf_clear(&call->reply);
        call->code = kor_fail(&call->err, KOR_FORBIDDEN, NULL,
                              "this key is not admitted any more");
    }
}

/* Answers one call of a batch.  Anything but KOR_OK means that the batch has
 * to be taken back. */
static enum kor_code
answer_in_batch(struct kor_service *service, struct kor_call *call,
                int64_t now_ms, struct kor_err *err)
{
    struct kor_store *store = service->desk.store;
    int64_t before = kor_store_changes(store);
    if (call->is_answered) {
        admit_again(service, call, now_ms);
    }
    enum kor_code answered
        = call->is_answered ? call->code
                            : kor_service_answer(service, call, now_ms);
    bool has_left_traces = !call->is_answered && answered != KOR_OK
                        && !call->keeps_traces
                        && kor_store_changes(store) != before;
    if (kor_store_has_failed(store) || has_left_traces) {
        *err = call->err;
        return answered == KOR_OK ? KOR_INTERNAL : answered;
    }
    return log_call(service, call, now_ms, err);
}

/* Answers 'n' calls in one transaction.  Returns false if it had to be taken
 * back: '*err' says why, and the calls are as good as unasked. */
static bool
try_batch(struct kor_service *service, struct kor_call *calls[], size_t n,
          struct kor_err *err)
{
    struct kor_store *store = service->desk.store;
    const struct kor_clock *clock = service->desk.clinic->clock;
    int64_t now_ms = clock->now_ms(clock);
    const struct kor_log_tail tail = service->tail;
    enum kor_code code = kor_store_begin(store, err);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        code = answer_in_batch(service, calls[i], now_ms, err);
    }
    if (code == KOR_OK) {
        code = kor_store_commit(store, err);
    }
    if (code != KOR_OK) {
        err->code = code;
        forget_everything(service, &tail);
    }
    return code == KOR_OK;
}

/* A call that was taken back is a refusal, which is logged as well. */
static void
log_refusal(struct kor_service *service, struct kor_call *call)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    call->is_answered = true;
    if (!try_batch(service, &call, 1, &err)
        && !kor_store_was_full(service->desk.store)) {
        kor_log(KOR_LOG_ERROR, "a refusal is not in the access log: %s",
                err.text);
    }
}

/* Gives every call the same refusal. */
static void
refuse_all(struct kor_call *calls[], size_t n, const struct kor_err *err)
{
    for (size_t i = 0; i < n; i++) {
        kor_buf_clear(&calls[i]->reply);
        calls[i]->has_event = calls[i]->changes_access = false;
        calls[i]->n_others = 0;
        calls[i]->code = err->code;
        calls[i]->err = *err;
    }
}

/* True if doing the calls of a batch one by one may save some of them. */
static bool
is_worth_replaying(enum kor_code code)
{
    return code != KOR_NOT_STORED && code != KOR_UNCERTAIN
        && code != KOR_CORRUPT;
}

enum kor_code
kor_service_fate(enum kor_code code)
{
    return code == KOR_UNCERTAIN || code == KOR_CORRUPT ? code : KOR_OK;
}

static enum kor_code write_part(struct kor_service *service,
                                struct kor_call *calls[], size_t n);

/* Does the calls one by one.  Once the disk has failed, nothing more is tried:
 * what the calls hold is from the batch that was taken back. */
static enum kor_code
replay(struct kor_service *service, struct kor_call *calls[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        enum kor_code fate = write_part(service, &calls[i], 1);
        if (fate != KOR_OK) {
            refuse_all(&calls[i + 1], n - i - 1, &calls[i]->err);
            return fate;
        }
    }
    return KOR_OK;
}

/* Lets the reserve go if it was room that was missing; true if that may be
 * enough for the access log. */
static bool
has_more_room(struct kor_service *service)
{
    const struct kor_clock *clock = service->desk.clinic->clock;
    return kor_store_was_full(service->desk.store)
        && kor_reserve_ran_out(&service->reserve, clock->mono_ms(clock));
}

/* Stores calls in one commit, or one by one. */
static enum kor_code
write_part(struct kor_service *service, struct kor_call *calls[], size_t n)
{
    struct kor_err err;
    kor_err_init(&err, service->desk.clinic->lang);
    enum kor_code fate = KOR_OK;
    if (!try_batch(service, calls, n, &err)) {
        fate = err.code;
        if (has_more_room(service)) {
            return write_part(service, calls, n);
        }
        if (n > 1 && is_worth_replaying(fate)) {
            return replay(service, calls, n);
        }
        refuse_all(calls, n, &err);
        if (n == 1 && is_worth_replaying(fate)) {
            log_refusal(service, calls[0]);
        }
    } else {
        kor_reserve_wrote(&service->reserve);
    }
    if (fate == KOR_OK) {
        fate = kor_service_admit_anew(service, calls, n);
    }
    kor_service_tell(service, calls, n);
    if (kor_desk_refresh(&service->desk, &err) != KOR_OK) {
        kor_log(KOR_LOG_ERROR, "cannot see whether definitions changed");
    }
    return kor_service_fate(fate);
}

/* Verbs after which others may ask, or may no more. */
static bool
may_change_access(const struct kor_call *call)
{
    switch (call->request.verb) {
    case KOR_VERB_ACCOUNT_ADD:
    case KOR_VERB_ACCOUNT_SET:
    case KOR_VERB_ACCOUNT_LEAVE:
    case KOR_VERB_KEY_REVOKE:
    case KOR_VERB_KEY_ENROL:
    case KOR_VERB_ENROL:
    case KOR_VERB_ERASE:
        return true;
    default:
        return false;
    }
}

/* How many of the calls go into the next commit: those up to one after which
 * it has to be seen afresh who is admitted. */
static size_t
part_of(struct kor_call *calls[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (may_change_access(calls[i])) {
            return i + 1;
        }
    }
    return n;
}

enum kor_code
kor_service_write(struct kor_service *service, struct kor_call *calls[],
                  size_t n)
{
    enum kor_code fate = KOR_OK;
    while (n > 0 && fate == KOR_OK) {
        size_t part = part_of(calls, n);
        fate = write_part(service, calls, part);
        calls += part;
        n -= part;
    }
    if (n > 0) {
        struct kor_err err;
        kor_err_init(&err, service->desk.clinic->lang);
        (void)kor_fail(&err, KOR_NOT_STORED, NULL,
                       "the disk failed before this was tried: nothing of it "
                       "was stored");
        refuse_all(calls, n, &err);
    }
    return fate;
}
