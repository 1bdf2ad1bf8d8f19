"""Near-duplicates and passages on Spark: the stages of recoupe.h, and where their results go next.

    read        input rows                         -> readings to the part of their article
    find        readings                           -> keys to the part of the key, sketches
    join        keys of a part                     -> candidates to the part of a
    meet        candidates, sketches of a          -> candidates with the sketch, to the part of b
    choose      those, sketches of b               -> the eight most alike, to the part of a
    lend        readings of a, those chosen        -> both to the part of b
    decide      readings of b and of each a        -> links
    root        all links, one task                -> the first article of all that hang together
    gather      readings of those                  -> to the part of that first article
    lead        those, in the order of input       -> leaders to the part of their article
    runs        readings, leaders                  -> runs to the part of their hash
    tie         runs of a part                     -> anchors to the part of a
    lend, settle                                   -> links; those of decide go before the same ones

Articles have ascending numbers in the order of input: file, place in the file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from .. import _recoupe
from .packets import (ANCHOR, ANCHORS, CANDIDATE, CANDIDATES, CHOSEN, CHOSENS, FLUSH, HEAD, KEY, KEYS, LEADER, LINK, MET, METS, PAIRS,
                      READING, ROOT, RUN, RUNS, SCHEMA, SKETCH, SKETCHES, In, Out, Parts)

Batches = Iterable[pa.RecordBatch]

_LINK = struct.Struct("<QQQ")  # a, b, which step found it; then as rcp_stage_link
_LINK_HEAD = struct.Struct("<10I2d")
DECIDE, SETTLE = 4, 7

RESULT = ("a string, b string, kind string, resemblance double, containment double, "
          "passages array<struct<a:int,a_end:int,b:int,b_end:int,verbatim:boolean>>, a_number long, b_number long")


def _stage() -> _recoupe.Stage:
    return _recoupe.Stage(_recoupe.Engine(threads=1))


# ----------------------------------------------------------------------------------------------------------- candidates


def find(parts: Parts, batches: Batches) -> Iterator[pa.RecordBatch]:
    out = Out(parts)
    for batch in batches:
        keys, sketches = [], []
        for doc, reading in In.of_batches([batch]).readings().items():
            some, sketch = _recoupe.stage_keys(reading, doc)
            keys.append(some)
            sketches.append(sketch)
        items = np.frombuffer(b"".join(keys), dtype=KEYS)
        out.array(KEY, items, parts.of(items["key"] ^ (items["key"] >> np.uint64(29))))
        items = np.frombuffer(b"".join(sketches), dtype=SKETCHES)
        out.array(SKETCH, items, parts.of(items["doc"]))
        yield from out.batches(FLUSH)
    yield from out.batches()


def _pass_on(out: Out, found: In, kind: int, dtype: Any) -> None:
    items = found.array(kind, dtype)
    out.array(kind, items, out.parts.of(items["doc"]))


def join(parts: Parts, batches: Batches) -> Iterator[pa.RecordBatch]:
    found, out = In.of_batches(batches), Out(parts)
    items = np.frombuffer(_recoupe.stage_join_keys(found.bytes(KEY)), dtype=CANDIDATES)
    out.array(CANDIDATE, items, parts.of(items["a"]))
    _pass_on(out, found, SKETCH, SKETCHES)
    yield from out.batches()


def meet(parts: Parts, batches: Batches) -> Iterator[pa.RecordBatch]:
    found, out = In.of_batches(batches), Out(parts)
    sketches = np.sort(found.array(SKETCH, SKETCHES), order="doc")
    items = found.array(CANDIDATE, CANDIDATES)
    # a pair once, as its first key proposed it
    order = np.lexsort((items["order"], items["a"], items["b"]))
    items = items[order]
    if len(items):
        first: Any = np.ones(len(items), dtype=bool)
        first[1:] = (items["a"][1:] != items["a"][:-1]) | (items["b"][1:] != items["b"][:-1])
        items = items[first]
        step = 1 << 16
        for at in range(0, len(items), step):
            some = items[at:at + step]
            mets: Any = np.zeros(len(some), dtype=METS)
            for name in ("a", "b", "order"):
                mets[name] = some[name]
            mets["bins"] = sketches["bins"][np.searchsorted(sketches["doc"], some["a"])]
            out.array(MET, mets, parts.of(mets["b"]))
            yield from out.batches(FLUSH)
    _pass_on(out, found, SKETCH, SKETCHES)
    yield from out.batches()


def choose(parts: Parts, batches: Batches) -> Iterator[pa.RecordBatch]:
    found, out = In.of_batches(batches), Out(parts)
    pairs = np.frombuffer(_recoupe.stage_choose(found.bytes(MET), found.bytes(SKETCH)), dtype=PAIRS)
    items: Any = np.zeros(len(pairs), dtype=CHOSENS)
    items["a"], items["b"] = pairs["a"], pairs["b"]
    if len(items):
        starts = np.flatnonzero(np.r_[True, items["b"][1:] != items["b"][:-1]])
        items["rank"] = np.arange(len(items)) - np.repeat(starts, np.diff(np.r_[starts, len(items)]))
    out.array(CHOSEN, items, parts.of(items["a"]))
    yield from out.batches()


# ------------------------------------------------------------------------------------------------------------- deciding


def lend(parts: Parts, kind: int, dtype: Any, left: Any, right: Any) -> Any:
    """Readings of a to where b is, each once a part, and what names them."""
    readings, out = In.of_frame(left).readings(), Out(parts)
    items = In.of_frame(right).array(kind, dtype)
    to = parts.of(items["b"])
    out.array(kind, items, to)
    for part in np.unique(to):
        for doc in np.unique(items["a"][to == part]).tolist():
            out.reading(doc, readings[doc], int(part))
    return out.frame()


def decide(parts: Parts, left: Any, right: Any) -> Any:
    readings, found, out = In.of_frame(left).readings(), In.of_frame(right), Out(parts)
    lent, stage = found.readings(), _stage()
    items = np.sort(found.array(CHOSEN, CHOSENS), order=["b", "rank"])
    edges: list[tuple[int, int, int, int]] = []
    a_of, b_of = items["a"].tolist(), items["b"].tolist()
    for beg, end in _runs_of(b_of):
        b = b_of[beg]
        part = int(parts.of([b])[0])
        links = stage.decide(readings[b], [lent[a] for a in a_of[beg:end]])
        for rank, (which, link) in enumerate(_links_of(links)):
            a = a_of[beg + which]
            edges.append((a, b, rank, 0))
            out.blob(LINK, part, _LINK.pack(a, b, DECIDE), link)
    items = np.array(edges, dtype=CHOSENS)
    out.array(CHOSEN, items, parts.of(items["b"]))
    return out.frame()


def _runs_of(values: list[int]) -> Iterator[tuple[int, int]]:
    """Where equal values lie together."""
    beg = 0
    for end in range(1, len(values) + 1):
        if end == len(values) or values[end] != values[beg]:
            yield beg, end
            beg = end


def _links_of(links: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(links):
        size, which = struct.unpack_from("<II", links, at)
        yield which, links[at:at + size]
        at += size


# --------------------------------------------------------------------------------------------------------------- groups


def root(parts: Parts, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Two that hang together need no look: the later follows the earlier. More of them are looked at together."""
    found, out = In.of_batches(batches), Out(parts)
    links = found.array(CHOSEN, CHOSENS)
    pairs: Any = np.zeros(len(links), dtype=PAIRS)
    pairs["a"], pairs["b"] = links["a"], links["b"]
    items = np.frombuffer(_recoupe.stage_components(pairs.tobytes()), dtype=PAIRS)
    _, which, n = np.unique(items["a"], return_inverse=True, return_counts=True)
    is_pair = n[which] == 2 if len(items) else np.zeros(0, dtype=bool)
    for kind, some in ((LEADER, items[is_pair]), (ROOT, items[~is_pair])):
        out.array(kind, some, parts.of(some["b"]))
        yield from out.batches(FLUSH)
    yield from out.batches()


def gather(parts: Parts, left: Any, right: Any) -> Any:
    readings, found, out = In.of_frame(left).readings(), In.of_frame(right), Out(parts)
    roots = {doc: root for root, doc in found.array(ROOT, PAIRS).tolist()}
    links = found.array(CHOSEN, CHOSENS)
    links = links[[b in roots for b in links["b"].tolist()]] if len(links) else links
    out.array(CHOSEN, links, parts.of([roots[b] for b in links["b"].tolist()]))
    for doc, first in roots.items():
        out.reading(doc, readings[doc], int(parts.of([first])[0]))
    leaders = found.array(LEADER, PAIRS)
    out.array(LEADER, leaders, parts.of(leaders["b"]))
    return out.frame()


def lead(parts: Parts, batches: Batches) -> Iterator[pa.RecordBatch]:
    """In the order of input, since a leader must be known before those that follow it."""
    found, out = In.of_batches(batches), Out(parts)
    readings, stage = found.readings(), _stage()
    links = np.sort(found.array(CHOSEN, CHOSENS), order=["b", "rank"])
    a_of, b_of = links["a"].tolist(), links["b"].tolist()
    leaders: dict[int, int] = {}
    for beg, end in _runs_of(b_of):
        b, mine, refused = b_of[beg], a_of[beg:end], -1
        for a in mine:
            leader = leaders.get(a, a)
            if leader == refused:
                continue
            if leader in mine or stage.resembles(readings[leader], readings[b]):
                leaders[b] = leader
                break
            refused = leader
    items: Any = np.zeros(len(leaders), dtype=PAIRS)
    items["a"], items["b"] = list(leaders.values()), list(leaders)
    out.array(LEADER, items, parts.of(items["b"]))
    settled = found.array(LEADER, PAIRS)
    out.array(LEADER, settled, parts.of(settled["b"]))
    yield from out.batches()


# ------------------------------------------------------------------------------------------------------------- passages


def runs(parts: Parts, left: Any, right: Any) -> Any:
    """What this part's runs say of hot keys is settled here, before they are sent: at most 33 groups of one run leave it."""
    readings, out, stage = In.of_frame(left).readings(), Out(parts), _stage()
    leaders = {doc: leader for leader, doc in In.of_frame(right).array(LEADER, PAIRS).tolist()}
    every = b"".join(stage.runs(reading, doc, leaders.get(doc, doc)) for doc, reading in readings.items())
    items = np.frombuffer(_recoupe.stage_thin_runs(every), dtype=RUNS)
    out.array(RUN, items, parts.of(items["hash"]))
    return out.frame()


def tie(parts: Parts, batches: Batches) -> Iterator[pa.RecordBatch]:
    found, out = In.of_batches(batches), Out(parts)
    items = np.frombuffer(_recoupe.stage_join_runs(found.bytes(RUN)), dtype=ANCHORS)
    out.array(ANCHOR, items, parts.of(items["a"]))
    yield from out.batches()


def settle(parts: Parts, rename: Callable[[str], str], left: Any, right: Any) -> Any:
    """Passages, then all links of the part's articles as rows."""
    import pandas as pd

    readings, found, stage = In.of_frame(left).readings(), In.of_frame(right), _stage()
    lent = found.readings()
    links: dict[tuple[int, int, int], tuple[int, bytes]] = {}

    def keep(a: int, b: int, step: int, link: bytes) -> None:
        kind = _LINK_HEAD.unpack_from(link)[2]
        before = links.get((b, a, kind))
        if before is None or step < before[0]:
            links[b, a, kind] = step, link

    every, at = found.bytes(LINK), 0
    while at < len(every):
        a, b, step = _LINK.unpack_from(every, at)
        at += _LINK.size
        size, = struct.unpack_from("<I", every, at)
        keep(a, b, step, every[at:at + size])
        at += size
    items = np.sort(found.array(ANCHOR, ANCHORS), order=["b", "a", "word_a", "word_b"])
    a_of, b_of = items["a"].tolist(), items["b"].tolist()
    for beg, end in _runs_of(list(zip(b_of, a_of))):  # type: ignore[arg-type]
        a, b = a_of[beg], b_of[beg]
        link = stage.passages(lent[a], readings[b], items[beg:end].tobytes())
        if link:
            keep(a, b, SETTLE, link)
    rows = [_row(a, b, link, rename) for (b, a, _), (_, link) in sorted(links.items())]
    return pd.DataFrame(rows, columns=["a", "b", "kind", "resemblance", "containment", "passages", "a_number", "b_number"])


def _row(a: int, b: int, link: bytes, rename: Callable[[str], str]) -> tuple[Any, ...]:
    _, _, kind, n, _, _, _, n_a, n_b, _, resemblance, containment = _LINK_HEAD.unpack_from(link)
    at = _LINK_HEAD.size
    places = np.frombuffer(link, dtype="<u4", count=5 * n, offset=at).reshape(-1, 5).tolist()
    at += 20 * n
    names = [link[at:at + n_a], link[at + n_a:at + n_a + n_b]]
    passages = [{"a": p[0], "a_end": p[1], "b": p[2], "b_end": p[3], "verbatim": bool(p[4])} for p in places]
    id_a, id_b = (rename(x.decode("utf-8", "replace")) for x in names)
    return id_a, id_b, ("near-duplicate", "passage")[kind], resemblance, containment, passages, a, b


# ------------------------------------------------------------------------------------------------------------- the whole


def link(readings: Any, parts: Parts, rename: Callable[[str], str] = str) -> Any:
    """Pairs among readings, a frame of packets that is hash-partitioned by part and best kept (persist)."""

    def move(frame: Any) -> Any:
        return frame.repartition(parts.n, "part")

    def step(frame: Any, function: Any) -> Any:
        return move(frame).mapInArrow(lambda batches: function(parts, batches), SCHEMA)

    def beside(right: Any, function: Any, schema: str = SCHEMA) -> Any:
        return readings.groupBy("part").cogroup(right.groupBy("part")).applyInPandas(lambda l, r: function(parts, l, r), schema)

    keys = readings.mapInArrow(lambda batches: find(parts, batches), SCHEMA)
    chosen = step(step(step(keys, join), meet), choose)
    lent = beside(chosen, lambda p, l, r: lend(p, CHOSEN, CHOSENS, l, r))
    links = beside(lent, decide).persist()
    edges = links.where(f"kind = {CHOSEN}")
    roots = edges.repartition(1).mapInArrow(lambda batches: root(parts, batches), SCHEMA)
    leaders = step(beside(roots.union(edges), gather), lead)
    anchors = step(beside(leaders, runs), tie)
    borrowed = beside(anchors, lambda p, l, r: lend(p, ANCHOR, ANCHORS, l, r))
    return beside(borrowed.union(links.where(f"kind = {LINK}")), lambda p, l, r: settle(p, rename, l, r), RESULT)
