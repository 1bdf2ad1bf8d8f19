#!/usr/bin/env python3
"""The public header for doxygen, and whether it says something of everything.

usage: apidoc.py HEADER            the header with comments as doxygen reads them (its INPUT_FILTER)
       apidoc.py --html HEADER OUT the pages
       apidoc.py --check HEADER    every function and type stands under a comment: TAP; and doxygen, where it is, has nothing to say

A comment stands for all declarations below it up to a blank line or the next comment; one behind a member is of that member.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CONFIG = """PROJECT_NAME=recoupe
INPUT={header}
INPUT_FILTER="{python} {tool}"
OUTPUT_DIRECTORY={out}
FILE_PATTERNS=*.h
OPTIMIZE_OUTPUT_FOR_C=YES
JAVADOC_AUTOBRIEF=YES
TYPEDEF_HIDES_STRUCT=YES
MACRO_EXPANSION=YES
ENABLE_PREPROCESSING=YES
EXPAND_ONLY_PREDEF=YES
PREDEFINED="RCP_API="
MARKDOWN_SUPPORT=NO
AUTOLINK_SUPPORT=YES
GENERATE_LATEX=NO
GENERATE_HTML=YES
HTML_TIMESTAMP=NO
HAVE_DOT=NO
SORT_MEMBER_DOCS=NO
QUIET=YES
WARNINGS=YES
WARN_IF_UNDOCUMENTED=YES
WARN_NO_PARAMDOC=NO
WARN_IF_DOC_ERROR=YES
"""


def parts(lines):
    """("comment", lines), ("blank", lines) or ("code", lines): a declaration is whole."""
    i = 0
    while i < len(lines):
        start = i
        if lines[i].startswith("/*"):
            while "*/" not in lines[i]:
                i += 1
            kind = "comment"
        elif not lines[i].strip():
            kind = "blank"
        else:
            depth = lines[i].count("{") - lines[i].count("}")
            while not lines[i].startswith("#") and (depth or not re.search(r"[;{}]\s*(/\*.*\*/\s*)?$", lines[i])):
                i += 1
                depth += lines[i].count("{") - lines[i].count("}")
            kind = "code"
        i += 1
        yield kind, lines[start:i]


def words(comment):
    """A comment as doxygen reads it: code that is indented stays so, and no character means anything."""
    text = re.sub(r"^/\*|\*/\s*$", "", "\n".join(comment))
    out, in_code = [], False
    for line in text.split("\n"):
        line = re.sub(r"^ \* ?", "", line).rstrip()
        is_code = line.startswith("    ") or (in_code and not line)
        if is_code != in_code:
            out.append("@code" if is_code else "@endcode")
        in_code = is_code
        out.append(line if is_code else re.sub(r"([\\@<>#%&])", r"\\\1", line))
    return "/**\n" + "\n".join(out + (["@endcode"] if in_code else [])) + "\n*/"


def is_rule(comment):
    return len(comment) == 1 and comment[0].startswith("/* ------")


def name_of(code):
    found = re.search(r"\b(rcp_\w+)\(", code[0]) or re.search(r"\(\*(rcp_\w+)\)", code[0]) or re.search(r"^typedef \w+ (rcp_\w+)", code[0])
    return found[1] if found else code[0]


def is_declared(code):
    return code[0].startswith(("RCP_API", "typedef", "enum"))


def members(code):
    """The comment behind a member is of all members of its line, which doxygen wants each with its own."""
    out = []
    for line in code:
        found = re.match(r"^(  .*\S)\s*/\* (.*?)\s*(\*/)?$", line)
        out.append("%s /**< %s%s" % (found[1], re.sub(r"([\\@<>#%&])", r"\\\1", found[2]), " */" if found[3] else "") if found else line)
    return out


def filtered(path):
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    out, last, is_first = [], None, True
    for kind, text in parts(lines):
        if kind == "blank":
            last = None
        if kind == "comment":
            last = None if is_rule(text) else words(text)
            if is_first:
                out += [last.replace("/**", "/** @file", 1)]
                last, is_first = None, False
        elif kind == "code":
            if last and is_declared(text):
                out.append(last)
            out += members(text) if is_declared(text) else text
        else:
            out += text
    return "\n".join(out) + "\n"


def undocumented(path):
    with open(path, encoding="utf-8") as f:
        lines = f.read().split("\n")
    has = False
    for kind, text in parts(lines):
        if kind == "comment":
            has = not is_rule(text)
        elif kind == "blank":
            has = False
        elif is_declared(text) and not has and not re.match(r"typedef struct (\w+) \1;", text[0]) and "_free(" not in text[0] and "_close(" not in text[0]:
            yield name_of(text)


def doxygen(path, out):
    """What doxygen complains of, but that members lack words: their names are said to suffice."""
    config = CONFIG.format(header=os.path.abspath(path), python=sys.executable, tool=os.path.abspath(__file__), out=out)
    done = subprocess.run(["doxygen", "-"], input=config, capture_output=True, text=True)
    return [x for x in done.stderr.splitlines() if x.strip() and not re.search(r"\((variable|enumvalue|macro definition|define)\)|Member .* of file .* is not documented.*RCP_API", x)]


def check(path):
    bare = list(undocumented(path))
    print(f"{'not ok' if bare else 'ok'} 1 - every function and type of {os.path.basename(path)} stands under a comment")
    print("".join(f"# {x}\n" for x in bare), end="")
    if not shutil.which("doxygen"):
        print("ok 2 - doxygen has nothing to say # SKIP doxygen is not here\n1..2")
        return bool(bare)
    with tempfile.TemporaryDirectory(prefix="recoupe-doxygen-") as place:
        said = doxygen(path, place)
    print(f"{'not ok' if said else 'ok'} 2 - doxygen has nothing to say")
    print("".join(f"# {x}\n" for x in said[:40]) + "1..2")
    return bool(bare or said)


def main():
    if sys.argv[1] == "--check":
        return check(sys.argv[2])
    if sys.argv[1] == "--html":
        os.makedirs(sys.argv[3], exist_ok=True)
        print("\n".join(doxygen(sys.argv[2], os.path.abspath(sys.argv[3]))), end="")
        return 0
    sys.stdout.write(filtered(sys.argv[1]))
    return 0


sys.exit(main())
