#!/usr/bin/env python3
"""Mixed load for hours: `recoupe add` writes an archive that `recoupe serve` shows and many ask.

usage: soak.py RECOUPE [--hours H | --seconds S] [--rate N] [--readers N] [--fill N] [--patience SECONDS]

Articles are made of the sample stories' paragraphs under a fixed seed: N (1,500) at first, so that stories are as large as a dossier can be
and a larger archive asks for no more memory, then 20 with each of N calls of add a minute. Readers ask for the front page, searches,
stories and articles, as pages and as JSON, and wait for each SECONDS (60) at most. It fails when an answer is no 200 or 304, when the median of serve's memory (RSS) in the last
minute is more than 5 % above that of the second (tenths of the run, when it is shorter), when the archive is not whole in the end, or when
an article that add said was there is not. Prints a line a minute.
"""
import glob
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def option(name, usual):
    return type(usual)(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else usual


def paragraphs():
    out = []
    for path in sorted(glob.glob(os.path.join(ROOT, "examples", "crue", "*.txt")) + glob.glob(os.path.join(ROOT, "tests", "quality", "stories", "*", "*.txt"))):
        with open(path, encoding="utf-8") as f:
            out.append([p for p in f.read().split("\n") if len(p) > 100])
    return [x for x in out if x]


class Load:
    def __init__(self, recoupe, place):
        self.recoupe, self.store, self.place = recoupe, os.path.join(place, "soak.db"), place
        self.told, self.stories, self.errors, self.asked = [], [], [], 0
        self.texts, self.rng, self.stop, self.lock = paragraphs(), random.Random(20241107), threading.Event(), threading.Lock()
        self.n, self.patience = 0, option("--patience", 60)

    def fail(self, what):
        with self.lock:
            self.errors.append(what)

    def lines(self, count):
        for _ in range(count):
            own, other = self.rng.choice(self.texts), self.rng.choice(self.texts)
            body = [p for p in own if self.rng.random() < 0.7] + [p for p in other if self.rng.random() < 0.2]
            text = "\n\n".join(re.sub(r"\b\d{2}\b", lambda m: str(self.rng.randrange(10, 99)) if self.rng.random() < 0.2 else m.group(), p) for p in body)
            self.n += 1
            yield json.dumps({"id": f"soak-{self.n}", "title": (body or own)[0][:80], "text": text or own[0],
                              "published": "2025-%02d-%02d" % (1 + self.n // 28 % 12, 1 + self.n % 28)})

    def add(self, count=20):
        given = "\n".join(self.lines(count)) + "\n"
        done = subprocess.run([self.recoupe, "add", "--store", self.store, "--format", "jsonl", "--input", "jsonl", "-"], input=given, capture_output=True, text=True)
        if done.returncode:
            self.fail(f"add: status {done.returncode}: {done.stderr[:300]}")
        rows = [json.loads(x) for x in done.stdout.splitlines()]
        if len(rows) != count:
            self.fail(f"add: {len(rows)} lines for {count} articles")
        with self.lock:
            self.told += [r["id"] for r in rows]
            self.stories = list(dict.fromkeys(self.stories + [r["story"] for r in rows]))

    def adder(self, rate):
        while not self.stop.wait(60 / rate):
            self.add()

    def reader(self, port, seed):
        rng, link = random.Random(seed), None
        while not self.stop.is_set():
            with self.lock:
                story, article = rng.choice(self.stories), rng.choice(self.told)
            quote = lambda s: urllib.parse.quote(str(s), safe="")
            path = rng.choice(["/", "/search?q=digue", "/search?q=" + quote("préfecture"), "/story/" + quote(story), "/article/" + quote(article), "/index.json",
                               "/search.json?q=digue", "/story/" + quote(story) + ".json", "/article/" + quote(article) + ".json", "/openapi.json"])
            try:
                link = link or http.client.HTTPConnection("127.0.0.1", port, timeout=self.patience)
                link.request("GET", path)
                answer = link.getresponse()
                answer.read()
                if answer.status not in (200, 304):
                    self.fail(f"{path}: {answer.status}")
            except (OSError, http.client.HTTPException) as error:
                link = None
                if not self.stop.is_set():
                    self.fail(f"{path}: {error!r}")
            with self.lock:
                self.asked += 1
            time.sleep(rng.random() * 0.1)


def memory(pid):
    with open(f"/proc/{pid}/status", encoding="utf-8") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read())[1]) / 1024


def wait_port(server):
    for line in server.stderr:
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if found:
            return int(found[1])
    raise SystemExit("serve did not start")


def lost(load):
    """Ids that add told and that no story of the archive lists."""
    found = set()
    for story in load.stories:
        done = subprocess.run([load.recoupe, "export", "--store", load.store, story], capture_output=True, text=True)
        found.update(re.findall(r'"(soak-\d+)"', done.stdout))
    return sorted(set(load.told) - found)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))   # nothing of it is left behind
    recoupe = os.path.abspath(sys.argv[1])
    seconds = option("--seconds", 0) or int(option("--hours", 1.0) * 3600)
    with tempfile.TemporaryDirectory(prefix="recoupe-soak-") as place:
        load = Load(recoupe, place)
        load.add(option("--fill", 1500))
        server = subprocess.Popen([recoupe, "serve", "--store", load.store, "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        port = wait_port(server)
        threading.Thread(target=lambda: [None for _ in server.stderr], daemon=True).start()
        threads = [threading.Thread(target=load.reader, args=(port, i)) for i in range(option("--readers", 8))]
        threads.append(threading.Thread(target=load.adder, args=(option("--rate", 6),)))
        for t in threads:
            t.start()
        start, seen, minute = time.time(), [], min(60, seconds / 10)
        try:
            while time.time() - start < seconds and server.poll() is None:
                time.sleep(1)
                seen.append((time.time() - start, memory(server.pid)))
                if seen[-1][0] // 60 > (seen[-2][0] // 60 if len(seen) > 1 else 0):
                    print(f"{seen[-1][0]:.0f} s: {seen[-1][1]:.1f} MB, {load.asked} asked, {len(load.told)} articles, {len(load.errors)} errors", flush=True)
        except BaseException:
            load.stop.set()
            server.kill()
            raise
        load.stop.set()
        for t in threads:
            t.join()
        median = lambda of: sorted(of)[len(of) // 2] if of else 0
        first, last = median([m for t, m in seen if minute <= t < 2 * minute]), median([m for t, m in seen if t >= seconds - minute])
        most = max(m for t, m in seen)
        server.send_signal(signal.SIGINT)
        status = server.wait(30)
        whole = subprocess.run([recoupe, "check", "--store", load.store], capture_output=True, text=True)
        gone = lost(load)
        growth = 100 * (last - first) / first if first else 0
        print(f"{seconds} s, {load.asked} requests, {len(load.told)} articles in {len(load.stories)} stories; RSS {first:.1f} MB, at most {most:.1f}, "
              f"last {last:.1f} ({growth:+.1f} %); {len(load.errors)} errors, {len(gone)} lost, serve ended with {status}, check with {whole.returncode}")
        for line in load.errors[:10] + gone[:10] + whole.stdout.splitlines()[:5]:
            print("  " + line)
        return 1 if load.errors or gone or growth > 5 or status or whole.returncode else 0


sys.exit(main())
