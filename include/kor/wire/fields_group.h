/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELDS_GROUP_H
#define KOR_WIRE_FIELDS_GROUP_H 1

/* Fields of the messages about groups that meet; see message.h. */

#define KOR_FIELDS_GROUP_ADD(F, S)                                            \
    F(S, TEXT, name, 1, 32, 1, "handle of the group, such as imr-monday")     \
    F(S, TEXT, kind, 1, 16, 0, "group (without), or responsibility")          \
    F(S, TEXT, unit, 1, 32, 0, "unit; without: the caller's own")             \
    F(S, TEXT, leader, 1, 32, 0, "who leads it; without: the caller")         \
    F(S, TEXT, second, 1, 32, 0, "who leads it, too")                         \
    F(S, INT, planned, 1, 999, 0, "how many meetings are planned")

#define KOR_FIELDS_GROUP_NAME(F, S)                                           \
    F(S, TEXT, name, 1, 32, 1, "handle of the group")

#define KOR_FIELDS_GROUP_JOIN(F, S)                                           \
    F(S, TEXT, name, 1, 32, 1, "handle of the group")                         \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, DATE, date, 0, 0, 0, "first day in it; today without")

#define KOR_FIELDS_GROUP_LEAVE(F, S)                                          \
    F(S, TEXT, name, 1, 32, 1, "handle of the group")                         \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, DATE, date, 0, 0, 0, "last day in it; today without")                \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_MEETING_HOLD(F, S)                                         \
    F(S, TEXT, name, 1, 32, 1, "handle of the group")                         \
    F(S, DATE, date, 0, 0, 0, "day of the meeting; today without")            \
    F(S, TEXT, module, 1, 32, 0, "what it was about, a word")                 \
    F(S, WORDS, there, 0, 64, 0, "codes of the members who were there")       \
    F(S, WORDS, homework, 0, 64, 0, "codes of those who did their homework")

#define KOR_FIELDS_TASK_ADD(F, S)                                             \
    F(S, TEXT, name, 1, 32, 1, "handle of the group")                         \
    F(S, TEXT, text, 1, 800, 1,                                               \
      "what is to be done: one line of 200 characters, without names")       \
    F(S, TEXT, who, 1, 32, 1, "who does it: an account, or a word")           \
    F(S, DATE, until, 0, 0, 1, "until when")

#define KOR_FIELDS_TASK_DONE(F, S)                                            \
    F(S, TEXT, name, 1, 32, 1, "handle of the group")                         \
    F(S, INT, id, 1, 9e15, 1, "number of the task")

#define KOR_FIELDS_MEMBER(F, S)                                               \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, DATE, joined, 0, 0, 1, "first day in it")                            \
    F(S, DATE, left, 0, 0, 0, "last day; absent while in it")                 \
    F(S, INT, meetings, 0, 9999, 1, "meetings since then")                    \
    F(S, INT, there, 0, 9999, 1, "of which they were there")

#define KOR_FIELDS_MEETING(F, S)                                              \
    F(S, INT, number, 1, 9999, 1, "number, from 1")                           \
    F(S, DATE, date, 0, 0, 1, "day")                                          \
    F(S, TEXT, module, 1, 32, 0, "what it was about")                         \
    F(S, INT, there, 0, 999, 1, "how many were there")                        \
    F(S, INT, members, 0, 999, 1, "of how many")

#define KOR_FIELDS_TASK(F, S)                                                 \
    F(S, INT, id, 1, 9e15, 1, "number")                                       \
    F(S, TEXT, text, 1, 800, 1, "what is to be done")                         \
    F(S, TEXT, who, 1, 32, 1, "who does it")                                  \
    F(S, DATE, until, 0, 0, 1, "until when")                                  \
    F(S, BOOL, overdue, 0, 0, 0, "that is past")

#define KOR_FIELDS_GROUP(F, S)                                                \
    F(S, TEXT, name, 1, 32, 1, "handle of the group")                         \
    F(S, TEXT, kind, 1, 16, 1, "group or responsibility")                     \
    F(S, TEXT, unit, 1, 32, 1, "its unit")                                    \
    F(S, TEXT, leader, 1, 32, 1, "who leads it")                              \
    F(S, TEXT, second, 1, 32, 0, "who leads it, too")                         \
    F(S, INT, planned, 1, 999, 0, "how many meetings are planned")            \
    F(S, LIST, members, member, 1000, 0, "everybody who was ever in it")      \
    F(S, LIST, meetings, meeting, 500, 0, "the meetings, the latest first")   \
    F(S, LIST, tasks, task, 500, 0, "open tasks, the next first")             \
    F(S, WORDS, remarks, 0, 4, 0,                                             \
      "few-members, many-members, one-leader: worth a thought")

#define KOR_FIELDS_GROUPS(F, S)                                               \
    F(S, LIST, groups, group, 1000, 0, "groups, without what is in them")

#define KOR_FIELDS_ATTENDED(F, S)                                             \
    F(S, INT, number, 1, 9999, 1, "number of the meeting")                    \
    F(S, DATE, date, 0, 0, 1, "its day")                                      \
    F(S, TEXT, module, 1, 32, 0, "what it was about")                         \
    F(S, BOOL, there, 0, 0, 0, "the client was there")                        \
    F(S, BOOL, homework, 0, 0, 0, "and had done the homework")

#define KOR_FIELDS_MEMBERSHIP(F, S)                                           \
    F(S, TEXT, group, 1, 32, 1, "handle of the group")                        \
    F(S, DATE, joined, 0, 0, 1, "first day in it")                            \
    F(S, DATE, left, 0, 0, 0, "last day; absent while in it")                 \
    F(S, TEXT, reason, 1, 200, 0, "why the client left")                      \
    F(S, LIST, meetings, attended, 9999, 0, "the meetings since then")

#endif /* kor/wire/fields_group.h */
