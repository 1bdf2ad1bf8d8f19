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
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Optional, Union

import pyarrow as pa

from .. import _recoupe
from ..errors import Error
from ..work import _KINDS
from . import packets, pairs
from .packets import COUNT, PROBLEM, Out, Parts
from .sources import Names, Source, articles_of, count_lines, list_files, problem, ranges, rows_of, size_of, spans
from .verbs import extract_rows, outline_rows, place_rows

__all__ = ["Result", "extract", "reuse", "stories"]

_MOST_PROBLEMS = 10_000
_AT_ONCE = 4096  # articles
_TASKS = 4  # for each core, of extract and stories


@dataclass
class Result:
    """`frame` is lazy as Spark's frames are. `problems`: inputs and records that could not be used, (name, why), by name."""

    frame: Any
    _problems: Callable[[], list[tuple[str, str]]]
    _kept: list[Any] = field(default_factory=list)

    @property
    def problems(self) -> list[tuple[str, str]]:
        return self._problems()

    def release(self) -> None:
        """Gives back what Spark keeps of it."""
        for frame in self._kept:
            frame.unpersist()


def _inputs(inputs: Union[str, Iterable[str]]) -> list[str]:
    return [inputs] if isinstance(inputs, str) else list(inputs)


def _engine(options: dict[str, Any], kind: str) -> _recoupe.Engine:
    return _recoupe.Engine(threads=1, input=_KINDS.index(kind if kind in _KINDS else "auto"), **options)


# --------------------------------------------------------------------------------------------------------------- reuse


def _read(parts: Parts, sources: list[Source], options: dict[str, Any], kind: str, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    engine = _engine(options, kind)
    stage, out, state = _recoupe.Stage(engine), Out(parts), {}  # type: ignore[var-annotated]
    some: list[tuple[int, bytes]] = []
    for batch in batches:
        for found in articles_of(engine, sources, batch, state):
            try:
                if found.error:
                    raise found.error
                some.append((found.number, stage.read_article(found.article) if found.article else stage.read_record(found.name, found.line)))
            except MemoryError:
                raise
            except Error as error:
                out.blob(PROBLEM, 0, problem(error))
            if len(some) >= _AT_ONCE:
                pairs.add_readings(out, some)
                some = []
                yield from out.batches(packets.FLUSH)
    pairs.add_readings(out, some)
    for (file, block), n in state.items():
        out.blob(COUNT, 0, json.dumps([file, block, n]).encode() + b"\n")
    out.close()
    yield from out.batches()


def _lines(frame: Any, kind: int) -> list[Any]:
    return [json.loads(line) for row in frame.where(f"kind = {kind}").select("payload").collect() for line in bytes(row.payload).splitlines()]


def reuse(spark: Any, inputs: Union[str, Iterable[str]], *, input: str = "auto", published: Optional[str] = None,
          language: Optional[str] = None, lang_dir: Optional[str] = None, parts: int = 0) -> Result:
    """Near-duplicates and copied passages: those of recoupe.reuse, and of `recoupe reuse`, without a window.

    Rows: a, b (ids; a came first), kind, resemblance, containment, passages, and the numbers of both in the order of input.
    The articles are read at once, and kept by Spark (memory, then disk) until release(). `parts`: into how many tasks each step is cut; 0:
    spark.sql.shuffle.partitions. One part's articles must fit an executor's memory, some 4 kB each, three times.
    """
    from pyspark import StorageLevel

    sources = list_files(spark, _inputs(inputs), input)
    parts = parts or int(spark.conf.get("spark.sql.shuffle.partitions"))
    where = Parts(parts, spans(sources, parts))
    options = {"published": published, "language": language, "lang_dir": lang_dir}
    rows = rows_of(spark, sources, parts)
    all_sources = spark.sparkContext.broadcast(sources)
    everything = rows.mapInArrow(lambda batches: _read(where, all_sources.value, options, input, batches), packets.SCHEMA)
    everything = everything.repartition(where.n, "part").persist(StorageLevel.MEMORY_AND_DISK)
    counts = {(file, block): n for file, block, n in _lines(everything, COUNT)}
    resolve = Names(sources, counts)
    problems = sorted((resolve(source), text) for source, text in _lines(everything, PROBLEM))[:_MOST_PROBLEMS]
    frame, links = pairs.link(everything, where, resolve)
    return Result(frame, lambda: problems, [everything, links])


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


def _counts(spark: Any, rows: Any, sources: list[Source], shared: Any, tasks: int) -> dict[tuple[int, int], int]:
    """Lines of each block, counted when a file may have several: names of records have the number of their line."""
    whole = min(size_of(spark.conf.get(f"spark.sql.files.{name}")) for name in ("openCostInBytes", "maxPartitionBytes"))
    counts, frames = {(i, 0): 0 for i in range(len(sources))}, []
    if any(at for _, at, _ in ranges(spark, sources, tasks)):
        here = rows.where("block >= 0 and size is not null")
        frames.append(here.mapInArrow(lambda batches: count_lines(shared.value, batches), "file int, block long, count long"))
    if any(s.kind == "lines" and not s.has_ranges and s.size > whole for s in sources):
        frames.append(rows.where("block >= 0 and size is null").groupBy("file", "block").count())
    counts.update(((row["file"], row["block"]), row["count"]) for frame in frames for row in frame.collect())
    return counts


def _prepared(spark: Any, inputs: Union[str, Iterable[str]], kind: str) -> tuple[Any, Any, Any]:
    sources = list_files(spark, _inputs(inputs), kind)
    tasks = max(_TASKS * spark.sparkContext.defaultParallelism, 1)
    rows = rows_of(spark, sources, tasks)
    resolve = Names(sources, _counts(spark, rows, sources, spark.sparkContext.broadcast(sources), tasks))
    return rows, spark.sparkContext.broadcast((sources, resolve)), _problems(spark)


def extract(spark: Any, inputs: Union[str, Iterable[str]], *, input: str = "auto", published: Optional[str] = None,
            language: Optional[str] = None, lang_dir: Optional[str] = None) -> Result:
    """Pages into clean articles: the lines of `recoupe extract` as columns, and `number`, which ascends in the order of input.

    `problems` is there once the frame has been used.
    """
    rows, shared, problems = _prepared(spark, inputs, input)
    options = {"published": published, "language": language, "lang_dir": lang_dir}
    schema = "number long, id string, source string, url string, title string, byline string, published string, publisher string, " \
             "language string, text string, confidence double, step string"
    frame = rows.mapInArrow(lambda batches: extract_rows(shared.value, options, input, problems, batches), schema)
    return Result(frame, lambda: sorted(problems.value)[:_MOST_PROBLEMS])


def stories(spark: Any, inputs: Union[str, Iterable[str]], *, recent: int = 0, final: bool = False, input: str = "auto",
            published: Optional[str] = None, language: Optional[str] = None, lang_dir: Optional[str] = None) -> Result:
    """Which articles tell one event: the lines of `recoupe stories` as rows id, story, why, with `at`, their place among them.

    Executors read, clean and outline articles; one task places the outlines in the order of input, because where an article belongs
    depends on those before it. It holds the last `recent` of them (0: 50,000), whatever the size of the input.
    """
    rows, shared, problems = _prepared(spark, inputs, input)
    options = {"published": published, "language": language, "lang_dir": lang_dir}
    outlines = rows.mapInArrow(lambda batches: outline_rows(shared.value, options, input, problems, batches), "number long, outline binary")
    ordered = outlines.repartition(1).sortWithinPartitions("number")
    frame = ordered.mapInArrow(lambda batches: place_rows(recent, final, batches), "at long, id string, story string, why string")
    return Result(frame, lambda: sorted(problems.value)[:_MOST_PROBLEMS])
