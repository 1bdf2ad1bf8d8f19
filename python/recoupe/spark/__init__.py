"""The verbs of recoupe on Apache Spark, for corpora that one machine does not hold (docs/scale.md).

    from recoupe.spark import extract, reuse, stories

    done = reuse(spark, ["s3a://crawl/2025/*.jsonl"])
    done.frame.write.parquet("s3a://results/pairs")     # a, b, kind, resemblance, containment, passages
    print(done.problems)                                # what could not be read, named

Spark reads, shuffles and writes; the C library does the work in the executors. It needs Java, PySpark 3.5 or later, numpy, pyarrow and
pandas on all machines, and this package: pip install 'recoupe[spark]'.
"""

from __future__ import annotations

import json
import struct
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional, Union

import pyarrow as pa

from .. import _recoupe
from ..errors import Error
from ..work import _KINDS
from . import packets, pairs
from .packets import PLACE, Parts, place
from .readings import Keeper
from .sources import Names, Source, articles_of, count_lines, list_files, ranges, rows_in, rows_of, size_of, spans
from .verbs import extract_rows, outline_rows, outlines, place_outlines

__all__ = ["Result", "extract", "reuse", "stories"]

_MOST_PROBLEMS = 10_000
_TASKS = 4  # for each core, of extract and stories
_PART = 128 << 20  # bytes of input for each part of reuse
_PACKETS = pa.schema([("part", pa.int32()), ("kind", pa.int32()), ("payload", pa.binary())])
_PACKETS_TEXT = "part int, kind int, payload binary"


@dataclass
class Result:
    """`frame` is lazy as Spark's frames are. `problems`: inputs and records that could not be used, (name, why), by name."""

    _frame: Callable[[], Any]
    _problems: Callable[[], list[tuple[str, str]]]
    _batches: Optional[Callable[[], Any]] = None  # an RDD of the frame's record batches, where that costs less
    _release: Callable[[], None] = lambda: None

    @cached_property
    def frame(self) -> Any:
        return self._frame()

    @property
    def problems(self) -> list[tuple[str, str]]:
        return self._problems()

    def release(self) -> None:
        """Gives back what executors keep of it."""
        self._release()


def _inputs(inputs: Union[str, Iterable[str]]) -> list[str]:
    return [inputs] if isinstance(inputs, str) else list(inputs)


def _engine(options: dict[str, Any], kind: str) -> _recoupe.Engine:
    return _recoupe.Engine(threads=1, input=_KINDS.index(kind if kind in _KINDS else "auto"), **options)


# --------------------------------------------------------------------------------------------------------------- reuse


def _read(parts: Parts, sources: list[Source], options: dict[str, Any], kind: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Readings of articles that Spark brings, or that are in whole files: packets, as rows."""
    engine = _engine(options, kind)
    stage, state = _recoupe.Stage(engine), {}  # type: ignore[var-annotated]
    open_packets: dict[int, bytearray] = {}

    def made(rows: list[tuple[int, int, bytes]]) -> pa.RecordBatch:
        part, kinds, payload = zip(*rows)
        return pa.RecordBatch.from_arrays([pa.array(part, pa.int32()), pa.array(kinds, pa.int32()), pa.array(payload, pa.binary())], schema=_PACKETS)

    told: list[tuple[int, int, bytes]] = []
    for found in articles_of(engine, sources, rows_in(batches), state):
        try:
            if found.error:
                raise found.error
            reading = stage.read_article(found.article) if found.article else stage.read_record(found.name, found.line)
        except MemoryError:
            raise
        except Error as error:
            told.append((0, packets.PROBLEM, json.dumps([error.source, error.text]).encode()))
            continue
        part = parts.of_article(found.number)
        packet = open_packets.setdefault(part, bytearray())
        packet += struct.pack("<QQ", found.number, len(reading)) + reading
        if len(packet) >= packets.PACKET:
            yield made([(part, packets.READING, bytes(open_packets.pop(part)))])
    told += [(0, packets.COUNT, json.dumps([file, block, n]).encode()) for (file, block), n in state.items()]
    told += [(part, packets.READING, bytes(packet)) for part, packet in open_packets.items()]
    if told:
        yield made(told)


def _readings(spark: Any, sources: list[Source], where: Parts, keeper: Keeper, kind: str) -> Any:
    """What Keeper.own takes up: tickets for local lines, packets of all else, and what is told of them."""
    tickets: list[dict[str, Any]] = [{"part": part, "blocks": []} for part in range(where.n)]
    for file, block, size in ranges(spark, sources, where.n):
        tickets[where.of_article(file << PLACE | block)]["blocks"].append((file, block, size))
    items = [(t["part"], (packets.TICKET, json.dumps(t).encode())) for t in tickets if t["blocks"]]
    readings = spark.sparkContext.parallelize(items, max(1, len(items))).partitionBy(where.n, place)
    if not all(s.has_ranges for s in sources):
        rows = rows_of(spark, sources, [])
        frame = rows.mapInArrow(lambda batches: _read(where, keeper.sources, keeper.options, kind, batches), _PACKETS_TEXT)
        moved = frame.rdd.map(lambda row: (row[0], (row[1], bytes(row[2])))).partitionBy(where.n, place)
        readings = moved.union(readings) if items else moved
    return readings


def _told(keeper: Keeper, items: Iterable[Any]) -> Iterator[tuple[int, Any]]:
    """Counts and problems of a part; its readings are made."""
    for _, (kind, payload) in items:
        if kind == packets.TICKET:
            _, told = keeper.open(json.loads(payload))
            yield from ((packets.COUNT, count) for count in told["counts"])
            yield from ((packets.PROBLEM, problem) for problem in told["problems"])
        elif kind != packets.READING:
            yield kind, json.loads(payload)


def _drop(keeper: Keeper, items: Iterable[Any]) -> None:
    for _, (kind, payload) in items:
        if kind == packets.TICKET:
            keeper.drop(json.loads(payload))


def reuse(spark: Any, inputs: Union[str, Iterable[str]], *, input: str = "auto", published: Optional[str] = None,
          language: Optional[str] = None, lang_dir: Optional[str] = None, parts: int = 0) -> Result:
    """Near-duplicates and copied passages: those of recoupe.reuse, and of `recoupe reuse`, without a window.

    Rows: a, b (ids; a came first), kind, resemblance, containment, passages, and the numbers of both in the order of input.
    The articles are read at once, and kept until release(): those of local lines beside Spark's own files, others by Spark (memory, then
    disk). `parts`: into how many tasks each step is cut; 0: one for each 128 MB of input, and two for each core at least.
    """
    from pyspark import StorageLevel

    sources = list_files(spark, _inputs(inputs), input)
    parts = parts or max(2 * spark.sparkContext.defaultParallelism, -(-sum(s.size for s in sources) // _PART), 1)
    where = Parts(parts, spans(sources, parts))
    keeper = Keeper(uuid.uuid4().hex, sources, {"published": published, "language": language, "lang_dir": lang_dir})
    readings = _readings(spark, sources, where, keeper, input).persist(StorageLevel.MEMORY_AND_DISK)
    told = readings.mapPartitions(lambda items: _told(keeper, items)).collect()
    resolve = Names(sources, {(file, block): n for kind, (file, block, n) in (t for t in told if t[0] == packets.COUNT)})
    problems = sorted((resolve(source), text) for kind, (source, text) in (t for t in told if t[0] == packets.PROBLEM))[:_MOST_PROBLEMS]
    links = pairs.link(readings, pairs.Steps(where, keeper))

    def frame() -> Any:
        rows = spark.createDataFrame(links.map(lambda found: (bytearray(found),)), "links binary")
        return rows.mapInArrow(lambda batches: pairs.rows(resolve, (x for batch in batches for x in batch.column("links").to_pylist())), pairs.RESULT)

    def release() -> None:
        readings.foreachPartition(lambda items: _drop(keeper, items))
        readings.unpersist()

    return Result(frame, lambda: problems, lambda: links.mapPartitions(lambda found: pairs.rows(resolve, found)), release)


# ----------------------------------------------------------------------------------------------------- extract, stories


def _problems(spark: Any) -> Any:
    """An accumulator of (name, why). A task that is run again says the same again, so it is a set."""
    from pyspark.accumulators import AccumulatorParam

    class Union(AccumulatorParam):  # type: ignore[misc, type-arg, unused-ignore]
        def zero(self, value: set[tuple[str, str]]) -> set[tuple[str, str]]:
            return set()

        def addInPlace(self, value1: set[tuple[str, str]], value2: set[tuple[str, str]]) -> set[tuple[str, str]]:
            value1 |= value2
            return value1

    return spark.sparkContext.accumulator(set(), Union())


def _counts(spark: Any, sources: list[Source], blocks: list[tuple[int, int, int]]) -> dict[tuple[int, int], int]:
    """Lines of each block, counted when a file may have several: names of records have the number of their line."""
    whole = min(size_of(spark.conf.get(f"spark.sql.files.{name}")) for name in ("openCostInBytes", "maxPartitionBytes"))
    counts = {(i, 0): 0 for i in range(len(sources))}
    if any(at for _, at, _ in blocks):
        counts.update(spark.sparkContext.parallelize(blocks, len(blocks)).map(lambda block: (block[:2], count_lines(sources, *block))).collect())
    if any(s.kind == "lines" and not s.has_ranges and s.size > whole for s in sources):
        found = rows_of(spark, sources, []).where("block >= 0").groupBy("file", "block").count().collect()
        counts.update(((row["file"], row["block"]), row["count"]) for row in found)
    return counts


@dataclass
class _Input:
    rows: Callable[[], Any]  # all of it, as a frame
    blocks: Optional[list[tuple[int, int, int]]]  # all of it, where all are local lines
    shared: Any
    problems: Any


def _prepared(spark: Any, inputs: Union[str, Iterable[str]], kind: str) -> _Input:
    sources = list_files(spark, _inputs(inputs), kind)
    blocks = ranges(spark, sources, max(_TASKS * spark.sparkContext.defaultParallelism, 1))
    resolve = Names(sources, _counts(spark, sources, blocks))
    is_local = all(s.has_ranges for s in sources)
    return _Input(lambda: rows_of(spark, sources, blocks), blocks if is_local else None, (sources, resolve), _problems(spark))


def extract(spark: Any, inputs: Union[str, Iterable[str]], *, input: str = "auto", published: Optional[str] = None,
            language: Optional[str] = None, lang_dir: Optional[str] = None) -> Result:
    """Pages into clean articles: the lines of `recoupe extract` as columns, and `number`, which ascends in the order of input.

    `problems` is there once the frame has been used.
    """
    given = _prepared(spark, inputs, input)
    options = {"published": published, "language": language, "lang_dir": lang_dir}
    shared, problems = spark.sparkContext.broadcast(given.shared), given.problems
    schema = "number long, id string, source string, url string, title string, byline string, published string, publisher string, " \
             "language string, text string, confidence double, step string"
    frame = given.rows().mapInArrow(lambda batches: extract_rows(shared.value, options, input, problems, batches), schema)
    return Result(lambda: frame, lambda: sorted(problems.value)[:_MOST_PROBLEMS])


def stories(spark: Any, inputs: Union[str, Iterable[str]], *, recent: int = 0, final: bool = False, input: str = "auto",
            published: Optional[str] = None, language: Optional[str] = None, lang_dir: Optional[str] = None) -> Result:
    """Which articles tell one event: the lines of `recoupe stories` as rows id, story, why, with `at`, their place among them.

    Executors read, clean and outline articles; one task places the outlines in the order of input, because where an article belongs
    depends on those before it. It holds the last `recent` of them (0: 50,000), whatever the size of the input.
    """
    given = _prepared(spark, inputs, input)
    options = {"published": published, "language": language, "lang_dir": lang_dir}
    shared, problems = spark.sparkContext.broadcast(given.shared), given.problems

    def frame() -> Any:
        found = given.rows().mapInArrow(lambda batches: outline_rows(shared.value, options, input, problems, batches), "number long, outlines binary")
        ordered = found.repartition(1).sortWithinPartitions("number")
        return ordered.mapInArrow(lambda batches: place_outlines(recent, final, (x for batch in batches for x in batch.column("outlines").to_pylist())),
                                  "at long, id string, story string, why string")

    def batches() -> Any:
        blocks = [(file, block, None, None, size) for file, block, size in given.blocks or []]
        rows = spark.sparkContext.parallelize(blocks, max(1, len(blocks)))
        found = rows.mapPartitions(lambda rows: outlines(shared.value, options, input, problems, rows))
        ordered = found.repartitionAndSortWithinPartitions(1, lambda first: 0)
        return ordered.mapPartitions(lambda found: place_outlines(recent, final, (packet for _, packet in found)))

    return Result(frame, lambda: sorted(problems.value)[:_MOST_PROBLEMS], batches if given.blocks is not None else None)
