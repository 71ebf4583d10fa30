/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_CLI_LOG_WORDS_H
#define CLIENT_CLI_LOG_WORDS_H 1

#include "kor/base/text.h"

/* What the access log says, in the words of people: a client may ask to read
 * it.  Words that are not known here come back as they are. */

const char *cli_log_action(enum kor_lang lang, const char *action);
const char *cli_log_role(enum kor_lang lang, const char *role);
const char *cli_log_ground(enum kor_lang lang, const char *ground);

#endif /* client/cli/log_words.h */
