/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The container of a backup: see backup/container.h. */

#include "backup/container.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/alloc.h"

#define stream(name) crypto_secretstream_xchacha20poly1305_##name

#define MAGIC "korbackup 1\n"
#define MAGIC_SIZE 12
#define FAMILY_SIZE 10 /* Of the magic: what is the same in every release. */
#define SEALED_SIZE (stream(KEYBYTES) + crypto_box_SEALBYTES)
#define BOUND_SIZE (KOR_CONTAINER_MARKS_SIZE + SEALED_SIZE)
#define HEAD_SIZE (BOUND_SIZE + stream(HEADERBYTES))
#define SEALED_CHUNK (KOR_CONTAINER_CHUNK + stream(ABYTES))

struct kor_container_writer {
    struct kor_container_sink sink;
    stream(state) state;
    uint8_t head[HEAD_SIZE];
    uint8_t plain[KOR_CONTAINER_CHUNK];
    size_t n_plain; /* Bytes that wait for their chunk. */
    uint8_t sealed[SEALED_CHUNK];
};

struct kor_container_reader {
    struct kor_container_source source;
    stream(state) state;
    uint8_t head[HEAD_SIZE];
    uint8_t sealed[SEALED_CHUNK];
    uint8_t plain[KOR_CONTAINER_CHUNK];
    size_t at, n_plain; /* What of the chunk was read, and what there is. */
    bool is_last;       /* It is the last chunk. */
};

void
kor_backup_mark(const uint8_t key[KOR_BACKUP_KEY_SIZE],
                uint8_t mark[KOR_BACKUP_MARK_SIZE])
{
    crypto_generichash(mark, KOR_BACKUP_MARK_SIZE, key, KOR_BACKUP_KEY_SIZE,
                       NULL, 0);
}

bool
kor_container_is_one(const uint8_t *bytes, size_t size)
{
    return size >= FAMILY_SIZE && !memcmp(bytes, MAGIC, FAMILY_SIZE);
}

bool
kor_container_is_of(const uint8_t *bytes, size_t size,
                    const uint8_t server_mark[KOR_BACKUP_MARK_SIZE])
{
    return size >= KOR_CONTAINER_MARKS_SIZE
        && kor_container_is_one(bytes, size)
        && !memcmp(bytes + MAGIC_SIZE, server_mark, KOR_BACKUP_MARK_SIZE);
}

uint64_t
kor_container_content(uint64_t size)
{
    if (size < HEAD_SIZE + stream(ABYTES)) {
        return 0;
    }
    uint64_t rest = size - HEAD_SIZE;
    uint64_t n_chunks = (rest + SEALED_CHUNK - 1) / SEALED_CHUNK;
    uint64_t over = n_chunks * stream(ABYTES);
    return rest > over ? rest - over : 0;
}

/* --- writing ------------------------------------------------------------- */

/* Makes a key for this container alone and seals it. */
static enum kor_code
begin_stream(struct kor_container_writer *writer,
             const uint8_t to[KOR_BACKUP_KEY_SIZE], struct kor_err *err)
{
    uint8_t key[stream(KEYBYTES)];
    stream(keygen)(key);
    bool is_begun
        = crypto_box_seal(writer->head + KOR_CONTAINER_MARKS_SIZE, key,
                          sizeof key, to) == 0
       && stream(init_push)(&writer->state, writer->head + BOUND_SIZE, key)
              == 0;
    sodium_memzero(key, sizeof key);
    return is_begun ? KOR_OK
                    : kor_fail(err, KOR_CONFIG, "backup_key",
                               "nothing can be encrypted to this backup key: "
                               "make one with 'kord backup-key'");
}

enum kor_code
kor_container_writer_new(const struct kor_container_sink *sink,
                         const uint8_t server_mark[KOR_BACKUP_MARK_SIZE],
                         const uint8_t to[KOR_BACKUP_KEY_SIZE],
                         struct kor_container_writer **writerp,
                         struct kor_err *err)
{
    struct kor_container_writer *writer = kor_alloc(sizeof *writer);
    writer->sink = *sink;
    memcpy(writer->head, MAGIC, MAGIC_SIZE);
    memcpy(writer->head + MAGIC_SIZE, server_mark, KOR_BACKUP_MARK_SIZE);
    kor_backup_mark(to, writer->head + MAGIC_SIZE + KOR_BACKUP_MARK_SIZE);
    enum kor_code code = begin_stream(writer, to, err);
    if (code == KOR_OK) {
        code = sink->write(sink->arg, writer->head, HEAD_SIZE, err);
    }
    if (code != KOR_OK) {
        kor_container_writer_free(writer);
        writer = NULL;
    }
    *writerp = writer;
    return code;
}

static enum kor_code
push(struct kor_container_writer *writer, uint8_t tag, struct kor_err *err)
{
    unsigned long long size;
    stream(push)(&writer->state, writer->sealed, &size, writer->plain,
                 writer->n_plain, writer->head, BOUND_SIZE, tag);
    writer->n_plain = 0;
    return writer->sink.write(writer->sink.arg, writer->sealed, (size_t)size,
                              err);
}

/* A full chunk waits until it is known whether it is the last one. */
enum kor_code
kor_container_write(struct kor_container_writer *writer, const void *bytes,
                    size_t size, struct kor_err *err)
{
    const uint8_t *from = bytes;
    enum kor_code code = KOR_OK;
    while (size > 0 && code == KOR_OK) {
        if (writer->n_plain == KOR_CONTAINER_CHUNK) {
            code = push(writer, stream(TAG_MESSAGE), err);
        }
        size_t room = KOR_CONTAINER_CHUNK - writer->n_plain;
        size_t n = size < room ? size : room;
        memcpy(writer->plain + writer->n_plain, from, n);
        writer->n_plain += n;
        from += n;
        size -= n;
    }
    return code;
}

enum kor_code
kor_container_finish(struct kor_container_writer *writer, struct kor_err *err)
{
    return push(writer, stream(TAG_FINAL), err);
}

void
kor_container_writer_free(struct kor_container_writer *writer)
{
    if (writer) {
        sodium_memzero(writer, sizeof *writer);
        free(writer);
    }
}

/* --- reading ------------------------------------------------------------- */

static enum kor_code
damaged(struct kor_err *err)
{
    return kor_fail(err, KOR_CORRUPT, NULL,
                    "the backup is damaged or cut off: use another one");
}

static enum kor_code
check_magic(const uint8_t *head, size_t size, struct kor_err *err)
{
    if (!kor_container_is_one(head, size)) {
        return kor_fail(err, KOR_BAD_VALUE, "FILE",
                        "this file is no backup of kor");
    }
    if (size < HEAD_SIZE) {
        return damaged(err);
    }
    return memcmp(head, MAGIC, MAGIC_SIZE)
               ? kor_fail(err, KOR_CONFLICT, "FILE",
                          "this backup is of a newer kor: use that release")
               : KOR_OK;
}

static enum kor_code
open_stream(struct kor_container_reader *reader,
            const struct kor_backup_keys *keys, struct kor_err *err)
{
    uint8_t mark[KOR_BACKUP_MARK_SIZE], key[stream(KEYBYTES)];
    kor_backup_mark(keys->public_key, mark);
    if (memcmp(mark, reader->head + MAGIC_SIZE + KOR_BACKUP_MARK_SIZE,
               sizeof mark)) {
        return kor_fail(err, KOR_FORBIDDEN, "--key",
                        "this backup was made for another key: give the "
                        "secret half of the one it was made for");
    }
    bool is_open
        = crypto_box_seal_open(key, reader->head + KOR_CONTAINER_MARKS_SIZE,
                               SEALED_SIZE, keys->public_key,
                               keys->secret_key) == 0
       && stream(init_pull)(&reader->state, reader->head + BOUND_SIZE, key)
              == 0;
    sodium_memzero(key, sizeof key);
    return is_open ? KOR_OK : damaged(err);
}

enum kor_code
kor_container_reader_new(const struct kor_container_source *source,
                         const struct kor_backup_keys *keys,
                         struct kor_container_reader **readerp,
                         struct kor_err *err)
{
    struct kor_container_reader *reader = kor_alloc(sizeof *reader);
    reader->source = *source;
    size_t got = 0;
    enum kor_code code
        = source->read(source->arg, reader->head, HEAD_SIZE, &got, err);
    if (code == KOR_OK) {
        code = check_magic(reader->head, got, err);
    }
    if (code == KOR_OK) {
        code = open_stream(reader, keys, err);
    }
    if (code != KOR_OK) {
        kor_container_reader_free(reader);
        reader = NULL;
    }
    *readerp = reader;
    return code;
}

const uint8_t *
kor_container_server(const struct kor_container_reader *reader)
{
    return reader->head + MAGIC_SIZE;
}

static enum kor_code
pull(struct kor_container_reader *reader, struct kor_err *err)
{
    size_t got = 0;
    uint8_t tag = 0;
    unsigned long long size = 0;
    enum kor_code code = reader->source.read(
        reader->source.arg, reader->sealed, SEALED_CHUNK, &got, err);
    if (code != KOR_OK) {
        return code;
    }
    if (got < stream(ABYTES)
        || stream(pull)(&reader->state, reader->plain, &size, &tag,
                        reader->sealed, got, reader->head, BOUND_SIZE)
               != 0) {
        return damaged(err);
    }
    reader->at = 0;
    reader->n_plain = (size_t)size;
    reader->is_last = tag == stream(TAG_FINAL);
    bool is_right = reader->is_last
                 || (tag == stream(TAG_MESSAGE) && got == SEALED_CHUNK);
    return is_right ? KOR_OK : damaged(err);
}

enum kor_code
kor_container_read(struct kor_container_reader *reader, void *bytes,
                   size_t size, struct kor_err *err)
{
    uint8_t *to = bytes;
    enum kor_code code = KOR_OK;
    while (size > 0 && code == KOR_OK) {
        size_t left = reader->n_plain - reader->at;
        size_t n = size < left ? size : left;
        memcpy(to, reader->plain + reader->at, n);
        reader->at += n;
        to += n;
        size -= n;
        if (size > 0) {
            code = reader->is_last ? damaged(err) : pull(reader, err);
        }
    }
    return code;
}

enum kor_code
kor_container_end(struct kor_container_reader *reader, struct kor_err *err)
{
    uint8_t more;
    size_t got = 0;
    enum kor_code code = KOR_OK;
    if (reader->at == reader->n_plain && !reader->is_last) {
        code = pull(reader, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    if (!reader->is_last || reader->at < reader->n_plain) {
        return damaged(err);
    }
    code = reader->source.read(reader->source.arg, &more, 1, &got, err);
    return code == KOR_OK && got > 0 ? damaged(err) : code;
}

void
kor_container_reader_free(struct kor_container_reader *reader)
{
    if (reader) {
        sodium_memzero(reader, sizeof *reader);
        free(reader);
    }
}
