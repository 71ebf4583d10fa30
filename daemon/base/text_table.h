/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_BASE_TEXT_TABLE_H
#define KOR_BASE_TEXT_TABLE_H 1

#include <stddef.h>

/* The compiled translations: for text.c and the tests alone. */

struct kor_text_row {
    const char *english; /* The key. */
    const char *text;    /* Its translation. */
};

extern const struct kor_text_row kor_text_nb[], kor_text_sv[];
extern const size_t kor_text_nb_n, kor_text_sv_n;

#endif /* daemon/base/text_table.h */
