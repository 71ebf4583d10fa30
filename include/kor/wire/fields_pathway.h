/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELDS_PATHWAY_H
#define KOR_WIRE_FIELDS_PATHWAY_H 1

/* Fields of the messages about pathways, and what is due; see message.h. */

#define KOR_FIELDS_PATHWAY(F, S)                                              \
    F(S, TEXT, key, 1, 32, 1, "key of the pathway")                           \
    F(S, TEXT, version, 1, 16, 0, "version; the newest without")              \
    F(S, TEXT, name, 1, 120, 0, "name, in the language of the request")       \
    F(S, TEXT, lead, 1, 32, 0, "its lead scale; absent: the first answered")  \
    F(S, INT, phases, 1, 32, 0, "how many phases")                            \
    F(S, JSON, definition, 0, 262144, 0, "the whole definition")

#define KOR_FIELDS_PATHWAYS(F, S)                                             \
    F(S, LIST, pathways, pathway, 1000, 0, "the catalogue, newest versions")

#define KOR_FIELDS_PATHWAY_ADD(F, S)                                          \
    F(S, JSON, definition, 0, 262144, 1, "the whole definition")              \
    F(S, BOOL, check, 0, 0, 0, "only look whether it could be added")

#define KOR_FIELDS_PATHWAY_MOVE(F, S)                                         \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, pathway, 1, 32, 0,                                             \
      "pathway, in its newest version; without: the one that it is on")       \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_PHASE_SET(F, S)                                            \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, phase, 1, 32, 0, "key of the phase; without: the next")        \
    F(S, DATE, date, 0, 0, 0, "first day of it; today without")

#define KOR_FIELDS_DUE(F, S)                                                  \
    F(S, TEXT, therapist, 1, 32, 0, "only this therapist's clients")          \
    F(S, BOOL, overdue, 0, 0, 0, "only what is overdue")                      \
    F(S, BOOL, today, 0, 0, 0, "only what is not overdue yet")                \
    F(S, DATE, after_date, 0, 0, 0, "go on behind the row of this date")      \
    F(S, INT, after, 0, 9e15, 0, "and with this id")

#define KOR_FIELDS_DUE_ITEM(F, S)                                             \
    F(S, INT, id, 1, 9e15, 1, "row, to say why it did not come")              \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, TEXT, therapist, 1, 32, 1, "therapist")                              \
    F(S, TEXT, kind, 1, 16, 1,                                                \
      "contact, scale, sheet, goal or appointment")                           \
    F(S, TEXT, key, 1, 32, 1, "which")                                        \
    F(S, TEXT, name, 1, 120, 0, "its name, in the language of the request")   \
    F(S, TEXT, rater, 1, 16, 0, "whose answer, of a scale")                   \
    F(S, TEXT, when, 1, 16, 1, "intake, session-start, every, end, ...")      \
    F(S, INT, session, 1, 9999, 0, "session that it belongs to")              \
    F(S, DATE, due, 0, 0, 1, "day from which it is awaited")                  \
    F(S, DATE, until, 0, 0, 1, "last day before it is overdue")               \
    F(S, BOOL, overdue, 0, 0, 0, "that is past")                              \
    F(S, TEXT, missing, 1, 16, 0, "why it did not come, if somebody said")    \
    F(S, DATE, review, 0, 0, 0, "when to ask again what was declined")        \
    F(S, TEXT, label, 140, 140, 0, "the staff label, closed, base64")         \
    F(S, INT, label_key, 1, 9e15, 0, "key that opens it")                     \
    F(S, INT, goal, 1, 9e15, 0, "number of the goal, of a goal")              \
    F(S, TEXT, text, 1, 800, 0, "what that goal says")

#define KOR_FIELDS_DUES(F, S)                                                 \
    F(S, LIST, dues, due_item, 1000, 0, "what is due, the oldest first")      \
    F(S, DATE, next_date, 0, 0, 0,                                            \
      "there is more: ask again with it as 'after_date'")                     \
    F(S, INT, next, 1, 9e15, 0, "and this as 'after'")

#define KOR_FIELDS_MISSING(F, S)                                              \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, id, 1, 9e15, 1, "row of the due list")                          \
    F(S, TEXT, missing, 1, 16, 1,                                             \
      "forgot, declined, crisis, phone or unsuitable")                        \
    F(S, DATE, review, 0, 0, 0, "when to ask again, if it was declined")

#endif /* kor/wire/fields_pathway.h */
