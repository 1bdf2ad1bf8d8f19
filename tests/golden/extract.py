#!/usr/bin/env python3
"""Run `recoupe extract` over trap pages and hold its answers against what each case expects.

usage: extract.py RECOUPE [CASE...]      RECOUPE: the program; CASE: folders under tests/golden/extract, all without one

A case is a folder with page.html, written for this repository about an invented town, and expect.txt:
    title|byline|published|publisher|url|language: VALUE      that field, exactly
    own: TEXT        the own text holds it
    not: TEXT        the own text does not
    once: TEXT       the own text holds it once
    says: TEXT       standard error holds it; a case without says nothing there
A page of a hundred thousand nested tags is made here, not kept.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "extract")


def extract(program, path):
    run = subprocess.run([program, "extract", "--format", "jsonl", path], capture_output=True, text=True, encoding="utf-8", timeout=60)
    return (json.loads(run.stdout) if run.stdout.strip() else {}), run.stderr.strip()


def faults(answer, message, expected):
    text = " ".join((answer.get("text") or "").split(" "))
    lines = [line.split(": ", 1) for line in expected.split("\n") if line]
    if message and not any(key == "says" for key, _ in lines):
        yield f"said: {message}"
    for key, value in lines:
        if key == "own" and value not in text:
            yield f"lost: {value}"
        elif key == "not" and value in text:
            yield f"kept: {value}"
        elif key == "once" and text.count(value) != 1:
            yield f"{text.count(value)} times: {value}"
        elif key == "says" and value not in message:
            yield f"did not say: {value}"
        elif key not in ("own", "not", "once", "says") and answer.get(key) != value:
            yield f"{key} is {answer.get(key)!r}, not {value!r}"


def deepest(program):
    words = "The town of Arvelle keeps its bridge open through the winter, its council said on Monday."
    with tempfile.NamedTemporaryFile("w", suffix=".html") as page:
        page.write("<!doctype html><title>Deep</title>" + "<div>" * 100000 + f"<p>{words}</p>")
        page.flush()
        answer, message = extract(program, page.name)
    return [] if words in (answer.get("text") or "") else [f"lost in the depth {message}"]


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    program, bad = sys.argv[1], 0
    names = sys.argv[2:] or sorted(os.listdir(HERE)) + ["nested-100000"]
    print(f"1..{len(names)}")
    for i, name in enumerate(names, 1):
        if name == "nested-100000":
            wrong = deepest(program)
        else:
            answer, message = extract(program, os.path.join(HERE, name, "page.html"))
            wrong = list(faults(answer, message, open(os.path.join(HERE, name, "expect.txt"), encoding="utf-8").read()))
        print(f"{'not ok' if wrong else 'ok'} {i} - {name}")
        for fault in wrong:
            print(f"#   {fault}")
        bad += bool(wrong)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
