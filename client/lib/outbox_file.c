/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An entry of the outbox as bytes: see client/lib/outbox_file.h. */

#include "lib/outbox_file.h"

#include <string.h>

#include <sodium.h>

#define MAGIC "KOR OUTBOX 1 "
#define HASH_SIZE 32
#define HASH_AT (sizeof MAGIC - 1)
#define HEAD_SIZE (HASH_AT + 2 * HASH_SIZE + 1) /* The first line. */

#define TEXT(member, least, most, need, doc)                                  \
    {KOR_FIELD_TEXT, #member, least, most, need, NULL,                        \
     offsetof(struct kor_outbox_entry, member), 0, doc}

static const struct kor_field fields[] = {
    TEXT(id, 36, 36, true, "the request's id"),
    TEXT(verb, 1, 32, false, "what is asked"),
    {KOR_FIELD_INT, "entered_ms", 0, 9e15, false, NULL,
     offsetof(struct kor_outbox_entry, entered_ms), 0,
     "when it was entered, UTC milliseconds"},
    TEXT(state, 7, 8, true, "waiting, refused or damaged"),
    TEXT(code, 1, 32, false, "why it was refused"),
    TEXT(field, 1, 64, false, "the field to blame")};

const struct kor_message kor_outbox_message
    = {"outbox.entry", fields, KOR_LENGTH(fields),
       sizeof(struct kor_outbox_entry)};

/* Writes the hash of the bytes in hex, terminated. */
static void
hash_of(const void *bytes, size_t size, char hex[2 * HASH_SIZE + 1])
{
    uint8_t hash[HASH_SIZE];
    crypto_generichash(hash, sizeof hash, bytes, size, NULL, 0);
    sodium_bin2hex(hex, 2 * HASH_SIZE + 1, hash, sizeof hash);
}

void
kor_outbox_file_write(const struct kor_outbox_entry *entry, const void *box,
                      size_t box_size, struct kor_buf *out)
{
    struct kor_buf rest = {0};
    char hex[2 * HASH_SIZE + 1];
    kor_message_encode(&kor_outbox_message, entry, &rest);
    kor_buf_putc(&rest, '\n');
    kor_buf_add(&rest, box, box_size);
    hash_of(rest.text, rest.size, hex);
    kor_buf_printf(out, MAGIC "%s\n", hex);
    kor_buf_add(out, rest.text, rest.size);
    kor_buf_done(&rest);
}

/* True if the first line is the one that 'bytes' should have. */
static bool
is_whole(const struct kor_buf *bytes)
{
    char hex[2 * HASH_SIZE + 1];
    if (bytes->size <= HEAD_SIZE || memcmp(bytes->text, MAGIC, HASH_AT)) {
        return false;
    }
    hash_of(bytes->text + HEAD_SIZE, bytes->size - HEAD_SIZE, hex);
    return !memcmp(bytes->text + HASH_AT, hex, 2 * HASH_SIZE)
        && bytes->text[HEAD_SIZE - 1] == '\n';
}

bool
kor_outbox_file_read(const struct kor_buf *bytes,
                     struct kor_outbox_entry *entry, const uint8_t **box,
                     size_t *box_size)
{
    if (!is_whole(bytes)) {
        return false;
    }
    const char *line = bytes->text + HEAD_SIZE;
    const char *end = bytes->text + bytes->size;
    const char *line_end = memchr(line, '\n', (size_t)(end - line));
    if (!line_end) {
        return false;
    }
    json_t *root = json_loadb(line, (size_t)(line_end - line),
                              JSON_REJECT_DUPLICATES, NULL);
    bool is_read = kor_message_decode(&kor_outbox_message, root, entry, NULL)
                == KOR_OK;
    json_decref(root);
    *box = (const uint8_t *)line_end + 1;
    *box_size = (size_t)(end - line_end) - 1;
    return is_read;
}
