/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's code: see kor/define/client_code.h. */

#include "kor/define/client_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

enum kor_code
kor_episode_code_parse(const char *text, char code[KOR_CLIENT_CODE_SIZE],
                       int32_t *number, struct kor_err *err)
{
    char plain[64];
    const char *slash = strchr(text, '/');
    *number = 0;
    if (!slash || (size_t)(slash - text) >= sizeof plain) {
        return kor_client_code_parse(text, code, err);
    }
    char *end;
    long n = strtol(slash + 1, &end, 10);
    if (slash[1] < '1' || slash[1] > '9' || *end || n > KOR_MAX_EPISODES) {
        return kor_fail(err, KOR_BAD_VALUE, "code",
                        "behind the slash stands the number of an episode, "
                        "from 1 to %d", KOR_MAX_EPISODES);
    }
    memcpy(plain, text, (size_t)(slash - text));
    plain[slash - text] = '\0';
    *number = (int32_t)n;
    return kor_client_code_parse(plain, code, err);
}

char *
kor_episode_code_format(const char *code, int32_t number,
                        char text[KOR_EPISODE_CODE_SIZE])
{
    if (number) {
        snprintf(text, KOR_EPISODE_CODE_SIZE, "%.9s/%u", code,
                 (unsigned)number % (KOR_MAX_EPISODES + 1U));
    } else {
        snprintf(text, KOR_EPISODE_CODE_SIZE, "%.9s", code);
    }
    return text;
}
