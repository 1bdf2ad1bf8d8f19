#!/usr/bin/env python3
"""recoupe reuse beside datasketch and rensa, on the same file, in one run, one thread each.

usage: run.py BUILD FILE.jsonl [--venv DIR] [--peers N] [--grow N]

Makes a virtual environment with datasketch and rensa (from PyPI) in BUILD/bench-venv, unless --venv names one. The peers
read the first N texts (4000): they are slow. End to end: read JSONL, sketch, index, query; recoupe besides finds passages
and writes all pairs. Text to sketch: texts in memory. Processor time of the best of three runs; ratios travel, absolute
figures do not. --grow N runs reuse_grow to N articles (1000000 takes 7 GB and some minutes).
"""
import argparse
import os
import resource
import subprocess
import sys

PEERS = r'''
import json, sys, time
texts = [json.loads(l)["text"] for _, l in zip(range(int(sys.argv[2])), open(sys.argv[1], encoding="utf-8"))]
n = len(texts)
def words(t): return t.lower().split()
def shingles(t):
    w = words(t)
    return {w[i] + " " + w[i + 1] for i in range(len(w) - 1)}
def best(f, rounds=3):
    out = []
    for _ in range(rounds):
        t = time.process_time(); f(); out.append(time.process_time() - t)
    return n / min(out)
import datasketch
def sketch_datasketch():
    for t in texts:
        m = datasketch.MinHash(num_perm=128)
        m.update_batch([s.encode() for s in shingles(t)])
def whole_datasketch():
    lsh = datasketch.MinHashLSH(threshold=0.5, num_perm=128)
    for i, l in zip(range(n), open(sys.argv[1], encoding="utf-8")):
        m = datasketch.MinHash(num_perm=128)
        m.update_batch([s.encode() for s in shingles(json.loads(l)["text"])])
        lsh.query(m)
        lsh.insert(str(i), m)
import rensa
def sketch_rensa():
    for t in texts:
        m = rensa.RMinHash(num_perm=128, seed=42)
        m.update(list(shingles(t)))
import importlib.metadata as md
print("datasketch", md.version("datasketch"), "rensa", md.version("rensa"), file=sys.stderr)
print(best(sketch_datasketch, 1), best(whole_datasketch, 1), best(sketch_rensa))
'''


def environment(folder):
    python = os.path.join(folder, "bin", "python3")
    if not os.path.exists(python):
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", "datasketch", "rensa"], check=True)
    return python


def processor_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    ask = argparse.ArgumentParser(usage=__doc__)
    ask.add_argument("build")
    ask.add_argument("file")
    ask.add_argument("--venv")
    ask.add_argument("--peers", type=int, default=4000)
    ask.add_argument("--grow", type=int)
    o = ask.parse_args()
    subprocess.run(["ninja", "-C", o.build, "recoupe", "bench/reuse/reuse_kernels", "bench/reuse/reuse_grow"], check=True, stdout=subprocess.DEVNULL)
    python = environment(o.venv or os.path.join(o.build, "bench-venv"))
    with open(o.file, "rb") as f:
        n = sum(1 for _ in f)
    ours = n / min(processor_seconds([os.path.join(o.build, "recoupe"), "reuse", "--threads", "1", "--format", "jsonl", o.file]) for _ in range(3))
    kernels = subprocess.run([os.path.join(o.build, "bench/reuse/reuse_kernels"), o.file], check=True, capture_output=True, text=True).stdout
    d_sketch, d_whole, r_sketch = map(float, subprocess.run([python, "-c", PEERS, o.file, str(o.peers)], check=True, stdout=subprocess.PIPE, text=True).stdout.split())
    print("what\tprogram\ttexts a second\tof datasketch's")
    print(f"end to end\tdatasketch (128, .5, 2 words)\t{d_whole:.0f}\t1.0")
    print(f"end to end, with passages\trecoupe reuse\t{ours:.0f}\t{ours / d_whole:.1f}")
    print(f"text to sketch\tdatasketch\t{d_sketch:.0f}\t1.0")
    print(f"text to sketch\trensa, Python's lower().split()\t{r_sketch:.0f}\t{r_sketch / d_sketch:.1f}")
    for line in kernels.splitlines()[1:]:
        isa, what, rate, _ = line.split("\t")
        if what == "words and sketch":
            print(f"text to sketch\trecoupe, {isa}\t{float(rate):.0f}\t{float(rate) / d_sketch:.1f}")
    print()
    print(kernels, end="")
    if o.grow:
        print(flush=True)
        subprocess.run([os.path.join(o.build, "bench/reuse/reuse_grow"), o.file, str(o.grow)], check=True)


if __name__ == "__main__":
    main()
