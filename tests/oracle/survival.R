# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes survival_oracle.h for test_survival.c:
# Rscript survival.R > survival_oracle.h
suppressMessages(library(survival))
num <- function(x) ifelse(is.na(x), "NAN",
                          formatC(x, digits = 17, format = "g", width = 1))
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by survival.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), " and survival ", as.character(packageVersion("survival")),
    ": do not edit. */\n\n", sep = "")
set.seed(3)
# Sessions until recovery of 40 made-up people, with ties; the same without
# censoring; an even number without ties, so that the curve stands on 1/2; a
# set whose median is not reached; one person; all censored.
many <- data.frame(t = pmin(rgeom(40, .12) + 1, 14), e = rbinom(40, 1, .65))
sets <- list(many = many, all = transform(many, e = 1),
             half = data.frame(t = c(3, 1, 7.5, 4, 9, 12), e = 1),
             long = data.frame(t = 1:9, e = c(0, 1, 0, 0, 1, 0, 0, 0, 0)),
             flat = data.frame(t = c(2, 2, 5, 6), e = c(1, 1, 0, 0)),
             one = data.frame(t = 4, e = 1),
             none = data.frame(t = c(0, 3, 3), e = 0))
types <- c("log", "plain", "log-log")
for (name in names(sets)) {
    d <- sets[[name]]
    cat("static const double ", name, "_people[][2] = {\n",
        sprintf("    {%s, %d},\n", num(d$t), d$e), "};\n\n", sep = "")
    for (k in 1:3) for (level in c(.95, .8)) {
        f <- survfit(Surv(t, e) ~ 1, d, conf.type = types[k],
                     conf.int = level)
        m <- summary(f)$table[7:9]
        id <- paste0(name, "_", gsub("-", "_", types[k]), "_", 100 * level)
        cat("static const double ", id, "[][7] = {\n",
            sprintf("    {%s, %d, %d, %d, %s,\n     %s, %s},\n", num(f$time),
                    as.integer(f$n.risk), as.integer(f$n.event),
                    as.integer(f$n.censor), num(f$surv), num(f$lower),
                    num(f$upper)),
            "};\n\nstatic const double ", id, "_median[] = {",
            paste(num(m), collapse = ", "), "};\n\n", sep = "")
    }
}
cat("#define SURVIVAL_SETS(X)")
for (name in names(sets)) for (k in 1:3) for (level in c(95, 80))
    cat(" \\\n    X(", name, ", ", c("LOG", "PLAIN", "LOG_LOG")[k], ", ",
        gsub("-", "_", types[k]), ", ", level, ")", sep = "")
cat("\n")
