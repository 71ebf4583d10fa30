/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_WORDS_H
#define KOR_DEFINE_WORDS_H 1

#include "kor/base/text.h"

/* Words that a definition brings along in up to three languages.  They live
 * as long as the definition that they are part of. */
struct kor_words {
    const char *in[KOR_N_LANGS]; /* UTF-8, one line; null if not given. */
};

/* The words in 'lang'; else in English; else in whatever language there is;
 * "" if there are none.  Never null. */
const char *kor_words_in(const struct kor_words *words, enum kor_lang lang);

#endif /* kor/define/words.h */
