# For programs that show no SVG: 96 pixels to the inch, fonts in points.

set terminal pngcairo size W,H noenhanced dl 2 background "#ffffff"
title_font = sprintf("sans-serif:Bold,%g", 0.75*title_em)
body_font = sprintf("sans-serif,%g", 0.75*body_em)
small_font = sprintf("sans-serif,%g", 0.75*small_em)
value_font = sprintf("sans-serif:Bold,%g", 0.75*(body_em + 1))
unit = 1.0
point = 1.3
event_point = 1.3
