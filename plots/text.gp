# The same in a terminal: cells instead of pixels, characters instead of
# colours.  Areas and level lines come as one record for each cell.

set terminal dumb size W,H mono noenhanced
set xrange [0:W-1]
set yrange [H-1:0]
set multiplot
plot 'axis.tsv' using 1:2 with lines lt -1
plot 'band80.tsv' using 1:2:("░") with labels
plot 'start.tsv' using 1:2:("·") with labels
plot 'reliable.tsv' using 1:2:("╌") with labels
plot 'cutoff.tsv' using 1:2:("═") with labels
plot 'alike.tsv' using 1:2:("+") with labels
plot 'alliance.tsv' using 1:2 with lines lt 1
plot 'alliance.tsv' using 1:2:("■") with labels
plot 'own.tsv' using 1:2 with lines lt 1
plot 'own.tsv' using 1:2:("●") with labels
plot 'gap.tsv' using 1:2:("○") with labels
plot 'event.tsv' using 1:2:("▲") with labels
plot 'title.tsv' using 1:2:3 with labels left
plot 'body.tsv' using 1:2:3 with labels left
plot 'small.tsv' using 1:2:3 with labels left
plot 'centre.tsv' using 1:2:3 with labels center
plot 'small_centre.tsv' using 1:2:3 with labels center
plot 'value.tsv' using 1:2:3 with labels center
plot 'right.tsv' using 1:2:3 with labels right
unset multiplot
