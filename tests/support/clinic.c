/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A made-up clinic: see clinic.h. */

#include "support/clinic.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/base/utf8.h"
#include "kor/define/course.h"
#include "store/actor.h"
#include "store/definition.h"
#include "store/unit.h"
#include "support/json.h"
#include "support/near.h"

#define DAY_MS (24 * 3600 * (int64_t)1000)

static int64_t
stopped_clock(const struct kor_clock *clock)
{
    return ((const struct clinic *)clock)->now_ms;
}

static void
seeded_bytes(const struct kor_random *random, void *bytes, size_t size)
{
    size_t offset = offsetof(struct clinic, random);
    struct clinic *clinic
        = (struct clinic *)(uintptr_t)((const char *)random - offset);
    for (size_t i = 0; i < size; i++) {
        ((uint8_t *)bytes)[i] = (uint8_t)dice_int(&clinic->dice, 0, 255);
    }
}

static enum kor_code
open_clinic(struct clinic *clinic, struct kor_err *err)
{
    enum kor_code code
        = kor_service_new(&clinic->config, true, &clinic->service, err);
    return code == KOR_OK ? kor_worker_new(&clinic->config, clinic->service,
                                           &clinic->worker, err)
                          : code;
}

static void
start(struct clinic *clinic)
{
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(open_clinic(clinic, &err), &err);
}

static void
forget_reply(struct clinic *clinic)
{
    kor_call_done(&clinic->call);
    memset(&clinic->call, 0, sizeof clinic->call);
    json_decref(clinic->reply);
    clinic->reply = NULL;
}

/* All but the service and its file. */
static struct clinic *
make(const char *vfs)
{
    struct clinic *clinic = kor_alloc(sizeof *clinic);
    assert_true(kor_zone_set("Europe/Oslo"));
    clinic->clock.now_ms = stopped_clock;
    clinic->clock.mono_ms = stopped_clock;
    clinic->random.fill = seeded_bytes;
    clinic->dice.state = 4711;
    clinic_day(clinic, 0);
    struct kor_clinic *config = &clinic->config;
    config->vfs = vfs;
    config->started_ms = KIT_MS;
    strcpy(config->pathway, "talk");
    strcpy(config->unit, "clinic");
    strcpy(config->feed, "ipc://feed");
    config->contact_key = clinic->contact_key;
    config->clock = &clinic->clock;
    config->random = &clinic->random;
    return clinic;
}

struct clinic *
clinic_new_on(const char *vfs)
{
    struct clinic *clinic = make(vfs);
    kit_folder(clinic->folder);
    snprintf(clinic->config.store_path, sizeof clinic->config.store_path,
             "%s/kor.db", clinic->folder);
    snprintf(clinic->config.deletions_path,
             sizeof clinic->config.deletions_path, "%s/deletions",
             clinic->folder);
    snprintf(clinic->config.backup_path, sizeof clinic->config.backup_path,
             "%s/backup.last", clinic->folder);
    snprintf(clinic->config.check_path, sizeof clinic->config.check_path,
             "%s/check.last", clinic->folder);
    start(clinic);
    clinic_actor(clinic, "operator", KOR_FIRST_ROLES);
    return clinic;
}

struct clinic *
clinic_new(void)
{
    return clinic_new_on(NULL);
}

struct clinic *
clinic_copy_on(const struct clinic *clinic, const char *vfs,
               struct kor_err *err)
{
    struct clinic *copy = make(vfs);
    memcpy(copy->config.store_path, clinic->config.store_path,
           sizeof copy->config.store_path);
    copy->now_ms = clinic->now_ms;
    copy->caller = clinic->caller;
    copy->n_actors = clinic->n_actors;
    copy->n_asked = clinic->n_asked;
    if (open_clinic(copy, err) != KOR_OK) {
        clinic_free(copy);
        return NULL;
    }
    return copy;
}

void
clinic_free(struct clinic *clinic)
{
    forget_reply(clinic);
    kor_worker_free(clinic->worker);
    kor_service_free(clinic->service);
    if (*clinic->folder) {
        kit_folder_remove(clinic->folder);
    }
    free(clinic);
}

int
clinic_set_up(void **state)
{
    *state = clinic_new();
    return 0;
}

int
clinic_tear_down(void **state)
{
    clinic_free(*state);
    return 0;
}

void
clinic_restart(struct clinic *clinic)
{
    kor_worker_free(clinic->worker);
    kor_service_free(clinic->service);
    start(clinic);
}

void
clinic_day(struct clinic *clinic, int day)
{
    clinic->now_ms = KIT_MS + day * DAY_MS;
}

void
clinic_night(struct clinic *clinic)
{
    for (int i = 0; i < 5; i++) {
        assert_int_equal(kor_service_idle(clinic->service), KOR_OK);
    }
}

const char *
clinic_date(int day, char text[KOR_DATE_SIZE])
{
    return kor_date_format(KIT_DAY + day, text);
}

struct kor_caller
clinic_actor(struct clinic *clinic, const char *name,
             unsigned roles)
{
    struct kor_err err;
    struct kor_account account = {0};
    kor_err_init(&err, KOR_EN);
    kor_utf8_copy(account.name, sizeof account.name, name);
    (void)kor_actor_roles_words(roles, account.roles);
    kit_ok(kor_store_account_add(kor_service_store(clinic->service), &account,
                                 clinic->now_ms, &err),
           &err);
    return clinic_key(clinic, name);
}

struct kor_caller
clinic_key(struct clinic *clinic, const char *name)
{
    struct kor_err err;
    struct kor_store *store = kor_service_store(clinic->service);
    struct kor_actor actor = {.expires_ms = KOR_NO_MS};
    kor_err_init(&err, KOR_EN);
    memset(actor.public_key, ++clinic->n_actors, sizeof actor.public_key);
    kit_ok(kor_store_account_find(store, name, &actor.account, &err), &err);
    kit_ok(kor_store_actor_add(store, &actor, clinic->now_ms, &err), &err);
    kit_ok(kor_service_reload(clinic->service, &err), &err);
    assert_true(kor_keyring_by_id(kor_service_keyring(clinic->service),
                                  actor.id, clinic->now_ms, &clinic->caller));
    return clinic->caller;
}

void
clinic_pathway(struct clinic *clinic, const char *key, const char *rest)
{
    struct kor_buf text = {0};
    struct kor_err err;
    int64_t id;
    kor_err_init(&err, KOR_EN);
    kor_buf_printf(&text, "{'key': '%s', 'version': '1', 'names': {'en': "
                          "'%s'}, %s}", key, key, rest);
    (void)json_quote(text.text);
    kit_ok(kor_store_definition_add(kor_service_store(clinic->service),
                                    KOR_DEFINITION_PATHWAY, key, "1",
                                    text.text, clinic->now_ms, &id, &err),
           &err);
    kor_buf_done(&text);
}

/* Changes the caller's account and reads again who is admitted. */
static void
change_account(struct clinic *clinic, const char *set)
{
    char sql[200];
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    snprintf(sql, sizeof sql, "UPDATE account SET %s WHERE id = %lld", set,
             (long long)clinic->caller.account_id);
    kit_sql(clinic->config.store_path, sql);
    kit_ok(kor_service_reload(clinic->service, &err), &err);
    assert_true(kor_keyring_by_id(kor_service_keyring(clinic->service),
                                  clinic->caller.actor_id, clinic->now_ms,
                                  &clinic->caller));
}

void
clinic_move(struct clinic *clinic, const char *name)
{
    char set[120];
    snprintf(set, sizeof set,
             "unit_id = (SELECT id FROM unit WHERE name = '%s')", name);
    change_account(clinic, set);
}

struct kor_caller
clinic_client(struct clinic *clinic, const char *code)
{
    char set[120];
    (void)clinic_actor(clinic, code, KOR_ROLE_BIT(KOR_ACTOR_CLIENT));
    snprintf(set, sizeof set,
             "person_id = (SELECT id FROM person WHERE code = '%s')", code);
    change_account(clinic, set);
    return clinic->caller;
}

void
clinic_unit(struct clinic *clinic, const char *name, const char *parent)
{
    struct kor_err err;
    struct kor_unit unit = {0};
    kor_err_init(&err, KOR_EN);
    kor_utf8_copy(unit.name, sizeof unit.name, name);
    kit_ok(kor_store_unit_add(kor_service_store(clinic->service), &unit,
                              parent, clinic->now_ms, &err),
           &err);
}

/* --- asking -------------------------------------------------------------- */

static void
write_frame(char frame[CLINIC_FRAME_SIZE], int serial, const char *verb,
            const char *body, va_list args)
{
    int n = snprintf(frame, CLINIC_FRAME_SIZE,
                     "{'kor': 1, 'id': '01940000-0000-7000-8000-%012d', "
                     "'verb': '%s', 'body': ", serial, verb);
    n += vsnprintf(frame + n, CLINIC_FRAME_SIZE - (size_t)n, body, args);
    assert_true(n < CLINIC_FRAME_SIZE - 1);
    strcpy(frame + n, "}");
    (void)json_quote(frame);
}

char *
clinic_frame(char frame[CLINIC_FRAME_SIZE], int serial, const char *verb,
             const char *body, ...)
{
    va_list args;
    va_start(args, body);
    write_frame(frame, serial, verb, body, args);
    va_end(args);
    return frame;
}

static enum kor_code
decode(struct clinic *clinic, const char *frame, struct kor_call *call)
{
    call->caller = clinic->caller;
    kor_err_init(&call->err, KOR_EN);
    return kor_request_decode(frame, strlen(frame), KOR_EN, &call->request,
                              &call->err);
}

struct kor_call *
clinic_call(struct clinic *clinic, const char *frame)
{
    struct kor_call *call = kor_alloc(sizeof *call);
    kit_ok(decode(clinic, frame, call), &call->err);
    return call;
}

void
clinic_call_free(struct kor_call *call)
{
    kor_call_done(call);
    free(call);
}

/* As the loop does it: what a worker has read is logged, then it leaves. */
static void
serve(struct clinic *clinic, struct kor_call *call)
{
    enum kor_route route = kor_service_route(call->request.verb);
    if (route == KOR_ROUTE_WORKER) {
        kor_worker_read(clinic->worker, call);
    } else if (route == KOR_ROUTE_FIT) {
        kor_worker_fit(clinic->worker, call);
    }
    if (kor_look_is_logged(call)) {
        assert_int_equal(kor_service_write(clinic->service, &call, 1),
                         KOR_OK);
    }
}

static enum kor_code
ask(struct clinic *clinic, const char *verb, const char *body, va_list args)
{
    char frame[CLINIC_FRAME_SIZE];
    struct kor_call *call = &clinic->call;
    forget_reply(clinic);
    write_frame(frame, ++clinic->n_asked, verb, body, args);
    call->code = decode(clinic, frame, call);
    if (call->code == KOR_OK) {
        serve(clinic, call);
    }
    if (call->code == KOR_OK) {
        clinic->reply = json_loads(kor_buf_text(&call->reply), 0, NULL);
        assert_non_null(clinic->reply);
    }
    return call->code;
}

enum kor_code
clinic_ask(struct clinic *clinic, const char *verb, const char *body, ...)
{
    va_list args;
    va_start(args, body);
    enum kor_code code = ask(clinic, verb, body, args);
    va_end(args);
    return code;
}

void
clinic_ok(struct clinic *clinic, const char *verb, const char *body, ...)
{
    va_list args;
    va_start(args, body);
    enum kor_code code = ask(clinic, verb, body, args);
    va_end(args);
    kit_ok(code, &clinic->call.err);
}

void
clinic_refused(struct clinic *clinic, enum kor_code code, const char *field,
               const char *verb, const char *body, ...)
{
    va_list args;
    va_start(args, body);
    enum kor_code got = ask(clinic, verb, body, args);
    va_end(args);
    if (got != code || strcmp(clinic->call.err.field, field)) {
        print_error("%s: expected %s at '%s', got %s at '%s': %s\n", verb,
                    kor_code_wire(code), field, kor_code_wire(got),
                    clinic->call.err.field, clinic->call.err.text);
        fail();
    }
    assert_true(strlen(clinic->call.err.text) > 10);
}

void
clinic_open(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE])
{
    clinic_ok(clinic, "open", "{}");
    kor_utf8_copy(code, KOR_CLIENT_CODE_SIZE, clinic_text(clinic, "code"));
}

void
clinic_total(struct clinic *clinic, const char *code, const char *scale,
             double total)
{
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': '%s', 'total': %.17g}]}",
              code, scale, total);
}

static struct kor_course_record
course_record(uint32_t n_people, const struct kor_course_flags *flags)
{
    return (struct kor_course_record){
        .course = {.f = KOR_TIME_LOG, .b1 = 4, .b2 = 1, .tau00 = 9,
                   .sigma = 4, .max_points = 40,
                   .better = KOR_HIGHER_IS_BETTER, .first_time = 2,
                   .max_time = 20, .n_people = n_people,
                   .n_records = 4 * n_people},
        .instrument = "outcome", .version = "1",
        .rater = KOR_ROLE_CLIENT, .age_from = KOR_NO_AGE,
        .age_to = KOR_NO_AGE, .method = KOR_GROWTH_REML,
        .status = KOR_GROWTH_CONVERGED, .unit = KOR_COURSE_SESSIONS,
        .n_terms = 4, .loglik = -1000, .min_people = 50,
        .fitted_at_ms = KIT_MS, .data_from = KIT_DAY - 400,
        .data_to = KIT_DAY, .population = "made up", .source = "a test",
        .flags = *flags};
}

static int64_t
add_course(struct clinic *clinic, const struct kor_course_record *record)
{
    struct kor_err err;
    struct kor_buf text = {0};
    int64_t id;
    kor_err_init(&err, KOR_EN);
    kor_course_encode(record, &text);
    kit_ok(kor_store_course_add(kor_service_store(clinic->service),
                                record->instrument, text.text, clinic->now_ms,
                                &id, &err),
           &err);
    kor_buf_done(&text);
    char unused[KOR_CLIENT_CODE_SIZE]; /* A write between fit and use. */
    clinic_open(clinic, unused);
    clinic_ok(clinic, "course.use", "{'id': %lld}", (long long)id);
    return id;
}

int64_t
clinic_course(struct clinic *clinic, uint32_t n_people)
{
    const struct kor_course_flags unknown = {.state = KOR_FLAGS_UNKNOWN};
    const struct kor_course_record record = course_record(n_people, &unknown);
    return add_course(clinic, &record);
}

int64_t
clinic_course_phq9(struct clinic *clinic)
{
    const struct kor_course_flags unknown = {.state = KOR_FLAGS_UNKNOWN};
    struct kor_course_record record = course_record(60, &unknown);
    kor_utf8_copy(record.instrument, sizeof record.instrument, "phq9");
    record.course.b1 = -2;
    record.course.max_points = 27;
    record.course.better = KOR_LOWER_IS_BETTER;
    return add_course(clinic, &record);
}

/* What a rule found that flagged 'hits' of the 12 with the outcome and 'others'
 * of the 48 without. */
static void
foretell(double figures[KOR_N_FLAG_FIGURES], double hits, double others)
{
    const double shares[]
        = {hits / 12, 1 - others / 48, hits / (hits + others)};
    for (size_t f = 0; f < KOR_N_FLAG_FIGURES; f++) {
        figures[f] = NAN;
    }
    figures[KOR_FLAG_FLAGGED] = hits + others;
    figures[KOR_FLAG_TRUE_POSITIVES] = hits;
    figures[KOR_FLAG_FALSE_POSITIVES] = others;
    figures[KOR_FLAG_TRUE_NEGATIVES] = 48 - others;
    figures[KOR_FLAG_FALSE_NEGATIVES] = 12 - hits;
    figures[KOR_FLAG_SAID] = 60;
    for (size_t i = 0; i < 9; i++) {
        figures[KOR_FLAG_SENSITIVITY + i] = shares[i / 3];
    }
}

int64_t
clinic_course_marking(struct clinic *clinic, uint32_t n_people,
                      enum kor_flag_rule rule)
{
    struct kor_course_flags flags
        = {.state = KOR_FLAGS_COUNTED, .n_halves = 20, .rc_points = 7,
            .table = {.people = 60, .outcomes = 12}, .has_favoured = true,
            .favoured = rule};
    for (size_t r = 0; r < KOR_N_FLAG_RULES; r++) {
        foretell(flags.table.rules[r], 4.2, 5.8);
    }
    foretell(flags.table.rules[KOR_FLAG_BAND80], 5.7, 3.8);
    foretell(flags.table.rules[KOR_FLAG_TWICE], 7.59, 3.91);
    foretell(flags.table.rules[rule], 10.5, 14.5);
    const struct kor_course_record record = course_record(n_people, &flags);
    return add_course(clinic, &record);
}

/* --- reading the reply --------------------------------------------------- */

static const json_t *
find(const struct clinic *clinic, const char *path)
{
    const json_t *at = clinic->reply;
    while (at && *path) {
        size_t len = strcspn(path, ".[");
        if (len) {
            char key[64];
            assert_true(len < sizeof key);
            memcpy(key, path, len);
            key[len] = '\0';
            at = json_object_get(at, key);
            path += len;
        } else if (*path == '[') {
            char *end;
            at = json_array_get(at, strtoul(path + 1, &end, 10));
            path = end + 1;
        } else {
            path++;
        }
    }
    return at;
}

double
clinic_num(const struct clinic *clinic, const char *path)
{
    const json_t *found = find(clinic, path);
    return json_is_number(found) ? json_number_value(found) : NAN;
}

const char *
clinic_text(const struct clinic *clinic, const char *path)
{
    const json_t *found = find(clinic, path);
    return json_is_string(found) ? json_string_value(found) : "";
}

bool
clinic_true(const struct clinic *clinic, const char *path)
{
    return json_is_true(find(clinic, path));
}

size_t
clinic_count(const struct clinic *clinic, const char *path)
{
    return json_array_size(find(clinic, path));
}

bool
clinic_has(const struct clinic *clinic, const char *path, const char *word)
{
    const json_t *list = find(clinic, path);
    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!strcmp(json_string_value(json_array_get(list, i)), word)) {
            return true;
        }
    }
    return false;
}

int64_t
clinic_sql(const struct clinic *clinic, const char *sql)
{
    return kit_number(clinic->config.store_path, clinic->config.vfs, sql);
}

int64_t
clinic_n_logged(const struct clinic *clinic, const char *where)
{
    char sql[600];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM access_log WHERE %s",
             where);
    return clinic_sql(clinic, sql);
}

void
clinic_due(struct clinic *clinic, const char *expected)
{
    struct kor_buf text = {0};
    clinic_ok(clinic, "due.list", "{}");
    for (size_t i = 0; i < clinic_count(clinic, "dues"); i++) {
        char path[40];
        int32_t date = 0;
        snprintf(path, sizeof path, "dues[%zu].key", i);
        kor_buf_puts(&text, clinic_text(clinic, path));
        snprintf(path, sizeof path, "dues[%zu].due", i);
        assert_true(kor_date_parse(clinic_text(clinic, path), &date));
        kor_buf_printf(&text, "@%d", date - KIT_DAY);
        snprintf(path, sizeof path, "dues[%zu].session", i);
        if (!isnan(clinic_num(clinic, path))) {
            kor_buf_printf(&text, " %.0f", clinic_num(clinic, path));
        }
        snprintf(path, sizeof path, "dues[%zu].overdue", i);
        kor_buf_puts(&text, clinic_true(clinic, path) ? "!\n" : "\n");
    }
    assert_string_equal(kor_buf_text(&text), expected);
    kor_buf_done(&text);
}
