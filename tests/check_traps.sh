#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the libraries of Debian 12 had better not be asked for is nowhere asked
# for (docs/security.md says why).  Comments may speak of it.  First it is
# tried out that the check finds each.  To be run from the top of the source
# tree.

set -u
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
passed=0 failed=0

# note STATUS EXPECTED NAME: counts one result
note() {
    if [ "$1" -eq "$2" ]; then
        passed=$((passed + 1))
    else
        echo "$3"
        failed=$((failed + 1))
    fi
}

in_c='ZMQ_HEARTBEAT_[A-Z]+|ZMQ_ROUTER_HANDOVER|ZMQ_GSSAPI_[A-Z]+
zmq_socket_monitor_pipes_stats
(^|[^a-z_])(popen|system) *\(
sqlite3_(enable_)?load_extension|ENABLE_LOAD_EXTENSION'
in_sql='[Ff][Tt][Ss][345]|(^|[^a-z_])(ATTACH|attach)($|[^a-z_])|load_extension'
in_plots='`|(^|[^a-z_])(system|eval|load|mouse)($|[^a-z_])|^!'

# code FILE...: C without its comments
code() {
    cat "$@" | ${CC:-cc} -fpreprocessed -dD -E -P -x c - 2>/dev/null
}

# asks_for PATTERNS: whether standard input has one of them, and which
asks_for() {
    grep -nE -e "$1"
}

printf '/* never ZMQ_HEARTBEAT_IVL */\nint a; // popen(\n' > "$folder/a.c"
code "$folder/a.c" | asks_for "$in_c" > /dev/null
note $? 1 'a comment is taken for code'
for slip in '{ZMQ_HEARTBEAT_IVL, 1}' '{ZMQ_ROUTER_HANDOVER, 1}' 'popen(a)' \
    'zmq_socket_monitor_pipes_stats(a)' 'x = system (a)' '{ZMQ_GSSAPI_SERVER, 1}' \
    'sqlite3_enable_load_extension(a, 1)' 'SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION'; do
    echo "$slip;" > "$folder/a.c"
    code "$folder/a.c" | asks_for "$in_c" > /dev/null
    note $? 0 "'$slip' is not found"
done
echo 'CREATE VIRTUAL TABLE a USING fts5(b);' | asks_for "$in_sql" > /dev/null
note $? 0 'FTS5 is not found'
echo "title '\`date\`'" | asks_for "$in_plots" > /dev/null
note $? 0 'a back-tick is not found'

code $(find daemon client include -name '*.[ch]') > "$folder/all"
[ "$(wc -l < "$folder/all")" -gt 10000 ]
note $? 0 'the sources seem to have hardly any code'
asks_for "$in_c" < "$folder/all"
note $? 1 'the sources ask for what they had better not'
sed 's/--.*//' sql/*/*.sql | asks_for "$in_sql"
note $? 1 'the SQL asks for what it had better not'
sed 's/^#.*//' plots/*.gp | asks_for "$in_plots"
note $? 1 'the scripts ask for what they had better not'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
