# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes auc_oracle.h for test_auc.c: areas under the curve with DeLong's
# interval, by the package pROC, on made-up markers with and without ties.
#
#   Rscript auc.R > auc_oracle.h
suppressPackageStartupMessages(library(pROC))
num <- function(x) paste(trimws(formatC(x, digits = 15, format = "g")),
                         collapse = ", ")
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by auc.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), " and pROC ", as.character(packageVersion("pROC")),
    ": do not edit. */\n\n", sep = "")
set.seed(20)
sets <- list(
    "no_ties" = data.frame(x = round(rnorm(40) + rep(c(.8, 0), c(12, 28)), 4),
                           y = rep(1:0, c(12, 28))),
    "many_ties" = data.frame(x = sample(1:4, 60, TRUE) + rep(1:0, c(20, 40)),
                             y = rep(1:0, c(20, 40))),
    "two_of_one_kind" = data.frame(x = c(3, 1, 0, 1, 2, 2, 5),
                                   y = c(1, 1, 0, 0, 0, 0, 0)),
    "the_wrong_way_round" = data.frame(x = c(1:9, 2.5, 7.25),
                                       y = c(1, 1, 1, 0, 1, 0, 0, 0, 0, 1,
                                             0)),
    "told_apart" = data.frame(x = 1:8, y = rep(0:1, each = 4)))
for (name in names(sets)) {
    s <- sets[[name]]
    cat("static const struct kor_auc_row ", name, "[] = {\n", sep = "")
    cat(sprintf("    {%s, %d},", sapply(s$x, num), s$y),
        sep = "\n")
    cat("\n};\n\n")
}
cat("/* {rows, n, level, area, low, high}. */\n",
    "static const struct oracle oracles[] = {\n", sep = "")
for (name in names(sets)) for (level in c(.95, .8)) {
    s <- sets[[name]]
    r <- roc(s$y, s$x, direction = "<", quiet = TRUE)
    ci <- suppressWarnings(ci.auc(r, conf.level = level, method = "delong"))
    cat("    {", name, ", ", nrow(s), ", ", level, ",\n     ",
        num(ci[c(2, 1, 3)]), "},\n", sep = "")
}
cat("};\n")
