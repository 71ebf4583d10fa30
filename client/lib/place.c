/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the daemon is: see kor/client/place.h. */

#include "kor/client/place.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kor/base/ini.h"

static bool
is_file(const char *path)
{
    struct stat about;
    return !stat(path, &about) && S_ISREG(about.st_mode);
}

/* Writes the path of client.ini; false if it would be too long. */
static bool
find_file(const char *at, char path[KOR_PLACE_PATH_SIZE])
{
    const char *folder = at ? at : getenv("KOR_AT");
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    int size;
    if (folder && *folder && is_file(folder)) {
        size = snprintf(path, KOR_PLACE_PATH_SIZE, "%s", folder);
    } else if (folder && *folder) {
        size = snprintf(path, KOR_PLACE_PATH_SIZE, "%s/client.ini", folder);
    } else if (config && *config) {
        size = snprintf(path, KOR_PLACE_PATH_SIZE, "%s/kor/client.ini",
                        config);
    } else {
        size = snprintf(path, KOR_PLACE_PATH_SIZE,
                        "%s/.config/kor/client.ini", home ? home : "");
    }
    return size > 0 && size < KOR_PLACE_PATH_SIZE;
}

/* Makes 'path' a path from the folder of 'file', unless it is absolute. */
static bool
beside(const char *file, const char *path, char out[KOR_PLACE_PATH_SIZE])
{
    const char *slash = strrchr(file, '/');
    int len = *path != '/' && slash ? (int)(slash - file) + 1 : 0;
    int size = snprintf(out, KOR_PLACE_PATH_SIZE, "%.*s%s", len, file, path);
    return size > 0 && size < KOR_PLACE_PATH_SIZE;
}

static enum kor_code
check(const struct kor_place *place, struct kor_err *err)
{
    if (!place->endpoint[0] || !place->feed[0] || !place->server[0]) {
        return kor_fail(err, KOR_CONFIG, "endpoint",
                        "%s must name endpoint, feed and server: copy those "
                        "lines of the client.ini that 'kord init' made", place->file);
    }
    if (strlen(place->server) != KOR_Z85_SIZE - 1) {
        return kor_fail(err, KOR_CONFIG, "server",
                        "%s: server must be the daemon's public key, %d "
                        "characters: it stands in the clinic's server.pub",
                        place->file, KOR_Z85_SIZE - 1);
    }
    if (place->language[0] && strcmp(place->language, "en")
        && strcmp(place->language, "nb") && strcmp(place->language, "sv")) {
        return kor_fail(err, KOR_CONFIG, "language",
                        "%s: language must be en, nb or sv", place->file);
    }
    return KOR_OK;
}

static enum kor_code
read_keys(struct kor_place *place, const char *key, struct kor_err *err)
{
    enum kor_code code = kor_keyfile_read(key, &place->keys, err);
    if (code == KOR_NOT_FOUND) {
        return kor_fail(err, KOR_CONFIG, "key",
                        "the key file %s is not there: ask whoever looks "
                        "after the clinic's daemon for one", key);
    }
    if (code == KOR_OK && !place->keys.secret_key[0]) {
        return kor_fail(err, KOR_CONFIG, "key",
                        "%s holds no secret key: name your own key file, not "
                        "one of a server", key);
    }
    return code;
}

enum kor_code
kor_place_of_daemon(const char *at, const char *key, struct kor_place *place,
               char key_file[KOR_PLACE_PATH_SIZE], struct kor_err *err)
{
    char named[KOR_PLACE_PATH_SIZE] = "own.key";
    memset(place, 0, sizeof *place);
    const struct kor_ini_key keys[] = {
        {"kor", "endpoint", place->endpoint, sizeof place->endpoint, NULL, 0,
         0},
        {"kor", "feed", place->feed, sizeof place->feed, NULL, 0, 0},
        {"kor", "server", place->server, sizeof place->server, NULL, 0, 0},
        {"kor", "key", named, sizeof named, NULL, 0, 0},
        {"kor", "language", place->language, sizeof place->language, NULL, 0,
         0},
    };
    if (!find_file(at, place->file)) {
        return kor_fail(err, KOR_CONFIG, "at",
                        "the path of the clinic's folder is too long");
    }
    if (access(place->file, F_OK)) {
        return kor_fail(err, KOR_CONFIG, "at",
                        "there is no %s: say where the clinic's folder is, "
                        "with --at FOLDER or in KOR_AT", place->file);
    }
    enum kor_code code
        = kor_ini_read(place->file, keys, KOR_LENGTH(keys), err);
    if (code == KOR_OK) {
        code = check(place, err);
    }
    if (code != KOR_OK) {
        return code;
    }
    bool fits = key ? snprintf(key_file, KOR_PLACE_PATH_SIZE, "%s", key)
                          < KOR_PLACE_PATH_SIZE
                    : beside(place->file, named, key_file);
    return fits ? KOR_OK
                : kor_fail(err, KOR_CONFIG, "key",
                           "the path of the key that %s names is too long",
                           place->file);
}

enum kor_code
kor_place_load(const char *at, const char *key, struct kor_place *place,
               struct kor_err *err)
{
    char key_file[KOR_PLACE_PATH_SIZE];
    enum kor_code code = kor_place_of_daemon(at, key, place, key_file, err);
    return code == KOR_OK ? read_keys(place, key_file, err) : code;
}
