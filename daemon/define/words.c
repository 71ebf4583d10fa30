/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words of a definition: see kor/define/words.h. */

#include "kor/define/words.h"

#include <stddef.h>

const char *
kor_words_in(const struct kor_words *words, enum kor_lang lang)
{
    if (words->in[lang]) {
        return words->in[lang];
    }
    for (size_t i = 0; i < KOR_N_LANGS; i++) {
        if (words->in[i]) {
            return words->in[i]; /* English is the first. */
        }
    }
    return "";
}
