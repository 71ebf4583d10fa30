/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The folder of an outbox: see client/lib/outbox_folder.h. */

#include "lib/outbox_folder.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kor/base/alloc.h"
#include "kor/base/file.h"

#define NUMBER_SIZE 9
#define MAX_NUMBER 999999999
#define MAX_NAMES 10000 /* Somebody else's doing. */

char *
kor_outbox_path(const char *folder, const char *name,
                char path[KOR_OUTBOX_PATH_SIZE])
{
    snprintf(path, KOR_OUTBOX_PATH_SIZE, "%.*s/%.90s",
             KOR_OUTBOX_PATH_SIZE - 92, folder, name);
    return path;
}

void
kor_outbox_name(uint32_t number, const char *id,
                char name[KOR_OUTBOX_NAME_SIZE])
{
    snprintf(name, KOR_OUTBOX_NAME_SIZE, "%09u-%.36s",
             (unsigned)(number < MAX_NUMBER ? number : MAX_NUMBER), id);
}

const char *
kor_outbox_name_id(const char *name)
{
    return name + NUMBER_SIZE + 1;
}

static bool
is_entry(const char *name)
{
    uint8_t uuid[KOR_UUID_SIZE];
    return strspn(name, "0123456789") == NUMBER_SIZE
        && name[NUMBER_SIZE] == '-'
        && kor_uuid_parse(kor_outbox_name_id(name), uuid);
}

static int
compare_names(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void
add_name(struct kor_outbox_folder *folder, const char *path, const char *name)
{
    char file[KOR_OUTBOX_PATH_SIZE];
    struct stat about = {0};
    folder->names = kor_realloc_array(folder->names, folder->n + 1,
                                      sizeof *folder->names);
    memcpy(folder->names[folder->n++], name, KOR_OUTBOX_NAME_SIZE);
    (void)stat(kor_outbox_path(path, name, file), &about);
    folder->n_bytes += about.st_size > 0 ? (uint64_t)about.st_size : 0;
    uint32_t number = (uint32_t)strtoul(name, NULL, 10);
    folder->last = number > folder->last ? number : folder->last;
}

enum kor_code
kor_outbox_folder_read(const char *path, struct kor_outbox_folder *folder,
                       struct kor_err *err)
{
    *folder = (struct kor_outbox_folder){0};
    DIR *dir = opendir(path);
    if (!dir) {
        return errno == ENOENT ? KOR_OK
                               : kor_fail(err, KOR_IO, "outbox", "%s: %s",
                                          path, strerror(errno));
    }
    const struct dirent *file;
    while (folder->n <= MAX_NAMES && (file = readdir(dir))) {
        if (is_entry(file->d_name)) {
            add_name(folder, path, file->d_name);
        }
    }
    closedir(dir);
    if (folder->n > MAX_NAMES) {
        return kor_fail(err, KOR_TOO_LARGE, "outbox",
                        "%s has more than %d files, and kor made no more than "
                        "%d: move away what is not its own", path, MAX_NAMES,
                        MAX_NAMES / 10);
    }
    if (folder->n > 0) {
        qsort(folder->names, folder->n, sizeof *folder->names,
              compare_names);
    }
    return KOR_OK;
}

void
kor_outbox_folder_done(struct kor_outbox_folder *folder)
{
    free(folder->names);
    *folder = (struct kor_outbox_folder){0};
}

/* Makes the folder 'path' and notes it in the one above it. */
static bool
make_one(char *path)
{
    if (mkdir(path, 0700)) {
        return errno == EEXIST;
    }
    char *slash = strrchr(path, '/');
    if (!slash || slash == path) {
        return true;
    }
    *slash = '\0';
    bool is_synced = kor_folder_sync(path, NULL) == KOR_OK;
    *slash = '/';
    return is_synced;
}

enum kor_code
kor_outbox_folder_make(const char *path, struct kor_err *err)
{
    char part[KOR_OUTBOX_PATH_SIZE];
    bool is_made = true;
    snprintf(part, sizeof part, "%s", path);
    for (char *slash = part; is_made && (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        is_made = make_one(part);
        *slash = '/';
    }
    return is_made && make_one(part)
               ? KOR_OK
               : kor_fail(err, KOR_CANNOT_CREATE, "outbox", "%s: %s", path,
                          strerror(errno));
}

void
kor_outbox_folder_tidy(const char *path)
{
    char file[KOR_OUTBOX_PATH_SIZE];
    DIR *dir = opendir(path);
    const struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        if (strstr(entry->d_name, KOR_FILE_NEW)) {
            (void)unlink(kor_outbox_path(path, entry->d_name, file));
        }
    }
    if (dir) {
        closedir(dir);
    }
}

size_t
kor_outbox_folder_others(const char *root, const char *own)
{
    size_t n = 0;
    char path[KOR_OUTBOX_PATH_SIZE];
    DIR *dir = opendir(root);
    const struct dirent *entry;
    while (dir && (entry = readdir(dir))) {
        struct kor_outbox_folder folder;
        kor_outbox_path(root, entry->d_name, path);
        if (entry->d_name[0] == '.' || !strcmp(path, own)) {
            continue;
        }
        if (kor_outbox_folder_read(path, &folder, NULL) == KOR_OK) {
            n += folder.n;
        }
        kor_outbox_folder_done(&folder);
    }
    if (dir) {
        closedir(dir);
    }
    return n;
}
