#!/usr/bin/env python3
"""`meson install` into an empty tree, then build against that tree alone: TAP.

usage: install.py BUILD CC

The files that a package needs are there; recoupe.pc gives what a program needs, shared and static; the program in the head of
recoupe.h, the ten of examples/api and a C++ file build without a warning and run.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
WARN = ["-Wall", "-Wextra", "-Wshadow", "-Wstrict-prototypes", "-Werror", "-O1"]
n = failed = 0


def tap(holds, what, detail=""):
    global n, failed
    n += 1
    failed += not holds
    print(f"{'ok' if holds else 'not ok'} {n} - {what}")
    if not holds and detail:
        print("".join(f"# {line}\n" for line in detail.splitlines()[:20]), end="")


def run(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, **more)
    return done.returncode == 0, done.stdout, done.stdout + done.stderr


def find(tree, name):
    return sorted(glob.glob(os.path.join(tree, "**", name), recursive=True))


def head_program():
    """The example in recoupe.h's first comment."""
    with open(os.path.join(ROOT, "include", "recoupe.h"), encoding="utf-8") as f:
        lines = f.read().split("*/")[0].splitlines()
    return "\n".join(x[7:] for x in lines if x.startswith(" *     ")) + "\n"


def main():
    build, cc = sys.argv[1], sys.argv[2].split()
    place = tempfile.mkdtemp(prefix="recoupe-install-")
    try:
        tree = os.path.join(place, "tree")
        done, _, said = run(["meson", "install", "-C", build, "--no-rebuild", "--destdir", tree])
        tap(done, "meson install --destdir", said)
        for name in ("bin/recoupe", "recoupe.h", "librecoupe.so.0", "librecoupe.a", "recoupe.pc", "recoupe.1", "librecoupe.3", "recoupe-dossier.5",
                     "recoupe-compare.1", "recoupe-check.1", "bash-completion/completions/recoupe", "_recoupe", "recoupe.fish"):
            tap(find(tree, name) != [], f"{name} is installed")
        if shutil.which("groff"):
            for page in find(tree, "*.[135]"):
                ran, _, said = run(["groff", "-man", "-Tutf8", "-ww", "-z", page])
                tap(ran and not said.strip(), f"{os.path.basename(page)} is good roff", said)
        script = 'source "$1"; COMP_WORDS=(recoupe compare --format js); COMP_CWORD=3; _recoupe; echo "${COMPREPLY[@]}"; ' \
                 'COMP_WORDS=(recoupe ext); COMP_CWORD=1; _recoupe; echo "${COMPREPLY[@]}"'
        ran, out, said = run(["bash", "-c", script, "bash", find(tree, "bash-completion/completions/recoupe")[0]])
        tap(ran and sorted(out.split()) == ["extract", "json", "jsonld"], "bash completes formats and verbs", said)
        pc = find(tree, "recoupe.pc")
        env = dict(os.environ, PKG_CONFIG_PATH=os.path.dirname(pc[0]), PKG_CONFIG_SYSROOT_DIR="")
        with open(pc[0], encoding="utf-8") as f:   # the prefix is where it will be; here the tree stands in for it
            text = re.sub(r"^prefix=(.*)$", lambda m: "prefix=" + tree + m.group(1), f.read(), flags=re.M)
        with open(pc[0], "w", encoding="utf-8") as f:
            f.write(text)
        flags = run(["pkg-config", "--cflags", "--libs", "recoupe"], env=env)[1].split()
        static = run(["pkg-config", "--static", "--cflags", "--libs", "recoupe"], env=env)[1].split()
        folder = os.path.dirname(find(tree, "librecoupe.so.0")[0])
        os.makedirs(os.path.join(place, "bin"))
        sources = {name[:-2]: os.path.join(ROOT, "examples", "api", name) for name in sorted(os.listdir(os.path.join(ROOT, "examples", "api"))) if name.endswith(".c")}
        sources["head"] = os.path.join(place, "head.c")
        with open(sources["head"], "w", encoding="utf-8") as f:
            f.write(head_program())
        for name, path in sources.items():
            made, _, said = run(cc + WARN + [path, "-o", os.path.join(place, "bin", name), "-pthread"] + flags, env=env)
            tap(made, f"{name}.c builds with recoupe.pc", said)
        ld = dict(env, LD_LIBRARY_PATH=folder)
        ran, out, said = run([os.path.join(place, "bin", "head"), os.path.join(ROOT, "examples", "crue")], env=ld)
        tap(ran and "independent origin" in out, "the program in recoupe.h's head runs", said)
        ran, out, said = run([sys.executable, os.path.join(HERE, "examples.py"), os.path.join(place, "bin")], env=ld)
        tap(ran, "the ten examples run against the installed library", said)
        one = os.path.join(place, "static")
        libs = [os.path.join(folder, "librecoupe.a") if x == "-lrecoupe" else x for x in static]
        made, _, said = run(cc + WARN + [sources["head"], "-o", one] + libs, env=env)
        ran, out, more = run([one, os.path.join(ROOT, "examples", "crue")], env=env) if made else (False, "", "")
        tap(ran and "independent origin" in out, "librecoupe.a with pkg-config --static", said + more)
        cxx = shutil.which("c++")
        if cxx:
            path = os.path.join(place, "plus.cpp")
            with open(path, "w", encoding="utf-8") as f:
                f.write('#include <recoupe.h>\n#include <cstring>\nint main() { return std::strlen(rcp_version()) ? 0 : 1; }\n')
            made, _, said = run([cxx, "-Wall", "-Wextra", "-Werror", path, "-o", os.path.join(place, "plus")] + flags, env=env)
            tap(made and run([os.path.join(place, "plus")], env=ld)[0], "recoupe.h from C++", said)
    finally:
        shutil.rmtree(place)
    print(f"1..{n}")
    return 1 if failed else 0


sys.exit(main())
