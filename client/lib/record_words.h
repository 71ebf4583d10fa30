/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_RECORD_WORDS_H
#define CLIENT_LIB_RECORD_WORDS_H 1

#include <stddef.h>

#include "kor/base/err.h"
#include "kor/wire/message.h"

/* Scores as they are typed: SCALE v1 v2 ... [SCALE v1 ...].
 *
 * A word that is neither a number nor "-" begins a scale; "-" is a missing
 * item.  A number may have a decimal point or a decimal comma. */

#define KOR_RECORD_MAX_SCALES 8

/* Reads the 'n' 'words' into 'answers' and stores how many there are in
 * '*n_answers'.  An answer without numbers is left so: its total may come
 * from elsewhere.  Returns KOR_USAGE or KOR_BAD_VALUE with the word. */
KOR_NODISCARD enum kor_code
kor_record_words(char *const words[], int n,
                 struct kor_msg_answer answers[KOR_RECORD_MAX_SCALES],
                 size_t *n_answers, struct kor_err *err);

#endif /* client/lib/record_words.h */
