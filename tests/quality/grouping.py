#!/usr/bin/env python3
"""Score `recoupe stories --final` on labelled articles: B-cubed F1, precision, recall. run.py calls it; by itself it prints rows.

usage: grouping.py RECOUPE

The sets of ../shared/data/stories as they are; `undated`: those that have dates without them; `mixed`: all articles of all sets, shuffled,
so that French and English, dated and undated, small stories and large ones come in one stream; `alone`: one article of each story,
where every join is wrong; `own`: the stories of this repository in one stream. One setting for all.
"""
import glob
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SHARED = os.path.join(os.path.dirname(ROOT), "shared")


def b_cubed(gold, said):
    keys = [(gold[i], said.get(i, i)) for i in gold]
    both, g, s, n = Counter(keys), Counter(k for k, _ in keys), Counter(k for _, k in keys), len(keys)
    precision = sum(c * c / s[k] for (_, k), c in both.items()) / n
    recall = sum(c * c / g[k] for (k, _), c in both.items()) / n
    return 2 * precision * recall / (precision + recall), precision, recall


def grouped(recoupe, rows):
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as f:
        f.writelines(json.dumps({k: v for k, v in r.items() if k != "cluster"}, ensure_ascii=False) + "\n" for r in rows)
        f.flush()
        done = subprocess.run([recoupe, "stories", "--final", "--format", "jsonl", f.name], check=True, stdout=subprocess.PIPE)
    return {r["id"]: r["story"] for r in map(json.loads, done.stdout.splitlines())}


def labelled():
    for path in sorted(glob.glob(os.path.join(SHARED, "data", "stories", "*.jsonl"))):
        name = os.path.basename(path)[:-len(".jsonl")]
        with open(path, encoding="utf-8") as f:
            rows = [json.loads(line) for line in f]
        yield name, [dict(r, id="%s/%s" % (name, r["id"]), cluster="%s/%s" % (name, r["cluster"])) for r in rows]


def own():
    for path in sorted(glob.glob(os.path.join(ROOT, "examples", "crue", "*.txt")) + glob.glob(os.path.join(HERE, "stories", "*", "*.txt"))):
        with open(path, encoding="utf-8") as f:
            yield {"id": path, "cluster": os.path.dirname(path), "text": f.read()}


def alone(rows):
    seen = set()
    for r in rows:
        if r["cluster"] not in seen:
            yield r
        seen.add(r["cluster"])


def sets():
    all_rows = []
    for name, rows in labelled():
        all_rows += rows
        yield name, rows
        if any(r.get("published") for r in rows):
            yield name + " undated", [{k: v for k, v in r.items() if k != "published"} for r in rows]
    random.Random(1).shuffle(all_rows)
    if all_rows:
        yield "mixed", all_rows
        yield "alone", list(alone(all_rows))
    yield "own", list(own())


def rows(recoupe):
    """(set, name, figure, value) of each; and the mean of the sets as they are."""
    f1 = []
    for name, articles in sets():
        figures = b_cubed({r["id"]: r["cluster"] for r in articles}, grouped(recoupe, articles))
        if "." in name and " " not in name:
            f1.append(figures[0])
        for figure, value in zip(("bcubed_f1", "bcubed_precision", "bcubed_recall"), figures):
            yield "grouping", name, figure, value
    if f1:
        yield "grouping", "mean", "bcubed_f1", sum(f1) / len(f1)


if __name__ == "__main__":
    for row in rows(sys.argv[1]):
        print("%s\t%s\t%s\t%.3f" % row)
