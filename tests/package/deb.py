#!/usr/bin/env python3
"""The packages in a clean Debian root: TAP. Needs root, the network and debootstrap; skips, saying so, without.

usage: deb.py DEBS RECOUPE [ROOT]      ROOT: a minimal root to copy (made by debootstrap, and kept, when it is not there)

Without a compiler: the command from its .deb compares the sample story and says the same bytes as the one that was built here.
Then with librecoupe-dev and a compiler: an example builds. Then all are purged and leave nothing.
"""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
MIRROR = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
n = failed = 0


def tap(holds, what, detail=""):
    global n, failed
    n += 1
    failed += not holds
    print(f"{'ok' if holds else 'not ok'} {n} - {what}", flush=True)
    if not holds:
        print("".join(f"# {line}\n" for line in detail.splitlines()[-15:]), end="")
    return holds


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def inside(root, *command):
    env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "HOME": "/root"}
    done = subprocess.run(["chroot", root, *command], capture_output=True, env=env)
    return done.returncode, done.stdout, (done.stdout + done.stderr).decode(errors="replace")


def install(root, *names):
    return inside(root, "apt-get", "install", "-y", "-q", "--no-install-recommends", *names)


def base(path):
    if os.path.isdir(os.path.join(path, "usr")):
        return
    done = subprocess.run(["debootstrap", "--variant=minbase", "bookworm", path, MIRROR], capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(path, ignore_errors=True)
        skip("debootstrap: " + (done.stdout.splitlines() or ["failed"])[-1])


def check(root, debs, recoupe):
    shutil.copy("/etc/resolv.conf", os.path.join(root, "etc", "resolv.conf"))
    names = []
    for deb in debs:
        shutil.copy(deb, root)
        names.append("/" + os.path.basename(deb))
    code, _, said = inside(root, "apt-get", "update", "-q")
    if code:
        skip("no package lists: " + said.splitlines()[-1])
    of = lambda name: next(x for x in names if x.startswith(f"/{name}_"))
    code, _, said = install(root, of("recoupe"), of("recoupe-doc"))
    tap(code == 0, "recoupe and recoupe-doc install", said)
    tap(all(inside(root, "which", x)[0] for x in ("cc", "gcc", "clang", "python3", "perl5.36")), "the root has no compiler")
    story = "usr/share/doc/recoupe/examples/crue"
    code, out, said = inside(root, "sh", "-c", f"cd /{story} && recoupe compare --format json *.txt")
    env = dict(os.environ, LC_ALL="C.UTF-8")
    here = subprocess.run(f"{recoupe} compare --format json *.txt", shell=True, cwd=os.path.join(root, story), capture_output=True, env=env).stdout
    tap(code == 0 and out == here and b'"claims"' in out, "recoupe compare on the sample: the same bytes as built here", said[:500])
    code, out, said = inside(root, "recoupe", "compare", "--format", "text", "/" + story)
    tap(code == 0 and b"independent origin" in out, "the report on a terminal", said[:500])
    code, _, said = install(root, of("librecoupe0"), of("librecoupe-dev"), "gcc", "libc6-dev", "pkg-config")
    tap(code == 0, "librecoupe-dev installs beside a compiler", said)
    code, _, said = inside(root, "sh", "-c", "cd /usr/share/doc/librecoupe-dev/examples && cc -Wall -Wextra -Werror compare.c $(pkg-config --cflags --libs "
                           f"recoupe) -o /tmp/compare && /tmp/compare /{story}/a1.txt /{story}/a2.txt")
    tap(code == 0 and "independent origin" in said, "an example builds and runs", said)
    code, _, said = inside(root, "dpkg", "--purge", "recoupe", "recoupe-doc", "librecoupe-dev", "librecoupe0")
    left = [x for x in glob.glob(os.path.join(root, "usr", "**", "*recoupe*"), recursive=True) if "/var/" not in x]
    tap(code == 0 and not left, "purged, they leave nothing", said + " ".join(left))


def main():
    debs = [x for x in sorted(glob.glob(os.path.join(sys.argv[1], "*.deb"))) if "dbgsym" not in x]
    if os.geteuid() or not shutil.which("debootstrap"):
        skip("root and debootstrap are needed")
    if not debs:
        skip("no packages: make deb")
    kept = os.path.abspath(sys.argv[3] if len(sys.argv) > 3 else os.path.join(sys.argv[1], "root"))
    base(kept)
    with tempfile.TemporaryDirectory(prefix="recoupe-deb-") as place:
        root = os.path.join(place, "root")
        subprocess.run(["cp", "-a", kept, root], check=True)
        check(root, debs, os.path.abspath(sys.argv[2]))
    print(f"1..{n}")
    return 1 if failed else 0


sys.exit(main())
