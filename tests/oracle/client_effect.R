# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes client_effect_oracle.h: size of the change from first to last score of
# ../data/btheb.csv by R itself, for test_client_stat_effect.c.  The closed
# episodes that ended as planned are the reference for the others.
#
#   Rscript client_effect.R > client_effect_oracle.h
num <- function(x) trimws(formatC(x, digits = 15, format = "g"))
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by client_effect.R with R ", paste(R.version$major,
    R.version$minor, sep = "."), ": do not edit. */\n", sep = "")
b <- read.csv("../data/btheb.csv")
b <- b[order(b$id, b$session), ]
first <- b[!duplicated(b$id), ]
last <- b[!duplicated(b$id, fromLast = TRUE), ]
p <- data.frame(id = first$id, pre = first$bdi_total, post = last$bdi_total,
                two = last$session > first$session,
                planned = first$ending == "planned")
rows <- function(name, x) {
    cat("\nstatic const struct figure ", name, "[] = {\n",
        sprintf("    {\"%s\", %s},\n", names(x), num(x)), "};\n", sep = "")
}
sizes <- function(x, y, level) {
    n <- length(x)
    z <- qnorm(.5 + level / 2)
    d <- mean(x - y) / sd(x)
    s <- mean(x - y) / sd(x - y)
    h <- c(z * sqrt(2 * (1 - cor(x, y)) / n + d^2 / (2 * n)),
           z * sqrt(1 / n + s^2 / (2 * n)))
    t <- t.test(x - y, conf.level = level)$conf.int / 7.75
    c(n = n, m_pre = mean(x), sd_pre = sd(x), m_post = mean(y),
      sd_post = sd(y), m_change = mean(x - y), sd_change = sd(x - y),
      r = cor(x, y), d_pre = d, d_pre_low = d - h[1], d_pre_high = d + h[1],
      d_av = mean(x - y) / mean(c(sd(x), sd(y))), srm = s,
      srm_low = s - h[2], srm_high = s + h[2], d_sd = mean(x - y) / 7.75,
      d_sd_low = t[1], d_sd_high = t[2], level = level)
}
pairs <- p[p$two, ]
one <- c(one_score = sum(!p$two))
clinical <- pairs$pre > 14
own <- pairs[clinical, ]
saes <- c(saes_mean = mean(own$pre - own$post) / sd(own$pre),
          saes_n = nrow(own), saes_not_clinical = sum(p$pre <= 14))
rows("by_default", c(sizes(pairs$pre, pairs$post, .95), one, saes))
rows("at_80", c(sizes(pairs$pre, pairs$post, .8), one))

reference <- own[own$planned, ]
others <- own[!own$planned, ]
fit <- lm(I(pre - post) ~ pre, reference)
res <- (others$pre - others$post - predict(fit, others)) / sd(reference$pre)
half <- qt(.975, length(res) - 1) * sd(res) / sqrt(length(res))
m <- mean(reference$pre - reference$post) / sd(reference$pre) + mean(res)
rows("against_planned",
     c(saes_mean = m, saes_n = nrow(others), saes_sd = sd(res),
       saes_low = m - half, saes_high = m + half, res_mean = mean(res),
       reference.n = nrow(reference), reference.b.0 = coef(fit)[[1]],
       reference.b.1 = coef(fit)[[2]],
       reference.sd_pre = sd(reference$pre),
       reference.residual_sd = summary(fit)$sigma))
