/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory that nobody looks into, and the server's keys: see secret.h. */

#include "secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <sodium.h>

void
kord_hide_memory(void)
{
    const struct rlimit none = {0, 0};
    (void)prctl(PR_SET_DUMPABLE, 0);
    (void)setrlimit(RLIMIT_CORE, &none);
}

bool
kord_server_credential(char path[512])
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    int size = folder ? snprintf(path, 512, "%s/server.key", folder) : 0;
    return size > 0 && size < 512 && access(path, F_OK) == 0;
}

enum kor_code
kord_server_keys(const struct kord_config *config, struct kor_keyfile **keysp,
                 struct kor_err *err)
{
    char path[512];
    struct kor_keyfile *keys = sodium_malloc(sizeof *keys);
    *keysp = NULL;
    if (!keys) {
        return kor_fail(err, KOR_INTERNAL, NULL,
                        "there is no memory for the server's key");
    }
    enum kor_code code
        = kord_server_credential(path)
              ? kor_keyfile_read_credential(path, keys, err)
              : kor_keyfile_read(kord_path(config, "server.key", path), keys,
                                 err);
    if (code == KOR_OK && !keys->secret_key[0]) {
        code = kor_fail(err, KOR_CONFIG, NULL,
                        "%s holds no secret key: it is not the server's key "
                        "pair", path);
    }
    if (code != KOR_OK) {
        kord_server_keys_free(keys);
        return code;
    }
    (void)sodium_mprotect_readonly(keys);
    *keysp = keys;
    return KOR_OK;
}

void
kord_server_keys_free(struct kor_keyfile *keys)
{
    sodium_free(keys);
}
