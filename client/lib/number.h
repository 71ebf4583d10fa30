/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef CLIENT_LIB_NUMBER_H
#define CLIENT_LIB_NUMBER_H 1

#include <stdbool.h>
#include <stdint.h>

#include "kor/base/compiler.h"
#include "kor/base/text.h"

/* Numbers as people write and read them, whatever the locale says. */

/* Reads a number with a decimal point or a decimal comma ("6.3", "6,3",
 * "-2").  Returns false, and leaves '*value' alone, for anything else, also
 * for "nan", "inf", exponents and more than 15 digits. */
KOR_NODISCARD bool kor_number_parse(const char *text, double *value);

/* Reads the same, and also what other programs write: an exponent and any
 * number of digits.  Always within 1e100 of 0, so that its square is a number
 * as well. */
KOR_NODISCARD bool kor_real_parse(const char *text, double *value);

/* Reads a whole number of at most 15 digits. */
KOR_NODISCARD bool kor_whole_parse(const char *text, int64_t *value);

/* Writes 'value' with at most 'decimals' (0 to 3) of them, no zeros at the
 * end, and the decimal sign of 'lang'; "-" for NAN.  Returns 'text'. */
#define KOR_NUMBER_SIZE 32
char *kor_number_format(enum kor_lang lang, double value, int decimals,
                        char text[KOR_NUMBER_SIZE]);

/* Gives the decimal points of the numbers in 'text' the sign of 'lang'.
 * Returns 'text'. */
char *kor_number_signs(enum kor_lang lang, char *text);

#endif /* client/lib/number.h */
