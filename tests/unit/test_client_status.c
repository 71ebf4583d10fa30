/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor status: sizes and moments, and what has to be seen to, in words. */

#include "support/near.h"

#include <string.h>

#include "kor/base/compiler.h"
#include "kor/wire/envelope.h"
#include "support/fake_kord.h"
#include "support/run_kor.h"

/* On day 20 of 1970; started on day 10, the backup of day 11, the check of
 * day 12 less a second. */
#define STATUS                                                                \
    "{\"version\":\"1.2.3\",\"schema\":4,\"at_ms\":1728000000,"               \
    "\"started_ms\":864000000,\"seq\":17,\"database\":1234567890,"            \
    "\"log\":300000000,\"free\":7600000,\"reserve\":\"short\","               \
    "\"backup_ms\":950400000,"                                                \
    "\"check_ms\":1036799000,\"warnings\":[\"old-backup\",\"old-check\","     \
    "\"full-disk\","                                                          \
    "\"little-room\",\"large-log\",\"no-fence\",\"of-tomorrow\"]}"
#define EARLY                                                                 \
    "{\"version\":\"1\",\"schema\":1,\"at_ms\":0,\"started_ms\":0,"           \
    "\"seq\":0,\"database\":0,\"log\":0,\"free\":0,"                          \
    "\"reserve\":\"normal\","                                                \
    "\"warnings\":[\"no-backup\",\"no-check\"]}"

static void
answer(void *user, int n, const char *frame, size_t size,
       struct kor_buf *reply)
{
    char id[40];
    (void)n;
    fake_kord_member(frame, size, "id", id, sizeof id);
    kor_reply_encode(id, user, reply);
}

/* Runs kor against a daemon that has that status; it has to print all of
 * 'lines' (null at the end). */
static void
prints(const char *line, const char *status, const char *const lines[])
{
    struct run run;
    struct fake_kord *kord
        = fake_kord_start(answer, (void *)(uintptr_t)status, true);
    run_kor(line, fake_kord_folder(kord), RUN_KEEP, &run);
    assert_int_equal(run.status, 0);
    for (size_t i = 0; lines[i]; i++) {
        if (!strstr(kor_buf_text(&run.out), lines[i])) {
            print_error("not printed '%s':\n%s", lines[i],
                        kor_buf_text(&run.out));
            fail();
        }
    }
    run_done(&run);
    (void)fake_kord_stop(kord);
}

static void
sizes_and_moments_are_for_people(void **state)
{
    (void)state;
    static const char *const lines[]
        = {"1.2.3, schema 4",          "1970-01-11T00:00:00Z",
           "1.2 GB, log 300 MB",       "7.6 MB",
           "1970-01-12T00:00:00Z",     "1970-01-12T23:59:59Z", "17", NULL};
    prints("status --lang en", STATUS, lines);
}

static void
warnings_are_sentences(void **state)
{
    (void)state;
    static const char *const lines[]
        = {"The last good backup is 9 days old.",
           "looked through 8 days ago", "The disk is full", "Only 7.6 MB are free",
           "has 300 MB: something holds it open", "no Landlock",
           "of-tomorrow", NULL};
    static const char *const bokmal[]
        = {"Den siste gode sikkerhetskopien er 9 dager gammel.",
           "for 8 dager siden", "1,2 GB, logg 300 MB", NULL};
    static const char *const swedish[]
        = {"säkerhetskopian är 9 dagar gammal", "8 dagar sedan", NULL};
    static const char *const early[]
        = {"There is no backup", "never looked through", "none", NULL};
    prints("status --lang en", STATUS, lines);
    prints("status --lang nb", STATUS, bokmal);
    prints("status --lang sv", STATUS, swedish);
    prints("status --lang en", EARLY, early);
}

static void
json_is_what_the_daemon_said(void **state)
{
    (void)state;
    static const char *const lines[] = {STATUS, NULL};
    prints("status --json", STATUS, lines);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_and_moments_are_for_people),
        cmocka_unit_test(warnings_are_sentences),
        cmocka_unit_test(json_is_what_the_daemon_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
