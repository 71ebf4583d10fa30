# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes growth_oracle.h: data sets and what lme4 finds in them, for
# test_growth.c.  Debian: r-base-core r-cran-lme4.
#
#   Rscript growth.R > growth_oracle.h
source("polish.R")
num <- function(x) paste(sub("NA", "NAN", trimws(
    formatC(x, digits = 14, format = "g"))), collapse = ", ")
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by growth.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), " and lme4 ", as.character(packageVersion("lme4")),
    ": do not edit. */\n", sep = "")

# The data: person, time (not yet transformed), score, start score.
data_set <- function(name, d) {
    cat("\nstatic const struct record ", name, "[] = {\n", sep = "")
    rows <- sprintf("{%d, %s, %s, %s},", d$id, format(d$t, trim = TRUE),
                    format(d$y, trim = TRUE), format(d$start, trim = TRUE))
    for (i in seq(1, length(rows), 3)) {
        cat("    ", paste(rows[i:min(i + 2, length(rows))], collapse = " "),
            "\n", sep = "")
    }
    cat("};\n")
}
results <- character(0)
fit <- function(set, f, d, with_start, reml) {
    d$g <- match.fun(f)(d$t)
    formula <- if (with_start) y ~ g * start + (g | id) else y ~ g + (g | id)
    z <- best_lmer(formula, d, reml)
    G <- matrix(as.numeric(VarCorr(z)$id), 2)
    v <- as.matrix(vcov(z))
    b <- fixef(z)
    se <- sqrt(diag(v))
    if (!with_start) {
        b <- c(b, NA, NA)
        se <- c(se, NA, NA)
    }
    results <<- c(results, sprintf(paste0(
        "    {\"%s, %s%s\",\n     %s, KOR_LENGTH(%s),\n     %s, %s, %s,\n",
        "     {%s},\n     {%s},\n     %s, %s,\n     %s,\n     %s},\n"),
        set, if (reml) "REML" else "ML",
        if (with_start) ", given the start score" else "", set, set,
        c(log = "KOR_TIME_LOG", log1p = "KOR_TIME_LOG1P")[[f]],
        if (with_start) "true" else "false",
        if (reml) "KOR_GROWTH_REML" else "KOR_GROWTH_ML",
        num(b), num(se), num(v[1, 2]),
        num(c(G[1, 1], G[1, 2], G[2, 2])),
        num(c(sigma(z), logLik(z))), num(c(AIC(z), BIC(z)))))
}
both <- function(set, f, d, with_start) {
    for (reml in c(TRUE, FALSE)) fit(set, f, d, with_start, reml)
}
with_start <- function(d) {
    first <- d[!duplicated(d$id), ]
    d$start <- first$y[match(d$id, first$id)]
    d
}

# 1. Beat the Blues: all scores, and those after the start given the start.
b <- read.csv("../data/btheb.csv")
b <- with_start(data.frame(id = b$id, t = b$month, y = b$bdi_total))
after <- b[b$t > 0, ]
data_set("btheb", b)
data_set("btheb_after", after)
both("btheb", "log1p", b, FALSE)
both("btheb_after", "log1p", after, TRUE)

# 2. Made up: 60 people, 4 to 12 sessions, higher is better, 0 to 40.
set.seed(20)
people <- 60
n <- sample(4:12, people, TRUE)
id <- rep(seq_len(people), n)
t <- unlist(lapply(n, seq_len))
u <- matrix(rnorm(2 * people), people) %*% chol(matrix(c(36, -4, -4, 6), 2))
y <- 18 + 5 * log(t) + u[id, 1] + u[id, 2] * log(t) + rnorm(length(t), 0, 3)
m <- with_start(data.frame(id = id, t = t,
                           y = round(pmin(pmax(y, 0), 40), 1)))
data_set("made_up", m)
data_set("made_up_after", m[m$t > 1, ])
both("made_up", "log", m, FALSE)
both("made_up_after", "log", m[m$t > 1, ], TRUE)

# 3. Singular: people differ in level, slopes follow it strictly or not at all.
set.seed(6)
id <- rep(1:20, each = 5)
t <- rep(1:5, 20)
s <- with_start(data.frame(id = id, t = t, y = round(
    20 - 2 * log(t) + rnorm(20, 0, 4)[id] + rnorm(100, 0, 2), 1)))
data_set("singular", s)
both("singular", "log", s, FALSE)

# 4. Ten people in whom a search first runs onto the boundary: it must leave
# it again for 'inside', and end on another side of it for 'same_level'.
ten <- function(seed) {
    set.seed(seed)
    n <- sample(2:6, 10, TRUE)
    id <- rep(1:10, n)
    t <- unlist(lapply(n, seq_len))
    spread <- c(sample(c(0, .5, 3), 1), sample(c(0, .3, 2), 1),
                sample(c(.3, 1, 3), 1))
    y <- 20 - 2 * log(t) + rnorm(10, 0, spread[1])[id] +
        rnorm(10, 0, spread[2])[id] * log(t) + rnorm(length(t), 0, spread[3])
    with_start(data.frame(id = id, t = t, y = round(y, 1)))
}
data_set("inside", ten(942))
both("inside", "log", ten(942), FALSE)
data_set("same_level", ten(1083))
both("same_level", "log", ten(1083), FALSE)

cat("\nstatic const struct expected lme4[] = {\n", results, "};\n", sep = "")
