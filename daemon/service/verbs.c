/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which use case answers which verb that writes: see service_provider.h. */

#include "service/service_provider.h"

static const kor_handler writers[KOR_N_VERBS] = {
    [KOR_VERB_OPEN] = kor_handle_open,
    [KOR_VERB_CLOSE] = kor_handle_close,
    [KOR_VERB_REOPEN] = kor_handle_reopen,
    [KOR_VERB_HANDOVER] = kor_handle_handover,
    [KOR_VERB_HANDOVER_ALL] = kor_handle_handover_all,
    [KOR_VERB_COVER] = kor_handle_cover,
    [KOR_VERB_COOPERATE] = kor_handle_cooperate,
    [KOR_VERB_SUPERVISE] = kor_handle_supervise,
    [KOR_VERB_GLASS_BREAK] = kor_handle_glass_break,
    [KOR_VERB_RECORD] = kor_handle_record,
    [KOR_VERB_CORRECT] = kor_handle_correct,
    [KOR_VERB_SESSION_SET] = kor_handle_session_set,
    [KOR_VERB_CALENDAR_PUT] = kor_handle_calendar_put,
    [KOR_VERB_IMPORT_BEGIN] = kor_handle_import_begin,
    [KOR_VERB_IMPORT_ROWS] = kor_handle_import_rows,
    [KOR_VERB_IMPORT_FINISH] = kor_handle_import_finish,
    [KOR_VERB_INSTRUMENT_ADD] = kor_handle_instrument_add,
    [KOR_VERB_COURSE_FIT] = kor_handle_course_store,
    [KOR_VERB_COURSE_ADD] = kor_handle_course_add,
    [KOR_VERB_COURSE_USE] = kor_handle_course_use,
    [KOR_VERB_PATHWAY_ADD] = kor_handle_pathway_add,
    [KOR_VERB_PATHWAY_MOVE] = kor_handle_pathway_move,
    [KOR_VERB_PHASE_SET] = kor_handle_phase_set,
    [KOR_VERB_MISSING] = kor_handle_missing,
    [KOR_VERB_GROUP_ADD] = kor_handle_group_add,
    [KOR_VERB_GROUP_JOIN] = kor_handle_group_join,
    [KOR_VERB_GROUP_LEAVE] = kor_handle_group_leave,
    [KOR_VERB_MEETING_HOLD] = kor_handle_meeting_hold,
    [KOR_VERB_TASK_ADD] = kor_handle_task_add,
    [KOR_VERB_TASK_DONE] = kor_handle_task_done,
    [KOR_VERB_PART_AGREE] = kor_handle_part_agree,
    [KOR_VERB_PART_DONE] = kor_handle_part_done,
    [KOR_VERB_SEEN] = kor_handle_seen,
    [KOR_VERB_FORM_ADD] = kor_handle_form_add,
    [KOR_VERB_SHEET_ANSWER] = kor_handle_sheet_answer,
    [KOR_VERB_SHEET_TICK] = kor_handle_sheet_tick,
    [KOR_VERB_GOAL_ADD] = kor_handle_goal_add,
    [KOR_VERB_GOAL_SET] = kor_handle_goal_set,
    [KOR_VERB_GOAL_PROGRESS] = kor_handle_goal_progress,
    [KOR_VERB_THEORY_SET] = kor_handle_theory_set,
    [KOR_VERB_CONSENT_GIVE] = kor_handle_consent_give,
    [KOR_VERB_CONSENT_WITHDRAW] = kor_handle_consent_withdraw,
    [KOR_VERB_LOG_REVIEW] = kor_handle_log_review,
    [KOR_VERB_LOG_REVIEWED] = kor_handle_log_reviewed,
    [KOR_VERB_LOG_CUT] = kor_handle_log_cut,
    [KOR_VERB_ERASE] = kor_handle_erase,
    [KOR_VERB_LABEL_SET] = kor_handle_label_set,
    [KOR_VERB_LABEL_BEGIN] = kor_handle_label_begin,
    [KOR_VERB_LABEL_SHARE] = kor_handle_label_share,
    [KOR_VERB_CONTACT_SET] = kor_handle_contact_set,
    [KOR_VERB_UNIT_ADD] = kor_handle_unit_add,
    [KOR_VERB_ACCOUNT_ADD] = kor_handle_account_add,
    [KOR_VERB_ACCOUNT_SET] = kor_handle_account_set,
    [KOR_VERB_ACCOUNT_LEAVE] = kor_handle_account_leave,
    [KOR_VERB_KEY_REVOKE] = kor_handle_key_revoke,
    [KOR_VERB_KEY_ENROL] = kor_handle_key_enrol,
    [KOR_VERB_ENROL] = kor_handle_enrol,
};

enum kor_route
kor_service_route(enum kor_verb verb)
{
    return verb == KOR_VERB_COURSE_FIT ? KOR_ROUTE_FIT
           : writers[verb]             ? KOR_ROUTE_OWNER
                                       : KOR_ROUTE_WORKER;
}

kor_handler
kor_service_writer(enum kor_verb verb)
{
    return writers[verb];
}
