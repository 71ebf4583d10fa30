/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef STAT_SYM2_H
#define STAT_SYM2_H 1

/* Two by two algebra of the mixed model, unrolled.
 *
 * With S = Z'Z of a person's records (Z has the columns 1 and g) and C the
 * covariance of level and slope relative to sigma^2, the matrices needed come
 * from (I + S C)^-1 without an inverse that may not exist and without a
 * difference of large numbers:
 *
 *     det(I + S C)   = 1 + tr(S C) + det S det C
 *     (I + S C)^-1 S = (S + det S adj C) / det(I + S C)
 *     (I + C S)^-1 C = (C + det C adj S) / det(I + S C)
 *
 * Not so (I + S C)^-1 s for a column s: if C is large its terms cancel, and
 * stat/deviance.c goes by the own line instead. */

/* The symmetric matrix [a b; b c]. */
struct sym2 {
    double a, b, c;
};

/* The Cholesky factor (a 0; b c) of one that is positive semidefinite: holds
 * its determinant and its smaller eigenvalue with all their digits. */
struct root2 {
    double a, b, c;
};

static inline struct sym2
root2_square(struct root2 f)
{
    return (struct sym2){f.a * f.a, f.a * f.b, f.b * f.b + f.c * f.c};
}

static inline double
root2_det(struct root2 f)
{
    return f.a * f.a * f.c * f.c;
}

/* A column of two. */
struct vec2 {
    double x, y;
};

static inline double
sym2_det(struct sym2 m)
{
    return m.a * m.c - m.b * m.b;
}

/* The same where it cannot be below 0 but for rounding. */
static inline double
sym2_det_psd(struct sym2 m)
{
    double det = sym2_det(m);
    return det > 0 ? det : 0;
}

/* tr(M N). */
static inline double
sym2_trace(struct sym2 m, struct sym2 n)
{
    return m.a * n.a + 2 * m.b * n.b + m.c * n.c;
}

/* (M + det_m adj N) times 'scale'. */
static inline struct sym2
sym2_blend(struct sym2 m, double det_m, struct sym2 n, double scale)
{
    return (struct sym2){(m.a + det_m * n.c) * scale,
                         (m.b - det_m * n.b) * scale,
                         (m.c + det_m * n.a) * scale};
}

static inline struct vec2
sym2_times(struct sym2 m, struct vec2 v)
{
    return (struct vec2){m.a * v.x + m.b * v.y, m.b * v.x + m.c * v.y};
}

/* v'M w. */
static inline double
sym2_form(struct vec2 v, struct sym2 m, struct vec2 w)
{
    return v.x * (m.a * w.x + m.b * w.y) + v.y * (m.b * w.x + m.c * w.y);
}

/* (1, g) M (1, g)' for M positive semidefinite, as a sum of two terms that are
 * not negative: written out it can end below 0 where they nearly cancel. */
static inline double
sym2_along(struct sym2 m, double g)
{
    if (!(m.c > 0)) {
        return (m.a > 0 ? m.a : 0) + 0 * g; /* NAN stays NAN. */
    }
    double lean = m.b / m.c, off = g + lean, rest = m.a - m.b * lean;
    return (rest > 0 ? rest : 0) + m.c * off * off;
}

#endif /* stat/sym2.h */
