/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_MESSAGE_H
#define KOR_WIRE_MESSAGE_H 1

#include "kor/wire/field.h"

/* Every message that goes over the wire, field by field.
 *
 * This is the one list: the structs and the tables below are made from it,
 * and docs/protocol.md is held against it by the tests.
 *
 * A field is F(S, type, name, a, b, need, doc), in the message S.  'a' and
 * 'b' are the least and the greatest number, the shortest and the longest
 * text in bytes, or the fewest and the most entries; for a LIST 'a' is the
 * message that it is of.  'need' is 1 for a field that must be given. */

#define KOR_FIELDS_EMPTY(F, S)

#define KOR_FIELDS_PONG(F, S)                                                 \
    F(S, TEXT, version, 1, 32, 1, "release of the daemon")                    \
    F(S, INT, at_ms, 0, 9e15, 1, "its clock, UTC milliseconds")               \
    F(S, INT, seq, 0, 9e15, 1, "sequence number of the last change")          \
    F(S, TEXT, lang, 2, 2, 1, "language of the clinic: en, nb or sv")         \
    F(S, TEXT, feed, 1, 255, 1, "endpoint of the feed")

#define KOR_FIELDS_STATUS(F, S)                                               \
    F(S, TEXT, version, 1, 32, 1, "release of the daemon")                    \
    F(S, INT, schema, 1, 9999, 1, "version of the database's tables")         \
    F(S, INT, at_ms, 0, 9e15, 1, "its clock, UTC milliseconds")               \
    F(S, INT, started_ms, 0, 9e15, 1, "when it was started")                  \
    F(S, INT, seq, 0, 9e15, 1, "sequence number of the last change")          \
    F(S, INT, database, 0, 9e15, 1, "bytes of the database")                  \
    F(S, INT, log, 0, 9e15, 1, "bytes of the write-ahead log beside it")      \
    F(S, INT, free, 0, 9e15, 1, "bytes that are free on their disk")          \
    F(S, TEXT, reserve, 1, 8, 1, "room kept for a full disk: normal, short, " \
                              "gone")                                         \
    F(S, INT, backup_ms, 0, 9e15, 0, "moment of the last good backup")        \
    F(S, INT, check_ms, 0, 9e15, 0, "when 'kord check' last said sound")      \
    F(S, WORDS, warnings, 0, 16, 0, "what somebody has to see to")

#define KOR_FIELDS_OPEN(F, S)                                                 \
    F(S, TEXT, code, 8, 9, 0, "the client's code; a new one is made without") \
    F(S, TEXT, pathway, 1, 32, 0, "pathway; the clinic's default without")    \
    F(S, TEXT, unit, 1, 32, 0, "unit; the clinic's default without")          \
    F(S, TEXT, therapist, 1, 32, 0, "therapist; the key's own name without")  \
    F(S, TEXT, born, 7, 7, 0, "birth month, YYYY-MM")                         \
    F(S, TEXT, gender, 1, 16, 0, "female, male or other; unknown without")    \
    F(S, DATE, date, 0, 0, 0, "first day; today without")                     \
    F(S, DATE, planned_end, 0, 0, 0, "day on which it is planned to end")

#define KOR_FIELDS_CLOSE(F, S)                                                \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, ending, 1, 16, 1, "planned or unplanned")                      \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")        \
    F(S, DATE, date, 0, 0, 0, "last day; today without")

#define KOR_FIELDS_REOPEN(F, S)                                               \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, pathway, 1, 32, 0,                                             \
      "pathway; that of the last episode without")                            \
    F(S, TEXT, therapist, 1, 32, 0,                                           \
      "therapist; that of the last one without")                              \
    F(S, DATE, date, 0, 0, 0, "first day of the new episode; today without")

#define KOR_FIELDS_EPISODE(F, S)                                              \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "number of the episode, from 1")            \
    F(S, TEXT, pathway, 1, 32, 1, "pathway")                                  \
    F(S, TEXT, unit, 1, 32, 1, "unit")                                        \
    F(S, TEXT, therapist, 1, 32, 1, "therapist")                              \
    F(S, TEXT, born, 7, 7, 0, "birth month, YYYY-MM")                         \
    F(S, TEXT, gender, 1, 16, 0, "female, male or other; unknown without")    \
    F(S, DATE, opened, 0, 0, 1, "first day")                                  \
    F(S, DATE, planned_end, 0, 0, 0, "day on which it is planned to end")     \
    F(S, DATE, closed, 0, 0, 0, "last day; absent while open")                \
    F(S, TEXT, ending, 1, 16, 1, "planned, unplanned or open")                \
    F(S, TEXT, reason, 1, 200, 0, "why it ended")                             \
    F(S, TEXT, lead, 1, 32, 0, "key of the lead scale; none before a score")  \
    F(S, INT, sessions, 0, 9999, 1, "sessions so far, of every status")       \
    F(S, TEXT, cover, 1, 32, 0, "who stands in for the therapist now")        \
    F(S, DATE, cover_until, 0, 0, 0, "last day of that")                      \
    F(S, TEXT, supervisor, 1, 32, 0,                                          \
      "supervisor; absent: who supervises the unit")                          \
    F(S, TEXT, label, 140, 140, 0, "the staff label, closed, base64")         \
    F(S, INT, label_key, 1, 9e15, 0, "key that opens it")

#define KOR_FIELDS_HANDOVER(F, S)                                             \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, to, 1, 32, 1, "the new therapist")                             \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_HANDOVER_ALL(F, S)                                         \
    F(S, TEXT, from, 1, 32, 1, "whose open episodes")                         \
    F(S, TEXT, to, 1, 32, 1, "the new therapist")                             \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")        \
    F(S, INT, after, 0, 9e15, 0, "go on behind this row's id")

#define KOR_FIELDS_HANDED_OVER(F, S)                                          \
    F(S, INT, episodes, 0, 1000, 1, "how many were handed over")              \
    F(S, INT, supervised, 0, 1000, 1,                                         \
      "how many the unit supervises now, in place of who left")               \
    F(S, INT, others, 0, 1000, 1,                                             \
      "how many stay, since they are not this key's to hand over")            \
    F(S, INT, next, 1, 9e15, 0, "there are more: ask again with it as 'after'")

#define KOR_FIELDS_COVER(F, S)                                                \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, by, 1, 32, 0, "who stands in")                                 \
    F(S, DATE, until, 0, 0, 0, "last day of that")                            \
    F(S, BOOL, off, 0, 0, 0, "nobody stands in any more")                     \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_SUPERVISE(F, S)                                            \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, by, 1, 32, 0, "the supervisor")                                \
    F(S, BOOL, unit, 0, 0, 0, "whoever supervises the unit")                  \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_HANDS(F, S)                                                \
    F(S, TEXT, kind, 1, 16, 1, "owner, cover, supervisor or unit")            \
    F(S, TEXT, from, 1, 32, 0, "who it was before; absent: nobody")           \
    F(S, TEXT, to, 1, 32, 0, "who it is from then on; absent: nobody")        \
    F(S, DATE, until, 0, 0, 0, "last day of a cover")                         \
    F(S, TEXT, reason, 1, 200, 1, "why")                                      \
    F(S, INT, at_ms, 0, 9e15, 1, "when, UTC milliseconds")                    \
    F(S, TEXT, by, 1, 32, 1, "who did it")

#define KOR_FIELDS_ANSWER(F, S)                                               \
    F(S, TEXT, scale, 1, 32, 1, "key of the scale, such as phq9")             \
    F(S, NUMS, values, 0, 64, 0,                                              \
      "one number an item, null for a missing one")                           \
    F(S, NUM, total, -1e6, 1e6, 0, "the total, where no items are given")     \
    F(S, TEXT, rater, 1, 16, 0, "whose answer; client without")               \
    F(S, TEXT, language, 2, 8, 0,                                             \
      "language of the form; the clinic's without")                           \
    F(S, TEXT, how, 1, 16, 0, "self, aloud, interpreter or helped")

#define KOR_FIELDS_RECORD(F, S)                                               \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, session, 1, 9999, 0, "session; without: see 'record'")          \
    F(S, DATE, date, 0, 0, 0, "date of the session; today without")           \
    F(S, TEXT, status, 1, 24, 0, "held, cancelled-client, cancelled-late, "   \
                              "cancelled-clinic or not-attended")             \
    F(S, TEXT, mode, 1, 16, 0, "room, phone, video, home or net")             \
    F(S, LIST, answers, answer, 8, 0, "the scales, answered")

#define KOR_FIELDS_VERDICT(F, S)                                              \
    F(S, TEXT, scale, 1, 32, 1, "key of the scale")                           \
    F(S, TEXT, name, 1, 80, 1, "its name, in the language of the request")    \
    F(S, TEXT, kind, 1, 16, 1, "outcome, alliance, symptom, ...")             \
    F(S, TEXT, better, 1, 8, 1, "higher or lower: which direction is good")   \
    F(S, NUM, scale_min, -1e6, 1e6, 1, "least possible total")                \
    F(S, NUM, scale_max, -1e6, 1e6, 1, "greatest possible total")             \
    F(S, TEXT, rater, 1, 16, 1, "whose answer")                               \
    F(S, INT, session, 1, 9999, 1, "session")                                 \
    F(S, DATE, date, 0, 0, 1, "date of the session")                          \
    F(S, INT, version, 1, 999, 1, "1, and one more for each correction")      \
    F(S, TEXT, how, 1, 16, 0, "self, aloud, interpreter or helped")           \
    F(S, NUMS, values, 0, 64, 0, "the items, null for a missing one")         \
    F(S, NUM, total, -1e6, 1e6, 0,                                            \
      "the total; absent if too much is missing")                             \
    F(S, NUM, previous, -1e6, 1e6, 0, "the score given before this one")      \
    F(S, INT, missing, 0, 64, 0, "how many items are missing")                \
    F(S, BOOL, prorated, 0, 0, 0, "the total is estimated from the rest")     \
    F(S, TEXT, attention, 1, 16, 0, "asks: talk about it now; not-seen: ask") \
    F(S, INT, attention_item, 1, 64, 0, "the item that asks")                 \
    F(S, BOOL, lead, 0, 0, 0, "this scale carries standing and signals")      \
    F(S, BOOL, replaced, 0, 0, 0, "a later version stands in its place")      \
    F(S, BOOL, struck, 0, 0, 0, "struck: it was entered on the wrong client") \
    F(S, TEXT, why, 1, 200, 0, "why it was corrected or struck")              \
    F(S, INT, start_session, 1, 9999, 0, "session of the start score")        \
    F(S, NUM, start, -1e6, 1e6, 0, "the start score")                         \
    F(S, NUM, change, -1e6, 1e6, 0,                                           \
      "total minus start score, sign as on form")                             \
    F(S, NUM, needed, 0, 1e6, 0, "points of change that count as reliable")   \
    F(S, TEXT, needed_mark, 1, 16, 0, "recalled or provisional, where it is") \
    F(S, TEXT, needed_source, 1, 300, 0, "where 'needed' comes from")         \
    F(S, NUM, cutoff, -1e6, 1e6, 0, "the cut-off for this person")            \
    F(S, TEXT, cutoff_mark, 1, 16, 0, "recalled, where it is")                \
    F(S, TEXT, cutoff_note, 1, 300, 0, "its source, or why there is no line") \
    F(S, INT, course, 1, 9e15, 0, "id of the expected course used")           \
    F(S, INT, course_people, 0, 9e15, 0, "people behind that course")         \
    F(S, NUM, expected, -1e6, 1e6, 0, "expected score at this session")       \
    F(S, NUM, low80, -1e6, 1e6, 0, "lower end of the expected range (80 %)")  \
    F(S, NUM, high80, -1e6, 1e6, 0, "upper end of it")                        \
    F(S, TEXT, standing, 1, 32, 1, "where the score stands")                  \
    F(S, TEXT, unsaid, 1, 32, 0, "why no standing is given, where none is")   \
    F(S, WORDS, findings, 0, 16, 0, "what the scores so far say")             \
    F(S, TEXT, rule, 1, 16, 0, "the rule that says less, where it is less")   \
    F(S, INT, still_better, 0, 10, 0,                                         \
      "of ten like this, who still ended reliably better; for staff")

#define KOR_FIELDS_SIGNAL(F, S)                                               \
    F(S, INT, id, 1, 9e15, 1, "number of the signal")                         \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, TEXT, therapist, 1, 32, 1, "therapist")                              \
    F(S, TEXT, finding, 1, 32, 1, "which finding asks for an answer")         \
    F(S, TEXT, scale, 1, 32, 1, "on which scale")                             \
    F(S, INT, session, 1, 9999, 1, "at which session")                        \
    F(S, DATE, date, 0, 0, 1, "date of that session")                         \
    F(S, INT, sessions_since, 0, 9999, 1, "sessions held since then")         \
    F(S, BOOL, raised, 0, 0, 0, "raised by this very request")                \
    F(S, TEXT, label, 140, 140, 0, "the staff label, closed, base64")         \
    F(S, INT, label_key, 1, 9e15, 0, "key that opens it")

#define KOR_FIELDS_RECORDED(F, S)                                             \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, INT, session, 1, 9999, 1, "session that the answers belong to")      \
    F(S, DATE, date, 0, 0, 1, "its date")                                     \
    F(S, TEXT, status, 1, 24, 1, "its status")                                \
    F(S, LIST, answers, verdict, 8, 0, "each answer with what it says")       \
    F(S, LIST, signals, signal, 16, 0, "open signals of the episode")         \
    F(S, TEXT, next, 1, 400, 0, "next step, one sentence")                    \
    F(S, BOOL, own, 0, 0, 0, "by the client's own key: no more is said")      \
    F(S, TEXT, label, 140, 140, 0, "the staff label, closed, base64")         \
    F(S, INT, label_key, 1, 9e15, 0, "key that opens it")

#define KOR_FIELDS_CORRECT(F, S)                                              \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, scale, 1, 32, 1, "key of the scale")                           \
    F(S, INT, session, 1, 9999, 1, "session that holds the answer")           \
    F(S, TEXT, rater, 1, 16, 0, "whose answer; client without")               \
    F(S, NUMS, values, 0, 64, 0, "the items as they should be")               \
    F(S, NUM, total, -1e6, 1e6, 0, "the total, where no items are given")     \
    F(S, TEXT, wrong_client, 8, 9, 0, "code of the client it belongs to")     \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_SHOW(F, S)                                                 \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 0, "episode; the last one without")

#define KOR_FIELDS_SESSION(F, S)                                              \
    F(S, INT, session, 1, 9999, 1, "number")                                  \
    F(S, DATE, date, 0, 0, 1, "date")                                         \
    F(S, TEXT, status, 1, 24, 1, "held, cancelled-..., not-attended")         \
    F(S, TEXT, mode, 1, 16, 0, "room, phone, video, home or net")             \
    F(S, LIST, answers, verdict, 999, 0, "answers, all versions")

#define KOR_FIELDS_GLASS_BREAK(F, S)                                          \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, reason, 10, 200, 1, "why, in some words without names")

#define KOR_FIELDS_GLASS(F, S)                                                \
    F(S, INT, id, 1, 9e15, 1, "row, to go on behind")                         \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, by, 1, 32, 1, "who broke it")                                  \
    F(S, TEXT, reason, 1, 200, 1, "why")                                      \
    F(S, INT, at_ms, 0, 9e15, 1, "when, UTC milliseconds")                    \
    F(S, INT, until_ms, 0, 9e15, 1, "up to when it opens the client")

#define KOR_FIELDS_GLASS_LIST(F, S)                                           \
    F(S, INT, before, 1, 9e15, 0, "go on behind this row's id")

#define KOR_FIELDS_GLASSES(F, S)                                              \
    F(S, LIST, glass, glass, 200, 0, "broken glass, the latest first")        \
    F(S, INT, next, 1, 9e15, 0,                                               \
      "there are more: ask again with it as 'before'")

#define KOR_FIELDS_SHOWN(F, S)                                                \
    F(S, LIST, episode, episode, 1, 1, "the episode")                         \
    F(S, INT, episodes, 1, 999, 1, "how many episodes the client has")        \
    F(S, LIST, sessions, session, 9999, 0, "its sessions in order")           \
    F(S, LIST, signals, signal, 64, 0, "its open signals")                    \
    F(S, LIST, hands, hands, 200, 0,                                          \
      "how it came into other hands, the latest first")                       \
    F(S, LIST, glass, glass, 50, 0,                                           \
      "who broke the glass for the client, the latest first")

#define KOR_FIELDS_CASELOAD(F, S)                                             \
    F(S, TEXT, therapist, 1, 32, 0, "only this therapist's clients")          \
    F(S, INT, after, 0, 9e15, 0, "go on behind this row's id")

#define KOR_FIELDS_CLIENT(F, S)                                               \
    F(S, INT, id, 1, 9e15, 1, "row, to go on behind")                         \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, TEXT, pathway, 1, 32, 1, "pathway")                                  \
    F(S, TEXT, therapist, 1, 32, 1, "therapist")                              \
    F(S, DATE, opened, 0, 0, 1, "first day")                                  \
    F(S, INT, sessions, 0, 9999, 1, "sessions so far")                        \
    F(S, DATE, last, 0, 0, 0, "date of the last session")                     \
    F(S, TEXT, scale, 1, 32, 0, "lead scale")                                 \
    F(S, NUM, start, -1e6, 1e6, 0, "start score")                             \
    F(S, NUM, total, -1e6, 1e6, 0, "last score")                              \
    F(S, NUM, change, -1e6, 1e6, 0,                                           \
      "change since start, sign as on the form")                              \
    F(S, TEXT, standing, 1, 32, 0, "where the last score stands")             \
    F(S, TEXT, unsaid, 1, 32, 0, "why no standing is given, where none is")   \
    F(S, WORDS, findings, 0, 16, 0, "what the scores so far say")             \
    F(S, WORDS, signals, 0, 16, 0, "open signals")                            \
    F(S, TEXT, label, 140, 140, 0, "the staff label, closed, base64")         \
    F(S, INT, label_key, 1, 9e15, 0, "key that opens it")

#define KOR_FIELDS_CLIENTS(F, S)                                              \
    F(S, LIST, clients, client, 500, 0, "open episodes, those with signals "  \
                                     "first within the page")                 \
    F(S, INT, next, 1, 9e15, 0, "there are more: ask again with it as 'after'")

#define KOR_FIELDS_SIGNALS(F, S)                                              \
    F(S, TEXT, therapist, 1, 32, 0, "only this therapist's clients")

#define KOR_FIELDS_SIGNAL_LIST(F, S)                                          \
    F(S, LIST, signals, signal, 10000, 0, "open signals, the oldest first")   \
    F(S, LIST, glass, glass, 200, 0,                                          \
      "glass that was broken in the last week, the latest first")

#define KOR_FIELDS_SINCE(F, S)                                                \
    F(S, INT, seq, 0, 9e15, 1, "the last change that you know of")

#define KOR_FIELDS_EVENT(F, S)                                                \
    F(S, INT, seq, 0, 9e15, 1, "sequence number")                             \
    F(S, INT, at_ms, 0, 9e15, 1, "when, UTC milliseconds")                    \
    F(S, TEXT, verb, 1, 32, 1, "what was done")                               \
    F(S, TEXT, code, 8, 9, 0, "the client's code")                            \
    F(S, INT, session, 1, 9999, 0, "session")                                 \
    F(S, TEXT, scale, 1, 32, 0, "scale")                                      \
    F(S, NUM, total, -1e6, 1e6, 0, "score")                                   \
    F(S, TEXT, standing, 1, 32, 0, "where it stands")                         \
    F(S, WORDS, signals, 0, 8, 0, "signals that it raised")                   \
    F(S, TEXT, by, 1, 32, 0, "who did it, where that matters")

#define KOR_FIELDS_EVENTS(F, S)                                               \
    F(S, LIST, events, event, 500, 0, "what happened since, in order")        \
    F(S, INT, seq, 0, 9e15, 1, "the last change of these")                    \
    F(S, BOOL, gap, 0, 0, 0, "older ones are gone: look at 'signals' afresh")

#define KOR_FIELDS_FIGURE(F, S)                                               \
    F(S, TEXT, name, 1, 48, 1, "which figure; docs/methods/clinic.md")        \
    F(S, TEXT, scale, 1, 32, 0, "on which scale")                             \
    F(S, NUM, value, -1e12, 1e12, 0, "the figure; absent if n is too small")  \
    F(S, NUM, low, -1e12, 1e12, 0, "lower end of its 95 % interval")          \
    F(S, NUM, high, -1e12, 1e12, 0, "upper end of it")                        \
    F(S, INT, n, 0, 9e15, 1, "how many it rests on")                          \
    F(S, INT, of, 0, 9e15, 0, "out of how many; the rest is missing")

#define KOR_FIELDS_CLINIC(F, S)                                               \
    F(S, DATE, from, 0, 0, 0, "episodes closed, sessions dated from")         \
    F(S, DATE, to, 0, 0, 0, "and to")                                         \
    F(S, TEXT, unit, 1, 32, 0,                                                \
      "of this unit and those below it; the asker's own without")

#define KOR_FIELDS_FIGURES(F, S)                                              \
    F(S, LIST, figures, figure, 500, 0, "the clinic's figures")               \
    F(S, TEXT, unit, 1, 159, 0,                                               \
      "path of the unit that they are of; / for the whole clinic")

#define KOR_FIELDS_IMPORT_BEGIN(F, S)                                         \
    F(S, TEXT, name, 1, 200, 1, "name of the file, without its folders")      \
    F(S, TEXT, hash, 64, 64, 1, "BLAKE2b-256 of file and map, hexadecimal")   \
    F(S, INT, rows, 1, 50000000, 1, "how many rows will come")                \
    F(S, BOOL, made_up, 0, 0, 0, "the people are made up")

#define KOR_FIELDS_IMPORT_STATE(F, S)                                         \
    F(S, INT, import, 1, 9e15, 1, "id of the import")                         \
    F(S, INT, next, 0, 50000000, 1,                                           \
      "rows that have arrived: go on from here")                              \
    F(S, BOOL, finished, 0, 0, 0, "it is finished already")

#define KOR_FIELDS_IMPORT_ROW(F, S)                                           \
    F(S, TEXT, person, 1, 64, 1, "the file's own id of the person")           \
    F(S, TEXT, pathway, 1, 32, 0, "pathway of the episode")                   \
    F(S, TEXT, therapist, 1, 32, 0, "therapist of the episode")               \
    F(S, TEXT, born, 7, 7, 0, "birth month, YYYY-MM")                         \
    F(S, TEXT, gender, 1, 16, 0, "female, male or other")                     \
    F(S, INT, session, 1, 9999, 0, "session; counted in order without")       \
    F(S, DATE, date, 0, 0, 1, "date of the session")                          \
    F(S, TEXT, status, 1, 24, 0, "status of the session; held without")       \
    F(S, LIST, answers, answer, 8, 0, "the scales of that session")           \
    F(S, TEXT, ending, 1, 16, 0, "planned, unplanned; open without")

#define KOR_FIELDS_IMPORT_ROWS(F, S)                                          \
    F(S, INT, import, 1, 9e15, 1, "id of the import")                         \
    F(S, INT, from, 0, 50000000, 1, "number of the first row, from 0")        \
    F(S, LIST, rows, import_row, 500, 1, "rows, a person's in order of time")

#define KOR_FIELDS_IMPORT_PERSON(F, S)                                        \
    F(S, TEXT, person, 1, 64, 1, "the file's own id of the person")           \
    F(S, TEXT, code, 8, 9, 1, "the code that kor gave")

#define KOR_FIELDS_IMPORT_FINISH(F, S)                                        \
    F(S, INT, import, 1, 9e15, 1, "id of the import")

#define KOR_FIELDS_IMPORT_CODES(F, S)                                         \
    F(S, INT, import, 1, 9e15, 1, "id of the import")                         \
    F(S, INT, after, 0, 9e15, 0, "go on behind this row")

#define KOR_FIELDS_IMPORT_PEOPLE(F, S)                                        \
    F(S, LIST, people, import_person, 1000, 0, "who is who")                  \
    F(S, INT, next, 1, 9e15, 0, "there are more: ask again with it as 'after'")

#define KOR_FIELDS_EXPORT(F, S)                                               \
    F(S, INT, after, 0, 9e15, 0, "go on here: 'next' of the page before")     \
    F(S, INT, skip, 0, 9e15, 0, "for research: 'skip' of that page")          \
    F(S, INT, series, 1, 9e15, 0, "for research: 'series' of that page")

#define KOR_FIELDS_EXPORT_ROW(F, S)                                           \
    F(S, TEXT, code, 8, 9, 0, "the client's code; not for research")          \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, TEXT, pathway, 1, 32, 0,                                             \
      "pathway; for research if five people have it")                         \
    F(S, TEXT, unit, 1, 32, 0, "unit; not for research")                      \
    F(S, TEXT, therapist, 1, 32, 0, "therapist; not for research")            \
    F(S, TEXT, ending, 1, 16, 1, "planned, unplanned or open")                \
    F(S, INT, session, 1, 9999, 1, "session")                                 \
    F(S, DATE, date, 0, 0, 0, "its date; not for research")                   \
    F(S, TEXT, status, 1, 24, 1, "its status")                                \
    F(S, TEXT, mode, 1, 16, 0, "its mode")                                    \
    F(S, TEXT, scale, 1, 32, 0,                                               \
      "scale; absent for a session without answers")                          \
    F(S, TEXT, scale_version, 1, 16, 0, "version of its definition")          \
    F(S, TEXT, rater, 1, 16, 0, "whose answer")                               \
    F(S, TEXT, language, 2, 8, 0, "language of the form")                     \
    F(S, TEXT, how, 1, 16, 0, "how it was filled in")                         \
    F(S, INT, version, 1, 999, 0, "version; only the last of each is here")   \
    F(S, NUMS, values, 0, 64, 0, "items, null for a missing one")             \
    F(S, NUM, total, -1e6, 1e6, 0, "total")                                   \
    F(S, TEXT, standing, 1, 32, 0, "standing as stored then")                 \
    F(S, BOOL, made_up, 0, 0, 0, "a made-up person")                          \
    F(S, TEXT, person, 13, 13, 0,                                             \
      "for research: tells people apart within this series")                  \
    F(S, INT, day, -99999, 99999, 0,                                          \
      "for research: days since the first day of the episode")

#define KOR_FIELDS_EXPORT_ROWS(F, S)                                          \
    F(S, LIST, rows, export_row, 4000, 0, "one row an answer")                \
    F(S, INT, next, 1, 9e15, 0,                                               \
      "there are more: ask again with it as 'after'")                         \
    F(S, INT, skip, 0, 9e15, 0, "for research: give it along with 'next'")    \
    F(S, INT, series, 1, 9e15, 0,                                             \
      "for research: give it along; the people of another series have "       \
                            "other ids")

#define KOR_FIELDS_INSTRUMENT(F, S)                                           \
    F(S, TEXT, key, 1, 32, 1, "key of the scale")                             \
    F(S, TEXT, version, 1, 16, 0, "version; the newest without")              \
    F(S, TEXT, kind, 1, 16, 0, "outcome, alliance, symptom, ...")             \
    F(S, TEXT, name, 1, 120, 0, "name, in the language of the request")       \
    F(S, INT, items, 0, 64, 0, "how many items")                              \
    F(S, BOOL, shell, 0, 0, 0, "without wording: load the text you license")  \
    F(S, TEXT, licence, 1, 200, 0, "its licence, in short")                   \
    F(S, JSON, definition, 0, 262144, 0, "the whole definition")

#define KOR_FIELDS_INSTRUMENTS(F, S)                                          \
    F(S, LIST, instruments, instrument, 1000, 0,                              \
      "the catalogue, newest versions")

#define KOR_FIELDS_INSTRUMENT_ADD(F, S)                                       \
    F(S, JSON, definition, 0, 262144, 1, "the whole definition")

#define KOR_FIELDS_COURSE_FIT(F, S)                                           \
    F(S, TEXT, scale, 1, 32, 1, "key of the scale")                           \
    F(S, TEXT, pathway, 1, 32, 0, "only episodes of this pathway")            \
    F(S, TEXT, rater, 1, 16, 0, "whose answers; client without")              \
    F(S, TEXT, method, 1, 8, 0, "reml (default) or ml")                       \
    F(S, TEXT, f, 1, 8, 0,                                                    \
      "log of the session number (default), or log1p of "                     \
                        "the weeks since the start score")                    \
    F(S, INT, reference, 1, 9e15, 0,                                          \
      "id of a course that helps out until enough episodes are closed")

#define KOR_FIELDS_COURSE_ADD(F, S)                                           \
    F(S, JSON, certificate, 0, 65536, 1, "the whole course and its origin")   \
    F(S, TEXT, source, 1, 120, 0, "whose episodes it was fitted to")

#define KOR_FIELDS_COURSE(F, S)                                               \
    F(S, INT, id, 1, 9e15, 1, "id of the course")                             \
    F(S, TEXT, scale, 1, 32, 0, "key of the scale")                           \
    F(S, TEXT, pathway, 1, 32, 0, "pathway; absent if of all")                \
    F(S, INT, people, 0, 9e15, 0, "people behind it")                         \
    F(S, INT, records, 0, 9e15, 0, "scores behind it")                        \
    F(S, TEXT, method, 1, 8, 0, "reml or ml")                                 \
    F(S, TEXT, f, 1, 8, 0, "function of time")                                \
    F(S, TEXT, status, 1, 24, 0, "how the fit ended")                         \
    F(S, TEXT, fitted, 1, 32, 0, "when, UTC")                                 \
    F(S, BOOL, in_use, 0, 0, 0, "new scores are held against it")             \
    F(S, TEXT, note, 1, 300, 0, "why it is not used, where it is not")        \
    F(S, JSON, certificate, 0, 65536, 0, "the whole course and its origin")

#define KOR_FIELDS_COURSES(F, S)                                              \
    F(S, LIST, courses, course, 1000, 0, "all courses, the newest first")

#define KOR_FIELDS_COURSE_ID(F, S)                                            \
    F(S, INT, id, 1, 9e15, 1, "id of the course")

#define KOR_FIELDS_COURSE_USE(F, S)                                           \
    F(S, INT, id, 1, 9e15, 1, "id of the course")                             \
    F(S, BOOL, off, 0, 0, 0, "stop using it")

#define KOR_FIELDS_GRAPH(F, S)                                                \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 0, "episode; the last one without")            \
    F(S, TEXT, scale, 1, 32, 0, "scale; the lead scale without")              \
    F(S, TEXT, rater, 1, 16, 0, "whose answers; client without")              \
    F(S, TEXT, format, 1, 8, 1, "svg, pdf, png or text")                      \
    F(S, INT, width, 20, 4000, 0, "points (svg, pdf, png) or columns (text)") \
    F(S, INT, height, 10, 4000, 0, "points or lines")                         \
    F(S, BOOL, no_band, 0, 0, 0, "leave the expected course out")             \
    F(S, BOOL, no_alliance, 0, 0, 0, "leave the alliance out")                \
    F(S, BOOL, no_neighbours, 0, 0, 0, "leave the most alike episodes out")

#define KOR_FIELDS_PICTURE(F, S)                                              \
    F(S, TEXT, format, 1, 8, 1, "svg, pdf, png or text")                      \
    F(S, LONG, text, 0, 4194304, 0, "the picture, where it is text")          \
    F(S, LONG, base64, 0, 8388608, 0, "the picture, where it is bytes")

#define KOR_FIELDS_LOG_VERIFY(F, S)                                           \
    F(S, TEXT, anchor, 3, 96, 0, "SEQ:HASH that was written down before")

#define KOR_FIELDS_LOG_STATE(F, S)                                            \
    F(S, INT, first, 0, 9e15, 1, "first row that is there; 0: none")          \
    F(S, INT, last, 0, 9e15, 1, "last row")                                   \
    F(S, TEXT, hash, 64, 64, 1, "its hash: with 'last' an anchor")            \
    F(S, INT, broken, 1, 9e15, 0, "first row that does not follow")           \
    F(S, TEXT, anchor, 1, 8, 0, "holds, fails or gone; with an anchor")

#define KOR_FIELDS_LOG_OF(F, S)                                               \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, after, 0, 9e15, 0, "go on behind this row")

#define KOR_FIELDS_LOG_ROW(F, S)                                              \
    F(S, INT, seq, 1, 9e15, 1, "row of the access log")                       \
    F(S, TEXT, at, 20, 31, 1, "when, UTC")                                    \
    F(S, TEXT, name, 1, 32, 0, "who; absent for a key nobody knows")          \
    F(S, TEXT, role, 1, 16, 0, "role by which it was allowed")                \
    F(S, TEXT, action, 1, 32, 1, "the verb, log-in, ...")                     \
    F(S, TEXT, unit, 1, 159, 0, "path of the episode's unit")                 \
    F(S, TEXT, code, 8, 9, 0, "the client's code")                            \
    F(S, INT, episode, 1, 999, 0, "episode")                                  \
    F(S, INT, listed, 1, 1e6, 0, "clients in a list that was shown")          \
    F(S, TEXT, object, 1, 64, 0, "what else it was about")                    \
    F(S, TEXT, ground, 1, 16, 0, "relation that allowed it")                  \
    F(S, TEXT, reason, 1, 200, 0, "the reason that was given")                \
    F(S, TEXT, outcome, 1, 24, 1, "ok, or the word of the refusal")

#define KOR_FIELDS_LOG_ROWS(F, S)                                             \
    F(S, LIST, rows, log_row, 500, 0, "rows in order")                        \
    F(S, INT, next, 1, 9e15, 0, "there are more: ask again with it as 'after'")

#define KOR_FIELDS_LOG_REVIEW(F, S)                                           \
    F(S, INT, n, 1, 100, 0, "rows to look over; 20 without")                  \
    F(S, DATE, from, 0, 0, 0, "from this day on; the last 30 without")        \
    F(S, DATE, to, 0, 0, 0, "up to this day; today without")

#define KOR_FIELDS_REVIEW(F, S)                                               \
    F(S, INT, id, 1, 9e15, 1, "number of the review")                         \
    F(S, TEXT, at, 20, 31, 1, "when it was drawn, UTC")                       \
    F(S, TEXT, name, 1, 32, 1, "who drew it")                                 \
    F(S, INT, first, 1, 9e15, 1, "drawn from this row")                       \
    F(S, INT, last, 1, 9e15, 1, "to this")                                    \
    F(S, INT, seed, 0, 9e15, 1, "seed of the draw")                           \
    F(S, TEXT, finding, 1, 200, 0, "what was found; absent while open")       \
    F(S, LIST, rows, log_row, 100, 0, "the rows, when it is drawn")

#define KOR_FIELDS_REVIEWS(F, S)                                              \
    F(S, LIST, reviews, review, 1000, 0, "the newest first")

#define KOR_FIELDS_LOG_REVIEWED(F, S)                                         \
    F(S, INT, id, 1, 9e15, 1, "number of the review")                         \
    F(S, TEXT, finding, 1, 200, 1, "what was found, without names")

#define KOR_FIELDS_LOG_CUT(F, S)                                              \
    F(S, DATE, before, 0, 0, 1, "rows before this day go; five years are kept")

#define KOR_FIELDS_LOG_CUT_DONE(F, S)                                         \
    F(S, INT, last, 1, 9e15, 1, "last row that goes")                         \
    F(S, INT, rows, 1, 9e15, 1, "how many go")

#define KOR_FIELDS_ERASE(F, S)                                                \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_ERASED(F, S)                                               \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episodes, 1, 999, 1, "episodes that are gone")                  \
    F(S, TEXT, at, 20, 31, 1, "when, UTC")

#define KOR_FIELDS_RETENTION(F, S)                                            \
    F(S, DATE, before, 0, 0, 1, "nothing was entered on this day or later")   \
    F(S, INT, after, 0, 9e15, 0, "go on behind this row's id")

#define KOR_FIELDS_DORMANT(F, S)                                              \
    F(S, INT, id, 1, 9e15, 1, "row, to go on behind")                         \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, DATE, last, 0, 0, 1, "date of the last entry")

#define KOR_FIELDS_DORMANTS(F, S)                                             \
    F(S, LIST, people, dormant, 500, 0, "clients without an open episode")    \
    F(S, INT, next, 1, 9e15, 0, "there are more: ask again with it as 'after'")

#define KOR_FIELDS_PERSON(F, S)                                               \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, asked, 1, 200, 1, "who asked for it, and why, without names")

#define KOR_FIELDS_PERSON_FILE(F, S)                                          \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, asked, 1, 200, 1, "who asked for it, and why")                 \
    F(S, TEXT, at, 20, 31, 1, "when, UTC")                                    \
    F(S, LIST, episodes, shown, 999, 1, "everything, episode by episode")     \
    F(S, LIST, graphs, picture, 999, 0,                                       \
      "the graph of each episode that has one, PDF")

#define KOR_FIELDS_LABEL(F, S)                                                \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, label, 140, 140, 0, "the label, closed, base64; or drop it") \
    F(S, INT, key, 1, 9e15, 0, "key that it is closed with")

#define KOR_FIELDS_LABELLED(F, S)                                             \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, unit, 1, 32, 1, "unit whose staff read the label")             \
    F(S, TEXT, label, 140, 140, 0, "the label, closed, base64")               \
    F(S, INT, label_key, 1, 9e15, 0, "key that opens it")

#define KOR_FIELDS_LABEL_UNIT(F, S)                                           \
    F(S, TEXT, unit, 1, 32, 0, "unit, its newest key; the clinic's without")  \
    F(S, INT, key, 1, 9e15, 0, "or the key of that number")

#define KOR_FIELDS_LABEL_MEMBER(F, S)                                         \
    F(S, INT, actor, 1, 9e15, 1, "number of a key of the unit's staff")        \
    F(S, TEXT, name, 1, 32, 1, "whose it is")                                 \
    F(S, TEXT, public, 40, 40, 1, "the public key, Z85")                      \
    F(S, BOOL, can_open, 0, 0, 0, "it can open the labels")

#define KOR_FIELDS_LABEL_KEY(F, S)                                            \
    F(S, TEXT, unit, 1, 32, 1, "unit")                                        \
    F(S, INT, key, 1, 9e15, 0, "number of the key; none yet without")         \
    F(S, TEXT, proof, 44, 44, 0, "tells the right key, base64")               \
    F(S, TEXT, share, 108, 108, 0, "the key, closed for the asker, base64")   \
    F(S, LIST, members, label_member, 1000, 0, "who of the staff can open it")

#define KOR_FIELDS_LABEL_BEGIN(F, S)                                          \
    F(S, TEXT, unit, 1, 32, 0, "unit; the clinic's without")                  \
    F(S, TEXT, proof, 44, 44, 1, "of the new key, base64")                    \
    F(S, TEXT, share, 108, 108, 1, "the key, closed for the asker, base64")

#define KOR_FIELDS_LABEL_SHARE(F, S)                                          \
    F(S, INT, key, 1, 9e15, 1, "number of the key")                           \
    F(S, INT, actor, 1, 9e15, 1, "for whom")                                  \
    F(S, TEXT, share, 108, 108, 1, "the key, closed for that key, base64")

#define KOR_FIELDS_CONTACT(F, S)                                              \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, phone, 1, 32, 0, "phone number; \"-\" drops it")               \
    F(S, TEXT, email, 1, 200, 0, "e-mail address; \"-\" drops it")

#define KOR_FIELDS_CONTACTS(F, S)                                             \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, phone, 1, 32, 0, "phone number")                               \
    F(S, TEXT, email, 1, 200, 0, "e-mail address")

#define KOR_FIELDS_CONTACT_OF(F, S)                                           \
    F(S, TEXT, code, 8, 9, 1, "the client's code")
#define KOR_FIELDS_UNIT(F, S)                                                 \
    F(S, TEXT, name, 1, 32, 1, "handle of the unit")                          \
    F(S, TEXT, path, 1, 159, 1, "it and all units above it: /clinic/north/")

#define KOR_FIELDS_UNITS(F, S)                                                \
    F(S, LIST, units, unit, 1000, 0, "the units, each below those above it")

#define KOR_FIELDS_UNIT_ADD(F, S)                                             \
    F(S, TEXT, name, 1, 32, 1, "its handle: a-z, 0-9 and hyphens")            \
    F(S, TEXT, under, 1, 32, 0, "the unit above it; your own without")

#define KOR_FIELDS_ACCOUNT(F, S)                                              \
    F(S, TEXT, name, 1, 32, 1, "handle of the account")                       \
    F(S, WORDS, roles, 0, 16, 0, "its roles")                                 \
    F(S, TEXT, unit, 1, 32, 0, "its unit; absent: the whole clinic")          \
    F(S, TEXT, client, 8, 9, 0, "code of the client it is, role 'client'")    \
    F(S, INT, keys, 0, 9e15, 1, "keys that are admitted now")                 \
    F(S, INT, episodes, 0, 9e15, 1, "open episodes that it owns")             \
    F(S, INT, left_ms, 0, 9e15, 0, "when it left, UTC milliseconds")

#define KOR_FIELDS_ACCOUNT_LIST(F, S)                                         \
    F(S, BOOL, all, 0, 0, 0, "those as well who have left")

#define KOR_FIELDS_ACCOUNTS(F, S)                                             \
    F(S, LIST, accounts, account, 100000, 0, "the accounts of your unit")

#define KOR_FIELDS_ACCOUNT_ADD(F, S)                                          \
    F(S, TEXT, name, 1, 32, 0, "its handle: a-z, 0-9 and hyphens")            \
    F(S, WORDS, roles, 0, 16, 0, "its roles, at least one")                   \
    F(S, TEXT, unit, 1, 32, 0, "its unit; your own without")                  \
    F(S, TEXT, client, 8, 9, 0,                                               \
      "the client it is for, in place of name, roles and unit")

#define KOR_FIELDS_ACCOUNT_SET(F, S)                                          \
    F(S, TEXT, name, 1, 32, 1, "handle of the account")                       \
    F(S, WORDS, roles, 0, 16, 0, "all of its roles; as they are without")     \
    F(S, TEXT, unit, 1, 32, 0, "its unit; as it is without")                  \
    F(S, BOOL, whole, 0, 0, 0, "no unit: the whole clinic")

#define KOR_FIELDS_ACCOUNT_NAME(F, S)                                         \
    F(S, TEXT, name, 1, 32, 1, "handle of the account")

#define KOR_FIELDS_KEY(F, S)                                                  \
    F(S, INT, id, 1, 9e15, 1, "number of the key")                            \
    F(S, TEXT, name, 1, 32, 1, "account that it belongs to")                  \
    F(S, TEXT, public_key, 40, 40, 1, "its public half, Z85")                 \
    F(S, INT, added_ms, 0, 9e15, 1, "since when it is admitted")              \
    F(S, INT, expires_ms, 0, 9e15, 0, "when it ends; absent: never")          \
    F(S, INT, revoked_ms, 0, 9e15, 0, "when it was revoked")                  \
    F(S, TEXT, why, 1, 200, 0, "why it was revoked")                          \
    F(S, BOOL, mine, 0, 0, 0, "this request came with it")

#define KOR_FIELDS_KEYS(F, S)                                                 \
    F(S, LIST, keys, key, 100000, 0, "the keys, by number")

#define KOR_FIELDS_KEY_LIST(F, S)                                             \
    F(S, TEXT, name, 1, 32, 0,                                                \
      "only this account's; without: all that you may see")

#define KOR_FIELDS_KEY_REVOKE(F, S)                                           \
    F(S, TEXT, name, 1, 32, 0, "all keys of this account, or")                \
    F(S, INT, id, 1, 9e15, 0, "the key of this number")                       \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_KEY_ENROL(F, S)                                            \
    F(S, TEXT, name, 1, 32, 1, "account that is to get a key")                \
    F(S, INT, days, 1, 3650, 0, "life of the key; no end without")

#define KOR_FIELDS_ENROLMENT(F, S)                                            \
    F(S, TEXT, name, 1, 32, 1, "account that is to get a key")                \
    F(S, TEXT, code, 11, 11, 1, "one-time code, for 'enrol'")                 \
    F(S, INT, expires_ms, 0, 9e15, 1, "when it ends, UTC milliseconds")

#define KOR_FIELDS_ENROL(F, S)                                                \
    F(S, TEXT, code, 10, 11, 1, "the one-time code")

#define KOR_FIELDS_ENROLLED(F, S)                                             \
    F(S, TEXT, name, 1, 32, 1, "account that has got the key")                \
    F(S, WORDS, roles, 1, 16, 0, "its roles")                                 \
    F(S, INT, id, 1, 9e15, 1, "number of the key")                            \
    F(S, INT, expires_ms, 0, 9e15, 0, "when the key ends; absent: never")

/* Kinds of message, inner ones before those that hold them:
 * M(struct, list of fields). */
#define KOR_MESSAGES(M)                                                       \
    M(empty, EMPTY)                                                           \
    M(pong, PONG)                                                             \
    M(status, STATUS)                                                         \
    M(open, OPEN)                                                             \
    M(close, CLOSE)                                                           \
    M(reopen, REOPEN)                                                         \
    M(episode, EPISODE)                                                       \
    M(handover, HANDOVER)                                                     \
    M(handover_all, HANDOVER_ALL)                                             \
    M(handed_over, HANDED_OVER)                                               \
    M(cover, COVER)                                                           \
    M(supervise, SUPERVISE)                                                   \
    M(hands, HANDS)                                                           \
    M(answer, ANSWER)                                                         \
    M(record, RECORD)                                                         \
    M(verdict, VERDICT)                                                       \
    M(signal, SIGNAL)                                                         \
    M(recorded, RECORDED)                                                     \
    M(correct, CORRECT)                                                       \
    M(show, SHOW)                                                             \
    M(session, SESSION)                                                       \
    M(glass_break, GLASS_BREAK)                                               \
    M(glass, GLASS)                                                           \
    M(glass_list, GLASS_LIST)                                                 \
    M(glasses, GLASSES)                                                       \
    M(shown, SHOWN)                                                           \
    M(caseload, CASELOAD)                                                     \
    M(client, CLIENT)                                                         \
    M(clients, CLIENTS)                                                       \
    M(signals, SIGNALS)                                                       \
    M(signal_list, SIGNAL_LIST)                                               \
    M(since, SINCE)                                                           \
    M(event, EVENT)                                                           \
    M(events, EVENTS)                                                         \
    M(clinic, CLINIC)                                                         \
    M(figure, FIGURE)                                                         \
    M(figures, FIGURES)                                                       \
    M(import_begin, IMPORT_BEGIN)                                             \
    M(import_state, IMPORT_STATE)                                             \
    M(import_row, IMPORT_ROW)                                                 \
    M(import_rows, IMPORT_ROWS)                                               \
    M(import_finish, IMPORT_FINISH)                                           \
    M(import_codes, IMPORT_CODES)                                             \
    M(import_person, IMPORT_PERSON)                                           \
    M(import_people, IMPORT_PEOPLE)                                           \
    M(export, EXPORT)                                                         \
    M(export_row, EXPORT_ROW)                                                 \
    M(export_rows, EXPORT_ROWS)                                               \
    M(instrument, INSTRUMENT)                                                 \
    M(instruments, INSTRUMENTS)                                               \
    M(instrument_add, INSTRUMENT_ADD)                                         \
    M(course_fit, COURSE_FIT)                                                 \
    M(course_add, COURSE_ADD)                                                 \
    M(course, COURSE)                                                         \
    M(courses, COURSES)                                                       \
    M(course_id, COURSE_ID)                                                   \
    M(course_use, COURSE_USE)                                                 \
    M(graph, GRAPH)                                                           \
    M(picture, PICTURE)                                                       \
    M(log_verify, LOG_VERIFY)                                                 \
    M(log_state, LOG_STATE)                                                   \
    M(log_of, LOG_OF)                                                         \
    M(log_row, LOG_ROW)                                                       \
    M(log_rows, LOG_ROWS)                                                     \
    M(log_review, LOG_REVIEW)                                                 \
    M(review, REVIEW)                                                         \
    M(reviews, REVIEWS)                                                       \
    M(log_reviewed, LOG_REVIEWED)                                             \
    M(log_cut, LOG_CUT)                                                       \
    M(log_cut_done, LOG_CUT_DONE)                                             \
    M(erase, ERASE)                                                           \
    M(erased, ERASED)                                                         \
    M(retention, RETENTION)                                                   \
    M(dormant, DORMANT)                                                       \
    M(dormants, DORMANTS)                                                     \
    M(person, PERSON)                                                         \
    M(person_file, PERSON_FILE)                                               \
    M(label, LABEL)                                                           \
    M(labelled, LABELLED)                                                     \
    M(label_unit, LABEL_UNIT)                                                 \
    M(label_member, LABEL_MEMBER)                                             \
    M(label_key, LABEL_KEY)                                                   \
    M(label_begin, LABEL_BEGIN)                                               \
    M(label_share, LABEL_SHARE)                                               \
    M(contact, CONTACT)                                                       \
    M(contacts, CONTACTS)                                                     \
    M(contact_of, CONTACT_OF)                                                 \
    M(unit, UNIT)                                                             \
    M(units, UNITS)                                                           \
    M(unit_add, UNIT_ADD)                                                     \
    M(account, ACCOUNT)                                                       \
    M(account_list, ACCOUNT_LIST)                                             \
    M(accounts, ACCOUNTS)                                                     \
    M(account_add, ACCOUNT_ADD)                                               \
    M(account_set, ACCOUNT_SET)                                               \
    M(account_name, ACCOUNT_NAME)                                             \
    M(key, KEY)                                                               \
    M(keys, KEYS)                                                             \
    M(key_list, KEY_LIST)                                                     \
    M(key_revoke, KEY_REVOKE)                                                 \
    M(key_enrol, KEY_ENROL)                                                   \
    M(enrolment, ENROLMENT)                                                   \
    M(enrol, ENROL)                                                           \
    M(enrolled, ENROLLED)

/* What can be asked: V(name, wire word, request, reply, writes, doc).  A verb
 * that writes is stored with its request id and its reply, so that the same
 * request asked again gives the same answer. */
#define KOR_VERBS(V)                                                          \
    V(PING, "ping", empty, pong, 0, "are you there?")                         \
    V(STATUS, "status", empty, status, 0,                                     \
      "how the daemon and its files are")                                     \
    V(OPEN, "open", open, episode, 1, "opens an episode")                     \
    V(CLOSE, "close", close, episode, 1, "closes the open episode")           \
    V(REOPEN, "reopen", reopen, episode, 1,                                   \
      "opens a new episode for a client who comes back")                      \
    V(HANDOVER, "handover", handover, episode, 1,                             \
      "gives an episode to another therapist")                                \
    V(HANDOVER_ALL, "handover.all", handover_all, handed_over, 1,             \
      "gives all open episodes of somebody to another therapist")             \
    V(COVER, "cover", cover, episode, 1,                                      \
      "lets somebody stand in for the therapist, or ends that")               \
    V(SUPERVISE, "supervise", supervise, episode, 1,                          \
      "gives an episode another supervisor")                                  \
    V(GLASS_BREAK, "glass.break", glass_break, glass, 1,                      \
      "opens a client in an emergency, on record")                            \
    V(GLASS_LIST, "glass.list", glass_list, glasses, 0,                       \
      "who broke the glass, for whom and why")                                \
    V(RECORD, "record", record, recorded, 1,                                  \
      "records a session and the scales answered in it")                      \
    V(CORRECT, "correct", correct, recorded, 1,                               \
      "stores a new version of an answer, or moves it to its client")         \
    V(SHOW, "show", show, shown, 0, "one episode with all that it holds")     \
    V(CASELOAD, "caseload", caseload, clients, 0, "open episodes")            \
    V(SIGNALS, "signals", signals, signal_list, 0, "open signals")            \
    V(SINCE, "since", since, events, 0, "what happened since a change")       \
    V(CLINIC, "clinic", clinic, figures, 0, "the clinic's figures")           \
    V(IMPORT_BEGIN, "import.begin", import_begin, import_state, 1,            \
      "begins an import, or finds it again")                                  \
    V(IMPORT_ROWS, "import.rows", import_rows, import_state, 1,               \
      "adds rows to an import")                                               \
    V(IMPORT_FINISH, "import.finish", import_finish, import_state, 1,         \
      "makes what was imported visible")                                      \
    V(IMPORT_CODES, "import.codes", import_codes, import_people, 0,           \
      "which person of the file got which code")                              \
    V(EXPORT, "export", export, export_rows, 0, "all answers, page by page")  \
    V(INSTRUMENTS, "instrument.list", empty, instruments, 0,                  \
      "the catalogue of scales")                                              \
    V(INSTRUMENT, "instrument.show", instrument, instrument, 0,               \
      "one definition")                                                       \
    V(INSTRUMENT_ADD, "instrument.add", instrument_add, instrument, 1,        \
      "adds a definition to the catalogue")                                   \
    V(COURSE_FIT, "course.fit", course_fit, course, 1,                        \
      "fits an expected course to the closed episodes")                       \
    V(COURSE_ADD, "course.add", course_add, course, 1,                        \
      "adds a course that was fitted elsewhere")                              \
    V(COURSES, "course.list", empty, courses, 0, "the expected courses")      \
    V(COURSE, "course.show", course_id, course, 0, "one of them")             \
    V(COURSE_USE, "course.use", course_use, course, 1,                        \
      "holds new scores against this course")                                 \
    V(GRAPH, "graph", graph, picture, 0, "draws an episode")                  \
    V(LOG_VERIFY, "log.verify", log_verify, log_state, 0,                     \
      "does the chain of the access log hold?")                               \
    V(LOG_OF, "log.of", log_of, log_rows, 0, "who looked at a client")        \
    V(LOG_REVIEW, "log.review", log_review, review, 1,                        \
      "draws rows of the access log at random, to be looked over")            \
    V(LOG_REVIEWED, "log.reviewed", log_reviewed, review, 1,                  \
      "says what was found in them")                                          \
    V(LOG_REVIEWS, "log.reviews", empty, reviews, 0,                          \
      "which spot checks there were")                                         \
    V(LOG_CUT, "log.cut", log_cut, log_cut_done, 1,                           \
      "lets the oldest rows of the access log go")                            \
    V(ERASE, "erase", erase, erased, 1, "erases everything about a client")   \
    V(RETENTION, "retention", retention, dormants, 0,                         \
      "clients of whom nothing was entered for long")                         \
    V(PERSON, "person", person, person_file, 0,                               \
      "everything about a client, for whoever may ask for it")                \
    V(LABEL_SET, "label.set", label, labelled, 1,                             \
      "puts a label to a client, closed for the staff of the unit")           \
    V(LABEL_KEY, "label.key", label_unit, label_key, 0,                       \
      "the key of a unit's labels, closed for the asker")                     \
    V(LABEL_BEGIN, "label.begin", label_begin, label_key, 1,                  \
      "begins a new key of a unit's labels")                                  \
    V(LABEL_SHARE, "label.share", label_share, label_key, 1,                  \
      "closes that key for one more of the staff")                            \
    V(CONTACT_SET, "contact.set", contact, contact_of, 1,                     \
      "stores where a client can be reached")                                 \
    V(CONTACT, "contact.show", contact_of, contacts, 0,                       \
      "where a client can be reached")                                        \
    V(UNIT_LIST, "unit.list", empty, units, 0, "the units of the clinic")     \
    V(UNIT_ADD, "unit.add", unit_add, unit, 1, "adds a unit")                 \
    V(ACCOUNT_LIST, "account.list", account_list, accounts, 0,                \
      "who has an account")                                                   \
    V(ACCOUNT_ADD, "account.add", account_add, account, 1,                    \
      "adds an account")                                                      \
    V(ACCOUNT_SET, "account.set", account_set, account, 1,                    \
      "changes roles or unit of an account")                                  \
    V(ACCOUNT_LEAVE, "account.leave", account_name, account, 1,               \
      "somebody leaves: all keys are refused from now on")                    \
    V(KEY_LIST, "key.list", key_list, keys, 0, "the keys of accounts")        \
    V(KEY_REVOKE, "key.revoke", key_revoke, keys, 1,                          \
      "refuses keys from now on")                                             \
    V(KEY_ENROL, "key.enrol", key_enrol, enrolment, 1,                        \
      "gives a one-time code by which a key can be enrolled")                 \
    V(ENROL, "enrol", enrol, enrolled, 1,                                     \
      "enrols the key of the connection, which nobody knows yet")

/* --- what the lists become ----------------------------------------------- */

#define KOR_MEMBER(S, type, name, a, b, need, doc)                            \
    KOR_MEMBER_##type(name, a, b)
#define KOR_MEMBER_TEXT(name, a, b) char name[(b) + 1];
#define KOR_MEMBER_INT(name, a, b) int64_t name;
#define KOR_MEMBER_NUM(name, a, b) double name;
#define KOR_MEMBER_BOOL(name, a, b) bool name;
#define KOR_MEMBER_DATE(name, a, b) int32_t name;
#define KOR_MEMBER_NUMS(name, a, b)                                           \
    double name[b];                                                           \
    size_t n_##name;
#define KOR_MEMBER_WORDS(name, a, b)                                          \
    char name[b][KOR_WORD_SIZE];                                              \
    size_t n_##name;
#define KOR_MEMBER_LIST(name, a, b)                                           \
    struct kor_msg_##a *name;                                                 \
    size_t n_##name;
#define KOR_MEMBER_JSON(name, a, b) char *name;
#define KOR_MEMBER_LONG(name, a, b) char *name;

#define KOR_STRUCT(lower, UPPER)                                              \
    struct kor_msg_##lower {                                                  \
        KOR_FIELDS_##UPPER(KOR_MEMBER, )                                      \
        char end; /* So that none is empty, which is no C. */                 \
    };
KOR_MESSAGES(KOR_STRUCT)
#undef KOR_STRUCT

/* The table of each message, for example kor_message_record. */
#define KOR_TABLE(lower, UPPER)                                               \
    extern const struct kor_message kor_message_##lower;
KOR_MESSAGES(KOR_TABLE)
#undef KOR_TABLE

/* All of them; ends with a null pointer. */
extern const struct kor_message *const kor_messages[];

enum kor_verb {
#define KOR_VERB(name, wire, request, reply, writes, doc) KOR_VERB_##name,
    KOR_VERBS(KOR_VERB)
#undef KOR_VERB
        KOR_N_VERBS /* Not a verb: how many there are. */
};

/* One verb: what is asked and answered with it. */
struct kor_verb_info {
    const char *wire;                  /* The word on the wire. */
    const struct kor_message *request; /* Body of the request. */
    const struct kor_message *reply;   /* Body of the reply. */
    bool writes;                       /* It changes what is stored. */
    const char *doc;                   /* One line for the protocol page. */
};

/* About 'verb', which must be one; never null. */
const struct kor_verb_info *kor_verb_info(enum kor_verb verb);

/* The verb whose word is 'wire'; KOR_N_VERBS if there is none. */
enum kor_verb kor_verb_from(const char *wire);

#endif /* kor/wire/message.h */
