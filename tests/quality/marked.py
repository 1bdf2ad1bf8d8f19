"""Stories whose texts carry their claims as marks, for learning only: one file a story (stories/README.md).

    == a1 fr 2025-03-04 Le Titre du site      begins an article: name, language, date, publisher
    [c1 Trois ouvriers ont été blessés] lundi, [c2 a indiqué [c3 la mairie]].

A mark may hold others; `[c1+c2 ...]` carries two claims.
"""
import json
import os


def read_marks(text):
    """The text without marks, and (claim, begin, end) of each."""
    out, open_marks, found, i = [], [], [], 0
    length = 0
    while i < len(text):
        if text[i] == "[":
            end = text.index(" ", i)
            open_marks.append((text[i + 1:end].split("+"), length))
            i = end + 1
        elif text[i] == "]":
            claims, begin = open_marks.pop()
            found += [(c, begin, length) for c in claims]
            i += 1
        else:
            out.append(text[i])
            length += 1
            i += 1
    if open_marks:
        raise ValueError("a mark is not closed: %s" % open_marks)
    return "".join(out), found


def articles(path):
    head, lines = None, []
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.startswith("== "):
                if head:
                    yield head, "".join(lines).strip("\n") + "\n"
                head, lines = line[3:].rstrip("\n").split(" ", 3), []
            elif head:
                lines.append(line)
    yield head, "".join(lines).strip("\n") + "\n"


def unpack(path, top):
    """Writes the story's folder of texts and gold.json under `top`; returns it."""
    name = os.path.splitext(os.path.basename(path))[0]
    folder = os.path.join(top, name)
    os.makedirs(folder)
    gold = {"story": name, "documents": {}, "furniture": [], "claims": [], "differences": [], "derivations": [], "support": [], "names": [], "times": []}
    claims = {}
    for (doc, language, published, publisher), marked in articles(path):
        text, found = read_marks(marked)
        with open(os.path.join(folder, doc + ".txt"), "w", encoding="utf-8") as f:
            f.write(text)
        gold["documents"][doc] = {"file": doc + ".txt", "title": text.split("\n")[0], "published": published,
                                  "publisher": publisher, "language": language, "credits": []}
        for claim, begin, end in sorted(found, key=lambda x: (x[1], x[2], x[0])):
            place = {"doc": doc, "start": begin, "end": end, "text": text[begin:end], "mode": "asserted", "source": None, "cue": None}
            claims.setdefault(claim, []).append(place)
    gold["claims"] = [{"id": c, "gist": p[0]["text"], "appearances": p} for c, p in sorted(claims.items())]
    with open(os.path.join(folder, "gold.json"), "w", encoding="utf-8") as f:
        json.dump(gold, f, ensure_ascii=False, indent=1)
    return folder
