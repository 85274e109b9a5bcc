"""Exports: things in, text out. A new format is one file and one line in FORMATS."""

from collections.abc import Callable
from dataclasses import dataclass

from app.export.citation import (
    Citation,
    cite_difference,
    cite_event,
    cite_row,
    write_bibtex,
    write_csl,
    write_text,
)
from app.export.collatex import write_collatex
from app.export.data import write_json
from app.export.edition import Edition, Source, join
from app.export.markdown import write_citation, write_markdown
from app.export.matrix import write_csv
from app.export.tei import write_tei


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an event: the ending of its address, its media type, what writes it."""

    ending: str
    media_type: str
    write: Callable[[Edition], str]


FORMATS = {
    one.ending: one
    for one in (
        Format("md", "text/markdown; charset=utf-8", write_markdown),
        Format("csv", "text/csv; charset=utf-8; header=present", write_csv),
        Format("json", "application/json", write_json),
        Format("tei", "application/tei+xml", write_tei),
        Format("collatex", "application/json", write_collatex),
    )
}
"""Ending → format of an exported event."""

CITATIONS: dict[str, Callable[[Citation], str]] = {
    "text": write_text,
    "markdown": write_citation,
    "bibtex": write_bibtex,
    "csl": write_csl,
}
"""Name → how a citation is written."""

__all__ = [
    "CITATIONS",
    "FORMATS",
    "Citation",
    "Edition",
    "Format",
    "Source",
    "cite_difference",
    "cite_event",
    "cite_row",
    "join",
]
