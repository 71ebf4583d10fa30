/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_STOREKIT_H
#define TESTS_SUPPORT_STOREKIT_H 1

/* A small caseload in a store, for tests: whatever goes wrong ends the test,
 * but in the functions that return a code. */

#include "store/episode.h"
#include "store/session.h"
#include "store/store.h"

/* 2026-01-05, a Monday, as days since 1970-01-01. */
#define KIT_DAY 20458
#define KIT_MS 1767600000000

/* Makes a new folder for one test and returns its path; removes it with all
 * files and folders in it. */
#define KIT_PATH_SIZE 256
char *kit_folder(char path[KIT_PATH_SIZE]);
void kit_folder_remove(const char *path);

/* Opens the store at 'path' (made if it is not there). */
struct kor_store *kit_open(const char *path);

/* Runs 'sql' on the file 'path', past the store; the number that it gives,
 * through the SQLite VFS called 'vfs' (null: the system's). */
void kit_sql(const char *path, const char *sql);
int64_t kit_number(const char *path, const char *vfs, const char *sql);

/* The number that the query 'sql' gives on it, read by 'vfs' (null: the
 * usual one). */
int64_t kit_number(const char *path, const char *vfs, const char *sql);

/* Ends the test unless 'code' is KOR_OK. */
void kit_ok(enum kor_code code, const struct kor_err *err);

/* Adds an actor and a scale to the store and returns their ids; 'serial' tells
 * one actor from another. */
int64_t kit_actor(struct kor_store *store, int serial);
int64_t kit_scale(struct kor_store *store, const char *key,
                  const char *version);

/* A person with the code that 'serial' gives. */
struct kor_person kit_person(int serial);

/* Adds that person and an open first episode; 'import_id' may be 0. */
struct kor_episode kit_episode(struct kor_store *store, int serial,
                               int64_t import_id);

/* Adds the session 'number' of the episode, held a week after the one
 * before. */
struct kor_session kit_session(struct kor_store *store, int64_t episode_id,
                               int number);

/* An answer by the client with two items and that total. */
struct kor_answer kit_answer(int64_t session_id, int64_t scale_id,
                             int64_t actor_id, double total);

/* Adds it. */
void kit_add_answer(struct kor_store *store, const struct kor_answer *answer);

#endif /* tests/support/storekit.h */
