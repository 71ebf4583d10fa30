# For paper: 96 pixels to the inch, so fonts are three quarters of a point.

set terminal pdfcairo size page_width/96.0,page_height/96.0 noenhanced \
    background "#ffffff" font "sans-serif,9.75" fontscale 1
title_font = "sans-serif:Bold,13.5"
body_font = "sans-serif,9.75"
small_font = "sans-serif,8.625"
value_font = "sans-serif:Bold,10.5"
unit = 1.5
