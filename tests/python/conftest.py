"""What the tests share: the sample story, a small invented corpus, the command to compare with."""
import glob
import json
import os
import subprocess

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@pytest.fixture(scope="session")
def crue():
    return sorted(glob.glob(os.path.join(ROOT, "examples", "crue", "a*.txt")))


@pytest.fixture(scope="session")
def command():
    """Runs `recoupe`; gives what it writes."""
    def run(*arguments, status=0):
        done = subprocess.run([os.environ["RECOUPE"], *map(str, arguments)], capture_output=True, check=False,
                              env={**os.environ, "COLUMNS": "100"})
        assert done.returncode == status, done.stderr
        return done.stdout.decode()
    return run


def article(i, n_words=120, seed=0):
    """Words of no language that stay the same for the same i and seed."""
    state, words = (i + 1) * 2654435761 + seed, []
    for _ in range(n_words):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        words.append("bcdfglmnprst"[state >> 40 & 7] + "aeiou"[(state >> 44) % 5] + "bcdfglmnprst"[state >> 48 & 7] + "aeiou"[(state >> 52) % 5])
    return words


@pytest.fixture(scope="session")
def corpus(tmp_path_factory):
    """Forty articles; every fourth is a copy of the one before with words changed, every tenth quotes the first."""
    path = tmp_path_factory.mktemp("corpus") / "articles.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for i in range(40):
            words = article(i)
            if i % 4 == 3:
                words = [w if k % 11 else "autre" for k, w in enumerate(article(i - 1))]
            if i % 10 == 9:
                words[40:40] = article(0)[20:60]
            text = " ".join(words).capitalize() + "."
            out.write(json.dumps({"id": f"n{i}", "text": text, "published": f"2025-01-{1 + i // 4:02}"}) + "\n")
    return path
