# SPDX-License-Identifier: GPL-3.0-or-later
#
# For the scripts that ask lme4: tight(), and polish().
suppressPackageStartupMessages(library(lme4))
tight <- lmerControl(optimizer = "bobyqa", calc.derivs = FALSE,
                     check.conv.singular = "ignore",
                     optCtrl = list(rhobeg = .2, rhoend = 1e-10,
                                    maxfun = 1e6))
# lmer() stops where the deviance no longer tells points apart, some 1e-6 from
# the best one.  Newton steps on five-point differences of lme4's own deviance
# come closer; a singular fit stays as it is.
polish <- function(formula, d, reml, theta) {
    parts <- lFormula(formula, d, REML = reml)
    deviance <- do.call(mkLmerDevfun, parts)
    slope <- function(x, k) {
        h <- replace(numeric(3), k, 1e-3 * max(abs(x[k]), .1))
        (deviance(x - 2 * h) - 8 * deviance(x - h) + 8 * deviance(x + h) -
         deviance(x + 2 * h)) / (12 * sum(h))
    }
    slopes <- function(x) sapply(1:3, function(k) slope(x, k))
    for (step in 1:4) {
        H <- sapply(1:3, function(k) {
            h <- replace(numeric(3), k, 1e-3)
            (slopes(theta + h) - slopes(theta - h)) / 2e-3
        })
        theta <- theta - solve(H, slopes(theta))
    }
    best <- list(par = theta, fval = deviance(theta), conv = 0)
    mkMerMod(environment(deviance), best, parts$reTrms, parts$fr)
}
best_lmer <- function(formula, d, reml) {
    z <- suppressMessages(lmer(formula, d, REML = reml, control = tight))
    if (isSingular(z)) z else polish(formula, d, reml, getME(z, "theta"))
}
