"""Rows for tests: one witness a text, the whole text as its cell."""

from dataclasses import replace
from datetime import date

from app.collate.apparatus import Cell, Gist, Row, RowKind
from app.collate.comparison import compare
from app.collate.config import Config
from app.collate.text import Quotation, Span, Witness

PUBLISHED = date(2023, 9, 14)


def make_witness(text, number=1, *, outlet=None, published=PUBLISHED, quoted=()):
    """A witness of `text`; `quoted` are words of it that stand in quotation marks."""
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in quoted]
    return Witness(
        id=str(number),
        siglum=f"W{number}",
        outlet=outlet or f"W{number}",
        revision=number,
        text=text,
        passages=(),
        quotations=tuple(map(Quotation, spans)),
        published=published,
    )


def make_witnesses(*texts):
    return [make_witness(text, number) for number, text in enumerate(texts, 1)]


def cells_of(witnesses):
    return [(witness, (Span(0, len(witness.text)),)) for witness in witnesses]


def entries_of(*texts):
    """The entries of a row with one witness for each text (or witness)."""
    witnesses = [
        text if isinstance(text, Witness) else make_witness(text, number)
        for number, text in enumerate(texts, 1)
    ]
    return compare(cells_of(witnesses), Config())


def make_row(witnesses):
    entries = compare(cells_of(witnesses), Config())
    return Row(
        id="r1",
        kind=RowKind.FACT,
        role="main",
        cells=tuple(Cell(w.id, spans) for w, spans in cells_of(witnesses)),
        entries=tuple(replace(entry, id=f"d{n}") for n, entry in enumerate(entries)),
        gist=Gist(witnesses[0].id, Span(0, 1)),
    )
