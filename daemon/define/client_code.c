/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's code: see kor/define/client_code.h. */

#include "kor/define/client_code.h"

#include "define/symbols.h"

#define N_SYMBOLS 8

void
kor_client_code_make(const uint8_t random[KOR_CLIENT_CODE_RANDOM],
                     char code[KOR_CLIENT_CODE_SIZE])
{
    uint64_t number = 0;
    for (int i = 0; i < KOR_CLIENT_CODE_RANDOM; i++) {
        number = number << 8 | random[i];
    }
    kor_symbols_make(number, N_SYMBOLS, code);
}

enum kor_code
kor_client_code_parse(const char *text, char code[KOR_CLIENT_CODE_SIZE],
                      struct kor_err *err)
{
    unsigned place = 0;
    const char *at = "";
    int size = 0;
    switch (kor_symbols_read(text, N_SYMBOLS, code, &place, &at, &size)) {
    case KOR_SYMBOLS_LENGTH:
        return kor_fail(err, KOR_BAD_VALUE, "code",
                        "a code has %d letters and digits, written XXXX-XXXX: "
                        "look at the card and type it again",
                        N_SYMBOLS);
    case KOR_SYMBOLS_PLACE:
        return kor_fail(err, KOR_BAD_VALUE, "code",
                        "place %u of the code is '%.*s', which is in no "
                        "code; the letters and digits are %s: look at "
                        "the card and type it again",
                        place, size, at, KOR_CLIENT_CODE_ALPHABET);
    case KOR_SYMBOLS_CHECK:
        return kor_fail(err, KOR_BAD_VALUE, "code",
                        "this is nobody's code, one letter or digit of it "
                        "is wrong or two have changed places: compare it "
                        "with the card and type it again");
    case KOR_SYMBOLS_FIT:
        return KOR_OK;
    }
    return KOR_INTERNAL;
}
