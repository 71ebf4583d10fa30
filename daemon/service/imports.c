/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Imports: rows of a file, in batches, each row checked as a new score is.
 *
 * A person of the file becomes a client with a code and one episode.  The
 * episode ends with its last row if the file says how it ended. */

#include <string.h>

#include "kor/base/alloc.h"
#include "kor/base/utf8.h"
#include "service/handlers.h"
#include "service/new_person.h"
#include "service/place.h"
#include "service/recording.h"
#include "service/scoring.h"
#include "store/import.h"

#define MAX_ANSWERS 8 /* As in the message. */

static void
state_message(const struct kor_import *import,
              struct kor_msg_import_state *out)
{
    out->import = import->id;
    out->next = import->next_row;
    out->finished = import->is_finished;
}

static bool
is_hash(const char *text)
{
    return strlen(text) == 64
        && strspn(text, "0123456789abcdef") == 64;
}

enum kor_code
kor_handle_import_begin(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_import_begin *msg = request;
    struct kor_import import;
    if (!is_hash(msg->hash)) {
        return kor_fail(context->err, KOR_BAD_VALUE, "hash",
                        "the hash has 64 hexadecimal digits in small letters");
    }
    enum kor_code code = kor_store_import_begin(
        context->desk->store, msg->name, msg->hash, msg->rows, msg->made_up,
        context->now_ms, &import, context->err);
    if (code == KOR_OK && import.n_rows != msg->rows) {
        code = kor_fail(context->err, KOR_CONFLICT, "rows",
                        "this file was begun with %lld rows",
                        (long long)import.n_rows);
    }
    if (code == KOR_OK) {
        state_message(&import, reply);
    }
    return code;
}

/* Makes client and episode of a person whose first row this is. */
static enum kor_code
add_person(struct kor_context *context, int64_t import_id,
           const struct kor_msg_import_row *row, int64_t *episode_id)
{
    const struct kor_clinic *clinic = context->desk->clinic;
    struct kor_episode episode = {.number = 1,
                                  .opened_date = row->date,
                                  .planned_end_date = KOR_NO_DATE,
                                  .closed_date = KOR_NO_DATE,
                                  .cover_until_date = KOR_NO_DATE};
    const struct kor_new_person wish
        = {.code = "", .born = row->born, .gender = row->gender};
    kor_utf8_copy(episode.pathway, sizeof episode.pathway,
                  *row->pathway ? row->pathway : clinic->pathway);
    kor_utf8_copy(episode.unit, sizeof episode.unit, clinic->unit);
    kor_utf8_copy(episode.therapist, sizeof episode.therapist,
                  *row->therapist ? row->therapist
                                  : context->call->caller.name);
    enum kor_code code = kor_new_person_add(context, &wish, &episode.person);
    if (code == KOR_OK) {
        code = kor_store_episode_add(context->desk->store, &episode,
                                     import_id, context->err);
    }
    if (code == KOR_OK) {
        *episode_id = episode.id;
        code = kor_store_import_person_add(context->desk->store, import_id,
                                           row->person, episode.id,
                                           context->err);
    }
    return code;
}

/* Loads the timeline of the person in 'row', unless it is that of the row
 * before. */
static enum kor_code
load_person(struct kor_context *context, int64_t import_id,
            const struct kor_msg_import_row *row,
            struct kor_timeline *timeline)
{
    int64_t episode_id = 0;
    enum kor_code code = kor_store_import_person_find(
        context->desk->store, import_id, row->person, &episode_id,
        context->err);
    if (code == KOR_NOT_FOUND) {
        code = add_person(context, import_id, row, &episode_id);
    }
    if (code == KOR_OK && timeline->episode.id != episode_id) {
        kor_timeline_done(timeline);
        code = kor_store_timeline_load(context->desk->store, episode_id,
                                       timeline, context->err);
    }
    return code;
}

static enum kor_code
store_answers(struct kor_context *context, struct kor_timeline *timeline,
              const struct kor_msg_import_row *row, size_t session_index)
{
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < row->n_answers && code == KOR_OK; i++) {
        const struct kor_msg_answer *answer = &row->answers[i];
        const struct kor_given given = {.scale = answer->scale,
                                        .values = answer->values,
                                        .n_values = answer->n_values,
                                        .total = answer->total,
                                        .rater = answer->rater,
                                        .language = answer->language,
                                        .how = "import"};
        struct kor_recorded recorded = {.session_index = session_index};
        code = kor_score_given(context->desk, &given, &recorded.answer,
                               &recorded.scale, context->err);
        if (code == KOR_OK) {
            const struct kor_point *there = kor_timeline_point(
                timeline, session_index, recorded.scale->id,
                recorded.answer.rater);
            if (there) {
                code = kor_fail(context->err, KOR_DUPLICATE, "scale",
                                "%s comes twice in one session",
                                recorded.scale->def.key);
            }
        }
        if (code == KOR_OK) {
            recorded.answer.at_ms = context->now_ms;
            recorded.answer.actor_id = context->call->caller.actor_id;
            code = kor_recording_store(context, timeline, &recorded);
        }
    }
    return code;
}

static enum kor_code
close_episode(struct kor_context *context, struct kor_timeline *timeline,
              const struct kor_msg_import_row *row)
{
    struct kor_episode *episode = &timeline->episode;
    if (!*row->ending || !strcmp(row->ending, "open")) {
        return KOR_OK;
    }
    if (strcmp(row->ending, "planned") && strcmp(row->ending, "unplanned")) {
        return kor_fail(context->err, KOR_BAD_VALUE, "ending",
                        "the ending is planned, unplanned or open");
    }
    kor_utf8_copy(episode->ending, sizeof episode->ending, row->ending);
    kor_utf8_copy(episode->reason, sizeof episode->reason, "imported");
    episode->closed_date = row->date;
    return kor_store_episode_close(context->desk->store, episode,
                                   context->err);
}

static enum kor_code
store_row(struct kor_context *context, struct kor_timeline *timeline,
          const struct kor_msg_import_row *row)
{
    struct kor_place place;
    const struct kor_place_wish wish
        = {.session = row->session,
           .date = row->date,
           .status = row->status,
           .mode = "",
           .has_answers = row->n_answers > 0,
           .today = kor_desk_today(context->desk)};
    enum kor_code code
        = kor_place_find(timeline, &wish, &place, context->err);
    if (code == KOR_OK) {
        code = kor_recording_session(context, timeline, &place);
    }
    if (code == KOR_OK) {
        code = store_answers(context, timeline, row, place.index);
    }
    return code == KOR_OK ? close_episode(context, timeline, row) : code;
}

static enum kor_code
store_rows(struct kor_context *context, const struct kor_msg_import_rows *msg)
{
    struct kor_timeline timeline = {0};
    enum kor_code code = KOR_OK;
    for (size_t i = 0; i < msg->n_rows && code == KOR_OK; i++) {
        code = load_person(context, msg->import, &msg->rows[i], &timeline);
        if (code == KOR_OK) {
            kor_look_saw(&context->call->look, timeline.episode.person.id);
            code = store_row(context, &timeline, &msg->rows[i]);
        }
        if (code != KOR_OK) {
            /* Nobody of it will be there. */
            kor_buf_clear(&context->call->look.people);
            (void)kor_wrap(context->err, "row %lld",
                           (long long)msg->from + (long long)i + 1);
        }
    }
    kor_timeline_done(&timeline);
    return code;
}

static enum kor_code
find_import(struct kor_context *context, int64_t id,
            struct kor_import *import)
{
    enum kor_code code = kor_store_import_load(context->desk->store, id,
                                               import, context->err);
    return code == KOR_NOT_FOUND
               ? kor_fail(context->err, KOR_NOT_FOUND, "import",
                          "there is no import %lld", (long long)id)
               : code;
}

enum kor_code
kor_handle_import_rows(struct kor_context *context, const void *request,
                       void *reply)
{
    const struct kor_msg_import_rows *msg = request;
    struct kor_import import;
    enum kor_code code = find_import(context, msg->import, &import);
    if (code != KOR_OK) {
        return code;
    }
    if (import.is_finished || msg->from != import.next_row
        || msg->from + (int64_t)msg->n_rows > import.n_rows) {
        return kor_fail(context->err, KOR_CONFLICT, "from",
                        "%lld of %lld rows have arrived: go on from there",
                        (long long)import.next_row, (long long)import.n_rows);
    }
    code = store_rows(context, msg);
    import.next_row += (int64_t)msg->n_rows;
    if (code == KOR_OK) {
        code = kor_store_import_advance(context->desk->store, import.id,
                                        import.next_row, context->err);
    }
    if (code == KOR_OK) {
        context->call->has_event = false; /* Nobody can see these yet. */
        state_message(&import, reply);
    }
    return code;
}

enum kor_code
kor_handle_import_finish(struct kor_context *context, const void *request,
                         void *reply)
{
    const struct kor_msg_import_finish *msg = request;
    struct kor_import import;
    enum kor_code code = find_import(context, msg->import, &import);
    if (code == KOR_OK && import.next_row != import.n_rows) {
        code = kor_fail(context->err, KOR_CONFLICT, "import",
                        "%lld of %lld rows have arrived: send the rest first",
                        (long long)import.next_row, (long long)import.n_rows);
    }
    if (code == KOR_OK && !import.is_finished) {
        code = kor_store_import_finish(context->desk->store, import.id,
                                       context->now_ms, context->err);
        import.is_finished = true;
        kor_context_event(context, NULL);
    }
    if (code == KOR_OK) {
        state_message(&import, reply);
    }
    return code;
}

struct giving_codes {
    struct kor_msg_import_people *out;
    struct kor_look *look;
};

static void
put_person(void *to, int64_t row, const char *person, const char *code,
           int64_t person_id)
{
    const struct giving_codes *giving = to;
    struct kor_msg_import_people *out = giving->out;
    kor_look_saw(giving->look, person_id);
    out->people = kor_realloc_array(out->people, out->n_people + 1,
                                    sizeof *out->people);
    struct kor_msg_import_person *entry = &out->people[out->n_people++];
    kor_message_init(&kor_message_import_person, entry);
    kor_utf8_copy(entry->person, sizeof entry->person, person);
    kor_utf8_copy(entry->code, sizeof entry->code, code);
    out->next = row;
}

enum kor_code
kor_handle_import_codes(struct kor_context *context, const void *request,
                        void *reply)
{
    const struct kor_msg_import_codes *msg = request;
    struct kor_msg_import_people *out = reply;
    struct giving_codes giving = {out, &context->call->look};
    struct kor_import import;
    enum kor_code code = find_import(context, msg->import, &import);
    if (code == KOR_OK) {
        code = kor_store_import_codes(
            context->desk->store, msg->import,
            msg->after == KOR_NO_INT ? 0 : msg->after, put_person, &giving,
            context->err);
    }
    if (out->n_people < 1000) {
        out->next = KOR_NO_INT;
    }
    return code;
}
