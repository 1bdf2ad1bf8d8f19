#!/usr/bin/env python3
"""Archives in bad weather: two writers at once, a reader beside them, a disk that fills up. Prints TAP.

usage: disk.py RECOUPE
The full disk is a limit on how large a file may grow (RLIMIT_FSIZE): a write beyond it fails as on a full disk.
"""
import json
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

N = 400


def article(i, rng):
    place, person = "Verrick%d" % rng.randrange(90), "Brandvold%d" % rng.randrange(200)
    words = " ".join("skarre%d" % rng.randrange(3000) for _ in range(80))
    return {"id": "n%d" % i, "title": "A bridge near %s is closed" % place, "language": "en",
            "text": "The bridge near %s was closed, %s of the harbour office said. %s." % (place, person, words)}


def write(path, first, n, seed):
    rng = random.Random(seed)
    Path(path).write_text("".join(json.dumps(article(i, rng)) + "\n" for i in range(first, first + n)))


def ids(out):
    return {json.loads(line)["id"] for line in out.decode().splitlines(True) if line.endswith("\n")}


class Tap:
    n = failed = 0

    def ok(self, good, what):
        self.n += 1
        self.failed += not good
        print("%s %d - %s" % ("ok" if good else "not ok", self.n, what), flush=True)


def limit(size):
    def set_limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return set_limit


def kept(store):
    db = sqlite3.connect(store)
    rows = [row[0] for row in db.execute("SELECT key FROM article")]
    db.close()
    return rows


def two_writers(tap, recoupe, folder):
    store = folder + "/two.db"
    write(folder + "/a.jsonl", 0, N, 1)
    write(folder + "/b.jsonl", N // 2, N, 2)          # half of the ids are in both, with other words
    subprocess.run([recoupe, "add", "--store", store, folder + "/a.jsonl"], capture_output=True)
    write(folder + "/c.jsonl", 2 * N, N, 3)
    writers = [subprocess.Popen([recoupe, "add", "--store", store, folder + "/" + f], stdout=subprocess.PIPE) for f in ("b.jsonl", "c.jsonl", "c.jsonl")]
    reads = [subprocess.run([recoupe, "list", "--store", store], capture_output=True).returncode for _ in range(5)]
    reported = set()
    for p in writers:
        reported |= ids(p.communicate()[0])
    tap.ok(all(p.returncode == 0 for p in writers), "three writers at once all end well")
    tap.ok(not any(reads), "a reader beside them is never turned away")
    rows = kept(store)
    fresh = [r for r in rows if int(r[1:]) >= 2 * N]
    tap.ok(reported <= set(rows), "what each reported is there")
    tap.ok(len(fresh) == N and len(set(fresh)) == N, "what two of them added is there once")
    tap.ok(subprocess.run([recoupe, "check", "--store", store], capture_output=True).returncode == 0, "the archive is whole")


def full_disk(tap, recoupe, folder):
    store = folder + "/full.db"
    write(folder + "/d.jsonl", 0, N, 4)
    subprocess.run([recoupe, "add", "--store", store, folder + "/d.jsonl"], capture_output=True, check=True)
    write(folder + "/e.jsonl", N, N, 5)
    reported = set(kept(store))
    size = Path(store).stat().st_size
    said = b""
    for extra in (4 << 10, 64 << 10, 256 << 10, 512 << 10, 1 << 20):
        p = subprocess.run([recoupe, "add", "--store", store, folder + "/e.jsonl"], capture_output=True, preexec_fn=limit(size + extra))
        reported |= ids(p.stdout)
        said += p.stderr
    tap.ok(b"full" in said or b"disk I/O" in said, "a full disk is named")
    tap.ok(reported <= set(kept(store)), "what was reported before is there")
    tap.ok(len(kept(store)) == len(set(kept(store))), "nothing is there twice")
    tap.ok(subprocess.run([recoupe, "check", "--store", store], capture_output=True).returncode == 0, "the archive is whole")
    p = subprocess.run([recoupe, "add", "--store", store, folder + "/e.jsonl"], capture_output=True)
    tap.ok(p.returncode == 0 and len(kept(store)) == 2 * N, "with room again the rest is added")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        two_writers(tap, sys.argv[1], folder)
        full_disk(tap, sys.argv[1], folder)
    print("1..%d" % tap.n)
    sys.exit(1 if tap.failed else 0)


if __name__ == "__main__":
    main()
