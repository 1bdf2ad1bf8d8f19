#!/usr/bin/env python3
"""recoupe reuse beside datasketch and rensa, on the same file, in one run, one thread each.

usage: run.py BUILD FILE.jsonl[.zst] [--venv DIR] [--peers N] [--grow N] [--no-peers]

Makes a virtual environment with datasketch and rensa (from PyPI) in BUILD/bench-venv, unless --venv names one. The peers
read the first N texts (4000): they are slow. All times are processor time, the best of three runs: ratios travel, absolute figures
do not. --grow N runs reuse_grow to N articles (1000000 takes 7 GB and a minute).

Tab-separated tables, each under a line that begins with #:
- text to sketch: texts in memory. For rensa the words of two are made by Python's lower().split(); its kernel alone is given hashes.
- end to end: read JSONL, sketch, index, ask; recoupe besides finds passages with their places and writes all pairs.
- memory: bytes an article, as `recoupe reuse` prints them.
- bad input: 2,000 articles and 10,000, whose time and memory an article must not grow.
- questions: the whole of FILE as an index, held against its first texts: loading, then a text.
- growth, with --grow.
"""
import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile

PEERS = r'''
import json, sys, time
import importlib.metadata as md
import numpy
import datasketch, rensa
lines = [l for _, l in zip(range(int(sys.argv[2])), open(sys.argv[1], encoding="utf-8"))]
texts = [json.loads(l)["text"] for l in lines]
n = len(texts)
def shingles(t):
    w = t.lower().split()
    return [w[i] + " " + w[i + 1] for i in range(len(w) - 1)]
def best(f, rounds=3):
    out = []
    for _ in range(rounds):
        t = time.process_time(); f(); out.append(time.process_time() - t)
    return n / min(out)
def tell(*cells):
    print(*cells, sep="\t")
def of_datasketch(t):
    m = datasketch.MinHash(num_perm=128)
    m.update_batch([s.encode() for s in shingles(t)])
    return m
def whole_datasketch():
    lsh = datasketch.MinHashLSH(threshold=0.5, num_perm=128)
    for i, l in enumerate(lines):
        m = of_datasketch(json.loads(l)["text"])
        lsh.query(m)
        lsh.insert(str(i), m)
def whole_rensa():
    lsh = rensa.RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    for i, l in enumerate(lines):
        m = rensa.RMinHash(num_perm=128, seed=42)
        m.update(shingles(json.loads(l)["text"]))
        lsh.query(m)
        lsh.insert(i, m)
def one_by_one():
    for t in texts:
        m = rensa.RMinHash(num_perm=128, seed=42)
        m.update(shingles(t))
def at_once():
    rensa.RMinHash.digest_matrix_from_token_sets([shingles(t) for t in texts], 128, 42)
d, r = "datasketch " + md.version("datasketch"), "rensa " + md.version("rensa")
tell("sketch", d + ", update_batch", best(lambda: [of_datasketch(t) for t in texts], 1))
tell("sketch", r + ", RMinHash.update", best(one_by_one))
tell("sketch", r + ", digest_matrix_from_token_sets", best(at_once))
sizes = [max(1, len(shingles(t))) for t in texts]
offsets = numpy.concatenate([[0], numpy.cumsum(sizes)]).astype(numpy.uint64)
hashes = numpy.random.default_rng(1).integers(0, 2**63, int(offsets[-1]), dtype=numpy.uint64)
for name in ("digest_matrix_from_flat_token_hashes", "digest_matrix_from_flat_token_hashes_rho"):
    tell("kernel", r + ", " + name, best(lambda: getattr(rensa.RMinHash, name)(hashes, offsets, 128, 42)))
tell("whole", d + ", MinHashLSH(.5)", best(whole_datasketch, 1))
tell("whole", r + ", RMinHashLSH(.5, 32 bands)", best(whole_rensa))
'''


def environment(folder):
    python = os.path.join(folder, "bin", "python3")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "datasketch", "rensa", "numpy"], check=True)
    return python


def processor_seconds(command, rounds=3):
    """The least of so many runs, and what was written to standard error."""
    times = []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times), done.stderr.decode()


def table(title, head, rows):
    print("# " + title)
    for row in [head] + rows:
        print("\t".join("%.0f" % c if isinstance(c, float) and c >= 10 else "%.1f" % c if isinstance(c, float) else str(c) for c in row))
    print(flush=True)


def kernels(build, path):
    done = subprocess.run([os.path.join(build, "bench/reuse/reuse_kernels"), path], check=True, capture_output=True, text=True)
    return [(isa, what, float(rate)) for isa, what, rate, _ in (line.split("\t") for line in done.stdout.splitlines()[1:])]


def bad_inputs(place, n):
    """Texts of one kind each: as many copies of one; all with one footer; one word over and over."""
    text = "".join("le m%d vu par m%d " % (i * i % 997, i % 89) for i in range(120))
    own = lambda i: "".join("a%d b%d " % (i * 131 + k, i + k * k) for k in range(150))
    kinds = {"copies of one text": lambda i: text, "one footer": lambda i: own(i) + text[:400], "unlike texts": own,
             "one word, 100 times": lambda i: "mot " * 100}
    for kind, make in kinds.items():
        path = os.path.join(place, "bad.jsonl")
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(json.dumps({"id": str(i), "text": make(i)}) + "\n" for i in range(n))
        yield kind, path


def peak(command):
    done = subprocess.run(["/usr/bin/env", "python3", "-c", "import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL,"
                           "stderr=subprocess.DEVNULL);print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"] + command, check=True, capture_output=True)
    return int(done.stdout) * 1024


def bad_input_table(recoupe, place):
    rows = {}
    for n in (2000, 10000):
        for kind, path in bad_inputs(place, n):
            command = [recoupe, "reuse", "--threads", "1", "--format", "jsonl", path]
            seconds, said = processor_seconds(command)
            pairs = sum(map(int, re.search(r"(\d+) near-duplicate pairs, (\d+) passage", said).groups()))
            rows.setdefault(kind, [kind]).extend([1e6 * seconds / n, peak(command) / n / 1e3, pairs / n])
    word = os.path.join(place, "word.jsonl")
    with open(word, "w", encoding="utf-8") as f:
        f.writelines(json.dumps({"id": str(i), "text": "mot " * 1000000}) + "\n" for i in range(2))
    seconds, _ = processor_seconds([recoupe, "reuse", "--threads", "1", "--format", "jsonl", word], 1)
    table("bad input", ["articles", "us each of 2,000", "kB each", "pairs each", "us each of 10,000", "kB each", "pairs each"], list(rows.values()))
    table("one word a million times, twice", ["seconds"], [["%.2f" % seconds]])


def question_table(recoupe, path, place):
    index, few = os.path.join(place, "all.idx"), os.path.join(place, "few.jsonl")
    subprocess.run([recoupe, "reuse", "--quiet", "--save", index, "-o", "/dev/null", path], check=True)
    with open(path, "rb") as f, open(few, "wb") as g:
        lines = [line for _, line in zip(range(2000), f)]
        g.writelines(lines)
    load, _ = processor_seconds([recoupe, "reuse", "--index", index, "--format", "jsonl"])
    asked, _ = processor_seconds([recoupe, "reuse", "--index", index, "--query", "--articles", "--format", "jsonl", "--threads", "1", few])
    table("questions", ["index", "MB", "ms to load and check", "us a question"],
          [[os.path.basename(path), os.path.getsize(index) / 1e6, 1e3 * load, 1e6 * (asked - load) / len(lines)]])


def main():
    ask = argparse.ArgumentParser(usage=__doc__)
    ask.add_argument("build")
    ask.add_argument("file")
    ask.add_argument("--venv")
    ask.add_argument("--peers", type=int, default=4000)
    ask.add_argument("--no-peers", action="store_true")
    ask.add_argument("--grow", type=int)
    o = ask.parse_args()
    subprocess.run(["ninja", "-C", o.build, "recoupe", "bench/reuse/reuse_kernels", "bench/reuse/reuse_grow"], check=True, stdout=subprocess.DEVNULL)
    recoupe = os.path.abspath(os.path.join(o.build, "recoupe"))
    with tempfile.TemporaryDirectory(prefix="recoupe-bench-") as place:
        path = o.file
        if path.endswith(".zst"):
            path = os.path.join(place, os.path.basename(path)[:-4])
            subprocess.run(["zstd", "-dq", o.file, "-o", path], check=True)
        peers = []
        if not o.no_peers:
            python = environment(o.venv or os.path.join(o.build, "bench-venv"))
            done = subprocess.run([python, "-c", PEERS, path, str(o.peers)], check=True, stdout=subprocess.PIPE, text=True)
            peers = [(what, name, float(rate)) for what, name, rate in (line.split("\t") for line in done.stdout.splitlines())]
        with open(path, "rb") as f:
            n = sum(1 for _ in f)
        seconds, said = processor_seconds([recoupe, "reuse", "--threads", "1", "--format", "jsonl", path])
        ours = kernels(o.build, path)
        of = {(isa, what): rate for isa, what, rate in ours}
        best = {what: next((rate for w, _, rate in peers if w == what), None) for what in ("sketch", "whole", "kernel")}
        row = lambda name, rate, what: [name, rate, rate / best[what] if best[what] else "-"]
        head = lambda what: ["program", "texts a second", "times " + next((name.split(",")[0] for w, name, _ in peers if w == what), "-")]
        table("text to sketch", head("sketch"), [row(name, rate, "sketch") for w, name, rate in peers if w == "sketch"] +
              [row("recoupe, " + isa, rate, "sketch") for isa, what, rate in ours if what == "words and sketch"])
        table("hashes to sketch", head("kernel"), [row(name, rate, "kernel") for w, name, rate in peers if w == "kernel"] +
              [row("recoupe", of["-", "hashes to sketch"], "kernel")])
        table("end to end", head("whole"), [row(name, rate, "whole") for w, name, rate in peers if w == "whole"] +
              [row("recoupe reuse, with passages", n / seconds, "whole")])
        near, passages = map(int, re.search(r"near-duplicates (\d+) bytes an article, passages (\d+)", said).groups())
        table("memory", ["bytes an article for near-duplicates", "for passages"], [[near, passages]])
        bad_input_table(recoupe, place)
        question_table(recoupe, path, place)
        if o.grow:
            print("# growth", flush=True)
            subprocess.run([os.path.join(o.build, "bench/reuse/reuse_grow"), path, str(o.grow)], check=True)


if __name__ == "__main__":
    main()
