# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes funnel_oracle.h for test_funnel.c: Rscript funnel.R > funnel_oracle.h
num <- function(x) formatC(x, digits = 17, format = "g", width = 1)
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by funnel.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), ": do not edit. */\n\n", sep = "")
g <- expand.grid(n = c(1, 2, 5, 11, 20, 29, 30, 31, 50, 200, 5000),
                 p = c(0, .01, .05, .3, .5, .62, .9, 1))
q <- c(.025, .975, .001, .999)
exact <- sapply(q, function(x) qbinom(x, g$n, g$p) / g$n)
normal <- sapply(q, function(x) pmin(1, pmax(0,
    g$p + qnorm(x) * sqrt(g$p * (1 - g$p) / g$n))))
out <- function(name, m) cat("static const double ", name, "[][6] = {\n",
    apply(cbind(g, m), 1, function(r) sprintf("    {%s},\n",
          paste(num(r), collapse = ", "))), "};\n\n", sep = "")
out("exact_limits", exact)
out("normal_limits", normal)
# Wilson's interval: prop.test() without Yates' correction.
w <- expand.grid(n = c(1, 4, 17, 30, 250), share = c(0, .2, .5, 1),
                 level = c(.8, .95, .998))
w$k <- round(w$n * w$share)
ci <- suppressWarnings(t(mapply(function(k, n, level) prop.test(k, n,
    correct = FALSE, conf.level = level)$conf.int, w$k, w$n, w$level)))
cat("static const double wilson[][5] = {\n",
    sprintf("    {%d, %d, %s, %s, %s},\n", as.integer(w$k), as.integer(w$n),
            num(w$level), num(ci[, 1]), num(ci[, 2])), "};\n", sep = "")
