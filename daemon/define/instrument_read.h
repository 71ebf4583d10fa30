/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef DEFINE_INSTRUMENT_READ_H
#define DEFINE_INSTRUMENT_READ_H 1

#include "define/node.h"
#include "kor/define/instrument.h"

/* The two halves of kor_instrument_parse(). */

/* Fills '*instrument', which is all zeros, from the JSON under 'root': types,
 * known keys, bounds of each value by itself.  The texts stay borrowed from
 * the JSON.  How it went is the code of the reader of 'root'. */
void kor_instrument_read(const struct kor_node *root,
                         struct kor_instrument *instrument);

/* Checks that what was read contradicts itself nowhere.  The field of the
 * error is the path in the file. */
KOR_NODISCARD enum kor_code
kor_instrument_check(const struct kor_instrument *instrument,
                     struct kor_err *err);

#endif /* define/instrument_read.h */
