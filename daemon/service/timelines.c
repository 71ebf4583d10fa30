/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Episodes in memory: see service/timelines.h. */

#include "service/timelines.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"

/* One episode of a client. */
struct kept {
    struct kept *next;
    struct kor_timeline timeline;
};

struct entry {
    char code[KOR_CLIENT_CODE_SIZE];
    struct kept *kept;
    int32_t plain; /* Number that the plain code means; 0: not known yet. */
    UT_hash_handle hh;
};

/* uthash keeps the order of adding: an entry that is used is taken out and
 * added again, so that the first one is the least lately used. */
struct kor_timelines {
    struct entry *entries;
};

struct kor_timelines *
kor_timelines_new(void)
{
    return kor_alloc(sizeof(struct kor_timelines));
}

void
kor_timelines_free(struct kor_timelines *timelines)
{
    if (timelines) {
        kor_timelines_clear(timelines);
        free(timelines);
    }
}

static void
drop(struct kor_timelines *timelines, struct entry *entry)
{
    HASH_DEL(timelines->entries, entry);
    while (entry->kept) {
        struct kept *kept = entry->kept;
        entry->kept = kept->next;
        kor_timeline_done(&kept->timeline);
        free(kept);
    }
    free(entry);
}

void
kor_timelines_forget(struct kor_timelines *timelines, const char *code)
{
    struct entry *entry;
    HASH_FIND_STR(timelines->entries, code, entry);
    if (entry) {
        drop(timelines, entry);
    }
}

void
kor_timelines_clear(struct kor_timelines *timelines)
{
    while (timelines->entries) {
        drop(timelines, timelines->entries);
    }
}

/* --- from the store ------------------------------------------------------ */

static enum kor_code
find_numbered(struct kor_desk *desk, const char *code, int32_t number,
              int64_t *episode_id, struct kor_err *err)
{
    struct kor_person person = {0};
    kor_utf8_copy(person.code, sizeof person.code, code);
    enum kor_code result = kor_store_person_find(desk->store, &person, err);
    if (result == KOR_OK) {
        result = kor_store_episode_find(desk->store, person.id, number,
                                        episode_id, err);
        if (result == KOR_NOT_FOUND && number) {
            return kor_fail(err, KOR_NOT_FOUND, "episode",
                            "client %s has no episode %d", code, number);
        }
    }
    return result == KOR_NOT_FOUND
               ? kor_fail(err, KOR_NOT_FOUND, "code",
                          "there is no client with the code %s", code)
               : result;
}

/* The one that is open, or the last one. */
static enum kor_code
find_plain(struct kor_desk *desk, const char *code, int64_t *episode_id,
           struct kor_err *err)
{
    int64_t ids[2];
    size_t n;
    enum kor_code result
        = kor_store_open_episodes(desk->store, code, 2, ids, &n, err);
    if (result != KOR_OK || n == 2) {
        return result == KOR_OK ? KOR_CONFLICT : result;
    }
    *episode_id = ids[0];
    return n == 1 ? KOR_OK : find_numbered(desk, code, 0, episode_id, err);
}

enum kor_code
kor_timeline_open(struct kor_desk *desk, const char *code, int32_t number,
                  struct kor_timeline *timeline, struct kor_err *err)
{
    int64_t episode_id = 0;
    enum kor_code result
        = number ? find_numbered(desk, code, number, &episode_id, err)
                 : find_plain(desk, code, &episode_id, err);
    return result == KOR_OK
               ? kor_store_timeline_load(desk->store, episode_id, timeline,
                                         err)
               : result;
}

/* --- from memory --------------------------------------------------------- */

static struct kor_timeline *
find_kept(const struct entry *entry, int32_t number)
{
    for (struct kept *kept = entry->kept; kept; kept = kept->next) {
        if (kept->timeline.episode.number == number) {
            return &kept->timeline;
        }
    }
    return NULL;
}

/* Keeps what was loaded, unless it is there under its number. */
static struct kor_timeline *
keep(struct entry *entry, struct kor_timeline *loaded)
{
    struct kor_timeline *there = find_kept(entry, loaded->episode.number);
    if (there) {
        kor_timeline_done(loaded);
        return there;
    }
    struct kept *kept = kor_alloc(sizeof *kept);
    *kept = (struct kept){.next = entry->kept, .timeline = *loaded};
    entry->kept = kept;
    return &kept->timeline;
}

/* The client's entry, as the one that was used last. */
static struct entry *
touch(struct kor_timelines *timelines, const char *code)
{
    struct entry *entry;
    HASH_FIND_STR(timelines->entries, code, entry);
    if (entry) {
        HASH_DEL(timelines->entries, entry);
    } else {
        entry = kor_alloc(sizeof *entry);
        *entry = (struct entry){0};
        kor_utf8_copy(entry->code, sizeof entry->code, code);
    }
    HASH_ADD_STR(timelines->entries, code, entry);
    if (HASH_COUNT(timelines->entries) > KOR_TIMELINES_MAX) {
        drop(timelines, timelines->entries);
    }
    return entry;
}

enum kor_code
kor_timelines_get(struct kor_timelines *timelines, struct kor_desk *desk,
                  const char *code, int32_t number,
                  struct kor_timeline **timeline, struct kor_err *err)
{
    struct entry *entry;
    HASH_FIND_STR(timelines->entries, code, entry);
    int32_t wanted = !number && entry ? entry->plain : number;
    *timeline = entry && wanted ? find_kept(entry, wanted) : NULL;
    if (!*timeline) {
        struct kor_timeline loaded = {0};
        enum kor_code result
            = kor_timeline_open(desk, code, number, &loaded, err);
        if (result != KOR_OK) {
            return result;
        }
        entry = touch(timelines, code);
        *timeline = keep(entry, &loaded);
    } else {
        entry = touch(timelines, code);
    }
    if (!number) {
        entry->plain = (*timeline)->episode.number;
    }
    return KOR_OK;
}
