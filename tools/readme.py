#!/usr/bin/env python3
"""Put the demo's own output into README.md, between its two marks.

usage: readme.py RECOUPE [--check]     --check: say whether it is up to date, change nothing
"""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
BEGIN, END = "<!-- demo:begin -->\n", "<!-- demo:end -->\n"
LINES = 60


def output(recoupe):
    folder = os.path.join(ROOT, "examples", "crue")
    files = sorted(os.path.join("examples", "crue", f) for f in os.listdir(folder) if f.endswith(".txt"))
    command = [os.path.abspath(recoupe), "compare", "--format", "text", "--color", "never", "--locale", "en"] + files
    env = dict(os.environ, COLUMNS="96")
    text = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE).stdout.decode()
    lines = text.split("\n")
    shown = lines[:LINES] + (["    ..."] if len(lines) > LINES else [])
    return "".join(("    " + line).rstrip() + "\n" for line in shown)


def main():
    path = os.path.join(ROOT, "README.md")
    with open(path, encoding="utf-8") as f:
        old = f.read()
    begin, end = old.index(BEGIN) + len(BEGIN), old.index(END)
    new = old[:begin] + "\n" + output(sys.argv[1]) + "\n" + old[end:]
    if "--check" in sys.argv:
        sys.exit(0 if new == old else "README.md shows another output: run tools/readme.py build/recoupe")
    with open(path, "w", encoding="utf-8") as f:
        f.write(new)


main()
