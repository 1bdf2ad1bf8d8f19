"""Where articles come from: files that Spark's own connectors reach, each article with its number.

Lines of JSONL are read by Spark, in blocks; Parquet too, by rows; anything else (WARC, WET, pages, feeds, texts) file by file with the
library's own reader, which needs the file on the machine: a local path is opened where it lies, from elsewhere Spark brings it.

An article's number is file << 40 | place: files in the order given, folders sorted by name as the command does; the place is the byte
where a block of lines begins plus the line's number in it, a row's index, or a record's number. So numbers ascend in the order of input,
and are the same however the input is cut into tasks.
"""

from __future__ import annotations

import json
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

PLACE = 40  # bits
_LINES = (".jsonl", ".ndjson", ".json")
_COLUMNS = ("id", "url", "title", "text", "html", "published", "publisher", "byline", "language")
_TEMPORARY = "recoupe-spark-"


@dataclass(frozen=True)
class Source:
    path: str  # as Spark names it
    name: str  # as results name it
    kind: str  # "lines", "rows", "file"
    size: int


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
    return found


def _kind_of(name: str, kind: str) -> str:
    base = re.sub(r"\.(gz|zst|bz2)$", "", name.lower())
    if kind == "parquet" or (kind == "auto" and base.endswith(".parquet")):
        return "rows"
    if kind == "jsonl" or (kind == "auto" and base.endswith(_LINES)):
        return "file" if name.endswith(".zst") else "lines"
    return "file"


def rows_of(spark: Any, sources: list[Source]) -> Any:
    """One frame: file (its number), block, row (in the block; null: in the order that they come), data."""
    frames = []
    number = {_plain(s.path): i for i, s in enumerate(sources)}
    by_kind = {kind: [s for s in sources if s.kind == kind] for kind in ("lines", "rows", "file")}
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
        here = [name for name in _COLUMNS if name in table.columns]
        record = F.to_json(F.struct(*[F.col(name).cast("string").alias(name) for name in here]))
        frames.append(numbered(table.select(F.col("_metadata.file_path").alias("path"), F.lit(0).cast("long").alias("block"),
                                            F.col("_metadata.row_index").alias("row"), record.cast("binary").alias("data"))))
    local = [s for s in by_kind["file"] if s.path.startswith(("file:", "/"))]
    remote = [s for s in by_kind["file"] if s not in local]
    if local:
        frame = spark.createDataFrame([(number[_plain(s.path)],) for s in local], "file int").repartition(len(local))
        frames.append(frame.selectExpr("'' as path", "-1L as block", "cast(null as long) as row", "cast(null as binary) as data", "file"))
    if remote:
        frame = spark.read.format("binaryFile").load([s.path for s in remote])
        frames.append(numbered(frame.selectExpr("path", "-1L as block", "cast(null as long) as row", "content as data")))
    if not frames:
        raise UsageError("no input")
    whole = frames[0]
    for frame in frames[1:]:
        whole = whole.unionByName(frame)
    return whole.select("file", "block", "row", "data")


@dataclass
class Found:
    """An article to be read, or why there is none. `name`: what it goes by when it has no id."""

    number: int
    name: str
    line: Optional[bytes] = None
    article: Optional[_recoupe.Article] = None
    error: Optional[Error] = None


def placeholder(file: int, block: int, row: int) -> str:
    """For a line whose number is known once all blocks before it are counted: Names puts it in."""
    return f"\x01{file}:{block}:{row}"


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


def articles_of(engine: _recoupe.Engine, sources: list[Source], batch: pa.RecordBatch, state: dict[Any, Any]) -> Iterator[Found]:
    """What a batch of rows_of holds. `state` is the task's own: rows of a block come in order, in one task."""
    columns = [batch.column(name).to_pylist() for name in ("file", "block", "row", "data")]
    for file, block, row, data in zip(*columns):
        if block == -1:
            yield from _of_file(engine, file, sources[file], data)
            continue
        if row is None:
            row = state.get((file, block), 0)
            state[file, block] = row + 1
        if data is None or not data.strip():
            continue
        yield Found(file << PLACE | (block + row), placeholder(file, block, row), line=data)


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


def problem(error: Error) -> bytes:
    return json.dumps([error.source, error.text]).encode() + b"\n"
