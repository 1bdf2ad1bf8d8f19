#!/usr/bin/env python3
"""Kill `recoupe add` at random moments: what it reported must be in the archive, once.

usage: kill.py RECOUPE [ROUNDS]
Generated articles about invented places; every round adds the same input to the same archive, so that the last ones
meet a file that was cut off many times. Prints one line; exit status 1 when the archive broke its word.
"""
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

N_ARTICLES = 1500


def article(i, rng):
    place, person = f"Verrick{rng.randrange(400)}", f"Brandvold{rng.randrange(900)}"
    words = " ".join(f"skarre{rng.randrange(5000)}" for _ in range(80))
    return {"id": f"n{i}", "title": f"A bridge near {place} is closed", "language": "en",
            "text": f"The bridge near {place} was closed, {person} of the harbour office said. {words}."}


def add_and_kill(recoupe, store, source, wait):
    with subprocess.Popen([recoupe, "add", "--store", store, source], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as p:
        time.sleep(wait)
        p.kill()
        out = p.stdout.read().decode()
    return {json.loads(line)["id"] for line in out.splitlines(True) if line.endswith("\n")}


def main():
    recoupe, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 8
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        store, source = f"{folder}/a.db", f"{folder}/in.jsonl"
        Path(source).write_text("".join(json.dumps(article(i, rng)) + "\n" for i in range(N_ARTICLES)))
        reported = set()
        for _ in range(rounds):
            reported |= add_and_kill(recoupe, store, source, rng.uniform(0, .35))
        checked = subprocess.run([recoupe, "check", "--store", store], capture_output=True, text=True)
        db = sqlite3.connect(store)
        have = [row[0] for row in db.execute("SELECT key FROM article")]
        missing, twice = reported - set(have), len(have) - len(set(have))
        print(f"kill rounds {rounds} reported {len(reported)} kept {len(have)} missing {len(missing)} twice {twice} check {checked.returncode}")
        sys.exit(1 if missing or twice or checked.returncode else 0)


if __name__ == "__main__":
    main()
