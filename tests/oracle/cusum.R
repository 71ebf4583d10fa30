# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes cusum_oracle.h for test_cusum.c: Rscript cusum.R > cusum_oracle.h
# 'Rscript cusum.R runs' prints the run lengths of docs/methods/cusum.md.
num <- function(x) formatC(x, digits = 17, format = "g", width = 1)

# The likelihood ratio as such: of odds that are R times p / (1 - p).
llr <- function(y, p, R) {
    odds <- R * p / (1 - p)
    q <- odds / (1 + odds)
    dbinom(y, 1, q, log = TRUE) - dbinom(y, 1, p, log = TRUE)
}
run <- function(y, p, R, h) {
    up <- down <- 0
    out <- matrix(0, length(y), 4)
    for (i in seq_along(y)) {
        up <- max(0, up + llr(y[i], p[i], R))
        down <- max(0, down + llr(y[i], p[i], 1 / R))
        out[i, ] <- c(up, down, up >= h, down >= h)
        if (up >= h) up <- 0
        if (down >= h) down <- 0
    }
    out
}

# People until a signal: the sum as a Markov chain over 'cells' of its range
# (Brook and Evans 1972).
run_length <- function(p, R, h, odds = 1, cells = 2000) {
    q <- odds * p / (1 - p + odds * p)
    width <- h / cells
    middle <- c(0, (seq_len(cells) - .5) * width)
    m <- matrix(0, cells + 1, cells + 1)
    for (y in 0:1) {
        to <- middle + llr(y, p, R)
        k <- ifelse(to <= 0, 1, ceiling(to / width) + 1)
        keep <- which(k <= cells + 1)
        i <- cbind(keep, k[keep])
        m[i] <- m[i] + ifelse(y == 1, q, 1 - q)
    }
    solve(diag(cells + 1) - m, rep(1, cells + 1))[1]
}
if (identical(commandArgs(TRUE), "runs")) {
    for (p in c(.2, .4, .6)) for (h in c(2, 3, 4.5))
        cat(p, h, "more:", round(run_length(p, 2, h)),
            round(run_length(p, 2, h, 2)), "less:",
            round(run_length(p, .5, h)), round(run_length(p, .5, h, .5)), "\n")
    quit()
}
set.seed(8)
n <- 120
p <- round(runif(n, .1, .7), 3)
y <- rbinom(n, 1, ifelse(1:n > 60, pmin(.95, 2.5 * p), p * .5))
o <- run(y, p, 2, 2.5)
stopifnot(sum(o[, 3]) > 1, sum(o[, 4]) > 0)
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by cusum.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), ": do not edit. */\n\n",
    "/* Event, expected, and the sums with their signals for R = 2, limit",
    " 2.5. */\n", "static const double people[][6] = {\n",
    sprintf("    {%d, %s, %s, %s, %d, %d},\n", y, num(p), num(o[, 1]),
            num(o[, 2]), o[, 3], o[, 4]), "};\n", sep = "")
