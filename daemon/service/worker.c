/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads and fits, on a connection of the worker's own: see
 * service/service.h. */

#include <stdlib.h>

#include "access/check.h"
#include "kor/base/alloc.h"
#include "service/handlers.h"

struct kor_worker {
    struct kor_desk desk;
    const struct kor_service *service;    /* Borrowed, */
    struct kor_feed *feed;                /* this, */
    struct kor_keyring *keyring;          /* this, */
    const struct kor_study_secret *study; /* and this. */
};

static const kor_handler readers[KOR_N_VERBS] = {
    [KOR_VERB_PING] = kor_handle_ping,
    [KOR_VERB_STATUS] = kor_handle_status,
    [KOR_VERB_SHOW] = kor_handle_show,
    [KOR_VERB_CASELOAD] = kor_handle_caseload,
    [KOR_VERB_SIGNALS] = kor_handle_signals,
    [KOR_VERB_SINCE] = kor_handle_since,
    [KOR_VERB_GLASS_LIST] = kor_handle_glass_list,
    [KOR_VERB_CLINIC] = kor_handle_clinic,
    [KOR_VERB_IMPORT_CODES] = kor_handle_import_codes,
    [KOR_VERB_EXPORT] = kor_handle_export,
    [KOR_VERB_INSTRUMENTS] = kor_handle_instruments,
    [KOR_VERB_INSTRUMENT] = kor_handle_instrument,
    [KOR_VERB_COURSES] = kor_handle_courses,
    [KOR_VERB_COURSE] = kor_handle_course,
    [KOR_VERB_PATHWAYS] = kor_handle_pathways,
    [KOR_VERB_PATHWAY] = kor_handle_pathway,
    [KOR_VERB_DUE] = kor_handle_due,
    [KOR_VERB_GROUP_LIST] = kor_handle_group_list,
    [KOR_VERB_GROUP_SHOW] = kor_handle_group_show,
    [KOR_VERB_PART_LIST] = kor_handle_part_list,
    [KOR_VERB_FORMS] = kor_handle_forms,
    [KOR_VERB_FORM] = kor_handle_form,
    [KOR_VERB_SHEETS] = kor_handle_sheets,
    [KOR_VERB_SHEET] = kor_handle_sheet,
    [KOR_VERB_GOAL_LIST] = kor_handle_goal_list,
    [KOR_VERB_CONSENT_LIST] = kor_handle_consent_list,
    [KOR_VERB_CALENDAR] = kor_handle_calendar,
    [KOR_VERB_GRAPH] = kor_handle_graph,
    [KOR_VERB_LOG_VERIFY] = kor_handle_log_verify,
    [KOR_VERB_LOG_OF] = kor_handle_log_of,
    [KOR_VERB_LOG_REVIEWS] = kor_handle_log_reviews,
    [KOR_VERB_RETENTION] = kor_handle_retention,
    [KOR_VERB_PERSON] = kor_handle_person,
    [KOR_VERB_LABEL_KEY] = kor_handle_label_key,
    [KOR_VERB_CONTACT] = kor_handle_contact,
    [KOR_VERB_UNIT_LIST] = kor_handle_unit_list,
    [KOR_VERB_ACCOUNT_LIST] = kor_handle_account_list,
    [KOR_VERB_KEY_LIST] = kor_handle_key_list,
};

enum kor_code
kor_worker_new(const struct kor_clinic *clinic, struct kor_service *service,
               struct kor_worker **workerp, struct kor_err *err)
{
    struct kor_store *store;
    *workerp = NULL;
    enum kor_code code
        = kor_store_open_reader(clinic->store_path, clinic->vfs, &store,
                                err);
    if (code != KOR_OK) {
        return code;
    }
    struct kor_worker *worker = kor_alloc(sizeof *worker);
    worker->service = service;
    worker->feed = kor_service_feed(service);
    worker->keyring = kor_service_keyring(service);
    worker->study = kor_service_study(service);
    code = kor_desk_open(&worker->desk, clinic, store, err);
    if (code != KOR_OK) {
        free(worker);
        return code;
    }
    *workerp = worker;
    return KOR_OK;
}

void
kor_worker_free(struct kor_worker *worker)
{
    if (worker) {
        kor_desk_close(&worker->desk);
        free(worker);
    }
}

static struct kor_context
context_of(struct kor_worker *worker, struct kor_call *call)
{
    const struct kor_clock *clock = worker->desk.clinic->clock;
    kor_err_init(&call->err, call->request.lang);
    return (struct kor_context){.desk = &worker->desk,
                                .call = call,
                                .feed = worker->feed,
                                .study = worker->study,
                                .reserve = kor_service_reserve(
                                    worker->service),
                                .now_ms = clock->now_ms(clock),
                                .lang = call->request.lang,
                                .err = &call->err};
}

/* Begins a snapshot with definitions that belong to it. */
static enum kor_code
begin(struct kor_worker *worker, struct kor_call *call)
{
    const struct kor_clock *clock = worker->desk.clinic->clock;
    enum kor_code code
        = kor_call_admit(call, worker->keyring, clock->now_ms(clock));
    if (code == KOR_OK) {
        code = kor_store_begin(worker->desk.store, &call->err);
    }
    return code == KOR_OK ? kor_desk_refresh(&worker->desk, &call->err)
                          : code;
}

static void
end(struct kor_worker *worker, struct kor_call *call)
{
    call->has_damage = kor_store_is_damaged(worker->desk.store);
    kor_store_rollback(worker->desk.store);
}

void
kor_worker_probe(struct kor_worker *worker, struct kor_call *call)
{
    call->code = kor_store_begin(worker->desk.store, &call->err);
    if (call->code == KOR_OK) {
        call->code = kor_desk_refresh(&worker->desk, &call->err);
    }
    end(worker, call);
}

void
kor_worker_read(struct kor_worker *worker, struct kor_call *call)
{
    const struct kor_verb_info *info = kor_verb_info(call->request.verb);
    struct kor_context context = context_of(worker, call);
    call->code = begin(worker, call);
    if (call->code == KOR_OK) {
        void *reply = kor_alloc(info->reply->size);
        kor_message_init(info->reply, reply);
        call->code = readers[call->request.verb](
            &context, call->request.body, reply);
        if (call->code == KOR_OK) {
            kor_message_encode(info->reply, reply, &call->reply);
        }
        kor_message_done(info->reply, reply);
        free(reply);
    }
    call->is_answered = true;
    end(worker, call);
}

void
kor_worker_fit(struct kor_worker *worker, struct kor_call *call)
{
    struct kor_context context = context_of(worker, call);
    call->code = begin(worker, call);
    if (call->code == KOR_OK) {
        call->code = kor_handle_course_fit(&context, call->request.body);
    }
    call->is_answered = call->code != KOR_OK;
    end(worker, call);
}
