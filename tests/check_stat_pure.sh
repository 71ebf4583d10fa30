#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The library of statistics allocates, prints, reads and remembers nothing: it
# calls only what is named in tests/stat_pure.awk, and has no data that can be
# written to.  First it is tried out on small slips that the check refuses
# what it should, and nothing else.  To be run from the top of the source
# tree, after 'make lib'.

set -u
build=${KOR_BUILD:-build}
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0

# note STATUS EXPECTED NAME: counts one result
note() {
    if [ "$1" -eq "$2" ]; then
        passed=$((passed + 1))
    else
        echo "$3: exit status $1, not $2"
        failed=$((failed + 1))
    fi
}

# is_pure FILE: object or library
is_pure() {
    { nm -g "$1" && size -A "$1"; } | LC_ALL=C awk -f tests/stat_pure.awk
}

# try STATUS NAME SOURCE: what the check says of a file with that source
try() {
    printf '%s\n' "$3" > "$folder/a.c"
    ${CC:-cc} -D_GNU_SOURCE -fPIC -O1 -fno-builtin -c -o "$folder/a.o" "$folder/a.c" || exit 1
    is_pure "$folder/a.o" > /dev/null 2>&1
    note $? "$1" "$2"
}

try 0 'arithmetic is pure' \
    '#include <math.h>
     double f(double x) { return log(x) * sqrt(x); }'
try 0 'so are tables, also of words' \
    'static const char *const words[] = {"a", "b"};
     const char *f(int i) { return words[i]; }'
try 0 'so is a sentence in a buffer' \
    '#include <stdio.h>
     int f(char *to) { return snprintf(to, 9, "%g", 1.5); }'
try 0 'a function may call another of its own' \
    'int g(int); int g(int i) { return i + 1; } int f(void) { return g(1); }'
for call in 'malloc(9) != 0' 'printf("x")' 'time(0) > 0' 'rand()' \
    'getenv("X") != 0' 'open("x", 0)'; do
    try 1 "nobody may call $call" \
        "#include <fcntl.h>
         #include <stdio.h>
         #include <stdlib.h>
         #include <time.h>
         int f(void) { return $call; }"
done
try 1 'the C library may not sort: it may allocate' \
    '#include <stdlib.h>
     void f(int *v, int (*c)(const void *, const void *)) {
         qsort(v, 9, sizeof *v, c); }'
try 1 'nobody may end the program' \
    '#include <stdlib.h>
     void f(void) { abort(); }'
try 1 'lgamma() sets a global' \
    '#include <math.h>
     double f(double x) { return lgamma(x); }'
try 0 'lgamma_r() sets none' \
    '#include <math.h>
     double f(double x) { int sign; return lgamma_r(x, &sign); }'
try 1 'nothing is remembered from call to call' \
    'int f(void) { static int n; return ++n; }'
try 1 'nor in a number that begins at 7' \
    'int n = 7; int f(void) { return ++n; }'
try 1 'nor for one thread' \
    'static _Thread_local int n; int f(void) { return ++n; }'
try 1 'nothing runs before it is called' \
    'int f(void); __attribute__((constructor)) int f(void) { return 1; }'
: > "$folder/none"
awk -f tests/stat_pure.awk "$folder/none" > /dev/null
note $? 2 'nothing to look at is no success'

is_pure "$build/lib/libkorstat.a"
note $? 0 'the library of statistics'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
