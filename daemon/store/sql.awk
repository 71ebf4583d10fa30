# Turns the SQL of the source tree into C.
#   awk -f sql.awk FILE...            the tables kor_migrations and kor_sql_texts
#   awk -v names=1 -f sql.awk FILE... the enum of the queries' names
#
# A file under migrations/ is one migration; its name begins with its number.
# A file under queries/ holds queries, each behind a line "-- name: NAME".

function quote(line) {
    gsub(/\\/, "\\\\\\\\", line); gsub(/"/, "\\\"", line)
    return "     \"" line "\\n\"\n"
}
FNR == 1 {
    is_migration = FILENAME ~ /migrations\//
    if (is_migration) {
        name = FILENAME; sub(/.*\//, "", name)
        migrations = migrations (n_migrations++ ? "    },\n" : "") \
            sprintf("    {%d,\n", name + 0)
    }
}
is_migration { migrations = migrations quote($0); next }
/^-- name: / {
    enums = enums "    KOR_SQL_" toupper($3) ",\n"
    queries = queries (n_queries++ ? "    },\n" : "") \
        sprintf("    {\"%s\",\n", $3)
    next
}
/^--/ || /^[ \t]*$/ { next }
n_queries { queries = queries quote($0) }
END {
    if (names) {
        print "enum kor_sql {\n" enums "    KOR_N_SQL\n};"
        exit
    }
    print "#include \"store/sql.h\""
    print "const struct kor_migration kor_migrations[] = {\n" migrations \
        "    },\n    {0, 0}};"
    print "const struct kor_sql_text kor_sql_texts[KOR_N_SQL + 1] = {\n" \
        queries "    },\n    {0, 0}};"
}
