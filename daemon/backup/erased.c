/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of erased clients and revoked keys: see backup/erased.h. */

#include "backup/erased.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "backup/disk.h"
#include "backup/keys.h"
#include "kor/base/alloc.h"
#include "kor/base/file.h"

#define MAX_SIZE (16 * 1024 * 1024)

static char *
list_path(const char *folder, const uint8_t mark[KOR_BACKUP_MARK_SIZE],
          char path[KOR_DISK_PATH_SIZE])
{
    char hex[2 * KOR_BACKUP_MARK_SIZE + 1], name[64];
    sodium_bin2hex(hex, sizeof hex, mark, KOR_BACKUP_MARK_SIZE);
    snprintf(name, sizeof name, "kor-%s.erased", hex);
    return kor_disk_path(folder, name, path);
}

static enum kor_code
put(const struct kor_buf *text, const struct kor_backup_order *order,
    const char *to, struct kor_err *err)
{
    struct kor_out_file out = {.fd = -1};
    struct kor_container_writer *writer = NULL;
    uint8_t server[KOR_BACKUP_KEY_SIZE], mark[KOR_BACKUP_MARK_SIZE];
    char path[KOR_DISK_PATH_SIZE];
    enum kor_code code
        = kor_backup_keys_server(order->folder, server, mark, err);
    if (code == KOR_OK) {
        code = kor_out_file_open(list_path(to, mark, path), 0600,
                                 order->is_stopped, &out, err);
    }
    if (code == KOR_OK) {
        code = kor_container_writer_new(&out.sink, mark, order->key, &writer,
                                        err);
    }
    if (code == KOR_OK) {
        code = kor_container_write(writer, text->text, text->size, err);
    }
    if (code == KOR_OK) {
        code = kor_container_finish(writer, err);
    }
    kor_container_writer_free(writer);
    if (code == KOR_OK) {
        code = kor_out_file_finish(&out, err);
    }
    kor_out_file_drop(&out);
    return code;
}

enum kor_code
kor_erased_put(const struct kor_backup_order *order, const char *to,
               struct kor_err *err)
{
    char path[KOR_DISK_PATH_SIZE];
    struct kor_buf text = {0};
    enum kor_code code
        = kor_file_read(kor_disk_path(order->folder, "deletions", path),
                        MAX_SIZE, &text, err);
    if (code == KOR_OK) {
        code = put(&text, order, to, err);
    } else if (code == KOR_NOT_FOUND) {
        code = KOR_OK;
    }
    kor_buf_done(&text);
    return code;
}

/* --- reading ------------------------------------------------------------- */

/* Reads from a file that is in memory. */
struct memory {
    const struct kor_buf *bytes;
    size_t at;
};

static enum kor_code
read_memory(void *arg, void *bytes, size_t size, size_t *got,
            struct kor_err *err)
{
    struct memory *memory = arg;
    size_t left = memory->bytes->size - memory->at;
    (void)err;
    *got = size < left ? size : left;
    if (*got) {
        memcpy(bytes, memory->bytes->text + memory->at, *got);
    }
    memory->at += *got;
    return KOR_OK;
}

/* Turns the container in 'text' into what it holds. */
static enum kor_code
open_list(struct kor_buf *text, const struct kor_backup_keys *keys,
          const uint8_t server_mark[KOR_BACKUP_MARK_SIZE],
          struct kor_err *err)
{
    struct memory memory = {.bytes = text};
    struct kor_container_source source
        = {.read = read_memory, .arg = &memory, .size = text->size};
    struct kor_container_reader *reader;
    enum kor_code code = kor_container_reader_new(&source, keys, &reader, err);
    if (code != KOR_OK) {
        return code;
    }
    size_t size = (size_t)kor_container_content(source.size);
    char *content = kor_alloc(size + 1);
    if (memcmp(kor_container_server(reader), server_mark,
               KOR_BACKUP_MARK_SIZE)) {
        code = kor_fail(err, KOR_FORBIDDEN, "--deletions",
                        "this list of erased clients and revoked keys is "
                        "another clinic's");
    }
    if (code == KOR_OK) {
        code = kor_container_read(reader, content, size, err);
    }
    if (code == KOR_OK) {
        code = kor_container_end(reader, err);
    }
    kor_container_reader_free(reader);
    kor_buf_clear(text);
    kor_buf_add(text, content, size);
    free(content);
    return code;
}

enum kor_code
kor_erased_get(const char *path, const struct kor_backup_keys *keys,
               const uint8_t server_mark[KOR_BACKUP_MARK_SIZE],
               const char *to, struct kor_err *err)
{
    struct kor_buf text = {0};
    enum kor_code code = kor_file_read(path, 2 * MAX_SIZE, &text, err);
    if (code == KOR_OK
        && kor_container_is_one((const uint8_t *)kor_buf_text(&text),
                                text.size)) {
        code = open_list(&text, keys, server_mark, err);
    }
    if (code == KOR_OK) {
        code = kor_file_write(to, kor_buf_text(&text), text.size, 0600, err);
    }
    kor_buf_done(&text);
    return code;
}
