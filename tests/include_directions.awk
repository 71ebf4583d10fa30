# Holds what the compiler read against the floors of the house.
#   awk -f include_directions.awk FILE.d...
#
# A file of a room may include its own room and those named for it below,
# directly or through others.  Headers under include/kor/ROOM are open to whom
# the table lets in; those beside the sources of base, wire, stat, define and
# the client's library are for their own room, and so is every *_provider.h.
# What is refused is printed, and the exit status is then 1; it is 2 if the
# files told of no source at all.  docs/ARCHITECTURE.md gives the reasons.

BEGIN {
    may["base"] = ""
    may["wire"] = may["stat"] = "base"
    may["define"] = "base wire stat"
    may["store"] = "base wire stat define"
    may["access"] = may["alert"] = "base wire stat define store"
    may["pathway"] = "base stat define store"
    may["backup"] = "base define store"
    may["plot"] = "base"
    may["service"] = "base wire stat define store access alert pathway plot"
    may["bus"] = may["service"] " service"
    may["main"] = may["bus"] " bus backup"
    may["client"] = "base wire stat define"
    may["cli"] = "base wire stat define client"
    made_of["text_nb.c"] = made_of["text_sv.c"] = "base"
    made_of["catalogue.c"] = "define"
    made_of["pathways.c"] = made_of["forms.c"] = "define"
    made_of["sql_table.c"] = made_of["sql_names.h"] = "store"
    made_of["scripts.c"] = "plot"
}

# The room that 'path' lies in; "" for what lies in none.
function room_of(path,   n, part) {
    n = split(path, part, "/")
    if (part[1] == "include" && part[2] == "kor") return part[3]
    if (part[1] == "daemon") return n == 2 ? "main" : part[2]
    if (part[1] == "client") return part[2] == "lib" ? "client" : part[2]
    if (part[n - 1] == "gen") return made_of[part[n]]
    return ""
}

# True if 'path' is for its own room alone.
function is_private(path) {
    return path ~ /^daemon\/(base|wire|stat|define)\// || path ~ /_provider\.h$/
}

function check(source, path,   from, to) {
    from = room_of(source); to = room_of(path)
    if (from == to) return
    if (to == "" || is_private(path) \
        || index(" " may[from] " ", " " to " ") == 0) {
        print source " (" from ") may not include " path
        n_refused++
    }
}

function end_rule(   i) {
    if (n_paths > 0) {
        if (!(room_of(paths[1]) in may)) {
            print paths[1] ": in no room that the table knows"
            n_refused++
        } else {
            n_sources++
            for (i = 2; i <= n_paths; i++) check(paths[1], paths[i])
        }
    }
    n_paths = 0
}

FNR == 1 { end_rule(); is_going_on = 0 }

# The first word of a rule is the target; a rule goes on where a line ends
# with a backslash.
{
    is_open = sub(/\\$/, "")
    first = is_going_on ? 1 : 2
    for (i = first; i <= NF; i++) paths[++n_paths] = $i
    is_going_on = is_open
    if (!is_going_on) end_rule()
}

END {
    end_rule()
    if (n_sources + n_refused == 0) {
        print "no sources were told of: build first"
        exit 2
    }
    exit n_refused > 0
}
