#!/usr/bin/env python3
"""Ours and the peers over one set of pages, in one table: how good, how fast.

usage: run.py RECOUPE SET_FOLDER [--venv DIR] [--score SCORE.py] [--only NAME,NAME] [--limit N]

SET_FOLDER   html/ and gold.jsonl ({"id","text"} or {"id","with","without"}, and "title","author","date")
--venv       where the peers are installed, made when it is not there (default: bench-venv beside this file)
--score      a scorer called as SCORE.py SET_FOLDER CANDIDATE.jsonl, whose lines are printed under the table

Peers: trafilatura (fast and standard, both with metadata), readability-lxml, jusText, from the package index. Each runs
in a process of its own over the same pages on one core; speed is pages a second of processor time, so that other work on
the machine does not show, with start-up and reading left out for the peers and counted for us.
"""
import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import venv
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = ["trafilatura", "readability-lxml", "lxml_html_clean", "jusText"]
PEERS = ["trafilatura-fast", "trafilatura", "readability-lxml", "justext"]
WORD = re.compile(r"\w+")

PEER = r'''
import json, os, sys, time
name, folder, out = sys.argv[1:4]
if name.startswith("trafilatura"):
    from trafilatura import bare_extraction
    def run(page):
        d = bare_extraction(page, include_comments=False, with_metadata=True, fast=name.endswith("fast"))
        d = d.as_dict() if d is not None and hasattr(d, "as_dict") else d or {}
        return {k: d.get(v) for k, v in (("text", "text"), ("title", "title"), ("byline", "author"), ("published", "date"))}
elif name == "readability-lxml":
    from readability import Document
    from lxml.html import fromstring
    def run(page):
        d = Document(page)
        return {"text": fromstring(d.summary()).text_content(), "title": d.short_title()}
else:
    import justext
    words = frozenset().union(*(justext.get_stoplist(l) for l in ("English", "German", "French", "Spanish", "Italian")))
    def run(page):
        return {"text": "\n".join(p.text for p in justext.justext(page, words) if not p.is_boilerplate)}
pages = [(f, open(os.path.join(folder, f), "rb").read().decode("utf-8", "replace")) for f in sorted(os.listdir(folder))]
spent = 0
with open(out, "w", encoding="utf-8") as f:
    for source, page in pages:
        begin = time.process_time()
        try:
            row = run(page)
        except Exception as e:
            row = {"text": "", "error": str(e)}
        spent += time.process_time() - begin
        f.write(json.dumps({"source": source, **row}, ensure_ascii=False) + "\n")
print(len(pages), spent)
'''


def shingles(words):
    return Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def mean(values):
    return sum(values) / len(values) if values else 0.0


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def quality(gold, path):
    rows = {os.path.splitext(os.path.basename(r["source"]))[0]: r for r in map(json.loads, open(path, encoding="utf-8"))}
    p, r, tp, fp, fn, meta = [], [], 0, 0, 0, {"title": [0, 0], "author": [0, 0], "date": [0, 0]}
    for g in gold:
        row = rows.get(g["id"], {})
        text = row.get("text") or ""
        if g.get("text") is not None:
            a, b = shingles(WORD.findall(g["text"])), shingles(WORD.findall(text))
            hit = sum((a & b).values())
            p.append(hit / max(1, sum(b.values())))
            r.append(hit / max(1, sum(a.values())))
        else:
            flat = " ".join(text.split())
            have, wrong = (sum(" ".join(s.split()) in flat for s in g[k]) for k in ("with", "without"))
            tp, fn, fp = tp + have, fn + len(g["with"]) - have, fp + wrong
        for field, ours in (("title", "title"), ("author", "byline"), ("date", "published")):
            want = g.get(field)
            if want:
                want, got = "; ".join(want) if isinstance(want, list) else want, row.get(ours) or ""
                right = got[:10] == want[:10] if field == "date" else WORD.findall(got.lower()) == WORD.findall(want.lower())
                meta[field][0] += right
                meta[field][1] += 1
    score = f1(mean(p), mean(r)) if p else 2 * tp / max(1, 2 * tp + fp + fn)
    return score, [a / b if b else None for a, b in meta.values()]


def cpu_of_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def table_row(name, n, seconds, gold, path):
    score, meta = quality(gold, path)
    cells = "".join("      -" if m is None else f"  {m:.3f}" for m in meta)
    print(f"{name:18}  {score:.4f}{cells}  {n / seconds:9.1f}", flush=True)


def main():
    arg = argparse.ArgumentParser(usage=__doc__)
    arg.add_argument("recoupe")
    arg.add_argument("folder")
    arg.add_argument("--venv", default=os.path.join(HERE, "bench-venv"))
    arg.add_argument("--score")
    arg.add_argument("--only", default=",".join(["recoupe"] + PEERS))
    arg.add_argument("--limit", type=int, default=0)
    o = arg.parse_args()
    names = o.only.split(",")
    python = os.path.join(o.venv, "bin", "python")
    if not os.path.exists(python) and names != ["recoupe"]:
        venv.create(o.venv, with_pip=True)
        for package in PACKAGES:
            subprocess.run([python, "-m", "pip", "install", "-q", package], check=True)
    with tempfile.TemporaryDirectory() as temp:
        folder, html = os.path.join(temp, "html"), os.path.join(o.folder, "html")
        os.mkdir(folder)
        files = sorted(os.listdir(html))[: o.limit or None]
        for f in files:
            os.symlink(os.path.abspath(os.path.join(html, f)), os.path.join(folder, f))
        ids = {os.path.splitext(f)[0] for f in files}
        gold = [g for g in map(json.loads, open(os.path.join(o.folder, "gold.jsonl"), encoding="utf-8")) if g["id"] in ids]
        print(f"{len(files)} pages of {o.folder}\n{'':18}  text F1  title  author   date  pages/s")
        for name in names:
            out = os.path.join(temp, name + ".jsonl")
            if name == "recoupe":
                begin = cpu_of_children()
                with open(out, "wb") as f:
                    subprocess.run([o.recoupe, "extract", "--format", "jsonl", "--quiet", "--threads", "1", folder], stdout=f, check=False)
                n, seconds = len(files), cpu_of_children() - begin
            else:
                run = subprocess.run([python, "-c", PEER, name, folder, out], capture_output=True, text=True, check=True)
                n, seconds = map(float, run.stdout.split())
            table_row(name, n, seconds, gold, out)
            if o.score:
                print(subprocess.run([sys.executable, o.score, o.folder, out], capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()
