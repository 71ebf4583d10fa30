/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_RUN_STAT_H
#define TESTS_SUPPORT_RUN_STAT_H 1

#include <jansson.h>

/* 'kor stat ...' as a process of its own, and what it says. */

/* Runs kor with the words of 'line' (see run_kor.h) and --json, expects that
 * it ends well, and returns the object that it printed; json_decref() it. */
json_t *run_stat(const char *line);

/* Expects that the words of 'line' are refused with 'status' and a sentence
 * that has 'said' in it. */
void run_stat_refused(const char *line, int status, const char *said);

/* The value at 'path' of 'from', as "people.3.level"; fails if it is not
 * there. */
json_t *stat_at(json_t *from, const char *path);

/* The number there; NAN for null. */
double stat_real(json_t *from, const char *path);

/* The text there. */
const char *stat_word(json_t *from, const char *path);

#endif /* tests/support/run_stat.h */
