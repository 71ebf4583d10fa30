/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scores by session number: see sessions.h. */

#include "stat/sessions.h"

#include "kor/base/err.h"

enum kor_code
kor_sessions_check(const double scores[], size_t n, struct kor_err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (fabs(scores[i]) > KOR_SESSIONS_MAX_POINTS) {
            return kor_fail(err, KOR_BAD_VALUE, "score",
                            "the score of session %zu must be a number from "
                            "-1e12 to 1e12: look at the form again", i + 1);
        }
    }
    return KOR_OK;
}
