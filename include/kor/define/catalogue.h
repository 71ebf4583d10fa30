/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_DEFINE_CATALOGUE_H
#define KOR_DEFINE_CATALOGUE_H 1

#include "kor/base/embedded.h"

/* The instruments that come with kor: the files of sql/instruments/, in the
 * order of their names, for kor_instrument_parse().  The name of a row is the
 * instrument's key.  The table ends with a row whose name is null. */
extern const struct kor_embedded kor_catalogue[];

/* The pathways that come with kor: the files of sql/pathways/, so too, for
 * kor_pathway_parse(). */
extern const struct kor_embedded kor_pathway_catalogue[];

/* The forms that come with kor: the files of sql/forms/, so too, for
 * kor_form_parse(). */
extern const struct kor_embedded kor_form_catalogue[];

#endif /* kor/define/catalogue.h */
