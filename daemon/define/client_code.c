/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's code: see kor/define/client_code.h. */

#include "kor/define/client_code.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define BASE 23u
#define N_SYMBOLS 8
#define HYPHEN_AT 4

static const char alphabet[] = KOR_CLIENT_CODE_ALPHABET;

/* 1 a + 2 b + ... over the first 'n' symbols, modulo 23. */
static unsigned
weigh(const unsigned symbols[], unsigned n)
{
    unsigned sum = 0;
    for (unsigned i = 0; i < n; i++) {
        sum += (i + 1) * symbols[i];
    }
    return sum % BASE;
}

static void
spell(const unsigned symbols[N_SYMBOLS], char code[KOR_CLIENT_CODE_SIZE])
{
    char *to = code;
    for (unsigned i = 0; i < N_SYMBOLS; i++) {
        if (i == HYPHEN_AT) {
            *to++ = '-';
        }
        *to++ = alphabet[symbols[i]];
    }
    *to = '\0';
}

void
kor_client_code_make(const uint8_t random[KOR_CLIENT_CODE_RANDOM],
                     char code[KOR_CLIENT_CODE_SIZE])
{
    uint64_t number = 0;
    for (size_t i = 0; i < KOR_CLIENT_CODE_RANDOM; i++) {
        number = number << 8 | random[i];
    }
    unsigned symbols[N_SYMBOLS];
    for (unsigned i = 0; i < N_SYMBOLS - 1; i++) {
        symbols[i] = (unsigned)(number % BASE);
        number /= BASE;
    }
    unsigned check = 0;
    unsigned rest = weigh(symbols, N_SYMBOLS - 1);
    while ((rest + N_SYMBOLS * check) % BASE != 0) {
        check++;
    }
    symbols[N_SYMBOLS - 1] = check;
    spell(symbols, code);
}

/* The place of 'c' in the alphabet; BASE if it is not there. */
static unsigned
place_of(char c)
{
    char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    const char *at = strchr(alphabet, upper);
    return at ? (unsigned)(at - alphabet) : BASE;
}

/* True if 'c' separates and means nothing, with 'n' symbols before it. */
static bool
is_gap(char c, size_t n)
{
    return (c == ' ' && (n == 0 || n == HYPHEN_AT || n == N_SYMBOLS))
        || (c == '-' && n == HYPHEN_AT);
}

/* Length in bytes of the UTF-8 character at 'p', as far as it is there. */
static int
char_len(const char *p)
{
    int len = 1;
    while (((unsigned char)p[len] & 0xc0) == 0x80 && len < 4) {
        len++;
    }
    return len;
}

static enum kor_code
fail_length(struct kor_err *err)
{
    return kor_fail(err, KOR_BAD_VALUE, "code",
                    "a code has %d letters and digits, written XXXX-XXXX: "
                    "look at the card and type it again",
                    N_SYMBOLS);
}

enum kor_code
kor_client_code_parse(const char *text, char code[KOR_CLIENT_CODE_SIZE],
                      struct kor_err *err)
{
    unsigned symbols[N_SYMBOLS];
    unsigned n = 0;
    for (const char *p = text; *p; p++) {
        if (is_gap(*p, n)) {
            continue;
        }
        if (n == N_SYMBOLS) {
            return fail_length(err);
        }
        symbols[n] = place_of(*p);
        if (symbols[n] == BASE) {
            return kor_fail(err, KOR_BAD_VALUE, "code",
                            "place %u of the code is '%.*s', which is in no "
                            "code; the letters and digits are %s: look at "
                            "the card and type it again",
                            n + 1, char_len(p), p, alphabet);
        }
        n++;
    }
    if (n < N_SYMBOLS) {
        return fail_length(err);
    }
    if (weigh(symbols, N_SYMBOLS) != 0) {
        return kor_fail(err, KOR_BAD_VALUE, "code",
                        "this is nobody's code, one letter or digit of it "
                        "is wrong or two have changed places: compare it "
                        "with the card and type it again");
    }
    spell(symbols, code);
    return KOR_OK;
}
