# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes normal_oracle.h for test_normal.c: Rscript normal.R > normal_oracle.h
num <- function(x) formatC(x, digits = 17, format = "g")
cat("/* SPDX-License-Identifier: GPL-3.0-or-later */\n\n",
    "/* Made by normal.R with R ", paste(R.version$major, R.version$minor,
    sep = "."), ": do not edit. */\n\n", sep = "")
p <- c(1e-300, 1e-20, 1e-9, .001, .02425, .075, .1, .16, .3, .5, .6, .84, .9,
       .925, .975, .999999)
z <- c(-37, -10, -3, -1.96, -.5, 0, .25, 1, 1.2815515655446004, 6)
cat("static const double quantiles[][2] = {\n",
    sprintf("    {%s, %s},\n", num(p), num(qnorm(p))), "};\n\n",
    "static const double shares[][2] = {\n",
    sprintf("    {%s, %s},\n", num(z), num(pnorm(z))), "};\n", sep = "")
