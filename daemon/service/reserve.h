/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_RESERVE_H
#define SERVICE_RESERVE_H 1

/* Reserve: room on the disk that is held by a file of its own until the disk
 * is full, so that who looks at what can still be written down.
 *
 *   normal  everything is stored;
 *   short   a write found no room, or less than the margin is free (a quarter
 *           of the reserve): the file is gone, what changes anything is
 *           refused, and the access log lives on what the file held;
 *   gone    that is used up as well: nothing is answered but a ping.
 *
 * When so much is free again that the file fits twice the margin away from the
 * end, it is made again and everything is stored.  A reserve of 0 bytes is
 * none: the state is always normal, and each write tries.
 *
 * kor_reserve_state() may be called from any thread; the rest by whoever has
 * the service. */

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/* The disk, a table that tests replace. */
struct kor_disk {
    /* Whether the file 'path' is so long, on blocks of its own; makes it so,
     * false and no file if there is no room. */
    bool (*has)(const struct kor_disk *disk, const char *path, int64_t bytes);
    bool (*hold)(const struct kor_disk *disk, const char *path,
                 int64_t bytes);
    void (*release)(const struct kor_disk *disk, const char *path);
    /* Bytes that are free where 'path' is; INT64_MAX if nobody knows. */
    int64_t (*free_bytes)(const struct kor_disk *disk, const char *path);
};

/* The system's. */
const struct kor_disk *kor_disk_system(void);

enum kor_reserve_state {
    KOR_RESERVE_NORMAL,
    KOR_RESERVE_SHORT,
    KOR_RESERVE_GONE
};

/* The word for a state: "normal", "short", "gone". */
const char *kor_reserve_word(enum kor_reserve_state state);

struct kor_reserve {
    const struct kor_disk *disk; /* Borrowed. */
    const char *path;            /* Borrowed. */
    int64_t bytes;
    bool is_held;                /* The file is there. */
    bool was_held;               /* It was, when it ran short. */
    int64_t look_ms;             /* When to look again. */
    atomic_int state;
};

/* Sets it up with the file of an earlier run, or makes it if there is room. */
void kor_reserve_begin(struct kor_reserve *reserve,
                       const struct kor_disk *disk, const char *path,
                       int64_t bytes, int64_t mono_ms);

enum kor_reserve_state kor_reserve_state(const struct kor_reserve *reserve);

/* A write found no room.  Returns whether another try may end better, since
 * the reserve was let go just now. */
bool kor_reserve_ran_out(struct kor_reserve *reserve, int64_t mono_ms);

/* A write went well. */
void kor_reserve_wrote(struct kor_reserve *reserve);

/* Looks how much is free, at most once a second. */
void kor_reserve_look(struct kor_reserve *reserve, int64_t mono_ms);

#endif /* service/reserve.h */
