/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cholesky factors: see stat/chol.h. */

#include "stat/chol.h"

#include <math.h>

bool
kor_chol_factor(double *m, size_t n, size_t stride, double tolerance)
{
    for (size_t i = 0; i < n; i++) {
        double *row = m + i * stride;
        double diagonal = row[i], pivot = diagonal;
        for (size_t j = 0; j < i; j++) {
            const double *other = m + j * stride;
            double sum = row[j];
            for (size_t k = 0; k < j; k++) {
                sum -= row[k] * other[k];
            }
            row[j] = sum / other[j];
            pivot -= row[j] * row[j];
        }
        if (!(pivot > tolerance * diagonal) || !isfinite(pivot)) {
            return false;
        }
        row[i] = sqrt(pivot);
    }
    return true;
}

void
kor_chol_forward(const double *l, size_t n, size_t stride, double *x)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            x[i] -= l[i * stride + k] * x[k];
        }
        x[i] /= l[i * stride + i];
    }
}

void
kor_chol_backward(const double *l, size_t n, size_t stride, double *x)
{
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++) {
            x[i] -= l[k * stride + i] * x[k];
        }
        x[i] /= l[i * stride + i];
    }
}

double
kor_chol_log_det(const double *l, size_t n, size_t stride)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += log(l[i * stride + i]);
    }
    return 2 * sum;
}
