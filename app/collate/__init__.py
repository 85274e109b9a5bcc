"""The engine's face: texts in, events and apparatus out. Others import from here only (ADR 2)."""

from app.collate.alignment import AlignedRow, align
from app.collate.apparatus import (
    Apparatus,
    Cell,
    Compared,
    Entry,
    Gist,
    Lead,
    Matter,
    Operation,
    Pairing,
    Place,
    Reading,
    Relation,
    Row,
    RowKind,
)
from app.collate.config import Config
from app.collate.errors import CollateError
from app.collate.identity import Known, known
from app.collate.marking import Kind, Mark, MarkedCell, MarkedRow, Omission, kind_of
from app.collate.text import (
    Cleaned,
    Clue,
    Dropped,
    Passage,
    PassageKind,
    Quotation,
    Report,
    Span,
    Token,
    TokenKind,
    Witness,
)
from app.collate.tokens import tokenize
from app.collate.words import link_grid, link_words

__all__ = [
    "AlignedRow",
    "Apparatus",
    "Cell",
    "Cleaned",
    "Clue",
    "CollateError",
    "Compared",
    "Config",
    "Dropped",
    "Entry",
    "Gist",
    "Kind",
    "Known",
    "Lead",
    "Mark",
    "MarkedCell",
    "MarkedRow",
    "Matter",
    "Omission",
    "Operation",
    "Pairing",
    "Passage",
    "PassageKind",
    "Place",
    "Quotation",
    "Reading",
    "Relation",
    "Report",
    "Row",
    "RowKind",
    "Span",
    "Token",
    "TokenKind",
    "Witness",
    "align",
    "kind_of",
    "known",
    "link_grid",
    "link_words",
    "tokenize",
]
