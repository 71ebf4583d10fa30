# Compiles a .po file to a C table sorted by key.
#   awk -v lang=nb -f po.awk nb.po > text_nb.c
# Texts may go over several lines, as in any .po; entries without a
# translation are left out, and so are those marked fuzzy.

function finish(   i) {
    if (id != "" && str != "" && !fuzzy) {
        n++
        for (i = n; i > 1 && ids[i - 1] "" > id ""; i--) {
            ids[i] = ids[i - 1]; strs[i] = strs[i - 1]
        }
        ids[i] = id; strs[i] = str
    }
    id = ""; str = ""; fuzzy = 0; in_what = ""
}
function content(line) {
    sub(/^[^"]*"/, "", line); sub(/"[ \t]*$/, "", line); return line
}
/^#,.*fuzzy/ { finish(); fuzzy = 1; next }
/^#/         { if (str != "") finish(); next }
/^msgid /    { keep = fuzzy; if (id != "" || str != "") finish()
               fuzzy = keep; in_what = "id"; id = content($0); next }
/^msgstr /   { in_what = "str"; str = content($0); next }
/^"/         { if (in_what == "id") id = id content($0)
               else str = str content($0); next }
END {
    finish()
    print "#include \"base/text_table.h\""
    printf "const struct kor_text_row kor_text_%s[] = {\n", lang
    for (i = 1; i <= n; i++)
        printf "    {\"%s\",\n     \"%s\"},\n", ids[i], strs[i]
    if (n == 0) print "    {\"\", \"\"},"
    print "};"
    printf "const size_t kor_text_%s_n = %d;\n", lang, n == 0 ? 1 : n
}
