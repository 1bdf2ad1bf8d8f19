#!/usr/bin/env python3
"""Run every program of examples/api on the sample story and look for what its README promises: TAP.

usage: examples.py FOLDER            the folder that holds the programs, named example_NAME or NAME
"""
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STORY = os.path.join(ROOT, "examples", "crue")
FILES = [os.path.join(STORY, f"a{i}.txt") for i in range(1, 9)]


def checks(place):
    """name, arguments, standard input, expected exit status, does the output (text, standard error) do?"""
    html = os.path.join(place, "report.html")
    missing = os.path.join(place, "missing.txt")
    text = "La digue de Brévigny a cédé jeudi à l'aube, a annoncé la préfecture du Val-d'Orvance, qui parle de deux morts.\n"
    yield "compare", FILES, "", 0, lambda out, err: "independent origin" in out
    yield "memory", [], "", 0, lambda out, err: json.loads(out)["summary"]["articles"] == 2
    yield "report", [html] + FILES, "", 0, lambda out, err: '<html lang=fr' in open(html, encoding="utf-8").read()
    yield "diagnostics", FILES + [missing], "", 1, lambda out, err: "missing.txt" in out and "1 of 9" in out
    yield "extract", FILES, "", 0, lambda out, err: out.count("sure ") == 8 and "Northgate" in out
    yield "reuse", FILES, "", 0, lambda out, err: "copy " in out and "passage " in out
    yield "originality", [], text + text, 0, lambda out, err: [x.split("\t")[1] for x in out.splitlines()] == ["1.00", "0.00"]
    yield "stories", FILES, "", 0, lambda out, err: out.count("\t") == 16 and "began" in out and "joined" in out
    yield "archive", [os.path.join(place, "a.db"), "digue"] + FILES, "", 0, lambda out, err: out.count("story ") >= 5
    yield "threads", FILES, "", 0, lambda out, err: [json.loads(x)["source"] for x in out.splitlines()] == FILES


def program(folder, name):
    path = os.path.join(folder, "example_" + name)
    return path if os.path.exists(path) else os.path.join(folder, name)


def main():
    failed = n = 0
    with tempfile.TemporaryDirectory(prefix="recoupe-examples-") as place:
        for name, arguments, given, status, does in checks(place):
            done = subprocess.run([program(sys.argv[1], name)] + arguments, input=given.encode(), capture_output=True, timeout=120)
            out, err = done.stdout.decode(), done.stderr.decode()
            good = done.returncode == status and does(out, err)
            n += 1
            failed += not good
            print(f"{'ok' if good else 'not ok'} {n} - {name}")
            if not good:
                print("".join(f"# {line}\n" for line in [f"status {done.returncode}"] + (out[:1000] + err[:1000]).splitlines()), end="")
    listed = open(os.path.join(ROOT, "examples", "api", "README.md"), encoding="utf-8").read().count("](")
    print(f"{'ok' if listed == n else 'not ok'} {n + 1} - README.md lists {listed}, {n} were run\n1..{n + 1}")
    return 1 if failed or listed != n else 0


sys.exit(main())
