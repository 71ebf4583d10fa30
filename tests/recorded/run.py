#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs transcripts against a kord of their own and compares what comes out.

    tests/recorded/run.py [--rebuild] FILE.t...

A transcript is text: a line that begins with "$ " is a command, what follows
up to the next one is what it prints (both streams) and, where it is not 0,
its exit status as "[status N]".  Lines that begin with "#" are remarks, but
what stands behind "#: " is done before the clinic is served.  Each
transcript has an empty folder, with $DIR a clinic made by "kord init", served
until the transcript ends.  What differs from run to run is written as a word:

    <code A>, <code B> ...  clients' codes, in order of appearance
    <today>                 today's date
    <dir>                   the folder

"--rebuild" writes what came out into the transcript: look at the difference.
Closes with "N passed, N failed".
"""
import datetime, os, re, signal, subprocess, sys, tempfile, zoneinfo

BIN = os.path.abspath(os.environ.get("KOR_BUILD", "build")) + "/bin"
ROOT = os.getcwd()
CODE = re.compile(r"\b(?!XXXX-XXXX)[34679ACDEFGHJKMNPRTVWXY]{4}-[34679ACDEFGHJKMNPRTVWXY]{4}\b")
LIMIT = 120


class Clinic:
    def __init__(self, before):
        self.home = tempfile.TemporaryDirectory(prefix="kor-t-")
        self.dir = self.home.name + "/clinic"
        self.env = dict(os.environ, PATH=BIN + ":" + os.environ["PATH"],
                        DIR=self.dir, KOR_AT=self.dir, LC_ALL="C.UTF-8",
                        KOR_LANG="en", NO_COLOR="1", TZ="Europe/Oslo",
                        ROOT=ROOT, HOME=self.home.name, COLUMNS="80",
                        KOR_OUTBOX=self.home.name + "/outbox")
        self.codes = {}
        self.start(before)

    def start(self, before):
        subprocess.run(["kord", "init", self.dir], env=self.env, check=True,
                       stdout=subprocess.DEVNULL)
        for command in before:
            subprocess.run(["sh", "-ec", command], env=self.env, check=True,
                           stdout=subprocess.DEVNULL)
        self.log = open(self.home.name + "/kord.log", "w+")
        self.kord = subprocess.Popen(["kord", "run", self.dir], env=self.env,
                                     stderr=self.log)
        ping = subprocess.run(["kor", "ping"], env=self.env,
                              capture_output=True, timeout=LIMIT)
        if ping.returncode:
            raise RuntimeError("kord does not answer: %s" % ping.stderr)

    def run(self, command):
        done = subprocess.run(["sh", "-c", command], env=self.env,
                              cwd=self.home.name, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=LIMIT)
        text = done.stdout.decode("utf-8", "replace")
        if text and not text.endswith("\n"):
            text += "\n"
        if done.returncode:
            text += "[status %d]\n" % done.returncode
        return self.hide(text)

    def hide(self, text):
        for code in CODE.findall(text):
            if code not in self.codes:
                self.codes[code] = "<code %s>" % chr(ord("A") + len(self.codes))
                self.env[chr(ord("A") + len(self.codes) - 1)] = code
        text = CODE.sub(lambda m: self.codes[m.group()], text)
        today = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Oslo")).date()
        text = text.replace(str(today), "<today>").replace(self.dir, "<dir>")
        return text.replace(self.home.name, "<dir>")

    def stop(self):
        self.kord.send_signal(signal.SIGTERM)
        status = self.kord.wait(timeout=LIMIT)
        self.log.seek(0)
        journal = self.log.read()
        self.log.close()
        self.home.cleanup()
        return status, journal


def read(path):
    """A list of [remarks, command, expected]."""
    steps, remarks = [], ""
    for line in open(path, encoding="utf-8"):
        if line.startswith("$ "):
            steps.append([remarks, line[2:].rstrip("\n"), ""])
            remarks = ""
        elif line.startswith("#") or (not line.strip() and not steps):
            remarks += line
        elif steps:
            steps[-1][2] += line
    return steps, remarks


def check(path, rebuild):
    steps, tail = read(path)
    before = [line[3:] for remarks, _, _ in steps
              for line in remarks.splitlines() if line.startswith("#: ")]
    clinic = Clinic(before)
    out, bad = "", 0
    try:
        for remarks, command, expected in steps:
            got = clinic.run(command)
            if got.strip() != expected.strip() and not rebuild:
                bad += 1
                print("%s: $ %s\n--- expected\n%s--- got\n%s" %
                      (path, command, expected, got))
            out += remarks + "$ " + command + "\n" + got
    finally:
        status, journal = clinic.stop()
    if status:
        bad += 1
        print("%s: kord ended with %d\n%s" % (path, status, journal))
    if any(code in journal for code in clinic.codes):
        bad += 1
        print("%s: a client's code stands in the journal" % path)
    if rebuild:
        open(path, "w", encoding="utf-8").write(out + tail)
    return bad


def main():
    args = sys.argv[1:]
    rebuild = "--rebuild" in args
    failed = sum(check(p, rebuild) > 0 for p in args if p != "--rebuild")
    total = len([p for p in args if p != "--rebuild"])
    print("%d passed, %d failed" % (total - failed, failed))
    sys.exit(1 if failed else 0)


main()
