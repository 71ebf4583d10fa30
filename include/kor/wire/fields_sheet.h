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

#define KOR_FIELDS_SHEET_ANSWER(F, S)                                         \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, form, 1, 32, 1, "key of the form")                             \
    F(S, TEXT, form_version, 1, 16, 0,                                        \
      "its version; the newest without, or that of the sheet")                \
    F(S, INT, sheet, 1, 999, 0,                                               \
      "the sheet to be corrected; a new one without")                         \
    F(S, TEXT, reason, 1, 200, 0, "why it is corrected, without names")       \
    F(S, DATE, date, 0, 0, 0, "day it was filled in; today without")          \
    F(S, JSON, values, 0, 49152, 1,                                           \
      "the answers, by the keys of the fields: docs/sheets.md")

#define KOR_FIELDS_SHEET_ATTENTION(F, S)                                      \
    F(S, TEXT, field, 1, 32, 1, "key of the field")                           \
    F(S, TEXT, text, 1, 1200, 1, "its question")                              \
    F(S, TEXT, attention, 1, 16, 1, "asks: talk about it now; not-seen: ask") \
    F(S, TEXT, answer, 1, 320, 0, "what was answered, in words")

#define KOR_FIELDS_SHEET_AREA(F, S)                                           \
    F(S, TEXT, section, 1, 32, 1, "key of the section")                       \
    F(S, TEXT, name, 1, 320, 1, "its name")                                   \
    F(S, INT, sum, 0, 512, 0,                                                 \
      "sum of its 0/1/2 items; absent if one is missing")                     \
    F(S, INT, most, 0, 512, 1, "the greatest possible sum")                   \
    F(S, INT, missing, 0, 256, 0, "items that were not answered")

#define KOR_FIELDS_SHEET_COUNT(F, S)                                          \
    F(S, TEXT, section, 1, 32, 1, "key of the section")                       \
    F(S, TEXT, name, 1, 320, 1, "its name")                                   \
    F(S, INT, rows, 1, 256, 1, "rows of the checklist in it")                 \
    F(S, INT, reached, 0, 256, 1, "how many were reached,")                   \
    F(S, INT, partly, 0, 256, 1, "in part,")                                  \
    F(S, INT, not_reached, 0, 256, 1, "not,")                                 \
    F(S, INT, not_applicable, 0, 256, 1,                                      \
      "or do not apply; the rest was not answered")

#define KOR_FIELDS_SHEET_DEVIATION(F, S)                                      \
    F(S, TEXT, field, 1, 32, 1, "key of the row")                             \
    F(S, TEXT, text, 1, 1200, 1, "the row")                                   \
    F(S, TEXT, answer, 1, 16, 1, "partly, not or not-applicable")             \
    F(S, TEXT, comment, 1, 2000, 1, "why")

#define KOR_FIELDS_TICKED(F, S)                                               \
    F(S, TEXT, kind, 1, 16, 1, "signature or copy")                           \
    F(S, TEXT, whom, 1, 16, 1,                                                \
      "whose, or who got it: client, family, gp, staff or other")             \
    F(S, BOOL, off, 0, 0, 0, "an earlier tick is taken back")                 \
    F(S, TEXT, by, 1, 32, 1, "who ticked it")                                 \
    F(S, INT, at_ms, 0, 9e15, 1, "when, UTC milliseconds")

#define KOR_FIELDS_SHEET(F, S)                                                \
    F(S, LIST, attention, sheet_attention, 256, 0,                            \
      "what has to be talked about before the client leaves")                 \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, episode, 1, 999, 0, "episode; the last one without")            \
    F(S, INT, sheet, 1, 999, 1, "number of the sheet in the episode")         \
    F(S, INT, version, 1, 999, 0,                                             \
      "1, and one more for each correction; the last one without")            \
    F(S, INT, asks, 0, 256, 0,                                                \
      "how many answers have to be talked about, or were not seen")           \
    F(S, BOOL, replaced, 0, 0, 0, "a later version stands in its place")      \
    F(S, TEXT, form, 1, 32, 0, "form that it is filled in on,")               \
    F(S, TEXT, form_version, 1, 16, 0, "and its version")                     \
    F(S, TEXT, name, 1, 320, 0, "its name, in the language of the request")   \
    F(S, DATE, date, 0, 0, 0, "day it was filled in")                         \
    F(S, TEXT, reason, 1, 200, 0, "why it was corrected")                     \
    F(S, TEXT, by, 1, 32, 0, "who entered it")                                \
    F(S, INT, at_ms, 0, 9e15, 0, "when, UTC milliseconds")                    \
    F(S, JSON, values, 0, 49152, 0, "the answers, by the keys of the fields") \
    F(S, LIST, areas, sheet_area, 64, 0,                                      \
      "sums of areas; there is no total over them")                           \
    F(S, LIST, counts, sheet_count, 64, 0, "how the rows of checklists stand")\
    F(S, LIST, deviations, sheet_deviation, 256, 0,                           \
      "rows that were not reached, with the reason")                          \
    F(S, LIST, ticks, ticked, 1000, 0,                                        \
      "signatures and copies of this version, in order")

#define KOR_FIELDS_SHEET_OF(F, S)                                             \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, episode, 1, 999, 0, "episode; the last one without")

#define KOR_FIELDS_SHEETS(F, S)                                               \
    F(S, LIST, sheets, sheet, 999, 0,                                         \
      "the sheets of the episode in their last versions, without the answers")

#define KOR_FIELDS_TICK(F, S)                                                 \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, sheet, 1, 999, 1, "number of the sheet, in its last version")   \
    F(S, TEXT, kind, 1, 16, 1, "signature or copy")                           \
    F(S, TEXT, whom, 1, 16, 1, "client, family, gp, staff or other")          \
    F(S, BOOL, off, 0, 0, 0, "takes back what was ticked by mistake")

#endif /* kor/wire/fields_sheet.h */
