/* SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON to bounded structs: see kor/wire/field.h.  The way back is in
 * encode.c. */

#include "kor/wire/field.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/clock.h"
#include "kor/base/utf8.h"

#define PATH_SIZE 64
#define PART_SIZE 30 /* Of each of the two names in a path. */

/* A member of the struct at 'base'. */
static void *
at(void *base, size_t offset)
{
    return (char *)base + offset;
}

static enum kor_code
wrong_type(struct kor_err *err, const char *path, const char *wanted)
{
    return kor_fail(err, KOR_BAD_VALUE, path, "%s must be %s", path, wanted);
}

static enum kor_code
decode_text(const struct kor_field *field, const json_t *value, char *out,
            const char *path, struct kor_err *err)
{
    if (!json_is_string(value)) {
        return wrong_type(err, path, kor_text(err ? err->lang : KOR_EN,
                                              KOR_N_("a text")));
    }
    const char *text = json_string_value(value);
    size_t size = json_string_length(value);
    if ((double)size < field->min || (double)size > field->max) {
        return kor_fail(err, KOR_BAD_VALUE, path,
                        "%s must be %.0f to %.0f bytes long, not %zu", path,
                        field->min, field->max, size);
    }
    if (kor_utf8_has_control(text)) {
        return kor_fail(err, KOR_BAD_VALUE, path,
                        "%s may not hold control characters", path);
    }
    memcpy(out, text, size + 1);
    return KOR_OK;
}

static enum kor_code
check_range(const struct kor_field *field, double value, const char *path,
            struct kor_err *err)
{
    if (!(value >= field->min && value <= field->max)) {
        return kor_fail(err, KOR_BAD_VALUE, path,
                        "%s must be from %.16g to %.16g, not %.16g", path,
                        field->min, field->max, value);
    }
    return KOR_OK;
}

static enum kor_code
decode_int(const struct kor_field *field, const json_t *value, int64_t *out,
           const char *path, struct kor_err *err)
{
    if (!json_is_integer(value)) {
        return wrong_type(err, path, kor_text(err ? err->lang : KOR_EN,
                                              KOR_N_("a whole number")));
    }
    *out = json_integer_value(value);
    return check_range(field, (double)*out, path, err);
}

static enum kor_code
decode_num(const struct kor_field *field, const json_t *value, double *out,
           const char *path, struct kor_err *err)
{
    if (json_is_null(value)) {
        *out = NAN;
        return field->is_required
                   ? kor_fail(err, KOR_BAD_VALUE, path, "%s is missing", path)
                   : KOR_OK;
    }
    if (!json_is_number(value)) {
        return wrong_type(err, path, kor_text(err ? err->lang : KOR_EN,
                                              KOR_N_("a number")));
    }
    *out = json_number_value(value);
    return check_range(field, *out, path, err);
}

static enum kor_code
decode_date(const json_t *value, int32_t *out, const char *path,
            struct kor_err *err)
{
    if (!json_is_string(value)
        || !kor_date_parse(json_string_value(value), out)) {
        return kor_fail(err, KOR_BAD_VALUE, path,
                        "%s must be a date written YYYY-MM-DD, from "
                        "1900-01-01 to 2199-12-31", path);
    }
    return KOR_OK;
}

static enum kor_code
check_count(const struct kor_field *field, const json_t *value,
            const char *path, struct kor_err *err)
{
    if (!json_is_array(value)) {
        return wrong_type(err, path, kor_text(err ? err->lang : KOR_EN,
                                              KOR_N_("a list")));
    }
    double n = (double)json_array_size(value);
    if (n < field->min || n > field->max) {
        return kor_fail(err, KOR_BAD_VALUE, path,
                        "%s must hold %.0f to %.0f entries, not %.0f", path,
                        field->min, field->max, n);
    }
    return KOR_OK;
}

static enum kor_code
decode_nums(const json_t *value, double *out, const char *path,
            struct kor_err *err)
{
    /* The limits of a NUMS field count its entries; each entry is checked by
     * the definition of the scale. */
    const struct kor_field any = {.min = -1e9, .max = 1e9};
    for (size_t i = 0; i < json_array_size(value); i++) {
        char item[PATH_SIZE + 24];
        snprintf(item, sizeof item, "%s[%zu]", path, i);
        enum kor_code code
            = decode_num(&any, json_array_get(value, i), &out[i], item, err);
        if (code != KOR_OK) {
            return code;
        }
    }
    return KOR_OK;
}

static enum kor_code
decode_words(const json_t *value, char (*out)[KOR_WORD_SIZE],
             const char *path, struct kor_err *err)
{
    const struct kor_field word = {.min = 1, .max = KOR_WORD_SIZE - 1};
    for (size_t i = 0; i < json_array_size(value); i++) {
        char item[PATH_SIZE + 24];
        snprintf(item, sizeof item, "%s[%zu]", path, i);
        enum kor_code code
            = decode_text(&word, json_array_get(value, i), out[i], item, err);
        if (code != KOR_OK) {
            return code;
        }
    }
    return KOR_OK;
}

static enum kor_code decode_object(const struct kor_message *message,
                                   const json_t *json, void *out,
                                   const char *path, struct kor_err *err);

static enum kor_code
decode_list(const struct kor_field *field, const json_t *value, void *out,
            const char *path, struct kor_err *err)
{
    size_t n = json_array_size(value);
    char *items = n ? kor_alloc_array(n, field->item->size) : NULL;
    memcpy(at(out, field->offset), &items, sizeof items);
    for (size_t i = 0; i < n; i++) {
        char item[PATH_SIZE];
        snprintf(item, sizeof item, "%.30s[%zu]", path, i);
        void *to = items + i * field->item->size;
        *(size_t *)at(out, field->n_offset) = i + 1;
        enum kor_code code = decode_object(
            field->item, json_array_get(value, i), to, item, err);
        if (code != KOR_OK) {
            return code;
        }
    }
    return KOR_OK;
}

static enum kor_code
decode_json(const struct kor_field *field, const json_t *value, char **out,
            const char *path, struct kor_err *err)
{
    if (!json_is_object(value)) {
        return wrong_type(err, path, kor_text(err ? err->lang : KOR_EN,
                                              KOR_N_("a JSON object")));
    }
    char *text = json_dumps(value, JSON_COMPACT);
    if (!text || (double)strlen(text) > field->max) {
        free(text);
        return kor_fail(err, KOR_TOO_LARGE, path,
                        "%s may be at most %.0f bytes long", path,
                        field->max);
    }
    *out = text;
    return KOR_OK;
}

static enum kor_code
decode_long(const struct kor_field *field, const json_t *value, char **out,
            const char *path, struct kor_err *err)
{
    if (!json_is_string(value)) {
        return wrong_type(err, path, kor_text(err ? err->lang : KOR_EN,
                                              KOR_N_("a text")));
    }
    if ((double)json_string_length(value) > field->max) {
        return kor_fail(err, KOR_TOO_LARGE, path,
                        "%s may be at most %.0f bytes long", path,
                        field->max);
    }
    *out = kor_strdup(json_string_value(value));
    return KOR_OK;
}

static enum kor_code
decode_array(const struct kor_field *field, const json_t *value, void *out,
             const char *path, struct kor_err *err)
{
    enum kor_code code = check_count(field, value, path, err);
    if (code != KOR_OK) {
        return code;
    }
    if (field->type == KOR_FIELD_LIST) {
        return decode_list(field, value, out, path, err);
    }
    *(size_t *)at(out, field->n_offset) = json_array_size(value);
    return field->type == KOR_FIELD_NUMS
               ? decode_nums(value, at(out, field->offset), path, err)
               : decode_words(value, at(out, field->offset), path, err);
}

static enum kor_code
decode_field(const struct kor_field *field, const json_t *value, void *out,
             const char *path, struct kor_err *err)
{
    void *to = at(out, field->offset);
    switch (field->type) {
    case KOR_FIELD_TEXT:
        return decode_text(field, value, to, path, err);
    case KOR_FIELD_INT:
        return decode_int(field, value, to, path, err);
    case KOR_FIELD_NUM:
        return decode_num(field, value, to, path, err);
    case KOR_FIELD_BOOL:
        if (!json_is_boolean(value)) {
            return kor_fail(err, KOR_BAD_VALUE, path,
                            "%s must be true or false", path);
        }
        *(bool *)to = json_is_true(value);
        return KOR_OK;
    case KOR_FIELD_DATE:
        return decode_date(value, to, path, err);
    case KOR_FIELD_NUMS:
    case KOR_FIELD_WORDS:
    case KOR_FIELD_LIST:
        return decode_array(field, value, out, path, err);
    case KOR_FIELD_JSON:
        return decode_json(field, value, to, path, err);
    case KOR_FIELD_LONG:
        return decode_long(field, value, to, path, err);
    }
    return KOR_INTERNAL;
}

/* Every field of every message comes by here: no printf(). */
static void
join(char path[PATH_SIZE], const char *outer, const char *name)
{
    size_t size = strnlen(outer, PART_SIZE), more = strnlen(name, PART_SIZE);
    memcpy(path, outer, size);
    if (size) {
        path[size++] = '.';
    }
    memcpy(path + size, name, more);
    path[size + more] = '\0';
}

static enum kor_code
refuse_unknown(const struct kor_message *message, const json_t *json,
               const char *path, struct kor_err *err)
{
    void *iter = json_object_iter((json_t *)(uintptr_t)json);
    for (; iter;
         iter = json_object_iter_next((json_t *)(uintptr_t)json, iter)) {
        const char *key = json_object_iter_key(iter);
        size_t i = 0;
        while (i < message->n_fields && strcmp(key, message->fields[i].name)) {
            i++;
        }
        if (i == message->n_fields) {
            char full[PATH_SIZE];
            join(full, path, *key ? key : "\"\"");
            return kor_fail(err, KOR_BAD_VALUE, full,
                            "%s is not a field of '%s'", full, message->name);
        }
    }
    return KOR_OK;
}

static enum kor_code
decode_object(const struct kor_message *message, const json_t *json,
              void *out, const char *path, struct kor_err *err)
{
    kor_message_init(message, out);
    if (!json_is_object(json)) {
        const char *what = *path ? path : "body";
        return kor_fail(err, KOR_BAD_VALUE, what, "%s must be a JSON object",
                        what);
    }
    size_t n_found = 0;
    for (size_t i = 0; i < message->n_fields; i++) {
        const struct kor_field *field = &message->fields[i];
        const json_t *value = json_object_get(json, field->name);
        char full[PATH_SIZE];
        if (!value) {
            if (field->is_required) {
                join(full, path, field->name);
                return kor_fail(err, KOR_BAD_VALUE, full, "%s is missing",
                                full);
            }
            continue;
        }
        n_found++;
        join(full, path, field->name);
        enum kor_code code = decode_field(field, value, out, full, err);
        if (code != KOR_OK) {
            return code;
        }
    }
    return n_found == json_object_size(json)
               ? KOR_OK
               : refuse_unknown(message, json, path, err);
}

enum kor_code
kor_message_decode(const struct kor_message *message, const json_t *json,
                   void *out, struct kor_err *err)
{
    enum kor_code code = decode_object(message, json, out, "", err);
    if (code != KOR_OK) {
        kor_message_done(message, out);
    }
    return code;
}

void
kor_message_init(const struct kor_message *message, void *out)
{
    memset(out, 0, message->size);
    for (size_t i = 0; i < message->n_fields; i++) {
        void *to = at(out, message->fields[i].offset);
        switch (message->fields[i].type) {
        case KOR_FIELD_INT:
            *(int64_t *)to = KOR_NO_INT;
            break;
        case KOR_FIELD_NUM:
            *(double *)to = NAN;
            break;
        case KOR_FIELD_DATE:
            *(int32_t *)to = KOR_NO_DATE;
            break;
        default:
            break;
        }
    }
}

static void release(const struct kor_message *message, void *in);

static void
free_list(const struct kor_field *field, void *in)
{
    char *items;
    memcpy(&items, at(in, field->offset), sizeof items);
    size_t n = *(size_t *)at(in, field->n_offset);
    for (size_t i = 0; i < n; i++) {
        release(field->item, items + i * field->item->size);
    }
    free(items);
}

static void
release(const struct kor_message *message, void *in)
{
    for (size_t i = 0; i < message->n_fields; i++) {
        const struct kor_field *field = &message->fields[i];
        if (field->type == KOR_FIELD_LIST) {
            free_list(field, in);
        } else if (field->type == KOR_FIELD_JSON
                   || field->type == KOR_FIELD_LONG) {
            free(*(char **)at(in, field->offset));
        }
    }
}

void
kor_message_done(const struct kor_message *message, void *in)
{
    release(message, in);
    kor_message_init(message, in);
}
