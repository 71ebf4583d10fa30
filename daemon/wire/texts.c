/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether texts can be read: see kor/wire/field.h. */

#include "kor/base/buf.h"
#include "kor/base/utf8.h"
#include "kor/wire/field.h"

/* Where a field is, written out if there is something to say of it: every
 * field of every request comes by here. */
struct where {
    const struct where *outer; /* List that it is in an item of, or null. */
    size_t item;               /* Which. */
    const char *name;
};

static void
put_path(const struct where *where, struct kor_buf *path)
{
    if (where->outer) {
        put_path(where->outer, path);
        kor_buf_printf(path, "[%zu].", where->item);
    }
    kor_buf_puts(path, where->name);
}

static enum kor_code
refuse(const struct where *where, uint32_t unseen, struct kor_err *err)
{
    struct kor_buf buf = {0};
    put_path(where, &buf);
    const char *path = kor_buf_text(&buf);
    enum kor_code code
        = unseen ? kor_fail(err, KOR_BAD_VALUE, path,
                            "%s holds U+%04X, which is not seen and lets it "
                            "pass for another: type it by hand, without",
                            path, (unsigned)unseen)
                 : kor_fail(err, KOR_BAD_VALUE, path,
                            "%s is blank: write something, or leave it out",
                            path);
    kor_buf_done(&buf);
    return code;
}

static const void *
at(const void *base, size_t offset)
{
    return (const char *)base + offset;
}

static enum kor_code
check_text(const char *text, bool may_be_blank, const struct where *where,
           struct kor_err *err)
{
    uint32_t unseen = kor_utf8_unseen(text);
    bool is_blank = !may_be_blank && *text && kor_utf8_is_blank(text);
    return unseen || is_blank ? refuse(where, unseen, err) : KOR_OK;
}

static enum kor_code
check_words(const struct kor_field *field, const void *in,
            const struct where *where, struct kor_err *err)
{
    const char *words = at(in, field->offset);
    size_t n = *(const size_t *)at(in, field->n_offset);
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        code = check_text(words + i * KOR_WORD_SIZE, true, where, err);
    }
    return code;
}

static enum kor_code check_object(const struct kor_message *message,
                                  const void *in, const struct where *outer,
                                  size_t item, struct kor_err *err);

static enum kor_code
check_list(const struct kor_field *field, const void *in,
           const struct where *where, struct kor_err *err)
{
    const char *items = *(const char *const *)at(in, field->offset);
    size_t n = *(const size_t *)at(in, field->n_offset);
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < n && code == KOR_OK; i++) {
        code = check_object(field->item, items + i * field->item->size, where,
                            i, err);
    }
    return code;
}

static enum kor_code
check_field(const struct kor_field *field, const void *in,
            const struct where *where, struct kor_err *err)
{
    const char *text;
    switch (field->type) {
    case KOR_FIELD_TEXT:
        return check_text(at(in, field->offset), field->min < 1, where, err);
    case KOR_FIELD_JSON:
    case KOR_FIELD_LONG:
        text = *(const char *const *)at(in, field->offset);
        return text ? check_text(text, true, where, err) : KOR_OK;
    case KOR_FIELD_WORDS:
        return check_words(field, in, where, err);
    case KOR_FIELD_LIST:
        return check_list(field, in, where, err);
    default:
        return KOR_OK;
    }
}

static enum kor_code
check_object(const struct kor_message *message, const void *in,
             const struct where *outer, size_t item, struct kor_err *err)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < message->n_fields && code == KOR_OK; i++) {
        const struct kor_field *field = &message->fields[i];
        const struct where where
            = {.outer = outer, .item = item, .name = field->name};
        code = check_field(field, in, &where, err);
    }
    return code;
}

enum kor_code
kor_message_check_texts(const struct kor_message *message, const void *in,
                        struct kor_err *err)
{
    return check_object(message, in, NULL, 0, err);
}
