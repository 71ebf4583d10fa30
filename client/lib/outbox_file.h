/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_OUTBOX_FILE_H
#define CLIENT_LIB_OUTBOX_FILE_H 1

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/buf.h"
#include "kor/base/uuid.h"
#include "kor/wire/field.h"

/* One entry of the outbox as bytes: pure, no file is touched.
 *
 *     KOR OUTBOX 1 <BLAKE2b-256 of all that follows the line, in hex>
 *     {"id":...,"verb":"record","entered_ms":...,"state":"waiting"}
 *     <the box, to the end: see kor/wire/seal.h>
 *
 * The second line is all that can be read of an entry: no code, no scores, no
 * word that the daemon said of them. */

#define KOR_OUTBOX_WAITING "waiting" /* To be delivered. */
#define KOR_OUTBOX_REFUSED "refused" /* The daemon will not have it. */
#define KOR_OUTBOX_DAMAGED "damaged" /* The file is not what was written. */

#define KOR_OUTBOX_NAME_SIZE 47 /* Of a file: 9 digits, '-', the id. */

struct kor_outbox_entry {
    char id[KOR_UUID_TEXT_SIZE];     /* Under which it was asked in vain. */
    char verb[33];                   /* What is asked. */
    int64_t entered_ms;              /* When, by this machine's clock. */
    char state[9];                   /* One of the three above. */
    char code[33];                   /* Why it was refused; else "". */
    char field[65];                  /* What is to blame; may be "". */
    char name[KOR_OUTBOX_NAME_SIZE]; /* Of its file; not in the file. */
};

/* The members of an entry, as they stand in the file and are printed. */
extern const struct kor_message kor_outbox_message;

/* Adds the bytes of 'entry' with its box to 'out'. */
void kor_outbox_file_write(const struct kor_outbox_entry *entry,
                           const void *box, size_t box_size,
                           struct kor_buf *out);

/* Reads them; 'box' points into the bytes.  Returns false, and leaves 'entry'
 * undefined, if they are not what kor_outbox_file_write() made. */
KOR_NODISCARD bool kor_outbox_file_read(const struct kor_buf *bytes,
                                        struct kor_outbox_entry *entry,
                                        const uint8_t **box,
                                        size_t *box_size);

#endif /* client/lib/outbox_file.h */
