/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_FAKE_KORD_H
#define TESTS_SUPPORT_FAKE_KORD_H 1

#include <stdbool.h>
#include <stddef.h>

#include "kor/base/buf.h"

/* A daemon that answers what the test wants, over CURVE on ipc in a thread of
 * its own.  It lives in a new folder with the client.ini that leads to it. */

struct fake_kord;

/* Answers the request 'n' (from 0) by adding a frame to 'reply'; an empty
 * reply is not sent.  Runs in the daemon's thread. */
typedef void (*fake_answer)(void *user, int n, const char *frame, size_t size,
                            struct kor_buf *reply);

/* Starts one.  If not 'is_admitting', its ZAP handler refuses every key. */
struct fake_kord *fake_kord_start(fake_answer answer, void *user,
                                  bool is_admitting);

/* Stops it and removes its folder; returns how many requests came. */
int fake_kord_stop(struct fake_kord *kord);

/* Its folder, for kor_place_load(). */
const char *fake_kord_folder(const struct fake_kord *kord);

/* Its secret key in Z85. */
const char *fake_kord_secret(const struct fake_kord *kord);

/* Copies the text between the quotes behind "<key>": of a frame. */
void fake_kord_member(const char *frame, size_t size, const char *key,
                      char *out, size_t out_size);

#endif /* tests/support/fake_kord.h */
