/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_SORT_H
#define STAT_SORT_H 1

#include <stddef.h>

/* Sorting in place.  qsort() of the C library may ask for memory, and takes
 * as long as it likes when it gets none; this takes n log n steps at most and
 * a few hundred bytes of stack.
 *
 * The same rows in the same order come out the same, but rows that compare
 * equal may change places: a caller who minds lets 'compare' tell every two
 * rows apart.
 *
 * Quicksort by the middle one of three that goes over to heapsort when it
 * makes no headway: D. R. Musser (1997), Softw. Pract. Exper. 27, 983-993. */

/* Negative if 'a' goes before 'b', positive if after.  Must be an order: so
 * no NAN may be among what it compares.  Where it is none the rows end in
 * disorder, but nothing else is touched, and it ends. */
typedef int kor_compare(const void *a, const void *b);

/* Sorts the 'n' rows of 'size' bytes (at least 1) at 'rows'; 'rows' may be
 * null if 'n' is 0. */
void kor_sort_rows(void *rows, size_t n, size_t size, kor_compare *compare);

/* Sorts the 'n' 'values', none of them NAN, upwards. */
void kor_sort(double values[], size_t n);

#endif /* stat/sort.h */
