/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as a request: no crash, no leak, and what is taken is
 * written and read back the same. */

#include "fuzz/refusal.h"
#include "kor/wire/envelope.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What was taken must be taken again, and be written the same. */
static void
again(const struct kor_request *request)
{
    struct kor_buf first = {0}, second = {0};
    struct kor_request back;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kor_request_encode(request->id, request->verb, request->lang,
                       request->body, &first);
    if (first.size <= KOR_MAX_REQUEST_SIZE) {
        must(kor_request_decode(first.text, first.size, KOR_EN, &back, &err)
             == KOR_OK);
        kor_request_encode(back.id, back.verb, back.lang, back.body, &second);
        must(!strcmp(first.text, second.text));
        kor_request_done(&back);
    }
    kor_buf_done(&first);
    kor_buf_done(&second);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct kor_request request;
    struct kor_err err;
    struct kor_buf refusal = {0};
    kor_err_init(&err, KOR_EN);
    enum kor_code code = kor_request_decode((const char *)bytes, size, KOR_NB,
                                            &request, &err);
    if (code == KOR_OK) {
        must(request.body && request.id[0] && request.verb < KOR_N_VERBS);
        again(&request);
    } else {
        must_be_refusal(code, &err);
        must(!request.body);
        struct kor_reply reply;
        kor_refusal_encode(request.id, &err, &refusal);
        must(kor_utf8_valid(refusal.text, refusal.size));
        must(kor_reply_decode(refusal.text, refusal.size, &reply, NULL)
             == KOR_OK);
        must(reply.code == code && !strcmp(reply.id, request.id));
        kor_reply_done(&reply);
    }
    kor_request_done(&request);
    kor_buf_done(&refusal);
    return 0;
}
