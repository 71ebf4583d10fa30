/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef BUS_DESCRIPTORS_H
#define BUS_DESCRIPTORS_H 1

/* Descriptors: whether there are enough left.
 *
 * Each connection takes one.  With none left libzmq does not take the next
 * connection, but tries to without end, and uses up a processor; and no file
 * can be opened.  Somebody has to be told before that. */

#include <stdbool.h>

/* True if four fifths of the descriptors that this process may have are in
 * use, going by the lowest free one, below which all are.  'fd' is any that is
 * open. */
bool kor_descriptors_are_scarce(int fd);

#endif /* bus/descriptors.h */
