/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef DEFINE_PATHWAY_READ_H
#define DEFINE_PATHWAY_READ_H 1

#include "define/node.h"
#include "kor/define/pathway.h"

/* The two halves of kor_pathway_parse(). */

/* Fills '*pathway', which is all zeros, from the JSON under 'root': types,
 * known keys, bounds of each value by itself, and every name that refers to
 * something within the file.  The texts stay borrowed from the JSON.  How it
 * went is the code of the reader of 'root'. */
void kor_pathway_read(const struct kor_node *root,
                      struct kor_pathway *pathway);

/* Checks that what was read contradicts itself nowhere.  The field of the
 * error is the path in the file. */
KOR_NODISCARD enum kor_code
kor_pathway_check(const struct kor_pathway *pathway, struct kor_err *err);

#endif /* define/pathway_read.h */
