#!/usr/bin/env python3
"""Score `recoupe compare` on annotated stories and keep the figures.

usage: run.py RECOUPE [--update]

The sets: gold (../shared/gold, where it is present), the project's own stories (examples/ and tests/quality/stories),
marked (alignment alone, on the stories of
tests/quality/marked, kept for scores), grouping (articles into stories: grouping.py), and
dates_numbers, the French cases of ../shared/data/language (build/tests/date_number; date_number_left_out.tsv says which are
not asked for, and why). The own stories were written and annotated before the rules that they measure. Every figure of eval/score_dossier.py is
printed; --update writes them into results.tsv beside this file, which is kept in git so that a change of a figure stands
in the same commit as its cause. Where ../shared is absent, that is said and nothing is compared: exit status 0.
"""
import glob
import importlib.util
import os
import subprocess
import sys
import tempfile

import grouping
import marked

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SHARED = os.path.join(os.path.dirname(ROOT), "shared")
# the day from which a story's relative times are read, where its texts state none (gold/README.md)
STORY_DATE = {"armes": "2022-09-06"}
RESULTS = os.path.join(HERE, "results.tsv")


def stories():
    for folder in sorted(glob.glob(os.path.join(SHARED, "gold", "*", ""))):
        yield "gold", folder.rstrip("/")
    own = glob.glob(os.path.join(ROOT, "examples", "*", "")) + glob.glob(os.path.join(HERE, "stories", "*", ""))
    for folder in sorted(own):
        if os.path.exists(os.path.join(folder, "gold.json")):
            yield "own", folder.rstrip("/")


def scorer():
    path = os.path.join(SHARED, "eval", "score_dossier.py")
    if not os.path.exists(path):
        return None
    spec = importlib.util.spec_from_file_location("score_dossier", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(module, recoupe, folder):
    date = STORY_DATE.get(os.path.basename(folder))
    command = [recoupe, "compare", "--format", "json", "--quiet"] + (["--story-date", date] if date else [])
    command += sorted(glob.glob(os.path.join(folder, "*.txt")))
    with tempfile.NamedTemporaryFile("wb", suffix=".json") as out:
        out.write(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        out.flush()
        return module.score(*module.load(os.path.join(folder, "gold.json"), out.name))[0]


def rows(module, recoupe):
    by_set = {}
    for name, folder in stories():
        figures = score(module, recoupe, folder)
        by_set.setdefault(name, []).append(figures)
        for figure, value in figures.items():
            yield name, os.path.basename(folder), figure, value
    for name, all_figures in by_set.items():
        for figure in all_figures[0]:
            yield name, "mean", figure, sum(f[figure] for f in all_figures) / len(all_figures)


def marked_rows(module, recoupe):
    """Means over stories that carry only claims."""
    figures = []
    with tempfile.TemporaryDirectory() as top:
        for path in sorted(glob.glob(os.path.join(HERE, "marked", "*.txt"))):
            figures.append(score(module, recoupe, marked.unpack(path, top)))
    for figure in ("alignment_f1", "alignment_tight", "alignment_p", "alignment_r"):
        yield "marked", "mean", figure, sum(f[figure] for f in figures) / len(figures)


def cases(recoupe):
    """The share of French dates and numbers found with the right words (span), and with the right value."""
    program = os.path.join(os.path.dirname(recoupe), "tests", "date_number")
    lines = os.path.join(SHARED, "data", "language", "fr_date_number_cases.jsonl")
    if not os.path.exists(program) or not os.path.exists(lines):
        return
    command = [program, lines, os.path.join(HERE, "date_number_left_out.tsv")]
    for line in subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout.decode().splitlines():
        name, value = line.split("\t")
        name = name.split(".")
        yield "dates_numbers", name[1] if len(name) == 3 else "all", name[-1], float(value)


def show(table):
    names, figures = [], []
    for name, story, figure, _ in table:
        if (name, story) not in names:
            names.append((name, story))
        if figure not in figures:
            figures.append(figure)
    value = {(n, s, f): v for n, s, f, v in table}
    print("%-21s" % "" + " ".join("%7s" % (s if s != "mean" else n)[:7] for n, s in names))
    for figure in figures:
        print("%-21s" % figure + " ".join("%7.3f" % value[n, s, figure] for n, s in names))


def update(table):
    """Rewrites the rows of these sets; rows that other measurements wrote stay."""
    kept = []
    if os.path.exists(RESULTS):
        with open(RESULTS, encoding="utf-8") as f:
            kept = [line for line in f if not line.startswith(("#", "set\t", "gold\t", "own\t", "marked\t", "dates_numbers\t", "grouping\t"))]
    with open(RESULTS, "w", encoding="utf-8") as f:
        f.write("# gold: ../shared/gold, own: examples/ and tests/quality/stories; written by tests/quality/run.py --update.\n")
        f.write("set\tname\tfigure\tvalue\n")
        f.writelines("%s\t%s\t%s\t%.3f\n" % row for row in sorted(table))
        f.writelines(kept)


def main():
    module = scorer()
    if module is None:
        print("quality: ../shared is absent, nothing to score against: skipped")
        return
    table = list(rows(module, sys.argv[1]))
    show(table)
    numbers = list(cases(sys.argv[1]))
    for _, name, figure, value in numbers:
        if name == "all":
            print("dates_numbers %-7s %7.3f" % (figure, value))
    table += numbers
    only_claims = list(marked_rows(module, sys.argv[1]))
    for _, _, figure, value in only_claims:
        print("marked %-16s %.3f" % (figure, value))
    table += only_claims
    groups = list(grouping.rows(sys.argv[1]))
    for _, name, figure, value in groups:
        if figure == "bcubed_f1":
            print("grouping %-18s %s %.3f" % (name, figure, value))
    table += groups
    if "--update" in sys.argv:
        update(table)


main()
