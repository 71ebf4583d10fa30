/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question and its answer: see service/service.h. */

#include <stdlib.h>

#include "service/service.h"

void
kor_call_done(struct kor_call *call)
{
    kor_request_done(&call->request);
    kor_buf_done(&call->certificate);
    kor_buf_done(&call->reply);
    kor_look_done(&call->look);
    free(call->others);
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
