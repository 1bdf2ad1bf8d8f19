#!/usr/bin/env python3
"""Runs fuzz targets for a while, one after another, each in several processes, and says what they found.

usage: fuzz.py BUILD [--seconds N] [--processes N] [--table FILE] [TARGET ...]      BUILD: a folder set up with -Dfuzz=true

What is new goes to BUILD/corpus/TARGET, findings to BUILD/found/TARGET. A finding counts when it is one again alone: on a loaded
machine a run may seem to hang that doesn't. --table adds a line a target: target, seconds, processes, processor seconds, runs, inputs
kept, peak memory in MB (the sanitizers' own included), findings. Exit status 1 when there are any.
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
RUNNING = ["-timeout=20", "-report_slow_units=2", "-rss_limit_mb=512", "-print_final_stats=1", "-max_len=20000"]
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
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([program, "-detect_leaks=0"] + ALONE + [path], **quiet)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return status != 0 or after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime > MOST_SECONDS


def figure(told, name):
    return [int(x) for x in re.findall(name + r":\s+(\d+)", told)] or [0]


def run(build, name, seconds, processes):
    program = os.path.join(build, "tests", "fuzz_" + name)
    corpus, found, place = (os.path.join(build, x, name) for x in ("corpus", "found", "tmp"))
    shutil.rmtree(place, ignore_errors=True)
    for folder in (corpus, found, place):
        os.makedirs(folder, exist_ok=True)
    command = [program, f"-jobs={processes}", f"-workers={processes}", f"-max_total_time={seconds}", f"-artifact_prefix={found}/"] + RUNNING
    command += dictionary(name) + [corpus, os.path.join(ROOT, "tests", "fuzz", "corpus", name)]
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.time()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=place, env=dict(ENV, TMPDIR=place))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = ""
    for log in sorted(glob.glob(os.path.join(place, "fuzz-*.log"))):
        with open(log, encoding="utf-8", errors="replace") as lines:
            told += lines.read()
    with open(os.path.join(build, name + ".log"), "w", encoding="utf-8") as out:
        out.write(told)
    findings = [x for x in sorted(glob.glob(os.path.join(found, "*"))) if again_alone(program, x)]
    shutil.rmtree(place, ignore_errors=True)
    runs, peak = sum(figure(told, "number_of_executed_units")), max(figure(told, "peak_rss_mb"))
    return f"{name}\t{time.time() - start:.0f}\t{processes}\t{used:.0f}\t{runs}\t{len(os.listdir(corpus))}\t{peak}\t{len(findings)}", findings


def main():
    seconds, processes, table = option("--seconds", 60), option("--processes", 2), option("--table", "")
    build = os.path.abspath(sys.argv[1])
    bad = False
    print(HEAD, end="", flush=True)
    for name in sys.argv[2:] or targets():
        line, findings = run(build, name, seconds, processes)
        print(line, flush=True)
        for path in findings:
            print("  " + path, flush=True)
        bad |= bool(findings)
        if table:
            fresh = not os.path.exists(table)
            with open(table, "a", encoding="utf-8") as out:
                out.write((HEAD if fresh else "") + line + "\n")
    return bad


sys.exit(main())
