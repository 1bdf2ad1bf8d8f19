#!/usr/bin/env python3
"""recoupe-spark beside the command, on one machine: what docs/scale.md says was measured.

usage: run.py BUILD ARTICLES.jsonl[.zst] [--articles N] [--work DIR] [--parts N] [--only NAME,...]

The texts of ARTICLES come again and again, each round in a vocabulary of its own (every word gets two letters before it, as
bench/reuse/grow.c does), until there are N. Checks, in this order; --only takes some of them:

    reuse       local-cluster of two executors: pairs as the command's, after sorting; CPU seconds beside the command's
    again       the same once more: the same bytes
    quarter     a quarter of the articles: what a further article costs once Java runs
    killed      an executor is killed in mid-run
    damaged     a record of JSONL and a member of a WARC file are damaged
    hot         50,000 articles that are one text but for a word, among as many others: memory and time of tasks
    workers     pairs and stories in one session on one executor and on two, as many cores as executors: which is how much faster
    stories     lines of stories as the command's
    both        pairs and stories in one session, beside the command doing one after the other

CPU seconds are those of all processes that were started, Java and Python, user and system. The command's are getrusage's; Spark's are
read from /proc once a second, since PySpark's daemon lets its workers go unwaited and getrusage never hears of them. A task's memory is the most that its
Python worker ever had, mapped files included; what the executor's Java ever had, all its tasks and itself, is told beside it. SPDX-License-Identifier: Apache-2.0
"""
import argparse
import ctypes
import datetime
import glob
import gzip
import json
import os
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import threading
import time

CHECKS = ["reuse", "again", "quarter", "killed", "damaged", "hot", "workers", "stories", "both"]
HOT = 50_000


def texts_of(path):
    if path.endswith(".zst"):
        lines = subprocess.run(["zstd", "-dc", path], check=True, capture_output=True).stdout.splitlines()
    else:
        with open(path, "rb") as file:
            lines = file.read().splitlines()
    return [json.loads(line)["text"].encode() for line in lines]


def grow(texts, n, path):
    word = re.compile(rb"[A-Za-z0-9\x80-\xff]+")
    with open(path, "w", encoding="utf-8") as out:
        for i in range(n):
            r = i // len(texts)
            letters = bytes([97 + r % 26, 97 + r // 26 % 26])
            text = word.sub(lambda m, letters=letters: letters + m[0], texts[i % len(texts)]).decode()
            day = datetime.date(2025, 1, 1) + datetime.timedelta(days=i * 30 // n)
            out.write(json.dumps({"id": str(i), "published": day.isoformat(), "text": text}, ensure_ascii=False) + "\n")


def heat(path, to):
    """Every second article is a notice that differs from the others by its last word."""
    notice = " ".join(f"avis{k} commun{k * 7 % 31}" for k in range(30))
    with open(path, encoding="utf-8") as file, open(to, "w", encoding="utf-8") as out:
        for i, line in zip(range(HOT), file):
            out.write(line)
            out.write(json.dumps({"id": f"h{i}", "text": f"{notice} numero{i}"}) + "\n")


# ---------------------------------------------------------------------------------------------------------- processes


def spent():
    r = resource.getrusage(resource.RUSAGE_CHILDREN)
    return r.ru_utime + r.ru_stime


def reap():
    """Waits for orphans too, which this process has adopted."""
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


def tree():
    """Processes below this one: id, command line, CPU seconds."""
    parents, commands, seconds = {}, {}, {}
    for path in glob.glob("/proc/[0-9]*/stat"):
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
                parents[int(path.split("/")[2])] = int(fields[1])
                seconds[int(path.split("/")[2])] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            with open(path[:-4] + "cmdline", "rb") as file:
                commands[int(path.split("/")[2])] = file.read().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue

    def is_below(pid):
        while pid in parents:
            pid = parents[pid]
            if pid == os.getpid():
                return True
        return False

    return {pid: (commands.get(pid, ""), seconds[pid]) for pid in parents if is_below(pid)}


class Watch(threading.Thread):
    """CPU seconds of each process, the most memory that a Python worker ever had; kills an executor once so many tasks have ended."""

    def __init__(self, events, kill_after):
        super().__init__(daemon=True)
        self.events, self.kill_after = events, kill_after
        self.most, self.most_java, self.killed, self.is_over, self.seconds = 0, 0, None, False, {}

    def run(self):
        while not self.is_over:
            for pid, (command, seconds) in tree().items():
                self.seconds[pid] = seconds
                is_java = "CoarseGrainedExecutorBackend" in command
                if not is_java and "spark.daemon" not in command:
                    continue
                try:
                    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
                        found = re.search(r"VmHWM:\s+(\d+)", file.read())
                except OSError:
                    continue
                peak = int(found[1]) << 10 if found else 0
                self.most, self.most_java = (self.most, max(self.most_java, peak)) if is_java else (max(self.most, peak), self.most_java)
            if self.kill_after and not self.killed and len(tasks_of(self.events)) >= self.kill_after:
                executors = [pid for pid, (c, _) in tree().items() if "CoarseGrainedExecutorBackend" in c and "/java " in c]
                if executors:
                    self.killed = executors[0]
                    os.kill(self.killed, signal.SIGKILL)
            time.sleep(1)


def tasks_of(folder):
    """Tasks that ended well: stage, seconds, execution memory, bytes of shuffle written."""
    found = []
    for path in glob.glob(os.path.join(folder, "*")):
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                if '"SparkListenerTaskEnd"' not in line or not line.endswith("\n"):
                    continue
                e = json.loads(line)
                m = e.get("Task Metrics")
                if m and e["Task End Reason"]["Reason"] == "Success":
                    found.append((e["Stage ID"], m["Executor Run Time"] / 1000, m["Peak Execution Memory"], m["Shuffle Write Metrics"]["Shuffle Bytes Written"]))
    return found


def longest(tasks):
    """The longest task beside the median of its stage, of the two stages where that is most; those that take no time are passed over.

    Tasks of the first stage start Python.
    """
    stages = {}
    for stage, seconds, _, _ in (t for t in tasks if t[0]):
        stages.setdefault(stage, []).append(seconds)
    ratios = [(max(s) / statistics.median(s), k, max(s)) for k, s in stages.items() if len(s) >= 4 and max(s) >= .25]
    return ", ".join(f"{ratio:.1f} (stage {stage}, {seconds:.1f} s)" for ratio, stage, seconds in sorted(ratios, reverse=True)[:2])


class Bench:
    def __init__(self, options):
        self.build, self.work, self.parts = os.path.abspath(options.build), os.path.abspath(options.work), options.parts
        self.n = options.articles
        self.env = {**os.environ, "PYTHONPATH": os.path.join(self.build, "python"), "PYSPARK_PYTHON": sys.executable}

    def path(self, name):
        return os.path.join(self.work, name)

    def command(self, verb, files, out, status=0):
        """The command on one thread; CPU and wall seconds. What it wrote is sorted."""
        form = ["--format", "jsonl"] if verb == "reuse" else []
        before, began = spent(), time.monotonic()
        with open(self.path("command.out"), "wb") as to:
            done = subprocess.run([os.path.join(self.build, "recoupe"), verb, "--quiet", "--threads", "1", *form, *files], stdout=to, stderr=subprocess.DEVNULL, check=False)
        cost = spent() - before, time.monotonic() - began
        assert done.returncode == status, done.returncode
        self.sort([self.path("command.out")], out)
        return cost

    def spark(self, verb, files, out, workers=2, status=0, kill_after=0, parts=0, cores=None):
        """CPU and wall seconds, tasks, the watch, standard error. `verb` of two: both.py, whose results go to out.reuse and out.stories."""
        folder, events = self.path("spark.out"), self.path("events")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(events, ignore_errors=True)
        os.makedirs(events)
        program = ["-m", "recoupe.spark.command", verb] if verb != "both" else [os.path.join(os.path.dirname(os.path.abspath(__file__)), "both.py")]
        watch = Watch(events, kill_after)
        watch.start()
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, *program, *files, "-o", folder, "--master", f"local-cluster[{workers},1,1024]", "--parts",
             str(parts or self.parts), "--conf", "spark.eventLog.enabled=true", "--conf", f"spark.eventLog.dir={events}", "--conf", "spark.ui.enabled=false"],
            env=self.env, stderr=subprocess.PIPE, check=False, preexec_fn=cores and (lambda: os.sched_setaffinity(0, cores)))
        wall = time.monotonic() - began
        watch.is_over = True
        watch.join()
        reap()
        error = done.stderr.decode("utf-8", "replace")
        assert done.returncode == status, error[-3000:]
        for one in ["reuse", "stories"] if verb == "both" else [""]:
            self.sort(glob.glob(os.path.join(folder, one, "part-*")), f"{out}.{one}" if one else out)
        return sum(watch.seconds.values()), wall, tasks_of(events), watch, error

    def sort(self, files, out):
        with open(self.path(out), "wb") as to:
            subprocess.run(["sort", "-S", "25%", *files], env={**self.env, "LC_ALL": "C"}, stdout=to, check=True)

    def same(self, a, b):
        return "same" if subprocess.run(["cmp", "-s", self.path(a), self.path(b)], check=False).returncode == 0 else "DIFFERENT"

    # ------------------------------------------------------------------------------------------------------------ checks

    def reuse(self):
        cpu, _ = self.command("reuse", [self.path("all.jsonl")], "command.reuse")
        mine, wall, tasks, watch, _ = self.spark("reuse", [self.path("all.jsonl")], "spark.reuse")
        self.whole = (self.n, mine, cpu)
        yield "pairs", self.same("spark.reuse", "command.reuse")
        yield "CPU seconds: Spark, command, ratio", f"{mine:.1f}, {cpu:.1f}, {mine / cpu:.1f}"
        yield "wall seconds", f"{wall:.0f}"
        yield "bytes shuffled an article", f"{sum(t[3] for t in tasks) / self.n:.0f}"
        yield "MB of a task, of an executor's Java, at most", f"{watch.most / 1e6:.0f}, {watch.most_java / 1e6:.0f}"

    def again(self):
        self.spark("reuse", [self.path("all.jsonl")], "again.reuse")
        yield "pairs beside the first run", self.same("again.reuse", "spark.reuse")

    def quarter(self):
        cpu, _ = self.command("reuse", [self.path("quarter.jsonl")], "quarter.command")
        mine, *_ = self.spark("reuse", [self.path("quarter.jsonl")], "quarter.spark", parts=2)
        yield "pairs", self.same("quarter.spark", "quarter.command")
        yield "CPU seconds: Spark, command", f"{mine:.1f}, {cpu:.1f}"
        n, all_mine, all_cpu = getattr(self, "whole", (self.n // 4, mine, cpu))
        if n > self.n // 4:
            more = n - self.n // 4
            yield "CPU microseconds a further article: Spark, command, ratio", \
                f"{(all_mine - mine) / more * 1e6:.0f}, {(all_cpu - cpu) / more * 1e6:.0f}, {(all_mine - mine) / (all_cpu - cpu):.1f}"

    def killed(self):
        if not os.path.exists(self.path("command.reuse")):
            self.command("reuse", [self.path("all.jsonl")], "command.reuse")
        *_, tasks, watch, error = self.spark("reuse", [self.path("all.jsonl")], "killed.spark", kill_after=5 * self.parts)
        yield "executor killed", f"after {5 * self.parts} tasks" if watch.killed and "Lost executor" in error else "NO"
        yield "tasks in all", str(len(tasks))
        yield "pairs", self.same("killed.spark", "command.reuse")

    def damaged(self):
        with open(self.path("quarter.jsonl"), "rb") as file, open(self.path("bad.jsonl"), "wb") as out:
            for i, line in zip(range(2000), file):
                out.write(line[:40] + b"\n" if i == 1234 else line)
        self.command("reuse", [self.path("bad.jsonl")], "bad.command", status=1)
        *_, error = self.spark("reuse", [self.path("bad.jsonl")], "bad.spark", status=1)
        yield "row 1235 named", "yes" if "bad.jsonl:1235" in error else "NO"
        yield "pairs of the rest", self.same("bad.spark", "bad.command")
        self.warc(self.path("bad.warc.gz"))
        self.command("reuse", [self.path("bad.warc.gz")], "warc.command", status=1)
        *_, error = self.spark("reuse", [self.path("bad.warc.gz")], "warc.spark", status=1)
        yield "WARC member named", "yes" if "bad.warc.gz" in error else "NO"
        yield "pairs of the rest", self.same("warc.spark", "warc.command")

    def warc(self, path):
        with open(self.path("quarter.jsonl"), encoding="utf-8") as file, open(path, "wb") as out:
            for i, line in zip(range(400), file):
                text = json.loads(line)["text"].replace("<", " ").replace("&", " ").replace("\n", "</p><p>")
                http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><article><p>{text}</p></article></body></html>".encode()
                head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://exemple.test/{i}\r\nWARC-Record-ID: <urn:x:{i}>\r\nWARC-Date: " \
                       f"2025-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
                member = bytearray(gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0))
                if i == 200:
                    member[len(member) // 2:len(member) // 2 + 40] = bytes(40)
                out.write(member)

    def hot(self):
        heat(self.path("all.jsonl"), self.path("hot.jsonl"))
        self.command("reuse", [self.path("hot.jsonl")], "hot.command")
        _, _, tasks, watch, _ = self.spark("reuse", [self.path("hot.jsonl")], "hot.spark", parts=self.parts)
        yield "pairs", self.same("hot.spark", "hot.command")
        yield "MB of a task, of an executor's Java, at most", f"{watch.most / 1e6:.0f}, {watch.most_java / 1e6:.0f}"
        yield "longest task beside the median of its stage", longest(tasks)

    def workers(self):
        walls, works = {}, {}
        for n in (1, 2):
            _, walls[n], _, _, error = self.spark("both", [self.path("all.jsonl")], f"workers{n}", workers=n, cores=sorted(os.sched_getaffinity(0))[:n])
            told = [float(x) for x in re.findall(r"recoupe-spark: .*\(([\d.]+) s\)", error)]
            works[n] = told[-1] - told[0]
        for what, s in (("with the start of Spark", walls), ("from when Spark is there", works)):
            yield f"wall seconds {what}: one, two, ratio", f"{s[1]:.1f}, {s[2]:.1f}, {s[1] / s[2]:.2f}"

    def stories(self):
        cpu, _ = self.command("stories", [self.path("all.jsonl")], "command.stories")
        mine, *_ = self.spark("stories", [self.path("all.jsonl")], "spark.stories")
        yield "lines", self.same("spark.stories", "command.stories")
        yield "CPU seconds: Spark, command, ratio", f"{mine:.1f}, {cpu:.1f}, {mine / cpu:.1f}"

    def both(self):
        cpu = sum(self.command(verb, [self.path("all.jsonl")], f"command.{verb}")[0] for verb in ("reuse", "stories"))
        mine, wall, *_ = self.spark("both", [self.path("all.jsonl")], "both")
        yield "pairs, lines", ", ".join(self.same(f"both.{verb}", f"command.{verb}") for verb in ("reuse", "stories"))
        yield "CPU seconds: Spark, command, ratio", f"{mine:.1f}, {cpu:.1f}, {mine / cpu:.2f}"
        yield "wall seconds", f"{wall:.0f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("build")
    parser.add_argument("file")
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--work", default="spark-bench")
    parser.add_argument("--parts", type=int, default=4)
    parser.add_argument("--only", default=",".join(CHECKS))
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER
    os.makedirs(options.work, exist_ok=True)
    bench = Bench(options)
    if not os.path.exists(bench.path("all.jsonl")):
        grow(texts_of(options.file), bench.n, bench.path("all.jsonl"))
    with open(bench.path("all.jsonl"), "rb") as file, open(bench.path("quarter.jsonl"), "wb") as out:
        out.writelines(line for _, line in zip(range(bench.n // 4), file))
    print("check\twhat\tfigure")
    for name in CHECKS:
        if name in options.only.split(","):
            for what, figure in getattr(bench, name)():
                print(f"{name}\t{what}\t{figure}", flush=True)


if __name__ == "__main__":
    main()
