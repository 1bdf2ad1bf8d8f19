#!/usr/bin/env python3
"""The tests of the Python package, as TAP.

usage: run.py BUILD RECOUPE [PYTEST ARGUMENT...]

Skipped, saying why, where the package was not built or pytest is missing.
"""
import os
import sys

build, command, *arguments = sys.argv[1:]
package = os.path.abspath(os.path.join(build, "python"))


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


if not os.path.exists(os.path.join(package, "recoupe", "_recoupe.abi3.so")):
    skip("the Python package was not built: no headers of Python 3.11 or later (python3-dev)")
try:
    import pytest
except ImportError:
    skip("pytest is missing (python3-pytest)")

sys.path.insert(0, package)
here = os.path.dirname(os.path.abspath(__file__))
os.environ["PYTHONPATH"] = os.pathsep.join([package, *filter(None, [os.environ.get("PYTHONPATH")])])
os.environ["RECOUPE"] = os.path.abspath(command)
os.chdir(os.path.dirname(os.path.dirname(here)))


class Tap:
    n = 0

    def pytest_runtest_logreport(self, report):
        if report.when != "call" and report.passed:
            return
        if report.when == "teardown" and report.skipped:
            return
        Tap.n += 1
        if report.skipped:
            print(f"ok {Tap.n} - {report.nodeid} # SKIP {report.longrepr[2] if isinstance(report.longrepr, tuple) else ''}")
        else:
            print(f"{'ok' if report.passed else 'not ok'} {Tap.n} - {report.nodeid}")
        if report.failed:
            print("\n".join("# " + line for line in str(report.longrepr).splitlines()))
        sys.stdout.flush()


status = pytest.main(["-p", "no:terminal", "-p", "no:cacheprovider", "-s", "--import-mode=importlib", here, *arguments], plugins=[Tap()])
print(f"1..{Tap.n}")
sys.exit(0 if status in (0, 5) else int(status))
