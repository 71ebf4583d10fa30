/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever bytes come in as a backup: no crash, no leak; what is refused says
 * why, no file gets more bytes than the manifest says, and a manifest that is
 * taken is written and read back the same.
 *
 * The first byte says whether the rest is a container, what is in one that was
 * made for this key by somebody who has its public half, or a manifest. */

#include <sodium.h>

#include "backup/archive.h"
#include "fuzz/refusal.h"
#include "kor/base/alloc.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct kor_backup_keys keys;
static uint8_t mark[KOR_BACKUP_MARK_SIZE];

static void
make_keys(void)
{
    static const uint8_t seed[crypto_box_SEEDBYTES] = {1, 2, 3};
    must(crypto_box_seed_keypair(keys.public_key, keys.secret_key, seed)
         == 0);
    kor_backup_mark(keys.public_key, mark);
}

/* --- containers ---------------------------------------------------------- */

static enum kor_code
read_bytes(void *arg, void *bytes, size_t size, size_t *got,
           struct kor_err *err)
{
    struct feed *feed = arg;
    (void)err;
    *got = size < feed->left ? size : feed->left;
    if (*got) {
        memcpy(bytes, feed->at, *got);
    }
    feed->at += *got;
    feed->left -= *got;
    return KOR_OK;
}

/* Who takes the files: only counts. */
struct taken {
    const struct kor_manifest *manifest;
    enum kor_backup_file file;
    bool is_open;
    int64_t left; /* Of the file that is open. */
};

static enum kor_code
on_begin(void *arg, const struct kor_manifest *manifest, struct kor_err *err)
{
    struct taken *taken = arg;
    (void)err;
    must(!taken->manifest);
    taken->manifest = manifest;
    return KOR_OK;
}

static enum kor_code
on_open(void *arg, enum kor_backup_file file, struct kor_err *err)
{
    struct taken *taken = arg;
    (void)err;
    must(taken->manifest && !taken->is_open && file < KOR_N_FILES);
    must(taken->manifest->files[file].is_there);
    taken->left = taken->manifest->files[file].size;
    taken->is_open = true;
    return KOR_OK;
}

static enum kor_code
on_write(void *arg, const void *bytes, size_t size, struct kor_err *err)
{
    struct taken *taken = arg;
    (void)bytes;
    (void)err;
    must(taken->is_open && (int64_t)size <= taken->left);
    taken->left -= (int64_t)size;
    return KOR_OK;
}

static enum kor_code
on_close(void *arg, struct kor_err *err)
{
    struct taken *taken = arg;
    (void)err;
    must(taken->is_open && taken->left == 0);
    taken->is_open = false;
    return KOR_OK;
}

static void
fuzz_container(struct feed *feed)
{
    struct kor_container_source source = {read_bytes, feed, feed->left};
    struct taken taken = {0};
    struct kor_archive_sink sink
        = {on_begin, on_open, on_write, on_close, &taken};
    struct kor_manifest *manifest = kor_alloc(sizeof *manifest);
    uint8_t server[KOR_BACKUP_MARK_SIZE];
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    enum kor_code code = kor_archive_decode(&source, &keys, &sink, manifest,
                                            server, &err);
    if (code == KOR_OK) {
        must(!taken.is_open && !memcmp(server, mark, sizeof mark));
    } else {
        must_be_refusal(code, &err);
    }
    free(manifest);
}

static enum kor_code
keep_bytes(void *arg, const void *bytes, size_t size, struct kor_err *err)
{
    (void)err;
    kor_buf_add(arg, bytes, size);
    return KOR_OK;
}

static void
fuzz_content(struct feed *feed)
{
    struct kor_buf container = {0};
    struct kor_container_sink sink = {keep_bytes, &container};
    struct kor_container_writer *writer;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    must(kor_container_writer_new(&sink, mark, keys.public_key, &writer, &err)
         == KOR_OK);
    must(kor_container_write(writer, feed->at, feed->left, &err) == KOR_OK);
    must(kor_container_finish(writer, &err) == KOR_OK);
    kor_container_writer_free(writer);
    must(kor_container_content(container.size) == feed->left);
    struct feed whole = {(const uint8_t *)container.text, container.size};
    fuzz_container(&whole);
    kor_buf_done(&container);
}

/* --- manifests ----------------------------------------------------------- */

static void
fuzz_manifest(struct feed *feed)
{
    struct kor_manifest *manifest = kor_alloc(sizeof *manifest);
    struct kor_manifest *last = kor_alloc(sizeof *last);
    struct kor_buf first = {0}, second = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_SV);
    enum kor_code code = kor_manifest_decode((const char *)feed->at,
                                             feed->left, manifest, &err);
    if (code == KOR_OK) {
        (void)kor_manifest_size(manifest);
        kor_manifest_encode(manifest, &first);
        must(kor_manifest_decode(first.text, first.size, last, &err)
             == KOR_OK);
        kor_manifest_encode(last, &second);
        must(!strcmp(first.text, second.text));
    } else {
        must_be_refusal(code, &err);
    }
    kor_buf_done(&first);
    kor_buf_done(&second);
    free(last);
    free(manifest);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static void (*const kinds[])(struct feed *)
        = {fuzz_container, fuzz_content, fuzz_manifest};
    struct feed feed = {bytes, size};
    make_keys();
    kinds[feed_count(&feed, 2)](&feed);
    return 0;
}
