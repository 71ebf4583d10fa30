# What all graphs share.  Everything that changes comes from tab-separated
# files in the folder that gnuplot runs in; positions are pixels (cells in a
# terminal) from the upper left corner, laid out by daemon/plot/.
#
# Colours are those of Okabe and Ito (2008), the pale ones mixed with white;
# lines also differ in dashes and points, so that grey print is enough.

set encoding utf8
set datafile separator tab
set datafile commentschars ""
stats 'page.tsv' using (page_width = $1, page_height = $2, 0) nooutput

unset key
unset border
unset tics
set lmargin 0
set rmargin 0
set tmargin 0
set bmargin 0

pale = 0xE3F1FA
pale_inner = 0xC9E4F5
pale_line = 0x6FB3DC
own = 0x0072B2
cutoff = 0xD55E00
alliance = 0x009E73
grid = 0xE6E6E6
grey = 0x777777
dark = 0x333333
