/* SPDX-License-Identifier: GPL-3.0-or-later */

/* service: what a client's own key may give, and that it is told no verdict,
 * whatever is added to the messages. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/own.h"
#include "support/staff.h"

/* All that a client is told, by the path of the member. */
static const char *const told[] = {
    "code", "episode", "session", "date", "status", "own", "next", "answers",
    "answers.scale", "answers.name", "answers.kind", "answers.better",
    "answers.scale_min", "answers.scale_max", "answers.rater",
    "answers.session", "answers.date", "answers.version", "answers.values",
    "answers.total", "answers.standing",
};

static bool
is_told(const char *path)
{
    size_t i = 0;
    while (i < KOR_LENGTH(told) && strcmp(told[i], path)) {
        i++;
    }
    return i < KOR_LENGTH(told);
}

/* Fails unless all members of 'object' may be told; returns how many. */
static int
check_members(json_t *object, const char *before)
{
    int n = 0;
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", before, key);
        if (!is_told(path)) {
            fail_msg("a client is told '%s'", path);
        }
        n++;
        if (json_is_array(value) && json_is_object(json_array_get(value, 0))) {
            strcat(path, ".");
            for (size_t i = 0; i < json_array_size(value); i++) {
                n += check_members(json_array_get(value, i), path);
            }
        }
    }
    return n;
}

/* --- every field there is, and will be ------------------------------------ */

static void fill(const struct kor_message *message, void *out);

/* A list of one. */
static void
fill_list(const struct kor_field *field, char *at, size_t *n)
{
    void *items = kor_alloc_array(1, field->item->size);
    fill(field->item, items);
    memcpy(at, &items, sizeof items);
    *n = 1;
}

/* Puts something that is not empty into the field. */
static void
fill_field(const struct kor_field *field, char *body)
{
    char *at = body + field->offset, *text;
    size_t n = 1;
    switch (field->type) {
    case KOR_FIELD_TEXT:
        memset(at, 'x', (size_t)(field->min > 1 ? field->min : 1));
        break;
    case KOR_FIELD_INT:
        *(int64_t *)(void *)at = (int64_t)field->max;
        break;
    case KOR_FIELD_NUM:
        *(double *)(void *)at = field->max;
        break;
    case KOR_FIELD_BOOL:
        *(bool *)at = true;
        break;
    case KOR_FIELD_DATE:
        *(int32_t *)(void *)at = KIT_DAY;
        break;
    case KOR_FIELD_NUMS:
        *(double *)(void *)at = 1;
        break;
    case KOR_FIELD_WORDS:
        strcpy(at, "word");
        break;
    case KOR_FIELD_LIST:
        fill_list(field, at, &n);
        break;
    case KOR_FIELD_JSON:
    case KOR_FIELD_LONG:
        text = kor_strdup("{}");
        memcpy(at, &text, sizeof text);
        break;
    }
    if (field->type == KOR_FIELD_NUMS || field->type == KOR_FIELD_WORDS
        || field->type == KOR_FIELD_LIST) {
        memcpy(body + field->n_offset, &n, sizeof n);
    }
}

static void
fill(const struct kor_message *message, void *out)
{
    kor_message_init(message, out);
    for (size_t i = 0; i < message->n_fields; i++) {
        fill_field(&message->fields[i], out);
    }
}

static int
count_members(const struct kor_message *message)
{
    int n = (int)message->n_fields;
    for (size_t i = 0; i < message->n_fields; i++) {
        if (message->fields[i].type == KOR_FIELD_LIST) {
            n += count_members(message->fields[i].item);
        }
    }
    return n;
}

static json_t *
encoded(const struct kor_msg_recorded *recorded)
{
    struct kor_buf text = {0};
    kor_message_encode(&kor_message_recorded, recorded, &text);
    json_t *json = json_loads(kor_buf_text(&text), 0, NULL);
    assert_non_null(json);
    kor_buf_done(&text);
    return json;
}

/* How many members there are, whatever they are. */
static int
count_json(json_t *object)
{
    int n = (int)json_object_size(object);
    const char *key;
    json_t *value;
    json_object_foreach(object, key, value) {
        n += json_is_array(value) && json_is_object(json_array_get(value, 0))
                 ? count_json(json_array_get(value, 0))
                 : 0;
    }
    return n;
}

static void
of_a_full_reply_a_client_is_told_what_is_named_here_alone(void **state)
{
    struct kor_msg_recorded recorded;
    (void)state;
    fill(&kor_message_recorded, &recorded);
    json_t *whole = encoded(&recorded);
    /* So the test sees every field of the tables, new ones too. */
    assert_int_equal(count_json(whole), count_members(&kor_message_recorded));
    assert_true(count_json(whole) > 50);
    json_decref(whole);
    kor_own_reply(&recorded, KOR_EN);
    json_t *rest = encoded(&recorded);
    /* Nothing in it asks to be talked about, so there is no next step. */
    assert_int_equal(check_members(rest, ""), KOR_LENGTH(told) - 1);
    json_t *answer = json_array_get(json_object_get(rest, "answers"), 0);
    assert_string_equal(json_string_value(json_object_get(answer,
                                                          "standing")),
                        "unknown");
    json_decref(rest);
    kor_message_done(&kor_message_recorded, &recorded);
}

/* --- as it is asked ------------------------------------------------------- */

#define PHQ9 "[1, 1, 1, 1, 1, 1, 1, 1, 3]"

static void
a_client_is_thanked_and_the_staff_is_told(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    clinic_total(clinic, staff->code, "phq9", 27);
    clinic_day(clinic, 7);
    clinic_client(clinic, staff->code);
    clinic_ok(clinic, "record",
              "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': " PHQ9
              "}, {'scale': 'outcome', 'values': [1, 2, 3, 4], "
              "'rater': 'client', 'how': 'self', 'language': 'nb'}]}",
              staff->code);
    (void)check_members(clinic->reply, "");
    assert_true(clinic_true(clinic, "own"));
    /* Nobody is left alone with such an answer. */
    assert_non_null(strstr(clinic_text(clinic, "next"), "112"));
    assert_int_equal(2, clinic_count(clinic, "answers"));
    assert_reply(clinic, "answers[0].total", 11);
    assert_reply(clinic, "answers[1].total", 10);
    assert_reply(clinic, "session", 2);
    assert_int_equal(1, clinic_sql(clinic,
                                   "SELECT count(*) FROM access_log WHERE "
                                   "action = 'record' AND role = 'client' AND "
                                   "ground = 'self' AND outcome = 'ok'"));
    /* What was not told is there. */
    staff_act(staff, &staff->owner);
    clinic_ok(clinic, "show", "{'code': '%s'}", staff->code);
    assert_true(clinic_count(clinic, "signals") >= 1);
    assert_string_equal("attention", clinic_text(clinic,
                                                 "signals[0].finding"));
}

static void
the_stored_answer_says_no_more_when_it_is_asked_for_again(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char frame[CLINIC_FRAME_SIZE];
    clinic_client(clinic, staff->code);
    clinic_frame(frame, 700, "record",
                 "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': " PHQ9
                 "}]}", staff->code);
    for (int i = 0; i < 2; i++) {
        struct kor_call *call = clinic_call(clinic, frame);
        assert_int_equal(kor_service_write(clinic->service, &call, 1),
                         KOR_OK);
        assert_int_equal(call->code, KOR_OK);
        assert_int_equal(call->is_repeat, i == 1);
        json_t *reply = json_loads(kor_buf_text(&call->reply), 0, NULL);
        (void)check_members(reply, "");
        json_decref(reply);
        clinic_call_free(call);
    }
}

static void
nothing_but_own_answers_of_today_is_taken(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    static const char *const wrong[] = {
        "'session': 1, 'answers': [{'scale': 'phq9', 'values': " PHQ9 "}]",
        "'date': '2026-01-05', 'answers': [{'scale': 'phq9', 'values': " PHQ9
        "}]",
        "'status': 'held', 'answers': [{'scale': 'phq9', 'values': " PHQ9
        "}]",
        "'status': 'not-attended'",
        "'mode': 'room', 'answers': [{'scale': 'phq9', 'values': " PHQ9 "}]",
        "'answers': [{'scale': 'phq9', 'values': " PHQ9
        ", 'rater': 'parent1'}]",
        "'answers': [{'scale': 'phq9', 'values': " PHQ9
        ", 'rater': 'therapist'}]",
        "'answers': [{'scale': 'phq9', 'values': " PHQ9
        ", 'how': 'interpreter'}]",
        "'answers': [{'scale': 'phq9', 'total': 3}]",
        "'answers': [{'scale': 'phq9', 'values': " PHQ9
        "}, {'scale': 'outcome', 'total': 3}]",
    };
    clinic_total(clinic, staff->code, "alliance", 30);
    clinic_client(clinic, staff->code);
    for (size_t i = 0; i < KOR_LENGTH(wrong); i++) {
        clinic_refused(clinic, KOR_FORBIDDEN, "answers", "record",
                       "{'code': '%s', %s}", staff->code, wrong[i]);
    }
    clinic_refused(clinic, KOR_BAD_VALUE, "answers", "record",
                   "{'code': '%s'}", staff->code);
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM answer"));
    assert_int_equal(1, clinic_sql(clinic, "SELECT count(*) FROM session"));
}

/* What came sealed says itself how old it is. */
static void
a_client_does_not_choose_the_day_by_an_old_seal(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char frame[CLINIC_FRAME_SIZE];
    clinic_day(clinic, 20);
    clinic_client(clinic, staff->code);
    clinic_frame(frame, 710, "record",
                 "{'code': '%s', 'answers': [{'scale': 'phq9', 'values': " PHQ9
                 "}]}", staff->code);
    struct kor_call *call = clinic_call(clinic, frame);
    call->request.age_ms = 3 * 86400000LL;
    assert_int_equal(kor_service_write(clinic->service, &call, 1), KOR_OK);
    assert_int_equal(call->code, KOR_OK);
    clinic_call_free(call);
    assert_int_equal(KIT_DAY + 20,
                     clinic_sql(clinic, "SELECT session_date FROM session"));
}

static void
a_client_reaches_the_own_code_alone_and_learns_of_no_other(void **state)
{
    struct staff *staff = *state;
    struct clinic *clinic = staff->clinic;
    char other[KOR_CLIENT_CODE_SIZE], texts[2][512];
    staff_act(staff, &staff->owner);
    clinic_open(clinic, other);
    clinic_client(clinic, staff->code);
    const char *codes[] = {other, "3333-3333"};
    for (size_t i = 0; i < 2; i++) {
        clinic_refused(clinic, KOR_FORBIDDEN, "code", "record",
                       "{'code': '%s', 'answers': [{'scale': 'phq9', "
                       "'values': " PHQ9 "}]}", codes[i]);
        kor_utf8_copy(texts[i], sizeof texts[i], clinic->call.err.text);
    }
    assert_string_equal(texts[0], texts[1]);
    static const struct {
        const char *verb, *body;
    } others[] = {
        {"show", "{'code': '%s'}"},
        {"graph", "{'code': '%s', 'format': 'text'}"},
        {"correct", "{'code': '%s', 'scale': 'phq9', 'session': 1, "
                    "'total': 3, 'reason': 'x'}"},
        {"handover", "{'code': '%s', 'to': 'owner', 'reason': 'x'}"},
        {"glass.break", "{'code': '%s', 'reason': 'my own client'}"},
        {"log.of", "{'code': '%s'}"},
        {"person", "{'code': '%s', 'asked': 'I did'}"},
    };
    for (size_t i = 0; i < KOR_LENGTH(others); i++) {
        char body[200];
        const char *slot = strstr(others[i].body, "%s");
        snprintf(body, sizeof body, "%.*s%s%s", (int)(slot - others[i].body),
                 others[i].body, staff->code, slot + 2);
        clinic_refused(clinic, KOR_FORBIDDEN, "", others[i].verb, "%s", body);
    }
}

int
main(void)
{
#define T(name)                                                               \
    cmocka_unit_test_setup_teardown(name, staff_set_up, staff_tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            of_a_full_reply_a_client_is_told_what_is_named_here_alone),
        T(a_client_is_thanked_and_the_staff_is_told),
        T(the_stored_answer_says_no_more_when_it_is_asked_for_again),
        T(nothing_but_own_answers_of_today_is_taken),
        T(a_client_does_not_choose_the_day_by_an_old_seal),
        T(a_client_reaches_the_own_code_alone_and_learns_of_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
