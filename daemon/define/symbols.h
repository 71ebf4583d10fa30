/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef DEFINE_SYMBOLS_H
#define DEFINE_SYMBOLS_H 1

/* Symbols: codes that people type, of an even number of symbols from the
 * alphabet of kor/define/client_code.h, with a hyphen in the middle.  The last
 * symbol checks the others, as it is said there; that holds for up to 22. */

#include <stdint.h>

#define KOR_SYMBOLS_MAX 10

/* Why a text is no such code. */
enum kor_symbols_fault {
    KOR_SYMBOLS_FIT,
    KOR_SYMBOLS_LENGTH, /* Too few or too many. */
    KOR_SYMBOLS_PLACE,  /* What stands somewhere is no symbol. */
    KOR_SYMBOLS_CHECK   /* The last one does not fit the others. */
};

/* Writes the code of 'n' symbols that 'number' gives into 'code', which has
 * room for n + 2. */
void kor_symbols_make(uint64_t number, unsigned n, char *code);

/* Reads 'text' as people type it into 'code': lower case and blanks do not
 * matter, nor whether there is a hyphen.  Of KOR_SYMBOLS_PLACE, '*at' is what
 * is wrong, of '*at_size' bytes, at '*place' from 1. */
enum kor_symbols_fault kor_symbols_read(const char *text, unsigned n,
                                        char *code, unsigned *place,
                                        const char **at, int *at_size);

#endif /* define/symbols.h */
