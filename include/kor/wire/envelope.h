/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_ENVELOPE_H
#define KOR_WIRE_ENVELOPE_H 1

#include "kor/base/uuid.h"
#include "kor/wire/message.h"

/* What is round every message: one frame of UTF-8 JSON.
 *
 *   request  {"kor": 1, "id": UUID, "verb": "record", "lang": "nb",
 *             "token": "", "body": {...}}
 *   reply    {"kor": 1, "id": UUID, "code": "ok", "body": {...}}
 *   refusal  {"kor": 1, "id": UUID, "code": "bad-value", "field": "...",
 *             "text": "..."}
 *
 * 'lang' may be left out: the clinic's language then.  'token' is for
 * gateways that act for people; it is refused until there are tokens. */

#define KOR_PROTOCOL 1                /* Version of all this. */
#define KOR_MAX_REQUEST_SIZE (512 * 1024) /* Bytes of a request's frame. */
#define KOR_MAX_REPLY_SIZE (64 * 1024 * 1024) /* Bytes of a reply's. */

/* A request as it came in.  End with kor_request_done(). */
struct kor_request {
    char id[KOR_UUID_TEXT_SIZE];  /* As the client wrote it; "" if unread. */
    uint8_t uuid[KOR_UUID_SIZE];  /* The same as bytes. */
    enum kor_verb verb;           /* What is asked. */
    enum kor_lang lang;           /* For texts and errors in the reply. */
    bool has_token;               /* A token came with it. */
    int64_t age_ms;               /* It was entered so long ago; 0 unless it
                                     came sealed (kor/wire/seal.h). */
    union kor_any_message *body;  /* The decoded body, on the heap. */
};

/* Room for the body of any message; each member is named like its struct. */
union kor_any_message {
#define KOR_ANY(lower, UPPER) struct kor_msg_##lower lower;
    KOR_MESSAGES(KOR_ANY)
#undef KOR_ANY
};

/* Reads the 'size' bytes of a frame.  'clinic_lang' serves where the frame
 * names no language.  On failure the id is kept if it could be read, so that
 * the refusal finds its question; the body is freed. */
KOR_NODISCARD enum kor_code kor_request_decode(const char *frame, size_t size,
                                               enum kor_lang clinic_lang,
                                               struct kor_request *request,
                                               struct kor_err *err);

/* Frees what 'request' holds; accepts an empty one. */
void kor_request_done(struct kor_request *request);

/* Adds the frame of a request to 'out'.  'body' is the struct of the verb's
 * request message. */
void kor_request_encode(const char *id, enum kor_verb verb, enum kor_lang lang,
                        const void *body, struct kor_buf *out);

/* Adds the frame of a reply whose body is the JSON object 'body'. */
void kor_reply_encode(const char *id, const char *body, struct kor_buf *out);

/* Adds the frame of a refusal. */
void kor_refusal_encode(const char *id, const struct kor_err *err,
                        struct kor_buf *out);

/* A reply as it came in.  End with kor_reply_done(). */
struct kor_reply {
    char id[KOR_UUID_TEXT_SIZE]; /* Whose answer it is. */
    enum kor_code code;          /* KOR_OK, or how it was refused. */
    json_t *root;                /* The whole frame; owns 'body'. */
    const json_t *body;          /* The body; null in a refusal. */
};

/* Reads a reply.  A refusal is no failure here: its code is in the reply and
 * its field and text are in '*err'. */
KOR_NODISCARD enum kor_code kor_reply_decode(const char *frame, size_t size,
                                             struct kor_reply *reply,
                                             struct kor_err *err);

/* Frees what 'reply' holds; accepts an empty one. */
void kor_reply_done(struct kor_reply *reply);

#endif /* kor/wire/envelope.h */
