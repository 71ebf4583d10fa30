# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the growth model's part of docs/methods/agreement.md: 'kor stat' and
# lme4 on every set at hand.  Debian: r-base-core r-cran-lme4 r-cran-nlme
# r-cran-mlmrev r-cran-jsonlite.  The second file, with the columns id,
# session and bdi, may be left out.
#
#   Rscript agreement.R KOR ../data/btheb.csv [SESSIONS.csv]
suppressPackageStartupMessages(library(lme4))
args <- commandArgs(TRUE)
tight <- lmerControl(optimizer = "bobyqa", calc.derivs = FALSE,
                     check.conv.singular = "ignore",
                     optCtrl = list(rhobeg = .2, rhoend = 1e-10,
                                    maxfun = 1e6))
functions <- list(log = log, log1p = log1p, identity = identity)

# A set of data as a file with the columns id, t and y.
as_file <- function(d) {
    path <- tempfile(fileext = ".csv")
    d$id <- as.character(d$id)
    for (column in setdiff(names(d), "id")) {
        d[[column]] <- sprintf("%.17g", as.numeric(d[[column]]))
    }
    write.csv(d[c("id", "t", "y")], path, row.names = FALSE, quote = FALSE)
    path
}
kor <- function(verb, path, ...) {
    words <- c("stat", verb, path, "--id", "id", "--time", "t", "--score",
               "y", "--json", ...)
    jsonlite::fromJSON(paste(system2(args[1], words, stdout = TRUE),
                             collapse = ""))
}

# lmer() stops where the deviance no longer tells points apart, some 1e-6 from
# the best one.  Newton steps on five-point differences of lme4's own deviance
# come closer; a singular fit stays as it is.
polish <- function(formula, d, reml, fit) {
    parts <- lFormula(formula, d, REML = reml)
    deviance <- do.call(mkLmerDevfun, parts)
    theta <- getME(fit, "theta")
    size <- 1e-3 * pmax(abs(theta), .01)
    slopes <- function(x) sapply(1:3, function(k) {
        h <- replace(numeric(3), k, size[k])
        (deviance(x - 2 * h) - 8 * deviance(x - h) + 8 * deviance(x + h) -
         deviance(x + 2 * h)) / (12 * size[k])
    })
    for (step in 1:4) {
        H <- sapply(1:3, function(k) {
            h <- replace(numeric(3), k, size[k])
            (slopes(theta + h) - slopes(theta - h)) / (2 * size[k])
        })
        theta <- theta - solve(H, slopes(theta))
    }
    best <- list(par = theta, fval = deviance(theta), conv = 0)
    mkMerMod(environment(deviance), best, parts$reTrms, parts$fr)
}
best <- function(formula, d, reml) {
    z <- suppressWarnings(suppressMessages(
        lmer(formula, d, REML = reml, control = tight)))
    if (!isSingular(z, tol = 1e-4)) polish(formula, d, reml, z) else z
}

# The rows as the model takes them: in order of time, with the start score.
prepare <- function(d, f, given) {
    d <- d[!is.na(d$y), ]
    d <- d[order(match(d$id, unique(d$id)), d$t), ]
    d$g <- functions[[f]](d$t)
    first <- !duplicated(d$id)
    d$start <- d$y[first][match(d$id, d$id[first])]
    if (given) d[!first, ] else d
}
formula_of <- function(given) {
    if (given) y ~ g * start + (g | id) else y ~ g + (g | id)
}
numbers <- function(z) {
    G <- matrix(as.numeric(VarCorr(z)$id), 2)
    list(b = unname(fixef(z)), se = sqrt(diag(as.matrix(vcov(z)))),
         G = G, sigma = sigma(z), loglik = as.numeric(logLik(z)))
}
relative <- function(a, b) max(abs(a - b) / abs(b))
shown <- function(x) ifelse(is.na(x), "-", formatC(x, digits = 1,
                                                   format = "e"))
row <- function(...) cat("|", paste(c(...), collapse = " | "), "|\n")

# Largest differences of own lines: at all rows of the people, relative to the
# largest of them.
off_lines <- function(found, z, d) {
    at <- match(as.character(d$id), found$people$id)
    own <- found$people$level[at] + found$people$slope[at] * d$g
    max(abs(own - fitted(z))) / max(abs(fitted(z)))
}
compare <- function(name, d, f = "log", given = FALSE) {
    path <- as_file(d)
    d <- prepare(d, f, given)
    for (method in c("reml", "ml")) {
        options <- c("--f", f, "--method", method,
                     if (given) "--given-intake")
        z <- best(formula_of(given), d, method == "reml")
        r <- numbers(z)
        k <- kor("fit", path, options)
        spread <- sqrt(r$G[1, 1] * r$G[2, 2])
        is_edge <- isSingular(z, tol = 1e-4) || k$status == "boundary"
        variances <- c(relative(c(k$tau00, k$tau11, k$sigma),
                                c(r$G[1, 1], r$G[2, 2], r$sigma)),
                       abs(k$tau01 - r$G[1, 2]) / spread)
        row(name, paste0(if (given) "given the start score, ", f, ", ",
                         toupper(method)),
            paste0(k$people, ", ", k$records),
            shown(c(relative(c(k$b, k$se), c(r$b, r$se)),
                    if (is_edge) NA else max(variances),
                    off_lines(kor("person", path, options), z, d),
                    relative(k$loglik, r$loglik),
                    2 * (r$loglik - k$loglik) + 0)),
            if (is_edge) "singular" else k$status)
    }
}

# With the same times for all, REML has a closed form: lines of least squares,
# one a person, their mean and covariance.
closed_form <- function(name, d, f) {
    k <- kor("fit", as_file(d), "--f", f)
    d <- prepare(d, f, FALSE)
    lines <- lapply(split(d, d$id), function(p) lm(y ~ g, p))
    b <- sapply(lines, coef)
    rss <- sum(sapply(lines, deviance))
    n <- ncol(b)
    s2 <- rss / sum(sapply(lines, df.residual))
    X <- model.matrix(lines[[1]])
    G <- cov(t(b)) - s2 * solve(crossprod(X))
    stopifnot(all(table(d$id) == nrow(X)), min(eigen(G)$values) > 0)
    row(name, f, n,
        shown(c(relative(k$b, rowMeans(b)),
                relative(k$se, sqrt(diag(cov(t(b))) / n)),
                relative(c(k$tau00, k$tau01, k$tau11),
                         G[c(1, 2, 4)]),
                relative(k$sigma, sqrt(s2)))))
}

# --- the sets ---------------------------------------------------------------
set <- function(id, t, y) data.frame(id = as.character(id), t = t, y = y)
nlme <- function(name) get(data(list = name, package = "nlme",
                                envir = environment()))
b <- read.csv(args[2])
btheb <- set(b$id, b$month, b$bdi_total)
sessions <- NULL
if (length(args) > 2) {
    s <- read.csv(args[3])
    sessions <- set(s$id, s$session, s$bdi)
}
orthodont <- with(nlme("Orthodont"), set(Subject, age, distance))
weights <- with(nlme("BodyWeight"), set(Rat, Time, weight))
reaction <- with(sleepstudy, set(Subject, Days, Reaction))
data(Hsb82, egsingle, Early, package = "mlmRev")
singular <- function(seed, level, slope) {
    set.seed(seed)
    id <- rep(1:20, each = 6)
    t <- rep(1:6, 20)
    set(id, t, round(20 - 2 * log(t) + rnorm(20, 0, level)[id] +
                     rnorm(20, 0, slope)[id] * log(t) + rnorm(120, 0, 2), 1))
}
together <- function(seed) {
    set.seed(seed)
    id <- rep(1:20, each = 6)
    t <- rep(1:6, 20)
    u <- rnorm(20)
    set(id, t, round(20 + 4 * u[id] + (u[id] - 2) * log(t) +
                     rnorm(120, 0, 2), 1))
}
cat("| data set | model | people, records | b, se | variances |",
    "own lines | log likelihood | deviance, kor less lme4 | status |\n")
cat("|---|---|---|---|---|---|---|---|---|\n")
if (!is.null(sessions)) {
    compare("BDIdata (npmlda), every second person", sessions)
    compare("BDIdata (npmlda), every second person", sessions, given = TRUE)
}
compare("BtheB (HSAUR3)", btheb, "log1p")
compare("BtheB (HSAUR3)", btheb, "log1p", TRUE)
compare("Orthodont (nlme)", orthodont, "identity")
compare("sleepstudy (lme4)", reaction, "identity")
compare("sleepstudy (lme4)", reaction, "log1p")
compare("Oxboys (nlme)", with(nlme("Oxboys"), set(Subject, age, height)),
        "identity")
compare("BodyWeight (nlme)", weights, "identity")
compare("Milk (nlme)", with(nlme("Milk"), set(Cow, Time, protein)), "log")
compare("Loblolly (datasets)", with(Loblolly, set(Seed, age, height)), "log")
compare("Orange (datasets)", with(Orange, set(Tree, age, circumference)),
        "identity")
compare("ChickWeight (datasets)", with(ChickWeight,
                                       set(Chick, Time, weight)), "identity")
compare("Hsb82 (mlmRev), by school", with(Hsb82, set(school, cses, mAch)),
        "identity")
compare("egsingle (mlmRev)", with(egsingle, set(childid, year, math)),
        "identity")
compare("Early (mlmRev)", with(Early, set(id, age, cog)), "identity")
compare("made up, equal slopes", singular(1, 4, 0))
compare("made up, equal people", singular(2, 0, 0))
compare("made up, equal levels", singular(3, 0, 2))
compare("made up, level and slope go together", together(4))

cat("\n| data set | f | people | b | se | variances | sigma |\n")
cat("|---|---|---|---|---|---|---|\n")
closed_form("Orthodont (nlme)", orthodont, "identity")
closed_form("sleepstudy (lme4)", reaction, "identity")
closed_form("sleepstudy (lme4)", reaction, "log1p")
closed_form("BodyWeight (nlme)", weights, "identity")

# --- what is made from a fit -------------------------------------------------
lines_of <- function(d, f, given) {
    path <- as_file(d)
    d <- prepare(d, f, given)
    k <- kor("person", path, "--f", f, if (given) "--given-intake")$people
    k <- k[k$id %in% d$id, ]
    z <- best(formula_of(given), d, TRUE)
    own <- coef(z)$id[k$id, ]
    start <- d$start[match(k$id, d$id)]
    level <- own[["(Intercept)"]] + if (given) own$start * start else 0
    slope <- own$g + if (given) own[["g:start"]] * start else 0
    c(max(abs(k$level - level)) / max(abs(level)),
      max(abs(k$slope - slope)) / max(abs(slope)))
}
forecasts <- function(d, f, after, at) {
    path <- as_file(d)
    k <- kor("forecast", path, "--f", f, "--after", after, "--at", at)$people
    d <- prepare(d, f, FALSE)
    r <- numbers(best(formula_of(FALSE), d, TRUE))
    z1 <- c(1, functions[[f]](at))
    found <- sapply(k$id, function(id) {
        p <- d[d$id == id & d$t <= after, ]
        Z <- cbind(1, p$g)
        V <- Z %*% r$G %*% t(Z) + r$sigma^2 * diag(nrow(Z))
        gain <- r$G %*% t(Z) %*% solve(V)
        own <- r$G - gain %*% Z %*% r$G
        c(sum(z1 * (r$b + gain %*% (p$y - Z %*% r$b))),
          sqrt(z1 %*% own %*% z1 + r$sigma^2))
    })
    c(relative(k$mean, found[1, ]), relative(k$sd, found[2, ]))
}
bands <- function(d, f, cuts) {
    k <- kor("bands", as_file(d), "--f", f, "--cuts", cuts)$bands
    d <- prepare(d, f, FALSE)
    off <- 0
    for (i in seq_along(k$status)) {
        from <- if (is.na(k$from[i])) -Inf else k$from[i]
        to <- if (is.na(k$to[i])) Inf else k$to[i]
        r <- numbers(best(formula_of(FALSE),
                          d[d$start >= from & d$start < to, ], TRUE))
        curve <- k$by_session[[i]]
        g <- functions[[f]](curve$session)
        mean <- r$b[1] + r$b[2] * g
        sd <- sqrt(r$G[1, 1] + 2 * g * r$G[1, 2] + g^2 * r$G[2, 2] +
                   r$sigma^2)
        low <- mean - qnorm(.9) * sd
        off <- max(off, relative(k$b[[i]], r$b),
                   relative(c(k$tau00[i], k$tau11[i], k$sigma[i]),
                            c(r$G[1, 1], r$G[2, 2], r$sigma)),
                   relative(curve$expected, mean),
                   max(abs(curve$low - low)) / max(abs(low)))
    }
    off
}
ratio_test <- function(d, f) {
    k <- kor("fit", as_file(d), "--f", f, "--method ml",
             "--given-intake")$against_plain
    d <- prepare(d, f, TRUE)
    r <- anova(best(formula_of(FALSE), d, FALSE),
               best(formula_of(TRUE), d, FALSE))
    c(relative(k$chi2, r$Chisq[2]), relative(k$p, r[["Pr(>Chisq)"]][2]))
}
largest <- function(f) shown(max(f("btheb"), if (!is.null(sessions))
                                                 f("sessions")))
of <- list(btheb = list(d = btheb, f = "log1p", after = 3, at = 8,
                        cuts = "15,25"),
           sessions = list(d = sessions, f = "log", after = 3, at = 12,
                           cuts = "10,18,25"))
cat("\n| method | largest difference |\n|---|---|\n")
row("own lines", largest(function(n) lines_of(of[[n]]$d, of[[n]]$f, FALSE)))
row("own lines, given the start score",
    largest(function(n) lines_of(of[[n]]$d, of[[n]]$f, TRUE)))
row("forecasts", largest(function(n) with(of[[n]], forecasts(d, f, after,
                                                              at))))
row("bands", largest(function(n) with(of[[n]], bands(d, f, cuts))))
row("ratio test", largest(function(n) with(of[[n]], ratio_test(d, f))))
