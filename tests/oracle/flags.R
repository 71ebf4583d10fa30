# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes flags_oracle.h for test_flags.c: the rules of kor/stat/flags.h person
# by person and score by score, with plain matrix algebra for the forecast,
# prop.test() for Wilson's intervals and pROC for DeLong's.
#
# Two sets: Beat the Blues, the course fitted by lme4 to people with an odd id
# and held against those with an even one; and 80 made-up people on a scale
# where higher is better, with sessions left out, against a made-up course
# with a made-up calibration.
#
#   Rscript flags.R > flags_oracle.h
suppressPackageStartupMessages({library(lme4); library(pROC)})
num <- function(x) {
    s <- trimws(formatC(x, digits = 15, format = "g"))
    s[is.na(x)] <- "NAN"
    paste(s, collapse = ", ")
}
array_of <- function(type, name, x, per = 8) {
    parts <- split(x, (seq_along(x) - 1) %/% per)
    cat("static const ", type, " ", name, "[] = {\n",
        paste0("    ", sapply(parts, num), collapse = ",\n"), "};\n\n",
        sep = "")
}

# --- the sets ---------------------------------------------------------------
b <- read.csv("../data/btheb.csv")
b <- data.frame(id = b$id, at = b$month, y = b$bdi_total)
fit_on <- b[b$id %% 2 == 1, ]
fit_on$start <- fit_on$y[match(fit_on$id, fit_on$id)]
fit_on <- fit_on[fit_on$at > 0, ]
fit_on$g <- log1p(fit_on$at)
z <- lmer(y ~ g * start + (g | id), fit_on)
btheb <- list(
    name = "btheb", data = b[b$id %% 2 == 0, ], f = log1p, fname = "LOG1P",
    b = as.numeric(format(fixef(z)[1:4], digits = 12)),
    G = matrix(round(as.numeric(VarCorr(z)$id), 9), 2),
    sigma = round(sigma(z), 9), min = 0, max = 63, sign = -1,
    first = 2, last = 8, reach = qnorm(c(.9, .84)), calibrated = FALSE,
    rc = 9, more_than = FALSE)

set.seed(5)
made <- do.call(rbind, lapply(1:80, function(i) {
    n <- sample(2:16, 1)
    at <- c(1, sort(sample(2:18, n - 1)))
    level <- rnorm(1, 18, 6)
    y <- level + rnorm(1, 2.5, 2.5) * log(at) + rnorm(n, 0, 3)
    data.frame(id = i, at = at, y = pmin(pmax(round(y, 1), 0), 40))
}))
made$y[made$id == 3 & made$at == 1] <- 37
made_up <- list(
    name = "made_up", data = made, f = log, fname = "LOG",
    b = c(6, 4.5, .7, -.1), G = matrix(c(12, -3, -3, 5), 2), sigma = 3,
    min = 0, max = 40, sign = 1, first = 2, last = 15,
    reach = c(1.1, .875), calibrated = TRUE, rc = 5, more_than = TRUE)

# --- the rules ----------------------------------------------------------------
read_person <- function(set, wish, p) {
    n <- nrow(p); start <- p$y[1]; f <- set$f; s <- set$sign
    x <- function(g) cbind(1, g, start, start * g)
    mark <- list(); flag <- list()
    for (rule in rules) { mark[[rule]] <- c(); flag[[rule]] <- c() }
    say <- function(rule, at, m, is_flag) {
        mark[[rule]] <<- c(mark[[rule]], m)
        if (is_flag) flag[[rule]] <<- c(flag[[rule]], at)
    }
    before <- NA; used <- c(); raw_done <- FALSE
    for (k in 2:(n - 1)) {
        at <- p$at[k]; y <- p$y[k]; g <- f(at)
        better <- s * (y - start) / set$rc
        if (at >= set$first && at <= set$last) {
            m <- sum(x(g) * set$b)
            sd <- sqrt(sum(c(1, g) * (set$G %*% c(1, g))) + set$sigma^2)
            d <- -s * (y - m) / (sd * set$reach)
            say("band80", at, d[1], d[1] > 1)
            say("band68", at, d[2], d[2] > 1)
            if (!is.na(before))
                say("twice", at, min(before, d[1]), min(before, d[1]) > 1)
            before <- d[1]
            if (at < wish$horizon) {
                used <- c(used, k)
                Z <- cbind(1, f(p$at[used])); h <- c(1, f(wish$horizon))
                V <- Z %*% set$G %*% t(Z) + diag(set$sigma^2, nrow(Z))
                K <- set$G %*% t(Z) %*% solve(V)
                mean <- sum(x(h[2]) * set$b) +
                    sum(h * (K %*% (p$y[used] - x(Z[, 2]) %*% set$b)))
                C <- set$G - K %*% Z %*% set$G
                sd <- sqrt(drop(t(h) %*% C %*% h) + set$sigma^2)
                aim <- start + s * set$rc
                chance <- if (aim < set$min - 1e-9 || aim > set$max + 1e-9) 0
                          else pnorm(s * (mean - aim) / sd)
                say("forecast", at, 1 - chance, chance < wish$chance)
            }
        } else before <- NA
        if (!raw_done && at >= wish$raw_from) {
            raw_done <- TRUE
            say("raw", at, -better, better < wish$raw_share - 1e-9)
        }
        red <- c(-1, -.5, 0)[1 + (at > 4) + (at > 8)] + 1e-9
        colour <- (better <= red + .5) + (better <= red)
        say("rational", at, colour, colour >= wish$colour)
    }
    sapply(rules, function(r) c(
        if (length(mark[[r]])) round(max(mark[[r]]), 9) else NA,
        if (length(flag[[r]])) min(flag[[r]]) else NA))
}
rules <- c("band80", "band68", "twice", "forecast", "raw", "rational")

share <- function(k, n, level) {
    if (n == 0) return(rep(NA, 3))
    t <- suppressWarnings(prop.test(k, n, conf.level = level,
                                    correct = FALSE))
    c(k / n, t$conf.int)
}
figures <- function(y, marker, first, last, level) {
    fl <- !is.na(first); tp <- sum(fl & y); fp <- sum(fl & !y)
    tn <- sum(!fl & !y); fn <- sum(!fl & y)
    has <- !is.na(marker)
    auc <- rep(NA, 3)
    if (all(c(TRUE, FALSE) %in% y[has])) {
        r <- roc(as.integer(y[has]), marker[has], direction = "<",
                 quiet = TRUE, levels = 0:1)
        auc <- suppressWarnings(ci.auc(r, conf.level = level))[c(2, 1, 3)]
        auc[1] <- auc(r)
    }
    c(tp + fp, (tp + fp) / length(y), tp, fp, tn, fn,
      share(tp, tp + fn, level), share(tn, tn + fp, level),
      share(tp, tp + fp, level), sum(has), auc,
      if (tp) median((last - first)[fl & y]) else NA)
}
count <- function(set, wish) {
    d <- set$data
    beyond <- function(change) if (set$more_than) change > set$rc + 1e-9
                               else change >= set$rc - 1e-9
    short <- room <- 0; y <- c(); last <- c(); m <- f <- NULL
    for (id in unique(d$id)) {
        p <- d[d$id == id, ]; start <- p$y[1]; end <- tail(p$y, 1)
        good <- if (set$sign > 0) set$max - start else start - set$min
        if (wish$outcome == "worse") good <- set$max - set$min - good
        if (nrow(p) < 3) { short <- short + 1; next }
        if (!beyond(good)) { room <- room + 1; next }
        better <- set$sign * (end - start)
        y <- c(y, if (wish$outcome == "worse") beyond(-better)
                  else !beyond(better))
        last <- c(last, tail(p$at, 1))
        r <- read_person(set, wish, p)
        m <- rbind(m, r[1, ]); f <- rbind(f, r[2, ])
    }
    list(head = c(length(y), sum(y), short, room),
         rules = sapply(seq_along(rules), function(k)
             figures(y, m[, k], f[, k], last, wish$level)))
}

# --- out ------------------------------------------------------------------
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by flags.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), ", lme4 ", as.character(packageVersion("lme4")),
    " and pROC ", as.character(packageVersion("pROC")),
    ": do not edit. */\n\n", sep = "")
for (s in list(btheb, made_up)) {
    from <- c(0, cumsum(rle(s$data$id)$lengths))
    array_of("size_t", paste0(s$name, "_from"), from, 14)
    array_of("double", paste0(s$name, "_at"), s$data$at, 20)
    array_of("double", paste0(s$name, "_points"), s$data$y, 12)
    cat("static const struct set ", s$name, " = {\n    {", length(from) - 1,
        ", ", s$name, "_from, ", s$name, "_at, ", s$name, "_points},\n",
        "    {.f = KOR_TIME_", s$fname, ",\n     .b0 = ", num(s$b[1]),
        ", .b1 = ", num(s$b[2]), ",\n     .b2 = ", num(s$b[3]), ", .b3 = ",
        num(s$b[4]), ",\n     .tau00 = ", num(s$G[1, 1]), ", .tau01 = ",
        num(s$G[1, 2]), ",\n     .tau11 = ", num(s$G[2, 2]), ", .sigma = ",
        num(s$sigma), ",\n     .min_points = ", s$min, ", .max_points = ",
        s$max, ",\n     .better = KOR_",
        if (s$sign > 0) "HIGHER" else "LOWER", "_IS_BETTER,\n",
        "     .first_time = ", s$first, ", .max_time = ", s$last, ",\n",
        if (s$calibrated) paste0("     .calibration = {.n_times = 1, ",
            ".times = {1}, .starts = {1, 2, 3},\n",
            "         .reach = {{{1.1, 1.1, 1.1}}, ",
            "{{0.875, 0.875, 0.875}}}},\n"),
        "     .n_people = 50},\n    {.min_points = ", s$min,
        ", .max_points = ", s$max, ", .better = KOR_",
        if (s$sign > 0) "HIGHER" else "LOWER",
        "_IS_BETTER,\n     .rc_points = ", s$rc, ", .rc_compare = KOR_",
        if (s$more_than) "MORE_THAN" else "AT_LEAST",
        ",\n     .cutoff_points = NAN},\n};\n\n", sep = "")
}
wishes <- function(set) {
    one <- list(outcome = "not", chance = .5, horizon = set$last,
                raw_from = 4, raw_share = .5, colour = 2, level = .95)
    list(one,
         modifyList(one, list(outcome = "worse", level = .8)),
         modifyList(one, list(chance = .3, horizon = 5, raw_from = 3,
                              raw_share = 1, colour = 1)))
}
cat("static const struct oracle oracles[] = {\n")
for (s in list(btheb, made_up)) for (w in wishes(s)) {
    r <- count(s, w)
    cat("    {&", s$name, ",\n     {", if (w$outcome == "not")
        "KOR_OUTCOME_NOT_BETTER" else "KOR_OUTCOME_WORSE", ", ", w$chance,
        ", ", w$horizon, ", ", w$raw_from, ", ", w$raw_share,
        ", {4, 8}, ", w$colour, ", ", w$level, "},\n     {", num(r$head),
        ",\n      {\n", sep = "")
    for (k in seq_along(rules)) {
        x <- r$rules[, k]
        cat("          {", num(x[1:6]), ",\n           ",
            paste(sapply(list(x[7:9], x[10:12], x[13:15], x[16:19]), num),
                  collapse = ",\n           "),
            ", ", num(x[20]), "},\n", sep = "")
    }
    cat("      }}},\n")
}
cat("};\n")
