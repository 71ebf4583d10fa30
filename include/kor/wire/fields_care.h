/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELDS_CARE_H
#define KOR_WIRE_FIELDS_CARE_H 1

/* Fields of the messages about clients: episodes, sessions, scores, signals.
 * For kor/wire/message.h alone, which says how a field is written. */

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
    F(S, TEXT, beside, 8, 13, 0,                                              \
      "code of a client who has an episode: another one beside it")           \
    F(S, TEXT, pathway, 1, 32, 0, "pathway; the clinic's default without")    \
    F(S, TEXT, unit, 1, 32, 0, "unit; without: the therapist's own")          \
    F(S, TEXT, therapist, 1, 32, 0, "therapist; the key's own name without")  \
    F(S, TEXT, born, 7, 7, 0, "birth month, YYYY-MM")                         \
    F(S, TEXT, gender, 1, 16, 0, "female, male or other; unknown without")    \
    F(S, DATE, date, 0, 0, 0, "first day; today without")                     \
    F(S, DATE, planned_end, 0, 0, 0, "day on which it is planned to end")

#define KOR_FIELDS_CLOSE(F, S)                                                \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, ending, 1, 16, 1, "planned or unplanned")                      \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")        \
    F(S, DATE, date, 0, 0, 0, "last day; today without")                      \
    F(S, TEXT, how, 1, 32, 0, "key of one of the pathway's ways to end")      \
    F(S, TEXT, module, 1, 32, 0, "key of the module that was reached")

#define KOR_FIELDS_REOPEN(F, S)                                               \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, pathway, 1, 32, 0,                                             \
      "pathway; that of the last episode without")                            \
    F(S, TEXT, therapist, 1, 32, 0,                                           \
      "therapist; that of the last one without")                              \
    F(S, DATE, date, 0, 0, 0, "first day of the new episode; today without")

#define KOR_FIELDS_EPISODE(F, S)                                              \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "number of the episode, from 1")            \
    F(S, TEXT, pathway, 1, 32, 1, "pathway")                                  \
    F(S, TEXT, version, 1, 16, 0, "its version; absent: nothing is due")      \
    F(S, TEXT, phase, 1, 32, 0, "phase, a key")                               \
    F(S, DATE, phase_date, 0, 0, 0, "first day of the phase")                 \
    F(S, TEXT, unit, 1, 32, 1, "unit")                                        \
    F(S, TEXT, therapist, 1, 32, 1, "therapist")                              \
    F(S, TEXT, born, 7, 7, 0, "birth month, YYYY-MM")                         \
    F(S, TEXT, gender, 1, 16, 0, "female, male or other; unknown without")    \
    F(S, DATE, opened, 0, 0, 1, "first day")                                  \
    F(S, DATE, planned_end, 0, 0, 0, "day on which it is planned to end")     \
    F(S, DATE, closed, 0, 0, 0, "last day; absent while open")                \
    F(S, TEXT, ending, 1, 16, 1, "planned, unplanned or open")                \
    F(S, TEXT, reason, 1, 200, 0, "why it ended")                             \
    F(S, TEXT, how, 1, 32, 0, "which of the pathway's ways to end it was")    \
    F(S, TEXT, module, 1, 32, 0, "module that was reached")                   \
    F(S, TEXT, lead, 1, 32, 0, "key of the lead scale; none before a score")  \
    F(S, INT, sessions, 0, 9999, 1, "sessions so far, of every status")       \
    F(S, TEXT, cover, 1, 32, 0, "who stands in for the therapist now")        \
    F(S, DATE, cover_until, 0, 0, 0, "last day of that")                      \
    F(S, TEXT, supervisor, 1, 32, 0,                                          \
      "supervisor; absent: who supervises the unit")                          \
    F(S, TEXT, label, 140, 140, 0, "the staff label, closed, base64")         \
    F(S, INT, label_key, 1, 9e15, 0, "key that opens it")

#define KOR_FIELDS_HANDOVER(F, S)                                             \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
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
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, by, 1, 32, 0, "who stands in")                                 \
    F(S, DATE, until, 0, 0, 0, "last day of that")                            \
    F(S, BOOL, off, 0, 0, 0, "nobody stands in any more")                     \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_COOPERATE(F, S)                                            \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, with, 1, 32, 1, "an account of another organisation")          \
    F(S, TEXT, may, 1, 8, 1, "see, work, or nothing (any more)")              \
    F(S, DATE, until, 0, 0, 0, "last day; while the episode is open without") \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_COOPERATION(F, S)                                          \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, TEXT, with, 1, 32, 1, "the other one's account")                     \
    F(S, TEXT, may, 1, 8, 1, "see, work or nothing")                          \
    F(S, DATE, until, 0, 0, 0, "last day")                                    \
    F(S, TEXT, reason, 1, 200, 1, "why")                                      \
    F(S, INT, at_ms, 0, 9e15, 1, "when that was said, UTC milliseconds")      \
    F(S, TEXT, by, 1, 32, 1, "who said so")                                   \
    F(S, BOOL, holds, 0, 0, 0,                                                \
      "it holds: it is the last word, and the client's consent stands")

#define KOR_FIELDS_SUPERVISE(F, S)                                            \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
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
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, session, 1, 9999, 0, "session; without: see 'record'")          \
    F(S, DATE, date, 0, 0, 0, "date of the session; today without")           \
    F(S, TEXT, status, 1, 24, 0, "held, check-in, cancelled-client, "         \
        "cancelled-late, cancelled-clinic or not-attended")                   \
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
    F(S, BOOL, shared, 0, 0, 0,                                               \
      "counts here too: it was given in another episode")                     \
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
    F(S, TEXT, scale, 1, 32, 1, "on which scale, or on which form")           \
    F(S, INT, sheet, 1, 9999, 0, "number of the sheet that it comes from")    \
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
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, scale, 1, 32, 1, "key of the scale")                           \
    F(S, INT, session, 1, 9999, 1, "session that holds the answer")           \
    F(S, TEXT, rater, 1, 16, 0, "whose answer; client without")               \
    F(S, NUMS, values, 0, 64, 0, "the items as they should be")               \
    F(S, NUM, total, -1e6, 1e6, 0, "the total, where no items are given")     \
    F(S, TEXT, wrong_client, 8, 13, 0, "code of the client it belongs to")     \
    F(S, TEXT, reason, 1, 200, 1, "why, in a few words without names")

#define KOR_FIELDS_SHOW(F, S)                                                 \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, INT, episode, 1, 999, 0, "episode; the last one without")

#define KOR_FIELDS_SESSION(F, S)                                              \
    F(S, INT, session, 1, 9999, 1, "number")                                  \
    F(S, DATE, date, 0, 0, 1, "date")                                         \
    F(S, TEXT, status, 1, 24, 1,                                             \
      "held, check-in, cancelled-..., not-attended")                          \
    F(S, TEXT, mode, 1, 16, 0, "room, phone, video, home or net")             \
    F(S, TEXT, by, 1, 32, 0,                                                  \
      "who held it; absent: the therapist of then")                           \
    F(S, LIST, answers, verdict, 999, 0, "answers, all versions")

#define KOR_FIELDS_GLASS_BREAK(F, S)                                          \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
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
    F(S, LIST, cooperation, cooperation, 100, 0,                              \
      "who of other organisations was let in, the latest first")              \
    F(S, LIST, glass, glass, 50, 0,                                           \
      "who broke the glass for the client, the latest first")                 \
    F(S, LIST, programme, parts, 1, 0,                                        \
      "how far the programme is, where the pathway has modules")              \
    F(S, LIST, groups, membership, 99, 0, "groups that the client was in")    \
    F(S, LIST, theories, theory, 200, 0,                                      \
      "what the client thinks will help, the latest first")

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

#endif /* kor/wire/fields_care.h */
