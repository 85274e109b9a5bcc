"""Citations: what stood where, in whose words, when it was taken in, and the address of it here."""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.collate import Entry, Row
from app.export.edition import Edition, Source, join


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that are cited, with the article and the siglum of the reading that has them."""

    words: str
    siglum: str
    source: Source


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation says: `title` is the event's label, `address` lasts."""

    title: str
    address: str
    quotes: tuple[Quote, ...]
    sources: tuple[Source, ...]


def cite_event(edition: Edition) -> Citation:
    """Return the citation of a whole view: its articles, no words."""
    return Citation(edition.label, edition.address, (), edition.sources)


def cite_row(edition: Edition, row: Row) -> Citation:
    """Return the citation of a row: every reading in its own words."""
    quotes = [_quote(edition, cell.witness, edition.words(cell)) for cell in row.cells]
    return _citation(edition, edition.row_address(row), quotes)


def cite_difference(edition: Edition, row: Row, entry: Entry) -> Citation:
    """Return the citation of a difference: every wording; readings that lack it are left out."""
    quotes = [
        _quote(edition, place.witness, join(edition.witnesses[place.witness].text, place.spans))
        for reading in entry.readings
        for place in reading.places
    ]
    lacking = {cell.witness for cell in row.cells} - {
        place.witness for reading in entry.readings for place in reading.places
    }
    sources = [edition.source_of(witness) for witness in lacking]
    return _citation(edition, edition.entry_address(entry.id), quotes, sources)


def _quote(edition: Edition, witness: str, words: str) -> Quote:
    return Quote(words, edition.witnesses[witness].siglum, edition.source_of(witness))


def _citation(
    edition: Edition, address: str, quotes: Sequence[Quote], more: Iterable[Source] = ()
) -> Citation:
    cited = {source.revision for source in (*(quote.source for quote in quotes), *more)}
    sources = tuple(source for source in edition.sources if source.revision in cited)
    return Citation(edition.label, address, tuple(quotes), sources)


def cite_source(source: Source) -> str:
    """Return one article as a reference in one line; what is not known is left out."""
    parts = [
        source.author or "",
        f"“{source.headline}”",
        source.outlet,
        source.published.isoformat() if source.published else "",
        source.url or "",
        f"captured {source.captured:%Y-%m-%d %H:%M} UTC",
        f"SHA-256 {source.text_hash[:16]}",
        source.address,
    ]
    return ", ".join(part for part in parts if part)


def write_text(citation: Citation, escape: Callable[[str], str] = str) -> str:
    """Return a footnote in lines: the address, the words cited, the articles. `escape` keeps words
    from being taken for markup.
    """
    lines = [f"{escape(citation.title)}. {citation.address}"]
    lines += [f"{escape(q.siglum)}: “{escape(q.words)}”" for q in citation.quotes]
    lines += [f"{escape(s.siglum)} = {escape(cite_source(s))}" for s in citation.sources]
    return "\n".join(lines) + "\n"


def write_bibtex(citation: Citation) -> str:
    """Return one `@misc` entry for each article and one for the comparison."""
    entries = [_bibtex(_key(source), _fields(source)) for source in citation.sources]
    here = {"title": citation.title, "howpublished": "Variorum", "url": citation.address}
    return "\n".join([*entries, _bibtex("comparison", here)])


def _fields(source: Source) -> dict[str, str]:
    published = source.published
    return {
        "author": f"{{{_latex(source.author)}}}" if source.author else "",
        "title": source.headline,
        "howpublished": source.outlet,
        "year": str(published.year) if published else "",
        "date": published.isoformat() if published else "",
        "url": source.url or source.address,
        "urldate": source.captured.date().isoformat(),
        "note": f"SHA-256 {source.text_hash}",
    }


def _bibtex(key: str, fields: dict[str, str]) -> str:
    lines = [
        f"  {name} = {{{value if name in {'url', 'author'} else _latex(value)}}}"
        for name, value in fields.items()
        if value
    ]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _key(source: Source) -> str:
    letters = re.sub(r"[^A-Za-z0-9]", "", source.siglum) or "source"
    year = source.published.year if source.published else "undated"
    return f"{letters}{year}r{source.revision}"


_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def _latex(words: str) -> str:
    return "".join(_LATEX.get(char, char) for char in words)


def write_csl(citation: Citation) -> str:
    """Return CSL-JSON 1.0.2: one item for each article, and one for the comparison."""
    items = [_item(source) for source in citation.sources]
    items.append(
        {
            "id": "comparison",
            "type": "webpage",
            "title": citation.title,
            "container-title": "Variorum",
            "URL": citation.address,
        }
    )
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def _item(source: Source) -> dict[str, Any]:
    taken = source.captured
    item: dict[str, Any] = {
        "id": _key(source),
        "type": "article-newspaper",
        "title": source.headline,
        "container-title": source.outlet,
        "URL": source.url or source.address,
        "accessed": {"date-parts": [[taken.year, taken.month, taken.day]]},
        "note": f"SHA-256 {source.text_hash}",
    }
    if source.author:
        item["author"] = [{"literal": source.author}]
    if source.published:
        day = source.published
        item["issued"] = {"date-parts": [[day.year, day.month, day.day]]}
    if source.language:
        item["language"] = source.language
    return item
