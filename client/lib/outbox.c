/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries that wait for the daemon: see client/lib/outbox.h. */

#include "lib/outbox.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <sodium.h>
#include <zmq.h>

#include "kor/base/alloc.h"
#include "kor/base/file.h"
#include "kor/wire/seal.h"
#include "lib/outbox_folder.h"

#define CHANGE_WAIT_MS 10000  /* For who changes a file or two. */
#define DELIVER_WAIT_MS 30000 /* For who delivers. */
#define LOOK_MS 20            /* Between two tries to get a lock. */
#define FOLDER_HASH_SIZE 16

struct kor_outbox {
    const struct kor_clock *clock;
    uint8_t server[KOR_SEAL_KEY_SIZE];
    char root[KOR_OUTBOX_PATH_SIZE];
    char folder[KOR_OUTBOX_PATH_SIZE]; /* For this pair of keys. */
    int delivery;                      /* The lock, or -1. */
};

/* --- where it is --------------------------------------------------------- */

static bool
find_root(char root[KOR_OUTBOX_PATH_SIZE])
{
    const char *own = getenv("KOR_OUTBOX");
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");
    int size = 0;
    if (own && *own) {
        size = snprintf(root, KOR_OUTBOX_ROOT_SIZE, "%s", own);
    } else if (state && *state == '/') {
        size = snprintf(root, KOR_OUTBOX_ROOT_SIZE, "%s/kor/outbox", state);
    } else if (home && *home == '/') {
        size = snprintf(root, KOR_OUTBOX_ROOT_SIZE,
                        "%s/.local/state/kor/outbox", home);
    }
    return size > 0 && size < KOR_OUTBOX_ROOT_SIZE;
}

/* A hash, since Z85 is no name for a file. */
static void
name_folder(struct kor_outbox *outbox, const struct kor_place *place)
{
    crypto_generichash_state state;
    uint8_t hash[FOLDER_HASH_SIZE];
    char hex[2 * FOLDER_HASH_SIZE + 1];
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const uint8_t *)place->server,
                              KOR_Z85_SIZE);
    crypto_generichash_update(&state,
                              (const uint8_t *)place->keys.public_key,
                              KOR_Z85_SIZE);
    crypto_generichash_final(&state, hash, sizeof hash);
    sodium_bin2hex(hex, sizeof hex, hash, sizeof hash);
    snprintf(outbox->folder, sizeof outbox->folder, "%.*s/%s",
             KOR_OUTBOX_ROOT_SIZE, outbox->root, hex);
}

enum kor_code
kor_outbox_open(const struct kor_place *place, const struct kor_clock *clock,
                struct kor_outbox **outboxp, struct kor_err *err)
{
    struct kor_outbox *outbox = kor_alloc(sizeof *outbox);
    outbox->clock = clock;
    outbox->delivery = -1;
    *outboxp = NULL;
    if (!find_root(outbox->root)) {
        free(outbox);
        return kor_fail(err, KOR_CONFIG, "outbox",
                        "nothing says where the outbox is: set KOR_OUTBOX, "
                        "or HOME, to a folder whose path is not too long");
    }
    if (sodium_init() < 0 || !zmq_z85_decode(outbox->server, place->server)) {
        free(outbox);
        return kor_fail(err, KOR_CONFIG, "server",
                        "%s: server must be the daemon's public key, %d "
                        "characters: it stands in the clinic's server.pub",
                        place->file, KOR_Z85_SIZE - 1);
    }
    name_folder(outbox, place);
    *outboxp = outbox;
    return KOR_OK;
}

void
kor_outbox_free(struct kor_outbox *outbox)
{
    if (outbox) {
        kor_outbox_end(outbox);
        free(outbox);
    }
}

bool
kor_outbox_is_passing(enum kor_code code)
{
    return code == KOR_AWAY || code == KOR_BUSY || code == KOR_NOT_STORED
        || code == KOR_UNCERTAIN || code == KOR_CORRUPT || code == KOR_IO;
}

/* --- locks --------------------------------------------------------------- */

static enum kor_code
take_lock(const struct kor_outbox *outbox, const char *name, int64_t wait_ms,
          int *fd, struct kor_err *err)
{
    char path[KOR_OUTBOX_PATH_SIZE];
    const struct kor_clock *clock = outbox->clock;
    const int64_t until_ms = clock->mono_ms(clock) + wait_ms;
    kor_outbox_path(outbox->folder, name, path);
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*fd < 0) {
        return kor_fail(err, KOR_CANNOT_CREATE, "outbox", "%s: %s", path,
                        strerror(errno));
    }
    while (flock(*fd, LOCK_EX | LOCK_NB)) {
        bool is_held = errno == EWOULDBLOCK || errno == EINTR;
        if (!is_held || clock->mono_ms(clock) >= until_ms) {
            close(*fd);
            *fd = -1;
            return kor_fail(err, KOR_BUSY, "outbox",
                            "another kor is busy with the outbox: try again "
                            "when it has ended");
        }
        poll(NULL, 0, LOOK_MS);
    }
    return KOR_OK;
}

static enum kor_code
begin_change(const struct kor_outbox *outbox, int *fd, struct kor_err *err)
{
    return take_lock(outbox, "change.lock", CHANGE_WAIT_MS, fd, err);
}

enum kor_code
kor_outbox_begin(struct kor_outbox *outbox, struct kor_err *err)
{
    int change;
    enum kor_code code = take_lock(outbox, "delivery.lock", DELIVER_WAIT_MS,
                                   &outbox->delivery, err);
    if (code == KOR_OK && begin_change(outbox, &change, NULL) == KOR_OK) {
        kor_outbox_folder_tidy(outbox->folder);
        close(change);
    }
    return code;
}

void
kor_outbox_end(struct kor_outbox *outbox)
{
    if (outbox->delivery >= 0) {
        close(outbox->delivery);
        outbox->delivery = -1;
    }
}

/* --- keeping ------------------------------------------------------------- */

static enum kor_code
check_room(const struct kor_outbox_folder *folder, size_t size,
           struct kor_err *err)
{
    if (folder->n < KOR_OUTBOX_MOST
        && folder->n_bytes + size <= KOR_OUTBOX_MOST_BYTES) {
        return KOR_OK;
    }
    return kor_fail(err, KOR_TOO_LARGE, "outbox",
                    "the outbox is full: it takes %d entries or %d MiB",
                    KOR_OUTBOX_MOST, KOR_OUTBOX_MOST_BYTES >> 20);
}

/* Seals the question into the bytes of a new entry. */
static enum kor_code
make_file(const struct kor_outbox *outbox, const struct kor_question *question,
          struct kor_buf *out, struct kor_err *err)
{
    struct kor_outbox_entry entry;
    struct kor_buf box = {0};
    kor_message_init(&kor_outbox_message, &entry);
    memcpy(entry.id, question->id, sizeof entry.id);
    snprintf(entry.verb, sizeof entry.verb, "%s",
             kor_verb_info(question->verb)->wire);
    strcpy(entry.state, KOR_OUTBOX_WAITING);
    entry.entered_ms = outbox->clock->now_ms(outbox->clock);
    if (!kor_seal(question->frame.text, question->frame.size, outbox->server,
                  &box)) {
        return kor_fail(err, KOR_TOO_LARGE, NULL,
                        "this is larger than what can be kept, %d bytes",
                        KOR_MAX_SEALABLE);
    }
    kor_outbox_file_write(&entry, box.text, box.size, out);
    kor_buf_done(&box);
    return KOR_OK;
}

static enum kor_code
write_file(const struct kor_outbox *outbox, const char *name,
           const struct kor_buf *bytes, struct kor_err *err)
{
    char path[KOR_OUTBOX_PATH_SIZE];
    kor_outbox_path(outbox->folder, name, path);
    return kor_file_write(path, bytes->text, bytes->size, 0600, err);
}

/* Writes the entry behind the last one.  What was renamed but not synced is
 * taken back, since the person will be told that it was not kept. */
static enum kor_code
add_file(const struct kor_outbox *outbox, const char *id,
         const struct kor_buf *bytes, struct kor_err *err)
{
    struct kor_outbox_folder folder;
    char name[KOR_OUTBOX_NAME_SIZE], path[KOR_OUTBOX_PATH_SIZE];
    enum kor_code code = kor_outbox_folder_read(outbox->folder, &folder, err);
    if (code == KOR_OK) {
        code = check_room(&folder, bytes->size, err);
    }
    if (code == KOR_OK) {
        kor_outbox_name(folder.last + 1, id, name);
        code = write_file(outbox, name, bytes, err);
        if (code != KOR_OK) {
            (void)unlink(kor_outbox_path(outbox->folder, name, path));
        }
    }
    kor_outbox_folder_done(&folder);
    return code;
}

/* An entry is kept whatever becomes of the count. */
static size_t
count_waiting(struct kor_outbox *outbox)
{
    struct kor_outbox_entry *entries = NULL;
    size_t n = 0, n_waiting = 1;
    if (kor_outbox_list(outbox, &entries, &n, NULL) == KOR_OK) {
        n_waiting = kor_outbox_count(entries, n, KOR_OUTBOX_WAITING);
    }
    free(entries);
    return n_waiting;
}

enum kor_code
kor_outbox_keep(struct kor_outbox *outbox, const struct kor_question *question,
                size_t *n_waiting, struct kor_err *err)
{
    struct kor_buf bytes = {0};
    int change = -1;
    enum kor_code code = make_file(outbox, question, &bytes, err);
    if (code == KOR_OK) {
        code = kor_outbox_folder_make(outbox->folder, err);
    }
    if (code == KOR_OK) {
        code = begin_change(outbox, &change, err);
    }
    if (code == KOR_OK) {
        kor_outbox_folder_tidy(outbox->folder);
        code = add_file(outbox, question->id, &bytes, err);
        close(change);
    }
    kor_buf_done(&bytes);
    if (code == KOR_OK) {
        *n_waiting = count_waiting(outbox);
    }
    return code;
}

/* --- what is there ------------------------------------------------------- */

static enum kor_code
fail_damaged(const char *path, struct kor_err *err)
{
    return kor_fail(err, KOR_CORRUPT, "outbox",
                    "%s is damaged: it can only be dropped", path);
}

/* Reads the file 'name' into 'bytes', and what stands in it. */
static enum kor_code
read_file(const struct kor_outbox *outbox, const char *name,
          struct kor_buf *bytes, struct kor_outbox_entry *entry,
          const uint8_t **box, size_t *box_size, struct kor_err *err)
{
    char path[KOR_OUTBOX_PATH_SIZE];
    kor_buf_clear(bytes);
    kor_outbox_path(outbox->folder, name, path);
    enum kor_code code
        = kor_file_read(path, KOR_MAX_REQUEST_SIZE + 4096, bytes, err);
    if (code == KOR_NOT_FOUND) {
        return code;
    }
    if (code != KOR_OK
        || !kor_outbox_file_read(bytes, entry, box, box_size)
        || strcmp(entry->id, kor_outbox_name_id(name))) {
        return fail_damaged(path, err);
    }
    snprintf(entry->name, sizeof entry->name, "%s", name);
    return KOR_OK;
}

enum kor_code
kor_outbox_list(struct kor_outbox *outbox, struct kor_outbox_entry **entries,
                size_t *n, struct kor_err *err)
{
    struct kor_outbox_folder folder;
    struct kor_buf bytes = {0};
    const uint8_t *box;
    size_t box_size;
    *entries = NULL;
    *n = 0;
    enum kor_code code = kor_outbox_folder_read(outbox->folder, &folder, err);
    if (code == KOR_OK) {
        *entries = kor_alloc_array(folder.n + 1, sizeof **entries);
    }
    for (size_t i = 0; i < folder.n && code == KOR_OK; i++) {
        struct kor_outbox_entry *entry = &(*entries)[*n];
        enum kor_code got = read_file(outbox, folder.names[i], &bytes, entry,
                                      &box, &box_size, NULL);
        if (got == KOR_CORRUPT) {
            kor_message_init(&kor_outbox_message, entry);
            strcpy(entry->state, KOR_OUTBOX_DAMAGED);
            strcpy(entry->name, folder.names[i]);
            strcpy(entry->id, kor_outbox_name_id(folder.names[i]));
        }
        *n += got != KOR_NOT_FOUND;
    }
    kor_buf_done(&bytes);
    kor_outbox_folder_done(&folder);
    return code;
}

size_t
kor_outbox_count(const struct kor_outbox_entry entries[], size_t n,
                 const char *state)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        found += !strcmp(entries[i].state, state);
    }
    return found;
}

size_t
kor_outbox_elsewhere(struct kor_outbox *outbox)
{
    return kor_outbox_folder_others(outbox->root, outbox->folder);
}

/* --- delivering ---------------------------------------------------------- */

enum kor_code
kor_outbox_frame(struct kor_outbox *outbox,
                 const struct kor_outbox_entry *entry, struct kor_buf *out,
                 struct kor_err *err)
{
    struct kor_outbox_entry read;
    struct kor_sealed sealed = {0};
    struct kor_buf bytes = {0};
    enum kor_code code = read_file(outbox, entry->name, &bytes, &read,
                                   &sealed.box, &sealed.box_size, err);
    if (code == KOR_OK && !kor_uuid_parse(read.id, sealed.uuid)) {
        code = fail_damaged(entry->name, err);
    }
    if (code == KOR_OK) {
        int64_t age_ms
            = outbox->clock->now_ms(outbox->clock) - read.entered_ms;
        /* A clock that was set back meanwhile. */
        sealed.age_ms = age_ms > 0 ? age_ms : 0;
        kor_sealed_write(&sealed, out);
    }
    kor_buf_done(&bytes);
    return code;
}

enum kor_code
kor_outbox_remove(struct kor_outbox *outbox,
                  const struct kor_outbox_entry *entry, struct kor_err *err)
{
    char path[KOR_OUTBOX_PATH_SIZE];
    kor_outbox_path(outbox->folder, entry->name, path);
    if (unlink(path)) {
        return errno == ENOENT
                   ? kor_fail(err, KOR_NOT_FOUND, "outbox",
                              "the entry has gone: another kor has delivered "
                              "or dropped it")
                   : kor_fail(err, KOR_IO, "outbox", "%s: %s", path,
                              strerror(errno));
    }
    return kor_folder_sync(outbox->folder, err);
}

/* Copies what is surely the name of a field, such as "answers[1].total" or
 * "item 4", and no word of a person's. */
static void
copy_field(char to[], size_t size, const char *from)
{
    size_t n = strspn(from, "abcdefghijklmnopqrstuvwxyz_.[] 0123456789");
    bool is_path = !from[n] && n < size && *from >= 'a' && *from <= 'z';
    snprintf(to, size, "%s", is_path ? from : "");
}

enum kor_code
kor_outbox_refuse(struct kor_outbox *outbox,
                  const struct kor_outbox_entry *entry,
                  const struct kor_err *why, struct kor_err *err)
{
    struct kor_outbox_entry changed;
    struct kor_buf bytes = {0}, fresh = {0};
    const uint8_t *box;
    size_t box_size;
    int change;
    enum kor_code code = begin_change(outbox, &change, err);
    if (code != KOR_OK) {
        return code;
    }
    code = read_file(outbox, entry->name, &bytes, &changed, &box, &box_size,
                     err);
    if (code == KOR_OK) {
        strcpy(changed.state, KOR_OUTBOX_REFUSED);
        snprintf(changed.code, sizeof changed.code, "%s",
                 kor_code_wire(why->code));
        copy_field(changed.field, sizeof changed.field, why->field);
        kor_outbox_file_write(&changed, box, box_size, &fresh);
        code = write_file(outbox, entry->name, &fresh, err);
    }
    close(change);
    kor_buf_done(&bytes);
    kor_buf_done(&fresh);
    return code;
}
