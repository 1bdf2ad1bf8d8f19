#!/usr/bin/env python3
"""Runs every line with `$` of docs/coming-from.md: TAP lines. A command must end well and, unless it writes a file, say something.

usage: coming_from.py RECOUPE [FOLDER]

With FOLDER only makes there what the page speaks of: for tests of its Python.
"""
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
NEWS = ("La passerelle du Vieux-Moulin restera fermée jusqu'au 12 avril, dit la mairie de Sarnoy. Deux câbles ont été trouvés rompus pendant la visite "
        "annuelle. Les travaux coûteront 86 000 euros, payés pour moitié par le département.")
PAGE = os.path.join(os.path.dirname(os.path.dirname(HERE)), "docs", "coming-from.md")


def furnish(place):
    shutil.copy(os.path.join(HERE, "extract", "bem-sidebar-content", "page.html"), os.path.join(place, "page.html"))
    os.mkdir(os.path.join(place, "pages"))
    for name in ("bem-sidebar-content", "caption-credit", "date-in-url"):
        shutil.copy(os.path.join(HERE, "extract", name, "page.html"), os.path.join(place, "pages", name + ".html"))
    days = [os.path.join(HERE, "reuse", "query", "day%d.jsonl" % i) for i in (1, 2)]
    with open(os.path.join(place, "articles.jsonl"), "wb") as out:
        for day in days:
            with open(day, "rb") as f:
                out.write(f.read())
    with open(os.path.join(place, "new.jsonl"), "w", encoding="utf-8") as out:
        out.write(json.dumps({"id": "radio", "published": "2024-03-08", "text": NEWS}) + "\n")


def main():
    recoupe = os.path.abspath(sys.argv[1])
    if len(sys.argv) > 2:
        return furnish(sys.argv[2])
    with open(PAGE, encoding="utf-8") as f:
        commands = [line[6:].rstrip() for line in f if line.startswith("    $ ")]
    failed = False
    with tempfile.TemporaryDirectory(prefix="recoupe-coming-") as place:
        furnish(place)
        for number, command in enumerate(commands, 1):
            script = "set -o pipefail; recoupe() { %s \"$@\"; }; %s" % (shlex.quote(recoupe), command)
            done = subprocess.run(["bash", "-c", script], cwd=place, capture_output=True, timeout=60)
            writes = " -o " in command or " --save " in command
            ok = done.returncode == 0 and (done.stdout.strip() or writes)
            failed = failed or not ok
            print("%sok %d - %s" % ("" if ok else "not ", number, command))
            if not ok:
                print("# status %d: %s" % (done.returncode, done.stderr.decode("utf-8", "replace")[:300].replace("\n", " ")))
    print("1..%d" % len(commands))
    return failed or not commands


sys.exit(main())
