# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes tail_oracle.h for test_tail.c: Rscript tail.R > tail_oracle.h
num <- function(x) formatC(x, digits = 17, format = "g", width = 1)
rows <- function(name, m) {
    m <- m[apply(is.finite(m), 1, all), ]
    cat("static const double ", name, "[][", ncol(m), "] = {\n",
        paste0("    {", apply(m, 1, function(r) paste(num(r), collapse = ", ")),
               "},\n"), "};\n\n", sep = "")
}
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by tail.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), ": do not edit. */\n\n", sep = "")
df <- c(1, 1.5, 2, 3, 4.7, 10, 29, 100, 1234.5, 1e5, 1e6, 1e12, Inf)
p <- c(1e-40, 1e-30, 1e-9, .001, .025, .2, .24, .3, .499, .6, .9, .975, .9999)
g <- expand.grid(t = c(-1e200, -1e6, -40, -5, -1.96, -.5, -1e-3, 1e-9, .7, 3, 20),
                 df = df)
g$v <- pt(g$t, g$df)
rows("t_below", as.matrix(g[g$v > 1e-290, ])[, 1:3])
g <- expand.grid(p = p, df = df)
rows("t_quantiles", cbind(g$p, g$df, qt(g$p, g$df)))
g <- expand.grid(p = c(1e-9, .001, .025, .3, .5, .8, .95, .975, .999999),
                 d1 = c(1, 2, 7, 59, 1000, 1e6), d2 = c(1, 3, 20, 531, 1e5))
# From qbeta() in both directions: R's qf() loses digits near 0, and takes
# chi-square for F with very many degrees of freedom.
g$odds <- qbeta(g$p, g$d1 / 2, g$d2 / 2) /
    qbeta(g$p, g$d2 / 2, g$d1 / 2, lower.tail = FALSE)
rows("f_quantiles", cbind(g$p, g$d1, g$d2, g$d2 / g$d1 * g$odds))
g <- expand.grid(x = c(1e-20, 1e-4, .01, .1, .25, .4999, .5, .51, .8, .99, .99999),
                 a = c(.1, .5, 1, 3, 17.5, 400, 5e5),
                 b = c(.1, .5, 1, 2, 30, 1000, 5e5))
g$v <- pbeta(g$x, g$a, g$b)
rows("beta_below", as.matrix(g[g$v > 1e-290, ]))
g <- expand.grid(p = c(1e-100, 1e-9, .001, .025, .3, .5, .8, .975, .999999),
                 a = c(.1, .5, 1, 3, 17.5, 400, 5e5),
                 b = c(.1, .5, 1, 2, 30, 1000, 5e5))
g$v <- qbeta(g$p, g$a, g$b)
rows("beta_quantiles", as.matrix(g))
g <- expand.grid(x = c(1e-9, .01, 1, 3.84, 20, 100, 1200, 1e6 + 7000),
                 df = c(1, 2, 3, 4, 7, 30, 101, 2000, 1e6))
g$v <- pchisq(g$x, g$df, lower.tail = FALSE)
rows("chi2_above", as.matrix(g[g$v > 1e-290, ]))
