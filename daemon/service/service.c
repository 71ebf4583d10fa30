/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The beginning and the end of the service: see service/service.h. */

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "kor/define/catalogue.h"
#include "service/service_provider.h"
#include "store/request.h"
#include "store/unit.h"

/* The unit of the configuration is always there. */
static enum kor_code
add_unit(struct kor_service *service, int64_t now_ms, struct kor_err *err)
{
    struct kor_store *store = service->desk.store;
    struct kor_unit unit = {0};
    kor_utf8_copy(unit.name, sizeof unit.name, service->desk.clinic->unit);
    enum kor_code code = kor_store_unit_find(store, &unit, err);
    return code == KOR_NOT_FOUND
               ? kor_store_unit_add(store, &unit, "/", now_ms, err)
               : code;
}

static enum kor_code
add_scale(struct kor_store *store, const struct kor_embedded *row,
          int64_t now_ms, struct kor_err *err)
{
    struct kor_instrument *def = kor_alloc(sizeof *def);
    int64_t id;
    enum kor_code code
        = kor_instrument_parse(row->text, strlen(row->text), def, err);
    if (code == KOR_OK) {
        code = kor_store_definition_add(store, KOR_DEFINITION_SCALE, def->key,
                                        def->version, row->text, now_ms, &id,
                                        err);
        kor_instrument_done(def);
    }
    free(def);
    return code == KOR_DUPLICATE ? KOR_OK : code;
}

static enum kor_code
add_pathway(struct kor_store *store, const struct kor_embedded *row,
            int64_t now_ms, struct kor_err *err)
{
    struct kor_pathway *def = kor_alloc(sizeof *def);
    int64_t id;
    enum kor_code code
        = kor_pathway_parse(row->text, strlen(row->text), def, err);
    if (code == KOR_OK) {
        code = kor_store_definition_add(store, KOR_DEFINITION_PATHWAY,
                                        def->key, def->version, row->text,
                                        now_ms, &id, err);
        kor_pathway_done(def);
    }
    free(def);
    return code == KOR_DUPLICATE ? KOR_OK : code;
}

static enum kor_code
add_form(struct kor_store *store, const struct kor_embedded *row,
         int64_t now_ms, struct kor_err *err)
{
    struct kor_form *def = kor_alloc(sizeof *def);
    int64_t id;
    enum kor_code code
        = kor_form_parse(row->text, strlen(row->text), def, err);
    if (code == KOR_OK) {
        code = kor_store_definition_add(store, KOR_DEFINITION_FORM, def->key,
                                        def->version, row->text, now_ms, &id,
                                        err);
        kor_form_done(def);
    }
    free(def);
    return code == KOR_DUPLICATE ? KOR_OK : code;
}

/* Adds what comes with kor and is not there yet. */
static enum kor_code
add_catalogue(struct kor_service *service, int64_t now_ms,
              struct kor_err *err)
{
    struct kor_store *store = service->desk.store;
    enum kor_code code = kor_store_begin(store, err);
    for (const struct kor_embedded *row = kor_catalogue;
         row->name && code == KOR_OK; row++) {
        code = add_scale(store, row, now_ms, err);
    }
    for (const struct kor_embedded *row = kor_form_catalogue;
         row->name && code == KOR_OK; row++) {
        code = add_form(store, row, now_ms, err);
    }
    for (const struct kor_embedded *row = kor_pathway_catalogue;
         row->name && code == KOR_OK; row++) {
        code = add_pathway(store, row, now_ms, err);
    }
    if (code == KOR_OK) {
        code = add_unit(service, now_ms, err);
    }
    if (code == KOR_OK) {
        code = kor_store_commit(store, err);
    }
    if (code != KOR_OK) {
        kor_store_rollback(store);
    }
    return code;
}

enum kor_code
kor_service_new(const struct kor_clinic *clinic, bool may_create,
                struct kor_service **servicep, struct kor_err *err)
{
    *servicep = NULL;
    struct kor_store *store;
    enum kor_code code = kor_store_open(clinic->store_path, clinic->vfs,
                                        may_create, &store, err);
    if (code != KOR_OK) {
        return code;
    }
    int64_t now_ms = clinic->clock->now_ms(clinic->clock);
    struct kor_service *service = kor_alloc(sizeof *service);
    service->timelines = kor_timelines_new();
    service->feed = kor_feed_new(now_ms);
    service->keyring = kor_keyring_new();
    service->study.begun_ms = now_ms;
    clinic->random->fill(clinic->random, service->study.key,
                         sizeof service->study.key);
    service->has_to_list = service->has_to_empty_wal = true;
    kor_reserve_begin(&service->reserve, clinic->disk, clinic->reserve_path,
                      clinic->reserve_bytes,
                      clinic->clock->mono_ms(clinic->clock));
    code = kor_desk_open(&service->desk, clinic, store, err);
    if (code == KOR_OK) {
        code = add_catalogue(service, now_ms, err);
    }
    if (code == KOR_OK) {
        code = kor_store_request_newest(store, service->newest, err);
    }
    if (code == KOR_OK) {
        code = kor_store_log_tail(store, &service->tail, err);
    }
    if (code == KOR_OK) {
        code = kor_service_reload(service, err);
    }
    if (code != KOR_OK) {
        kor_service_free(service);
        return code;
    }
    *servicep = service;
    return KOR_OK;
}

void
kor_service_free(struct kor_service *service)
{
    if (service) {
        kor_timelines_free(service->timelines);
        kor_feed_free(service->feed);
        kor_keyring_free(service->keyring);
        kor_desk_close(&service->desk);
        sodium_memzero(&service->study, sizeof service->study);
        free(service);
    }
}

struct kor_store *
kor_service_store(struct kor_service *service)
{
    return service->desk.store;
}

struct kor_keyring *
kor_service_keyring(struct kor_service *service)
{
    return service->keyring;
}

const struct kor_study_secret *
kor_service_study(const struct kor_service *service)
{
    return &service->study;
}

enum kor_code
kor_service_reload(struct kor_service *service, struct kor_err *err)
{
    return kor_keyring_load(service->keyring, service->desk.store, err);
}

enum kor_reserve_state
kor_service_reserve(const struct kor_service *service)
{
    return kor_reserve_state(&service->reserve);
}

struct kor_feed *
kor_service_feed(struct kor_service *service)
{
    return service->feed;
}

