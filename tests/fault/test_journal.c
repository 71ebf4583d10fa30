/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was said to kord in confidence is not in its journal: a busy hour at the
 * most talkative level, with names, codes, scores and secrets that are looked
 * for afterwards. */

#include "support/clinic.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zmq.h>

#include "kor/base/file.h"
#include "kor/base/keyfile.h"
#include "support/live.h"

#define PERSON "Planted-Person-77"
#define THERAPIST "planted-therapist"
#define REASON "planted-reason-kqz"
#define SCORE "13.371"
#define OTHER_SCORE "31.737"
#define BORN "1971-03"
#define FILE_NAME "planted-file.csv"

struct hour {
    char base[KIT_PATH_SIZE];
    char journal[KIT_PATH_SIZE + 16];
    struct live live;
    void *socket;
    int n_asked, n_ok;
    struct kor_buf reply;
    char code[16], other_code[16]; /* Of two clients. */
};

/* Starts kord with its journal in a file. */
static void
start(struct hour *hour)
{
    int own = dup(STDERR_FILENO);
    int fd = open(hour->journal, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                  0600);
    assert_true(own >= 0 && fd >= 0);
    setenv("KOR_SAY", "1", 1);
    dup2(fd, STDERR_FILENO);
    live_start(&hour->live, NULL);
    dup2(own, STDERR_FILENO);
    unsetenv("KOR_SAY");
    close(fd);
    close(own);
}

static void
add_therapist(const struct hour *hour)
{
    char command[2 * KIT_PATH_SIZE];
    const char *bin = getenv("KOR_BIN");
    snprintf(command, sizeof command, "'%s' key '%s' " THERAPIST " >/dev/null",
             bin ? bin : "build/bin/kord", hour->live.folder);
    assert_int_equal(system(command), 0);
}

/* Sets the level of the journal in kord.ini. */
static void
be_talkative(const struct hour *hour)
{
    char path[KIT_PATH_SIZE + 48];
    struct kor_buf text = {0};
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/kord.ini", hour->live.folder);
    kit_ok(kor_file_read(path, 65536, &text, &err), &err);
    char *at = strstr(text.text, "log = info");
    assert_non_null(at);
    *at = '\0';
    struct kor_buf changed = {0};
    kor_buf_printf(&changed, "%slog = debug%s", text.text,
                   at + strlen("log = info"));
    kit_ok(kor_file_write(path, changed.text, changed.size, 0600, &err),
           &err);
    kor_buf_done(&changed);
    kor_buf_done(&text);
}

static int
set_up(void **state)
{
    struct hour *hour = calloc(1, sizeof *hour);
    char path[KIT_PATH_SIZE + 16];
    kit_folder(hour->base);
    snprintf(hour->journal, sizeof hour->journal, "%s/journal", hour->base);
    snprintf(path, sizeof path, "%s/clinic", hour->base);
    live_init(&hour->live, path);
    add_therapist(hour);
    be_talkative(hour);
    start(hour);
    hour->socket = live_connect(&hour->live);
    *state = hour;
    return 0;
}

static int
tear_down(void **state)
{
    struct hour *hour = *state;
    live_hang_up(&hour->live, hour->socket);
    live_done(&hour->live);
    kor_buf_done(&hour->reply);
    kit_folder_remove(hour->base);
    free(hour);
    return 0;
}

/* --- what is said -------------------------------------------------------- */

static void
say(struct hour *hour, const char *bytes, size_t size)
{
    assert_true(zmq_send(hour->socket, bytes, size, 0) >= 0);
    assert_true(live_receive(hour->socket, LIVE_MS, &hour->reply));
    hour->n_asked++;
    hour->n_ok += live_code(&hour->reply) == KOR_OK;
}

#define ask(hour, verb, ...)                                                  \
    do {                                                                      \
        char frame_[CLINIC_FRAME_SIZE];                                       \
        clinic_frame(frame_, (hour)->n_asked + 1, (verb), __VA_ARGS__);       \
        say((hour), frame_, strlen(frame_));                                  \
    } while (0)

/* The same, which has to be answered. */
#define ask_ok(hour, verb, ...)                                               \
    do {                                                                      \
        ask((hour), (verb), __VA_ARGS__);                                     \
        if (live_code(&(hour)->reply) != KOR_OK) {                            \
            print_error("%s: %s\n", (verb), kor_buf_text(&(hour)->reply));    \
            fail();                                                           \
        }                                                                     \
    } while (0)

static void
open_client(struct hour *hour, char code[16])
{
    ask_ok(hour, "open",
           "{'born': '" BORN "', 'therapist': '" THERAPIST "'}");
    const char *at = strstr(kor_buf_text(&hour->reply), "\"code\":\"");
    at = strstr(at + 1, "\"code\":\"");
    assert_non_null(at);
    assert_int_equal(sscanf(at, "\"code\":\"%15[^\"]\"", code), 1);
}

static void
be_busy(struct hour *hour)
{
    open_client(hour, hour->code);
    open_client(hour, hour->other_code);
    ask_ok(hour, "record", "{'code': '%s', 'answers': [{'scale': 'outcome', "
                           "'total': " SCORE "}]}", hour->code);
    ask_ok(hour, "correct", "{'code': '%s', 'scale': 'outcome', 'session': 1, "
                            "'total': " OTHER_SCORE ", 'reason': '" REASON
                            "'}", hour->code);
    ask_ok(hour, "correct", "{'code': '%s', 'scale': 'outcome', 'session': 1, "
                            "'wrong_client': '%s', 'reason': '" REASON "'}",
           hour->code, hour->other_code);
    ask_ok(hour, "show", "{'code': '%s'}", hour->other_code);
    ask_ok(hour, "graph", "{'code': '%s', 'format': 'svg'}",
           hour->other_code);
    ask_ok(hour, "caseload", "{}");
    ask_ok(hour, "export", "{}");
    ask_ok(hour, "close", "{'code': '%s', 'ending': 'unplanned', "
                          "'reason': '" REASON "'}", hour->code);
    ask_ok(hour, "reopen", "{'code': '%s'}", hour->code);
}

static void
import(struct hour *hour)
{
    ask_ok(hour, "import.begin",
           "{'name': '" FILE_NAME "', 'rows': 1, 'hash': "
           "'5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592'"
           "}");
    ask_ok(hour, "import.rows",
           "{'import': 1, 'from': 0, 'rows': [{'person': '" PERSON "', "
           "'date': '2026-01-12', 'therapist': '" THERAPIST "', 'answers': "
           "[{'scale': 'outcome', 'total': " SCORE "}]}]}");
    ask_ok(hour, "import.finish", "{'import': 1}");
    ask_ok(hour, "import.codes", "{'import': 1}");
}

/* All of this is refused. */
static void
be_wrong(struct hour *hour)
{
    static const char *const frames[] = {
        PERSON, "{\"kor\":1,\"verb\":\"" PERSON "\"}",
        "{\"kor\":1,\"id\":\"019ac2d4-5e00-7001-9a31-7c04e1b2004d\","
        "\"verb\":\"show\",\"body\":{\"code\":\"" PERSON "\"}}",
        "{\"kor\":1,\"id\":\"019ac2d4-5e00-7001-9a31-7c04e1b2004d\","
        "\"verb\":\"show\",\"body\":{\"" PERSON "\":" SCORE "}}",
        "{\"kor\":1,\"id\":\"" PERSON "\",\"verb\":\"show\",\"token\":\""
        PERSON "\"}"};
    int n_ok = hour->n_ok;
    for (size_t i = 0; i < KOR_LENGTH(frames); i++) {
        say(hour, frames[i], strlen(frames[i]));
    }
    ask(hour, "record", "{'code': '%s', 'answers': [{'scale': '" PERSON
                        "', 'total': " SCORE "}]}", hour->code);
    ask(hour, "record", "{'code': '%s', 'answers': [{'scale': 'outcome', "
                        "'total': 4" SCORE "}]}", hour->code);
    ask(hour, "import.rows", "{'import': 1, 'from': 9, 'rows': [{'person': '"
                             PERSON "', 'date': '2026-01-12'}]}");
    ask(hour, "graph", "{'code': '%s', 'format': 'svg', 'scale': '" PERSON
                       "'}", hour->code);
    ask(hour, "show", "{'code': '%s', 'episode': 9}", hour->code);
    ask(hour, "course.fit", "{'scale': '" PERSON "', 'rater': 'client'}");
    assert_int_equal(hour->n_ok, n_ok);
}

/* Somebody whose key nobody knows knocks. */
static void
be_a_stranger(struct hour *hour)
{
    struct live other = hour->live;
    zmq_curve_keypair(other.place.keys.public_key,
                      other.place.keys.secret_key);
    void *socket = live_connect(&other);
    assert_true(zmq_send(socket, PERSON, strlen(PERSON), ZMQ_DONTWAIT) < 0
                || !live_receive(socket, 100, &hour->reply));
    live_hang_up(&other, socket);
}

/* --- what is written down ------------------------------------------------ */

static void
is_not_said(const struct kor_buf *journal, const char *word)
{
    if (strstr(kor_buf_text(journal), word)) {
        print_error("the journal says '%s':\n%s", word,
                    kor_buf_text(journal));
        fail();
    }
}

static void
read_secret(const struct hour *hour, const char *name,
            struct kor_keyfile *keys)
{
    char path[KIT_PATH_SIZE + 64];
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    snprintf(path, sizeof path, "%s/%s", hour->live.folder, name);
    kit_ok(kor_keyfile_read(path, keys, &err), &err);
}

static void
look_through(const struct hour *hour)
{
    static const char *const words[]
        = {PERSON, THERAPIST, REASON, SCORE, OTHER_SCORE, BORN, FILE_NAME,
           "13,371", "31,737"};
    struct kor_buf journal = {0};
    struct kor_keyfile server, operator;
    struct kor_err err;
    kor_err_init(&err, KOR_EN);
    kit_ok(kor_file_read(hour->journal, 1 << 24, &journal, &err), &err);
    /* It is the journal, and it did talk. */
    assert_non_null(strstr(kor_buf_text(&journal), " serves "));
    assert_non_null(strstr(kor_buf_text(&journal), "unknown keys"));
    assert_non_null(strstr(kor_buf_text(&journal), "read keys and log level"));
    for (size_t i = 0; i < KOR_LENGTH(words); i++) {
        is_not_said(&journal, words[i]);
    }
    is_not_said(&journal, hour->code);
    is_not_said(&journal, hour->other_code);
    read_secret(hour, "server.key", &server);
    read_secret(hour, "keys/operator.key", &operator);
    is_not_said(&journal, server.secret_key);
    is_not_said(&journal, operator.secret_key);
    kor_buf_done(&journal);
}

static void
a_busy_hour_leaves_nothing_in_the_journal(void **state)
{
    struct hour *hour = *state;
    be_busy(hour);
    import(hour);
    be_wrong(hour);
    be_a_stranger(hour);
    assert_int_equal(kill(hour->live.pid, SIGHUP), 0);
    ask_ok(hour, "person", "{'code': '%s', 'asked': '" REASON "'}",
           hour->code);
    ask_ok(hour, "erase", "{'code': '%s', 'reason': '" REASON "'}",
           hour->code);
    assert_int_equal(live_stop(&hour->live), 0);
    look_through(hour);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_busy_hour_leaves_nothing_in_the_journal, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
