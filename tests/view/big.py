#!/usr/bin/env python3
"""A dossier of a story that nobody could write: 200 articles, 2,000 claims. Always the same bytes.

usage: big.py [ARTICLES CLAIMS] > DOSSIER.json
"""
import json
import random
import sys

N_ARTICLES, N_CLAIMS = (int(x) for x in sys.argv[1:3]) if len(sys.argv) > 2 else (200, 2000)
rng = random.Random(7)
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo chan dri plou mer lin tor".split()
MODES = ["asserted"] * 5 + ["reported"] * 4 + ["quoted"] * 2 + ["conditional"]
KINDS = ["quantity", "date", "name", "object", "modality", "place"]


def word():
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice([1, 2, 2, 3])))


VOCABULARY = [word() for _ in range(3000)]


def words(n):
    return " ".join(rng.choice(VOCABULARY) for _ in range(n))


def sentence(i):
    return f"{words(4).capitalize()} {i + 3} {words(7)}"


claims = [dict(text=sentence(i), number=str(i + 3)) for i in range(N_CLAIMS)]
order = list(range(N_CLAIMS))
people = [f"{words(1).capitalize()} {words(1).capitalize()}" for _ in range(80)]
articles, appearances, values, passages = [], [[] for _ in claims], [{} for _ in claims], {}
for a in range(N_ARTICLES):
    parent = articles[rng.randrange(len(articles))] if articles and rng.random() < 0.7 else None
    told = list(parent["told"]) if parent else []
    rng.shuffle(told)
    told = told[:24] + [c for c in range(a * N_CLAIMS // N_ARTICLES, (a + 1) * N_CLAIMS // N_ARTICLES) if c not in told[:24]]
    while len(told) < 40:
        c = int(N_CLAIMS * rng.random() ** 2)
        if c not in told:
            told.append(c)
    told.sort()
    title = f"{words(5).capitalize()} {a}"
    text = f"Menu | {words(6)}\n{title}\n\n"
    furniture = [dict(start=0, end=text.index("\n"), exact=text[:text.index("\n")], kind="navigation")]
    where = {}
    for k, c in enumerate(told):
        own = claims[c]["text"]
        if rng.random() < 0.15:
            own = own.replace(claims[c]["number"], str(int(claims[c]["number"]) + 1), 1)
        start = len(text)
        text += own
        where[c] = (start, len(text))
        mode = rng.choice(MODES)
        source = []
        if mode != "asserted":
            name = people[c % len(people)]
            source = [dict(source=name, cue="selon", origin=f"o{c % len(people)}")]
            text += f", selon {name}"
        text += ".\n" if k % 4 == 3 else ". "
        appearances[c].append(dict(article=f"a{a}", start=start, end=where[c][1], exact=own, mode=mode, attribution=source))
        number = next(w for w in own.split() if w.isdigit())
        at = start + own.index(number)
        values[c].setdefault(number, []).append(dict(article=f"a{a}", start=at, end=at + len(number), exact=number, norm=number))
    text += f"\nPartager | {words(5)}"
    article = dict(id=f"a{a}", source=f"big/{a:03}.txt", url=None, title=title, byline=None, language="fr", text=text,
                   published=f"2024-03-{1 + a // 20:02}T{a % 24:02}:{a % 60:02}", publisher=f"{words(2).title()}", furniture=furniture,
                   credits=[], told=told, where=where, index=a)
    articles.append(article)
    if parent:
        shared = [c for c in told if c in parent["where"]]
        passages[(parent["index"], a)] = [
            dict(a=dict(start=parent["where"][c][0], end=parent["where"][c][1], exact=""), b=dict(start=where[c][0], end=where[c][1], exact=""))
            for c in shared[:12]]


def differences(c):
    if len(values[c]) < 2 or c % 3:
        return []
    every = sorted((v for group in values[c].values() for v in group), key=lambda v: v["article"])
    return [dict(kind=KINDS[c % len(KINDS)], conflict=True, why=f"{' / '.join(sorted(values[c]))}", values=every)]


def support(c):
    n = len({x["article"] for x in appearances[c]})
    return dict(articles=n, texts=max(1, n // 2), channels=max(1, n // 3), independent=max(1, n // 4), origins=[f"o{c % len(people)}"], why="")


for article in articles:
    for key in ("told", "where", "index"):
        article.pop(key)
out = [dict(id=f"c{c}", appearances=appearances[c], support=support(c), differences=differences(c))
       for c in range(N_CLAIMS) if appearances[c]]
lead = max(out, key=lambda c: c["support"]["articles"])["id"]
json.dump(dict(
    recoupe="0", settings={}, summary=dict(articles=len(articles), texts=60, channels=50, independent=40, lead=lead),
    articles=articles, claims=out, names=[], times=[],
    derivations=[dict(a=f"a{a}", b=f"a{b}", kind="copy" if b % 3 else "rewrite", shared=0.5, direction="b-from-a" if b % 5 else "siblings",
                      evidence="", passages=p) for (a, b), p in sorted(passages.items())],
    origins=[dict(id=f"o{i}", name=name, kind="person") for i, name in enumerate(people)]), sys.stdout)
