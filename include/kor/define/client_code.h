/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_CLIENT_CODE_H
#define KOR_DEFINE_CLIENT_CODE_H 1

#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/base/err.h"

/* The code that stands for a client, written XXXX-XXXX.
 *
 * Its eight symbols come from an alphabet of 23 without letters and digits
 * that look alike (no 0 O Q, 1 I L, 2 Z, 5 S, 8 B, U).  Seven are random, the
 * last is a check symbol: with the symbols counted from 0 to 22 in the order
 * of the alphabet, 1 a + 2 b + 3 c + ... + 8 h is divisible by 23.  As 23 is
 * prime and the weights differ and are not zero, every single wrong symbol
 * and every exchange of two symbols is caught, so that a mistyped code is
 * refused and not misfiled.  (Of entirely random codes one in 23 passes.)
 *
 * The code says nothing about the person. */

#define KOR_CLIENT_CODE_ALPHABET "34679ACDEFGHJKMNPRTVWXY"
#define KOR_CLIENT_CODE_SIZE 10   /* With hyphen and terminator. */
#define KOR_CLIENT_CODE_RANDOM 8  /* Bytes that one code is made from. */

/* Makes a code from random bytes (from the kernel, in a daemon); the same
 * bytes give the same code.  There are 23^7 (3.4 thousand million) codes;
 * that a new one is free has to be seen by whoever stores it. */
void kor_client_code_make(const uint8_t random[KOR_CLIENT_CODE_RANDOM],
                          char code[KOR_CLIENT_CODE_SIZE]);

/* Reads a code as people write it: lower case and a missing hyphen do not
 * matter, nor do blanks round it or in place of the hyphen.  Stores it in
 * capitals with its hyphen.  Returns KOR_BAD_VALUE, field "code", and an
 * error that says what is wrong: the length, which symbol cannot be in a
 * code, or that the check symbol does not fit. */
KOR_NODISCARD enum kor_code
kor_client_code_parse(const char *text, char code[KOR_CLIENT_CODE_SIZE],
                      struct kor_err *err);

/* What stands for one episode of a client who has several: the code, a slash
 * and the episode's number, "K3M9-7TP6/2".  The plain code is one, too. */
#define KOR_EPISODE_CODE_SIZE 14 /* With terminator. */
#define KOR_MAX_EPISODES 999     /* Of a client. */

/* Reads one as people write it; '*number' is 0 without one.  Errors as above,
 * and that the number is none. */
KOR_NODISCARD enum kor_code
kor_episode_code_parse(const char *text, char code[KOR_CLIENT_CODE_SIZE],
                       int32_t *number, struct kor_err *err);

/* Writes it, plain if 'number' is 0, and returns 'text'. */
char *kor_episode_code_format(const char *code, int32_t number,
                              char text[KOR_EPISODE_CODE_SIZE]);

#endif /* kor/define/client_code.h */
