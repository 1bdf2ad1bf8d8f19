#!/usr/bin/env python3
"""Copies, edited in known ways, that `recoupe reuse` must find: TAP lines, and rows of results.tsv.

usage: reuse.py RECOUPE [--neardup] [--update]

reuse_own: every text of examples/ and tests/quality/stories, edited by a fixed seed: exact; typo (quotes, dashes, capitals);
reorder (paragraphs); boiler (a notice before and behind); sub05, sub10, sub20 (so many words changed, left out or put in);
trunc (its first 50 to 80 %); agency (trunc, sub05 and boiler); passage (40 to 80 words put into a text of another story).
With --neardup also ../shared/data/neardup, where it is present, with the limits that the project has set itself: 20,000 texts, some seconds.
--update writes the figures into results.tsv beside this file.
"""
import glob
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
RESULTS = os.path.join(HERE, "results.tsv")
NEARDUP = os.path.join(os.path.dirname(ROOT), "shared", "data", "neardup", "neardup.jsonl.zst")
AT_LEAST = {"exact": .99, "typo": .99, "reorder": .99, "boiler": .99, "sub05": .99, "sub10": .99, "trunc": .99, "sub20": .95,
            "agency": .97, "passage": .97}
NOTICE = ["Cet article a été mis en page par le service de nuit. Les abonnés peuvent écouter nos textes lus à voix haute.",
          "Vous pouvez nous écrire à la rédaction, rue des Tisserands. Toute reproduction est soumise à notre accord écrit."]


def texts():
    for path in sorted(glob.glob(os.path.join(ROOT, "examples", "*", "*.txt")) + glob.glob(os.path.join(HERE, "stories", "*", "*.txt"))):
        with open(path, encoding="utf-8") as f:
            text = f.read()
        if len(text.split()) >= 120:
            yield os.path.basename(os.path.dirname(path)), os.path.relpath(path, ROOT), text


def change(text, share, words, rng):
    out = []
    for part in re.split(r"(\W+)", text):
        if not re.match(r"\w", part) or rng.random() >= share:
            out.append(part)
            continue
        what = rng.random()
        out.append(rng.choice(words) if what < .6 else "" if what < .8 else part + " " + rng.choice(words))
    return "".join(out)


def truncate(text, rng):
    parts = text.split(" ")
    return " ".join(parts[:int(len(parts) * rng.uniform(.5, .8))])


def shuffle(text, rng):
    parts = [p for p in text.split("\n") if p.strip()]
    rng.shuffle(parts)
    return "\n".join(parts)


def frame(text):
    return NOTICE[0] + "\n\n" + text + "\n\n" + NOTICE[1]


def retype(text):
    head, _, rest = text.partition("\n")
    text = head.upper() + "\n" + rest
    for a, b in (("’", "'"), ("« ", "“"), (" »", "”"), ("–", "-"), ("—", "-"), ("  ", " ")):
        text = text.replace(a, b)
    return text


def make(out):
    """Writes the set; gives id -> (stories that its words are of, edit, text, span of the copied passage, id copied from)."""
    rng, docs, all_texts = random.Random(20261121), {}, list(texts())
    words = sorted({w for _, _, t in all_texts for w in re.findall(r"\w{3,}", t.lower())})
    for story, name, text in all_texts:
        docs[name] = ({story}, "", text, None, None)
    for story, name, text in all_texts:
        edits = {"exact": text, "typo": retype(text), "reorder": shuffle(text, rng), "boiler": frame(text), "trunc": truncate(text, rng)}
        for edit, share in (("sub05", .05), ("sub10", .1), ("sub20", .2)):
            edits[edit] = change(text, share, words, rng)
        edits["agency"] = frame(change(truncate(text, rng), .05, words, rng))
        for edit, changed in edits.items():
            docs[f"{name}/{edit}"] = ({story}, edit, changed, None, name)
        other, host = rng.choice([(s, t) for s, _, t in all_texts if s != story])
        parts, n = text.split(" "), rng.randint(40, 80)
        at = rng.randrange(max(1, len(parts) - n))
        copied, half = " ".join(parts[at:at + n]), host.find("\n", len(host) // 2) + 1
        docs[f"{name}/passage"] = ({story, other}, "passage", host[:half] + copied + "\n" + host[half:], (half, half + len(copied)), name)
    with open(out, "w", encoding="utf-8") as f:
        for i, (_, _, text, _, _) in docs.items():
            f.write(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n")
    return docs


def read_neardup(out):
    subprocess.run(["zstd", "-dqf", NEARDUP, "-o", out], check=True)
    docs = {}
    for row in map(json.loads, open(out, encoding="utf-8")):
        span = None
        if row["edit"] == "passage":
            text = row["text"].encode()
            span = tuple(len(text[:x].decode(errors="ignore")) for x in row["spans"][0][:2])
        docs[row["id"]] = ({row["of"] or row["id"]}, row["edit"] or "", row["text"], span, row["of"])
    return docs


def score(recoupe, docs, path):
    done = subprocess.run([recoupe, "reuse", "--format", "jsonl", "--quiet", path], check=True, stdout=subprocess.PIPE)
    linked, outside = defaultdict(lambda: defaultdict(list)), defaultdict(int)
    for pair in map(json.loads, done.stdout.splitlines()):
        a, b = pair["a"], pair["b"]
        linked[a][b] += [p["a"] for p in pair["passages"]]
        linked[b][a] += [p["b"] for p in pair["passages"]]
        outside[pair["kind"]] += not docs[a][0] & docs[b][0]
    hit, n, inside, given = defaultdict(int), defaultdict(int), 0, 0
    for i, (_, edit, _, span, of) in docs.items():
        if not edit:
            continue
        n[edit] += 1
        if edit != "passage":
            hit[edit] += any((docs[j][4] or j) == of and j != i for j in linked[i])
            continue
        mine = {k for p in linked[i].get(of, ()) for k in range(p["start"], p["end"])}
        right = sum(span[0] <= k < span[1] for k in mine)
        hit[edit] += 2 * right >= span[1] - span[0]
        inside, given = inside + right, given + len(mine)
    for edit in AT_LEAST:
        yield "recall_" + edit, hit[edit] / n[edit], n[edit]
    yield "passage_precision", inside / given if given else 0, n["passage"]
    yield "outside_near_per_1000", 1000 * outside["near-duplicate"] / len(docs), len(docs)
    yield "outside_passage_per_1000", 1000 * outside["passage"] / len(docs), len(docs)


def is_held(name, figure, value):
    if figure.startswith("recall_"):
        return value >= AT_LEAST[figure[7:]], ">= %.2f" % AT_LEAST[figure[7:]]
    if figure == "passage_precision":
        return value >= .8, ">= 0.80"
    if name == "reuse_own":   # texts of two stories share no wording but the notices that were put in
        return figure == "outside_passage_per_1000" or value == 0, "no near-duplicates of another story"
    most = 15 if "near" in figure else 2500
    return value <= most, "<= %d" % most


def update(rows):
    with open(RESULTS, encoding="utf-8") as f:
        kept = [line for line in f if not line.startswith(("reuse_own\t", "neardup\t"))]
    with open(RESULTS, "w", encoding="utf-8") as f:
        f.writelines(kept + rows)


def main():
    recoupe, rows, number, failed = sys.argv[1], [], 0, False
    sets = [("reuse_own", make)]
    if "--neardup" in sys.argv and os.path.exists(NEARDUP):
        sets.append(("neardup", read_neardup))
    with tempfile.TemporaryDirectory(prefix="recoupe-reuse-") as place:
        for name, load in sets:
            path = os.path.join(place, name + ".jsonl")
            for figure, value, n in score(recoupe, load(path), path):
                held, limit = is_held(name, figure, value)
                number, failed = number + 1, failed or not held
                print("%sok %d - %s %s %.4f of %d (%s)" % ("" if held else "not ", number, name, figure, value, n, limit))
                rows.append("%s\tall\t%s\t%.4f\n" % (name, figure, value))
    print("1..%d" % number)
    if "--update" in sys.argv:
        update(rows)
    sys.exit(failed)


main()
