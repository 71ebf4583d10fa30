/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef SERVICE_HANDLERS_H
#define SERVICE_HANDLERS_H 1

/* The use cases, one function a verb, for service.c and worker.c alone.
 *
 * A handler gets the request's body as the struct of its message, fills the
 * reply's struct (empty at first; what it puts on the heap is freed by the
 * caller) and returns how it ended.  A handler that writes checks everything
 * before its first write, so that a refusal leaves nothing behind. */

#include "service/desk.h"
#include "service/service.h"
#include "service/timelines.h"

/* What a handler works with. */
struct kor_context {
    struct kor_desk *desk;
    struct kor_call *call;
    struct kor_timelines *timelines; /* The owner's; null on a worker. */
    struct kor_feed *feed;
    const struct kor_study_secret *study; /* A worker's; null for the owner. */
    enum kor_reserve_state reserve;  /* Of room on the disk, for a worker. */
    int64_t now_ms;                  /* The same for all of one batch. */
    enum kor_lang lang;              /* Of the request. */
    struct kor_err *err;             /* The call's. */
};

typedef enum kor_code (*kor_handler)(struct kor_context *context,
                                     const void *request, void *reply);

#define KOR_HANDLER(name)                                                     \
    KOR_NODISCARD enum kor_code kor_handle_##name(                            \
        struct kor_context *context, const void *request, void *reply)

/* Writes. */
KOR_HANDLER(open);
KOR_HANDLER(close);
KOR_HANDLER(reopen);
KOR_HANDLER(handover);
KOR_HANDLER(handover_all);
KOR_HANDLER(cover);
KOR_HANDLER(supervise);
KOR_HANDLER(cooperate);
KOR_HANDLER(glass_break);
KOR_HANDLER(record);
KOR_HANDLER(correct);
KOR_HANDLER(session_set);
KOR_HANDLER(calendar_put);
KOR_HANDLER(import_begin);
KOR_HANDLER(import_rows);
KOR_HANDLER(import_finish);
KOR_HANDLER(instrument_add);
KOR_HANDLER(course_store);
KOR_HANDLER(course_add);
KOR_HANDLER(course_use);
KOR_HANDLER(pathway_add);
KOR_HANDLER(pathway_move);
KOR_HANDLER(phase_set);
KOR_HANDLER(missing);
KOR_HANDLER(group_add);
KOR_HANDLER(group_join);
KOR_HANDLER(group_leave);
KOR_HANDLER(meeting_hold);
KOR_HANDLER(task_add);
KOR_HANDLER(task_done);
KOR_HANDLER(part_agree);
KOR_HANDLER(part_done);
KOR_HANDLER(seen);
KOR_HANDLER(form_add);
KOR_HANDLER(sheet_answer);
KOR_HANDLER(sheet_tick);
KOR_HANDLER(goal_add);
KOR_HANDLER(goal_set);
KOR_HANDLER(goal_progress);
KOR_HANDLER(theory_set);
KOR_HANDLER(consent_give);
KOR_HANDLER(consent_withdraw);
KOR_HANDLER(log_review);
KOR_HANDLER(log_reviewed);
KOR_HANDLER(log_cut);
KOR_HANDLER(erase);
KOR_HANDLER(label_set);
KOR_HANDLER(label_begin);
KOR_HANDLER(label_share);
KOR_HANDLER(contact_set);
KOR_HANDLER(unit_add);
KOR_HANDLER(account_add);
KOR_HANDLER(account_set);
KOR_HANDLER(account_leave);
KOR_HANDLER(key_revoke);
KOR_HANDLER(key_enrol);
KOR_HANDLER(enrol);

/* Reads. */
KOR_HANDLER(ping);
KOR_HANDLER(status);
KOR_HANDLER(show);
KOR_HANDLER(caseload);
KOR_HANDLER(signals);
KOR_HANDLER(since);
KOR_HANDLER(glass_list);
KOR_HANDLER(clinic);
KOR_HANDLER(import_codes);
KOR_HANDLER(export);
KOR_HANDLER(instruments);
KOR_HANDLER(instrument);
KOR_HANDLER(courses);
KOR_HANDLER(course);
KOR_HANDLER(pathways);
KOR_HANDLER(pathway);
KOR_HANDLER(due);
KOR_HANDLER(group_list);
KOR_HANDLER(group_show);
KOR_HANDLER(part_list);
KOR_HANDLER(forms);
KOR_HANDLER(form);
KOR_HANDLER(sheets);
KOR_HANDLER(sheet);
KOR_HANDLER(goal_list);
KOR_HANDLER(consent_list);
KOR_HANDLER(calendar);
KOR_HANDLER(graph);
KOR_HANDLER(log_verify);
KOR_HANDLER(log_of);
KOR_HANDLER(log_reviews);
KOR_HANDLER(retention);
KOR_HANDLER(person);
KOR_HANDLER(label_key);
KOR_HANDLER(contact);
KOR_HANDLER(unit_list);
KOR_HANDLER(account_list);
KOR_HANDLER(key_list);

/* Computes a course into call->certificate. */
KOR_NODISCARD enum kor_code kor_handle_course_fit(struct kor_context *context,
                                                  const void *request);

/* --- helpers that several use cases share -------------------------------- */

/* Looks up who asks, as it is now, and whether they may do the verb at all;
 * for both, before anything else. */
KOR_NODISCARD enum kor_code kor_call_admit(struct kor_call *call,
                                           struct kor_keyring *keyring,
                                           int64_t now_ms);

/* For the owner: the episode that the code 'text' means, and whether the caller
 * may.  A plain code means the one that is open, or the last one; where several
 * are, see service/which.h. */
KOR_NODISCARD enum kor_code
kor_context_timeline(struct kor_context *context, const char *text,
                     struct kor_timeline **timeline);

/* The same for what is about the person: any open episode that the caller may
 * see, or else the last one, whatever number the code has; who had the client
 * before has no say in it. */
KOR_NODISCARD enum kor_code
kor_context_person(struct kor_context *context, const char *text,
                   struct kor_timeline **timeline);

/* The same, where the episode has to be open: else KOR_CONFLICT, field
 * "code". */
KOR_NODISCARD enum kor_code
kor_context_open_timeline(struct kor_context *context, const char *text,
                          struct kor_timeline **timeline);

/* The same for a worker; 'number' says which episode where the code does not,
 * or is KOR_NO_INT.  End with kor_timeline_done(). */
KOR_NODISCARD enum kor_code
kor_context_load(struct kor_context *context, const char *text,
                 int64_t number, struct kor_timeline *timeline);

KOR_NODISCARD enum kor_code
kor_context_load_person(struct kor_context *context, const char *text,
                        struct kor_timeline *timeline);

/* The timeline's episode, as far as rights go; borrows its texts. */
struct kor_object kor_context_object(const struct kor_context *context,
                                     const struct kor_timeline *timeline);

/* Looks up what the caller may do to the episode as a partner, which next to
 * nobody is: asked when nothing else lets the caller. */
KOR_NODISCARD enum kor_code
kor_context_partner(struct kor_context *context,
                    const struct kor_episode *episode,
                    struct kor_object *object);

/* Whether somebody stands in for the therapist today. */
bool kor_context_is_covered(const struct kor_context *context,
                            const struct kor_episode *episode);

/* Whose clients a list holds: those of the therapist 'wished' ("": of all),
 * within those that the caller may see.  KOR_FORBIDDEN, or KOR_NOT_FOUND if
 * nobody has that name; field "therapist". */
KOR_NODISCARD enum kor_code kor_list_for(struct kor_context *context,
                                         const char *wished,
                                         struct kor_scope *scope);

/* Fills the message about an episode. */
void kor_episode_message(const struct kor_context *context,
                         const struct kor_timeline *timeline,
                         struct kor_msg_episode *out);

/* Fills the message about the stored course 'id', with its certificate. */
KOR_NODISCARD enum kor_code kor_course_reply(struct kor_context *context,
                                             int64_t id,
                                             struct kor_msg_course *out);

/* Fills the message about an open signal. */
void kor_signal_message(const char *code,
                        const struct kor_open_signal *signal,
                        struct kor_msg_signal *out);

/* Writes the closed label of a person into 'label' (141 bytes), and which key
 * opens it; leaves both alone if there is none. */
KOR_NODISCARD enum kor_code kor_context_label(struct kor_context *context,
                                              int64_t person_id, char *label,
                                              int64_t *label_key);

/* Whether a line that somebody wrote has at most as many characters as it may:
 * else KOR_TOO_LARGE, with its field. */
KOR_NODISCARD enum kor_code kor_check_line(struct kor_context *context,
                                           const char *field,
                                           const char *text);

/* Stores in '*out' what the client thought would help, the latest first; free
 * with the message that it is of. */
KOR_NODISCARD enum kor_code
kor_theories_of(struct kor_context *context, const struct kor_episode *episode,
                struct kor_msg_theory **out, size_t *n_out);

/* Stores in '*out' what the client of 'timeline' has consented to, the latest
 * first; free with the message that it is of. */
KOR_NODISCARD enum kor_code
kor_consents_of(struct kor_context *context,
                const struct kor_timeline *timeline,
                struct kor_msg_consent **out, size_t *n_out);

/* Adds the words of a set of findings. */
void kor_finding_words(unsigned findings, char words[][KOR_WORD_SIZE],
                       size_t n_max, size_t *n);

/* What happened, for the feed: the verb and whose client it is about. */
void kor_context_event(struct kor_context *context,
                       const struct kor_timeline *timeline);

/* What that means for another episode of the client: 'finding' is a signal that
 * shows there now, or 0. */
void kor_context_event_other(struct kor_context *context,
                             const struct kor_timeline *other,
                             enum kor_finding finding);

/* The same where it matters who did it; 'former' ("": nobody) had the client
 * until now and is told as well. */
void kor_context_event_by(struct kor_context *context,
                          const struct kor_timeline *timeline,
                          const char *former);

#endif /* service/handlers.h */
