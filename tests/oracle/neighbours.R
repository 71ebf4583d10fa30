# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes neighbours_oracle.h for test_neighbours.c: scale(), dist() and lm() on
# Beat the Blues and on 80 made-up people with three covariates, some missing.
#
#   Rscript neighbours.R > neighbours_oracle.h
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
b <- read.csv("../data/btheb.csv")
btheb <- list(name = "btheb", min = 0, max = 63, X = NULL,
              data = data.frame(id = b$id, at = b$month, y = b$bdi_total))
set.seed(9)
made <- do.call(rbind, lapply(1:80, function(i) {
    n <- sample(2:16, 1)
    at <- c(1, sort(sample(2:18, n - 1)))
    y <- rnorm(1, 18, 6) + rnorm(1, 2.5, 2.5) * log(at) + rnorm(n, 0, 3)
    data.frame(id = i, at = at, y = pmin(pmax(round(y, 1), 0), 40))
}))
X <- cbind(sample(18:70, 80, TRUE), sample(0:1, 80, TRUE), 7)
X[sample(80, 6), 1] <- NA
made_up <- list(name = "made_up", min = 0, max = 40, X = X, data = made)

neighbours <- function(set, w) {
    d <- set$data; ids <- unique(d$id)
    f <- list(LOG = log, LOG1P = log1p, IDENTITY = identity)[[w$f]]
    own <- d[d$id == ids[w$person], ][seq_len(w$n), ]
    then <- own$at[w$n]
    row <- function(p) {
        q <- p[p$at <= then, ]
        c(p$y[1], if (w$n > 1) coef(lm(y ~ f(at), q))[[2]])
    }
    ok <- sapply(seq_along(ids), function(i) {
        p <- d[d$id == ids[i], ]
        i != w$person && !anyNA(set$X[i, ]) && any(p$at > then) &&
            (w$n == 1 || sum(p$at <= then) > 1)
    })
    M <- t(sapply(which(ok), function(i)
        c(row(d[d$id == ids[i], ]), set$X[i, ])))
    if (nrow(M) == 1) M <- matrix(M, ncol = sum(ok))
    if (ncol(M) != 1 + (w$n > 1) + max(0, ncol(set$X))) M <- t(M)
    t0 <- c(row(own), set$X[w$person, ])
    use <- apply(M, 2, sd) > 0 & !is.na(t0)
    Z <- scale(rbind(t0, M)[, use, drop = FALSE], colMeans(M)[use],
               apply(M, 2, sd)[use])
    away <- round(as.matrix(dist(Z))[1, -1], 9)
    near <- order(away, seq_along(away))[seq_len(min(w$k, length(away)))]
    who <- which(ok)[near]
    q <- d[d$id %in% ids[who], ]
    by <- do.call(rbind, lapply(split(q$y, q$at), function(y) {
        n <- length(y)
        reach <- qt((1 + w$level) / 2, n - 1) * sd(y) * sqrt(1 + 1 / n)
        c(n, mean(y), if (n > 1) sd(y) else NA,
          if (n > 1) pmin(pmax(mean(y) + c(-1, 1) * reach, set$min), set$max)
          else c(NA, NA))
    }))
    list(compared = sum(ok), features = sum(use), who = who - 1,
         away = away[near], by = cbind(sort(unique(q$at)), by))
}

cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by neighbours.R with R ", paste(R.version$major,
    R.version$minor, sep = "."), ": do not edit. */\n\n", sep = "")
for (s in list(btheb, made_up)) {
    from <- c(0, cumsum(rle(s$data$id)$lengths))
    array_of("size_t", paste0(s$name, "_from"), from, 14)
    array_of("double", paste0(s$name, "_at"), s$data$at, 20)
    array_of("double", paste0(s$name, "_points"), s$data$y, 12)
    if (!is.null(s$X))
        array_of("double", paste0(s$name, "_x"), t(s$X), 15)
    cat("static const struct kor_episodes ", s$name, "_episodes\n    = {",
        length(from) - 1, ", ", s$name, "_from, ", s$name, "_at, ", s$name,
        "_points};\n\n", sep = "")
}
wish <- function(person, n, k, level, f)
    list(person = person, n = n, k = k, level = level, f = f)
todo <- list(
    list(btheb, wish(2, 1, 10, .8, "LOG1P")),
    list(btheb, wish(2, 3, 15, .95, "LOG1P")),
    list(btheb, wish(5, 2, 200, .8, "LOG1P")),
    list(made_up, wish(7, 1, 10, .8, "LOG")),
    list(made_up, wish(7, 4, 10, .8, "LOG")),
    list(made_up, wish(8, 3, 25, .68, "IDENTITY")),
    list(made_up, wish(which(is.na(X[, 1]))[1], 2, 5, .8, "LOG")))
cat("static const struct oracle oracles[] = {\n")
for (t in todo) {
    s <- t[[1]]; w <- t[[2]]; r <- neighbours(s, w)
    cat("    {&", s$name, "_episodes, ", if (is.null(s$X)) "NULL, 0" else
        paste0(s$name, "_x, ", ncol(s$X)), ",\n     ", w$person - 1, ", ",
        w$n, ",\n     {KOR_TIME_", w$f, ", ", w$k, ", ", w$level, ", ",
        s$min, ", ", s$max, "},\n     ", r$compared, ", ", r$features, ", ",
        length(r$who), ",\n     {\n", sep = "")
    each <- paste0("{", r$who, ", ", sapply(r$away, num), "}")
    cat(paste0("      ", sapply(split(each, (seq_along(each) - 1) %/% 3),
        paste, collapse = ", "), collapse = ",\n"), "},\n     {\n", sep = "")
    cat(paste0("      [", r$by[, 1], "] = {", r$by[, 2], ", ",
        sapply(r$by[, 3], num), ", ", sapply(r$by[, 4], num), ",\n",
        "             ", sapply(r$by[, 5], num), ", ",
        sapply(r$by[, 6], num), "}", collapse = ",\n"), "}},\n", sep = "")
}
cat("};\n")
