/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A clinic that is backed up: see strongbox.h. */

#include "support/strongbox.h"

#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "backup/keys.h"
#include "backup/unpack.h"
#include "kor/base/alloc.h"
#include "kor/base/file.h"
#include "support/near.h"

struct strongbox *
strongbox_new(void)
{
    struct strongbox *box = kor_alloc(sizeof *box);
    assert_true(sodium_init() >= 0);
    kit_folder(box->base);
    snprintf(box->clinic, BOX_PATH_SIZE, "%s/clinic", box->base);
    snprintf(box->key, BOX_PATH_SIZE, "%s/key", box->base);
    snprintf(box->file, BOX_PATH_SIZE, "%s/a.korbackup", box->base);
    snprintf(box->again, BOX_PATH_SIZE, "%s/again", box->base);
    snprintf(box->scratch, BOX_PATH_SIZE, "%s/scratch", box->base);
    assert_int_equal(mkdir(box->scratch, 0700), 0);
    strongbox_kord(box, 0, "init %s", box->clinic);
    strongbox_kord(box, 0, "backup-key %s", box->key);
    return box;
}

void
strongbox_free(struct strongbox *box)
{
    kit_folder_remove(box->base);
    run_done(&box->run);
    free(box);
}

static void
run_line(struct strongbox *box, const char *line, va_list args)
{
    char text[1024];
    assert_true(vsnprintf(text, sizeof text, line, args)
                < (int)sizeof text);
    run_done(&box->run);
    run_kord(text, &box->run);
}

void
strongbox_try(struct strongbox *box, const char *line, ...)
{
    va_list args;
    va_start(args, line);
    run_line(box, line, args);
    va_end(args);
}

void
strongbox_kord(struct strongbox *box, int status, const char *line, ...)
{
    va_list args;
    va_start(args, line);
    run_line(box, line, args);
    va_end(args);
    if (box->run.status != status) {
        print_error("kord %s ended with %d and not with %d: %s%s\n", line,
                    box->run.status, status, kor_buf_text(&box->run.out),
                    kor_buf_text(&box->run.err));
        fail();
    }
}

void
strongbox_backup(struct strongbox *box, const char *file)
{
    strongbox_kord(box, 0, "backup %s %s --key %s.pub", box->clinic, file,
                   box->key);
}

void
strongbox_says(const struct strongbox *box, const char *word)
{
    if (!strstr(kor_buf_text(&box->run.out), word)
        && !strstr(kor_buf_text(&box->run.err), word)) {
        print_error("not said '%s': %s%s\n", word,
                    kor_buf_text(&box->run.out), kor_buf_text(&box->run.err));
        fail();
    }
}

char *
strongbox_path(const char *folder, const char *name,
               char path[KOR_DISK_PATH_SIZE])
{
    return *name ? kor_disk_path(folder, name, path) : strcpy(path, folder);
}

bool
strongbox_has(const char *folder, const char *name)
{
    char path[KOR_DISK_PATH_SIZE];
    return access(strongbox_path(folder, name, path), F_OK) == 0;
}

int
strongbox_count(const char *folder)
{
    DIR *dir = opendir(folder);
    int n = -2; /* "." and "..". */
    assert_non_null(dir);
    while (readdir(dir)) {
        n++;
    }
    closedir(dir);
    return n;
}

struct kor_buf
strongbox_read(const char *folder, const char *name)
{
    char path[KOR_DISK_PATH_SIZE];
    struct kor_buf text = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_file_read(strongbox_path(folder, name, path), 1 << 28, &text,
                         &err),
           &err);
    return text;
}

void
strongbox_write(const char *folder, const char *name, const char *text)
{
    char path[KOR_DISK_PATH_SIZE];
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_file_write(strongbox_path(folder, name, path), text,
                          strlen(text), 0600, &err),
           &err);
}

/* --- forging ------------------------------------------------------------- */

static bool
goes_on(void)
{
    return false;
}

/* Opens what is in 'folder', and says in 'manifest' what it is. */
static void
open_files(const char *folder, struct kor_manifest *manifest,
           struct kor_in_file files[KOR_N_FILES],
           struct kor_container_source sources[KOR_N_FILES])
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    for (int i = 0; i < KOR_N_FILES; i++) {
        char path[KOR_DISK_PATH_SIZE];
        kor_disk_path(folder, kor_unpack_name((enum kor_backup_file)i), path);
        files[i].fd = -1;
        manifest->files[i].is_there = strongbox_has(path, "");
        if (manifest->files[i].is_there) {
            kit_ok(kor_disk_hash(path, &manifest->files[i].size,
                                 manifest->files[i].hash, &err),
                   &err);
            kit_ok(kor_in_file_open(path, &files[i], &err), &err);
            sources[i] = files[i].source;
        }
    }
}

void
strongbox_forge(const struct strongbox *box, const char *folder,
                const struct kor_manifest *manifest,
                const uint8_t server_mark[KOR_BACKUP_MARK_SIZE],
                const char *to)
{
    struct kor_manifest said = *manifest;
    struct kor_backup_keys keys;
    struct kor_in_file files[KOR_N_FILES];
    struct kor_container_source sources[KOR_N_FILES] = {{0}};
    struct kor_container_writer *writer;
    struct kor_out_file out;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    open_files(folder, &said, files, sources);
    kit_ok(kor_backup_keys_read(box->key, &keys, &err), &err);
    kit_ok(kor_out_file_open(to, 0600, goes_on, &out, &err), &err);
    kit_ok(kor_container_writer_new(&out.sink, server_mark, keys.public_key,
                                    &writer, &err),
           &err);
    kit_ok(kor_archive_encode(writer, &said, sources, &err), &err);
    kit_ok(kor_container_finish(writer, &err), &err);
    kit_ok(kor_out_file_finish(&out, &err), &err);
    kor_container_writer_free(writer);
    for (int i = 0; i < KOR_N_FILES; i++) {
        kor_in_file_close(&files[i]);
    }
}
