"""The Python of docs/coming-from.md does what the page says; its commands are run by tests/golden/coming_from.py."""
import doctest
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def test_the_page(monkeypatch, tmp_path):
    subprocess.run([sys.executable, os.path.join(ROOT, "tests", "golden", "coming_from.py"), "-", str(tmp_path)], check=True)
    monkeypatch.chdir(tmp_path)
    with open(os.path.join(ROOT, "docs", "coming-from.md"), encoding="utf-8") as page:
        test = doctest.DocTestParser().get_doctest(page.read(), {}, "docs/coming-from.md", "docs/coming-from.md", 0)
    said = []
    done = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE).run(test, out=said.append)
    assert done.attempted > 10 and not done.failed, "".join(said)
