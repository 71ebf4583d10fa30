#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The main job, end to end: real scores through the wire, an expected course
# fitted to some people and held against others, signals, graphs.
#   tests/demo/demo.sh BUILD
# Everything is made afresh in BUILD/demo and stays there to be looked at.

set -u
build=$(cd "$1" && pwd) || exit 1
root=$(pwd)
PATH=$build/bin:$PATH
here=$build/demo
clinic=$here/clinic
passed=0 failed=0 kord=

say() { printf '\n== %s\n\n' "$*"; }

# Runs a step and counts how it went.
step() {
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "*** this step failed: $*"
    fi
}

finish() {
    if [ -n "$kord" ]; then
        kill "$kord" 2>/dev/null
        wait "$kord" || { failed=$((failed + 1)); cat "$here/kord.log"; }
        kord=
    fi
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
    exit
}

# Splits a CSV by its column 'ending': the open episodes are kept apart, so
# that they are judged by a course that was fitted without them.
split() {
    awk -F, -v closed="$2" -v open="$3" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == "ending") c = i
                  print > closed; print > open; next }
        { print > ($c == "" ? open : closed) }' "$1"
}

# The id of the course that was fitted last.
newest_course() { kor --json course list | sed -n '1s/.*"id":\([0-9]*\).*/\1/p'; }


fit_and_use() {
    kor course fit "$@" && kor --quiet course use "$(newest_course)" >/dev/null
}

# The code of the first client in the caseload with that finding, and without
# the other one.
client_with() {
    kor --json caseload | grep "\"findings\":\[[^]]*\"$1\"" |
        grep -v "\"findings\":\[[^]]*\"$2\"" |
        sed -n '1s/.*"code":"\([^"]*\)".*/\1/p'
}

draw() {
    kor --quiet graph "$2" -o "$here/$1.svg" &&
        kor --quiet graph "$2" -o "$here/$1.pdf" &&
        echo "$1 ($2): $here/$1.svg and $1.pdf"
}

rm -rf "$here"
mkdir -p "$here"
export KOR_AT="$clinic"

say "A clinic in $clinic"
step kord init "$clinic" --language en
kord run "$clinic" 2>"$here/kord.log" &
kord=$!
trap finish INT TERM
step kor ping

say "Real people: Beat the Blues, 100 people, BDI-II over eight months"
split "$root/tests/data/btheb.csv" "$here/closed.csv" "$here/open.csv"
step kor import "$here/closed.csv" --map "$root/tests/data/btheb.map" \
    --codes "$here/closed-codes.csv"
say "The expected course, fitted to those whose episodes have ended"
step fit_and_use bdi2 --f log1p
say "Twenty others, whose episodes are open, held against it"
step kor import "$here/open.csv" --map "$root/tests/data/btheb.map" \
    --codes "$here/open-codes.csv"

say "Made-up people, with a pair of scales at every session"
step kor simulate --people 80 --open 0 --seed 1 -o "$here/ended.csv"
step kor import "$here/ended.csv" --map "$here/ended.map" --made-up \
    --codes "$here/ended-codes.csv"
step fit_and_use outcome
step kor simulate --people 12 --open 12 --seed 8 -o "$here/running.csv"
step kor import "$here/running.csv" --map "$here/running.map" --made-up \
    --codes "$here/running-codes.csv"

say "The caseload, signals first"
step kor caseload
say "What asks for an answer"
step kor signals
say "The clinic's summary"
step kor clinic

say "Three graphs"
step draw improving "$(client_with recovered off-course)"
step draw stalled "$(client_with off-course-twice recovered)"
worsening=$(client_with reliably-worse recovered)
step draw worsening "$worsening"
say "The last one, here"
step kor graph "$worsening"

cat <<TEXT

Try next, with the same folder:
  PATH=$build/bin:\$PATH; export KOR_AT=$clinic
  kord run \$KOR_AT &
  kor open                                  a new client, with a code
  kor record CODE outcome 3 4 5 2.5 alliance 8 9 9
  kor graph CODE
  kor watch                                 in another window
  kor --lang nb caseload
TEXT
finish
