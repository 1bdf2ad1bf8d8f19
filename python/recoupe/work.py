"""compare, extract, reuse, stories: the four verbs as functions.

An *input* is what a person has: a path or URL (a file may hold many articles, a folder many files), the bytes of one
page or text, a mapping with a record's fields (`text` or `html`; `id`, `url`, `title`, `published`, `publisher`,
`byline`, `language`), or an Article that extract gave. All functions take one of them or an iterable of any mixture,
and read it as they go: nothing but what the stage itself needs stays in memory.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, Optional, TypeGuard, Union

from . import _recoupe
from .errors import Error, MemoryRunOut, OnError, UsageError, complainer
from .results import Article, Dossier, Member, Originality, Pair, Phrase, SharedPassage, Stats

__all__ = ["Corpus", "Input", "Inputs", "compare", "extract", "reuse", "reuse_settings", "stories", "version"]

Input = Union[str, "os.PathLike[str]", bytes, Mapping[str, Any], Article]
Inputs = Union[Input, Iterable[Input]]

_KINDS = ("auto", "text", "html", "jsonl", "warc", "feed", "ninjs")  # rcp_input
_FIELDS = ("id", "url", "title", "text", "html", "published", "publisher", "byline", "language")

version = _recoupe.version
reuse_settings = _recoupe.reuse_settings


# -------------------------------------------------------------------------------------------------------------- reading


def _engine(**options: Any) -> _recoupe.Engine:
    kind = options.pop("input", "auto")
    if kind not in _KINDS:
        raise UsageError(f"input is one of {', '.join(_KINDS)}, not {kind!r}")
    options["input"] = _KINDS.index(kind)
    files: dict[str, Any] = {name: os.fsencode(options.pop(name)) for name in ("lang_dir", "meta", "corrections") if options.get(name) is not None}
    return _recoupe.Engine(**options, **files) if files else _shared_engine(**options)


@functools.lru_cache(maxsize=16)
def _shared_engine(**options: Any) -> _recoupe.Engine:
    """Engines do not change and serve any thread, so those of equal options are one; but a file may change between two calls."""
    return _recoupe.Engine(**options)


def _many(inputs: Inputs) -> Iterable[Input]:
    return [inputs] if isinstance(inputs, (str, os.PathLike, bytes, Mapping, Article)) else inputs


def _is_path(x: Input) -> TypeGuard[Union[str, os.PathLike[str]]]:
    return isinstance(x, (str, os.PathLike))


def _record(x: Union[Mapping[str, Any], Article]) -> dict[str, Any]:
    get = x.get if isinstance(x, Mapping) else lambda name: getattr(x, name, None)
    fields = {name: get(name) for name in _FIELDS}
    return {name: value if isinstance(value, (str, int, float)) else str(value) for name, value in fields.items() if value is not None}


def _native_articles(inputs: Inputs, options: dict[str, Any], errors: OnError) -> Iterator[_recoupe.Article]:
    """Articles one by one; what can't be used is complained about and passed over."""
    engine = _engine(**options)
    complain = complainer(errors)
    numbers = itertools.count(1)
    for x in _many(inputs):
        try:
            if not _is_path(x):
                yield _one(x, engine, options, next(numbers))
                continue
            reader = _recoupe.Reader(engine, [os.fsencode(x)])
        except MemoryRunOut:
            raise
        except Error as error:
            complain(error)
            continue
        while True:
            try:
                article = reader.next()
            except MemoryRunOut:
                raise
            except Error as error:
                complain(error)
                continue
            if article is None:
                break
            yield article


def _one(x: Any, engine: _recoupe.Engine, options: dict[str, Any], number: int) -> _recoupe.Article:
    if isinstance(x, bytes):
        return _recoupe.Article(engine, f"bytes:{number}", x)
    if not isinstance(x, (Mapping, Article)):
        raise TypeError(f"an input is a path, bytes, a mapping or an Article, not {type(x).__name__}")
    record = _record(x)
    if "text" not in record and "html" not in record:
        raise UsageError("a record needs text or html", f"record:{number}")
    source = x.source if isinstance(x, Article) else x.get("source") or record.get("id") or record.get("url") or f"record:{number}"
    record.setdefault("id", str(source))
    line = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
    return _recoupe.Article(_engine(**{**options, "input": "jsonl"}), str(source), line)


# ------------------------------------------------------------------------------------------------------------- extract


def extract(inputs: Inputs, *, published: Optional[str] = None, language: Optional[str] = None,
            lang_dir: Optional[str] = None, meta: Optional[str] = None, input: str = "auto", max_article: int = 0,
            errors: OnError = "warn") -> Iterator[Article]:
    """Pages into clean articles, one by one, in the order read: title, byline, date, own words, and how sure."""
    options = {"published": published, "language": language, "lang_dir": lang_dir, "meta": meta, "input": input,
               "max_article": max_article}
    for article in _native_articles(inputs, options, errors):
        yield Article(**json.loads(article.json()))


# ------------------------------------------------------------------------------------------------------------- compare


def compare(inputs: Inputs, *, published: Optional[str] = None, story_date: Optional[str] = None,
            language: Optional[str] = None, lang_dir: Optional[str] = None, meta: Optional[str] = None,
            corrections: Optional[str] = None, locale: Optional[str] = None, input: str = "auto", threads: int = 0,
            max_article: int = 0, max_telling: int = 0, errors: OnError = "warn") -> Dossier:
    """One story's tellings into a dossier. The order of inputs does not matter.

    What can't be read is complained about as `errors` says, and named in the dossier's diagnostics when it is a path.
    """
    options = {"published": published, "story_date": story_date, "language": language, "lang_dir": lang_dir, "meta": meta,
               "corrections": corrections, "locale": locale, "input": input, "threads": threads,
               "max_article": max_article, "max_telling": max_telling}
    everything = list(_many(inputs))
    paths = [os.fsencode(x) for x in everything if _is_path(x)]
    if len(paths) == len(everything):
        dossier = Dossier._of(_recoupe.compare_files(_engine(**options), paths))
        complain = complainer(errors)
        used = {a.source for a in dossier.articles}
        for note in dossier.diagnostics:
            if note.source not in used:
                complain(Error(note.message, note.source))
    else:
        articles = tuple(_native_articles(everything, options, errors))
        dossier = Dossier._of(_recoupe.compare_articles(_engine(**options), articles))
    if not dossier.articles:
        raise Error("none of the inputs could be used")
    return dossier


# --------------------------------------------------------------------------------------------------------------- reuse

_REUSE_KINDS: tuple[Literal["near-duplicate"], Literal["passage"]] = ("near-duplicate", "passage")


class Corpus:
    """Near-duplicates and copied passages among any number of articles (docs/reuse.md says what is meant by each).

    add what there is, finish, then ask for pairs, articles, phrases. With `window_days` results are ready while articles still
    come: ask for them in between. Results are given once. `load` an index before adding, to hold articles against those of
    earlier runs; `save` one behind finish.
    """

    def __init__(self, *, window_days: int = 0, articles: bool = False, phrases: bool = False,
                 published: Optional[str] = None, language: Optional[str] = None, lang_dir: Optional[str] = None,
                 input: str = "auto", threads: int = 0):
        self._options = {"published": published, "language": language, "lang_dir": lang_dir, "input": input, "threads": threads}
        self._engine = _engine(**self._options)
        self._reuse = _recoupe.Reuse(self._engine, window_days, articles, phrases)

    def add(self, id: str, text: str, published: Optional[str] = None) -> None:
        """One text, all of which counts; `published` is an ISO date."""
        self._reuse.add(id, text, published)

    def read(self, inputs: Inputs, *, errors: OnError = "warn") -> None:
        """Adds all articles of the inputs. Of records only `text` counts, not `title`; of pages the own words."""
        paths: list[bytes] = []
        others: list[Input] = []
        for x in _many(inputs):
            if _is_path(x):
                self._read_others(others, errors)
                paths.append(os.fsencode(x))
            else:
                self._read_paths(paths, errors)
                others.append(x)
                if len(others) >= 256:
                    self._read_others(others, errors)
        self._read_paths(paths, errors)
        self._read_others(others, errors)

    def _read_paths(self, paths: list[bytes], errors: OnError) -> None:
        if paths:
            self._reuse.read(paths, complainer(errors))
            paths.clear()

    def _read_others(self, others: list[Input], errors: OnError) -> None:
        complain = complainer(errors)
        for x in others:
            try:
                if isinstance(x, Article):
                    self.add(x.id or x.source, x.text, x.published)
                elif isinstance(x, Mapping) and isinstance(x.get("text"), str) and x.get("id"):
                    self.add(str(x["id"]), x["text"], x.get("published"))
                else:
                    for article in _native_articles([x], self._options, errors):
                        self._reuse.add_article(article)
            except MemoryRunOut:
                raise
            except Error as error:
                complain(error)
        others.clear()

    def load(self, path: Union[str, os.PathLike[str]]) -> None:
        self._reuse.load(os.fsencode(path))

    def save(self, path: Union[str, os.PathLike[str]]) -> None:
        self._reuse.save(os.fsencode(path))

    def finish(self) -> None:
        """No more articles for now: the results of all are ready."""
        self._reuse.finish()

    def pairs(self) -> Iterator[Pair]:
        """Those that are ready, in the order in which the later article of each was added."""
        while some := self._reuse.pairs():
            for a, b, kind, resemblance, containment, passages in some:
                yield Pair(a, b, _REUSE_KINDS[kind], resemblance, containment, tuple(SharedPassage(*p) for p in passages))

    def articles(self) -> Iterator[Originality]:
        """With articles=True: the group and originality of each."""
        while some := self._reuse.articles():
            yield from (Originality(*x) for x in some)

    def phrases(self) -> Iterator[Phrase]:
        """With phrases=True: what was too common to count."""
        while some := self._reuse.phrases():
            yield from (Phrase(*x) for x in some)

    def stats(self) -> Stats:
        return Stats(*self._reuse.stats())


def reuse(inputs: Inputs, *, window_days: int = 0, published: Optional[str] = None, language: Optional[str] = None,
          lang_dir: Optional[str] = None, input: str = "auto", threads: int = 0, errors: OnError = "warn") -> Iterator[Pair]:
    """Near-duplicates and copied passages between any number of articles. Corpus gives more than pairs."""
    corpus = Corpus(window_days=window_days, published=published, language=language, lang_dir=lang_dir, input=input, threads=threads)
    if not window_days:
        corpus.read(inputs, errors=errors)
    else:
        inputs = iter(_many(inputs))
        while some := list(itertools.islice(inputs, 256)):
            corpus.read(some, errors=errors)
            yield from corpus.pairs()
    corpus.finish()
    yield from corpus.pairs()


# ------------------------------------------------------------------------------------------------------------- stories


def stories(inputs: Inputs, *, recent: int = 0, final: bool = False, published: Optional[str] = None,
            language: Optional[str] = None, lang_dir: Optional[str] = None, meta: Optional[str] = None, input: str = "auto",
            errors: OnError = "warn") -> Iterator[Member]:
    """Which articles tell one event, in the order read; with `final`, members at the end replace earlier ones by id."""
    options = {"published": published, "language": language, "lang_dir": lang_dir, "meta": meta, "input": input}
    grouping = _recoupe.Stories(_engine(**options), recent)
    for article in _native_articles(inputs, options, errors):
        yield Member(*grouping.add(article))
    if final:
        yield from (Member(*line) for line in grouping.final())
