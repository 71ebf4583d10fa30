#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How much of each room the tests that have run in a build of 'make cover' take.

    tests/cover.py [--list] BUILD ROOM...

Prints a line a room: lines and branches taken at least once, as gcov counts
them, with the code in the headers of the room.  "--list" also prints each line
that has branches nobody took, and how many.  Exit status 1 if the tests take
less than 90 % of the branches of a room.
"""
import collections, glob, json, os, subprocess, sys

LEAST = 0.9


def measured(build, room):
    """What gcov says of each object of the room."""
    objects = [f"{build}/{source[:-2]}.gcno"
               for source in sorted(glob.glob(f"daemon/{room}/*.c"))]
    done = subprocess.run(["gcov", "--branch-probabilities", "--json-format",
                           "--stdout"] + objects,
                          stdout=subprocess.PIPE, check=True, text=True)
    for text in done.stdout.splitlines():
        yield from json.loads(text)["files"]


def is_of(room, path):
    return os.path.dirname(path) in (f"daemon/{room}", f"include/kor/{room}")


def counted(build, room):
    """Lines and branches of the room with how often each was taken; what
    several objects have from one header is counted once."""
    lines, branches = collections.Counter(), collections.Counter()
    for file in measured(build, room):
        if not is_of(room, file["file"]):
            continue
        for line in file["lines"]:
            place = file["file"], line["line_number"], line.get("function_name")
            lines[place] += line["count"]
            for i, branch in enumerate(line["branches"]):
                branches[place + (i,)] += branch["count"]
    return lines, branches


def share(counter):
    return sum(n > 0 for n in counter.values()) / max(1, len(counter))


def print_missed(branches):
    missed = collections.Counter(place[:3] for place, n in branches.items() if n == 0)
    for (path, number, function), n in sorted(missed.items()):
        print(f"{path}:{number}: {n} in {function}()")


def main():
    is_list = sys.argv[1:2] == ["--list"]
    build, *rooms = sys.argv[1 + is_list:]
    n_below = 0
    print(f"{'room':10} {'lines':>7} {'branches':>9}")
    for room in rooms:
        lines, branches = counted(build, room)
        n_below += share(branches) < LEAST
        print(f"{room:10} {share(lines):7.1%} {share(branches):9.1%}"
              f" ({len(branches)})")
        if is_list:
            print_missed(branches)
    print(f"cover: {len(rooms) - n_below} rooms at 90 % or more, {n_below} below")
    return n_below > 0


sys.exit(main())
