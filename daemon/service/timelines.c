/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Episodes in memory: see service/timelines.h. */

#include "service/timelines.h"

#include <stdlib.h>
#include <string.h>

#include <uthash.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"

struct entry {
    char code[KOR_CLIENT_CODE_SIZE];
    struct kor_timeline timeline;
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
    kor_timeline_done(&entry->timeline);
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

enum kor_code
kor_timeline_open(struct kor_desk *desk, const char *code, int32_t number,
                  struct kor_timeline *timeline, struct kor_err *err)
{
    struct kor_person person = {0};
    int64_t episode_id = 0;
    kor_utf8_copy(person.code, sizeof person.code, code);
    enum kor_code result = kor_store_person_find(desk->store, &person, err);
    if (result == KOR_OK) {
        result = kor_store_episode_find(desk->store, person.id, number,
                                        &episode_id, err);
        if (result == KOR_NOT_FOUND && number) {
            return kor_fail(err, KOR_NOT_FOUND, "episode",
                            "client %s has no episode %d", code, number);
        }
    }
    if (result == KOR_OK) {
        result = kor_store_timeline_load(desk->store, episode_id, timeline,
                                         err);
    }
    return result == KOR_NOT_FOUND
               ? kor_fail(err, KOR_NOT_FOUND, "code",
                          "there is no client with the code %s", code)
               : result;
}

enum kor_code
kor_timelines_get(struct kor_timelines *timelines, struct kor_desk *desk,
                  const char *code, struct kor_timeline **timeline,
                  struct kor_err *err)
{
    struct entry *entry;
    HASH_FIND_STR(timelines->entries, code, entry);
    if (entry) {
        HASH_DEL(timelines->entries, entry);
    } else {
        struct kor_timeline loaded = {0};
        enum kor_code result = kor_timeline_open(desk, code, 0, &loaded, err);
        if (result != KOR_OK) {
            return result;
        }
        entry = kor_alloc(sizeof *entry);
        kor_utf8_copy(entry->code, sizeof entry->code, code);
        entry->timeline = loaded;
    }
    HASH_ADD_STR(timelines->entries, code, entry);
    if (HASH_COUNT(timelines->entries) > KOR_TIMELINES_MAX) {
        drop(timelines, timelines->entries);
    }
    *timeline = &entry->timeline;
    return KOR_OK;
}
