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
    struct kor_open_episodes open;
    int32_t last; /* Number of the last one, if none is open; 0: not known. */
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

enum kor_code
kor_timelines_refresh_others(struct kor_timelines *timelines,
                             struct kor_desk *desk, const char *code,
                             int32_t number, struct kor_err *err)
{
    struct entry *entry;
    enum kor_code result = KOR_OK;
    HASH_FIND_STR(timelines->entries, code, entry);
    for (struct kept *kept = entry ? entry->kept : NULL;
         kept && result == KOR_OK; kept = kept->next) {
        if (kept->timeline.episode.number != number) {
            kor_timeline_drop_signals(&kept->timeline);
            result = kor_store_timeline_signals(desk->store, &kept->timeline,
                                                err);
        }
    }
    return result;
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

/* What a plain code means, of those that are open: 0 is the last one of all. */
static enum kor_code
plain_number(const struct kor_open_episodes *open, int32_t *number)
{
    *number = open->n == 1 ? open->all[0].number : 0;
    return open->n > 1 ? KOR_CONFLICT : KOR_OK;
}

static enum kor_code
load(struct kor_desk *desk, const char *code, int32_t number,
     struct kor_timeline *timeline, struct kor_err *err)
{
    int64_t episode_id = 0;
    enum kor_code result
        = find_numbered(desk, code, number, &episode_id, err);
    return result == KOR_OK
               ? kor_store_timeline_load(desk->store, episode_id, timeline,
                                         err)
               : result;
}

enum kor_code
kor_timeline_open(struct kor_desk *desk, const char *code, int32_t number,
                  struct kor_timeline *timeline, struct kor_err *err)
{
    struct kor_open_episodes open;
    enum kor_code result = KOR_OK;
    if (!number) {
        result = kor_store_open_episodes(desk->store, code, &open, err);
        if (result == KOR_OK) {
            result = plain_number(&open, &number);
        }
    }
    return result == KOR_OK ? load(desk, code, number, timeline, err)
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

/* The client's entry becomes the one that was used last. */
static void
touch(struct kor_timelines *timelines, struct entry *entry)
{
    HASH_DEL(timelines->entries, entry);
    HASH_ADD_STR(timelines->entries, code, entry);
}

static struct entry *
add(struct kor_timelines *timelines, const char *code,
    const struct kor_open_episodes *open)
{
    struct entry *entry = kor_alloc(sizeof *entry);
    *entry = (struct entry){.open = *open};
    kor_utf8_copy(entry->code, sizeof entry->code, code);
    HASH_ADD_STR(timelines->entries, code, entry);
    if (HASH_COUNT(timelines->entries) > KOR_TIMELINES_MAX) {
        drop(timelines, timelines->entries);
    }
    return entry;
}

/* From the store; what is open is kept with the first of a client's. */
static enum kor_code
fetch(struct kor_timelines *timelines, struct kor_desk *desk,
      const char *code, int32_t number, struct entry **entry,
      struct kor_timeline **timeline, struct kor_err *err)
{
    struct kor_open_episodes open;
    struct kor_timeline loaded = {0};
    enum kor_code result = KOR_OK;
    if (!*entry) {
        result = kor_store_open_episodes(desk->store, code, &open, err);
    }
    if (result == KOR_OK && !number) {
        result = plain_number(*entry ? &(*entry)->open : &open, &number);
    }
    if (result == KOR_OK) {
        result = load(desk, code, number, &loaded, err);
    }
    if (result == KOR_OK) {
        *entry = *entry ? *entry : add(timelines, code, &open);
        *timeline = keep(*entry, &loaded);
    }
    return result;
}

enum kor_code
kor_timelines_get(struct kor_timelines *timelines, struct kor_desk *desk,
                  const char *code, int32_t number,
                  struct kor_timeline **timeline, struct kor_err *err)
{
    struct entry *entry;
    int32_t wanted = number;
    HASH_FIND_STR(timelines->entries, code, entry);
    if (entry && !number && entry->open.n < 2) {
        wanted = entry->open.n ? entry->open.all[0].number : entry->last;
    }
    *timeline = entry && wanted ? find_kept(entry, wanted) : NULL;
    enum kor_code result
        = *timeline ? KOR_OK
                    : fetch(timelines, desk, code, number, &entry, timeline,
                            err);
    if (result == KOR_OK) {
        touch(timelines, entry);
        entry->last = number ? entry->last : (*timeline)->episode.number;
    }
    return result;
}

enum kor_code
kor_timelines_open(struct kor_timelines *timelines, struct kor_desk *desk,
                   const char *code, struct kor_open_episodes *open,
                   struct kor_err *err)
{
    struct entry *entry;
    HASH_FIND_STR(timelines->entries, code, entry);
    if (entry) {
        *open = entry->open;
        return KOR_OK;
    }
    return kor_store_open_episodes(desk->store, code, open, err);
}
