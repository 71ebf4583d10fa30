/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The outbox as people meet it: what kor says while the daemon is away, and
 * when it is back. */

#include "support/near.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <jansson.h>

#include "kor/base/alloc.h"
#include "support/fake_clinic.h"
#include "support/run_kor.h"
#include "support/storekit.h"

#define LONG_MS 20000
#define RECORD "record VCCG-CV7W outcome 5 5 5 "

struct desk {
    char root[KIT_PATH_SIZE];
    struct fake_clinic *clinic;
    struct run run;
};

static int
set_up(void **state)
{
    struct desk *desk = kor_alloc(sizeof *desk);
    *state = desk;
    kit_folder(desk->root);
    setenv("KOR_OUTBOX", desk->root, 1);
    desk->clinic = fake_clinic_new();
    return 0;
}

static int
tear_down(void **state)
{
    struct desk *desk = *state;
    run_done(&desk->run);
    fake_clinic_free(desk->clinic);
    kit_folder_remove(desk->root);
    free(desk);
    return 0;
}

/* Runs kor where the daemon is, or where nobody is. */
static int
here(struct desk *desk, const char *line)
{
    run_done(&desk->run);
    setenv("KOR_WAIT", "20000", 1);
    run_kor(line, fake_clinic_folder(desk->clinic), RUN_KEEP, &desk->run);
    return desk->run.status;
}

static int
away(struct desk *desk, const char *line)
{
    run_done(&desk->run);
    setenv("KOR_WAIT", "200", 1);
    run_kor(line, desk->clinic->away, RUN_KEEP, &desk->run);
    return desk->run.status;
}

static void
assert_says(const struct kor_buf *text, const char *said)
{
    if (!strstr(kor_buf_text(text), said)) {
        fail_msg("'%s' is not in '%s'", said, kor_buf_text(text));
    }
}

static size_t
count_lines(const struct kor_buf *text)
{
    size_t n = 0;
    for (size_t i = 0; i < text->size; i++) {
        n += text->text[i] == '\n';
    }
    return n;
}

/* Copies the text member 'name' of the JSON that was printed. */
static void
printed(const struct desk *desk, const char *name, char out[64])
{
    json_t *root = json_loads(kor_buf_text(&desk->run.out), 0, NULL);
    const char *text = json_string_value(json_object_get(root, name));
    snprintf(out, 64, "%s", text ? text : "");
    json_decref(root);
}

static void
an_entry_is_kept_and_that_is_said(void **state)
{
    struct desk *desk = *state;
    assert_int_equal(away(desk, RECORD "6 --lang en"), 79);
    assert_int_equal(desk->run.out.size, 0);
    assert_says(&desk->run.err, "kept on this machine, encrypted");
    assert_says(&desk->run.err, "(waiting: 1)");
    assert_says(&desk->run.err, "Do not enter it again");
    assert_int_equal(away(desk, RECORD "6 --lang nb"), 79);
    assert_says(&desk->run.err, "(venter: 2). Ikke f\xc3\xb8r det inn igjen");
    assert_int_equal(away(desk, RECORD "6 --lang sv --quiet"), 79);
    assert_says(&desk->run.err, "kor outbox --deliver");
    assert_int_equal(desk->clinic->n_asked, 0);
}

static void
with_json_it_is_one_line(void **state)
{
    struct desk *desk = *state;
    char id[64];
    assert_int_equal(away(desk, RECORD "6 --json"), 79);
    json_t *root = json_loads(kor_buf_text(&desk->run.out), 0, NULL);
    assert_true(json_is_true(json_object_get(root, "kept")));
    assert_int_equal(json_integer_value(json_object_get(root, "waiting")), 1);
    json_decref(root);
    printed(desk, "id", id);
    assert_int_equal(here(desk, RECORD "7 --json"), 0);
    assert_int_equal(count_lines(&desk->run.out), 1);
    assert_says(&desk->run.out, "\"session\":4");
    assert_says(&desk->run.err, "Delivered, entered 20");
    assert_int_equal(desk->clinic->n_stored, 2);
    assert_string_equal(desk->clinic->stored[0], id);
    assert_non_null(strstr(desk->clinic->text, "[5,5,5,7]"));
}

static void
what_waits_goes_before_what_is_new_and_is_told(void **state)
{
    struct desk *desk = *state;
    char first[64];
    away(desk, RECORD "6 --json");
    printed(desk, "id", first);
    away(desk, RECORD "6");
    assert_int_equal(here(desk, RECORD "7"), 0);
    assert_int_equal(desk->clinic->n_stored, 3);
    assert_string_equal(desk->clinic->stored[0], first);
    char *now = strstr(desk->run.out.text, "Entered now:");
    assert_non_null(now);
    assert_non_null(strstr(now, "VCCG-CV7W, session 4"));
    *now = '\0';
    const char *earlier = strstr(desk->run.out.text, "delivered now:");
    assert_non_null(earlier);
    assert_non_null(strstr(earlier + 1, "delivered now:"));
    assert_int_equal(desk->run.err.size, 0);
    assert_int_equal(here(desk, "outbox"), 0);
    assert_says(&desk->run.err, "The outbox is empty.");
}

static void
behind_one_that_waits_nothing_is_tried(void **state)
{
    struct desk *desk = *state;
    away(desk, RECORD "6");
    desk->clinic->refusal = KOR_NOT_STORED;
    assert_int_equal(here(desk, RECORD "7"), 79);
    assert_says(&desk->run.err, "(waiting: 2)");
    assert_says(&desk->run.err, "not now");
    assert_int_equal(desk->clinic->n_asked, 1);
    desk->clinic->refusal = KOR_OK;
    assert_int_equal(here(desk, "outbox --deliver"), 0);
    assert_int_equal(desk->clinic->n_stored, 2);
    assert_non_null(strstr(desk->clinic->text, "[5,5,5,7]"));
}

/* Begins to record where nobody answers, and ends it by 'number' as soon as
 * the request has arrived. */
static void
give_up(struct desk *desk, int number)
{
    char text[1024];
    int fd, status, n_asked = desk->clinic->n_asked;
    setenv("KOR_WAIT", "60000", 1);
    pid_t pid
        = run_kor_start(RECORD "6", fake_clinic_folder(desk->clinic), &fd);
    for (int i = 0; i < LONG_MS / 10 && desk->clinic->n_asked == n_asked;
         i++) {
        poll(NULL, 0, 10);
    }
    kill(pid, number);
    struct pollfd item = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&item, 1, LONG_MS), 1);
    ssize_t size = read(fd, text, sizeof text - 1);
    assert_true(size > 0);
    text[size] = '\0';
    assert_non_null(strstr(text, "kept on this machine"));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 79);
    close(fd);
}

static void
an_answer_that_got_lost_is_asked_for_again_with_the_same_id(void **state)
{
    struct desk *desk = *state;
    desk->clinic->is_silent = true;
    give_up(desk, SIGTERM);
    assert_int_equal(desk->clinic->n_stored, 1);
    desk->clinic->is_silent = false;
    assert_int_equal(here(desk, "outbox --deliver --json"), 0);
    assert_says(&desk->run.out, "\"state\":\"delivered\",\"recorded\":{");
    assert_int_equal(count_lines(&desk->run.out), 1);
    assert_int_equal(desk->clinic->n_stored, 1);
    assert_int_equal(here(desk, "outbox --deliver"), 0);
    assert_says(&desk->run.err, "Nothing waits to be delivered.");
}

static void
a_refusal_is_told_once_in_full_and_then_in_a_word(void **state)
{
    struct desk *desk = *state;
    away(desk, RECORD "6");
    away(desk, RECORD "7");
    strcpy(desk->clinic->refused, "[5,5,5,6]");
    assert_int_equal(here(desk, "outbox --deliver"), 65);
    assert_says(&desk->run.err, "and refused: " FAKE_CLINIC_REFUSAL);
    assert_says(&desk->run.err, "refused: 1. 'kor outbox' shows them");
    assert_int_equal(desk->clinic->n_stored, 1);
    assert_int_equal(here(desk, "outbox"), 0);
    assert_says(&desk->run.out, "refused  a value is not right: "
                                "answers[0].values");
    assert_null(strstr(desk->run.out.text, "77"));
    assert_int_equal(here(desk, RECORD "8"), 0);
    assert_says(&desk->run.err, "0 waiting, 1 refused or damaged");
    assert_int_equal(desk->clinic->n_stored, 2);
}

static void
other_commands_say_that_something_waits(void **state)
{
    struct desk *desk = *state;
    away(desk, RECORD "6");
    assert_int_equal(here(desk, "caseload --json"), 0);
    assert_says(&desk->run.err, "1 waiting, 0 refused or damaged");
    assert_int_equal(desk->run.out.size, 0);
    assert_int_equal(here(desk, "caseload --quiet"), 0);
    assert_int_equal(desk->run.err.size, 0);
    assert_int_equal(desk->clinic->n_stored, 0);
}

static void
one_can_be_dropped_by_name(void **state)
{
    struct desk *desk = *state;
    char id[64], line[128];
    away(desk, RECORD "6 --json");
    printed(desk, "id", id);
    away(desk, RECORD "7");
    assert_int_equal(here(desk, "outbox --json"), 0);
    assert_int_equal(count_lines(&desk->run.out), 2);
    assert_says(&desk->run.out, "\"verb\":\"record\"");
    assert_int_equal(here(desk, "outbox --drop 0"), 64);
    assert_says(&desk->run.err, "the ids of 2 entries begin with '0'");
    assert_int_equal(here(desk, "outbox --drop x"), 66);
    assert_int_equal(here(desk, "outbox --drop x --deliver"), 64);
    /* Nobody is at a terminal to say that it is meant. */
    snprintf(line, sizeof line, "outbox --drop %s", id);
    assert_int_equal(here(desk, line), 64);
    assert_says(&desk->run.err, "--yes");
    snprintf(line, sizeof line, "outbox --yes --drop %s", id);
    assert_int_equal(here(desk, line), 0);
    assert_says(&desk->run.out, "Dropped: the entry of 20");
    assert_int_equal(here(desk, line), 66);
    assert_int_equal(here(desk, "outbox --deliver"), 0);
    assert_int_equal(desk->clinic->n_stored, 1);
    assert_non_null(strstr(desk->clinic->text, "[5,5,5,7]"));
}

static void
where_nothing_can_be_kept_that_is_said(void **state)
{
    struct desk *desk = *state;
    setenv("KOR_OUTBOX", "/dev/null/x", 1);
    assert_int_equal(away(desk, RECORD "6"), 69);
    assert_says(&desk->run.err, "it is not kept on this machine, so write it "
                                "on paper (/dev/null/x");
    assert_says(&desk->run.err, "nobody answers at");
    /* It is no reason not to record. */
    assert_int_equal(here(desk, RECORD "6"), 0);
    assert_int_equal(desk->clinic->n_stored, 1);
}

static void
how_long_to_wait_must_be_a_number(void **state)
{
    static const char *const bad[] = {"soon", "0", "600001", "1.5"};
    struct desk *desk = *state;
    for (size_t i = 0; i < KOR_LENGTH(bad); i++) {
        run_done(&desk->run);
        setenv("KOR_WAIT", bad[i], 1);
        run_kor("ping", desk->clinic->away, RUN_KEEP, &desk->run);
        assert_int_equal(desk->run.status, 78);
        assert_says(&desk->run.err, "KOR_WAIT must be a whole number");
    }
}

static void
a_value_that_is_not_right_is_not_kept(void **state)
{
    struct desk *desk = *state;
    strcpy(desk->clinic->refused, "[5,5,5,6]");
    assert_int_equal(here(desk, RECORD "6"), 65);
    assert_int_equal(here(desk, "outbox"), 0);
    assert_says(&desk->run.err, "The outbox is empty.");
}

/* Item 9 of PHQ-9 is about safety, and is asked whatever the daemon does. */
static void
an_answer_to_talk_about_now_does_not_wait(void **state)
{
    struct desk *desk = *state;
    assert_int_equal(
        away(desk, "record VCCG-CV7W phq9 0 0 0 0 0 0 0 0 1 outcome 5 5 5 5"),
        79);
    assert_says(&desk->run.out, "Answer to talk about now: item 9 of PHQ-9");
    assert_int_equal(
        away(desk, "record VCCG-CV7W phq9 0 0 0 0 0 0 0 0 2 --json"), 79);
    json_t *root = json_loads(kor_buf_text(&desk->run.out), 0, NULL);
    const json_t *one
        = json_array_get(json_object_get(root, "answers"), 0);
    assert_int_equal(json_integer_value(json_object_get(one,
                                                        "attention_item")),
                     9);
    json_decref(root);
    assert_int_equal(
        away(desk, "record VCCG-CV7W phq9 0 0 0 0 0 0 0 0 0"), 79);
    assert_int_equal(desk->run.out.size, 0);
    assert_int_equal(away(desk, "record VCCG-CV7W phq9 --total 9"), 79);
    assert_says(&desk->run.out, "its answer was not seen: ask.");
}

static void
a_slip_is_told_while_the_form_is_at_hand_and_kept(void **state)
{
    struct desk *desk = *state;
    assert_int_equal(away(desk, RECORD "66 --quiet"), 79);
    assert_says(&desk->run.err, "likely to be refused later: item 4 of "
                                "outcome is 66 and must be from 0 to 10");
    assert_says(&desk->run.err, "(waiting: 1)");
    assert_int_equal(away(desk, "record VCCG-CV7W ourown 66"), 79);
    assert_null(strstr(desk->run.err.text, "likely"));
    assert_says(&desk->run.err, "(waiting: 2)");
}

/* Who gives up waiting, or closes the terminal, loses nothing. */
static void
ctrl_c_keeps_what_was_being_asked(void **state)
{
    struct desk *desk = *state;
    desk->clinic->is_silent = true;
    give_up(desk, SIGINT);
    give_up(desk, SIGHUP);
    desk->clinic->is_silent = false;
    assert_int_equal(here(desk, "outbox --deliver"), 0);
    assert_int_equal(desk->clinic->n_stored, 2);
}

int
main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        T(an_entry_is_kept_and_that_is_said),
        T(with_json_it_is_one_line),
        T(what_waits_goes_before_what_is_new_and_is_told),
        T(behind_one_that_waits_nothing_is_tried),
        T(an_answer_that_got_lost_is_asked_for_again_with_the_same_id),
        T(a_refusal_is_told_once_in_full_and_then_in_a_word),
        T(other_commands_say_that_something_waits),
        T(one_can_be_dropped_by_name),
        T(where_nothing_can_be_kept_that_is_said),
        T(how_long_to_wait_must_be_a_number),
        T(a_value_that_is_not_right_is_not_kept),
        T(an_answer_to_talk_about_now_does_not_wait),
        T(a_slip_is_told_while_the_form_is_at_hand_and_kept),
        T(ctrl_c_keeps_what_was_being_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
