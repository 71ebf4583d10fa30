/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_LOG_H
#define KOR_BASE_LOG_H 1

#include "kor/base/compiler.h"

/* The journal: one line an event on standard error, with the priority mark
 * that systemd reads ("<6>") unless standard error is a terminal.
 *
 * For operators, in English.  Never a name, a code, an answer or an address.
 * Safe from any thread: a line is written by one call. */

enum kor_log_level {
    KOR_LOG_ERROR = 3,
    KOR_LOG_WARNING = 4,
    KOR_LOG_NOTICE = 5,
    KOR_LOG_INFO = 6,
    KOR_LOG_DEBUG = 7
};

/* Lines above 'level' are dropped from now on; KOR_LOG_INFO at the start. */
void kor_log_set(enum kor_log_level level);

/* Writes one line. */
void kor_log(enum kor_log_level level, const char *format, ...)
    KOR_PRINTF(2, 3);

/* The level called 'name' ("error", "warning", "notice", "info", "debug");
 * returns -1 if there is none. */
int kor_log_level_from(const char *name);

#endif /* kor/base/log.h */
