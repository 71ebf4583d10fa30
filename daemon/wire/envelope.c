/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is round every message: see kor/wire/envelope.h. */

#include "kor/wire/envelope.h"

#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"

/* Reads the member 'name' of 'root' as a text of at most 'size' - 1 bytes. */
static bool
text_member(const json_t *root, const char *name, char *out, size_t size)
{
    const json_t *value = json_object_get(root, name);
    if (!json_is_string(value) || json_string_length(value) >= size) {
        return false;
    }
    memcpy(out, json_string_value(value), json_string_length(value) + 1);
    return true;
}

static enum kor_code
check_version(const json_t *root, struct kor_err *err)
{
    const json_t *version = json_object_get(root, "kor");
    if (!json_is_integer(version)
        || json_integer_value(version) != KOR_PROTOCOL) {
        return kor_fail(err, KOR_PROTOCOL_ERROR, "kor",
                        "this daemon speaks version %d of the protocol: "
                        "'kor' must be that number", KOR_PROTOCOL);
    }
    return KOR_OK;
}

static enum kor_code
read_lang(const json_t *root, enum kor_lang clinic_lang, enum kor_lang *lang,
          struct kor_err *err)
{
    char text[64];
    if (text_member(root, "lang", text, sizeof text)) {
        *lang = kor_lang_from(text);
    } else if (json_object_get(root, "lang")) {
        return kor_fail(err, KOR_PROTOCOL_ERROR, "lang",
                        "'lang' must be a text: en, nb or sv");
    } else {
        *lang = clinic_lang;
    }
    if (err) {
        err->lang = *lang;
    }
    return KOR_OK;
}

/* Reads id, language, version, token and verb, in this order: what follows
 * needs what goes before, and a refusal needs the id. */
static enum kor_code
read_head(const json_t *root, enum kor_lang clinic_lang,
          struct kor_request *request, struct kor_err *err)
{
    char text[64];
    enum kor_code lang_code = read_lang(root, clinic_lang, &request->lang,
                                        err);
    if (!text_member(root, "id", text, sizeof text)
        || !kor_uuid_parse(text, request->uuid)) {
        return kor_fail(err, KOR_PROTOCOL_ERROR, "id",
                        "'id' must be a UUID of 36 characters");
    }
    memcpy(request->id, text, sizeof request->id);
    if (lang_code != KOR_OK || check_version(root, err) != KOR_OK) {
        return KOR_PROTOCOL_ERROR;
    }
    const json_t *token = json_object_get(root, "token");
    request->has_token = token && !(json_is_string(token)
                                    && json_string_length(token) == 0);
    if (!text_member(root, "verb", text, sizeof text)
        || (request->verb = kor_verb_from(text)) == KOR_N_VERBS) {
        return kor_fail(err, KOR_PROTOCOL_ERROR, "verb",
                        "'verb' is none that this daemon knows");
    }
    return KOR_OK;
}

static enum kor_code
check_members(const json_t *root, struct kor_err *err)
{
    static const char *const known[]
        = {"kor", "id", "verb", "lang", "token", "body"};
    size_t n = 0;
    for (size_t i = 0; i < KOR_LENGTH(known); i++) {
        n += json_object_get(root, known[i]) != NULL;
    }
    if (n != json_object_size(root)) {
        return kor_fail(err, KOR_PROTOCOL_ERROR, NULL,
                        "a request has kor, id, verb, lang, token and body, "
                        "and nothing else");
    }
    return KOR_OK;
}

static enum kor_code
read_body(const json_t *root, struct kor_request *request,
          struct kor_err *err)
{
    const struct kor_message *message = kor_verb_info(request->verb)->request;
    const json_t *body = json_object_get(root, "body");
    request->body = kor_alloc(message->size);
    if (!body && message->n_fields == 0) {
        return KOR_OK;
    }
    enum kor_code code
        = kor_message_decode(message, body, request->body, err);
    if (code != KOR_OK) {
        return code;
    }
    code = kor_message_check_texts(message, request->body, err);
    if (code != KOR_OK) {
        kor_message_done(message, request->body);
    }
    return code;
}

enum kor_code
kor_request_decode(const char *frame, size_t size, enum kor_lang clinic_lang,
                   struct kor_request *request, struct kor_err *err)
{
    memset(request, 0, sizeof *request);
    request->verb = KOR_N_VERBS;
    request->lang = clinic_lang;
    if (size > KOR_MAX_REQUEST_SIZE) {
        return kor_fail(err, KOR_TOO_LARGE, NULL,
                        "a request may be at most %d bytes long",
                        KOR_MAX_REQUEST_SIZE);
    }
    json_error_t where = {0};
    json_t *root = json_loadb(frame, size, JSON_REJECT_DUPLICATES, &where);
    if (!json_is_object(root)) {
        json_decref(root);
        return kor_fail(err, KOR_PROTOCOL_ERROR, NULL,
                        "a request is one JSON object in UTF-8, each key "
                        "once, no number out of range: see byte %d",
                        where.position);
    }
    enum kor_code code = read_head(root, clinic_lang, request, err);
    if (code == KOR_OK) {
        code = check_members(root, err);
    }
    if (code == KOR_OK) {
        code = read_body(root, request, err);
    }
    json_decref(root);
    if (code != KOR_OK) {
        free(request->body);
        request->body = NULL;
    }
    return code;
}

void
kor_request_done(struct kor_request *request)
{
    if (request->body) {
        kor_message_done(kor_verb_info(request->verb)->request,
                         request->body);
        free(request->body);
        request->body = NULL;
    }
}

static void
open_envelope(const char *id, struct kor_buf *out)
{
    kor_buf_printf(out, "{\"kor\":%d,\"id\":", KOR_PROTOCOL);
    kor_json_string(out, id);
}

void
kor_request_encode(const char *id, enum kor_verb verb, enum kor_lang lang,
                   const void *body, struct kor_buf *out)
{
    const struct kor_verb_info *info = kor_verb_info(verb);
    open_envelope(id, out);
    kor_buf_printf(out, ",\"verb\":\"%s\",\"lang\":\"%s\",\"body\":",
                   info->wire, kor_lang_name(lang));
    kor_message_encode(info->request, body, out);
    kor_buf_putc(out, '}');
}

void
kor_reply_encode(const char *id, const char *body, struct kor_buf *out)
{
    open_envelope(id, out);
    kor_buf_puts(out, ",\"code\":\"ok\",\"body\":");
    kor_buf_puts(out, body);
    kor_buf_putc(out, '}');
}

void
kor_refusal_encode(const char *id, const struct kor_err *err,
                   struct kor_buf *out)
{
    open_envelope(id, out);
    kor_buf_printf(out, ",\"code\":\"%s\",\"field\":",
                   kor_code_wire(err->code));
    kor_json_string(out, err->field);
    kor_buf_puts(out, ",\"text\":");
    kor_json_string(out, err->text);
    kor_buf_putc(out, '}');
}

static void
read_refusal(const json_t *root, enum kor_code code, struct kor_err *err)
{
    const char *field = json_string_value(json_object_get(root, "field"));
    const char *text = json_string_value(json_object_get(root, "text"));
    if (err) {
        err->code = code;
        kor_utf8_copy(err->field, sizeof err->field, field ? field : "");
        kor_utf8_copy(err->text, sizeof err->text, text ? text : "");
    }
}

/* Reads id, code and body of the frame in 'reply'. */
static bool
read_reply(struct kor_reply *reply)
{
    char word[32];
    if (check_version(reply->root, NULL) != KOR_OK
        || !text_member(reply->root, "id", reply->id, sizeof reply->id)
        || !text_member(reply->root, "code", word, sizeof word)) {
        return false;
    }
    reply->code = kor_code_from_wire(word);
    reply->body = reply->code == KOR_OK
                      ? json_object_get(reply->root, "body")
                      : NULL;
    return reply->code != KOR_OK || json_is_object(reply->body);
}

enum kor_code
kor_reply_decode(const char *frame, size_t size, struct kor_reply *reply,
                 struct kor_err *err)
{
    memset(reply, 0, sizeof *reply);
    if (size > KOR_MAX_REPLY_SIZE) {
        return kor_fail(err, KOR_TOO_LARGE, NULL,
                        "an answer may be at most %d bytes long",
                        KOR_MAX_REPLY_SIZE);
    }
    json_error_t where;
    reply->root = json_loadb(frame, size, JSON_REJECT_DUPLICATES, &where);
    if (!read_reply(reply)) {
        kor_reply_done(reply);
        return kor_fail(err, KOR_PROTOCOL_ERROR, NULL,
                        "the daemon's answer is not understood: is it of "
                        "another release?");
    }
    if (reply->code != KOR_OK) {
        read_refusal(reply->root, reply->code, err);
    }
    return KOR_OK;
}

void
kor_reply_done(struct kor_reply *reply)
{
    json_decref(reply->root);
    memset(reply, 0, sizeof *reply);
}
