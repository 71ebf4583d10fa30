# Holds what the linker would see of the statistics against their promise to
# allocate, print, read and remember nothing.
#   { nm -g OBJECT...; size -A OBJECT...; } | awk -f stat_pure.awk
#
# The objects may call each other and the functions named below; what they
# lay down may not be written to.  What is refused is printed, and the exit
# status is then 1; it is 2 if there was nothing to look at.
#
# qsort() is not among the functions since it may allocate, nor is lgamma(),
# which sets a global: lgamma_r() does not.  snprintf() into a buffer of the
# caller's is how errors are worded.

BEGIN {
    n = split("acos asin atan atan2 cbrt ceil cos erf erfc exp exp2 expm1" \
              " fabs fdim floor fma fmax fmin fmod frexp hypot ldexp" \
              " lgamma_r llround log log10 log1p log2 lround modf pow rint" \
              " round scalbn sin sincos sqrt tan tgamma trunc" \
              " bsearch memchr memcmp memcpy memmove memset strchr strcmp" \
              " strlen strncmp strspn snprintf vsnprintf" \
              " __memcpy_chk __memmove_chk __memset_chk __snprintf_chk" \
              " __vsnprintf_chk __stack_chk_fail _GLOBAL_OFFSET_TABLE_",
              name, " ")
    for (i = 1; i <= n; i++) may_call[name[i]] = 1
}

# "         U sqrt", "0000 T kor_sort", "0004 C count"
NF >= 2 && $(NF - 1) == "U" { is_called[$NF] = 1; next }
NF == 3 && $2 ~ /^[A-Zvw]$/ {
    is_there[$3] = 1
    n_there++
    if ($2 == "C") refuse($3 " can be written to")
    next
}

# "kor.o  :" and ".bss  16  0"
NF >= 2 && $2 == ":" { object = $1; next }
$1 ~ /^\.(data|bss|tdata|tbss|init_array|fini_array|ctors|dtors)/ \
    && $1 !~ /^\.data\.rel\.ro/ && $2 > 0 {
    refuse(object ": has " $2 " bytes in " $1 ": data that can be written" \
           " to, or code that is run by itself")
}

function refuse(why) { print why; n_refused++ }

END {
    if (n_there == 0) {
        print "no functions were told of: build first"
        exit 2
    }
    for (f in is_called) {
        if (!(f in is_there) && !(f in may_call)) {
            refuse("may not call " f)
        }
    }
    exit n_refused > 0
}
