# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes fit_oracle.h: what lme4 finds in the made-up clinic that
# test_service_fit.c imports.  The clinic follows from a rule that both know,
# with random numbers after S. K. Park and K. W. Miller (1988), Commun. ACM 31,
# 1192-1201.  Debian: r-base-core r-cran-lme4.
#
#   Rscript fit.R > fit_oracle.h
suppressPackageStartupMessages(library(lme4))
state <- 4711
random <- function() {
    state <<- (state * 16807) %% 2147483647
    state / 2147483647
}
tenths <- function(x) floor(min(max(x, 0), 40) * 10 + .5) / 10
d <- NULL
for (id in 1:60) {
    start <- tenths(10 + 20 * random())
    level <- -3 + 6 * random()
    slope <- 2 + 4 * random()
    n <- 3 + floor(5 * random())
    for (t in 2:n) {
        y <- tenths(start + level + slope * log(t) - 4 + 8 * random())
        d <- rbind(d, data.frame(id, t, start, y))
    }
}
d$g <- log(d$t)
tight <- lmerControl(optimizer = "bobyqa", calc.derivs = FALSE,
                     check.conv.singular = "ignore",
                     optCtrl = list(rhobeg = .2, rhoend = 1e-10,
                                    maxfun = 1e6))
num <- function(x) paste(trimws(formatC(x, digits = 12, format = "g")),
                         collapse = ", ")
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by fit.R with R ", R.version$major, ".", R.version$minor,
    " and lme4 ", as.character(packageVersion("lme4")),
    ": do not edit. */\n\n",
    "enum { ORACLE_PEOPLE = 60, ORACLE_RECORDS = ", nrow(d), " };\n\n",
    "/* b0 to b3, their standard errors, tau00, tau01, tau11, sigma, log\n",
    " * likelihood. */\n", sep = "")
for (reml in c(TRUE, FALSE)) {
    m <- lmer(y ~ g + start + g:start + (g | id), d, REML = reml,
              control = tight)
    v <- VarCorr(m)$id
    cat("static const double ", if (reml) "reml" else "ml",
        "_oracle[] = {\n    ", num(fixef(m)), ",\n    ",
        num(sqrt(diag(as.matrix(vcov(m))))), ",\n    ",
        num(c(v[1, 1], v[1, 2], v[2, 2], sigma(m))), ",\n    ",
        num(as.numeric(logLik(m))), "};\n", sep = "")
}
