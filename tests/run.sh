#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs test programs and adds up what they say:
#   tests/run.sh PROGRAM...
# A program is one of cmocka's, or anything that prints "N passed, N failed" on
# a line of its own.  Each has a bound in time.  What failed is printed whole,
# the rest in a line; the last line is the sum.  Exit status 1 if any failed.

limit=${TEST_SECONDS:-600}
passed=0 failed=0 programs=''
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

for program; do
    begun=$(date +%s)
    timeout -k 10 "$limit" "$program" >"$log" 2>&1
    status=$?
    took=$(($(date +%s) - begun))
    p=$(sed -n 's/.*\[  PASSED  \] \([0-9]*\) test.*/\1/p;s/^\([0-9]*\) passed, [0-9]* failed$/\1/p' "$log" | tail -n 1)
    f=$(sed -n 's/.*\[  FAILED  \] \([0-9]*\) test.*listed.*/\1/p;s/^[0-9]* passed, \([0-9]*\) failed$/\1/p' "$log" | tail -n 1)
    : "${p:=0}" "${f:=0}"
    if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then
        f=1
    fi
    if [ "$status" -eq 0 ] && [ "$p" -eq 0 ]; then
        echo "$program ran no test"
        f=1
    fi
    passed=$((passed + p)) failed=$((failed + f))
    if [ "$f" -gt 0 ]; then
        programs="$programs $program"
        cat "$log"
        echo "FAILED $program ($p passed, $f failed, status $status, $took s)"
    else
        echo "ok $program ($p, $took s)"
    fi
done

[ -z "$programs" ] || echo "failed:$programs"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
