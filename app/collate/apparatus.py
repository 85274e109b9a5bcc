"""What the engine gives: rows × witnesses, and for each row the places where the wordings differ.

An Entry is one place of variation of one row, whichever base is chosen later; Operation is relative
to a base and is computed by `marking.py`. Matter and Relation do not depend on the base.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from app.collate.text import Span


class Operation(StrEnum):
    """How a reading departs from the base."""

    SUBSTITUTION = "substitution"
    ADDITION = "addition"
    OMISSION = "omission"
    TRANSPOSITION = "transposition"


class Matter(StrEnum):
    """What differs. The most specific one is taken."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    NAMING = "naming"
    ATTRIBUTION = "attribution"
    QUOTATION = "quotation"
    AGENCY = "agency"
    MODALITY = "modality"
    TENSE = "tense"
    WORDING = "wording"


class Relation(StrEnum):
    """How two values stand to each other.

    Symmetric, but for the side of COARSER, which `values` shows.
    """

    SAME = "same"
    COARSER = "coarser"
    CONFLICTING = "conflicting"
    OTHER_REFERENT = "other-referent"
    UNKNOWN = "unknown"


class RowKind(StrEnum):
    """What a row is about: somebody's words, somebody's assertion, or what the outlets narrate."""

    QUOTATION = "quotation"
    CLAIM = "claim"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one witness has a reading: one or more spans of its text, in order."""

    witness: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One wording, with every witness that has it.

    `value` is the normalised value; equal values mean the same thing.
    """

    text: str
    places: tuple[Place, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Compared:
    """How the values of two readings (their indices in the entry) stand to each other."""

    a: int
    b: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class Entry:
    """One place where the wordings of a row differ.

    `readings` are grouped by agreement, at least one; a witness of the row in none of them lacks
    these words. `moved` lists pairs of witness ids between which the same words stand in another
    order. `quoted`: inside quotation marks somewhere.
    """

    id: str
    matter: Matter
    readings: tuple[Reading, ...]
    relations: tuple[Compared, ...] = ()
    moved: tuple[tuple[str, str], ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What one witness says in a row: the spans of its passages there, in text order."""

    witness: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Why two witnesses stand in one row: probability 0..1 and the inputs that weighed most, as
    (name, weight).
    """

    a: str
    b: str
    score: float
    reasons: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Gist:
    """Words of one outlet that stand for the row in its label."""

    witness: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """One fact, claim or quotation with every telling of it.

    `score` is that of its weakest pairing; `loose` = in doubt.
    """

    id: str
    kind: RowKind
    role: str
    cells: tuple[Cell, ...]
    entries: tuple[Entry, ...]
    gist: Gist
    speaker: str | None = None
    score: float = 1.0
    loose: bool = False
    pairings: tuple[Pairing, ...] = ()


@dataclass(frozen=True, slots=True)
class Lead:
    """Where an id of an earlier run went: to the ids of this run, or to none ("as it stood")."""

    old: str
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Apparatus:
    """The whole comparison of one event: rows in event order, each over the witnesses that have it.

    Passages in no row are paired with nothing; `unpaired(witness)` of the caller lists them from
    the witness's passages.
    """

    rows: tuple[Row, ...]
    leads: tuple[Lead, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and dicts, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> "Apparatus":
        """Rebuild what `to_dict` gave. Raises KeyError or ValueError for anything else."""
        return cls(
            rows=tuple(_row(row) for row in data["rows"]),
            leads=tuple(Lead(lead["old"], tuple(lead["new"])) for lead in data["leads"]),
        )


def _span(data: dict[str, int]) -> Span:
    return Span(data["start"], data["end"])


def _row(data: dict[str, Any]) -> Row:
    return Row(
        id=data["id"],
        kind=RowKind(data["kind"]),
        role=data["role"],
        cells=tuple(Cell(c["witness"], tuple(map(_span, c["spans"]))) for c in data["cells"]),
        entries=tuple(map(_entry, data["entries"])),
        gist=Gist(data["gist"]["witness"], _span(data["gist"]["span"])),
        speaker=data["speaker"],
        score=data["score"],
        loose=data["loose"],
        pairings=tuple(
            Pairing(
                p["a"], p["b"], p["score"], tuple((name, weight) for name, weight in p["reasons"])
            )
            for p in data["pairings"]
        ),
    )


def _entry(data: dict[str, Any]) -> Entry:
    return Entry(
        id=data["id"],
        matter=Matter(data["matter"]),
        readings=tuple(
            Reading(
                r["text"],
                tuple(Place(p["witness"], tuple(map(_span, p["spans"]))) for p in r["places"]),
                r["value"],
            )
            for r in data["readings"]
        ),
        relations=tuple(
            Compared(c["a"], c["b"], Relation(c["relation"])) for c in data["relations"]
        ),
        moved=tuple((a, b) for a, b in data["moved"]),
        quoted=data["quoted"],
    )
