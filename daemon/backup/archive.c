/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is in a backup: see backup/archive.h. */

#include "backup/archive.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/alloc.h"

#define PIECE 65536
#define LENGTH_SIZE 4

static enum kor_code
damaged(struct kor_err *err)
{
    return kor_fail(err, KOR_CORRUPT, NULL,
                    "the backup is damaged or cut off: use another one");
}

static bool
is_hash(crypto_generichash_state *state,
        const uint8_t expected[KOR_FILE_HASH_SIZE])
{
    uint8_t hash[KOR_FILE_HASH_SIZE];
    crypto_generichash_final(state, hash, sizeof hash);
    return memcmp(hash, expected, sizeof hash) == 0;
}

/* --- writing ------------------------------------------------------------- */

static enum kor_code
encode_file(struct kor_container_writer *writer,
            const struct kor_manifest *manifest, int file,
            const struct kor_container_source *source, struct kor_err *err)
{
    uint8_t *piece = kor_alloc(PIECE);
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, KOR_FILE_HASH_SIZE);
    enum kor_code code = KOR_OK;
    size_t got = PIECE;
    while (code == KOR_OK && got == PIECE) {
        code = source->read(source->arg, piece, PIECE, &got, err);
        if (code == KOR_OK) {
            crypto_generichash_update(&state, piece, got);
            code = kor_container_write(writer, piece, got, err);
        }
    }
    sodium_memzero(piece, PIECE);
    free(piece);
    return code == KOR_OK && !is_hash(&state, manifest->files[file].hash)
               ? kor_fail(err, KOR_BUSY, NULL,
                          "%s was changed while it was read: start again",
                          kor_backup_file_info((enum kor_backup_file)file)
                              ->name)
               : code;
}

enum kor_code
kor_archive_encode(struct kor_container_writer *writer,
                   const struct kor_manifest *manifest,
                   const struct kor_container_source sources[KOR_N_FILES],
                   struct kor_err *err)
{
    struct kor_buf text = {0};
    kor_manifest_encode(manifest, &text);
    uint8_t length[LENGTH_SIZE];
    for (int i = 0; i < LENGTH_SIZE; i++) {
        length[i] = (uint8_t)(text.size >> (8 * i));
    }
    enum kor_code code = kor_container_write(writer, length, LENGTH_SIZE, err);
    if (code == KOR_OK) {
        code = kor_container_write(writer, text.text, text.size, err);
    }
    kor_buf_done(&text);
    for (int i = 0; i < KOR_N_FILES && code == KOR_OK; i++) {
        if (manifest->files[i].is_there) {
            code = encode_file(writer, manifest, i, &sources[i], err);
        }
    }
    return code;
}

/* --- reading ------------------------------------------------------------- */

/* The sizes in the manifest must add up to what the container holds: one that
 * promises more is refused before anybody makes room for it. */
static enum kor_code
read_manifest(struct kor_container_reader *reader, uint64_t content,
              struct kor_manifest *manifest, struct kor_err *err)
{
    uint8_t length[LENGTH_SIZE];
    size_t size = 0;
    enum kor_code code = kor_container_read(reader, length, LENGTH_SIZE, err);
    if (code != KOR_OK) {
        return code;
    }
    for (int i = LENGTH_SIZE - 1; i >= 0; i--) {
        size = size << 8 | length[i];
    }
    if (size > KOR_MANIFEST_MAX_SIZE || size + LENGTH_SIZE > content) {
        return damaged(err);
    }
    char *text = kor_alloc(size + 1);
    code = kor_container_read(reader, text, size, err);
    if (code == KOR_OK) {
        code = kor_manifest_decode(text, size, manifest, err);
    }
    free(text);
    return code == KOR_OK
                && kor_manifest_size(manifest) != content - LENGTH_SIZE - size
               ? damaged(err)
               : code;
}

static enum kor_code
decode_file(struct kor_container_reader *reader,
            const struct kor_manifest *manifest, int file,
            const struct kor_archive_sink *sink, struct kor_err *err)
{
    uint8_t *piece = kor_alloc(PIECE);
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, KOR_FILE_HASH_SIZE);
    int64_t left = manifest->files[file].size;
    enum kor_code code
        = sink->open(sink->arg, (enum kor_backup_file)file, err);
    while (code == KOR_OK && left > 0) {
        size_t n = left < PIECE ? (size_t)left : PIECE;
        code = kor_container_read(reader, piece, n, err);
        if (code == KOR_OK) {
            crypto_generichash_update(&state, piece, n);
            code = sink->write(sink->arg, piece, n, err);
        }
        left -= (int64_t)n;
    }
    sodium_memzero(piece, PIECE);
    free(piece);
    if (code == KOR_OK && !is_hash(&state, manifest->files[file].hash)) {
        return damaged(err);
    }
    return code == KOR_OK ? sink->close(sink->arg, err) : code;
}

static enum kor_code
decode(struct kor_container_reader *reader, uint64_t content,
       const struct kor_archive_sink *sink, struct kor_manifest *manifest,
       struct kor_err *err)
{
    enum kor_code code = read_manifest(reader, content, manifest, err);
    if (code == KOR_OK) {
        code = sink->begin(sink->arg, manifest, err);
    }
    for (int i = 0; i < KOR_N_FILES && code == KOR_OK; i++) {
        if (manifest->files[i].is_there) {
            code = decode_file(reader, manifest, i, sink, err);
        }
    }
    return code == KOR_OK ? kor_container_end(reader, err) : code;
}

enum kor_code
kor_archive_decode(const struct kor_container_source *source,
                   const struct kor_backup_keys *keys,
                   const struct kor_archive_sink *sink,
                   struct kor_manifest *manifest,
                   uint8_t server_mark[KOR_BACKUP_MARK_SIZE],
                   struct kor_err *err)
{
    struct kor_container_reader *reader;
    enum kor_code code = kor_container_reader_new(source, keys, &reader, err);
    if (code != KOR_OK) {
        return code;
    }
    memcpy(server_mark, kor_container_server(reader), KOR_BACKUP_MARK_SIZE);
    code = decode(reader, kor_container_content(source->size), sink, manifest,
                  err);
    kor_container_reader_free(reader);
    return code;
}
