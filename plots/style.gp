# What all graphs share.  Everything that changes comes from tab-separated
# files in the folder that gnuplot runs in; positions are pixels (cells in a
# terminal) from the upper left corner, laid out by daemon/plot/.
#
# Colours are those of Okabe and Ito (2008), the pale ones mixed with white;
# lines also differ in dashes and points, so that grey print is enough.

set encoding utf8
set datafile separator tab
set datafile commentschars ""
stats 'page.tsv' using (W = $1, H = $2, 0) nooutput
stats 'page.tsv' using (title_em = $3, body_em = $4, 0) nooutput
stats 'page.tsv' using (small_em = $5, mark = $6, 0) nooutput

unset key
unset border
unset tics
set lmargin 0
set rmargin 0
set tmargin 0
set bmargin 0
