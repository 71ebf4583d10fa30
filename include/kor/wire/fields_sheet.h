/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELDS_SHEET_H
#define KOR_WIRE_FIELDS_SHEET_H 1

/* Fields of the messages about sheets, and the forms that they are filled in
 * on; see message.h. */

#define KOR_FIELDS_FORM(F, S)                                                 \
    F(S, TEXT, key, 1, 32, 1, "key of the form")                              \
    F(S, TEXT, version, 1, 16, 0, "version; the newest without")              \
    F(S, TEXT, name, 1, 120, 0, "name, in the language of the request")       \
    F(S, INT, sections, 1, 64, 0, "how many sections")                        \
    F(S, INT, fields, 1, 256, 0, "how many fields")                           \
    F(S, JSON, definition, 0, 262144, 0, "the whole definition")

#define KOR_FIELDS_FORMS(F, S)                                                \
    F(S, LIST, forms, form, 1000, 0, "the catalogue, newest versions")

#define KOR_FIELDS_FORM_ADD(F, S)                                             \
    F(S, JSON, definition, 0, 262144, 1, "the whole definition")              \
    F(S, BOOL, check, 0, 0, 0, "only look whether it could be added")

#endif /* kor/wire/fields_sheet.h */
