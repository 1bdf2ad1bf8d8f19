#!/usr/bin/env python3
"""Writes docs/benchmarks.md: every stage beside its peers, quality and speed, measured in one run.

usage: report.py BUILD [--data FOLDER] [--pages N] [--peers N] [--grow N] [--venv DIR] [-o FILE]

--data   public sets as CONTRIBUTING.md describes them (default: ../shared/data); a stage whose set is absent is left out, saying so
--pages  so many pages of each extraction set (200): the peers read about ten a second
--peers  so many texts for the peers of reuse (4000)
--grow   also the growth of reuse to so many articles
--venv   where the peers are installed, made when it is not there (default: BUILD/bench-venv)
--only   extract, reuse, stories or compare: measures that part, keeps it in BUILD/bench-parts, and writes nothing. A later call without it
         takes the parts that are there for this very program, and measures the others: for machines that are quiet for minutes only

Everything runs on one thread, in processor time, so that other work on the machine shows little; ratios travel, absolute figures do not.
"""
import argparse
import hashlib
import os
import platform
import re
import subprocess
import sys
import tempfile
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
PACKAGES = ["datasketch", "rensa", "numpy", "scikit-learn", "trafilatura", "readability-lxml", "lxml_html_clean", "jusText"]

HEAD = """# Benchmarks

Written by `make bench` (`bench/report.py`); do not edit. Each stage runs beside its peers on the same input, by one build, on one thread. Times
are processor time, best of several runs where a run is short. Ratios travel between machines; absolute figures do not. Where a peer
is better, it says so under the table.

"""


def output(command):
    print(" ".join(os.path.basename(c) for c in command[:4]), "...", file=sys.stderr, flush=True)
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit("%s ended with %d" % (command, done.returncode))
    return done.stdout


def environment(folder):
    python = os.path.join(folder, "bin", "python3")
    if not os.path.exists(python):
        venv.create(folder, with_pip=True)
        for package in PACKAGES:
            subprocess.run([python, "-m", "pip", "install", "-q", package], check=True)
    return python


def table(rows):
    """Rows of cells, the first the heading, as Markdown."""
    n = max(map(len, rows))
    rows = [list(map(str, r)) + [""] * (n - len(r)) for r in rows]
    numeric = [all(re.fullmatch(r"[-\d.,]*", r[k]) for r in rows[1:]) for k in range(n)]
    line = lambda cells: "| " + " | ".join(cells) + " |\n"
    return line(rows[0]) + line(["--:" if x else "---" for x in numeric]) + "".join(map(line, rows[1:])) + "\n"


def first_line(command):
    return subprocess.run(command, capture_output=True, text=True).stdout.split("\n")[0]


def machine(build, python):
    info = open("/proc/cpuinfo", encoding="utf-8").read()
    flags = set(re.search(r"flags\s*: (.*)", info).group(1).split()) if "flags" in info else set()
    model = re.search(r"model name\s*: (.*)", info)
    vectors = "AVX-512" if "avx512bw" in flags else "AVX2" if "avx2" in flags else "no AVX2"
    memory = int(re.search(r"MemTotal:\s*(\d+)", open("/proc/meminfo", encoding="utf-8").read()).group(1)) / 2**20
    kind = "%s (%s, %s)%s, %d processors, %.0f GB" % (model.group(1) if model else "processor", platform.machine(), vectors,
                                                       ", a virtual machine" if "hypervisor" in flags else "", os.cpu_count(), memory)
    kernel = platform.system() + " " + ".".join(platform.release().split(".")[:2])
    versions = "import importlib.metadata as m;print(', '.join(p+' '+m.version(p) for p in %r))" % PACKAGES
    rows = [["what", "which"], ["machine", kind], ["system", kernel + "; " + first_line(["cc", "--version"])],
            ["recoupe", first_line([os.path.join(build, "recoupe"), "--version"])],
            ["Python", platform.python_version() + "; " + first_line([python, "-c", versions])],
            ["other work at the time", "load %.1f" % os.getloadavg()[0]]]
    return "## Machine and versions\n\n" + table(rows)


def losses(rows, ours, columns):
    """Lines on columns (greater is better) in which a row that is not ours is above all of ours."""
    mine = [r for r in rows[1:] if r[0].startswith(ours)]
    number = lambda x: float(x) if re.fullmatch(r"[\d.]+", x) else None
    out = []
    for k in columns:
        best = max((number(r[k]) for r in mine if number(r[k]) is not None), default=None)
        for r in rows[1:]:
            if r not in mine and best is not None and number(r[k]) is not None and number(r[k]) > best:
                out.append("- %s is ahead in %s: %s against %g.\n" % (r[0], rows[0][k], r[k], best))
    return "".join(out) + ("\n" if out else "")


def unpack(data, name, place):
    path = os.path.join(data, "extraction", name + ".tar.zst")
    if not os.path.exists(path):
        return None
    subprocess.run(["tar", "-I", "zstd -d --long=27", "-xf", path, "-C", place], check=True)
    return os.path.join(place, name)


def extraction(o, recoupe, place):
    text = "## extract: pages into articles\n\n`bench/extraction/run.py`. Text F1 by shingles of four words (wcxb-articles) or by segments that " \
           "must be in and out (traf); title, author and date: share exactly right; reading and start-up count for recoupe and not for the peers.\n\n"
    for name in ("wcxb-articles", "traf"):
        folder = unpack(o.data, name, place)
        if not folder:
            text += "%s is absent.\n\n" % name
            continue
        lines = output([sys.executable, os.path.join(HERE, "extraction", "run.py"), recoupe, folder, "--venv", o.venv, "--limit", str(o.pages)]).splitlines()
        rows = [["program", "text F1", "title", "author", "date", "pages a second"]] + [line.split() for line in lines[2:]]
        text += "%s, %d pages\n\n" % (name, int(lines[0].split()[0])) + table(rows) + losses(rows, "recoupe", range(1, 6))
    return text


def sections(text):
    """Tables under lines that begin with #, as reuse/run.py prints them."""
    for block in re.split(r"(?m)^# ", text)[1:]:
        title, _, rest = block.partition("\n")
        yield title, [line.split("\t") for line in rest.splitlines() if line]


def reuse(o, python, recoupe, build):
    path = os.path.join(o.data, "neardup", "neardup.jsonl.zst")
    text = "## reuse: near-duplicates and copied passages\n\n`bench/reuse/run.py`, on 20,000 texts of 470 words in eleven languages, half of them copies " \
           "edited in known ways. All programs work on shingles of two words; the peers find no passages.\n\n"
    if not os.path.exists(path):
        return text + "The set is absent.\n\n"
    command = [sys.executable, os.path.join(HERE, "reuse", "run.py"), build, path, "--venv", o.venv, "--peers", str(o.peers)]
    for title, rows in sections(output(command + (["--grow", str(o.grow)] if o.grow else []))):
        text += title[0].upper() + title[1:] + "\n\n" + table(rows)
        if "sketch" in title or title.startswith("end"):
            text += losses(rows, "recoupe", [1])
    quality = output([sys.executable, os.path.join(ROOT, "tests", "quality", "reuse.py"), recoupe, "--neardup"])
    rows = [["set", "figure", "value", "of", "must be"]]
    rows += [list(m) for m in re.findall(r"ok \d+ - (\S+) (\S+) (\S+) of (\d+) \((.*)\)", quality)]
    return text + "Quality (`tests/quality/reuse.py --neardup`)\n\n" + table(rows)


def stories(o, python, recoupe):
    folder = os.path.join(o.data, "stories")
    text = "## stories: articles into stories\n\n`bench/stories/run.py`, with `--final`; the peer is the usual way in Python, with one setting for all sets.\n\n"
    if not os.path.isdir(folder):
        return text + "The sets are absent.\n\n"
    paths = [os.path.join(folder, f) for f in sorted(os.listdir(folder)) if f.endswith(".jsonl")]
    rows = [line.split("\t") for line in output([sys.executable, os.path.join(HERE, "stories", "run.py"), recoupe, python] + paths).splitlines()]
    behind = ""
    for name in dict.fromkeys(r[0] for r in rows[1:]):
        behind += losses([rows[0][1:2] + [f"{x}, {name}" for x in rows[0][2:]]] + [r[1:] for r in rows[1:] if r[0] == name], "recoupe", (1, 2)).rstrip("\n") + "\n"
    return text + table(rows) + behind.strip("\n") + "\n\n"


def compare(recoupe):
    """No program of this kind is known to compare with: quality is what annotators say, speed our own."""
    text = "## compare: claims, conflicts, derivations\n\nNo other program gives a dossier, so there is no peer. Quality against annotated stories, means over " \
           "each set (`tests/quality/results.tsv`; the reference is an annotator, 1.0; a second annotator reaches an alignment F1 of .92 to .95).\n\n"
    value = {}
    for line in open(os.path.join(ROOT, "tests", "quality", "results.tsv"), encoding="utf-8"):
        cells = line.rstrip("\n").split("\t")
        if len(cells) == 4 and cells[1] == "mean":
            value[cells[0], cells[2]] = cells[3]
    figures = ["alignment_f1", "alignment_tight", "mode", "source_f1", "names_p", "names_r", "conflict_precision", "conflict_recall", "derived_f1", "direction",
               "support_exact"]
    rows = [["set"] + figures] + [[s] + [value.get((s, f), "") for f in figures] for s in ("gold", "own")]
    text += table(rows) + "Time and memory, whole process, one thread (`bench/compare.py`)\n\n"
    return text + table([line.split("\t") for line in output([sys.executable, os.path.join(HERE, "compare.py"), recoupe, "--runs", "3"]).splitlines() if "\t" in line])


def part(build, recoupe, name, make, anew=False):
    """A section, out of BUILD/bench-parts when this very program was measured before."""
    with open(recoupe, "rb") as f:
        mark = hashlib.sha256(f.read()).hexdigest()[:12]
    path = os.path.join(build, "bench-parts", f"{name}-{mark}.md")
    if anew or not os.path.exists(path):
        text = make()
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
    with open(path, encoding="utf-8") as f:
        return f.read()


def main():
    ask = argparse.ArgumentParser(usage=__doc__)
    ask.add_argument("build")
    ask.add_argument("--data", default=os.path.join(os.path.dirname(ROOT), "shared", "data"))
    ask.add_argument("--pages", type=int, default=200)
    ask.add_argument("--peers", type=int, default=4000)
    ask.add_argument("--grow", type=int)
    ask.add_argument("--venv")
    ask.add_argument("--only", choices=("extract", "reuse", "stories", "compare"))
    ask.add_argument("-o", "--output", default=os.path.join(ROOT, "docs", "benchmarks.md"))
    o = ask.parse_args()
    o.venv = os.path.abspath(o.venv or os.path.join(o.build, "bench-venv"))
    python, recoupe = environment(o.venv), os.path.abspath(os.path.join(o.build, "recoupe"))
    with tempfile.TemporaryDirectory(prefix="recoupe-bench-") as place:
        parts = {"extract": lambda: extraction(o, recoupe, place), "reuse": lambda: reuse(o, python, recoupe, o.build),
                 "stories": lambda: stories(o, python, recoupe), "compare": lambda: compare(recoupe)}
        if o.only:
            part(o.build, recoupe, o.only, parts[o.only], True)
            return
        text = HEAD + machine(o.build, python) + "".join(part(o.build, recoupe, name, made) for name, made in parts.items())
    with open(o.output, "w", encoding="utf-8") as f:
        f.write(text.rstrip("\n") + "\n")


main()
