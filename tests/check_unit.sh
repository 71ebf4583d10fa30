#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The units of kord shut it in as far as systemd can measure: exposure at most
# 1.5 of 10, and every line understood.  First it is tried out that the check
# refuses a unit without fences.  To be run from the top of the source tree,
# after a build.  What it needs of systemd is systemd-analyze alone, offline;
# where that is not installed it is skipped.

set -u
build=${KOR_BUILD:-build}
most=15 # Tenths.
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

if ! command -v systemd-analyze >/dev/null; then
    echo 'skipped: no systemd-analyze'
    echo '1 passed, 0 failed'
    exit 0
fi
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

# is_shut_in UNIT: says its exposure
is_shut_in() {
    systemd-analyze security --offline=true --no-pager --threshold=$most "$1" \
        > "$folder/log" 2>&1
    status=$?
    grep 'exposure level' "$folder/log" | sed 's/^[^O]*//;s/\([0-9]\) .*/\1/'
    return $status
}

# is_understood UNIT...: without remarks
is_understood() {
    systemd-analyze verify --man=no "$@" > "$folder/log" 2>&1 \
        && ! grep -E 'kord|kor\.' "$folder/log"
}

kord=$(realpath "$build/bin/kord")
for unit in kord.service kord-backup.service kord-backup.timer; do
    sed "s|/usr/sbin/kord|$kord|" "daemon/system/$unit" > "$folder/$unit"
done

grep -vE '^(Protect|Private|Restrict|SystemCall|Capab)' "$folder/kord.service" \
    > "$folder/open.service"
is_shut_in "$folder/open.service" > /dev/null
note $? 1 'a unit without fences is refused'
sed 's/^ProtectClock/ProtectWatch/' "$folder/kord.service" > "$folder/kord-odd.service"
is_understood "$folder/kord-odd.service" > /dev/null
note $? 1 'a line that systemd does not know is refused'
rm "$folder/open.service" "$folder/kord-odd.service"

for unit in kord.service kord-backup.service; do
    is_shut_in "$folder/$unit"
    note $? 0 "$unit"
done
is_understood "$folder/kord.service" "$folder/kord-backup.timer" \
    "$folder/kord-backup.service"
note $? 0 "the units: $(cat "$folder/log")"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
