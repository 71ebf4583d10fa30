# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes stat_growth_oracle.h for test_client_stat_growth.c: what lme4 and plain
# matrix algebra say where 'kor stat' fits, gives lines, forecasts and fits by
# bands.  Debian: r-base-core r-cran-lme4.
#
#   Rscript stat_growth.R > stat_growth_oracle.h
source("polish.R")
options(warn = 2)
rows <- character(0)
# One number that the command 'line' must print at 'path'.
expect <- function(line, ...) {
    values <- list(...)
    for (path in names(values)) for (i in seq_along(values[[path]])) {
        at <- if (length(values[[path]]) > 1) paste0(path, ".", i - 1) else path
        rows <<- c(rows, sprintf("    {\"%s\",\n     \"%s\", %s},", line, at,
                                 formatC(values[[path]][i], digits = 14,
                                         format = "g")))
    }
}
sets <- list(
    list(file = "btheb.csv", time = "month", score = "bdi_total",
         f = "log1p"),
    list(file = "made_up.csv", time = "session", score = "score", f = "log"),
    list(file = "made_up.csv", time = "session", score = "score",
         f = "identity"))
read <- function(s) {
    d <- read.csv(file.path("../data", s$file))
    d$t <- d[[s$time]]
    d$y <- d[[s$score]]
    d <- d[!is.na(d$y), ]
    d$g <- switch(s$f, log = log(d$t), log1p = log1p(d$t), identity = d$t)
    d <- d[order(match(d$id, unique(d$id)), d$t), ]
    first <- d[!duplicated(d$id), ]
    d$start <- first$y[match(d$id, first$id)]
    d$is_first <- !duplicated(d$id)
    d
}
call_of <- function(s, verb) sprintf(
    "stat %s tests/data/%s --id id --time %s --score %s --f %s", verb, s$file,
    s$time, s$score, s$f)
G_of <- function(z) matrix(as.numeric(VarCorr(z)$id), 2)

# 1. Fits, with all options crossed.
for (s in sets) for (given in c(FALSE, TRUE)) for (reml in c(TRUE, FALSE))
for (extra in c(FALSE, TRUE)) {
    if (extra && s$file == "btheb.csv") next
    d <- read(s)
    if (given) d <- d[!d$is_first, ]
    formula <- if (given && extra) y ~ g * start + age + group + (g | id)
        else if (given) y ~ g * start + (g | id)
        else if (extra) y ~ g + age + group + (g | id)
        else y ~ g + (g | id)
    z <- best_lmer(formula, d, reml)
    # Terms in the order of kor: 1, g, start, start g, and the covariates.
    now <- c("(Intercept)", "g", if (given) c("start", "g:start"),
             if (extra) c("age", "group"))
    b <- fixef(z)[now]
    se <- sqrt(diag(as.matrix(vcov(z))))
    names(se) <- names(fixef(z))
    line <- paste0(call_of(s, "fit"), if (given) " --given-intake", " --method ",
                   if (reml) "reml" else "ml",
                   if (extra) " --covariate age group")
    expect(line, people = length(unique(d$id)), records = nrow(d), b = b,
           se = se[now], tau00 = G_of(z)[1, 1], tau01 = G_of(z)[1, 2],
           tau11 = G_of(z)[2, 2], sigma = sigma(z),
           loglik = as.numeric(logLik(z)), aic = AIC(z), bic = BIC(z))
    if (!reml && extra) {
        plain <- best_lmer(y ~ g + (g | id), d, FALSE)
        chi2 <- 2 * as.numeric(logLik(z) - logLik(plain))
        df <- length(b) - 2
        expect(line, against_plain.chi2 = chi2, against_plain.df = df,
               against_plain.p = pchisq(chi2, df, lower.tail = FALSE))
    }
}

# 2. Lines and forecasts: the posterior by plain matrix algebra.
posterior <- function(b, G, s2, x, z_now, g, y) {
    # b: level and slope of everybody like this person.
    mean <- b
    C <- G
    if (length(g)) {
        Z <- cbind(1, g)
        K <- G %*% t(Z) %*% solve(Z %*% G %*% t(Z) + diag(s2, nrow(Z)))
        mean <- mean + as.numeric(K %*% (y - Z %*% b))
        C <- G - K %*% Z %*% G
    }
    list(line = mean, var = C)
}
for (s in sets[1:2]) for (given in c(FALSE, TRUE)) {
    d <- read(s)
    fit_on <- if (given) d[!d$is_first, ] else d
    z <- best_lmer(if (given) y ~ g * start + (g | id) else y ~ g + (g | id),
                   fit_on, TRUE)
    b <- fixef(z)
    G <- G_of(z)
    s2 <- sigma(z)^2
    own <- function(p) if (given) {
        c(b["(Intercept)"] + b["start"] * p$start[1],
          b["g"] + b["g:start"] * p$start[1])
    } else b
    add <- if (given) " --given-intake" else ""
    ids <- unique(d$id)
    for (i in c(1, 2, 3, 10)) {
        p <- d[d$id == ids[i], ]
        u <- if (given) p[-1, ] else p
        q <- posterior(own(p), G, s2, g = u$g, y = u$y)
        at <- sprintf("people.%d.%s", i - 1,
                      c("level", "slope", "level_sd", "slope_sd"))
        values <- as.list(c(q$line, sqrt(diag(q$var))))
        names(values) <- at
        do.call(expect, c(list(paste0(call_of(s, "person"), add)), values))
    }
    horizon <- 8
    for (k in c(2, 3)) {
        line <- sprintf("%s%s --at %d --after %d --level 0.9",
                        call_of(s, "forecast"), add, horizon, k)
        seen <- lapply(ids, function(id) {
            p <- d[d$id == id, ]
            u <- p[p$t <= k & !(given & p$is_first), ]
            q <- posterior(own(p), G, s2, g = u$g, y = u$y)
            g <- switch(s$f, log = log(horizon), log1p = log1p(horizon))
            m <- c(1, g)
            sd <- sqrt(as.numeric(t(m) %*% q$var %*% m) + s2)
            o <- p$y[p$t == horizon]
            c(sum(m * q$line), sd, if (length(o)) o else NA)
        })
        seen <- do.call(rbind, seen)
        for (i in c(1, 2, 5)) {
            values <- as.list(c(seen[i, 1:2],
                                seen[i, 1] + qnorm(c(.05, .95)) * seen[i, 2]))
            names(values) <- sprintf("people.%d.%s", i - 1,
                                     c("mean", "sd", "low", "high"))
            do.call(expect, c(list(line), values))
        }
        there <- seen[!is.na(seen[, 3]), ]
        off <- there[, 3] - there[, 1]
        covered <- sum(abs(off) <= qnorm(.95) * there[, 2])
        expect(line, overall.people = nrow(there), overall.covered = covered,
               overall.share = covered / nrow(there),
               overall.rmse = sqrt(mean(off^2)), overall.mae = mean(abs(off)))
    }
}

# 3. Bands of the start score, each fitted by itself.
s <- sets[[2]]
d <- read(s)
cuts <- c(14, 19)
line <- paste(call_of(s, "bands"), "--cuts 14,19 --level 0.8")
groups <- list(d[d$start < 14, ], d[d$start >= 14 & d$start < 19, ],
               d[d$start >= 19, ])
for (k in 1:3) {
    e <- groups[[k]]
    z <- best_lmer(y ~ g + (g | id), e, TRUE)
    G <- G_of(z)
    t <- sort(unique(e$t))[3]
    m <- c(1, log(t))
    mean <- sum(m * fixef(z))
    half <- qnorm(.9) * sqrt(as.numeric(t(m) %*% G %*% m) + sigma(z)^2)
    values <- as.list(c(length(unique(e$id)), nrow(e), fixef(z), G[1, 1],
                        G[1, 2], G[2, 2], sigma(z), t, mean, mean - half,
                        mean + half))
    names(values) <- sprintf("bands.%d.%s", k - 1, c(
        "people", "records", "b.0", "b.1", "tau00", "tau01", "tau11", "sigma",
        "by_session.2.session", "by_session.2.expected", "by_session.2.low",
        "by_session.2.high"))
    do.call(expect, c(list(line), values))
}

cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by stat_growth.R with R ", R.version$major, ".", R.version$minor,
    " and lme4 ", as.character(packageVersion("lme4")),
    ": do not edit. */\n\nstatic const struct expected expected[] = {\n",
    paste(rows, collapse = "\n"), "\n};\n", sep = "")
