#!/usr/bin/env python3
"""Limits that a user sets: what is larger is named and left out, the rest is done; what makes no sense is refused. Prints TAP.

usage: limits.py RECOUPE
"""
import gzip
import json
import os
import subprocess
import sys
import tempfile

SAID = "The council of Arvelle keeps its bridge open through the winter. "


def record(name, times):
    return json.dumps({"id": name, "title": "Bridge", "text": SAID * times}) + "\n"


def files(place):
    """The same two articles, a small one behind one of about 6 KB, in several forms."""
    page = lambda times: f"<!doctype html><title>Bridge</title><h1>Bridge</h1><p>{SAID * times}</p>"
    item = lambda times: f"<item><title>Bridge</title><link>https://arvelle.example/{times}</link><description>{SAID * times}</description></item>"
    all_of = {"two.jsonl": record("large", 100) + record("small", 3), "large.txt": SAID * 100, "large.html": page(100),
              "feed.xml": f"<rss version='2.0'><channel>{item(100)}{item(3)}</channel></rss>"}
    for name, text in all_of.items():
        with open(os.path.join(place, name), "w", encoding="utf-8") as out:
            out.write(text)
    with gzip.open(os.path.join(place, "two.jsonl.gz"), "wt", encoding="utf-8") as out:
        out.write(all_of["two.jsonl"])
    blocks = [f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page(n)}".encode() for n in (100, 3)]
    with open(os.path.join(place, "two.warc"), "wb") as out:
        for i, block in enumerate(blocks):
            out.write(f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://arvelle.example/{i}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n")


def main():
    recoupe, n, failed = os.path.abspath(sys.argv[1]), 0, 0

    def told(name, is_right, done):
        nonlocal n, failed
        n += 1
        failed += not is_right
        print(f"{'ok' if is_right else 'not ok'} {n} - {name}")
        if not is_right:
            print(f"# status {done.returncode}: {done.stderr.strip()[:300]}")

    with tempfile.TemporaryDirectory() as place:
        files(place)
        run = lambda *args: subprocess.run([recoupe, *args], capture_output=True, text=True, cwd=place)
        for verb in ("extract", "stories", "reuse"):
            for name in ("two.jsonl", "two.jsonl.gz"):
                done = run(verb, name, "--format", "jsonl", "--max-article", "2K", *(["--articles"] if verb == "reuse" else []))
                told(f"{verb} {name}: the small one comes out", done.returncode == 1 and '"small"' in done.stdout and '"large"' not in done.stdout
                     and done.stderr.count("too long") + done.stderr.count("larger than 2048 bytes") == 1, done)
        done = run("extract", "two.warc", "--format", "jsonl", "--max-article", "5000")
        told("a record of a WARC", done.returncode == 1 and done.stdout.count("\n") == 1 and "larger than" in done.stderr, done)
        for name in ("large.txt", "large.html", "feed.xml"):
            done = run("extract", name, "--max-article", "2K")
            told(f"{name} is named", done.returncode == 1 and "larger than 2048 bytes (--max-article)" in done.stderr, done)
            done = run("extract", name, "--max-article", "1M")
            told(f"{name} fits", done.returncode == 0 and SAID.strip() in done.stdout, done)
        done = run("compare", "two.jsonl", "--max-telling", "1K", "--format", "json")
        told("compare reads the beginning", done.returncode == 0 and "only the first" in done.stdout + done.stderr, done)
        for value in ("0", "-1", "12X", "1KK", "K", "", "99999999999G", "2G"):
            done = run("extract", "two.jsonl", "--max-article", value)
            told(f"no limit of {value or 'nothing'}", done.returncode == 2 and not done.stdout, done)
    print(f"1..{n}")
    return 1 if failed else 0


sys.exit(main())
