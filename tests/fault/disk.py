#!/usr/bin/env python3
"""A disk that is full: each verb says so with exit status 3, and what was there before is still there, whole. TAP.

usage: disk.py RECOUPE

/dev/full refuses every byte; a limit on the size of files (RLIMIT_FSIZE) stands for a disk that fills up on the way.
"""
import json
import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
STORY = os.path.join(ROOT, "examples", "crue")
recoupe = os.path.abspath(sys.argv[1])
n = failed = 0


def tap(holds, what, detail=""):
    global n, failed
    n += 1
    failed += not holds
    print(f"{'ok' if holds else 'not ok'} {n} - {what}")
    if not holds:
        print("".join(f"# {line}\n" for line in detail.splitlines()[:10]), end="")


def limit(most):
    def apply():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    return apply


def run(*command, most=None, out=subprocess.PIPE):
    return subprocess.run([recoupe, *command], stdout=out, stderr=subprocess.PIPE, text=True, timeout=120, preexec_fn=limit(most) if most else None)


def said(done):
    return done.returncode == 3 and any(w in done.stderr for w in ("space", "large", "full", "disk")), f"status {done.returncode}: {done.stderr}"


def standard_output(store):
    verbs = {"compare": [STORY], "extract": [STORY], "reuse": [STORY], "stories": [STORY], "list": ["--store", store], "search": ["--store", store, "digue"]}
    for verb, arguments in verbs.items():
        with open("/dev/full", "w", encoding="utf-8") as full:
            tap(*(lambda r: (r[0], f"{verb} to a full disk", r[1]))(said(run(verb, *arguments, out=full))))


def device(place):
    """What is no file is written as it is, by name, and stays what it was."""
    store, pipe, link, target = (os.path.join(place, x) for x in ("a.db", "pipe", "link", "target"))
    for verb in ("extract", "reuse", "stories"):
        done = run(verb, "-o", "/dev/full", STORY)
        tap(done.returncode == 3 and "/dev/full: No space" in done.stderr, f"{verb} -o names what is full", f"status {done.returncode}: {done.stderr}")
        done = run(verb, "-o", "-", STORY)
        tap(done.returncode == 0 and done.stdout.count("\n") > 3, f"{verb} -o - is standard output", f"status {done.returncode}: {done.stderr}")
    n_articles = run("add", "--store", store, STORY).stdout.count("\n")
    os.mkfifo(pipe)
    with open(target, "w", encoding="utf-8") as f:
        f.write("old")
    os.symlink("target", link)
    reading = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE, text=True)
    done = run("export", "--store", store, "-o", pipe)
    if not stat.S_ISFIFO(os.stat(pipe).st_mode):
        reading.kill()   # nobody wrote to it, nobody ever will
    tap(done.returncode == 0 and reading.communicate()[0].count("\n") == n_articles and stat.S_ISFIFO(os.stat(pipe).st_mode), "export -o PIPE writes to it", done.stderr)
    done = run("export", "--store", store, "-o", link)
    with open(target, encoding="utf-8") as f:
        tap(done.returncode == 0 and os.path.islink(link) and f.read().count("\n") == n_articles, "export -o LINK writes where it leads", done.stderr)


def whole_or_not(place):
    path = os.path.join(place, "report.html")
    done = run("compare", "--format", "html", "-o", path, STORY, most=4096)
    holds, why = said(done)
    tap(holds and os.listdir(place) == [], "compare -o: no half of a file, nothing beside it", why + str(os.listdir(place)))
    with open(path, "w", encoding="utf-8") as f:
        f.write("old")
    holds, why = said(run("compare", "--format", "html", "-o", path, STORY, most=4096))
    with open(path, encoding="utf-8") as f:
        tap(holds and f.read() == "old" and os.listdir(place) == ["report.html"], "compare -o over a file: the old one stays", why)


def index(place):
    path = os.path.join(place, "index")
    run("reuse", "--save", path, STORY)
    with open(path, "rb") as f:
        before = f.read()
    holds, why = said(run("reuse", "--index", path, "--save", path, os.path.join(STORY, "a1.txt"), most=1024))
    with open(path, "rb") as f:
        tap(holds and f.read() == before and sorted(os.listdir(place)) == ["index"], "reuse --save: the old index stays", why + str(os.listdir(place)))


def archive(place):
    """The first articles are in; then the disk fills while more come."""
    store = os.path.join(place, "a.db")
    run("add", "--store", store, os.path.join(STORY, "a1.txt"))
    size = os.path.getsize(store)
    path = os.path.join(place, "many.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        for i in range(300):
            f.write(json.dumps({"id": f"n{i}", "title": f"Titre {i}", "text": f"Le bac numéro {i} a été arrêté mardi. " * 40}) + "\n")
    done = run("add", "--store", store, "--format", "jsonl", path, most=size + 300000)
    told = [json.loads(x)["id"] for x in done.stdout.splitlines()]
    holds, why = said(done)
    tap(holds, "add: says that the disk is full", why)
    check = run("check", "--store", store)
    tap(check.returncode == 0, "add: the archive is whole", check.stdout + check.stderr)
    kept = run("export", "--store", store).stdout
    lost = [x for x in told if f'"{x}"' not in kept]
    tap(not lost and "a1.txt" in kept, f"add: the {len(told)} articles that it told are there", str(lost))
    again = run("add", "--store", store, path)
    tap(again.returncode == 0, "add: goes on when there is room again", again.stderr)


def main():
    for part in (whole_or_not, device, index, archive):
        with tempfile.TemporaryDirectory(prefix="recoupe-disk-") as place:
            part(place)
    with tempfile.TemporaryDirectory(prefix="recoupe-disk-") as place:
        store = os.path.join(place, "a.db")
        run("add", "--store", store, STORY)
        standard_output(store)
    print(f"1..{n}")
    return 1 if failed else 0


sys.exit(main())
