# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes btheb.csv from the data set BtheB of the R package HSAUR3 (Debian:
# r-cran-hsaur3).  See btheb.md for what it is and what was left out.
#
#   Rscript btheb.R > btheb.csv
data("BtheB", package = "HSAUR3")
month <- c(0, 2, 3, 5, 8)
points <- as.matrix(BtheB[, c("bdi.pre", "bdi.2m", "bdi.3m", "bdi.5m",
                              "bdi.8m")])
first_day <- as.Date("2024-01-08")
cat("id,session,date,month,bdi_total,ending\n")
for (i in seq_len(nrow(points))) {
    ending <- if (!is.na(points[i, 5])) "planned" else "unplanned"
    if (i %% 5 == 0) ending <- ""
    for (k in which(!is.na(points[i, ]))) {
        date <- first_day + round(month[k] * 365.25 / 12)
        cat(i, k, format(date), month[k], points[i, k], ending, sep = ",")
        cat("\n")
    }
}
