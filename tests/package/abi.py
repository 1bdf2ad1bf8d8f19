#!/usr/bin/env python3
"""Does the library still offer what it offered? Functions, sizes, places of fields, values: one TAP line.

usage: abi.py HEADER LIBRARY CC [--update]

A small C program, made from recoupe.h, prints what a compiler makes of it; nm says what the library exports. Both are held against
abi.txt. What is new is told and passes; what is gone or changed fails: programs built against the old library would break. Then
either undo it, or raise the soname and write the file anew with --update. A version that CHANGELOG.md calls not released has promised
nothing yet: then changes are told and pass too.
"""
import os
import re
import subprocess
import sys
import tempfile

KEPT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "abi.txt")


def declared(header):
    """Structs with their fields, enum constants and functions of the header."""
    with open(header, encoding="utf-8") as f:
        text = re.sub(r"//[^\n]*", "", re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S))
    structs, values = {}, []
    for name, body in re.findall(r"typedef struct (rcp_\w+) \{(.*?)\}", text, re.S):
        fields = []
        for declaration in body.split(";"):
            names = declaration.strip().split(",")
            fields += [re.sub(r"\[.*", "", n).split()[-1].lstrip("*") for n in names if n.strip()]
        structs[name] = fields
    for body in re.findall(r"typedef enum rcp_\w+ \{(.*?)\}", text, re.S):
        values += re.findall(r"\bRCP_\w+", body)
    return structs, values, sorted(set(re.findall(r"RCP_API[^;(]*?\b(rcp_\w+)\(", text)))


def program(structs, values):
    lines = ["#include <recoupe.h>", "#include <stdio.h>", "int main(void) {"]
    for name, fields in structs.items():
        lines.append(f'printf("struct {name} %zu\\n", sizeof({name}));')
        for f in fields:
            lines.append(f'printf("field {name}.{f} at %zu of %zu\\n", offsetof({name}, {f}), sizeof((({name} *)0)->{f}));')
    lines += [f'printf("value {v} %d\\n", (int){v});' for v in values]
    return "\n".join(lines + ["}", ""])


def layout(header, structs, values, cc):
    with tempfile.TemporaryDirectory(prefix="recoupe-abi-") as place:
        source, binary = os.path.join(place, "abi.c"), os.path.join(place, "abi")
        with open(source, "w", encoding="utf-8") as f:
            f.write(program(structs, values))
        subprocess.run(cc + ["-I", os.path.dirname(header), source, "-o", binary], check=True)
        return subprocess.run([binary], check=True, capture_output=True, text=True).stdout.splitlines()


def exported(library):
    lines = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout.splitlines()
    return sorted(line.split()[-1].split("@")[0] for line in lines if " T " in line or " D " in line or " B " in line or " R " in line)


def is_released(version):
    with open(os.path.join(os.path.dirname(KEPT), "..", "..", "CHANGELOG.md"), encoding="utf-8") as f:
        return f"## {version} (not released)" not in f.read()


def main():
    header, library, cc = sys.argv[1], sys.argv[2], sys.argv[3].split()
    structs, values, functions = declared(header)
    symbols = exported(library)
    found = sorted(["function " + s for s in symbols] + layout(header, structs, values, cc))
    if "--update" in sys.argv:
        with open(KEPT, "w", encoding="utf-8") as f:
            f.write("".join(line + "\n" for line in found))
        return 0
    with open(KEPT, encoding="utf-8") as f:
        kept = f.read().splitlines()
    gone, new = sorted(set(kept) - set(found)), sorted(set(found) - set(kept))
    stray = [s for s in symbols if s not in functions]
    absent = [f for f in functions if f not in symbols]
    for title, lines in (("gone or changed", gone), ("new (add it by --update)", new), ("exported and in no header", stray),
                         ("declared and not there", absent)):
        for line in lines:
            print(f"# {title}: {line}")
    version = os.path.realpath(library).rsplit(".so.", 1)[-1]
    bad = (gone and is_released(version)) or stray or absent
    print(f"{'not ok' if bad else 'ok'} 1 - {len(symbols)} functions, {len(structs)} structs, {len(values)} values as before")
    print("1..1")
    return 1 if bad else 0


sys.exit(main())
