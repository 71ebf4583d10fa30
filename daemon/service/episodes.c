/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Opening, closing and coming back. */

#include <string.h>

#include "access/check.h"
#include "kor/base/utf8.h"
#include "service/dues.h"
#include "service/handlers.h"
#include "service/new_person.h"
#include "service/staff.h"
#include "service/which.h"
#include "store/group.h"

/* A date that a person gave for something that has happened. */
static enum kor_code
past_date(struct kor_context *context, int32_t given, int32_t *date)
{
    int32_t today = kor_desk_today(context->desk);
    *date = given == KOR_NO_DATE ? today : given;
    if (*date > today) {
        char text[KOR_DATE_SIZE];
        return kor_fail(context->err, KOR_BAD_VALUE, "date",
                        "the date lies in the future: today is %s",
                        kor_date_format(today, text));
    }
    return KOR_OK;
}

static enum kor_code
check_planned_end(struct kor_context *context, int32_t opened, int32_t end)
{
    if (end != KOR_NO_DATE && end < opened) {
        return kor_fail(context->err, KOR_BAD_VALUE, "planned_end",
                        "the planned end lies before the first day");
    }
    return KOR_OK;
}

/* A therapist opens episodes in the own name; a supervisor or an administrator
 * for others. */
static enum kor_code
check_owner(struct kor_context *context, struct kor_episode *episode)
{
    struct kor_call *call = context->call;
    enum kor_code code
        = kor_staff_place(context, episode->therapist,
                          context->desk->clinic->unit, episode);
    if (code == KOR_OK) {
        const struct kor_timeline timeline = {.episode = *episode};
        const struct kor_object object
            = kor_context_object(context, &timeline);
        code = kor_access_check(&call->caller, call->request.has_token,
                                call->request.verb, &object,
                                &call->look.grant, context->err);
    }
    if (code == KOR_FORBIDDEN) {
        code = kor_fail(context->err, code, "therapist",
                        "a therapist opens episodes in the own name: a "
                        "supervisor or administrator of that unit opens them "
                        "for others");
    }
    return code == KOR_OK ? kor_staff_check(context, episode->therapist,
                                            "therapist", KOR_RELATION_OWN)
                          : code;
}

/* Lets a new episode go by its pathway, which plans its end unless somebody
 * has. */
static enum kor_code
begin_pathway(struct kor_context *context, struct kor_episode *episode)
{
    const struct kor_desk_pathway *pathway;
    enum kor_code code = kor_dues_begin(context, episode);
    if (code == KOR_OK) {
        code = kor_desk_pathway_by_id(context->desk, episode->pathway_id,
                                      &pathway, context->err);
    }
    if (code == KOR_OK && episode->planned_end_date == KOR_NO_DATE
        && pathway->def.planned_time.n) {
        episode->planned_end_date = kor_interval_after(
            episode->opened_date, &pathway->def.planned_time, 1);
    }
    return code;
}

/* A new episode on its pathway: what is due of it is from its first day. */
static enum kor_code
add_episode(struct kor_context *context, struct kor_episode *episode)
{
    enum kor_code code = kor_store_episode_add(context->desk->store, episode,
                                               0, context->err);
    return code == KOR_OK
               ? kor_dues_open(context, episode)
               : code;
}

/* The number of the client's next episode. */
static enum kor_code
next_number(struct kor_context *context, const struct kor_person *person,
            int32_t *number)
{
    enum kor_code code = kor_store_episode_count(
        context->desk->store, person->id, number, context->err);
    if (code == KOR_OK && *number >= KOR_MAX_EPISODES) {
        code = kor_fail(context->err, KOR_CONFLICT, "code",
                        "a client has at most %d episodes", KOR_MAX_EPISODES);
    }
    ++*number;
    return code;
}

static enum kor_code
reply_with(struct kor_context *context, const struct kor_episode *episode,
           struct kor_msg_episode *reply)
{
    struct kor_timeline timeline = {.episode = *episode};
    kor_look_at(&context->call->look, episode);
    kor_context_event(context, &timeline);
    kor_episode_message(context, &timeline, reply);
    return KOR_OK;
}

/* --- beside another one -------------------------------------------------- */

/* Of the client with the code 'beside', whom the caller may see. */
static enum kor_code
begin_beside(struct kor_context *context, const struct kor_msg_open *msg,
             struct kor_episode *episode)
{
    struct kor_timeline *timeline;
    if (*msg->code || *msg->born || *msg->gender) {
        return kor_fail(context->err, KOR_BAD_VALUE, "beside",
                        "the client is here already: leave code, birth month "
                        "and gender out");
    }
    enum kor_code code = kor_context_person(context, msg->beside, &timeline);
    if (code != KOR_OK) {
        return code;
    }
    episode->person = timeline->episode.person;
    if (timeline->episode.closed_date != KOR_NO_DATE) {
        return kor_fail(context->err, KOR_CONFLICT, "beside",
                        "this client has no open episode: 'kor reopen' begins "
                        "a new one");
    }
    code = next_number(context, &episode->person, &episode->number);
    return code == KOR_OK ? kor_which_has_room(context, episode) : code;
}

/* --- opening ------------------------------------------------------------- */

static enum kor_code
begin_person(struct kor_context *context, const struct kor_msg_open *msg,
             struct kor_episode *episode)
{
    const struct kor_new_person wish
        = {.code = msg->code, .born = msg->born, .gender = msg->gender};
    return *msg->beside
               ? begin_beside(context, msg, episode)
               : kor_new_person_add(context, &wish, &episode->person);
}

enum kor_code
kor_handle_open(struct kor_context *context, const void *request, void *reply)
{
    const struct kor_msg_open *msg = request;
    const struct kor_clinic *clinic = context->desk->clinic;
    struct kor_episode episode = {.number = 1,
                                  .planned_end_date = msg->planned_end,
                                  .closed_date = KOR_NO_DATE,
                                  .cover_until_date = KOR_NO_DATE,
                                  .ending = "open"};
    kor_utf8_copy(episode.pathway, sizeof episode.pathway,
                  *msg->pathway ? msg->pathway : clinic->pathway);
    kor_utf8_copy(episode.unit, sizeof episode.unit, msg->unit);
    kor_utf8_copy(episode.therapist, sizeof episode.therapist,
                  *msg->therapist ? msg->therapist
                                  : context->call->caller.name);
    enum kor_code code = past_date(context, msg->date, &episode.opened_date);
    if (code == KOR_OK) {
        code = check_planned_end(context, episode.opened_date,
                                 episode.planned_end_date);
    }
    if (code == KOR_OK) {
        code = check_owner(context, &episode);
    }
    if (code == KOR_OK && *msg->unit && strcmp(msg->unit, episode.unit)) {
        code = kor_fail(context->err, KOR_BAD_VALUE, "unit",
                        "the therapist '%s' is of the unit '%s', and '%s' is "
                        "none of it: leave the unit out, or name a therapist "
                        "of it", episode.therapist, episode.unit, msg->unit);
    }
    if (code == KOR_OK) {
        code = begin_pathway(context, &episode);
    }
    if (code == KOR_OK) {
        code = begin_person(context, msg, &episode);
    }
    if (code == KOR_OK) {
        code = add_episode(context, &episode);
        kor_timelines_forget(context->timelines, episode.person.code);
    }
    return code == KOR_OK ? reply_with(context, &episode, reply) : code;
}

/* --- closing ------------------------------------------------------------- */

static enum kor_code
check_ending(struct kor_context *context, const struct kor_timeline *timeline,
             const struct kor_msg_close *msg, int32_t date)
{
    if (strcmp(msg->ending, "planned") && strcmp(msg->ending, "unplanned")) {
        return kor_fail(context->err, KOR_BAD_VALUE, "ending",
                        "the ending is 'planned' or 'unplanned'");
    }
    if (timeline->episode.closed_date != KOR_NO_DATE) {
        return kor_fail(context->err, KOR_CONFLICT, "code",
                        "this episode has ended already: 'kor reopen' begins "
                        "a new one");
    }
    const struct kor_session *last
        = timeline->n_sessions
              ? &timeline->sessions[timeline->n_sessions - 1]
              : NULL;
    if (date < timeline->episode.opened_date
        || (last && date < last->session_date)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "date",
                        "the last day lies before the first day or before "
                        "the last session");
    }
    return KOR_OK;
}

/* How it ended and how far it came, as the pathway has words for. */
static enum kor_code
check_how(struct kor_context *context, const struct kor_episode *episode,
          const struct kor_msg_close *msg)
{
    const struct kor_desk_pathway *pathway;
    if (!*msg->how && !*msg->module) {
        return KOR_OK;
    }
    enum kor_code code = kor_desk_pathway_by_id(
        context->desk, episode->pathway_id, &pathway, NULL);
    const struct kor_ending_reason *how
        = code == KOR_OK ? kor_pathway_ending(&pathway->def, msg->how) : NULL;
    bool is_how = !*msg->how
               || (how
                   && how->is_planned == !strcmp(msg->ending, "planned"));
    if (!is_how) {
        return kor_fail(context->err, KOR_BAD_VALUE, "how",
                        "'%s' is no %s ending of the pathway '%s': 'kor "
                        "pathway show %s' lists them", msg->how, msg->ending,
                        episode->pathway, episode->pathway);
    }
    return !*msg->module
                || (code == KOR_OK
                    && kor_pathway_module(&pathway->def, msg->module))
               ? KOR_OK
               : kor_fail(context->err, KOR_BAD_VALUE, "module",
                          "'%s' is no module of the pathway '%s': 'kor "
                          "pathway show %s' lists them", msg->module,
                          episode->pathway, episode->pathway);
}

enum kor_code
kor_handle_close(struct kor_context *context, const void *request,
                 void *reply)
{
    const struct kor_msg_close *msg = request;
    struct kor_timeline *timeline;
    int32_t date;
    enum kor_code code = kor_context_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = past_date(context, msg->date, &date);
    }
    if (code == KOR_OK) {
        code = check_ending(context, timeline, msg, date);
    }
    if (code == KOR_OK) {
        code = check_how(context, &timeline->episode, msg);
    }
    if (code != KOR_OK) {
        return code;
    }
    struct kor_episode *episode = &timeline->episode;
    kor_utf8_copy(episode->ending, sizeof episode->ending, msg->ending);
    kor_utf8_copy(episode->reason, sizeof episode->reason, msg->reason);
    kor_utf8_copy(episode->ending_reason, sizeof episode->ending_reason,
                  msg->how);
    kor_utf8_copy(episode->module, sizeof episode->module, msg->module);
    episode->closed_date = date;
    code = kor_store_episode_close(context->desk->store, episode,
                                   context->err);
    if (code == KOR_OK) {
        code = kor_store_member_end(context->desk->store, episode->id, date,
                                    context->err);
    }
    if (code == KOR_OK) {
        code = kor_dues_end(context, timeline);
    }
    kor_context_event(context, timeline);
    kor_episode_message(context, timeline, reply);
    /* Another one that is open is now the one that the code means. */
    char client[KOR_CLIENT_CODE_SIZE];
    kor_utf8_copy(client, sizeof client, episode->person.code);
    kor_timelines_forget(context->timelines, client);
    return code;
}

/* --- coming back --------------------------------------------------------- */

/* The supervisor goes along into the new episode, unless gone; who stands in
 * does so while the therapist is the same. */
static void
keep_hands(struct kor_context *context, const struct kor_episode *former,
           struct kor_episode *episode)
{
    if (kor_staff_check(context, former->supervisor, "supervisor",
                        KOR_RELATION_SUPER)
        != KOR_OK) {
        episode->supervisor[0] = '\0';
    }
    if (!kor_context_is_covered(context, former)
        || strcmp(former->therapist, episode->therapist)) {
        episode->cover[0] = '\0';
        episode->cover_until_date = KOR_NO_DATE;
    }
}

/* The client's next episode, as the request has it; what is of one episode
 * alone is empty. */
static enum kor_code
read_reopen(struct kor_context *context, const struct kor_msg_reopen *msg,
            const struct kor_episode *former, struct kor_episode *episode)
{
    *episode = *former;
    episode->planned_end_date = episode->closed_date = KOR_NO_DATE;
    episode->reason[0] = episode->lead_scale[0] = '\0';
    episode->ending_reason[0] = episode->module[0] = '\0';
    kor_utf8_copy(episode->ending, sizeof episode->ending, "open");
    if (*msg->pathway) {
        kor_utf8_copy(episode->pathway, sizeof episode->pathway,
                      msg->pathway);
    }
    if (*msg->therapist) {
        kor_utf8_copy(episode->therapist, sizeof episode->therapist,
                      msg->therapist);
    }
    enum kor_code code = next_number(context, &episode->person,
                                     &episode->number);
    if (code == KOR_OK) {
        code = past_date(context, msg->date, &episode->opened_date);
    }
    return code == KOR_OK && episode->opened_date < former->closed_date
               ? kor_fail(context->err, KOR_BAD_VALUE, "date",
                          "the new episode begins before the last one ended")
               : code;
}

/* Whether this one can be come back to: it has ended, and whoever had the
 * client before does not bring back the client of a later one. */
static enum kor_code
check_former(struct kor_context *context, const struct kor_msg_reopen *msg,
             const struct kor_episode *former)
{
    struct kor_timeline *ignored;
    int32_t n = 0;
    if (former->closed_date == KOR_NO_DATE) {
        return kor_fail(context->err, KOR_CONFLICT, "code",
                        "this client has an open episode already: 'kor open "
                        "--beside' begins another one beside it");
    }
    enum kor_code code = kor_store_episode_count(
        context->desk->store, former->person.id, &n, context->err);
    return code == KOR_OK && former->number < n
               ? kor_context_person(context, msg->code, &ignored)
               : code;
}

/* Everything about it is settled: it is stored, and the one before let go. */
static enum kor_code
come_back(struct kor_context *context, const struct kor_episode *former,
          struct kor_episode *episode)
{
    keep_hands(context, former, episode);
    enum kor_code code = kor_which_has_room(context, episode);
    if (code == KOR_OK) {
        code = begin_pathway(context, episode);
    }
    if (code == KOR_OK) {
        code = kor_dues_return(context, former);
    }
    return code == KOR_OK ? add_episode(context, episode) : code;
}

enum kor_code
kor_handle_reopen(struct kor_context *context, const void *request,
                  void *reply)
{
    const struct kor_msg_reopen *msg = request;
    struct kor_timeline *timeline;
    struct kor_episode episode;
    enum kor_code code = kor_context_timeline(context, msg->code, &timeline);
    if (code == KOR_OK) {
        code = check_former(context, msg, &timeline->episode);
    }
    if (code == KOR_OK) {
        code = read_reopen(context, msg, &timeline->episode, &episode);
    }
    if (code == KOR_OK) {
        code = check_owner(context, &episode);
    }
    if (code == KOR_OK) {
        code = come_back(context, &timeline->episode, &episode);
    }
    if (code == KOR_OK) {
        kor_timelines_forget(context->timelines, episode.person.code);
        code = reply_with(context, &episode, reply);
    }
    return code;
}
