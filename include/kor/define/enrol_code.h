/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_ENROL_CODE_H
#define KOR_DEFINE_ENROL_CODE_H 1

#include <stdint.h>

#include "kor/base/code.h"
#include "kor/base/compiler.h"
#include "kor/base/err.h"

/* The code by which a key is enrolled, once, written XXXXX-XXXXX.
 *
 * Its ten symbols are those of a client's code (kor/define/client_code.h), and
 * the last one checks the others in the same way, so that a slip of the hand
 * is no wrong try.  Nine are random: 23^9, more than 40 bits.  It is longer
 * than a client's, and so neither is taken for the other. */

#define KOR_ENROL_CODE_SIZE 12  /* With hyphen and terminator. */
#define KOR_ENROL_CODE_RANDOM 8 /* Bytes that one code is made from. */

/* Makes a code from random bytes. */
void kor_enrol_code_make(const uint8_t random[KOR_ENROL_CODE_RANDOM],
                         char code[KOR_ENROL_CODE_SIZE]);

/* Reads a code as people type it, and stores it in capitals with its hyphen.
 * Returns KOR_BAD_VALUE, field "code", if it is none. */
KOR_NODISCARD enum kor_code
kor_enrol_code_parse(const char *text, char code[KOR_ENROL_CODE_SIZE],
                     struct kor_err *err);

#endif /* kor/define/enrol_code.h */
