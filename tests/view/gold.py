"""gold.json -> dossier JSON with origins, support counts and passages guessed: for the story view."""
import json, re, sys, difflib, os
folder = sys.argv[1]
g = json.load(open(f"{folder}/gold.json", encoding="utf-8"))
docs = g["documents"]
text = {d: open(f"{folder}/{v['file']}", encoding="utf-8", newline="").read() for d, v in docs.items()}
def sp(x): return {"start": x["start"], "end": x["end"], "exact": x["text"]}
parent = {d: d for d in docs}
def find(x):
    while parent[x] != x: x = parent[x]
    return x
for d in g["derivations"]:
    if d["derived"]: parent[find(d["a"])] = find(d["b"])
def groups(ds): return len({find(d) for d in ds})
origins, oid = [], {}
def origin(name, kind):
    if name not in oid:
        oid[name] = f"o{len(oid):08x}"; origins.append(dict(id=oid[name], name=name, kind=kind))
    return oid[name]
arts = []
for d, v in docs.items():
    creds = []
    for c in v.get("credits", []):
        i = text[d].find(c)
        if i >= 0: creds.append(dict(start=i, end=i+len(c), exact=c, origin=origin(c, "agency")))
    arts.append({"id": d, "source": f"{os.path.basename(folder.rstrip('/'))}/{v['file']}", "title": v["title"], "published": v["published"], "publisher": v["publisher"],
      "url": None, "byline": None, "language": v["language"], "text": text[d], "credits": creds,
      "furniture": [dict(sp(f), kind=f["kind"]) for f in g["furniture"] if f["doc"] == d]})
sup = {s["claim"]: s for s in g["support"]}
claims = []
for n, c in enumerate(g["claims"]):
    ds = {a["doc"] for a in c["appearances"]}
    srcs = sorted({a["source"] for a in c["appearances"] if a["source"]})
    s = dict(articles=len(ds), texts=groups(ds), channels=groups(ds), independent=max(1, min(groups(ds), len(srcs) or 9))) | sup.get(c["id"], {})
    apps = []
    for a in c["appearances"]:
        at = [{"source": a["source"], "cue": a["cue"], "resolved": None, "origin": origin(a["source"], "official")}] if a["source"] else []
        apps.append(dict(sp(a), article=a["doc"], mode=a["mode"], attribution=at))
    claims.append({"id": f"c{n:07x}1", "gist": c["gist"], "appearances": apps,
        "support": {k: s[k] for k in ("articles", "texts", "channels", "independent")} | {"origins": [oid[x] for x in srcs], "why": s.get("why")},
        "differences": [{"kind": d["kind"], "conflict": d["conflict"], "why": d["why"], "values": [dict(sp(v), article=v["doc"], norm=v["norm"]) for v in d["values"]]} for d in g["differences"] if d["claim"] == c["id"]]})
names = []
for n in g["names"]:
    ms = []
    for m in n["mentions"]:
        i = text[m["doc"]].index(m["text"]); ms.append({"article": m["doc"], "start": i, "end": i + len(m["text"]), "exact": m["text"]})
    names.append({"canonical": n["entity"], "type": n["type"], "mentions": ms})
der = []
def toks(d): return [(m.group(), m.start(), m.end()) for m in re.finditer(r"\w+|[^\w\s]", text[d])]
for d in g["derivations"]:
    if not d["derived"]: continue
    ta, tb = toks(d["a"]), toks(d["b"])
    m = difflib.SequenceMatcher(None, [t[0].lower() for t in ta], [t[0].lower() for t in tb], autojunk=False)
    blocks = [b for b in m.get_matching_blocks() if b.size >= 6]
    merged = []
    for b in blocks:
        if merged and b.a - merged[-1][1] < 8 and b.b - merged[-1][3] < 8: merged[-1][1] = b.a + b.size; merged[-1][3] = b.b + b.size
        else: merged.append([b.a, b.a + b.size, b.b, b.b + b.size])
    def s2(doc, t, i, j): return dict(start=t[i][1], end=t[j-1][2], exact=text[doc][t[i][1]:t[j-1][2]])
    ps = [dict(a=s2(d["a"], ta, x[0], x[1]), b=s2(d["b"], tb, x[2], x[3])) for x in merged]
    n = sum(x[1]-x[0] for x in merged)
    shared = min(1, n / min(len(ta), len(tb)))
    der.append({"a": d["a"], "b": d["b"], "kind": d["kind"], "shared": round(shared or .4, 4), "direction": d["direction"] or "unknown", "evidence": f"{len(ps)} passages, {n} mots en commun", "passages": ps})
lead = max(claims, key=lambda c: c["support"]["articles"])["id"]
json.dump({"recoupe": "0.1.0", "settings": {}, "summary": {"articles": len(arts), "texts": groups(docs), "channels": groups(docs), "independent": 1, "lead": lead},
 "articles": arts, "claims": claims, "derivations": der, "origins": origins, "names": names,
 "times": [dict(sp(t), article=t["doc"], resolved=t["resolved"]) for t in g["times"]]}, sys.stdout, ensure_ascii=False, indent=1)
