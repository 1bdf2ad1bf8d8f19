#!/usr/bin/env python3
"""Are the hardening flags in what was built? TAP, one line a promise of SECURITY.md.

usage: elf.py RECOUPE LIBRARY
"""
import re
import subprocess
import sys


def readelf(option, path):
    return subprocess.run(["readelf", "-W", option, path], check=True, capture_output=True, text=True).stdout


def promises(path, is_program):
    headers, dynamic, symbols = readelf("-lh", path), readelf("-d", path), readelf("-s", path)
    stack = re.search(r"GNU_STACK\s.*?\s(R\w*)\s", headers)
    yield "position independent", "Type:" in headers and "DYN" in headers and (not is_program or "PIE" in dynamic)
    yield "read-only after relocation (RELRO)", "GNU_RELRO" in headers
    yield "all symbols bound at start (NOW)", "BIND_NOW" in dynamic or re.search(r"FLAGS_1.*NOW", dynamic) is not None
    yield "stack not executable", stack is not None and "E" not in stack.group(1)
    yield "no segment writable and executable", not re.search(r"LOAD\s.*\sRWE\s", headers)
    yield "stack protector", "__stack_chk_fail" in symbols
    yield "checked string functions (FORTIFY_SOURCE)", re.search(r"__(?:mem|str|v?sn?printf|v?fprintf|read|printf)\w*_chk", symbols) is not None
    yield "no library path of the build", "RUNPATH" not in dynamic and "RPATH" not in dynamic
    if "X86-64" in headers:
        # Debian 12's own start files lack the mark in .note.gnu.property, so the code is looked at instead.
        code = subprocess.run(["objdump", "-d", "--no-show-raw-insn", path], check=True, capture_output=True, text=True).stdout
        functions = re.findall(r"^[0-9a-f]+ <rcpi?_\w+>:\n[^\n]*?\t(\w+)", code, re.M)
        yield "functions begin with endbr64 (CET)", len(functions) > 40 and sum(f == "endbr64" for f in functions) > 0.95 * len(functions)


def main():
    n = failed = 0
    for path, is_program in ((sys.argv[1], True), (sys.argv[2], False)):
        for what, holds in promises(path, is_program):
            n += 1
            failed += not holds
            print(f"{'ok' if holds else 'not ok'} {n} - {path.rsplit('/', 1)[-1]}: {what}")
    print(f"1..{n}")
    return 1 if failed else 0


sys.exit(main())
