# For paper: 96 pixels to the inch, so fonts are three quarters of a point.

set terminal pdfcairo size W/96.0,H/96.0 noenhanced fontscale 1
title_font = sprintf("sans-serif:Bold,%g", 0.75*title_em)
body_font = sprintf("sans-serif,%g", 0.75*body_em)
small_font = sprintf("sans-serif,%g", 0.75*small_em)
value_font = sprintf("sans-serif:Bold,%g", 0.75*(body_em + 1))
unit = 1.5
