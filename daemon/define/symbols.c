/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Symbols of codes: see define/symbols.h. */

#include "define/symbols.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "kor/define/client_code.h"

#define BASE 23u

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
spell(const unsigned symbols[], unsigned n, char *code)
{
    char *to = code;
    for (unsigned i = 0; i < n; i++) {
        if (i == n / 2) {
            *to++ = '-';
        }
        *to++ = alphabet[symbols[i]];
    }
    *to = '\0';
}

void
kor_symbols_make(uint64_t number, unsigned n, char *code)
{
    unsigned symbols[KOR_SYMBOLS_MAX];
    for (unsigned i = 0; i < n - 1; i++) {
        symbols[i] = (unsigned)(number % BASE);
        number /= BASE;
    }
    unsigned check = 0;
    unsigned rest = weigh(symbols, n - 1);
    while ((rest + n * check) % BASE != 0) {
        check++;
    }
    symbols[n - 1] = check;
    spell(symbols, n, code);
}

/* The place of 'c' in the alphabet; BASE if it is not there. */
static unsigned
place_of(char c)
{
    char upper = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    const char *at = strchr(alphabet, upper);
    return at ? (unsigned)(at - alphabet) : BASE;
}

/* True if 'c' separates and means nothing, with 'at' of 'n' symbols before
 * it. */
static bool
is_gap(char c, unsigned at, unsigned n)
{
    return (c == ' ' && (at == 0 || at == n / 2 || at == n))
        || (c == '-' && at == n / 2);
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

enum kor_symbols_fault
kor_symbols_read(const char *text, unsigned n, char *code, unsigned *place,
                 const char **at, int *at_size)
{
    unsigned symbols[KOR_SYMBOLS_MAX];
    unsigned n_read = 0;
    for (const char *p = text; *p; p++) {
        if (is_gap(*p, n_read, n)) {
            continue;
        }
        if (n_read == n) {
            return KOR_SYMBOLS_LENGTH;
        }
        symbols[n_read] = place_of(*p);
        if (symbols[n_read++] == BASE) {
            *place = n_read;
            *at = p;
            *at_size = char_len(p);
            return KOR_SYMBOLS_PLACE;
        }
    }
    if (n_read < n) {
        return KOR_SYMBOLS_LENGTH;
    }
    if (weigh(symbols, n) != 0) {
        return KOR_SYMBOLS_CHECK;
    }
    spell(symbols, n, code);
    return KOR_SYMBOLS_FIT;
}
