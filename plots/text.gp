# The same in a terminal: cells instead of pixels, characters instead of
# colours.

set terminal dumb size page_width,page_height mono noenhanced
set xrange [0:page_width-1]
set yrange [page_height-1:0]

plot 'axis.tsv' using 1:2 with lines lt -1, \
     'band80.tsv' using 1:2 with lines lt 0, \
     'band80.tsv' using 1:3 with lines lt 0, \
     'reliable.tsv' using 1:2 with lines lt 0, \
     'start.tsv' using 1:2 with lines lt 0, \
     'cutoff.tsv' using 1:2 with lines lt 7, \
     'alliance.tsv' using 1:2 with lines lt 1, \
     'alliance.tsv' using 1:2:("■") with labels, \
     'own.tsv' using 1:2 with lines lt 1, \
     'own.tsv' using 1:2:("●") with labels, \
     'gap.tsv' using 1:2:("○") with labels, \
     'event.tsv' using 1:2:("▲") with labels, \
     'title.tsv' using 1:2:3 with labels left noenhanced, \
     'body.tsv' using 1:2:3 with labels left noenhanced, \
     'small.tsv' using 1:2:3 with labels left noenhanced, \
     'centre.tsv' using 1:2:3 with labels center noenhanced, \
     'small_centre.tsv' using 1:2:3 with labels center noenhanced, \
     'value.tsv' using 1:2:3 with labels center noenhanced, \
     'right.tsv' using 1:2:3 with labels right noenhanced
