"""Preparation: a stored wording as the engine reads it, and which engine that is."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from app import collate, semantics
from app.collate import Cleaned, Clue, Config, Dropped, Prepared, Span, Telling
from app.store.articles import Revision
from app.store.passages import Unit

CONFIG = Config()


def engine_version() -> str:
    """Return what changes whenever the engine could answer otherwise.

    A hash of its code, word lists and weights, with the settings: nobody can forget to raise it;
    after it the embedder, where there is one. Every comparison made by another version is made
    again.
    """
    embedder = semantics.chosen()
    return f"{_hash_engine()} + {embedder.name}" if embedder else _hash_engine()


@cache
def _hash_engine() -> str:
    folder = Path(collate.__file__).parent
    total = hashlib.sha256(json.dumps(asdict(CONFIG), sort_keys=True, default=str).encode())
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            total.update(path.relative_to(folder).as_posix().encode())
            total.update(path.read_bytes())
    return total.hexdigest()[:16]


def prepare_revision(revision: Revision) -> Prepared:
    """Return passages, carried reports and quotations of a stored wording.

    Cost: that of `collate.prepare` the first time, then a look into a cache.
    """
    return _prepare(revision.text, json.dumps(revision.layout, sort_keys=True))


def prepare_text(text: str, cleaned: Cleaned) -> Prepared:
    """Return the same of a text that is not stored yet; whoever stores it finds it in the cache."""
    return _prepare(text, json.dumps(dump_cleaned(cleaned), sort_keys=True))


@lru_cache(maxsize=1024)  # about 30 kB each
def _prepare(text: str, layout: str) -> Prepared:
    data = json.loads(layout)
    return collate.prepare(text, load_cleaned(data) if data else None)


def telling_of(number: int, text: str, published: date | None, prepared: Prepared) -> Telling:
    """Return a text as the search for events takes it; `number_of` gives its number back.

    The id puts tellings in an order of their own, by date and text: what is found must not depend
    on the order in which articles came in.
    """
    place = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Telling(
        id=f"{published or date.max}/{place}/{number}",
        text=text,
        passages=prepared.passages,
        quotations=prepared.quotations,
        published=published,
        title=prepared.cleaned.title,
    )


def number_of(telling: str) -> int:
    """Return the number that `telling_of` put into an id."""
    return int(telling.rpartition("/")[2])


def cleaned_of(revision: Revision) -> Cleaned:
    """Return what of a stored wording is kept and what was set aside, with the reasons."""
    return load_cleaned(revision.layout) if revision.layout else prepare_revision(revision).cleaned


def units_of(prepared: Prepared) -> list[Unit]:
    """Return the passages as the store takes them."""
    return [
        Unit(p.span.start, p.span.end, p.kind.value, p.paragraph, p.report)
        for p in prepared.passages
    ]


def dump_cleaned(cleaned: Cleaned) -> dict[str, Any]:
    """Return a cleaned text as plain lists and dicts, ready for JSON."""
    return asdict(cleaned)


def load_cleaned(data: dict[str, Any]) -> Cleaned:
    """Rebuild what `dump_cleaned` gave. Raises KeyError for anything else."""
    return Cleaned(
        kept=_spans(data["kept"]),
        dropped=tuple(Dropped(_span(d["span"]), d["reason"]) for d in data["dropped"]),
        title=_span(data["title"]) if data["title"] else None,
        standfirst=_spans(data["standfirst"]),
        headings=_spans(data["headings"]),
        credits=_spans(data["credits"]),
        author=_clue(data["author"]),
        outlet=_clue(data["outlet"]),
        published=_clue(data["published"]),
        language=data["language"],
    )


def _span(data: dict[str, int]) -> Span:
    return Span(data["start"], data["end"])


def _spans(data: list[dict[str, int]]) -> tuple[Span, ...]:
    return tuple(map(_span, data))


def _clue(data: dict[str, Any] | None) -> Clue | None:
    return Clue(data["value"], _span(data["span"])) if data else None
