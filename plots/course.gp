# The course of one person's scores, from the bottom layer up.

set xrange [0:page_width]
set yrange [page_height:0]

plot 'band80.tsv' using 1:2:3 with filledcurves fc rgb pale, \
     'band68.tsv' using 1:2:3 with filledcurves fc rgb pale_inner, \
     'grid.tsv' using 1:2 with lines lc rgb grid lw 1*unit, \
     'axis.tsv' using 1:2 with lines lc rgb grey lw 1*unit, \
     'leader.tsv' using 1:2 with lines lc rgb grey lw 0.7*unit, \
     'reliable.tsv' using 1:2 with lines lc rgb dark lw 1.2*unit dt (6,4), \
     'start.tsv' using 1:2 with lines lc rgb grey lw 1.4*unit dt (1.5,4), \
     'cutoff.tsv' using 1:2 with lines lc rgb cutoff lw 1.6*unit dt (12,4,2,4), \
     'expected.tsv' using 1:2 with lines lc rgb pale_line lw 1.8*unit dt (10,5), \
     'alliance.tsv' using 1:2 with linespoints lc rgb alliance lw 2*unit pt 5 ps 0.55, \
     'own.tsv' using 1:2 with linespoints lc rgb own lw 2.8*unit pt 7 ps 0.8, \
     'gap.tsv' using 1:2 with points pt 7 ps 0.8 lc rgb 0xFFFFFF, \
     'gap.tsv' using 1:2 with points pt 6 ps 0.8 lw 1.4*unit lc rgb dark, \
     'event.tsv' using 1:2 with points pt 9 ps 1.1 lc rgb dark, \
     'title.tsv' using 1:2:3:4 with labels left noenhanced font title_font tc rgb variable, \
     'body.tsv' using 1:2:3:4 with labels left noenhanced font body_font tc rgb variable, \
     'small.tsv' using 1:2:3:4 with labels left noenhanced font small_font tc rgb variable, \
     'centre.tsv' using 1:2:3:4 with labels center noenhanced font body_font tc rgb variable, \
     'small_centre.tsv' using 1:2:3:4 with labels center noenhanced font small_font tc rgb variable, \
     'value.tsv' using 1:2:3:4 with labels center noenhanced font value_font tc rgb variable, \
     'right.tsv' using 1:2:3:4 with labels right noenhanced font body_font tc rgb variable
