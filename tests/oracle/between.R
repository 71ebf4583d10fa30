# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes between_oracle.h: data sets and what lme4 finds in them, for
# test_between.c and test_client_stat_therapists.c.  Debian: r-base-core r-cran-lme4 r-cran-hsaur3.
#
#   Rscript between.R > between_oracle.h
suppressPackageStartupMessages(library(lme4))
num <- function(x) paste(trimws(formatC(x, digits = 15, format = "g")),
                         collapse = ", ")
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by between.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), " and lme4 ", as.character(packageVersion("lme4")),
    ": do not edit. */\n", sep = "")
cat("
struct person {
    size_t group;
    double y;
    double x[3];
};

/* A set, the first n_covariates columns of which are in the model, and what
 * lme4 finds in it. */
struct expected {
    const char *name;
    const struct person *people;
    size_t n;
    size_t n_covariates;
    size_t n_groups;
    const double (*groups)[4]; /* n, u, se, se_terms. */
    double b[4], se[4];
    double tau2, sigma2, icc;
    double icc_low, icc_high; /* Level 0.95. */
    double loglik, gain;
};
")

# lmer() would stop some 1e-6 from the best point.  Newton steps on five-point
# differences of lme4's own deviance come closer.
slope <- function(f, x, h) {
    (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h)
}
polish <- function(deviance, theta) {
    h <- 1e-3 * max(theta, .1)
    for (step in 1:8) {
        bend <- (slope(deviance, theta + h, h) -
                 slope(deviance, theta - h, h)) / (2 * h)
        theta <- theta - slope(deviance, theta, h) / bend
    }
    theta
}
# Error variance of u with the fixed effects unknown: Henderson's equations.
full_se <- function(z, ratio) {
    if (ratio == 0) return(rep(0, ngrps(z)))
    X <- getME(z, "X")
    Z <- as.matrix(getME(z, "Z"))
    M <- rbind(cbind(crossprod(X), crossprod(X, Z)),
               cbind(crossprod(Z, X),
                     crossprod(Z) + diag(1 / ratio, ncol(Z))))
    v <- diag(solve(M))[-seq_len(ncol(X))]
    sigma(z) * sqrt(v)
}
sets <- character(0)
rows_of <- function(d, covariates) {
    cat("\nstatic const struct person ", d$name, "[] = {\n", sep = "")
    x <- d$data[, covariates, drop = FALSE]
    x <- cbind(x, 0, 0, 0)[, 1:3]
    rows <- sprintf("{%d, %s, {%s}},", d$data$g - 1L,
                    format(d$data$y, trim = TRUE),
                    apply(x, 1, function(r) paste(r, collapse = ", ")))
    for (i in seq(1, length(rows), 2)) {
        cat("    ", paste(rows[i:min(i + 1, length(rows))], collapse = " "),
            "\n", sep = "")
    }
    cat("};\n")
}
fit <- function(name, data, covariates, n_covariates, what) {
    data$g <- as.integer(factor(data$g))
    used <- covariates[seq_len(n_covariates)]
    formula <- reformulate(c(if (n_covariates) used else "1", "(1 | g)"), "y")
    deviance <- lmer(formula, data, REML = TRUE, devFunOnly = TRUE)
    # lmer() itself stays in the valley that it starts in.
    grid <- c(0, 10^seq(-3, 2, .05))
    theta <- grid[which.min(sapply(grid, deviance))]
    if (theta > 0) theta <- polish(deviance, theta)
    parts <- lFormula(formula, data, REML = TRUE)
    best <- deviance(theta)
    # A deviance function of its own, since calls of it change the model.
    profile <- lmer(formula, data, REML = TRUE, devFunOnly = TRUE)
    z <- mkMerMod(environment(deviance),
                  list(par = theta, fval = best, conv = 0),
                  parts$reTrms, parts$fr)
    tau2 <- as.numeric(VarCorr(z)$g)
    u <- ranef(z, condVar = TRUE)$g
    se <- if (theta > 0) sqrt(as.numeric(attr(u, "postVar"))) else 0 * u[, 1]
    rise <- function(t) sapply(t, profile) - best - qchisq(.95, 1)
    ends <- c(0, 0)
    if (rise(0) > 0) {
        ends[1] <- uniroot(rise, c(0, theta), tol = 1e-12)$root
    }
    ends[2] <- uniroot(rise, c(theta, 20 * theta + 20), tol = 1e-12)$root
    icc <- function(t) t^2 / (1 + t^2)
    k <- ngrps(z)
    cat("\nstatic const double ", what, "_groups[][4] = {\n",
        sprintf("    {%d, %s},\n", as.integer(table(data$g)),
                apply(cbind(u[, 1], se, full_se(z, theta^2)), 1, num)),
        "};\n", sep = "")
    pad <- function(x) num(c(x, rep(0, 4 - length(x))))
    sets <<- c(sets, sprintf(paste0(
        "    {\"%s\", %s, KOR_LENGTH(%s), %d, %d,\n     %s_groups,\n",
        "     {%s},\n     {%s},\n     %s,\n     %s,\n     %s, %s},\n"),
        what, name, name, n_covariates, k, what, pad(fixef(z)),
        pad(sqrt(diag(as.matrix(vcov(z))))),
        num(c(tau2, sigma(z)^2, icc(theta))), num(icc(ends)),
        num(as.numeric(logLik(z))), num(profile(0) - best)))
}

# 1. Beat the Blues: the score after two months in the eight groups of drug,
# length of the episode and programme, with and without the start score.
data("BtheB", package = "HSAUR3")
b <- with(BtheB, data.frame(
    g = as.integer(interaction(drug, length, treatment)), y = bdi.2m,
    pre = bdi.pre))
b <- b[!is.na(b$y), ]
rows_of(list(name = "btheb", data = b), "pre")
fit("btheb", b, "pre", 0, "btheb_plain")
fit("btheb", b, "pre", 1, "btheb_given_start")

# 2. Made up: twelve therapists with 2 to 60 people, start score, age, and one
# covariate that belongs to the therapist.
set.seed(12)
n <- c(2, 5, 9, 14, 15, 16, 20, 25, 30, 40, 50, 60)
g <- rep(seq_along(n), n)
g <- sample(g)
m <- data.frame(g = g, pre = round(rnorm(length(g), 19, 7), 1),
                age = sample(18:70, length(g), TRUE),
                ward = (seq_along(n) %% 3)[g])
m$y <- round(6 + .6 * m$pre + .03 * m$age - .8 * m$ward +
             rnorm(length(n), 0, 1.6)[g] + rnorm(length(g), 0, 5), 1)
rows_of(list(name = "twelve", data = m), c("pre", "age", "ward"))
for (k in 0:3) {
    fit("twelve", m, c("pre", "age", "ward"), k, paste0("twelve_", k))
}

# 3. Nothing between the groups.
set.seed(3)
s <- data.frame(g = rep(1:6, each = 10), pre = sample(5:35, 60, TRUE))
s$y <- round(4 + .5 * s$pre + rnorm(60, 0, 4), 1)
s$y <- s$y - round(ave(s$y - .5 * s$pre, s$g) - mean(s$y - .5 * s$pre), 1)
rows_of(list(name = "alike", data = s), "pre")
fit("alike", s, "pre", 1, "alike_1")

# 4. Nearly all of it between the groups.
set.seed(4)
f <- data.frame(g = rep(1:5, 3:7), pre = 0)
f$pre <- sample(5:35, 25, TRUE)
f$y <- round(c(0, 30, 55, 80, 120)[f$g] + .2 * f$pre + rnorm(25, 0, 1), 1)
rows_of(list(name = "far", data = f), "pre")
fit("far", f, "pre", 1, "far_1")

# 5. Two valleys, one of them at 0: in the first set the other is deeper, in
# the second the one at 0.
valleys <- function(name, n, mean, spread) {
    g <- rep(seq_along(n), n)
    k <- ave(g, g, FUN = seq_along)
    v <- data.frame(g = g, y = mean[g] + ifelse(
        k > 2 * (n[g] %/% 2), 0, spread * (-1)^k))
    v$none <- 0
    rows_of(list(name = name, data = v), "none")
    fit(name, v, "none", 0, paste0(name, "_0"))
}
valleys("deep", c(100, 100, 100, 30, 2), c(.6, .7, .5, .5, 5.3), 1.4)
valleys("flat", c(2, 3, 100, 3, 10, 1, 100),
        c(-.4, -1.3, 0, .2, .2, -1.4, 0), .7)

cat("\nstatic const struct expected lme4[] = {\n", sets, "};\n", sep = "")
