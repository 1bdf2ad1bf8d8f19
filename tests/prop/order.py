#!/usr/bin/env python3
"""The dossier does not depend on the order of files, the number of threads, or the folder that a story is read from twice.

usage: order.py RECOUPE SOURCE_ROOT       prints TAP; the seed of the shuffles is printed
"""
import glob
import os
import random
import subprocess
import sys


def dossier(recoupe, files, *options):
    return subprocess.run([recoupe, "compare", "--format", "json", "--quiet", *options, *files], check=True, stdout=subprocess.PIPE).stdout


def main():
    recoupe, root = os.path.abspath(sys.argv[1]), sys.argv[2]
    os.chdir(root)
    seed = random.randrange(1 << 30)
    rng = random.Random(seed)
    print("# seed", seed)
    stories = ["examples/crue"] + sorted(glob.glob("tests/quality/stories/*"))
    print("1..%d" % (2 * len(stories)))
    failed = n = 0
    for story in stories:
        files = sorted(glob.glob(story + "/*.txt"))
        want = dossier(recoupe, files, "--threads", "1")
        for name, got in (("any order", dossier(recoupe, rng.sample(files, len(files)), "--threads", "1")),
                          ("three threads", dossier(recoupe, files, "--threads", "3"))):
            n += 1
            failed += got != want
            print("%s %d - %s: %s gives the same bytes" % ("ok" if got == want else "not ok", n, os.path.basename(story), name))
    sys.exit(bool(failed))


main()
