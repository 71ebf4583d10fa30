/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of all messages: see kor/wire/message.h. */

#include "kor/wire/message.h"

#include <string.h>

/* A row of the table of the message 's', by the type of its field. */
#define ROW(s, type, name, a, b, need, doc)                                   \
    ROW_##type(s, name, a, b, need, doc)
#define PLAIN(s, type, name, a, b, need, doc)                                 \
    {KOR_FIELD_##type, #name, a, b, need, NULL,                               \
     offsetof(struct kor_msg_##s, name), 0, doc},
#define COUNTED(s, type, name, least, b, need, doc, item)                     \
    {KOR_FIELD_##type, #name, least, b, need, item,                           \
     offsetof(struct kor_msg_##s, name),                                      \
     offsetof(struct kor_msg_##s, n_##name), doc},
#define ROW_TEXT(s, ...) PLAIN(s, TEXT, __VA_ARGS__)
#define ROW_INT(s, ...) PLAIN(s, INT, __VA_ARGS__)
#define ROW_NUM(s, ...) PLAIN(s, NUM, __VA_ARGS__)
#define ROW_BOOL(s, ...) PLAIN(s, BOOL, __VA_ARGS__)
#define ROW_DATE(s, ...) PLAIN(s, DATE, __VA_ARGS__)
#define ROW_JSON(s, ...) PLAIN(s, JSON, __VA_ARGS__)
#define ROW_LONG(s, ...) PLAIN(s, LONG, __VA_ARGS__)
#define ROW_NUMS(s, name, a, b, need, doc)                                    \
    COUNTED(s, NUMS, name, a, b, need, doc, NULL)
#define ROW_WORDS(s, name, a, b, need, doc)                                   \
    COUNTED(s, WORDS, name, a, b, need, doc, NULL)
#define ROW_LIST(s, name, a, b, need, doc)                                    \
    COUNTED(s, LIST, name, need, b, need, doc, &kor_message_##a)

/* The row of zeros keeps the table of an empty message a legal array. */
#define TABLE(lower, UPPER)                                                   \
    static const struct kor_field lower##_fields[]                            \
        = {KOR_FIELDS_##UPPER(ROW, lower){0}};                                \
    const struct kor_message kor_message_##lower                              \
        = {#lower, lower##_fields, KOR_LENGTH(lower##_fields) - 1,            \
           sizeof(struct kor_msg_##lower)};
KOR_MESSAGES(TABLE)

#define POINTER(lower, UPPER) &kor_message_##lower,
const struct kor_message *const kor_messages[] = {KOR_MESSAGES(POINTER) NULL};

#define INFO(name, wire, request, reply, writes, doc)                         \
    {wire, &kor_message_##request, &kor_message_##reply, writes, doc},
static const struct kor_verb_info verbs[KOR_N_VERBS] = {KOR_VERBS(INFO)};

const struct kor_verb_info *
kor_verb_info(enum kor_verb verb)
{
    return &verbs[verb];
}

enum kor_verb
kor_verb_from(const char *wire)
{
    int i = 0;
    while (i < KOR_N_VERBS && strcmp(verbs[i].wire, wire)) {
        i++;
    }
    return (enum kor_verb)i;
}
