/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kor as people meet it: what it prints, where, and how it ends. */

#include "support/near.h"

#include <stdio.h>
#include <string.h>

#include "kor/base/utf8.h"
#include "kor/define/catalogue.h"
#include "kor/wire/envelope.h"
#include "lib/command.h"
#include "support/fake_kord.h"
#include "support/run_kor.h"
#include "support/temp.h"

#define RECORDED                                                              \
    "{\"code\":\"VCCG-CV7W\",\"episode\":1,\"session\":4,"                    \
    "\"date\":\"2026-10-22\",\"status\":\"held\",\"answers\":["               \
    "{\"scale\":\"outcome\",\"name\":\"Outcome check\",\"kind\":\"outcome\"," \
    "\"better\":\"higher\",\"scale_min\":0,\"scale_max\":40,"                 \
    "\"rater\":\"client\",\"session\":4,\"date\":\"2026-10-22\","             \
    "\"version\":1,\"total\":20.05,\"lead\":true,\"start_session\":1,"        \
    "\"start\":16.8,\"change\":3.25,\"needed\":7,"                            \
    "\"needed_mark\":\"provisional\",\"standing\":\"as-expected\","           \
    "\"low80\":14.06,\"high80\":30.04,\"course_people\":86},"                 \
    "{\"scale\":\"phq9\",\"name\":\"PHQ-9\",\"kind\":\"symptom\","            \
    "\"better\":\"lower\",\"scale_min\":0,\"scale_max\":27,"                  \
    "\"rater\":\"client\",\"session\":4,\"date\":\"2026-10-22\","             \
    "\"version\":1,\"total\":21,\"start\":18,\"change\":3,\"needed\":6,"      \
    "\"attention\":\"asks\",\"attention_item\":9,"                            \
    "\"standing\":\"unknown\",\"findings\":[\"attention\"]}],"                \
    "\"signals\":[{\"id\":1,\"code\":\"VCCG-CV7W\",\"episode\":1,"            \
    "\"therapist\":\"t\",\"finding\":\"attention\",\"scale\":\"phq9\","       \
    "\"session\":4,\"date\":\"2026-10-22\",\"sessions_since\":0,"             \
    "\"raised\":true}],\"next\":\"Ask.\"}"
/* What a client's own key is told. */
#define THANKED                                                               \
    "{\"code\":\"VCCG-CV7W\",\"episode\":1,\"session\":4,"                    \
    "\"date\":\"2026-10-22\",\"status\":\"held\",\"answers\":["               \
    "{\"scale\":\"outcome\",\"name\":\"Outcome check\",\"kind\":\"outcome\"," \
    "\"better\":\"higher\",\"scale_min\":0,\"scale_max\":40,"                 \
    "\"rater\":\"client\",\"session\":4,\"date\":\"2026-10-22\","             \
    "\"version\":1,\"total\":20.05,\"standing\":\"unknown\"}],\"own\":true}"
#define CLIENT(id, code, more)                                                \
    "{\"id\":" #id ",\"code\":\"" code "\",\"episode\":1,"                    \
    "\"pathway\":\"talk\",\"therapist\":\"t\",\"opened\":\"2026-01-01\","     \
    "\"sessions\":2" more "}"

/* Answers by verb; what was asked is kept. */
struct asked {
    char verbs[8][32];
    char frame[2048];
    bool is_own; /* By a client's own key. */
};

static void
answer_instrument(const char *id, struct kor_buf *reply)
{
    size_t i = 0;
    struct kor_buf body = {0};
    while (strcmp(kor_catalogue[i].name, "outcome")) {
        i++;
    }
    kor_buf_printf(&body, "{\"key\":\"outcome\",\"licence\":\"x\","
                          "\"definition\":%s}", kor_catalogue[i].text);
    kor_reply_encode(id, body.text, reply);
    kor_buf_done(&body);
}

static void
answer(void *user, int n, const char *frame, size_t size,
       struct kor_buf *reply)
{
    struct asked *asked = user;
    char id[40], *verb = asked->verbs[n & 7];
    fake_kord_member(frame, size, "id", id, sizeof id);
    fake_kord_member(frame, size, "verb", verb, sizeof asked->verbs[0]);
    snprintf(asked->frame, sizeof asked->frame, "%.*s", (int)size, frame);
    if (!strcmp(verb, "record")) {
        kor_reply_encode(id, asked->is_own ? THANKED : RECORDED, reply);
    } else if (!strcmp(verb, "instrument.show")) {
        answer_instrument(id, reply);
    } else if (!strcmp(verb, "caseload")) {
        bool is_second = strstr(asked->frame, "\"after\":7") != NULL;
        kor_reply_encode(
            id,
            is_second ? "{\"clients\":[" CLIENT(
                            9, "46NF-9CMP",
                            ",\"scale\":\"outcome\",\"start\":16.8,"
                            "\"total\":8,\"change\":-8.8,"
                            "\"signals\":[\"reliably-worse\"]") "]}"
                      : "{\"clients\":[" CLIENT(7, "36AE-PRNX", "") "],"
                        "\"next\":7}",
            reply);
    } else {
        kor_reply_encode(id,
                         "{\"version\":\"1\",\"at_ms\":5,\"seq\":7,"
                         "\"lang\":\"nb\",\"feed\":\"ipc://x\"}",
                         reply);
    }
}

static void
assert_says(const struct kor_buf *text, const char *said)
{
    if (!strstr(kor_buf_text(text), said)) {
        fail_msg("'%s' is not in '%s'", said, kor_buf_text(text));
    }
}

/* Lines of 'text'; fails if one has more than 'most' columns. */
static int
count_lines(const struct kor_buf *text, size_t most)
{
    int n = 0;
    char *rest = text->text;
    for (char *line; rest && (line = strsep(&rest, "\n"));) {
        n += rest != NULL;
        assert_in_range(kor_utf8_columns(line), 0, most);
    }
    return n;
}

/* A screen has 24 lines.  Some methods of 'stat' have more options than
 * that. */
static void
help_is_never_more_than_a_screen(void **state)
{
    (void)state;
    for (int i = -1; i < KOR_N_COMMANDS; i++) {
        bool is_stat = i >= 0 && !strncmp(kor_commands[i].words, "stat ", 5);
        for (int lang = 0; lang < KOR_N_LANGS; lang++) {
            struct run run;
            char line[64];
            snprintf(line, sizeof line, "%s --help --lang %s",
                     i < 0 ? "" : kor_commands[i].words,
                     kor_lang_name((enum kor_lang)lang));
            run_kor(line, NULL, RUN_KEEP, &run);
            assert_int_equal(run.status, 0);
            assert_in_range(count_lines(&run.out, 80), 3, is_stat ? 34 : 24);
            run_done(&run);
        }
    }
}

static void
the_exit_status_says_what_was_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int status;
    } cases[] = {{"recrod", 64},
                 {"record", 64},
                 {"record 36AE-PRNX --session x", 64},
                 {"close 36AE-PRNX --ending planned", 64},
                 {"--lang de version", 64},
                 {"graph 36AE-PRNX -o x.gif", 64},
                 {"show 36AE-PRNY", 65},
                 {"record 36AE-PRNX outcome 1x", 65},
                 {"stat fit /nowhere.csv --id a --time b --score c", 66},
                 {"simulate --people 3 -o /nowhere/x.csv", 73},
                 {"ping", 78},
                 {"version", 0}};
    for (size_t i = 0; i < KOR_LENGTH(cases); i++) {
        struct run run;
        run_kor(cases[i].line, "/nowhere", RUN_KEEP, &run);
        if (run.status != cases[i].status) {
            fail_msg("%s: %d, not %d: %s", cases[i].line, run.status,
                     cases[i].status, kor_buf_text(&run.err));
        }
        assert_true(run.status == 0 || run.out.size == 0);
        assert_true(run.status == 0 || strstr(run.err.text, "kor: "));
        run_done(&run);
    }
}

static void
what_asks_for_attention_comes_first(void **state)
{
    (void)state;
    struct asked asked = {0};
    struct run run;
    struct fake_kord *kord = fake_kord_start(answer, &asked, true);
    run_kor("record VCCG-CV7W outcome 5 5,5 - 6 phq9 3 --mode video --lang en",
            fake_kord_folder(kord), RUN_KEEP, &run);
    assert_int_equal(run.status, 0);
    assert_memory_equal(run.out.text,
                        "Answer to talk about now: item 9 of PHQ-9.", 42);
    assert_says(&run.out, "Outcome check: 20.05 of 40");
    assert_says(&run.out, "3.25 better than at the start (16.8)");
    assert_says(&run.out, "7 points (working limit, not a norm)");
    assert_says(&run.out, "14.1 to 30 (from 86 people)");
    assert_says(&run.out, "3 worse than at the start (18)");
    assert_says(&run.out,
                "Signal: answer to talk about now (phq9), from session");
    assert_says(&run.out, "Next: Ask.");
    assert_int_equal(run.err.size, 0);
    assert_non_null(strstr(asked.frame,
                           "\"answers\":[{\"scale\":\"outcome\","
                           "\"values\":[5,5.5,null,6]}"));
    assert_non_null(strstr(asked.frame, "\"mode\":\"video\""));
    assert_null(strstr(asked.frame, "\"date\""));
    run_done(&run);
    run_kor("record VCCG-CV7W outcome 5 5 5 6 --lang nb",
            fake_kord_folder(kord), RUN_KEEP, &run);
    assert_says(&run.out, "20,05");
    assert_non_null(strstr(asked.frame, "\"lang\":\"nb\""));
    run_done(&run);
    fake_kord_stop(kord);
}

static void
a_client_is_thanked_and_told_the_score_alone(void **state)
{
    (void)state;
    struct asked asked = {.is_own = true};
    struct run run;
    struct fake_kord *kord = fake_kord_start(answer, &asked, true);
    run_kor("record VCCG-CV7W outcome 5 5 5 5 --lang en",
            fake_kord_folder(kord), RUN_KEEP, &run);
    assert_int_equal(run.status, 0);
    assert_string_equal(run.out.text,
                        "Thank you: your answers have arrived.\n"
                        "Outcome check: 20.05 of 40\n");
    run_done(&run);
    fake_kord_stop(kord);
}

static void
lists_are_fetched_whole_and_signals_come_first(void **state)
{
    (void)state;
    struct asked asked = {0};
    struct run run;
    struct fake_kord *kord = fake_kord_start(answer, &asked, true);
    run_kor("caseload --json", fake_kord_folder(kord), RUN_KEEP, &run);
    assert_int_equal(run.status, 0);
    assert_int_equal(count_lines(&run.out, 400), 2);
    run_done(&run);
    run_kor("caseload", fake_kord_folder(kord), RUN_KEEP, &run);
    const char *first = strstr(run.out.text, "46NF-9CMP");
    assert_non_null(first);
    assert_true(first < strstr(run.out.text, "36AE-PRNX"));
    assert_says(&run.out, "reliably worse");
    run_done(&run);
    assert_int_equal(fake_kord_stop(kord), 4);
}

static void
an_output_that_nobody_reads_ends_quietly(void **state)
{
    (void)state;
    struct asked asked = {0};
    struct run run;
    struct fake_kord *kord = fake_kord_start(answer, &asked, true);
    const enum run_output outputs[] = {RUN_CLOSED, RUN_BROKEN};
    for (size_t i = 0; i < KOR_LENGTH(outputs); i++) {
        run_kor("caseload --json", fake_kord_folder(kord), outputs[i], &run);
        assert_int_equal(run.status, 0);
        assert_int_equal(run.err.size, 0);
        run_done(&run);
    }
    fake_kord_stop(kord);
}

static void
a_file_with_errors_is_listed_and_not_sent(void **state)
{
    (void)state;
    static const char map_text[]
        = "[columns]\nid = p\ndate = d\n[scale outcome]\ntotal = t\n";
    static const char csv_text[]
        = "p,d,t\n1,2026-01-01,20\n1,2026-13-01,41\n";
    struct asked asked = {0};
    struct run run;
    char line[256], map[TEMP_SIZE], csv[TEMP_SIZE];
    struct fake_kord *kord = fake_kord_start(answer, &asked, true);
    temp_file(map, map_text, strlen(map_text));
    temp_file(csv, csv_text, strlen(csv_text));
    snprintf(line, sizeof line, "import %s --map %s", csv, map);
    run_kor(line, fake_kord_folder(kord), RUN_KEEP, &run);
    assert_int_equal(run.status, 65);
    assert_int_equal(run.out.size, 0);
    assert_says(&run.err, "line 3, column d: '2026-13-01' is no date");
    assert_says(&run.err, "line 3, column t: the total of outcome is 41");
    assert_says(&run.err, ": 2. Nothing was sent");
    run_done(&run);
    temp_remove(map);
    temp_remove(csv);
    assert_int_equal(fake_kord_stop(kord), 1);
    assert_string_equal(asked.verbs[0], "instrument.show");
}

static void
a_fit_has_these_keys_and_no_others(void **state)
{
    (void)state;
    static const char *const keys[]
        = {"people", "records", "method", "b", "se", "terms", "tau00",
           "tau01", "tau11", "sigma", "loglik", "aic", "bic", "status",
           "iterations"};
    struct run run;
    run_kor("stat fit tests/data/btheb.csv --id id --time month --score "
            "bdi_total --f log1p --json",
            NULL, RUN_KEEP, &run);
    assert_int_equal(run.status, 0);
    assert_int_equal(count_lines(&run.out, 1000), 1);
    json_t *json = json_loads(run.out.text, 0, NULL);
    assert_int_equal(json_object_size(json), KOR_LENGTH(keys));
    for (size_t i = 0; i < KOR_LENGTH(keys); i++) {
        assert_non_null(json_object_get(json, keys[i]));
    }
    assert_int_equal(json_array_size(json_object_get(json, "b")), 2);
    json_decref(json);
    run_done(&run);
}

static void
a_definition_is_checked_without_a_daemon(void **state)
{
    (void)state;
    static const char bad[] = "{\"key\": \"x\"}";
    struct run run;
    char line[128], path[TEMP_SIZE];
    run_kor("instrument check sql/instruments/outcome.json", NULL, RUN_KEEP,
            &run);
    assert_int_equal(run.status, 0);
    assert_says(&run.out, "outcome: Outcome check");
    run_done(&run);
    temp_file(path, bad, strlen(bad));
    snprintf(line, sizeof line, "instrument check %s", path);
    run_kor(line, NULL, RUN_KEEP, &run);
    assert_int_equal(run.status, 65);
    assert_says(&run.err, path);
    run_done(&run);
    temp_remove(path);
}

static void
completion_names_every_command(void **state)
{
    (void)state;
    struct run run;
    run_kor("completion", NULL, RUN_KEEP, &run);
    assert_int_equal(run.status, 0);
    for (int i = 0; i < KOR_N_COMMANDS; i++) {
        char branch[64];
        snprintf(branch, sizeof branch, "    '%s%s) words=\"",
                 kor_commands[i].words,
                 strchr(kor_commands[i].words, ' ') ? "'" : " '*");
        assert_says(&run.out, branch);
    }
    run_done(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_is_never_more_than_a_screen),
        cmocka_unit_test(the_exit_status_says_what_was_wrong),
        cmocka_unit_test(what_asks_for_attention_comes_first),
        cmocka_unit_test(a_client_is_thanked_and_told_the_score_alone),
        cmocka_unit_test(lists_are_fetched_whole_and_signals_come_first),
        cmocka_unit_test(an_output_that_nobody_reads_ends_quietly),
        cmocka_unit_test(a_file_with_errors_is_listed_and_not_sent),
        cmocka_unit_test(a_fit_has_these_keys_and_no_others),
        cmocka_unit_test(a_definition_is_checked_without_a_daemon),
        cmocka_unit_test(completion_names_every_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
