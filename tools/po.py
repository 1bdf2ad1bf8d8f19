#!/usr/bin/env python3
"""The program's own words as gettext catalogues, for translators and their tools.

usage: po.py export         write po/recoupe.pot and po/TAG.po from data/lang/TAG/message.tsv
       po.py import TAG     write data/lang/TAG/message.tsv from po/TAG.po, a new language's too
       po.py check          are the catalogues those of the tables, and is each complete? TAP

The program reads the tables: one mechanism for all that it knows of a language, the same bytes whatever the system's locale. msgctxt is the key,
msgid the English text; "one|many" becomes two plural forms.
"""
import glob
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TABLES, CATALOGUES = os.path.join(ROOT, "data", "lang"), os.path.join(ROOT, "po")
RULES = {"1": "nplurals=2; plural=(n != 1);", "0 1": "nplurals=2; plural=(n > 1);"}


def table_of(tag):
    return os.path.join(TABLES, tag, "message.tsv")


def read_table(tag):
    with open(table_of(tag), encoding="utf-8") as f:
        lines = [x.rstrip("\n") for x in f if x.strip() and not x.startswith("#")]
    return dict(line.split("\t", 1) for line in lines[1:])


def tags():
    return sorted(os.path.basename(os.path.dirname(x)) for x in glob.glob(table_of("*")))


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unquoted(text):
    return re.sub(r"\\(.)", r"\1", text)


def entry(key, english, translated):
    out = [f"msgctxt {quoted(key)}"]
    if "|" in english:
        one, many = english.split("|", 1)
        forms = (translated.split("|", 1) * 2)[:2] if translated else ["", ""]
        out += [f"msgid {quoted(one)}", f"msgid_plural {quoted(many)}", f"msgstr[0] {quoted(forms[0])}", f"msgstr[1] {quoted(forms[1])}"]
    else:
        out += [f"msgid {quoted(english)}", f"msgstr {quoted(translated)}"]
    return "\n".join(out) + "\n"


def catalogue(tag):
    """None for tag: the template."""
    english, own = read_table("en"), read_table(tag) if tag else {}
    rule = RULES[own["singular"]] if tag else "nplurals=INTEGER; plural=EXPRESSION;"
    head = ["# The words that recoupe itself writes. Made by tools/po.py from data/lang/*/message.tsv; Apache-2.0.", "#", 'msgid ""', 'msgstr ""',
            '"Project-Id-Version: recoupe\\n"', f'"Language: {tag or ""}\\n"', '"MIME-Version: 1.0\\n"', '"Content-Type: text/plain; charset=UTF-8\\n"',
            '"Content-Transfer-Encoding: 8bit\\n"', f'"Plural-Forms: {rule}\\n"', ""]
    return "\n".join(head) + "\n" + "\n".join(entry(k, english[k], own.get(k, "")) for k in sorted(english) if k != "singular")


def path_of(tag):
    return os.path.join(CATALOGUES, f"{tag}.po" if tag else "recoupe.pot")


def export():
    os.makedirs(CATALOGUES, exist_ok=True)
    for tag in [None] + [t for t in tags() if t != "en"]:
        with open(path_of(tag), "w", encoding="utf-8") as f:
            f.write(catalogue(tag))


def read_catalogue(tag):
    """key -> text, and the counts that take the first form."""
    with open(path_of(tag), encoding="utf-8") as f:
        text = re.sub(r'"\n"', "", f.read())   # a string may go on in the next line
    out = {}
    for block in text.split("\n\n"):
        parts = dict(re.findall(r'^(msg\w+(?:\[\d\])?) "((?:[^"\\]|\\.)*)"$', block, re.M))
        if "msgctxt" in parts:
            one, many = parts.get("msgstr[0]"), parts.get("msgstr[1]")
            value = parts.get("msgstr", "") if one is None else f"{one}|{many}" if one else ""
            if value:
                out[unquoted(parts["msgctxt"])] = unquoted(value)
    rule = re.search(r"Plural-Forms: (.*?)\\n", text)
    out["singular"] = next((k for k, v in RULES.items() if rule and v == rule[1]), "1")
    return out


def import_table(tag):
    found = read_catalogue(tag)
    comments = ["# The words that the program itself writes: {1} is an argument, one|many two forms chosen by it.", "# Compiled for recoupe; Apache-2.0."]
    if os.path.exists(table_of(tag)):
        with open(table_of(tag), encoding="utf-8") as f:
            comments = [x.rstrip("\n") for x in f if x.startswith("#")]
    with open(table_of(tag), "w", encoding="utf-8") as f:
        rows = sorted((f"{k}\t{v}" for k, v in found.items()), key=lambda x: x.encode())
        f.write("\n".join(comments + ["key\ttext"] + rows) + "\n")


def faults(tag):
    english, own = read_table("en"), read_table(tag)
    for key in sorted(set(english) - set(own)):
        yield f"{key} is not translated"
    for key in sorted(set(own) - set(english)):
        yield f"{key} is in no other language"
    for key in sorted(set(own) & set(english)):
        if set(re.findall(r"\{\d\}", own[key])) != set(re.findall(r"\{\d\}", english[key])):
            yield f"{key}: other arguments than in English"
    for key, value in read_catalogue(tag).items():
        if own.get(key) != value and own.get(key) != value.split("|")[0]:
            yield f"{key}: the catalogue says {value!r}, the table {own.get(key)!r}"
    if shutil.which("msgfmt"):
        done = subprocess.run(["msgfmt", "--check-format", "-o", os.devnull, path_of(tag)], capture_output=True, text=True)
        yield from done.stderr.splitlines()


def check():
    failed = n = 0
    for tag in [None] + [t for t in tags() if t != "en"]:
        with open(path_of(tag), encoding="utf-8") as f:
            found = [] if f.read() == catalogue(tag) else [f"{os.path.relpath(path_of(tag), ROOT)} is out of date: tools/po.py export"]
        found += list(faults(tag)) if tag else []
        n += 1
        failed += bool(found)
        print(f"{'not ok' if found else 'ok'} {n} - {tag or 'template'}: {len(read_table(tag or 'en'))} messages, complete and as in the table")
        print("".join(f"# {x}\n" for x in found[:20]), end="")
    print(f"1..{n}")
    return 1 if failed else 0


if sys.argv[1:] == ["check"]:
    sys.exit(check())
elif sys.argv[1:] == ["export"]:
    export()
elif len(sys.argv) == 3 and sys.argv[1] == "import":
    import_table(sys.argv[2])
else:
    sys.exit(__doc__)
