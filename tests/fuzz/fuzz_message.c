/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes a daemon answers: no crash, no leak; a refusal arrives with
 * its words, and a body that is taken is written and read back the same.
 *
 * The first line names the message that the body should be, or chooses one;
 * the rest is the frame of a reply. */

#include "fuzz/refusal.h"
#include "kor/base/alloc.h"
#include "kor/wire/envelope.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static const struct kor_message *
choose(const char *name, size_t size)
{
    size_t n = 0, sum = 0;
    for (; kor_messages[n]; n++) {
        if (strlen(kor_messages[n]->name) == size
            && !memcmp(kor_messages[n]->name, name, size)) {
            return kor_messages[n];
        }
    }
    for (size_t i = 0; i < size; i++) {
        sum += (uint8_t)name[i];
    }
    return kor_messages[sum % n];
}

static void
again(const struct kor_message *message, const void *in)
{
    struct kor_buf first = {0}, second = {0};
    void *back = kor_alloc(message->size);
    kor_message_encode(message, in, &first);
    json_t *root = json_loadb(first.text, first.size, JSON_REJECT_DUPLICATES,
                              NULL);
    must(root && kor_message_decode(message, root, back, NULL) == KOR_OK);
    kor_message_encode(message, back, &second);
    must(!strcmp(first.text, second.text));
    kor_message_done(message, back);
    json_decref(root);
    free(back);
    kor_buf_done(&first);
    kor_buf_done(&second);
}

static void
read_body(const struct kor_message *message, const json_t *body)
{
    struct kor_err err;
    void *out = kor_alloc(message->size);
    kor_err_init(&err, KOR_SV);
    enum kor_code code = kor_message_decode(message, body, out, &err);
    if (code == KOR_OK) {
        again(message, out);
        kor_message_done(message, out);
    } else {
        must_name_field(code, &err);
    }
    free(out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct kor_reply reply;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    const char *name = (const char *)bytes;
    const char *end = size ? memchr(name, '\n', size) : NULL;
    if (!end) {
        return 0;
    }
    size_t skip = (size_t)(end - name) + 1;
    enum kor_code code
        = kor_reply_decode(name + skip, size - skip, &reply, &err);
    if (code != KOR_OK) {
        must_be_refusal(code, &err);
        must(!reply.root && !reply.body);
    } else if (reply.code != KOR_OK) {
        must(err.code == reply.code && !reply.body);
        must(kor_utf8_valid(err.text, strlen(err.text)));
        must(kor_utf8_valid(err.field, strlen(err.field)));
    } else {
        read_body(choose(name, skip - 1), reply.body);
    }
    kor_reply_done(&reply);
    return 0;
}
