# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes growth_apart_oracle.h: people who differ very much, and very few
# people, and what lme4 finds, for test_growth_apart.c.  Debian: r-base-core
# r-cran-lme4.
#
#   Rscript growth_apart.R > growth_apart_oracle.h
source("polish.R")
num <- function(x) paste(formatC(x, digits = 14, format = "g", width = 1),
                         collapse = ", ")
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by growth_apart.R with R ", paste(R.version$major,
    R.version$minor, sep = "."), " and lme4 ",
    as.character(packageVersion("lme4")), ": do not edit. */\n", sep = "")
data_set <- function(name, d) {
    cat("\nstatic const struct record ", name, "[] = {\n", sep = "")
    rows <- sprintf("{%d, %d, %.10g},", d$id, d$t, d$y)
    for (i in seq(1, length(rows), 3)) {
        cat("    ", paste(rows[i:min(i + 2, length(rows))], collapse = " "),
            "\n", sep = "")
    }
    cat("};\n")
}
# From 1, 0 and 1 alone lme4 may end at a level of nothing, far below the best.
best_of_starts <- function(formula, d, reml) {
    starts <- list(c(1, 0, 1), c(9, 9, 9), c(9, -9, 9), c(300, 0, 1),
                   c(1, 100, 1), c(1, -100, 1))
    all <- lapply(starts, function(s) suppressMessages(
        lmer(formula, d, REML = reml, control = tight, start = s)))
    z <- all[[which.max(sapply(all, logLik))]]
    if (isSingular(z)) z else polish(formula, d, reml, getME(z, "theta"))
}
results <- character(0)
fit <- function(set, d, reml) {
    d$g <- log(d$t)
    z <- best_of_starts(y ~ g + (g | id), d, reml)
    G <- as.numeric(VarCorr(z)$id)
    results <<- c(results, sprintf(paste0(
        "    {\"%s, %s\", %s, KOR_LENGTH(%s),\n     %s, %s,\n     {%s},\n",
        "     {%s},\n     {%s},\n     %s, %s},\n"),
        set, if (reml) "REML" else "ML", set, set,
        if (reml) "KOR_GROWTH_REML" else "KOR_GROWTH_ML",
        if (isSingular(z)) "true" else "false", num(fixef(z)),
        num(sqrt(diag(as.matrix(vcov(z))))), num(G[c(1, 2, 4)]),
        num(sigma(z)), num(as.numeric(logLik(z)))))
}
made <- function(name, d) {
    data_set(name, d)
    for (reml in c(TRUE, FALSE)) fit(name, d, reml)
}

# 1. As few people as a fit takes, or one more.
few <- function(seed, people, level, slope) {
    set.seed(seed)
    d <- do.call(rbind, lapply(seq_len(people), function(i) {
        data.frame(id = i, t = sort(sample(1:12, sample(1:7, 1))))
    }))
    d$y <- round(20 - 3 * log(d$t) + rnorm(people, 0, level)[d$id] +
                 rnorm(people, 0, slope)[d$id] * log(d$t) +
                 rnorm(nrow(d), 0, 3), 2)
    d
}
made("three", data.frame(id = c(1, 2, rep(3, 7)),
    t = c(7, 10, 1, 3, 6, 8, 9, 11, 12),
    y = c(-4.37, 26.10, 22.74, 17.48, 18.12, 14.63, 10.58, 15.64, 17.99)))
made("four", data.frame(id = rep(1:4, c(2, 4, 7, 5)),
    t = c(11, 12, 6, 7, 8, 11, 2, 5, 6, 8, 9, 11, 12, 4, 5, 8, 9, 10),
    y = c(41.58, 34.40, 10.07, 9.74, 7.34, -0.70, 20.65, 7.77, 4.04, 8.80,
          13.07, 2.86, 5.29, 13.80, 5.56, 7.72, 4.51, 5.13)))
made("five", few(5, 5, 8, 4))

# 2. Standard deviations of levels and slopes in those of the error.
apart <- function(seed, people, level, slope) {
    set.seed(seed)
    d <- data.frame(id = rep(seq_len(people), each = 5), t = rep(1:5, people))
    d$y <- round(20 - log(d$t) + rnorm(people, 0, level)[d$id] +
                 rnorm(people, 0, slope)[d$id] * log(d$t) +
                 rnorm(nrow(d)), 3)
    d
}
made("levels_apart", apart(1, 8, 1000, 1))
made("slopes_apart", apart(2, 8, 0, 120))
made("both_apart", apart(3, 8, 400, 400))

cat("\nstatic const struct expected lme4[] = {\n", results, "};\n", sep = "")
