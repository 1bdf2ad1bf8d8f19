#!/usr/bin/env python3
"""Runs fuzz targets for a while, one after another, each in several processes, and says what they found.

usage: fuzz.py BUILD [--processor-seconds N] [--rounds R] [--processes P] [--most-minutes M] [--table FILE] [TARGET ...]
                     BUILD: a folder set up with -Dfuzz=true

A target goes on until its processes have used N (120) seconds of processor time: a loaded machine makes a run longer, it can't make it
seem more than it was. In R rounds each target in turn gets its Rth part, so that all have had the same when time runs out; after M
minutes nothing is begun any more. --table FILE is kept over runs: what is asked for is what FILE says was used and what comes now together.

What is new goes to BUILD/corpus/TARGET, findings to BUILD/found/TARGET. A finding counts when it is one again alone: on a loaded
machine a run may seem to hang that doesn't. The table has a line a target: target, seconds by the clock, processes, processor seconds, runs,
inputs kept, peak memory in MB (the sanitizers' own included), findings. Exit status 1 when there are any, 2 when time ran out before.
"""
import glob
import os
import re
import resource
import shutil
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# While it runs a slow input is noted (a loaded machine makes many so); alone it must do in two seconds of processor time.
ALONE, MOST_SECONDS = ["-timeout=60", "-rss_limit_mb=512"], 2
RUNNING = ["-timeout=180", "-report_slow_units=2", "-rss_limit_mb=512", "-print_final_stats=1", "-max_len=20000"]
ENV = dict(os.environ, ASAN_OPTIONS="quarantine_size_mb=32")   # freed memory that is held back would count as growth
HEAD = "target\tseconds\tprocesses\tprocessor s\truns\tinputs\tpeak MB\tfindings\n"


def option(name, default):
    if name in sys.argv:
        at = sys.argv.index(name)
        value = type(default)(sys.argv[at + 1])
        del sys.argv[at:at + 2]
        return value
    return default


def targets():
    return sorted(os.path.basename(x)[5:-2] for x in glob.glob(os.path.join(ROOT, "tests", "fuzz", "fuzz_*.c")))


def dictionary(name):
    path = os.path.join(ROOT, "tests", "fuzz", "dict", name + ".dict")
    return ["-dict=" + path] if os.path.exists(path) else []


def again_alone(program, path):
    """Does this input fail when nothing else of ours runs? Its time is that of one run: looking for leaks makes two."""
    quiet = dict(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENV)
    status = subprocess.run([program] + ALONE + [path], **quiet).returncode
    before = processor_time()
    subprocess.run([program, "-detect_leaks=0"] + ALONE + [path], **quiet)
    return status != 0 or processor_time() - before > MOST_SECONDS


def processor_time():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def figure(told, name):
    return [int(x) for x in re.findall(name + r":\s+(\d+)", told)] or [0]


def spell(build, name, seconds, processes):
    """One run of `seconds` by the clock: processor seconds, runs, peak memory."""
    program = os.path.join(build, "tests", "fuzz_" + name)
    corpus, found, place = (os.path.join(build, x, name) for x in ("corpus", "found", "tmp"))
    shutil.rmtree(place, ignore_errors=True)
    for folder in (corpus, found, place):
        os.makedirs(folder, exist_ok=True)
    command = [program, f"-jobs={processes}", f"-workers={processes}", f"-max_total_time={seconds}", f"-artifact_prefix={found}/"] + RUNNING
    command += dictionary(name) + [corpus, os.path.join(ROOT, "tests", "fuzz", "corpus", name)]
    before = processor_time()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=place, env=dict(ENV, TMPDIR=place))
    used, told = processor_time() - before, ""
    for log in sorted(glob.glob(os.path.join(place, "fuzz-*.log"))):
        with open(log, encoding="utf-8", errors="replace") as lines:
            told += lines.read()
    with open(os.path.join(build, name + ".log"), "w", encoding="utf-8") as out:
        out.write(told)
    shutil.rmtree(place, ignore_errors=True)
    return used, sum(figure(told, "number_of_executed_units")), max(figure(told, "peak_rss_mb"))


def run(build, name, row, target, processes, end):
    """Goes on with a target until its row says `target` processor seconds or the clock says `end`; its findings."""
    start = time.time()
    while row["used"] < target - 1 and time.time() < end:
        seconds = max(10, min((target - row["used"]) / processes, 300))
        used, runs, peak = spell(build, name, int(seconds), processes)
        row["used"], row["runs"], row["peak"] = row["used"] + used, row["runs"] + runs, max(row["peak"], peak)
        if used < 1:
            raise SystemExit(f"{name} does not run: see {build}/{name}.log")
    row["seconds"] += time.time() - start
    row["inputs"] = len(os.listdir(os.path.join(build, "corpus", name))) if os.path.isdir(os.path.join(build, "corpus", name)) else 0
    program = os.path.join(build, "tests", "fuzz_" + name)
    findings = [x for x in sorted(glob.glob(os.path.join(build, "found", name, "*"))) if again_alone(program, x)]
    row["findings"] = len(findings)
    return findings


def line(name, row, processes):
    return "{}\t{seconds:.0f}\t{}\t{used:.0f}\t{runs}\t{inputs}\t{peak}\t{findings}\n".format(name, processes, **row)


def read_table(path, names):
    rows = {name: dict(seconds=0, used=0, runs=0, inputs=0, peak=0, findings=0) for name in names}
    if path and os.path.exists(path):
        with open(path, encoding="utf-8") as kept:
            for name, seconds, _, used, runs, inputs, peak, findings in (x.rstrip("\n").split("\t") for x in list(kept)[1:]):
                rows[name] = dict(seconds=int(seconds), used=int(used), runs=int(runs), inputs=int(inputs), peak=int(peak), findings=int(findings))
    return rows


def write_table(path, rows, processes):
    with open(path + ".new", "w", encoding="utf-8") as out:
        out.write(HEAD + "".join(line(name, rows[name], processes) for name in sorted(rows)))
    os.replace(path + ".new", path)


def main():
    asked, rounds, processes = option("--processor-seconds", 120), option("--rounds", 1), option("--processes", 2)
    end, table = time.time() + 60 * option("--most-minutes", 24 * 60), option("--table", "")
    build, names = os.path.abspath(sys.argv[1]), sys.argv[2:] or targets()
    rows, bad = read_table(table, names), set()
    print(HEAD, end="", flush=True)
    for round in range(1, rounds + 1):
        for name in sorted(names, key=lambda x: rows[x]["used"]):
            findings = run(build, name, rows[name], asked * round / rounds, processes, end)
            print(line(name, rows[name], processes) + "".join(f"  {x}\n" for x in findings if x not in bad), end="", flush=True)
            bad.update(findings)
            if table:
                write_table(table, rows, processes)
    return 1 if bad else 2 if any(rows[x]["used"] < asked - 1 for x in names) else 0


sys.exit(main())
