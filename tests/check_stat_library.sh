#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What 'make install-lib' puts down is all that another program needs: the
# example of libkorstat(3) compiles against it alone, shared and static, and
# finds what lme4 finds; every header stands by itself, in C and in C++; other
# languages can call it; and the pages name every header, and none that is not
# there.  To be run from the top of the source tree, after 'make lib'.

set -u
build=${KOR_BUILD:-build}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0
cc=${CC:-cc}
root=$folder/root lib=$folder/root/opt/kor/lib
headers=$folder/root/opt/kor/include
log=$folder/log

# note STATUS NAME: counts one result
note() {
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        echo "$2"
        cat "$log"
        failed=$((failed + 1))
    fi
}

# kor_config OPTION...: what pkg-config says of the installed library
kor_config() {
    PKG_CONFIG_LIBDIR=$lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=$root \
        pkg-config "$@" libkorstat
}

# compile OUTPUT OPTION...: C11 that warns of nothing
compile() {
    output=$1
    shift
    "$cc" -std=c11 -Wall -Wextra -Wpedantic -Werror -o "$output" "$@" > "$log" 2>&1
}

# says EXPECTED COMMAND...: whether the command prints that
says() {
    expected=$1
    shift
    "$@" > "$folder/said" 2> "$log"
    cat "$folder/said" >> "$log"
    printf '%s\n' "$expected" | cmp -s - "$folder/said"
}

unset MAKEFLAGS MAKELEVEL MFLAGS
make --no-print-directory install-lib B="$build" CC="$cc" DESTDIR="$root" \
    PREFIX=/opt/kor > "$log" 2>&1
note $? 'make install-lib fails'
kor_config --print-errors --exists > "$log" 2>&1
note $? 'pkg-config does not find it'
test "$(kor_config --modversion)" = "$(sed -n 's/^VERSION = //p' Makefile)"
note $? 'pkg-config tells another version'

# --- the example of the page ---------------------------------------------------
awk '/^\.Bd -literal/ { p = 1; next } /^\.Ed/ { p = 0 } p' \
    docs/man/libkorstat.3 | sed 's/\\e/\\/g' > "$folder/example.c"
# lmer(y ~ g + (g | id)) of lme4 1.1-31 prints -4.781457568 and 1.197631582
# for the slope, and 26.344904392, 2.404949619, 1.185152444.
found='converged
b 26.3449 -4.7815, se 2.4050 1.1976, sigma 1.1851'
# What pkg-config prints is words.
compile "$folder/shared" $(kor_config --cflags) "$folder/example.c" $(kor_config --libs)
note $? 'the example does not compile'
says "$found" env LD_LIBRARY_PATH="$lib" "$folder/shared"
note $? 'the example says something else'
compile "$folder/static" -static $(kor_config --cflags) "$folder/example.c" \
    $(kor_config --static --libs)
note $? 'the example does not compile with the archive'
says "$found" "$folder/static"
note $? 'the example says something else with the archive'
rm -f "$lib/libkorstat.so"
env LD_LIBRARY_PATH="$lib" "$folder/shared" > "$log" 2>&1
note $? 'a program needs more than the library of its number'

# --- headers, other languages --------------------------------------------------
cxx=$(command -v c++) || echo 'there is no c++: headers are held against C alone'
for header in "$headers"/kor/*/*.h; do
    name=${header#"$headers"/}
    printf '#include <%s>\nint kor_nothing;\n' "$name" > "$folder/alone.c"
    compile "$folder/alone.o" -Wstrict-prototypes -I"$headers" -c "$folder/alone.c"
    note $? "$name does not stand by itself"
    if [ -n "$cxx" ]; then
        printf 'extern "C" {\n#include <%s>\n}\n' "$name" > "$folder/alone.cc"
        c++ -std=c++11 -Wall -Wextra -Werror -I"$headers" -c \
            -o "$folder/alone.o" "$folder/alone.cc" > "$log" 2>&1
        note $? "$name is not for C++"
    fi
done
says '1.959963984540 8.315575747' env LD_LIBRARY_PATH="$lib" python3 -c '
import ctypes
kor = ctypes.CDLL("libkorstat.so.0")
d = ctypes.c_double
kor.kor_normal_quantile.restype = kor.kor_reliable_change_points.restype = d
# What qnorm(0.975) and 1.96 sqrt(2) 7.5 sqrt(1 - 0.84) are in R.
print("%.12f %.9f" % (kor.kor_normal_quantile(d(0.975)),
      kor.kor_reliable_change_points(d(7.5), d(0.84), d(1.96))))'
note $? 'Python is told something else'

# --- pages ---------------------------------------------------------------------
cat docs/man/*.3 > "$folder/pages"
: > "$log"
for header in include/kor/stat/*.h; do
    grep -q "^\.It In ${header#include/}\$" docs/man/kor_stat_methods.3
    note $? "$header is not in docs/man/kor_stat_methods.3"
done
for header in $(sed -n 's/^\.\(It \)*In \(kor[^ ]*\).*/\2/p' "$folder/pages" | sort -u); do
    test -f "$headers/$header"
    note $? "the pages name $header, which is not installed"
done
# A synopsis that says something else than the header does not compile.
for page in docs/man/*.3; do
    awk '/^\.Sh/ { is_in = $2 == "SYNOPSIS" }
         is_in && $1 == ".In" { print "#include <" $2 ">" }
         is_in && $1 == ".Ft" { sub(/^\.Ft /, ""); type = $0 }
         is_in && $1 == ".Fn" { name = $2; n = split($0, part, "\"")
             line = type " " name "("
             for (i = 2; i < n; i += 2) line = line (i > 2 ? ", " : "") part[i]
             print line ");" }
         END { print "int kor_nothing;" }' "$page" > "$folder/synopsis.c"
    compile "$folder/synopsis.o" -I"$headers" -c "$folder/synopsis.c"
    note $? "the synopsis of $page is not that of the headers"
done
for page in "$root"/opt/kor/share/man/man3/*.3; do
    cmp -s "$page" "docs/man/${page##*/}"
    note $? "$page is not the one of docs/man"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
