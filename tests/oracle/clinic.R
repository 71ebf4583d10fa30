# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes clinic_oracle.h: the figures of the tiny clinic in
# test_service_lists.c.  Debian: r-base-core.
#
#   Rscript clinic.R > clinic_oracle.h
num <- function(x) trimws(formatC(x, digits = 15, format = "g"))
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by clinic.R with R ", R.version$major, ".", R.version$minor,
    ": do not edit. */\n\nstatic const struct share_oracle {\n",
    "    size_t k, n;\n    double low, high;\n} shares[] = {\n", sep = "")
for (row in list(c(3, 6), c(2, 5), c(1, 6), c(2, 6), c(1, 7), c(4, 7), c(3, 7),
                 c(2, 17))) {
    ci <- suppressWarnings(prop.test(row[1], row[2], correct = FALSE))$conf.int
    cat("    {", row[1], ", ", row[2], ", ", num(ci[1]), ", ", num(ci[2]),
        "},\n", sep = "")
}
start <- c(20, 18, 15, 12, 16, 8)
last <- c(9, 11, 14, 18, 8, 3)
one <- function(name, x) {
    half <- qnorm(.975) * sd(x) / sqrt(length(x))
    cat("static const double ", name, "_oracle[] = {", num(mean(x)), ", ",
        num(sd(x)), ",\n    ", num(mean(x) - half), ", ", num(mean(x) + half),
        ", ", num(median(x)), "};\n", sep = "")
}
cat("};\n\n/* Mean, standard deviation, interval of the mean, median. */\n")
one("start", start)
one("last", last)
one("change", start - last)
