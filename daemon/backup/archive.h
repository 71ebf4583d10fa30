/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BACKUP_ARCHIVE_H
#define BACKUP_ARCHIVE_H 1

/* What is in the container of a backup:
 *
 *     4 bytes   length of the manifest, little-endian
 *     manifest  JSON (backup/manifest.h)
 *     files     those that the manifest names, in the order of files.def, one
 *               behind the other
 *
 * Both ways are pure: bytes come and go through callbacks, so that a test or a
 * fuzzer can hand in any. */

#include "backup/container.h"
#include "backup/manifest.h"

/* Who takes what is in an archive.  The first failure ends the decoding. */
struct kor_archive_sink {
    /* Once, before any file. */
    enum kor_code (*begin)(void *arg, const struct kor_manifest *manifest,
                           struct kor_err *err);
    /* A file begins; its bytes; it was whole and is what the manifest says. */
    enum kor_code (*open)(void *arg, enum kor_backup_file file,
                          struct kor_err *err);
    enum kor_code (*write)(void *arg, const void *bytes, size_t size,
                           struct kor_err *err);
    enum kor_code (*close)(void *arg, struct kor_err *err);
    void *arg;
};

/* Writes an archive.  'sources' has one for each file that 'manifest' says is
 * there.  Returns KOR_BUSY if one of them is not what the manifest says, since
 * somebody must have changed it.  The container is not finished. */
KOR_NODISCARD enum kor_code
kor_archive_encode(struct kor_container_writer *writer,
                   const struct kor_manifest *manifest,
                   const struct kor_container_source sources[KOR_N_FILES],
                   struct kor_err *err);

/* Opens the container of 'source', hands what is in it to 'sink' and stores
 * what it says of itself in '*manifest' and the mark of the server whose it is
 * in 'server_mark'.
 *
 * Nothing is handed on before it is authenticated.  Sizes are held against
 * that of the container before 'begin' is called, and hashes against the files
 * before 'close' is.  Whether more follows than should is known last: only
 * after KOR_OK may what was handed over be used.  Errors are those of
 * kor_container_reader_new(), kor_container_read() and
 * kor_manifest_decode(). */
KOR_NODISCARD enum kor_code
kor_archive_decode(const struct kor_container_source *source,
                   const struct kor_backup_keys *keys,
                   const struct kor_archive_sink *sink,
                   struct kor_manifest *manifest,
                   uint8_t server_mark[KOR_BACKUP_MARK_SIZE],
                   struct kor_err *err);

#endif /* backup/archive.h */
