/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The code of an enrolment: see kor/define/enrol_code.h. */

#include "kor/define/enrol_code.h"

#include "define/symbols.h"

#define N_SYMBOLS 10

void
kor_enrol_code_make(const uint8_t random[KOR_ENROL_CODE_RANDOM],
                    char code[KOR_ENROL_CODE_SIZE])
{
    uint64_t number = 0;
    for (int i = 0; i < KOR_ENROL_CODE_RANDOM; i++) {
        number = number << 8 | random[i];
    }
    kor_symbols_make(number, N_SYMBOLS, code);
}

enum kor_code
kor_enrol_code_parse(const char *text, char code[KOR_ENROL_CODE_SIZE],
                     struct kor_err *err)
{
    unsigned place;
    const char *at;
    int size;
    return kor_symbols_read(text, N_SYMBOLS, code, &place, &at, &size)
                   == KOR_SYMBOLS_FIT
               ? KOR_OK
               : kor_fail(err, KOR_BAD_VALUE, "code",
                          "an enrolment code has %d letters and digits, "
                          "written XXXXX-XXXXX, and this is none: compare it "
                          "and type it again", N_SYMBOLS);
}
