"""recoupe-spark: the verbs extract, reuse and stories on a Spark cluster.

usage: recoupe-spark VERB [OPTION...] INPUT... -o OUTPUT

Inputs and outputs are local paths, or whatever Spark's connectors reach (file://, hdfs://, s3a://). Options that are not listed are those
of `recoupe VERB`. Spark's own settings come from spark-defaults.conf, from --conf, and from spark-submit when the command is run by it.

Exit status: 0 fine, 1 some inputs could not be used (each is named on standard error), 2 usage, 3 failed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from typing import Any, Optional

from ..errors import Error, UsageError

_FINE, _SOME_UNUSABLE, _USAGE, _FAILED = range(4)


def _parser() -> argparse.ArgumentParser:
    about, usage, rest = (__doc__ or "").split("\n\n", 2)
    parser = argparse.ArgumentParser(prog="recoupe-spark", description=about, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["extract", "reuse", "stories"])
    parser.add_argument("inputs", nargs="+", metavar="INPUT")
    parser.add_argument("-o", "--output", required=True, help="a folder that Spark makes; or a local file, in the order of input, when it ends in .jsonl")
    parser.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl")
    parser.add_argument("--input", default="auto", help="auto, text, html, jsonl, warc, feed, ninjs, parquet")
    parser.add_argument("--published", metavar="DATE")
    parser.add_argument("--language", metavar="TAG")
    parser.add_argument("--lang-dir", metavar="DIR")
    parser.add_argument("--final", action="store_true", help="stories: lines at the end replace earlier ones by id")
    parser.add_argument("--recent", type=int, default=0, metavar="N", help="stories: how many articles back a story may go on")
    parser.add_argument("--parts", type=int, default=0, metavar="N", help="reuse: tasks of each step (0: one for each 128 MB of input, two for each core at least)")
    parser.add_argument("--master", help="Spark's master, when spark-submit does not say it")
    parser.add_argument("--conf", action="append", default=[], metavar="KEY=VALUE", help="a setting of Spark")
    parser.add_argument("--quiet", action="store_true", help="no progress, no summary")
    return parser


_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def session(master: Optional[str] = None, parts: int = 0, conf: Optional[dict[str, str]] = None) -> Any:
    """A Spark session with the settings that suit few and large items; `conf` goes before them."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("recoupe")
    if master:
        builder = builder.master(master)
    # Spark moves few and large items here and computes nothing on them: what it would spend on compiling never comes back
    ours = {
        "spark.sql.shuffle.partitions": str(parts or 64), "spark.sql.adaptive.enabled": "false", "spark.ui.showConsoleProgress": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "64", "spark.sql.autoBroadcastJoinThreshold": "-1",
        "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.python.daemon.module": "recoupe.spark.daemon",
        "spark.driver.extraJavaOptions": _JAVA, "spark.executor.extraJavaOptions": _JAVA,
    }
    # memory of one step serves the next: asking the system for its pages anew took a third of the time
    ours.update({"spark.executorEnv.MALLOC_MMAP_THRESHOLD_": str(32 << 20), "spark.executorEnv.MALLOC_TRIM_THRESHOLD_": str(1 << 30),
                 "spark.executorEnv.ARROW_DEFAULT_MEMORY_POOL": "system"})
    if os.environ.get("PYTHONPATH"):
        ours["spark.executorEnv.PYTHONPATH"] = os.environ["PYTHONPATH"]
    for key, value in {**ours, **(conf or {})}.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def _share(value: float) -> str:
    """0 to 1 with four decimals, rounded as the command does."""
    v = int(value * 10000 + 0.5)
    return f"{v // 10000}.{v % 10000:04}"


def _quote(text: str) -> str:
    if text.isascii() and text.isalnum():
        return f'"{text}"'
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def pair_lines(batch: Any) -> list[str]:
    """Pairs as `recoupe reuse --format jsonl` writes them."""
    column = {name: batch.column(name) for name in batch.schema.names}
    lists = column["passages"]
    ends = lists.offsets.to_pylist()
    fields = [lists.values.field(name).to_pylist() for name in ("a", "a_end", "b", "b_end", "verbatim")]
    places = [f'{{"a":{{"start":{a},"end":{a_end}}},"b":{{"start":{b},"end":{b_end}}},"verbatim":{"true" if v else "false"}}}'
              for a, a_end, b, b_end, v in zip(*fields)]
    plain = [column[name].to_pylist() for name in ("a", "b", "kind", "resemblance", "containment")]
    return [f'{{"a":{_quote(a)},"b":{_quote(b)},"kind":"{kind}","resemblance":{_share(r)},"containment":{_share(c)},"passages":[{",".join(places[x:y])}]}}'
            for a, b, kind, r, c, x, y in zip(*plain, ends, ends[1:])]


def story_lines(batch: Any) -> list[str]:
    """As `recoupe stories` writes them."""
    columns = (batch.column(name).to_pylist() for name in ("id", "story", "why"))
    return [f'{{"id":{_quote(id)},"story":{_quote(story)},"why":"{why}"}}' for id, story, why in zip(*columns)]


_ARTICLE = ("id", "source", "url", "title", "byline", "published", "publisher", "language", "text")


def _article_line(row: Any) -> str:
    fields = ",".join(f'"{name}":{"null" if row[name] is None else _quote(row[name])}' for name in _ARTICLE)
    return f'{{{fields},"confidence":{row["confidence"]:.2f},"step":{_quote(row["step"])}}}'


def article_lines(batch: Any) -> list[str]:
    """As `recoupe extract --format jsonl` writes them."""
    return [_article_line(row) for row in batch.to_pylist()]


_ORDER = {"extract": ["number"], "reuse": ["b_number", "a_number", "kind"], "stories": ["at"]}
_LINES = {"extract": article_lines, "reuse": pair_lines, "stories": story_lines}


def lines_of(verb: str, frame: Any, is_ordered: bool) -> Any:
    """The lines of a result as rows of many lines each; in the order of input, or in that of each task."""
    import pyarrow as pa

    keys = _ORDER[verb]

    def lines(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            columns = [batch.column(name) for name in keys]
            yield pa.RecordBatch.from_arrays([*columns, pa.array(_LINES[verb](batch), pa.string())], names=[*keys, "value"])

    def joined(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            if batch.num_rows:
                text = "\n".join(batch.column("value").to_pylist())
                yield pa.RecordBatch.from_arrays([pa.array([text]), pa.array([batch.num_rows], pa.int64())], names=["value", "n"])

    if is_ordered:
        types = dict(frame.dtypes)
        frame = frame.mapInArrow(lines, ", ".join(f"{name} {types[name]}" for name in keys) + ", value string").persist()
        frame = frame.sortWithinPartitions(*keys) if verb == "stories" else frame.sort(*keys)
        return frame.mapInArrow(joined, "value string, n long")

    def both(batches: Iterator[Any]) -> Iterator[Any]:
        return joined(lines(batches))

    return frame.mapInArrow(both, "value string, n long")


def _local(path: str) -> Optional[str]:
    """A path of this machine, or None: Spark's connectors know it."""
    if path.startswith("file:"):
        return "/" + path.removeprefix("file:").lstrip("/")
    return None if "://" in path else path


def write_lines(spark: Any, verb: str, result: Any, folder: str) -> int:
    """Lines as the command writes them, in the order of each task; their number."""
    if not result._batches:
        lines_of(verb, result.frame, False).select("value").write.mode("error").text(folder)
        return int(spark.read.text(folder).count())
    n = spark.sparkContext.accumulator(0)

    def texts(found: Iterator[Any]) -> Iterator[bytes]:
        for batch in found:
            if batch.num_rows:
                yield "\n".join(_LINES[verb](batch)).encode("utf-8", "surrogatepass")
                n.add(batch.num_rows)

    result._batches().mapPartitions(texts).saveAsTextFile(folder)
    return int(n.value)


def _write(spark: Any, verb: str, result: Any, options: argparse.Namespace) -> int:
    """The number of results."""
    path = _local(options.output)
    if options.format == "parquet":
        result.frame.write.mode("error").parquet(options.output)
        return int(spark.read.parquet(options.output).count())
    if not path or not path.endswith(".jsonl"):
        return write_lines(spark, verb, result, options.output)
    n = 0
    beside = f"{path}.part"
    with open(beside, "w", encoding="utf-8", errors="surrogatepass") as out:
        for row in lines_of(verb, result.frame, True).toLocalIterator():
            out.write(row.value + "\n")
            n += row.n
    os.replace(beside, path)
    return n


def _run(options: argparse.Namespace) -> int:
    began = time.monotonic()

    def tell(text: str) -> None:
        if not options.quiet:
            print(f"recoupe-spark: {text} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)

    from pyspark.sql import SparkSession

    is_ours = SparkSession.getActiveSession() is None
    spark = session(options.master, options.parts, dict(pair.split("=", 1) for pair in options.conf))
    try:
        spark.sparkContext.setLogLevel("ERROR")
        tell(f"Spark {spark.version}, {spark.sparkContext.master}")
        return _work(spark, options, tell)
    finally:
        if is_ours:
            spark.stop()


def _work(spark: Any, options: argparse.Namespace, tell: Any) -> int:
    from . import extract, reuse, stories

    common = {"input": options.input, "published": options.published, "language": options.language, "lang_dir": options.lang_dir}
    if options.verb == "reuse":
        result = reuse(spark, options.inputs, parts=options.parts, **common)
        tell("articles read")
    elif options.verb == "extract":
        result = extract(spark, options.inputs, **common)
    else:
        result = stories(spark, options.inputs, recent=options.recent, final=options.final, **common)
    n = _write(spark, options.verb, result, options)
    for name, why in result.problems:
        print(f"recoupe-spark: {name}: {why}", file=sys.stderr)
    tell(f"{n} {'articles' if options.verb == 'extract' else 'pairs' if options.verb == 'reuse' else 'lines'} written to {options.output}, "
         f"{len(result.problems)} inputs or records could not be used")
    return _SOME_UNUSABLE if result.problems else _FINE


def main(arguments: Optional[list[str]] = None) -> int:
    options = _parser().parse_args(arguments)
    if not all("=" in pair for pair in options.conf):
        print("recoupe-spark: --conf takes KEY=VALUE", file=sys.stderr)
        return _USAGE
    if os.path.exists(_local(options.output) or ""):
        print(f"recoupe-spark: {options.output}: it is there already", file=sys.stderr)
        return _USAGE
    try:
        import pyspark  # noqa: F401
    except ImportError:
        print("recoupe-spark: PySpark is missing: pip install 'recoupe[spark]', and Java 17", file=sys.stderr)
        return _FAILED
    try:
        return _run(options)
    except UsageError as error:
        print(f"recoupe-spark: {error}", file=sys.stderr)
        return _USAGE
    except Error as error:
        print(f"recoupe-spark: {error}", file=sys.stderr)
        return _FAILED
    except Exception as error:  # what Spark raises has many classes and a page of Java
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        print(f"recoupe-spark: {first}", file=sys.stderr)
        return _FAILED


if __name__ == "__main__":
    sys.exit(main())
