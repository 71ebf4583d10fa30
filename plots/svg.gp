# For pages.

set terminal svg size W,H noenhanced name "kor" background "#ffffff"
title_font = sprintf("sans-serif:Bold,%g", title_em)
body_font = sprintf("sans-serif,%g", body_em)
small_font = sprintf("sans-serif,%g", small_em)
value_font = sprintf("sans-serif:Bold,%g", body_em + 1)
unit = 1.0
point = 1
event_point = 0.8
