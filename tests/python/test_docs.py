"""The examples of docs/python.md do what the page says; without pyarrow and pandas, all but those of its tables."""
import doctest
import importlib.util
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def test_the_page(monkeypatch):
    monkeypatch.chdir(ROOT)
    with open("docs/python.md", encoding="utf-8") as page:
        text = page.read()
    if not all(importlib.util.find_spec(name) for name in ("pyarrow", "pandas")):
        text = text[:text.index("\n## Tables")] + text[text.index("\n## Errors"):]
    test = doctest.DocTestParser().get_doctest(text, {}, "docs/python.md", "docs/python.md", 0)
    said = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    done = runner.run(test, out=said.append)
    assert done.attempted > 20 and not done.failed, "".join(said)
