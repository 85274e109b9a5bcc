"""What the reader sees of a row when one witness is the base: marks, omissions, counts.

`kind_of` is DESIGN's view of Operation × Matter × Relation; the first line that fits gives the
kind.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from app.collate.apparatus import Matter, Operation, Relation
from app.collate.text import Span


class Kind(StrEnum):
    """The kinds of difference a reader learns, rarest and loudest first."""

    CONFLICT = "conflict"
    NAMING = "naming"
    REWORDED = "reworded"
    ADDED = "added"
    OMITTED = "omitted"
    MOVED = "moved"
    VERB = "verb"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Mark:
    """One marked stretch of a cell.

    `relation` is to the base's reading, None where no values are compared.
    """

    entry: str
    span: Span
    kind: Kind
    operation: Operation | None
    matter: Matter
    relation: Relation | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Omission:
    """Words of the base that this cell lacks, as the base has them."""

    entry: str
    text: str
    matter: Matter


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """The marks of one witness's cell: in order, not overlapping, each inside one of the cell's
    spans.
    """

    witness: str
    marks: tuple[Mark, ...] = ()
    omissions: tuple[Omission, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedRow:
    """A row against one base.

    `base` is the witness compared with; `silent` = the chosen outlet has nothing here.
    """

    row: str
    base: str
    silent: bool
    cells: tuple[MarkedCell, ...]
    counts: dict[Kind, int] = field(default_factory=dict)


def kind_of(operation: Operation | None, matter: Matter, relation: Relation | None) -> Kind:
    """Return the kind a reader is shown. Source: the table in docs/glossary.md."""
    if relation is Relation.CONFLICTING:
        return Kind.CONFLICT
    if operation is None:
        return Kind.CONTESTED
    simple = {
        Operation.TRANSPOSITION: Kind.MOVED,
        Operation.ADDITION: Kind.ADDED,
        Operation.OMISSION: Kind.OMITTED,
    }
    if operation in simple:
        return simple[operation]
    if relation is Relation.OTHER_REFERENT:
        return Kind.ADDED
    return {Matter.ATTRIBUTION: Kind.VERB, Matter.NAMING: Kind.NAMING}.get(matter, Kind.REWORDED)
