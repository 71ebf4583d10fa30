/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELDS_PROGRAMME_H
#define KOR_WIRE_FIELDS_PROGRAMME_H 1

/* Fields of the messages about programmes under a code; see message.h. */

#define KOR_FIELDS_PART_AGREE(F, S)                                           \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, WORDS, modules, 1, 16, 1, "keys of the pathway's modules")           \
    F(S, DATE, until, 0, 0, 1, "day of the next contact")

#define KOR_FIELDS_PART_DONE(F, S)                                            \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, module, 1, 32, 1, "key of the module that is done")            \
    F(S, BOOL, undo, 0, 0, 0, "it is not, after all")

#define KOR_FIELDS_PART_LIST(F, S)                                            \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)

#define KOR_FIELDS_SEEN(F, S)                                                 \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)

#define KOR_FIELDS_PART(F, S)                                                 \
    F(S, TEXT, module, 1, 32, 1, "key of the module")                         \
    F(S, TEXT, name, 1, 120, 0, "its name, in the language of the request")   \
    F(S, DATE, agreed, 0, 0, 0, "day on which it was agreed")                 \
    F(S, DATE, until, 0, 0, 0, "until which contact")                         \
    F(S, DATE, done, 0, 0, 0, "day on which it was done")                     \
    F(S, BOOL, behind, 0, 0, 0, "that contact is past, and it is not done")

#define KOR_FIELDS_PARTS(F, S)                                                \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, LIST, parts, part, 64, 0, "the modules in the pathway's order")      \
    F(S, INT, log_ins, 0, 9e15, 1, "how often the client came")               \
    F(S, INT, seen_ms, 0, 9e15, 0, "when last, UTC milliseconds")

#endif /* kor/wire/fields_programme.h */
