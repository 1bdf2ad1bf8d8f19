"""Readings of a part: where an executor keeps them, and what another part lent.

Readings are most of what there is, and most steps want them. They do not pass through Spark each time: lines of local files are read
into a file beside Spark's own, which later steps on that executor map into memory. What Spark holds of such a part is a ticket, the blocks
of input that make it up; where the file is missing (another executor, one that died) it is made again from them, and is the same. Readings
of other inputs are packets that Spark keeps.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import tempfile
from collections.abc import Iterator
from typing import Any

import numpy as np

from .. import _recoupe
from .packets import LENT, PLACE, READING, TABLE, TICKET, In
from .sources import Source, lines_of_block, placeholder

_HEAD = struct.Struct("<8sQQQ")  # magic, where the table is, how many readings, bytes of what is told
_MAGIC = b"RCPART1\n"


class Table:
    """Readings by number: buffers, and where in them."""

    def __init__(self, buffers: list[Any], rows: Any):
        self.buffers = buffers
        ascends = bool(np.all(rows["doc"][1:] > rows["doc"][:-1]))
        self.rows = rows if ascends else np.sort(rows, order="doc")

    @property
    def c(self) -> tuple[list[Any], Any]:
        """As the library takes it."""
        return self.buffers, np.ascontiguousarray(self.rows).view(np.uint8)

    @property
    def docs(self) -> Any:
        return self.rows["doc"]

    def some(self, docs: Any) -> Table:
        """Of these, ascending."""
        return Table(self.buffers, self.rows[np.searchsorted(self.docs, docs)])

    def packets(self, docs: Any, most: int) -> Iterator[bytes]:
        """Readings of these numbers, ascending, end to end."""
        sizes = np.cumsum(self.rows["size"][np.searchsorted(self.docs, docs)], dtype=np.int64)
        at = 0
        while at < len(docs):
            end = max(at + 1, int(np.searchsorted(sizes, (sizes[at - 1] if at else 0) + most)))
            yield _recoupe.stage_take(self.c, np.ascontiguousarray(docs[at:end]).view(np.uint8))
            at = end


def of_packets(packets: list[bytes]) -> Table:
    rows = b"".join(_recoupe.stage_scan(packet, i) for i, packet in enumerate(packets))
    return Table(list(packets), np.frombuffer(rows, dtype=TABLE))


def both(a: Table, b: Table) -> Table:
    more = b.rows.copy()
    more["which"] += len(a.buffers)
    return Table(a.buffers + b.buffers, np.concatenate([a.rows, more])) if len(more) else a


class Keeper:
    """Gives a part its readings. `options`: of the engine that reads them."""

    def __init__(self, run: str, sources: list[Source], options: dict[str, Any]):
        self.run, self.sources, self.options = run, sources, options

    def own(self, found: In) -> Table:
        table = of_packets(found.all(READING))
        for ticket in found.all(TICKET):
            table = both(table, self.open(json.loads(ticket))[0])
        return table

    def lent(self, found: In) -> Table:
        return of_packets(found.all(LENT))

    def _path(self, part: int) -> str:
        folder = os.environ.get("SPARK_LOCAL_DIRS", "").split(",")[0] or tempfile.gettempdir()
        return os.path.join(folder, f"recoupe-{self.run}-{part}")

    def open(self, ticket: dict[str, Any]) -> tuple[Table, dict[str, Any]]:
        """Readings of a part, and what was told as they were made: lines of each block, problems."""
        path = self._path(ticket["part"])
        if not os.path.exists(path):
            self._make(path, ticket["blocks"])
        with open(path, "rb") as file:
            view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        magic, at, n, told = _HEAD.unpack_from(view)
        assert magic == _MAGIC
        rows = np.frombuffer(view, TABLE, n, at)
        return Table([view], rows), json.loads(bytes(view[at + rows.nbytes:at + rows.nbytes + told]))

    def drop(self, ticket: dict[str, Any]) -> None:
        try:
            os.unlink(self._path(ticket["part"]))
        except OSError:
            pass

    def _make(self, path: str, blocks: list[list[int]]) -> None:
        """Under a name of its own until it is whole: two tasks may make it at a time."""
        stage = _recoupe.Stage(_recoupe.Engine(threads=1, **self.options))
        told: dict[str, Any] = {"counts": [], "problems": []}
        rows: list[Any] = []
        os.makedirs(os.path.dirname(path), exist_ok=True)
        number, beside = tempfile.mkstemp(prefix=os.path.basename(path) + ".", dir=os.path.dirname(path))
        try:
            with os.fdopen(number, "wb") as file:
                at = file.write(bytes(_HEAD.size))
                for source, block, size in blocks:
                    n = 0
                    for lines in lines_of_block(self.sources[source], block, size):
                        readings, which, sizes, problems, more = stage.read_lines(placeholder(source, block), lines, n)
                        rows.append(_rows(np.frombuffer(which, "<u8") + np.uint64(source << PLACE | block), np.frombuffer(sizes, "<u4"), at))
                        at += file.write(readings)
                        told["problems"] += problems
                        n += more
                    told["counts"].append((source, block, n))
                table = np.concatenate([np.zeros(0, TABLE), *rows])
                text = json.dumps(told).encode()
                file.write(table.tobytes() + text)
                file.seek(0)
                file.write(_HEAD.pack(_MAGIC, at, len(table), len(text)))
            os.replace(beside, path)
        except BaseException:
            os.unlink(beside)
            raise


def _rows(docs: Any, sizes: Any, at: int) -> Any:
    rows: Any = np.zeros(len(docs), TABLE)
    rows["doc"], rows["size"] = docs, sizes
    rows["start"] = at + np.cumsum(sizes, dtype=np.uint64) - sizes
    return rows
