/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_MESSAGE_H
#define KOR_WIRE_MESSAGE_H 1

#include "kor/wire/field.h"
#include "kor/wire/fields_care.h"
#include "kor/wire/fields_clinic.h"
#include "kor/wire/fields_group.h"
#include "kor/wire/fields_goal.h"
#include "kor/wire/fields_pathway.h"
#include "kor/wire/fields_programme.h"
#include "kor/wire/fields_sheet.h"
#include "kor/wire/fields_session.h"
#include "kor/wire/fields_trust.h"

/* Every message that goes over the wire; its fields stand in the fields_*.h
 * beside this, by what they are about.
 *
 * This is the one list: the structs and the tables below are made from it,
 * and docs/protocol.md is held against it by the tests.
 *
 * A field is F(S, type, name, a, b, need, doc), in the message S.  'a' and
 * 'b' are the least and the greatest number, the shortest and the longest
 * text in bytes, or the fewest and the most entries; for a LIST 'a' is the
 * message that it is of.  'need' is 1 for a field that must be given. */

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
    M(cooperate, COOPERATE)                                                   \
    M(cooperation, COOPERATION)                                               \
    M(hands, HANDS)                                                           \
    M(answer, ANSWER)                                                         \
    M(record, RECORD)                                                         \
    M(verdict, VERDICT)                                                       \
    M(signal, SIGNAL)                                                         \
    M(recorded, RECORDED)                                                     \
    M(correct, CORRECT)                                                       \
    M(session_set, SESSION_SET)                                               \
    M(session_state, SESSION_STATE)                                           \
    M(appointment, APPOINTMENT)                                               \
    M(calendar_put, CALENDAR_PUT)                                             \
    M(calendar_state, CALENDAR_STATE)                                         \
    M(calendar, CALENDAR)                                                     \
    M(agreed, AGREED)                                                         \
    M(agreements, AGREEMENTS)                                                 \
    M(show, SHOW)                                                             \
    M(session, SESSION)                                                       \
    M(glass_break, GLASS_BREAK)                                               \
    M(glass, GLASS)                                                           \
    M(glass_list, GLASS_LIST)                                                 \
    M(glasses, GLASSES)                                                       \
    M(part, PART)                                                             \
    M(parts, PARTS)                                                           \
    M(theory_set, THEORY_SET)                                                 \
    M(theory, THEORY)                                                         \
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
    M(pathway, PATHWAY)                                                       \
    M(pathways, PATHWAYS)                                                     \
    M(pathway_add, PATHWAY_ADD)                                               \
    M(pathway_move, PATHWAY_MOVE)                                             \
    M(phase_set, PHASE_SET)                                                   \
    M(due, DUE)                                                               \
    M(due_item, DUE_ITEM)                                                     \
    M(dues, DUES)                                                             \
    M(missing, MISSING)                                                       \
    M(part_agree, PART_AGREE)                                                 \
    M(part_done, PART_DONE)                                                   \
    M(part_list, PART_LIST)                                                   \
    M(seen, SEEN)                                                             \
    M(group_add, GROUP_ADD)                                                   \
    M(group_name, GROUP_NAME)                                                 \
    M(group_join, GROUP_JOIN)                                                 \
    M(group_leave, GROUP_LEAVE)                                               \
    M(meeting_hold, MEETING_HOLD)                                             \
    M(task_add, TASK_ADD)                                                     \
    M(task_done, TASK_DONE)                                                   \
    M(attended, ATTENDED)                                                     \
    M(membership, MEMBERSHIP)                                                 \
    M(member, MEMBER)                                                         \
    M(meeting, MEETING)                                                       \
    M(task, TASK)                                                             \
    M(group, GROUP)                                                           \
    M(groups, GROUPS)                                                         \
    M(form, FORM)                                                             \
    M(forms, FORMS)                                                           \
    M(form_add, FORM_ADD)                                                     \
    M(sheet_answer, SHEET_ANSWER)                                             \
    M(sheet_attention, SHEET_ATTENTION)                                       \
    M(sheet_area, SHEET_AREA)                                                 \
    M(sheet_count, SHEET_COUNT)                                               \
    M(sheet_deviation, SHEET_DEVIATION)                                       \
    M(ticked, TICKED)                                                         \
    M(sheet, SHEET)                                                           \
    M(sheet_of, SHEET_OF)                                                     \
    M(sheets, SHEETS)                                                         \
    M(tick, TICK)                                                             \
    M(goal_add, GOAL_ADD)                                                     \
    M(goal_set, GOAL_SET)                                                     \
    M(goal_progress, GOAL_PROGRESS)                                           \
    M(goal_version, GOAL_VERSION)                                             \
    M(goal_mark, GOAL_MARK)                                                   \
    M(goal, GOAL)                                                             \
    M(goal_list, GOAL_LIST)                                                   \
    M(goals, GOALS)                                                           \
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
    M(consent_give, CONSENT_GIVE)                                             \
    M(consent_withdraw, CONSENT_WITHDRAW)                                     \
    M(consent, CONSENT)                                                       \
    M(consent_list, CONSENT_LIST)                                             \
    M(consents, CONSENTS)                                                     \
    M(person_appointment, PERSON_APPOINTMENT)                                 \
    M(person_log_in, PERSON_LOG_IN)                                           \
    M(person_task, PERSON_TASK)                                               \
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
    V(COOPERATE, "cooperate", cooperate, cooperation, 1,                      \
      "lets somebody of another organisation see or work on an episode")      \
    V(GLASS_BREAK, "glass.break", glass_break, glass, 1,                      \
      "opens a client in an emergency, on record")                            \
    V(GLASS_LIST, "glass.list", glass_list, glasses, 0,                       \
      "who broke the glass, for whom and why")                                \
    V(RECORD, "record", record, recorded, 1,                                  \
      "records a session and the scales answered in it")                      \
    V(CORRECT, "correct", correct, recorded, 1,                               \
      "stores a new version of an answer, or moves it to its client")         \
    V(SESSION_SET, "session.set", session_set, session_state, 1,              \
      "mends date, status or mode of a session, or who held it")              \
    V(CALENDAR_PUT, "calendar.put", calendar_put, calendar_state, 1,          \
      "stores what stands in a calendar about clients")                       \
    V(CALENDAR, "calendar.list", calendar, agreements, 0,                     \
      "what is agreed for days to come")                                      \
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
    V(PATHWAYS, "pathway.list", empty, pathways, 0,                           \
      "the catalogue of pathways")                                            \
    V(PATHWAY, "pathway.show", pathway, pathway, 0, "one definition")         \
    V(PATHWAY_ADD, "pathway.add", pathway_add, pathway, 1,                    \
      "adds a definition to the catalogue")                                   \
    V(PATHWAY_MOVE, "pathway.move", pathway_move, episode, 1,                 \
      "lets an episode go by another pathway, or a newer version")            \
    V(PHASE_SET, "phase.set", phase_set, episode, 1,                          \
      "brings an episode into another phase of its pathway")                  \
    V(DUE, "due.list", due, dues, 0, "what is due today and before")          \
    V(MISSING, "due.missing", missing, due_item, 1,                           \
      "says why something that was due did not come")                         \
    V(PART_AGREE, "part.agree", part_agree, parts, 1,                         \
      "agrees on parts of a programme until the next contact")                \
    V(PART_DONE, "part.done", part_done, parts, 1,                            \
      "says that a part is done")                                             \
    V(PART_LIST, "part.list", part_list, parts, 0,                            \
      "how far a client is in a programme, and when last seen")               \
    V(SEEN, "seen", seen, parts, 1, "the client comes to the programme")      \
    V(GROUP_LIST, "group.list", empty, groups, 0, "groups that meet")         \
    V(GROUP_SHOW, "group.show", group_name, group, 0,                         \
      "one group: members, meetings, tasks")                                  \
    V(GROUP_ADD, "group.add", group_add, group, 1, "makes a group")           \
    V(GROUP_JOIN, "group.join", group_join, group, 1,                         \
      "a client joins a group")                                               \
    V(GROUP_LEAVE, "group.leave", group_leave, group, 1,                      \
      "a client leaves a group")                                              \
    V(MEETING_HOLD, "meeting.hold", meeting_hold, group, 1,                   \
      "a group has met: who was there, who did the homework")                 \
    V(TASK_ADD, "task.add", task_add, group, 1,                               \
      "somebody takes something on until a day")                              \
    V(TASK_DONE, "task.done", task_done, group, 1, "a task is done")          \
    V(FORMS, "form.list", empty, forms, 0,                                    \
      "the catalogue of forms that sheets are filled in on")                  \
    V(FORM, "form.show", form, form, 0, "one definition")                     \
    V(FORM_ADD, "form.add", form_add, form, 1,                                \
      "adds a definition to the catalogue")                                   \
    V(SHEET_ANSWER, "sheet.answer", sheet_answer, sheet, 1,                   \
      "stores a sheet that was filled in, or a correction of one")            \
    V(SHEETS, "sheet.list", sheet_of, sheets, 0, "the sheets of an episode")  \
    V(SHEET, "sheet.show", sheet, sheet, 0, "one of them, with its answers")  \
    V(SHEET_TICK, "sheet.tick", tick, sheet, 1,                               \
      "ticks whose signature a sheet has, or who got a copy")                 \
    V(GOAL_ADD, "goal.add", goal_add, goal, 1,                                \
      "adds a goal, a sub-goal under it, or a step")                          \
    V(GOAL_SET, "goal.set", goal_set, goal, 1,                                \
      "changes what a goal says, or ends it")                                 \
    V(GOAL_PROGRESS, "goal.progress", goal_progress, goal, 1,                 \
      "says how far a goal has come")                                         \
    V(GOAL_LIST, "goal.list", goal_list, goals, 0, "the goals of an episode") \
    V(THEORY_SET, "theory.set", theory_set, theory, 1,                        \
      "writes down what a client thinks will help")                           \
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
    V(CONSENT_GIVE, "consent.give", consent_give, consent, 1,                 \
      "writes down what a client has consented to")                           \
    V(CONSENT_WITHDRAW, "consent.withdraw", consent_withdraw, consent, 1,     \
      "writes down that a consent was withdrawn")                             \
    V(CONSENT_LIST, "consent.list", consent_list, consents, 0,                \
      "what a client has consented to")                                       \
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
