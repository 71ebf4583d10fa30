/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes, many in one commit: see service/service.h. */

#include "service/service.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "kor/base/log.h"
#include "kor/base/utf8.h"
#include "kor/define/catalogue.h"
#include "service/deletions.h"
#include "service/handlers.h"
#include "service/reserve.h"
#include "service/study.h"
#include "store/request.h"
#include "store/unit.h"

/* Folding the WAL into the file makes whoever comes next wait some
 * milliseconds: one in five hundred pairs of scales waits with this. */
#define CHECKPOINT_PAGES 4000
#define REPLY_DAYS 30
#define EXPIRE_MS 60000  /* Old replies are looked for so often, */
#define EXPIRE_MOST 500  /* and so many are let go at once. */
#define TRIM_MOST 500    /* So many rows of the access log. */
#define NOTE_MS 1000     /* Damage to the WAL is seen but for so much of it. */
#define TIDY_MS 1000     /* Tidying that failed is done again so much later. */
#define DAY_MS (24 * 3600 * (int64_t)1000)

struct kor_service {
    struct kor_desk desk;
    struct kor_keyring *keyring;
    struct kor_log_tail tail;      /* End of the access log. */
    int64_t anchor_day;            /* UTC day of the last anchor told. */
    bool is_trimmed;               /* No row of it waits to be let go. */
    bool has_to_list;              /* Who was erased, beside the database. */
    bool has_to_empty_wal;         /* Which still holds who was erased. */
    struct kor_timelines *timelines;
    struct kor_feed *feed;
    struct kor_study_secret study;
    uint8_t newest[KOR_UUID_SIZE]; /* No stored request has a greater id. */
    int64_t expire_ms; /* When old replies are next looked for, */
    int64_t note_ms;   /* how far the WAL is on the disk is noted, */
    int64_t tidy_ms;   /* and what failed is tried again (monotonic). */
    struct kor_reserve reserve;
};

static const kor_handler writers[KOR_N_VERBS] = {
    [KOR_VERB_OPEN] = kor_handle_open,
    [KOR_VERB_CLOSE] = kor_handle_close,
    [KOR_VERB_REOPEN] = kor_handle_reopen,
    [KOR_VERB_HANDOVER] = kor_handle_handover,
    [KOR_VERB_HANDOVER_ALL] = kor_handle_handover_all,
    [KOR_VERB_COVER] = kor_handle_cover,
    [KOR_VERB_SUPERVISE] = kor_handle_supervise,
    [KOR_VERB_GLASS_BREAK] = kor_handle_glass_break,
    [KOR_VERB_RECORD] = kor_handle_record,
    [KOR_VERB_CORRECT] = kor_handle_correct,
    [KOR_VERB_IMPORT_BEGIN] = kor_handle_import_begin,
    [KOR_VERB_IMPORT_ROWS] = kor_handle_import_rows,
    [KOR_VERB_IMPORT_FINISH] = kor_handle_import_finish,
    [KOR_VERB_INSTRUMENT_ADD] = kor_handle_instrument_add,
    [KOR_VERB_COURSE_FIT] = kor_handle_course_store,
    [KOR_VERB_COURSE_ADD] = kor_handle_course_add,
    [KOR_VERB_COURSE_USE] = kor_handle_course_use,
    [KOR_VERB_LOG_REVIEW] = kor_handle_log_review,
    [KOR_VERB_LOG_REVIEWED] = kor_handle_log_reviewed,
    [KOR_VERB_LOG_CUT] = kor_handle_log_cut,
    [KOR_VERB_ERASE] = kor_handle_erase,
    [KOR_VERB_LABEL_SET] = kor_handle_label_set,
    [KOR_VERB_LABEL_BEGIN] = kor_handle_label_begin,
    [KOR_VERB_LABEL_SHARE] = kor_handle_label_share,
    [KOR_VERB_CONTACT_SET] = kor_handle_contact_set,
    [KOR_VERB_UNIT_ADD] = kor_handle_unit_add,
    [KOR_VERB_ACCOUNT_ADD] = kor_handle_account_add,
    [KOR_VERB_ACCOUNT_SET] = kor_handle_account_set,
    [KOR_VERB_ACCOUNT_LEAVE] = kor_handle_account_leave,
    [KOR_VERB_KEY_REVOKE] = kor_handle_key_revoke,
    [KOR_VERB_KEY_ENROL] = kor_handle_key_enrol,
    [KOR_VERB_ENROL] = kor_handle_enrol,
};

enum kor_route
kor_service_route(enum kor_verb verb)
{
    return verb == KOR_VERB_COURSE_FIT ? KOR_ROUTE_FIT
           : writers[verb]             ? KOR_ROUTE_OWNER
                                       : KOR_ROUTE_WORKER;
}

void
kor_call_done(struct kor_call *call)
{
    kor_request_done(&call->request);
    kor_buf_done(&call->certificate);
    kor_buf_done(&call->reply);
    kor_look_done(&call->look);
}

void
kor_call_frame(const struct kor_call *call, struct kor_buf *out)
{
    if (call->code == KOR_OK) {
        kor_reply_encode(call->request.id, kor_buf_text(&call->reply), out);
    } else {
        struct kor_err err = call->err;
        err.code = call->code;
        kor_refusal_encode(call->request.id, &err, out);
    }
}

/* The unit of the configuration is always there. */
static enum kor_code
add_unit(struct kor_service *service, int64_t now_ms, struct kor_err *err)
{
    struct kor_store *store = service->desk.store;
    struct kor_unit unit = {0};
    kor_utf8_copy(unit.name, sizeof unit.name, service->desk.clinic->unit);
    enum kor_code code = kor_store_unit_find(store, &unit, err);
    return code == KOR_NOT_FOUND
               ? kor_store_unit_add(store, &unit, "/", now_ms, err)
               : code;
}

/* Adds the scales that come with kor and are not there yet. */
static enum kor_code
add_catalogue(struct kor_service *service, int64_t now_ms,
              struct kor_err *err)
{
    struct kor_store *store = service->desk.store;
    enum kor_code code = kor_store_begin(store, err);
    for (const struct kor_embedded *row = kor_catalogue;
         row->name && code == KOR_OK; row++) {
        struct kor_instrument *def = kor_alloc(sizeof *def);
        int64_t id;
        code = kor_instrument_parse(row->text, strlen(row->text), def, err);
        if (code == KOR_OK) {
            code = kor_store_instrument_add(store, def->key, def->version,
                                            row->text, now_ms, &id, err);
            kor_instrument_done(def);
        }
        free(def);
        code = code == KOR_DUPLICATE ? KOR_OK : code;
    }
    if (code == KOR_OK) {
        code = add_unit(service, now_ms, err);
    }
    if (code == KOR_OK) {
        code = kor_store_commit(store, err);
    }
    if (code != KOR_OK) {
        kor_store_rollback(store);
    }
    return code;
}

enum kor_code
kor_service_new(const struct kor_clinic *clinic, bool may_create,
                struct kor_service **servicep, struct kor_err *err)
{
    *servicep = NULL;
    struct kor_store *store;
    enum kor_code code = kor_store_open(clinic->store_path, clinic->vfs,
                                        may_create, &store, err);
    if (code != KOR_OK) {
        return code;
    }
    int64_t now_ms = clinic->clock->now_ms(clinic->clock);
    struct kor_service *service = kor_alloc(sizeof *service);
    service->timelines = kor_timelines_new();
    service->feed = kor_feed_new(now_ms);
    service->keyring = kor_keyring_new();
    service->study.begun_ms = now_ms;
    clinic->random->fill(clinic->random, service->study.key,
                         sizeof service->study.key);
    service->has_to_list = true;
    kor_reserve_begin(&service->reserve, clinic->disk, clinic->reserve_path,
                      clinic->reserve_bytes,
                      clinic->clock->mono_ms(clinic->clock));
    code = kor_desk_open(&service->desk, clinic, store, err);
    if (code == KOR_OK) {
        code = add_catalogue(service, now_ms, err);
    }
    if (code == KOR_OK) {
        code = kor_store_request_newest(store, service->newest, err);
    }
    if (code == KOR_OK) {
        code = kor_store_log_tail(store, &service->tail, err);
    }
    if (code == KOR_OK) {
        code = kor_service_reload(service, err);
    }
    if (code != KOR_OK) {
        kor_service_free(service);
        return code;
    }
    *servicep = service;
    return KOR_OK;
}

void
kor_service_free(struct kor_service *service)
{
    if (service) {
        kor_timelines_free(service->timelines);
        kor_feed_free(service->feed);
        kor_keyring_free(service->keyring);
        kor_desk_close(&service->desk);
        sodium_memzero(&service->study, sizeof service->study);
        free(service);
    }
}

struct kor_store *
kor_service_store(struct kor_service *service)
{
    return service->desk.store;
}

struct kor_keyring *
kor_service_keyring(struct kor_service *service)
{
    return service->keyring;
}

const struct kor_study_secret *
kor_service_study(const struct kor_service *service)
{
    return &service->study;
}

enum kor_code
kor_service_reload(struct kor_service *service, struct kor_err *err)
{
    return kor_keyring_load(service->keyring, service->desk.store, err);
}

enum kor_reserve_state
kor_service_reserve(const struct kor_service *service)
{
    return kor_reserve_state(&service->reserve);
}

struct kor_feed *
kor_service_feed(struct kor_service *service)
{
    return service->feed;
}

/* What makes two requests the same: the verb and the body, as our own encoder
 * writes them, whatever the client's spacing. */
static void
hash_request(const struct kor_request *request,
             uint8_t hash[KOR_REQUEST_HASH_SIZE])
{
    struct kor_buf body = {0};
    kor_buf_puts(&body, kor_verb_info(request->verb)->wire);
    kor_message_encode(kor_verb_info(request->verb)->request, request->body,
                       &body);
    crypto_generichash(hash, KOR_REQUEST_HASH_SIZE,
                       (const unsigned char *)body.text, body.size, NULL, 0);
    kor_buf_done(&body);
}

/* Looks whether the request was answered before; then call->is_repeat is set
 * and the call has its answer. */
static enum kor_code
answer_again(struct kor_service *service, struct kor_call *call,
             const struct kor_stored_request *stored)
{
    uint8_t hash[KOR_REQUEST_HASH_SIZE];
    if (memcmp(stored->uuid, service->newest, KOR_UUID_SIZE) > 0) {
        return KOR_OK;
    }
    enum kor_code code
        = kor_store_request_find(service->desk.store, stored,
                                 &call->is_repeat, hash, &call->reply,
                                 &call->err);
    if (code != KOR_OK || !call->is_repeat) {
        return code;
    }
    if (memcmp(hash, stored->hash, sizeof hash)) {
        return kor_fail(&call->err, KOR_CONFLICT, "id",
                        "this request id was used before for something "
                        "else: make a new one");
    }
    if (call->reply.size == 0 && call->request.verb == KOR_VERB_KEY_ENROL) {
        return kor_fail(&call->err, KOR_DUPLICATE, "id",
                        "a code is told once and then forgotten: ask for "
                        "another one");
    }
    if (call->reply.size == 0) {
        return kor_fail(&call->err, KOR_DUPLICATE, "id",
                        "this request was stored more than %d days ago; its "
                        "answer is no longer kept", REPLY_DAYS);
    }
    return KOR_OK;
}

/* Stores the request with its reply.  Of a guest it is the first request of the
 * key that is enrolled now, so that it can be asked again. */
static enum kor_code
store_request(struct kor_service *service, struct kor_call *call,
              const struct kor_stored_request *request, int64_t now_ms)
{
    struct kor_stored_request stored = *request;
    if (call->caller.is_guest) {
        stored.actor_id = call->enrolled_id;
    }
    if (memcmp(stored.uuid, service->newest, KOR_UUID_SIZE) > 0) {
        memcpy(service->newest, stored.uuid, KOR_UUID_SIZE);
    }
    return kor_store_request_add(
        service->desk.store, &stored, now_ms,
        call->is_secret ? "" : kor_buf_text(&call->reply), &call->err);
}

/* Runs the handler of a request that is new, and stores its reply. */
static enum kor_code
answer_first(struct kor_service *service, struct kor_call *call,
             const struct kor_stored_request *stored, int64_t now_ms)
{
    const struct kor_verb_info *info = kor_verb_info(call->request.verb);
    struct kor_context context = {.desk = &service->desk,
                                  .call = call,
                                  .timelines = service->timelines,
                                  .feed = service->feed,
                                  .now_ms = now_ms,
                                  .lang = call->request.lang,
                                  .err = &call->err};
    void *reply = kor_alloc(info->reply->size);
    kor_message_init(info->reply, reply);
    enum kor_code code = writers[call->request.verb](
        &context, call->request.body, reply);
    if (code == KOR_OK) {
        kor_message_encode(info->reply, reply, &call->reply);
        code = store_request(service, call, stored, now_ms);
    }
    kor_message_done(info->reply, reply);
    free(reply);
    return code;
}

static enum kor_code
answer(struct kor_service *service, struct kor_call *call, int64_t now_ms)
{
    struct kor_stored_request stored
        = {.uuid = call->request.uuid, .actor_id = call->caller.actor_id};
    call->has_event = call->is_repeat = call->changes_access = false;
    call->keeps_traces = call->is_secret = false;
    call->enrolled_id = 0;
    kor_buf_clear(&call->reply);
    kor_err_init(&call->err, call->request.lang);
    enum kor_code code = kor_call_admit(call, service->keyring, now_ms);
    if (code == KOR_OK) {
        hash_request(&call->request, stored.hash);
        code = answer_again(service, call, &stored);
    }
    if (code == KOR_OK && !call->is_repeat) {
        code = kor_reserve_state(&service->reserve) == KOR_RESERVE_NORMAL
                   ? answer_first(service, call, &stored, now_ms)
                   : kor_fail(&call->err, KOR_NOT_STORED, NULL,
                              "the disk is nearly full: nothing new is "
                              "stored. Ask again when there is room");
    }
    call->code = code;
    return code;
}

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

/* Answers one call of a batch.  Anything but KOR_OK means that the batch has to
 * be taken back. */
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
        = call->is_answered ? call->code : answer(service, call, now_ms);
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
    if (!try_batch(service, &call, 1, &err)) {
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

/* What the end of a batch means for the process. */
static enum kor_code
fate_of(enum kor_code code)
{
    return code == KOR_UNCERTAIN || code == KOR_CORRUPT ? KOR_UNCERTAIN
                                                        : KOR_OK;
}

static void
tell_feed(struct kor_service *service, struct kor_call *calls[], size_t n)
{
    for (size_t i = 0; i < n; i++) {
        service->is_trimmed &= calls[i]->request.verb != KOR_VERB_LOG_CUT;
        if (calls[i]->code == KOR_OK && calls[i]->has_event) {
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

/* Puts the list of who was erased beside the database.  If it cannot, it tries
 * again. */
static void
list_deletions(struct kor_service *service)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    const char *path = service->desk.clinic->deletions_path;
    if (kor_deletions_write(service->desk.store, path, &err) == KOR_OK) {
        service->has_to_list = false;
    } else {
        kor_log(KOR_LOG_ERROR, "list of erased clients: %s", err.text);
    }
}

/* Before anybody hears that somebody was erased, the list says so. */
static void
finish_erasing(struct kor_service *service, struct kor_call *calls[],
               size_t n)
{
    bool has_erased = false;
    for (size_t i = 0; i < n; i++) {
        has_erased |= calls[i]->code == KOR_OK && !calls[i]->is_repeat
                   && calls[i]->request.verb == KOR_VERB_ERASE;
    }
    if (has_erased) {
        service->has_to_list = service->has_to_empty_wal = true;
        list_deletions(service);
    }
}

/* Before anybody hears that a key was withdrawn, it is; if that cannot be seen
 * to, the process has to end. */
static enum kor_code
admit_anew(struct kor_service *service, struct kor_call *calls[], size_t n)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    bool has_changed = false;
    for (size_t i = 0; i < n; i++) {
        has_changed |= calls[i]->changes_access;
    }
    if (has_changed && kor_service_reload(service, &err) != KOR_OK) {
        kor_log(KOR_LOG_ERROR, "cannot see who is admitted: %s", err.text);
        return KOR_UNCERTAIN;
    }
    return KOR_OK;
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
        fate = admit_anew(service, calls, n);
    }
    tell_anchor(service);
    finish_erasing(service, calls, n);
    tell_glass(calls, n);
    tell_feed(service, calls, n);
    if (kor_desk_refresh(&service->desk, &err) != KOR_OK) {
        kor_log(KOR_LOG_ERROR, "cannot see whether definitions changed");
    }
    return fate_of(fate);
}

/* Rows of the access log that were cut go a few at a time. */
static enum kor_code
trim_log(struct kor_service *service, struct kor_err *err)
{
    int n = 0;
    if (service->is_trimmed) {
        return KOR_OK;
    }
    enum kor_code code
        = kor_store_log_trim(service->desk.store, TRIM_MOST, &n, err);
    service->is_trimmed = code == KOR_OK && n < TRIM_MOST;
    return code;
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

/* A few at a time, so that nobody waits for it. */
static enum kor_code
expire_replies(struct kor_service *service, struct kor_err *err)
{
    const struct kor_clock *clock = service->desk.clinic->clock;
    int64_t mono_ms = clock->mono_ms(clock);
    int n = 0;
    if (mono_ms < service->expire_ms) {
        return KOR_OK;
    }
    enum kor_code code = kor_store_request_expire(
        service->desk.store, clock->now_ms(clock) - REPLY_DAYS * DAY_MS,
        EXPIRE_MOST, &n, err);
    service->expire_ms = mono_ms + (n < EXPIRE_MOST ? EXPIRE_MS : 0);
    return code;
}

/* What was erased also leaves the write-ahead log, as soon as no reader looks
 * at it any more. */
static enum kor_code
clear_traces(struct kor_service *service, struct kor_err *err)
{
    bool is_done = false;
    if (service->has_to_list) {
        list_deletions(service);
    }
    if (!service->has_to_empty_wal) {
        return KOR_OK;
    }
    enum kor_code code
        = kor_store_empty_wal(service->desk.store, &is_done, err);
    service->has_to_empty_wal = !is_done;
    return code;
}

/* From time to time what was acknowledged is noted beside the WAL. */
static enum kor_code
note(struct kor_service *service, struct kor_err *err)
{
    const struct kor_clock *clock = service->desk.clinic->clock;
    int64_t mono_ms = clock->mono_ms(clock);
    if (mono_ms < service->note_ms) {
        return KOR_OK;
    }
    service->note_ms = mono_ms + NOTE_MS;
    return kor_store_note(service->desk.store, err);
}

/* What can wait; nothing is added while the disk is full. */
static enum kor_code
tidy(struct kor_service *service, struct kor_err *err)
{
    bool has_room
        = kor_reserve_state(&service->reserve) == KOR_RESERVE_NORMAL;
    enum kor_code code = note(service, err);
    if (code == KOR_OK) {
        code = kor_store_checkpoint(service->desk.store, CHECKPOINT_PAGES,
                                    err);
    }
    if (code == KOR_OK && has_room) {
        code = expire_replies(service, err);
    }
    if (code == KOR_OK && has_room) {
        code = trim_log(service, err);
    }
    return code == KOR_OK ? clear_traces(service, err) : code;
}

enum kor_code
kor_service_idle(struct kor_service *service)
{
    const struct kor_clock *clock = service->desk.clinic->clock;
    int64_t mono_ms = clock->mono_ms(clock);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kor_reserve_look(&service->reserve, mono_ms);
    if (mono_ms < service->tidy_ms) {
        return KOR_OK;
    }
    enum kor_code code = tidy(service, &err);
    if (code != KOR_OK) {
        kor_log(KOR_LOG_WARNING, "tidying up: %s", err.text);
        service->tidy_ms = mono_ms + TIDY_MS;
    }
    return fate_of(code);
}
