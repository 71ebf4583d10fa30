#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every English text that people read has a translation in every .po file of
# daemon/base/text/, with the same conversions, and none is left over that no
# source has.  To be run from the top of the source tree; needs gettext.
#
# After a change:  tests/check_texts.sh --missing LANG  prints what LANG lacks,
# as entries to be filled in and put into its .po file.

set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
pot=$folder/all.pot
passed=0 failed=0

# note STATUS NAME: counts one result
note() {
    if [ "$1" -eq 0 ]; then
        passed=$((passed + 1))
    else
        echo "$2"
        failed=$((failed + 1))
    fi
}

# ids FILE: its keys, one a line
ids() {
    msgattrib --no-obsolete --no-wrap --no-location "$1" \
        | sed -n 's/^msgid "\(..*\)"$/\1/p' | LC_ALL=C sort
}

find daemon client include -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort \
    | xgettext --language=C --from-code=UTF-8 --no-wrap --files-from=- \
        --output="$pot" --keyword --keyword=kor_text:2 --keyword=kor_fail:4 \
        --keyword=kor_wrap:2 --keyword=KOR_N_:1 --keyword=KOR_COMMAND:6 \
        --keyword=KOR_CODE:5 \
        --flag=kor_fail:4:c-format --flag=kor_wrap:2:c-format \
        2> "$folder/log"
note $? "xgettext does not understand the sources: $(cat "$folder/log")"
sed -i 's/charset=CHARSET/charset=UTF-8/' "$pot"
ids "$pot" > "$folder/wanted"

if [ "${1:-}" = --missing ]; then
    msgmerge --quiet --no-fuzzy-matching --no-wrap --no-location \
        --output="$folder/merged" "daemon/base/text/$2.po" "$pot"
    msgattrib --untranslated --no-obsolete --no-wrap "$folder/merged"
    exit
fi

test "$(wc -l < "$folder/wanted")" -gt 100
note $? 'the sources seem to have hardly any texts'
for po in daemon/base/text/*.po; do
    msgmerge --quiet --no-fuzzy-matching --no-wrap --output="$folder/merged" \
        "$po" "$pot" && msgfmt --check-format --output-file=/dev/null "$folder/merged"
    note $? "$po: msgfmt refuses it"
    ids "$po" > "$folder/there"
    LC_ALL=C comm -13 "$folder/there" "$folder/wanted" > "$folder/lacking"
    msgattrib --untranslated --no-wrap "$po" | sed -n 's/^msgid "\(..*\)"$/\1/p' \
        >> "$folder/lacking"
    msgattrib --only-fuzzy --no-wrap "$po" | sed -n 's/^msgid "\(..*\)"$/\1/p' \
        >> "$folder/lacking"
    test ! -s "$folder/lacking"
    note $? "$po lacks: $(cat "$folder/lacking")"
    LC_ALL=C comm -23 "$folder/there" "$folder/wanted" > "$folder/left"
    test ! -s "$folder/left"
    note $? "$po has what no source has: $(cat "$folder/left")"
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
