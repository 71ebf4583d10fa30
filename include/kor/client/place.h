/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_CLIENT_PLACE_H
#define KOR_CLIENT_PLACE_H 1

#include "kor/base/err.h"
#include "kor/base/keyfile.h"

/* Place: where a clinic's daemon is found, and as whom one speaks to it.
 *
 * It is read from the file client.ini, which 'kord init' writes:
 *
 *     [kor]
 *     endpoint = ipc:///var/lib/kor/kord.sock
 *     feed     = ipc:///var/lib/kor/feed.sock
 *     server   = the server's public key, Z85
 *     key      = keys/operator.key
 *     language = nb
 *
 * 'key' is a path from the folder of the file, or an absolute one, and
 * "own.key" if it is left out, where 'kor enrol' puts it; 'language' may be
 * left out. */

#define KOR_PLACE_PATH_SIZE 1024

struct kor_place {
    char file[KOR_PLACE_PATH_SIZE]; /* The client.ini that was read. */
    char endpoint[256];             /* Of the daemon. */
    char feed[256];                 /* Of its feed. */
    char server[KOR_Z85_SIZE];      /* The server's public key. */
    struct kor_keyfile keys;        /* One's own, with its secret. */
    char language[8];               /* en, nb or sv; "" if not said. */
};

/* Fills '*place'.
 *
 * 'at' is the folder that holds client.ini, or such a file.  If it is null, the
 * environment is asked: KOR_AT, else kor/ in XDG_CONFIG_HOME, else .config/kor/ in HOME.
 * 'key', if not null, is the key file to use in place of the one named there.
 *
 * Returns KOR_CONFIG, with a sentence that says what to do, if the file is not
 * there or not right. */
KOR_NODISCARD enum kor_code kor_place_load(const char *at, const char *key,
                                           struct kor_place *place,
                                           struct kor_err *err);

/* The same without place->keys, which need not be there yet: 'key_file' is the
 * path where they belong. */
KOR_NODISCARD enum kor_code
kor_place_of_daemon(const char *at, const char *key, struct kor_place *place,
                    char key_file[KOR_PLACE_PATH_SIZE], struct kor_err *err);

#endif /* kor/client/place.h */
