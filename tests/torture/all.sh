#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs each program of this folder in full and adds up what they say:
#   tests/torture/all.sh PROGRAM...
# A program is called with "full" and prints, among other things, one line
# "KIND: N (lost: N)".  The last line here is all of them,
#   torture: kills 1000, cuts 10000; lost: 0
# Exit status 1 if anything was lost, or if a program failed or did not say.

limit=${TORTURE_SECONDS:-3600}
line='^[a-z][a-z -]*: [0-9]* (lost: [0-9]*)'
sums='' lost=0 failed=''
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT

for program; do
    begun=$(date +%s)
    timeout -k 10 "$limit" "$program" full >"$log" 2>&1
    status=$?
    said=$(grep -o "$line" "$log" | tail -n 1)
    if [ "$status" -ne 0 ] || [ -z "$said" ]; then
        failed="$failed $program"
        cat "$log"
        echo "FAILED $program (status $status)"
    fi
    echo "$program: ${said:-no result} ($(($(date +%s) - begun)) s)"
    [ -n "$said" ] || continue
    n=$(echo "$said" | sed 's/.*lost: \([0-9]*\).*/\1/')
    lost=$((lost + n))
    sums="$sums${sums:+, }$(echo "$said" | sed 's/: \([0-9]*\) .*/ \1/')"
done

[ -z "$failed" ] || echo "failed:$failed"
echo "torture: ${sums:-nothing}; lost: $lost"
[ "$lost" -eq 0 ] && [ -z "$failed" ]
