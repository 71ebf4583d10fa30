/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One request of a batch, for the first time or again: see
 * service_provider.h. */

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/alloc.h"
#include "service/service_provider.h"
#include "store/request.h"

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
                        "answer is no longer kept", KOR_REPLY_DAYS);
    }
    return KOR_OK;
}

/* Stores the request with its reply.  Of a guest it is the first request of
 * the key that is enrolled now, so that it can be asked again. */
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
    enum kor_code code = kor_service_writer(call->request.verb)(
        &context, call->request.body, reply);
    if (code == KOR_OK) {
        kor_message_encode(info->reply, reply, &call->reply);
        code = store_request(service, call, stored, now_ms);
    }
    kor_message_done(info->reply, reply);
    free(reply);
    return code;
}

enum kor_code
kor_service_answer(struct kor_service *service, struct kor_call *call,
                   int64_t now_ms)
{
    struct kor_stored_request stored
        = {.uuid = call->request.uuid, .actor_id = call->caller.actor_id};
    call->has_event = call->is_repeat = call->changes_access = false;
    call->n_others = 0;
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
