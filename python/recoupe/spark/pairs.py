"""Near-duplicates and passages on Spark: the stages of recoupe.h, and where their results go next.

    read        input rows                         -> readings to the part of their article
                                                      keys to the part of the key, sketches
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
    lend, settle                                   -> links
    rows        links                              -> columns

Articles have ascending numbers in the order of input: file, place in the file.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from .. import _recoupe
from .packets import (ANCHOR, ANCHORS, CANDIDATE, CANDIDATES, CHOSEN, CHOSENS, FLUSH, FOUND, KEY, KEYS, LEADER, LINK, MET, METS, PAIRS,
                      READING, ROOT, RUN, RUNS, SCHEMA, SKETCH, SKETCHES, In, Out, Parts)

Batches = Iterable[pa.RecordBatch]

_PAIR = struct.Struct("<QQ")  # a, b; then as rcp_stage_link
_LINKS = np.dtype([("a", "<u8"), ("b", "<u8"), *((name, "<u4") for name in (
    "size", "which", "kind", "n_passages", "both", "n_a", "n_b", "n_id_a", "n_id_b", "unused")), ("resemblance", "<f8"), ("containment", "<f8")])

_KEYS_AT_ONCE = 1 << 16

RESULT = ("a string, b string, kind string, resemblance double, containment double, "
          "passages array<struct<a:int,a_end:int,b:int,b_end:int,verbatim:boolean>>, a_number long, b_number long")
_PASSAGE = pa.struct([*((name, pa.int32()) for name in ("a", "a_end", "b", "b_end")), ("verbatim", pa.bool_())])
_RESULT = pa.schema([("a", pa.string()), ("b", pa.string()), ("kind", pa.string()), ("resemblance", pa.float64()), ("containment", pa.float64()),
                     ("passages", pa.list_(_PASSAGE)), ("a_number", pa.int64()), ("b_number", pa.int64())])


def _stage() -> _recoupe.Stage:
    return _recoupe.Stage(_recoupe.Engine(threads=1))


# ----------------------------------------------------------------------------------------------------------- candidates


def add_readings(out: Out, some: list[tuple[int, bytes]]) -> None:
    """Readings, their keys and sketches, each where it belongs."""
    if not some:
        return
    parts = out.parts
    for (doc, reading), part in zip(some, parts.of_articles([doc for doc, _ in some]).tolist()):
        out.reading(doc, reading, part)
    keys, sketches = zip(*(_recoupe.stage_keys(reading, doc) for doc, reading in some))
    items = np.frombuffer(b"".join(keys), dtype=KEYS)
    out.array(KEY, items, parts.of(items["key"] ^ (items["key"] >> np.uint64(29))))
    items = np.frombuffer(b"".join(sketches), dtype=SKETCHES)
    out.array(SKETCH, items, parts.of_articles(items["doc"]))


def _pass_on(out: Out, found: In, kind: int, dtype: Any) -> None:
    items = found.array(kind, dtype)
    out.array(kind, items, out.parts.of_articles(items["doc"]))


def join(parts: Parts, batches: Batches) -> Iterator[pa.RecordBatch]:
    """Some keys at a time, for a key of many articles has 32 candidates for each."""
    found, out = In.of_batches(batches), Out(parts)
    keys = found.array(KEY, KEYS)
    n = 1 + len(keys) // _KEYS_AT_ONCE
    which = (keys["key"] >> np.uint64(13)) % np.uint64(n)
    for i in range(n):
        items = np.frombuffer(_recoupe.stage_join_keys(keys[which == i].tobytes()), dtype=CANDIDATES)
        out.array(CANDIDATE, items, parts.of_articles(items["a"]))
        yield from out.batches(FLUSH)
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
            out.array(MET, mets, parts.of_articles(mets["b"]))
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
    out.array(CHOSEN, items, parts.of_articles(items["a"]))
    yield from out.batches()


# ------------------------------------------------------------------------------------------------------------- deciding


def lend(parts: Parts, kind: int, dtype: Any, left: Any, right: Any) -> Any:
    """Readings of a to where b is, each once a part and none to its own, and what names them."""
    readings, out = In.of_frame(left).readings(), Out(parts)
    items = In.of_frame(right).array(kind, dtype)
    to = parts.of_articles(items["b"])
    out.array(kind, items, to)
    away = to != parts.of_articles(items["a"])
    to, a = to[away], items["a"][away]
    for part in np.unique(to):
        for doc in np.unique(a[to == part]).tolist():
            out.reading(doc, readings[doc], int(part))
    return out.frame()


def decide(parts: Parts, left: Any, right: Any) -> Any:
    readings, found, out = In.of_frame(left).readings(), In.of_frame(right), Out(parts)
    lent, stage = {**readings, **found.readings()}, _stage()
    items = found.array(CHOSEN, CHOSENS)
    items = items[np.lexsort((items["rank"], items["b"]))]
    edges: list[tuple[int, int, int, int]] = []
    a_of, b_of = items["a"].tolist(), items["b"].tolist()
    for beg, end in _runs_of(b_of):
        b = b_of[beg]
        part = parts.of_article(b)
        links = stage.decide(readings[b], [lent[a] for a in a_of[beg:end]])
        for rank, (which, link) in enumerate(_links_of(links)):
            a = a_of[beg + which]
            edges.append((a, b, rank, 0))
            out.blob(LINK, part, _PAIR.pack(a, b), link)
    items = np.array(edges, dtype=CHOSENS)
    out.array(CHOSEN, items, parts.of_articles(items["b"]))
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
        out.array(kind, some, parts.of_articles(some["b"]))
        yield from out.batches(FLUSH)
    yield from out.batches()


def gather(parts: Parts, left: Any, right: Any) -> Any:
    readings, found, out = In.of_frame(left).readings(), In.of_frame(right), Out(parts)
    roots = {doc: root for root, doc in found.array(ROOT, PAIRS).tolist()}
    links = found.array(CHOSEN, CHOSENS)
    links = links[[b in roots for b in links["b"].tolist()]] if len(links) else links
    out.array(CHOSEN, links, parts.of_articles([roots[b] for b in links["b"].tolist()]))
    firsts = np.unique(np.fromiter(roots.values(), dtype=np.uint64))
    part_of = dict(zip(firsts.tolist(), parts.of_articles(firsts).tolist()))
    for doc, first in roots.items():
        out.reading(doc, readings[doc], part_of[first])
    leaders = found.array(LEADER, PAIRS)
    out.array(LEADER, leaders, parts.of_articles(leaders["b"]))
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
    out.array(LEADER, items, parts.of_articles(items["b"]))
    settled = found.array(LEADER, PAIRS)
    out.array(LEADER, settled, parts.of_articles(settled["b"]))
    yield from out.batches()


# ------------------------------------------------------------------------------------------------------------- passages


def runs(parts: Parts, left: Any, right: Any) -> Any:
    """What this part's runs say of hot keys is settled here, before they are sent: at most 33 groups of one run leave it."""
    readings, out, stage = In.of_frame(left).readings(), Out(parts), _stage()
    leaders = {doc: leader for leader, doc in In.of_frame(right).array(LEADER, PAIRS).tolist()}
    # by number: they are thinned in half the time so
    every = b"".join(stage.runs(readings[doc], doc, leaders.get(doc, doc)) for doc in sorted(readings))
    items = np.frombuffer(_recoupe.stage_thin_runs(every), dtype=RUNS)
    out.array(RUN, items, parts.of(items["hash"]))
    return out.frame()


def tie(parts: Parts, batches: Batches) -> Iterator[pa.RecordBatch]:
    found, out = In.of_batches(batches), Out(parts)
    items = np.frombuffer(_recoupe.stage_join_runs(found.bytes(RUN)), dtype=ANCHORS)
    out.array(ANCHOR, items, parts.of_articles(items["a"]))
    yield from out.batches()


def settle(parts: Parts, left: Any, right: Any) -> Any:
    """Passages, then all links of the part's articles, by b, a and kind; those of decide go before the same ones."""
    found, out = In.of_frame(right), Out(parts)
    readings = {**In.of_frame(left).readings(), **found.readings()}
    docs = sorted(readings)
    more = _stage().settle(np.array(docs, dtype=np.uint64).tobytes(), [readings[doc] for doc in docs], found.bytes(ANCHOR))
    every = found.bytes(LINK) + more
    at, heads = _heads_of(every)
    order = np.lexsort((at, heads["kind"], heads["a"], heads["b"]))
    last = (None, None, None)
    for i, key in zip(order.tolist(), zip(*(heads[name][order].tolist() for name in ("b", "a", "kind")))):
        if key != last:
            out.blob(FOUND, 0, every[at[i]:at[i] + _PAIR.size + int(heads["size"][i])])
            last = key
    return out.frame()


def _heads_of(links: bytes) -> tuple[Any, Any]:
    """Where links begin that lie end to end, each behind its pair, and their heads."""
    starts, at, size = [], 0, struct.Struct("<16xI").unpack_from
    while at < len(links):
        starts.append(at)
        at += _PAIR.size + size(links, at)[0]
    where = np.array(starts, dtype=np.int64)
    rows = np.frombuffer(links, dtype=np.uint8)[where[:, None] + np.arange(_LINKS.itemsize)] if starts else np.zeros((0, _LINKS.itemsize), np.uint8)
    return where, rows.reshape(-1).view(_LINKS)


def rows(rename: Callable[[str], str], batches: Batches) -> Iterator[pa.RecordBatch]:
    """Links as columns."""
    for batch in batches:
        for links in batch.column("payload").to_pylist():
            at, heads = _heads_of(links)
            n = heads["n_passages"].astype(np.int64)
            # the number of a passage among those of its link
            ends = np.cumsum(n)
            within = np.arange(int(n.sum())) - np.repeat(ends - n, n)
            places = np.repeat(at + _LINKS.itemsize, n) + 20 * within
            p = np.frombuffer(links, dtype=np.uint8)[places[:, None] + np.arange(20)].reshape(-1).view("<i4").reshape(-1, 5)
            passages = pa.StructArray.from_arrays([*(pa.array(p[:, i]) for i in range(4)), pa.array(p[:, 4] != 0)], fields=list(_PASSAGE))
            name_at = at + _LINKS.itemsize + 20 * n
            a_ids = _names(links, name_at, heads["n_id_a"], rename)
            b_ids = _names(links, name_at + heads["n_id_a"], heads["n_id_b"], rename)
            kinds = pa.DictionaryArray.from_arrays(pa.array(heads["kind"].astype(np.int32)), pa.array(["near-duplicate", "passage"])).cast(pa.string())
            yield pa.RecordBatch.from_arrays(
                [a_ids, b_ids, kinds, pa.array(heads["resemblance"]), pa.array(heads["containment"]),
                 pa.ListArray.from_arrays(pa.array(np.concatenate([[0], ends]).astype(np.int32)), passages),
                 pa.array(heads["a"].astype(np.int64)), pa.array(heads["b"].astype(np.int64))], schema=_RESULT)


def _names(links: bytes, at: Any, size: Any, rename: Callable[[str], str]) -> pa.Array:
    return pa.array([rename(links[x:x + n].decode("utf-8", "replace")) for x, n in zip(at.tolist(), size.tolist())], pa.string())


# ------------------------------------------------------------------------------------------------------------- the whole


def link(everything: Any, parts: Parts, rename: Callable[[str], str] = str) -> Any:
    """Pairs among what `read` gives: a frame of packets that is hash-partitioned by part and best kept (persist)."""

    def move(frame: Any) -> Any:
        return frame.repartition(parts.n, "part")

    def step(frame: Any, function: Any) -> Any:
        return move(frame).mapInArrow(lambda batches: function(parts, batches), SCHEMA)

    def beside(right: Any, function: Any) -> Any:
        return readings.groupBy("part").cogroup(right.groupBy("part")).applyInPandas(lambda own, other: function(parts, own, other), SCHEMA)

    readings = everything.where(f"kind = {READING}")
    keys = everything.where(f"kind in ({KEY}, {SKETCH})")
    candidates = keys.mapInArrow(lambda batches: join(parts, batches), SCHEMA)
    chosen = step(step(candidates, meet), choose)
    lent = beside(chosen, lambda parts, own, other: lend(parts, CHOSEN, CHOSENS, own, other))
    links = beside(lent, decide).persist()
    edges = links.where(f"kind = {CHOSEN}")
    roots = edges.repartition(1).mapInArrow(lambda batches: root(parts, batches), SCHEMA)
    leaders = step(beside(roots.union(edges), gather), lead)
    anchors = step(beside(leaders, runs), tie)
    borrowed = beside(anchors, lambda parts, own, other: lend(parts, ANCHOR, ANCHORS, own, other))
    found = beside(borrowed.union(links.where(f"kind = {LINK}")), settle)
    return found.mapInArrow(lambda batches: rows(rename, batches), RESULT), links
