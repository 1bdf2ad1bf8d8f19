#!/usr/bin/env python3
"""Fit the weights of src/clean/page_model.c on flattened pages, or say how good they are.

usage: fit_page.py FEATURES_PROGRAM OUT.c SET_FOLDER

Says how good five fits on four fifths each are on the fifth left out, then fits on all pages and writes the tables.

FEATURES_PROGRAM   build/bench/extraction/page_features (ninja -C build bench/extraction/page_features)
SET_FOLDER         flat.jsonl ({"id","text","keep"}: a page's lines, and which of them are its article's) and gold.jsonl

Two models: the first sees lines, the second also what the first made of the lines around. What the second learns from are
odds that the first gave to pages that it was not fitted on. Folds are whole sites. Lines count by their words, pages alike.

Needs numpy and catboost.
"""
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter

import numpy as np
from catboost import CatBoostClassifier, Pool

from fit import DEPTH, SCALE, FOLDS, WORD, f1, fold_of, overlap, shingles

TREES = (150, 240)
SEEDS = ((1,), (1, 2))   # the second look is the mean of two fits


def read_rows(program, path, pages=None):
    """Rows of each page; with pages, those of the second look at the odds that they carry."""
    with tempfile.TemporaryDirectory() as temp:
        command = [program, path]
        if pages:
            odds = os.path.join(temp, "odds")
            np.concatenate([np.round(p["odds"] * 1000) for p in pages]).astype("<u2").tofile(odds)
            command.append(odds)
        data = subprocess.run(command, capture_output=True, check=True).stdout
    at, out = 0, []
    while at < len(data):
        end = data.index(b"\n", at)
        name, n, width, *numbers = data[at:end].decode().split(" ")
        n, width = int(n), int(width)
        rows = np.frombuffer(data, dtype=np.uint8, count=n * width, offset=end + 1).reshape(n, width)
        out.append((name, rows, [int(x) for x in numbers]))
        at = end + 1 + n * width
    return out


def read_pages(program, folder):
    path = os.path.join(folder, "flat.jsonl")
    gold = {g["id"]: g for g in map(json.loads, open(os.path.join(folder, "gold.jsonl"), encoding="utf-8"))}
    records = {r["id"]: r for r in map(json.loads, open(path, encoding="utf-8"))}
    pages = []
    for name, rows, numbers in read_rows(program, path):
        lines = records[name]["text"].split("\n")
        own = np.array([records[name]["keep"][i] for i in numbers], np.int8)
        words = [WORD.findall(lines[i]) for i in numbers]
        count = np.array([len(w) for w in words], float)
        pages.append({"x": rows, "y": own, "w": np.minimum(count / max(50, count[own > 0].sum()), 1) * 100 + 0.02, "words": words, "gold": WORD.findall(gold[name]["text"] or ""),
                      "bytes": np.array([len(lines[i].strip().encode()) + 6 for i in numbers]), "fold": fold_of(gold[name])})
    return pages


def train(pages, trees, width, seeds):
    return [train_one(pages, trees, width, seed) for seed in seeds]


def train_one(pages, trees, width, seed):
    model = CatBoostClassifier(iterations=trees, depth=DEPTH, learning_rate=0.08, l2_leaf_reg=8, random_seed=seed, verbose=0, thread_count=2, border_count=48,
                               bootstrap_type="Bernoulli", subsample=0.6, rsm=0.25, allow_writing_files=False)
    model.fit(Pool(np.concatenate([p["x"][:, :width] for p in pages]), np.concatenate([p["y"] for p in pages]), weight=np.concatenate([p["w"] for p in pages])))
    return model


def odds(models, page, width):
    """What the mean of their log odds says."""
    if not len(page["x"]):
        return np.zeros(0)
    return 1 / (1 + np.exp(-np.mean([m.predict(page["x"][:, :width], prediction_type="RawFormulaVal") for m in models], 0)))


def cut(odds, size, least, most):
    """As rcpi_trees_cut."""
    if not len(odds):
        return least
    order = np.argsort(-odds, kind="stable")
    own, taken, total = np.cumsum((odds * size)[order]), np.cumsum(size[order]), (odds * size).sum()
    return min(max(odds[order[np.argmax(2 * own / (taken + total))]], least), most)


GAP, JUNK = 3, 2


def close_gaps(kept, odds, cut, is_junk):
    """As page.c."""
    own = np.flatnonzero(kept)
    for a, b in zip(own + 1, own[1:]):
        if 0 < b - a <= GAP and not is_junk[a:b].any() and odds[a:b].mean() * 3 > cut:
            kept[a:b] = True
    return kept


def score(pages, what, verdict, least=0.1, most=0.6):
    p, r, word = [], [], []
    for page in pages:
        bar = cut(page["odds"], page["bytes"], least, most)
        kept = close_gaps(page["odds"] >= bar, page["odds"], bar, page["x"][:, verdict] == JUNK)
        got = [w for words, k in zip(page["words"], kept) if k for w in words]
        a, b = overlap(shingles(page["gold"]), shingles(got))
        p += [a] if got else []
        r += [b] if page["gold"] else []
        word.append(f1(*overlap(Counter(map(str.lower, page["gold"])), Counter(map(str.lower, got)))))
    print(f"{what}: shingle_f1 {f1(np.mean(p), np.mean(r)):.4f} precision {np.mean(p):.4f} recall {np.mean(r):.4f} word_f1 {np.mean(word):.4f} pages {len(pages)}", flush=True)


def out_of_fold(pages, trees, width, seeds):
    for fold in range(FOLDS):
        models = train([p for p in pages if p["fold"] != fold], trees, width, seeds)
        for page in pages:
            if page["fold"] == fold:
                page["odds"] = odds(models, page, width)


def look_again(program, folder, pages):
    for page, (_, rows, _) in zip(pages, read_rows(program, os.path.join(folder, "flat.jsonl"), pages)):
        page["x"] = rows


def as_json(model):
    with tempfile.TemporaryDirectory() as temp:
        path = os.path.join(temp, "model.json")
        model.save_model(path, format="json")
        return json.load(open(path))


def write_trees(f, name, models):
    """All trees of all fits in one sum, which is their mean. `models` as as_json gives them."""
    f.write(f"static const rcpi_tree {name}[] = {{\n")
    for tree in (tree for model in models for tree in model["oblivious_trees"]):
        splits = [(s["float_feature_index"], int(s["border"])) for s in tree["splits"]]
        leaves = [round(v * SCALE / len(models)) for v in tree["leaf_values"]]
        while len(splits) < DEPTH:   # a shallower tree asks a question that is never true
            splits.append((0, 255))
            leaves += leaves
        f.write("    {{%s}, {%s},\n     {" % (", ".join(str(s[0]) for s in splits), ", ".join(str(s[1]) for s in splits)))
        f.write(", ".join(map(str, leaves)) + "}},\n")
    f.write("};\n\n")
    return round(sum(m["scale_and_bias"][1][0] for m in models) * SCALE / len(models))


def main():
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    program, out, folder = sys.argv[1:]
    pages = read_pages(program, folder)
    width, verdict = map(int, subprocess.run([program, "--width"], capture_output=True, text=True, check=True).stdout.split())
    out_of_fold(pages, TREES[0], width, SEEDS[0])
    score(pages, "first look, fivefold", verdict)
    look_again(program, folder, pages)
    full = pages[0]["x"].shape[1]
    out_of_fold(pages, TREES[1], full, SEEDS[1])
    score(pages, "second look, fivefold", verdict)
    first, second = train(pages, TREES[0], width, SEEDS[0]), train(pages, TREES[1], full, SEEDS[1])
    write(out, [as_json(m) for m in first], [as_json(m) for m in second], width, full)


def write(out, first, second, width, full):
    """The tables of page_model.c."""
    with open(out, "w", encoding="utf-8") as f:
        f.write("/*\n * Written by bench/extraction/fit_page.py from flattened pages; not for editing.\n * SPDX-License-Identifier: Apache-2.0\n */\n"
                '#include "clean/page_model.h"\n\n')
        for name, models, n in (("first", first, width), ("second", second, full)):
            bias = write_trees(f, name + "_look", models)
            f.write(f"const rcpi_trees rcpi_page_{name}_look = {{{name}_look, sizeof {name}_look / sizeof *{name}_look, {bias}, {n}}};\n\n")


if __name__ == "__main__":
    main()
