/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor log verify: a log that does not hold ends it with 65, for people and for
 * scripts. */

#include "support/near.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/compiler.h"
#include "kor/wire/envelope.h"
#include "support/fake_kord.h"
#include "support/run_kor.h"

/* What the daemon says of its log. */
struct said {
    int64_t broken;
    const char *anchor;
};

static void
answer(void *user, int n, const char *frame, size_t size,
       struct kor_buf *reply)
{
    const struct said *said = user;
    struct kor_msg_log_state state;
    struct kor_buf body = {0};
    char id[64];
    (void)n;
    kor_message_init(&kor_message_log_state, &state);
    state.first = 1;
    state.last = 9;
    state.broken = said->broken;
    memset(state.hash, 'a', 64);
    snprintf(state.anchor, sizeof state.anchor, "%s", said->anchor);
    kor_message_encode(&kor_message_log_state, &state, &body);
    fake_kord_member(frame, size, "id", id, sizeof id);
    kor_reply_encode(id, kor_buf_text(&body), reply);
    kor_buf_done(&body);
}

static void
the_exit_status_says_whether_the_log_holds(void **state)
{
    static const struct {
        struct said said;
        int status;
        const char *out, *err;
    } rows[] = {
        {{KOR_NO_INT, ""}, 0, "The access log holds", ""},
        {{KOR_NO_INT, "holds"}, 0, "The access log holds", ""},
        {{KOR_NO_INT, "gone"}, 0, "The access log holds", "let go by"},
        {{KOR_NO_INT, "fails"}, 65, "anchor", "does not hold the row"},
        {{7, ""}, 65, "anchor", "row 7 does not follow"},
    };
    (void)state;
    for (size_t i = 0; i < KOR_LENGTH(rows); i++) {
        static const char *const lines[]
            = {"log verify --lang en", "log verify --lang en --json"};
        struct said said = rows[i].said;
        struct fake_kord *kord = fake_kord_start(answer, &said, true);
        for (size_t k = 0; k < KOR_LENGTH(lines); k++) {
            struct run run;
            run_kor(lines[k], fake_kord_folder(kord), RUN_KEEP, &run);
            assert_int_equal(run.status, rows[i].status);
            if (k == 0) {
                assert_non_null(strstr(kor_buf_text(&run.out), rows[i].out));
                assert_non_null(strstr(kor_buf_text(&run.err), rows[i].err));
            }
            run_done(&run);
        }
        assert_int_equal(fake_kord_stop(kord), 2);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_exit_status_says_whether_the_log_holds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
