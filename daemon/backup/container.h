/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_CONTAINER_H
#define BACKUP_CONTAINER_H 1

/* The container of a backup: bytes, encrypted to a public key.
 *
 *     12 bytes  "korbackup 1\n"
 *     16 bytes  whose it is: BLAKE2b of the server's public key
 *     16 bytes  who can open it: BLAKE2b of the backup key's public half
 *     80 bytes  a random key, sealed to that public key (crypto_box_seal())
 *     24 bytes  header of a stream (crypto_secretstream_xchacha20poly1305)
 *     chunks    of 65,536 bytes each, the last one shorter or not, each 17
 *               bytes longer than what it holds; the last is tagged FINAL
 *
 * All before the stream's header goes into every chunk's authentication.  A
 * chunk that was changed, left out, put in another place or taken from
 * another container is refused, and so is an end that comes too early or too
 * late.  No length is written anywhere, so none can be a lie.
 *
 * Whoever has the public key can make such a container: what proves that it
 * is the clinic's is the server's secret key in it (backup/unpack.h).
 *
 * Nothing here opens a file: bytes come and go through callbacks.  A writer or
 * reader is used from one thread. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kor/base/err.h"

#define KOR_BACKUP_KEY_SIZE 32
#define KOR_BACKUP_MARK_SIZE 16
#define KOR_CONTAINER_CHUNK 65536
#define KOR_CONTAINER_MARKS_SIZE 44 /* What can be read without a key. */

/* The pair that backups are encrypted to. */
struct kor_backup_keys {
    uint8_t public_key[KOR_BACKUP_KEY_SIZE];
    uint8_t secret_key[KOR_BACKUP_KEY_SIZE];
};

/* Where bytes go to. */
struct kor_container_sink {
    enum kor_code (*write)(void *arg, const void *bytes, size_t size,
                           struct kor_err *err);
    void *arg;
};

/* Where they come from: fewer than 'size' only at the end. */
struct kor_container_source {
    enum kor_code (*read)(void *arg, void *bytes, size_t size, size_t *got,
                          struct kor_err *err);
    void *arg;
    uint64_t size; /* How many there are in all. */
};

/* The mark of a public key in the head of a container. */
void kor_backup_mark(const uint8_t key[KOR_BACKUP_KEY_SIZE],
                     uint8_t mark[KOR_BACKUP_MARK_SIZE]);

/* Whether the 'size' bytes are the begin of a container; of one whose server
 * has that mark. */
bool kor_container_is_one(const uint8_t *bytes, size_t size);
bool kor_container_is_of(const uint8_t *bytes, size_t size,
                         const uint8_t server_mark[KOR_BACKUP_MARK_SIZE]);

/* How many bytes a container of 'size' bytes holds; 0 if none has that
 * size. */
uint64_t kor_container_content(uint64_t size);

/* --- writing ------------------------------------------------------------- */

struct kor_container_writer;

/* Begins a container for whoever has the secret half of 'to'.  End with
 * kor_container_writer_free(). */
KOR_NODISCARD enum kor_code kor_container_writer_new(
    const struct kor_container_sink *sink,
    const uint8_t server_mark[KOR_BACKUP_MARK_SIZE],
    const uint8_t to[KOR_BACKUP_KEY_SIZE],
    struct kor_container_writer **writerp, struct kor_err *err);

KOR_NODISCARD enum kor_code kor_container_write(
    struct kor_container_writer *writer, const void *bytes, size_t size,
    struct kor_err *err);

/* Writes the last chunk. */
KOR_NODISCARD enum kor_code
kor_container_finish(struct kor_container_writer *writer, struct kor_err *err);

/* Forgets the keys; null is accepted. */
void kor_container_writer_free(struct kor_container_writer *writer);

/* --- reading ------------------------------------------------------------- */

struct kor_container_reader;

/* Reads the head.  Returns KOR_BAD_VALUE if it is no container, KOR_CONFLICT
 * if it is one of a newer kor, KOR_FORBIDDEN if it was made for another key
 * and KOR_CORRUPT if it is damaged.  End with
 * kor_container_reader_free(). */
KOR_NODISCARD enum kor_code kor_container_reader_new(
    const struct kor_container_source *source,
    const struct kor_backup_keys *keys,
    struct kor_container_reader **readerp, struct kor_err *err);

/* The mark of the server whose backup it is; lives as long as 'reader'. */
const uint8_t *kor_container_server(const struct kor_container_reader *reader);

/* Reads exactly 'size' bytes.  Returns KOR_CORRUPT if the container is damaged
 * or has no more so many. */
KOR_NODISCARD enum kor_code kor_container_read(
    struct kor_container_reader *reader, void *bytes, size_t size,
    struct kor_err *err);

/* Makes sure that all was read and nothing comes after it; KOR_CORRUPT
 * otherwise. */
KOR_NODISCARD enum kor_code
kor_container_end(struct kor_container_reader *reader, struct kor_err *err);

/* Forgets keys and content; null is accepted. */
void kor_container_reader_free(struct kor_container_reader *reader);

#endif /* backup/container.h */
