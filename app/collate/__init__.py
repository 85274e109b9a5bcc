"""The engine's face: texts in, events and apparatus out. Others import from here only (ADR 2)."""

from app.collate.actors import Label, name_actors
from app.collate.alignment import AlignedRow, PassagePair, align, pair_passages
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
from app.collate.candidates import Candidate, Index
from app.collate.cleaning import clean
from app.collate.clustering import FoundEvent, Member, Telling, cluster
from app.collate.collation import Prepared, collate, prepare, tile, unpaired, witnesses_of
from app.collate.comparison import compare
from app.collate.config import Config
from app.collate.errors import CollateError
from app.collate.facts import Fact
from app.collate.identity import Known, known
from app.collate.marking import (
    Kind,
    Mark,
    MarkedCell,
    MarkedRow,
    Omission,
    agreement,
    kind_of,
    mark,
)
from app.collate.quotations import find_quotations
from app.collate.reports import divide
from app.collate.segmentation import segment, split_sentences
from app.collate.similarity import liken
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
    "Candidate",
    "Cell",
    "Cleaned",
    "Clue",
    "CollateError",
    "Compared",
    "Config",
    "Dropped",
    "Entry",
    "Fact",
    "FoundEvent",
    "Gist",
    "Index",
    "Kind",
    "Known",
    "Label",
    "Lead",
    "Mark",
    "MarkedCell",
    "MarkedRow",
    "Matter",
    "Member",
    "Omission",
    "Operation",
    "Pairing",
    "PassagePair",
    "Passage",
    "PassageKind",
    "Place",
    "Prepared",
    "Quotation",
    "Reading",
    "Relation",
    "Report",
    "Row",
    "RowKind",
    "Span",
    "Telling",
    "Token",
    "TokenKind",
    "Witness",
    "agreement",
    "align",
    "clean",
    "cluster",
    "collate",
    "compare",
    "divide",
    "find_quotations",
    "kind_of",
    "known",
    "liken",
    "link_grid",
    "link_words",
    "mark",
    "name_actors",
    "pair_passages",
    "prepare",
    "segment",
    "split_sentences",
    "tile",
    "tokenize",
    "unpaired",
    "witnesses_of",
]
