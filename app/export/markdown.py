"""Markdown: every row with its readings and the wordings that differ, to be read or pasted."""

from collections.abc import Iterator

from app.collate import Entry, Row
from app.export.citation import Citation, cite_source, write_text
from app.export.edition import Edition, join

_SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_[]<>#|~&"})


def write_markdown(edition: Edition) -> str:
    """Return the comparison as CommonMark; no word of an article is taken for markup."""
    return "\n".join(_lines(edition)) + "\n"


def write_citation(citation: Citation) -> str:
    """Return a footnote as a list in CommonMark."""
    return "".join(f"- {line}\n" for line in write_text(citation, escape).splitlines())


def _lines(edition: Edition) -> Iterator[str]:
    yield f"# {escape(edition.label)}"
    yield ""
    yield f"<{edition.address}>"
    yield ""
    for source in edition.sources:
        yield f"- **{escape(source.siglum)}** {escape(cite_source(source))}"
    for row in edition.rows:
        yield from _row(edition, row)


def _row(edition: Edition, row: Row) -> Iterator[str]:
    yield ""
    yield f"## §{edition.numbers[row.id]} {escape(edition.gist(row))}"
    yield ""
    yield f"<{edition.row_address(row)}>"
    for cell in row.cells:
        yield ""
        siglum = edition.witnesses[cell.witness].siglum
        yield f"> **{escape(siglum)}** {escape(edition.words(cell))}"
    if row.entries:
        yield ""
    for entry in row.entries:
        yield f"- {apparatus_line(edition, row, entry)}"


def apparatus_line(edition: Edition, row: Row, entry: Entry) -> str:
    """Return one difference as a critical edition prints it, escaped for Markdown:
    `conquerors] R; explorers] M; − H`.
    """
    having: list[str] = []
    parts = []
    for reading in entry.readings:
        by_words: dict[str, list[str]] = {}
        for place in reading.places:
            words = join(edition.witnesses[place.witness].text, place.spans)
            by_words.setdefault(words, []).append(edition.witnesses[place.witness].siglum)
            having.append(place.witness)
        parts += [f"{words}] {', '.join(sigla)}" for words, sigla in by_words.items()]
    lacking = [
        edition.witnesses[cell.witness].siglum for cell in row.cells if cell.witness not in having
    ]
    if lacking:
        parts.append(f"− {', '.join(lacking)}")
    return escape("; ".join(parts))


def escape(words: str) -> str:
    r"""Return words that no reader of Markdown takes for markup.

    >>> escape("# not *bold*")
    '\\# not \\*bold\\*'
    """
    return words.translate(_SPECIAL)
