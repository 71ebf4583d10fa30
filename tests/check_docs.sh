#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every promise of the documents names a test that is there.  In docs/security.md,
# docs/operations.md, docs/privacy.md and docs/safety/ a test is cited as
#
#     `test_bus: an_unknown_key_is_refused`       a function of tests/*/test_bus.c
#     `tests/torture/kill.c: whatever_was_..._kill`    so, of any other program
#     `tests/recorded/log.t: kor log verify`      words of a script or transcript
#
# and a table with a column "test" has in it, row by row, such a citation or the
# words "not proven by a test".  The journal's lines stand in docs/operations.md,
# each of them, the tables of the database in docs/privacy.md, and links lead
# somewhere.  First it is tried out that the check
# refuses what it should.  To be run from the top of the source tree.

set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0
pages='docs/security.md docs/operations.md docs/privacy.md docs/safety/*.md'

# note STATUS EXPECTED NAME: counts one result
note() {
    if [ "$1" -eq "$2" ]; then
        passed=$((passed + 1))
    else
        echo "$3"
        failed=$((failed + 1))
    fi
}

# citations PAGE...: PAGE, LINE, PROGRAM and WORDS of each, set apart by tabs
citations() {
    awk '{
        n = split($0, part, "`")
        for (i = 2; i <= n; i += 2)
            if (match(part[i], /^(test_[a-z0-9_]+|tests\/[a-zA-Z0-9_.\/-]+): /))
                printf "%s\t%d\t%s\t%s\n", FILENAME, FNR,
                    substr(part[i], 1, RLENGTH - 2), substr(part[i], RLENGTH + 1)
    }' "$@"
}

# is_there PROGRAM WORDS: whether such a test is there
is_there() {
    case $1 in
    test_*) set -- "$(ls tests/*/"$1.c" 2>/dev/null)" "$2" ;;
    esac
    case $1 in
    '') return 1 ;;
    *.c) [ -f "$1" ] && grep -qE "^$2\(" "$1" ;;
    *) [ -f "$1" ] && grep -qF -e "$2" "$1" ;;
    esac
}

# are_there PAGE...: names the citations of tests that are not there
are_there() {
    citations "$@" > "$folder/cited"
    status=0
    while IFS='	' read -r where line program words; do
        is_there "$program" "$words" && continue
        echo "$where:$line: there is no test '$program: $words'"
        status=1
    done < "$folder/cited"
    return $status
}

# have_proof PAGE...: names the rows that have nothing in their column "test"
have_proof() {
    awk -F ' *[|] *' '
        !/^\|/ { column = 0; next }
        !column { for (i = 2; i < NF; i++) if ($i == "test") column = i
                  column = column ? column : -1; next }
        column < 0 || /^\|[-|: ]*$/ { next }
        $column !~ /`(test_|tests\/)[^`]*: / \
            && $column !~ /not proven by a test/ {
            printf "%s:%d: no test, and not said to have none\n", FILENAME, FNR
            status = 1
        }
        END { exit status }' "$@"
}

# lines FILE...: what kor_log() is told, without what stands in for something
lines() {
    awk '
        /kor_log\(KOR_LOG_/ { text = ""; is_in = 1 }
        is_in {
            rest = $0
            sub(/^[^"]*kor_log\(KOR_LOG_[A-Z]*,/, "", rest)
            gsub(/ KOR_[A-Z]+ /, "\"%s\"", rest)
            while (match(rest, /"([^"\\]|\\.)*"/)) {
                text = text substr(rest, RSTART + 1, RLENGTH - 2)
                rest = substr(rest, RSTART + RLENGTH)
            }
            if (rest !~ /;$/) next
            is_in = 0
            n = split(text, part, /%[-.*0-9a-z]*[a-z]/)
            best = ""
            for (i = 1; i <= n; i++) {
                gsub(/^[ :,()]+|[ :,()]+$/, "", part[i])
                if (length(part[i]) > length(best)) best = part[i]
            }
            print best
        }' "$@" | LC_ALL=C sort -u
}

# are_told PAGE FILE...: names the lines of the journal that PAGE has not
are_told() {
    page=$1
    shift
    lines "$@" > "$folder/lines"
    tr '\n' ' ' < "$page" | tr -s ' ' > "$folder/page"
    status=0
    while read -r line; do
        grep -qF -e "$line" "$folder/page" && continue
        echo "$page: nothing is said of the journal's line '$line'"
        status=1
    done < "$folder/lines"
    return $status
}

# are_stored PAGE FILE...: names the tables made by FILE, but for those that a
# migration takes away again, that PAGE has not
are_stored() {
    page=$1
    shift
    status=0
    for table in $(sed -n 's/^CREATE TABLE \([a-z_]*\).*/\1/p' "$@" \
            | grep -v '^new_' | sort -u); do
        grep -qF -e "\`$table\`" "$page" && continue
        echo "$page: nothing is said of the table '$table'"
        status=1
    done
    return $status
}

# lead_somewhere PAGE...: names the links to files that are not there
lead_somewhere() {
    status=0
    for where; do
        for link in $(grep -oE '\]\([^)]*\)' "$where" | sed 's/^](//; s/[#)].*//' \
                | grep -v '^http' | sort -u); do
            [ -e "$(dirname "$where")/$link" ] && continue
            echo "$where: $link is not there"
            status=1
        done
    done
    return $status
}

# try STATUS CHECK NAME TEXT: what a check says of a page with that text
try() {
    printf '%b\n' "$4" > "$folder/try.md"
    $2 "$folder/try.md" > /dev/null
    note $? "$1" "$3"
}

try 0 are_there 'a test that is there' \
    'so: `test_bus: an_unknown_key_is_refused`, `tests/recorded/log.t: kor log verify`'
try 1 are_there 'a function that is not there' '`test_bus: an_unknown_key`'
try 1 are_there 'a program that is not there' '`test_omnibus: an_unknown_key_is_refused`'
try 1 are_there 'words that are not there' '`tests/recorded/log.t: kor log drop`'
try 0 have_proof 'rows with a test, and one that says it has none' \
    '| what | test |\n|---|---|\n| a | `test_bus: x` |\n| b | not proven by a test |'
try 1 have_proof 'a row without a test' '| test | what |\n|---|---|\n| | `test_bus: x` |'
try 0 have_proof 'a table without tests' '| what |\n|---|\n| a |'
try 1 lead_somewhere 'a link to nothing' 'see [it](nowhere.md)'
cat > "$folder/a.c" <<'C'
    kor_log(KOR_LOG_ERROR, "%s: nothing is "
            "stored", path);
C
echo 'Nothing is stored' > "$folder/try.md"
are_told "$folder/try.md" "$folder/a.c" > /dev/null
note $? 1 'a line of the journal that is not told'
echo '`...: nothing is stored`' > "$folder/try.md"
are_told "$folder/try.md" "$folder/a.c" > /dev/null
note $? 0 'a line of the journal that is told'

echo 'CREATE TABLE zoo (' > "$folder/a.sql"
are_stored "$folder/try.md" "$folder/a.sql" > /dev/null
note $? 1 'a table of which nothing is said'

for page in $pages; do
    are_there "$page"
    note $? 0 "$page cites tests that are not there"
    have_proof "$page"
    note $? 0 "$page has rows without a test"
    lead_somewhere "$page"
    note $? 0 "$page has links that lead nowhere"
done
lead_somewhere README.md docs/ARCHITECTURE.md
note $? 0 'links that lead nowhere'
are_told docs/operations.md $(find daemon -name '*.c')
note $? 0 'docs/operations.md leaves lines of the journal out'
are_stored docs/privacy.md sql/migrations/*.sql
note $? 0 'docs/privacy.md leaves tables out'
[ "$(citations $pages | wc -l)" -gt 100 ]
note $? 0 'the pages cite hardly any tests'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
