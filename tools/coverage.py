#!/usr/bin/env python3
"""How much of src/ the tests run: lines and branches by room, and what they don't reach.

usage: coverage.py BUILD [--list FILE]     BUILD: a folder set up with -Db_coverage=true, its tests run

Reads what gcov makes of every object of the library. A line counts once however many objects hold it. Branches that only an assert
or a failed allocation takes count like others. --list writes every stretch of lines that is not reached: file:from-to.
"""
import collections
import glob
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def objects(build):
    return sorted(glob.glob(os.path.join(build, "src", "librecoupe.a.p", "*.gcda")))


def reports(build):
    """One report of gcov for each object."""
    for path in objects(build):
        done = subprocess.run(["gcov", "--json-format", "--stdout", "--branch-probabilities", os.path.abspath(path)], cwd=build,
                              capture_output=True, text=True)
        for line in done.stdout.splitlines():
            if line.startswith("{"):
                yield json.loads(line)


def collect(build):
    """file -> {line: count}, file -> {(line, branch): count}; files of src/ only, without what the build wrote."""
    lines, branches = collections.defaultdict(dict), collections.defaultdict(dict)
    for report in reports(build):
        for f in report["files"]:
            path = os.path.normpath(os.path.join(build, f["file"]))
            name = os.path.relpath(path, ROOT)
            if not name.startswith("src" + os.sep) or not os.path.isfile(path):
                continue
            for line in f["lines"]:
                number = line["line_number"]
                lines[name][number] = max(line["count"], lines[name].get(number, 0))
                for i, branch in enumerate(line["branches"]):
                    key = (number, i)
                    branches[name][key] = max(branch["count"], branches[name].get(key, 0))
    return lines, branches


def share(counts):
    n = len(counts)
    return sum(c > 0 for c in counts), n


def percent(part):
    return 100 * part[0] / part[1] if part[1] else 100


def stretches(counts):
    """Lines that were never run, as (first, last): lines without code between two of them belong to the stretch."""
    out, start, last = [], None, None
    for number in sorted(counts):
        if counts[number]:
            if start is not None:
                out.append((start, last))
            start = None
        else:
            start, last = start or number, number
    if start is not None:
        out.append((start, last))
    return out


def main():
    build = os.path.abspath(sys.argv[1])
    lines, branches = collect(build)
    rooms = collections.defaultdict(list)
    for name in lines:
        parts = name.split(os.sep)
        rooms[parts[1] if len(parts) > 2 else "api"].append(name)
    print("room\tlines\tcovered\tbranches\tcovered")
    for room in sorted(rooms):
        of_lines = share([c for name in rooms[room] for c in lines[name].values()])
        of_branches = share([c for name in rooms[room] for c in branches[name].values()])
        print(f"{room}\t{of_lines[1]}\t{percent(of_lines):.1f}%\t{of_branches[1]}\t{percent(of_branches):.1f}%")
    all_lines, all_branches = share([c for x in lines.values() for c in x.values()]), share([c for x in branches.values() for c in x.values()])
    print(f"all\t{all_lines[1]}\t{percent(all_lines):.1f}%\t{all_branches[1]}\t{percent(all_branches):.1f}%")
    if "--list" in sys.argv:
        path = sys.argv[sys.argv.index("--list") + 1]
        with open(path, "w", encoding="utf-8") as f:
            for name in sorted(lines, key=lambda x: percent(share(list(lines[x].values())))):
                missed = stretches(lines[name])
                if missed:
                    f.write(f"{name}\t{percent(share(list(lines[name].values()))):.1f}%\t{percent(share(list(branches[name].values()))):.1f}%\t")
                    f.write(" ".join(f"{a}-{b}" if a != b else f"{a}" for a, b in missed) + "\n")
        print(f"not reached: {path}")


main()
