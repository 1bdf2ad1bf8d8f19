#!/usr/bin/env python3
"""Learn the weights of alignment's evidence, and say what they reach on stories that they were not learned on.

usage: fit.py BUILD [--leave-out] [--write] [--penalty N]

BUILD        a build folder; `ninja -C BUILD bench/alignment/alignment_rows` is run there
--leave-out  for each annotated story: weights learned on all others, its whole dossier scored
--write      weights learned on all stories into src/claim/score.c
--penalty N  of the squares of the weights, on columns of variance 1 (default 300)

The stories: ../shared/gold where it is present, examples/, tests/quality/stories, and bench/alignment/stories, whose
texts carry their claims as marks (README.md there). A row is a pair of pieces of two articles; it counts as one claim
when people put a place that matches each under one claim, as eval/score_dossier.py matches. Every story weighs the same.
Two looks: the second sees what the first made of all pairs (claim/company.h).
Logistic regression by Newton's method from zero: the same rows give the same weights. Needs numpy.
"""
import argparse
import glob
import importlib.util
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SHARED = os.path.join(os.path.dirname(ROOT), "shared")
if not os.path.isdir(SHARED):
    SHARED = os.path.join(os.path.dirname(os.path.dirname(ROOT)), "shared")
SCORE_C = os.path.join(ROOT, "src", "claim", "score.c")
STORY_DATE = {"armes": "2022-09-06"}
COMPANY = "path split rival rival2 extent".split()   # evidence of the second look only
MARKED_COUNTS = 0.3            # of a story in stories/ against an annotated one: it is terser than real ones


def load(name, path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ------------------------------------------------------------------------------------------------------------ stories

class Story:
    def __init__(self, group, folder):
        self.group, self.folder, self.name = group, folder, os.path.basename(folder)
        self.files = sorted(glob.glob(os.path.join(folder, "*.txt")))
        date = STORY_DATE.get(self.name)
        self.options = ["--story-date", date] if date else []

    def read(self, rows, judge, first=None):
        """The rows; the company of pairs goes by first scores of the weights `first`."""
        with weights_file(first or []) as w:
            look = ["--first", w.name] if first else []
            out = subprocess.run([rows] + look + self.options + self.files, check=True, stdout=subprocess.PIPE).stdout.decode()
        source, spans, pairs = {}, [], []
        for line in out.split("\n"):
            kind, _, rest = line.partition(" ")
            if kind == "N":
                self.names = rest.split()
            elif kind == "T":
                number, path = rest.split(" ", 1)
                source[int(number)] = os.path.basename(path)
            elif kind == "S":
                spans.append([int(x) for x in rest.split()])
            elif kind == "P":
                pairs.append(rest)
        table = np.fromstring(" ".join(pairs), dtype=np.int64, sep=" ").reshape(len(pairs), -1)
        self.pairs, self.evidence = table[:, :2], table[:, 2:] / 1000.0
        if first:
            return
        self.claims = self.claims_at(judge, source, spans)
        self.is_same = np.array([bool(self.claims[a] & self.claims[b]) for a, b in self.pairs])

    def claims_at(self, judge, source, pieces):
        """Of each piece, the claims of gold whose places it matches."""
        with open(os.path.join(self.folder, "gold.json"), encoding="utf-8") as f:
            gold = json.load(f)
        texts = {}
        for doc, about in gold["documents"].items():
            with open(os.path.join(self.folder, about["file"]), encoding="utf-8", newline="") as f:
                texts[doc] = f.read()
        doc_of = {os.path.basename(v["file"]): d for d, v in gold["documents"].items()}
        words = judge.Spans(texts)
        places = {d: [] for d in texts}
        for claim in gold["claims"]:
            for a in claim["appearances"]:
                places[a["doc"]].append((claim["id"], words.of(a["doc"], a["start"], a["end"])))
        utf8 = {d: t.encode() for d, t in texts.items()}
        claims = []
        for _, telling, beg, end in pieces:
            doc = doc_of[source[telling]]
            beg, end = len(utf8[doc][:beg].decode()), len(utf8[doc][:end].decode())
            own = words.of(doc, beg, end)
            claims.append({c for c, place in places[doc] if judge.matches(place, own)})
        return claims


def weights_file(weights):
    w = tempfile.NamedTemporaryFile("w", suffix=".txt")
    w.write("\n".join(map(str, weights)))
    w.flush()
    return w


def stories(top):
    for folder in sorted(glob.glob(os.path.join(SHARED, "gold", "*", ""))):
        yield Story("gold", folder.rstrip("/"))
    own = glob.glob(os.path.join(ROOT, "examples", "*", "")) + glob.glob(os.path.join(ROOT, "tests", "quality", "stories", "*", ""))
    for folder in sorted(own):
        if os.path.exists(os.path.join(folder, "gold.json")):
            yield Story("own", folder.rstrip("/"))
    marked = load("marked", os.path.join(ROOT, "tests", "quality", "marked.py"))
    for path in sorted(glob.glob(os.path.join(HERE, "stories", "*.txt"))):
        yield Story("marked", marked.unpack(path, top))


# ---------------------------------------------------------------------------------------------------------------- fit

def learn(chosen, penalty, without=()):
    """Weights of the columns as they stand, 0 for those of `without`; column 0 is the constant."""
    x = np.concatenate([s.evidence for s in chosen])
    x[:, list(without)] = 0
    y = np.concatenate([s.is_same for s in chosen]).astype(float)
    w = np.concatenate([np.full(len(s.is_same), (MARKED_COUNTS if s.group == "marked" else 1.0) * 1000 / max(1, s.is_same.sum())) for s in chosen])
    mean, spread = x.mean(0), x.std(0)
    spread[spread < 1e-9] = 1
    mean[0], spread[0] = 0, 1
    z = (x - mean) / spread
    b, ridge = np.zeros(z.shape[1]), np.full(z.shape[1], float(penalty))
    ridge[0] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(z @ b, -30, 30)))
        step = np.linalg.solve((z * (w * p * (1 - p))[:, None]).T @ z + np.diag(ridge), z.T @ (w * (p - y)) + ridge * b)
        b -= step
        if np.abs(step).max() < 1e-7:
            break
    c = b / spread
    c[0] = b[0] - (b[1:] * mean[1:] / spread[1:]).sum()
    return [int(round(1000 * v)) for v in c]


def learn_both(rows, judge, chosen, penalty, readers):
    """Weights of the first look, then of the second; `readers` have their company read by the first."""
    company = [i for i, name in enumerate(chosen[0].names) if name in COMPANY]
    first = learn(chosen, penalty, company)
    for story in readers:
        story.read(rows, judge, first)
    return first, learn(chosen, penalty)


def average_precision(story, weights):
    """Of the story's rows, put in order by these weights."""
    order = np.argsort(-(story.evidence @ np.array(weights)), kind="stable")
    right = story.is_same[order]
    return float((np.cumsum(right) / np.arange(1, len(right) + 1))[right].mean()) if right.any() else 0.0


def score(rows, judge, story, weights):
    with weights_file(weights) as w, tempfile.NamedTemporaryFile("wb", suffix=".json") as out:
        command = [rows, "--weights", w.name] + story.options + story.files
        out.write(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        out.flush()
        return judge.score(*judge.load(os.path.join(story.folder, "gold.json"), out.name))[0]


FIGURES = ["pairs_ap", "alignment_f1", "alignment_tight", "alignment_p", "alignment_r", "overcounted", "support_exact", "conflict_recall",
           "conflict_precision", "difference_precision"]


def leave_out(rows, judge, all_stories, penalty):
    print("\t".join(["left out"] + FIGURES))
    by_group = {}
    for story in all_stories:
        if story.group == "marked":
            continue
        first, second = learn_both(rows, judge, [s for s in all_stories if s is not story], penalty, all_stories)
        figures = dict(score(rows, judge, story, first + second), pairs_ap=average_precision(story, second))
        by_group.setdefault(story.group, []).append(figures)
        print("\t".join([story.name] + ["%.3f" % figures.get(f, float("nan")) for f in FIGURES]), flush=True)
    for group, figures in by_group.items():
        print("\t".join(["mean of " + group] + ["%.3f" % (sum(x[f] for x in figures) / len(figures)) if all(f in x for x in figures) else "-" for f in FIGURES]))


def write(names, first, second):
    with open(SCORE_C, encoding="utf-8") as f:
        source = f.read()
    lines = ["  "]
    for look, weights in ("", first), ("RCPI_E_N + ", second):
        lines += ["  "] * (len(lines) > 1)
        for name, weight in zip(names, weights):
            if not look and name in COMPANY:
                continue
            cell = "[%sRCPI_E_%s] = %d, " % (look, name.upper(), weight)
            if len(lines[-1] + cell) > 116:
                lines.append("  ")
            lines[-1] += cell
    table = "rcpi_score_weights[RCPI_SCORE_WEIGHTS] = {\n" + "\n".join(line.rstrip() for line in lines) + "\n};"
    source = re.sub(r"rcpi_score_weights\[RCPI_SCORE_WEIGHTS\] = \{.*?\n\};", lambda _: table, source, flags=re.S)
    with open(SCORE_C, "w", encoding="utf-8") as f:
        f.write(source)


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("build")
    ask.add_argument("--leave-out", action="store_true")
    ask.add_argument("--write", action="store_true")
    ask.add_argument("--without", default="")
    ask.add_argument("--penalty", type=float, default=300)
    o = ask.parse_args()
    path = os.path.join(SHARED, "eval", "score_dossier.py")
    if not os.path.exists(path):
        sys.exit("fit.py: needs ../shared/eval/score_dossier.py")
    judge = load("score_dossier", path)
    subprocess.run(["ninja", "-C", o.build, "bench/alignment/alignment_rows"], check=True, stdout=subprocess.DEVNULL)
    rows = os.path.join(o.build, "bench", "alignment", "alignment_rows")
    with tempfile.TemporaryDirectory() as top:
        all_stories = list(stories(top))
        for story in all_stories:
            story.read(rows, judge)
            for name in o.without.split():
                story.evidence[:, story.names.index(name)] = 0
        if o.leave_out:
            leave_out(rows, judge, all_stories, o.penalty)
        names = all_stories[0].names
        first, second = learn_both(rows, judge, all_stories, o.penalty, all_stories)
        for weights in first, second:
            print(" ".join("%s %d" % x for x in zip(names, weights)))
        if o.write:
            write(names, first, second)


main()
