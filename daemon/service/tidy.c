/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What can wait until nobody is waiting: see service/service.h. */

#include "kor/base/log.h"
#include "service/service_provider.h"
#include "store/request.h"

/* Folding the WAL into the file makes whoever comes next wait some
 * milliseconds: one in five hundred pairs of scales waits with this. */
#define CHECKPOINT_PAGES 4000
#define EXPIRE_MS 60000  /* Old replies are looked for so often, */
#define EXPIRE_MOST 500  /* and so many are let go at once. */
#define TRIM_MOST 500    /* So many rows of the access log. */
#define NOTE_MS 1000     /* Damage to the WAL is seen but for so much of it. */
#define TIDY_MS 1000     /* Tidying that failed is done again so much later. */
#define DAY_MS (24 * 3600 * (int64_t)1000)

/* Rows of the access log that were cut go a few at a time. */
static enum kor_code
trim_log(struct kor_service *service, struct kor_err *err)
{
    int n = 0;
    if (service->is_trimmed) {
        return KOR_OK;
    }
    enum kor_code code
        = kor_store_log_trim(service->desk.store, TRIM_MOST, &n, err);
    service->is_trimmed = code == KOR_OK && n < TRIM_MOST;
    return code;
}

/* A few at a time, so that nobody waits for it. */
static enum kor_code
expire_replies(struct kor_service *service, struct kor_err *err)
{
    const struct kor_clock *clock = service->desk.clinic->clock;
    int64_t mono_ms = clock->mono_ms(clock);
    int n = 0;
    if (mono_ms < service->expire_ms) {
        return KOR_OK;
    }
    enum kor_code code = kor_store_request_expire(
        service->desk.store, clock->now_ms(clock) - KOR_REPLY_DAYS * DAY_MS,
        EXPIRE_MOST, &n, err);
    service->expire_ms = mono_ms + (n < EXPIRE_MOST ? EXPIRE_MS : 0);
    return code;
}

/* What was erased also leaves the write-ahead log, as soon as no reader looks
 * at it any more. */
static enum kor_code
clear_traces(struct kor_service *service, struct kor_err *err)
{
    bool is_done = false;
    if (service->has_to_list) {
        kor_service_list_deletions(service);
    }
    if (!service->has_to_empty_wal) {
        return KOR_OK;
    }
    enum kor_code code
        = kor_store_empty_wal(service->desk.store, &is_done, err);
    service->has_to_empty_wal = !is_done;
    return code;
}

/* From time to time what was acknowledged is noted beside the WAL. */
static enum kor_code
note(struct kor_service *service, struct kor_err *err)
{
    const struct kor_clock *clock = service->desk.clinic->clock;
    int64_t mono_ms = clock->mono_ms(clock);
    if (mono_ms < service->note_ms) {
        return KOR_OK;
    }
    service->note_ms = mono_ms + NOTE_MS;
    return kor_store_note(service->desk.store, err);
}

/* What can wait; nothing is added while the disk is full. */
static enum kor_code
tidy(struct kor_service *service, struct kor_err *err)
{
    bool has_room
        = kor_reserve_state(&service->reserve) == KOR_RESERVE_NORMAL;
    enum kor_code code = note(service, err);
    if (code == KOR_OK) {
        code = kor_store_checkpoint(service->desk.store, CHECKPOINT_PAGES,
                                    err);
    }
    if (code == KOR_OK && has_room) {
        code = expire_replies(service, err);
    }
    if (code == KOR_OK && has_room) {
        code = trim_log(service, err);
    }
    if (code == KOR_OK && has_room) {
        code = kor_service_day(service, err);
    }
    return code == KOR_OK ? clear_traces(service, err) : code;
}

enum kor_code
kor_service_idle(struct kor_service *service)
{
    const struct kor_clock *clock = service->desk.clinic->clock;
    int64_t mono_ms = clock->mono_ms(clock);
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kor_reserve_look(&service->reserve, mono_ms);
    if (mono_ms < service->tidy_ms) {
        return KOR_OK;
    }
    enum kor_code code = tidy(service, &err);
    if (code != KOR_OK) {
        kor_log(KOR_LOG_WARNING, "tidying up: %s", err.text);
        service->tidy_ms = mono_ms + TIDY_MS;
    }
    return kor_service_fate(code);
}
