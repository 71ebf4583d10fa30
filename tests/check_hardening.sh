#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# kord and kor are linked so that a mistake in them is harder to make use of:
# wherever they are loaded, with no memory that can be written to and run, with
# nothing left to be bound, with canaries and checked copies, and from no other
# folders than the system's.  First it is tried out on small programs that the
# check refuses what it should.  To be run from the top of the source tree,
# after a build; needs readelf and nm.

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

# Each says 0 if it is so of the program $1.
is_pie() { readelf -hW "$1" | grep -q 'Type: *DYN' && readelf -dW "$1" | grep -q 'FLAGS_1.*PIE'; }
is_bound() { readelf -dW "$1" | grep -q 'FLAGS_1.*NOW'; }
is_relro() { readelf -lW "$1" | grep -q GNU_RELRO; }
has_stack() { readelf -lW "$1" | grep -q 'GNU_STACK.* RW  *0x'; }
has_canary() { nm -D "$1" | grep -q 'U __stack_chk_fail'; }
has_checks() { nm -D "$1" | grep -q 'U __[a-z]*_chk@'; }
has_no_writable_code() { ! readelf -lW "$1" | grep -q 'LOAD.* RWE '; }
has_own_paths_only() { ! readelf -dW "$1" | grep -qE 'RPATH|RUNPATH|TEXTREL'; }
all='is_pie is_bound is_relro has_stack has_canary has_checks has_no_writable_code has_own_paths_only'

# try STATUS CHECK FLAGS...: what the check says of a program with those flags
cat > "$folder/a.c" <<'C'
#include <string.h>
#ifdef WRITABLE
__asm__(".section .both,\"awx\",%progbits\n.byte 0\n.previous");
#endif
int main(int argc, char *argv[])
{
    char copy[64];
    strcpy(copy, argv[argc - 1]);
    return copy[0];
}
C
try() {
    expected=$1 check=$2
    shift 2
    ${CC:-cc} -O2 -fPIE -fstack-protector-strong -U_FORTIFY_SOURCE \
        -D_FORTIFY_SOURCE=2 -pie -Wl,-z,relro,-z,now,-z,noexecstack "$@" \
        -o "$folder/a" "$folder/a.c" 2>/dev/null || exit 1
    $check "$folder/a"
    note $? "$expected" "$check with '$*'"
}

for check in $all; do
    try 0 "$check" -g
done
try 1 is_pie -fno-pie -no-pie
try 1 is_bound -Wl,-z,lazy
try 1 is_relro -Wl,-z,norelro
try 1 has_stack -Wl,-z,execstack
try 1 has_canary -fno-stack-protector
try 1 has_checks -D_FORTIFY_SOURCE=0 -U_FORTIFY_SOURCE
try 1 has_no_writable_code -DWRITABLE
try 1 has_own_paths_only -Wl,-rpath,/tmp

for program in kord kor; do
    for check in $all; do
        $check "$build/bin/$program"
        note $? 0 "$check $program"
    done
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
