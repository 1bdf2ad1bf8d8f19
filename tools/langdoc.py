#!/usr/bin/env python3
"""Write docs/languages.md: every table with its columns, sizes by language and the words of its first comment.

usage: langdoc.py [--check]
"""
import glob
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HEAD = """# Languages

What recoupe knows of a language is a folder of tables, `data/lang/<tag>/<name>.tsv`, that a linguist or journalist can edit. They are
checked and compiled in by the build, or read at run time with `--lang-dir DIR` (a folder that holds `<tag>/<name>.tsv`). A table that a
language lacks is empty: nothing of its kind is found, nothing breaks.

The format: UTF-8 in normal form C; lines that begin with `#` are comments, the first of them say what the table is and where it comes
from; the first other line names the columns, separated by tabs, with the values that a column takes in brackets, `stance(neutral|deny)`;
then one row a line, sorted by bytes (`LC_ALL=C sort`), no row twice. The build names file, line and fault.

To add a language: a folder with `lang.tsv` (its name, its stemmer, its codes) and `stop.tsv` (function words, by which it is told); then
the tables that you have; list them in `data/lang/meson.build`; a story with gold in `tests/quality/stories`.

This page is written by `tools/langdoc.py`.

"""


def read(path):
    comments, header, rows = [], None, 0
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.rstrip("\n")
            if line.startswith("#"):
                comments.append(line.lstrip("# ").strip())
            elif header is None:
                header = line
            elif line:
                rows += 1
    return " ".join(comments), header, rows


def page():
    tables = {}
    for path in sorted(glob.glob(os.path.join(ROOT, "data", "lang", "*", "*.tsv"))):
        tag, name = os.path.basename(os.path.dirname(path)), os.path.basename(path)[:-4]
        tables.setdefault(name, {})[tag] = read(path)
    out = [HEAD]
    for name, by_tag in sorted(tables.items()):
        tag = "fr" if "fr" in by_tag else sorted(by_tag)[0]
        comment, header, _ = by_tag[tag]
        sizes = ", ".join("%s %d" % (t, by_tag[t][2]) for t in sorted(by_tag))
        out.append("## %s\n\n%s\n\nColumns: `%s`. Rows: %s.\n\n" % (name, comment, header.replace("\t", "`, `"), sizes))
    return "".join(out).rstrip() + "\n"


def main():
    path = os.path.join(ROOT, "docs", "languages.md")
    new = page()
    if "--check" in sys.argv:
        with open(path, encoding="utf-8") as f:
            sys.exit(0 if f.read() == new else "docs/languages.md is out of date: run tools/langdoc.py")
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(new)


main()
