# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes reliability_oracle.h for test_reliability.c:
# Rscript reliability.R > reliability_oracle.h
suppressMessages(library(psych))
num <- function(x) ifelse(is.na(x), "NAN",
                          formatC(x, digits = 17, format = "g", width = 1))
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by reliability.R with R ", paste(R.version$major,
    R.version$minor, sep = "."), " and psych ",
    as.character(packageVersion("psych")), ": do not edit. */\n\n", sep = "")
set.seed(12)
answers <- function(n, k, common, most) {
    x <- sqrt(common) * rnorm(n) + matrix(rnorm(n * k), n)
    matrix(pmin(most, pmax(0, round(most / 2 + x))), n)
}
holes <- answers(30, 4, 1.5, 4)
holes[cbind(c(1, 5, 9, 9), c(4, 2, 1, 3))] <- NA
sets <- list(nine = answers(60, 9, .8, 3), holes = holes,
             two = answers(5, 2, 3, 10), against = cbind(1:8, c(8:2, 3)),
             vas = answers(25, 4, 2, 100) / 10)
cat("struct expected {\n    double mean, sd, alpha, low_95, high_95, low_80,",
    "high_80;\n};\n\n")
for (name in names(sets)) {
    x <- sets[[name]]
    full <- x[complete.cases(x), ]
    total <- rowSums(full)
    sink(nullfile())
    a <- suppressWarnings(suppressMessages(
        alpha(full, warnings = FALSE)$total$raw_alpha))
    sink()
    ci <- function(p) unlist(alpha.ci(a, nrow(full), ncol(full), p)[c(1, 3)])
    cat("static const double ", name, "_items[][", ncol(x), "] = {\n",
        apply(x, 1, function(r) sprintf("    {%s},\n",
              paste(num(r), collapse = ", "))), "};\n\n",
        "static const struct expected ", name, " = {\n    ",
        paste(num(c(mean(total), sd(total), a, ci(.05), ci(.2))),
              collapse = ",\n    "), "};\n\n", sep = "")
}
