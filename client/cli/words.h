/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_WORDS_H
#define CLIENT_CLI_WORDS_H 1

#include "kor/wire/field.h"

/* The words of the wire in the words of people.  A word that is not known (of
 * a newer daemon) is returned as it is. */

/* "held" -> "held", "not-attended" -> "not attended" ... */
const char *cli_word(enum kor_lang lang, const char *wire);

/* "reliably-worse" -> "reliably worse" ... */
const char *cli_finding(enum kor_lang lang, const char *wire);

/* Where a score stands; 'unsaid' (may be "") says why it is not said. */
const char *cli_standing(enum kor_lang lang, const char *wire,
                         const char *unsaid);

/* Adds standing and findings to 'out' as one line for a table; nothing is
 * added where nothing is said. */
void cli_said(enum kor_lang lang, const char *standing,
              const char (*findings)[KOR_WORD_SIZE], size_t n,
              struct kor_buf *out);

/* "sessions-mean" -> "sessions an episode, mean" ... */
const char *cli_figure(enum kor_lang lang, const char *name);

#endif /* client/cli/words.h */
