/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_KEYFILE_H
#define KOR_BASE_KEYFILE_H 1

#include <stdint.h>

#include "kor/base/err.h"

/* Key files: a CURVE key pair as text, for example
 *
 *     # kor key of operator: keep this file secret
 *     public = rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7
 *     secret = JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6
 *
 * A file that only tells a server's public key has no 'secret'.
 *
 * Reading and writing leave no secret behind in memory but the caller's. */

#define KOR_Z85_SIZE 41 /* A key of 32 bytes in Z85, terminated. */

struct kor_keyfile {
    char public_key[KOR_Z85_SIZE];
    char secret_key[KOR_Z85_SIZE]; /* "" if there is none. */
};

/* Writes a key of 32 bytes in Z85 (ZeroMQ RFC 32) and returns 'text'. */
char *kor_z85_from(const uint8_t key[32], char text[KOR_Z85_SIZE]);

/* Reads the file 'path'.  A file with a secret that others may read is
 * refused, KOR_CONFIG, and so is one that is no key file. */
KOR_NODISCARD enum kor_code kor_keyfile_read(const char *path,
                                             struct kor_keyfile *keys,
                                             struct kor_err *err);

/* The same for a file that a service manager handed over (systemd's
 * credentials): it may grant its reading by an access list, which shows as
 * rights of the group, so that only a file for everybody is refused. */
KOR_NODISCARD enum kor_code
kor_keyfile_read_credential(const char *path, struct kor_keyfile *keys,
                            struct kor_err *err);

/* Overwrites both keys in a way that no compiler leaves out. */
void kor_keyfile_wipe(struct kor_keyfile *keys);

/* Writes it, readable by the owner alone if it holds a secret.  'of' says
 * whose key it is. */
KOR_NODISCARD enum kor_code kor_keyfile_write(const char *path,
                                              const struct kor_keyfile *keys,
                                              const char *of,
                                              struct kor_err *err);

#endif /* kor/base/keyfile.h */
