/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_CLINIC_H
#define TESTS_SUPPORT_CLINIC_H 1

/* A made-up clinic for tests of the service: a folder of its own, a clock that
 * stands still, random numbers from a seed, one service and one worker.
 *
 *     struct clinic *clinic = clinic_new();
 *     clinic_open(clinic, code);
 *     clinic_day(clinic, 7);
 *     clinic_ok(clinic, "record",
 *               "{'code': '%s', 'answers': [{'scale': 'outcome', "
 *               "'total': 14}]}", code);
 *     assert_reply(clinic, "answers[0].total", 14);
 *
 * Bodies are JSON with ' for ", so that they can be read; they go through
 * kor_request_decode() like any other.  What is asked about afterwards is the
 * last reply.  Whatever goes wrong in the clinic itself ends the test. */

#include "kor/base/clock.h"
#include "kor/base/compiler.h"
#include "kor/stat/flag_rule.h"
#include "service/service.h"
#include "support/dice.h"
#include "support/near.h"
#include "support/storekit.h"

struct clinic {
    struct kor_clock clock;   /* First: the clock finds the clinic by it. */
    _Atomic int64_t now_ms; /* A bus of the clinic's may look, too. */
    struct kor_random random;
    struct dice dice;         /* Behind 'random'. */
    char folder[KIT_PATH_SIZE];
    struct kor_clinic config;
    struct kor_service *service;
    struct kor_worker *worker;
    struct kor_caller caller; /* Who asks; the first account at the start. */
    uint8_t contact_key[32];
    int n_actors;
    int n_asked;              /* From which ids are made. */
    struct kor_call call;     /* The last one. */
    json_t *reply;            /* Its body; null if refused. */
};

/* Makes a clinic on KIT_DAY at nine in the morning, on the system's files or
 * on the SQLite VFS called 'vfs'; frees one. */
struct clinic *clinic_new(void);
struct clinic *clinic_new_on(const char *vfs);
void clinic_free(struct clinic *clinic);

/* What a cmocka test of a clinic is set up and torn down with: *state is a
 * clinic_new(). */
int clinic_set_up(void **state);
int clinic_tear_down(void **state);

/* A second clinic, with the same people at the same moment, on what 'vfs' has
 * of the first one's files; null, and why, if it does not open. */
struct clinic *clinic_copy_on(const struct clinic *clinic, const char *vfs,
                              struct kor_err *err);

/* Stops the service and starts it again on the same file. */
void clinic_restart(struct clinic *clinic);

/* Nothing is asked for, and the daemon does what a day brings. */
void clinic_night(struct clinic *clinic);

/* Sets the clock to nine in the morning of the day KIT_DAY + 'day'. */
void clinic_day(struct clinic *clinic, int day);

/* Writes that day as it is written in messages. */
const char *clinic_date(int day, char text[KOR_DATE_SIZE]);

/* Adds an account with that name and those roles, for the whole clinic, and a
 * key; that is the caller from now on. */
struct kor_caller clinic_actor(struct clinic *clinic, const char *name,
                               unsigned roles);

/* Adds a key to the account 'name'; that is the caller from now on. */
struct kor_caller clinic_key(struct clinic *clinic, const char *name);

/* Puts the caller's account into the unit 'name', which must be there. */
void clinic_move(struct clinic *clinic, const char *name);

/* Adds an account of the client 'code' with a key of its own; that is the
 * caller from now on. */
struct kor_caller clinic_client(struct clinic *clinic, const char *code);

/* Adds a unit under the path 'parent', "/" for the top. */
void clinic_unit(struct clinic *clinic, const char *name, const char *parent);

/* Adds a pathway called 'key', version 1, of which 'rest' says what there is
 * beside key, version and names: "'signals': {'asks': []}". */
void clinic_pathway(struct clinic *clinic, const char *key, const char *rest);

/* Asks, and returns how it ended. */
enum kor_code clinic_ask(struct clinic *clinic, const char *verb,
                         const char *body, ...) KOR_PRINTF(3, 4);

/* Asks, and ends the test unless it is answered. */
void clinic_ok(struct clinic *clinic, const char *verb, const char *body, ...)
    KOR_PRINTF(3, 4);

/* Asks, and ends the test unless it is refused with 'code' and 'field'. */
void clinic_refused(struct clinic *clinic, enum kor_code code,
                    const char *field, const char *verb, const char *body, ...)
    KOR_PRINTF(5, 6);

/* Opens an episode on the day of the clock and writes the new code. */
void clinic_open(struct clinic *clinic, char code[KOR_CLIENT_CODE_SIZE]);

/* Records the total of one scale in today's session. */
void clinic_total(struct clinic *clinic, const char *code, const char *scale,
                  double total);

/* What the last reply holds at 'path', such as "answers[0].total": NAN, "" or
 * false if there is nothing; how many a list has (0 without one). */
double clinic_num(const struct clinic *clinic, const char *path);
const char *clinic_text(const struct clinic *clinic, const char *path);
bool clinic_true(const struct clinic *clinic, const char *path);
size_t clinic_count(const struct clinic *clinic, const char *path);

/* Fails unless the number at 'path' is 'expected' (NAN: nothing is there). */
#define assert_reply(clinic, path, expected)                                  \
    near_check((expected), clinic_num((clinic), (path)), 1e-9, 0, (path),     \
               __FILE__, __LINE__)

/* Fails unless 'expected' is what is due: "key@day session", with a "!" if it
 * is overdue, a line each; the day after KIT_DAY, the session where there is
 * one. */
void clinic_due(struct clinic *clinic, const char *expected);

/* Whether the list of words at 'path' has 'word'. */
bool clinic_has(const struct clinic *clinic, const char *path,
                const char *word);

/* A call that is ready to be served, with a request frame of one's own; free
 * with clinic_call_free().  Ends the test if the frame is refused. */
struct kor_call *clinic_call(struct clinic *clinic, const char *frame);
void clinic_call_free(struct kor_call *call);

/* Writes the frame that clinic_ask() would send, with the id that 'serial'
 * gives. */
#define CLINIC_FRAME_SIZE 32768
char *clinic_frame(char frame[CLINIC_FRAME_SIZE], int serial,
                   const char *verb, const char *body, ...) KOR_PRINTF(4, 5);

/* Stores a course for the client's outcome check with 'n_people' behind it and
 * takes it into use; returns its id.  It expects start + 4 ln(session), with a
 * spread of 5 points (tau00 9, sigma 4), up to session 20. */
int64_t clinic_course(struct clinic *clinic, uint32_t n_people);

/* The same for PHQ-9, with 60 people: start - 2 ln(session). */
int64_t clinic_course_phq9(struct clinic *clinic);

/* The same with a table of flags that favours 'rule': "raw" flagged 10 people,
 * of whom 42 % did not end better, "band80" 9.5 and 60 %, "twice" 11.5 and
 * 66 %. */
int64_t clinic_course_marking(struct clinic *clinic, uint32_t n_people,
                              enum kor_flag_rule rule);

/* The number that 'sql' gives on the file of the clinic, past the service. */
int64_t clinic_sql(const struct clinic *clinic, const char *sql);

/* How many rows of the access log 'where' holds for. */
int64_t clinic_n_logged(const struct clinic *clinic, const char *where);

#endif /* tests/support/clinic.h */
