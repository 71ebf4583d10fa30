# The course of one person's scores, from the bottom layer up.

set style line 1 lc rgb 0xE6E6E6 lw 1*unit
set style line 2 lc rgb 0x777777 lw 1*unit
set style line 3 lc rgb 0x777777 lw 0.7*unit
set style line 4 lc rgb 0x333333 lw 1.2*unit dt (6,4)
set style line 5 lc rgb 0x777777 lw 1.4*unit dt (1.5,4)
set style line 6 lc rgb 0xD55E00 lw 1.6*unit dt (12,4,2,4)
set style line 7 lc rgb 0x6FB3DC lw 1.8*unit dt (10,5)
set style line 8 lc rgb 0x009E73 lw 2*unit pt 5 ps 0.55*mark*point
set style line 9 lc rgb 0x0072B2 lw (2 + 0.8*mark)*unit pt 7 ps 0.8*mark*point
set style line 10 lc rgb 0x222222 lw 1.4*unit pt 6 ps 0.8*mark*point
set style line 11 lc rgb 0xCC79A7 lw 1.8*unit dt (1.5,3)
set style line 12 lc rgb 0xCC79A7 lw 0.8*unit dt (4,4)

set xrange [0:W]
set yrange [H:0]
set multiplot
plot 'band80.tsv' using 1:2:3 with filledcurves fc rgb 0xE3F1FA
plot 'band68.tsv' using 1:2:3 with filledcurves fc rgb 0xC9E4F5
plot 'grid.tsv' using 1:2 with lines ls 1
plot 'axis.tsv' using 1:2 with lines ls 2
plot 'leader.tsv' using 1:2 with lines ls 3
plot 'reliable.tsv' using 1:2 with lines ls 4
plot 'start.tsv' using 1:2 with lines ls 5
plot 'cutoff.tsv' using 1:2 with lines ls 6
plot 'expected.tsv' using 1:2 with lines ls 7
plot 'alike_ends.tsv' using 1:2 with lines ls 12
plot 'alike.tsv' using 1:2 with lines ls 11
plot 'alliance.tsv' using 1:2 with linespoints ls 8
plot 'own.tsv' using 1:2 with linespoints ls 9
plot 'gap.tsv' using 1:2 with points pt 7 ps 0.8*mark*point lc rgb 0xFFFFFF
plot 'gap.tsv' using 1:2 with points ls 10
plot 'event.tsv' using 1:2 with points pt 9 ps event_point*mark lc rgb 0x222222

set style data labels
plot 'title.tsv' using 1:2:3:4 left font title_font tc rgb variable
plot 'body.tsv' using 1:2:3:4 left font body_font tc rgb variable
plot 'small.tsv' using 1:2:3:4 left font small_font tc rgb variable
plot 'centre.tsv' using 1:2:3:4 center font body_font tc rgb variable
plot 'small_centre.tsv' using 1:2:3:4 center font small_font tc rgb variable
plot 'value.tsv' using 1:2:3:4 center font value_font tc rgb variable
plot 'right.tsv' using 1:2:3:4 right font body_font tc rgb variable
unset multiplot
