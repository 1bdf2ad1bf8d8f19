#!/usr/bin/env python3
"""`recoupe stories` beside the usual way in Python, on labelled articles: B-cubed F1 and articles a second.

usage: run.py RECOUPE PYTHON ARTICLES.jsonl...

ARTICLES.jsonl: {"id", "cluster", "title", "text", ...} a line. PYTHON has scikit-learn: its TfidfVectorizer (words, sublinear, no
dates, no names) and average-linkage clustering at a cosine of .15, one setting for all sets, in a process of its own. Processor time with
reading and start-up for recoupe, without start-up for the peer. Tab-separated lines.
"""
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter

PEER = r'''
import json, sys, time
import sklearn
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
rows = [json.loads(l) for l in open(sys.argv[1], encoding="utf-8")]
t = time.process_time()
x = TfidfVectorizer(sublinear_tf=True).fit_transform((r.get("title") or "") + "\n" + (r.get("text") or "") for r in rows)
labels = AgglomerativeClustering(n_clusters=None, metric="cosine", linkage="average", distance_threshold=.85).fit_predict(x.toarray())
t = time.process_time() - t
print(json.dumps({"name": "scikit-learn " + sklearn.__version__ + ", TF-IDF", "seconds": t, "story": {r["id"]: int(l) for r, l in zip(rows, labels)}}))
'''


def b_cubed(gold, said):
    keys = [(gold[i], ("story", said[i]) if i in said else ("alone", i)) for i in gold]
    both, g, s, n = Counter(keys), Counter(k for k, _ in keys), Counter(k for _, k in keys), len(keys)
    p = sum(c * c / s[k] for (_, k), c in both.items()) / n
    r = sum(c * c / g[k] for (k, _), c in both.items()) / n
    return 2 * p * r / (p + r)


def ours(recoupe, path):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [recoupe, "stories", "--final", "--format", "jsonl", "--quiet", "--threads", "1", path]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = {r["id"]: r["story"] for r in map(json.loads, done.stdout.splitlines()) if "story" in r}
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, said


def main():
    recoupe, python = sys.argv[1:3]
    print("articles\tprogram\tB-cubed F1\tarticles a second")
    for path in sys.argv[3:]:
        with open(path, encoding="utf-8") as f:
            rows = [json.loads(line) for line in f]
        gold = {r["id"]: r["cluster"] for r in rows}
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as blind:
            blind.writelines(json.dumps({k: v for k, v in r.items() if k != "cluster"}, ensure_ascii=False) + "\n" for r in rows)
            blind.flush()
            seconds, said = ours(recoupe, blind.name)
        done = subprocess.run([python, "-c", PEER, path], check=True, stdout=subprocess.PIPE, env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
        peer = json.loads(done.stdout)
        name = os.path.basename(path).split(".")[0]
        print("%s\t%s\t%.3f\t%.0f" % (name, peer["name"], b_cubed(gold, peer["story"]), len(rows) / peer["seconds"]))
        print("%s\trecoupe\t%.3f\t%.0f" % (name, b_cubed(gold, said), len(rows) / seconds))


main()
