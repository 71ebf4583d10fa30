# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes gains_oracle.h for test_gains.c: sudden gains and losses by a plain
# reading of the three rules, session by session, with mean(), var() and qt().
#
#   Rscript gains.R > gains_oracle.h
num <- function(x) ifelse(is.na(x), "NAN",
                          trimws(formatC(x, digits = 17, format = "g")))

# Scores of one person, of session 1 to length(v).
turns <- function(v, loss = FALSE, higher = FALSE, threshold = 7,
                  share = .25, origin = 0, ttest = FALSE) {
    sign <- if (loss == higher) 1 else -1   # 1: down is what is looked for
    n <- length(v)
    out <- NULL
    for (s in seq_len(n - 1)) {
        a <- v[s]
        z <- v[s + 1]
        pre <- v[max(1, s - 2):s]
        post <- v[(s + 1):min(n, s + 3)]
        pre <- pre[!is.na(pre)]
        post <- post[!is.na(post)]
        if (is.na(a) || is.na(z) || length(pre) < 2 || length(post) < 2) next
        df <- length(pre) + length(post) - 2
        sd <- sqrt((sum((pre - mean(pre))^2) + sum((post - mean(post))^2)) / df)
        if (ttest) sd <- sd * sqrt(1 / length(pre) + 1 / length(post))
        apart <- sign * (mean(pre) - mean(post))
        if (sign * (a - z) >= threshold - 1e-9 &&
            sign * (a - z) >= share * abs(a - origin) - 1e-9 &&
            apart > qt(.975, df) * sd) {
            later <- seq_len(n)[seq_len(n) > s + 1]
            back <- later[!is.na(v[later]) &
                          sign * (v[later] - z) >= sign * (a - z) / 2]
            out <- rbind(out, c(s, a, z, apart, qt(.975, df) * sd,
                                if (length(back)) back[1] else 0))
        }
    }
    out
}

# Beat the Blues: measurements 1 to 5 as sessions.
d <- read.csv("../data/btheb.csv")
btheb <- t(sapply(1:100, function(i) {
    v <- rep(NA, 5)
    v[d$session[d$id == i]] <- d$bdi_total[d$id == i]
    v
}))

# Made-up people: 14 sessions of a falling course with steps, some missing.
set.seed(20)
made <- t(sapply(1:60, function(i) {
    v <- 32 - 1.1 * (1:14) + rnorm(14, 0, 2.5)
    at <- sample(3:12, 1)
    v[at:14] <- v[at:14] - sample(c(0, 9, 13), 1)
    up <- sample(4:13, 1)
    v[up:14] <- v[up:14] + sample(c(0, 0, 10), 1)
    v <- pmin(63, pmax(0, round(v * 2) / 2))
    v[runif(14) < .12] <- NA
    v
}))
# By hand: no spread at all, a gap beside the step, exactly at the limits.
hand <- rbind(c(30, 30, 30, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20),
              c(30, 29, 30, NA, 15, 15, 16, 23, 15, 15, 14, 15, 15, 16),
              c(28, 28, 28, 21, 24.5, 21, 21, 21, 21, 21, 21, 21, 21, 21),
              c(28, 28, 28.5, 21, 21, 21, 21, 21, 24, 28, 28, 36, 36, 36),
              c(9.2, NA, 9.2, 2.2, NA, 2.2, NA, NA, 5, 5, 5.7, 5, NA, 9),
              c(NA, 28, 28, 20, 20, NA, NA, NA, NA, NA, NA, NA, NA, NA),
              c(NA, NA, 28, 20, 20, 20, NA, NA, 20, NA, NA, 8, 8, 8))
made <- rbind(made, hand)

options <- list(
    list(),
    list(ttest = TRUE),
    list(loss = TRUE),
    list(loss = TRUE, ttest = TRUE),
    list(threshold = 4, share = 0, ttest = TRUE),
    list(threshold = 4, share = .4),
    list(threshold = 4, share = .4, loss = TRUE, ttest = TRUE),
    list(higher = TRUE, origin = 63, ttest = TRUE),
    list(higher = TRUE, origin = 63, loss = TRUE),
    list(higher = TRUE, origin = 0, threshold = 5))
default <- list(loss = FALSE, higher = FALSE, threshold = 7, share = .25,
                origin = 0, ttest = FALSE)

cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by gains.R with R ", R.version$major, ".", R.version$minor,
    ": do not edit. */\n\n", sep = "")
table <- function(name, m) {
    cat("static const double ", name, "[", nrow(m), "][", ncol(m), "] = {\n",
        sep = "")
    for (i in seq_len(nrow(m)))
        cat(strwrap(paste0("{", paste(num(m[i, ]), collapse = ", "), "},"),
                    width = 78, indent = 4, exdent = 5), sep = "\n")
    cat("};\n\n")
}
table("btheb", btheb)
table("made", made)
cat("static const struct option_oracle {\n    bool is_loss, is_higher;\n",
    "    double threshold, share, origin;\n    bool is_ttest;\n} options[] = {\n",
    sep = "")
for (o in options) {
    o <- modifyList(default, o)
    cat("    {", tolower(o$loss), ", ", tolower(o$higher), ", ", o$threshold,
        ", ", o$share, ", ", o$origin, ", ", tolower(o$ttest), "},\n", sep = "")
}
cat("};\n\n/* Option, whether made up, person (from 0); then the event. */\n",
    "static const struct event_oracle {\n    size_t option;\n    bool is_made;\n",
    "    size_t person, from;\n",
    "    double before, after, apart, needed;\n    size_t reversed_at;\n",
    "} events_of_r[] = {\n", sep = "")
for (k in seq_along(options)) for (is_made in c(FALSE, TRUE)) {
    m <- if (is_made) made else btheb
    for (i in seq_len(nrow(m))) {
        e <- do.call(turns, c(list(m[i, ]), options[[k]]))
        for (r in seq_len(NROW(e)))
            cat("    {", k - 1, ", ", tolower(is_made), ", ", i - 1, ", ",
                e[r, 1], ", ", num(e[r, 2]), ", ", num(e[r, 3]), ", ",
                num(e[r, 4]), ",\n     ", num(e[r, 5]), ", ", e[r, 6], "},\n",
                sep = "")
    }
}
cat("};\n")

# Steps between sessions that can be looked at, of the made-up people.
given <- !is.na(made)
gaps <- 0
for (i in seq_len(nrow(made))) for (s in 2:12)
    gaps <- gaps + (given[i, s] && given[i, s + 1] &&
                    sum(given[i, max(1, s - 2):s]) >= 2 &&
                    sum(given[i, (s + 1):min(14, s + 3)]) >= 2)
cat("\nstatic const size_t n_gaps_of_r = ", gaps, ";\n", sep = "")
