"""Results as Arrow or pandas tables; both are imported when they are asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Optional

from .errors import UsageError
from .results import Article, Claim, Member, Originality, Pair, Phrase

if TYPE_CHECKING:
    import pandas
    import pyarrow

__all__ = ["arrow_batches", "schema_of", "to_arrow", "to_pandas"]


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise ImportError("Arrow tables need pyarrow: pip install 'recoupe[arrow]'") from error
    return pyarrow


def schema_of(kind: type) -> pyarrow.Schema:
    """The Arrow schema for a kind of result. Claims become one row for each place that carries one."""
    pa = _arrow()
    text, uint = pa.string(), pa.uint32()
    passage = pa.struct([("a", uint), ("a_end", uint), ("b", uint), ("b_end", uint), ("verbatim", pa.bool_())])
    schemas = {
        Article: [(f.name, pa.float64() if f.name == "confidence" else text) for f in dataclasses.fields(Article)],
        Pair: [("a", text), ("b", text), ("kind", text), ("resemblance", pa.float64()), ("containment", pa.float64()),
               ("passages", pa.list_(passage))],
        Originality: [("id", text), ("group", text), ("originality", pa.float64())],
        Phrase: [("text", text), ("groups", uint), ("articles", uint)],
        Member: [("id", text), ("story", text), ("why", text)],
        Claim: [("claim", text), ("gist", text), ("article", text), ("start", uint), ("end", uint), ("exact", text),
                ("mode", text), ("source", text), ("articles", uint), ("texts", uint), ("channels", uint),
                ("independent", uint)],
    }
    if kind not in schemas:
        raise UsageError(f"no table is made of {kind.__name__}")
    return pa.schema(schemas[kind])


_CLAIM_NAMES = ["claim", "gist", "article", "start", "end", "exact", "mode", "source", "articles", "texts", "channels", "independent"]


def _names(kind: Any) -> list[str]:
    return _CLAIM_NAMES if kind is Claim else [f.name for f in dataclasses.fields(kind)]


def _rows(results: Iterable[Any]) -> Iterator[dict[str, Any]]:
    for x in results:
        if not isinstance(x, Claim):
            yield dataclasses.asdict(x)
            continue
        for at in x.appearances:
            yield {"claim": x.id, "gist": x.gist, "article": at.article, "start": at.start, "end": at.end, "exact": at.exact,
                   "mode": at.mode, "source": " < ".join(a.resolved or a.source for a in at.attribution) or None,
                   "articles": x.support.articles, "texts": x.support.texts, "channels": x.support.channels,
                   "independent": x.support.independent}


def arrow_batches(results: Iterable[Any], kind: Optional[type] = None, *, rows: int = 10_000) -> Iterator[pyarrow.RecordBatch]:
    """Record batches of so many results, as they come: a table of any length in bounded memory.

    `kind` is told from the first result; it is needed when there may be none.
    """
    pa = _arrow()
    results = iter(results)
    schema = schema_of(kind) if kind else None
    while some := list(islice(results, rows)):
        schema = schema or schema_of(type(some[0]))
        yield pa.RecordBatch.from_pylist(list(_rows(some)), schema=schema)


def to_arrow(results: Iterable[Any], kind: Optional[type] = None) -> pyarrow.Table:
    """A table of results of one kind: articles, pairs, originality, phrases, members of stories, claims."""
    pa = _arrow()
    results = iter(results)
    first = next(results, None)
    if first is None and kind is None:
        raise UsageError("no results: name their kind, as in to_arrow([], recoupe.Pair)")
    kind = kind or type(first)
    everything = [] if first is None else [first, *results]
    return pa.Table.from_batches(arrow_batches(everything, kind), schema=schema_of(kind))


def to_pandas(results: Iterable[Any], kind: Optional[type] = None) -> pandas.DataFrame:
    try:
        import pandas
    except ImportError as error:
        raise ImportError("data frames need pandas: pip install 'recoupe[pandas]'") from error
    rows = list(_rows(results))
    if not rows and kind is None:
        raise UsageError("no results: name their kind, as in to_pandas([], recoupe.Pair)")
    return pandas.DataFrame(rows, columns=list(rows[0]) if rows else _names(kind))
