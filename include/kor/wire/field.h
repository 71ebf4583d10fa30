/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELD_H
#define KOR_WIRE_FIELD_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "kor/base/buf.h"
#include "kor/base/err.h"

/* A message is a C struct and a table of its fields; from the one list in
 * kor/wire/message.h come the struct, the decoder, the encoder, the page
 * docs/protocol.md and the fuzz target.  Every field is bounded before it is
 * stored, and a field that the table does not name is refused.
 *
 * No socket and no clock here: JSON in, struct out, and back. */

/* An optional whole number that was not given. */
#define KOR_NO_INT INT64_MIN

enum kor_field_type {
    KOR_FIELD_TEXT,  /* char x[max + 1]; "" if absent. */
    KOR_FIELD_INT,   /* int64_t x; KOR_NO_INT if absent. */
    KOR_FIELD_NUM,   /* double x; NAN if absent or, not required, null. */
    KOR_FIELD_BOOL,  /* bool x; false if absent. */
    KOR_FIELD_DATE,  /* int32_t x, "YYYY-MM-DD"; KOR_NO_DATE if absent. */
    KOR_FIELD_NUMS,  /* double x[max]; size_t n_x; null in it is NAN.  Each
                        from -1e9 to 1e9; the scale's limits are narrower. */
    KOR_FIELD_WORDS, /* char x[max][KOR_WORD_SIZE]; size_t n_x. */
    KOR_FIELD_LIST,  /* struct kor_msg_y *x; size_t n_x; on the heap. */
    KOR_FIELD_JSON,  /* char *x: a JSON object as text, on the heap. */
    KOR_FIELD_LONG   /* char *x: a long text, on the heap; null if absent. */
};

/* Bytes of one word of a KOR_FIELD_WORDS, terminator included. */
#define KOR_WORD_SIZE 32

struct kor_message;

/* A TEXT and a word hold no control characters, so that they are one line on
 * every screen. */

/* One field: where it lies and what it may hold. */
struct kor_field {
    enum kor_field_type type;
    const char *name;               /* Its key on the wire. */
    double min;                     /* Least number, or shortest text. */
    double max;                     /* Greatest number, longest text, most. */
    bool is_required;               /* Must be given. */
    const struct kor_message *item; /* What a list is of; else null. */
    size_t offset;                  /* Of the member in the struct. */
    size_t n_offset;                /* Of its n_ member, where it has one. */
    const char *doc;                /* One line for the protocol page. */
};

/* How the field is described by which a request names a client. */
#define KOR_DOC_CODE                                                          \
    "the client's code, or that of one episode: XXXX-XXXX/2"

/* One kind of message. */
struct kor_message {
    const char *name;               /* "record", "record.reply", ... */
    const struct kor_field *fields; /* Its fields, in order. */
    size_t n_fields;
    size_t size; /* Of its struct, bytes. */
};

/* Fills the struct at 'out' (of message->size bytes) from 'json', all of it
 * or, on failure, nothing that needs freeing.  Errors: KOR_BAD_VALUE with the
 * path of the field ("answers[1].total"), its limits and what to do.  End
 * with kor_message_done(). */
KOR_NODISCARD enum kor_code kor_message_decode(
    const struct kor_message *message, const json_t *json, void *out,
    struct kor_err *err);

/* What people write can be read: no text in the struct at 'in' is blank where
 * it may not be empty, and none holds a character that is not seen and lets it
 * pass for another.  Of requests; what is stored already is shown as it is.
 * KOR_BAD_VALUE with the path of the field. */
KOR_NODISCARD enum kor_code kor_message_check_texts(
    const struct kor_message *message, const void *in, struct kor_err *err);

/* Adds the struct at 'in' to 'out' as a JSON object.  Absent optional fields
 * are left out; numbers are written so that they read back bit for bit. */
void kor_message_encode(const struct kor_message *message, const void *in,
                        struct kor_buf *out);

/* Fills the struct at 'out' with what an empty message holds. */
void kor_message_init(const struct kor_message *message, void *out);

/* Frees what the struct at 'in' holds (not the struct) and empties it. */
void kor_message_done(const struct kor_message *message, void *in);

/* Adds 'text' to 'out' as a JSON string, quotes included. */
void kor_json_string(struct kor_buf *out, const char *text);

/* Adds 'value' to 'out' as a JSON number; "null" if it is not finite. */
void kor_json_number(struct kor_buf *out, double value);

#endif /* kor/wire/field.h */
