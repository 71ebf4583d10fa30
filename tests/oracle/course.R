# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes course_oracle.h for test_course.c: the distribution of a later score
# given the start score and the scores so far, by plain matrix algebra on the
# lme4 fit of Beat the Blues (all 100 people, months 2 to 8 given month 0).
#
#   Rscript course.R > course_oracle.h
suppressPackageStartupMessages(library(lme4))
num <- function(x) paste(trimws(formatC(x, digits = 15, format = "g")),
                         collapse = ", ")
d <- read.csv("../data/btheb.csv")
d$start <- d$bdi_total[match(d$id, d$id)]
d <- d[d$month > 0, ]
d$g <- log1p(d$month)
z <- lmer(bdi_total ~ g * start + (g | id), d,
          control = lmerControl(optimizer = "bobyqa", calc.derivs = FALSE))
b <- fixef(z)
G <- matrix(as.numeric(VarCorr(z)$id), 2)
s2 <- sigma(z)^2
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by course.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), " and lme4 ", as.character(packageVersion("lme4")),
    ": do not edit. */\n\n", sep = "")
cat("static const struct kor_course btheb_course = {\n",
    "    .f = KOR_TIME_LOG1P,\n    .b0 = ", num(b[1]), ",\n    .b1 = ",
    num(b[2]), ",\n    .b2 = ", num(b[3]), ",\n    .b3 = ", num(b[4]),
    ",\n    .tau00 = ", num(G[1, 1]), ",\n    .tau01 = ", num(G[1, 2]),
    ",\n    .tau11 = ", num(G[2, 2]), ",\n    .sigma = ", num(sqrt(s2)),
    ",\n    .min_points = 0,\n    .max_points = 63,\n",
    "    .better = KOR_LOWER_IS_BETTER,\n    .first_time = 2,\n",
    "    .max_time = 8,\n    .n_people = ", length(unique(d$id)),
    ",\n    .n_records = ", nrow(d), ",\n};\n\n", sep = "")

# Expected: start, time, how many scores so far, mean, sd, 80 % low and high
# (clipped), chance of 9 points of improvement.
predict_at <- function(start, month, points, at) {
    x <- function(g) cbind(1, g, start, start * g)
    m <- c(1, log1p(at))
    mean <- sum(x(m[2]) * b)
    C <- G
    if (length(month)) {
        Z <- cbind(1, log1p(month))
        K <- G %*% t(Z) %*% solve(Z %*% G %*% t(Z) + diag(s2, nrow(Z)))
        u <- K %*% (points - x(Z[, 2]) %*% b)
        mean <- mean + sum(m * u)
        C <- G - K %*% Z %*% G
    }
    c(mean, sqrt(drop(t(m) %*% C %*% m) + s2))
}
cat("/* {id, start, scores so far, {time, points}..., at, mean, sd, low and\n",
    " * high of the 80 % band, low and high of the 68 % band, chance of 9\n",
    " * points of improvement}. */\n",
    "static const struct prediction predicted[] = {\n", sep = "")
for (id in c(2, 4, 6, 10, 47)) for (k in 0:3) for (at in c(3, 8)) {
    p <- d[d$id == id, ][seq_len(min(k, sum(d$id == id))), ]
    start <- d$start[d$id == id][1]
    q <- predict_at(start, p$month, p$bdi_total, at)
    clip <- function(x) pmin(pmax(x, 0), 63)
    band <- clip(c(q[1] + qnorm(c(.1, .9)) * q[2],
                   q[1] + qnorm(c(.16, .84)) * q[2]))
    chance <- if (start - 9 < 0) 0 else pnorm(start - 9, q[1], q[2])
    scores <- if (nrow(p)) paste0("{", p$month, ", ", p$bdi_total, "}",
                                  collapse = ", ") else "{0, 0}"
    cat("    {", id, ", ", start, ", ", nrow(p), ",\n     {", scores, "}, ",
        at, ",\n     ", num(q), ",\n     ", num(band), ",\n     ",
        num(chance), "},\n", sep = "")
}
cat("};\n")
