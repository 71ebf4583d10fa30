# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes endings_oracle.h for test_endings.c: Rscript endings.R >
# endings_oracle.h.  From tests/data/btheb.csv; lme4 gives the models.
suppressPackageStartupMessages(library(lme4))
num <- function(x) ifelse(is.na(x), "NAN",
                          formatC(x, digits = 17, format = "g", width = 1))
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by endings.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), " and lme4 ", as.character(packageVersion("lme4")),
    ": do not edit. */\n\n", sep = "")
d <- read.csv("../data/btheb.csv", na.strings = "NA")
d <- d[!is.na(d$bdi_total), ]
d$ending <- ifelse(is.na(d$ending) | d$ending == "", "open", d$ending)
d <- d[order(d$id, d$month), ]
p <- do.call(rbind, lapply(split(d, d$id), function(x) data.frame(
    ending = x$ending[1], first = x$bdi_total[1],
    last = if (nrow(x) > 1) x$bdi_total[nrow(x)] else NA)))
p[4, "last"] <- NA # One more of whom nothing is known.
cat("static const struct kor_ending_scores episodes[] = {\n",
    sprintf("    {KOR_ENDING_%s, %s, %s},\n", toupper(p$ending), num(p$first),
            num(p$last)), "};\n\n", sep = "")
cat("/* n, n with two; mean and SD of first, last and improvement (lower is",
    "better),\n * its interval at .95 and at .8. */\n",
    "static const double groups[][12] = {\n", sep = "")
for (e in c("planned", "unplanned", "open", "all")) {
    q <- if (e == "all") p else p[p$ending == e, ]
    k <- q[!is.na(q$last), ]
    x <- k$first - k$last
    cat("    {", paste(num(c(nrow(q), nrow(k), mean(k$first), sd(k$first),
        mean(k$last), sd(k$last), mean(x), sd(x), t.test(x)$conf.int,
        t.test(x, conf.level = .8)$conf.int)), collapse = ",\n     "),
        "},\n", sep = "")
}
cat("};\n\n")
d$g <- log1p(d$month)
d$start <- p$first[match(d$id, sort(unique(d$id)))]
plain <- lmer(bdi_total ~ g + (g | id), d)
given <- lmer(bdi_total ~ g * start + (g | id), d[d$month > 0, ])
# Terms in the order of kor: 1, g, c, c g; then one for the level alone.
level <- lmer(bdi_total ~ g * start + I(id %% 2) + (g | id), d[d$month > 0, ])
put <- function(name, m, order, w, level_only) {
    b <- fixef(m)[order]
    v <- as.matrix(vcov(m))[order, order]
    dg <- log1p(8) - log1p(0)
    x <- c(dg * sum(w * b), dg * sqrt(c(w %*% v %*% w)))
    cat("static const struct model ", name, " = {\n    ", length(b), ", ",
        level_only, ", ",
        "{", paste(num(b), collapse = ",\n     "), "},\n    {",
        paste(apply(v, 1, function(r) paste0("{", paste(num(r),
            collapse = ",\n      "), "}")), collapse = ",\n     "), "},\n    ",
        paste(num(c(x, x[1] - qnorm(.975) * x[2], x[1] + qnorm(.975) * x[2])),
              collapse = ",\n    "), "};\n", sep = "")
}
put("plain", plain, 1:2, c(0, 1), 0)
put("given_30", given, c("(Intercept)", "g", "start", "g:start"),
    c(0, 1, 0, 30), 0)
put("with_level_30", level, c("(Intercept)", "g", "start", "g:start",
    "I(id%%2)"), c(0, 1, 0, 30, 0), 1)
