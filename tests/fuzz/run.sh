#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs fuzzers, FUZZ_SECONDS each:
#   tests/fuzz/run.sh FOLDER NAME...
# FOLDER/fuzz_NAME starts from tests/fuzz/corpus/NAME and keeps what it learns
# in FOLDER/learned/NAME.  What it finds lies in FOLDER/finds, and belongs in
# tests/fuzz/corpus/NAME with its mend.  The last line is the sum; exit status
# 1 if anything was found.

folder=$1
shift
executions=0 targets=0
rm -rf "$folder/finds"
mkdir -p "$folder/finds"
for name; do
    mkdir -p "$folder/learned/$name"
    log=$folder/$name.log
    "$folder/fuzz_$name" -max_total_time="${FUZZ_SECONDS:-60}" -timeout=20 \
        -max_len=16384 -print_final_stats=1 -close_fd_mask=1 \
        -artifact_prefix="$folder/finds/$name-" \
        "$folder/learned/$name" "tests/fuzz/corpus/$name" >"$log" 2>&1
    status=$?
    n=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    if [ "$status" -ne 0 ]; then
        tail -n 40 "$log"
        # What ends without a file, such as a leak at the end, is a find too.
        ls "$folder/finds/$name-"* >/dev/null 2>&1 ||
            cp "$log" "$folder/finds/$name-log"
    fi
    echo "$name: ${n:-0} executions, status $status"
    executions=$((executions + ${n:-0})) targets=$((targets + 1))
done
finds=$(find "$folder/finds" -type f | wc -l)
echo "fuzz: $executions executions over $targets targets, finds: $finds"
[ "$finds" -eq 0 ]
