#!/usr/bin/env python3
"""Run the tests and end with one line: N passed, N failed.

usage: check.py BUILD [--all]

Runs meson's tests (each cmocka or golden case counts as one), then the quality scores where ../shared is present. With
--all also the suites marked "long", a clang build without warnings, and the tests again under the sanitizers.
"""
import glob
import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


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


def long_checks(build):
    yield meson_tests(build, ["--suite", "long"])
    configure("build-clang", ["--werror"], dict(os.environ, CC="clang"))
    yield extra("clang without warnings", ["ninja", "-C", "build-clang", "--quiet"])
    configure("build-asan", ["-Db_sanitize=address,undefined", "-Db_lundef=false", "-Dbuildtype=debugoptimized"])
    yield extra("sanitizers: build", ["ninja", "-C", "build-asan", "--quiet"])
    yield meson_tests("build-asan", ["--no-suite", "long"])


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
