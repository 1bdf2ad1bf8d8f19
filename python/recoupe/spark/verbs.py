"""extract and stories in the executors: record batches in, record batches out."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from .. import _recoupe
from ..errors import Error
from ..work import _KINDS
from .packets import PACKET, PLACE
from .sources import Found, articles_of, rows_in

_FIELDS = ("id", "source", "url", "title", "byline", "published", "publisher", "language", "text", "confidence", "step")
_ARTICLES = pa.schema([("number", pa.int64()), *((name, pa.float64() if name == "confidence" else pa.string()) for name in _FIELDS)])
_OUTLINES = pa.schema([("number", pa.int64()), ("outlines", pa.binary())])
_LINES = pa.schema([("at", pa.int64()), ("id", pa.string()), ("story", pa.string()), ("why", pa.string())])
_ROWS = 1000
_SIZE = struct.Struct("<I")


def _engines(options: dict[str, Any], kind: str) -> tuple[_recoupe.Engine, _recoupe.Engine]:
    """For files as the user said, and for lines."""
    whole = _KINDS.index(kind if kind in _KINDS else "auto")
    return _recoupe.Engine(threads=1, input=whole, **options), _recoupe.Engine(threads=1, input=_KINDS.index("jsonl"), **options)


def _articles(shared: Any, options: dict[str, Any], kind: str, problems: Any, rows: Iterable[Any]) -> Iterator[tuple[Found, _recoupe.Article, str]]:
    """Articles, and the number of their line where they are one."""
    (sources, resolve), (files, lines), state = shared, _engines(options, kind), {}  # type: ignore[var-annotated]
    for found in articles_of(files, sources, rows, state):
        try:
            if found.error:
                raise found.error
            if found.article:
                yield found, found.article, ""
                continue
            # the reader adds ":1", the number of the line in what it was given
            name = resolve(found.name)
            base, _, number = name.rpartition(":")
            yield found, _recoupe.Article(lines, base, found.line or b""), number
        except MemoryError:
            raise
        except Error as error:
            problems.add({(resolve(found.name) if found.line is not None else resolve(error.source), error.text)})


def _named(source: str, number: str) -> str:
    """The name that a record has in its file."""
    return f"{source.rpartition(':')[0]}:{number}" if number else source


def extract_rows(shared: Any, options: dict[str, Any], kind: str, problems: Any, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    rows: list[dict[str, Any]] = []
    resolve = shared[1]
    for found, article, number in _articles(shared, options, kind, problems, rows_in(batches)):
        row = json.loads(article.json())
        row["source"] = resolve(_named(row["source"], number))
        row["number"] = found.number
        rows.append(row)
        if len(rows) >= _ROWS:
            yield pa.RecordBatch.from_pylist(rows, schema=_ARTICLES)
            rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema=_ARTICLES)


_HEAD = struct.Struct("<IiII")  # of an outline: magic, day, terms, bytes of the id behind them


def _renamed(outline: bytes, number: str) -> bytes:
    """An outline whose article has no id goes by its source, which is named as extract_rows names it."""
    magic, day, n_terms, n = _HEAD.unpack_from(outline)
    name = outline[len(outline) - n:]
    if not number or not name.endswith(b":1") or not name.startswith((b"/", b"hdfs:", b"s3")):
        return outline
    name = _named(name.decode("utf-8", "replace"), number).encode()
    return _HEAD.pack(magic, day, n_terms, len(name)) + outline[_HEAD.size:len(outline) - n] + name


def outlines(shared: Any, options: dict[str, Any], kind: str, problems: Any, rows: Iterable[Any]) -> Iterator[tuple[int, bytes]]:
    """Outlines of articles that follow each other, end to end, each behind its size; the number of the first."""
    stories = _recoupe.Stories(_engines(options, kind)[0], 1)
    first, last, packet = 0, -1, bytearray()
    for found, article, number in _articles(shared, options, kind, problems, rows):
        if packet and (len(packet) >= PACKET or not last < found.number or last >> PLACE != found.number >> PLACE):
            yield first, bytes(packet)
            packet.clear()
        if not packet:
            first = found.number
        last = found.number
        outline = _renamed(stories.outline(article), number)
        packet += _SIZE.pack(len(outline)) + outline
    if packet:
        yield first, bytes(packet)


def outline_rows(shared: Any, options: dict[str, Any], kind: str, problems: Any, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for first, packet in outlines(shared, options, kind, problems, rows_in(batches)):
        yield pa.RecordBatch.from_arrays([pa.array([first], pa.int64()), pa.array([packet], pa.binary())], schema=_OUTLINES)


def _outlines_in(packet: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(packet):
        (size,) = _SIZE.unpack_from(packet, at)
        at += _SIZE.size + size
        yield packet[at - size:at]


def place_outlines(recent: int, final: bool, packets: Iterable[bytes]) -> Iterator[pa.RecordBatch]:
    stories = _recoupe.Stories(_recoupe.Engine(threads=1), recent)
    at = 0

    def batch(lines: list[Any]) -> pa.RecordBatch:
        nonlocal at
        columns = [list(x) for x in zip(*lines)]
        made = pa.RecordBatch.from_arrays([pa.array(range(at, at + len(lines)), pa.int64()), *(pa.array(x, pa.string()) for x in columns)], schema=_LINES)
        at += len(lines)
        return made

    for packet in packets:
        yield batch([stories.place(outline) for outline in _outlines_in(packet)])
    if final and (changed := stories.final()):
        yield batch(changed)
