#!/usr/bin/env python3
"""How fast the demo archive's pages are: tab-separated lines.

usage: run.py RECOUPE LOAD [REQUESTS]

Server and client share one core (taskset, where it is at hand). 64 lines at a time, plain and gzipped, as browsers ask.
Exit status 1 when an answer was wrong or a story page's p99 is 50 ms or more.
"""
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LINES, LIMIT_MS = "64", 50


def segment(thing):
    return urllib.parse.quote(thing, safe="").replace(".", "%2E")


def main():
    recoupe, load = (os.path.abspath(x) for x in sys.argv[1:3])
    requests = sys.argv[3] if len(sys.argv) > 3 else "10000"
    core = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    slow = False
    with tempfile.TemporaryDirectory(prefix="recoupe-bench-") as folder:
        store, log = os.path.join(folder, "press.db"), os.path.join(folder, "log")
        crue = os.path.join(ROOT, "examples", "crue")
        files = [os.path.join("examples", "crue", f) for f in sorted(os.listdir(crue)) if re.match(r"a\d\.txt", f)]
        subprocess.run([recoupe, "add", "--store", store, "--quiet", *files], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
        server = subprocess.Popen(core + [recoupe, "serve", "--store", store, "--listen", "0", "--quiet"], stderr=open(log, "wb"))
        port = None
        while not port:
            time.sleep(0.05)
            with open(log, encoding="utf-8") as f:
                port = (re.search(r":(\d+)/", f.read()) or [None, None])[1]
        try:
            days = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/index.json"))["days"]
            story = "/story/" + segment(days[0]["stories"][0]["id"])
            print("page\tas\trequests\terrors\tseconds\tbytes\tp50\tp90\tp99\tlongest")
            for name, path in (("story", story), ("story as JSON", story + ".json"), ("article", story.replace("/story/", "/article/", 1)), ("stories", "/"), ("search", "/search?q=digue")):
                for form, header in (("gzip", ["Accept-Encoding: gzip"]), ("plain", [])):
                    done = subprocess.run(core + [load, port, path, requests, LINES, *header], capture_output=True, text=True, check=False)
                    print(f"{name}\t{form}\t{done.stdout.strip() or done.stderr.strip()}", flush=True)
                    slow = slow or done.returncode != 0 or (name == "story" and form == "gzip" and float(done.stdout.split("\t")[6]) >= LIMIT_MS)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=20)
    sys.exit(slow)


main()
