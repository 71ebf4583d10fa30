/* SPDX-License-Identifier: GPL-3.0-or-later */

#ifndef KOR_STAT_AUC_H
#define KOR_STAT_AUC_H 1

#include <stdbool.h>
#include <stddef.h>

/* Area under the ROC curve: the chance that of two people, one with an
 * outcome and one without, the one with it has the higher marker; equal
 * markers count half.  0.5 is no better than a coin.
 *
 * The area is that of Mann and Whitney; its interval is that of E. R. DeLong,
 * D. M. DeLong and D. L. Clarke-Pearson (1988), Biometrics 44, 837-845, by
 * the normal distribution and held within 0 and 1, counted in one pass over
 * the sorted markers as X. Sun and W. Xu (2014), IEEE Signal Process. Lett.
 * 21, 1389-1393, do (both recalled; tests/oracle/test_auc.c holds it against
 * R).  Near 0 and 1, and with few on one side, the interval is too narrow;
 * where the marker tells everybody apart it has no width at all.
 *
 * Pure: no state, any number of threads. */

/* One person. */
struct kor_auc_row {
    double marker; /* The higher, the more is the outcome looked for; NAN:
                      not known, and the person is left out. */
    bool is_with;  /* Whether the person has the outcome. */
};

struct kor_auc {
    size_t n_with, n_without; /* People with a marker. */
    double area;              /* NAN if there are none of one kind. */
    double low, high;         /* NAN with fewer than two of one kind. */
};

/* Of the 'n' 'rows', which are put into another order by this.  'level' of
 * the interval lies between 0 and 1.  Time goes as n log n. */
struct kor_auc kor_auc_of(struct kor_auc_row rows[], size_t n, double level);

#endif /* kor/stat/auc.h */
