/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELDS_SESSION_H
#define KOR_WIRE_FIELDS_SESSION_H 1

/* Fields of the messages about sessions that are mended, and about what is
 * agreed for days to come; see message.h. */

#define KOR_FIELDS_SESSION_SET(F, S)                                          \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, session, 1, 9999, 1, "which session")                           \
    F(S, DATE, date, 0, 0, 0, "the day it was on")                            \
    F(S, TEXT, status, 1, 24, 0, "held, check-in, cancelled-client, "         \
        "cancelled-late, cancelled-clinic or not-attended")                   \
    F(S, TEXT, mode, 1, 16, 0, "room, phone, video, home or net")             \
    F(S, TEXT, by, 1, 32, 0, "who held it")                                   \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_SESSION_STATE(F, S)                                        \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, INT, session, 1, 9999, 1, "session")                                 \
    F(S, DATE, date, 0, 0, 1, "its date")                                     \
    F(S, TEXT, status, 1, 24, 1, "its status")                                \
    F(S, TEXT, mode, 1, 16, 0, "its mode")                                    \
    F(S, TEXT, by, 1, 32, 0,                                                  \
      "who held it; absent: the therapist of then")                           \
    F(S, LIST, signals, signal, 16, 0, "open signals of the episode")         \
    F(S, TEXT, label, 140, 140, 0, "the staff label, closed, base64")         \
    F(S, INT, label_key, 1, 9e15, 0, "key that opens it")

#define KOR_FIELDS_APPOINTMENT(F, S)                                          \
    F(S, TEXT, uid, 32, 32, 1, "hash of the event and which of its times")    \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, start_ms, 0, 9e15, 1, "when it begins, UTC milliseconds")       \
    F(S, TEXT, mode, 1, 16, 0, "room, phone, video, home or net")

#define KOR_FIELDS_CALENDAR_PUT(F, S)                                         \
    F(S, TEXT, calendar, 1, 32, 0,                                            \
      "which of the asker's calendars, where there are several")              \
    F(S, INT, run, 1, 9e15, 1, "the same in all requests of one import")      \
    F(S, LIST, appointments, appointment, 200, 0, "what stands in it")        \
    F(S, BOOL, last, 0, 0, 0,                                                 \
      "that was all: what lies ahead and was not in it is cancelled")

#define KOR_FIELDS_CALENDAR_STATE(F, S)                                       \
    F(S, INT, added, 0, 200, 1, "appointments that are new")                  \
    F(S, INT, changed, 0, 200, 1, "that have changed")                        \
    F(S, INT, same, 0, 200, 1, "that are as they were")                       \
    F(S, INT, cancelled, 0, 9e15, 1, "that are gone, and were cancelled")     \
    F(S, NUMS, refused, 0, 200, 0,                                            \
      "which of this list are of nobody in the asker's care, from 0")

#define KOR_FIELDS_CALENDAR(F, S)                                             \
    F(S, TEXT, therapist, 1, 32, 0, "only this therapist's clients")          \
    F(S, DATE, from, 0, 0, 0, "first day; today without")                     \
    F(S, DATE, until, 0, 0, 0, "last day")                                    \
    F(S, DATE, after_date, 0, 0, 0, "go on behind the row of this date")      \
    F(S, INT, after, 0, 9e15, 0, "and with this id")

#define KOR_FIELDS_AGREED(F, S)                                               \
    F(S, INT, id, 1, 9e15, 1, "row")                                          \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, TEXT, therapist, 1, 32, 1, "therapist")                              \
    F(S, INT, start_ms, 0, 9e15, 1, "when it begins, UTC milliseconds")       \
    F(S, DATE, date, 0, 0, 1, "its day, in the clinic's zone")                \
    F(S, INT, minute, 0, 1439, 1, "and the minutes since midnight there")     \
    F(S, TEXT, mode, 1, 16, 0, "room, phone, video, home or net")             \
    F(S, TEXT, label, 140, 140, 0, "the staff label, closed, base64")         \
    F(S, INT, label_key, 1, 9e15, 0, "key that opens it")

#define KOR_FIELDS_AGREEMENTS(F, S)                                           \
    F(S, LIST, appointments, agreed, 1000, 0,                                 \
      "what is agreed and has not been met, by day")                          \
    F(S, DATE, next_date, 0, 0, 0,                                            \
      "there is more: ask again with it as 'after_date'")                     \
    F(S, INT, next, 1, 9e15, 0, "and this as 'after'")

#endif /* kor/wire/fields_session.h */
