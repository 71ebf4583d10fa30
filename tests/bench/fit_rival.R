# SPDX-License-Identifier: GPL-3.0-or-later
#
# The rival of bench_fit: lme4 on the same file, read and fitted as R users
# do.  Prints seconds of lmer() alone, and minus twice the log likelihood.
#
#   Rscript fit_rival.R FILE.csv
suppressPackageStartupMessages(library(lme4))
d <- read.csv(commandArgs(TRUE)[1])
seconds <- system.time(
    z <- lmer(score ~ log(session) + (log(session) | id), d,
              control = lmerControl(calc.derivs = FALSE)))[["elapsed"]]
cat(sprintf("%.6f %.9f\n", seconds, -2 * as.numeric(logLik(z))))
