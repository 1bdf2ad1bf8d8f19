#!/usr/bin/env python3
"""Long runs: what a terminal shows of them, and what is written when somebody stops them. Prints TAP.

usage: long.py RECOUPE
"""
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

SENTENCE = "The council of Arvelle decided on Monday to keep the bridge open through the winter."


def record(i):
    return json.dumps({"id": f"r{i}", "title": f"Bridge {i}", "text": f"{SENTENCE} It was decision number {i} of the year."}) + "\n"


def on_terminal(command, feed=None, stop_after=None, stop_when=None, seconds=60):
    """Runs with standard error on a terminal; returns what it showed, standard output and the exit status.
    Interrupts it after a time, or when the terminal has shown a pattern (on a fast machine a time comes too late)."""
    ours, theirs = pty.openpty()
    with tempfile.TemporaryFile() as out:
        run = subprocess.Popen(command, stdin=subprocess.PIPE if feed else subprocess.DEVNULL, stdout=out, stderr=theirs)
        os.close(theirs)
        shown, begun, stopped = b"", time.monotonic(), False
        while time.monotonic() - begun < seconds:
            if feed and not stopped:
                try:
                    run.stdin.write(feed(time.monotonic() - begun))
                    run.stdin.flush()
                except BrokenPipeError:
                    feed = None
            late = stop_after and time.monotonic() - begun > stop_after
            if not stopped and (late or stop_when and re.search(stop_when, shown)):
                run.send_signal(signal.SIGINT)
                stopped = True
            if select.select([ours], [], [], 0.05)[0]:
                try:
                    shown += os.read(ours, 65536)
                except OSError:
                    break
        try:
            run.wait(10)
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
        if run.stdin:
            try:
                run.stdin.close()
            except BrokenPipeError:
                pass
        os.close(ours)
        out.seek(0)
        return shown.decode(errors="replace"), out.read().decode(), run.returncode


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    program = sys.argv[1]
    results = []
    try:
        for end in pty.openpty():
            os.close(end)
    except OSError as e:
        print(f"1..0 # SKIP no pseudo-terminal here: {e}")
        return 0

    def ok(what, good, shown=""):
        results.append(bool(good))
        print(f"{'ok' if good else 'not ok'} {len(results)} - {what}")
        if not good:
            print("#   " + repr(shown)[:600])

    def whole(lines):
        """Lines that are whole records, in order and none left out."""
        ids = [json.loads(line)["id"] for line in lines.splitlines()]
        return len(ids) if ids == [f"r{i}" for i in range(len(ids))] else -1

    with tempfile.TemporaryDirectory() as temp:
        path = os.path.join(temp, "many.jsonl")
        with open(path, "w") as f:
            f.writelines(record(i) for i in range(400000))
        extract = [program, "extract", "--format", "jsonl"]

        shown, out, status = on_terminal(extract + [path], stop_when=rb"(?s)left.*left")
        lines = re.findall(r"([\d,]+) records  ([\d,]+)/s(  \d+:\d\d left)?", shown)
        ok("a terminal sees records, rate and time left", lines and any(line[2] for line in lines), shown)
        ok("the line rewrites itself", shown.count("\r") >= len(lines) and "\n" not in shown.split("recoupe:")[0], shown)
        ok("Ctrl-C: whole records, none left out", whole(out) > 0, out[-300:])
        ok("Ctrl-C: the count that is said is what is written", f"after {whole(out):,} records" in shown, (whole(out), shown[-200:]))
        ok("Ctrl-C: a shell sees the signal", status == -signal.SIGINT, status)

        shown, out, status = on_terminal(extract + ["--quiet", path], stop_after=1.0)
        ok("--quiet shows no progress", "/s" not in shown, shown)
        written = os.path.join(temp, "out.jsonl")
        shown, out, status = on_terminal(extract + ["-o", written, path], stop_when=rb"left")
        ok("Ctrl-C: -o FILE holds what is done", whole(open(written).read()) > 0 and not out, shown)

        shown, out, status = on_terminal(extract + ["-"], feed=lambda t: (record(0) if t < 0.05 else "").encode(), stop_after=1.5, seconds=8)
        ok("Ctrl-C ends a wait for standard input", status == -signal.SIGINT and "stopped" in shown, (status, shown))

        run = subprocess.run(extract + [path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120)
        ok("no terminal, no progress", run.returncode == 0 and not run.stderr, run.stderr[-300:])

        store = os.path.join(temp, "store.db")
        shown, out, status = on_terminal([program, "add", "--store", store, "--format", "jsonl", path], stop_after=2.5)
        listed = subprocess.run([program, "list", "--store", store, "--format", "jsonl", "--limit", "1000000"], capture_output=True, text=True, timeout=60)
        ok("add: what was said is in the archive after Ctrl-C", 0 < out.count("\n") and status == -signal.SIGINT, (out.count("\n"), status, shown, listed.stderr))
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
