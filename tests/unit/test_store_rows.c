/* SPDX-License-Identifier: GPL-3.0-or-later */

/* store: each operation does what its header says. */

#include "support/near.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/buf.h"
#include "kor/base/clock.h"
#include "store/actor.h"
#include "store/definition.h"
#include "store/figures.h"
#include "store/import.h"
#include "store/key.h"
#include "store/request.h"
#include "store/signal.h"
#include "store/unit.h"
#include "store/store_provider.h"
#include "support/storekit.h"

#define OK(call) kit_ok((call), &err)

/* The whole clinic between two dates. */
#define SPAN(first, last)                                                     \
    (&(const struct kor_span){.unit_path = "/", .from = (first), .to = (last)})

/* Of whoever supervises the whole clinic. */
static const struct kor_scope everybodys
    = {.name = "head", .unit_path = "/", .is_supervised = true};

/* A store in memory and an error to fill, in each test. */
#define WITH_STORE                                                            \
    struct kor_err err;                                                       \
    struct kor_store *store = kit_open(":memory:");                           \
    (void)state;                                                              \
    kor_err_init(&err, KOR_EN)

static void
a_person_is_found_by_code(void **state)
{
    WITH_STORE;
    struct kor_person person = kit_person(5), found = kit_person(5);
    person.born_month = -133;
    strcpy(person.gender, "female");
    assert_int_equal(kor_store_person_find(store, &found, &err),
                     KOR_NOT_FOUND);
    OK(kor_store_person_add(store, &person, &err));
    assert_int_equal(kor_store_person_add(store, &found, &err),
                     KOR_DUPLICATE);
    OK(kor_store_person_find(store, &found, &err));
    assert_int_equal(found.id, person.id);
    assert_int_equal(found.born_month, -133);
    assert_string_equal(found.gender, "female");
    struct kor_person unknown = kit_person(6);
    OK(kor_store_person_add(store, &unknown, &err));
    memset(unknown.gender, 'x', sizeof unknown.gender);
    OK(kor_store_person_find(store, &unknown, &err));
    assert_int_equal(unknown.born_month, KOR_NO_MONTH);
    assert_string_equal(unknown.gender, "");
    kor_store_close(store);
}

static void
an_episode_is_opened_led_and_closed(void **state)
{
    WITH_STORE;
    struct kor_episode episode = kit_episode(store, 1, 0), loaded;
    OK(kor_store_episode_load(store, episode.id, &loaded, &err));
    assert_string_equal(loaded.person.code, episode.person.code);
    assert_int_equal(loaded.person.id, episode.person.id);
    assert_int_equal(loaded.number, 1);
    assert_string_equal(loaded.pathway, "therapy");
    assert_string_equal(loaded.unit, "clinic");
    assert_string_equal(loaded.therapist, "operator");
    assert_int_equal(loaded.opened_date, KIT_DAY);
    assert_int_equal(loaded.planned_end_date, KOR_NO_DATE);
    assert_int_equal(loaded.closed_date, KOR_NO_DATE);
    assert_string_equal(loaded.ending, "open");
    assert_string_equal(loaded.reason, "");
    assert_string_equal(loaded.lead_scale, "");
    strcpy(loaded.lead_scale, "outcome");
    OK(kor_store_episode_lead(store, &loaded, &err));
    strcpy(loaded.ending, "planned");
    strcpy(loaded.reason, "goals reached");
    loaded.closed_date = KIT_DAY + 90;
    OK(kor_store_episode_close(store, &loaded, &err));
    OK(kor_store_episode_load(store, episode.id, &episode, &err));
    assert_string_equal(episode.ending, "planned");
    assert_string_equal(episode.reason, "goals reached");
    assert_int_equal(episode.closed_date, KIT_DAY + 90);
    assert_string_equal(episode.lead_scale, "outcome");
    assert_int_equal(kor_store_episode_load(store, 99, &episode, &err),
                     KOR_NOT_FOUND);
    kor_store_close(store);
}

static void
episodes_of_a_person_are_numbered(void **state)
{
    WITH_STORE;
    struct kor_episode first = kit_episode(store, 1, 0), second = first;
    int32_t n;
    int64_t id;
    OK(kor_store_episode_count(store, first.person.id, &n, &err));
    assert_int_equal(n, 1);
    second.number = 2;
    second.planned_end_date = KIT_DAY + 30;
    OK(kor_store_episode_add(store, &second, 0, &err));
    OK(kor_store_episode_count(store, first.person.id, &n, &err));
    assert_int_equal(n, 2);
    OK(kor_store_episode_find(store, first.person.id, 0, &id, &err));
    assert_int_equal(id, second.id);
    OK(kor_store_episode_find(store, first.person.id, 1, &id, &err));
    assert_int_equal(id, first.id);
    assert_int_equal(kor_store_episode_find(store, first.person.id, 3, &id,
                                            &err),
                     KOR_NOT_FOUND);
    assert_int_equal(kor_store_episode_find(store, 99, 0, &id, &err),
                     KOR_NOT_FOUND);
    OK(kor_store_episode_count(store, 99, &n, &err));
    assert_int_equal(n, 0);
    kor_store_close(store);
}

static void
open_episodes_come_page_by_page(void **state)
{
    WITH_STORE;
    int64_t ids[3];
    size_t n;
    struct kor_episode episodes[5];
    for (int i = 0; i < 5; i++) {
        episodes[i] = kit_episode(store, i, 0);
    }
    strcpy(episodes[1].ending, "unplanned");
    episodes[1].closed_date = KIT_DAY;
    OK(kor_store_episode_close(store, &episodes[1], &err));
    OK(kor_store_episodes_open(store, &everybodys, 0, "", 3, ids, &n, &err));
    assert_int_equal(n, 3);
    assert_int_equal(ids[0], episodes[0].id);
    assert_int_equal(ids[1], episodes[2].id);
    OK(kor_store_episodes_open(store, &everybodys, ids[2], "operator", 3, ids,
                               &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(ids[0], episodes[4].id);
    OK(kor_store_episodes_open(store, &everybodys, 0, "other", 3, ids, &n,
                               &err));
    assert_int_equal(n, 0);
    kor_store_close(store);
}

/* Copies of answers, as they come. */
struct copies {
    struct kor_answer of[8];
    size_t n, stop_at; /* Stops after so many; 0: never. */
};

static enum kor_code
copy_answer(void *to, const struct kor_answer *a, struct kor_err *err)
{
    struct copies *copies = to;
    copies->of[copies->n++] = *a;
    return copies->n == copies->stop_at
               ? kor_fail(err, KOR_CONFLICT, NULL, "enough")
               : KOR_OK;
}

static void
same_answer(const struct kor_answer *a, const struct kor_answer *b)
{
    assert_int_equal(a->session_id, b->session_id);
    assert_int_equal(a->instrument_id, b->instrument_id);
    assert_string_equal(a->rater, b->rater);
    assert_int_equal(a->version, b->version);
    assert_string_equal(a->language, b->language);
    assert_string_equal(a->how, b->how);
    assert_int_equal(a->n_items, b->n_items);
    for (size_t i = 0; i < a->n_items; i++) {
        assert_near(a->items[i], b->items[i], 0, 0);
    }
    assert_near(a->total, b->total, 0, 0);
    assert_int_equal(a->n_missing, b->n_missing);
    assert_int_equal(a->is_prorated, b->is_prorated);
    assert_int_equal(a->attention, b->attention);
    assert_int_equal(a->is_struck, b->is_struck);
    assert_string_equal(a->why, b->why);
    assert_int_equal(a->at_ms, b->at_ms);
    assert_int_equal(a->actor_id, b->actor_id);
    assert_near(a->start, b->start, 0, 0);
    assert_near(a->needed, b->needed, 0, 0);
    assert_int_equal(a->course_id, b->course_id);
    assert_near(a->expected, b->expected, 0, 0);
    assert_near(a->low80, b->low80, 0, 0);
    assert_near(a->high80, b->high80, 0, 0);
    assert_int_equal(a->standing, b->standing);
    assert_int_equal(a->unsaid, b->unsaid);
    assert_int_equal(a->findings, b->findings);
}

static void
an_answer_keeps_all_that_was_known(void **state)
{
    WITH_STORE;
    struct kor_session session
        = kit_session(store, kit_episode(store, 1, 0).id, 1);
    int64_t actor = kit_actor(store, 1), course;
    int64_t scale = kit_scale(store, "outcome", "1");
    OK(kor_store_course_add(store, "outcome", "{}", KIT_MS, &course, &err));
    struct kor_answer full = kit_answer(session.id, scale, actor, 0.1 + 0.2);
    full.n_items = KOR_MAX_ITEMS;
    for (int i = 0; i < KOR_MAX_ITEMS; i++) {
        full.items[i] = i == 7 ? (double)NAN : i / 3.0;
    }
    full.n_missing = 1;
    full.is_prorated = true;
    full.attention = -1;
    full.start = 12.25;
    full.needed = 6.6;
    full.course_id = course;
    full.expected = 17.123456789;
    full.low80 = -0.5;
    full.high80 = 30;
    full.standing = KOR_STANDING_LESS;
    full.unsaid = KOR_UNSAID_HELD_BACK;
    full.findings = KOR_FINDING_STALLED | KOR_FINDING_OFF_COURSE;
    struct kor_answer second = full;
    second.version = 2;
    strcpy(second.why, "two items swapped");
    struct kor_answer bare = kit_answer(session.id, scale, actor, NAN);
    bare.n_items = 0;
    bare.language[0] = '\0';
    strcpy(bare.rater, "parent1");
    kit_add_answer(store, &full);
    kit_add_answer(store, &second);
    kit_add_answer(store, &bare);
    struct copies copies = {0};
    OK(kor_store_answers(store, session.id, copy_answer, &copies, &err));
    assert_int_equal(copies.n, 3);
    same_answer(&copies.of[0], &full);
    same_answer(&copies.of[1], &second);
    same_answer(&copies.of[2], &bare);
    struct copies one = {.stop_at = 1};
    assert_int_equal(kor_store_answers(store, session.id, copy_answer, &one,
                                       &err),
                     KOR_CONFLICT);
    assert_int_equal(one.n, 1);
    assert_int_equal(kor_store_answer_add(store, &full, &err), KOR_INTERNAL);
    kor_store_close(store);
}

static void
a_struck_answer_has_lost_its_values(void **state)
{
    WITH_STORE;
    struct kor_session session
        = kit_session(store, kit_episode(store, 1, 0).id, 1);
    int64_t actor = kit_actor(store, 1);
    int64_t scale = kit_scale(store, "outcome", "1");
    struct kor_answer answer = kit_answer(session.id, scale, actor, 31.25);
    answer.attention = 2;
    answer.start = 31.25;
    answer.needed = 31.25;
    answer.expected = 31.25;
    answer.low80 = 31.25;
    answer.high80 = 31.25;
    answer.n_missing = 3;
    answer.is_prorated = true;
    answer.findings = KOR_FINDING_ATTENTION;
    answer.standing = KOR_STANDING_BETTER;
    kit_add_answer(store, &answer);
    answer.version = 2;
    kit_add_answer(store, &answer);
    strcpy(answer.rater, "partner");
    kit_add_answer(store, &answer);
    OK(kor_store_answer_strike(store, session.id, scale, "client",
                               "another client's", &err));
    struct copies copies = {0};
    OK(kor_store_answers(store, session.id, copy_answer, &copies, &err));
    assert_int_equal(copies.n, 3);
    for (size_t i = 0; i < 2; i++) {
        struct kor_answer struck
            = kit_answer(session.id, scale, actor, NAN);
        struck.version = (int32_t)i + 1;
        struck.n_items = 0;
        struck.is_struck = true;
        strcpy(struck.why, "another client's");
        same_answer(&copies.of[i], &struck);
    }
    same_answer(&copies.of[2], &answer);
    kor_store_close(store);
}

static void
a_session_can_change_and_is_exported(void **state)
{
    WITH_STORE;
    struct kor_episode episode = kit_episode(store, 1, 0);
    struct kor_session first = kit_session(store, episode.id, 1);
    struct kor_session second = kit_session(store, episode.id, 2);
    strcpy(second.status, "not-attended");
    second.mode[0] = '\0';
    OK(kor_store_session_change(store, &second, &err));
    struct kor_export_session out[2];
    size_t n;
    OK(kor_store_export(store, 0, 1, out, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(out[0].session.id, first.id);
    assert_string_equal(out[0].session.mode, "room");
    OK(kor_store_export(store, first.id, 2, out, &n, &err));
    assert_int_equal(n, 1);
    assert_int_equal(out[0].session.number, 2);
    assert_int_equal(out[0].session.session_date, KIT_DAY + 7);
    assert_string_equal(out[0].session.status, "not-attended");
    assert_string_equal(out[0].session.mode, "");
    assert_string_equal(out[0].code, episode.person.code);
    assert_string_equal(out[0].ending, "open");
    assert_false(out[0].is_made_up);
    kor_store_close(store);
}

/* Asks for a request; returns whether it is known. */
static bool
find_request(struct kor_store *store, const struct kor_stored_request *request,
             uint8_t hash[KOR_REQUEST_HASH_SIZE], struct kor_buf *reply)
{
    struct kor_err err;
    bool is_known;
    kor_err_init(&err, KOR_EN);
    kor_buf_clear(reply);
    OK(kor_store_request_find(store, request, &is_known, hash, reply, &err));
    return is_known;
}

static void
a_request_is_known_to_its_actor(void **state)
{
    WITH_STORE;
    static const uint8_t uuid[KOR_UUID_SIZE] = {1, 0, 2, 0, 3}, other[16];
    struct kor_stored_request request
        = {.uuid = uuid, .actor_id = kit_actor(store, 1), .hash = {9, 0, 8}};
    struct kor_buf reply = {0};
    uint8_t hash[KOR_REQUEST_HASH_SIZE];
    assert_false(find_request(store, &request, hash, &reply));
    OK(kor_store_request_add(store, &request, KIT_MS, "{\"a\":1}", &err));
    assert_true(find_request(store, &request, hash, &reply));
    assert_memory_equal(hash, request.hash, sizeof hash);
    assert_string_equal(reply.text, "{\"a\":1}");
    assert_int_equal(kor_store_request_add(store, &request, KIT_MS, "{}",
                                           &err),
                     KOR_INTERNAL);
    request.actor_id = kit_actor(store, 2);
    assert_false(find_request(store, &request, hash, &reply));
    OK(kor_store_request_add(store, &request, KIT_MS, "{\"b\":2}", &err));
    assert_true(find_request(store, &request, hash, &reply));
    assert_string_equal(reply.text, "{\"b\":2}");
    request.uuid = other;
    assert_false(find_request(store, &request, hash, &reply));
    kor_buf_done(&reply);
    kor_store_close(store);
}

/* Runs 'sql' on the open store, past what its handlers would write. */
static void
tamper(struct kor_store *store, const char *sql)
{
    assert_int_equal(sqlite3_exec(store->db, sql, NULL, NULL, NULL),
                     SQLITE_OK);
}

/* Bytes that are not as many as they should be are never taken for what they
 * stood for. */
static void
bytes_of_another_length_are_not_read(void **state)
{
    WITH_STORE;
    static const char *const lengths[] = {"x''", "x'0102'", "zeroblob(17)"};
    static const uint8_t uuid[KOR_UUID_SIZE] = {1}, zeros[32];
    struct kor_stored_request request
        = {.uuid = uuid, .actor_id = kit_actor(store, 1), .hash = {9, 9}};
    struct kor_buf reply = {0};
    uint8_t hash[KOR_REQUEST_HASH_SIZE], newest[KOR_UUID_SIZE];
    OK(kor_store_request_add(store, &request, KIT_MS, "{}", &err));
    OK(kor_store_request_newest(store, newest, &err));
    assert_memory_equal(newest, uuid, sizeof newest);
    for (size_t i = 0; i < KOR_LENGTH(lengths); i++) {
        char sql[80];
        snprintf(sql, sizeof sql, "UPDATE request SET hash = %s", lengths[i]);
        tamper(store, sql);
        memset(hash, 1, sizeof hash);
        assert_true(find_request(store, &request, hash, &reply));
        assert_memory_equal(hash, zeros, sizeof hash);
    }
    for (size_t i = 0; i < KOR_LENGTH(lengths); i++) {
        char sql[80];
        snprintf(sql, sizeof sql, "UPDATE request SET id = %s", lengths[i]);
        tamper(store, sql);
        OK(kor_store_request_newest(store, newest, &err));
        assert_memory_equal(newest, zeros, sizeof newest);
    }
    kor_buf_done(&reply);
    kor_store_close(store);
}

static enum kor_code
take_items(void *to, const struct kor_answer *a, struct kor_err *err)
{
    (void)err;
    *(size_t *)to = a->n_items;
    return KOR_OK;
}

/* Of 64 items of 8 bytes there is room for 512 bytes. */
static void
items_that_do_not_fit_are_left_out(void **state)
{
    WITH_STORE;
    struct kor_episode episode = kit_episode(store, 1, 0);
    struct kor_session session = kit_session(store, episode.id, 1);
    struct kor_answer answer
        = kit_answer(session.id, kit_scale(store, "outcome", "1"),
                     kit_actor(store, 1), 20);
    size_t n = 0;
    kit_add_answer(store, &answer);
    OK(kor_store_answers(store, session.id, take_items, &n, &err));
    assert_int_equal(n, 2);
    tamper(store, "UPDATE answer SET items = zeroblob(512)");
    OK(kor_store_answers(store, session.id, take_items, &n, &err));
    assert_int_equal(n, 64);
    tamper(store, "UPDATE answer SET items = zeroblob(513)");
    OK(kor_store_answers(store, session.id, take_items, &n, &err));
    assert_int_equal(n, 0);
    kor_store_close(store);
}

/* Stores a request with a reply; 'id_ms' is the time in its id, or -1 for an
 * id of another version, which says nothing of its time. */
static void
add_request(struct kor_store *store, int serial, int64_t id_ms, int64_t at_ms)
{
    struct kor_err err;
    uint8_t uuid[KOR_UUID_SIZE], random[10] = {0, 0, 0, (uint8_t)serial};
    struct kor_stored_request request
        = {.uuid = uuid, .actor_id = 1, .hash = {(uint8_t)serial}};
    kor_err_init(&err, KOR_EN);
    kor_uuid_make(id_ms < 0 ? (int64_t)serial << 44 : id_ms, random, uuid);
    if (id_ms < 0) {
        uuid[6] = 0x40;
    }
    OK(kor_store_request_add(store, &request, at_ms, "{}", &err));
}

/* Which of the requests still have their reply, such as "1+ 2- ". */
static char *
replies(struct kor_store *store, char text[64])
{
    sqlite3_stmt *stmt = NULL;
    text[0] = '\0';
    assert_int_equal(
        sqlite3_prepare_v2(store->db,
                           "SELECT hash, reply FROM request ORDER BY hash",
                           -1, &stmt, NULL),
        SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        const uint8_t *hash = sqlite3_column_blob(stmt, 0);
        bool has_reply = sqlite3_column_type(stmt, 1) != SQLITE_NULL;
        size_t used = strlen(text);
        snprintf(text + used, 64 - used, "%d%c ", hash[0],
                 has_reply ? '+' : '-');
    }
    sqlite3_finalize(stmt);
    return text;
}

/* Any UUID will do, also one that says nothing of its time; and the client's
 * clock may be wrong. */
static void
replies_expire_by_when_they_were_stored(void **state)
{
    WITH_STORE;
    char text[64];
    kit_actor(store, 1);
    add_request(store, 1, KIT_MS - 5, KIT_MS);         /* Old. */
    add_request(store, 2, KIT_MS + 1, KIT_MS + 1);     /* Young. */
    add_request(store, 3, KIT_MS - 5, KIT_MS + 1);     /* Clock behind. */
    add_request(store, 4, KIT_MS + 5, KIT_MS);         /* Clock ahead. */
    add_request(store, 5, -1, KIT_MS);                 /* Old. */
    add_request(store, 6, -1, KIT_MS + 1);             /* Young. */
    add_request(store, 0, -1, KIT_MS + 1);             /* Young, low id. */
    int n = -1;
    OK(kor_store_request_expire(store, KIT_MS + 1, 2, &n, &err));
    assert_int_equal(2, n);
    assert_string_equal(replies(store, text), "0+ 1- 2+ 3+ 4- 5+ 6+ ");
    OK(kor_store_request_expire(store, KIT_MS + 1, 2, &n, &err));
    assert_int_equal(1, n);
    assert_string_equal(replies(store, text), "0+ 1- 2+ 3+ 4- 5- 6+ ");
    OK(kor_store_request_expire(store, KIT_MS + 6, 100, &n, &err));
    assert_int_equal(4, n);
    assert_string_equal(replies(store, text), "0- 1- 2- 3- 4- 5- 6- ");
    kor_store_close(store);
}

/* Else a day's work would read every reply that there is. */
static void
old_replies_are_found_by_an_index(void **state)
{
    WITH_STORE;
    char sql[400];
    sqlite3_stmt *stmt = NULL;
    snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s",
             kor_sql_texts[KOR_SQL_REQUEST_EXPIRE].text);
    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL),
                     SQLITE_OK);
    bool is_found = false;
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        is_found |= strstr((const char *)sqlite3_column_text(stmt, 3),
                           "request_reply") != NULL;
    }
    assert_true(is_found);
    sqlite3_finalize(stmt);
    kor_store_close(store);
}

static void
the_newest_version_of_a_scale_is_found(void **state)
{
    WITH_STORE;
    struct kor_buf text = {0};
    int64_t one = kit_scale(store, "outcome", "1"), id, ids[2];
    int64_t phq9 = kit_scale(store, "phq9", "1");
    int64_t two = kit_scale(store, "outcome", "2");
    size_t n;
    assert_int_equal(kor_store_definition_add(store, KOR_DEFINITION_SCALE,
                                              "outcome", "2", "{}", KIT_MS,
                                              &id, &err),
                     KOR_DUPLICATE);
    OK(kor_store_definition_find(store, KOR_DEFINITION_SCALE, "outcome", "",
                                 &id, &text, &err));
    assert_int_equal(id, two);
    assert_string_equal(text.text, "{}");
    OK(kor_store_definition_find(store, KOR_DEFINITION_SCALE, "outcome", "1",
                                 &id, &text, &err));
    assert_int_equal(id, one);
    assert_int_equal(kor_store_definition_find(store, KOR_DEFINITION_SCALE,
                                               "outcome", "3", &id, &text,
                                               &err),
                     KOR_NOT_FOUND);
    assert_int_equal(kor_store_definition_load(store, KOR_DEFINITION_SCALE, 99,
                                               &text, &err),
                     KOR_NOT_FOUND);
    OK(kor_store_definitions(store, KOR_DEFINITION_SCALE, 2, ids, &n, &err));
    assert_int_equal(n, 2);
    assert_int_equal(ids[0], two);
    assert_int_equal(ids[1], phq9);
    OK(kor_store_definitions(store, KOR_DEFINITION_SCALE, 1, ids, &n, &err));
    assert_int_equal(n, 1);
    kor_buf_done(&text);
    kor_store_close(store);
}

static enum kor_code
count_course(void *to, const struct kor_stored_course *course,
             struct kor_err *err)
{
    (void)err;
    int64_t *seen = to;
    seen[0]++;
    seen[1] = course->id;
    seen[2] = course->is_in_use;
    assert_string_equal(course->certificate, "{\"a\":1}");
    return seen[0] == seen[3] ? KOR_CONFLICT : KOR_OK;
}

static void
courses_are_switched_on_and_off(void **state)
{
    WITH_STORE;
    int64_t one, two, seen[4] = {0};
    struct kor_definition_stamp before, after;
    const char *text = "{\"a\":1}";
    OK(kor_store_course_add(store, "outcome", text, KIT_MS, &one, &err));
    OK(kor_store_course_add(store, "phq9", text, KIT_MS, &two, &err));
    OK(kor_store_stamp(store, &before, &err));
    OK(kor_store_courses_in_use(store, "outcome", count_course, seen, &err));
    assert_int_equal(seen[0], 0);
    OK(kor_store_course_use(store, one, true, &err));
    OK(kor_store_stamp(store, &after, &err));
    assert_true(before.courses != after.courses);
    assert_true(before.instruments == after.instruments);
    OK(kor_store_courses_in_use(store, "outcome", count_course, seen, &err));
    assert_int_equal(seen[0], 1);
    assert_int_equal(seen[1], one);
    assert_int_equal(seen[2], true);
    OK(kor_store_course_load(store, two, count_course, seen, &err));
    assert_int_equal(seen[1], two);
    assert_int_equal(seen[2], false);
    assert_int_equal(kor_store_course_load(store, 99, count_course, seen,
                                           &err),
                     KOR_NOT_FOUND);
    seen[0] = 0;
    OK(kor_store_courses(store, count_course, seen, &err));
    assert_int_equal(seen[0], 2);
    assert_int_equal(seen[1], one); /* The newest came first. */
    seen[0] = 0;
    seen[3] = 1;
    assert_int_equal(kor_store_courses(store, count_course, seen, &err),
                     KOR_CONFLICT);
    kit_scale(store, "outcome", "1");
    OK(kor_store_stamp(store, &before, &err));
    assert_true(before.instruments != after.instruments);
    kor_store_close(store);
}

static void
count_signal(void *to, const struct kor_signal *signal)
{
    int *n = to;
    n[0]++;
    n[1] = signal->open.sessions_since;
    assert_string_equal(signal->open.scale, "outcome");
    assert_int_equal(signal->open.finding, KOR_FINDING_STALLED);
    assert_int_equal(signal->open.session, 1);
    assert_int_equal(signal->open.session_date, KIT_DAY);
    assert_string_equal(signal->open.therapist, "operator");
    assert_int_equal(signal->open.episode, 1);
}

static void
a_signal_is_open_until_it_passes(void **state)
{
    WITH_STORE;
    struct kor_episode episode = kit_episode(store, 1, 0);
    struct kor_session first = kit_session(store, episode.id, 1);
    struct kor_session second = kit_session(store, episode.id, 2);
    struct kor_open_signal signal
        = {.finding = KOR_FINDING_STALLED, .scale = "outcome"};
    int n[2] = {0};
    OK(kor_store_signal_add(store, episode.id, first.id, KIT_MS, &signal,
                            &err));
    OK(kor_store_signals_open(store, &everybodys, "", count_signal, n, &err));
    OK(kor_store_signals_open(store, &everybodys, "operator", count_signal, n,
                              &err));
    assert_int_equal(n[0], 2);
    assert_int_equal(n[1], 1);
    OK(kor_store_signals_open(store, &everybodys, "other", count_signal, n,
                              &err));
    assert_int_equal(n[0], 2);
    strcpy(second.status, "cancelled-client");
    OK(kor_store_session_change(store, &second, &err));
    OK(kor_store_signals_open(store, &everybodys, "", count_signal, n, &err));
    assert_int_equal(n[1], 0);
    OK(kor_store_signal_pass(store, signal.id, second.id, &err));
    n[0] = 0;
    OK(kor_store_signals_open(store, &everybodys, "", count_signal, n, &err));
    assert_int_equal(n[0], 0);
    kor_store_close(store);
}

static void
signals_of_closed_episodes_are_not_listed(void **state)
{
    WITH_STORE;
    struct kor_episode episode = kit_episode(store, 1, 0);
    struct kor_session first = kit_session(store, episode.id, 1);
    struct kor_open_signal signal
        = {.finding = KOR_FINDING_STALLED, .scale = "outcome"};
    int n[2] = {0};
    OK(kor_store_signal_add(store, episode.id, first.id, KIT_MS, &signal,
                            &err));
    strcpy(episode.ending, "planned");
    episode.closed_date = KIT_DAY;
    OK(kor_store_episode_close(store, &episode, &err));
    OK(kor_store_signals_open(store, &everybodys, "", count_signal, n, &err));
    assert_int_equal(n[0], 0);
    kor_store_close(store);
}

static void
take_actor(void *to, const struct kor_actor *actor)
{
    struct kor_actor *out = to;
    out[out[0].id ? 1 : 0] = *actor;
}

static void
actors_are_listed_with_their_keys(void **state)
{
    WITH_STORE;
    struct kor_actor seen[2] = {{0}};
    int64_t one = kit_actor(store, 1), two = kit_actor(store, 2);
    OK(kor_store_actors(store, take_actor, seen, &err));
    assert_int_equal(seen[0].id, one);
    assert_int_equal(seen[1].id, two);
    assert_int_equal(seen[1].public_key[31], 2);
    assert_string_equal(seen[1].account.name, "operator");
    assert_string_equal(seen[1].account.roles, "operator");
    struct kor_actor again = seen[0];
    assert_int_equal(kor_store_actor_add(store, &again, KIT_MS, &err),
                     KOR_DUPLICATE);
    kor_store_close(store);
}

/* Takes two at most. */
struct revoked {
    struct kor_revocation seen[2];
    size_t n;
};

static void
take_revocation(void *to, const struct kor_revocation *revocation)
{
    struct revoked *revoked = to;
    assert_true(revoked->n < KOR_LENGTH(revoked->seen));
    revoked->seen[revoked->n++] = *revocation;
}

static void
keys_are_revoked_again_and_those_never_seen_stay_out(void **state)
{
    WITH_STORE;
    struct revoked revoked = {.n = 0};
    struct kor_revocation known = {.at_ms = KIT_MS + 2},
                          unknown = {.at_ms = KIT_MS + 1};
    struct kor_actor seen[2] = {{0}},
                     stranger = {.account = {.id = 1},
                                 .expires_ms = KOR_NO_MS};
    bool is_anew = false;
    memset(known.public_key, 1, sizeof known.public_key);
    memset(unknown.public_key, 9, sizeof unknown.public_key);
    memset(stranger.public_key, 9, sizeof stranger.public_key);
    (void)kit_actor(store, 1);
    int64_t other = kit_actor(store, 2);
    for (int i = 0; i < 2; i++) { /* The second time there is nothing to do. */
        OK(kor_store_key_revoke_again(store, &known, "x", &is_anew, &err));
        assert_int_equal(is_anew, i == 0);
        OK(kor_store_key_revoke_again(store, &unknown, "x", &is_anew, &err));
        assert_false(is_anew);
    }
    OK(kor_store_actors(store, take_actor, seen, &err));
    assert_int_equal(seen[0].id, other);
    assert_int_equal(seen[1].id, 0);
    assert_int_equal(kor_store_actor_add(store, &stranger, KIT_MS, &err),
                     KOR_DUPLICATE);
    OK(kor_store_revocations(store, take_revocation, &revoked, &err));
    assert_int_equal(revoked.n, 2);
    assert_memory_equal(&revoked.seen[0], &unknown, sizeof unknown);
    assert_memory_equal(&revoked.seen[1], &known, sizeof known);
    kor_store_close(store);
}

static void
an_account_is_found_with_its_roles_and_unit(void **state)
{
    WITH_STORE;
    struct kor_unit unit = {.name = "north"};
    struct kor_account found, account
        = {.name = "ann", .roles = "therapist,duty"};
    OK(kor_store_unit_add(store, &unit, "/", KIT_MS, &err));
    account.unit_id = unit.id;
    assert_int_equal(kor_store_account_find(store, "ann", &found, &err),
                     KOR_NOT_FOUND);
    OK(kor_store_account_add(store, &account, KIT_MS, &err));
    OK(kor_store_account_find(store, "ann", &found, &err));
    assert_int_equal(found.id, account.id);
    assert_string_equal(found.name, "ann");
    assert_string_equal(found.roles, "duty,therapist");
    assert_string_equal(found.unit_path, "/north/");
    assert_int_equal(found.person_id, 0);
    assert_true(found.left_ms == KOR_NO_MS);
    struct kor_account head = {.name = "eva", .roles = "leader"};
    OK(kor_store_account_add(store, &head, KIT_MS, &err));
    OK(kor_store_account_find(store, "eva", &found, &err));
    assert_int_equal(found.unit_id, 0);
    assert_string_equal(found.unit_path, "/");
    kor_store_close(store);
}

/* That is an answer and no failure: the batch can go on. */
static void
a_name_that_is_taken_is_a_duplicate(void **state)
{
    WITH_STORE;
    struct kor_unit unit = {.name = "north"};
    struct kor_account account = {.name = "ann", .roles = "therapist"};
    OK(kor_store_begin(store, &err));
    OK(kor_store_unit_add(store, &unit, "/", KIT_MS, &err));
    OK(kor_store_account_add(store, &account, KIT_MS, &err));
    assert_int_equal(kor_store_unit_add(store, &unit, "/south/", KIT_MS,
                                        &err),
                     KOR_DUPLICATE);
    assert_int_equal(kor_store_account_add(store, &account, KIT_MS, &err),
                     KOR_DUPLICATE);
    OK(kor_store_commit(store, &err));
    kor_store_close(store);
}

static void
a_unit_is_found_by_name_with_its_way_from_the_top(void **state)
{
    WITH_STORE;
    struct kor_unit top = {.name = "clinic"}, below = {.name = "north"};
    struct kor_unit found = {.name = "north"};
    assert_int_equal(kor_store_unit_find(store, &found, &err), KOR_NOT_FOUND);
    OK(kor_store_unit_add(store, &top, "/", KIT_MS, &err));
    OK(kor_store_unit_add(store, &below, top.path, KIT_MS, &err));
    OK(kor_store_unit_find(store, &found, &err));
    assert_int_equal(found.id, below.id);
    assert_string_equal(found.path, "/clinic/north/");
    kor_store_close(store);
}

/* Names of 32 bytes, each 33 of a path of at most 159 with its stroke at the
 * front: four fit, and of the fifth 25 letters. */
static void
a_unit_that_lies_too_deep_is_refused(void **state)
{
    WITH_STORE;
    struct kor_unit unit = {.path = "/"};
    char parent[KOR_UNIT_PATH_SIZE];
    for (int i = 1; i <= 5; i++) {
        memcpy(parent, unit.path, sizeof parent);
        strcpy(unit.name, "0abcdefghijklmnopqrstuvwxyzabcde");
        unit.name[0] = (char)('0' + i);
        enum kor_code code
            = kor_store_unit_add(store, &unit, parent, KIT_MS, &err);
        assert_int_equal(code, i < 5 ? KOR_OK : KOR_TOO_LARGE);
    }
    unit.name[26] = '\0'; /* 1 + 4 x 33 + 26 + 1 = 160 */
    assert_int_equal(kor_store_unit_add(store, &unit, parent, KIT_MS, &err),
                     KOR_TOO_LARGE);
    assert_string_equal(err.field, "under");
    unit.name[25] = '\0';
    OK(kor_store_unit_add(store, &unit, parent, KIT_MS, &err));
    assert_int_equal(strlen(unit.path), 159);
    kor_store_close(store);
}

static void
take_code(void *to, int64_t row, const char *person, const char *code,
          int64_t person_id)
{
    char *out = to;
    assert_true(row > 0 && person_id > 0);
    assert_int_equal(strlen(code), 9);
    strcat(out, person);
    strcat(out, ";");
}

/* What can be seen of the store's first person. */
static int
visible(struct kor_store *store, int64_t person_id)
{
    struct kor_err err;
    int64_t id;
    size_t n;
    int32_t n_episodes;
    struct kor_export_session out;
    struct kor_episode_counts counts;
    kor_err_init(&err, KOR_EN);
    OK(kor_store_episodes_open(store, &everybodys, 0, "", 1, &id, &n, &err));
    int seen = (int)n;
    OK(kor_store_export(store, 0, 1, &out, &n, &err));
    seen += (int)n;
    OK(kor_store_episode_counts(store, SPAN(KOR_NO_DATE, KOR_NO_DATE), &counts,
                                &err));
    seen += (int)counts.all;
    OK(kor_store_episode_count(store, person_id, &n_episodes, &err));
    seen += n_episodes;
    return seen
         + (kor_store_episode_find(store, person_id, 0, &id, &err) == KOR_OK);
}

static void
an_import_is_invisible_until_it_is_finished(void **state)
{
    WITH_STORE;
    struct kor_import import, again;
    char people[64] = "";
    int64_t episode_id;
    OK(kor_store_import_begin(store, "a.csv", "00ff", 3, true, KIT_MS,
                              &import, &err));
    assert_int_equal(import.n_rows, 3);
    assert_int_equal(import.next_row, 0);
    assert_false(import.is_finished);
    struct kor_episode episode = kit_episode(store, 1, import.id);
    kit_session(store, episode.id, 1);
    OK(kor_store_import_person_add(store, import.id, "p1", episode.id, &err));
    OK(kor_store_import_advance(store, import.id, 2, &err));
    OK(kor_store_import_begin(store, "b.csv", "00ff", 9, false, KIT_MS,
                              &again, &err));
    assert_int_equal(again.id, import.id);
    assert_int_equal(again.n_rows, 3);
    assert_int_equal(again.next_row, 2);
    OK(kor_store_import_person_find(store, import.id, "p1", &episode_id,
                                    &err));
    assert_int_equal(episode_id, episode.id);
    assert_int_equal(kor_store_import_person_find(store, import.id, "p2",
                                                  &episode_id, &err),
                     KOR_NOT_FOUND);
    assert_int_equal(visible(store, episode.person.id), 0);
    OK(kor_store_import_finish(store, import.id, KIT_MS, &err));
    OK(kor_store_import_load(store, import.id, &again, &err));
    assert_true(again.is_finished);
    assert_int_equal(visible(store, episode.person.id), 5);
    OK(kor_store_import_codes(store, import.id, 0, take_code, people, &err));
    assert_string_equal(people, "p1;");
    assert_int_equal(kor_store_import_load(store, 99, &again, &err),
                     KOR_NOT_FOUND);
    kor_store_close(store);
}

static void
take_row(void *to, const struct kor_course_row *row)
{
    double *sum = to;
    sum[0] += 1;
    sum[1] += row->total * row->session;
}

/* Scores of a closed episode: only the last version of what counts, and
 * nothing after its end. */
static void
a_course_is_fitted_to_what_counts(void **state)
{
    WITH_STORE;
    struct kor_episode episode = kit_episode(store, 1, 0);
    int64_t actor = kit_actor(store, 1);
    int64_t scale = kit_scale(store, "outcome", "1");
    for (int i = 1; i <= 5; i++) {
        struct kor_session session = kit_session(store, episode.id, i);
        struct kor_answer answer
            = kit_answer(session.id, scale, actor, i == 4 ? NAN : 10.0 * i);
        kit_add_answer(store, &answer);
        answer.version = 2;
        answer.total += 1;
        if (i == 2) {
            kit_add_answer(store, &answer);
        }
        if (i == 3) {
            OK(kor_store_answer_strike(store, session.id, scale, "client",
                                       "x", &err));
        }
    }
    double sum[2] = {0};
    OK(kor_store_course_scores(store, "outcome", "", "client", take_row, sum,
                               &err));
    assert_near(0, sum[0], 0, 0);
    strcpy(episode.ending, "planned");
    episode.closed_date = KIT_DAY + 7 * 4 - 1; /* Before the fifth. */
    OK(kor_store_episode_close(store, &episode, &err));
    OK(kor_store_course_scores(store, "outcome", "therapy", "client",
                               take_row, sum, &err));
    assert_near(2, sum[0], 0, 0);
    assert_near(10 * 1 + 21 * 2, sum[1], 0, 0);
    OK(kor_store_course_scores(store, "outcome", "x", "client", take_row, sum,
                               &err));
    OK(kor_store_course_scores(store, "outcome", "", "partner", take_row, sum,
                               &err));
    OK(kor_store_course_scores(store, "phq9", "", "client", take_row, sum,
                               &err));
    assert_near(2, sum[0], 0, 0);
    kor_store_close(store);
}

static void
the_last_lead_score_is_found(void **state)
{
    WITH_STORE;
    struct kor_episode episode = kit_episode(store, 1, 0);
    int64_t actor = kit_actor(store, 1);
    int64_t outcome = kit_scale(store, "outcome", "1");
    int64_t alliance = kit_scale(store, "alliance", "1");
    struct kor_last_score last;
    int32_t n, date;
    OK(kor_store_session_summary(store, episode.id, &n, &date, &err));
    assert_int_equal(n, 0);
    assert_int_equal(date, KOR_NO_DATE);
    for (int i = 1; i <= 3; i++) {
        struct kor_session session = kit_session(store, episode.id, i);
        struct kor_answer answer
            = kit_answer(session.id, alliance, actor, 7);
        kit_add_answer(store, &answer);
        answer.instrument_id = outcome;
        answer.total = 20 + i;
        answer.start = 21;
        answer.standing = KOR_STANDING_EXPECTED;
        answer.findings = KOR_FINDING_RELIABLY_BETTER;
        if (i < 3) {
            kit_add_answer(store, &answer);
        }
    }
    OK(kor_store_last_score(store, episode.id, &last, &err));
    assert_false(last.is_there);
    strcpy(episode.lead_scale, "outcome");
    OK(kor_store_episode_lead(store, &episode, &err));
    OK(kor_store_last_score(store, episode.id, &last, &err));
    assert_true(last.is_there);
    assert_int_equal(last.session, 2);
    assert_int_equal(last.instrument_id, outcome);
    assert_near(22, last.total, 0, 0);
    assert_near(21, last.start, 0, 0);
    assert_int_equal(last.standing, KOR_STANDING_EXPECTED);
    assert_int_equal(last.findings, KOR_FINDING_RELIABLY_BETTER);
    OK(kor_store_session_summary(store, episode.id, &n, &date, &err));
    assert_int_equal(n, 3);
    assert_int_equal(date, KIT_DAY + 14);
    kor_store_close(store);
}

static void
take_status(void *to, const char *status, int64_t n)
{
    int64_t *seen = to;
    seen[strcmp(status, "held") ? 1 : 0] += n;
}

static enum kor_code
take_episode(void *to, int64_t episode_id, struct kor_err *err)
{
    (void)err;
    *(int64_t *)to = *(int64_t *)to * 10 + episode_id;
    return KOR_OK;
}

static void
the_clinics_counts_keep_their_dates(void **state)
{
    WITH_STORE;
    struct kor_episode_counts counts;
    int64_t seen[2] = {0}, closed = 0;
    for (int i = 1; i <= 3; i++) {
        struct kor_episode episode = kit_episode(store, i, 0);
        struct kor_session session = kit_session(store, episode.id, 1);
        strcpy(session.status, i == 3 ? "not-attended" : "held");
        OK(kor_store_session_change(store, &session, &err));
        strcpy(episode.ending, i == 1 ? "planned" : "unplanned");
        episode.closed_date = KIT_DAY + 10 * i;
        if (i < 3) {
            OK(kor_store_episode_close(store, &episode, &err));
        }
    }
    OK(kor_store_episode_counts(store, SPAN(KOR_NO_DATE, KOR_NO_DATE), &counts,
                                &err));
    assert_int_equal(counts.all, 3);
    assert_int_equal(counts.open, 1);
    assert_int_equal(counts.planned, 1);
    assert_int_equal(counts.unplanned, 1);
    assert_int_equal(counts.made_up, 0);
    OK(kor_store_episode_counts(store, SPAN(KIT_DAY + 11, KIT_DAY + 20), &counts,
                                &err));
    assert_int_equal(counts.all, 2);
    OK(kor_store_episode_counts(store, SPAN(KOR_NO_DATE, KIT_DAY - 1), &counts,
                                &err));
    assert_int_equal(counts.all, 0);
    OK(kor_store_session_counts(store, SPAN(KIT_DAY, KIT_DAY), take_status, seen,
                                &err));
    assert_int_equal(seen[0], 2);
    assert_int_equal(seen[1], 1);
    OK(kor_store_session_counts(store, SPAN(KIT_DAY + 1, KOR_NO_DATE), take_status,
                                seen, &err));
    assert_int_equal(seen[0] + seen[1], 3);
    OK(kor_store_closed_episodes(store, SPAN(KIT_DAY + 10, KIT_DAY + 20),
                                 take_episode, &closed, &err));
    assert_int_equal(closed, 12);
    closed = 0;
    OK(kor_store_closed_episodes(store, SPAN(KIT_DAY + 11, KOR_NO_DATE),
                                 take_episode, &closed, &err));
    assert_int_equal(closed, 2);
    kor_store_close(store);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_found_by_code),
        cmocka_unit_test(an_episode_is_opened_led_and_closed),
        cmocka_unit_test(episodes_of_a_person_are_numbered),
        cmocka_unit_test(open_episodes_come_page_by_page),
        cmocka_unit_test(an_answer_keeps_all_that_was_known),
        cmocka_unit_test(a_struck_answer_has_lost_its_values),
        cmocka_unit_test(a_session_can_change_and_is_exported),
        cmocka_unit_test(a_request_is_known_to_its_actor),
        cmocka_unit_test(bytes_of_another_length_are_not_read),
        cmocka_unit_test(items_that_do_not_fit_are_left_out),
        cmocka_unit_test(replies_expire_by_when_they_were_stored),
        cmocka_unit_test(old_replies_are_found_by_an_index),
        cmocka_unit_test(the_newest_version_of_a_scale_is_found),
        cmocka_unit_test(courses_are_switched_on_and_off),
        cmocka_unit_test(a_signal_is_open_until_it_passes),
        cmocka_unit_test(signals_of_closed_episodes_are_not_listed),
        cmocka_unit_test(actors_are_listed_with_their_keys),
        cmocka_unit_test(keys_are_revoked_again_and_those_never_seen_stay_out),
        cmocka_unit_test(an_account_is_found_with_its_roles_and_unit),
        cmocka_unit_test(a_name_that_is_taken_is_a_duplicate),
        cmocka_unit_test(a_unit_is_found_by_name_with_its_way_from_the_top),
        cmocka_unit_test(a_unit_that_lies_too_deep_is_refused),
        cmocka_unit_test(an_import_is_invisible_until_it_is_finished),
        cmocka_unit_test(a_course_is_fitted_to_what_counts),
        cmocka_unit_test(the_last_lead_score_is_found),
        cmocka_unit_test(the_clinics_counts_keep_their_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
