#!/usr/bin/env python3
"""Fit the weights of src/clean/html_day.h on pages with known days, or rather: say how good they are, and print them.

usage: fit_day.py DAYS_PROGRAM SET_FOLDER...

Says how many of the pages get their day right when weights are fitted on four fifths of the sites and asked on the fifth left
out, then fits on all and prints the lines of html_day.h.

DAYS_PROGRAM   build/bench/extraction/html_days (ninja -C build bench/extraction/html_days)
SET_FOLDER     gold.jsonl with "date", and html/

The choice among a page's days is logistic: weights that make the right day likely among those of its page. Needs numpy.
"""
import hashlib
import json
import os
import subprocess
import sys
from urllib.parse import urlsplit

import numpy as np

FOLDS, KEPT_SMALL, STEPS = 5, 4.0, 400


def fold_of(gold):
    """As fit.py, which needs more than numpy."""
    host = urlsplit(gold["url"]).netloc.lower().removeprefix("www.") or gold["id"]
    if not host.endswith((".co.uk", ".com.au", ".gov.uk", "wordpress.com", "blogspot.com")):
        host = ".".join(host.split(".")[-2:])
    return int(hashlib.sha256(host.encode()).hexdigest(), 16) % FOLDS


def read_set(program, folder, n_marks):
    gold = {g["id"]: g for g in map(json.loads, open(os.path.join(folder, "gold.jsonl"), encoding="utf-8")) if g.get("date")}
    files = [path for i in sorted(gold) for path in [os.path.join(folder, "html", i + ".html")] if os.path.exists(path)]
    pages = []
    for line in subprocess.run([program, *files], capture_output=True, text=True, check=True).stdout.splitlines():
        if line.endswith(".html"):
            g = gold[os.path.splitext(os.path.basename(line))[0]]
            pages.append({"gold": g["date"][:10], "fold": fold_of(g), "days": [], "x": [], "last": ""})
        elif line.endswith(" last"):
            pages[-1]["last"] = line.split(" ")[0][:10]
        else:
            day, seen, others = line.split(" ")
            pages[-1]["days"].append(day)
            pages[-1]["x"].append([int(seen) >> i & 1 for i in range(n_marks)] + [int(others)])
    for page in pages:
        page["x"] = np.array(page["x"], float).reshape(-1, n_marks + 1)
    return pages


def fit(pages):
    pages = [p for p in pages if p["gold"] in p["days"] and len(p["days"]) > 1]
    x = np.concatenate([p["x"] for p in pages])
    first = np.cumsum([0] + [len(p["x"]) for p in pages])[:-1]
    page_of = np.repeat(np.arange(len(pages)), [len(p["x"]) for p in pages])
    right = x[first + [p["days"].index(p["gold"]) for p in pages]].sum(0)
    w, m, v = (np.zeros(x.shape[1]) for _ in range(3))
    for t in range(1, STEPS + 1):
        z = x @ w
        e = np.exp(z - np.maximum.reduceat(z, first)[page_of])
        slope = right - (e / np.add.reduceat(e, first)[page_of]) @ x - KEPT_SMALL * w
        m, v = 0.9 * m + 0.1 * slope, 0.99 * v + 0.01 * slope * slope
        w += 0.1 * (m / (1 - 0.9 ** t)) / (np.sqrt(v / (1 - 0.99 ** t)) + 1e-8)
    return w


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    program = sys.argv[1]
    names = subprocess.run([program, "--names"], capture_output=True, text=True, check=True).stdout.split()
    sets = {folder: read_set(program, folder, len(names)) for folder in sys.argv[2:]}
    every = [p for pages in sets.values() for p in pages]
    for fold in range(FOLDS):
        w = fit([p for p in every if p["fold"] != fold])
        for p in every:
            if p["fold"] == fold:
                p["right"] = (p["days"][int(np.argmax(p["x"] @ w))] if p["days"] else p["last"]) == p["gold"]
    for folder, pages in sets.items():
        print(f"{os.path.basename(folder.rstrip('/'))}: fivefold {np.mean([p['right'] for p in pages]):.4f} of {len(pages)} pages")
    w = np.round(fit(every) * 100).astype(int)
    print(" ".join(f"M({n}, {x})" for n, x in zip(names, w)), f"RCPI_DAY_WORD = {w[-1]}")


if __name__ == "__main__":
    main()
