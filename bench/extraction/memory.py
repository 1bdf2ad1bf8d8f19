#!/usr/bin/env python3
"""Does a stream of pages take constant memory? Peak resident size of `recoupe extract` over few and many records.

usage: memory.py RECOUPE PAGES_FOLDER [FEW MANY]     1,000 and 20,000 when not said

The folder's pages are repeated as a WARC and as JSONL through a pipe, written by another process, and as a folder of links. This
process stays small, since a child's peak counts what its parent held before it became another program.
"""
import os
import subprocess
import sys
import tempfile

FEED = r'''
import json, os, sys
kind, folder, n, out = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.stdout.buffer
names = sorted(os.listdir(folder))
try:
    for i in range(n):
        page = open(os.path.join(folder, names[i % len(names)]), "rb").read()
        if kind == "jsonl":
            out.write(json.dumps({"id": str(i), "html": page.decode("utf-8", "replace")}).encode() + b"\n")
        else:
            body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            out.write(b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://arvelle.example/%d\r\n"
                      b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (i, len(body), body))
except BrokenPipeError:
    pass
'''


def links(folder, n, at):
    names = sorted(os.listdir(folder))
    for i in range(n):
        os.symlink(os.path.abspath(os.path.join(folder, names[i % len(names)])), os.path.join(at, f"{i:07}.html"))


def peak(command, stdin):
    run = subprocess.Popen(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(run.pid, 0)
    return used.ru_maxrss / 1024, used.ru_utime + used.ru_stime, os.waitstatus_to_exitcode(status)


def main():
    if len(sys.argv) not in (3, 5):
        raise SystemExit(__doc__)
    program, folder = sys.argv[1:3]
    command = [program, "extract", "--quiet", "--threads", "1", "--format", "jsonl"]
    for n in map(int, sys.argv[3:] or ("1000", "20000")):
        for kind in ("warc", "jsonl", "folder"):
            with tempfile.TemporaryDirectory() as temp:
                if kind == "folder":
                    links(folder, n, temp)
                    mb, seconds, status = peak(command + [temp], subprocess.DEVNULL)
                else:
                    feed = subprocess.Popen([sys.executable, "-c", FEED, kind, folder, str(n)], stdout=subprocess.PIPE)
                    mb, seconds, status = peak(command + ["-"], feed.stdout)
                    feed.stdout.close()
                    feed.wait()
            print(f"{kind:8} {n:8} records  {mb:6.1f} MB  {n / seconds:7.0f}/s  exit status {status}", flush=True)


if __name__ == "__main__":
    main()
