# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes effect_oracle.h: size of change by metafor and t.test(), and the
# severity-adjusted one by lm(), for test_effect.c.
# Debian: r-base-core r-cran-metafor r-cran-hsaur3.
#
#   Rscript effect.R > effect_oracle.h
suppressPackageStartupMessages(library(metafor))
num <- function(x) paste(sub("NA", "NAN", trimws(
    formatC(x, digits = 15, format = "g"))), collapse = ", ")
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by effect.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), " and metafor ", as.character(packageVersion("metafor")),
    ": do not edit. */\n\n", sep = "")

# Beat the Blues: score before, after two and after eight months, whether
# there are drugs, whether the episode is a long one, whether it is the arm of
# the programme.
data("BtheB", package = "HSAUR3")
b <- with(BtheB, data.frame(
    pre = bdi.pre, two = bdi.2m, eight = bdi.8m, drug = drug == "Yes",
    long = length == ">6m", arm = treatment == "BtheB") + 0)
rows <- apply(b, 1, function(r) paste0("{", num(r), "},"))
cat("static const double btheb[][6] = {\n", sprintf("    %s\n", rows), "};\n\n",
    sep = "")

# Scores that the test makes as well.
i <- 0:399
counted <- list(pre = (7 * i^2 + 3) %% 31, post = (5 * i + 1) %% 29)
few <- list(pre = c(12, 20.5, 17, 9), post = c(19, 24, 16.5, 21))

# n, means, SDs, r, d_pre with interval, g_pre, d_av, srm and d by a published
# SD of 7.75 with intervals.
row <- function(name, pre, post, is_higher, level) {
    keep <- !is.na(pre) & !is.na(post)
    pre <- pre[keep]
    post <- post[keep]
    n <- length(pre)
    sign <- if (is_higher) -1 else 1
    better <- sign * (mean(pre) - mean(post))
    # This metafor corrects for small samples always; a mean change that is as
    # much larger gives what it finds for the plain d.
    size <- function(measure, correct) {
        larger <- if (correct) 1 else {
            better / escalc("SMCR", m1i = better, m2i = 0, sd1i = 1, sd2i = 1,
                            ri = .5, ni = n)$yi
        }
        e <- escalc(measure, m1i = larger * better, m2i = 0, sd1i = sd(pre),
                    sd2i = sd(post), ri = cor(pre, post), ni = n)
        half <- qnorm(.5 + level / 2) * sqrt(e$vi)
        as.numeric(c(e$yi, e$yi - half, e$yi + half))
    }
    test <- t.test(sign * (pre - post), conf.level = level)
    av <- better / mean(c(sd(pre), sd(post)))
    cat(sprintf(paste0(
        "    {\"%s, %g %%\", %s, %g, %d,\n     %s, %s,\n     %s,\n",
        "     {%s},\n     %s, %s,\n     {%s},\n     {%s}},\n"),
        name, 100 * level, if (is_higher) "true" else "false", level, n,
        num(c(mean(pre), sd(pre))), num(c(mean(post), sd(post))),
        num(cor(pre, post)), num(size("SMCR", FALSE)),
        num(size("SMCR", TRUE)[1]), num(av), num(size("SMCC", FALSE)),
        num(c(test$estimate, test$conf.int) / 7.75)))
}
cat("static const struct expected by_r[] = {\n")
for (level in c(.95, .8)) {
    row("btheb, two months", b$pre, b$two, FALSE, level)
    row("btheb, eight months", b$pre, b$eight, FALSE, level)
    row("counted", counted$pre, counted$post, TRUE, level)
    row("few", few$pre, few$post, TRUE, level)
}
cat("};\n\n")

# The arm without the programme as the reference, then the other arm against
# it, and the first against itself.
clinical <- b$pre > 14 & !is.na(b$two)
adjusted <- function(name, formula) {
    b$better <- b$pre - b$two
    reference <- b[clinical & b$arm == 0, ]
    fit <- lm(formula, reference)
    sd <- sd(reference$pre)
    left <- b$better - predict(fit, b)
    of <- function(arm) {
        r <- left[clinical & b$arm == arm] / sd
        n <- length(r)
        half <- if (n > 1) qt(.975, n - 1) * sd(r) / sqrt(n) else NA
        sprintf("{%d, %s}", n, num(c(mean(r), sd(r), half)))
    }
    saes <- ifelse(clinical, (mean(reference$better) + left) / sd, NA)
    cat("static const double ", name, "_each[] = {\n",
        sprintf("    %s,\n", sapply(split(saes, (seq_along(saes) - 1) %/% 4),
                                    num)), "};\n\n", sep = "")
    b4 <- c(coef(fit), 0, 0)[1:4]
    paste0("    {", length(coef(fit)) - 2, ", ", nrow(reference), ", ",
           num(c(mean(reference$better), sd, summary(fit)$sigma)),
           ",\n     {", num(b4), "},\n     ", of(0), ",\n     ", of(1),
           ",\n     ", name, "_each},\n")
}
all <- c(adjusted("start", better ~ pre),
         adjusted("start_drug_long", better ~ pre + drug + long))
cat("static const struct adjusted adjusted[] = {\n", all, "};\n", sep = "")
