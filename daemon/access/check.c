/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may do what: see access/check.h. */

#include "access/check.h"

#include <string.h>

/* What therapists may do; operators may do everything. */
static const bool therapist_may[KOR_N_VERBS] = {
    [KOR_VERB_PING] = true,        [KOR_VERB_OPEN] = true,
    [KOR_VERB_CLOSE] = true,       [KOR_VERB_REOPEN] = true,
    [KOR_VERB_RECORD] = true,      [KOR_VERB_CORRECT] = true,
    [KOR_VERB_SHOW] = true,        [KOR_VERB_CASELOAD] = true,
    [KOR_VERB_SIGNALS] = true,     [KOR_VERB_SINCE] = true,
    [KOR_VERB_CLINIC] = true,      [KOR_VERB_INSTRUMENTS] = true,
    [KOR_VERB_INSTRUMENT] = true,  [KOR_VERB_COURSES] = true,
    [KOR_VERB_COURSE] = true,      [KOR_VERB_GRAPH] = true,
};

enum kor_code
kor_access_check(const struct kor_caller *caller, bool has_token,
                 enum kor_verb verb, const struct kor_object *object,
                 struct kor_err *err)
{
    if (has_token) {
        return kor_fail(err, KOR_FORBIDDEN, "token",
                        "tokens are not given out yet: leave 'token' empty");
    }
    if (caller->role == KOR_ACTOR_OPERATOR) {
        return KOR_OK;
    }
    if (!therapist_may[verb]) {
        return kor_fail(err, KOR_FORBIDDEN, NULL,
                        "this key is a therapist's and may not do '%s': ask "
                        "an operator", kor_verb_info(verb)->wire);
    }
    if (object && object->therapist
        && strcmp(object->therapist, caller->name)) {
        return kor_fail(err, KOR_FORBIDDEN, "code",
                        "this client is another therapist's");
    }
    return KOR_OK;
}

const char *
kor_access_scope(const struct kor_caller *caller)
{
    return caller->role == KOR_ACTOR_OPERATOR ? "" : caller->name;
}
