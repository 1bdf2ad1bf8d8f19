"""The steps of recoupe.spark, moved about without Spark, give what the command gives; what they are made of."""
import glob
import json
import os

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("pyarrow")

from recoupe.spark import _told, pairs  # noqa: E402
from recoupe.spark.command import pair_lines  # noqa: E402
from recoupe.spark.packets import (ANCHOR, ANCHORS, CHOSEN, CHOSENS, COUNT, KEYS, PROBLEM, READING, SKETCHES, TICKET, In, Parts,  # noqa: E402
                                   count_of, pack, unpack)
from recoupe.spark.readings import Keeper  # noqa: E402
from recoupe.spark.sources import Names, Source, ranges, spans  # noqa: E402


def words(i, n):
    state, found = (i + 1) * 2654435761, []
    for _ in range(n):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        found.append("bcdfglmnprst"[state >> 40 & 7] + "aeiou"[(state >> 44) % 5] + "bcdfglmnprst"[state >> 48 & 7] + "aeiou"[(state >> 52) % 5])
    return found


def invent(n):
    """Every other text is one notice but for its last word; the others are originals, copies with changes, quotations, short ones."""
    for i in range(n):
        text = words(i, 120)
        if i % 2:
            text = words(5, 60) + [f"numero{i}"]
        elif i % 8 == 2:
            text = [w if k % (7 + i % 9) else "autre" for k, w in enumerate(words(i - 2, 120))]
        elif i % 8 == 4:
            text[40:40] = words(i // 16 * 8, 120)[20:70]
        elif i % 40 == 16:
            text = text[:20]
        yield {"text": " ".join(text)} if i % 30 == 7 else {"id": f"n{i}", "text": " ".join(text)}


class Conf:
    """What ranges asks of a session."""
    class conf:
        @staticmethod
        def get(name):
            return "30000"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("steps") / "a.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for i, record in enumerate(invent(400)):
            out.write(json.dumps(record) + ("\n\n" if i % 50 == 3 else "\n"))
            if i == 200:
                out.write("{broken\n")
    return str(path)


class Moved:
    """Runs each step for all parts and sorts what it gives by part, as a shuffle does."""

    def __init__(self, parts, readings):
        self.parts, self.readings = parts, readings

    def step(self, given, function, n=None):
        out = [[] for _ in range(n or self.parts.n)]
        for items in given:
            for part, (kind, payload) in function(iter(items)):
                out[part].append((part, (kind, payload)))
        return out

    def beside(self, given, function):
        return self.step([a + b for a, b in zip(self.readings, given)], function)


def links(parts, keeper, readings):
    steps, moved = pairs.Steps(parts, keeper), Moved(parts, readings)
    keys = moved.step(readings, steps.keys)
    candidates = moved.step(keys, steps.join)
    chosen = moved.beside(moved.beside(candidates, steps.meet), steps.choose)
    decided = moved.beside(moved.beside(chosen, lambda items: steps.lend(CHOSEN, CHOSENS, items)), steps.decide)
    edges = moved.step(decided, steps.edges, 1)
    roots = moved.step(edges, steps.root)
    leaders = moved.beside(moved.beside([a + b for a, b in zip(roots, decided)], steps.gather), steps.lead)
    anchors = moved.step(moved.beside(leaders, steps.runs), steps.tie)
    borrowed = moved.beside(anchors, lambda items: steps.lend(ANCHOR, ANCHORS, items))
    found = [link for a, b, c in zip(readings, borrowed, decided) for link in steps.settle(a + b + c)]
    return found, keys


def tickets_of(sources, parts):
    tickets = [{"part": part, "blocks": []} for part in range(parts.n)]
    for file, block, size in ranges(Conf, sources, parts.n):
        tickets[parts.of_article(file << 40 | block)]["blocks"].append((file, block, size))
    return [[(t["part"], (TICKET, json.dumps(t).encode()))] for t in tickets]


def lines_of(found, names):
    return sorted(line for batch in pairs.rows(names, found) for line in pair_lines(batch))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SPARK_LOCAL_DIRS", f"{tmp_path},/nowhere")
    return tmp_path


@pytest.mark.parametrize("n", [1, 2, 5])
def test_pairs_of_parts_that_follow_each_other(n, file, folder, command):
    sources = [Source(f"file:{file}", file, "lines", os.path.getsize(file))]
    parts, keeper = Parts(n, spans(sources, n)), Keeper("x", sources, {})
    readings = tickets_of(sources, parts)
    told = [x for items in readings for x in _told(keeper, items)]
    names = Names(sources, {(a, b): n for kind, (a, b, n) in (t for t in told if t[0] == COUNT)})
    assert [names(name) for kind, (name, _) in (t for t in told if t[0] == PROBLEM)] == [f"{file}:206"]
    made = glob.glob(f"{folder}/recoupe-x-*")
    assert parts.is_ordered and len(made) == n
    os.unlink(made[-1])  # as on an executor that has not read it
    found, keys = links(parts, keeper, readings)
    expected = command("reuse", "--quiet", "--format", "jsonl", file, status=1)
    assert lines_of(found, names) == sorted(expected.splitlines())
    assert expected.count('"passage"') > 10 and expected.count('"near-duplicate"') > 500
    # 200 articles are one notice: no more than 64 of a part ask elsewhere for candidates of one key
    sent = np.concatenate([In(items).array(4, KEYS) for items in keys])
    _, times = np.unique(sent["key"], return_counts=True)
    assert times.max() == min(200, 64 * n)
    assert len(glob.glob(f"{folder}/*")) == n


def test_pairs_of_parts_that_are_mixed(file, folder, command):
    sources = [Source(f"file:{file}", file, "lines", os.path.getsize(file))]
    keeper = Keeper("y", sources, {})
    table, told = keeper.open({"part": 0, "blocks": [(0, 0, sources[0].size)]})
    parts = Parts(3)
    to = parts.of_articles(table.docs)
    readings = [[(i, (READING, packet)) for packet in table.packets(table.docs[to == i], 1 << 14)] for i in range(3)]
    assert not parts.is_ordered and min(map(len, readings)) > 1
    found, _ = links(parts, keeper, readings)
    names = Names(sources, {(a, b): n for a, b, n in told["counts"]})
    assert lines_of(found, names) == sorted(command("reuse", "--quiet", "--format", "jsonl", file, status=1).splitlines())


def test_arrays_are_packed_by_columns():
    items = np.zeros(1000, dtype=KEYS)
    items["key"] = np.arange(1000, dtype=np.uint64) * np.uint64(0x1234567890ABCDEF)
    items["doc"] = np.uint64(7 << 40) + np.arange(1000, dtype=np.uint64) * np.uint64(5000)
    items["order"] = np.arange(1000) % 96
    packed, back = pack(items), np.zeros(1000, dtype=KEYS)
    unpack(packed, KEYS, back)
    assert count_of(packed) == 1000 and (back == items).all() and len(packed) < 1000 * 13 + 64
    sketches = np.zeros(3, dtype=SKETCHES)
    sketches["bins"] = np.arange(384).reshape(3, 128)
    sketches["doc"], sketches["n_words"] = [2**63, 1, 5], [3, 2**32 - 1, 0]
    back = np.zeros(3, dtype=SKETCHES)
    unpack(pack(sketches), SKETCHES, back)
    assert (back == sketches).all()


def test_what_is_no_packet_is_refused():
    from recoupe import _recoupe

    for call, bad in ((lambda x: _recoupe.stage_scan(x, 0), b"\xff" * 40), (_recoupe.stage_links, b"\1" * 100)):
        with pytest.raises(ValueError):
            call(bad)
    row = np.array([(1, 8, 100, 0)], dtype="<u8,<u8,<u4,<u4").view(np.uint8)
    with pytest.raises(ValueError):
        _recoupe.stage_keys(([b"0123456789"], row))
    with pytest.raises(ValueError):
        _recoupe.stage_keys(([], row))
    assert _recoupe.stage_keys(([b"x" * 200], row)) == b""
