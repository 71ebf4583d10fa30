# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes change_oracle.h for test_change.c: classes of change by seven methods,
# crossed with direction, operator and cut-off, on Beat the Blues and on a
# made-up scale of 0 to 40 with ties at the limits.  The formulas stand here
# as their authors wrote them and not as kor computes them.  Debian: r-base-core
# r-cran-lme4.
#
#   Rscript change.R > change_oracle.h
suppressPackageStartupMessages(library(lme4))
num <- function(x) ifelse(is.na(x), "NAN",
                          trimws(formatC(x, digits = 17, format = "g")))
put <- function(name, x)
    cat("static const double ", name, "[] = {\n",
        paste0(strwrap(paste0(num(x), ",", collapse = " "), 79, 4, 4), "\n"),
        "};\n", sep = "")
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by change.R with R ", R.version$major, ".", R.version$minor,
    " and lme4 ", as.character(packageVersion("lme4")),
    ": do not edit. */\n\n", sep = "")

# Beat the Blues: first and last score, and each person's line.
d <- read.csv("../data/btheb.csv")
d$g <- log1p(d$month)
d <- d[order(d$id, d$month), ]
n_scores <- as.vector(table(d$id))
pre <- d$bdi_total[!duplicated(d$id)]
post <- ifelse(n_scores > 1,
               d$bdi_total[!duplicated(d$id, fromLast = TRUE)], NA)
fit <- lmer(bdi_total ~ g + (g | id), d, control = lmerControl(
    optimizer = "bobyqa", calc.derivs = FALSE,
    optCtrl = list(rhobeg = .2, rhoend = 1e-9, maxfun = 1e6)))
u <- ranef(fit, condVar = TRUE)$id
slope <- coef(fit)$id$g
se <- sqrt(attr(u, "postVar")[2, 2, ])
slope[n_scores < 3] <- NA
se[n_scores < 3] <- NA
sets <- list(
    btheb = list(pre = pre, post = post, slope = slope, se = se, width = 63,
                 r = .9, r2 = .85, m = 5, s = 4.5, better = -1, rc = 9,
                 line = 14),
    made = list(pre = c(12, 25, 24, 26, 19, 8, 31, 25, 22, 17.3, 28, 33, 20,
                        25, 15, 30, 24.5, 11, 26, 19, 25, 38, 21, 14),
                post = c(18, 31, 30, 20, 25, 14.1, 25, 26, 16, 23.3, 34, 27,
                         NA, 19, 33, 24, 30.5, 5, 36, 25.1, 32, 24, 21, 29),
                slope = NULL, width = 40, r = .88, r2 = .8, m = 28, s = 6.8,
                better = 1, rc = 6, line = 25))

# The seven indices, in the scale's own direction.
index <- function(method, x, m, s, mq) {
    r <- x$r; a <- x$pre; b <- x$post; se <- s * sqrt(1 - r)
    has <- !is.na(a) & !is.na(b)
    switch(method,
        jt = (b - a) / (sqrt(2) * se),
        gln = ((b - m) - r * (a - m)) / (s * sqrt(1 - r^2)),
        hll = ((b - mq) - r * (a - m)) / (s * sqrt(1 - r^2)),
        en = (b - (r * (a - m) + m)) / se,
        nk = (b - (r * (a - m) + m)) /
            sqrt(r^2 * s^2 * (1 - r) + s^2 * (1 - x$r2)),
        ha = {
            R <- rdd(x)
            ((b - a) * R + (mean(b[has]) - mean(a[has])) * (1 - R)) /
                (sqrt(R) * sqrt(2) * se)
        },
        hlm = ifelse(has, x$slope / x$se, NA))
}
rdd <- function(x) {
    has <- !is.na(x$pre) & !is.na(x$post)
    s1 <- sd(x$pre[has]); s2 <- sd(x$post[has])
    k <- 2 * s1 * s2 * cor(x$pre[has], x$post[has])
    (s1^2 * x$r + s2^2 * x$r2 - k) / (s1^2 + s2^2 - k)
}
flip <- function(x) {
    x$pre <- x$width - x$pre; x$post <- x$width - x$post
    if (!is.null(x$slope)) x$slope <- -x$slope
    x$m <- x$width - x$m; x$line <- x$width - x$line; x$better <- -x$better
    x
}
cutoff <- function(kind, x, m, s, method) {
    k <- if (method == "ha") sqrt(x$r) else 1
    s <- s * k; s0 <- x$s * k
    switch(kind, none = NA, a = m + x$better * 2 * s,
           b = x$m - x$better * 2 * s0,
           c = (s * x$m + s0 * m) / (s + s0), fixed = x$line)
}
beyond <- function(d, op) if (op == "gt") d > 0 else d >= 0
counts <- function(x, i, limit, ct, op) {
    g <- x$better * i
    up <- beyond(g - limit, op); down <- beyond(-g - limit, op)
    treated <- beyond(-x$better * (x$pre - ct), op)
    past <- beyond(x$better * (x$post - ct), op)
    if (is.na(ct)) { rec <- harm <- rep(FALSE, length(g)) } else {
        rec <- up & treated & past; harm <- down & !treated & !past }
    k <- !is.na(g)
    c(sum(rec[k]), sum((up & !rec)[k]), sum((!up & !down)[k]),
      sum((down & !harm)[k]), sum(harm[k]))
}

for (name in names(sets)) {
    x <- sets[[name]]
    put(paste0(name, "_first"), x$pre)
    put(paste0(name, "_last"), x$post)
    if (!is.null(x$slope)) {
        put(paste0(name, "_slope"), x$slope)
        put(paste0(name, "_slope_se"), x$se)
    }
    has <- !is.na(x$pre) & !is.na(x$post)
    m <- mean(x$pre[has]); s <- sd(x$pre[has]); mq <- mean(x$post[has])
    for (method in c("jt", "gln", "hll", "en", "nk", "ha",
                     if (!is.null(x$slope)) "hlm"))
        put(paste0(name, "_", method), x$better * index(method, x, m, s, mq))
}

cat("\nstatic const struct change_oracle {\n    const char *set, *method;\n",
    "    int flipped, at_least;\n    enum kor_change_cutoff cutoff;\n",
    "    double rc_points;\n    size_t count[5];\n",
    "    double cutoff_points, needed, needed_worse;\n} oracles[] = {\n",
    sep = "")
one <- function(name, method, flipped, op, kind, rc) {
    x <- sets[[name]]
    if (flipped) x <- flip(x)
    has <- !is.na(x$pre) & !is.na(x$post)
    m <- mean(x$pre[has]); s <- sd(x$pre[has]); mq <- mean(x$post[has])
    z <- if (method == "ha") 1.65 else 1.96
    ct <- cutoff(kind, x, m, s, method)
    if (is.na(rc)) {
        n <- counts(x, index(method, x, m, s, mq), z, ct, op)
    } else {
        # Tenths, so that ties are ties.
        n <- counts(x, round(10 * (x$post - x$pre)), 10 * rc, ct, op)
    }
    need <- c(NA, NA)
    if (method == "jt") need <- rep(z * sqrt(2) * s * sqrt(1 - x$r), 2)
    if (!is.na(rc)) need <- c(rc, rc)
    if (method == "ha") {
        R <- rdd(x); lim <- z * sqrt(R) * sqrt(2) * s * sqrt(1 - x$r)
        k <- x$better * (mq - m) * (1 - R)
        need <- c(lim - k, lim + k) / R
    }
    cat("    {\"", name, "\", \"", method, "\", ", as.integer(flipped), ", ",
        as.integer(op == "ge"), ", KOR_CHANGE_",
        if (kind == "none") "NO_CUTOFF" else paste0("CUTOFF_", toupper(kind)),
        ", ", num(rc), ",\n     {", paste(n, collapse = ", "), "}, ", num(ct),
        ",\n     ", num(need[1]), ", ", num(need[2]), "},\n", sep = "")
}
for (name in names(sets)) for (flipped in c(FALSE, TRUE))
    for (op in c("gt", "ge")) {
        for (method in c("jt", "gln", "hll", "en", "nk", "ha",
                         if (!is.null(sets[[name]]$slope)) "hlm"))
            for (kind in c("none", "a", "b", "c", "fixed"))
                one(name, method, flipped, op, kind, NA)
        for (kind in c("none", "c", "fixed"))
            one(name, "jt", flipped, op, kind, sets[[name]]$rc)
    }
cat("};\n")
