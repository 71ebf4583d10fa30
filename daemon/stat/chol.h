/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_CHOL_H
#define STAT_CHOL_H 1

#include <stdbool.h>
#include <stddef.h>

/* Cholesky factors of small positive definite matrices.
 *
 * Matrices are stored by rows, 'stride' numbers apart; only the lower
 * triangle is read and written. */

/* Replaces the 'n' by 'n' matrix 'm' by L with L L' = m.  False, with 'm'
 * spoilt, if a pivot is not more than 'tolerance' times its diagonal. */
bool kor_chol_factor(double *m, size_t n, size_t stride, double tolerance);

/* Replaces 'x' by the solution of L y = x. */
void kor_chol_forward(const double *l, size_t n, size_t stride, double *x);

/* Replaces 'x' by the solution of L' y = x. */
void kor_chol_backward(const double *l, size_t n, size_t stride, double *x);

/* ln det(L L'). */
double kor_chol_log_det(const double *l, size_t n, size_t stride);

#endif /* stat/chol.h */
