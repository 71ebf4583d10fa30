/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as configuration of the daemon, of a client or as a
 * key file: no crash, no leak; what is taken is written and read back the
 * same, and what the daemon writes for clients they understand.
 *
 * The first byte says which of the three it is, the rest is the file. */

#include <sys/stat.h>

#include "config.h"
#include "fuzz/memory.h"
#include "fuzz/refusal.h"
#include "kor/base/file.h"
#include "kor/client/place.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define Z85_KEY "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7"
#define KEYS "public = " Z85_KEY "\nsecret = " Z85_KEY "\n"

static char folder[] = "/tmp/kor-fuzz-XXXXXX";

/* A folder with a key in it; the files in it are written over again and
 * again. */
static void
remove_folder(void)
{
    static const char *const names[]
        = {"/kord.ini", "/client.ini", "/keys/operator.key", "/keys", ""};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[64];
        snprintf(path, sizeof path, "%s%s", folder, names[i]);
        (void)remove(path);
    }
}

static void
write_file(const char *name, const void *bytes, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    must(file && fwrite(bytes, 1, size, file) == size && !fclose(file));
    must(chmod(path, 0600) == 0);
}

static void
make_folder(void)
{
    static bool is_there;
    if (!is_there) {
        char keys[64];
        must(mkdtemp(folder));
        atexit(remove_folder);
        snprintf(keys, sizeof keys, "%s/keys", folder);
        must(mkdir(keys, 0700) == 0);
        write_file("keys/operator.key", KEYS, strlen(KEYS));
        is_there = true;
    }
}

/* --- kord.ini ------------------------------------------------------------ */

static void
check_again(const struct kord_config *config)
{
    struct kord_config back;
    struct kor_place place;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    must(kord_config_write(config, Z85_KEY, &err) == KOR_OK);
    must(kord_config_read(folder, &back, &err) == KOR_OK);
    must(!strcmp(back.endpoint, config->endpoint)
         && !strcmp(back.feed, config->feed)
         && !strcmp(back.language, config->language)
         && !strcmp(back.zone, config->zone)
         && !strcmp(back.pathway, config->pathway)
         && !strcmp(back.unit, config->unit)
         && !strcmp(back.log, config->log));
    must(kor_place_load(folder, NULL, &place, &err) == KOR_OK);
    must(!strcmp(place.endpoint, config->endpoint)
         && !strcmp(place.feed, config->feed));
}

static void
fuzz_daemon(struct feed *feed)
{
    struct kord_config config;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    write_file("kord.ini", feed->at, feed->left);
    enum kor_code code = kord_config_read(folder, &config, &err);
    if (code == KOR_OK) {
        check_again(&config);
    } else {
        must_be_refusal(code, &err);
    }
}

/* --- client.ini ---------------------------------------------------------- */

static void
fuzz_client(struct feed *feed)
{
    struct kor_place place;
    struct kor_err err;
    kor_err_init(&err, KOR_NB);
    write_file("client.ini", feed->at, feed->left);
    enum kor_code code = kor_place_load(folder, NULL, &place, &err);
    if (code == KOR_OK) {
        must(place.endpoint[0] && place.feed[0]);
        must(strlen(place.server) == KOR_Z85_SIZE - 1);
        must(place.keys.secret_key[0]);
    } else {
        must_be_refusal(code, &err);
    }
}

/* --- key files ----------------------------------------------------------- */

static void
fuzz_keys(struct feed *feed)
{
    struct kor_keyfile keys, back;
    struct kor_err err;
    char path[MEMORY_PATH_SIZE];
    kor_err_init(&err, KOR_SV);
    int fd = memory_file(feed->at, feed->left, path);
    enum kor_code code = kor_keyfile_read(path, &keys, &err);
    close(fd);
    if (code == KOR_OK) {
        char copy[64];
        snprintf(copy, sizeof copy, "%s/client.ini", folder);
        must(strlen(keys.public_key) == KOR_Z85_SIZE - 1);
        must(kor_keyfile_write(copy, &keys, "one", &err) == KOR_OK);
        must(kor_keyfile_read(copy, &back, &err) == KOR_OK);
        must(!strcmp(keys.public_key, back.public_key)
             && !strcmp(keys.secret_key, back.secret_key));
    } else {
        must_be_refusal(code, &err);
        must(!keys.secret_key[0] || strstr(err.text, "chmod"));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static void (*const kinds[])(struct feed *)
        = {fuzz_daemon, fuzz_client, fuzz_keys};
    struct feed feed = {bytes, size};
    make_folder();
    kinds[feed_count(&feed, 2)](&feed);
    return 0;
}
