# For pages.

set terminal svg size page_width,page_height noenhanced \
    background "#ffffff" font "sans-serif,13" name "kor"
title_font = "sans-serif:Bold,18"
body_font = "sans-serif,13"
small_font = "sans-serif,11.5"
value_font = "sans-serif:Bold,14"
unit = 1.0
