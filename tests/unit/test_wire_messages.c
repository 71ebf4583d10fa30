/* SPDX-License-Identifier: GPL-3.0-or-later */

/* wire: every message there is, filled by dice from its table alone, comes
 * back from the wire the same. */

#include "support/near.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/wire/message.h"
#include "support/dice.h"

static void *
at(const void *base, size_t offset)
{
    return (char *)(uintptr_t)base + offset;
}

/* Writes a random text of 'least' to 'most' bytes, no control character in
 * it. */
static void
fill_text(struct dice *dice, char *out, int64_t least, int64_t most)
{
    static const char *const pieces[]
        = {"a", "Z", "7", "-", "\"", "\\", "/", " ", "\xc3\xa5", "%",
           "\xe2\x80\x99", "\xf0\x9f\x8c\xb1"};
    int64_t wanted = dice_int(dice, least, most), size = 0;
    while (size < wanted) {
        int64_t pick = dice_int(dice, 0, KOR_LENGTH(pieces) - 1);
        int64_t more = (int64_t)strlen(pieces[pick]);
        if (size + more > wanted) {
            pick = 0;
            more = 1;
        }
        memcpy(out + size, pieces[pick], (size_t)more);
        size += more;
    }
    out[size] = '\0';
}

static double
fill_number(struct dice *dice, double least, double most)
{
    switch (dice_int(dice, 0, 4)) {
    case 0:
        return least;
    case 1:
        return most;
    case 2: {
        double cents = (double)dice_int(dice, -10000, 10000) / 100;
        return cents >= least && cents <= most ? cents : least;
    }
    default:
        return least + (most - least) * dice_real(dice);
    }
}

static char *
fill_json(struct dice *dice)
{
    struct kor_buf text = {0};
    kor_buf_puts(&text, "{\"a\":[1,");
    kor_json_number(&text, 0.25 + (double)dice_int(dice, -99, 99));
    kor_buf_puts(&text, ",null,\"\xc3\xa6\"],\"b\":{}}");
    return text.text;
}

static void fill(struct dice *dice, const struct kor_message *message,
                 void *out);

static void
fill_array(struct dice *dice, const struct kor_field *field, void *out)
{
    void *to = at(out, field->offset);
    int64_t most = field->type == KOR_FIELD_LIST && field->max > 3
                       ? 3
                       : (int64_t)field->max;
    size_t n = (size_t)dice_int(dice, (int64_t)field->min, most);
    *(size_t *)at(out, field->n_offset) = n;
    char *items = NULL;
    if (field->type == KOR_FIELD_LIST) {
        items = n ? kor_alloc_array(n, field->item->size) : NULL;
        memcpy(to, &items, sizeof items);
    }
    for (size_t i = 0; i < n; i++) {
        if (items) {
            fill(dice, field->item, items + i * field->item->size);
        } else if (field->type == KOR_FIELD_NUMS) {
            ((double *)to)[i] = dice_int(dice, 0, 5)
                                    ? fill_number(dice, -1e9, 1e9)
                                    : (double)NAN;
        } else {
            fill_text(dice, (char *)to + i * KOR_WORD_SIZE, 1,
                      KOR_WORD_SIZE - 1);
        }
    }
}

static void
fill_field(struct dice *dice, const struct kor_field *field, void *out)
{
    void *to = at(out, field->offset);
    switch (field->type) {
    case KOR_FIELD_TEXT:
        fill_text(dice, to, (int64_t)field->min, (int64_t)field->max);
        return;
    case KOR_FIELD_INT:
        *(int64_t *)to = dice_int(dice, (int64_t)field->min,
                                  (int64_t)field->max);
        return;
    case KOR_FIELD_NUM:
        *(double *)to = fill_number(dice, field->min, field->max);
        return;
    case KOR_FIELD_BOOL:
        *(bool *)to = dice_int(dice, 0, 1);
        return;
    case KOR_FIELD_DATE:
        *(int32_t *)to = (int32_t)dice_int(dice, -25567, 84005);
        return;
    case KOR_FIELD_JSON:
        *(char **)to = fill_json(dice);
        return;
    case KOR_FIELD_LONG:
        *(char **)to = kor_alloc(201);
        fill_text(dice, *(char **)to, 0, 200);
        return;
    case KOR_FIELD_NUMS:
    case KOR_FIELD_WORDS:
    case KOR_FIELD_LIST:
        fill_array(dice, field, out);
        return;
    }
}

static void
fill(struct dice *dice, const struct kor_message *message, void *out)
{
    kor_message_init(message, out);
    for (size_t i = 0; i < message->n_fields; i++) {
        const struct kor_field *field = &message->fields[i];
        if (field->is_required || dice_int(dice, 0, 2)) {
            fill_field(dice, field, out);
        }
    }
}

static bool
same_number(double a, double b)
{
    return (isnan(a) && isnan(b)) || !memcmp(&a, &b, sizeof a);
}

static bool same(const struct kor_message *message, const void *a,
                 const void *b);

static bool
same_array(const struct kor_field *field, const void *a, const void *b)
{
    size_t n = *(size_t *)at(a, field->n_offset);
    bool is_same = n == *(size_t *)at(b, field->n_offset);
    const char *of_a = at(a, field->offset), *of_b = at(b, field->offset);
    if (field->type == KOR_FIELD_LIST) {
        memcpy(&of_a, of_a, sizeof of_a);
        memcpy(&of_b, of_b, sizeof of_b);
    }
    for (size_t i = 0; i < n && is_same; i++) {
        size_t word = i * KOR_WORD_SIZE;
        is_same = field->type == KOR_FIELD_LIST
                      ? same(field->item, of_a + i * field->item->size,
                             of_b + i * field->item->size)
                  : field->type == KOR_FIELD_NUMS
                      ? same_number(((const double *)(const void *)of_a)[i],
                                    ((const double *)(const void *)of_b)[i])
                      : !strcmp(of_a + word, of_b + word);
    }
    return is_same;
}

static bool
same_field(const struct kor_field *field, const void *a, const void *b)
{
    const void *of_a = at(a, field->offset), *of_b = at(b, field->offset);
    const char *text_a, *text_b;
    switch (field->type) {
    case KOR_FIELD_TEXT:
        return !strcmp(of_a, of_b);
    case KOR_FIELD_INT:
        return *(const int64_t *)of_a == *(const int64_t *)of_b;
    case KOR_FIELD_NUM:
        return same_number(*(const double *)of_a, *(const double *)of_b);
    case KOR_FIELD_BOOL:
        return *(const bool *)of_a == *(const bool *)of_b;
    case KOR_FIELD_DATE:
        return *(const int32_t *)of_a == *(const int32_t *)of_b;
    case KOR_FIELD_JSON:
    case KOR_FIELD_LONG:
        text_a = *(char *const *)of_a;
        text_b = *(char *const *)of_b;
        return text_a && text_b ? !strcmp(text_a, text_b) : text_a == text_b;
    case KOR_FIELD_NUMS:
    case KOR_FIELD_WORDS:
    case KOR_FIELD_LIST:
        return same_array(field, a, b);
    }
    return false;
}

static bool
same(const struct kor_message *message, const void *a, const void *b)
{
    for (size_t i = 0; i < message->n_fields; i++) {
        if (!same_field(&message->fields[i], a, b)) {
            print_error("%s.%s differs\n", message->name,
                        message->fields[i].name);
            return false;
        }
    }
    return true;
}

/* Sends what the dice give there and back, twice. */
static void
round_trip(struct dice *dice, const struct kor_message *message)
{
    void *sent = kor_alloc(message->size), *got = kor_alloc(message->size);
    struct kor_buf first = {0}, second = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    fill(dice, message, sent);
    kor_message_encode(message, sent, &first);
    json_t *json = json_loadb(first.text, first.size, JSON_REJECT_DUPLICATES,
                              NULL);
    assert_non_null(json);
    if (kor_message_decode(message, json, got, &err) != KOR_OK) {
        print_error("%s: %s\n%s\n", message->name, err.text, first.text);
        fail();
    }
    json_decref(json);
    assert_true(same(message, sent, got));
    kor_message_encode(message, got, &second);
    assert_string_equal(first.text, second.text);
    kor_message_done(message, sent);
    kor_message_done(message, got);
    kor_buf_done(&first);
    kor_buf_done(&second);
    free(sent);
    free(got);
}

static void
every_message_comes_back_the_same(void **state)
{
    (void)state;
    struct dice dice = {4711};
    for (size_t i = 0; kor_messages[i]; i++) {
        for (int k = 0; k < 200; k++) {
            round_trip(&dice, kor_messages[i]);
        }
    }
}

/* Without each of the fields that it needs, a message is refused by name. */
static void
every_field_that_is_needed_is_missed(void **state)
{
    (void)state;
    struct dice dice = {12};
    for (size_t i = 0; kor_messages[i]; i++) {
        const struct kor_message *message = kor_messages[i];
        void *sent = kor_alloc(message->size), *got = kor_alloc(message->size);
        struct kor_buf text = {0};
        fill(&dice, message, sent);
        kor_message_encode(message, sent, &text);
        for (size_t k = 0; k < message->n_fields; k++) {
            const char *name = message->fields[k].name;
            json_t *json = json_loadb(text.text, text.size, 0, NULL);
            struct kor_err err;
            kor_err_init(&err, KOR_EN);
            (void)json_object_del(json, name);
            enum kor_code code = kor_message_decode(message, json, got, &err);
            if (message->fields[k].is_required) {
                assert_int_equal(code, KOR_BAD_VALUE);
                assert_string_equal(err.field, name);
            } else {
                assert_int_equal(code, KOR_OK);
            }
            kor_message_done(message, got);
            json_decref(json);
        }
        kor_message_done(message, sent);
        kor_buf_done(&text);
        free(sent);
        free(got);
    }
}

static void
tables_fit_their_structs(void **state)
{
    (void)state;
    for (size_t i = 0; kor_messages[i]; i++) {
        const struct kor_message *message = kor_messages[i];
        for (size_t k = 0; k < message->n_fields; k++) {
            const struct kor_field *field = &message->fields[k];
            assert_true(field->offset < message->size);
            assert_true(field->min <= field->max);
            assert_true(fabs(field->min) < 9007199254740992.0);
            assert_true(field->max < 9007199254740992.0);
            assert_int_equal(field->type == KOR_FIELD_LIST,
                             field->item != NULL);
            assert_true(strlen(field->name) <= 30);
        }
    }
}

static void
verbs_have_words_of_their_own(void **state)
{
    (void)state;
    for (int verb = 0; verb < KOR_N_VERBS; verb++) {
        const struct kor_verb_info *info = kor_verb_info((enum kor_verb)verb);
        assert_int_equal(kor_verb_from(info->wire), verb);
        assert_non_null(info->request);
        assert_non_null(info->reply);
    }
    assert_int_equal(kor_verb_from("recor"), KOR_N_VERBS);
    assert_int_equal(kor_verb_from(""), KOR_N_VERBS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_comes_back_the_same),
        cmocka_unit_test(every_field_that_is_needed_is_missed),
        cmocka_unit_test(tables_fit_their_structs),
        cmocka_unit_test(verbs_have_words_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
