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

/* Why less change than expected is said, from the wire word of the rule; ""
 * where the expected range says it by itself. */
const char *cli_rule(enum kor_lang lang, const char *wire);

/* "about 6 of 10 like this still improved", in 'text'; "" if that is not
 * known ('n' below 0).  For staff: never on a page for clients. */
#define CLI_STILL_SIZE 128
const char *cli_still_better(enum kor_lang lang, int64_t n,
                             char text[CLI_STILL_SIZE]);

/* Adds standing and findings to 'out' as one line for a table, each words
 * once; nothing is added where nothing is said. */
void cli_said(enum kor_lang lang, const char *standing,
              const char (*findings)[KOR_WORD_SIZE], size_t n,
              struct kor_buf *out);

/* "sessions-mean" -> "sessions an episode, mean" ... */
const char *cli_figure(enum kor_lang lang, const char *name);

#endif /* client/cli/words.h */
