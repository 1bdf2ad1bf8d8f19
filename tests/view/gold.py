#!/usr/bin/env python3
"""An annotated story as a dossier, for the story view. Origins, counts and passages are guessed where the gold has none.

usage: gold.py FOLDER > DOSSIER.json
"""
import difflib
import json
import os
import re
import sys

folder = sys.argv[1].rstrip("/")
with open(os.path.join(folder, "gold.json"), encoding="utf-8") as f:
    gold = json.load(f)
documents = gold["documents"]
text = {}
for name, document in documents.items():
    with open(os.path.join(folder, document["file"]), encoding="utf-8", newline="") as f:
        text[name] = f.read()


def span(x):
    return dict(start=x["start"], end=x["end"], exact=x["text"])


def find_span(document, words):
    start = text[document].index(words)
    return dict(start=start, end=start + len(words), exact=words)


parent = {name: name for name in documents}


def root(name):
    while parent[name] != name:
        name = parent[name]
    return name


for d in gold["derivations"]:
    if d["derived"]:
        parent[root(d["a"])] = root(d["b"])
origins = {}


def origin(name, kind):
    return origins.setdefault(name, dict(id=f"o{len(origins):08x}", name=name, kind=kind))["id"]


def article(name, document):
    credits = [dict(find_span(name, c), origin=origin(c, "agency")) for c in document.get("credits", []) if c in text[name]]
    return dict(id=name, source=f"{os.path.basename(folder)}/{document['file']}", url=None, title=document["title"], byline=None,
                published=document["published"], publisher=document["publisher"], language=document["language"], text=text[name],
                credits=credits, furniture=[dict(span(f), kind=f["kind"]) for f in gold["furniture"] if f["doc"] == name])


def attribution(a):
    return [dict(source=a["source"], cue=a["cue"], resolved=None, origin=origin(a["source"], "official"))] if a["source"] else []


def claim(i, c):
    who = {a["doc"] for a in c["appearances"]}
    sources = sorted({a["source"] for a in c["appearances"] if a["source"]})
    n = len({root(d) for d in who})
    support = dict(articles=len(who), texts=n, channels=n, independent=max(1, min(n, len(sources) or n)))
    support.update(next((s for s in gold["support"] if s["claim"] == c["id"]), {}))
    appearances = [dict(span(a), article=a["doc"], mode=a["mode"], attribution=attribution(a)) for a in c["appearances"]]
    differences = [dict(kind=d["kind"], conflict=d["conflict"], why=d["why"],
                        values=[dict(span(v), article=v["doc"], norm=v["norm"]) for v in d["values"]])
                   for d in gold["differences"] if d["claim"] == c["id"]]
    keys = ("articles", "texts", "channels", "independent", "why")
    return dict(id=f"c{i:07x}1", gist=c["gist"], appearances=appearances, differences=differences,
                support=dict({k: support[k] for k in keys if k in support}, origins=[origin(s, "official") for s in sources]))


def tokens(name):
    return [(m.group().lower(), m.start(), m.end()) for m in re.finditer(r"\w+|[^\w\s]", text[name])]


def stretch(name, words, beg, end):
    return span(dict(start=words[beg][1], end=words[end - 1][2], text=text[name][words[beg][1]:words[end - 1][2]]))


def derivation(d):
    a, b = tokens(d["a"]), tokens(d["b"])
    same = difflib.SequenceMatcher(None, [t[0] for t in a], [t[0] for t in b], autojunk=False).get_matching_blocks()
    runs = []
    for m in (m for m in same if m.size >= 6):
        if runs and m.a - runs[-1][1] < 8 and m.b - runs[-1][3] < 8:
            runs[-1][1], runs[-1][3] = m.a + m.size, m.b + m.size
        else:
            runs.append([m.a, m.a + m.size, m.b, m.b + m.size])
    shared = sum(r[1] - r[0] for r in runs) / min(len(a), len(b))
    return dict(a=d["a"], b=d["b"], kind=d["kind"], shared=round(min(1, shared), 4), direction=d["direction"] or "unknown",
                evidence=f"{len(runs)} passages",
                passages=[dict(a=stretch(d["a"], a, r[0], r[1]), b=stretch(d["b"], b, r[2], r[3])) for r in runs])


articles = [article(name, document) for name, document in documents.items()]
claims = [claim(i, c) for i, c in enumerate(gold["claims"])]
n_texts = len({root(name) for name in documents})
lead = max(claims, key=lambda c: c["support"]["articles"])
json.dump(dict(
    recoupe="0", settings={}, articles=articles, claims=claims,
    summary=dict(articles=len(articles), texts=n_texts, channels=n_texts, independent=lead["support"]["independent"], lead=lead["id"]),
    derivations=[derivation(d) for d in gold["derivations"] if d["derived"]], origins=list(origins.values()),
    names=[dict(canonical=n["entity"], type=n["type"], mentions=[dict(find_span(m["doc"], m["text"]), article=m["doc"]) for m in n["mentions"]])
           for n in gold["names"]],
    times=[dict(span(t), article=t["doc"], resolved=t["resolved"]) for t in gold["times"]]), sys.stdout, ensure_ascii=False)
