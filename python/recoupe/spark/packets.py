"""What is moved between machines: arrays of the stages (recoupe.h), packed into a few large rows.

A row is (part, kind, payload): where it goes, what it is, and many items end to end. Spark moves rows of about a megabyte and never
sees an item, so that its cost by the row is paid once in thousands of items; each part is the business of one task.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Optional

import numpy as np
import pyarrow as pa

SCHEMA = "part int, kind int, payload binary"
ARROW = pa.schema([("part", pa.int32()), ("kind", pa.int32()), ("payload", pa.binary())])

READING, COUNT, PROBLEM, KEY, SKETCH, CANDIDATE, MET, CHOSEN, LINK, ROOT, LEADER, RUN, ANCHOR, FOUND = range(14)

_BINS = ("bins", "<u2", 128)
KEYS = np.dtype([("key", "<u8"), ("doc", "<u8"), ("order", "<u4"), ("unused", "<u4")])
SKETCHES = np.dtype([("doc", "<u8"), ("n_words", "<u4"), ("unused", "<u4"), _BINS])
CANDIDATES = np.dtype([("a", "<u8"), ("b", "<u8"), ("order", "<u4"), ("unused", "<u4")])
METS = np.dtype([("a", "<u8"), ("b", "<u8"), ("order", "<u4"), ("unused", "<u4"), _BINS])
PAIRS = np.dtype([("a", "<u8"), ("b", "<u8")])
CHOSENS = np.dtype([("a", "<u8"), ("b", "<u8"), ("rank", "<u4"), ("unused", "<u4")])
RUNS = np.dtype([("doc", "<u8"), ("leader", "<u8"), ("hash", "<u4"), ("word", "<u4")])
ANCHORS = np.dtype([("a", "<u8"), ("b", "<u8"), ("word_a", "<u4"), ("word_b", "<u4")])

PACKET = 1 << 20  # bytes of a row, about
FLUSH = 16 << 20  # bytes of a batch
HEAD = struct.Struct("<QQ")  # of a reading: its article, its size


PLACE = 40  # bits of an article's number that say where in its file it is


class Parts:
    """Which task an item belongs to. Labels are chosen so that Spark's own hash of them fills each partition with one part.

    Keys and hashes are spread evenly. Articles stay with their neighbours in the input where `spans` says so for their file, since what
    came out on the same days has most in common, and what two articles of one part share need not be moved. spans: by file, the part at
    which it begins and how many places are one part's; no places: its articles are spread evenly.
    """

    def __init__(self, n: int, spans: Optional[Sequence[tuple[int, int]]] = None):
        self.n = n
        self.spans = np.array(spans if spans else [(0, 0)], dtype=np.uint64).reshape(-1, 2)
        labels: dict[int, int] = {}
        label = 0
        while len(labels) < n:
            labels.setdefault(_murmur3(label) % n, label)
            label += 1
        self.labels = np.array([labels[i] for i in range(n)], dtype=np.int32)

    def of(self, numbers: Any) -> Any:
        """Index of the part of each article, key or hash."""
        mixed = (np.asarray(numbers, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
        return (mixed % np.uint64(self.n)).astype(np.int64)

    def of_articles(self, numbers: Any) -> Any:
        numbers = np.asarray(numbers, dtype=np.uint64)
        file = np.minimum(numbers >> np.uint64(PLACE), np.uint64(len(self.spans) - 1)).astype(np.int64)
        first, wide = self.spans[file, 0], self.spans[file, 1]
        place = numbers & np.uint64((1 << PLACE) - 1)
        near = (first + place // np.maximum(wide, np.uint64(1))) % np.uint64(self.n)
        return np.where(wide == 0, self.of(numbers), near.astype(np.int64))

    def of_article(self, number: int) -> int:
        return int(self.of_articles([number])[0])


def _murmur3(value: int) -> int:
    """Spark's hash of an int (Murmur3_x86_32, seed 42), without sign as pmod takes it."""
    mask = 0xFFFFFFFF

    def turn(x: int, n: int) -> int:
        return ((x << n) | (x >> (32 - n))) & mask

    k = turn((value * 0xCC9E2D51) & mask, 15) * 0x1B873593 & mask
    h = (turn(42 ^ k, 13) * 5 + 0xE6546B64) & mask
    h ^= 4
    h = (h ^ h >> 16) * 0x85EBCA6B & mask
    h = (h ^ h >> 13) * 0xC2B2AE35 & mask
    h ^= h >> 16
    return h - (1 << 32) if h >> 31 else h


class Out:
    """Collects packets and gives them as record batches."""

    def __init__(self, parts: Parts):
        self.parts = parts
        self.rows: list[tuple[int, int, bytes]] = []
        self.n_bytes = 0
        self.open: dict[tuple[int, int], bytearray] = {}

    def array(self, kind: int, items: Any, part: Any) -> None:
        """Items of one dtype, each to its part."""
        if not len(items):
            return
        # of 16 bits: numpy then sorts by counting
        part = part.astype(np.uint16) if self.parts.n < 1 << 16 else part
        order: Any = np.argsort(part, kind="stable")
        bounds: Any = np.concatenate([[0], np.cumsum(np.bincount(part, minlength=self.parts.n))])
        step = max(1, PACKET // items.dtype.itemsize)
        for i in range(self.parts.n):
            mine = order[bounds[i]:bounds[i + 1]]
            for at in range(0, len(mine), step):
                self._row(i, kind, items[mine[at:at + step]].tobytes())

    def blob(self, kind: int, part: int, *pieces: Any) -> None:
        """Pieces to one part, one behind the other."""
        to = self.open.setdefault((part, kind), bytearray())
        for piece in pieces:
            to += piece
        if len(to) >= PACKET:
            self._row(part, kind, bytes(to))
            del self.open[part, kind]

    def reading(self, doc: int, reading: Any, part: int) -> None:
        self.blob(READING, part, HEAD.pack(doc, len(reading)), reading)

    def _row(self, part: int, kind: int, payload: bytes) -> None:
        self.rows.append((int(self.parts.labels[part]), kind, payload))
        self.n_bytes += len(payload)

    def close(self) -> None:
        for (part, kind), payload in self.open.items():
            self._row(part, kind, bytes(payload))
        self.open.clear()

    def batches(self, least: int = 1) -> Iterator[pa.RecordBatch]:
        """What there is, when it is so many bytes."""
        if self.n_bytes < least or not self.rows:
            return
        part, kind, payload = zip(*self.rows)
        self.rows, self.n_bytes = [], 0
        yield pa.RecordBatch.from_arrays([pa.array(part, pa.int32()), pa.array(kind, pa.int32()), pa.array(payload, pa.binary())], schema=ARROW)

    def frame(self) -> Any:
        """All of it, for pandas."""
        import pandas as pd

        self.close()
        part, kind, payload = zip(*self.rows) if self.rows else ((), (), ())
        return pd.DataFrame({"part": np.array(part, dtype=np.int32), "kind": np.array(kind, dtype=np.int32), "payload": list(payload)})


class In:
    """The packets of one part, by kind."""

    def __init__(self, rows: Iterable[tuple[int, bytes]]):
        self.payloads: dict[int, list[bytes]] = {}
        for kind, payload in rows:
            self.payloads.setdefault(kind, []).append(payload)

    @classmethod
    def of_batches(cls, batches: Iterable[pa.RecordBatch]) -> In:
        return cls(row for batch in batches for row in zip(batch.column("kind").to_pylist(), batch.column("payload").to_pylist()))

    @classmethod
    def of_frame(cls, frame: Any) -> In:
        return cls(zip(frame["kind"], frame["payload"]))

    def bytes(self, kind: int) -> bytes:
        return b"".join(self.payloads.get(kind, ()))

    def array(self, kind: int, dtype: Any) -> Any:
        return np.frombuffer(self.bytes(kind), dtype=dtype)

    def readings(self) -> dict[int, memoryview]:
        """By article. Views: a payload is a bytes object, so what lies at a multiple of 8 in it does so in memory."""
        found = {}
        for payload in self.payloads.get(READING, ()):
            view, at = memoryview(payload), 0
            while at < len(payload):
                doc, size = HEAD.unpack_from(payload, at)
                at += HEAD.size
                found[doc] = view[at:at + size]
                at += size
        return found
