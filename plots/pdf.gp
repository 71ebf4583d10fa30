# For paper: 96 pixels to the inch; pdfcairo takes 54 points for one.

set terminal pdfcairo size W/96.0,H/96.0 noenhanced fontscale 1 dl 2
title_font = sprintf("sans-serif:Bold,%g", 0.5625*title_em)
body_font = sprintf("sans-serif,%g", 0.5625*body_em)
small_font = sprintf("sans-serif,%g", 0.5625*small_em)
value_font = sprintf("sans-serif:Bold,%g", 0.5625*(body_em + 1))
unit = 1.5
point = 1
event_point = 1.2
