#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every source includes only what its room may, as the compiler saw it in the
# build folder KOR_BUILD (build/); first it is tried out that the check itself
# (include_directions.awk) refuses what it should, and nothing else.  To be run
# from the top of the source tree, after a build.

set -u
build=${KOR_BUILD:-build}
made=$(mktemp) || exit 1
trap 'rm -f "$made"' EXIT
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

# try STATUS NAME DEPENDENCIES...: what the check says of one rule
try() {
    expected=$1 name=$2
    shift 2
    printf '%s\n' "$*" > "$made"
    awk -f tests/include_directions.awk "$made" > /dev/null
    note $? "$expected" "$name"
}

try 0 'a room may include itself and what is below it' \
    'b/daemon/store/a.o: daemon/store/a.c daemon/store/store.h' \
    'include/kor/stat/finding.h include/kor/base/err.h'
try 1 'a lower room may not include a higher one' \
    'b/daemon/stat/a.o: daemon/stat/a.c include/kor/wire/message.h'
try 1 'two rooms on one floor may not include each other' \
    'b/daemon/access/a.o: daemon/access/a.c daemon/alert/alert.h'
try 1 'backups know nothing of requests' \
    'b/daemon/backup/a.o: daemon/backup/a.c daemon/service/service.h'
try 1 'the graph knows nothing but base' \
    'b/daemon/plot/a.o: daemon/plot/a.c include/kor/stat/course.h'
try 1 'nobody but main includes the bus' \
    'b/daemon/service/a.o: daemon/service/a.c daemon/bus/job.h'
try 0 'main may include every room' \
    'b/daemon/main.o: daemon/main.c daemon/run.h daemon/bus/bus.h'
try 1 'a header beside the sources of a shared room is its own' \
    'b/daemon/store/a.o: daemon/store/a.c daemon/define/node.h'
try 1 'a provider header is for its own room' \
    'b/daemon/service/a.o: daemon/service/a.c daemon/store/store_provider.h'
try 1 'the client does not reach into the daemon' \
    'b/client/cli/a.o: client/cli/a.c daemon/store/store.h'
try 1 'the client library does not include the command line' \
    'b/client/lib/a.o: client/lib/a.c client/cli/cli.h'
try 1 'the daemon does not include the client' \
    'b/daemon/bus/a.o: daemon/bus/a.c include/kor/client/client.h'
try 1 'what the build makes belongs to a room, too' \
    'b/daemon/bus/a.o: daemon/bus/a.c b/gen/unknown.h'
try 1 'a room that the table does not know is refused' \
    'b/daemon/attic/a.o: daemon/attic/a.c'
try 1 'a rule that goes over several lines is read to its end' \
    "b/daemon/wire/a.o: daemon/wire/a.c \\
 include/kor/base/err.h \\
 include/kor/stat/normal.h"
try 0 'a header without dependencies is no source' \
    'b/daemon/base/a.o: daemon/base/a.c include/kor/base/err.h' '
include/kor/base/err.h:'
try 2 'nothing to look at is no success' ''

set --
for source in daemon/*.c daemon/*/*.c client/*/*.c; do
    set -- "$@" "$build/${source%.c}.d"
done
LC_ALL=C awk -f tests/include_directions.awk "$@" "$build"/gen/*.d
note $? 0 'the rooms of this source tree'

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
