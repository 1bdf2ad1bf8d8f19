#!/usr/bin/env python3
"""Is the command in its cage while it reads, out of it with --no-cage, and does every verb work inside? TAP.

usage: cage.py RECOUPE
"""
import ctypes
import http.server
import os
import subprocess
import sys
import tempfile
import threading
import time

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


def status_of(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as f:
        return dict(line.split(":", 1) for line in f)


def mode_while_reading(*options):
    """What /proc says of seccomp while the command waits for input."""
    child = subprocess.Popen([recoupe, "extract", *options, "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with open(f"/proc/{child.pid}/syscall", encoding="utf-8") as f:
                if f.read().startswith("0 0x0 "):   # read() of standard input
                    return status_of(child.pid).get("Seccomp", "").strip()
            time.sleep(0.05)
    finally:
        child.stdin.close()
        child.wait()
    return "it never read"


def run(*command, **more):
    done = subprocess.run([recoupe, *command], capture_output=True, text=True, timeout=120, **more)
    return done.returncode, done.stdout, done.stderr


def verbs(place):
    store, report, index = (os.path.join(place, x) for x in ("press.db", "report.html", "index"))
    pool = os.path.join(place, "pool")
    links = os.path.join(place, "story")
    os.makedirs(links), os.makedirs(pool)
    for name in sorted(os.listdir(STORY)):
        if name.endswith(".txt"):
            with open(os.path.join(STORY, name), "rb") as f, open(os.path.join(pool, name), "wb") as g:
                g.write(f.read())
            os.symlink(os.path.join("..", "pool", name), os.path.join(links, name))
    yield ["compare", links], "a folder of links"
    yield ["compare", "--format", "html", "-o", report, STORY], "-o"
    yield ["compare", "--format", "html", "-o", report, STORY], "-o over a file"
    yield ["compare", "--lang-dir", os.path.join(ROOT, "data", "lang"), "--threads", "2", STORY], "--lang-dir, threads"
    yield ["extract", "-o", os.path.join(place, "out.jsonl"), STORY], "extract -o"
    yield ["reuse", "--threads", "4", "--save", index, "--boilerplate", os.path.join(place, "cut"), STORY], "reuse --save"
    yield ["reuse", "--index", index, os.path.join(STORY, "a1.txt")], "reuse --index"
    yield ["stories", "--final", STORY], "stories"
    yield ["add", "--store", store, STORY], "add"
    yield ["list", "--store", store], "list"
    yield ["search", "--store", store, "digue"], "search"
    yield ["check", "--store", store], "check"


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def read_links(place):
    """Inputs that are links: the cage leaves connections open for them, and the file that keeps the answers."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: Quiet(*a, directory=STORY))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kept = os.path.join(place, "kept.warc")
    status, out, err = run("extract", "--allow-private", "--save-warc", kept, f"http://127.0.0.1:{server.server_port}/a1.txt")
    server.shutdown()
    if "libcurl" in err:
        print(f"# {err.strip()}")
    else:
        tap(status == 0 and "a1.txt" in out and os.path.getsize(kept) > 0, "in the cage: a link, what it answers kept", err)


def main():
    can = ctypes.CDLL(None).prctl(21, 0, 0, 0, 0) == 0 and os.uname().machine in ("x86_64", "aarch64")   # PR_GET_SECCOMP
    if can:
        found = mode_while_reading()
        tap(found == "2", "extract reads behind a seccomp filter", found)
        found = mode_while_reading("--no-cage")
        tap(found == "0", "--no-cage", found)
    with tempfile.TemporaryDirectory(prefix="recoupe-cage-") as place:
        for command, what in verbs(place):
            status, out, err = run(*command)
            kept = [x for x in err.splitlines() if "ermission" in x or "not implemented" in x or "not permitted" in x]
            tap(status in (0, 1) and not kept and status == run(*command, "--no-cage")[0], f"in the cage: {what}", f"status {status}\n{err}")
        read_links(place)
        status, out, err = run("compare", os.path.join(place, "missing"), STORY)
        tap(status == 1 and "No such file" in err, "a missing file is told as before", err)
    print(f"1..{n}")
    return 1 if failed else 0


sys.exit(main())
