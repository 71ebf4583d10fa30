/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELDS_SESSION_H
#define KOR_WIRE_FIELDS_SESSION_H 1

/* Fields of the messages about sessions that are mended; see message.h. */

#define KOR_FIELDS_SESSION_SET(F, S)                                          \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, session, 1, 9999, 1, "which session")                           \
    F(S, DATE, date, 0, 0, 0, "the day it was on")                            \
    F(S, TEXT, status, 1, 24, 0, "held, cancelled-client, cancelled-late, "   \
                              "cancelled-clinic or not-attended")             \
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

#endif /* kor/wire/fields_session.h */
