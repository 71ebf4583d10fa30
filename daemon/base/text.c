/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words in three languages: see kor/base/text.h.  The tables are made from
 * text/nb.po and text/sv.po by po.awk, sorted as strcmp() sorts. */

#include "kor/base/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/text_table.h"

static int
compare(const void *key, const void *row)
{
    return strcmp(key, ((const struct kor_text_row *)row)->english);
}

const char *
kor_text(enum kor_lang lang, const char *english)
{
    if (lang != KOR_NB && lang != KOR_SV) {
        return english;
    }
    const struct kor_text_row *row
        = lang == KOR_NB ? bsearch(english, kor_text_nb, kor_text_nb_n,
                                   sizeof *kor_text_nb, compare)
                         : bsearch(english, kor_text_sv, kor_text_sv_n,
                                   sizeof *kor_text_sv, compare);
    return row ? row->text : english;
}

const char *
kor_lang_name(enum kor_lang lang)
{
    return lang == KOR_NB ? "nb" : lang == KOR_SV ? "sv" : "en";
}

enum kor_lang
kor_lang_from(const char *name)
{
    if (!name) {
        return KOR_EN;
    }
    if (!strncmp(name, "nb", 2) || !strncmp(name, "no", 2)
        || !strncmp(name, "nn", 2)) {
        return KOR_NB;
    }
    return strncmp(name, "sv", 2) ? KOR_EN : KOR_SV;
}
