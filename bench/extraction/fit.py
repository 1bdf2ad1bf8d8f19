#!/usr/bin/env python3
"""Fit the weights of src/clean/html_model.c on labelled pages, or say how good they are.

usage: fit.py FEATURES_PROGRAM OUT.c SET_FOLDER...     fits on all pages and writes the table
       fit.py FEATURES_PROGRAM --cross SET_FOLDER...   five fits on four fifths each, scored on the fifth left out

FEATURES_PROGRAM   build/bench/extraction/html_features (ninja -C build bench/extraction/html_features)
SET_FOLDER         gold.jsonl and html/: gold has the article's "text", or segments "with" and "without"

A fifth is a set of whole sites, so that no fold has seen another page of a site it is scored on. A line of a page with
gold text is own when at least half of its word 4-grams are in the gold; a line of three words and fewer when it stands
in the gold next to the lines it stands next to on the page. Lines count by their words, pages alike. Every page counts a
second time without its classes and ids: what a page of unknown words looks like.

Needs numpy and catboost.
"""
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from urllib.parse import urlsplit

import numpy as np
from catboost import CatBoostClassifier, Pool

WORD = re.compile(r"\w+")
TREES, DEPTH, RATE, SCALE = 300, 6, 0.07, 1024
FAR = 255
FOLDS = 5


def squeezed(text):
    return re.sub(r"\s+", " ", text or "").strip()


def fold_of(gold):
    host = urlsplit(gold["url"]).netloc.lower().removeprefix("www.") or gold["id"]
    if not host.endswith((".co.uk", ".com.au", ".gov.uk", "wordpress.com", "blogspot.com")):
        host = ".".join(host.split(".")[-2:])
    return int(hashlib.sha256(host.encode()).hexdigest(), 16) % FOLDS


def read_set(program, folder, names):
    gold = {g["id"]: g for g in map(json.loads, open(os.path.join(folder, "gold.jsonl"), encoding="utf-8"))}
    html = os.path.join(folder, "html")
    with tempfile.TemporaryDirectory() as temp:
        rows, pages = os.path.join(temp, "rows"), os.path.join(temp, "pages")
        with open(rows, "wb") as r, open(pages, "wb") as p:
            files = sorted(os.path.join(html, f) for f in os.listdir(html))
            subprocess.run(["bash", "-c", '"$0" "$@" 3>&%d' % r.fileno(), program, *files], stdout=p, pass_fds=[r.fileno()], check=True)
        rows = np.fromfile(rows, dtype=np.uint8).reshape(-1, len(names))
        at, out = 0, []
        for line in open(pages, encoding="utf-8"):
            page = json.loads(line)
            g = gold[os.path.splitext(os.path.basename(page["source"]))[0]]
            n = len(page["blocks"])
            out.append({"gold": g, "blocks": page["blocks"], "x": rows[at:at + n], "fold": fold_of(g)})
            at += n
    return out


def label_by_text(page):
    gold = [w.lower() for w in WORD.findall(page["gold"]["text"])]
    blocks = [[w.lower() for w in WORD.findall(b)] for b in page["blocks"]]
    grams = set(zip(gold, gold[1:], gold[2:], gold[3:]))
    own = np.zeros(len(blocks), np.int8)
    places = {}
    for i, w in enumerate(gold):
        places.setdefault(w, []).append(i)
    for i, b in enumerate(blocks):
        if len(b) > 3:
            own[i] = 2 * sum(g in grams for g in zip(b, b[1:], b[2:], b[3:])) >= len(b) - 3
    for i, b in enumerate(blocks):
        if not b or len(b) > 3:
            continue
        before = next((blocks[k] for k in range(i - 1, max(-1, i - 12), -1) if own[k]), [])[-3:]
        after = next((blocks[k] for k in range(i + 1, min(len(blocks), i + 12)) if own[k] and len(blocks[k]) > 3), [])[:3]
        for q in places.get(b[0], []):
            end = q + len(b)
            if gold[q:end] == b and ((before and gold[max(0, q - len(before)):q] == before) or (after and gold[end:end + 3] == after)):
                own[i] = 1
                break
    words = np.array([len(b) for b in blocks], float)
    return own, np.minimum((words + 1.5) / (words[own > 0].sum() + 60), 0.25) * 10


def label_by_segments(page):
    flat = [squeezed(b) for b in page["blocks"]]
    own, known = np.zeros(len(flat), np.int8), np.zeros(len(flat))
    for key, value in (("with", 1), ("without", 0)):
        for segment in map(squeezed, page["gold"][key]):
            for i, text in enumerate(flat):
                if segment in text:
                    known[i] = not (known[i] and own[i] != value)
                    own[i] = value
    words = np.array([len(WORD.findall(b)) for b in page["blocks"]])
    return own, known * np.sqrt(np.minimum(words, 40) + 2) / 8


def label(page):
    page["y"], page["w"] = (label_by_text if page["gold"].get("text") is not None else label_by_segments)(page)


def without_classes(x, names):
    x = x.copy()
    for i, name in enumerate(names):
        if name.startswith(("SHARE_", "UP_")):
            x[:, i] = FAR
    return x


def train(pages, names):
    x, y, w = (np.concatenate([p[k] for p in pages]) for k in "xyw")
    known = w > 0
    x, y, w = x[known], y[known], w[known]
    x, y, w = np.concatenate([x, without_classes(x, names)]), np.concatenate([y, y]), np.concatenate([w, w * 0.25])
    model = CatBoostClassifier(iterations=TREES, depth=DEPTH, learning_rate=RATE, l2_leaf_reg=6, random_seed=1, verbose=0,
                               thread_count=2, border_count=64, bootstrap_type="Bernoulli", subsample=0.7, rsm=0.4,
                               allow_writing_files=False)
    model.fit(Pool(x, y, weight=w))
    return model


def best_cut(odds, size):
    """As rcpi_trees_cut."""
    order = np.argsort(-odds, kind="stable")
    own, taken, total = np.cumsum((odds * size)[order]), np.cumsum(size[order]), (odds * size).sum()
    return min(max(odds[order[np.argmax(2 * own / (taken + total))]] + 0.03, 0.25), 0.6)


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def overlap(gold, got):
    hit = sum((gold & got).values())
    return hit / max(1, sum(got.values())), hit / max(1, sum(gold.values()))


def shingles(words):
    return Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def score(pages):
    p, r, word = [], [], []
    tp = fp = fn = 0
    for page in pages:
        if not len(page["odds"]):
            continue
        cut = best_cut(page["odds"], np.array([len(b.encode()) + 6 for b in page["blocks"]]))
        text = "\n".join(b for b, o in zip(page["blocks"], page["odds"]) if o >= cut)
        gold = page["gold"]
        if gold.get("text") is not None:
            want, got = WORD.findall(gold["text"]), WORD.findall(text)
            a, b = overlap(shingles(want), shingles(got))
            p.append(a)
            r.append(b)
            word.append(f1(*overlap(Counter(map(str.lower, want)), Counter(map(str.lower, got)))))
        else:
            flat = squeezed(text)
            have, wrong = (sum(squeezed(s) in flat for s in gold[k]) for k in ("with", "without"))
            tp, fn, fp = tp + have, fn + len(gold["with"]) - have, fp + wrong
    if p:
        print(f"shingle_f1 {f1(np.mean(p), np.mean(r)):.4f} precision {np.mean(p):.4f} recall {np.mean(r):.4f} word_f1 {np.mean(word):.4f}", end=" ")
    if tp:
        print(f"segment_f1 {2 * tp / (2 * tp + fp + fn):.4f}", end=" ")
    print(f"pages {len(pages)}", flush=True)


def cross(sets, names):
    every = [p for pages in sets for p in pages]
    for fold in range(FOLDS):
        model = train([p for p in every if p["fold"] != fold], names)
        for page in every:
            if page["fold"] == fold:
                page["odds"] = model.predict_proba(page["x"])[:, 1] if len(page["x"]) else np.zeros(0)
    for pages in sets:
        score(pages)


def write(model, out, n_features):
    with tempfile.TemporaryDirectory() as temp:
        path = os.path.join(temp, "model.json")
        model.save_model(path, format="json")
        trees = json.load(open(path))
    bias = trees["scale_and_bias"][1][0]
    with open(out, "w", encoding="utf-8") as f:
        f.write("/*\n * Written by bench/extraction/fit.py from labelled pages; not for editing.\n * SPDX-License-Identifier: Apache-2.0\n */\n"
                '#include "clean/html_model.h"\n\nstatic const rcpi_tree trees[] = {\n')
        for tree in trees["oblivious_trees"]:
            splits = [(s["float_feature_index"], int(s["border"])) for s in tree["splits"]]
            leaves = [round(v * SCALE) for v in tree["leaf_values"]]
            while len(splits) < DEPTH:   # a shallower tree asks a question that is never true
                splits.append((0, 255))
                leaves += leaves
            f.write("    {{%s}, {%s},\n     {" % (", ".join(str(s[0]) for s in splits), ", ".join(str(s[1]) for s in splits)))
            f.write(", ".join(map(str, leaves)) + "}},\n")
        f.write("};\n\nconst rcpi_trees rcpi_html_model = {trees, sizeof trees / sizeof *trees, %d, %d};\n" % (round(bias * SCALE), n_features))


def main():
    if len(sys.argv) < 4:
        raise SystemExit(__doc__)
    program, out = sys.argv[1:3]
    names = subprocess.run(["bash", "-c", '"$0" --names 3>/dev/null', program], capture_output=True, text=True, check=True).stdout.split()
    sets = [read_set(program, folder, names) for folder in sys.argv[3:]]
    for pages in sets:
        for page in pages:
            label(page)
    if out == "--cross":
        cross(sets, names)
    else:
        write(train([p for pages in sets for p in pages], names), out, len(names))


if __name__ == "__main__":
    main()
