/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELDS_GOAL_H
#define KOR_WIRE_FIELDS_GOAL_H 1

/* Fields of the messages about goals, what will help and consents; see
 * message.h.  A line of 200 characters has up to 800 bytes. */

#define KOR_FIELDS_GOAL_ADD(F, S)                                             \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, text, 1, 800, 1,                                               \
      "the goal, in at most 200 characters without names")                    \
    F(S, INT, under, 1, 9e15, 0, "goal that it lies under; none without")     \
    F(S, TEXT, criterion, 1, 800, 0, "by which it is known to be reached")    \
    F(S, DATE, set, 0, 0, 0, "day on which it was agreed; today without")     \
    F(S, DATE, target, 0, 0, 0, "day by which it is to be reached")           \
    F(S, NUM, weight, 0.01, 100, 0, "weight beside other goals; 1 without")

#define KOR_FIELDS_GOAL_SET(F, S)                                             \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, id, 1, 9e15, 1, "goal")                                         \
    F(S, TEXT, text, 1, 800, 0, "what it says from now on")                   \
    F(S, TEXT, criterion, 1, 800, 0, "by which it is known to be reached")    \
    F(S, DATE, target, 0, 0, 0, "day by which it is to be reached")           \
    F(S, BOOL, no_target, 0, 0, 0, "by no day any more")                      \
    F(S, TEXT, status, 1, 16, 0, "open, reached or dropped")                  \
    F(S, NUM, weight, 0.01, 100, 0, "weight beside other goals")              \
    F(S, INT, under, 1, 9e15, 0, "goal that it lies under from now on")       \
    F(S, BOOL, top, 0, 0, 0, "it lies under no other any more")

#define KOR_FIELDS_GOAL_PROGRESS(F, S)                                        \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, id, 1, 9e15, 1, "goal")                                         \
    F(S, INT, progress, 0, 10, 0, "0, nothing yet, to 10, reached")           \
    F(S, INT, level, -2, 2, 0,                                                \
      "goal attainment: 0 as expected, -2 much less, 2 much more")            \
    F(S, DATE, date, 0, 0, 0, "day of which this is said; today without")

#define KOR_FIELDS_GOAL_VERSION(F, S)                                         \
    F(S, INT, version, 1, 9e15, 1, "version, from 1")                         \
    F(S, INT, under, 1, 9e15, 0, "goal that it lay under")                    \
    F(S, TEXT, text, 1, 800, 1, "what it said")                               \
    F(S, TEXT, criterion, 1, 800, 0, "by which it was known to be reached")   \
    F(S, DATE, target, 0, 0, 0, "day by which it was to be reached")          \
    F(S, TEXT, status, 1, 16, 1, "open, reached or dropped")                  \
    F(S, NUM, weight, 0, 100, 1, "weight beside other goals")                 \
    F(S, INT, at_ms, 0, 9e15, 1, "when it was written, Unix milliseconds")    \
    F(S, TEXT, by, 1, 32, 1, "by whom")

#define KOR_FIELDS_GOAL_MARK(F, S)                                            \
    F(S, DATE, date, 0, 0, 1, "day of which it was said")                     \
    F(S, INT, progress, 0, 10, 0, "0 to 10")                                  \
    F(S, INT, level, -2, 2, 0, "goal attainment, -2 to 2")                    \
    F(S, INT, at_ms, 0, 9e15, 1, "when it was written, Unix milliseconds")    \
    F(S, TEXT, by, 1, 32, 1, "by whom")

#define KOR_FIELDS_GOAL(F, S)                                                 \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, INT, id, 1, 9e15, 1, "the goal's number")                            \
    F(S, INT, depth, 1, 3, 1, "1 a goal, 2 a sub-goal, 3 a step")             \
    F(S, INT, under, 1, 9e15, 0, "goal that it lies under")                   \
    F(S, TEXT, text, 1, 800, 1, "what it says")                               \
    F(S, TEXT, criterion, 1, 800, 0, "by which it is known to be reached")    \
    F(S, DATE, set, 0, 0, 1, "day on which it was agreed")                    \
    F(S, DATE, target, 0, 0, 0, "day by which it is to be reached")           \
    F(S, TEXT, status, 1, 16, 1, "open, reached or dropped")                  \
    F(S, BOOL, overdue, 0, 0, 0, "it is open, and that day has passed")       \
    F(S, NUM, weight, 0, 100, 1, "weight beside other goals")                 \
    F(S, INT, progress, 0, 10, 0, "how far it has come, if somebody said")    \
    F(S, DATE, progress_date, 0, 0, 0, "when that was")                       \
    F(S, INT, level, -2, 2, 0, "goal attainment, if somebody said")           \
    F(S, DATE, level_date, 0, 0, 0, "when that was")                          \
    F(S, INT, version, 1, 9e15, 1, "version, from 1")                         \
    F(S, INT, at_ms, 0, 9e15, 1, "when it was written, Unix milliseconds")    \
    F(S, TEXT, by, 1, 32, 1, "by whom")                                       \
    F(S, LIST, versions, goal_version, 1000, 0,                               \
      "what it said before, the latest first, if asked for")                  \
    F(S, LIST, marks, goal_mark, 1000, 0,                                     \
      "how far it had come, the latest first, if asked for")

#define KOR_FIELDS_GOAL_LIST(F, S)                                            \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, episode, 1, 999, 0, "episode; the last without")                \
    F(S, BOOL, history, 0, 0, 0, "with what each goal said before, and how "  \
                                 "far it had come")

#define KOR_FIELDS_GOALS(F, S)                                                \
    F(S, LIST, goals, goal, 200, 0, "each before those under it")             \
    F(S, NUM, t, -1e9, 1e9, 0,                                                \
      "goal attainment, 50 as expected; absent if no goal has a level")       \
    F(S, INT, rated, 0, 200, 1, "goals that it is from")

#define KOR_FIELDS_THEORY_SET(F, S)                                           \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, text, 1, 800, 1,                                               \
      "what the client thinks will help, in at most 200 characters")

#define KOR_FIELDS_THEORY(F, S)                                               \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, INT, version, 1, 9e15, 1, "version, from 1")                         \
    F(S, TEXT, text, 1, 800, 1, "what the client thinks will help")           \
    F(S, INT, at_ms, 0, 9e15, 1, "when it was written, Unix milliseconds")    \
    F(S, TEXT, by, 1, 32, 1, "by whom")

#define KOR_FIELDS_CONSENT_GIVE(F, S)                                         \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, purpose, 1, 32, 1, "for what, a word: research")               \
    F(S, TEXT, to, 1, 32, 1, "who gets what it takes, a word")

#define KOR_FIELDS_CONSENT_WITHDRAW(F, S)                                     \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, id, 1, 9e15, 1, "consent")                                      \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_CONSENT(F, S)                                              \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, id, 1, 9e15, 1, "the consent's number")                         \
    F(S, TEXT, purpose, 1, 32, 1, "for what")                                 \
    F(S, TEXT, to, 1, 32, 1, "who gets what it takes")                        \
    F(S, INT, given_ms, 0, 9e15, 1, "when it was given, Unix milliseconds")   \
    F(S, TEXT, by, 1, 32, 1, "who wrote that down")                           \
    F(S, INT, withdrawn_ms, 0, 9e15, 0, "when it was withdrawn; else absent") \
    F(S, TEXT, withdrawn_by, 1, 32, 0, "who wrote that down")                 \
    F(S, TEXT, reason, 1, 200, 0, "why it was withdrawn")

#define KOR_FIELDS_CONSENT_LIST(F, S)                                         \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)

#define KOR_FIELDS_CONSENTS(F, S)                                             \
    F(S, LIST, consents, consent, 200, 0, "the latest first")

#endif /* kor/wire/fields_goal.h */
