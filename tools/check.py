#!/usr/bin/env python3
"""Run the tests and end with one line: N passed, N failed.

usage: check.py BUILD [--all]

Runs meson's tests (each cmocka or golden case counts as one), then the quality scores where ../shared is present. With
--all also the suites marked "long", valgrind, a clang build without warnings, the tests again under the sanitizers (addresses and
undefined behaviour; threads), each fuzz target for a moment, add and serve under load, and the packages in a clean root.
"""
import glob
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SLOW = ["--timeout-multiplier", "4"]   # for sanitizers: the longest unit test takes 2 s, 50 under that of threads


def run(command, **more):
    return subprocess.run(command, cwd=ROOT, **more).returncode


def meson_tests(build, suites):
    """Passed, failed and skipped cases of one build, subtests counted; failing tests' output is shown."""
    command = ["meson", "test", "-C", build, "--quiet", "--print-errorlogs"] + suites
    run(command)
    passed = failed = skipped = 0
    for path in glob.glob(os.path.join(ROOT, build, "meson-logs", "testlog.json")):
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                test = json.loads(line)
                cases = [x for x in test.get("stdout", "").splitlines() if x.startswith(("ok ", "not ok "))]
                bad = sum(x.startswith("not ok") for x in cases)
                for line in test.get("stdout", "").splitlines():   # said aloud: a green run that left something out shall not look whole
                    if "# SKIP" in line:
                        print(f"{test['name'].split(' / ')[-1]}: skipped:{line.split('# SKIP', 1)[1]}", flush=True)
                if test["result"] == "SKIP":
                    skipped += 1
                elif test["result"] in ("OK", "EXPECTEDFAIL"):
                    passed += max(1, len(cases))
                else:
                    failed += max(1, bad)
                    passed += max(0, len(cases) - bad)
    return passed, failed, skipped


def extra(name, command, **more):
    """A command that counts as one test."""
    status = run(command, **more)
    print(f"{name}: {'ok' if status == 0 else 'FAILED'}", flush=True)
    return (1, 0, 0) if status == 0 else (0, 1, 0)


def configure(folder, options, env=None):
    if not os.path.isdir(os.path.join(ROOT, folder)):
        run(["meson", "setup", folder] + options, stdout=subprocess.DEVNULL, env=env)


def valgrind(folder):
    """Unit tests whose subject is memory, read or freed wrongly or never: valgrind sees what the sanitizers' own allocator hides."""
    command = ["valgrind", "--quiet", "--error-exitcode=9", "--leak-check=full", "--errors-for-leak-kinds=definite"]
    for name in ("arena", "json", "stream", "warc", "feed", "http", "html_tree", "archive", "text", "phrase"):
        path = os.path.join(folder, "tests", "test_" + name)
        if os.path.exists(path):
            yield extra("valgrind " + name, command + [path], stdout=subprocess.DEVNULL)


def fuzz(folder, seconds):
    """Each target for a moment, from its own corpus; what fails must fail alone too, whatever else runs. `make fuzz TIME=600` is for long."""
    for source in sorted(glob.glob(os.path.join(ROOT, "tests", "fuzz", "fuzz_*.c"))):
        name = os.path.basename(source)[5:-2]
        yield extra("fuzz " + name, [sys.executable, "tools/fuzz.py", folder, "--processor-seconds", str(seconds), "--processes", "1", name],
                    stdout=subprocess.DEVNULL)


def long_checks(build):
    yield meson_tests(build, ["--suite", "long"])
    yield from valgrind(os.path.join(ROOT, build))
    configure("build-clang", ["--werror"], dict(os.environ, CC="clang"))
    yield extra("clang without warnings", ["ninja", "-C", "build-clang", "--quiet"])
    asan = ["-Db_sanitize=address,undefined", "-Db_lundef=false", "-Dbuildtype=debugoptimized"]
    configure("build-asan", asan)
    yield extra("sanitizers: build", ["ninja", "-C", "build-asan", "--quiet"])
    yield meson_tests("build-asan", ["--no-suite", "long"] + SLOW)
    configure("build-tsan", ["-Db_sanitize=thread", "-Db_lundef=false", "-Dbuildtype=debugoptimized", "-Dpython=disabled"])
    yield extra("threads: build", ["ninja", "-C", "build-tsan", "--quiet"])
    yield meson_tests("build-tsan", ["--suite", "unit", "--suite", "prop", "--suite", "serve"] + SLOW)
    yield extra("threads: one engine, many threads", [sys.executable, "tests/package/examples.py", "build-tsan/examples/api"])
    configure("build-fuzz", ["-Dfuzz=true", "-Dpython=disabled"] + asan[:2], dict(os.environ, CC="clang"))
    yield extra("fuzz: build", ["ninja", "-C", "build-fuzz", "--quiet"])
    yield from fuzz("build-fuzz", 10)
    yield extra("add and serve under load", [sys.executable, "tools/soak.py", os.path.join(build, "recoupe"), "--seconds", "240"])
    yield extra("packages: build", ["sh", "tools/deb.sh", "build-deb"])
    yield extra("packages: in a clean root", [sys.executable, "tests/package/deb.py", "build-deb", os.path.join(build, "recoupe")])


def main():
    build = sys.argv[1]
    totals = [meson_tests(build, ["--no-suite", "long"])]
    totals.append(extra("quality", [sys.executable, "tests/quality/run.py", os.path.join(build, "recoupe")]))
    if "--all" in sys.argv:
        totals += long_checks(build)
    passed, failed, skipped = (sum(t[i] for t in totals) for i in range(3))
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    sys.exit(1 if failed else 0)


main()
