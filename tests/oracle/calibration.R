# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes calibration_oracle.h for test_calibration.c: the calibration of an
# expected range, written afresh from its description with lme4's fits of all
# folds but one.  The folds are 0, 1 ... 9, 0, 1 ... in the order of people.
#
#   Rscript calibration.R > calibration_oracle.h
source("polish.R")
num <- function(x) paste(trimws(formatC(x, digits = 12, format = "g")),
                         collapse = ", ")
d <- read.csv("../data/made_up.csv")
d <- d[!is.na(d$score), ]
d$person <- match(d$id, unique(d$id))
d$fold <- (d$person - 1) %% 10
d$start <- d$score[match(d$id, d$id)]
d$first <- !duplicated(d$id)
d$g <- log(d$session)
e <- d[!d$first, ]
e$y <- e$score
level <- c(.8, .68)
least <- 25

# How far off, fold by fold.
e$signed <- NA
for (k in 0:9) {
    z <- best_lmer(y ~ g * start + (g | id), e[e$fold != k, ], TRUE)
    G <- matrix(as.numeric(VarCorr(z)$id), 2)
    here <- e$fold == k
    sd <- sqrt(G[1, 1] + 2 * G[1, 2] * e$g[here] + G[2, 2] * e$g[here]^2 +
               sigma(z)^2)
    e$signed[here] <- (e$y[here] - predict(z, e[here, ], re.form = NA)) / sd
}
e$z <- abs(e$signed)

# Thirds of the start scores of the people with a later score.
starts <- sort(tapply(e$start, e$person, function(x) x[1]))
n <- length(starts)
steps <- which(diff(starts) > 0) # Boundaries between different scores.
limits <- sapply(c(1, 2) * n / 3, function(wanted) {
    near <- steps[order(abs(steps - wanted), abs(steps - n / 2))][1]
    mean(starts[near + 0:1])
})
third <- function(s) 1 + (s > limits[1]) + (s > limits[2])
centres <- tapply(starts, third(starts), mean)
e$third <- third(e$start)
times <- sort(unique(e$session))

# Reach from the rows 'use'.
make <- function(use) {
    r <- e[use, ]
    middle <- mean(r$start)
    line <- coef(lm(z ~ I(start - middle), r))
    growth <- line[[2]] / line[[1]]
    spread <- function(s) pmax(1 + growth *
        (pmin(pmax(s, min(starts)), max(starts)) - middle), .25)
    r$z <- r$z / spread(r$start)
    table <- array(NA, c(2, length(times), 3))
    for (t in seq_along(times)) for (k in 1:3) {
        for (w in 0:length(times)) {
            near <- times[pmax(t - w, 1):pmin(t + w, length(times))]
            q <- sort(r$z[r$third == k & r$session %in% near])
            if (length(q) >= least) break
        }
        at <- level * (length(q) + 1)
        i <- floor(at)
        table[, t, k] <- q[i] + (at - i) * (q[i + 1] - q[i])
    }
    list(middle = middle, growth = growth, spread = spread, table = table)
}
reach <- function(m, width, start, session) {
    by_start <- apply(m$table[width, , ], 1, function(row)
        approx(centres, row, start, rule = 2)$y)
    m$spread(start) * approx(times, by_start, session, rule = 2)$y
}
all <- make(rep(TRUE, nrow(e)))
e$in80 <- e$in68 <- NA
for (k in 0:9) {
    m <- make(e$fold != k)
    for (i in which(e$fold == k)) {
        e$in80[i] <- e$z[i] <= reach(m, 1, e$start[i], e$session[i])
        e$in68[i] <- e$z[i] <= reach(m, 2, e$start[i], e$session[i])
    }
}
places <- table(factor(pmin(floor(10 * pnorm(e$signed)), 9), 0:9))

cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by calibration.R with R ", R.version$major, ".", R.version$minor,
    " and lme4 ", as.character(packageVersion("lme4")),
    ": do not edit. */\n\n", sep = "")
show <- function(type, name, x) cat("static const ", type, " ", name, "[] = {",
    paste(strwrap(num(x), 70), collapse = "\n    "), "};\n", sep = "")
show("size_t", "expected_from", c(0, cumsum(table(d$person))))
show("double", "expected_at", d$session)
show("double", "expected_points", d$score)
show("double", "expected_times", times)
show("double", "expected_limits", limits)
show("double", "expected_starts", centres)
show("double", "expected_line", c(all$middle, all$growth, min(starts),
                                  max(starts)))
show("double", "expected_reach80", aperm(all$table, c(3, 2, 1))[, , 1])
show("double", "expected_reach68", aperm(all$table, c(3, 2, 1))[, , 2])
show("uint32_t", "expected_time_n", table(e$session))
show("uint32_t", "expected_time_80", tapply(e$in80, e$session, sum))
show("uint32_t", "expected_time_68", tapply(e$in68, e$session, sum))
show("uint32_t", "expected_start_n", table(e$third))
show("uint32_t", "expected_start_80", tapply(e$in80, e$third, sum))
show("uint32_t", "expected_start_68", tapply(e$in68, e$third, sum))
show("uint32_t", "expected_places", places)
# Reach between the times and starts: start, time, 80 %, 68 %.
cat("static const double expected_between[][4] = {\n")
for (s in c(2, 12.5, 17, 24, 39)) for (t in c(1, 2, 3.5, 11.9, 40))
    cat("    {", num(c(s, t, reach(all, 1, s, t), reach(all, 2, s, t))),
        "},\n", sep = "")
cat("};\n")
