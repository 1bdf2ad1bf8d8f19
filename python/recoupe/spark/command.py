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
    parser.add_argument("-o", "--output", required=True, help="a folder that Spark makes, or a local file when it ends in .jsonl")
    parser.add_argument("--format", choices=["jsonl", "parquet"], default="jsonl")
    parser.add_argument("--input", default="auto", help="auto, text, html, jsonl, warc, feed, ninjs, parquet")
    parser.add_argument("--published", metavar="DATE")
    parser.add_argument("--language", metavar="TAG")
    parser.add_argument("--lang-dir", metavar="DIR")
    parser.add_argument("--final", action="store_true", help="stories: lines at the end replace earlier ones by id")
    parser.add_argument("--recent", type=int, default=0, metavar="N", help="stories: how many articles back a story may go on")
    parser.add_argument("--parts", type=int, default=64, metavar="N", help="tasks of each step; one part's articles must fit an executor (64)")
    parser.add_argument("--master", help="Spark's master, when spark-submit does not say it")
    parser.add_argument("--conf", action="append", default=[], metavar="KEY=VALUE", help="a setting of Spark")
    parser.add_argument("--quiet", action="store_true", help="no progress, no summary")
    return parser


def session(master: Optional[str] = None, parts: int = 64, conf: Optional[dict[str, str]] = None) -> Any:
    """A Spark session with the settings that suit rows of a megabyte; `conf` goes before them."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("recoupe")
    if master:
        builder = builder.master(master)
    ours = {
        "spark.sql.shuffle.partitions": str(parts), "spark.sql.adaptive.enabled": "false", "spark.ui.showConsoleProgress": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "256", "spark.sql.autoBroadcastJoinThreshold": "-1",
    }
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
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def pair_line(row: Any) -> str:
    """A pair as `recoupe reuse --format jsonl` writes it."""
    passages = ",".join(
        f'{{"a":{{"start":{p["a"]},"end":{p["a_end"]}}},"b":{{"start":{p["b"]},"end":{p["b_end"]}}},"verbatim":{"true" if p["verbatim"] else "false"}}}'
        for p in row["passages"])
    return f'{{"a":{_quote(row["a"])},"b":{_quote(row["b"])},"kind":"{row["kind"]}","resemblance":{_share(row["resemblance"])},' \
           f'"containment":{_share(row["containment"])},"passages":[{passages}]}}'


def story_line(row: Any) -> str:
    """As `recoupe stories` writes it."""
    return f'{{"id":{_quote(row["id"])},"story":{_quote(row["story"])},"why":"{row["why"]}"}}'


_ARTICLE = ("id", "source", "url", "title", "byline", "published", "publisher", "language", "text")


def article_line(row: Any) -> str:
    """As `recoupe extract --format jsonl` writes it."""
    fields = ",".join(f'"{name}":{"null" if row[name] is None else _quote(row[name])}' for name in _ARTICLE)
    return f'{{{fields},"confidence":{row["confidence"]:.2f},"step":{_quote(row["step"])}}}'


def _lines_of(frame: Any, line: Any) -> Any:
    import pyarrow as pa

    def lines(batches: Iterator[Any]) -> Iterator[Any]:
        for batch in batches:
            yield pa.RecordBatch.from_arrays([pa.array([line(row) for row in batch.to_pylist()], pa.string())], names=["value"])

    return frame.mapInArrow(lines, "value string")


_ORDER = {"extract": ["number"], "reuse": ["b_number", "a_number", "kind"], "stories": ["at"]}
_LINE = {"extract": article_line, "reuse": pair_line, "stories": story_line}


def _write(verb: str, frame: Any, options: argparse.Namespace) -> int:
    """The number of results."""
    if options.format == "parquet":
        frame.write.mode("error").parquet(options.output)
        return int(frame.sparkSession.read.parquet(options.output).count())
    ordered = frame.sortWithinPartitions(*_ORDER[verb]) if verb == "stories" else frame.sort(*_ORDER[verb])
    lines = _lines_of(ordered, _LINE[verb])
    if not options.output.endswith(".jsonl"):
        lines.write.mode("error").text(options.output)
        return int(frame.sparkSession.read.text(options.output).count())
    n = 0
    beside = f"{options.output}.part"
    with open(beside, "w", encoding="utf-8", errors="surrogatepass") as out:
        for row in lines.toLocalIterator():
            out.write(row.value + "\n")
            n += 1
    os.replace(beside, options.output)
    return n


def _run(options: argparse.Namespace) -> int:
    from . import extract, reuse, stories

    began = time.monotonic()

    def tell(text: str) -> None:
        if not options.quiet:
            print(f"recoupe-spark: {text} ({time.monotonic() - began:.0f} s)", file=sys.stderr, flush=True)

    conf = dict(pair.split("=", 1) for pair in options.conf)
    spark = session(options.master, options.parts, conf)
    spark.sparkContext.setLogLevel("ERROR")
    tell(f"Spark {spark.version}, {spark.sparkContext.master}")
    common = {"input": options.input, "published": options.published, "language": options.language, "lang_dir": options.lang_dir}
    if options.verb == "reuse":
        result = reuse(spark, options.inputs, parts=options.parts, **common)
        tell("articles read")
    elif options.verb == "extract":
        result = extract(spark, options.inputs, **common)
    else:
        result = stories(spark, options.inputs, recent=options.recent, final=options.final, **common)
    n = _write(options.verb, result.frame, options)
    for name, why in result.problems:
        print(f"recoupe-spark: {name}: {why}", file=sys.stderr)
    tell(f"{n} {'articles' if options.verb == 'extract' else 'pairs' if options.verb == 'reuse' else 'lines'} written to {options.output}, "
         f"{len(result.problems)} inputs or records could not be used")
    return _SOME_UNUSABLE if result.problems else _FINE


def main(arguments: Optional[list[str]] = None) -> int:
    options = _parser().parse_args(arguments)
    if os.path.exists(options.output):
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
