#!/usr/bin/env python3
"""Golden tests of the command: TAP lines.

usage: run.py RECOUPE [--update] [CASE...]

A case is a folder: `cmd` is run by bash (pipefail set) in a copy of the folder, $RECOUPE being the command; its standard
output must be that of `out`, its standard error that of `err` (absent: nothing), its exit status that of `status` (absent: 0). --update
writes what was found: read the diff.
"""
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ["out", "err", "status"]


def cases():
    for verb in sorted(os.listdir(HERE)):
        for name in sorted(os.listdir(os.path.join(HERE, verb))) if os.path.isdir(os.path.join(HERE, verb)) else []:
            if os.path.isfile(os.path.join(HERE, verb, name, "cmd")):
                yield f"{verb}/{name}"


def run(recoupe, folder):
    with tempfile.TemporaryDirectory(prefix="recoupe-golden-") as place:
        copy = os.path.join(place, "case")
        shutil.copytree(folder, copy)
        env = {"PATH": os.environ["PATH"], "RECOUPE": recoupe, "LC_ALL": "C.UTF-8", "HOME": place}
        with open(os.path.join(folder, "cmd"), encoding="utf-8") as f:
            script = "set -o pipefail\n" + f.read()
        done = subprocess.run(["bash", "-c", script], cwd=copy, env=env, capture_output=True, timeout=120)
        return {"out": done.stdout, "err": done.stderr, "status": b"%d\n" % done.returncode}


def expected(folder):
    out = {"out": b"", "err": b"", "status": b"0\n"}
    for name in NAMES:
        path = os.path.join(folder, name)
        if os.path.isfile(path):
            with open(path, "rb") as f:
                out[name] = f.read()
    return out


def update(folder, found):
    for name in NAMES:
        path = os.path.join(folder, name)
        plain = b"0\n" if name == "status" else b""
        if found[name] != plain:
            with open(path, "wb") as f:
                f.write(found[name])
        elif os.path.isfile(path):
            os.unlink(path)


def show(want, found):
    for name in NAMES:
        if want[name] != found[name]:
            for sign, text in (("-", want[name]), ("+", found[name])):
                for line in text.decode("utf-8", "replace").splitlines()[:40]:
                    print(f"# {name} {sign} {line}")


def main():
    recoupe, wanted = os.path.abspath(sys.argv[1]), [a for a in sys.argv[2:] if not a.startswith("-")]
    names = [c for c in cases() if not wanted or c in wanted]
    print(f"1..{len(names)}")
    for i, name in enumerate(names, 1):
        folder = os.path.join(HERE, name)
        found = run(recoupe, folder)
        if "--update" in sys.argv:
            update(folder, found)
        want = expected(folder)
        print(("ok" if want == found else "not ok") + f" {i} - {name}")
        show(want, found)


main()
