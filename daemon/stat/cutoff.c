/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cut-offs: see kor/stat/cutoff.h. */

#include "kor/stat/cutoff.h"

static double
towards_better(enum kor_better better)
{
    return better == KOR_HIGHER_IS_BETTER ? 1 : -1;
}

double
kor_cutoff_a(struct kor_population treated, enum kor_better better)
{
    return treated.mean + towards_better(better) * 2 * treated.sd;
}

double
kor_cutoff_b(struct kor_population others, enum kor_better better)
{
    return others.mean - towards_better(better) * 2 * others.sd;
}

/* Counted from one mean, so that scores far from zero lose no digits. */
double
kor_cutoff_c(struct kor_population treated, struct kor_population others)
{
    double share = treated.sd / (treated.sd + others.sd);
    return treated.mean + share * (others.mean - treated.mean);
}
