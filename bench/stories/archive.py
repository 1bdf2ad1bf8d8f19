#!/usr/bin/env python3
"""An archive of many generated articles: does it stay fast, small and whole? Tab-separated lines: what, value, unit.

usage: archive.py RECOUPE GENERATE FREQ.tsv N [FOLDER [SECONDS]]

N articles go through a pipe into one `recoupe add`; then the same 20,000 more go into the full archive and into an empty one, in
turns, so that a busy machine slows both. Figures of speed are of the process's own processor time, and of the clock. Questions
are asked five times by the command, start of the program included; the best is told. After SECONDS no more articles are begun
with, and the figures are of those that are there. The archive is deleted at the end.
"""
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

MORE = 20000


def tell(what, value, unit):
    print("%s\t%s\t%s" % (what, value, unit), flush=True)


def used(pid):
    with open("/proc/%d/stat" % pid) as f:
        parts = f.read().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def peak(pid):
    with open("/proc/%d/status" % pid) as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmHWM")) / 1024


def add(recoupe, generate, freq, store, n, seed, label=None, most=1e9):
    """Articles, seconds, processor seconds and MB of one `recoupe add`."""
    source = subprocess.Popen([generate, freq, str(n), str(seed)], stdout=subprocess.PIPE)
    p = subprocess.Popen([recoupe, "add", "--store", store, "--input", "jsonl", "-"], stdin=source.stdout, stdout=subprocess.PIPE)
    source.stdout.close()
    begin, lines, at, first = time.time(), 0, (0, 0.0, 0.0), None
    mb = cpu = 0
    for _ in p.stdout:
        lines += 1
        if lines == 1:
            first = used(p.pid), time.time()
        if lines % 5000 == 0 or lines == n:
            mb, cpu = peak(p.pid), used(p.pid)
        if label and lines % 50000 == 0:
            now = (lines, time.time() - begin, cpu)
            tell("%s at %d" % (label, lines), "%.0f by the clock, %.0f by the processor" % ((now[0] - at[0]) / (now[1] - at[1]), (now[0] - at[0]) / max(now[2] - at[2], .01)), "articles a second")
            at = now
        if time.time() - begin > most and lines % 5000 == 0:
            source.terminate()
    p.wait()
    source.wait()
    return lines, time.time() - first[1], cpu - first[0], mb, first[0]


def ask(*command):
    best, cpu, size = 1e9, 1e9, 0
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begin = time.time()
        out = subprocess.run(command, capture_output=True).stdout
        best = min(best, time.time() - begin)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = min(cpu, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        size = len(out)
    return best * 1000, cpu * 1000, size


def main():
    recoupe, generate, freq, n = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
    folder = tempfile.mkdtemp(dir=sys.argv[5] if len(sys.argv) > 5 else None)
    store, fresh = folder + "/big.db", folder + "/fresh.db"
    try:
        lines, seconds, cpu, mb, _ = add(recoupe, generate, freq, store, n, 1, "add", float(sys.argv[6]) if len(sys.argv) > 6 else 1e9)
        tell("added", lines, "articles")
        tell("add, all", "%.0f by the clock, %.0f by the processor" % (lines / seconds, lines / cpu), "articles a second")
        tell("add, memory", "%.0f" % mb, "MB")
        tell("archive", "%.0f" % (os.path.getsize(store) / 1e6), "MB")
        # the empty archive gets as many first as the window holds, so that both compare with as much
        add(recoupe, generate, freq, fresh, 50000 if lines > 100000 else 5000, 2)
        for turn, (name, db) in enumerate((("full", store), ("fresh", fresh), ("full", store), ("fresh", fresh))):
            lines, seconds, cpu, mb, start = add(recoupe, generate, freq, db, MORE, 3 + turn)
            tell("add %d to the %s archive" % (lines, name), "%.0f by the clock, %.0f by the processor; %.1f s to read the window" % (lines / seconds, lines / cpu, start), "articles a second")
        db = sqlite3.connect(store)
        story = db.execute("SELECT name FROM story WHERE n_articles BETWEEN 5 AND 12 ORDER BY id DESC LIMIT 1").fetchone()[0]
        name = db.execute("SELECT title FROM article WHERE id=(SELECT max(id)/2 FROM article)").fetchone()[0].split()[0]
        tell("stories", db.execute("SELECT count(*) FROM story WHERE n_articles>0").fetchone()[0], "")
        tell("largest story", db.execute("SELECT max(n_articles) FROM story").fetchone()[0], "articles")
        db.close()
        at = ("--store", store)
        questions = (("start of the program", ("--version",)), ("list", ("list", *at)), ("list of a day", ("list", *at, "--day", "2020-02-03")),
                     ("show, articles", ("show", *at, "--format", "jsonl", story)), ("show, dossier", ("show", *at, "--format", "json", story)),
                     ("search, a name", ("search", *at, name)), ("search, a common word", ("search", *at, "government")),
                     ("search, two words", ("search", *at, "government", name)), ("search, words in a row", ("search", *at, '"of the government"')))
        for what, command in questions:
            tell(what, "%.0f by the clock, %.0f by the processor, %d bytes" % ask(recoupe, *command), "ms")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
