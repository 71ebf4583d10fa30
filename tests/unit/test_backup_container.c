/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The container of a backup and what is in it: every way in which a file can
 * be wrong is refused, and nothing of it is believed. */

#include "support/near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "backup/archive.h"
#include "kor/base/buf.h"

#define stream(name) crypto_secretstream_xchacha20poly1305_##name
#define HEAD 148
#define CHUNK 65536
#define OVER 17

/* Bytes in memory that are read from. */
struct memory {
    const uint8_t *bytes;
    size_t size, at;
    bool is_broken; /* Reading fails. */
};

static struct kor_backup_keys keys, other_keys;
static uint8_t mark[KOR_BACKUP_MARK_SIZE];

static int
set_keys(void **state)
{
    (void)state;
    assert_true(sodium_init() >= 0);
    assert_int_equal(crypto_box_keypair(keys.public_key, keys.secret_key), 0);
    assert_int_equal(
        crypto_box_keypair(other_keys.public_key, other_keys.secret_key), 0);
    memset(mark, 'm', sizeof mark);
    return 0;
}

static enum kor_code
add_bytes(void *arg, const void *bytes, size_t size, struct kor_err *err)
{
    (void)err;
    kor_buf_add(arg, bytes, size);
    return KOR_OK;
}

static enum kor_code
take_bytes(void *arg, void *bytes, size_t size, size_t *got,
           struct kor_err *err)
{
    struct memory *memory = arg;
    size_t left = memory->size - memory->at;
    *got = size < left ? size : left;
    if (*got) {
        memcpy(bytes, memory->bytes + memory->at, *got);
    }
    memory->at += *got;
    return memory->is_broken
               ? kor_fail(err, KOR_IO, NULL, "reading failed: %s", "broken")
               : KOR_OK;
}

static struct kor_container_source
source_of(struct memory *memory)
{
    memory->at = 0;
    return (struct kor_container_source){
        .read = take_bytes, .arg = memory, .size = memory->size};
}

static void
ok(enum kor_code code, const struct kor_err *err)
{
    if (code != KOR_OK) {
        print_error("%s: %s\n", kor_code_wire(code), err->text);
        fail();
    }
}

/* --- the container ------------------------------------------------------- */

/* Bytes that differ from chunk to chunk. */
static uint8_t *
content(size_t size)
{
    uint8_t *bytes = malloc(size + 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (uint8_t)(i * 31 + i / CHUNK);
    }
    return bytes;
}

/* Puts them into a container, in pieces of 'piece' bytes. */
static struct kor_buf
wrap(const uint8_t *bytes, size_t size, size_t piece)
{
    struct kor_buf out = {0};
    struct kor_err err;
    struct kor_container_writer *writer;
    const struct kor_container_sink sink = {add_bytes, &out};
    kor_err_init(&err, KOR_EN);
    ok(kor_container_writer_new(&sink, mark, keys.public_key, &writer, &err),
       &err);
    for (size_t i = 0; i < size; i += piece) {
        size_t n = size - i < piece ? size - i : piece;
        ok(kor_container_write(writer, bytes + i, n, &err), &err);
    }
    ok(kor_container_finish(writer, &err), &err);
    kor_container_writer_free(writer);
    return out;
}

/* Opens a container that should hold 'size' bytes and returns how that
 * ended. */
static enum kor_code
unwrap(const void *bytes, size_t n, const struct kor_backup_keys *with,
       const uint8_t *expected, size_t size)
{
    struct memory memory = {.bytes = bytes, .size = n};
    struct kor_container_source source = source_of(&memory);
    struct kor_container_reader *reader;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    enum kor_code code = kor_container_reader_new(&source, with, &reader,
                                                  &err);
    if (code != KOR_OK) {
        assert_null(reader);
        assert_true(err.code == code && err.text[0]);
        return code;
    }
    uint8_t *got = malloc(size + 1);
    assert_non_null(got);
    code = kor_container_read(reader, got, size, &err);
    if (code == KOR_OK) {
        assert_memory_equal(got, expected, size);
        code = kor_container_end(reader, &err);
    }
    assert_true(code == KOR_OK || (err.code == code && err.text[0]));
    free(got);
    kor_container_reader_free(reader);
    return code;
}

static const size_t sizes[] = {0,         1,         CHUNK - 1, CHUNK,
                               CHUNK + 1, 2 * CHUNK, 200000};

static void
what_goes_in_comes_out_whatever_its_size(void **state)
{
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(sizes); i++) {
        uint8_t *bytes = content(sizes[i]);
        struct kor_buf one = wrap(bytes, sizes[i], 1 << 20);
        struct kor_buf many = wrap(bytes, sizes[i], 977);
        size_t n_chunks = sizes[i] ? (sizes[i] + CHUNK - 1) / CHUNK : 1;
        assert_int_equal(one.size, HEAD + sizes[i] + OVER * n_chunks);
        assert_int_equal(many.size, one.size);
        assert_int_equal(kor_container_content(one.size), sizes[i]);
        assert_int_equal(unwrap(one.text, one.size, &keys, bytes, sizes[i]),
                         KOR_OK);
        assert_int_equal(unwrap(many.text, many.size, &keys, bytes, sizes[i]),
                         KOR_OK);
        kor_buf_done(&one);
        kor_buf_done(&many);
        free(bytes);
    }
    assert_int_equal(kor_container_content(0), 0);
    assert_int_equal(kor_container_content(HEAD), 0);
    assert_int_equal(kor_container_content(HEAD + OVER), 0);
}

/* Read as container.h describes it, without the reader: what is written down
 * there is enough to open a backup in fifty years. */
static void
the_layout_is_the_one_that_is_written_down(void **state)
{
    (void)state;
    uint8_t *bytes = content(CHUNK + 5), key[32], tag, plain[CHUNK];
    uint8_t reader_mark[16];
    unsigned long long size;
    stream(state) opened;
    struct kor_buf made = wrap(bytes, CHUNK + 5, 4096);
    const uint8_t *head = (const uint8_t *)made.text;
    assert_memory_equal(head, "korbackup 1\n", 12);
    assert_memory_equal(head + 12, mark, 16);
    crypto_generichash(reader_mark, 16, keys.public_key, 32, NULL, 0);
    assert_memory_equal(head + 28, reader_mark, 16);
    assert_int_equal(crypto_box_seal_open(key, head + 44, 80, keys.public_key,
                                          keys.secret_key),
                     0);
    assert_int_equal(stream(init_pull)(&opened, head + 124, key), 0);
    assert_int_equal(stream(pull)(&opened, plain, &size, &tag, head + HEAD,
                                  CHUNK + OVER, head, 124),
                     0);
    assert_int_equal(size, CHUNK);
    assert_int_equal(tag, stream(TAG_MESSAGE));
    assert_memory_equal(plain, bytes, CHUNK);
    assert_int_equal(stream(pull)(&opened, plain, &size, &tag,
                                  head + HEAD + CHUNK + OVER, 5 + OVER, head,
                                  124),
                     0);
    assert_int_equal(size, 5);
    assert_int_equal(tag, stream(TAG_FINAL));
    assert_memory_equal(plain, bytes + CHUNK, 5);
    kor_buf_done(&made);
    free(bytes);
}

static void
a_container_that_is_cut_off_anywhere_is_refused(void **state)
{
    (void)state;
    uint8_t *bytes = content(CHUNK + 40);
    struct kor_buf small = wrap(bytes, 40, 40);
    for (size_t n = 0; n < small.size; n++) {
        assert_int_equal(unwrap(small.text, n, &keys, bytes, 40),
                         n < 10 ? KOR_BAD_VALUE : KOR_CORRUPT);
    }
    struct kor_buf large = wrap(bytes, CHUNK + 40, 40);
    /* The second chunk is missing, and the first was asked for alone. */
    assert_int_equal(unwrap(large.text, HEAD + CHUNK + OVER, &keys, bytes,
                            CHUNK),
                     KOR_CORRUPT);
    assert_int_equal(unwrap(large.text, large.size, &keys, bytes, CHUNK),
                     KOR_CORRUPT);
    kor_buf_done(&small);
    kor_buf_done(&large);
    free(bytes);
}

static void
no_bit_can_be_turned(void **state)
{
    (void)state;
    uint8_t *bytes = content(40);
    struct kor_buf made = wrap(bytes, 40, 40);
    for (size_t i = 0; i < made.size * 8; i++) {
        made.text[i / 8] = (char)(made.text[i / 8] ^ (1 << i % 8));
        assert_int_not_equal(unwrap(made.text, made.size, &keys, bytes, 40),
                             KOR_OK);
        made.text[i / 8] = (char)(made.text[i / 8] ^ (1 << i % 8));
    }
    assert_int_equal(unwrap(made.text, made.size, &keys, bytes, 40), KOR_OK);
    kor_buf_done(&made);
    free(bytes);
}

/* Also where the last chunk is full and nothing of it would be read. */
static void
nothing_may_follow_the_last_chunk(void **state)
{
    (void)state;
    uint8_t *bytes = content(CHUNK);
    static const size_t whole[] = {100, CHUNK};
    for (size_t i = 0; i < KOR_LENGTH(whole); i++) {
        struct kor_buf made = wrap(bytes, whole[i], CHUNK);
        kor_buf_putc(&made, 'x');
        assert_int_equal(unwrap(made.text, made.size, &keys, bytes, whole[i]),
                         KOR_CORRUPT);
        kor_buf_done(&made);
    }
    free(bytes);
}

/* A container of four chunks with its chunks in the order that 'order' says;
 * 'a' is its first chunk and 'A' that of another container. */
static enum kor_code
shuffled(const struct kor_buf *one, const struct kor_buf *other,
         const uint8_t *bytes, size_t size, const char *order)
{
    struct kor_buf out = {0};
    size_t step = CHUNK + OVER;
    kor_buf_add(&out, one->text, HEAD);
    for (const char *p = order; *p; p++) {
        const struct kor_buf *from = *p >= 'a' ? one : other;
        size_t at = HEAD + (size_t)(*p - (*p >= 'a' ? 'a' : 'A')) * step;
        size_t left = from->size - at;
        kor_buf_add(&out, from->text + at, left < step ? left : step);
    }
    enum kor_code code = unwrap(out.text, out.size, &keys, bytes, size);
    kor_buf_done(&out);
    return code;
}

static void
chunks_cannot_change_places_or_come_from_elsewhere(void **state)
{
    (void)state;
    size_t size = 3 * CHUNK + 100;
    uint8_t *bytes = content(size);
    struct kor_buf one = wrap(bytes, size, CHUNK);
    struct kor_buf other = wrap(bytes, size, CHUNK);
    static const char *const orders[]
        = {"bacd", "acbd", "abd", "bcd", "abbcd", "aabcd", "abcdd",
           "abcda", "Abcd", "aBcd", "abcD", "ABCD", "d", "abc", "abcabcd"};
    assert_int_equal(shuffled(&one, &other, bytes, size, "abcd"), KOR_OK);
    for (size_t i = 0; i < KOR_LENGTH(orders); i++) {
        assert_int_equal(shuffled(&one, &other, bytes, size, orders[i]),
                         KOR_CORRUPT);
    }
    kor_buf_done(&one);
    kor_buf_done(&other);
    free(bytes);
}

static void
what_is_none_or_for_another_is_told_apart(void **state)
{
    (void)state;
    uint8_t *bytes = content(40);
    struct kor_buf made = wrap(bytes, 40, 40);
    struct kor_backup_keys mixed = keys;
    memcpy(mixed.secret_key, other_keys.secret_key, sizeof mixed.secret_key);
    assert_int_equal(unwrap("", 0, &keys, bytes, 40), KOR_BAD_VALUE);
    assert_int_equal(unwrap("SQLite format 3", 16, &keys, bytes, 40),
                     KOR_BAD_VALUE);
    assert_int_equal(unwrap(made.text, made.size, &other_keys, bytes, 40),
                     KOR_FORBIDDEN);
    assert_int_equal(unwrap(made.text, made.size, &mixed, bytes, 40),
                     KOR_CORRUPT);
    made.text[10] = '2';
    assert_int_equal(unwrap(made.text, made.size, &keys, bytes, 40),
                     KOR_CONFLICT);
    kor_buf_done(&made);
    free(bytes);
}

static void
its_server_is_known_without_a_key(void **state)
{
    (void)state;
    uint8_t other[KOR_BACKUP_MARK_SIZE] = {1};
    uint8_t *bytes = content(KOR_CONTAINER_MARKS_SIZE);
    struct kor_buf made = wrap(bytes, 40, 40);
    const uint8_t *head = (const uint8_t *)made.text;
    assert_true(kor_container_is_of(head, KOR_CONTAINER_MARKS_SIZE, mark));
    assert_false(kor_container_is_of(head, KOR_CONTAINER_MARKS_SIZE - 1,
                                     mark));
    assert_false(kor_container_is_of(head, made.size, other));
    assert_false(kor_container_is_of(bytes, KOR_CONTAINER_MARKS_SIZE, mark));
    kor_buf_done(&made);
    free(bytes);
}

static void
a_source_that_fails_is_not_called_damaged(void **state)
{
    (void)state;
    uint8_t *bytes = content(40), got[40];
    struct kor_buf made = wrap(bytes, 40, 40);
    struct memory memory
        = {.bytes = (const uint8_t *)made.text, .size = made.size};
    struct kor_container_source source = source_of(&memory);
    struct kor_container_reader *reader;
    memory.is_broken = true;
    assert_int_equal(kor_container_reader_new(&source, &keys, &reader, NULL),
                     KOR_IO);
    memory.is_broken = false;
    memory.at = 0;
    assert_int_equal(kor_container_reader_new(&source, &keys, &reader, NULL),
                     KOR_OK);
    memory.is_broken = true;
    assert_int_equal(kor_container_read(reader, got, 40, NULL), KOR_IO);
    kor_container_reader_free(reader);
    kor_container_reader_free(NULL);
    kor_container_writer_free(NULL);
    kor_buf_done(&made);
    free(bytes);
}

/* --- the archive --------------------------------------------------------- */

/* What was handed over. */
struct heard {
    int n_begun, n_opened, n_closed;
    struct kor_buf files[KOR_N_FILES];
    int now;
    enum kor_code refusal; /* Returned by begin. */
};

static enum kor_code
hear_begin(void *arg, const struct kor_manifest *manifest, struct kor_err *err)
{
    struct heard *heard = arg;
    assert_true(manifest->files[KOR_FILE_DATABASE].is_there);
    heard->n_begun++;
    return heard->refusal == KOR_OK
               ? KOR_OK
               : kor_fail(err, heard->refusal, NULL, "%s is no regular file",
                          "it");
}

static enum kor_code
hear_open(void *arg, enum kor_backup_file file, struct kor_err *err)
{
    struct heard *heard = arg;
    (void)err;
    heard->now = (int)file;
    heard->n_opened++;
    return KOR_OK;
}

static enum kor_code
hear_bytes(void *arg, const void *bytes, size_t size, struct kor_err *err)
{
    struct heard *heard = arg;
    (void)err;
    kor_buf_add(&heard->files[heard->now], bytes, size);
    return KOR_OK;
}

static enum kor_code
hear_close(void *arg, struct kor_err *err)
{
    (void)err;
    ((struct heard *)arg)->n_closed++;
    return KOR_OK;
}

static void
heard_done(struct heard *heard)
{
    for (int i = 0; i < KOR_N_FILES; i++) {
        kor_buf_done(&heard->files[i]);
    }
}

/* Decodes a container that is in memory. */
static enum kor_code
decode_made(const struct kor_buf *made, struct heard *heard,
            struct kor_manifest *manifest)
{
    uint8_t server[KOR_BACKUP_MARK_SIZE];
    struct kor_err err;
    struct memory memory
        = {.bytes = (const uint8_t *)made->text, .size = made->size};
    struct kor_container_source source = source_of(&memory);
    const struct kor_archive_sink sink = {.begin = hear_begin,
                                          .open = hear_open,
                                          .write = hear_bytes,
                                          .close = hear_close,
                                          .arg = heard};
    kor_err_init(&err, KOR_EN);
    enum kor_code code = kor_archive_decode(&source, &keys, &sink, manifest,
                                            server, &err);
    assert_true(code == KOR_OK || (err.code == code && err.text[0]));
    if (code == KOR_OK) {
        assert_memory_equal(server, mark, sizeof mark);
    }
    return code;
}

/* Decodes an archive that stands there in plain. */
static enum kor_code
decode(const struct kor_buf *plain, struct heard *heard,
       struct kor_manifest *manifest)
{
    struct kor_buf made
        = wrap((const uint8_t *)plain->text, plain->size, CHUNK);
    enum kor_code code = decode_made(&made, heard, manifest);
    kor_buf_done(&made);
    return code;
}

/* Adds the manifest with its length before it. */
static void
add_manifest(struct kor_buf *plain, const char *json)
{
    uint8_t length[4];
    for (int i = 0; i < 4; i++) {
        length[i] = (uint8_t)(strlen(json) >> (8 * i));
    }
    kor_buf_add(plain, length, 4);
    kor_buf_puts(plain, json);
}

static char *
hex(const char *text, char out[65])
{
    uint8_t hash[32];
    crypto_generichash(hash, 32, (const uint8_t *)text, strlen(text), NULL, 0);
    return sodium_bin2hex(out, 65, hash, 32);
}

/* An archive whose files hold "ini", "key", "pub" and "rows"; the size that is
 * told of the database, the name of the last small file, the head of the
 * manifest and what comes behind all may be others. */
static struct kor_buf
archive(const char *size, const char *name, const char *head, const char *end)
{
    char ini[65], key[65], pub[65], rows[65];
    struct kor_buf plain = {0}, json = {0};
    kor_buf_printf(
        &json,
        "{%s\"release\":\"9.9\",\"schema\":2,\"made_ms\":1795316400000,"
        "\"folder\":\"/c\",\"files\":{"
        "\"kord.ini\":{\"size\":3,\"blake2b\":\"%s\"},"
        "\"server.key\":{\"size\":3,\"blake2b\":\"%s\"},"
        "\"%s\":{\"size\":3,\"blake2b\":\"%s\"},"
        "\"kor.db\":{\"size\":%s,\"blake2b\":\"%s\"}},"
        "\"tables\":{\"answer\":7}}",
        head, hex("ini", ini), hex("key", key), name, hex("pub", pub), size,
        hex("rows", rows));
    add_manifest(&plain, json.text);
    kor_buf_puts(&plain, "inikeypubrows");
    kor_buf_puts(&plain, end);
    kor_buf_done(&json);
    return plain;
}

static void
an_archive_is_read_as_it_is_written_down(void **state)
{
    (void)state;
    struct heard heard = {0};
    struct kor_manifest manifest;
    struct kor_buf plain = archive("4", "server.pub", "", "");
    assert_int_equal(decode(&plain, &heard, &manifest), KOR_OK);
    assert_int_equal(heard.n_begun, 1);
    assert_int_equal(heard.n_opened, 4);
    assert_int_equal(heard.n_closed, 4);
    assert_string_equal(heard.files[KOR_FILE_CONFIG].text, "ini");
    assert_string_equal(heard.files[KOR_FILE_SERVER_KEY].text, "key");
    assert_string_equal(heard.files[KOR_FILE_SERVER_PUB].text, "pub");
    assert_string_equal(heard.files[KOR_FILE_DATABASE].text, "rows");
    assert_string_equal(manifest.release, "9.9");
    assert_string_equal(manifest.folder, "/c");
    assert_int_equal(manifest.schema, 2);
    assert_true(manifest.made_ms == 1795316400000);
    assert_int_equal(manifest.tables.n, 1);
    assert_string_equal(manifest.tables.tables[0].name, "answer");
    assert_int_equal(manifest.tables.tables[0].n_rows, 7);
    assert_false(manifest.has_log);
    heard_done(&heard);
    kor_buf_done(&plain);
}

/* Fails unless it is refused with 'code' before anything is handed over. */
static void
refused(struct kor_buf plain, enum kor_code code)
{
    struct heard heard = {0};
    struct kor_manifest manifest;
    assert_int_equal(decode(&plain, &heard, &manifest), code);
    assert_int_equal(heard.n_begun, 0);
    heard_done(&heard);
    kor_buf_done(&plain);
}

static void
sizes_that_lie_are_refused_before_room_is_made(void **state)
{
    (void)state;
    static const char *const lies[]
        = {"5", "3", "0", "9223372036854775807", "9223372036854775800",
           "-1", "1e3", "99999999999999999999", "null"};
    for (size_t i = 0; i < KOR_LENGTH(lies); i++) {
        refused(archive(lies[i], "server.pub", "", ""), KOR_CORRUPT);
    }
    /* As long as it says, and yet with something behind it. */
    refused(archive("4", "server.pub", "", "x"), KOR_CORRUPT);
    /* A manifest that is longer than all there is. */
    struct kor_buf plain = archive("4", "server.pub", "", "");
    memset(plain.text, 0xff, 4);
    refused(plain, KOR_CORRUPT);
    plain = archive("4", "server.pub", "", "");
    plain.text[2] = 3; /* 196,608 bytes more. */
    refused(plain, KOR_CORRUPT);
}

static void
files_that_nobody_knows_or_that_are_missing_are_refused(void **state)
{
    (void)state;
    static const char *const names[]
        = {"../etc/passwd", "/etc/passwd", "keys/ann.key", "server.pub/x",
           "client.ini", ""};
    for (size_t i = 0; i < KOR_LENGTH(names); i++) {
        /* In the place of one that must be there. */
        refused(archive("4", names[i], "", ""), KOR_CORRUPT);
    }
    refused(archive("4", "server.pub\":{\"size\":0,\"blake2b\":\"\"},\"x", "",
                    ""),
            KOR_CORRUPT);
    /* All that must be there, and one more: a newer kor. */
    char none[65];
    struct kor_buf more = {0};
    kor_buf_printf(&more,
                   "labels.key\":{\"size\":0,\"blake2b\":\"%s\"},\"server.pub",
                   hex("", none));
    refused(archive("4", more.text, "", ""), KOR_CONFLICT);
    kor_buf_done(&more);
    /* The same member twice, and ends of a log that cannot be. */
    refused(archive("4", "server.pub", "\"schema\":1,", ""), KOR_CORRUPT);
    refused(archive("4", "server.pub", "\"log\":3,", ""), KOR_CORRUPT);
    refused(archive("4", "server.pub", "\"log\":{\"seq\":1,\"blake2b\":\"\"},",
                    ""),
            KOR_CORRUPT);
}

static void
a_file_that_is_not_what_was_said_is_not_closed(void **state)
{
    (void)state;
    struct heard heard = {0};
    struct kor_manifest manifest;
    struct kor_buf plain = archive("4", "server.pub", "", "");
    plain.text[plain.size - 1] = 'S';
    assert_int_equal(decode(&plain, &heard, &manifest), KOR_CORRUPT);
    assert_int_equal(heard.n_opened, 4);
    assert_int_equal(heard.n_closed, 3);
    heard_done(&heard);
    kor_buf_done(&plain);
}

static void
whoever_takes_it_may_refuse(void **state)
{
    (void)state;
    struct heard heard = {.refusal = KOR_NOT_STORED};
    struct kor_manifest manifest;
    struct kor_buf plain = archive("4", "server.pub", "", "");
    assert_int_equal(decode(&plain, &heard, &manifest), KOR_NOT_STORED);
    assert_int_equal(heard.n_opened, 0);
    heard_done(&heard);
    kor_buf_done(&plain);
}

/* Encodes an archive of files that hold their own names, but for the database,
 * which holds "rows" and should hold 'rows'. */
static enum kor_code
encode(const char *rows, struct kor_buf *made)
{
    struct kor_manifest manifest = {.release = "0.3.0", .folder = "/c"};
    struct memory memories[KOR_N_FILES];
    struct kor_container_source sources[KOR_N_FILES];
    struct kor_container_writer *writer;
    const struct kor_container_sink sink = {add_bytes, made};
    for (int i = 0; i < KOR_N_FILES; i++) {
        bool is_database = i == KOR_FILE_DATABASE;
        const char *name
            = kor_backup_file_info((enum kor_backup_file)i)->name;
        const char *text = is_database ? rows : name;
        manifest.files[i].is_there = i != KOR_FILE_CLIENT;
        manifest.files[i].size
            = i == KOR_FILE_CLIENT ? 0 : (int64_t)strlen(text);
        crypto_generichash(manifest.files[i].hash, 32, (const uint8_t *)text,
                           strlen(text), NULL, 0);
        text = is_database ? "rows" : name;
        memories[i] = (struct memory){.bytes = (const uint8_t *)text,
                                      .size = strlen(text)};
        sources[i] = source_of(&memories[i]);
    }
    assert_int_equal(kor_container_writer_new(&sink, mark, keys.public_key,
                                              &writer, NULL),
                     KOR_OK);
    enum kor_code code = kor_archive_encode(writer, &manifest, sources, NULL);
    if (code == KOR_OK) {
        code = kor_container_finish(writer, NULL);
    }
    kor_container_writer_free(writer);
    return code;
}

static void
what_is_encoded_is_decoded_the_same(void **state)
{
    (void)state;
    struct kor_buf made = {0};
    struct heard heard = {0};
    struct kor_manifest manifest;
    assert_int_equal(encode("rows", &made), KOR_OK);
    assert_int_equal(decode_made(&made, &heard, &manifest), KOR_OK);
    assert_int_equal(heard.n_closed, KOR_N_FILES - 1);
    assert_null(heard.files[KOR_FILE_CLIENT].text);
    assert_string_equal(heard.files[KOR_FILE_CONFIG].text, "kord.ini");
    assert_string_equal(heard.files[KOR_FILE_BACKUP_PUB].text, "backup.pub");
    assert_string_equal(heard.files[KOR_FILE_DATABASE].text, "rows");
    heard_done(&heard);
    kor_buf_done(&made);
}

static void
a_file_that_changes_meanwhile_is_not_backed_up(void **state)
{
    (void)state;
    struct kor_buf made = {0};
    assert_int_equal(encode("cows", &made), KOR_BUSY);
    assert_int_equal(encode("rowsandmore", &made), KOR_BUSY);
    kor_buf_done(&made);
}

static void
a_manifest_comes_back_the_same(void **state)
{
    (void)state;
    struct kor_manifest manifest = {.release = "0.3.0",
                                    .schema = 2,
                                    .made_ms = 1795316400123,
                                    .folder = "/var/lib/k\xc3\xb8r",
                                    .tables = {.n = 2},
                                    .has_log = true,
                                    .log_seq = 990};
    struct kor_manifest back;
    struct kor_buf text = {0};
    for (int i = 0; i < KOR_N_FILES; i++) {
        manifest.files[i].is_there = i != KOR_FILE_CLIENT;
        manifest.files[i].size = i == KOR_FILE_CLIENT ? 0 : 10 + i;
        memset(manifest.files[i].hash, i == KOR_FILE_CLIENT ? 0 : i + 1, 32);
    }
    strcpy(manifest.tables.tables[0].name, "access_log");
    strcpy(manifest.tables.tables[1].name, "answer");
    manifest.tables.tables[0].n_rows = INT64_MAX;
    memset(manifest.log_hash, 0xa5, sizeof manifest.log_hash);
    kor_manifest_encode(&manifest, &text);
    assert_int_equal(kor_manifest_decode(text.text, text.size, &back, NULL),
                     KOR_OK);
    assert_memory_equal(&back, &manifest, sizeof manifest);
    /* 10 + 12 + 13 + 14 + 15 + 16, without client.ini. */
    assert_int_equal(kor_manifest_size(&back), 80);
    kor_buf_done(&text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_in_comes_out_whatever_its_size),
        cmocka_unit_test(the_layout_is_the_one_that_is_written_down),
        cmocka_unit_test(a_container_that_is_cut_off_anywhere_is_refused),
        cmocka_unit_test(no_bit_can_be_turned),
        cmocka_unit_test(nothing_may_follow_the_last_chunk),
        cmocka_unit_test(chunks_cannot_change_places_or_come_from_elsewhere),
        cmocka_unit_test(what_is_none_or_for_another_is_told_apart),
        cmocka_unit_test(its_server_is_known_without_a_key),
        cmocka_unit_test(a_source_that_fails_is_not_called_damaged),
        cmocka_unit_test(an_archive_is_read_as_it_is_written_down),
        cmocka_unit_test(sizes_that_lie_are_refused_before_room_is_made),
        cmocka_unit_test(
            files_that_nobody_knows_or_that_are_missing_are_refused),
        cmocka_unit_test(a_file_that_is_not_what_was_said_is_not_closed),
        cmocka_unit_test(whoever_takes_it_may_refuse),
        cmocka_unit_test(what_is_encoded_is_decoded_the_same),
        cmocka_unit_test(a_file_that_changes_meanwhile_is_not_backed_up),
        cmocka_unit_test(a_manifest_comes_back_the_same),
    };
    return cmocka_run_group_tests(tests, set_keys, NULL);
}
