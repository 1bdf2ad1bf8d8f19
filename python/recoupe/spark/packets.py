"""What is moved between machines: arrays of the stages (recoupe.h), packed into a few large items of an RDD.

An item is (part, (kind, payload)): where it goes, what it is, and many things end to end. Spark moves items of some hundred kilobytes and
never sees what is in them, so that its cost by the item is paid once in thousands. Why RDDs and not frames: the same bytes cost Java 4 ns
in an RDD's shuffle, and 10 as rows of a frame, which are planned, converted and copied (docs/scale.md).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Optional

import numpy as np

Item = tuple[int, tuple[int, bytes]]

(READING, TICKET, COUNT, PROBLEM, KEY, SKETCH, CANDIDATE, CHOSEN, LENT, LINK, ROOT, LEADER, RUN, ANCHOR) = range(14)

KEYS = np.dtype([("key", "<u8"), ("doc", "<u8"), ("order", "<u4"), ("unused", "<u4")])
SKETCHES = np.dtype([("doc", "<u8"), ("n_words", "<u4"), ("unused", "<u4"), ("bins", "<u2", 128)])
CANDIDATES = np.dtype([("a", "<u8"), ("b", "<u8"), ("order", "<u4"), ("unused", "<u4")])
PAIRS = np.dtype([("a", "<u8"), ("b", "<u8")])
CHOSENS = np.dtype([("a", "<u8"), ("b", "<u8"), ("rank", "<u4"), ("unused", "<u4")])
RUNS = np.dtype([("doc", "<u8"), ("leader", "<u8"), ("hash", "<u4"), ("word", "<u4")])
ANCHORS = np.dtype([("a", "<u8"), ("b", "<u8"), ("word_a", "<u4"), ("word_b", "<u4")])
TABLE = np.dtype([("doc", "<u8"), ("start", "<u8"), ("size", "<u4"), ("which", "<u4")])  # where readings lie

PACKET = 1 << 18  # bytes of an item, about
FLUSH = 16 << 20  # bytes that a step keeps back, about

PLACE = 40  # bits of an article's number that say where in its file it is


class Parts:
    """Which task a thing belongs to.

    Keys and hashes are spread evenly. Articles stay with their neighbours in the input where `spans` says so for their file, since what
    came out on the same days has most in common, and what two articles of one part share need not be moved. spans: by file, the part at
    which it begins and how many places are one part's; no places: its articles are spread evenly.
    """

    def __init__(self, n: int, spans: Optional[Sequence[tuple[int, int]]] = None):
        self.n = n
        self.spans = np.array(spans if spans else [(0, 0)], dtype=np.uint64).reshape(-1, 2)
        # does each part hold a stretch of the input, and so only articles before or behind those of another?
        first = self.spans[:, 0].astype(np.int64)
        self.is_ordered = bool(np.all(self.spans[:, 1] > 0) and np.all(first[1:] >= first[:-1]))

    def of(self, numbers: Any) -> Any:
        """The part of each key or hash."""
        mixed = (np.asarray(numbers, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
        return (mixed % np.uint64(self.n)).astype(np.int64)

    def of_articles(self, numbers: Any) -> Any:
        numbers = np.asarray(numbers, dtype=np.uint64)
        file = np.minimum(numbers >> np.uint64(PLACE), np.uint64(len(self.spans) - 1)).astype(np.int64)
        first, wide = self.spans[file, 0], self.spans[file, 1]
        places = numbers & np.uint64((1 << PLACE) - 1)
        near = np.minimum(first + places // np.maximum(wide, np.uint64(1)), np.uint64(self.n - 1))
        return np.where(wide == 0, self.of(numbers), near.astype(np.int64))

    def of_article(self, number: int) -> int:
        return int(self.of_articles([number])[0])


def place(part: int) -> int:
    """Spark's partition of a part. One function for all RDDs, so that Spark knows them for parted alike."""
    return part


_FIELD = struct.Struct("<QB7x")  # least value, bytes of what is above it


def pack(items: Any) -> bytes:
    """By columns, each as what it is above its least, in as few bytes as that takes."""
    columns, heads = [], [struct.pack("<Q", len(items))]
    for name in items.dtype.names:
        if name == "unused":
            continue
        column = items[name]
        if column.ndim > 1:
            heads.append(_FIELD.pack(0, 0))
            columns.append(column.tobytes())
            continue
        least = int(column.min())
        most = int(column.max()) - least
        size = 1 if most < 1 << 8 else 2 if most < 1 << 16 else 4 if most < 1 << 32 else 8
        heads.append(_FIELD.pack(least, size))
        columns.append((column - column.dtype.type(least)).astype(f"<u{size}").tobytes())
    return b"".join(heads + columns)


def unpack(payload: bytes, dtype: Any, out: Any) -> None:
    """Into an array of as many items."""
    n, names = len(out), [name for name in dtype.names if name != "unused"]
    at = 8 + _FIELD.size * len(names)
    for i, name in enumerate(names):
        least, size = _FIELD.unpack_from(payload, 8 + _FIELD.size * i)
        to = out[name]
        kind = np.dtype(f"<u{size}") if size else dtype[name].base
        column = np.frombuffer(payload, kind, to.size, at)
        at += column.nbytes
        to[...] = column.reshape(to.shape)
        if least:
            to += to.dtype.type(least)
    assert at == len(payload) and n == count_of(payload)


def least_of(payload: bytes) -> int:
    """Of the first column."""
    return int(_FIELD.unpack_from(payload, 8)[0])


def count_of(payload: bytes) -> int:
    return int(struct.unpack_from("<Q", payload)[0])


class Out:
    """Collects packets and gives them as items."""

    def __init__(self, parts: Parts):
        self.parts = parts
        self.items: list[Item] = []
        self.n_bytes = 0

    def array(self, kind: int, items: Any, part: Any) -> None:
        """Things of one dtype, each to its part."""
        if not len(items):
            return
        step = max(1, PACKET // items.dtype.itemsize)
        if (part == part[0]).all():
            for at in range(0, len(items), step):
                self.blob(kind, int(part[0]), pack(items[at:at + step]))
            return
        # of 16 bits: numpy then sorts by counting
        part = part.astype(np.uint16) if self.parts.n < 1 << 16 else part
        order: Any = np.argsort(part, kind="stable")
        bounds: Any = np.concatenate([[0], np.cumsum(np.bincount(part, minlength=self.parts.n))])
        for i in range(self.parts.n):
            mine = order[bounds[i]:bounds[i + 1]]
            for at in range(0, len(mine), step):
                self.blob(kind, i, pack(items[mine[at:at + step]]))

    def blob(self, kind: int, part: int, payload: bytes) -> None:
        self.items.append((part, (kind, payload)))
        self.n_bytes += len(payload)

    def drain(self, least: int = 0) -> Iterator[Item]:
        """What there is, when it is so many bytes."""
        if self.n_bytes >= least:
            yield from self.items
            self.items, self.n_bytes = [], 0


class In:
    """The packets of one part, by kind."""

    def __init__(self, items: Iterable[Item]):
        self.payloads: dict[int, list[bytes]] = {}
        for _, (kind, payload) in items:
            self.payloads.setdefault(kind, []).append(payload)

    def all(self, kind: int) -> list[bytes]:
        """They are let go of."""
        return self.payloads.pop(kind, [])

    def array(self, kind: int, dtype: Any) -> Any:
        """Packets come in any order; by their first column, so that what went out ascending comes in so."""
        payloads = sorted(self.all(kind), key=least_of)
        sizes = [count_of(payload) for payload in payloads]
        out: Any = np.zeros(sum(sizes), dtype=dtype)
        at = 0
        for payload, n in zip(payloads, sizes):
            unpack(payload, dtype, out[at:at + n])
            at += n
        return out
