# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes made_up.csv: 80 people whom nobody is behind, on a scale of 0 to 40
# where higher is better, with an age and a group, in sessions some of which
# have no score.
#
#   Rscript made_up.R > made_up.csv
set.seed(20261122)
cat("id,session,score,age,group\n")
for (i in 1:80) {
    n <- sample(3:12, 1)
    age <- sample(18:70, 1)
    group <- sample(0:1, 1)
    start <- 18 + rnorm(1, 0, 5) - .05 * (age - 40)
    slope <- 3 + rnorm(1, 0, 2) + group
    y <- round(pmin(pmax(start + slope * log(1:n) + rnorm(n, 0, 2.5), 0), 40),
               1)
    y[1 + which(runif(n - 1) < .08)] <- NA
    cat(sprintf("p%d,%d,%s,%d,%d\n", i, 1:n,
                ifelse(is.na(y), "", format(y, trim = TRUE)), age, group),
        sep = "")
}
