"""Near-duplicates and passages on Spark: the stages of recoupe.h, and where their results go next.

    keys        readings of a part                 -> keys that may concern other parts, to the part of the key
    join        keys of a part                     -> candidates of different parts, to the part of a
    meet        sketches of a, candidates          -> candidates with the sketch, to the part of b
    choose      keys and sketches of b, those      -> the eight most alike, to the part of a
    lend        readings of a, those chosen        -> both to the part of b
    decide      readings of b and of each a        -> links
    root        all links, one task                -> the first article of all that hang together
    gather      readings of those                  -> to the part of that first article
    lead        those, in the order of input       -> leaders to the part of their article
    runs        readings, leaders                  -> runs to the part of their hash
    tie         runs of a part                     -> anchors to the part of a
    lend, settle                                   -> links
    rows        links                              -> columns

Articles have ascending numbers in the order of input: file, place in the file. A reading moves only to another part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import pyarrow as pa

from .. import _recoupe
from .packets import (ANCHOR, ANCHORS, CANDIDATE, CANDIDATES, CHOSEN, CHOSENS, FLUSH, KEY, KEYS, LEADER, LENT, LINK, PACKET, PAIRS, ROOT, RUN,
                      RUNS, SKETCH, SKETCHES, In, Item, Out, Parts, place)
from .readings import Keeper, Table, both

Items = Iterable[Item]

# a pair, and the head of the link behind it
_LINKS = np.dtype([("a", "<u8"), ("b", "<u8"), *((name, "<u4") for name in (
    "size", "which", "kind", "n_passages", "both", "n_a", "n_b", "n_id_a", "n_id_b", "unused")), ("resemblance", "<f8"), ("containment", "<f8")])
_PAIR = 16

_KEYS_AT_ONCE = 1 << 16

RESULT = ("a string, b string, kind string, resemblance double, containment double, "
          "passages array<struct<a:int,a_end:int,b:int,b_end:int,verbatim:boolean>>, a_number long, b_number long")
_PASSAGE = pa.struct([*((name, pa.int32()) for name in ("a", "a_end", "b", "b_end")), ("verbatim", pa.bool_())])
_RESULT = pa.schema([("a", pa.string()), ("b", pa.string()), ("kind", pa.string()), ("resemblance", pa.float64()), ("containment", pa.float64()),
                     ("passages", pa.list_(_PASSAGE)), ("a_number", pa.int64()), ("b_number", pa.int64())])


def _stage() -> _recoupe.Stage:
    return _recoupe.Stage(_recoupe.Engine(threads=1))


def _bytes(items: Any) -> Any:
    """As the library takes arrays."""
    return np.ascontiguousarray(items).view(np.uint8)


def _pairs_of(items: Any) -> Any:
    pairs: Any = np.zeros(len(items), dtype=PAIRS)
    pairs["a"], pairs["b"] = items["a"], items["b"]
    return pairs


class Steps:
    """Each step takes what came to a part and gives what goes to others."""

    def __init__(self, parts: Parts, keeper: Keeper):
        self.parts, self.keeper = parts, keeper

    # ------------------------------------------------------------------------------------------------------- candidates

    def keys(self, items: Items) -> Iterator[Item]:
        """Where parts follow each other in the input, an article's candidates of its own part are found there, when it chooses."""
        own, out = self.keeper.own(In(items)), Out(self.parts)
        step = 1 << 18
        some = _recoupe.stage_keys(own.c)
        found = np.frombuffer(_recoupe.stage_thin_keys(some) if self.parts.is_ordered else some, dtype=KEYS)
        for at in range(0, len(found), step):
            keys = found[at:at + step]
            out.array(KEY, keys, self.parts.of(keys["key"] ^ (keys["key"] >> np.uint64(29))))
            yield from out.drain(FLUSH)
        yield from out.drain()

    def join(self, items: Items) -> Iterator[Item]:
        """Some keys at a time, for a key of many articles has 32 candidates for each."""
        keys, out = In(items).array(KEY, KEYS), Out(self.parts)
        n = 1 + len(keys) // _KEYS_AT_ONCE
        which = (keys["key"] >> np.uint64(13)) % np.uint64(n)
        for i in range(n):
            found = np.frombuffer(_recoupe.stage_join_keys(_bytes(keys[which == i])), dtype=CANDIDATES)
            to = self.parts.of_articles(found["a"])
            if self.parts.is_ordered:
                is_far = to != self.parts.of_articles(found["b"])
                found, to = found[is_far], to[is_far]
            out.array(CANDIDATE, found, to)
            yield from out.drain(FLUSH)
        yield from out.drain()

    def meet(self, items: Items) -> Iterator[Item]:
        """Candidates each once, as their first key proposed them, and each sketch once to each other part."""
        found, out = In(items), Out(self.parts)
        own, some = self.keeper.own(found), found.array(CANDIDATE, CANDIDATES)
        if not len(some):
            return
        some = some[np.lexsort((some["order"], some["a"], some["b"]))]
        first: Any = np.ones(len(some), dtype=bool)
        first[1:] = (some["a"][1:] != some["a"][:-1]) | (some["b"][1:] != some["b"][:-1])
        some = some[first]
        to = self.parts.of_articles(some["b"])
        out.array(CANDIDATE, some, to)
        yield from out.drain()
        away = to != self.parts.of_articles(some["a"])
        for part in np.unique(to[away]).tolist():
            docs = np.unique(some["a"][away & (to == part)])
            sketches = np.frombuffer(_recoupe.stage_sketches(own.some(docs).c), dtype=SKETCHES)
            out.array(SKETCH, sketches, np.full(len(docs), part))
            yield from out.drain(FLUSH)
        yield from out.drain()

    def choose(self, items: Items) -> Iterator[Item]:
        found, out = In(items), Out(self.parts)
        own = self.keeper.own(found)
        keys = _recoupe.stage_keys(own.c) if self.parts.is_ordered else b""
        sketches = np.concatenate([np.frombuffer(_recoupe.stage_sketches(own.c), dtype=SKETCHES), found.array(SKETCH, SKETCHES)])
        pairs = np.frombuffer(_recoupe.stage_choose(keys, _bytes(found.array(CANDIDATE, CANDIDATES)), _bytes(sketches)), dtype=PAIRS)
        chosen: Any = np.zeros(len(pairs), dtype=CHOSENS)
        chosen["a"], chosen["b"] = pairs["a"], pairs["b"]
        if len(chosen):
            starts = np.flatnonzero(np.r_[True, chosen["b"][1:] != chosen["b"][:-1]])
            chosen["rank"] = np.arange(len(chosen)) - np.repeat(starts, np.diff(np.r_[starts, len(chosen)]))
        out.array(CHOSEN, chosen, self.parts.of_articles(chosen["a"]))
        yield from out.drain()

    # --------------------------------------------------------------------------------------------------------- deciding

    def _lend(self, out: Out, own: Table, docs: Any, to: Any) -> Iterator[Item]:
        """Readings to the parts that want them, each once a part."""
        for part in np.unique(to).tolist():
            for packet in own.packets(np.unique(docs[to == part]), PACKET):
                out.blob(LENT, part, packet)
                yield from out.drain(FLUSH)
        yield from out.drain()

    def lend(self, kind: int, dtype: Any, items: Items) -> Iterator[Item]:
        """Readings of a to where b is, and what names them."""
        found, out = In(items), Out(self.parts)
        own, some = self.keeper.own(found), found.array(kind, dtype)
        to = self.parts.of_articles(some["b"])
        out.array(kind, some, to)
        yield from out.drain()
        away = to != self.parts.of_articles(some["a"])
        yield from self._lend(out, own, some["a"][away], to[away])

    def decide(self, items: Items) -> Iterator[Item]:
        found, out = In(items), Out(self.parts)
        all_readings = both(self.keeper.own(found), self.keeper.lent(found))
        chosen = found.array(CHOSEN, CHOSENS)
        chosen = chosen[np.lexsort((chosen["rank"], chosen["b"]))]
        pairs = _pairs_of(chosen)
        if not len(pairs):
            return
        links = _stage().decide(all_readings.c, _bytes(pairs))
        part = self.parts.of_article(int(pairs["b"][0]))
        at, heads = heads_of(links)
        for beg, end in _pieces(at, len(links)):
            out.blob(LINK, part, links[beg:end])
        edges: Any = np.zeros(len(heads), dtype=CHOSENS)
        edges["a"], edges["b"], edges["rank"] = heads["a"], heads["b"], np.arange(len(heads))
        out.array(CHOSEN, edges, self.parts.of_articles(edges["b"]))
        yield from out.drain()

    # ----------------------------------------------------------------------------------------------------------- groups

    @staticmethod
    def edges(items: Items) -> Iterator[Item]:
        for _, (kind, payload) in items:
            if kind == CHOSEN:
                yield 0, (kind, payload)

    def root(self, items: Items) -> Iterator[Item]:
        """Two that hang together need no look: the later follows the earlier. More of them are looked at together."""
        links, out = In(items).array(CHOSEN, CHOSENS), Out(self.parts)
        found = np.frombuffer(_recoupe.stage_components(_bytes(_pairs_of(links))), dtype=PAIRS)
        _, which, n = np.unique(found["a"], return_inverse=True, return_counts=True)
        is_pair = n[which] == 2 if len(found) else np.zeros(0, dtype=bool)
        for kind, some in ((LEADER, found[is_pair]), (ROOT, found[~is_pair])):
            out.array(kind, some, self.parts.of_articles(some["b"]))
            yield from out.drain(FLUSH)
        yield from out.drain()

    def gather(self, items: Items) -> Iterator[Item]:
        found, out = In(items), Out(self.parts)
        own, roots, links = self.keeper.own(found), np.sort(found.array(ROOT, PAIRS), order="b"), found.array(CHOSEN, CHOSENS)
        if len(roots):
            i = np.minimum(np.searchsorted(roots["b"], links["b"]), len(roots) - 1)
            is_rooted = roots["b"][i] == links["b"]
            out.array(CHOSEN, links[is_rooted], self.parts.of_articles(roots["a"][i[is_rooted]]))
        leaders = found.array(LEADER, PAIRS)
        out.array(LEADER, leaders, self.parts.of_articles(leaders["b"]))
        yield from out.drain()
        to = self.parts.of_articles(roots["a"])
        away = to != self.parts.of_articles(roots["b"])
        yield from self._lend(out, own, roots["b"][away], to[away])

    def lead(self, items: Items) -> Iterator[Item]:
        """In the order of input, since a leader must be known before those that follow it."""
        found, out = In(items), Out(self.parts)
        readings = both(self.keeper.own(found), self.keeper.lent(found))
        links = np.sort(found.array(CHOSEN, CHOSENS), order=["b", "rank"])
        led = np.frombuffer(_stage().lead(readings.c, _bytes(_pairs_of(links))), dtype=PAIRS)
        out.array(LEADER, led, self.parts.of_articles(led["b"]))
        settled = found.array(LEADER, PAIRS)
        out.array(LEADER, settled, self.parts.of_articles(settled["b"]))
        yield from out.drain()

    # --------------------------------------------------------------------------------------------------------- passages

    def runs(self, items: Items) -> Iterator[Item]:
        """What this part's runs say of hot keys is settled here, before they are sent: at most 33 groups of one run leave it."""
        found, out = In(items), Out(self.parts)
        own, led = self.keeper.own(found), found.array(LEADER, PAIRS)
        leaders = own.docs.copy()
        leaders[np.searchsorted(own.docs, led["b"])] = led["a"]
        every = np.frombuffer(_stage().runs(own.c, _bytes(leaders)), dtype=RUNS)
        step = 1 << 18
        for at in range(0, len(every), step):
            some = every[at:at + step]
            out.array(RUN, some, self.parts.of(some["hash"]))
            yield from out.drain(FLUSH)
        yield from out.drain()

    def tie(self, items: Items) -> Iterator[Item]:
        out = Out(self.parts)
        found = np.frombuffer(_recoupe.stage_join_runs(_bytes(In(items).array(RUN, RUNS))), dtype=ANCHORS)
        out.array(ANCHOR, found, self.parts.of_articles(found["a"]))
        yield from out.drain()

    def settle(self, items: Items) -> Iterator[bytes]:
        """Passages, then all links of the part's articles, by b, a and kind; those of decide go before the same ones."""
        found = In(items)
        readings = both(self.keeper.own(found), self.keeper.lent(found))
        links = b"".join(found.all(LINK)) + _stage().settle(readings.c, _bytes(found.array(ANCHOR, ANCHORS)))
        at, heads = heads_of(links)
        order = np.lexsort((at, heads["kind"], heads["a"], heads["b"]))
        some = heads[order]
        first: Any = np.ones(len(some), dtype=bool)
        first[1:] = (some["b"][1:] != some["b"][:-1]) | (some["a"][1:] != some["a"][:-1]) | (some["kind"][1:] != some["kind"][:-1])
        order = order[first]
        ends = at + _PAIR + heads["size"]
        for i in range(0, len(order), _LINKS_AT_ONCE):
            yield b"".join([links[beg:end] for beg, end in zip(at[order[i:i + _LINKS_AT_ONCE]].tolist(), ends[order[i:i + _LINKS_AT_ONCE]].tolist())])


_LINKS_AT_ONCE = 2048


def _pieces(starts: Any, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of about a packet that begin and end with a link."""
    at = 0
    while at < len(starts):
        to = max(at + 1, int(np.searchsorted(starts, starts[at] + PACKET)))
        yield int(starts[at]), int(starts[to]) if to < len(starts) else end
        at = to


def heads_of(links: bytes) -> tuple[Any, Any]:
    """Where links begin that lie end to end, each behind its pair, and their heads."""
    where = np.frombuffer(_recoupe.stage_links(links), dtype="<i8")
    rows = np.frombuffer(links, dtype=np.uint8)[where[:, None] + np.arange(_LINKS.itemsize)] if len(where) else np.zeros((0, _LINKS.itemsize), np.uint8)
    return where, rows.reshape(-1).view(_LINKS)


# -------------------------------------------------------------------------------------------------------------- results


def rows(rename: Callable[[str], str], found: Iterable[bytes]) -> Iterator[pa.RecordBatch]:
    """Links as columns."""
    for links in found:
        at, heads = heads_of(links)
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


def link(readings: Any, steps: Steps) -> Any:
    """Links of pairs, many to an item, as an RDD. `readings`: what Keeper.own takes up, by part."""
    n = steps.parts.n

    def step(moved: Any, function: Any) -> Any:
        return moved.mapPartitions(function).partitionBy(n, place)

    def beside(moved: Any, function: Any) -> Any:
        return step(readings.union(moved), function)

    candidates = step(step(readings, steps.keys), steps.join)
    chosen = beside(beside(candidates, steps.meet), steps.choose)
    decided = beside(beside(chosen, lambda items: steps.lend(CHOSEN, CHOSENS, items)), steps.decide)
    roots = step(decided.mapPartitions(steps.edges).partitionBy(1, place), steps.root)
    leaders = beside(beside(roots.union(decided), steps.gather), steps.lead)
    anchors = step(beside(leaders, steps.runs), steps.tie)
    borrowed = beside(anchors, lambda items: steps.lend(ANCHOR, ANCHORS, items))
    return readings.union(borrowed).union(decided).mapPartitions(steps.settle)
