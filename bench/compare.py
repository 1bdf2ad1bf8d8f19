#!/usr/bin/env python3
"""Time and memory of `recoupe compare`, whole process, one thread.

usage: compare.py RECOUPE [--runs N]

Eight articles of about 600 words, then stories of 50, 100 and 200 articles made from the demo story: paragraphs of its
tellings drawn, shuffled, some words and numbers changed, so that they share claims and passages as real tellings do. The
seed is fixed. Prints medians and spreads, tab-separated; ratios travel, absolute figures do not.
"""
import glob
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time


ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def paragraphs():
    """Own paragraphs of the French tellings of every story in the repository."""
    out = []
    for folder in sorted(glob.glob(os.path.join(ROOT, "examples", "*", "")) + glob.glob(os.path.join(ROOT, "tests", "quality", "stories", "*", ""))):
        story = []
        for path in sorted(glob.glob(os.path.join(folder, "*.txt"))):
            with open(path, encoding="utf-8") as f:
                story.append([p for p in f.read().split("\n") if len(p) > 150])
        if any(story):   # a folder may hold something else
            out.append(story)
    return out


def article(rng, tellings, words=600):
    """One telling: mostly one source's paragraphs in order, some of another's, a few numbers and words changed."""
    main, other = rng.choice(tellings), rng.choice(tellings)
    chosen = [p for p in main if rng.random() < 0.8] + [p for p in other if rng.random() < 0.4]
    rng.shuffle(chosen[2:])
    text = "\n\n".join([chosen[0][:80] if chosen else "Titre"] + chosen)
    text = re.sub(r"\b\d{2}\b", lambda m: m.group() if rng.random() < 0.9 else str(rng.randrange(10, 99)), text)
    text = " ".join(w if rng.random() < 0.97 else w[::-1] for w in text.split(" "))
    while len(text.split()) < words:
        text += "\n\n" + rng.choice(rng.choice(tellings))
    return " ".join(text.split(" ")[:words])


def make_story(folder, n, rng):
    tellings = paragraphs()[0]
    for i in range(n):
        with open(os.path.join(folder, "%03d.txt" % i), "w", encoding="utf-8") as f:
            f.write(article(rng, tellings))


def measure(recoupe, folder, runs):
    command = [recoupe, "compare", "--threads", "1", "--quiet", "--format", "json", folder]
    times, peak = [], 0
    for _ in range(runs + 1):
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        times.append(time.perf_counter() - start)
        child.returncode = os.waitstatus_to_exitcode(status)
        peak = max(peak, usage.ru_maxrss)
        if child.returncode:
            raise SystemExit("compare failed")
    times = times[1:]
    return statistics.median(times), min(times), max(times), peak / 1024


def main():
    recoupe = os.path.abspath(sys.argv[1])
    runs = int(sys.argv[sys.argv.index("--runs") + 1]) if "--runs" in sys.argv else 5
    print("articles\tmedian_s\tmin_s\tmax_s\tpeak_MB")
    medians = {}
    with tempfile.TemporaryDirectory() as top:
        for n in (8, 50, 100, 200):
            folder = os.path.join(top, str(n))
            os.mkdir(folder)
            make_story(folder, n, random.Random(20241107))
            median, low, high, peak = measure(recoupe, folder, runs if n <= 50 else max(1, runs // 2))
            medians[n] = median
            print(f"{n}\t{median:.3f}\t{low:.3f}\t{high:.3f}\t{peak:.0f}", flush=True)
    print(f"growth from 50 to 200 articles\t{medians[200] / medians[50]:.1f}")


main()
