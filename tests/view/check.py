#!/usr/bin/env python3
"""Written dossiers hold together: TAP lines.

usage: check.py RECOUPE RENDER

The page: elements nest, ids are single, each link inside it leads somewhere, nothing is fetched from elsewhere, no inline
style or handler. The linked data: each thing that is referred to is described, each place holds the words that it quotes;
with pyld (pip install pyld), a JSON-LD processor reads the same.
"""
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CRUE = os.path.join(ROOT, "examples", "crue")
VOID = set("area base br col embed hr img input link meta source track wbr circle path".split())
OPTIONAL = {"li", "td", "th", "p", "tr"}   # ends that HTML lets one leave out


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.links, self.faults = [], [], [], []
        self.feed(text)
        self.close()
        if [t for t in self.open if t not in OPTIONAL]:
            self.faults.append(f"never closed: {self.open}")

    def handle_starttag(self, tag, attributes):
        names = [n for n, _ in attributes]
        if len(set(names)) != len(names):
            self.faults.append(f"an attribute twice in {self.get_starttag_text()[:100]}")
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            elif name == "style" or name.startswith("on"):
                self.faults.append(f"{name} on {tag}")
            elif name in ("src", "srcset", "action", "data", "poster", "background"):
                self.faults.append(f"{name} on {tag}: {value}")
            elif name == "href":
                self.links.append(value)
            elif name in ("aria-labelledby", "for"):
                self.links.append("#" + value)
        if tag in ("td", "th", "tr", "li"):
            while self.open and self.open[-1] in OPTIONAL and self.open[-1] in ({"td", "th"} if tag in ("td", "th") else {"td", "th", "tr"} if tag == "tr" else {"li"}):
                self.open.pop()
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open[-1] != tag and self.open[-1] in OPTIONAL:
            self.open.pop()
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> in {self.open[-3:]} at {self.getpos()}")
        else:
            self.open.pop()


def check_page(text):
    page = Page(text)
    assert not page.faults, page.faults[:5]
    twice = {i for i in page.ids if page.ids.count(i) > 1} if len(page.ids) < 5000 else set()
    assert len(set(page.ids)) == len(page.ids), f"ids given twice: {sorted(twice)[:5]}"
    ids = set(page.ids)
    lost = [x for x in page.links if not x.startswith("#") or x[1:] not in ids]
    assert not lost, f"links that lead nowhere: {sorted(set(lost))[:8]}"


def references(value):
    if isinstance(value, dict):
        for key, v in value.items():
            if key in ("appearance", "firstAppearance", "isPartOf", "mentions", "wasDerivedFrom", "wasQuotedFrom", "hadPrimarySource", "source"):
                yield from v if isinstance(v, list) else [v]
            elif key == "body" and isinstance(v, str):
                yield v
            elif key != "@context":
                yield from references(v)
    elif isinstance(value, list):
        for v in value:
            yield from references(v)


def places(value):
    if isinstance(value, dict):
        if value.get("type") == "SpecificResource":
            yield value
        for v in value.values():
            yield from places(v)
    elif isinstance(value, list):
        for v in value:
            yield from places(v)


def check_jsonld(text):
    data = json.loads(text)
    things = {x["id"]: x for x in data["@graph"]}
    assert len(things) == len(data["@graph"]), "an id twice"
    lost = [r for r in references(data["@graph"]) if r not in things and not r.startswith("_:")]
    assert not lost, f"referred to and not described: {lost[:5]}"
    assert not any("ating" in key for x in data["@graph"] for key in x), "recoupe rates nothing"
    n = 0
    for place in places(data["@graph"]):
        article = things[place["source"]]["text"]
        quote, position = place["selector"]
        start, end = position["start"], position["end"]
        assert article[start:end] == quote["exact"], (quote, article[start:end])
        assert article[:start].endswith(quote.get("prefix", "")) and article[end:].startswith(quote.get("suffix", ""))
        n += 1
    assert n, "no place"
    try:
        from pyld import jsonld
    except ImportError:
        return "pyld is not here"
    quads = jsonld.to_rdf(data, {"format": "application/n-quads"})
    assert quads.count("<https://schema.org/Claim>") == sum(x["type"] == "Claim" for x in data["@graph"])
    assert quads.count("<http://www.w3.org/ns/oa#exact>") == n
    assert "recoupe.invalid" not in quads and "file:" not in quads
    return None


def main():
    recoupe, render = (os.path.abspath(x) for x in sys.argv[1:3])
    env = dict(os.environ, LC_ALL="C.UTF-8")
    stories = [os.path.join(CRUE, f) for f in sorted(os.listdir(CRUE)) if re.match(r"a\d\.txt", f)]

    def output(*command, stdin=None):
        return subprocess.run(command, input=stdin, env=env, check=True, capture_output=True).stdout

    gold = output(sys.executable, os.path.join(ROOT, "tests", "view", "gold.py"), CRUE)
    big = output(sys.executable, os.path.join(ROOT, "tests", "view", "big.py"), "60", "400")
    tests = [
        ("page of the demo", lambda: check_page(output(recoupe, "compare", "--format", "html", *stories).decode())),
        ("page of one article", lambda: check_page(output(recoupe, "compare", "--format", "html", stories[0]).decode())),
        ("page of an annotated story", lambda: check_page(output(render, "html", "0", "fr", stdin=gold).decode())),
        ("page of a large story", lambda: check_page(output(render, "html", "0", "en", stdin=big).decode())),
        ("linked data of the demo", lambda: check_jsonld(output(recoupe, "compare", "--format", "jsonld", *stories).decode())),
        ("linked data of an annotated story", lambda: check_jsonld(output(render, "jsonld", "0", "fr", stdin=gold).decode())),
    ]
    print(f"1..{len(tests)}")
    for i, (name, test) in enumerate(tests, 1):
        try:
            why = test()
            print(f"ok {i} - {name}" + (f" # without a processor: {why}" if why else ""))
        except AssertionError as e:
            print(f"not ok {i} - {name}\n# {e}")


main()
