"""Where articles come from: files that Spark's own connectors reach, each article with its number.

Lines of JSONL are read in blocks: where they lie when that is a local path, by Spark when it is elsewhere or compressed. Parquet is read by
Spark, by rows; anything else (WARC, WET, pages, feeds, texts) file by file with the library's own reader, which needs the file on the
machine: a local path is opened where it lies, from elsewhere Spark brings it.

An article's number is file << 40 | place: files in the order given, folders sorted by name as the command does; the place is the byte
where a block of lines begins plus the line's number in it, a row's index, or a record's number. So numbers ascend in the order of input,
and are the same however the input is cut into tasks.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Optional
from urllib.parse import unquote

import pyarrow as pa

from .. import _recoupe
from ..errors import Error, UsageError
from ..work import _KINDS
from .packets import PLACE

_MOST_BLOCK = 64 << 20  # bytes of lines that one task reads
_MOST_TASKS = 10_000
_PACKED = (".gz", ".bz2", ".zst", ".lz4", ".snappy", ".deflate", ".xz")
_LINES = (".jsonl", ".ndjson", ".json")
_COLUMNS = ("id", "url", "title", "text", "html", "published", "publisher", "byline", "language")
_TEMPORARY = "recoupe-spark-"


@dataclass(frozen=True)
class Source:
    path: str  # as Spark names it
    name: str  # as results name it
    kind: str  # "lines", "rows", "file"
    size: int

    @property
    def is_local(self) -> bool:
        return self.path.startswith(("file:", "/"))

    @property
    def has_ranges(self) -> bool:
        """Are its lines read where they lie?"""
        return self.kind == "lines" and self.is_local and not self.name.lower().endswith(_PACKED)


def _plain(uri: str) -> str:
    """One name for what is written file:/a, file:///a or /a."""
    return re.sub(r"^file:/*", "/", unquote(uri))


def list_files(spark: Any, inputs: Iterable[str], kind: str = "auto") -> list[Source]:
    """The files of the inputs; folders sorted by name, hidden files left out, as the command reads them."""
    if kind not in (*_KINDS, "parquet"):
        raise UsageError(f"input is one of {', '.join(_KINDS)} or parquet, not {kind!r}")
    jvm = spark.sparkContext._jvm
    conf = spark.sparkContext._jsc.hadoopConfiguration()
    found: list[Source] = []
    for given in inputs:
        top = jvm.org.apache.hadoop.fs.Path(given)
        system = top.getFileSystem(conf)
        statuses = system.globStatus(top)
        if not statuses:
            raise UsageError("No such file or directory", given)
        stack = sorted(statuses, key=lambda s: s.getPath().toString(), reverse=True)
        while stack:
            status = stack.pop()
            path = status.getPath()
            if status.isDirectory():
                children = [s for s in system.listStatus(path) if not s.getPath().getName().startswith((".", "_"))]
                stack += sorted(children, key=lambda s: s.getPath().getName(), reverse=True)
            else:
                text = path.toString()
                found.append(Source(text, _plain(text), _kind_of(path.getName(), kind), status.getLen()))
    if not found:
        raise UsageError("no input")
    return found


def _kind_of(name: str, kind: str) -> str:
    base = re.sub(r"\.(gz|zst|bz2)$", "", name.lower())
    if kind == "parquet" or (kind == "auto" and base.endswith(".parquet")):
        return "rows"
    if kind == "jsonl" or (kind == "auto" and base.endswith(_LINES)):
        return "file" if name.endswith(".zst") else "lines"
    return "file"


def width(sources: list[Source], parts: int) -> int:
    """Bytes of input for each part."""
    return max(1, -(-sum(s.size for s in sources) // parts))


def spans(sources: list[Source], parts: int) -> list[tuple[int, int]]:
    """For packets.Parts: what lies together in the input stays together, unless a file is larger than a part and its places are no bytes."""
    wide, before, found = width(sources, parts), 0, []
    for s in sources:
        if s.has_ranges:
            found.append((before // wide % parts, wide))
        else:
            found.append((min((before + s.size // 2) // wide, parts - 1), 1 << PLACE) if s.size <= wide else (0, 0))
        before += s.size
    return found


def ranges(spark: Any, sources: list[Source], parts: int) -> list[tuple[int, int, int]]:
    """Blocks of local lines: file, first byte, bytes. No block has lines of two parts."""
    wide = width(sources, parts)
    most = min(_MOST_BLOCK, size_of(spark.conf.get("spark.sql.files.maxPartitionBytes")))
    step = -(-wide // -(-wide // most))
    blocks = []
    for file, s in enumerate(sources):
        if s.has_ranges:
            for first in range(0, s.size, wide):
                end = min(first + wide, s.size)
                blocks += [(file, at, min(step, end - at)) for at in range(first, end, step)]
    return blocks


def size_of(text: str) -> int:
    """Bytes of a setting such as 4194304, 4194304b, 128MB."""
    digits = text.lower().rstrip("b")
    return int(digits.rstrip("kmgt")) << 10 * (" kmgt".index(digits[-1]) if digits[-1] in "kmgt" else 0)


def rows_of(spark: Any, sources: list[Source], blocks: list[tuple[int, int, int]]) -> Any:
    """One frame: file (its number), block, row (in the block; null: in the order that they come), data, size (of a block to be opened).

    `blocks`: of the local lines, or none where those are not wanted.
    """
    frames = []
    number = {_plain(s.path): i for i, s in enumerate(sources)}
    by_kind = {kind: [s for s in sources if s.kind == kind and not s.has_ranges] for kind in ("lines", "rows", "file")}
    from pyspark.sql import functions as F

    def numbered(frame: Any) -> Any:
        numbers = spark.sparkContext.broadcast(number)
        look = F.udf(lambda uri: numbers.value[_plain(uri)], "int")
        few = len(number) == 1
        return frame.withColumn("file", F.lit(next(iter(number.values()))) if few else look("path"))

    if by_kind["lines"]:
        lines = spark.read.option("lineSep", "\n").text([s.path for s in by_kind["lines"]])
        lines = lines.select(F.col("_metadata.file_path").alias("path"), F.col("_metadata.file_block_start").alias("block"),
                             F.lit(None).cast("long").alias("row"), F.col("value").cast("binary").alias("data"))
        frames.append(numbered(lines))
    if by_kind["rows"]:
        table = spark.read.parquet(*[s.path for s in by_kind["rows"]])
        given = [name for name in _COLUMNS if name in table.columns]
        record = F.to_json(F.struct(*[F.col(name).cast("string").alias(name) for name in given]))
        frames.append(numbered(table.select(F.col("_metadata.file_path").alias("path"), F.lit(0).cast("long").alias("block"),
                                            F.col("_metadata.row_index").alias("row"), record.cast("binary").alias("data"))))
    remote = [s for s in by_kind["file"] if not s.is_local]
    here = [(number[_plain(s.path)], -1, s.size) for s in by_kind["file"] if s.is_local]
    here += blocks
    if here:
        tasks = spark.sparkContext.parallelize(here, min(len(here), _MOST_TASKS))
        frame = spark.createDataFrame(tasks, "file int, block long, size long")
        frames.append(frame.selectExpr("file", "block", "cast(null as long) as row", "cast(null as binary) as data", "size"))
    if remote:
        frame = spark.read.format("binaryFile").load([s.path for s in remote])
        frames.append(numbered(frame.selectExpr("path", "-1L as block", "cast(null as long) as row", "content as data")))
    if not frames:
        raise UsageError("no input")
    columns = ("file", "block", "row", "data", "size")
    frames = [(f if "size" in f.columns else f.withColumn("size", F.lit(None).cast("long"))).select(*columns) for f in frames]
    whole = frames[0]
    for frame in frames[1:]:
        whole = whole.unionByName(frame)
    return whole


@dataclass
class Found:
    """An article to be read, or why there is none. `name`: what it goes by when it has no id."""

    number: int
    name: str
    line: Optional[bytes] = None
    article: Optional[_recoupe.Article] = None
    error: Optional[Error] = None


def placeholder(file: int, block: int) -> str:
    """What the name of a line begins with whose number is known once all blocks before it are counted; its row follows. Names puts it in."""
    return f"\x01{file}:{block}:"


_HELD = re.compile(r"\x01(\d+):(\d+):(\d+)")
_BROUGHT = re.compile(r"\S*/" + _TEMPORARY + r"[^/]*/(\d+)/[^/:]*")


class Names:
    """Makes names of placeholders, and of files that Spark brought. `counts`: lines of each block."""

    def __init__(self, sources: list[Source], counts: dict[tuple[int, int], int]):
        self.names = [s.name for s in sources]
        self.before: dict[tuple[int, int], int] = {}
        last, total = -1, 0
        for file, block in sorted(counts):
            total = total if file == last else 0
            self.before[file, block] = total
            total += counts[file, block]
            last = file

    def __call__(self, text: str) -> str:
        if "\x01" in text:
            text = _HELD.sub(lambda m: f"{self.names[int(m[1])]}:{self.before[int(m[1]), int(m[2])] + int(m[3]) + 1}", text)
        if _TEMPORARY in text:
            text = _BROUGHT.sub(lambda m: self.names[int(m[1])], text)
        return text


def rows_in(batches: Iterable[pa.RecordBatch]) -> Iterator[Any]:
    """Rows of rows_of, as they come to a task."""
    for batch in batches:
        yield from zip(*(batch.column(name).to_pylist() for name in ("file", "block", "row", "data", "size")))


def articles_of(engine: _recoupe.Engine, sources: list[Source], rows: Iterable[Any], state: dict[Any, Any]) -> Iterator[Found]:
    """What rows of rows_of hold. `state` is the task's own: rows of a block come in order, in one task."""
    for file, block, row, data, size in rows:
        if block == -1:
            yield from _of_file(engine, file, sources[file], data)
            continue
        if size is not None:
            n = 0
            for n, line in enumerate(_lines_of(sources[file], block, size), 1):
                if line and not line.isspace():
                    yield Found(file << PLACE | (block + n - 1), placeholder(file, block) + str(n - 1), line=line)
            state[file, block] = n
            continue
        if row is None:
            row = state.get((file, block), 0)
            state[file, block] = row + 1
        if data is None or not data.strip():
            continue
        yield Found(file << PLACE | (block + row), placeholder(file, block) + str(row), line=data)


_CHUNK = 8 << 20


def lines_of_block(source: Source, first: int, size: int) -> Iterator[bytes]:
    """The lines that begin in these bytes, many at a time."""
    with open(source.name, "rb", buffering=0) as raw, io.BufferedReader(raw, 1 << 16) as file:
        at = first
        if first:
            file.seek(first - 1)
            at += len(file.readline()) - 1
        while at < first + size and (lines := file.read(min(_CHUNK, first + size - at))):
            if not lines.endswith(b"\n"):
                lines += file.readline()
            at += len(lines)
            yield lines


def _lines_of(source: Source, first: int, size: int) -> Iterator[bytes]:
    for lines in lines_of_block(source, first, size):
        yield from lines.removesuffix(b"\n").split(b"\n")


def count_lines(sources: list[Source], file: int, block: int, size: int) -> int:
    return sum(lines.count(b"\n") + (not lines.endswith(b"\n")) for lines in lines_of_block(sources[file], block, size))


def _of_file(engine: _recoupe.Engine, file: int, source: Source, data: Optional[bytes]) -> Iterator[Found]:
    folder = None
    path = source.name
    if data is not None:
        folder = tempfile.mkdtemp(prefix=_TEMPORARY)
        os.mkdir(os.path.join(folder, str(file)))
        path = os.path.join(folder, str(file), os.path.basename(source.name))
        with open(path, "wb") as out:
            out.write(data)
    try:
        reader = _recoupe.Reader(engine, [os.fsencode(path)])
        number = file << PLACE
        while True:
            number += 1
            try:
                article = reader.next()
            except Error as error:
                yield Found(number, source.name, error=error)
                continue
            if article is None:
                return
            yield Found(number, source.name, article=article)
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)
