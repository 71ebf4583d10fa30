/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_CODE_H
#define KOR_BASE_CODE_H 1

/* How a call ended.  code.def is the one list of all endings; from it come
 * the enum, the texts, the exit statuses and the words on the wire.
 *
 * A code other than KOR_OK means that the caller broke a contract or that the
 * world failed.  Findings ("too few scores", "did not converge") are results
 * and not codes. */

enum kor_code {
#define KOR_CODE(name, number, exit_status, wire, text) KOR_##name = (number),
#include "kor/base/code.def"
#undef KOR_CODE
};

/* What 'code' means, in English; never null. */
const char *kor_code_text(enum kor_code code);

/* The word for 'code' on the wire; never null. */
const char *kor_code_wire(enum kor_code code);

/* The code that 'wire' is the word for; KOR_INTERNAL if it is none. */
enum kor_code kor_code_from_wire(const char *wire);

/* The exit status of a program that ends with 'code' (see sysexits.h). */
int kor_code_exit(enum kor_code code);

#endif /* kor/base/code.h */
