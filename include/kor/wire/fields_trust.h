/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_WIRE_FIELDS_TRUST_H
#define KOR_WIRE_FIELDS_TRUST_H 1

/* Fields of the messages about who may what and who did: log, labels, keys.
 * For kor/wire/message.h alone, which says how a field is written. */

#define KOR_FIELDS_LOG_VERIFY(F, S)                                           \
    F(S, TEXT, anchor, 3, 96, 0, "SEQ:HASH that was written down before")

#define KOR_FIELDS_LOG_STATE(F, S)                                            \
    F(S, INT, first, 0, 9e15, 1, "first row that is there; 0: none")          \
    F(S, INT, last, 0, 9e15, 1, "last row")                                   \
    F(S, TEXT, hash, 64, 64, 1, "its hash: with 'last' an anchor")            \
    F(S, INT, broken, 1, 9e15, 0, "first row that does not follow")           \
    F(S, TEXT, anchor, 1, 8, 0, "holds, fails or gone; with an anchor")

#define KOR_FIELDS_LOG_OF(F, S)                                               \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
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
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
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
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, asked, 1, 200, 1, "who asked for it, and why, without names")

#define KOR_FIELDS_PERSON_FILE(F, S)                                          \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, asked, 1, 200, 1, "who asked for it, and why")                 \
    F(S, TEXT, at, 20, 31, 1, "when, UTC")                                    \
    F(S, LIST, episodes, shown, 999, 1, "everything, episode by episode")     \
    F(S, LIST, sheets, sheet, 99999, 0, "all sheets, in all versions")        \
    F(S, LIST, graphs, picture, 999, 0,                                       \
      "the graph of each episode that has one, PDF")                          \
    F(S, LIST, dues, due_item, 10000, 0,                                      \
      "what was expected and has not come, or never came")                           \
    F(S, LIST, goals, goals, 999, 0,                                          \
      "the goals of each episode that has any")                               \
    F(S, LIST, consents, consent, 200, 0, "what the client consented to")     \
    F(S, LIST, appointments, person_appointment, 10000, 0,                    \
      "what was agreed, met or not")                                          \
    F(S, LIST, log_ins, person_log_in, 10000, 0,                              \
      "when the client came to a programme")                                  \
    F(S, LIST, tasks, person_task, 10000, 0,                                  \
      "tasks of the groups round the client")

#define KOR_FIELDS_PERSON_APPOINTMENT(F, S)                                   \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, DATE, date, 0, 0, 1, "its day, in the clinic's zone")                \
    F(S, INT, start_ms, 0, 9e15, 1, "when it began, UTC milliseconds")        \
    F(S, TEXT, mode, 1, 16, 0, "room, phone, video, home or net")             \
    F(S, BOOL, cancelled, 0, 0, 0, "it was cancelled")                        \
    F(S, BOOL, met, 0, 0, 0, "there is a session of its day")

#define KOR_FIELDS_PERSON_LOG_IN(F, S)                                        \
    F(S, INT, episode, 1, 999, 1, "episode")                                  \
    F(S, TEXT, at, 20, 31, 1, "when, UTC")

#define KOR_FIELDS_PERSON_TASK(F, S)                                          \
    F(S, TEXT, group, 1, 32, 1, "handle of the group")                        \
    F(S, TEXT, text, 1, 800, 1, "what was to be done")                        \
    F(S, TEXT, who, 1, 32, 1, "who took it on")                               \
    F(S, DATE, until, 0, 0, 1, "until when")                                  \
    F(S, DATE, done, 0, 0, 0, "day on which it was done; absent if it is open")

#define KOR_FIELDS_LABEL(F, S)                                                \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
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
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)                                  \
    F(S, TEXT, phone, 1, 32, 0, "phone number; \"-\" drops it")               \
    F(S, TEXT, email, 1, 200, 0, "e-mail address; \"-\" drops it")

#define KOR_FIELDS_CONTACTS(F, S)                                             \
    F(S, TEXT, code, 8, 9, 1, "the client's code")                            \
    F(S, TEXT, phone, 1, 32, 0, "phone number")                               \
    F(S, TEXT, email, 1, 200, 0, "e-mail address")

#define KOR_FIELDS_CONTACT_OF(F, S)                                           \
    F(S, TEXT, code, 8, 13, 1, KOR_DOC_CODE)
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

#endif /* kor/wire/fields_trust.h */
