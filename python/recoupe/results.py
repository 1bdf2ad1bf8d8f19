"""Results as frozen dataclasses. Places are code points, half open: text[start:end]."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from typing import Any, Literal, Optional

__all__ = [
    "Aligned", "Appearance", "Article", "Attribution", "Claim", "Credit", "Derivation", "Diagnostic",
    "Difference", "Dossier", "DossierArticle", "Furniture", "Member", "Mention", "Name", "Origin",
    "Originality", "Pair", "Phrase", "Place", "SharedPassage", "Stats", "Summary", "Support", "Time",
    "ValueAt",
]


@dataclass(frozen=True)
class Article:
    """One publication, its own words only. None: nothing in the input states it."""

    id: Optional[str]
    source: str
    url: Optional[str]
    title: Optional[str]
    byline: Optional[str]
    published: Optional[str]
    publisher: Optional[str]
    language: Optional[str]
    text: str
    confidence: float  # 0 to 1: how sure the choice of own words is
    step: str  # of cleaning, which made that choice

    def __str__(self) -> str:
        return self.text


# ---------------------------------------------------------------------------------------------------------------- reuse


@dataclass(frozen=True)
class SharedPassage:
    """The same words in two articles. Not verbatim: a word was changed, put in or left out."""

    a: int
    a_end: int
    b: int
    b_end: int
    verbatim: bool


@dataclass(frozen=True)
class Pair:
    """Two articles that share text; `a` came before `b`."""

    a: str
    b: str
    kind: Literal["near-duplicate", "passage"]
    resemblance: float
    containment: float
    passages: tuple[SharedPassage, ...]


@dataclass(frozen=True)
class Originality:
    """`group`: id of the article that leads its group. `originality`: share of its words found nowhere earlier."""

    id: str
    group: str
    originality: float


@dataclass(frozen=True)
class Phrase:
    """Words found in too many groups to tell anything."""

    text: str
    groups: int
    articles: int


@dataclass(frozen=True)
class Stats:
    articles: int
    left: int
    near_duplicates: int
    passages: int
    phrases: int
    near_bytes: int
    passage_bytes: int


@dataclass(frozen=True)
class Member:
    """Where an article is: `story` is the id of the story's first article."""

    id: str
    story: str
    why: Literal["began", "joined", "merged", "regrouped"]


# -------------------------------------------------------------------------------------------------------------- dossier


@dataclass(frozen=True)
class Place:
    start: int
    end: int
    exact: str


@dataclass(frozen=True)
class Attribution:
    """Who is said to say it; `resolved` names in full what `source` says shortly."""

    source: str
    resolved: Optional[str]
    cue: Optional[str]
    origin: Optional[str]


@dataclass(frozen=True)
class Appearance:
    article: str
    start: int
    end: int
    exact: str
    mode: Literal["asserted", "quoted", "reported", "conditional"]
    attribution: tuple[Attribution, ...] = field(metadata={"of": Attribution})


@dataclass(frozen=True)
class Support:
    """articles >= texts >= channels; `independent`: ultimate origins, the lower number in doubt."""

    articles: int
    texts: int
    channels: int
    independent: int
    origins: tuple[str, ...]
    why: Optional[str]


@dataclass(frozen=True)
class ValueAt:
    article: str
    start: int
    end: int
    exact: str
    norm: str


@dataclass(frozen=True)
class Difference:
    kind: str
    conflict: bool
    values: tuple[ValueAt, ...] = field(metadata={"of": ValueAt})
    why: Optional[str]


@dataclass(frozen=True)
class Claim:
    """One reported fact with every place that carries it."""

    id: str
    gist: Optional[str]
    appearances: tuple[Appearance, ...] = field(metadata={"of": Appearance})
    support: Support = field(metadata={"of": Support})
    differences: tuple[Difference, ...] = field(metadata={"of": Difference})

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        return tuple(d for d in self.differences if d.conflict)


@dataclass(frozen=True)
class Furniture:
    start: int
    end: int
    exact: str
    kind: str


@dataclass(frozen=True)
class Credit:
    start: int
    end: int
    exact: str
    origin: str


@dataclass(frozen=True)
class DossierArticle:
    """`text` is the whole of it; `furniture` are the spans that are not the article's own words."""

    id: str
    source: str
    url: Optional[str]
    title: Optional[str]
    published: Optional[str]
    publisher: Optional[str]
    byline: Optional[str]
    language: Optional[str]
    text: str
    furniture: tuple[Furniture, ...] = field(metadata={"of": Furniture})
    credits: tuple[Credit, ...] = field(metadata={"of": Credit})


@dataclass(frozen=True)
class Aligned:
    a: Place = field(metadata={"of": Place})
    b: Place = field(metadata={"of": Place})


@dataclass(frozen=True)
class Derivation:
    a: str
    b: str
    kind: Literal["copy", "rewrite", "translation", "partial"]
    shared: float
    direction: Literal["a-from-b", "b-from-a", "siblings", "unknown"]
    evidence: Optional[str]
    passages: tuple[Aligned, ...] = field(metadata={"of": Aligned})


@dataclass(frozen=True)
class Origin:
    id: str
    name: str
    kind: Optional[str]


@dataclass(frozen=True)
class Mention:
    article: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True)
class Name:
    canonical: str
    type: str
    mentions: tuple[Mention, ...] = field(metadata={"of": Mention})


@dataclass(frozen=True)
class Time:
    article: str
    start: int
    end: int
    exact: str
    resolved: Optional[str]


@dataclass(frozen=True)
class Diagnostic:
    source: str
    message: str


@dataclass(frozen=True)
class Summary:
    articles: int
    texts: int
    channels: int
    independent: int
    lead: Optional[str]


@dataclass(frozen=True)
class Dossier:
    """One story's tellings, compared. `data` is the JSON form (docs/formats.md), of which the other fields are made."""

    summary: Summary = field(metadata={"of": Summary})
    articles: tuple[DossierArticle, ...] = field(metadata={"of": DossierArticle})
    claims: tuple[Claim, ...] = field(metadata={"of": Claim})
    derivations: tuple[Derivation, ...] = field(metadata={"of": Derivation})
    origins: tuple[Origin, ...] = field(metadata={"of": Origin})
    names: tuple[Name, ...] = field(metadata={"of": Name})
    times: tuple[Time, ...] = field(metadata={"of": Time})
    diagnostics: tuple[Diagnostic, ...] = field(metadata={"of": Diagnostic})
    _json: str = field(repr=False, compare=False, default="")
    _native: Any = field(repr=False, compare=False, default=None)

    @classmethod
    def from_json(cls, text: str) -> Dossier:
        """A dossier that was saved. It can be read, not written in another form: that takes the articles again."""
        dossier: Dossier = dataclasses.replace(_build(cls, json.loads(text)), _json=text)
        return dossier

    @classmethod
    def _of(cls, native: Any) -> Dossier:
        return dataclasses.replace(cls.from_json(native.write(_JSON)), _native=native)

    @property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self._json)
        return data

    @property
    def lead(self) -> Optional[Claim]:
        """The most repeated claim, whose support the summary counts."""
        return next((c for c in self.claims if c.id == self.summary.lead), None)

    def json(self) -> str:
        return self._json

    def text(self, *, width: int = 0, color: bool = False, explain: Optional[str] = None, all: bool = False) -> str:
        """As `recoupe compare` prints it; `explain` a claim's id or number: only that claim, and why."""
        return self._write(_TEXT, width=width, color=color, explain=explain, all=all)

    def html(self) -> str:
        """One page that needs nothing else."""
        return self._write(_HTML)

    def jsonld(self) -> str:
        return self._write(_JSONLD)

    def _write(self, form: int, **options: Any) -> str:
        if self._native is None:
            raise ValueError("a dossier read from JSON has only its JSON form")
        text: str = self._native.write(form, **options)
        return text

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text() if self._native is not None else repr(self.summary))}</pre>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Dossier.from_json, (self._json,)


_TEXT, _JSON, _HTML, _JSONLD = range(4)  # rcp_format


def _build(cls: Any, data: Any) -> Any:
    """Fields that a later version adds are left out; those that an earlier one lacks are None or empty."""
    values = {}
    for f in dataclasses.fields(cls):
        if f.name.startswith("_"):
            continue
        value = data.get(f.name)
        of = f.metadata.get("of")
        is_many = str(f.type).startswith("tuple")
        if is_many:
            value = tuple(_build(of, x) if of else x for x in value or ())
        elif of:
            value = _build(of, value or {})
        values[f.name] = value
    return cls(**values)
