/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was refused how often: see bus/refusals.h. */

#include "bus/refusals.h"

#include <stdlib.h>

#include <uthash.h>

#include "kor/base/alloc.h"

struct refused {
    int64_t actor_id;
    int64_t begun_ms; /* When the first of them was. */
    int n;
    UT_hash_handle hh;
};

struct kor_refusals {
    struct refused *keys; /* Those that were ever refused. */
};

struct kor_refusals *
kor_refusals_new(void)
{
    return kor_alloc(sizeof(struct kor_refusals));
}

void
kor_refusals_free(struct kor_refusals *refusals)
{
    struct refused *key, *next;
    if (refusals) {
        HASH_ITER (hh, refusals->keys, key, next) {
            HASH_DEL(refusals->keys, key);
            free(key);
        }
        free(refusals);
    }
}

/* The daemon's own trouble, or that it is asked for too much. */
static bool
is_no_fault(enum kor_code code)
{
    switch (code) {
    case KOR_OK:
    case KOR_BUSY:
    case KOR_NOT_STORED:
    case KOR_UNCERTAIN:
    case KOR_CORRUPT:
    case KOR_INTERNAL:
        return true;
    default:
        return false;
    }
}

static struct refused *
find(const struct kor_refusals *refusals, int64_t actor_id)
{
    struct refused *key;
    HASH_FIND(hh, refusals->keys, &actor_id, sizeof actor_id, key);
    return key;
}

void
kor_refusals_count(struct kor_refusals *refusals, int64_t actor_id,
                   enum kor_code code, int64_t now_ms)
{
    if (is_no_fault(code)) {
        return;
    }
    struct refused *key = find(refusals, actor_id);
    if (!key) {
        key = kor_alloc(sizeof *key);
        key->actor_id = actor_id;
        key->begun_ms = now_ms;
        HASH_ADD(hh, refusals->keys, actor_id, sizeof key->actor_id, key);
    }
    if (now_ms - key->begun_ms >= KOR_REFUSED_MS) {
        key->begun_ms = now_ms;
        key->n = 0;
    }
    key->n++;
}

bool
kor_refusals_is_over(const struct kor_refusals *refusals, int64_t actor_id,
                     int64_t now_ms)
{
    const struct refused *key = find(refusals, actor_id);
    return key && key->n >= KOR_MAX_REFUSED
        && now_ms - key->begun_ms < KOR_REFUSED_MS;
}
