/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The work of a day: every episode on a pathway is looked at once, for what
 * has become due, was missed, or is to be asked for again.  How far it has
 * come is stored with what it did, so that a kill in the middle repeats
 * nothing, and a day off is made up for.  Days are dates of the clinic's
 * zone: the hour that summer time takes or gives changes nothing. */

#include "service/dues.h"
#include "service/service_provider.h"

#define EPISODES 50 /* At once, so that nobody waits for long. */

static enum kor_code
do_episode(struct kor_service *service, int64_t id, struct kor_err *err)
{
    struct kor_episode episode;
    enum kor_code code = kor_store_episode_load(service->desk.store, id,
                                                &episode, err);
    if (code == KOR_OK) {
        code = kor_dues_day(&service->desk, &episode, service->day.date, err);
    }
    kor_timelines_forget(service->timelines, episode.person.code);
    return code;
}

/* The next episodes, and how far it has come with them. */
static enum kor_code
do_some(struct kor_service *service, struct kor_day *day, struct kor_err *err)
{
    struct kor_store *store = service->desk.store;
    int64_t ids[EPISODES];
    size_t n = 0;
    enum kor_code code
        = kor_store_day_episodes(store, day, EPISODES, ids, &n, err);
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        code = do_episode(service, ids[i], err);
        day->after_id = ids[i];
    }
    day->is_done = n < EPISODES;
    return code == KOR_OK ? kor_store_day_put(store, day, err) : code;
}

enum kor_code
kor_service_day(struct kor_service *service, struct kor_err *err)
{
    struct kor_store *store = service->desk.store;
    int32_t today = kor_desk_today(&service->desk);
    if (!service->has_day) {
        enum kor_code found = kor_store_day_find(store, &service->day, err);
        if (found != KOR_OK) {
            return found;
        }
        service->has_day = true;
    }
    if (today > service->day.date) {
        service->day = (struct kor_day){.date = today};
    }
    if (service->day.is_done) {
        return KOR_OK;
    }
    struct kor_day day = service->day;
    enum kor_code code = kor_store_begin(store, err);
    if (code == KOR_OK) {
        code = do_some(service, &day, err);
    }
    if (code == KOR_OK) {
        code = kor_store_commit(store, err);
    }
    if (code != KOR_OK) {
        kor_store_rollback(store);
        return code;
    }
    service->day = day;
    return KOR_OK;
}
