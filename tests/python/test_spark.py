"""recoupe.spark gives what the command gives: on Spark's local mode, or on two workers with RECOUPE_SPARK_LONG=1.

Skipped where Java, PySpark, numpy, pyarrow or pandas are missing. One session serves all tests, since it takes most of the time.
"""
import gzip
import json
import os
import shutil
import signal
import sys

import pytest

for name in ("numpy", "pandas", "pyarrow", "pyspark"):
    pytest.importorskip(name)
if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
    pytest.skip("Java is missing", allow_module_level=True)

from recoupe import spark as recoupe_spark  # noqa: E402
from recoupe.spark import command as recoupe_command  # noqa: E402
from recoupe.spark.packets import PLACE, Parts  # noqa: E402
from recoupe.spark.sources import Names, Source, spans  # noqa: E402

LONG = bool(os.environ.get("RECOUPE_SPARK_LONG"))
PARTS = 4 if LONG else 2


def article(i, n_words=120):
    state, words = (i + 1) * 2654435761, []
    for _ in range(n_words):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        words.append("bcdfglmnprst"[state >> 40 & 7] + "aeiou"[(state >> 44) % 5] + "bcdfglmnprst"[state >> 48 & 7] + "aeiou"[(state >> 52) % 5])
    return words


def invent(n, first=0):
    """Records: originals, copies with changes, quotations, a footer in most, one text many times, short ones, one without id."""
    footer = " Tous droits réservés, reproduction interdite sans accord écrit de la rédaction du journal et de ses ayants droit."
    for i in range(first, first + n):
        words = article(i)
        if i % 4 == 3:
            words = [w if k % (7 + i % 9) else "autre" for k, w in enumerate(article(i - 1 - i % 3))]
        if i % 5 == 2:
            words = [w if k % (9 + i % 17) else f"x{i}" for k, w in enumerate(article(5))]
        if i % 10 == 9:
            words[40:40] = article(i // 3)[20:60]
        if i % 13 == 7:
            words = article(i // 2)[:8 + i % 30]
        text = " ".join(words).capitalize() + "." + (footer if i % 3 else "")
        yield {**({} if i % 50 == 33 else {"id": f"n{i}"}), "text": text, "title": " ".join(words[:6]), "published": f"2025-01-{1 + i % 28:02}"}


@pytest.fixture(scope="module")
def spark():
    master = "local-cluster[2,1,1024]" if LONG else "local[2]"
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = recoupe_command.session(master, PARTS, {"spark.ui.enabled": "false", "spark.sql.files.maxPartitionBytes": "20000",
                                                      "spark.sql.files.openCostInBytes": "0"})
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Two files of lines, one cut into blocks by Spark, with lines that are none; and the same as the command reads them."""
    folder = tmp_path_factory.mktemp("lines")
    for name, n, first in (("a.jsonl", 300 if LONG else 160, 0), ("b.jsonl", 60, 300)):
        with open(folder / name, "w", encoding="utf-8") as out:
            for i, record in enumerate(invent(n, first)):
                out.write(json.dumps(record, ensure_ascii=i % 2 == 0) + "\n")
                if i % 40 == 39:
                    out.write('\n{"id": broken\n')
    return [str(folder / "a.jsonl"), str(folder / "b.jsonl")]


def lines_of(frame, verb):
    rows = recoupe_command.lines_of(verb, frame, True).collect()
    return [line for row in rows for line in row.value.split("\n")]


def test_reuse_is_that_of_the_command(spark, files, command):
    result = recoupe_spark.reuse(spark, files, parts=PARTS)
    expected = command("reuse", "--quiet", "--format", "jsonl", *files, status=1).splitlines()
    assert lines_of(result.frame, "reuse") == expected
    assert sum('"passage"' in x for x in expected) > 10 and sum('"near-duplicate"' in x for x in expected) > 100
    names = [name for name, _ in result.problems]
    assert names == sorted([f"{files[0]}:{n}" for n in range(42, 170, 42)] + [f"{files[1]}:42"]) if not LONG else names
    result.release()


def test_extract_and_stories_are_those_of_the_command(spark, files, command):
    found = recoupe_spark.extract(spark, files)
    assert lines_of(found.frame, "extract") == command("extract", "--format", "jsonl", *files, status=1).splitlines()
    assert found.problems and found.problems[0][0].startswith(files[0])
    found = recoupe_spark.stories(spark, files, final=True)
    assert lines_of(found.frame, "stories") == command("stories", "--final", *files, status=1).splitlines()


PAGE = "<html><head><title>Page {0}</title></head><body><article><h1>Page {0}</h1><p>{1}.</p><p>{2}.</p></article></body></html>"


def warc(n):
    """One gzip member a record; the one in the middle is damaged."""
    members = []
    for i in range(n):
        words = article(i if i % 3 else 0, 160)
        body = PAGE.format(i, " ".join(words[:80]).capitalize(), " ".join(words[80:]).capitalize()).encode()
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://exemple.test/{i}\r\nWARC-Record-ID: <urn:x:{i}>\r\n" \
               f"WARC-Date: 2025-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        members.append(gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0))
    bad = bytearray(members[n // 2])
    bad[len(bad) // 2:len(bad) // 2 + 40] = bytes(40)
    members[n // 2] = bytes(bad)
    return b"".join(members)


def test_a_damaged_warc_member_is_named_and_the_rest_done(spark, tmp_path, command):
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(warc(9))
    found = recoupe_spark.extract(spark, str(path))
    assert lines_of(found.frame, "extract") == command("extract", "--format", "jsonl", path, status=1).splitlines()
    assert found.problems and all(name.startswith(str(path)) for name, _ in found.problems)


def test_rows_of_parquet(spark, tmp_path, files, command):
    import pyarrow as pa
    import pyarrow.parquet

    records = [{**r, "id": f"p{i}"} for i, r in enumerate(invent(40))]
    pyarrow.parquet.write_table(pa.Table.from_pylist(records), tmp_path / "rows.parquet", row_group_size=10)
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
    result = recoupe_spark.reuse(spark, str(tmp_path / "rows.parquet"), parts=PARTS)
    assert lines_of(result.frame, "reuse") == command("reuse", "--quiet", "--format", "jsonl", tmp_path / "rows.jsonl").splitlines()
    result.release()


def test_paths_of_other_systems_go_to_sparks_connectors(spark, tmp_path, files, command):
    """viewfs, since it needs no server; s3a and hdfs take the same way."""
    (tmp_path / "in").mkdir()
    lines, crawl = tmp_path / "in" / "a.jsonl", tmp_path / "in" / "crawl.warc.gz"
    shutil.copy(files[0], lines)
    crawl.write_bytes(warc(9))
    spark.sparkContext._jsc.hadoopConfiguration().set("fs.viewfs.mounttable.test.link./data", f"file://{tmp_path}")
    result = recoupe_spark.reuse(spark, "viewfs://test/data/in/a.jsonl", parts=PARTS)
    expected = command("reuse", "--quiet", "--format", "jsonl", lines, status=1).replace(str(tmp_path), "viewfs://test/data")
    assert lines_of(result.frame, "reuse") == expected.splitlines()
    assert "viewfs://test/data/in/a.jsonl:42" in [name for name, _ in result.problems]
    result.release()
    found = recoupe_spark.extract(spark, "viewfs://test/data/in/crawl.warc.gz")
    expected = command("extract", "--format", "jsonl", crawl, status=1).replace(str(tmp_path), "viewfs://test/data")
    assert lines_of(found.frame, "extract") == expected.splitlines()
    found.frame.write.parquet("viewfs://test/data/out")
    assert spark.read.parquet(f"file://{tmp_path}/out").count() == len(expected.splitlines())


def executors():
    """Process ids of Spark's executors that this process has started, by whatever went between."""
    parents, found = {}, []
    for name in os.listdir("/proc"):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                parents[int(name)] = int(file.read().rpartition(")")[2].split()[1])
            with open(f"/proc/{name}/cmdline", "rb") as file:
                if b"CoarseGrainedExecutorBackend\0" in file.read():
                    found.append(int(name))
        except (OSError, ValueError):
            continue

    def is_ours(pid):
        while pid in parents and pid != os.getpid():
            pid = parents[pid]
        return pid == os.getpid()

    return [pid for pid in found if is_ours(pid)]


@pytest.mark.skipif(not LONG, reason="one executor less would be none")
def test_an_executor_may_be_killed(spark, files, command):
    expected = command("reuse", "--quiet", "--format", "jsonl", *files, status=1).splitlines()
    result = recoupe_spark.reuse(spark, files, parts=PARTS)
    there = executors()
    assert len(there) == 2
    os.kill(there[0], signal.SIGKILL)  # with it go the readings that it kept
    assert lines_of(result.frame, "reuse") == expected
    assert there[0] not in executors()
    result.release()


def test_the_command(spark, tmp_path, files, capsys, command):
    out = tmp_path / "out.jsonl"
    assert recoupe_command.main(["stories", files[1], "-o", str(out), "--quiet"]) == 1
    assert len(out.read_text().splitlines()) == 60
    assert f"{files[1]}:42" in capsys.readouterr().err
    assert recoupe_command.main(["stories", files[1], "-o", str(out)]) == 2
    assert recoupe_command.main(["reuse", files[1], "-o", f"file://{tmp_path}/pairs.jsonl", "--quiet", "--parts", "2"]) == 1
    assert (tmp_path / "pairs.jsonl").read_text() == command("reuse", "--quiet", "--format", "jsonl", files[1], status=1)
    assert recoupe_command.main(["reuse", files[1], "-o", str(tmp_path / "pairs"), "--parts", "2"]) == 1
    assert "pairs written to" in capsys.readouterr().err
    parts = sorted((tmp_path / "pairs").glob("part-*"))
    assert sorted("".join(p.read_text() for p in parts).splitlines()) == sorted((tmp_path / "pairs.jsonl").read_text().splitlines())
    assert recoupe_command.main(["reuse", files[1], "-o", str(tmp_path / "y"), "--conf", "no"]) == 2
    assert recoupe_command.main(["reuse", str(tmp_path / "none.jsonl"), "-o", str(tmp_path / "x.jsonl"), "--quiet"]) == 2


def test_articles_of_one_part_are_neighbours():
    sources = [Source("file:/a.jsonl", "/a.jsonl", "lines", 900), Source("file:/b.jsonl.gz", "/b.jsonl.gz", "lines", 100),
               Source("file:/c.jsonl", "/c.jsonl", "lines", 1000)]
    parts = Parts(4, spans(sources, 4))
    assert [parts.of_article(n) for n in (0, 499, 500, 899)] == [0, 0, 1, 1]
    assert [parts.of_article(1 << PLACE | n) for n in (0, 10**9)] == [1, 1]
    assert [parts.of_article(2 << PLACE | n) for n in (0, 499, 500, 999)] == [2, 2, 3, 3]
    one = Parts(4, spans([Source("file:/a.warc.gz", "/a.warc.gz", "file", 10**6)], 4))
    assert {one.of_article(n) for n in range(100)} == {0, 1, 2, 3}


def test_names_count_over_blocks():
    names = Names([Source("file:/a.jsonl", "/a.jsonl", "lines", 9), Source("file:/b.jsonl", "/b.jsonl", "lines", 9)],
                  {(0, 0): 10, (0, 500): 5, (1, 0): 3})
    assert names("\x010:500:2") == "/a.jsonl:13" and names("\x011:0:0") == "/b.jsonl:1"
    assert names("/tmp/recoupe-spark-x1/1/part:4") == "/b.jsonl:4" and names("n5") == "n5"
