# Turns text files into one C table of names and texts, in the order given:
#   awk -v table=NAME -f embed.awk FILE... > NAME.c
# The name of a row is the file's name without its folder and ending.

function flush_row() { if (open_row) print "     },"; open_row = 0 }
FNR == 1 {
    flush_row()
    name = FILENAME; sub(/.*\//, "", name); sub(/\.[^.]*$/, "", name)
    if (!begun++) {
        print "#include \"kor/base/embedded.h\""
        printf "const struct kor_embedded %s[] = {\n", table
    }
    printf "    {\"%s\",\n", name
    open_row = 1
}
{
    gsub(/\\/, "\\\\\\\\"); gsub(/"/, "\\\"")
    printf "     \"%s\\n\"\n", $0
}
END {
    flush_row()
    if (!begun) {
        print "#include \"kor/base/embedded.h\""
        printf "const struct kor_embedded %s[] = {\n", table
    }
    print "    {0, 0}};"
}
