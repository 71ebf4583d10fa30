/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef TESTS_SUPPORT_CORPUS_H
#define TESTS_SUPPORT_CORPUS_H 1

#include <stddef.h>
#include <stdint.h>

/* What a fuzzer started from, and all that it ever found, once more. */

typedef int corpus_target(const uint8_t *bytes, size_t size);

/* Calls 'target' with each file of 'folder'; returns how many there were. */
size_t corpus_replay(const char *folder, corpus_target *target);

/* Calls 'target' with each file of 'folder' 'n' times, with a few bytes of it
 * changed at random each time. */
void corpus_shake(const char *folder, corpus_target *target, size_t n);

#endif /* tests/support/corpus.h */
